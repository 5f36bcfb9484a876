//! What is wrong with an extension, as facts with their place.

use crate::extension::{Extensions, places};
use crate::programme::{AMOUNT_MAX, BENEFIT_MAX, Draft, Id, OBJECTIVE_MAX, Where, YEARS_MAX};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The most entries of one kind.
const ENTRIES_MAX: usize = 2_000;
/// The most scenarios.
const SCENARIOS_MAX: usize = 200;
/// The largest share or factor, in thousandths.
const PERMILLE_MAX: i64 = 1_000_000;

/// What is wrong with an extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "extension", rename_all = "snake_case")]
pub enum ExtensionFault {
    /// Too many entries: the limit is named.
    #[error("{}: {count} are too many, the limit is {limit}", place(at))]
    TooMany {
        /// Where.
        at: Where,
        /// How many were given.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// A project, source or sector that the programme does not have.
    #[error("{}: {value} is unknown", place(at))]
    Unknown {
        /// Where.
        at: Where,
        /// What was named.
        value: String,
    },
    /// The same project, source or pair stands twice.
    #[error("{}: {value} stands twice", place(at))]
    Repeated {
        /// Where.
        at: Where,
        /// What stands twice.
        value: String,
    },
    /// A list has another length than wanted.
    #[error("{}: {count} values, not {wanted}", place(at))]
    Length {
        /// Where.
        at: Where,
        /// Values given.
        count: usize,
        /// Values wanted.
        wanted: usize,
    },
    /// A value is outside its range.
    #[error("{}: {value} is not between {least} and {most}", place(at))]
    Range {
        /// Where.
        at: Where,
        /// The value.
        value: i64,
        /// Least value.
        least: i64,
        /// Largest value.
        most: i64,
    },
    /// A reason, an act or a day is missing.
    #[error("{}: a text is missing", place(at))]
    NoText {
        /// Where.
        at: Where,
    },
    /// A project cannot be paired with itself.
    #[error("{}: {id} is paired with itself", place(at))]
    Itself {
        /// Where.
        at: Where,
        /// The project.
        id: Id,
    },
    /// All points together pass what is summed exactly.
    #[error("the points together are too large")]
    ObjectiveTooLarge,
}

impl ExtensionFault {
    /// Where it is; `None` when it is of the rules together.
    pub const fn place(&self) -> Option<&Where> {
        match self {
            Self::TooMany { at, .. }
            | Self::Unknown { at, .. }
            | Self::Repeated { at, .. }
            | Self::Length { at, .. }
            | Self::Range { at, .. }
            | Self::NoText { at }
            | Self::Itself { at, .. } => Some(at),
            Self::ObjectiveTooLarge => None,
        }
    }

    /// Key of the sentence that says it.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "programme-fault-too-many-entries",
            Self::Unknown { .. } => "programme-fault-unknown",
            Self::Repeated { .. } => "programme-fault-repeated",
            Self::Length { .. } => "programme-fault-length",
            Self::Range { .. } => "programme-fault-range",
            Self::NoText { .. } => "programme-fault-missing",
            Self::Itself { .. } => "programme-fault-itself",
            Self::ObjectiveTooLarge => "programme-fault-objective",
        }
    }

    /// Facts for the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooMany { count, limit, .. } => {
                vec![("count", count.to_string()), ("limit", limit.to_string())]
            }
            Self::Unknown { value, .. } => vec![("value", value.clone())],
            Self::Repeated { value, .. } => vec![("id", value.clone())],
            Self::Length { count, wanted, .. } => {
                vec![("count", count.to_string()), ("wanted", wanted.to_string())]
            }
            Self::Range { value, least, most, .. } => {
                vec![("value", value.to_string()), ("least", least.to_string()), ("limit", most.to_string())]
            }
            Self::Itself { id, .. } => vec![("id", id.to_string())],
            Self::NoText { .. } | Self::ObjectiveTooLarge => Vec::new(),
        }
    }
}

/// Adds what is wrong with the extensions of a draft whose common part is sound.
pub(super) fn check(extensions: &Extensions, draft: &Draft, faults: &mut Vec<ExtensionFault>) {
    let mut check = Check { extensions, draft, places: places(&draft.projects), faults };
    check.counts();
    if !check.faults.is_empty() {
        return;
    }
    check.rulings();
    check.synergies();
    check.stability();
    check.sources();
    check.tail_mean();
    check.parts();
    check.sum();
}

struct Check<'a> {
    extensions: &'a Extensions,
    draft: &'a Draft,
    places: BTreeMap<Id, usize>,
    faults: &'a mut Vec<ExtensionFault>,
}

/// A place as a reader of the file finds it: the field and its entry, from 1.
fn place(at: &Where) -> String {
    match at {
        Where::Field { field, at: Some(at) } => format!("{field}, {at}"),
        Where::Field { field, at: None } => field.clone(),
        Where::Project { row, field, .. } => format!("{field}, {row}"),
    }
}

