//! Published worked examples; where their numbers come from is in the shared data's README.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what went wrong by failing"
)]

use akimat_allocation::Assessment;
use akimat_allocation::{
    BranchAndBound, Candidate, Choice, Criteria, Criterion, Effort, Price, Problem, Reason, choose,
};
use akimat_core::Money;

fn golden(id: &str) -> Option<serde_json::Value> {
    let root = std::env::var("AKIMAT_SHARED").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(root.join("data/allocation/golden.json")) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the shared data are missing");
        println!("SKIPPED: no shared data in {}", root.display());
        return None;
    };
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    all["cases"].as_array().unwrap().iter().find(|case| case["id"] == id).cloned()
}

fn numbers(value: &serde_json::Value) -> Vec<i64> {
    value.as_array().unwrap().iter().map(|number| number.as_i64().unwrap()).collect()
}

/// New York State Comptroller, "Capital Planning and Budgeting", module 1: 51, 100 and 136.
#[test]
fn the_published_weighted_score_is_reproduced() {
    let Some(case) = golden("wsm-nys-osc") else { return };
    let codes =
        case["input"]["criteria"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned());
    let weights = numbers(&case["input"]["weights"]).into_iter().map(|weight| u32::try_from(weight).unwrap());
    let criteria =
        Criteria::new(codes.zip(weights).map(|(code, weight)| Criterion { code, weight }).collect()).unwrap();
    let mut ranked = Vec::new();
    for (project, scores) in case["input"]["scores"].as_object().unwrap() {
        let scores = numbers(scores).into_iter().map(|score| u8::try_from(score).unwrap());
        let scores: Vec<(String, u8)> = criteria.list().iter().map(|c| c.code.clone()).zip(scores).collect();
        let benefit = criteria.assess(&scores).unwrap().benefit().unwrap();
        assert_eq!(case["expected"]["project_score"][project].as_u64(), Some(benefit));
        ranked.push((std::cmp::Reverse(benefit), project.clone()));
    }
    ranked.sort();
    let order: Vec<&str> = ranked.iter().map(|(_, project)| project.as_str()).collect();
    assert_eq!(case["expected"]["ranking"], serde_json::json!(order));
}

/// M. A. Trick, "A Tutorial on Integer Programming": filling by rate gives 19, the best plan 21.
#[test]
fn the_published_capital_budget_is_reproduced() {
    let Some(case) = golden("capbudget-4-projects") else { return };
    let (costs, values) = (numbers(&case["input"]["cost"]), numbers(&case["input"]["value"]));
    let list = costs.iter().zip(&values).enumerate().map(|(index, (cost, value))| Candidate {
        key: (index + 1).to_string(),
        assessment: Assessment::Scored { benefit: value.unsigned_abs() },
        cost: vec![Money::from_tiyn(*cost)],
        mandatory: false,
        barred: false,
        exclusive_group: None,
    });
    let envelope = vec![Money::from_tiyn(case["input"]["budget"].as_i64().unwrap())];
    let problem = Problem::new(vec![2027], envelope, list.collect()).unwrap();
    let choice = choose(&problem, &BranchAndBound, &Effort::default());
    let Ok(Choice::Recommended(recommendation)) = choice else { panic!("{choice:?}") };
    assert_eq!(Some(recommendation.benefit), case["expected"]["ip_optimum"].as_u64());
    let selected: Vec<i64> = recommendation.chosen().iter().map(|key| key.parse().unwrap()).collect();
    assert_eq!(selected, numbers(&case["expected"]["ip_selected"]));
    let first = &recommendation.verdicts[0];
    assert!(matches!(first.reason, Reason::OutDoesNotFit { .. }), "{first:?}");
    assert_eq!(first.price, Some(Price::Exact { points: 2 }));
}
