//! Two solvers in turn: the small one settles easy models in milliseconds, the big one gets the rest.

use crate::envelope::solver::{BinaryModel, Limits, Outcome, Solution, Solver, SolverError};

/// Nodes the first solver may spend before the second is asked.
const FIRST_NODES_MAX: u64 = 20_000;

/// Asks `first` for a short while, then `second`, and keeps the better plan and the lower bound.
///
/// Both bounds are proven, so the lower one is too. Deterministic when both solvers are.
#[derive(Clone, Copy, Debug)]
pub struct Tandem<A, B> {
    /// Asked first, for at most 20,000 nodes.
    pub first: A,
    /// Asked when the first has no proven answer.
    pub second: B,
}

impl<A: Solver, B: Solver> Solver for Tandem<A, B> {
    /// The second solver's name: it has the last word.
    fn name(&self) -> &'static str {
        self.second.name()
    }

    fn solve(&self, model: &BinaryModel, limits: &Limits) -> Result<Outcome, SolverError> {
        let short = Limits { nodes: limits.nodes.min(FIRST_NODES_MAX), ..*limits };
        let early = match self.first.solve(model, &short) {
            Ok(Outcome::Found(found)) if !found.is_optimal() => found,
            Err(_) => return self.second.solve(model, limits),
            settled => return settled,
        };
        match self.second.solve(model, limits) {
            Ok(Outcome::Found(late)) => Ok(Outcome::Found(better(early, late))),
            // A plan is in hand, so a second solver without one is no failure.
            Err(_) => Ok(Outcome::Found(early)),
            Ok(Outcome::Infeasible) => Err(SolverError::Failed(
                "the second solver denies a plan that the first one found".to_owned(),
            )),
        }
    }
}

fn better(early: Solution, late: Solution) -> Solution {
    let bound = early.bound.min(late.bound);
    // On equal points the second solver's plan stands.
    let plan = if early.objective > late.objective { early } else { late };
    Solution { bound, ..plan }
}
