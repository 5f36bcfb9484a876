//! The stages of the work, each with limits that are counted, not timed.

use super::{AllocateError, Allocated, Allocation, Effort, Go, Progress, Stage, Watch};
use crate::bound::Certificate;
use crate::heuristic::Point;
use crate::kernel::{self, Around};
use crate::model::Model;
use crate::programme::{Plan, Programme};
use crate::solver::{Limits, Outcome, Relaxed, Request, Solver};
use crate::verify::verify;
use std::time::Duration;

/// One programme being solved.
pub(super) struct Work<'a> {
    pub(super) programme: &'a Programme,
    pub(super) model: &'a Model,
    pub(super) solver: &'a dyn Solver,
    pub(super) effort: &'a Effort,
    pub(super) watch: &'a mut dyn Watch,
    /// A plan to begin with.
    pub(super) begin: Option<&'a Plan>,
}

/// Up to so many columns a solver proves the plan in seconds.
pub(super) const PROVEN_COLUMNS: usize = 160;
/// From so many columns on, small models come before the search for the proof.
pub(super) const LARGE_COLUMNS: usize = 1_500;
/// Nodes of one small model at most.
const KERNEL_NODES: u32 = 200;
/// Rounds of small models at most.
const KERNEL_ROUNDS: u32 = 8;

/// A quick answer to a large programme is not made better when it is as close as this, in units of 1e-6.
const QUICK_GAP: u32 = 10_000;

/// What is known so far.
pub(super) struct Known {
    pub(super) best: Option<Point>,
    /// Nothing is worth more.
    pub(super) bound: i64,
    /// No clock and no person cut the work short.
    pub(super) repeatable: bool,
}

impl Known {
    /// Keeps the better point.
    pub(super) fn take(&mut self, found: Option<Point>) {
        let worth = self.best.as_ref().map(|best| best.worth);
        if let Some(found) = found.filter(|found| worth.is_none_or(|worth| found.worth > worth)) {
            self.best = Some(found);
        }
    }

    /// The best point, if it is further from the bound than a share of its worth in units of 1e-6.
    pub(super) fn beyond(&self, gap_millionths: u32) -> Option<&Point> {
        self.best.as_ref().filter(|best| {
            let gap = i128::from(self.bound.saturating_sub(best.worth)) * 1_000_000;
            gap > i128::from(best.worth) * i128::from(gap_millionths)
        })
    }
}

