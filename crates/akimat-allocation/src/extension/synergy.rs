//! Pairs of projects that are worth more, or less, together than apart.

use crate::extension::{Extensions, Kind, places};
use crate::model::{Column, Model, Rule, Variable};
use crate::programme::{Id, Plan, Programme};
use serde::{Deserialize, Serialize};

/// Points that a pair adds when both projects are in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synergy {
    /// One project.
    pub first: Id,
    /// The other.
    pub second: Id,
    /// Whole points, not discounted; below zero when one makes the other less useful.
    pub points: i64,
}

/// Units of 1e-4 in a point.
pub(super) const POINT: i64 = 10_000;

pub(super) fn apply(extensions: &Extensions, programme: &Programme, model: &mut Model) {
    let places = places(programme.projects());
    for (index, synergy) in (0_u32..).zip(&extensions.synergies) {
        let (Some(first), Some(second)) = (places.get(&synergy.first), places.get(&synergy.second)) else {
            continue;
        };
        let variable = Variable::Auxiliary { kind: Kind::Synergy.number(), index };
        let worth = synergy.points * POINT;
        let both = model.add_column(Column { variable, worth, lower: 0, upper: Some(1), integer: false });
        let rule = Rule::Extension { kind: Kind::Synergy.number(), index };
        let of = |model: &Model, project: usize| -> Vec<(usize, i64)> {
            model.columns_of(project).map(|column| (column, -1)).collect()
        };
        if worth > 0 {
            for project in [*first, *second] {
                let mut terms = of(model, project);
                terms.push((both, 1));
                model.add_row(rule, (None, Some(0)), terms);
            }
        } else {
            let mut terms = of(model, *first);
            terms.extend(of(model, *second));
            terms.push((both, 1));
            model.add_row(rule, (Some(-1), None), terms);
        }
    }
}

pub(super) fn objective(extensions: &Extensions, programme: &Programme, plan: &Plan) -> i64 {
    if extensions.synergies.is_empty() {
        return 0;
    }
    let places = places(programme.projects());
    let has = |id: &Id| places.get(id).is_some_and(|place| plan.has(*place));
    let together = extensions.synergies.iter().filter(|synergy| has(&synergy.first) && has(&synergy.second));
    together.map(|synergy| synergy.points * POINT).sum()
}
