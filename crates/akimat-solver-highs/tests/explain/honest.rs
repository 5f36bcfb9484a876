//! Every statement is applied to the programme and held against all plans that there are.

use super::invented::{allowed, assignments, cut, programme};
use akimat_allocation::allocate::{Allocated, Allocation, Effort, allocate};
use akimat_allocation::explain::{Cost, Depth, Explainer, Explanation, Figure, Label, Start};
use akimat_allocation::programme::{Plan, Programme};
use akimat_allocation::verify;
use akimat_solver_highs::Highs;

/// The truth about one project.
struct Truth {
    cost: Option<i64>,
    benefit: Option<i64>,
}

fn plan_of(programme: &Programme, started: &[Start]) -> Plan {
    let mut plan = Plan::empty(programme.projects().len());
    for start in started {
        plan.starts[programme.find(&start.id).unwrap()] = Some(start.start);
    }
    plan
}

/// The label says no more than the truth.
fn holds(figure: &Figure, truth: Option<i64>, what: &str) {
    match (figure.label, truth) {
        (Label::Exact, truth) => assert_eq!(figure.value, truth, "{what}: {figure:?}"),
        (_, Some(truth)) => {
            assert!(figure.lower.is_none_or(|lower| lower <= truth), "{what}: {figure:?}, truly {truth}");
            assert!(figure.upper.is_none_or(|upper| upper >= truth), "{what}: {figure:?}, truly {truth}");
        }
        (_, None) => assert_eq!(figure.upper, None, "{what}: {figure:?}, truly never"),
    }
}

fn witness(programme: &Programme, cost: &Cost, project: usize, inside: bool, objective: i64) {
    let Some(started) = &cost.witness else { return };
    let plan = plan_of(programme, started);
    assert_eq!(verify(programme, &plan), [], "the witness is a plan");
    assert_eq!(plan.has(project), inside, "the witness has it, or not");
    assert_eq!(Some(programme.objective(&plan)), cost.witness_objective);
    assert_eq!(cost.upper, Some((objective - programme.objective(&plan)).max(0)));
}

fn truth(
    programme: &Programme,
    plans: &[(i64, Plan)],
    project: usize,
    inside: bool,
    objective: i64,
) -> Truth {
    let with = || plans.iter().filter(|(_, plan)| plan.has(project) == inside);
    let benefit = with().filter_map(|(worth, plan)| {
        let factor = programme.discount()[usize::from(plan.starts[project]?) - 1];
        Some(((objective - worth).max(0) + factor - 1) / factor)
    });
    let cost = with().map(|(worth, _)| (objective - worth).max(0)).min();
    Truth { cost, benefit: benefit.min() }
}

fn check_cut(programme: &Programme, all: &[(i64, Plan)], project: usize, objective: i64, figure: &Figure) {
    let enough = |percent: i64| {
        let changed = cut(programme, project, percent);
        all.iter().any(|(worth, plan)| {
            *worth >= objective && plan.has(project) && verify(&changed, plan).is_empty()
        })
    };
    match (figure.label, figure.value, figure.lower, figure.upper) {
        (Label::Exact, None, ..) => assert!(!enough(99), "not even 99 %"),
        (_, _, lower, upper) => {
            if let Some(upper) = upper {
                assert!(enough(upper), "{upper} % is enough: {figure:?}");
            }
            if let Some(lower) = lower.filter(|lower| *lower > 0) {
                assert!(!enough(lower - 1), "{} % is not enough: {figure:?}", lower - 1);
            }
        }
    }
}

fn check_fall(one: &Explanation) {
    let Some(fall) = &one.stops.waterfall else { return };
    let charges: i128 = fall.charges.iter().map(|charge| charge.exact).sum();
    assert_eq!((i128::from(fall.worth) << 24) - charges, fall.net_exact, "the waterfall adds up exactly");
    #[expect(clippy::cast_precision_loss, reason = "small numbers of a test")]
    let sum = fall.worth as f64 - fall.charges.iter().map(|charge| charge.charge).sum::<f64>() - fall.net;
    assert!(sum.abs() <= 1e-9 * (fall.worth.abs().max(1)) as f64, "and to 1e-9 as printed: {sum}");
}

