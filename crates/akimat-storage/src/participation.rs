//! Comments with what belongs to them, and ratings.

use crate::comment_file::{CommentFile, CommentFileBytes};
use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, CommentId, KatoCode, ProjectId, Text};
use akimat_participation::moderation::{ActKind, Block, Contest, ModerationAct, Report, Ruling};
use akimat_participation::talk::{QueueReason, Record};
use akimat_participation::{Comment, Hidden, Order, Rating, Reason, Subject};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// A comment in the moderators' queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModerationItem {
    /// The comment with its words, hidden or not.
    pub comment: Comment,
    /// Territory of the subject.
    pub place: KatoCode,
    /// Title of the project, or name of another subject.
    pub project_title: Text,
}

/// Which comments a moderator wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueueView {
    /// Those that a moderator should look at, the longest waiting first.
    #[default]
    Queue,
    /// Those with the same words as another, by wording.
    Repeats,
}

/// How often moderators did something for a reason in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModerationCount {
    /// Year and month.
    pub month: String,
    /// What was done.
    pub kind: ActKind,
    /// Why.
    pub code: Option<Reason>,
    /// How often.
    pub n: u64,
}

/// How often the same was said lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lately {
    /// Comments of the person since the first instant.
    pub n_own: u32,
    /// Comments of the person with these words since the second instant.
    pub n_same_own: u32,
    /// Comments of anybody with these words since the second instant.
    pub n_same: u32,
}

/// Words of a comment that change: those of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentEdit {
    /// The comment.
    pub id: CommentId,
    /// The new words.
    pub body: String,
    /// When.
    pub at: Timestamp,
    /// Score, features, fingerprint and queue as of the new words.
    pub judged: akimat_participation::talk::Talk,
}

/// What comments can have in common beside their author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// The address they came from.
    Address,
    /// What the browser says of itself.
    Device,
    /// The words, apart from signs and letters that look alike.
    Wording,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: [Self; 3] = [Self::Address, Self::Device, Self::Wording];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Device => "device",
            Self::Wording => "wording",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pattern| pattern.code() == code)
    }
}

/// Keyed hashes of where a comment came from; kept for a short time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentTrace {
    /// The comment.
    pub comment: CommentId,
    /// Keyed hash of the address, hexadecimal.
    pub address: String,
    /// Keyed hash of what the browser says of itself, hexadecimal.
    pub device: String,
    /// When.
    pub at: Timestamp,
}

/// Comments were hidden because of what they have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentPattern {
    /// By which the acts on single comments are found.
    pub batch: Uuid,
    /// What they have in common.
    pub pattern: Pattern,
    /// Territory of the moderator.
    pub place: KatoCode,
    /// How many were hidden.
    pub n: u32,
    /// Month of the act, such as `2026-11`.
    pub month: String,
    /// When.
    pub at: Timestamp,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

/// A change of the conversation.
#[derive(Clone, Debug)]
pub enum TalkChange {
    /// Changes the words.
    Edit(Box<CommentEdit>),
    /// The author takes a comment back: its words and files are gone, its place stays.
    Remove(CommentId, Timestamp),
    /// A person supports a comment; a second time changes nothing.
    Support(CommentId, AccountId, Timestamp),
    /// A person supports it no more; a second time changes nothing.
    Withdraw(CommentId, AccountId),
    /// A person reports a comment; a second report of the same person is a conflict.
    Report(Report),
    /// A moderator should look at a comment; it may wait until then.
    Queue {
        /// The comment.
        id: CommentId,
        /// Why.
        why: Vec<QueueReason>,
        /// Only its author and moderators see it until then.
        waiting: bool,
        /// Since when.
        at: Timestamp,
    },
    /// A moderator looked and left it: it leaves the queue and is shown.
    Keep(CommentId),
    /// A moderator hides it for a reason of the list: it leaves the queue.
    Hide(CommentId, Hidden, Reason),
    /// A hidden one is shown again.
    Show(CommentId),
    /// Sets whether it stands before others.
    Pin(CommentId, bool),
    /// Puts an act on record.
    Act(ModerationAct),
    /// Attaches a file to a comment of the same batch.
    AddFile(Box<CommentFile>, CommentFileBytes),
    /// Keeps what a comment has in common with others, once.
    Trace(CommentTrace),
    /// Puts on record that many were hidden by a pattern.
    Pattern(CommentPattern),
    /// It was undone; one that is undone already is missing.
    UndoPattern(Uuid, Timestamp),
    /// Bars a person.
    Block(Block),
    /// Lifts a block; one that is lifted already is missing.
    EndBlock(Uuid, Timestamp),
    /// Hides what a person wrote in a territory and is shown.
    HideAll {
        /// The person.
        account: AccountId,
        /// Here and below.
        place: KatoCode,
        /// Why and when.
        hidden: Hidden,
        /// Code of the reason.
        code: Reason,
    },
    /// The author contests a hiding; a second time is a conflict.
    Contest(Contest),
    /// Another moderator decides; a contest that is decided is [`crate::Conflict::Stale`].
    Rule(CommentId, Ruling),
}

