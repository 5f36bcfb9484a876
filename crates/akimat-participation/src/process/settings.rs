//! The rules of a process: who takes part, how a ballot looks, how it is counted, what proposals must be.

use akimat_core::{Money, Text};
use serde::{Deserialize, Serialize};

/// How near a person must live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Anywhere.
    #[default]
    Anywhere,
    /// In the region of the process.
    Region,
    /// In the district of the process.
    District,
    /// In the territory of the process or below it.
    Place,
}

impl Reach {
    /// Every reach.
    pub const ALL: [Self; 4] = [Self::Anywhere, Self::Region, Self::District, Self::Place];

    /// The name in files and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Region => "region",
            Self::District => "district",
            Self::Place => "place",
        }
    }

    /// Reads [`Reach::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.code() == code)
    }
}

/// What a person needs to take part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needs {
    /// Level of identity, 0 to 4.
    pub level: u8,
    /// Years of age at least.
    #[serde(default)]
    pub min_age: Option<u8>,
    /// Where the person lives.
    #[serde(default)]
    pub reach: Reach,
}

/// What a voter may do on a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum BallotForm {
    /// One project.
    Single,
    /// From `min` to `max` projects, all of the same weight.
    Approval {
        /// At least.
        min: u16,
        /// At most.
        max: u16,
    },
    /// Any projects whose costs fit into the envelope.
    Knapsack,
    /// So many points to give away.
    Points {
        /// Points of a voter.
        n: u16,
    },
    /// Projects in order, at most so many.
    Ranking {
        /// At most.
        max: u16,
    },
}

impl BallotForm {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Approval { .. } => "approval",
            Self::Knapsack => "knapsack",
            Self::Points { .. } => "points",
            Self::Ranking { .. } => "ranking",
        }
    }
}

/// What becomes of a vote on paper of somebody who voted here before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// There are no votes on paper.
    #[default]
    None,
    /// The vote on paper takes the place of the earlier one.
    Replaces,
    /// The vote on paper is refused.
    Refused,
}

impl Paper {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Replaces => "replaces",
            Self::Refused => "refused",
        }
    }
}

/// The ballot of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotRules {
    /// What a voter may do.
    pub form: BallotForm,
    /// Each voter votes in so many envelopes at most; `None`: in all of them.
    #[serde(default)]
    pub envelopes_max: Option<u16>,
    /// A ballot may be changed until the deadline.
    #[serde(default)]
    pub changeable: bool,
    /// What is saved and meets the rules counts at the deadline, also when nobody handed it in.
    #[serde(default)]
    pub saved_counts: bool,
    /// Votes on paper.
    #[serde(default)]
    pub paper: Paper,
    /// Whoever wants no account votes once by showing who they are. Left out of documents where it is not so, so that
    /// rules that were published before keep their digest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_time: bool,
}

/// How projects are bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountMethod {
    /// Most votes, or points, first, as long as the money lasts.
    Greedy,
    /// The Method of Equal Shares.
    EqualShares,
}

impl CountMethod {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Greedy => "greedy",
            Self::EqualShares => "equal_shares",
        }
    }
}

/// What happens to projects that exclude each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflicting {
    /// The one that is bought first excludes the others.
    #[default]
    FirstWins,
}

/// The rule of the count, in the words of the counting crate: its names of methods, completions and utilities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRule {
    /// How projects are bought.
    pub method: CountMethod,
    /// Name of the completion: `none`, `add1`, `add1u`, `add-opt`, `greedy`, ...
    #[serde(default = "none")]
    pub completion: String,
    /// Name of the utility of Equal Shares: `cost`, `cardinality`, `points`, `borda`.
    #[serde(default = "cost")]
    pub utility: String,
    /// Least votes, or points, of a winner.
    #[serde(default)]
    pub min_votes: Option<u32>,
    /// The outcome of greedy by votes is taken where strictly more voters prefer it.
    #[serde(default)]
    pub comparison: bool,
    /// What happens to projects that exclude each other.
    #[serde(default)]
    pub conflicting: Conflicting,
}

fn none() -> String {
    "none".to_owned()
}

fn cost() -> String {
    "cost".to_owned()
}

/// The most that a project may cost. The index of a year is dated data; what it makes in money is kept beside it, so
/// that the limit of a process never moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// Monthly calculation indices; `None` when the limit was set in money.
    pub indices: Option<u32>,
    /// In money.
    pub amount: Money,
}

/// What a proposal may be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// The word in addresses.
    pub code: String,
    /// Name.
    pub title: Text,
}

/// A document of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Name.
    pub title: Text,
    /// Where it is.
    pub href: String,
}

/// Terms and limits of proposals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalRules {
    /// Proposals of one author at most.
    pub per_author: u16,
    /// Co-authors of one proposal at most.
    pub co_authors_max: u16,
    /// Supporters that a proposal needs before it can be handed in.
    pub supporters_min: u16,
    /// Working days to correct what was returned.
    pub correction_days: u16,
    /// Working days of an assessment.
    pub assessment_days: u16,
    /// Days to appeal against a refusal.
    pub appeal_days: u16,
}
