//! The front door: learn from a table of finished projects, predict a new one.

use crate::algebra::sigmoid;
use crate::base::{Lesson, Loss};
use crate::blend::{Blend, CONTEST_MIN, Choice, Contest};
use crate::calibrate::Calibration;
use crate::conformal::Conformal;
use crate::prior::{Prior, Priors};
use crate::reference::{CLASS_MIN, Reference};
use crate::table::{Case, Table, Target};
use serde::Serialize;
use std::collections::BTreeMap;

/// Raised by one whenever the method changes what it says.
pub const VERSION: u32 = 1;

/// Why nothing is predicted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Too few finished projects altogether.
    #[error("{have} finished projects, {need} are needed")]
    TooFewFinished {
        /// Finished projects with a known outcome.
        have: usize,
        /// Needed.
        need: usize,
    },
    /// Every finished project ended the same way.
    #[error("all finished projects ended the same way")]
    Constant,
}

/// What weakens a prediction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum Warning {
    /// The project's own class has too few finished projects: the parent class stands in.
    ParentClass {
        /// The class asked for.
        asked: Vec<String>,
        /// Its finished projects.
        n: usize,
    },
    /// A level has too few errors behind it: no range.
    NoRange {
        /// Per cent.
        level: u8,
    },
    /// A name that no finished project has.
    UnknownName {
        /// The feature.
        feature: String,
    },
    /// The project itself is among the finished ones that taught.
    Known,
}

/// A range that holds so many per cent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Range {
    /// Per cent.
    pub level: u8,
    /// From.
    pub low: f64,
    /// To.
    pub high: f64,
}

/// What is to be expected of a project.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prediction {
    /// Chance of the event, 0 to 1.
    pub probability: f64,
    /// Median of the measure; `None` for a target that is yes or no.
    pub point: Option<f64>,
    /// Ranges of the measure, as asked for; a level without enough errors is left out and warned about.
    pub ranges: Vec<Range>,
    /// The class that is named: the most particular one of the first path with at least nine finished projects.
    pub class: Vec<String>,
    /// Its finished projects.
    pub n_class: usize,
    /// What weakens it.
    pub warnings: Vec<Warning>,
}

/// A model of one target.
#[derive(Debug)]
pub struct Model {
    pub(crate) table: Table,
    chance: Chance,
    amount: Option<Amount>,
    reference: Reference,
}

#[derive(Debug)]
struct Chance {
    blend: Blend,
    line: Calibration,
    /// Scores of the finished projects by models that did not know them.
    unseen: Vec<f64>,
}

#[derive(Debug)]
struct Amount {
    blend: Blend,
    errors: Conformal,
    scale: Scale,
    /// No finished project lay below.
    floor: f64,
}

/// Ratios are learnt as logarithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    Plain,
    Log,
}

impl Scale {
    fn into(self, amount: f64) -> f64 {
        if self == Self::Log { amount.max(0.01).ln() } else { amount }
    }

    fn back(self, value: f64) -> f64 {
        if self == Self::Log { value.exp() } else { value }
    }
}

impl Model {
    /// Learns. The same table and seed give the same model on every machine.
    ///
    /// # Errors
    /// [`Refusal`] with fewer than nine finished projects, or when all ended alike.
    pub fn learn(table: Table, priors: Option<&Priors>, seed: u64) -> Result<Self, Refusal> {
        let have = table.finished.len();
        if have < CLASS_MIN {
            return Err(Refusal::TooFewFinished { have, need: CLASS_MIN });
        }
        let first = &table.finished[0];
        if table.finished.iter().all(|one| one.event == first.event && one.amount == first.amount) {
            return Err(Refusal::Constant);
        }
        let chance = Chance::learn(&table, priors, seed);
        let amount = Amount::learn(&table, priors, seed);
        let reference = Reference::learn(&lesson(&table, None, Loss::Logistic, events(&table)));
        Ok(Self { chance, amount, reference, table })
    }

