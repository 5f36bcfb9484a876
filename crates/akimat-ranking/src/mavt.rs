//! The decision model: the additive value, `V = Σ w v(x)`, on fixed bounds.
//!
//! Source: R. L. Keeney and H. Raiffa, Decisions with Multiple Objectives (1976), chapter 3.

use crate::table::Criterion;
use crate::{Fault, Ranking, ValueFunction};
use serde::Serialize;

/// A value with the range that its inputs allow.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Lowest.
    pub low: f64,
    /// Best estimate.
    pub point: f64,
    /// Highest.
    pub high: f64,
}

impl Interval {
    /// A number without a range.
    pub const fn exact(value: f64) -> Self {
        Self { low: value, point: value, high: value }
    }

    /// Whether the low end is at most the point and the point at most the high end, all finite.
    pub fn is_ordered(&self) -> bool {
        self.low.is_finite() && self.high.is_finite() && self.low <= self.point && self.point <= self.high
    }
}

/// Values of the projects.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Valued {
    /// Worth of each project under each criterion, from 0 to 1.
    pub worth: Vec<Vec<Interval>>,
    /// `w v` of each project under each criterion at the best estimate: they sum to the value.
    pub contributions: Vec<Vec<f64>>,
    /// Value of each project, from 0 to 1.
    pub values: Vec<Interval>,
    /// By the best estimate.
    pub ranking: Ranking,
}

/// Values projects. Rows hold, for each criterion, the value with its range; the shares of the criteria sum to 1.
///
/// # Errors
/// [`Fault::Length`] for a row of another length, [`Fault::Range`] for a range in disorder.
pub fn value(
    criteria: &[Criterion],
    functions: &[ValueFunction],
    rows: &[(String, Vec<Interval>)],
) -> Result<Valued, Fault> {
    if functions.len() != criteria.len() {
        let field = "value functions".to_owned();
        return Err(Fault::Length { field, n: functions.len(), expected: criteria.len() });
    }
    let mut worth = Vec::with_capacity(rows.len());
    for (id, row) in rows {
        if row.len() != criteria.len() {
            return Err(Fault::Length { field: id.clone(), n: row.len(), expected: criteria.len() });
        }
        if let Some(at) = row.iter().position(|interval| !interval.is_ordered()) {
            return Err(Fault::Range { row: id.clone(), criterion: criteria[at].code.clone() });
        }
        worth.push(row.iter().zip(functions).map(|(value, f)| worth_of(f, *value)).collect::<Vec<_>>());
    }
    let sum = |row: &[Interval], pick: fn(&Interval) -> f64| {
        row.iter().zip(criteria).fold(0.0, |sum, (worth, criterion)| sum + criterion.weight * pick(worth))
    };
    let values: Vec<Interval> = worth
        .iter()
        .map(|row| Interval {
            low: sum(row, |worth| worth.low),
            point: sum(row, |worth| worth.point),
            high: sum(row, |worth| worth.high),
        })
        .collect();
    let parts = |row: &Vec<Interval>| {
        row.iter().zip(criteria).map(|(worth, criterion)| criterion.weight * worth.point).collect()
    };
    let contributions = worth.iter().map(parts).collect();
    let points: Vec<f64> = values.iter().map(|value| value.point).collect();
    Ok(Valued { worth, contributions, values, ranking: Ranking::of(&points) })
}

/// A falling function turns the ends of a range round.
fn worth_of(f: &ValueFunction, value: Interval) -> Interval {
    let (a, b) = (f.of(value.low), f.of(value.high));
    Interval { low: a.min(b), point: f.of(value.point), high: a.max(b) }
}
