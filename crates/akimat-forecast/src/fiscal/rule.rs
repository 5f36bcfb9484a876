//! The simple rules from which the forecast of a fiscal year is mixed.

use super::{FiscalLine, MONTHS};
use serde::Serialize;

/// A rule for the total of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The plan is executed as it stands.
    Plan,
    /// Execution goes on at the pace since January.
    Linear,
    /// The remaining months bring what they brought last year.
    SeasonalNaive,
    /// The share of the year executed by this month is that of former years.
    Pace,
    /// The share of the plan that the remaining months execute is that of former years.
    Remaining,
    /// The share executed by this month is that of last year alone. For comparison only.
    LastShare,
}

impl Rule {
    /// Every rule; the mixed ones first.
    pub const ALL: [Self; 6] =
        [Self::Plan, Self::Linear, Self::SeasonalNaive, Self::Pace, Self::Remaining, Self::LastShare];
    /// How many of them are mixed.
    pub(super) const N_MIXED: usize = 5;

    /// Stable code, lower case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Plan => "plan_as_is",
            Self::Linear => "linear",
            Self::SeasonalNaive => "seasonal_naive",
            Self::Pace => "pace",
            Self::Remaining => "remaining",
            Self::LastShare => "last_share",
        }
    }
}

/// What former years say about going on from one month, already shrunk: see [`super::profile`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// ln(total / executed by the month).
    pub(super) log_pace: Option<f64>,
    /// (total - executed by the month) / plan of that month.
    pub(super) remaining: Option<f64>,
}

/// One total per rule, in the order of [`Rule::ALL`]; `None` where a rule has nothing to start from.
pub(super) fn totals(
    line: &FiscalLine,
    (year, month): (i16, usize),
    shape: Shape,
) -> [Option<f64>; Rule::ALL.len()] {
    let own = line.year(year);
    let Some(executed) = own.and_then(|own| own.executed_at(month)) else { return [None; Rule::ALL.len()] };
    let plan = own.and_then(|own| own.plan_at(month));
    let before = line.year(year - 1);
    let last = before.and_then(|own| Some((own.executed_at(month)?, own.total()?)));
    let answer = |rule: Rule| match rule {
        Rule::Plan => plan.map(|plan| plan.max(executed)),
        Rule::Linear => Some(executed * MONTHS as f64 / month as f64),
        Rule::SeasonalNaive => last.map(|(then, total)| executed + total - then),
        Rule::Pace => shape.log_pace.map(|log| executed * log.exp()),
        Rule::Remaining => plan.zip(shape.remaining).map(|(plan, share)| executed + plan * share),
        Rule::LastShare => last.filter(|last| last.0 > 0.0).map(|(then, total)| executed * total / then),
    };
    Rule::ALL.map(answer).map(|total| total.filter(|total| total.is_finite()))
}
