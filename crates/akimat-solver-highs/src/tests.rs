//! HiGHS against trying every plan, against our own solver, and on the reference instances.

use super::*;
use akimat_allocation::envelope::{
    Assessment, BranchAndBound, Candidate, Choice, Effort, Problem, Standing, Tandem, choose,
};
use akimat_core::Money;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

const IN_TURN: Tandem<BranchAndBound, Highs> = Tandem { first: BranchAndBound, second: Highs };

prop_compose! {
    fn any_row(variables: usize)(
        coefficients in prop::collection::vec(-6_i64..10, variables),
        relation in prop_oneof![
            5 => Just(Relation::AtMost), 2 => Just(Relation::AtLeast), 1 => Just(Relation::Exactly)
        ],
        rhs in -4_i64..30,
        unit in prop_oneof![Just(1_i64), Just(100_000), Just(1_234_567_890_123)],
    ) -> Row {
        let terms = coefficients.into_iter().enumerate().filter(|(_, c)| *c != 0).map(|(v, c)| (v, c * unit));
        Row { terms: terms.collect(), relation, rhs: rhs * unit }
    }
}

prop_compose! {
    fn any_model()(variables in 0_usize..10, count in 0_usize..4)(
        objective in prop::collection::vec(-5_i64..20, variables),
        rows in prop::collection::vec(any_row(variables), count),
    ) -> BinaryModel {
        BinaryModel::new(objective, rows).unwrap()
    }
}

/// Costs up to ten billion tenge in odd tiyn, and an envelope that some plan meets to the tiyn or misses
/// by one.
fn any_knapsack() -> impl Strategy<Value = BinaryModel> {
    prop::collection::vec((1_i64..1_000_000_000_000, 1_i64..40, any::<bool>()), 1..11)
        .prop_flat_map(|items| (Just(items), -1_i64..=1))
        .prop_map(|(items, off)| {
            let target: i64 = items.iter().filter(|item| item.2).map(|item| item.0).sum();
            let terms = items.iter().enumerate().map(|(index, item)| (index, item.0)).collect();
            let row = Row { terms, relation: Relation::AtMost, rhs: target + off };
            BinaryModel::new(items.iter().map(|item| item.1).collect(), vec![row]).unwrap()
        })
}

fn by_trying_all(model: &BinaryModel) -> Option<i64> {
    let count = model.objective().len();
    (0_u32..1 << count)
        .map(|mask| (0..count).map(|i| mask >> i & 1 == 1).collect::<Vec<bool>>())
        .filter(|values| model.broken_row(values).is_none())
        .map(|values| model.value(&values))
        .max()
}

