//! The words: projects in rows, criteria in columns, checked once.

use crate::Fault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Projects in one table at most.
pub const ROWS_MAX: usize = 100_000;
/// Criteria in one table at most.
pub const CRITERIA_MAX: usize = 100;
/// How far shares may miss 1 because a publication rounded them to two places; what misses more is refused.
const ROUNDING: f64 = 0.011;

/// Whether more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Benefit,
    /// Less is better.
    Cost,
}

impl Direction {
    /// 1 when more is better, -1 when less is.
    pub const fn sign(self) -> f64 {
        match self {
            Self::Benefit => 1.0,
            Self::Cost => -1.0,
        }
    }

    /// The name in documents, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Benefit => "benefit",
            Self::Cost => "cost",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Benefit, Self::Cost].into_iter().find(|direction| direction.code() == code)
    }
}

/// One criterion of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Criterion {
    /// Its name.
    pub code: String,
    /// Whether more is better.
    pub direction: Direction,
    /// Its share of the whole; the shares of a table sum to 1.
    pub weight: f64,
}

/// A checked table: distinct names, finite numbers, weights that sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    ids: Vec<String>,
    criteria: Vec<Criterion>,
    /// By criterion, then by project: what every method reads.
    columns: Vec<Vec<f64>>,
}

impl Table {
    /// Checks projects (name and values in the order of the criteria).
    ///
    /// # Errors
    /// The first [`Fault`] by row.
    pub fn new(criteria: Vec<Criterion>, rows: Vec<(String, Vec<f64>)>) -> Result<Self, Fault> {
        limits(rows.len(), criteria.len())?;
        let mut seen = BTreeSet::new();
        for criterion in &criteria {
            if !seen.insert(criterion.code.as_str()) {
                return Err(Fault::Duplicate { field: "criteria".to_owned(), id: criterion.code.clone() });
            }
        }
        let mut columns = vec![Vec::with_capacity(rows.len()); criteria.len()];
        let mut ids = Vec::with_capacity(rows.len());
        let mut known = BTreeSet::new();
        for (id, values) in rows {
            if values.len() != criteria.len() {
                return Err(Fault::Length { field: id, n: values.len(), expected: criteria.len() });
            }
            for ((column, criterion), value) in columns.iter_mut().zip(&criteria).zip(values) {
                if !value.is_finite() {
                    return Err(Fault::NotFinite { row: id, criterion: criterion.code.clone() });
                }
                column.push(value);
            }
            if !known.insert(id.clone()) {
                return Err(Fault::Duplicate { field: "alternatives".to_owned(), id });
            }
            ids.push(id);
        }
        let weights: Vec<f64> = criteria.iter().map(|criterion| criterion.weight).collect();
        let names: Vec<&str> = criteria.iter().map(|criterion| criterion.code.as_str()).collect();
        let shares = shares(&weights, &names)?;
        let criteria = criteria.into_iter().zip(shares);
        let criteria = criteria.map(|(criterion, weight)| Criterion { weight, ..criterion }).collect();
        Ok(Self { ids, criteria, columns })
    }

    /// Names of the projects.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The criteria.
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// Values of one criterion, by project.
    pub fn column(&self, criterion: usize) -> &[f64] {
        &self.columns[criterion]
    }

    /// Number of projects.
    pub fn n(&self) -> usize {
        self.ids.len()
    }

    /// Number of criteria.
    pub fn m(&self) -> usize {
        self.criteria.len()
    }

    /// Values of one criterion turned so that more is better.
    pub fn turned(&self, criterion: usize) -> Vec<f64> {
        let sign = self.criteria[criterion].direction.sign();
        self.columns[criterion].iter().map(|value| sign * value).collect()
    }

    /// The same projects under other weights.
    ///
    /// # Errors
    /// [`Fault::Length`], [`Fault::Weight`] or [`Fault::WeightSum`].
    pub fn with_weights(&self, weights: &[f64]) -> Result<Self, Fault> {
        let names: Vec<&str> = self.criteria.iter().map(|criterion| criterion.code.as_str()).collect();
        let shares = shares(weights, &names)?;
        let criteria = self.criteria.iter().cloned().zip(shares);
        let criteria = criteria.map(|(criterion, weight)| Criterion { weight, ..criterion }).collect();
        Ok(Self { criteria, ..self.clone() })
    }

    /// The table without one criterion, the other weights rescaled; `None` when nothing would be left.
    pub fn without(&self, criterion: usize) -> Option<Self> {
        let rest = 1.0 - self.criteria[criterion].weight;
        if self.m() < 2 || rest <= 1e-12 {
            return None;
        }
        let keep = |at: &usize| *at != criterion;
        let criteria = (0..self.m()).filter(keep).map(|at| {
            let kept = self.criteria[at].clone();
            Criterion { weight: kept.weight / rest, ..kept }
        });
        let columns = (0..self.m()).filter(keep).map(|at| self.columns[at].clone());
        Some(Self { ids: self.ids.clone(), criteria: criteria.collect(), columns: columns.collect() })
    }

