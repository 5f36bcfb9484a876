//! A proposal of a resident within a process, and how it moves: no state is reached but by an act of [`step`].

pub mod draw;
pub mod point;
pub mod similar;
pub mod state;
pub mod step;

pub use draw::{Drawn, draw};
pub use similar::{Likeness, similar};
pub use state::State;
pub use step::{Act, Actor, Refusal, step};

use akimat_core::{AccountId, KatoCode, Lang, Money, ProcessId, ProposalId, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Longest texts of a proposal in characters: title, need, what is proposed, place.
pub const TITLE_CHARS_MAX: usize = 120;
/// Longest description of the need.
pub const NEED_CHARS_MAX: usize = 1_000;
/// Longest description of what is proposed.
pub const BODY_CHARS_MAX: usize = 3_000;
/// Longest description of the place.
pub const WHERE_CHARS_MAX: usize = 200;
/// Longest reason in public.
pub const REASON_CHARS_MAX: usize = 2_000;

/// A point on the map in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude.
    pub lat: i32,
    /// Longitude.
    pub lon: i32,
}

/// An estimate of the cost; every one stays on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// How much.
    pub amount: Money,
    /// Office that made it; empty: the author.
    pub by: String,
    /// Why it differs from the one before.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// What a department found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Cost as estimated.
    pub cost: Money,
    /// Months of execution.
    pub months: u16,
    /// Body that is going to build it.
    pub body: String,
    /// Law or competence that it rests on.
    pub basis: String,
    /// What else there is to say.
    pub remark: String,
}

/// Why a proposal cannot be built or is not taken up: codes are data of the platform, words those of the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Code of the reason.
    pub code: String,
    /// In words, published.
    pub words: String,
}

/// What was returned for correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// Codes of the faults.
    pub faults: Vec<String>,
    /// In words, published.
    pub words: String,
    /// Until when it can be corrected.
    pub due_at: Timestamp,
    /// When it was returned.
    pub at: Timestamp,
}

/// An appeal of the author and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// What the author says.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// What the panel decided: whether the author was right.
    #[serde(default)]
    pub upheld: Option<bool>,
    /// Minutes of the panel, published.
    #[serde(default)]
    pub minutes: String,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Identifier.
    pub id: ProposalId,
    /// Process.
    pub process: ProcessId,
    /// Territory of the process.
    pub place: KatoCode,
    /// Who wrote it; nobody when the person was erased.
    pub author: Option<AccountId>,
    /// Name shown.
    pub author_name: String,
    /// Who assesses it.
    pub assessor: Option<AccountId>,
    /// Office of who assesses it.
    pub assessor_name: String,
    /// Where it stands.
    pub state: State,
    /// Its number in the process, from the day it was handed in.
    pub number: Option<u32>,
    /// Its number on the ballot, drawn in public.
    pub ballot_number: Option<u32>,
    /// Code of its envelope; empty in a draft that does not say yet.
    pub envelope: String,
    /// Code of its category; empty in a draft that does not say yet.
    pub category: String,
    /// Language in which the author writes.
    pub lang: Lang,
    /// Title.
    pub title: Text,
    /// What is wrong today, and for whom.
    pub need: Text,
    /// What is proposed.
    pub body: Text,
    /// Where, in words.
    pub site: Text,
    /// Where, on the map.
    #[serde(default)]
    pub point: Option<Point>,
    /// Estimates of the cost, the first one first.
    #[serde(default)]
    pub estimates: Vec<Estimate>,
    /// Proposals that the author was shown as similar and says differ.
    #[serde(default)]
    pub acknowledged: Vec<ProposalId>,
    /// The author has looked at what is similar.
    #[serde(default)]
    pub looked: bool,
    /// Its one return.
    #[serde(default)]
    pub returned: Option<Return>,
    /// What the department found.
    #[serde(default)]
    pub assessment: Option<Assessment>,
    /// Why it was refused.
    #[serde(default)]
    pub ground: Option<Ground>,
    /// Its one appeal.
    #[serde(default)]
    pub appeal: Option<Appeal>,
    /// Proposals of which at most one can be built.
    #[serde(default)]
    pub conflicts: Vec<ProposalId>,
    /// The proposal that it became a part of.
    #[serde(default)]
    pub merged_into: Option<ProposalId>,
    /// The term that runs now: of the correction, the assessment or the appeal.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// People who support it.
    #[serde(default)]
    pub n_support: u32,
    /// Raised by one with every change; a form sends back the one it was shown.
    pub edit: u32,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was handed in first.
    #[serde(default)]
    pub submitted_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A move in the public history of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalMove {
    /// Which.
    pub proposal: ProposalId,
    /// From; the same state when only the words or the estimate changed.
    pub from: State,
    /// To.
    pub to: State,
    /// Code of the reason, when there is one.
    pub code: String,
    /// In words, published.
    pub words: String,
    /// The office; empty: the author.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How somebody besides the author stands to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Asked to write it with the author.
    Invited,
    /// Writes it with the author.
    CoAuthor,
    /// Supports it.
    Supporter,
    /// Consents to its being made one with another.
    Consents,
}

impl Tie {
    /// Every tie.
    pub const ALL: [Self; 4] = [Self::Invited, Self::CoAuthor, Self::Supporter, Self::Consents];

    /// The name in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::CoAuthor => "co_author",
            Self::Supporter => "supporter",
            Self::Consents => "consents",
        }
    }

    /// Reads [`Tie::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tie| tie.code() == code)
    }
}

/// Something that a proposal lacks before it can be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A field is empty: its name in the form.
    Empty(&'static str),
    /// The envelope or category is not one of the process.
    Unknown(&'static str),
    /// It costs more than a project of this process, or than its envelope holds.
    TooDear(Money),
    /// What is similar was not looked at.
    Similar,
    /// So many more supporters are needed.
    Supporters(u32),
}

impl Proposal {
    /// The latest estimate.
    pub fn cost(&self) -> Option<Money> {
        self.estimates.last().map(|estimate| estimate.amount)
    }

    /// Everything that is missing before it can be handed in.
    pub fn gaps(&self, process: &crate::Process) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let words =
            [("title", &self.title), ("need", &self.need), ("body", &self.body), ("site", &self.site)];
        gaps.extend(words.into_iter().filter(|(_, text)| text.is_empty()).map(|(name, _)| Gap::Empty(name)));
        let envelope = process.envelope(&self.envelope);
        if envelope.is_none() {
            gaps.push(if self.envelope.is_empty() {
                Gap::Empty("envelope")
            } else {
                Gap::Unknown("envelope")
            });
        }
        if process.category(&self.category).is_none() && !process.categories.is_empty() {
            gaps.push(if self.category.is_empty() {
                Gap::Empty("category")
            } else {
                Gap::Unknown("category")
            });
        }
        match self.cost() {
            None => gaps.push(Gap::Empty("cost")),
            Some(cost) => gaps.extend(self.too_dear(process, cost).map(Gap::TooDear)),
        }
        if !self.looked {
            gaps.push(Gap::Similar);
        }
        let needed = u32::from(process.proposals.supporters_min);
        if self.n_support < needed {
            gaps.push(Gap::Supporters(needed - self.n_support));
        }
        gaps
    }

    /// The limit that a cost exceeds.
    pub fn too_dear(&self, process: &crate::Process, cost: Money) -> Option<Money> {
        let envelope = process.envelope(&self.envelope).map(|envelope| envelope.amount);
        let cap = process.cap.map(|cap| cap.amount);
        let limit = envelope.into_iter().chain(cap).min()?;
        (cost > limit).then_some(limit)
    }
}

#[cfg(test)]
mod tests;
