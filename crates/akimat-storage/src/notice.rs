//! Notices: what happened that somebody wants to hear of, who hears of it, and by which channel.
//!
//! What happened ([`Occurrence`]) goes into the batch of what caused it and nothing else: the cause knows nobody's
//! wishes. Afterwards a server finds out, part by part, who hears of it ([`NoticeChange::Tell`]): each person gets a
//! notice on the page and a [`Delivery`] for each channel chosen. When deliveries are due, one letter is put into
//! the outbox in the batch that takes them ([`NoticeChange::Take`]). So nothing is told twice and nothing is lost,
//! whenever a server dies.

use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, CommentId, Lang, ProjectId, Text};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

macro_rules! codes {
    ($type:ident { $($variant:ident => $code:literal),* $(,)? }) => {
        impl $type {
            /// Every one, in the order of pages.
            pub const ALL: [Self; [$($code),*].len()] = [$(Self::$variant),*];

            /// The name in tables, forms and catalogue keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Reads the name used in tables and forms.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|known| known.code() == code)
            }
        }
    };
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// Somebody answered a comment of the person.
    Reply,
    /// An office answered where the person spoke or what the person follows.
    OfficialAnswer,
    /// A comment of the person was hidden or shown again.
    CommentModerated,
    /// The person's contest was decided.
    ContestDecided,
    /// A project that the person follows moved on.
    ProjectMoved,
    /// The dates of a project that the person follows changed.
    ProjectDates,
    /// A proposal of the person moved on.
    ProposalMoved,
    /// A programme was decided in a territory that the person follows.
    ProgrammeDecided,
    /// The person's request to correct the record was decided.
    CorrectionDecided,
    /// The person saved a ballot and did not hand it in, and the vote ends soon.
    BallotUnfinished,
    /// Somebody signed in from a browser that the account did not know.
    NewDevice,
}

codes!(NoticeKind {
    Reply => "reply",
    OfficialAnswer => "official_answer",
    CommentModerated => "comment_moderated",
    ContestDecided => "contest_decided",
    ProjectMoved => "project_moved",
    ProjectDates => "project_dates",
    ProposalMoved => "proposal_moved",
    ProgrammeDecided => "programme_decided",
    CorrectionDecided => "correction_decided",
    BallotUnfinished => "ballot_unfinished",
    NewDevice => "new_device",
});

/// How a notice reaches a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// On the page of notices.
    Page,
    /// By mail.
    Email,
    /// By short message.
    Phone,
    /// By the messenger.
    Telegram,
    /// Into a browser.
    Push,
}

codes!(Channel { Page => "page", Email => "email", Phone => "phone", Telegram => "telegram", Push => "push" });

/// How soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// Not at all.
    Never,
    /// When it happens.
    AtOnce,
    /// In the letter of the day.
    Daily,
    /// In the letter of the week.
    Weekly,
}

codes!(Pace { Never => "never", AtOnce => "at_once", Daily => "daily", Weekly => "weekly" });

/// Who hears of it: everybody who is one of these, but not who caused it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// One account.
    pub account: Option<AccountId>,
    /// Those who follow this: `project/UUID` or `place/KATO`; those who spoke about this: `proposal:UUID`, `line:…`;
    /// empty: nobody.
    pub subject: String,
    /// Those who spoke in this conversation.
    pub thread: Option<CommentId>,
    /// Those who spoke about this project.
    pub project: Option<ProjectId>,
    /// Who caused it.
    pub caused_by: Option<AccountId>,
}

/// Something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Identifier.
    pub id: Uuid,
    /// What happened, once: the same key is never told twice.
    pub key: String,
    /// What happened.
    pub kind: NoticeKind,
    /// Title of what it happened to.
    pub title: Text,
    /// What it became: a status, a reason; empty without one.
    pub code: String,
    /// The reason as it was given in public; empty without one.
    pub words: String,
    /// Address after the language.
    pub link: String,
    /// Who hears of it.
    pub audience: Audience,
    /// When.
    pub at: Timestamp,
}

/// An occurrence of which not everybody has heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOccurrence {
    /// What happened.
    pub occurrence: Occurrence,
    /// The last account that was told.
    pub told_after: Option<AccountId>,
}

/// A notice of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub occurrence: Occurrence,
    /// When the person read it.
    pub read_at: Option<Timestamp>,
}

/// What a channel has to carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// To whom.
    pub account: AccountId,
    /// How.
    pub channel: Channel,
    /// Not before this instant.
    pub due_at: Timestamp,
}

/// What a person chose for a kind and channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Of what.
    pub kind: NoticeKind,
    /// How.
    pub channel: Channel,
    /// How soon.
    pub pace: Pace,
}

