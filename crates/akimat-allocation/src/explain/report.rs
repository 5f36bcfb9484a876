//! What is said about a project, as values; sentences are made from them elsewhere.
//!
//! Worth is in units of 1e-4 points like every objective of the programme, benefit in whole points, money in
//! the unit of the programme, years count from 1. Projects are named by their [`Id`].

use crate::model::Rule;
use crate::programme::Id;
use serde::{Deserialize, Serialize};

/// How sure a figure is. A label is never wrong: a test applies each statement and solves again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Proven: this much is needed and is enough.
    Exact,
    /// This much is certainly enough, with a plan as witness; less might do.
    Sufficient,
    /// At least `lower` and, when a plan was found, at most `upper`.
    Interval,
}

/// A whole number that is known exactly or between two limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// How sure it is.
    pub label: Label,
    /// The number, when it is exact. Exact without a number: it is proven that no number does.
    pub value: Option<i64>,
    /// It is not less.
    pub lower: Option<i64>,
    /// So much is enough; `None`: nothing was found that is.
    pub upper: Option<i64>,
}

impl Figure {
    /// Proven.
    pub const fn exact(value: i64) -> Self {
        Self { label: Label::Exact, value: Some(value), lower: Some(value), upper: Some(value) }
    }

    /// Proven that no number does.
    pub const fn never() -> Self {
        Self { label: Label::Exact, value: None, lower: None, upper: None }
    }

    /// From limits: exact when they meet, sufficient when only the upper one says something.
    pub fn between(lower: i64, upper: Option<i64>) -> Self {
        let lower = lower.max(0);
        match upper {
            Some(upper) if upper <= lower => Self::exact(upper),
            Some(upper) if lower == 0 => {
                Self { label: Label::Sufficient, value: None, lower: Some(0), upper: Some(upper) }
            }
            upper => Self { label: Label::Interval, value: None, lower: Some(lower), upper },
        }
    }

    /// Whether it is proven that no number does.
    pub fn is_never(&self) -> bool {
        self.label == Label::Exact && self.value.is_none()
    }
}

/// A project and the year in which it starts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Start {
    /// Project.
    pub id: Id,
    /// Year, from 1.
    pub start: u16,
}

/// How another plan differs from the recommended one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Projects that it starts and the recommended plan does not.
    pub enter: Vec<Start>,
    /// Projects of the recommended plan that it leaves out.
    pub leave: Vec<Id>,
    /// Projects in both that start in another year, with the new year.
    #[serde(rename = "move")]
    pub moved: Vec<Start>,
}

/// What it costs to have a project in, or out, against the recommended plan, with a plan that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// How sure it is.
    pub label: Label,
    /// Worth lost, when exact. Exact without a number: no plan at all does what is asked.
    pub value: Option<i64>,
    /// At least so much is lost.
    pub lower: Option<i64>,
    /// At most so much is lost: the witness shows it.
    pub upper: Option<i64>,
    /// A checked plan that loses `upper`.
    pub witness: Option<Vec<Start>>,
    /// What the witness is worth.
    pub witness_objective: Option<i64>,
    /// What the witness changes.
    pub change: Option<Difference>,
}

impl Cost {
    /// The figure without the plan.
    pub const fn figure(&self) -> Figure {
        Figure { label: self.label, value: self.value, lower: self.lower, upper: self.upper }
    }
}

/// The quickest swap: this project in, at most two out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// Year in which it would start.
    pub start: u16,
    /// Who would leave.
    pub out: Vec<Id>,
    /// Worth lost by exactly this swap.
    pub loss: i64,
}

/// What in the structure of the programme keeps a project out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "structure", rename_all = "snake_case")]
pub enum Structure {
    /// It is barred: data are missing or a person ruled so.
    Barred,
    /// Its window has no year of the programme.
    Window {
        /// First year asked for.
        earliest: u16,
        /// Last year asked for.
        latest: u16,
    },
    /// Another project of its list, of which at most one may start, is in the plan.
    Excluded {
        /// List.
        group: usize,
        /// Who is in.
        by: Id,
    },
    /// The project that it waits for is not in the plan.
    Predecessor {
        /// Who must come first.
        waits_for: Id,
    },
    /// The project that it waits for starts too late for its window.
    PredecessorLate {
        /// Who must come first.
        waits_for: Id,
        /// Year in which that one starts, from 1.
        start: u16,
        /// Years between the two starts.
        lag: u16,
    },
}

