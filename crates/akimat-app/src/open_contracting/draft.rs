//! A package on its way in, as any other file of projects: kept as a draft, looked at, carried out as a job, taken back.

use super::import::Work;
use super::{Imported, Refused, Settings};
use crate::dossier::{SectionDraft, body};
use crate::job::Run;
use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::{KatoCode, Text};
use akimat_interop::open_contracting::Misread;
use akimat_interop::project_register::mapping::Mapping;
use akimat_project::Project;
use akimat_storage::dossier::Section;
use akimat_storage::import::{Import, ImportFormat, ImportState, ImportedProject, ImportedSection};
use akimat_storage::{Account, Batch, Change, Conflict};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Versions of the sections of one project that are looked through for the one before.
const VERSIONS_MAX: u16 = 5_000;

/// What has to be known of the publisher to read a package again: it stays with the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Reading {
    ocds_prefix: String,
    oc4ids_prefix: String,
}

/// What a package would do to the register as it stands now.
#[derive(Clone, Debug, Default)]
pub struct PackagePreview {
    /// What is wrong with it, each at its path.
    pub faults: Vec<Misread>,
    /// How much it would bring.
    pub counts: Imported,
    /// Projects that it would add.
    pub added: Vec<Project>,
    /// Processes by title, and whether they are new.
    pub processes: Vec<(Text, bool)>,
}

impl PackagePreview {
    /// Whether it can be carried out: nothing is wrong, and there is something to do.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty() && !(self.added.is_empty() && self.processes.is_empty())
    }
}

impl App {
    /// Keeps a package as a draft among the files of projects. Nothing is in the register yet.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who may not import.
    pub async fn begin_package(
        &self,
        actor: Option<&Account>,
        (file_name, bytes): (&str, Vec<u8>),
        settings: &Settings,
    ) -> Result<Uuid> {
        permission::check(actor, Permission::ImportProjects, None)?;
        let place = actor.and_then(|account| account.place);
        let import = self.new_package(actor, place, (file_name, &bytes), settings)?;
        let id = import.id;
        let detail = json!({ "file": import.file_name, "sha256": import.sha256 });
        let audit = self.audit(actor, "begin_import", id, place, &detail);
        self.store().apply(vec![Change::AddImport(Box::new(import), bytes), audit]).await?;
        Ok(id)
    }

    pub(super) fn new_package(
        &self,
        actor: Option<&Account>,
        place: Option<KatoCode>,
        file: (&str, &[u8]),
        settings: &Settings,
    ) -> Result<Import> {
        let import = self.new_import(actor, place, file, &Mapping::default())?;
        let reading = Reading {
            ocds_prefix: settings.ocds_prefix.clone(),
            oc4ids_prefix: settings.oc4ids_prefix.clone(),
        };
        let mapping =
            serde_json::to_string(&reading).map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(Import { format: ImportFormat::OpenContracting, mapping, ..import })
    }

    /// What a package that was kept would do.
    ///
    /// # Errors
    /// [`AppError::NotFound`] without the file, [`AppError::Forbidden`] when a project of it lies outside the territory
    /// of its sender, otherwise when the database fails.
    pub async fn preview_package(&self, import: &Import) -> Result<PackagePreview> {
        let (actor, settings) = (self.sender(import).await?, settings_of(import)?);
        let bytes = self.read().find_import_file(import.id).await?.ok_or(AppError::NotFound("import"))?;
        match self.weigh(actor.as_ref(), &settings, (&bytes, import.place)).await {
            Ok(Work { counts, added, processes, .. }) => {
                Ok(PackagePreview { faults: Vec::new(), counts, added, processes })
            }
            Err(Refused::Package(faults)) => Ok(PackagePreview { faults, ..PackagePreview::default() }),
            Err(Refused::App(error)) => Err(error),
        }
    }

    /// The job of a package; all of it goes in at once, or nothing does.
    pub(crate) async fn carry_out_package(
        &self,
        run: &mut Run<'_>,
        import: Import,
        steps: u32,
    ) -> Result<()> {
        let (actor, settings) = (self.sender(&import).await?, settings_of(&import)?);
        let bytes = self.read().find_import_file(import.id).await?.ok_or(AppError::NotFound("import"))?;
        match self.weigh(actor.as_ref(), &settings, (&bytes, import.place)).await {
            Ok(work) => {
                run.progress(2, steps, &(), Batch::new()).await?;
                let batch = self.package_batch(import, work)?;
                run.progress(steps, steps, &(), batch).await.map(|_| ())
            }
            Err(Refused::Package(_)) => {
                let draft = Import { state: ImportState::Draft, job: None, ..self.next(import) };
                self.store().apply(vec![Change::UpdateImport(Box::new(draft))]).await?;
                Err(AppError::field("file", "import-not-clean"))
            }
            Err(Refused::App(error)) => Err(error),
        }
    }

