//! What residents say about works reported as finished, and what the office answers.

use crate::photo::codes;
use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, KatoCode, Lang, ProjectId};
use akimat_participation::Hidden;
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

codes! {
    /// What a resident says about "finished".
    Verdict {
        /// The works are done.
        Confirm = "confirm",
        /// They are not, or not as promised.
        Dispute = "dispute",
    }
}

/// The word of one person on one completion. Saying something else replaces it while the term runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Identifier; stays the same when the person says something else.
    pub id: Uuid,
    /// The project.
    pub project: ProjectId,
    /// Its territory.
    pub place: KatoCode,
    /// Day on which the works were reported as finished. Works reported as finished again are judged again.
    pub finished_on: Date,
    /// Who says it.
    pub account: AccountId,
    /// Name shown.
    pub by_name: String,
    /// Confirmed or disputed.
    pub verdict: Verdict,
    /// Language of the words.
    pub lang: Lang,
    /// The words; may be empty for a confirmation.
    pub body: String,
    /// A photograph of the same project that shows it.
    pub photo: Option<Uuid>,
    /// When it was said last.
    pub at: Timestamp,
    /// Words and photograph hidden by a moderator; the verdict counts and the reason stays.
    pub hidden: Option<Hidden>,
    /// Invented for the demonstration.
    pub invented: bool,
}

/// What the office says to those who dispute. Answers are added, never replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptanceAnswer {
    /// Identifier.
    pub id: Uuid,
    /// The project.
    pub project: ProjectId,
    /// Which completion.
    pub finished_on: Date,
    /// Who answers.
    pub account: Option<AccountId>,
    /// Name of the office.
    pub office: String,
    /// Language of the words.
    pub lang: Lang,
    /// The words.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// How many confirm and dispute one completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptanceCount {
    /// The project.
    pub project: ProjectId,
    /// Its territory.
    pub place: KatoCode,
    /// Which completion.
    pub finished_on: Date,
    /// People who confirm.
    pub n_confirm: u32,
    /// People who dispute.
    pub n_dispute: u32,
    /// Answers of the office.
    pub n_answers: u32,
}

/// Reads confirmations and disputes.
#[async_trait]
pub trait AcceptanceRead: Send + Sync {
    /// What one person says about one completion.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_acceptance(
        &self,
        project: ProjectId,
        finished_on: Date,
        account: AccountId,
    ) -> Result<Option<Acceptance>>;

    /// One of them by its identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn get_acceptance(&self, id: Uuid) -> Result<Option<Acceptance>>;

    /// What people say about a project, newest first, hidden words included.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_acceptances(&self, project: ProjectId, page: &PageRequest) -> Result<Page<Acceptance>>;

    /// Counts of a project, the earliest completion first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_acceptances(&self, project: ProjectId) -> Result<Vec<AcceptanceCount>>;

    /// Counts of every completion since a day in a territory and below that at least one person disputes, by
    /// project and day.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_disputed(&self, place: KatoCode, since: Date) -> Result<Vec<AcceptanceCount>>;

    /// Answers of the office about a project, the first first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_acceptance_answers(&self, project: ProjectId) -> Result<Vec<AcceptanceAnswer>>;
}