    /// Predicts a project with ranges of these levels in per cent.
    pub fn predict(&self, case: &Case, levels: &[u8]) -> Prediction {
        let mut warnings = Vec::new();
        let (class, n_class) = self.class(case, &mut warnings);
        for (at, feature) in self.table.schema.features.iter().enumerate() {
            let Some(name) = case.values[at].category() else { continue };
            if !self.table.finished.iter().any(|one| one.case.values[at].category() == Some(name)) {
                warnings.push(Warning::UnknownName { feature: feature.name.clone() });
            }
        }
        if self.table.finished.iter().any(|one| one.case.id == case.id) {
            warnings.push(Warning::Known);
        }
        let ranges = self.amount.as_ref().map_or_else(Vec::new, |amount| {
            levels.iter().filter_map(|level| amount.range(case, *level, &mut warnings)).collect()
        });
        Prediction {
            probability: self.probability(case),
            point: self.point(case),
            ranges,
            class,
            n_class,
            warnings,
        }
    }

    /// Chance of the event.
    pub fn probability(&self, case: &Case) -> f64 {
        self.chance.line.chance(self.chance.blend.score(case))
    }

    /// Median of the measure.
    pub fn point(&self, case: &Case) -> Option<f64> {
        self.amount.as_ref().map(|amount| amount.point(case))
    }

    /// What is asked.
    pub const fn target(&self) -> Target {
        self.table.target
    }

    /// Name and version of what predicts.
    pub fn version(&self) -> String {
        let name = match self.chance.blend.contest.choice {
            Choice::TooFew | Choice::Class => "class-rate",
            Choice::Partly => "part-mixture",
            Choice::Mixture => "mixture",
        };
        format!("{name}-{VERSION}")
    }

    /// How the contests on later projects went: of the chance, and of the measure.
    pub fn contests(&self) -> (&Contest, Option<&Contest>) {
        (&self.chance.blend.contest, self.amount.as_ref().map(|amount| &amount.blend.contest))
    }

    /// The record: of later projects where they were judged, otherwise of each finished project by what the others
    /// taught. Chance said, base rate of what was known, and whether it happened.
    pub fn record(&self) -> Vec<(f64, f64, bool)> {
        let judged = self.judged();
        if !judged.is_empty() {
            return judged;
        }
        let events: Vec<bool> = self.table.finished.iter().map(|one| one.event).collect();
        let (n, sum) = (events.len() as f64, events.iter().filter(|event| **event).count() as f64);
        let row = |(score, event): (&f64, &bool)| {
            let rest = (sum - f64::from(u8::from(*event))) / (n - 1.0);
            (self.chance.line.chance(*score), rest, *event)
        };
        self.chance.unseen.iter().zip(&events).map(row).collect()
    }

    /// Later projects: chance by who was chosen, chance by the base rate of its time, and whether it happened.
    /// Raw scores, before the calibration: as the models stood then.
    pub fn judged(&self) -> Vec<(f64, f64, bool)> {
        let blend = &self.chance.blend;
        let row = |one: &crate::blend::Judged| {
            let score = one.used(blend.contest.part);
            (sigmoid(score), one.base_rate, self.table.finished[one.at].event)
        };
        blend.judged.iter().map(row).collect()
    }

    /// Later projects: median by who was chosen, median of its time, and what came out.
    pub fn judged_amounts(&self) -> Vec<(f64, f64, f64)> {
        let Some(amount) = &self.amount else { return Vec::new() };
        let row = |one: &crate::blend::Judged| {
            let score = one.used(amount.blend.contest.part);
            let fact = self.table.finished[one.at].amount.unwrap_or(f64::NAN);
            (amount.scale.back(score), amount.scale.back(one.base_rate), fact)
        };
        amount.blend.judged.iter().map(row).collect()
    }

    /// Finished projects that taught.
    pub fn n_finished(&self) -> usize {
        self.table.finished.len()
    }

    /// Finished projects that taught, in the order of approval.
    pub const fn table(&self) -> &Table {
        &self.table
    }

    fn class(&self, case: &Case, warnings: &mut Vec<Warning>) -> (Vec<String>, usize) {
        let steps = self.reference.steps(0, case);
        let enough = steps.iter().rev().find(|(step, _)| step.n >= CLASS_MIN);
        let asked = steps.last().map(|(step, _)| step.clone());
        let found = enough.or(steps.first()).map(|(step, _)| step.clone());
        match (found, asked) {
            (Some(found), Some(asked)) => {
                if found != asked {
                    warnings.push(Warning::ParentClass { asked: asked.class, n: asked.n });
                }
                (found.class, found.n)
            }
            _ => (Vec::new(), self.table.finished.len()),
        }
    }
}

