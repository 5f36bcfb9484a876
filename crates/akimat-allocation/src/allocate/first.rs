//! The first plan of hundreds of projects: local search, then small models around what it finds, two side by side.

use super::work::{Known, LARGE_COLUMNS, Work};
use super::{AllocateError, Go, Stage};
use crate::heuristic::{self, Point};
use crate::kernel::{self, Around};
use crate::model::Model;
use crate::solver::{Limits, Relaxed, Solver, SolverError};
use std::panic::resume_unwind;
use std::thread::ScopedJoinHandle;
use std::time::Duration;

/// A small model around the best plan so far, solved at its root.
pub(super) struct Round {
    /// Starts free by reduced worth, beside those where relaxation and plan differ.
    pub(super) free: usize,
    /// Starts free by chance among the next.
    drawn: usize,
    /// It is solved when the plan is further from the bound, in units of 1e-6 of its worth.
    pub(super) beyond: u32,
}

impl Round {
    const fn of(free: usize, drawn: usize, beyond: u32) -> Self {
        Self { free, drawn, beyond }
    }
}

/// Rounds of growing models, for models with help columns, few starts or tight floors.
pub(super) const GROWING: [Round; 3] =
    [Round::of(80, 0, 15_000), Round::of(120, 0, 24_000), Round::of(160, 0, 28_000)];
/// Rounds of small models where a larger one is solved beside them.
const SMALL: [Round; 3] = [Round::of(80, 0, 15_000), Round::of(40, 40, 15_000), Round::of(40, 40, 15_000)];
/// Small models around a first plan are not solved closer than this, in units of 1e-6.
pub(super) const ROUND_GAP: u32 = 3_000;
/// A first plan this far from the bound, in units of 1e-6 of its worth, tells of tight floors: what stands beside it is
/// then a model around the relaxation with so many starts free beside its fractions.
const FAR: u32 = 45_000;
const FREE: usize = 200;
/// Starts free in the larger model around a first plan that is not far.
const LARGER: usize = 160;
/// Starts free by reduced worth where two plans are crossed, beside those in which they differ.
const CROSSED: usize = 40;

/// What is solved beside the rounds, at its root.
enum Beside {
    /// A model around the relaxation.
    Relaxation,
    /// A larger model around the first plan.
    Plan(Point),
}

impl Beside {
    fn solve(
        &self,
        (model, relaxed): (&Model, &Relaxed),
        (solver, limits): (&dyn Solver, Limits),
    ) -> Result<Option<Point>, SolverError> {
        match self {
            Self::Relaxation => {
                let settled = kernel::around_relaxation(model, relaxed, FREE);
                kernel::settle(model, &settled, (solver, limits), None)
            }
            Self::Plan(point) => {
                let around = Around { free: LARGER, drawn: 0, seed: 0 };
                kernel::round(model, relaxed, (point, around), (solver, limits)).map(Some)
            }
        }
    }
}

/// Work on a thread of its own, or to be done later on this one.
enum Aside<'scope, F> {
    Now(ScopedJoinHandle<'scope, Result<Option<Point>, SolverError>>),
    Later(F),
}

impl<F: FnOnce() -> Result<Option<Point>, SolverError>> Aside<'_, F> {
    fn end(self) -> Result<Option<Point>, SolverError> {
        match self {
            Self::Now(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Self::Later(work) => work(),
        }
    }
}