fn check(model: &BinaryModel) {
    let expect = by_trying_all(model);
    for solver in [&Highs as &dyn Solver, &BranchAndBound, &IN_TURN] {
        let got = match solver.solve(model, &Limits::default()).unwrap() {
            Outcome::Infeasible => None,
            Outcome::Found(solution) => {
                assert_eq!(model.broken_row(&solution.values), None);
                assert_eq!(model.value(&solution.values), solution.objective);
                assert_eq!(solution.bound, solution.objective);
                Some(solution.objective)
            }
        };
        assert_eq!(got, expect, "{}", solver.name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_best_plan_is_found(model in any_model()) {
        check(&model);
    }

    #[test]
    fn a_single_tiyn_decides(model in any_knapsack()) {
        check(&model);
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_solvers_recommend_the_same_plan(
        items in prop::collection::vec((1_u64..30, 0_i64..40, 0_i64..40, prop::option::weighted(0.3, 0_u8..3)), 0..14),
        envelope in (20_i64..150, 20_i64..150),
    ) {
        let money = |thousand: i64| Money::from_tiyn(thousand * 100_000);
        let candidates = items.iter().enumerate().map(|(index, (benefit, first, second, group))| Candidate {
            key: format!("p{index}"),
            assessment: Assessment::Scored { benefit: *benefit },
            cost: vec![money(*first), money(*second)],
            mandatory: false,
            barred: false,
            exclusive_group: group.map(|group| format!("g{group}")),
        });
        let envelope = vec![money(envelope.0), money(envelope.1)];
        let problem = Problem::new(vec![2027, 2028], envelope, candidates.collect()).unwrap();
        let ask = |solver: &dyn Solver| match choose(&problem, solver, &Effort::default()).unwrap() {
            Choice::Recommended(mut recommendation) => {
                assert_eq!(recommendation.standing, Standing::Optimal);
                recommendation.solver.clear();
                recommendation
            }
            Choice::Infeasible { clashes } => panic!("{clashes:?}"),
        };
        prop_assert_eq!(ask(&Highs), ask(&BranchAndBound));
        prop_assert_eq!(ask(&Highs), ask(&IN_TURN));
    }
}

#[test]
fn a_cut_removes_the_broken_plan_and_no_sound_one() {
    let row = |relation, rhs| Row { terms: vec![(0, 5), (1, -3), (2, 4), (3, 0)], relation, rhs };
    let plans = || (0_u8..16).map(|mask| (0..4).map(|i| mask >> i & 1 == 1).collect::<Vec<bool>>());
    for relation in [Relation::AtMost, Relation::AtLeast, Relation::Exactly] {
        for (row, broken) in (-4..10).map(|rhs| row(relation, rhs)).flat_map(|row| {
            let broken: Vec<_> = plans().filter(|plan| !row.holds(plan)).collect();
            broken.into_iter().map(move |plan| (row.clone(), plan))
        }) {
            let cut = cut(&row, &broken);
            let sum =
                |plan: &[bool]| cut.terms.iter().filter(|(v, _)| plan[*v]).map(|(_, by)| by).sum::<f64>();
            assert!(sum(&broken) > cut.most);
            assert!(plans().filter(|plan| row.holds(plan)).all(|plan| sum(&plan) <= cut.most));
        }
    }
}

fn shared(name: &str) -> Option<Value> {
    let root = std::env::var("AKIMAT_SHARED").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(root.join("data/allocation").join(name)) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the shared data are missing");
        println!("SKIPPED: no {name} in {}", root.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

fn int(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

fn index(value: &Value) -> usize {
    usize::try_from(int(value)).unwrap()
}

fn list(value: &Value) -> Vec<i64> {
    value.as_array().unwrap().iter().map(int).collect()
}

/// Rows under construction: terms of one variable add up.
#[derive(Default)]
struct Terms(BTreeMap<usize, i64>);

impl Terms {
    fn add(&mut self, variable: usize, by: i64) {
        *self.0.entry(variable).or_default() += by;
    }

    fn row(self, relation: Relation, rhs: i64) -> Row {
        Row { terms: self.0.into_iter().collect(), relation, rhs }
    }
}

/// The full portfolio model of the reference data: one variable per project and start year.
fn portfolio(instance: &Value) -> BinaryModel {
    let years = int(&instance["years"]);
    let projects = instance["projects"].as_array().unwrap();
    let starts: Vec<(usize, i64)> = projects
        .iter()
        .enumerate()
        .flat_map(|(i, p)| (int(&p["es"])..=int(&p["ls"]).min(years)).map(move |t| (i, t)))
        .collect();
    let discount = list(&instance["discount_1e4"]);
    let at = |year: i64| usize::try_from(year - 1).unwrap();
    let objective = starts.iter().map(|(i, t)| int(&projects[*i]["benefit"]) * discount[at(*t)]).collect();
    let mut rows = Vec::new();
    let count = |wanted: &dyn Fn(usize, i64) -> i64| {
        let mut terms = Terms::default();
        for (variable, (i, t)) in starts.iter().enumerate() {
            terms.add(variable, wanted(*i, *t));
        }
        terms
    };
    for (i, project) in projects.iter().enumerate() {
        let relation = if project["mandatory"] == true { Relation::Exactly } else { Relation::AtMost };
        rows.push(count(&|j, _| i64::from(j == i)).row(relation, 1));
    }
    for source in instance["sources"].as_array().unwrap().iter().map(|source| source.as_str().unwrap()) {
        let paid = |i: usize, t: i64, years: &dyn Fn(i64) -> bool| -> i64 {
            let cost = projects[i]["cost"].get(source).map(list).unwrap_or_default();
            (t..).zip(cost).filter(|(year, _)| years(*year)).map(|(_, amount)| amount).sum()
        };
        for (year, cap) in (1..).zip(list(&instance["budget"][source])) {
            rows.push(count(&|i, t| paid(i, t, &|y| y == year)).row(Relation::AtMost, cap));
        }
        let tail = count(&|i, t| paid(i, t, &|y| y > years));
        rows.push(tail.row(Relation::AtMost, int(&instance["tail_cap"][source])));
    }
    for (floors, field) in [("sector_floor", "sector"), ("district_floor", "district")] {
        for (place, floor) in list(&instance[floors]).into_iter().enumerate() {
            let total =
                |i: usize| if index(&projects[i][field]) == place { int(&projects[i]["total"]) } else { 0 };
            rows.push(count(&|i, _| total(i)).row(Relation::AtLeast, floor));
        }
    }
    for (year, cap) in (1..).zip(list(&instance["starts_cap"])) {
        rows.push(count(&|_, t| i64::from(t == year)).row(Relation::AtMost, cap));
    }
    for group in instance["exclusive"].as_array().unwrap().iter().map(list) {
        rows.push(count(&|i, _| i64::from(group.iter().any(|g| at(*g + 1) == i))).row(Relation::AtMost, 1));
    }
    for rule in instance["precedence"].as_array().unwrap().iter().map(list) {
        let (before, after, lag) = (at(rule[0] + 1), at(rule[1] + 1), rule[2]);
        for year in 1..=years {
            let started =
                |i, t| i64::from(i == after && t <= year) - i64::from(i == before && t <= year - lag);
            rows.push(count(&started).row(Relation::AtMost, 0));
        }
    }
    BinaryModel::new(objective, rows).unwrap()
}

#[test]
fn the_reference_portfolios_reach_their_proven_optimum() {
    let Some(cases) = shared("portfolio_cases.json") else { return };
    for case in cases["feasible"].as_array().unwrap().iter().filter(|case| int(&case["n"]) <= 40) {
        let Some(instance) = shared(case["instance_file"].as_str().unwrap()) else { return };
        let model = portfolio(&instance);
        for solver in [&Highs as &dyn Solver, &IN_TURN] {
            let Ok(Outcome::Found(solution)) = solver.solve(&model, &Limits::default()) else { panic!() };
            let best = int(&case["best_known"]);
            assert_eq!((solution.objective, solution.bound), (best, best), "{}", case["n"]);
            assert_eq!(model.broken_row(&solution.values), None);
        }
    }
}

#[test]
fn the_infeasible_reference_portfolios_are_recognised() {
    let Some(cases) = shared("portfolio_cases.json") else { return };
    for case in cases["infeasible"].as_array().unwrap() {
        let Some(instance) = shared(case["instance_file"].as_str().unwrap()) else { return };
        let model = portfolio(&instance);
        for solver in [&Highs as &dyn Solver, &BranchAndBound] {
            assert_eq!(
                solver.solve(&model, &Limits::default()),
                Ok(Outcome::Infeasible),
                "{}",
                solver.name()
            );
        }
    }
}

#[test]
fn a_stopped_run_keeps_within_the_certified_bounds() {
    let Some(instance) = shared("p100_A_51.json") else { return };
    let model = portfolio(&instance);
    // Best known plan of this instance; no bound may be below it.
    let best_known = 80_412_129;
    match Highs.solve(&model, &Limits { nodes: 20, ..Limits::default() }) {
        Ok(Outcome::Found(solution)) => {
            assert_eq!(model.broken_row(&solution.values), None);
            assert!(!solution.is_optimal() && solution.bound >= best_known);
            assert!(solution.objective <= 81_287_559, "above the certified bound");
        }
        other => assert_eq!(other, Err(SolverError::LimitReached)),
    }
}

#[test]
fn numbers_beyond_the_solver_are_refused() {
    let model = BinaryModel::new(vec![1 << 51], vec![]).unwrap();
    assert_eq!(Highs.solve(&model, &Limits::default()), Err(SolverError::TooLarge));
}
