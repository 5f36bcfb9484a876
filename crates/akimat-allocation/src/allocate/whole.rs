//! Models with help columns: small models find a first plan, then the solver searches the whole from it.
//!
//! Local search knows only starts. What the help columns are for a plan, the solver fills in.

use super::first::{GROWING, ROUND_GAP, step_of};
use super::work::{Known, PROVEN_COLUMNS, Work, proof_nodes, whole};
use super::{AllocateError, Allocated, Go, Stage};
use crate::heuristic::Point;
use crate::kernel::{Around, around_point, around_relaxation};
use crate::solver::{Outcome, Relaxed, Request};
use crate::verify::verify;

/// Starts beside its fractions that are free in the first small model around the relaxation; each further one, when
/// that held no plan, has four times as many.
const FIRST_FREE: usize = 200;

/// A checked plan with the values of all columns.
struct Filled {
    point: Point,
    values: Vec<f64>,
}

impl Work<'_> {
    /// A first plan from small models where the model is not small itself, then the whole.
    pub(super) fn whole_model(
        mut self,
        mut known: Known,
        relaxed: &Relaxed,
    ) -> Result<Allocated, AllocateError> {
        let mut best = self.filled_in(&mut known)?;
        known.take(best.as_ref().map(|best| best.point.clone()));
        if self.model.columns.len() > PROVEN_COLUMNS || self.effort.quick {
            let go = self.small_models(&mut known, relaxed, &mut best)?;
            let enough = best.is_some() && (self.effort.quick || self.done(&known));
            if go == Go::Stop || enough || !known.repeatable {
                return self.answer(&known);
            }
        }
        let limits = self.limits(proof_nodes(self.model.columns.len()), self.effort.gap_millionths);
        let begin = best.as_ref().map(|best| best.values.as_slice());
        let request = Request { begin, ..Request::new(self.model, limits) };
        match self.solver.solve(&request)? {
            Outcome::Infeasible if best.is_none() => return Ok(Allocated::Infeasible),
            // A checked plan is at hand: the solver's tolerances were at fault.
            Outcome::Infeasible => {}
            Outcome::Found { values, bound, complete, timed_out } => {
                known.repeatable &= !timed_out;
                let found = values.map(|values| self.point(&values));
                // Beside a checked plan only a checked plan counts; alone it is told why it fails.
                known.take(found.filter(|found| best.is_none() || self.sound(found)));
                let worth = known.best.as_ref().map_or(i64::MIN, |best| best.worth);
                known.bound = if complete { worth } else { known.bound.min(whole(bound)).max(worth) };
            }
        }
        self.tell(Stage::Proof, (1, 1), &mut known);
        self.answer(&known)
    }

    /// The plan to begin with, its help columns filled in, if it keeps the rules.
    fn filled_in(&self, known: &mut Known) -> Result<Option<Filled>, AllocateError> {
        let Some(begin) = self.begin else { return Ok(None) };
        let starts = self.model.starts_len();
        let mut settled: Vec<Option<bool>> =
            (0..self.model.columns.len()).map(|column| (column < starts).then_some(false)).collect();
        for (project, year) in begin.started() {
            let Some(column) = self.model.column(project, year) else { return Ok(None) };
            settled[column] = Some(true);
        }
        self.small_model(known, &settled, None)
    }

    /// Small models around the relaxation until one holds a plan, then around that plan.
    fn small_models(
        &mut self,
        known: &mut Known,
        relaxed: &Relaxed,
        best: &mut Option<Filled>,
    ) -> Result<Go, AllocateError> {
        let mut free = FIRST_FREE;
        while best.is_none() && free < self.model.starts_len() {
            *best = self.small_model(known, &around_relaxation(self.model, relaxed, free), None)?;
            known.take(best.as_ref().map(|best| best.point.clone()));
            if self.tell(Stage::Heuristic, (1, 1), known) == Go::Stop {
                return Ok(Go::Stop);
            }
            free *= 4;
        }
        for (step, round) in (1..).zip(&GROWING) {
            if known.beyond(round.beyond).is_none() || self.done(known) {
                break;
            }
            let Some(from) = &*best else { break };
            let around = Around { free: round.free, drawn: 0, seed: self.effort.seed };
            let settled = around_point(self.model, relaxed, (&from.point, around));
            let found = self.small_model(known, &settled, Some(from))?;
            if let Some(found) = found.filter(|found| found.point.worth > from.point.worth) {
                known.take(Some(found.point.clone()));
                *best = Some(found);
            }
            if self.tell(Stage::Kernel, (step, step_of(&GROWING)), known) == Go::Stop {
                return Ok(Go::Stop);
            }
        }
        Ok(Go::On)
    }

    /// The best plan of a model whose starts are settled but for some, solved at its root, if that holds one.
    fn small_model(
        &self,
        known: &mut Known,
        settled: &[Option<bool>],
        begin: Option<&Filled>,
    ) -> Result<Option<Filled>, AllocateError> {
        let Some(small) = self.model.restricted(settled) else { return Ok(None) };
        let from: Option<Vec<f64>> =
            begin.map(|begin| small.map.iter().map(|column| begin.values[*column]).collect());
        let limits = self.limits(1, ROUND_GAP);
        let request = Request { begin: from.as_deref(), ..Request::new(&small.model, limits) };
        let Outcome::Found { values: Some(found), timed_out, .. } = self.solver.solve(&request)? else {
            return Ok(None);
        };
        known.repeatable &= !timed_out;
        let mut values: Vec<f64> =
            settled.iter().map(|value| if *value == Some(true) { 1.0 } else { 0.0 }).collect();
        for (column, value) in small.map.iter().zip(found) {
            values[*column] = value;
        }
        let point = self.point(&values);
        Ok(self.sound(&point).then_some(Filled { point, values }))
    }

    /// Whether the plan passes the independent check.
    fn sound(&self, point: &Point) -> bool {
        verify(self.programme, &self.model.plan(&point.values)).is_empty()
    }

    /// The starts among the values, with what the plan is worth by the programme's own sums.
    fn point(&self, values: &[f64]) -> Point {
        let values: Vec<bool> = values.iter().map(|value| *value > 0.5).collect();
        let worth = self.programme.objective(&self.model.plan(&values));
        Point { values, worth }
    }
}
