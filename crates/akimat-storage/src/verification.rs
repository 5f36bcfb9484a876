//! What somebody checked about a person: where, by whom, how far. The number itself is kept nowhere, only a
//! keyed hash of it.

use crate::Result;
use akimat_core::{AccountId, KatoCode};
use akimat_identity::{IdentityHash, Level};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// How a person was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// A clerk saw a document.
    Desk,
    /// A register was handed over as a list.
    List,
    /// A code came by post to where the person lives.
    Post,
    /// An identity provider said so.
    Provider,
    /// The person signed a text by a certificate of a trusted authority.
    Signature,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 5] = [Self::Desk, Self::List, Self::Post, Self::Provider, Self::Signature];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::List => "list",
            Self::Post => "post",
            Self::Provider => "provider",
            Self::Signature => "signature",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// How far a verification is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerificationState {
    /// A second clerk must confirm it.
    Waiting,
    /// A letter with a code is on its way.
    CodeSent,
    /// It counts.
    Valid,
    /// Refused, withdrawn, or replaced by a later one.
    Ended,
    /// The person is erased; the keyed hash alone is left.
    Erased,
}

impl VerificationState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::CodeSent, Self::Valid, Self::Ended, Self::Erased];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::CodeSent => "code_sent",
            Self::Valid => "valid",
            Self::Ended => "ended",
            Self::Erased => "erased",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// One verification of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Identifier.
    pub id: Uuid,
    /// Whose; `None` once the person is erased.
    pub account: Option<AccountId>,
    /// What it gives: [`Level::Resident`] or [`Level::Identified`].
    pub level: Level,
    /// How.
    pub way: Way,
    /// How far it is.
    pub state: VerificationState,
    /// Where the person lives.
    pub place: Option<KatoCode>,
    /// Date of birth, when a document or the number showed it.
    pub born_on: Option<Date>,
    /// Keyed hash of the national identifier, at most one verification for each.
    pub identity: Option<IdentityHash>,
    /// Kind of the document that was seen; empty when none was.
    pub document: String,
    /// Who entered it.
    pub made_by: Option<AccountId>,
    /// Office or name.
    pub made_by_name: String,
    /// Who confirmed it, where two must.
    pub seconded_by: Option<AccountId>,
    /// Office or name.
    pub seconded_by_name: String,
    /// SHA-256 of the code in the letter.
    pub code_hash: Option<[u8; 32]>,
    /// Wrong codes so far.
    pub attempts: u8,
    /// When it was entered.
    pub at: Timestamp,
    /// When it ends by itself: the verification, or the code while the letter is on its way.
    pub until: Option<Timestamp>,
    /// When it was ended or erased.
    pub ended_at: Option<Timestamp>,
    /// Raised by one with every change.
    pub version: u32,
}

impl Verification {
    /// It counts at `now`.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.state == VerificationState::Valid && self.until.is_none_or(|until| now < until)
    }
}

/// Reads verifications.
#[async_trait]
pub trait VerificationRead: Send + Sync {
    /// Verifications of an account, the newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_verifications(&self, account: AccountId) -> Result<Vec<Verification>>;

    /// One verification.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_verification(&self, id: Uuid) -> Result<Option<Verification>>;

    /// The verification that holds an identity, of whatever account, erased ones included.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_verified_identity(&self, identity: &IdentityHash) -> Result<Option<Verification>>;

    /// Verifications that wait for a second clerk, the newest first, 200 at most.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_waiting_verifications(&self) -> Result<Vec<Verification>>;
}
