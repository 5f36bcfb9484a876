//! Every shared election by every rule of the reference: winners and order of purchase of pabutools 1.2.3 and of the
//! second implementation beside it, and the official outcomes of the cities.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test that cannot go on ends")]

#[path = "support/shared.rs"]
mod shared;

use akimat_pb::count::How;
use akimat_pb::rule::{Method, Misfit};
use akimat_pb::utility::Utility;
use akimat_pb::{Counted, Election, Prepared, Rule, count, declared};
use serde_json::Value;

fn rule(key: &str) -> Rule {
    let add1 = || Rule::completion_named("add1-pabutools").unwrap();
    let add1_greedy = || Rule::completion_named("add1-pabutools+greedy").unwrap();
    let greedy = Method::Greedy { misfit: Misfit::Skip };
    match key {
        "greedy_cost" => Rule::new(greedy, Utility::COST),
        "greedy_cardinality" => Rule::new(greedy, Utility::CARDINALITY),
        "greedy_points" => Rule::new(greedy, Utility::POINTS),
        "phragmen" => Rule::new(Method::Phragmen { misfit: Misfit::Stop }, Utility::COST),
        "mes_cost" => Rule::equal_shares(Utility::COST, Vec::new()),
        "mes_cardinality" => Rule::equal_shares(Utility::CARDINALITY, Vec::new()),
        "mes_points" => Rule::equal_shares(Utility::POINTS, Vec::new()),
        "mes_borda" => Rule::equal_shares(Utility::BORDA, Vec::new()),
        "mes_cost_add1" => Rule::equal_shares(Utility::COST, add1()),
        "mes_cardinality_add1" => Rule::equal_shares(Utility::CARDINALITY, add1()),
        "mes_cost_add1_greedy" => Rule::equal_shares(Utility::COST, add1_greedy()),
        "mes_cardinality_add1_greedy" => Rule::equal_shares(Utility::CARDINALITY, add1_greedy()),
        other => panic!("{other}"),
    }
}

fn ids(election: &Election, counted: &Counted) -> Vec<String> {
    counted.winners().into_iter().map(|project| election.id(project).to_owned()).collect()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// One key of one file; nothing where the reference has no result. The key that completes it by greedy, where there is
/// one, is answered by the same count.
fn compare(election: &Election, key: &str, rules: &Value) -> Vec<Result<(), String>> {
    let completed = format!("{key}_greedy");
    let both = rules.get(&completed).is_some();
    let rule = rule(if both { &completed } else { key });
    let counted = Prepared::new(election, &rule, None).unwrap().count().unwrap();
    let whole = ids(election, &counted);
    let own = counted.bought.iter().filter(|(_, how)| *how != How::Completion).count();
    let mut found = vec![(key, whole[..own].to_vec())];
    if both {
        found.push((completed.as_str(), whole));
    }
    let mut results = Vec::new();
    for (key, mut found) in found {
        let due = &rules[key];
        if due["order"].is_null() {
            continue;
        }
        // The reference prints the winners of Phragmén by id.
        if key == "phragmen" {
            found.sort_unstable();
        }
        let (mut winners, order) = (found.clone(), strings(&due["order"]));
        winners.sort_unstable();
        let shares = due["add1_runs"].as_u64();
        let ended = counted.ended.as_ref().map(|ended| ended.shares);
        results.push(if found != order || winners != strings(&due["winners"]) {
            Err(format!("{key}: found {found:?}, due {order:?}"))
        } else if shares.is_some() && shares != ended {
            Err(format!("{key}: {shares:?} shares in the reference, {ended:?} here"))
        } else {
            Ok(())
        });
    }
    results
}

/// All files by the keys that are wanted: how many results are the same.
fn all(golden: &Value, wanted: impl Fn(&str) -> bool) -> usize {
    let (mut n, mut wrong) = (0, Vec::new());
    for (file, entry) in golden["files"].as_object().unwrap() {
        let election = shared::election(file);
        for key in entry["rules"].as_object().unwrap().keys() {
            if key.ends_with("add1_greedy") || !wanted(key) || entry["rules"][key]["order"].is_null() {
                continue;
            }
            for result in compare(&election, key, &entry["rules"]) {
                match result {
                    Ok(()) => n += 1,
                    Err(why) => wrong.push(format!("{file} {why}")),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    n
}

#[test]
fn every_file_and_key_of_the_reference() {
    let Some(golden) = shared::golden() else { return };
    let n = all(&golden, |key| !key.ends_with("add1"));
    assert_eq!(n, 321, "results that are the same");
}

/// The slow half: hundreds of thousands of larger shares.
#[test]
fn every_file_with_larger_shares() {
    let Some(golden) = shared::golden() else { return };
    let n = all(&golden, |key| key.ends_with("add1"));
    assert_eq!(n, 238, "results that are the same");
}

#[test]
fn official_outcomes_of_the_cities() {
    let Some(golden) = shared::golden() else { return };
    let (mut n, mut wrong) = (0, Vec::new());
    for (file, entry) in golden["files"].as_object().unwrap() {
        let official = &entry["official"];
        if official["selected"].is_null() {
            continue;
        }
        let election = shared::election(file);
        let Some(rule) = declared(&election) else { continue };
        let mut found = ids(&election, &count(&election, &rule, None).unwrap());
        found.sort_unstable();
        let mut due = strings(&official["selected"]);
        due.sort_unstable();
        if found == due {
            n += 1;
        } else {
            wrong.push(format!("{file} {:?}: found {found:?}, due {due:?}", election.meta("rule")));
        }
    }
    eprintln!("{n} official outcomes are the same");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
