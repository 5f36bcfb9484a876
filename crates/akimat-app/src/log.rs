//! The transparency log: every public act leaves a leaf in the batch that carries it out.
//!
//! Leaves follow from changes ([`leaf`]): whatever verb adds a budget or moves a project, its leaf is in the same
//! transaction. A verb whose act is no change of its own adds one with [`App::log_entry`]. A task beside the pages gives
//! indices and signs ([`sequence`]); pages and files are answered by [`tell`]; other logs are watched, and other offices
//! watch this one, in [`witness`]; a log that was put back is continued by [`recover`]; [`audit`] compares the leaves with what the database publishes now.
//!
//! Nothing about a person is ever in a leaf: no name, no address, no identifier of an account, no words of theirs. Of
//! words that an office wrote there is the digest.

pub mod audit;
pub mod leaf;
pub mod recover;
pub mod sequence;
pub mod tell;
pub mod witness;

use crate::{App, AppError};
use akimat_log::hash::{leaf_hash, sha256};
use akimat_log::leaf::Leaf;
use akimat_log::{Signer, Verifier};
use akimat_storage::{Batch, Change, LogEntry, Store};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::ops::Deref;
use std::sync::Arc;

pub use recover::Recovery;
pub use tell::Proven;
pub use witness::{Refusal, Trouble, WitnessAddress, WitnessClient};

/// What the log needs that is not in the database.
pub struct LogKeeper {
    /// The key of the log; its name is the name of the log.
    pub signer: Signer,
    /// Where the checkpoint signed last is remembered.
    pub last: Arc<dyn LastSigned>,
    /// The key by which this platform witnesses other logs.
    pub witness: Option<Signer>,
    /// Keys of the logs that it witnesses.
    pub watched: Vec<Verifier>,
    /// Of those that moved: the new name and the old one, whose tree the new one continues.
    pub after: Vec<(String, String)>,
    /// Who witnesses this log.
    pub witnesses: Vec<WitnessAddress>,
    /// How they are asked.
    pub client: Arc<dyn WitnessClient>,
    /// Name and version of the program.
    pub software: String,
}

impl std::fmt::Debug for LogKeeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogKeeper").field("log", self.signer.verifier()).finish_non_exhaustive()
    }
}

impl LogKeeper {
    /// The public key of the log.
    pub const fn key(&self) -> &Verifier {
        self.signer.verifier()
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        self.key().name()
    }
}

/// Remembers the checkpoint signed last outside the database: a database that was put back or rewritten then shows.
pub trait LastSigned: Send + Sync {
    /// The signed note; `None` before the first.
    ///
    /// # Errors
    /// What the disk says, in words.
    fn load(&self) -> Result<Option<String>, String>;

    /// Keeps a signed note.
    ///
    /// # Errors
    /// What the disk says, in words.
    fn store(&self, note: &str) -> Result<(), String>;
}

/// A leaf for the log, to go into the batch of what it records. `subject` is a noun and its identifier, such as
/// `project/0190…`. Numbers of `body` must be whole; money goes as text in tiyn. Facts that a leaf cannot hold are
/// replaced by their digest.
#[expect(clippy::needless_pass_by_value, reason = "bodies are made for the call")]
pub fn entry(at: Timestamp, kind: &str, subject: impl ToString, body: Value) -> Change {
    Change::AddLogEntry(made(at, kind, subject.to_string(), &body))
}

pub(crate) fn made(at: Timestamp, kind: &str, subject: String, body: &Value) -> LogEntry {
    let leaf = |body: Value| {
        let (at, kind, subject) = (instant(at), kind.to_owned(), subject.clone());
        Leaf { at, kind, subject, body }.write()
    };
    let text = leaf(body.clone())
        .or_else(|_| leaf(json!({ "sha256": digest(&body.to_string()) })))
        .unwrap_or_default();
    let hash = leaf_hash(text.as_bytes()).0;
    LogEntry { kind: kind.to_owned(), subject, at, hash, leaf: text }
}

/// An instant as it stands in a leaf: RFC 3339 in UTC with microseconds, which the database keeps.
pub fn instant(at: Timestamp) -> String {
    let whole = Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
    format!("{whole:.6}")
}

/// SHA-256 of a text in hexadecimal digits.
pub fn digest(text: &str) -> String {
    sha256(text.as_bytes()).0.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl App {
    /// Gives the platform the keys of its log.
    #[must_use]
    pub fn with_log(mut self, keeper: LogKeeper) -> Self {
        self.log = Some(Arc::new(keeper));
        self
    }

    /// The keys of the log; `None` where the platform only stores leaves.
    pub fn log(&self) -> Option<&LogKeeper> {
        self.log.as_deref()
    }

    /// A leaf about something that happens now, to go into its batch: see [`entry`].
    pub fn log_entry(&self, kind: &str, subject: impl ToString, body: Value) -> Change {
        entry(self.now(), kind, subject, body)
    }
}

/// A batch with the leaves that follow from its changes: for what fills a database beside the verbs.
#[must_use]
pub fn recorded(mut batch: Batch, now: Timestamp) -> Batch {
    let leaves: Vec<LogEntry> = batch.iter().filter_map(|change| leaf::of_change(change, now)).collect();
    batch.extend(leaves.into_iter().map(Change::AddLogEntry));
    batch
}

/// The store, which adds to each batch the leaves and the notices that follow from its changes.
pub(crate) struct Logged<'a> {
    pub(crate) store: &'a dyn Store,
    pub(crate) now: Timestamp,
}

impl Logged<'_> {
    /// Carries out a batch and records it, all in one transaction.
    ///
    /// # Errors
    /// As [`akimat_storage::Write::apply`].
    pub(crate) async fn apply(&self, batch: Batch) -> akimat_storage::Result<()> {
        let mut batch = recorded(batch, self.now);
        let notices = crate::notice::cause::of_batch(self.store, &batch, self.now).await?;
        batch.extend(notices);
        self.store.apply(batch).await
    }
}

impl<'a> Deref for Logged<'a> {
    type Target = dyn Store + 'a;

    fn deref(&self) -> &Self::Target {
        self.store
    }
}

/// What stands in the way of signing or proving, as an error of the platform itself.
pub(crate) fn broken(what: impl std::fmt::Display) -> AppError {
    AppError::Internal(format!("the transparency log: {what}"))
}
