//! Letters on their way out, and who carries them.
//!
//! A letter waits in the database, in the same transaction as what caused it. A server leases it, hands it to the
//! carrier and notes the end; when the server dies in between, the lease runs out and another takes the letter up,
//! under the same message identifier, so that a mail server can tell the second copy from a second letter.

use crate::{Page, PageRequest, Result};
use akimat_core::Lang;
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LetterState {
    /// It waits for its turn, or for the next attempt.
    Queued,
    /// A mail server took it.
    Sent,
    /// It was refused for good, or too often.
    Failed,
}

impl LetterState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Queued, Self::Sent, Self::Failed];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A letter. Address, texts and link are emptied when it ends: the outbox is no archive of who reads what.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Identifier; the message identifier is made of it.
    pub id: Uuid,
    /// What the letter is about, once: the same key is never queued twice.
    pub key: String,
    /// Kind, for the list of the administrator.
    pub kind: String,
    /// The subscriber, when it is to one.
    pub subscriber: Option<Uuid>,
    /// Address.
    pub recipient: String,
    /// Language.
    pub lang: Lang,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where one click ends the subscription (RFC 8058); empty for letters without one.
    pub unsubscribe: String,
    /// Where it stands.
    pub state: LetterState,
    /// Attempts so far.
    pub attempts: u32,
    /// Not before this instant; while leased, the end of the lease.
    pub due_at: Timestamp,
    /// The server that has it.
    pub runner: Option<Uuid>,
    /// Why the last attempt failed.
    pub fault: String,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it was sent or given up.
    pub ended_at: Option<Timestamp>,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut letter = f.debug_struct("Letter");
        letter.field("id", &self.id).field("key", &self.key).field("state", &self.state);
        letter.field("attempts", &self.attempts).finish_non_exhaustive()
    }
}

/// How an attempt to send ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The mail server took it.
    Sent,
    /// It failed for now.
    Again {
        /// Not before this instant.
        due_at: Timestamp,
        /// Why.
        fault: String,
    },
    /// It failed for good.
    Failed {
        /// Why.
        fault: String,
    },
}

/// How many letters there are of each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Waiting.
    pub n_queued: u64,
    /// Sent.
    pub n_sent: u64,
    /// Given up.
    pub n_failed: u64,
}

/// Reads the outbox.
#[async_trait]
pub trait OutboxRead: Send + Sync {
    /// Letters, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_letters(&self, state: Option<LetterState>, page: &PageRequest) -> Result<Page<Letter>>;

    /// A letter.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_letter(&self, id: Uuid) -> Result<Option<Letter>>;

    /// Letters whose turn it is, the longest waiting first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_due_letters(&self, now: Timestamp, limit: u16) -> Result<Vec<Letter>>;

    /// How many there are.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_letters(&self) -> Result<OutboxCounts>;
}

/// Why a carrier did not take a letter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailFault {
    /// The same letter may be taken later.
    #[error("not now: {0}")]
    Later(String),
    /// The same letter may be taken after so many seconds, as the carrier says itself.
    #[error("not now: {0}; again in {1} s")]
    After(String, u32),
    /// The same letter will never be taken.
    #[error("refused: {0}")]
    Never(String),
}

/// Carries letters out. There is one carrier behind the outbox: SMTP, a folder, or a test's list.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a letter over; when it returns, somebody else is responsible for the letter.
    ///
    /// # Errors
    /// [`MailFault`] when it was not taken.
    async fn send(&self, letter: &Letter) -> std::result::Result<(), MailFault>;

    /// Where letters go, in a word for the administrator: the name of a server or of a folder.
    fn describe(&self) -> String;

    /// Whether the carrier also takes letters to telephones (recipients that begin with `+`), as short messages.
    fn carries_messages(&self) -> bool {
        false
    }

    /// The public key by which browsers let the carrier write to them (recipients that begin with `push:`); `None` where it
    /// does not.
    fn push_key(&self) -> Option<String> {
        None
    }

    /// The messenger, where the carrier has one (recipients that begin with `telegram:`).
    fn messenger(&self) -> Option<&dyn Messenger> {
        None
    }
}

/// Somebody said something to the messenger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Where the person is found, as the outbox writes to it.
    pub address: String,
    /// The words.
    pub words: String,
    /// The language of the person's program.
    pub lang: Option<Lang>,
}

/// A messenger in which people can be found once they say so.
#[async_trait]
pub trait Messenger: Send + Sync {
    /// An address that opens the messenger and says this word there.
    fn link(&self, word: &str) -> String;

    /// Waits a while for what people say; what was answered once is not answered again.
    ///
    /// # Errors
    /// [`MailFault`] when the messenger cannot be reached.
    async fn hear(&self) -> std::result::Result<Vec<Heard>, MailFault>;
}
