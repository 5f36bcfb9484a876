//! What a database must do for the platform.
//!
//! Reads are traits, one a noun, united in [`Read`]; whatever changes anything is a [`Change`], a value
//! that [`Write::apply`] carries out in one transaction: all of a batch or nothing of it. Two adapters
//! implement both, and [`contract`] says what they must have in common.
//!
//! Reading order: [`change`], [`page`], then the nouns.
#![warn(missing_docs)]

pub mod acceptance;
pub mod access_record;
pub mod access_token;
pub mod account;
pub mod appraisal;
pub mod audit;
pub mod ballot;
pub mod budget;
pub mod change;
pub mod columns;
pub mod comment_file;
pub mod contact;
pub mod contract;
pub mod correction;
pub mod credential;
pub mod criteria_set;
pub mod decision;
pub mod discount;
pub mod dossier;
pub mod erasure;
pub mod exercise;
pub mod fact;
pub mod finding_note;
pub mod import;
pub mod job;
pub mod log_entry;
pub mod memo;
pub mod merged_project;
pub mod notice;
pub mod observation;
pub mod outbox;
pub mod outcome_prediction;
pub mod page;
pub mod participation;
pub mod photo;
pub mod place;
pub mod process;
pub mod programme;
pub mod project;
pub mod project_map;
pub mod proposal;
pub mod publication;
pub mod published_forecast;
pub mod question;
pub mod role_grant;
pub mod row;
pub mod saved;
pub mod score;
pub mod subscription;
pub mod verification;

pub use acceptance::{Acceptance, AcceptanceAnswer, AcceptanceCount, AcceptanceRead, Verdict};
pub use access_record::{AccessRecord, AccessRecordRead};
pub use access_token::{AccessToken, AccessTokenRead};
pub use account::{Account, AccountRead, Credentials, Session, TokenHash};
pub use appraisal::{Appraisal, AppraisalRead, Signature};
pub use audit::{AuditRead, AuditRecord};
pub use ballot::{BallotChange, BallotRead};
pub use budget::{BudgetFilter, BudgetHead, BudgetRead, HeadFigures, SeriesPoint};
pub use change::{Batch, Change, Write};
pub use comment_file::{CommentFile, CommentFileBytes, CommentFileRead, FilePart};
pub use contact::{CodePurpose, Contact, ContactChange, ContactKind, ContactRead, OneTimeCode};
pub use correction::{Correction, CorrectionField, CorrectionRead, CorrectionState};
pub use credential::{
    CredentialChange, CredentialRead, FactorReset, KnownDevice, Passkey, ProviderIdentity, ProviderSession,
    ResetState, SecondFactor, SignInWay,
};
pub use criteria_set::{CriteriaSetRead, CriteriaState};
pub use decision::{Decision, DecisionRead};
pub use discount::{
    CountedMark, Discount, DiscountChange, DiscountContest, DiscountRead, MarkKind, MarkTrace, Marked,
};
pub use dossier::{DossierRead, Section, SectionCount, SectionFilter};
pub use fact::{
    FactExtent, FactLine, FactLineName, FactMonth, FactNode, FactQuery, FactRead, FactReport, FactScope,
    FactSource, FactTotal, FactUnit, LineKey, StageCounts,
};
pub use import::{Import, ImportFormat, ImportRead, ImportState, ImportedProject, ImportedSection};
pub use job::{Job, JobFilter, JobKinds, JobProgress, JobRead, JobState};
pub use log_entry::{
    LogCheckpoint, LogCosignature, LogEntry, LogIntegration, LogRead, LogRefusal, LogTile, RefusalReason,
    StoredLogEntry, WitnessedLog,
};
pub use merged_project::{MergedProject, MergedProjectRead};
pub use notice::{NoticeChange, NoticeRead};
pub use observation::{Observation, ObservationQuery, ObservationRead, ObservationScope, ObservationSeries};
pub use outbox::{
    Attempt, Heard, Letter, LetterState, MailFault, Mailer, Messenger, OutboxCounts, OutboxRead,
};
pub use outcome_prediction::{OutcomeDecision, OutcomePrediction, OutcomePredictionRead, OutcomeVerdict};
pub use page::{Cursor, Page, PageRequest};
pub use participation::{
    CommentEdit, Lately, ModerationCount, ModerationItem, ParticipationRead, QueueView, TalkChange,
};
pub use photo::{
    CoarsePoint, Photo, PhotoFiles, PhotoKind, PhotoRead, PhotoSize, PictureSize, Taken, TimeSource,
};
pub use place::PlaceRead;
pub use process::{ProcessChange, ProcessRead};
pub use programme::{
    ProgrammeComment, ProgrammeDraft, ProgrammeDraftChange, ProgrammeHead, ProgrammeRead, ProgrammeScenario,
    ProgrammeState,
};
pub use project::{
    Portfolio, PortfolioMoney, PortfolioTime, ProjectCard, ProjectFilter, ProjectRead, ProjectSort,
    ProjectTotals, StageMatch, StageWord,
};
pub use project_map::{Boundary, Bounds, Cell, Grid, Happening, ProjectEvent, ProjectMapRead, Site};
pub use proposal::{ProposalChange, ProposalFilter, ProposalOrder, ProposalPerson, ProposalRead};
pub use published_forecast::{
    Adjustment, ForecastFilter, ForecastLine, Judgement, Milli, PublishedForecast, PublishedForecastRead,
    TrackBy, TrackQuery, TrackRow,
};
pub use question::{Answer, Question, QuestionFilter, QuestionRead};
pub use role_grant::{RoleGrant, RoleGrantRead};
pub use saved::{Saved, SavedFilter, SavedHead, SavedKind, SavedRead};
pub use score::{Score, ScoreRange, ScoreRead};
pub use subscription::{Frequency, Subscriber, Subscription, SubscriptionCounts, SubscriptionRead};
pub use verification::{Verification, VerificationRead, VerificationState, Way};

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
    + BallotRead
    + SavedRead
    + finding_note::FindingNoteRead
    + publication::PublicationRead
    + ObservationRead
    + OutcomePredictionRead
    + QuestionRead
    + PublishedForecastRead
    + JobRead
    + SubscriptionRead
    + OutboxRead
    + ProjectMapRead
    + CriteriaSetRead
    + ScoreRead
    + AppraisalRead
    + ProgrammeRead
    + PhotoRead
    + CommentFileRead
    + DiscountRead
    + AcceptanceRead
    + DossierRead
    + ImportRead
    + MergedProjectRead
    + AccessTokenRead
    + AccessRecordRead
    + RoleGrantRead
    + VerificationRead
    + CorrectionRead
    + erasure::ErasureRead
    + ContactRead
    + CredentialRead
    + LogRead
    + NoticeRead
    + ProcessRead
    + ProposalRead
    + exercise::ExerciseRead
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
