//! `akimat budget check` against figures that were obtained outside this program.

use crate::run;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Exit status and JSON of a check.
fn check(file: &Path) -> (Option<i32>, BTreeMap<String, Value>) {
    let output = run::run(&["budget", "check", file.to_str().unwrap(), "--json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let budgets = json["budgets"].as_array().unwrap();
    let by_id = budgets.iter().map(|budget| (budget["id"].as_str().unwrap().to_owned(), budget.clone()));
    (output.status.code(), by_id.collect())
}

fn golden(name: &str) -> Value {
    let path = run::root().join("data/golden/budget").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn reproduces_the_shares(file: &Path) {
    let (status, budgets) = check(file);
    assert_eq!(status, Some(0));
    let shares = golden("shares.json");
    let shares = shares.as_object().unwrap();
    assert_eq!(budgets.keys().collect::<Vec<_>>(), shares.keys().collect::<Vec<_>>());
    for (id, expected) in shares {
        assert_eq!(budgets[id]["findings"], Value::Array(Vec::new()), "{id}");
        for (indicator, value) in expected.as_object().unwrap() {
            assert_eq!(&budgets[id]["indicators"][indicator], value, "{id} {indicator}");
        }
    }
}

#[test]
fn the_eight_budgets_are_clean_and_reproduce_their_shares() {
    reproduces_the_shares(&run::root().join("data/budget/eight_budgets.json"));
}

#[test]
fn the_shared_record_file_is_read_as_it_stands() {
    let shared =
        std::env::var_os("AKIMAT_SHARED").map_or_else(|| run::root().join("../shared"), PathBuf::from);
    let file = shared.join("data/budget-fixtures/budgets.json");
    if file.exists() {
        reproduces_the_shares(&file.canonicalize().unwrap());
    } else {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{} is absent", file.display());
        println!("SKIPPED: {} is absent", file.display());
    }
}

#[test]
fn the_published_table_has_its_three_contradictions() {
    let (status, budgets) = check(&run::root().join("data/budget/turkistan_paper.json"));
    assert_eq!(status, Some(1));
    let found = budgets["turkistan-paper-2024-table-5"]["findings"].as_array().unwrap().clone();
    let expected = golden("table_5_findings.json");
    let expected = expected.as_array().unwrap();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(&found[field], value, "{field}");
        }
    }
}
