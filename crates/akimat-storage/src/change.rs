//! Changes as data. A use case reads, decides, and hands over one batch; the adapter carries it out in
//! one transaction and answers when it is durable.

use crate::appraisal::{Appraisal, Signature};
use crate::criteria_set::CriteriaSet;
use crate::fact::{FactLineName, FactReport};
use crate::finding_note::FindingNote;
use crate::outcome_prediction::{OutcomeDecision, OutcomePrediction};
use crate::programme::{ProgrammeComment, ProgrammeScenario};
use crate::publication::Publication;
use crate::score::Score;
use crate::{
    Account, Adjustment, Answer, AuditRecord, Decision, HeadFigures, Job, JobProgress, JobState, Judgement,
    Observation, PublishedForecast, Question, Result, Saved, Session, TokenHash,
};
use akimat_budget::Budget;
use akimat_core::{AccountId, CommentId, JobId, KatoCode, Place, ProjectId, QuestionId, SavedId};
use akimat_participation::{Comment, Hidden, Rating};
use akimat_project::{Project, ProjectUpdate, StatusChange};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// One change.
#[derive(Clone, Debug)]
pub enum Change {
    /// Adds territories. A territory that is valid with the same code, parent, kind and name stays as it
    /// is; one that differs is closed on `valid_from` of the new one.
    PutPlaces(Vec<Place>),
    /// Closes a territory: it is not valid from this day on.
    ClosePlace(KatoCode, Date),
    /// Adds a budget with its lines. A budget with the same territory, year and key is a conflict
    /// unless the file is the same, byte for byte: then nothing happens.
    AddBudget(Box<Budget>, HeadFigures),
    /// Adds a project with everything about it. The number must be new in its territory.
    AddProject(Box<Project>),
    /// Replaces a project whose stored version is `version - 1` of the given one.
    UpdateProject(Box<Project>),
    /// Adds a move to the history of a project.
    AddStatusChange(ProjectId, StatusChange),
    /// Adds news of a project.
    AddProjectUpdate(ProjectUpdate),
    /// Sets a person's vote; the counts follow exactly, however many come at once.
    PutRating {
        /// Project.
        project: ProjectId,
        /// Territory of the project.
        place: KatoCode,
        /// Person.
        account: AccountId,
        /// Vote.
        rating: Rating,
        /// When.
        at: Timestamp,
    },
    /// Adds a comment.
    AddComment(Comment, KatoCode),
    /// Hides a comment, or changes the reason.
    HideComment(CommentId, Hidden),
    /// Shows a hidden comment again.
    ShowComment(CommentId),
    /// Opens an account with its Argon2id hash. The login must be new.
    AddAccount(Account, String),
    /// Begins a session.
    AddSession(Session),
    /// Ends a session.
    RemoveSession(TokenHash),
    /// Forgets sessions that ended before this instant.
    RemoveSessionsBefore(Timestamp),
    /// Publishes a decision.
    AddDecision(Decision),
    /// Puts reports into the cube of facts. A report of the same unit, year and month is replaced; all sums
    /// and totals follow exactly. A line that stands in a report twice is a conflict.
    PutFacts(Vec<FactReport>),
    /// Names lines of the cube; a name that is empty, or of a line that no report has, changes nothing.
    NameFactLines(Vec<FactLineName>),
    /// Keeps a piece of analysis.
    AddSaved(Box<Saved>),
    /// Replaces a kept piece whose stored version is `version - 1` of the given one.
    UpdateSaved(Box<Saved>),
    /// Removes a kept piece.
    RemoveSaved(SavedId),
    /// Puts what a person says about a finding on its record.
    AddFindingNote(FindingNote),
    /// Notes what a unit published.
    AddPublication(Publication),
    /// Sets figures about territories; of the same series, territory and year the one imported later stays.
    PutObservations(Vec<Observation>),
    /// Publishes a prediction about a project.
    AddOutcomePrediction(Box<OutcomePrediction>),
    /// Puts a decision about a prediction on record. The prediction must be stored.
    AddOutcomeDecision(OutcomeDecision),
    /// Asks about a line of a budget.
    AddQuestion(Box<Question>),
    /// Answers a question, or replaces the answer.
    AnswerQuestion(QuestionId, Answer),
    /// Hides a question with its answer, or changes the reason.
    HideQuestion(QuestionId, Hidden),
    /// Shows a hidden question again.
    ShowQuestion(QuestionId),
    /// Publishes a forecast. It is never changed afterwards.
    PublishForecast(Box<PublishedForecast>),
    /// Holds facts against forecasts; each forecast, period and revision once.
    AddJudgements(Vec<Judgement>),
    /// Puts a person's value beside the model's.
    AddAdjustment(Adjustment),
    /// Asks for background work.
    AddJob(Box<Job>),
    /// A server takes up a job that waits, or one that gave no sign of life since `before`. Exactly one of
    /// several servers succeeds; the others get [`crate::Conflict::Stale`].
    ClaimJob {
        /// The job.
        id: JobId,
        /// The server.
        runner: Uuid,
        /// Now.
        at: Timestamp,
        /// A sign of life before this instant is none.
        before: Timestamp,
    },
    /// A server tells how far its job is. [`crate::Conflict::Stale`] when the job is no longer its own: then
    /// nothing of the batch happens.
    ProgressJob(JobProgress),
    /// A server ends its job. [`crate::Conflict::Stale`] as above.
    EndJob {
        /// The job.
        id: JobId,
        /// The server.
        runner: Uuid,
        /// How it ended.
        state: JobState,
        /// What it says of itself.
        message: String,
        /// Now.
        at: Timestamp,
    },
    /// Asks to stop a job: one that waits is cancelled at once, a running one by its server.
    /// [`crate::Conflict::Stale`] when it is over.
    CancelJob(JobId, Timestamp),
    /// Adds a version of the appraisal of a project. Project and version must be new together.
    AddAppraisal(Box<Appraisal>),
    /// Signs a version. [`crate::Conflict::Stale`] when it is signed already.
    SignAppraisal(Uuid, Signature),
    /// Begins a set of criteria. Its territory, year and version must be new together.
    AddCriteriaSet(Box<CriteriaSet>),
    /// Changes, approves or gives up a draft whose stored counter is `edit - 1` of the given one; a set that is no
    /// draft any more is [`crate::Conflict::Stale`].
    UpdateCriteriaSet(Box<CriteriaSet>),
    /// Adds scores, each the next version of its person, project and criterion.
    AddScores(Vec<Score>),
    /// Begins a scenario of a programme.
    AddProgramme(Box<ProgrammeScenario>),
    /// Replaces a scenario whose stored counter is `edit - 1` of the given one.
    UpdateProgramme(Box<ProgrammeScenario>),
    /// Removes a scenario with its comments; the number is the counter that the person saw.
    RemoveProgramme(Uuid, u32),
    /// Adds what a member of the commission says about a scenario.
    AddProgrammeComment(ProgrammeComment),
    /// Records the act.
    AddAudit(AuditRecord),
}

/// Changes that happen together or not at all.
pub type Batch = Vec<Change>;

/// Carries out changes.
#[async_trait]
pub trait Write: Send + Sync {
    /// Carries out a batch in one transaction. When it returns, the changes survive a power cut.
    ///
    /// # Errors
    /// [`crate::Conflict`] when the batch does not fit what is stored, otherwise what the database says;
    /// in both cases nothing was changed.
    async fn apply(&self, batch: Batch) -> Result<()>;
}
