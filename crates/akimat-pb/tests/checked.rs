//! Traces of the shared elections pass the independent checker; traces that were touched do not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test that cannot go on ends")]

#[path = "support/shared.rs"]
mod shared;

use akimat_pb::rule::{Method, Misfit, Ties};
use akimat_pb::trace::trace;
use akimat_pb::utility::Utility;
use akimat_pb::{Prepared, Rule, VoteType, declared};
use akimat_pb_check::{Refusal, check};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn rules(vote_type: VoteType) -> Vec<Rule> {
    let completed = |utility, name: &str| Rule::equal_shares(utility, Rule::completion_named(name).unwrap());
    let mut rules = vec![
        Rule::new(Method::Greedy { misfit: Misfit::Skip }, Utility::COST),
        Rule::new(Method::Greedy { misfit: Misfit::Stop }, Utility::CARDINALITY),
        Rule::new(Method::Phragmen { misfit: Misfit::Stop }, Utility::COST),
        Rule::new(Method::Phragmen { misfit: Misfit::Skip }, Utility::COST),
        completed(Utility::COST, "add1"),
        completed(Utility::CARDINALITY, "add1-pabutools+greedy"),
        completed(Utility::COST, "add1e"),
        Rule { comparison: true, ties: Ties::CostVotesLot, ..completed(Utility::COST, "none") },
        Rule::new(Method::Ees, Utility::COST),
        Rule { comparison: true, ..Rule::new(Method::Ees, Utility::CARDINALITY) },
        Rule::new(Method::Bos, Utility::COST),
        Rule { comparison: true, ..Rule::new(Method::Bos, Utility::CARDINALITY) },
    ];
    match vote_type {
        VoteType::Cumulative => rules.push(completed(Utility::POINTS, "add1")),
        VoteType::Ordinal => rules.push(completed(Utility::BORDA, "greedy")),
        _ => {}
    }
    rules
}

fn traced(election: &akimat_pb::Election, rule: &Rule, bytes: &[u8]) -> (Vec<String>, String) {
    let prepared = Prepared::new(election, rule, None).unwrap();
    let counted = prepared.count().unwrap();
    let ids = counted.winners().into_iter().map(|project| election.id(project).to_owned()).collect();
    (ids, trace(&prepared, &counted, &sha256(bytes)).unwrap())
}

#[test]
fn traces_of_the_shared_elections_pass() {
    if shared::golden().is_none() {
        return;
    }
    let files = [
        "Poland_Wieliczka_2023_Green_Budget.pb",
        "Netherlands_Assen_2024.pb",
        "Switzerland_Zurich_D10.pb",
        "Poland_Krakow_2022_Nowa_Huta.pb",
        "France_Toulouse_2019.pb",
        "Worldwide_Mechanical_Turk_Ranking_value_8.pb",
        "Worldwide_Mechanical_Turk_Utilities_8.pb",
        "Poland_Gdynia_2022_Kamienna_Gora__small.pb",
        "Poland_Warszawa_2017_Praga-Poludnie.pb",
        "Netherlands_Amsterdam_643.pb",
    ];
    for file in files {
        let (election, bytes) = (shared::election(file), shared::bytes(file));
        for rule in rules(election.vote_type).iter().chain(&declared(&election)) {
            let (winners, trace) = traced(&election, rule, &bytes);
            match check(&bytes, &trace) {
                Ok(report) => assert_eq!(report.winners, winners, "{file} {rule:?}"),
                Err(refusal) => panic!("{file} {rule:?}: {refusal}"),
            }
        }
    }
}

/// Changes one line of a trace.
fn touched(trace: &str, name: &str, change: impl Fn(&mut Value)) -> String {
    let mut n = 0;
    let lines: Vec<String> = trace
        .lines()
        .map(|line| {
            let mut value: Value = serde_json::from_str(line).unwrap();
            if value.get(name).is_some() {
                change(&mut value);
                n += 1;
            }
            value.to_string()
        })
        .collect();
    assert!(n > 0, "no line {name}");
    lines.join("\n")
}

