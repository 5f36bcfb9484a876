//! Delivery confidence on five points: the worst of the indicators that the published rule names.

use super::{Grade, Indicator, Read, Unknown};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The indicators of the rule.
pub const RULE: [Indicator; 5] =
    [Indicator::Slip, Indicator::Cost, Indicator::Milestones, Indicator::Risk, Indicator::DataAge];

/// What follows from the indicators alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confidence {
    /// The worst grade; `None` when nothing is known.
    pub grade: Option<Grade>,
    /// The indicators that have it.
    pub because: Vec<Indicator>,
    /// What is not known, and why.
    pub unknown: Vec<(Indicator, Unknown)>,
}

/// A named person lifts the grade by one point, for a time, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lift {
    /// The grade that the indicators gave then; with a worse one the lift ends.
    pub from: Grade,
    /// Office and name.
    pub by: String,
    /// Why.
    pub reason: String,
    /// On this day.
    pub on: Date,
    /// Until this day.
    pub until: Date,
}

/// The worst grade of the rule's indicators.
pub fn confidence(readings: &[(Indicator, Read)]) -> Confidence {
    let of_rule = || readings.iter().filter(|(indicator, _)| RULE.contains(indicator));
    let grade = of_rule().filter_map(|(_, read)| read.as_ref().ok().map(|reading| reading.grade)).max();
    let because = of_rule()
        .filter(|(_, read)| read.as_ref().is_ok_and(|reading| Some(reading.grade) == grade))
        .map(|(indicator, _)| *indicator)
        .collect();
    let unknown =
        of_rule().filter_map(|(indicator, read)| Some((*indicator, *read.as_ref().err()?))).collect();
    Confidence { grade, because, unknown }
}

impl Confidence {
    /// The grade that is shown: one point better where a person vouches for it.
    pub fn shown(&self, lift: Option<&Lift>, today: Date) -> Option<Grade> {
        let grade = self.grade?;
        let holds = lift.is_some_and(|lift| today <= lift.until && grade <= lift.from);
        Some(if holds { grade.better() } else { grade })
    }
}