    /// Whose file it is; nobody for the operator's.
    async fn sender(&self, import: &Import) -> Result<Option<Account>> {
        match import.by {
            Some(id) => Ok(Some(self.read().find_account(id).await?.ok_or(AppError::Forbidden)?)),
            None => Ok(None),
        }
    }

    pub(super) fn package_batch(&self, import: Import, work: Work<'_>) -> Result<Batch> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let Work { mut batch, counts, added, sections, .. } = work;
        let brought: Vec<ImportedProject> = added
            .iter()
            .map(|project| ImportedProject { project: project.id, version: project.version, before: None })
            .collect();
        let (n_added, n_changed) = (count(counts.projects), count(counts.processes + counts.changed));
        let detail = json!({
            "file": import.file_name, "sha256": import.sha256, "projects": counts.projects,
            "processes": counts.processes, "changed": counts.changed,
        });
        batch.push(self.audit(None, "import_open_contracting", import.id, import.place, &detail));
        batch.push(Change::AddImported(import.id, brought));
        batch.push(Change::AddImportedSections(import.id, sections));
        let n_rows = count(counts.projects + counts.known + counts.processes + counts.changed + counts.same);
        let done = Import { state: ImportState::Done, n_rows, n_added, n_changed, ..self.next(import) };
        batch.push(Change::UpdateImport(Box::new(done)));
        Ok(batch)
    }

    /// Takes the sections that an import put back: those of added projects as if they had never been there, others by a
    /// further version that says what was there before.
    pub(crate) async fn take_sections_back(
        &self,
        actor: Option<&Account>,
        (id, gone): (Uuid, &BTreeSet<akimat_core::ProjectId>),
        reason: &str,
    ) -> Result<Batch> {
        let mut batch = Batch::new();
        for one in self.read().list_imported_sections(id).await?.into_iter().rev() {
            if gone.contains(&one.project) {
                batch.push(Change::RemoveSection(one.project, one.section));
                continue;
            }
            let now = self.read().find_section(one.section).await?;
            let now = now.filter(|section| section.version == one.version);
            let now = now.ok_or(AppError::Conflict(Conflict::Stale("section")))?;
            let before = if one.version > 1 { self.version_before(&now).await? } else { None };
            let removed = before.is_none();
            let told = before.as_ref().unwrap_or(&now);
            let draft = SectionDraft {
                id: Some(one.section),
                kind: crate::contract::KIND,
                base_version: now.version,
                state: told.state.clone(),
                due_on: told.due_on,
                amount: told.amount,
                removed,
                body: body(told)?,
                reason: reason.to_owned(),
                basis: String::new(),
            };
            let section = self.section(actor, (now.project, now.place), now.version + 1, &draft);
            let kind = now.kind.clone();
            batch.push(Change::PutSection(Box::new(Section { kind, ..section })));
        }
        Ok(batch)
    }

    async fn version_before(&self, now: &Section) -> Result<Option<Section>> {
        let versions =
            self.read().list_section_versions(now.project, &[now.kind.as_str()], VERSIONS_MAX).await?;
        let before = versions
            .into_iter()
            .find(|section| section.id == now.id && section.version + 1 == now.version && !section.removed);
        Ok(before)
    }

    /// Numbers of the projects whose sections were changed since an import put them.
    pub(crate) async fn section_obstacles(&self, id: Uuid) -> Result<Vec<String>> {
        let mut changed = BTreeMap::new();
        for ImportedSection { project, section, version } in self.read().list_imported_sections(id).await? {
            let now = self.read().find_section(section).await?;
            if now.is_none_or(|now| now.version != version)
                && let Some((project, ..)) = self.read().find_project(project).await?
            {
                changed.insert(project.id, project.number);
            }
        }
        Ok(changed.into_values().collect())
    }
}

fn settings_of(import: &Import) -> Result<Settings> {
    let read: Reading =
        serde_json::from_str(&import.mapping).map_err(|error| AppError::Internal(error.to_string()))?;
    let Reading { ocds_prefix, oc4ids_prefix } = read;
    Ok(Settings { ocds_prefix, oc4ids_prefix, ..Settings::default() })
}
