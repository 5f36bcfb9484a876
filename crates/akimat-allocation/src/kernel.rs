//! Small models around a plan (kernel search: Angelelli, Mansini and Speranza, Computers and Operations
//! Research 37, 2010).
//!
//! Most columns are settled as the relaxation has them; those that the relaxation cannot tell apart are left
//! free, and a solver finds the best plan among them. A round can only gain.

use crate::heuristic::{Point, SplitMix64};
use crate::model::Model;
use crate::solver::{Limits, Outcome, Relaxed, Request, Solver, SolverError};

/// Which columns are free in a round: those with the smallest reduced worth, and some drawn among the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Around {
    /// How many by reduced worth.
    pub(crate) free: usize,
    /// How many drawn.
    pub(crate) drawn: usize,
    /// Seed of the draw.
    pub(crate) seed: u64,
}

/// One round: the best point in the neighbourhood, never worse than `point`.
pub(crate) fn round(
    model: &Model,
    relaxed: &Relaxed,
    (point, around): (&Point, Around),
    (solver, limits): (&dyn Solver, Limits),
) -> Result<Point, SolverError> {
    let settled = around_point(model, relaxed, (point, around));
    Ok(settle(model, &settled, (solver, limits), Some(point))?.unwrap_or_else(|| point.clone()))
}

/// Everything settled as the relaxation has it, but for the free starts and those where the relaxation and the point
/// disagree, so that the point is in the neighbourhood. Help columns are never settled.
pub(crate) fn around_point(
    model: &Model,
    relaxed: &Relaxed,
    (point, around): (&Point, Around),
) -> Vec<Option<bool>> {
    let free = free(model, relaxed, around);
    let settled = (0..free.len()).map(|column| {
        let rounded = relaxed.values[column] > 0.5;
        (!free[column] && rounded == point.values[column]).then_some(rounded)
    });
    settled.collect()
}

/// Solves what is left of a model when some columns are settled; the best point of it, if the limits allowed
/// one. Rounding errors of the solver are met by checking every row; a point that fails is dropped.
pub(crate) fn settle(
    model: &Model,
    settled: &[Option<bool>],
    (solver, limits): (&dyn Solver, Limits),
    begin: Option<&Point>,
) -> Result<Option<Point>, SolverError> {
    let Some(small) = model.restricted(settled) else { return Ok(None) };
    let values: Option<Vec<f64>> = begin
        .map(|point| small.map.iter().map(|column| if point.values[*column] { 1.0 } else { 0.0 }).collect());
    let request = Request { begin: values.as_deref(), ..Request::new(&small.model, limits) };
    let Outcome::Found { values: Some(values), .. } = solver.solve(&request)? else { return Ok(None) };
    let mut whole: Vec<bool> = settled.iter().map(|value| value.unwrap_or(false)).collect();
    for (column, value) in small.map.iter().zip(values) {
        whole[*column] = value > 0.5;
    }
    let found = point(model, whole);
    Ok(found.filter(|found| begin.is_none_or(|begin| found.worth > begin.worth)))
}

/// A point with its worth, if it keeps every row.
pub(crate) fn point(model: &Model, values: Vec<bool>) -> Option<Point> {
    let holds = |row: &crate::model::Row| {
        let sum: i64 = row.terms.iter().filter(|(column, _)| values[*column]).map(|(_, by)| by).sum();
        row.lower.is_none_or(|lower| sum >= lower) && row.upper.is_none_or(|upper| sum <= upper)
    };
    if !model.rows.iter().all(holds) {
        return None;
    }
    let chosen = model.columns.iter().zip(&values).filter(|(_, chosen)| **chosen);
    let worth = chosen.map(|(column, _)| column.worth).sum();
    Some(Point { values, worth })
}

/// Everything settled as the relaxation has it, but for its fractions and `free` starts more. Help columns are never
/// settled.
pub(crate) fn around_relaxation(model: &Model, relaxed: &Relaxed, free: usize) -> Vec<Option<bool>> {
    let fraction = |column: &usize| (0.001..0.999).contains(&relaxed.values[*column]);
    let starts = model.starts_len();
    let rounded = relaxed.values.iter().enumerate();
    let mut settled: Vec<Option<bool>> =
        rounded.map(|(column, value)| (column < starts).then_some(*value > 0.5)).collect();
    let order = by_price(model, relaxed);
    let fractions = (0..starts).filter(fraction);
    for column in order.into_iter().filter(|column| !fraction(column)).take(free).chain(fractions) {
        settled[column] = None;
    }
    settled
}

/// Everything settled that two points agree on, but for the starts with the smallest reduced worth. Help columns are never settled.
pub(crate) fn between(
    model: &Model,
    relaxed: &Relaxed,
    (one, other): (&Point, &Point),
    free: usize,
) -> Vec<Option<bool>> {
    let starts = model.starts_len();
    let pairs = one.values.iter().zip(&other.values).enumerate();
    let mut settled: Vec<Option<bool>> =
        pairs.map(|(column, (one, other))| (column < starts && one == other).then_some(*one)).collect();
    for column in by_price(model, relaxed).into_iter().take(free) {
        settled[column] = None;
    }
    settled
}

/// Starts by the size of their reduced worth, the smallest first.
fn by_price(model: &Model, relaxed: &Relaxed) -> Vec<usize> {
    let mut order: Vec<usize> = (0..model.starts_len()).collect();
    order.sort_by(|a, b| relaxed.reduced[*a].abs().total_cmp(&relaxed.reduced[*b].abs()).then(a.cmp(b)));
    order
}

fn free(model: &Model, relaxed: &Relaxed, around: Around) -> Vec<bool> {
    let order = by_price(model, relaxed);
    let mut free = vec![false; order.len()];
    free.resize(model.columns.len(), true);
    for column in order.iter().take(around.free) {
        free[*column] = true;
    }
    let from = around.free.min(order.len());
    let next = &order[from..(from + 4 * around.drawn).min(order.len())];
    let mut chance = SplitMix64::new(around.seed);
    for _ in 0..around.drawn.min(next.len()) {
        free[next[chance.below(next.len())]] = true;
    }
    free
}
