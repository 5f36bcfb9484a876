//! Changes as data. A use case reads, decides, and hands over one batch; the adapter carries it out in
//! one transaction and answers when it is durable.

use crate::acceptance::{Acceptance, AcceptanceAnswer};
use crate::access_token::AccessToken;
use crate::appraisal::{Appraisal, Signature};
use crate::contact::ContactChange;
use crate::credential::CredentialChange;
use crate::criteria_set::CriteriaSet;
use crate::discount::DiscountChange;
use crate::dossier::Section;
use crate::fact::{FactLineName, FactReport};
use crate::finding_note::FindingNote;
use crate::import::{Import, ImportedProject, ImportedSection};
use crate::log_entry::{LogCosignature, LogEntry, LogIntegration, LogRefusal, WitnessedLog};
use crate::merged_project::MergedProject;
use crate::outbox::{Attempt, Letter};
use crate::outcome_prediction::{OutcomeDecision, OutcomePrediction};
use crate::photo::{Photo, PhotoFiles};
use crate::programme::{ProgrammeComment, ProgrammeDraftChange, ProgrammeScenario};
use crate::project_map::Boundary;
use crate::publication::Publication;
use crate::score::Score;
use crate::subscription::{Frequency, Subscriber, Subscription};
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
    AddComment(Box<Comment>, KatoCode),
    /// Hides a comment, or changes the reason.
    HideComment(CommentId, Hidden),
    /// Shows a hidden comment again.
    ShowComment(CommentId),
    /// Changes the conversation or its moderation.
    Talk(Box<crate::participation::TalkChange>),
    /// Opens an account with its Argon2id hash. The login must be new.
    AddAccount(Account, String),
    /// Begins a session.
    AddSession(Session),
    /// Ends a session.
    RemoveSession(TokenHash),
    /// Forgets sessions that ended before this instant.
    RemoveSessionsBefore(Timestamp),
    /// Puts the next version of a section into the dossier of a project; [`crate::Conflict::Stale`] unless the stored
    /// one is `version - 1` of it (none for version 1). Earlier versions stay.
    PutSection(Box<Section>),
    /// Keeps a file of projects, byte for byte.
    AddImport(Box<Import>, Vec<u8>),
    /// Replaces what is known of a file whose stored counter is `edit - 1` of the given one.
    UpdateImport(Box<Import>),
    /// Throws a draft with its file away; the number is the counter that the person saw.
    RemoveImport(Uuid, u32),
    /// Lists what an import added or changed, in the order of the file.
    AddImported(Uuid, Vec<ImportedProject>),
    /// Lists the sections that an import added or changed, in the order of the file.
    AddImportedSections(Uuid, Vec<ImportedSection>),
    /// Takes a section whose only version is its first out of a dossier as if it had never been there: before its
    /// project is taken back. [`crate::Conflict::Stale`] when it has later versions.
    RemoveSection(ProjectId, Uuid),
    /// Takes a project back that stands at this version and that nobody has said, reported or recorded anything
    /// about; otherwise [`crate::Conflict::Stale`].
    RemoveProject(ProjectId, u32),
    /// Adds a key; its account must be there.
    AddAccessToken(AccessToken),
    /// Withdraws a key of an account; one that is withdrawn already is missing.
    RevokeAccessToken(Uuid, AccountId, Timestamp),
    /// Changes addresses of accounts, or codes that were sent to them.
    Contact(ContactChange),
    /// Changes devices, second factors, passkeys, identities, passwords or sessions.
    Credential(CredentialChange),
    /// Makes a project one with another: comments, votes, news, photographs, scores, appraisals, words on finished works
    /// and the sections of these kinds go to the project that stays, the record itself stays in [`MergedProject`]. Nothing happens when
    /// the former project has another version by now, or when both have what a project has one of.
    MergeProject(Box<MergedProject>, Vec<String>),
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
    /// Puts a draft of a programme out to discussion, or ends a discussion.
    ProgrammeDraft(Box<ProgrammeDraftChange>),
    /// Adds a photograph with its pictures. A file that the project has already is a conflict.
    AddPhoto(Box<Photo>, PhotoFiles),
    /// Counts marks of people no more, or again.
    Discount(Box<DiscountChange>),
    /// Changes what is known about a photograph whose stored version is `version - 1` of the given one; its pictures
    /// are removed when it is erased.
    UpdatePhoto(Box<Photo>),
    /// Sets what a person says about a completion; saying something else replaces it under the identifier it had.
    PutAcceptance(Box<Acceptance>),
    /// A person takes back what it said about works; nothing happens when it is gone.
    RemoveAcceptance(Uuid),
    /// Hides the words and the photograph of a confirmation or dispute, or changes the reason.
    HideAcceptance(Uuid, Hidden),
    /// Shows them again.
    ShowAcceptance(Uuid),
    /// Adds what the office says to those who dispute.
    AddAcceptanceAnswer(AcceptanceAnswer),
    /// Asks to be told; the subscriber is added unless stored already. An address that another subscriber has is a
    /// conflict.
    AddSubscription(Box<Subscriber>, Box<Subscription>),
    /// The address said yes; a second time changes nothing.
    ConfirmSubscription {
        /// The subscription.
        id: Uuid,
        /// Now: what happened before is not told.
        at: Timestamp,
        /// When to look first.
        due_at: Timestamp,
    },
    /// Changes how often a subscription writes.
    ChangeSubscription {
        /// The subscription.
        id: Uuid,
        /// How often from now on.
        frequency: Frequency,
        /// When to look next.
        due_at: Timestamp,
    },
    /// Everything from one instant to another was told, or there was nothing. [`crate::Conflict::Stale`] when another
    /// server did so: then nothing of the batch happens.
    AdvanceSubscription {
        /// The subscription.
        id: Uuid,
        /// What was told before.
        from: Timestamp,
        /// What is told now.
        to: Timestamp,
        /// When to look next.
        due_at: Timestamp,
    },
    /// Ends a subscription; with the last one of an address the address goes, and letters to it that wait.
    RemoveSubscription(Uuid, Timestamp),
    /// Ends every subscription of an address, and forgets it.
    RemoveSubscriber(Uuid, Timestamp),
    /// Forgets subscriptions asked for before the first instant and never confirmed; the second is now.
    RemoveUnconfirmedBefore(Timestamp, Timestamp),
    /// Puts a letter into the outbox; one whose key is there changes nothing.
    PutLetter(Box<Letter>),
    /// A server takes a letter until an instant. [`crate::Conflict::Stale`] when it is not its turn.
    LeaseLetter {
        /// The letter.
        id: Uuid,
        /// The server.
        runner: Uuid,
        /// Now.
        at: Timestamp,
        /// From then on another may take it.
        until: Timestamp,
    },
    /// The server that has a letter says how the attempt ended. [`crate::Conflict::Stale`] when it has it no more.
    EndAttempt {
        /// The letter.
        id: Uuid,
        /// The server.
        runner: Uuid,
        /// How it ended.
        attempt: Attempt,
        /// Now.
        at: Timestamp,
    },
    /// Removes letters that were sent or given up before this instant.
    RemoveLettersBefore(Timestamp),
    /// Sets the borders of territories.
    PutBoundaries(Vec<Boundary>),
    /// Puts a leaf into the transparency log, in the same batch as what it records; it waits for its index.
    AddLogEntry(LogEntry),
    /// Gives indices to leaves that wait, with the tiles and the signed checkpoint of the tree that includes them.
    /// [`crate::Conflict::Stale`] when the tree has grown meanwhile or a leaf has its index: then nothing happens.
    IntegrateLog(Box<LogIntegration>),
    /// Keeps what a witness said about a checkpoint; saying it again replaces it.
    PutLogCosignature(LogCosignature),
    /// Keeps why a witness did not sign, in place of what was kept of it; the instant since when it says so stays while
    /// the reason stays. What it signs later removes it.
    PutLogRefusal(LogRefusal),
    /// Keeps what this platform saw of another log as a witness, after the size and root it saw before (`None` at the
    /// first time); [`crate::Conflict::Stale`] when something else was seen meanwhile.
    PutWitnessedLog(WitnessedLog, Option<(u64, [u8; 32])>),
    /// Adds a request for correction. Conflict: the account is missing.
    AddCorrection(Box<crate::Correction>),
    /// Ends an open request for correction: its state, reason, and who decided when. [`crate::Conflict::Stale`] when it is
    /// open no more.
    EndCorrection(Box<crate::Correction>),
    /// Gives an account another name, also where it stands beside what the person wrote.
    RenameAccount(AccountId, String),
    /// Adds a verification; one of the same account with the same identity ends. Conflict: the identity is
    /// held by another account or by a person who was erased.
    AddVerification(Box<crate::Verification>),
    /// Replaces a verification whose version is one less.
    UpdateVerification(Box<crate::Verification>),
    /// Gives a role in a territory for a time.
    AddRoleGrant(Box<crate::RoleGrant>),
    /// Takes a role back.
    RevokeRoleGrant(Uuid, Timestamp),
    /// Records that somebody looked at a person's record.
    AddAccessRecord(crate::AccessRecord),
    /// Removes a person from every table: see [`crate::erasure`].
    ErasePerson(crate::erasure::Erasure),
    /// Removes records about persons whose term is over.
    Forget(crate::erasure::Forgetting),
    /// Changes what is told to whom, and how.
    Notice(crate::notice::NoticeChange),
    /// Changes a process of participatory budgeting.
    Process(Box<crate::process::ProcessChange>),
    /// Changes a proposal of a resident.
    Proposal(Box<crate::proposal::ProposalChange>),
    /// Changes ballots of participatory budgets.
    Ballot(Box<crate::ballot::BallotChange>),
    /// Changes an exercise in dividing a budget.
    Exercise(Box<crate::exercise::ExerciseChange>),
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
