//! Who may say what, when. The numbers are dated data, by territory; nothing here is a constant of the platform.

use crate::comment::Comment;
use crate::moderation::Block;
use crate::spam::{self, Feature, SpamRules};
use crate::talk::{QueueReason, Record};
use crate::wording;
use akimat_core::{AccountId, KatoCode};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What becomes of the first contributions of a new account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum First {
    /// They are shown like all others.
    Open,
    /// They are shown when nothing about them is suspicious, and wait otherwise.
    Rules,
    /// They wait for a moderator.
    Wait,
}

/// The rules of a territory for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkRules {
    /// Here and below; `None`: everywhere.
    pub place: Option<KatoCode>,
    /// First day.
    pub valid_from: Date,
    /// First day on which they hold no more.
    pub valid_to: Option<Date>,
    /// Longest comment in characters.
    pub chars_max: usize,
    /// Longest comment of an office in characters.
    pub office_chars_max: usize,
    /// Minutes in which the author may change the words.
    pub edit_minutes: u16,
    /// Comments of a person in an hour.
    pub per_hour: u16,
    /// Trust level from which addresses may be followed.
    pub links_from_level: u8,
    /// Contributions that count as first.
    pub n_first: u32,
    /// What becomes of these.
    pub first: First,
    /// Shown comments from which a person has level 2.
    pub level2_shown: u32,
    /// Days since the first comment from which a person has level 2.
    pub level2_days: u16,
    /// Reports of people with a history after which a comment waits for a moderator.
    pub reports_wait: u32,
    /// Score from which a comment goes into the queue.
    pub queue_score: u8,
    /// Hours in which the same words are a repeat.
    pub repeat_hours: u16,
    /// Comments with the same words, of whomever, from which they are a flood.
    pub flood: u32,
}

impl TalkRules {
    /// The rules that hold in a territory on a day: those of the nearest territory that has some.
    pub fn of(all: &[Self], place: KatoCode, on: Date) -> Option<&Self> {
        let holds = |rules: &&Self| {
            rules.valid_from <= on
                && rules.valid_to.is_none_or(|to| on < to)
                && rules.place.is_none_or(|own| own.covers(place))
        };
        let width = |place: KatoCode| {
            let (first, last) = place.subtree();
            last.number() - first.number()
        };
        all.iter().filter(holds).min_by_key(|rules| rules.place.map_or(u32::MAX, width))
    }

    /// The rules that hold on a day wherever a territory has none of its own.
    pub fn common(all: &[Self], on: Date) -> Option<&Self> {
        let holds = |rules: &&Self| rules.valid_from <= on && rules.valid_to.is_none_or(|to| on < to);
        all.iter().filter(holds).find(|rules| rules.place.is_none())
    }

    /// How far a person is trusted: 0 for the first contributions, 1 afterwards, 2 for people with a history, 3 for
    /// those who speak for an office.
    pub fn level(&self, record: &Record, official: bool, now: Timestamp) -> u8 {
        let days = SignedDuration::from_hours(24 * i64::from(self.level2_days));
        let long = record.first_at.is_some_and(|first| now.duration_since(first) >= days);
        let clean = record.n_hidden * 5 <= record.n_shown;
        match record.n_shown {
            _ if official => 3,
            n if n >= self.level2_shown && long && clean => 2,
            n if n >= self.n_first => 1,
            _ => 0,
        }
    }

    /// A report of a person with this record counts towards hiding.
    pub fn weighs(&self, record: &Record, official: bool, now: Timestamp) -> bool {
        self.level(record, official, now) >= 1
    }
}

/// Why words cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditRefusal {
    /// Somebody else wrote them.
    #[error("somebody else wrote it")]
    NotYours,
    /// The time to change them is over.
    #[error("the time to change it is over")]
    TooLate,
    /// A moderator hid it, or the author took it back.
    #[error("it is hidden or taken back")]
    Closed,
}

