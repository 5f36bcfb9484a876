//! Pieces of analysis that people keep: a view of the cube, a scenario, a report.
//!
//! What is inside is the business of the page that made it: the database keeps the body as it came.

use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, KatoCode, SavedId};
use async_trait::async_trait;
use jiff::Timestamp;

/// What was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SavedKind {
    /// A view of the budget cube.
    View,
    /// A what-if scenario.
    Scenario,
    /// A report made of views and words.
    Report,
    /// How the columns and words of a foreign register are to be understood.
    Mapping,
}

/// A kept piece of analysis without its body, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedHead {
    /// Identifier.
    pub id: SavedId,
    /// What it is.
    pub kind: SavedKind,
    /// Title in the owner's words.
    pub title: String,
    /// Whose it is; the owner alone changes it.
    pub owner: AccountId,
    /// Office or name of the owner, as it was when it was saved.
    pub owner_name: String,
    /// Territory; `None` when it is of no one territory.
    pub place: Option<KatoCode>,
    /// Anybody with the link may read it, and it stands in the public list.
    pub public: bool,
    /// Made of invented data.
    pub invented: bool,
    /// When it was first kept.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Raised by one with every change; a form sends back the version it was shown.
    pub version: u32,
}

/// A kept piece of analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// About it.
    pub head: SavedHead,
    /// JSON, at most [`Saved::BODY_BYTES_MAX`]; its format is that of the room that made it.
    pub body: String,
}

/// Which kept pieces are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SavedFilter {
    /// Of this kind.
    pub kind: Option<SavedKind>,
    /// Of this person.
    pub owner: Option<AccountId>,
    /// Public ones alone.
    pub public: bool,
}

impl SavedKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::View, Self::Scenario, Self::Report, Self::Mapping];

    /// The name in tables, addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Scenario => "scenario",
            Self::Report => "report",
            Self::Mapping => "mapping",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Saved {
    /// The longest body in bytes.
    pub const BODY_BYTES_MAX: usize = 256 * 1024;
    /// The longest title in characters.
    pub const TITLE_CHARS_MAX: usize = 200;
}

/// Reads kept pieces of analysis.
#[async_trait]
pub trait SavedRead: Send + Sync {
    /// Heads, the newest first (by creation, so that a change shifts no page).
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_saved(&self, filter: &SavedFilter, page: &PageRequest) -> Result<Page<SavedHead>>;

    /// One with its body.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_saved(&self, id: SavedId) -> Result<Option<Saved>>;
}