/// What mainly keeps a project out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Barred, or no year to start in.
    Barred,
    /// No plan contains it: the rules named are enough to show it.
    Impossible,
    /// A member of its list is in the plan.
    Excluded,
    /// Its predecessor is not in the plan in time.
    Predecessor,
    /// It brings less than its money and places bring elsewhere.
    Price,
    /// It pays for itself at the going prices, but does not fit with the others in whole projects.
    Fit,
}

/// What one rule charges a project for its use, or credits it for what it adds to a floor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Charge {
    /// Rule.
    pub rule: Rule,
    /// Its name as in the format of instances, such as `budget/own/2`.
    pub row: String,
    /// How much of it the project uses: money, places, appraised total.
    pub usage: i64,
    /// What one unit of it is worth, in units of 1e-4 points.
    pub price: f64,
    /// Charge (above 0) or credit (below 0), in units of 1e-4 points.
    pub charge: f64,
    /// The same, exactly, in units of 2^-24 of 1e-4 points, as a decimal text.
    #[serde(with = "text")]
    pub exact: i128,
}

/// Worth of a project minus what each rule charges for it: it adds up exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waterfall {
    /// Year of start that it is made for, from 1.
    pub start: u16,
    /// Worth in that year, in units of 1e-4 points.
    pub worth: i64,
    /// Charges and credits, the largest charge first. What its own single start is worth is not among them.
    pub charges: Vec<Charge>,
    /// What is left, in units of 1e-4 points: below 0 it is not worth its price.
    pub net: f64,
    /// The same, exactly: `worth * 2^24 - sum of exact charges`, as a decimal text.
    #[serde(with = "text")]
    pub net_exact: i128,
}

impl Waterfall {
    /// Whether the project is worth its price. Prices are rounded to 2^-24, which may shift the sum by half of that
    /// for each unit used; and less than one unit of worth is no difference.
    pub fn pays(&self) -> bool {
        let rounding: i128 = self.charges.iter().map(|charge| i128::from(charge.usage).abs()).sum();
        self.net_exact >= -rounding.max(1 << 24)
    }
}

/// What stops a project, or carries it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stops {
    /// The main cause; `None` for a project of the plan.
    pub cause: Option<Cause>,
    /// Facts of structure, all that apply.
    pub structure: Vec<Structure>,
    /// For [`Cause::Impossible`]: rules that together allow no plan with it, none of them superfluous; empty
    /// when they were not looked for.
    pub conflict: Vec<Rule>,
    /// The same rules by name, as in the format of instances.
    pub conflict_rows: Vec<String>,
    /// The price: `None` when it has no year to start in or the prices are not known.
    pub waterfall: Option<Waterfall>,
}

/// Against what the figures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The plan is proven to be optimal.
    Optimum,
    /// The best plan known; figures may only go down.
    RecommendedPlan,
}

/// Everything said about one project. What was not computed is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Project.
    pub id: Id,
    /// Whether the plan has it.
    #[serde(rename = "in")]
    pub included: bool,
    /// Year in which it starts.
    pub start: Option<u16>,
    /// It must start by rule.
    pub mandatory: bool,
    /// Against what the figures are.
    pub against: Against,
    /// Of a rejected project: worth lost by having it in.
    pub regret: Option<Cost>,
    /// Of a chosen project: worth lost by leaving it out; 0: an equally good plan without it exists.
    pub value_in_plan: Option<Cost>,
    /// Of a rejected project: the smallest increase of its benefit, in points, that brings it in at no loss.
    pub min_benefit_increase: Option<Figure>,
    /// Of a rejected project: the smallest whole percentage off its payments that brings it in at no loss;
    /// exact without a number: not even 99.
    pub min_cost_cut_pct: Option<Figure>,
    /// What stops it, or carries it.
    pub stops: Stops,
    /// Who took its place: the cheapest swap of one for at most two.
    pub exchange: Option<Exchange>,
}

/// Everything said about a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explained {
    /// Worth of the plan.
    pub objective: i64,
    /// Nothing is worth more.
    pub bound: i64,
    /// A better plan that came up on the way, if one did: the recommendation should be computed again.
    pub better: Option<Vec<Start>>,
    /// What that one is worth.
    pub better_objective: Option<i64>,
    /// By project, in the order asked.
    pub explanations: Vec<Explanation>,
}

/// 128-bit whole numbers as text, since JSON readers lose their last digits.
mod text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &i128, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<i128, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}