/// Counts of labels, so that the test shows that it tested something.
fn check(programme: &Programme, allocation: &Allocation, depth: Depth) -> [usize; 3] {
    let all = assignments(programme);
    let plans = allowed(programme, &all);
    let objective = allocation.objective;
    let mut explainer = Explainer::new(programme, allocation, &Highs, depth).unwrap();
    let told = explainer.explain_all(&mut ()).unwrap();
    let mut labels = [0; 3];
    for (project, one) in told.explanations.iter().enumerate() {
        let inside = !allocation.plan.has(project);
        let truth = truth(programme, &plans, project, inside, objective);
        check_fall(one);
        for cost in one.regret.iter().chain(&one.value_in_plan) {
            holds(&cost.figure(), truth.cost, &format!("cost of {}", one.id));
            witness(programme, cost, project, inside, objective);
            labels[cost.label as usize] += 1;
        }
        if let Some(figure) = &one.min_benefit_increase {
            holds(figure, truth.benefit, &format!("benefit of {}", one.id));
        }
        if let Some(figure) = &one.min_cost_cut_pct {
            check_cut(programme, &all, project, objective, figure);
        }
        if depth == Depth::exact() && !one.mandatory {
            let cost = one.regret.as_ref().or(one.value_in_plan.as_ref()).unwrap();
            assert_eq!(cost.label, Label::Exact, "{one:?}");
        }
    }
    labels
}

fn best(programme: &Programme) -> Option<Allocation> {
    let effort = Effort { gap_millionths: 0, ..Effort::default() };
    match allocate(programme, &Highs, &effort, &mut ()).unwrap() {
        Allocated::Plan(allocation) => Some(allocation),
        Allocated::Infeasible => None,
    }
}

#[test]
fn exact_statements_about_invented_programmes_hold() {
    let mut seen = [0; 3];
    for seed in 0..24 {
        let programme = programme(seed, seed % 3 == 0);
        let Some(allocation) = best(&programme) else { continue };
        for (sum, more) in seen.iter_mut().zip(check(&programme, &allocation, Depth::exact())) {
            *sum += more;
        }
    }
    assert!(seen[0] > 100, "{seen:?}");
}

#[test]
fn quick_statements_are_weaker_but_true() {
    let mut seen = [0; 3];
    for seed in 100..140 {
        let programme = programme(seed, seed % 2 == 0);
        let Some(allocation) = best(&programme) else { continue };
        for depth in [
            Depth::quick(),
            Depth { nodes: 1, ..Depth::exact() },
            Depth { kernel_columns: 5, ..Depth::kernel() },
        ] {
            for (sum, more) in seen.iter_mut().zip(check(&programme, &allocation, depth)) {
                *sum += more;
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 10), "{seen:?}");
}

/// Against a plan that is not the best: the words then are "against the recommended plan", and still true.
#[test]
fn statements_about_an_unproven_plan_are_true_against_that_plan() {
    let (mut tried, mut better) = (0, 0);
    for seed in 200..220 {
        let programme = programme(seed, false);
        let Some(optimum) = best(&programme) else { continue };
        let all = assignments(&programme);
        let mut plans = allowed(&programme, &all);
        plans.sort_by_key(|(worth, _)| *worth);
        let (objective, plan) = plans[plans.len() * 3 / 4].clone();
        let allocation = Allocation { plan, objective, ..optimum.clone() };
        if allocation.is_optimal() {
            continue;
        }
        tried += 1;
        for depth in [Depth::quick(), Depth::exact()] {
            check(&programme, &allocation, depth);
        }
        let mut explainer = Explainer::new(&programme, &allocation, &Highs, Depth::exact()).unwrap();
        let told = explainer.explain_all(&mut ()).unwrap();
        let named = told.better.as_ref().map(|started| plan_of(&programme, started));
        assert_eq!(named.as_ref().map(|plan| programme.objective(plan)), told.better_objective);
        assert!(told.better_objective.is_none_or(|better| better > objective));
        better += usize::from(told.better.is_some());
    }
    assert!(tried > 5 && better > 5, "{tried} {better}");
}
