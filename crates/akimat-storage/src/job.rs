//! Work that takes longer than an answer: it is asked for once, done by one server at a time, tells how far
//! it is, can be cancelled, and goes on after a restart from its last checkpoint.
//!
//! What a job does is the business of the verb that carries it out; the database knows its kind by a word.

use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, JobId, KatoCode};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobState {
    /// Waits for a server.
    Queued,
    /// A server works on it.
    Running,
    /// Finished.
    Done,
    /// Ended with a fault.
    Failed,
    /// Ended because a person wanted it.
    Cancelled,
}

/// A piece of background work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Identifier.
    pub id: JobId,
    /// What is to be done: a word that the runner knows, such as `publish_forecasts`.
    pub kind: String,
    /// Territory; `None` when it is of no one territory.
    pub place: Option<KatoCode>,
    /// What exactly, as JSON.
    pub params: String,
    /// Where it stands.
    pub state: JobState,
    /// Parts done.
    pub done: u32,
    /// Parts in all; 0 while unknown.
    pub total: u32,
    /// What it says of itself: a catalogue word such as `running`, or the key of an error.
    pub message: String,
    /// From where it goes on, as JSON; empty before the first checkpoint.
    pub checkpoint: String,
    /// Somebody asked to stop it.
    pub cancel_asked: bool,
    /// Times that a server took it up.
    pub attempts: u32,
    /// Who asked; `None` for the platform itself.
    pub account: Option<AccountId>,
    /// Office or name as it was then.
    pub account_name: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When a server first took it up.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Which server works on it.
    pub runner: Option<Uuid>,
    /// When that server last gave a sign of life.
    pub heartbeat_at: Option<Timestamp>,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobProgress {
    /// The job.
    pub id: JobId,
    /// The server that says so; it must be the one that works on it.
    pub runner: Uuid,
    /// Parts done.
    pub done: u32,
    /// Parts in all.
    pub total: u32,
    /// What it says of itself.
    pub message: String,
    /// From where it goes on.
    pub checkpoint: String,
    /// When.
    pub at: Timestamp,
}

/// Which jobs are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Of this kind.
    pub kind: Option<String>,
    /// In this state.
    pub state: Option<JobState>,
}

/// Which kinds of jobs a worker takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKinds {
    /// Every kind.
    Any,
    /// These.
    Only(&'static [&'static str]),
    /// All but these.
    Except(&'static [&'static str]),
}

impl JobKinds {
    /// A condition on `kind`, and the values of its marks; `marked` writes the mark of the n-th of them, from 0.
    pub fn condition(self, marked: impl Fn(usize) -> String) -> (String, &'static [&'static str]) {
        let (not, kinds) = match self {
            Self::Any => return ("true".to_owned(), &[]),
            Self::Only(kinds) => ("", kinds),
            Self::Except(kinds) => ("not ", kinds),
        };
        let marks: Vec<String> = (0..kinds.len()).map(marked).collect();
        (format!("kind {not}in ({})", marks.join(", ")), kinds)
    }
}

/// Reads jobs.
#[async_trait]
pub trait JobRead: Send + Sync {
    /// Jobs, the newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_jobs(&self, filter: &JobFilter, page: &PageRequest) -> Result<Page<Job>>;

    /// One job.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_job(&self, id: JobId) -> Result<Option<Job>>;

    /// The oldest job of these kinds that a server may take up: queued, or running without a sign of life since
    /// `before`.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn next_job(&self, before: Timestamp, kinds: JobKinds) -> Result<Option<Job>>;
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Nothing more will happen.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}