/// A channel that the person's address refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Which.
    pub channel: Channel,
    /// What the other side said.
    pub fault: String,
    /// When.
    pub at: Timestamp,
}

/// Everything a person said about notices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeSettings {
    /// Language and time zone (IANA name); `None`: never said.
    pub person: Option<(Lang, String)>,
    /// Choices, by kind and channel.
    pub choices: Vec<Choice>,
    /// Channels that are stopped.
    pub stops: Vec<Stop>,
    /// Addresses of messengers and browsers, the oldest of each channel first.
    pub addresses: Vec<NoticeAddress>,
    /// How often the address of the person's feeds was made anew.
    pub feed_renewed: u32,
}

/// Where a messenger or a browser of a person is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeAddress {
    /// How.
    pub channel: Channel,
    /// As the outbox writes to it.
    pub address: String,
    /// By which the person knows it again; empty for messengers.
    pub words: String,
    /// Since when.
    pub at: Timestamp,
}

/// A change of notices.
#[derive(Clone, Debug)]
pub enum NoticeChange {
    /// Something happened; a key that is known changes nothing.
    Happen(Box<Occurrence>),
    /// People after `after` up to `until` were told. [`crate::Conflict::Stale`] when another server told them.
    Tell {
        /// What.
        event: Uuid,
        /// The last account told before.
        after: Option<AccountId>,
        /// The last account told now; `None`: that was everybody.
        until: Option<AccountId>,
        /// Who sees it on the page, since when.
        notices: Vec<(AccountId, Timestamp)>,
        /// Who hears of it otherwise.
        deliveries: Vec<Delivery>,
    },
    /// A person read one notice, or all.
    Read(AccountId, Option<Uuid>, Timestamp),
    /// Takes deliveries, because their letter is in the batch. [`crate::Conflict::Stale`] when one is gone.
    Take {
        /// Whose.
        account: AccountId,
        /// How.
        channel: Channel,
        /// Of what.
        events: Vec<Uuid>,
    },
    /// Sets choices.
    Choose(AccountId, Vec<Choice>),
    /// Sets language and time zone.
    SetPerson(AccountId, Lang, String),
    /// A person follows a subject; a second time changes nothing.
    Follow(AccountId, String, Timestamp),
    /// A person follows it no more.
    Unfollow(AccountId, String),
    /// The person's address refused: the channel is stopped, and what waits for it is dropped.
    Stop(AccountId, Stop),
    /// The person wants to try the channel again.
    Resume(AccountId, Channel),
    /// A messenger finds the person there; it found somebody else there before, and does no more.
    AddAddress(AccountId, NoticeAddress),
    /// The channel finds the person no more.
    RemoveAddress(AccountId, Channel),
    /// One of the person's addresses goes; one that is gone changes nothing.
    DropAddress(AccountId, Channel, String),
    /// The former address of the person's feeds stops.
    RenewFeed(AccountId),
    /// Forgets what happened before this instant.
    RemoveBefore(Timestamp),
}

/// Reads notices.
#[async_trait]
pub trait NoticeRead: Send + Sync {
    /// Notices of a person, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_notices(&self, account: AccountId, page: &PageRequest) -> Result<Page<Notice>>;

    /// How many a person has not read.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_unread_notices(&self, account: AccountId) -> Result<u64>;

    /// What not everybody has heard of yet, the oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_open_occurrences(&self, limit: u16) -> Result<Vec<OpenOccurrence>>;

    /// Open accounts of an audience after one, in the order of their identifiers.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_audience(
        &self,
        audience: &Audience,
        after: Option<AccountId>,
        limit: u16,
    ) -> Result<Vec<AccountId>>;

    /// What a person said about notices.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_notice_settings(&self, account: AccountId) -> Result<NoticeSettings>;

    /// People and channels with deliveries that are due, the longest waiting first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_due_deliveries(&self, now: Timestamp, limit: u16) -> Result<Vec<(AccountId, Channel)>>;

    /// What a channel has to tell a person by now, in the order of time.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_deliveries(
        &self,
        account: AccountId,
        channel: Channel,
        now: Timestamp,
        limit: u16,
    ) -> Result<Vec<Occurrence>>;

    /// What a person follows, the newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_follows(&self, account: AccountId) -> Result<Vec<String>>;

    /// Every subject that somebody follows, in their order.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_followed(&self) -> Result<Vec<String>>;

    /// Whom a messenger finds at an address.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_notice_address(&self, channel: Channel, address: &str) -> Result<Option<AccountId>>;
}