/// Whether the author may change the words now.
///
/// # Errors
/// [`EditRefusal`].
pub fn may_edit(
    comment: &Comment,
    account: AccountId,
    now: Timestamp,
    rules: &TalkRules,
) -> Result<(), EditRefusal> {
    may_remove(comment, account)?;
    let window = SignedDuration::from_mins(i64::from(rules.edit_minutes));
    if now.duration_since(comment.at) > window { Err(EditRefusal::TooLate) } else { Ok(()) }
}

/// Whether the author may take it back: at any time, unless a moderator hid it.
///
/// # Errors
/// [`EditRefusal`].
pub fn may_remove(comment: &Comment, account: AccountId) -> Result<(), EditRefusal> {
    if comment.author != account {
        return Err(EditRefusal::NotYours);
    }
    let closed = comment.hidden.is_some() || comment.talk.removed_at.is_some();
    if closed { Err(EditRefusal::Closed) } else { Ok(()) }
}

/// What a person is about to say, with what is known.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'d> {
    /// The words as sent.
    pub body: &'d str,
    /// The name beside them.
    pub name: &'d str,
    /// For an office.
    pub official: bool,
    /// What the person said so far.
    pub record: &'d Record,
    /// When the person wrote in the last hour.
    pub last_hour: u32,
    /// The same words by the same person within the hours of the rules.
    pub n_same_own: u32,
    /// The same words by anybody in that time.
    pub n_same: u32,
    /// Now.
    pub now: Timestamp,
}

/// Why nothing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too many comments in an hour.
    #[error("{per_hour} comments an hour are allowed")]
    TooOften {
        /// Allowed.
        per_hour: u16,
    },
    /// A moderator barred the person.
    #[error("the person is barred from writing")]
    Blocked,
}

/// What becomes of a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Why a moderator should look; empty when nobody need.
    pub queue: Vec<QueueReason>,
    /// Until then only its author and moderators see it.
    pub waiting: bool,
    /// Addresses in it may be followed.
    pub links: bool,
    /// The spam score.
    pub score: u8,
    /// What it is made of.
    pub features: Vec<Feature>,
}

/// Whether somebody may write at all.
///
/// # Errors
/// [`Refusal`].
pub fn may_write(draft: &Draft<'_>, block: Option<&Block>, rules: &TalkRules) -> Result<(), Refusal> {
    if block.is_some_and(|block| block.holds(draft.now)) {
        return Err(Refusal::Blocked);
    }
    if !draft.official && draft.last_hour >= u32::from(rules.per_hour) {
        return Err(Refusal::TooOften { per_hour: rules.per_hour });
    }
    Ok(())
}

impl Block {
    /// Whether it bars now.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && self.since <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Judges a comment: whether a moderator should look, and whether it waits until then. Only the first contributions of
/// a new account can be made to wait; what others say goes into the queue in sight of everybody.
pub fn judge(draft: &Draft<'_>, rules: &TalkRules, spam: &SpamRules) -> Verdict {
    let level = rules.level(draft.record, draft.official, draft.now);
    let (score, features) = spam::score(draft.body, spam);
    if draft.official {
        return Verdict { links: true, score, features, ..Verdict::default() };
    }
    let has = |kind: spam::FeatureKind| features.iter().any(|feature| feature.kind == kind);
    let mut queue = Vec::new();
    let mut because = |holds: bool, reason| {
        if holds {
            queue.push(reason);
        }
    };
    because(score >= rules.queue_score, QueueReason::Score);
    because(has(spam::FeatureKind::Foul), QueueReason::Word);
    because(level < rules.links_from_level && has(spam::FeatureKind::Link), QueueReason::Link);
    because(draft.n_same_own > 0 || draft.n_same + 1 >= rules.flood, QueueReason::Repeat);
    because(wording::is_pretence(draft.name, &spam::office_words(spam)), QueueReason::Name);
    let first = level == 0;
    let waiting = first
        && match rules.first {
            First::Open => false,
            First::Rules => !queue.is_empty(),
            First::Wait => true,
        };
    if waiting {
        queue.insert(0, QueueReason::First);
    }
    Verdict { queue, waiting, links: level >= rules.links_from_level, score, features }
}
