//! The dossier of a project: everything that belongs to it beyond its card in the register.
//!
//! A dossier has sections: a work plan, a risk, a contract. Each has a kind, and the room of that kind reads its body.
//! A section is never overwritten: who changed it, when, why and on which document stays, version beside version.

use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, KatoCode, Money, ProjectId};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// One version of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The section; the same in all its versions, later ones are greater.
    pub id: Uuid,
    /// Whose dossier.
    pub project: ProjectId,
    /// Territory of the project; it follows the project when that moves.
    pub place: KatoCode,
    /// The word of the room that reads the body: `plan`, `risk`, `contract`.
    pub kind: String,
    /// From 1; each is one more than the last.
    pub version: u32,
    /// Where it stands, in a word of its kind; empty when the kind knows no such thing.
    pub state: String,
    /// The next day on which something about it is due.
    pub due_on: Option<Date>,
    /// The sum that it is about.
    pub amount: Option<Money>,
    /// This version takes the section out of the dossier; what was there before stays on record.
    pub removed: bool,
    /// What it says, JSON.
    pub body: String,
    /// Why this version was made, in the person's words; may be empty.
    pub reason: String,
    /// The document that it rests on: kind, number, date; may be empty.
    pub basis: String,
    /// Who made this version; `None` for the platform itself.
    pub by: Option<AccountId>,
    /// Office and name of the person as it was then.
    pub by_name: String,
    /// When this version was made.
    pub at: Timestamp,
}

/// Which sections of all dossiers are wanted. All conditions must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionFilter {
    /// Of this kind.
    pub kind: String,
    /// Of projects in this territory or below it.
    pub place: Option<KatoCode>,
    /// In one of these states; empty means any.
    pub states: Vec<String>,
    /// Something is due before this day.
    pub due_before: Option<Date>,
}

/// Sections of one territory in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionCount {
    /// Territory.
    pub place: KatoCode,
    /// State.
    pub state: String,
    /// How many.
    pub n: u64,
    /// Their amounts together; those without one add nothing.
    pub amount: Money,
}

/// Reads dossiers.
#[async_trait]
pub trait DossierRead: Send + Sync {
    /// The newest version of a section, also one that removes it.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_section(&self, id: Uuid) -> Result<Option<Section>>;

    /// The newest versions of the sections of a project that are not removed, by kind and identifier. No kinds: all.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_sections(&self, project: ProjectId, kinds: &[&str]) -> Result<Vec<Section>> {
        self.list_sections_of(&[project], kinds).await
    }

    /// The same of many projects, by project, kind and identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_sections_of(&self, projects: &[ProjectId], kinds: &[&str]) -> Result<Vec<Section>>;

    /// Every version of the sections of a project, removed ones included, newest first. No kinds: all.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_section_versions(
        &self,
        project: ProjectId,
        kinds: &[&str],
        limit: u16,
    ) -> Result<Vec<Section>>;

    /// Sections of all dossiers that are not removed: what is due first comes first, then by identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn search_sections(&self, filter: &SectionFilter, page: &PageRequest) -> Result<Page<Section>>;

    /// How many sections there are by territory and state, and their amounts.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_sections(&self, filter: &SectionFilter) -> Result<Vec<SectionCount>>;
}
