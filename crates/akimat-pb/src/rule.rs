//! A rule as a value, put together from parts: a city's variant is configuration, published before the vote.

use crate::utility::Utility;
use serde::{Deserialize, Serialize};

/// What greedy does with a project that does not fit into the money left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Misfit {
    /// Goes on with the next one.
    Skip,
    /// Stops there.
    Stop,
    /// Stops there, and still takes it where at least so many per cent of its cost are left, as in Poznań.
    StopUnless {
        /// Per cent of the cost.
        percent: u8,
    },
}

/// How projects are bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Method {
    /// Most gain for each unit of money first; with a gain times cost this is most votes, or points, first.
    Greedy {
        /// What does not fit.
        misfit: Misfit,
    },
    /// Phragmén's sequential rule: money flows to everyone at the same speed.
    Phragmen {
        /// [`Misfit::Stop`] as pabutools does, [`Misfit::Skip`] to go on.
        misfit: Misfit,
    },
    /// The Method of Equal Shares.
    EqualShares,
    /// Generalised Phragmén: each round buys what keeps the largest burden of a voter least.
    Maximin,
    /// Exact Equal Shares: all who pay for a project pay the same.
    Ees,
    /// Equal Shares with bounded overspending: a project may be bought that its supporters cannot pay whole.
    Bos,
}

/// When a completion by larger shares may stop before the budget is overspent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exhausted {
    /// Never: the last share before overspending counts.
    Ignore,
    /// Once no project with supporters fits into the money left.
    Supported,
    /// Once no project that may win fits into the money left.
    All,
}

/// What is done with money that a method leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Completion {
    /// Larger shares for all, step by step, as long as the budget is not overspent.
    Add {
        /// Begin with the share rounded down to a multiple of the step.
        floor: bool,
        /// Whether an outcome that leaves no money for anything ends the steps.
        exhausted: Exhausted,
        /// Units of the currency by which the share grows.
        step: i64,
    },
    /// Larger shares by the least step that changes the outcome of [`Method::Ees`].
    AddOpt {
        /// Only projects that are not bought count for the least step, and the best outcome within the budget is taken.
        skip: bool,
    },
    /// The money left goes to projects by votes, or points, as long as they fit.
    Greedy,
}

/// Who is left out before the count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Eligibility {
    /// Least score, in votes or points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_score: Option<i64>,
    /// A project needs a share of the voters that is at least its share of the budget divided by this number; 3 in
    /// Świecie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_divisor: Option<u32>,
    /// A project without a single vote never wins.
    #[serde(default)]
    pub needs_votes: bool,
    /// Projects that may not win, by id: one that conflicts with each of them won in an envelope counted before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<String>,
}

/// The order that decides between projects that are exactly equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// By project id as text, ascending.
    Lexico,
    /// In the order of the file.
    File,
    /// Less cost, then more votes, then the lot that was drawn once for the whole count.
    CostVotesLot,
}

/// A rule: who may win, how projects are bought, what completes it, what breaks ties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// How projects are bought.
    pub method: Method,
    /// What a mark is worth.
    pub utility: Utility,
    /// What is done with money that is left, one after another.
    #[serde(default)]
    pub completion: Vec<Completion>,
    /// Who is left out.
    #[serde(default)]
    pub eligibility: Eligibility,
    /// The outcome of greedy by votes is taken instead where strictly more voters have more of their projects in it.
    #[serde(default)]
    pub comparison: bool,
    /// What breaks ties.
    pub ties: Ties,
    /// Groups of projects of which one wins at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Vec<String>>,
    /// Column of PROJECTS of whose values each has a winner at most: one project for each category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_per: Option<String>,
    /// Money for each value of a column of PROJECTS, instead of one budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelopes: Option<Envelopes>,
}

/// Money by district or another column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelopes {
    /// Column of PROJECTS.
    pub column: String,
    /// Value and decimal amount; a project with another value competes in no envelope and cannot win.
    pub amounts: Vec<(String, String)>,
}

impl Rule {
    /// A method with a utility and nothing else, ties by id.
    #[must_use]
    pub fn new(method: Method, utility: Utility) -> Self {
        Self {
            method,
            utility,
            completion: Vec::new(),
            eligibility: Eligibility::default(),
            comparison: false,
            ties: Ties::Lexico,
            conflicts: Vec::new(),
            one_per: None,
            envelopes: None,
        }
    }

    /// Equal Shares with a completion of [`Rule::completion_named`].
    #[must_use]
    pub fn equal_shares(utility: Utility, completion: Vec<Completion>) -> Self {
        Self { completion, ..Self::new(Method::EqualShares, utility) }
    }

    /// Reads the name of a method: `greedy`, `phragmen`, `mes`, `maximin`, `ees`, `bos` and the variants of greedy.
    #[must_use]
    pub fn method_named(name: &str) -> Option<Method> {
        Some(match name {
            "greedy" => Method::Greedy { misfit: Misfit::Skip },
            "greedy-no-skip" => Method::Greedy { misfit: Misfit::Stop },
            "greedy-80" => Method::Greedy { misfit: Misfit::StopUnless { percent: 80 } },
            "phragmen" => Method::Phragmen { misfit: Misfit::Stop },
            "phragmen-skip" => Method::Phragmen { misfit: Misfit::Skip },
            "mes" => Method::EqualShares,
            "maximin" => Method::Maximin,
            "ees" => Method::Ees,
            "bos" => Method::Bos,
            _ => return None,
        })
    }

    /// Reads the name of a completion: `none`, `add1`, `add1e`, `add1u`, `add1-pabutools`, `add-opt`, `add-opt-skip`,
    /// `greedy`, or one of them followed by `+greedy`.
    #[must_use]
    pub fn completion_named(name: &str) -> Option<Vec<Completion>> {
        let add = |floor, exhausted| Completion::Add { floor, exhausted, step: 1 };
        if let Some(first) = name.strip_suffix("+greedy").filter(|first| !first.ends_with("greedy")) {
            let mut completion = Self::completion_named(first)?;
            completion.push(Completion::Greedy);
            return Some(completion);
        }
        Some(match name {
            "none" => Vec::new(),
            "add1" => vec![add(true, Exhausted::Ignore)],
            "add1e" => vec![add(true, Exhausted::All)],
            "add1u" => vec![add(true, Exhausted::Ignore), Completion::Greedy],
            "add1-pabutools" => vec![add(false, Exhausted::Supported)],
            "add-opt" => vec![Completion::AddOpt { skip: false }],
            "add-opt-skip" => vec![Completion::AddOpt { skip: true }],
            "greedy" => vec![Completion::Greedy],
            _ => return None,
        })
    }
}
