//! Points lost by each change against the plan that was approved, so that a small gain does not overturn it.

use crate::extension::synergy::POINT;
use crate::extension::{Extensions, Kind, places};
use crate::model::{Column, Model, Variable};
use crate::programme::{Id, Plan, Programme};
use serde::{Deserialize, Serialize};

/// A project of the approved plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approved {
    /// The project.
    pub id: Id,
    /// Its year of start, from 1.
    pub start: u16,
}

/// The approved plan and what a change costs. A project that leaves, one that enters, and one whose start
/// moves are one change each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stability {
    /// The approved plan.
    pub approved: Vec<Approved>,
    /// Whole points lost by each change; at least 0.
    pub points_per_change: i64,
}

/// How many changes a plan makes against the approved one.
pub fn changes(stability: &Stability, programme: &Programme, plan: &Plan) -> i64 {
    let places = places(programme.projects());
    let mut approved = vec![None; plan.starts.len()];
    let mut gone = 0;
    for entry in &stability.approved {
        match places.get(&entry.id) {
            Some(place) => approved[*place] = Some(entry.start),
            // It is no longer proposed: every plan has this change.
            None => gone += 1,
        }
    }
    gone + approved.iter().zip(&plan.starts).map(|(before, now)| i64::from(before != now)).sum::<i64>()
}

/// Per approved project the change is `1 - x` at its year, per other project the sum of its starts. The
/// constant is a column that is always 1.
pub(super) fn apply(extensions: &Extensions, programme: &Programme, model: &mut Model) {
    let Some(stability) = &extensions.stability else { return };
    let price = stability.points_per_change * POINT;
    let places = places(programme.projects());
    let mut approved = vec![None; programme.projects().len()];
    for entry in &stability.approved {
        if let Some(place) = places.get(&entry.id) {
            approved[*place] = Some(entry.start);
        }
    }
    for (project, before) in approved.iter().enumerate() {
        for column in model.columns_of(project) {
            let year = model.start_of(column).map(|(_, year)| year);
            // Another year than the approved one is a single change, counted by the constant.
            model.columns[column].worth += match before {
                None => -price,
                Some(_) if year == *before => price,
                Some(_) => 0,
            };
        }
    }
    let constant = i64::try_from(stability.approved.len()).unwrap_or(i64::MAX);
    let variable = Variable::Auxiliary { kind: Kind::Stability.number(), index: 0 };
    let worth = -price * constant;
    if worth != 0 {
        model.add_column(Column { variable, worth, lower: 1, upper: Some(1), integer: false });
    }
}

pub(super) fn objective(extensions: &Extensions, programme: &Programme, plan: &Plan) -> i64 {
    let Some(stability) = &extensions.stability else { return 0 };
    -stability.points_per_change * POINT * changes(stability, programme, plan)
}