impl Work<'_> {
    /// A first plan, `Stop` when it is good enough or the work was stopped. Up to [`LARGE_COLUMNS`] small models around what
    /// the chains find are solved one after the other, and another one beside them, or after them on one thread; in
    /// the end the two plans are crossed. Neither side sees what the other finds, so threads change nothing.
    pub(super) fn first(&mut self, known: &mut Known, relaxed: &Relaxed) -> Result<Go, AllocateError> {
        let (model, solver, effort) = (self.model, self.solver, self.effort);
        if model.columns.len() > LARGE_COLUMNS {
            if effort.quick {
                known.take(heuristic::search(model, relaxed, effort.seed, effort.threads));
            }
            if self.tell(Stage::Heuristic, (1, 1), known) == Go::Stop || self.done(known) {
                return Ok(Go::Stop);
            }
            self.large(known, relaxed)?;
            return Ok(Go::On);
        }
        known.take(heuristic::mixed(model, relaxed, effort.seed, effort.threads));
        // An eighth of the time is left for the crossing.
        let reserve = self.watch.time_left().map(|left| left / 8).unwrap_or_default();
        let beside = self.beside(known);
        let rounds = if matches!(beside, Some(Beside::Plan(_))) { SMALL } else { GROWING };
        let limits = self.limits_but(reserve);
        std::thread::scope(|scope| {
            let mut aside = beside.map(|beside| {
                let work = move || beside.solve((model, relaxed), (solver, limits));
                if effort.threads > 1 { Aside::Now(scope.spawn(work)) } else { Aside::Later(work) }
            });
            if known.best.is_none() {
                known.take(heuristic::mending(model, relaxed, effort.seed, effort.threads));
            }
            if known.best.is_none()
                && let Some(aside) = aside.take()
            {
                known.take(aside.end()?);
            }
            let found = known.best.is_some();
            if self.tell(Stage::Heuristic, (1, 1), known) == Go::Stop || self.done(known) {
                return Ok(Go::Stop);
            }
            if !found {
                self.large(known, relaxed)?;
            }
            let go = self.rounds(known, relaxed, (&rounds, reserve))?;
            match aside {
                Some(aside) if go == Go::On => self.cross(known, relaxed, aside.end()?)?,
                // Stopped: what is under way is not lost, and nothing new begins.
                Some(aside @ Aside::Now(_)) => known.take(aside.end()?),
                _ => {}
            }
            if self.watch.time_left().is_some_and(|left| left <= reserve) {
                known.repeatable = false;
            }
            Ok(go)
        })
    }

    /// What is worth solving beside the rounds. A quick answer does without the larger model, which takes about half
    /// a second and gains about a quarter of a percent.
    fn beside(&self, known: &Known) -> Option<Beside> {
        if self.model.columns.len() <= 2 * FREE || self.done(known) {
            return None;
        }
        let Some(best) = &known.best else { return Some(Beside::Relaxation) };
        if known.beyond(FAR).is_some() {
            return Some(Beside::Relaxation);
        }
        let larger = known.beyond(SMALL[0].beyond).filter(|_| !self.effort.quick);
        larger.map(|_| Beside::Plan(best.clone()))
    }

    /// The limits of a small model that leave some time to what follows.
    fn limits_but(&self, reserve: Duration) -> Limits {
        let limits = self.limits(1, ROUND_GAP);
        let time = limits.time.map(|time| time.saturating_sub(reserve).max(Duration::from_millis(20)));
        Limits { time, ..limits }
    }

    /// Small models around the best plan, each solved at its root: where floors are tight, local search alone stays some
    /// percent below.
    fn rounds(
        &mut self,
        known: &mut Known,
        relaxed: &Relaxed,
        (rounds, reserve): (&[Round], Duration),
    ) -> Result<Go, AllocateError> {
        for (step, round) in (1..).zip(rounds) {
            let late = self.watch.time_left().is_some_and(|left| left <= reserve);
            let Some(point) = known.beyond(round.beyond).filter(|_| !late && !self.done(known)) else {
                break;
            };
            let seed = self.effort.seed.wrapping_add(u64::from(step));
            let around = Around { free: round.free, drawn: round.drawn, seed };
            let limits = self.limits_but(reserve);
            let found = kernel::round(self.model, relaxed, (point, around), (self.solver, limits))?;
            known.take(Some(found));
            if self.tell(Stage::Kernel, (step, step_of(rounds)), known) == Go::Stop {
                return Ok(Go::Stop);
            }
        }
        Ok(Go::On)
    }

    /// The better of two plans, or the best one among those that begin with either what both do or one of them does.
    fn cross(
        &mut self,
        known: &mut Known,
        relaxed: &Relaxed,
        found: Option<Point>,
    ) -> Result<(), AllocateError> {
        let Some(found) = found else { return Ok(()) };
        let other = known.best.clone();
        known.take(Some(found.clone()));
        if let (Some(other), Some(best)) = (other.filter(|other| *other != found), &known.best)
            && !self.done(known)
        {
            let settled = kernel::between(self.model, relaxed, (&other, &found), CROSSED);
            let limits = self.limits(1, ROUND_GAP);
            let crossed = kernel::settle(self.model, &settled, (self.solver, limits), Some(best))?;
            known.take(crossed);
        }
        Ok(())
    }
}

/// How many steps the rounds have.
pub(super) fn step_of(rounds: &[Round]) -> u32 {
    u32::try_from(rounds.len()).unwrap_or(u32::MAX)
}
