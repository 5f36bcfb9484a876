//! Solves an instance with each extension in turn and prints how long it takes:
//! `cargo run --release -p akimat-solver-highs --example extensions -- p300_A_101.json`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "an example prints and breaks off"
)]
#![allow(dead_code, reason = "the instance reader is that of the tests")]

#[path = "../tests/support/instance.rs"]
mod instance;

use akimat_allocation::by_rank::rank_and_cut;
use akimat_allocation::extension::{Approved, Capacity, CarryOver, RobustCap, Stability, Synergy, TailMean};
use akimat_allocation::fairness::{Goal, fair};
use akimat_allocation::nested::nested;
use akimat_allocation::relax::diagnose;
use akimat_allocation::variety::{Wanted, varied};
use akimat_allocation::{
    AllocateError, Allocated, Allocation, Draft, Effort, Extensions, Go, Id, Limits, Plan, Programme,
    Progress, Watch, allocate,
};
use akimat_solver_highs::Highs;
use std::time::{Duration, Instant};

/// An emergency stop after so many seconds.
const SECONDS: u64 = 20;

struct Clock(Instant);

impl Watch for Clock {
    fn progress(&mut self, _progress: &Progress, _plan: Option<&Plan>) -> Go {
        Go::On
    }

    fn time_left(&self) -> Option<Duration> {
        Some(Duration::from_secs(SECONDS).saturating_sub(self.0.elapsed()))
    }
}

fn solve(programme: &Programme) -> Result<Allocated, AllocateError> {
    let effort = Effort { gap_millionths: 10_000, ..Effort::default() };
    allocate(programme, &Highs, &effort, &mut Clock(Instant::now()))
}

fn timed(name: &str, draft: &Draft) -> Option<Allocation> {
    let start = Instant::now();
    let programme = draft.clone().check().unwrap();
    match solve(&programme) {
        Ok(Allocated::Plan(plan)) => {
            println!("{name}: {} gap {:.3} % in {:.1?}", plan.objective, plan.gap() * 100.0, start.elapsed());
            Some(plan)
        }
        other => {
            println!("{name}: {other:?} in {:.1?}", start.elapsed());
            None
        }
    }
}

fn main() {
    let name = std::env::args().nth(1).unwrap_or_else(|| "p300_A_101.json".to_owned());
    let value = instance::shared(&name).unwrap();
    let mut draft = instance::draft(&value);
    for (part, population) in draft.districts.iter_mut().zip(value["population_k"].as_array().unwrap()) {
        part.population = population.as_i64();
    }
    let plain = timed("plain", &draft).unwrap();
    extensions(&draft, &plain);
    beside(&draft, &plain);
}

fn extensions(draft: &Draft, plain: &Allocation) {
    let with = |name: &str, extensions: Extensions| {
        timed(name, &Draft { extensions, ..draft.clone() });
    };
    let n = i64::try_from(draft.projects.len()).unwrap();
    let approved = plain
        .plan
        .started()
        .step_by(2)
        .map(|(project, start)| Approved { id: Id::Number(i64::try_from(project).unwrap()), start });
    let stability = Some(Stability { approved: approved.collect(), points_per_change: 20 });
    with("stability", Extensions { stability, ..Extensions::default() });
    let synergies = (0..n / 2).map(|i| Synergy {
        first: Id::Number(i),
        second: Id::Number(n - 1 - i),
        points: (i % 7 - 3) * 20,
    });
    with("synergy", Extensions { synergies: synergies.collect(), ..Extensions::default() });
    let carry_over = vec![CarryOver { source: "own".to_owned(), permille: 200 }];
    with("carry-over", Extensions { carry_over, ..Extensions::default() });
    let robust = RobustCap { source: "own".to_owned(), projects: 5, permille: 300, deviations: vec![] };
    with("robust", Extensions { robust: vec![robust], ..Extensions::default() });
    let scenario = |q: i64| (0..n).map(|i| 500 + (i * 7919 + q * 104_729) % 900).collect();
    let scenarios = (0..20).map(scenario).collect();
    let tail_mean = Some(TailMean { scenarios, worst: 2, weight_permille: 1_000 });
    with("worst scenarios", Extensions { tail_mean, ..Extensions::default() });
    let capacity = vec![Capacity { sector: 0, starts: vec![2; 5] }];
    with("capacity", Extensions { capacity, ..Extensions::default() });
}

fn beside(draft: &Draft, plain: &Allocation) {
    let programme = draft.clone().check().unwrap();
    let time = Some(Duration::from_secs(SECONDS));
    let limits = Limits { nodes: 2_000, time, gap_millionths: 10_000 };
    for goal in [Goal::Maximin, Goal::Leximin, Goal::Nash] {
        let start = Instant::now();
        match fair(&programme, goal, &Highs, &limits) {
            Ok(Some(found)) => println!("{goal:?}: proven {} in {:.1?}", found.proven, start.elapsed()),
            other => println!("{goal:?}: {other:?} in {:.1?}", start.elapsed()),
        }
    }
    let start = Instant::now();
    let listed = rank_and_cut(&programme);
    println!(
        "by rank: {} ({} floors missed) in {:.1?}",
        listed.objective,
        listed.faults.len(),
        start.elapsed()
    );
    let start = Instant::now();
    let wanted = Wanted { plans: 3, differing: 12, worth_permille: 980 };
    let variants = varied(&programme, &plain.plan, &wanted, (&Highs, &limits)).unwrap();
    println!("{} variants in {:.1?}", variants.len(), start.elapsed());
    let start = Instant::now();
    let steps = nested(&programme, &[900, 1100], 1000, &mut solve).unwrap();
    let worths: Vec<_> = steps.iter().map(|step| step.plan.as_ref().map(|plan| plan.objective)).collect();
    println!("nested {worths:?} in {:.1?}", start.elapsed());
    let mut poor = draft.clone();
    for budget in poor.sources.iter_mut().flat_map(|source| &mut source.budget) {
        *budget /= 3;
    }
    let start = Instant::now();
    let found = diagnose(&poor.check().unwrap(), &Highs, &limits).unwrap();
    let clash = found.as_ref().and_then(|found| found.clash.as_ref());
    let proven = clash.map(|clash| (clash.rules.len(), clash.irreducible));
    println!("way out of a third of the money: {proven:?} in {:.1?}", start.elapsed());
}