impl Work<'_> {
    pub(super) fn run(mut self) -> Result<Allocated, AllocateError> {
        let Some(relaxed) = self.solver.relaxation(self.model)?.solve()? else {
            return Ok(Allocated::Infeasible);
        };
        let certificate = Certificate::new(self.model, &relaxed.duals, &Vec::new());
        let bound = certificate.as_ref().map_or(whole(relaxed.objective), Certificate::bound);
        let mut known = Known { best: self.begun(), bound, repeatable: true };
        if self.tell(Stage::Relaxation, (1, 1), &mut known) == Go::Stop {
            return self.answer(&known);
        }
        if !self.model.is_plain() {
            return self.whole_model(known, &relaxed);
        }
        self.search(&mut known, &relaxed, certificate.as_ref())?;
        if known.best.is_none() && known.bound == i64::MIN {
            return Ok(Allocated::Infeasible);
        }
        self.answer(&known)
    }

    /// The plan to begin with as a point, if it keeps every row.
    fn begun(&self) -> Option<Point> {
        let mut values = vec![false; self.model.columns.len()];
        for (project, year) in self.begin?.started() {
            values[self.model.column(project, year)?] = true;
        }
        self.model.is_plain().then(|| kernel::point(self.model, values)).flatten()
    }

    /// A first plan at once, then whatever suits the size: a solver searches a programme of hundreds itself, one of
    /// thousands needs small models around the relaxation first.
    fn search(
        &mut self,
        known: &mut Known,
        relaxed: &Relaxed,
        certificate: Option<&Certificate>,
    ) -> Result<(), AllocateError> {
        let columns = self.model.columns.len();
        if (columns > PROVEN_COLUMNS || self.effort.quick) && self.first(known, relaxed)? == Go::Stop {
            return Ok(());
        }
        if self.effort.quick || self.done(known) || !known.repeatable {
            return Ok(());
        }
        self.proof(known, certificate)
    }

    /// Small models around the relaxation, then around the best plan.
    pub(super) fn large(&mut self, known: &mut Known, relaxed: &Relaxed) -> Result<(), AllocateError> {
        // A small model need not be solved much closer than the whole answer is wanted.
        let gap = (self.effort.gap_millionths / 3).max(20);
        let mut free = if self.model.columns.len() <= LARGE_COLUMNS { 200 } else { 800 };
        while known.best.is_none() {
            let settled = kernel::around_relaxation(self.model, relaxed, free);
            let limits = self.limits(KERNEL_NODES, gap);
            known.take(kernel::settle(self.model, &settled, (self.solver, limits), None)?);
            let everything = settled.iter().all(Option::is_none);
            if self.tell(Stage::Kernel, (0, KERNEL_ROUNDS), known) == Go::Stop || self.done(known) {
                return Ok(());
            }
            if everything {
                break;
            }
            free *= 4;
        }
        // The search for the proof is the better next step where it can end.
        let rounds = match self.model.columns.len() {
            ..=LARGE_COLUMNS => 0,
            _ if self.effort.quick => u32::from(known.beyond(QUICK_GAP).is_some()),
            _ => KERNEL_ROUNDS,
        };
        for round in 1..=rounds {
            let Some(point) = &known.best else { break };
            let seed = self.effort.seed.wrapping_add(u64::from(round));
            let around = Around { free: 300, drawn: 200, seed };
            let limits = self.limits(KERNEL_NODES, gap);
            let found = kernel::round(self.model, relaxed, (point, around), (self.solver, limits))?;
            known.take(Some(found));
            if self.tell(Stage::Kernel, (round, rounds), known) == Go::Stop || self.done(known) {
                break;
            }
        }
        Ok(())
    }

    /// The search for the proof, in slices: each begins with the best plan so far and leaves out what that plan
    /// has settled.
    fn proof(&mut self, known: &mut Known, certificate: Option<&Certificate>) -> Result<(), AllocateError> {
        let nodes = proof_nodes(self.model.columns.len());
        let slices: &[u32] = if self.model.columns.len() <= PROVEN_COLUMNS { &[1] } else { &[12, 4, 1] };
        let count = u32::try_from(slices.len()).unwrap_or(1);
        for (step, part) in (1..).zip(slices) {
            let ended = self.proof_slice(known, certificate, nodes / part)?;
            let go = self.tell(Stage::Proof, (step, count), known);
            if ended || go == Go::Stop || self.done(known) {
                break;
            }
        }
        Ok(())
    }

    /// One slice over the columns that the bound leaves open; whether the search came to its end.
    fn proof_slice(
        &mut self,
        known: &mut Known,
        certificate: Option<&Certificate>,
        nodes: u32,
    ) -> Result<bool, AllocateError> {
        let settled = self.settled(known, certificate);
        let Some(small) = self.model.restricted(&settled) else {
            // No plan better than the best one satisfies the rows.
            known.bound = known.best.as_ref().map_or(i64::MIN, |best| best.worth);
            return Ok(true);
        };
        let begin: Option<Vec<f64>> = known.best.as_ref().map(|point| {
            small.map.iter().map(|column| if point.values[*column] { 1.0 } else { 0.0 }).collect()
        });
        let limits = self.limits(nodes, self.effort.gap_millionths);
        let request = Request { begin: begin.as_deref(), ..Request::new(&small.model, limits) };
        let outcome = self.solver.solve(&request)?;
        let floor = known.best.as_ref().map_or(i64::MIN, |best| best.worth);
        match outcome {
            Outcome::Infeasible => {
                known.bound = floor;
                Ok(true)
            }
            Outcome::Found { values, bound, complete, timed_out } => {
                known.repeatable &= !timed_out;
                let mut bound = whole(bound).saturating_add(small.worth);
                if let Some(values) = values {
                    let mut chosen: Vec<bool> = settled.iter().map(|value| value.unwrap_or(false)).collect();
                    for (column, value) in small.map.iter().zip(values) {
                        chosen[*column] = value > 0.5;
                    }
                    let found = kernel::point(self.model, chosen);
                    if complete && let Some(found) = &found {
                        bound = found.worth;
                    }
                    if found.as_ref().is_some_and(|found| found.worth > floor) {
                        known.best = found;
                    }
                }
                let floor = known.best.as_ref().map_or(i64::MIN, |best| best.worth);
                known.bound = known.bound.min(bound).max(floor);
                Ok(complete || timed_out)
            }
        }
    }

    /// Columns that no better plan turns round.
    fn settled(&self, known: &Known, certificate: Option<&Certificate>) -> Vec<Option<bool>> {
        let (Some(best), Some(certificate)) = (&known.best, certificate) else {
            return vec![None; self.model.columns.len()];
        };
        let open = |column: usize, value: bool| certificate.bound_with(column, value) > best.worth;
        (0..self.model.columns.len())
            .map(|column| match (open(column, false), open(column, true)) {
                (true, true) => None,
                (false, true) => Some(true),
                (true, false) => Some(false),
                // Nothing is better than the best plan: keep it.
                (false, false) => Some(best.values[column]),
            })
            .collect()
    }

    pub(super) fn limits(&self, nodes: u32, gap_millionths: u32) -> Limits {
        let time = self.watch.time_left();
        Limits { nodes, time: time.map(|time| time.max(Duration::from_millis(20))), gap_millionths }
    }

    fn plan(&self, known: &Known) -> Option<Plan> {
        known.best.as_ref().map(|best| self.model.plan(&best.values))
    }

    pub(super) fn tell(&mut self, stage: Stage, (step, of): (u32, u32), known: &mut Known) -> Go {
        let incumbent = known.best.as_ref().map(|best| best.worth);
        let progress = Progress { stage, incumbent, bound: Some(known.bound), step, of };
        let plan = self.plan(known);
        let mut go = self.watch.progress(&progress, plan.as_ref());
        if self.watch.time_left().is_some_and(|left| left.is_zero()) {
            go = Go::Stop;
        }
        if go == Go::Stop && stage != Stage::Proof {
            known.repeatable = false;
        }
        go
    }

    /// Whether plan and bound are as close as wanted.
    pub(super) fn done(&self, known: &Known) -> bool {
        known.best.is_some() && known.beyond(self.effort.gap_millionths).is_none()
    }

    pub(super) fn answer(self, known: &Known) -> Result<Allocated, AllocateError> {
        let best = known.best.as_ref().ok_or(AllocateError::NothingFound)?;
        let plan = self.model.plan(&best.values);
        let faults = verify(self.programme, &plan);
        if !faults.is_empty() {
            return Err(AllocateError::PlanFails(faults));
        }
        let objective = self.programme.objective(&plan);
        Ok(Allocated::Plan(Allocation {
            plan,
            objective,
            bound: known.bound.max(objective),
            solver: self.solver.name(),
            seed: self.effort.seed,
            repeatable: known.repeatable,
        }))
    }
}

/// Nodes of the search for the proof.
pub(super) fn proof_nodes(columns: usize) -> u32 {
    let columns = u32::try_from(columns).unwrap_or(u32::MAX);
    (6_000_000 / columns.max(1)).clamp(1_000, 1_000_000)
}

/// A solver's bound rounded down, after a margin above its own error.
pub(super) fn whole(bound: f64) -> i64 {
    let floor = (bound + 1e-6 + bound.abs() * 1e-9).floor();
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
    let whole = if floor.abs() < 9.0e18 { floor as i64 } else { i64::MAX };
    whole
}