/// Reads comments and ratings.
#[async_trait]
pub trait ParticipationRead: Send + Sync {
    /// Comments of a project, newest first, hidden ones included with their words: the caller shows only
    /// the reason. Those that wait for a moderator are left out.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comments(&self, project: ProjectId, page: &PageRequest) -> Result<Page<Comment>>;

    /// The comments that begin conversations about a subject. One that waits for a moderator is shown to its author
    /// only, who may be given.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_threads(
        &self,
        subject: &Subject,
        order: Order,
        viewer: Option<AccountId>,
        page: &PageRequest,
    ) -> Result<Page<Comment>>;

    /// Answers in conversations, in the order of time, at most so many of each.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_replies(
        &self,
        threads: &[CommentId],
        each: u16,
        viewer: Option<AccountId>,
    ) -> Result<Vec<Comment>>;

    /// Which of these comments a person supports.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_supported(&self, account: AccountId, comments: &[CommentId]) -> Result<Vec<CommentId>>;

    /// People with these logins who wrote about a subject, each with the newest comment.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_mentioned(&self, subject: &Subject, logins: &[String]) -> Result<Vec<(String, CommentId)>>;

    /// Comments about lines of the budget of a territory and year: key of the line and how many.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_line_comments(&self, place: KatoCode, year: i16) -> Result<Vec<(String, u64)>>;

    /// How many comments there are about a subject that is no project.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_comments(&self, subject: &Subject) -> Result<u64>;

    /// One comment with the territory and title of its project.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_comment(&self, id: CommentId) -> Result<Option<ModerationItem>>;

    /// These comments, as far as there are any, in the order of their identifiers.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comments_by_id(&self, ids: &[CommentId]) -> Result<Vec<ModerationItem>>;

    /// What a comment has in common with others; `None` when nothing was kept, or no more.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_comment_trace(&self, id: CommentId) -> Result<Option<CommentTrace>>;

    /// Comments since an instant that have the address, device or wording, newest first, `limit` at most.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comments_like(
        &self,
        pattern: Pattern,
        value: &str,
        since: Timestamp,
        limit: u16,
    ) -> Result<Vec<CommentId>>;

    /// What was hidden by patterns, the newest first, a thousand at most.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comment_patterns(&self) -> Result<Vec<CommentPattern>>;

    /// Comments in a territory and below, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comments_in_place(
        &self,
        place: KatoCode,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>>;

    /// Comments of a person, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comments_by_author(
        &self,
        author: AccountId,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>>;

    /// Comments in a territory and below that a moderator should look at: by default the longest waiting first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_queue(
        &self,
        place: KatoCode,
        view: QueueView,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>>;

    /// How many comments of a territory and below a moderator should look at.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_queue(&self, place: KatoCode) -> Result<u64>;

    /// Reports on these comments, in the order of time.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_reports(&self, comments: &[CommentId]) -> Result<Vec<Report>>;

    /// What these people have said so far; nobody without a comment is among them.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_talk_records(&self, accounts: &[AccountId]) -> Result<Vec<Record>>;

    /// How much a person said since an instant, and how often these words were said since another.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_lately(
        &self,
        author: AccountId,
        wording: &str,
        since: (Timestamp, Timestamp),
    ) -> Result<Lately>;

    /// Blocks of a person, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_blocks_of(&self, account: AccountId) -> Result<Vec<Block>>;

    /// Blocks in a territory and below that hold at an instant, newest first, at most 200, with the names of the
    /// people.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_blocks(&self, place: KatoCode, at: Timestamp) -> Result<Vec<(Block, String)>>;

    /// Acts on these comments, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_moderation_acts(&self, comments: &[CommentId]) -> Result<Vec<ModerationAct>>;

    /// Acts that were done together.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_moderation_batch(&self, batch: Uuid) -> Result<Vec<ModerationAct>>;

    /// How often moderators did what in a territory and below, by month, the newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_moderation_counts(&self, place: Option<KatoCode>) -> Result<Vec<ModerationCount>>;

    /// Contests of these comments.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_contests(&self, comments: &[CommentId]) -> Result<Vec<Contest>>;

    /// Contests of a territory and below that nobody has decided, the oldest first, at most 200.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_open_contests(&self, place: KatoCode) -> Result<Vec<Contest>>;

    /// A person's vote on a project.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_rating(&self, project: ProjectId, account: AccountId) -> Result<Option<Rating>>;
}
