//! Explanations with HiGHS: equal to the reference integers, and true when they are applied.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test says what went wrong by failing"
)]

use akimat_allocation::allocate::{Allocated, Allocation, Effort, allocate};
use akimat_allocation::explain::money::{self, Asked, Changes};
use akimat_allocation::explain::{Cost, Depth, Explained, Explainer, Figure};
use akimat_allocation::programme::{Id, Programme};
use akimat_solver_highs::Highs;
use serde_json::Value;

#[path = "explain/honest.rs"]
mod honest;
#[path = "support/instance.rs"]
mod instance;
#[path = "explain/invented.rs"]
mod invented;

fn best(programme: &Programme) -> Allocation {
    let effort = Effort { gap_millionths: 0, ..Effort::default() };
    match allocate(programme, &Highs, &effort, &mut ()) {
        Ok(Allocated::Plan(allocation)) => allocation,
        other => panic!("{other:?}"),
    }
}

fn explained(programme: &Programme, allocation: &Allocation, threads: u8) -> Explained {
    let explainer = Explainer::new(programme, allocation, &Highs, Depth::exact()).unwrap();
    explainer.threads(threads).explain_all(&mut ()).unwrap()
}

fn same(reference: &Value, key: &str, id: &Id, figure: Option<Figure>) {
    let Some(expect) = reference[key].get(id.to_string()) else { return };
    let figure = figure.unwrap_or_else(|| panic!("{key} of {id} is missing"));
    assert_eq!(figure.label, akimat_allocation::explain::Label::Exact, "{key} of {id}: {figure:?}");
    assert_eq!(figure.value, expect.as_i64(), "{key} of {id}: {figure:?}");
}

fn reference(name: &str, instance: &str) {
    let (Some(reference), Some(instance)) = (instance::shared(name), instance::shared(instance)) else {
        return;
    };
    let programme = instance::programme(&instance);
    let allocation = best(&programme);
    assert_eq!(Some(allocation.objective), reference["optimum"].as_i64());
    let told = explained(&programme, &allocation, 2);
    assert_eq!(told.better, None);
    for one in &told.explanations {
        // Another optimal plan may have other members; the reference speaks of its own.
        same(&reference, "regret_force_in", &one.id, one.regret.as_ref().map(Cost::figure));
        same(&reference, "value_in_plan", &one.id, one.value_in_plan.as_ref().map(Cost::figure));
        same(&reference, "min_benefit_increase", &one.id, one.min_benefit_increase);
        same(&reference, "min_cost_cut_pct", &one.id, one.min_cost_cut_pct);
    }
    let effort = Effort { gap_millionths: 0, ..Effort::default() };
    let asked = Asked { programme: &programme, allocation: &allocation, solver: &Highs, effort: &effort };
    let changes = Changes { percents: vec![-5, 5], by_year: false };
    for one in money::marginal(&asked, &changes, &mut ()).unwrap() {
        let key = if one.percent > 0 { "budget_plus5" } else { "budget_minus5" };
        assert!(one.exact);
        assert_eq!(one.change, reference[key][&one.name].as_i64(), "{key} {}", one.name);
    }
}

#[test]
fn figures_of_24_projects_are_those_of_the_reference() {
    reference("explain_A_24_22.json", "p24_A_22.json");
}

#[test]
fn figures_of_40_projects_are_those_of_the_reference() {
    reference("explain_A_40_31.json", "p40_A_31.json");
}

/// Rounds are explained side by side; what is said, witnesses included, is the same on one thread.
#[test]
fn threads_change_nothing_that_is_said() {
    let Some(instance) = instance::shared("p24_A_22.json") else { return };
    let programme = instance::programme(&instance);
    let allocation = best(&programme);
    assert_eq!(explained(&programme, &allocation, 1), explained(&programme, &allocation, 3));
}
