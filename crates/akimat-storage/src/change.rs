//! Changes as data. A use case reads, decides, and hands over one batch; the adapter carries it out in
//! one transaction and answers when it is durable.

use crate::fact::{FactLineName, FactReport};
use crate::finding_note::FindingNote;
use crate::publication::Publication;
use crate::{
    Account, Answer, AuditRecord, Decision, HeadFigures, Observation, Question, Result, Saved, Session,
    TokenHash,
};
use akimat_budget::Budget;
use akimat_core::{AccountId, CommentId, KatoCode, Place, ProjectId, QuestionId, SavedId};
use akimat_participation::{Comment, Hidden, Rating};
use akimat_project::{Project, ProjectUpdate, StatusChange};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;

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
    /// Asks about a line of a budget.
    AddQuestion(Box<Question>),
    /// Answers a question, or replaces the answer.
    AnswerQuestion(QuestionId, Answer),
    /// Hides a question with its answer, or changes the reason.
    HideQuestion(QuestionId, Hidden),
    /// Shows a hidden question again.
    ShowQuestion(QuestionId),
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
