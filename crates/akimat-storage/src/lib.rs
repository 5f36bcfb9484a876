//! What a database must do for the platform.
//!
//! Reads are traits, one a noun, united in [`Read`]; whatever changes anything is a [`Change`], a value
//! that [`Write::apply`] carries out in one transaction: all of a batch or nothing of it. Two adapters
//! implement both, and [`contract`] says what they must have in common.
//!
//! Reading order: [`change`], [`page`], then the nouns.
#![warn(missing_docs)]

pub mod account;
pub mod appraisal;
pub mod audit;
pub mod budget;
pub mod change;
pub mod columns;
pub mod contract;
pub mod criteria_set;
pub mod decision;
pub mod fact;
pub mod finding_note;
pub mod job;
pub mod memo;
pub mod observation;
pub mod outcome_prediction;
pub mod page;
pub mod participation;
pub mod place;
pub mod programme;
pub mod project;
pub mod publication;
pub mod published_forecast;
pub mod question;
pub mod row;
pub mod saved;
pub mod score;

pub use account::{Account, AccountRead, Credentials, Session, TokenHash};
pub use appraisal::{Appraisal, AppraisalRead, Signature};
pub use audit::{AuditRead, AuditRecord};
pub use budget::{BudgetFilter, BudgetHead, BudgetRead, HeadFigures, SeriesPoint};
pub use change::{Batch, Change, Write};
pub use criteria_set::{CriteriaSetRead, CriteriaState};
pub use decision::{Decision, DecisionRead};
pub use fact::{
    FactExtent, FactLine, FactLineName, FactMonth, FactNode, FactQuery, FactRead, FactReport, FactScope,
    FactSource, FactTotal, FactUnit, LineKey, StageCounts,
};
pub use job::{Job, JobFilter, JobProgress, JobRead, JobState};
pub use observation::{Observation, ObservationQuery, ObservationRead, ObservationScope, ObservationSeries};
pub use outcome_prediction::{OutcomeDecision, OutcomePrediction, OutcomePredictionRead, OutcomeVerdict};
pub use page::{Cursor, Page, PageRequest};
pub use participation::{ModerationItem, ParticipationRead};
pub use place::PlaceRead;
pub use programme::{ProgrammeComment, ProgrammeHead, ProgrammeRead, ProgrammeScenario, ProgrammeState};
pub use project::{ProjectCard, ProjectFilter, ProjectRead, ProjectSort, ProjectTotals};
pub use published_forecast::{
    Adjustment, ForecastFilter, ForecastLine, Judgement, Milli, PublishedForecast, PublishedForecastRead,
    TrackBy, TrackQuery, TrackRow,
};
pub use question::{Answer, Question, QuestionFilter, QuestionRead};
pub use saved::{Saved, SavedFilter, SavedHead, SavedKind, SavedRead};
pub use score::{Score, ScoreRange, ScoreRead};

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The batch does not fit what is stored; nothing was changed.
    #[error("{0}")]
    Conflict(#[from] Conflict),
    /// The database cannot be reached or is too busy; trying again later may help.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database answered something that the adapter does not understand: a bug or a damaged file.
    #[error("the database answered unexpectedly: {0}")]
    Unexpected(String),
}

/// A batch does not fit what is stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// There is one already: a login that is taken, a budget with the same key.
    #[error("there is already such a {0}")]
    Exists(&'static str),
    /// Somebody changed it since it was read.
    #[error("the {0} was changed meanwhile")]
    Stale(&'static str),
    /// What the batch refers to is not there.
    #[error("there is no such {0}")]
    Missing(&'static str),
}

/// Answer of every storage call.
pub type Result<T> = std::result::Result<T, StoreError>;

/// All reads of all nouns.
#[async_trait::async_trait]
pub trait Read:
    PlaceRead
    + BudgetRead
    + fact::FactRead
    + ProjectRead
    + ParticipationRead
    + AccountRead
    + DecisionRead
    + AuditRead
    + SavedRead
    + finding_note::FindingNoteRead
    + publication::PublicationRead
    + ObservationRead
    + OutcomePredictionRead
    + QuestionRead
    + PublishedForecastRead
    + JobRead
    + CriteriaSetRead
    + ScoreRead
    + AppraisalRead
    + ProgrammeRead
{
    /// The database answers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it does not.
    async fn ping(&self) -> Result<()>;

    /// Statements sent since the start, for measurements.
    fn n_statements(&self) -> u64;
}

/// Reads and changes: what the use cases are given.
pub trait Store: Read + Write {}

impl<T: Read + Write> Store for T {}
