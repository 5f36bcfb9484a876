//! Files of projects: looked at, mapped, carried out as a job, taken back.
//!
//! A file is kept when it comes. Nothing goes into the register before a person has seen what it would do; then all of
//! it goes in, or nothing. What it added or changed is listed, and can be taken back as long as nobody has worked on it.

mod carry;
mod labels;
mod preview;
mod profile;

pub use labels::{register_labels, template_labels};
pub(crate) use preview::likeness;
pub use preview::{ChangedProject, ImportFault, Preview, Twin};

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{JobId, KatoCode};
use akimat_interop::Problem;
use akimat_interop::project_register::Register;
use akimat_interop::project_register::mapping::Mapping;
use akimat_project::{Basis, Project};
use akimat_storage::import::{Import, ImportFormat, ImportState, ImportedProject};
use akimat_storage::{Account, Batch, Change, Conflict, ProjectFilter};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use uuid::Uuid;

/// Kind of the job that carries an import out.
pub const IMPORT: &str = "import_projects";

/// Longest name of a file in characters.
const FILE_NAME_CHARS_MAX: usize = 200;
/// Projects that are asked for in one statement.
const PROJECTS_AT_ONCE: usize = 200;
/// Longest mapping in bytes of JSON.
const MAPPING_BYTES_MAX: usize = 256 * 1024;

/// What became of a file that came.
#[derive(Clone, Debug)]
pub enum Begun {
    /// It is kept as a draft.
    Kept(Uuid),
    /// It cannot be opened, for these reasons. It is not kept.
    Unreadable(Vec<Problem>),
}

/// What the job of an import is told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct ImportParams {
    pub(crate) import: Uuid,
}

impl App {
    /// Keeps a file of projects as a draft. Nothing is in the register yet. A file that cannot be opened is not kept.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who may not import.
    pub async fn begin_import(
        &self,
        actor: Option<&Account>,
        file_name: &str,
        bytes: Vec<u8>,
        mapping: &Mapping,
    ) -> Result<Begun> {
        permission::check(actor, Permission::ImportProjects, None)?;
        let (bytes, own) = (Arc::new(bytes), mapping.clone());
        let same = Arc::clone(&bytes);
        let opened = blocking(move || Register::open(&same, &own, register_labels()).map(|_| ())).await?;
        if let Err(problems) = opened {
            return Ok(Begun::Unreadable(problems));
        }
        let place = actor.and_then(|account| account.place);
        let import = self.new_import(actor, place, (file_name, &bytes), mapping)?;
        let id = import.id;
        let detail = json!({ "file": import.file_name, "sha256": import.sha256 });
        let audit = self.audit(actor, "begin_import", id, place, &detail);
        let bytes = Arc::unwrap_or_clone(bytes);
        self.store().apply(vec![Change::AddImport(Box::new(import), bytes), audit]).await?;
        Ok(Begun::Kept(id))
    }

    pub(crate) fn new_import(
        &self,
        actor: Option<&Account>,
        place: Option<KatoCode>,
        (file_name, bytes): (&str, &[u8]),
        mapping: &Mapping,
    ) -> Result<Import> {
        Ok(Import {
            id: self.new_uuid(),
            format: ImportFormat::Register,
            place,
            file_name: file_name.chars().take(FILE_NAME_CHARS_MAX).collect(),
            sha256: hexadecimal(&Sha256::digest(bytes)),
            mapping: mapping_text(mapping)?,
            state: ImportState::Draft,
            edit: 1,
            n_rows: 0,
            n_added: 0,
            n_changed: 0,
            job: None,
            by: actor.map(|account| account.id),
            by_name: spokesman(actor),
            created_at: self.now(),
            updated_at: self.now(),
            reason: String::new(),
        })
    }

    /// An import that this person may see and work on.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`] for a file of another territory.
    pub async fn import_to_work(&self, actor: Option<&Account>, id: Uuid) -> Result<Import> {
        permission::check(actor, Permission::ImportProjects, None)?;
        let import = self.read().find_import(id).await?.ok_or(AppError::NotFound("import"))?;
        if import.place.is_some() {
            permission::check(actor, Permission::ImportProjects, import.place)?;
        } else if actor.is_some_and(|account| account.place.is_some() && Some(account.id) != import.by) {
            return Err(AppError::Forbidden);
        }
        Ok(import)
    }

    /// Says how the columns and words of a draft are to be understood.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when the draft changed meanwhile or is none any more.
    pub async fn map_import(
        &self,
        actor: Option<&Account>,
        id: Uuid,
        edit: u32,
        mapping: &Mapping,
    ) -> Result<()> {
        let import = self.draft(actor, id, edit).await?;
        if import.format != ImportFormat::Register {
            return Err(AppError::Conflict(Conflict::Stale("import")));
        }
        let next = Import { mapping: mapping_text(mapping)?, ..self.next(import) };
        Ok(self.store().apply(vec![Change::UpdateImport(Box::new(next))]).await?)
    }

    /// Throws a draft with its file away.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when the draft changed meanwhile or is none any more.
    pub async fn discard_import(&self, actor: Option<&Account>, id: Uuid, edit: u32) -> Result<()> {
        let import = self.draft(actor, id, edit).await?;
        let audit =
            self.audit(actor, "discard_import", id, import.place, &json!({ "sha256": import.sha256 }));
        Ok(self.store().apply(vec![Change::RemoveImport(id, edit), audit]).await?)
    }

