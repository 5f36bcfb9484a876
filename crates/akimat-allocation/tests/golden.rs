//! Published worked examples; where their numbers come from is in the shared data's README.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test says what went wrong by failing")]

use akimat_allocation::envelope::Assessment;
use akimat_allocation::envelope::{
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

/// The worked example of `docs/method/envelope.md`, number by number.
#[test]
fn the_example_of_the_method_page_is_true() {
    let criterion = |code: &str, weight| Criterion { code: code.to_owned(), weight };
    let criteria =
        Criteria::new(vec![criterion("need", 5), criterion("reach", 3), criterion("ready", 2)]).unwrap();
    let table = [
        ("A", 40, [90, 60, 80]),
        ("B", 60, [95, 80, 50]),
        ("C", 30, [60, 70, 90]),
        ("D", 50, [40, 80, 70]),
        ("E", 35, [85, 40, 60]),
    ];
    let million = |amount: i64| Money::from_tenge(amount * 1_000_000).unwrap();
    let candidates = table.map(|(key, cost, scores)| {
        let scores: Vec<(String, u8)> = criteria.list().iter().map(|c| c.code.clone()).zip(scores).collect();
        Candidate {
            key: key.to_owned(),
            assessment: criteria.assess(&scores).unwrap(),
            cost: vec![million(cost)],
            mandatory: false,
            barred: false,
            exclusive_group: None,
        }
    });
    let ask = |envelope| {
        let problem = Problem::new(vec![2027], vec![million(envelope)], candidates.to_vec()).unwrap();
        match choose(&problem, &BranchAndBound, &Effort::default()) {
            Ok(Choice::Recommended(found)) => found,
            other => unreachable!("{other:?}"),
        }
    };
    let plan = ask(100);
    assert_eq!((plan.chosen(), plan.benefit), (vec!["A", "B"], 1605));
    let prices: Vec<_> = plan.verdicts.iter().map(|verdict| verdict.price).collect();
    let exact = |points| Some(Price::Exact { points });
    assert_eq!(prices, [None, None, exact(100), exact(235), exact(125)]);
    for (index, expect) in [(2, "23.00"), (4, "19.00")] {
        let Reason::OutDoesNotFit { needs, left, rate, weakest, .. } = &plan.verdicts[index].reason else {
            unreachable!()
        };
        assert_eq!((*needs, *left), (million(table[index].1), Money::ZERO));
        assert_eq!((rate.per_million().as_deref(), weakest.key.as_str()), (Some(expect), "B"));
    }
    let Reason::OutEnvelopeSpent { rate, weakest, equal: false, .. } = &plan.verdicts[3].reason else {
        unreachable!()
    };
    assert_eq!(
        (rate.per_million().unwrap(), weakest.rate.per_million().unwrap()),
        ("11.60".to_owned(), "13.58".to_owned())
    );
    let Reason::Funded { rank, of, .. } = plan.verdicts[1].reason else { unreachable!() };
    assert_eq!((rank, of), (4, 5));
    assert_eq!((ask(105).chosen(), ask(105).benefit), (vec!["A", "C", "E"], 2145));
}
