//! HiGHS behind the trait of the programme: a relaxation that stays warm, and the search in whole numbers.

use akimat_allocation::model::Model;
use akimat_allocation::solver::{Outcome, Relaxation, Relaxed, Request, Solver, SolverError};
use highs::{Col, HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// The version of HiGHS that is linked in.
const VERSION: &str = "HiGHS 1.15.0";
/// The seed of every run.
const SEED: i32 = 1;
/// Rows with larger coefficients are scaled down by a power of two.
const COEFFICIENT_MAX: i64 = 1 << 20;
/// Stop when plan and bound are closer than this: both are whole numbers.
const GAP_ABSOLUTE: f64 = 0.5;
/// The share of the work of a large search that goes into finding better plans: a programme of hundreds is closer to
/// its bound than to its best plan. Smaller searches, which end with the proof, keep the solver's own share of 0.05.
const HEURISTIC_EFFORT: f64 = 0.2;
/// From so many columns on a search counts as large.
const LARGE_COLUMNS: usize = 400;

impl Solver for crate::Highs {
    fn name(&self) -> String {
        VERSION.to_owned()
    }

    fn relaxation(&self, model: &Model) -> Result<Box<dyn Relaxation>, SolverError> {
        if model.columns.is_empty() {
            return Ok(Box::new(Nothing { holds: holds_empty(model), rows: model.rows.len() }));
        }
        guarded(|| {
            let (built, columns) = build(model, false)?;
            let scales = model.rows.iter().map(|row| scale(&row.terms)).collect();
            let worth = model.columns.iter().map(|column| float(column.worth)).collect();
            let session = Session { model: Some(built), columns, scales, worth, terms: rows(model) };
            Ok(Box::new(session) as Box<dyn Relaxation>)
        })
    }

    fn solve(&self, request: &Request<'_>) -> Result<Outcome, SolverError> {
        if request.model.columns.is_empty() {
            return Ok(match holds_empty(request.model) {
                true => {
                    Outcome::Found { values: Some(Vec::new()), bound: 0.0, complete: true, timed_out: false }
                }
                false => Outcome::Infeasible,
            });
        }
        guarded(|| search(request))
    }
}

/// Whether a model without columns holds; HiGHS calls such a model empty and does not look at its rows.
fn holds_empty(model: &Model) -> bool {
    model
        .rows
        .iter()
        .all(|row| row.lower.is_none_or(|lower| lower <= 0) && row.upper.is_none_or(|upper| upper >= 0))
}

/// The relaxation of a model without columns: nothing may start.
struct Nothing {
    holds: bool,
    rows: usize,
}

impl Relaxation for Nothing {
    fn bound_column(&mut self, _column: usize, _lower: i64, _upper: i64) {}

    fn value_column(&mut self, _column: usize, _worth: i64) {}

    fn solve(&mut self) -> Result<Option<Relaxed>, SolverError> {
        let (values, reduced) = (Vec::new(), Vec::new());
        let relaxed = Relaxed { objective: 0.0, values, duals: vec![0.0; self.rows], reduced };
        Ok(self.holds.then_some(relaxed))
    }
}

/// The binding panics where HiGHS misbehaves; such a panic becomes an error here.
fn guarded<T>(work: impl FnOnce() -> Result<T, SolverError>) -> Result<T, SolverError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(failed("HiGHS broke off")))
}

fn failed(what: &str) -> SolverError {
    SolverError::Failed(what.to_owned())
}

/// Terms of each row, to compute reduced worth.
fn rows(model: &Model) -> Vec<Vec<(usize, i64)>> {
    model.rows.iter().map(|row| row.terms.clone()).collect()
}

/// The power of two by which a row is divided.
fn scale(terms: &[(usize, i64)]) -> f64 {
    let largest = terms.iter().map(|(_, by)| by.abs()).max().unwrap_or(1);
    let mut scale = 1.0;
    let mut limit = COEFFICIENT_MAX;
    while limit < largest {
        scale *= 2.0;
        limit *= 2;
    }
    scale
}

fn build(model: &Model, integer: bool) -> Result<(highs::Model, Vec<Col>), SolverError> {
    let mut problem = RowProblem::new();
    let mut columns = Vec::with_capacity(model.columns.len());
    for column in &model.columns {
        let (lower, upper) = (float(column.lower), column.upper.map_or(f64::INFINITY, float));
        let worth = float(column.worth);
        columns.push(if integer && column.integer {
            problem.add_integer_column(worth, lower..=upper)
        } else {
            problem.add_column(worth, lower..=upper)
        });
    }
    for row in &model.rows {
        let scale = scale(&row.terms);
        let terms: Vec<(Col, f64)> =
            row.terms.iter().map(|(c, by)| (columns[*c], float(*by) / scale)).collect();
        let lower = row.lower.map_or(f64::NEG_INFINITY, |value| float(value) / scale);
        let upper = row.upper.map_or(f64::INFINITY, |value| float(value) / scale);
        problem.add_row(lower..=upper, &terms);
    }
    let mut built =
        problem.try_optimise(Sense::Maximise).map_err(|_| failed("HiGHS did not take the model"))?;
    built.make_quiet();
    let set = [
        built.try_set_option("threads", 1),
        built.try_set_option("parallel", "off"),
        built.try_set_option("random_seed", SEED),
    ];
    if set.iter().any(Result::is_err) {
        return Err(failed("HiGHS did not take an option"));
    }
    Ok((built, columns))
}