    /// The smallest and the largest value of a criterion.
    pub fn bounds(&self, criterion: usize) -> (f64, f64) {
        let start = (f64::INFINITY, f64::NEG_INFINITY);
        self.columns[criterion].iter().fold(start, |(low, high), value| (low.min(*value), high.max(*value)))
    }

    /// Criteria that have one value for every project, by their place.
    pub fn constants(&self) -> Vec<usize> {
        #[expect(clippy::float_cmp, reason = "the smallest is the largest")]
        let same = |at: &usize| {
            let (low, high) = self.bounds(*at);
            low == high
        };
        (0..self.m()).filter(same).collect()
    }

    /// Refuses a criterion that has one value for every project.
    ///
    /// # Errors
    /// [`Fault::Constant`] of the first.
    pub fn refuse_constants(&self) -> Result<(), Fault> {
        self.constants().first().map_or(Ok(()), |at| Err(self.constant(*at)))
    }

    /// Refuses a table in which no criterion distinguishes anything.
    ///
    /// # Errors
    /// [`Fault::Constant`] of the first criterion.
    pub fn refuse_all_constant(&self) -> Result<(), Fault> {
        if self.constants().len() == self.m() { Err(self.constant(0)) } else { Ok(()) }
    }

    fn constant(&self, at: usize) -> Fault {
        Fault::Constant { criterion: self.criteria[at].code.clone(), value: self.columns[at][0] }
    }

    /// Refuses numbers below zero.
    ///
    /// # Errors
    /// [`Fault::Negative`] of the first by criterion.
    pub fn refuse_negatives(&self) -> Result<(), Fault> {
        for (criterion, column) in self.criteria.iter().zip(&self.columns) {
            if let Some(row) = column.iter().position(|value| *value < 0.0) {
                let (row, value) = (self.ids[row].clone(), column[row]);
                return Err(Fault::Negative { row, criterion: criterion.code.clone(), value });
            }
        }
        Ok(())
    }
}

fn limits(rows: usize, criteria: usize) -> Result<(), Fault> {
    let many = |field: &str, n, limit| Fault::TooMany { field: field.to_owned(), n, limit };
    let few = |field: &str, n| Fault::TooFew { field: field.to_owned(), n, least: 1 };
    match (rows, criteria) {
        (0, _) => Err(few("alternatives", 0)),
        (_, 0) => Err(few("criteria", 0)),
        (n, _) if n > ROWS_MAX => Err(many("alternatives", n, ROWS_MAX)),
        (_, n) if n > CRITERIA_MAX => Err(many("criteria", n, CRITERIA_MAX)),
        _ => Ok(()),
    }
}

/// Shares of weights. Whole numbers are points (10, 7 and 2; or 100, 80 and 50 of swing weighting) and are divided by
/// their sum; fractions are shares and must sum to 1, apart from the rounding of a publication.
///
/// # Errors
/// [`Fault::Length`], [`Fault::Weight`] for a negative one, [`Fault::WeightSum`].
pub fn shares(weights: &[f64], names: &[&str]) -> Result<Vec<f64>, Fault> {
    if weights.len() != names.len() {
        let field = "weights".to_owned();
        return Err(Fault::Length { field, n: weights.len(), expected: names.len() });
    }
    for (weight, name) in weights.iter().zip(names) {
        if !weight.is_finite() || *weight < 0.0 {
            return Err(Fault::Weight { criterion: (*name).to_owned(), value: *weight });
        }
    }
    let sum: f64 = weights.iter().sum();
    let points = weights.iter().all(|weight| weight.fract() == 0.0);
    if sum <= 0.0 || !points && (sum - 1.0).abs() > ROUNDING {
        return Err(Fault::WeightSum { sum, expected: 1.0 });
    }
    Ok(weights.iter().map(|weight| weight / sum).collect())
}

/// Shares of percentages, which must sum to 100: exactly when they are whole, to a tenth otherwise.
///
/// # Errors
/// As [`shares`].
pub fn shares_of_percent(weights: &[f64], names: &[&str]) -> Result<Vec<f64>, Fault> {
    let sum: f64 = weights.iter().sum();
    let whole = weights.iter().all(|weight| weight.fract() == 0.0);
    let slack = if whole { 1e-9 } else { 0.11 };
    if weights.len() == names.len() && (sum - 100.0).abs() > slack {
        return Err(Fault::WeightSum { sum, expected: 100.0 });
    }
    let parts: Vec<f64> = weights.iter().map(|weight| weight / 100.0).collect();
    let checked = shares(&parts, names)?;
    // Whole percentages stay what they are, to the last bit: w / 100.
    Ok(if whole { parts } else { checked })
}
