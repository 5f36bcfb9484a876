//! A good plan at once: rounding guided by the relaxation, then seeded local search in whole numbers.
//!
//! The search works on the rows and columns of any [`Model`] whose columns are all 0 or 1. Limits from above
//! are kept at every step; floors may be broken on the way, at a price, and a plan that breaks one is never
//! handed out. Moves are counted, not timed, and the thresholds are whole numbers, so that the same model and
//! seed give the same plan on every machine.

mod chance;
mod state;

pub use chance::SplitMix64;

use crate::model::Model;
use crate::solver::Relaxed;
use state::State;

/// How one chain of the local search runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    /// Seed.
    pub(crate) seed: u64,
    /// The first threshold is what a typical column is worth divided by this.
    pub(crate) cool: i64,
    /// Columns looked at by all moves together.
    pub(crate) looks: usize,
    /// Stops at the first point that keeps every row.
    pub(crate) first: bool,
    /// Mends a broken floor before it takes in what is worth most, until it has found a point that keeps every row.
    pub(crate) mends: bool,
}

/// Columns looked at by all moves of one chain together.
const LOOKS: usize = 9_000_000;
/// The same from so many columns on: fewer would be too few moves for them.
const LOOKS_LARGE: (usize, usize) = (1_501, 30_000_000);
/// The same where any point that keeps every row will do.
const LOOKS_FIRST: usize = 5_000_000;
/// Moves of one chain at most.
const MOVES_MAX: usize = 100_000;
/// Chains of one search: hot ones wander, cold ones settle; which does better depends on the floors.
const COOL: [i64; 3] = [10, 20, 40];

/// A 0-1 point of the model and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    /// By column.
    pub(crate) values: Vec<bool>,
    /// In units of 1e-4 points.
    pub(crate) worth: i64,
}

/// The best point that a few chains find from the relaxation, or `None` when none kept every row: first
/// [`mixed`], then [`mending`] ones.
pub(crate) fn search(model: &Model, relaxed: &Relaxed, seed: u64, threads: u8) -> Option<Point> {
    mixed(model, relaxed, seed, threads).or_else(|| mending(model, relaxed, seed, threads))
}

/// The best point of three chains of which one mends floors first, which costs worth. Chains know nothing of one
/// another, so the answer is the same on one thread or several.
pub(crate) fn mixed(model: &Model, relaxed: &Relaxed, seed: u64, threads: u8) -> Option<Point> {
    best_of(model, relaxed, (chains(model, seed, [false, false, true]), threads))
}

/// The best point of three chains that all mend floors first.
pub(crate) fn mending(model: &Model, relaxed: &Relaxed, seed: u64, threads: u8) -> Option<Point> {
    best_of(model, relaxed, (chains(model, seed, [true; 3]), threads))
}

fn chains(model: &Model, seed: u64, mends: [bool; 3]) -> [Chain; 3] {
    let looks = if model.columns.len() >= LOOKS_LARGE.0 { LOOKS_LARGE.1 } else { LOOKS };
    [0, 1, 2].map(|at| Chain { seed, cool: COOL[at], looks, first: false, mends: mends[at] })
}

/// The best point of some chains.
fn best_of(model: &Model, relaxed: &Relaxed, (chains, threads): ([Chain; 3], u8)) -> Option<Point> {
    let run = |chain: Chain| one(model, relaxed, chain);
    let found: Vec<Option<Point>> = if threads > 1 {
        std::thread::scope(|scope| {
            let workers = chains.map(|chain| scope.spawn(move || run(chain)));
            workers.into_iter().map(|worker| worker.join().ok().flatten()).collect()
        })
    } else {
        chains.into_iter().map(run).collect()
    };
    // The first of the best: the order of the chains, not of their ends.
    found.into_iter().flatten().reduce(|best, next| if next.worth > best.worth { next } else { best })
}

/// Any point that keeps every row, looked for briefly from the relaxation: what the columns are worth only guides the
/// search.
pub(crate) fn any(model: &Model, relaxed: &Relaxed, seed: u64) -> Option<Point> {
    one(model, relaxed, Chain { seed, cool: COOL[1], looks: LOOKS_FIRST, first: true, mends: true })
}

fn one(model: &Model, relaxed: &Relaxed, chain: Chain) -> Option<Point> {
    let mut state = State::new(model, relaxed);
    let order = order(relaxed);
    state.fill(order.iter().copied().filter(|column| relaxed.values[*column] > 0.5));
    state.fill(order.into_iter());
    state.anneal(model, relaxed, chain)
}

/// The columns in the order in which the relaxation would take them: the largest parts first, then by reduced
/// worth.
fn order(relaxed: &Relaxed) -> Vec<usize> {
    let mut order: Vec<usize> = (0..relaxed.values.len()).collect();
    order.sort_by(|a, b| {
        let by_value = relaxed.values[*b].total_cmp(&relaxed.values[*a]);
        by_value.then(relaxed.reduced[*b].total_cmp(&relaxed.reduced[*a])).then(a.cmp(b))
    });
    order
}
