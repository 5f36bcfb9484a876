//! The exact solver HiGHS behind the allocation room's solver trait; the only crate that links C++.
//!
//! HiGHS computes with binary floats and small tolerances; the platform promises whole-number truth.
//! Three things bring them together:
//!
//! 1. Each row is divided by the greatest common divisor of its coefficients (exact: the right-hand
//!    side is rounded towards the plans that exist), so money in tiyn becomes small whole numbers.
//!    A row still beyond 2^20 is replaced by a weaker one in a coarser unit, which keeps every plan.
//! 2. Every plan HiGHS returns is checked here in whole numbers. If it breaks a row (by less than a
//!    coarse unit or the tolerance), that very combination is cut off by a row of ones and the model is
//!    solved again. The cut removes no plan that satisfies the rows, so the bound stays proven.
//! 3. The objective is recomputed in whole numbers, and the bound is rounded down to one only after a
//!    margin above HiGHS's own error is added.
//!
//! One thread, fixed seed, gap zero: the same model gives the same plan unless time runs out.

mod scale;
mod session;

use akimat_allocation::envelope::{
    BinaryModel, Limits, Outcome, Relation, Row, Solution, Solver, SolverError,
};
use highs::{HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};
use scale::{Scaled, scaled};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// The seed of every run.
const SEED: i32 = 1;
/// Objectives stay exact in a binary float up to this.
const OBJECTIVE_MAX: i64 = 1 << 50;
/// Plans that break a row by less than a coarse unit or the tolerance are cut off at most this often.
const CUTS_MAX: usize = 500;
/// Stop when plan and bound are closer than one point: both are whole numbers.
const GAP_ABSOLUTE: f64 = 0.5;

/// HiGHS, single-threaded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Highs;

impl Solver for Highs {
    fn name(&self) -> &'static str {
        "HiGHS"
    }

    fn solve(&self, model: &BinaryModel, limits: &Limits) -> Result<Outcome, SolverError> {
        let size: i128 = model.objective().iter().map(|points| i128::from(*points).abs()).sum();
        if size > i128::from(OBJECTIVE_MAX) {
            return Err(SolverError::TooLarge);
        }
        let Some(mut rows) = prepare(model) else { return Ok(Outcome::Infeasible) };
        if model.objective().is_empty() {
            return Ok(Outcome::Found(Solution { values: Vec::new(), objective: 0, bound: 0 }));
        }
        let start = Instant::now();
        for _ in 0..CUTS_MAX {
            let time = limits.time.saturating_sub(start.elapsed());
            match run(model, &rows, &Limits { time, ..*limits })? {
                Answer::Infeasible => return Ok(Outcome::Infeasible),
                Answer::Nothing => return Err(SolverError::LimitReached),
                Answer::Plan { values, bound } => match model.broken_row(&values) {
                    Some(row) => rows.push(cut(&model.rows()[row], &values)),
                    None => return Ok(Outcome::Found(finish(model, values, bound))),
                },
            }
            if start.elapsed() >= limits.time {
                return Err(SolverError::LimitReached);
            }
        }
        Err(SolverError::Failed(format!("{CUTS_MAX} plans in a row broke a condition")))
    }
}

/// The rows as HiGHS sees them; `None` when one of them can never hold.
fn prepare(model: &BinaryModel) -> Option<Vec<Scaled>> {
    let mut rows = Vec::with_capacity(model.rows().len());
    for row in model.rows() {
        match scaled(row) {
            scale::Verdict::Keep(scaled) => rows.extend(scaled),
            scale::Verdict::AlwaysTrue => {}
            scale::Verdict::NeverTrue => return None,
        }
    }
    Some(rows)
}

enum Answer {
    Plan {
        values: Vec<bool>,
        /// Proven by HiGHS, not yet rounded.
        bound: f64,
    },
    Infeasible,
    /// The limits came first.
    Nothing,
}

/// One run of HiGHS. The binding panics where HiGHS misbehaves; such a panic becomes an error here.
fn run(model: &BinaryModel, rows: &[Scaled], limits: &Limits) -> Result<Answer, SolverError> {
    catch_unwind(AssertUnwindSafe(|| run_unguarded(model, rows, limits)))
        .unwrap_or_else(|_| Err(SolverError::Failed("HiGHS broke off".to_owned())))
}