struct Session {
    /// Taken out while HiGHS runs.
    model: Option<highs::Model>,
    columns: Vec<Col>,
    scales: Vec<f64>,
    worth: Vec<f64>,
    terms: Vec<Vec<(usize, i64)>>,
}

impl Relaxation for Session {
    fn bound_column(&mut self, column: usize, lower: i64, upper: i64) {
        if let Some(model) = &mut self.model {
            model.change_column_bounds(self.columns[column], float(lower)..=float(upper));
        }
    }

    fn value_column(&mut self, column: usize, worth: i64) {
        self.worth[column] = float(worth);
        if let Some(model) = &mut self.model {
            model.change_column_cost(self.columns[column], float(worth));
        }
    }

    fn solve(&mut self) -> Result<Option<Relaxed>, SolverError> {
        guarded(|| {
            let model = self.model.take().ok_or_else(|| failed("an earlier run broke off"))?;
            let solved = model.try_solve().map_err(|_| failed("HiGHS could not run"))?;
            let answer = match solved.status() {
                HighsModelStatus::Optimal => {
                    let solution = solved.get_solution();
                    let duals: Vec<f64> = solution
                        .dual_rows()
                        .iter()
                        .zip(&self.scales)
                        .map(|(dual, scale)| dual / scale)
                        .collect();
                    let mut reduced = self.worth.clone();
                    for (dual, terms) in duals.iter().zip(&self.terms).filter(|(dual, _)| **dual != 0.0) {
                        for (column, by) in terms {
                            reduced[*column] -= dual * float(*by);
                        }
                    }
                    let (objective, values) = (solved.objective_value(), solution.columns().to_vec());
                    Ok(Some(Relaxed { objective, values, duals, reduced }))
                }
                HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => Ok(None),
                other => Err(failed(&format!("the relaxation ended with {other:?}"))),
            };
            self.model = Some(highs::Model::from(solved));
            answer
        })
    }
}

fn search(request: &Request<'_>) -> Result<Outcome, SolverError> {
    let (mut model, columns) = build(request.model, true)?;
    for (column, lower, upper) in request.fixing {
        model.change_column_bounds(columns[*column], float(*lower)..=float(*upper));
    }
    let nodes = i32::try_from(request.limits.nodes).unwrap_or(i32::MAX);
    let time =
        request.limits.time.map_or(f64::INFINITY, |time| time.max(Duration::from_millis(10)).as_secs_f64());
    let set = [
        model.try_set_option("mip_rel_gap", f64::from(request.limits.gap_millionths) * 1e-6),
        model.try_set_option("mip_abs_gap", GAP_ABSOLUTE),
        model.try_set_option("mip_max_nodes", nodes),
        model.try_set_option("time_limit", time),
        model.try_set_option(
            "mip_heuristic_effort",
            if request.model.columns.len() >= LARGE_COLUMNS { HEURISTIC_EFFORT } else { 0.05 },
        ),
    ];
    if set.iter().any(Result::is_err) {
        return Err(failed("HiGHS did not take an option"));
    }
    if let Some(least) = request.at_least {
        // Worth is whole. The bound is of the negative, which HiGHS minimises inside. A gap would count from the bound
        // too, so it stays 0: the first values that reach the target end the search.
        let set = [
            model.try_set_option("objective_bound", 0.5 - float(least)),
            model.try_set_option("objective_target", float(least) - 0.5),
            model.try_set_option("mip_rel_gap", 0.0),
        ];
        if set.iter().any(Result::is_err) {
            return Err(failed("HiGHS did not take an option"));
        }
    }
    if let Some(begin) = request.begin {
        model
            .try_set_solution(Some(begin), None, None, None)
            .map_err(|_| failed("HiGHS did not take the plan"))?;
    }
    let solved = model.try_solve().map_err(|_| failed("HiGHS could not run"))?;
    let (complete, timed_out) = match solved.status() {
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => {
            return Ok(Outcome::Infeasible);
        }
        HighsModelStatus::Optimal => {
            (solved.mip_gap() * solved.objective_value().abs() < GAP_ABSOLUTE * 2.0, false)
        }
        HighsModelStatus::ReachedTimeLimit => (false, true),
        HighsModelStatus::ReachedIterationLimit
        | HighsModelStatus::ReachedSolutionLimit
        | HighsModelStatus::ObjectiveTarget => (false, false),
        other => return Err(failed(&format!("HiGHS ended with {other:?}"))),
    };
    let bound = solved.double_info_value(c"mip_dual_bound").map_err(|_| failed("HiGHS gave no bound"))?;
    let feasible = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let values = feasible.then(|| solved.get_solution().columns().to_vec());
    Ok(Outcome::Found { values, bound, complete, timed_out })
}

#[expect(clippy::cast_precision_loss, reason = "amounts and objectives stay below 2^53")]
fn float(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::VERSION;

    /// The version goes on record with every plan: it must be that of the library that is linked in.
    #[test]
    fn the_version_on_record_is_the_one_linked_in() {
        let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock")).unwrap();
        let entry = lock.split("[[package]]").find(|entry| entry.contains("name = \"highs-sys\"")).unwrap();
        let version = VERSION.strip_prefix("HiGHS ").unwrap();
        assert!(entry.contains(&format!("version = \"{version}\"")), "{VERSION} is on record, but {entry}");
    }
}
