//! A conversation: what it is about, where in it a comment stands, in which order it is read.

use crate::spam::Feature;
use akimat_core::{AccountId, CommentId, KatoCode, ProjectId, ProposalId, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Answers stand at most this deep: a comment, an answer, an answer to the answer. What answers the deepest stands
/// beside it.
pub const DEPTH_MAX: u8 = 2;

/// A line of the budget of a territory and year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineSubject {
    /// Territory of the budget.
    pub place: KatoCode,
    /// Year of the budget.
    pub year: i16,
    /// The line as a word: its item, a colon and its classification code.
    pub line: String,
    /// Name of the line.
    pub name: Text,
}

/// What a comment is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// A project of the register.
    Project(ProjectId),
    /// A line of a budget.
    Line(LineSubject),
    /// A proposal of a participatory budget, with its name.
    Proposal(ProposalId, Text),
    /// A draft of a programme that is open to discussion, with its name.
    Draft(Uuid, Text),
}

impl Subject {
    /// The code of the kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Project(_) => "project",
            Self::Line(_) => "line",
            Self::Proposal(..) => "proposal",
            Self::Draft(..) => "draft",
        }
    }

    /// The project, when it is one.
    pub const fn project(&self) -> Option<ProjectId> {
        match self {
            Self::Project(id) => Some(*id),
            _ => None,
        }
    }

    /// The name that is kept beside a comment; a project has its own.
    pub const fn name(&self) -> Option<&Text> {
        match self {
            Self::Project(_) => None,
            Self::Line(line) => Some(&line.name),
            Self::Proposal(_, name) | Self::Draft(_, name) => Some(name),
        }
    }

    /// Kind and identifier of what is no project: `line:990140000-2026-expense:123`, `proposal:UUID`, `draft:UUID`.
    pub fn key(&self) -> Option<String> {
        match self {
            Self::Project(_) => None,
            Self::Line(line) => Some(format!("line:{}-{}-{}", line.place, line.year, line.line)),
            Self::Proposal(id, _) => Some(format!("proposal:{id}")),
            Self::Draft(id, _) => Some(format!("draft:{id}")),
        }
    }

    /// Reads [`Subject::key`]; the name is kept beside it.
    pub fn parse_key(key: &str, name: Text) -> Option<Self> {
        let (kind, rest) = key.split_once(':')?;
        match kind {
            "line" => {
                let mut parts = rest.splitn(3, '-');
                let place = parts.next()?.parse().ok()?;
                let year = parts.next()?.parse().ok()?;
                let line = parts.next()?.to_owned();
                Some(Self::Line(LineSubject { place, year, line, name }))
            }
            "proposal" => Some(Self::Proposal(rest.parse().ok()?, name)),
            "draft" => Some(Self::Draft(rest.parse().ok()?, name)),
            _ => None,
        }
    }
}

/// Why a comment is in the queue of the moderators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueReason {
    /// One of the first contributions of a new account, in a place where these wait.
    First,
    /// The spam score is at or above the limit.
    Score,
    /// A word of the lists stands in it.
    Word,
    /// A link of somebody who may not set any yet.
    Link,
    /// The same words were said before, by the same person or by others.
    Repeat,
    /// Somebody reported it.
    Report,
    /// The name of the author mixes scripts or looks like that of an office.
    Name,
    /// Somebody who is not trusted with links yet attached a file.
    File,
}

