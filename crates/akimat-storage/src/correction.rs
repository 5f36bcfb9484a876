//! Requests of persons to have their record corrected: asked, decided by a clerk within a term, told.

use crate::Result;
use akimat_core::{AccountId, KatoCode};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// What of the record is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionField {
    /// The name shown.
    Name,
    /// Where the person lives.
    Place,
    /// The date of birth.
    BornOn,
    /// The check of who the person is.
    Identity,
    /// An address or phone number.
    Contact,
    /// Something else.
    Other,
}

impl CorrectionField {
    /// Every field.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Place, Self::BornOn, Self::Identity, Self::Contact, Self::Other];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Place => "place",
            Self::BornOn => "born_on",
            Self::Identity => "identity",
            Self::Contact => "contact",
            Self::Other => "other",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionState {
    /// A clerk must decide.
    Open,
    /// Corrected.
    Granted,
    /// Not corrected, with a reason.
    Refused,
    /// The person took it back.
    Withdrawn,
}

impl CorrectionState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Granted, Self::Refused, Self::Withdrawn];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Identifier.
    pub id: Uuid,
    /// Whose record.
    pub account: AccountId,
    /// Where the person lives, when it is known: clerks of that territory decide.
    pub place: Option<KatoCode>,
    /// What is wrong.
    pub field: CorrectionField,
    /// What should stand there; empty when the words say it.
    pub wanted: String,
    /// What is wrong, and what shows it.
    pub words: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The last day of the term.
    pub due_on: Date,
    /// How far it is.
    pub state: CorrectionState,
    /// Why it was decided so.
    pub reason: String,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// Office or name.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
}

/// Reads requests.
#[async_trait]
pub trait CorrectionRead: Send + Sync {
    /// Requests of a person, the newest first, the last hundred.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, as in every method here.
    async fn list_corrections(&self, account: AccountId) -> Result<Vec<Correction>>;

    /// Requests that wait for a decision, those due first; five hundred at most.
    ///
    /// # Errors
    /// See [`CorrectionRead::list_corrections`].
    async fn list_open_corrections(&self) -> Result<Vec<Correction>>;

    /// One request.
    ///
    /// # Errors
    /// See [`CorrectionRead::list_corrections`].
    async fn find_correction(&self, id: Uuid) -> Result<Option<Correction>>;
}