    /// Asks for a draft to be carried out.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when something in the file would be refused; [`AppError::Conflict`] when the draft
    /// changed meanwhile or is none any more.
    pub async fn run_import(&self, actor: Option<&Account>, id: Uuid, edit: u32) -> Result<JobId> {
        let import = self.draft(actor, id, edit).await?;
        let clean = match import.format {
            ImportFormat::Register => self.preview_import(&import).await?.is_clean(),
            ImportFormat::OpenContracting => self.preview_package(&import).await?.is_clean(),
        };
        if !clean {
            return Err(AppError::field("file", "import-not-clean"));
        }
        let job = self.new_job(actor, (IMPORT, import.place), &ImportParams { import: id })?;
        let job_id = job.id;
        let audit = self.audit(actor, "run_import", id, import.place, &json!({ "job": job_id }));
        let queued = Import { state: ImportState::Queued, job: Some(job_id), ..self.next(import) };
        let batch = vec![Change::UpdateImport(Box::new(queued)), Change::AddJob(Box::new(job)), audit];
        self.store().apply(batch).await?;
        Ok(job_id)
    }

    /// Takes an import back: what it added goes, what it changed becomes what it was. All of it or nothing.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when somebody has worked on one of the projects since; [`AppError::Invalid`] without a
    /// reason.
    pub async fn undo_import(
        &self,
        actor: Option<&Account>,
        id: Uuid,
        edit: u32,
        reason: &str,
    ) -> Result<()> {
        let reason = parse_reason("reason", reason)?;
        let import = self.import_to_work(actor, id).await?;
        if import.state != ImportState::Done || import.edit != edit {
            return Err(AppError::Conflict(Conflict::Stale("import")));
        }
        let brought = self.read().list_imported(id).await?;
        let gone = brought.iter().filter(|one| one.before.is_none()).map(|one| one.project).collect();
        let mut batch = self.take_sections_back(actor, (id, &gone), &reason).await?;
        for one in brought.iter().rev() {
            self.take_back(actor, one, &reason, &mut batch).await?;
        }
        let detail = json!({ "reason": reason, "projects": brought.len() });
        batch.push(self.audit(actor, "undo_import", id, import.place, &detail));
        let undone = Import { state: ImportState::Undone, reason, ..self.next(import) };
        batch.push(Change::UpdateImport(Box::new(undone)));
        Ok(self.store().apply(batch).await?)
    }

    /// Numbers of the projects of an import that were changed since and keep it from being taken back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn import_obstacles(&self, import: &Import) -> Result<Vec<String>> {
        let brought = self.read().list_imported(import.id).await?;
        let mut changed = self.section_obstacles(import.id).await?;
        for some in brought.chunks(PROJECTS_AT_ONCE) {
            let left: BTreeMap<_, _> = some.iter().map(|one| (one.project, one.version)).collect();
            let filter = ProjectFilter { ids: left.keys().copied().collect(), ..ProjectFilter::default() };
            let now = self.read().list_whole_projects(&filter, u16::MAX).await?;
            let moved = now.into_iter().filter(|project| left.get(&project.id) != Some(&project.version));
            changed.extend(moved.map(|project| project.number));
        }
        Ok(changed)
    }

    async fn take_back(
        &self,
        actor: Option<&Account>,
        one: &ImportedProject,
        reason: &str,
        batch: &mut Batch,
    ) -> Result<()> {
        let Some(before) = &one.before else {
            batch.push(Change::RemoveProject(one.project, one.version));
            return Ok(());
        };
        let before: Project =
            serde_json::from_str(before).map_err(|error| AppError::Internal(error.to_string()))?;
        let (now, _, _) =
            self.read().find_project(one.project).await?.ok_or(AppError::NotFound("project"))?;
        let again = Project { version: one.version + 1, updated_at: self.now(), ..before };
        batch.extend(self.register_changes(actor, (&now, &again), (reason, &Basis::default())).await?);
        batch.push(Change::UpdateProject(Box::new(again)));
        Ok(())
    }

    async fn draft(&self, actor: Option<&Account>, id: Uuid, edit: u32) -> Result<Import> {
        let import = self.import_to_work(actor, id).await?;
        if import.state != ImportState::Draft || import.edit != edit {
            return Err(AppError::Conflict(Conflict::Stale("import")));
        }
        Ok(import)
    }

    pub(crate) fn next(&self, import: Import) -> Import {
        Import { edit: import.edit + 1, updated_at: self.now(), ..import }
    }
}

/// The mapping of an import; an empty text is none.
///
/// # Errors
/// [`AppError::Internal`] when the stored text is not a mapping.
pub fn mapping_of(import: &Import) -> Result<Mapping> {
    if import.mapping.is_empty() {
        return Ok(Mapping::default());
    }
    serde_json::from_str(&import.mapping).map_err(|error| AppError::Internal(error.to_string()))
}

fn mapping_text(mapping: &Mapping) -> Result<String> {
    let text = serde_json::to_string(mapping).map_err(|error| AppError::Internal(error.to_string()))?;
    if text.len() > MAPPING_BYTES_MAX {
        let fault = FieldFault::new("mapping", "field-too-long").with("max", MAPPING_BYTES_MAX);
        return Err(AppError::Invalid(vec![fault]));
    }
    Ok(text)
}

pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether a territory lies where the importer may work.
fn within(import: &Import, place: KatoCode) -> bool {
    import.place.is_none_or(|own| own.covers(place))
}