impl QueueReason {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::First,
        Self::Score,
        Self::Word,
        Self::Link,
        Self::Repeat,
        Self::Report,
        Self::Name,
        Self::File,
    ];

    /// As it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Score => "score",
            Self::Word => "word",
            Self::Link => "link",
            Self::Repeat => "repeat",
            Self::Report => "report",
            Self::Name => "name",
            Self::File => "file",
        }
    }

    /// Reads [`QueueReason::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// Where a comment stands in the conversation and with the moderators.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// What it answers.
    pub parent: Option<CommentId>,
    /// The comment that began the conversation; `None` for that comment itself.
    pub thread: Option<CommentId>,
    /// How deep: 0 to [`DEPTH_MAX`].
    pub depth: u8,
    /// When the author changed the words last.
    pub edited_at: Option<Timestamp>,
    /// When the author took it back; the words are gone.
    pub removed_at: Option<Timestamp>,
    /// Stands before others beside it: what an office says.
    pub pinned: bool,
    /// An office speaks in the conversation that this comment began.
    pub answered: bool,
    /// People who support it.
    pub n_support: u32,
    /// Answers in the conversation that this comment began.
    pub n_replies: u32,
    /// People who reported it.
    pub n_reports: u32,
    /// Shown to its author and to moderators only, until one of these has looked.
    pub waiting: bool,
    /// Since when a moderator should look; `None` when nobody need.
    pub queued_at: Option<Timestamp>,
    /// Why.
    pub queue_why: Vec<QueueReason>,
    /// The spam score, 0 to 100.
    pub score: u8,
    /// What it is made of.
    pub score_why: Vec<Feature>,
    /// Fingerprint of the words, by which repeats are found; empty for old comments.
    pub wording: String,
    /// Addresses in the words may be followed: the author was trusted with links.
    pub links: bool,
    /// Code of the reason why it is hidden.
    pub hidden_code: Option<crate::moderation::Reason>,
}

/// The order of a list of conversations. What an office says stands first in each of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// Those with most support first.
    Supported,
    /// Those in which an office speaks first.
    Official,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Newest, Self::Supported, Self::Official];

    /// As it stands in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Supported => "supported",
            Self::Official => "official",
        }
    }

    /// Reads [`Order::code`]; anything else is the usual order.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

/// Where an answer to a comment stands: its parent, the conversation and the depth. What answers the deepest level
/// stands beside what it answers.
pub fn place_of_answer(to: CommentId, talk: &Talk) -> Talk {
    let (parent, depth) = match talk.parent {
        Some(parent) if talk.depth >= DEPTH_MAX => (parent, DEPTH_MAX),
        _ => (to, talk.depth + 1),
    };
    Talk { parent: Some(parent), thread: Some(talk.thread.unwrap_or(to)), depth, ..Talk::default() }
}

/// What a person has said so far, for the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Whose.
    pub account: Option<AccountId>,
    /// Comments that are shown.
    pub n_shown: u32,
    /// Comments that a moderator hid.
    pub n_hidden: u32,
    /// When the first was written.
    pub first_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::KatoCode;
    use uuid::Uuid;

    #[test]
    fn answers_go_three_levels_deep_and_then_side_by_side() {
        let id = |n: u128| CommentId(Uuid::from_u128(n));
        let first = place_of_answer(id(1), &Talk::default());
        assert_eq!((first.parent, first.thread, first.depth), (Some(id(1)), Some(id(1)), 1));
        let second = place_of_answer(id(2), &first);
        assert_eq!((second.parent, second.thread, second.depth), (Some(id(2)), Some(id(1)), 2));
        let third = place_of_answer(id(3), &second);
        assert_eq!((third.parent, third.thread, third.depth), (Some(id(2)), Some(id(1)), 2));
    }

    #[test]
    fn subjects_are_read_as_they_are_written() {
        let line = Subject::Line(LineSubject {
            place: KatoCode::from_number(990_140_000).expect("a code"),
            year: 2026,
            line: "expense:123-4".to_owned(),
            name: Text::default(),
        });
        let key = line.key().expect("a key");
        assert_eq!(key, "line:990140000-2026-expense:123-4");
        assert_eq!(Subject::parse_key(&key, Text::default()), Some(line));
        for known in [
            Subject::Proposal(ProposalId(Uuid::from_u128(7)), Text::default()),
            Subject::Draft(Uuid::from_u128(8), Text::default()),
        ] {
            let key = known.key().expect("a key");
            assert!(key.starts_with(known.kind()), "{key}");
            assert_eq!(Subject::parse_key(&key, Text::default()), Some(known));
        }
        for wrong in
            ["", "line:", "line:1-2", "line:990140000-x-y", "petition:1", "proposal:", "draft:7", "proposal"]
        {
            assert_eq!(Subject::parse_key(wrong, Text::default()), None, "{wrong}");
        }
    }
}
