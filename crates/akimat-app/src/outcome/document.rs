//! What is published about one project and target, in units that people read.

use super::{LEVELS, NEIGHBOURS, OutcomeModels, register};
use akimat_outcome::{Attribution, Explained, Model, Target, Warning};
use akimat_project::Project;
use serde::{Deserialize, Serialize};

/// What is to be expected of a project. The measure is in days for a delay and a ratio to the plan for the cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeDocument {
    /// Format of this document.
    pub format: u32,
    /// The target.
    pub target: Target,
    /// Chance of the event, 0 to 1.
    pub probability: f64,
    /// Median; `None` for a target without a measure, or when the planned time is not known.
    pub point: Option<f64>,
    /// Per cent, from, to.
    pub ranges: Vec<(u8, f64, f64)>,
    /// Class of finished projects: codes from the general to the particular; empty for all.
    pub class: Vec<String>,
    /// Finished projects in it.
    pub n_class: usize,
    /// The class that was asked for and its finished projects, when it was too small.
    pub asked: Option<(Vec<String>, usize)>,
    /// Levels without a range.
    pub no_range: Vec<u8>,
    /// All finished projects that taught.
    pub n_finished: usize,
    /// Mean chance for ordinary finished projects; with the contributions it sums to `probability`.
    pub base: f64,
    /// Feature and its contribution to the chance.
    pub contributions: Vec<(String, f64)>,
    /// Similar finished projects, the nearest first.
    pub neighbours: Vec<NeighbourNote>,
    /// Name and version of the model.
    pub model: String,
    /// Planned days, when known.
    pub planned_days: Option<f64>,
}

/// A similar finished project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeighbourNote {
    /// Identifier.
    pub project: String,
    /// Number in the register.
    pub number: String,
    /// Gower's distance, 0 to 1.
    pub distance: f64,
    /// Outcome: share of the planned time it was late by, or cost as a ratio to the plan.
    pub amount: Option<f64>,
    /// The event happened.
    pub event: bool,
}

pub(super) fn of(model: &Model, models: &OutcomeModels, project: &Project) -> OutcomeDocument {
    let case = register::case(project);
    let said = model.predict(&case, &LEVELS);
    let planned_days = register::planned_days(project);
    // A delay is learnt as a share of the planned time.
    let unit = if model.target() == Target::Delay { planned_days } else { Some(1.0) };
    let attribution: Attribution = model.attribution(&case, Explained::Probability);
    let neighbours = model.neighbours(&case, NEIGHBOURS).into_iter().map(|near| NeighbourNote {
        number: models.titles.get(&near.id).map_or_else(String::new, |(number, _)| number.clone()),
        project: near.id,
        distance: near.distance,
        amount: near.amount,
        event: near.event,
    });
    let asked = said.warnings.iter().find_map(|warning| match warning {
        Warning::ParentClass { asked, n } => Some((asked.clone(), *n)),
        _ => None,
    });
    let no_range = said.warnings.iter().filter_map(|warning| match warning {
        Warning::NoRange { level } => Some(*level),
        _ => None,
    });
    OutcomeDocument {
        format: 1,
        target: model.target(),
        probability: said.probability,
        point: said.point.zip(unit).map(|(point, unit)| point * unit),
        ranges: unit.map_or_else(Vec::new, |unit| {
            said.ranges.iter().map(|range| (range.level, range.low * unit, range.high * unit)).collect()
        }),
        no_range: no_range.collect(),
        asked,
        class: said.class,
        n_class: said.n_class,
        n_finished: model.n_finished(),
        base: attribution.base,
        contributions: attribution.contributions,
        neighbours: neighbours.collect(),
        model: model.version(),
        planned_days,
    }
}