/// File and trace of a count that the checker accepts.
fn wieliczka() -> Option<(Vec<u8>, String)> {
    shared::golden()?;
    let file = "Poland_Wieliczka_2023_Green_Budget.pb";
    let (election, bytes) = (shared::election(file), shared::bytes(file));
    let (_, trace) = traced(&election, &declared(&election).unwrap(), &bytes);
    assert_eq!(check(&bytes, &trace).unwrap().winners.len(), 30);
    Some((bytes, trace))
}

fn code(bytes: &[u8], trace: &str) -> &'static str {
    match check(bytes, trace) {
        Ok(report) => panic!("passed: {report:?}"),
        Err(refusal) => refusal.code(),
    }
}

type Change = fn(&mut Vec<Value>);
type ChangeLine = fn(&mut Value);

#[test]
fn touched_rounds_are_refused() {
    let Some((bytes, trace)) = wieliczka() else { return };
    let changes: [(Change, &str); 5] = [
        (|rounds| rounds.swap(3, 4), "price"),
        (|rounds| rounds[5]["price"] = "100".into(), "price"),
        (|rounds| drop(rounds.pop()), "unfinished"),
        (|rounds| drop(rounds.remove(0)), "cheaper"),
        (|rounds| rounds.push(rounds[0].clone()), "not-open"),
    ];
    for (change, due) in changes {
        let text = touched(&trace, "final", |value| change(value["final"]["rounds"].as_array_mut().unwrap()));
        assert_eq!(code(&bytes, &text), due);
    }
    assert_eq!(
        code(&bytes, &touched(&trace, "final", |value| value["final"]["share"] = "314".into())),
        "price"
    );
    // Without the run beyond, nothing shows why the shares ended.
    let short: Vec<&str> = trace.lines().filter(|line| !line.starts_with("{\"beyond")).collect();
    assert_eq!(code(&bytes, &short.join("\n")), "shares");
}

#[test]
fn touched_figures_are_refused() {
    let Some((bytes, trace)) = wieliczka() else { return };
    let changes: [(&str, ChangeLine, &str); 8] = [
        ("result", |line| line["result"]["winners"].as_array_mut().unwrap().swap(0, 1), "winners"),
        ("result", |line| drop(line["result"]["winners"].as_array_mut().unwrap().pop()), "winners"),
        ("result", |line| line["result"]["total"] = "1".into(), "figure"),
        ("comparison", |line| line["comparison"]["rule"] = 1.into(), "figure"),
        ("trace", |line| line["budget"] = "2000000".into(), "figure"),
        ("trace", |line| line["order"].as_array_mut().unwrap().swap(0, 63), "order"),
        ("trace", |line| drop(line["admitted"].as_array_mut().unwrap().pop()), "figure"),
        ("trace", |line| line["file_sha256"] = "00".into(), "other-file"),
    ];
    for (name, change, due) in changes {
        assert_eq!(code(&bytes, &touched(&trace, name, change)), due, "{name}");
    }
    let other = shared::bytes("Netherlands_Assen_2024.pb");
    assert_eq!(check(&other, &trace), Err(Refusal::OtherFile));
    assert_eq!((code(&bytes, "{"), code(&bytes, "")), ("trace", "trace"));
}

#[test]
fn a_trace_of_phragmen_that_was_touched_is_refused() {
    if shared::golden().is_none() {
        return;
    }
    let file = "Netherlands_Assen_2024.pb";
    let (election, bytes) = (shared::election(file), shared::bytes(file));
    let rule = Rule::new(Method::Phragmen { misfit: Misfit::Skip }, Utility::COST);
    let (_, trace) = traced(&election, &rule, &bytes);
    check(&bytes, &trace).unwrap();
    let refused = |change: &dyn Fn(&mut Vec<Value>)| {
        let text = touched(&trace, "rounds", |value| change(value["rounds"].as_array_mut().unwrap()));
        check(&bytes, &text).unwrap_err().code()
    };
    assert_eq!(refused(&|rounds| rounds[1]["burden"] = "5/7".into()), "price");
    assert_eq!(refused(&|rounds| drop(rounds.pop())), "unfinished");
    assert_eq!(refused(&|rounds| drop(rounds.remove(0))), "price");
}

