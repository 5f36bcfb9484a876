//! Carrying an import out.

use super::ImportParams;
use super::preview::{ChangedProject, Preview};
use crate::job::Run;
use crate::{App, AppError, Result};
use akimat_core::{KatoCode, Lang};
use akimat_interop::project_register::mapping::Mapping;
use akimat_project::{Basis, Project, ProjectUpdate, StatusChange};
use akimat_storage::import::{Import, ImportFormat, ImportState, ImportedProject};
use akimat_storage::{Batch, Change};
use serde_json::json;

/// Steps that a person sees: the file is read, compared with the register, stored.
const STEPS: u32 = 3;

impl App {
    /// The operator brings a register in from the command line: looked at, and carried out when nothing is wrong and
    /// it is not a mere trial. The import stands in the list of imports like any other and can be taken back there.
    ///
    /// # Errors
    /// When the database fails. What is wrong with the file stands in the preview.
    pub async fn import_register_as_operator(
        &self,
        place: Option<KatoCode>,
        (file_name, bytes): (&str, Vec<u8>),
        mapping: &Mapping,
        trial: bool,
    ) -> Result<Preview> {
        let import = self.new_import(None, place, (file_name, &bytes), mapping)?;
        let preview = self.preview_register(&import, bytes.clone()).await?;
        if trial || !preview.is_clean() {
            return Ok(preview);
        }
        let mut batch = vec![Change::AddImport(Box::new(import.clone()), bytes)];
        batch.extend(self.import_batch(import, preview.clone()).await?);
        self.store().apply(batch).await?;
        Ok(preview)
    }

    /// The job of an import. Everything goes into the register in one batch, or nothing does. When the register
    /// changed since the person looked, so that something would now be refused, the import is a draft again.
    pub(crate) async fn carry_out_import(&self, run: &mut Run<'_>) -> Result<()> {
        let ImportParams { import } = run.params()?;
        let import = self.read().find_import(import).await?.ok_or(AppError::NotFound("import"))?;
        if import.state != ImportState::Queued {
            return Ok(());
        }
        run.progress(1, STEPS, &(), Batch::new()).await?;
        if import.format == ImportFormat::OpenContracting {
            return self.carry_out_package(run, import, STEPS).await;
        }
        let preview = self.preview_import(&import).await?;
        if !preview.is_clean() {
            let draft = Import { state: ImportState::Draft, job: None, ..self.next(import) };
            self.store().apply(vec![Change::UpdateImport(Box::new(draft))]).await?;
            return Err(AppError::field("file", "import-not-clean"));
        }
        run.progress(2, STEPS, &(), Batch::new()).await?;
        let batch = self.import_batch(import, preview).await?;
        run.progress(STEPS, STEPS, &(), batch).await.map(|_| ())
    }

    async fn import_batch(&self, import: Import, preview: Preview) -> Result<Batch> {
        let actor = match import.by {
            Some(id) => self.read().find_account(id).await?,
            None => None,
        };
        let mut batch = Batch::new();
        let mut brought = Vec::new();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (n_added, n_changed) = (count(preview.added.len()), count(preview.changed.len()));
        for (_, project) in preview.added {
            let project = Project { manager: import.by, ..project };
            brought.push(ImportedProject { project: project.id, version: project.version, before: None });
            let id = project.id;
            let begun = StatusChange {
                from: None,
                to: project.status,
                at: project.created_at,
                by: import.by_name.clone(),
                reason: String::new(),
                stage: project.stage.clone(),
                basis: Basis::default(),
            };
            batch.push(Change::AddProject(Box::new(project)));
            batch.push(Change::AddStatusChange(id, begun));
        }
        for changed in preview.changed {
            let pair = (&changed.before, &changed.after);
            let words = (import.file_name.as_str(), &Basis::default());
            batch.extend(self.register_changes(actor.as_ref(), pair, words).await?);
            brought.push(self.change_project(&import, changed, &mut batch)?);
        }
        let detail = json!({ "file": import.file_name, "sha256": import.sha256, "added": n_added, "changed": n_changed });
        batch.push(self.audit(None, "carry_out_import", import.id, import.place, &detail));
        batch.push(Change::AddImported(import.id, brought));
        let n_rows = count(preview.look.n_rows);
        let done = Import { state: ImportState::Done, n_rows, n_added, n_changed, ..self.next(import) };
        batch.push(Change::UpdateImport(Box::new(done)));
        Ok(batch)
    }

    fn change_project(
        &self,
        import: &Import,
        changed: ChangedProject,
        batch: &mut Batch,
    ) -> Result<ImportedProject> {
        let ChangedProject { before, after, .. } = changed;
        let text = serde_json::to_string(&before).map_err(|error| AppError::Internal(error.to_string()))?;
        if after.status != before.status {
            let moved = StatusChange {
                from: Some(before.status),
                to: after.status,
                at: after.updated_at,
                by: import.by_name.clone(),
                reason: import.file_name.clone(),
                stage: after.stage.clone(),
                basis: Basis::default(),
            };
            batch.push(Change::AddStatusChange(after.id, moved));
        }
        if after.progress_pct != before.progress_pct {
            batch.push(Change::AddProjectUpdate(ProjectUpdate {
                id: self.new_update_id(),
                project: after.id,
                at: after.updated_at,
                by: import.by_name.clone(),
                lang: Lang::Kk,
                body: String::new(),
                progress_pct: after.progress_pct,
            }));
        }
        let brought = ImportedProject { project: after.id, version: after.version, before: Some(text) };
        batch.push(Change::UpdateProject(Box::new(after)));
        Ok(brought)
    }
}
