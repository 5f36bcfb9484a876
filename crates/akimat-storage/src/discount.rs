//! Marks that people set and that a moderator discounted by a pattern: they are kept and not counted, and both numbers are
//! public. Ballots of participatory budgets are no marks.

use crate::Result;
use crate::participation::Pattern;
use akimat_core::{AccountId, KatoCode};
use akimat_participation::Reason;
use akimat_participation::moderation::Ruling;
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

crate::photo::codes! {
    /// What is marked.
    MarkKind {
        /// A comment is supported.
        Comment = "comment",
        /// A project is voted on.
        Project = "project",
        /// A proposal is supported.
        Proposal = "proposal",
    }
}

/// What is marked: its kind and identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Marked {
    /// Its kind.
    pub kind: MarkKind,
    /// Its identifier.
    pub subject: Uuid,
}

/// Keyed hashes of where a mark came from; kept for a short time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkTrace {
    /// What is marked.
    pub marked: Marked,
    /// By whom.
    pub account: AccountId,
    /// Keyed hash of the address, hexadecimal.
    pub address: String,
    /// Keyed hash of what the browser says of itself, hexadecimal.
    pub device: String,
    /// When.
    pub at: Timestamp,
}

/// Marks on one subject were discounted by a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discount {
    /// Identifier.
    pub batch: Uuid,
    /// What is marked.
    pub marked: Marked,
    /// What the marks have in common.
    pub pattern: Pattern,
    /// Territory of the subject.
    pub place: KatoCode,
    /// Why.
    pub code: Reason,
    /// Why, in words for everybody.
    pub words: String,
    /// How many there were at first.
    pub n: u32,
    /// How many are not counted now: less after contests that were granted, none when it is undone. Whoever makes a
    /// discount need not say it.
    pub n_now: u32,
    /// By whom; `None` when that person was erased.
    pub by: Option<AccountId>,
    /// Month, such as `2026-11`.
    pub month: String,
    /// When.
    pub at: Timestamp,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

/// A mark that is counted, for a moderator who looks for patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedMark {
    /// What it has in common with others: a keyed hash or a fingerprint of words.
    pub common: String,
    /// Whose it is.
    pub account: AccountId,
    /// Of a vote: 1 to 5; otherwise 0.
    pub value: u8,
    /// When it was set; of words nobody looks at the time of marks.
    pub at: Option<Timestamp>,
}

/// A person does not agree that a mark is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscountContest {
    /// The discount; each person contests it once.
    pub batch: Uuid,
    /// Whose mark it is.
    pub account: AccountId,
    /// Why.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// The moderator who discounted it: somebody else decides.
    pub against: Option<AccountId>,
    /// The decision; when it is granted, the mark is counted again and no rule hits it any more.
    pub ruling: Option<Ruling>,
}

/// A change of what is counted.
#[derive(Clone, Debug)]
pub enum DiscountChange {
    /// Keeps where a mark came from; a later one of the same person replaces it.
    Trace(MarkTrace),
    /// Puts a discount on record.
    Make(Discount),
    /// Counts the mark of a person no more; one that is gone or discounted already is left alone.
    Mark(Marked, AccountId, Uuid),
    /// Counts a mark again that a discount had taken out.
    Recount(Marked, AccountId, Uuid),
    /// The discount is undone; one that is undone already is missing.
    Undo(Uuid, Timestamp),
    /// A person contests it; a second time is a conflict.
    Contest(DiscountContest),
    /// Another moderator decides; a contest that is decided is [`crate::Conflict::Stale`].
    Rule(Uuid, AccountId, Ruling),
}

/// Reads marks, where they came from, and what is not counted.
#[async_trait]
pub trait DiscountRead: Send + Sync {
    /// Marks on a subject that are counted and were set since an instant, oldest first, 5,000 at most; for words, those
    /// of people who have said the same as another since then. Marks that were contested with success are left out.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_marks(
        &self,
        marked: Marked,
        pattern: Pattern,
        since: Timestamp,
    ) -> Result<Vec<CountedMark>>;

    /// People whose marks a discount took out.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_discounted(&self, batch: Uuid) -> Result<Vec<AccountId>>;

    /// The discount that took out the mark of a person on a subject; `None` when it is counted, or there is none.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_discounted(&self, marked: Marked, account: AccountId) -> Result<Option<Uuid>>;

    /// How many marks on these subjects of one kind are not counted; those without any are left out.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_discounted(&self, kind: MarkKind, subjects: &[Uuid]) -> Result<Vec<(Uuid, u64)>>;

    /// Discounts of a subject, undone ones too, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_discounts_of(&self, marked: Marked) -> Result<Vec<Discount>>;

    /// Discounts that keep a mark of a person from being counted, or that the person contested; newest first, 200 at most.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_discounts_against(&self, account: AccountId) -> Result<Vec<Discount>>;

    /// Every discount, undone ones too, newest first, a thousand at most.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_discounts(&self) -> Result<Vec<Discount>>;

    /// One discount.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_discount(&self, batch: Uuid) -> Result<Option<Discount>>;

    /// Contests of the discounts of a subject, in the order of time.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_discount_contests(&self, marked: Marked) -> Result<Vec<DiscountContest>>;

    /// Discounts of a territory and below that somebody contests and nobody has decided about, the oldest first, 200 at
    /// most.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_contested_discounts(&self, place: KatoCode) -> Result<Vec<Discount>>;
}