impl Chance {
    fn learn(table: &Table, priors: Option<&Priors>, seed: u64) -> Self {
        let lesson = lesson(table, priors, Loss::Logistic, events(table));
        let blend = Blend::learn(&lesson, seed);
        let unseen = blend.unseen(&lesson);
        // With few projects the class rate is its own calibration.
        let line = if table.finished.len() < CONTEST_MIN {
            Calibration { slope: 1.0, shift: 0.0 }
        } else {
            let at: Vec<f64> = lesson.cases.iter().map(|case| case.at).collect();
            Calibration::learn(&unseen, &lesson.y, &at)
        };
        Self { blend, line, unseen }
    }
}

impl Amount {
    fn learn(table: &Table, priors: Option<&Priors>, seed: u64) -> Option<Self> {
        let plain: Vec<f64> = table.finished.iter().filter_map(|one| one.amount).collect();
        if plain.len() != table.finished.len() {
            return None;
        }
        let scale = if table.target == Target::CostGrowth { Scale::Log } else { Scale::Plain };
        let y: Vec<f64> = plain.iter().map(|amount| scale.into(*amount)).collect();
        let priors =
            priors.map(|priors| Priors { by_name: scaled(&priors.by_name, scale), ..priors.clone() });
        let lesson = lesson(table, priors.as_ref(), Loss::Absolute, y);
        let blend = Blend::learn(&lesson, seed);
        let unseen = blend.unseen(&lesson);
        let part = blend.contest.part;
        let later: Vec<f64> = blend.judged.iter().map(|one| one.used(part)).collect();
        let facts: Vec<f64> = blend.judged.iter().map(|one| lesson.y[one.at]).collect();
        // Of errors on left-out and on later projects the larger ones: a range shall hold for both.
        let errors = if later.len() >= CONTEST_MIN && mean_gap(&later, &facts) > mean_gap(&unseen, &lesson.y)
        {
            Conformal::learn(&later, &facts)
        } else {
            Conformal::learn(&unseen, &lesson.y)
        };
        let floor = plain.iter().copied().fold(f64::INFINITY, f64::min);
        Some(Self { blend, errors, scale, floor })
    }

    fn point(&self, case: &Case) -> f64 {
        self.bounded(self.scale.back(self.errors.median(self.blend.score(case))))
    }

    /// Where no finished project lay below zero, no bound does.
    fn bounded(&self, value: f64) -> f64 {
        if self.floor >= 0.0 { value.max(0.0) } else { value }
    }

    fn range(&self, case: &Case, level: u8, warnings: &mut Vec<Warning>) -> Option<Range> {
        let Some((low, high)) = self.errors.range(self.blend.score(case), level) else {
            warnings.push(Warning::NoRange { level });
            return None;
        };
        let point = self.point(case);
        let (low, high) = (self.bounded(self.scale.back(low)), self.bounded(self.scale.back(high)));
        Some(Range { level, low: low.min(point), high: high.max(point) })
    }
}

fn mean_gap(points: &[f64], facts: &[f64]) -> f64 {
    crate::algebra::mean(
        &points.iter().zip(facts).map(|(point, fact)| (point - fact).abs()).collect::<Vec<_>>(),
    )
}

fn scaled(priors: &BTreeMap<String, Prior>, scale: Scale) -> BTreeMap<String, Prior> {
    let one = |prior: &Prior| Prior {
        points: prior.points.iter().map(|(chance, value)| (*chance, scale.into(*value))).collect(),
        source: prior.source.clone(),
    };
    priors.iter().map(|(name, prior)| (name.clone(), one(prior))).collect()
}

fn lesson<'a>(table: &'a Table, priors: Option<&'a Priors>, loss: Loss, y: Vec<f64>) -> Lesson<'a> {
    let cases = table.finished.iter().map(|one| &one.case).collect();
    Lesson { schema: &table.schema, priors, cases, y, loss }
}

fn events(table: &Table) -> Vec<f64> {
    table.finished.iter().map(|one| f64::from(u8::from(one.event))).collect()
}
