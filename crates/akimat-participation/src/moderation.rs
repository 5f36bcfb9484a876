//! What moderators do, and what people may say about it.

use akimat_core::{AccountId, CommentId, KatoCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* $variant),* }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As it is stored.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Reads what is stored.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes! {
    /// Why a comment is reported or hidden, and a person blocked.
    Reason {
        /// Advertising, and what is sent out in quantity.
        Advertising = "advertising",
        /// Insults, threats, foul language.
        Insult = "insult",
        /// Personal data of somebody.
        Personal = "personal",
        /// Not about the subject.
        OffTopic = "off_topic",
        /// Incitement and other things that the law forbids.
        Unlawful = "unlawful",
        /// Pretends to be somebody else.
        Pretence = "pretence",
        /// Said again and again.
        Repeat = "repeat",
        /// Something else, told in words.
        Other = "other",
    }
}

codes! {
    /// What a moderator did.
    ActKind {
        /// Looked at a comment and left it.
        Keep = "keep",
        /// Hid a comment.
        Hide = "hide",
        /// Showed a hidden comment again.
        Show = "show",
        /// Barred a person from writing.
        Block = "block",
        /// Lifted a block.
        Unblock = "unblock",
        /// Another moderator agreed with the author.
        ContestGranted = "contest_granted",
        /// Another moderator agreed with the first.
        ContestRefused = "contest_refused",
    }
}

/// An act of a moderator, as it is kept for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModerationAct {
    /// Identifier.
    pub id: Uuid,
    /// The comment; `None` when a person is blocked.
    pub comment: Option<CommentId>,
    /// The person whose words or rights it is about; `None` when that person was erased.
    pub about: Option<AccountId>,
    /// Territory.
    pub place: KatoCode,
    /// What was done.
    pub kind: ActKind,
    /// Why.
    pub code: Option<Reason>,
    /// Why, in words.
    pub words: String,
    /// By whom.
    pub by: Option<AccountId>,
    /// When.
    pub at: Timestamp,
    /// Year and month where the platform is: `2026-11`.
    pub month: String,
    /// Acts that were done together.
    pub batch: Option<Uuid>,
}

/// A person may not write for a while, in a territory and below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Identifier.
    pub id: Uuid,
    /// Who.
    pub account: AccountId,
    /// Where.
    pub place: KatoCode,
    /// From when.
    pub since: Timestamp,
    /// Until when; `None`: for good.
    pub until: Option<Timestamp>,
    /// What the person wrote there is hidden, too.
    pub hides: bool,
    /// Why.
    pub code: Reason,
    /// Why, in words.
    pub words: String,
    /// By whom.
    pub by: Option<AccountId>,
    /// Lifted when.
    pub ended_at: Option<Timestamp>,
}

/// Days that a block may last; `None` is for good.
pub const BLOCK_DAYS: [Option<u16>; 4] = [Some(1), Some(7), Some(30), None];

/// Somebody thinks that a comment breaks the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The comment.
    pub comment: CommentId,
    /// Who says so.
    pub account: AccountId,
    /// Which rule.
    pub reason: Reason,
    /// In words; may be empty.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// The person has a history here, so that the report counts towards hiding.
    pub weighs: bool,
}

/// How another moderator decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Who.
    pub by: Option<AccountId>,
    /// When.
    pub at: Timestamp,
    /// The comment is shown again.
    pub granted: bool,
    /// Why.
    pub words: String,
}

/// The author does not agree that a comment was hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest {
    /// The comment; there is one contest for each.
    pub comment: CommentId,
    /// Its author.
    pub account: AccountId,
    /// Territory.
    pub place: KatoCode,
    /// Why.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// The moderator who hid it: somebody else decides.
    pub against: Option<AccountId>,
    /// The decision.
    pub ruling: Option<Ruling>,
}
