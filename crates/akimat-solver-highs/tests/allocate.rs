//! Plans against the shared instances with their best known values and proven bounds, and against trying every
//! plan of small invented programmes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test breaks off where it fails"
)]

#[path = "support/instance.rs"]
mod instance;
#[allow(dead_code, reason = "this test takes what it needs")]
#[path = "explain/invented.rs"]
mod invented;

use akimat_allocation::{
    AllocateError, Allocated, Allocation, Effort, Go, Plan, Programme, Progress, Stage, Watch, allocate,
    allocate_from, verify,
};
use akimat_solver_highs::Highs;
use serde_json::Value;

fn solved(programme: &Programme, effort: &Effort) -> Option<Allocation> {
    match allocate(programme, &Highs, effort, &mut ()).unwrap() {
        Allocated::Plan(plan) => Some(plan),
        Allocated::Infeasible => None,
    }
}

fn cases(wanted: &str) -> Vec<(Value, Programme)> {
    let Some(cases) = instance::shared("portfolio_cases.json") else { return Vec::new() };
    let list = cases["feasible"].as_array().unwrap().clone();
    let wanted = |case: &Value| case["instance_file"].as_str().is_some_and(|name| name.starts_with(wanted));
    let read = |case: Value| {
        let file = instance::shared(case["instance_file"].as_str().unwrap()).unwrap();
        let programme = instance::programme(&file);
        (case, programme)
    };
    list.into_iter().filter(wanted).map(read).collect()
}

#[test]
fn small_instances_are_proven_and_equal_the_reference() {
    for (case, programme) in cases("p24").into_iter().chain(cases("p40")) {
        let effort = Effort { gap_millionths: 0, ..Effort::default() };
        let plan = solved(&programme, &effort).unwrap();
        assert_eq!(Some(plan.objective), case["best_known"].as_i64());
        assert!(plan.is_optimal() && plan.repeatable);
        assert_eq!(verify(&programme, &plan.plan), []);
    }
}

#[test]
fn a_quick_plan_for_three_hundred_is_good_and_the_same_on_two_threads() {
    for (case, programme) in cases("p300") {
        let quick = Effort { quick: true, ..Effort::default() };
        let plan = solved(&programme, &quick).unwrap();
        let best = case["best_known"].as_i64().unwrap();
        assert!(plan.objective * 1000 >= best * 985, "{} of {best}", plan.objective);
        assert!(plan.bound >= best, "the bound {} is below a known plan", plan.bound);
        let again = solved(&programme, &Effort { threads: 2, ..quick }).unwrap();
        assert_eq!(again, plan);
    }
}

/// The gap is reached when the plans of both sides are crossed, and by neither of them before.
#[test]
fn two_plans_crossed_are_better_than_both_and_the_same_on_two_threads() {
    let Some(file) = instance::shared("p300_A_112.json") else { return };
    let programme = instance::programme(&file);
    let effort = Effort { gap_millionths: 15_800, threads: 1, ..Effort::default() };
    let mut told = Told::default();
    let allocated = allocate(&programme, &Highs, &effort, &mut told).unwrap();
    let Allocated::Plan(plan) = allocated else { panic!("there are plans") };
    assert_eq!(verify(&programme, &plan.plan), []);
    assert!(!told.stages.contains(&Stage::Proof), "the crossing reached it: {:?}", told.stages);
    assert!(told.incumbent.is_some_and(|worth| worth < plan.objective), "the rounds did not");
    assert_eq!(solved(&programme, &Effort { threads: 2, ..effort }), Some(plan));
}

/// Remembers what it was told.
#[derive(Default)]
struct Told {
    stages: Vec<Stage>,
    /// The worth of the best plan when it was told last.
    incumbent: Option<i64>,
}

impl Watch for Told {
    fn progress(&mut self, progress: &Progress, _plan: Option<&Plan>) -> Go {
        self.stages.push(progress.stage);
        self.incumbent = progress.incumbent;
        Go::On
    }
}

/// Floors 70 % higher keep the chains 6 % below the bound, which is where a small model around the relaxation works
/// beside them.
#[test]
fn tight_floors_are_met_and_threads_change_nothing() {
    let Some(mut file) = instance::shared("p300_A_101.json") else { return };
    for floors in ["district_floor", "sector_floor"] {
        for floor in file[floors].as_array_mut().unwrap() {
            *floor = Value::from(floor.as_i64().unwrap() * 170 / 100);
        }
    }
    let programme = instance::programme(&file);
    let quick = Effort { quick: true, threads: 1, ..Effort::default() };
    let plan = solved(&programme, &quick).unwrap();
    assert_eq!(verify(&programme, &plan.plan), []);
    assert!(plan.objective * 100 >= plan.bound * 94, "{} of {}", plan.objective, plan.bound);
    assert_eq!(solved(&programme, &Effort { threads: 2, ..quick }), Some(plan));
}

#[test]
fn infeasible_instances_are_infeasible() {
    for name in ["p12_A_11_infeasible.json", "p12_A_13_infeasible.json"] {
        let Some(file) = instance::shared(name) else { return };
        assert_eq!(solved(&instance::programme(&file), &Effort::default()), None);
    }
}

#[test]
fn no_plan_of_an_invented_programme_is_better() {
    let exact = Effort { gap_millionths: 0, ..Effort::default() };
    for seed in 0..60 {
        let programme = invented::programme(seed, seed % 3 == 0);
        let allowed = invented::allowed(&programme, &invented::assignments(&programme));
        let best = allowed.iter().map(|(objective, _)| *objective).max();
        for effort in [exact, Effort { quick: true, ..exact }] {
            let found = match allocate(&programme, &Highs, &effort, &mut ()) {
                Ok(Allocated::Plan(plan)) => Some(plan),
                Ok(Allocated::Infeasible) | Err(AllocateError::NothingFound) => None,
                Err(error) => panic!("seed {seed}: {error}"),
            };
            if effort.quick {
                let Some(found) = found else { continue };
                let best = best.unwrap();
                assert!(found.objective <= best && best <= found.bound, "seed {seed}");
            } else {
                assert_eq!(found.map(|plan| plan.objective), best, "seed {seed}");
            }
        }
    }
}

/// Stops at the first word.
struct Impatient;

impl Watch for Impatient {
    fn progress(&mut self, progress: &Progress, _plan: Option<&Plan>) -> Go {
        if progress.incumbent.is_some() { Go::Stop } else { Go::On }
    }
}

#[test]
fn work_cut_short_says_so_and_goes_on_from_its_plan() {
    for (_, programme) in cases("p100") {
        let effort = Effort::default();
        let Allocated::Plan(first) = allocate(&programme, &Highs, &effort, &mut Impatient).unwrap() else {
            panic!("there are plans");
        };
        assert!(!first.repeatable);
        let quick = Effort { quick: true, ..effort };
        let next = allocate_from(&programme, Some(&first.plan), (&Highs, &quick), &mut ()).unwrap();
        let Allocated::Plan(next) = next else { panic!("there are plans") };
        assert!(next.objective >= first.objective && next.bound <= first.bound);
    }
}