fn run_unguarded(model: &BinaryModel, rows: &[Scaled], limits: &Limits) -> Result<Answer, SolverError> {
    let failed = |what: &str| SolverError::Failed(what.to_owned());
    let mut problem = RowProblem::new();
    let columns: Vec<highs::Col> =
        model.objective().iter().map(|points| problem.add_integer_column(float(*points), 0..=1)).collect();
    for row in rows {
        let terms: Vec<(highs::Col, f64)> = row.terms.iter().map(|(v, by)| (columns[*v], *by)).collect();
        problem.add_row(row.least..=row.most, &terms);
    }
    let mut instance =
        problem.try_optimise(Sense::Maximise).map_err(|_| failed("HiGHS did not take the model"))?;
    instance.make_quiet();
    let nodes = i32::try_from(limits.nodes).unwrap_or(i32::MAX);
    let set = [
        instance.try_set_option("threads", 1),
        instance.try_set_option("parallel", "off"),
        instance.try_set_option("random_seed", SEED),
        instance.try_set_option("mip_rel_gap", 0.0),
        instance.try_set_option("mip_abs_gap", GAP_ABSOLUTE),
        instance.try_set_option("mip_max_nodes", nodes),
        instance.try_set_option("time_limit", limits.time.max(Duration::from_millis(1)).as_secs_f64()),
    ];
    if set.iter().any(Result::is_err) {
        return Err(failed("HiGHS did not take an option"));
    }
    let solved = instance.try_solve().map_err(|_| failed("HiGHS could not run"))?;
    match solved.status() {
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => {
            return Ok(Answer::Infeasible);
        }
        HighsModelStatus::Optimal
        | HighsModelStatus::ReachedTimeLimit
        | HighsModelStatus::ReachedIterationLimit
        | HighsModelStatus::ReachedSolutionLimit => {}
        other => return Err(failed(&format!("HiGHS ended with {other:?}"))),
    }
    if solved.primal_solution_status() != HighsSolutionStatus::Feasible {
        return Ok(Answer::Nothing);
    }
    let values = solved.get_solution().columns().iter().map(|value| *value > 0.5).collect();
    let bound = solved.double_info_value(c"mip_dual_bound").map_err(|_| failed("HiGHS gave no bound"))?;
    Ok(Answer::Plan { values, bound })
}

/// Whole numbers again: the objective of the plan, and the bound rounded down.
fn finish(model: &BinaryModel, values: Vec<bool>, bound: f64) -> Solution {
    let objective = model.value(&values);
    let highest: i64 = model.objective().iter().filter(|points| **points > 0).sum();
    // HiGHS proves with a relative error near 1e-9 and stops within half a point.
    let margin = 1e-6 + bound.abs() * 1e-9;
    let bound = whole(bound + margin).map_or(highest, |bound| bound.clamp(objective, highest));
    Solution { values, objective, bound }
}

/// A row of ones that no sound plan breaks and `values` does.
///
/// `values` makes the sum of the row too large (or, turned round, too small). Any plan that chooses all
/// the same variables pushing that way, and none of those pushing back, has a sum at least as bad; so at
/// least one of them must differ.
fn cut(row: &Row, values: &[bool]) -> Scaled {
    let too_large = row.activity(values) > row.rhs && row.relation != Relation::AtLeast;
    let mut most = -1.0;
    let mut terms = Vec::new();
    for (variable, coefficient) in &row.terms {
        let pushes = (*coefficient > 0) == too_large;
        if *coefficient != 0 && pushes == values[*variable] {
            terms.push((*variable, if pushes { 1.0 } else { -1.0 }));
            if pushes {
                most += 1.0;
            }
        }
    }
    Scaled { terms, least: f64::NEG_INFINITY, most }
}

#[expect(clippy::cast_precision_loss, reason = "callers keep values below 2^53")]
fn float(value: i64) -> f64 {
    value as f64
}

/// Rounded down; `None` beyond what an `i64` holds.
fn whole(value: f64) -> Option<i64> {
    let floor = value.floor();
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
    (floor.abs() < 9.0e18).then_some(floor as i64)
}

#[cfg(test)]
mod tests;