/// A count of the votes of Assen, and what comes of its trace when one round is touched.
fn refused(rule: &Rule, name: &str, change: &dyn Fn(&mut Value)) -> &'static str {
    let file = "Netherlands_Assen_2024.pb";
    let (election, bytes) = (shared::election(file), shared::bytes(file));
    let (winners, trace) = traced(&election, rule, &bytes);
    assert_eq!(check(&bytes, &trace).unwrap().winners, winners);
    code(&bytes, &touched(&trace, name, |line| change(&mut line[name])))
}

#[test]
fn a_trace_of_maximin_support_that_was_touched_is_refused() {
    if shared::golden().is_none() {
        return;
    }
    let rule = Rule::new(Method::Maximin, Utility::COST);
    let refused = |change: &dyn Fn(&mut Vec<Value>)| {
        refused(&rule, "support", &|rounds| change(rounds.as_array_mut().unwrap()))
    };
    assert_eq!(refused(&|rounds| rounds[1]["burden"] = "5/7".into()), "price");
    assert_eq!(refused(&|rounds| drop(rounds.pop())), "unfinished");
    assert_eq!(refused(&|rounds| rounds.push(rounds[0].clone())), "not-open");
    assert_eq!(refused(&|rounds| rounds.swap(0, 1)), "cheaper");
    // Without the sets nothing shows that the other projects would have needed more.
    let without = |rounds: &mut Vec<Value>| {
        assert!(rounds.iter().any(|round| round["sets"].as_object().is_some_and(|sets| !sets.is_empty())));
        rounds.iter_mut().for_each(|round| round["sets"] = serde_json::json!({}));
    };
    assert_eq!(refused(&without), "price");
}

#[test]
fn a_trace_of_exact_equal_shares_that_was_touched_is_refused() {
    if shared::golden().is_none() {
        return;
    }
    let plain = Rule::new(Method::Ees, Utility::COST);
    let rounds = |change: &dyn Fn(&mut Vec<Value>)| {
        refused(&plain, "shared", &|told| change(told["rounds"].as_array_mut().unwrap()))
    };
    let more =
        |rounds: &mut Vec<Value>| rounds[0]["payers"] = (rounds[0]["payers"].as_i64().unwrap() - 1).into();
    assert_eq!(rounds(&more), "price");
    assert_eq!(rounds(&|rounds| drop(rounds.pop())), "unfinished");
    assert_eq!(rounds(&|rounds| rounds.push(rounds[0].clone())), "not-open");
    assert_eq!(refused(&plain, "shared", &|told| told["share"] = "1000000".into()), "shares");
    let added = Rule { completion: Rule::completion_named("add-opt").unwrap(), ..plain.clone() };
    assert_eq!(refused(&added, "shared-beyond", &|told| told["share"] = "1".into()), "shares");
}

#[test]
fn a_trace_of_bounded_overspending_that_was_touched_is_refused() {
    if shared::golden().is_none() {
        return;
    }
    let rule = Rule::new(Method::Bos, Utility::COST);
    let rounds = |change: &dyn Fn(&mut Vec<Value>)| {
        refused(&rule, "overspent", &|told| change(told["rounds"].as_array_mut().unwrap()))
    };
    assert_eq!(rounds(&|rounds| rounds[2]["price"] = serde_json::json!(["1", "2"])), "price");
    assert_eq!(rounds(&|rounds| rounds[2]["full"] = 0.into()), "price");
    assert_eq!(rounds(&|rounds| rounds.swap(0, 1)), "cheaper");
    assert_eq!(rounds(&|rounds| drop(rounds.pop())), "unfinished");
    assert_eq!(rounds(&|rounds| rounds.push(rounds[0].clone())), "not-open");
}
