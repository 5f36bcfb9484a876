//! Files of projects on their way into the register: kept from the first look to the undoing.
//!
//! The file stays with its import, so that what came in can be held against what was sent. What an import added or
//! changed is listed project by project, with what stood there before, so that it can be undone as long as nobody has
//! worked on it since.

use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, JobId, KatoCode, ProjectId};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImportState {
    /// The file is being looked at; nothing is in the register.
    Draft,
    /// Asked for; a server works on it or soon will.
    Queued,
    /// In the register.
    Done,
    /// It was in the register and was taken back.
    Undone,
}

impl ImportState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Queued, Self::Done, Self::Undone];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Queued => "queued",
            Self::Done => "done",
            Self::Undone => "undone",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What a file is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImportFormat {
    /// A table of projects.
    #[default]
    Register,
    /// A package of OC4IDS or OCDS.
    OpenContracting,
}

impl ImportFormat {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Register, Self::OpenContracting];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::OpenContracting => "open_contracting",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// A file of projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Identifier.
    pub id: Uuid,
    /// What it is written in.
    pub format: ImportFormat,
    /// Territory of rows that name none; `None` when every row must.
    pub place: Option<KatoCode>,
    /// Name of the file as it was sent.
    pub file_name: String,
    /// Checksum of the file, hexadecimal.
    pub sha256: String,
    /// How its columns are to be understood, JSON; empty as they stand.
    pub mapping: String,
    /// Where it stands.
    pub state: ImportState,
    /// Raised by one with every change.
    pub edit: u32,
    /// Rows of the file.
    pub n_rows: u32,
    /// Projects that it added.
    pub n_added: u32,
    /// Projects that it changed.
    pub n_changed: u32,
    /// The job that carried it out.
    pub job: Option<JobId>,
    /// Whose it is; `None` for the operator.
    pub by: Option<AccountId>,
    /// Office and name of the person as it was then.
    pub by_name: String,
    /// When the file came.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Why it was undone; empty before.
    pub reason: String,
}

/// A project that an import added or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedProject {
    /// The project.
    pub project: ProjectId,
    /// Its version as the import left it.
    pub version: u32,
    /// The whole project before, JSON; `None` when the import added it.
    pub before: Option<String>,
}

/// A version of a section of a dossier that an import put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportedSection {
    /// Whose dossier.
    pub project: ProjectId,
    /// The section.
    pub section: Uuid,
    /// Its version as the import left it; 1 when the import added it.
    pub version: u32,
}

/// Reads imports.
#[async_trait]
pub trait ImportRead: Send + Sync {
    /// Imports of a territory and below it, or all, the newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_imports(&self, place: Option<KatoCode>, page: &PageRequest) -> Result<Page<Import>>;

    /// An import.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_import(&self, id: Uuid) -> Result<Option<Import>>;

    /// The file of an import, byte for byte.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_import_file(&self, id: Uuid) -> Result<Option<Vec<u8>>>;

    /// What an import added or changed, in the order of the file.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_imported(&self, id: Uuid) -> Result<Vec<ImportedProject>>;

    /// The sections that an import added or changed, in the order of the file.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_imported_sections(&self, id: Uuid) -> Result<Vec<ImportedSection>>;
}