fn at(field: &str, place: usize) -> Where {
    Where::Field { field: format!("extensions.{field}"), at: Some(place + 1) }
}

impl Check<'_> {
    fn counts(&mut self) {
        let tail = self.extensions.tail_mean.as_ref();
        let deviations = self.extensions.robust.iter().map(|robust| robust.deviations.len()).max();
        let counts = [
            ("rulings", self.extensions.rulings.len(), self.draft.projects.len()),
            ("synergies", self.extensions.synergies.len(), ENTRIES_MAX),
            ("carry_over", self.extensions.carry_over.len(), self.draft.sources.len()),
            ("robust", self.extensions.robust.len(), self.draft.sources.len()),
            ("robust.deviations", deviations.unwrap_or(0), self.draft.projects.len()),
            ("tail_mean.scenarios", tail.map_or(0, |tail| tail.scenarios.len()), SCENARIOS_MAX),
            ("capacity", self.extensions.capacity.len(), ENTRIES_MAX),
            ("obligations", self.extensions.obligations.len(), ENTRIES_MAX),
        ];
        for (field, count, limit) in counts.into_iter().filter(|(_, count, limit)| count > limit) {
            let at = Where::Field { field: format!("extensions.{field}"), at: None };
            self.faults.push(ExtensionFault::TooMany { at, count, limit });
        }
    }

    fn range(&mut self, at: Where, value: i64, (least, most): (i64, i64)) {
        if !(least..=most).contains(&value) {
            self.faults.push(ExtensionFault::Range { at, value, least, most });
        }
    }

    fn project(&mut self, at: Where, id: &Id) {
        if !self.places.contains_key(id) {
            self.faults.push(ExtensionFault::Unknown { at, value: id.to_string() });
        }
    }

    fn source(&mut self, at: Where, name: &str, seen: &mut BTreeSet<String>) {
        if !self.draft.sources.iter().any(|source| source.name == name) {
            self.faults.push(ExtensionFault::Unknown { at, value: name.to_owned() });
        } else if !seen.insert(name.to_owned()) {
            self.faults.push(ExtensionFault::Repeated { at, value: name.to_owned() });
        }
    }

    fn rulings(&mut self) {
        let mut seen = BTreeSet::new();
        for (place, ruling) in self.extensions.rulings.iter().enumerate() {
            self.project(at("rulings", place), &ruling.project);
            if ruling.reason.trim().is_empty() {
                self.faults.push(ExtensionFault::NoText { at: at("rulings.reason", place) });
            }
            if !seen.insert(&ruling.project) {
                let value = ruling.project.to_string();
                self.faults.push(ExtensionFault::Repeated { at: at("rulings", place), value });
            }
        }
    }

    fn synergies(&mut self) {
        let mut seen = BTreeSet::new();
        for (place, synergy) in self.extensions.synergies.iter().enumerate() {
            let (first, second) = (&synergy.first, &synergy.second);
            self.project(at("synergies.first", place), first);
            self.project(at("synergies.second", place), second);
            self.range(at("synergies.points", place), synergy.points, (-BENEFIT_MAX, BENEFIT_MAX));
            if first == second {
                self.faults.push(ExtensionFault::Itself { at: at("synergies", place), id: first.clone() });
            } else if !seen.insert((first.min(second), first.max(second))) {
                let value = format!("{first}, {second}");
                self.faults.push(ExtensionFault::Repeated { at: at("synergies", place), value });
            }
        }
    }

    fn stability(&mut self) {
        let Some(stability) = &self.extensions.stability else { return };
        self.range(at("stability.points_per_change", 0), stability.points_per_change, (0, BENEFIT_MAX));
        if stability.approved.len() > crate::programme::PROJECTS_MAX {
            let (count, limit) = (stability.approved.len(), crate::programme::PROJECTS_MAX);
            let at = Where::Field { field: "extensions.stability.approved".to_owned(), at: None };
            self.faults.push(ExtensionFault::TooMany { at, count, limit });
            return;
        }
        let mut seen = BTreeSet::new();
        for (place, approved) in stability.approved.iter().enumerate() {
            // A project that is no longer proposed is a change in every plan, not a fault.
            if !seen.insert(&approved.id) {
                let value = approved.id.to_string();
                self.faults.push(ExtensionFault::Repeated { at: at("stability.approved", place), value });
            }
        }
    }

    fn sources(&mut self) {
        let mut seen = BTreeSet::new();
        for (place, carry) in self.extensions.carry_over.iter().enumerate() {
            self.source(at("carry_over", place), &carry.source, &mut seen);
            self.range(at("carry_over.permille", place), carry.permille, (0, 1000));
        }
        seen.clear();
        for (place, robust) in self.extensions.robust.iter().enumerate() {
            self.source(at("robust", place), &robust.source, &mut seen);
            self.range(at("robust.permille", place), robust.permille, (0, 10_000));
            self.range(at("robust.projects", place), i64::from(robust.projects), (0, 20_000));
            let mut named = BTreeSet::new();
            for deviation in &robust.deviations {
                self.project(at("robust.deviations", place), &deviation.project);
                self.range(at("robust.deviations", place), deviation.permille, (0, 10_000));
                if !named.insert(&deviation.project) {
                    let value = deviation.project.to_string();
                    self.faults.push(ExtensionFault::Repeated { at: at("robust.deviations", place), value });
                }
            }
        }
        for (place, obligation) in self.extensions.obligations.iter().enumerate() {
            self.source(at("obligations", place), &obligation.source, &mut BTreeSet::new());
            self.range(at("obligations.permille", place), obligation.permille, (0, 1_000_000));
            if obligation.basis.trim().is_empty() || obligation.valid_from.trim().is_empty() {
                self.faults.push(ExtensionFault::NoText { at: at("obligations.basis", place) });
            }
            let (count, wanted) = (obligation.revenue.len(), 3 * YEARS_MAX);
            if count > wanted || obligation.promised.len() > count {
                self.faults.push(ExtensionFault::Length {
                    at: at("obligations.revenue", place),
                    count,
                    wanted,
                });
            }
            for value in obligation.revenue.iter().chain(&obligation.promised) {
                self.range(at("obligations.revenue", place), *value, (0, AMOUNT_MAX));
            }
        }
    }

    fn tail_mean(&mut self) {
        let Some(tail) = &self.extensions.tail_mean else { return };
        let wanted = self.draft.projects.len();
        let count = i64::try_from(tail.scenarios.len()).unwrap_or(i64::MAX);
        self.range(at("tail_mean.worst", 0), i64::from(tail.worst), (1, count));
        self.range(at("tail_mean.weight_permille", 0), tail.weight_permille, (0, PERMILLE_MAX));
        for (place, scenario) in tail.scenarios.iter().enumerate() {
            if scenario.len() != wanted {
                let count = scenario.len();
                self.faults.push(ExtensionFault::Length {
                    at: at("tail_mean.scenarios", place),
                    count,
                    wanted,
                });
            }
            if let Some(value) = scenario.iter().find(|value| !(0..=10_000).contains(*value)) {
                self.range(at("tail_mean.scenarios", place), *value, (0, 10_000));
            }
        }
    }

    fn parts(&mut self) {
        let districts = self.draft.districts.len();
        let list = &self.extensions.benefit_floors;
        if !list.is_empty() && list.len() != districts {
            let at = Where::Field { field: "extensions.benefit_floors".to_owned(), at: None };
            self.faults.push(ExtensionFault::Length { at, count: list.len(), wanted: districts });
        }
        for (place, value) in list.iter().enumerate() {
            self.range(at("benefit_floors", place), *value, (0, OBJECTIVE_MAX));
        }
        for (place, capacity) in self.extensions.capacity.iter().enumerate() {
            if capacity.sector >= self.draft.sectors.len() {
                let value = capacity.sector.to_string();
                self.faults.push(ExtensionFault::Unknown { at: at("capacity.sector", place), value });
            }
            let (count, wanted) = (capacity.starts.len(), usize::from(self.draft.years));
            if count > wanted {
                self.faults.push(ExtensionFault::Length { at: at("capacity.starts", place), count, wanted });
            }
            for value in &capacity.starts {
                self.range(at("capacity.starts", place), *value, (0, AMOUNT_MAX));
            }
        }
    }

    /// The largest objective still stays exact in a binary float.
    fn sum(&mut self) {
        if !self.faults.is_empty() {
            return;
        }
        let best = self.draft.discount.iter().copied().max().unwrap_or(0);
        let base = |permille: &dyn Fn(usize) -> i64| -> i128 {
            let points = self.draft.projects.iter().enumerate();
            points
                .map(|(p, data)| i128::from(data.benefit) * i128::from(best) * i128::from(permille(p)) / 1000)
                .sum()
        };
        let mut sum = base(&|_| 1000);
        let synergies = self.extensions.synergies.iter();
        sum += synergies.map(|synergy| i128::from(synergy.points.abs()) * 10_000).sum::<i128>();
        if let Some(stability) = &self.extensions.stability {
            let changes = stability.approved.len() + self.draft.projects.len();
            sum += i128::from(stability.points_per_change) * 10_000 * i128::try_from(changes).unwrap_or(0);
        }
        if let Some(tail) = &self.extensions.tail_mean {
            let most = tail.scenarios.iter().map(|scenario| base(&|project| scenario[project])).max();
            let most = most.unwrap_or(0).max(1000);
            sum += most * i128::from(tail.weight_permille) / 1000 + most;
        }
        if sum > i128::from(OBJECTIVE_MAX) {
            self.faults.push(ExtensionFault::ObjectiveTooLarge);
        }
    }
}
