//! How long explanations take: `cargo run --release -p akimat-solver-highs --example explain -- p40_A_31.json exact`.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a measurement for people")]

use akimat_allocation::allocate::{Allocated, Effort, Go, allocate};
use akimat_allocation::explain::{Depth, Explainer, Follow, Label};
use akimat_allocation::solver::Outcome;
use akimat_allocation::{Model, Relaxation, Request, Solver, SolverError};
use akimat_solver_highs::Highs;
use std::time::Instant;

#[path = "../tests/support/instance.rs"]
mod instance;

/// HiGHS, telling how long each search took when `STEPS` is set.
struct Timed;

impl Solver for Timed {
    fn name(&self) -> String {
        Solver::name(&Highs)
    }

    fn relaxation(&self, model: &Model) -> Result<Box<dyn Relaxation>, SolverError> {
        Highs.relaxation(model)
    }

    fn solve(&self, request: &Request<'_>) -> Result<Outcome, SolverError> {
        let start = Instant::now();
        let outcome = Solver::solve(&Highs, request);
        if std::env::var_os("STEPS").is_some() {
            let (fixed, columns) = (request.fixing.len(), request.model.columns.len());
            let what = match &outcome {
                Ok(Outcome::Found { bound, complete, .. }) => format!("{bound} {complete}"),
                other => format!("{:?}", other.is_ok()),
            };
            println!(
                "  {:?} {fixed} of {columns} fixed, gap {}: {what}",
                start.elapsed(),
                request.limits.gap_millionths
            );
        }
        outcome
    }
}

struct Told(Instant);

impl Follow for Told {
    fn step(&mut self, done: usize, of: usize) -> Go {
        if std::env::var_os("STEPS").is_some() {
            println!("{done}/{of} {:?}", self.0.elapsed());
        }
        Go::On
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap();
    let how = arguments.next().unwrap();
    let programme = instance::programme(&instance::shared(&file).unwrap());
    let count = programme.projects().len();
    let start = Instant::now();
    let small = count <= 60;
    let effort =
        Effort { gap_millionths: if small { 0 } else { 10_000 }, quick: !small, ..Effort::default() };
    let Ok(Allocated::Plan(allocation)) = allocate(&programme, &Highs, &effort, &mut ()) else {
        panic!("no plan")
    };
    println!("plan {} bound {} after {:?}", allocation.objective, allocation.bound, start.elapsed());
    let depth = match how.as_str() {
        "quick" => Depth::quick(),
        "kernel" => Depth::kernel(),
        "costs" => Depth { cost_cuts: false, ..Depth::exact() },
        _ => Depth::exact(),
    };
    let start = Instant::now();
    let threads =
        std::thread::available_parallelism().map_or(1, |threads| u8::try_from(threads.get()).unwrap_or(64));
    let mut explainer = Explainer::new(&programme, &allocation, &Timed, depth).unwrap().threads(threads);
    println!("opened {:?}", start.elapsed());
    let wanted: Vec<usize> = if how == "quick" || how == "kernel" {
        (0..count).filter(|project| !allocation.plan.has(*project)).collect()
    } else {
        (0..count).collect()
    };
    let told = explainer.explain(&wanted, &mut Told(start)).unwrap();
    println!(
        "{} projects explained on {threads} threads after {:?}",
        told.explanations.len(),
        start.elapsed()
    );
    for label in [Label::Exact, Label::Sufficient, Label::Interval] {
        let labelled = |list: &mut dyn Iterator<Item = Label>| list.filter(|other| *other == label).count();
        println!(
            "{label:?}: regret {}, value {}, benefit {}, cut {}",
            labelled(&mut told.explanations.iter().filter_map(|e| e.regret.as_ref().map(|c| c.label))),
            labelled(&mut told.explanations.iter().filter_map(|e| e.value_in_plan.as_ref().map(|c| c.label))),
            labelled(&mut told.explanations.iter().filter_map(|e| e.min_benefit_increase.map(|c| c.label))),
            labelled(&mut told.explanations.iter().filter_map(|e| e.min_cost_cut_pct.map(|c| c.label))),
        );
    }
    let mut uppers: Vec<i64> = told
        .explanations
        .iter()
        .filter_map(|e| e.regret.as_ref()?.upper)
        .map(|upper| upper / 10_000)
        .collect();
    uppers.sort_unstable();
    println!(
        "witnesses {} of {}, median regret {:?} points; better plan {:?}",
        uppers.len(),
        told.explanations.iter().filter(|e| e.regret.is_some()).count(),
        uppers.get(uppers.len() / 2),
        told.better_objective
    );
    if std::env::var_os("JSON").is_some() {
        println!("{}", serde_json::to_string(&told).unwrap());
    }
}
