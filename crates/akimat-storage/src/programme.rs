//! Scenarios of the programme of a territory: what is asked, what was computed, what was decided, and what the
//! commission said of it.

use crate::Result;
use akimat_core::{AccountId, DecisionId, JobId, KatoCode};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// How far a scenario has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProgrammeState {
    /// Being written, or changed since it was solved.
    Draft,
    /// A job works on it.
    Solving,
    /// It has a plan.
    Solved,
    /// No plan satisfies what is asked: it is proven.
    Infeasible,
    /// A head decided; it never changes again.
    Decided,
    /// The decision is published.
    Published,
}

/// What a list shows of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeHead {
    /// Identifier.
    pub id: Uuid,
    /// Territory.
    pub place: KatoCode,
    /// Name, in the words of its author.
    pub title: String,
    /// First calendar year.
    pub first_year: i16,
    /// Number of years.
    pub n_years: u16,
    /// How far it has come.
    pub state: ProgrammeState,
    /// Raised by one with every change; a form sends back the one it was shown.
    pub edit: u32,
    /// Made of invented data.
    pub invented: bool,
    /// Worth of the plan in units of 1e-4 points; `None` without a plan.
    pub objective: Option<i64>,
    /// No plan is worth more, in units of 1e-4 points; `None` without a plan.
    pub bound: Option<i64>,
    /// The scenario that this one was copied from.
    pub parent: Option<Uuid>,
    /// The last job that worked on it.
    pub job: Option<JobId>,
    /// The published decision.
    pub decision: Option<DecisionId>,
    /// Who began it.
    pub created_by: AccountId,
    /// Office and name of who began it.
    pub created_by_name: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A scenario of a programme, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeScenario {
    /// What a list shows.
    pub head: ProgrammeHead,
    /// What is asked: JSON, its format is `akimat-app`'s `ProgrammeRequest`.
    pub request: String,
    /// What was computed: JSON, its format is `akimat-app`'s `ProgrammeSolution`; empty before.
    pub solution: String,
    /// What was decided: JSON, its format is `akimat-app`'s `ProgrammeRecord`; empty before.
    pub record: String,
}

/// What a member of the budget commission or of the public council says about a scenario. It stays as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeComment {
    /// Identifier.
    pub id: Uuid,
    /// The scenario.
    pub programme: Uuid,
    /// For whom the person speaks: a word of `akimat-app`'s `Voice`.
    pub voice: String,
    /// The person.
    pub account: AccountId,
    /// Office and name as it was then.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub body: String,
}

/// A draft that an office has put out to public discussion: one version, frozen as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeDraft {
    /// Identifier.
    pub id: Uuid,
    /// The scenario.
    pub programme: Uuid,
    /// Territory.
    pub place: KatoCode,
    /// Name of the scenario on that day.
    pub title: String,
    /// 1 for the first draft of the scenario.
    pub number: u32,
    /// What the office asks of the readers; may be empty.
    pub words: String,
    /// Who put it out; `None` when that person was erased.
    pub opened_by: Option<AccountId>,
    /// Office and name of who put it out.
    pub opened_by_name: String,
    /// When.
    pub opened_at: Timestamp,
    /// The first instant after the last day.
    pub closes_at: Timestamp,
    /// When an office ended it before its time.
    pub ended_at: Option<Timestamp>,
    /// Made of invented data.
    pub invented: bool,
}

impl ProgrammeDraft {
    /// Whether residents may speak about it at an instant.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.ended_at.is_none() && at < self.closes_at
    }
}

/// A change of a draft under discussion.
#[derive(Clone, Debug)]
pub enum ProgrammeDraftChange {
    /// Puts a draft out; the second part is the document. A number that the scenario has already is a conflict.
    Open(ProgrammeDraft, String),
    /// Ends it before its time; one that is ended already is missing.
    End(Uuid, Timestamp),
}

impl ProgrammeState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Solving, Self::Solved, Self::Infeasible, Self::Decided, Self::Published];

    /// The name in tables, addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Solving => "solving",
            Self::Solved => "solved",
            Self::Infeasible => "infeasible",
            Self::Decided => "decided",
            Self::Published => "published",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// A head decided: what is asked and computed never changes again.
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Decided | Self::Published)
    }
}

/// Reads scenarios of programmes.
#[async_trait]
pub trait ProgrammeRead: Send + Sync {
    /// Scenarios in a territory and below it (`None`: everywhere), the last changed first, at most `limit`.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_programmes(&self, place: Option<KatoCode>, limit: u16) -> Result<Vec<ProgrammeHead>>;

    /// One scenario, whole.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_programme(&self, id: Uuid) -> Result<Option<ProgrammeScenario>>;

    /// The scenario of a published decision, whole.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_programme_of_decision(&self, decision: DecisionId) -> Result<Option<ProgrammeScenario>>;

    /// What was said about a scenario, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_programme_comments(&self, programme: Uuid) -> Result<Vec<ProgrammeComment>>;

    /// Drafts under discussion, and those that were, in a territory and below it (`None`: everywhere), the last one put
    /// out first, at most `limit`.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_programme_drafts(&self, place: Option<KatoCode>, limit: u16)
    -> Result<Vec<ProgrammeDraft>>;

    /// Drafts of one scenario, the first first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_drafts_of_programme(&self, programme: Uuid) -> Result<Vec<ProgrammeDraft>>;

    /// One draft and its document.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_programme_draft(&self, id: Uuid) -> Result<Option<(ProgrammeDraft, String)>>;
}
