//! The 200 by 8 matrix of the shared data: every method to 1e-9, SMAA to the last count.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test that cannot go on ends")]

use akimat_ranking::promethee::{Preference, promethee};
use akimat_ranking::smaa::{Asked, Worth, smaa};
use akimat_ranking::topsis::{Norm, topsis};
use akimat_ranking::wsm::{Scale, scaled};
use akimat_ranking::{Criterion, Direction, Table, objective};
use serde_json::Value;
use std::path::PathBuf;

fn shared(name: &str) -> Option<Value> {
    let folder = std::env::var_os("AKIMAT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = folder.join("data/allocation").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) if std::env::var_os("CI").is_some_and(|ci| ci == "true") => {
            panic!("{} is not there", path.display())
        }
        Err(_) => {
            eprintln!("SKIPPED: {} is not there", path.display());
            None
        }
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn table(file: &Value) -> Table {
    let names = file["criteria"].as_array().unwrap();
    let types = numbers(&file["types"]);
    let weights = numbers(&file["weights_pct"]);
    let criteria = names.iter().zip(types).zip(weights).map(|((name, sign), weight)| Criterion {
        code: name.as_str().unwrap().to_owned(),
        direction: if sign > 0.0 { Direction::Benefit } else { Direction::Cost },
        weight,
    });
    let rows = file["matrix"].as_array().unwrap().iter().enumerate();
    let rows = rows.map(|(at, row)| ((at + 1).to_string(), numbers(row)));
    Table::new(criteria.collect(), rows.collect()).unwrap()
}

#[track_caller]
fn near(found: &[f64], due: &Value, by: f64) {
    let due = numbers(due);
    assert_eq!(found.len(), due.len());
    for (at, (found, due)) in found.iter().zip(due).enumerate() {
        assert!((found - due).abs() <= by, "{at}: {found} {due}");
    }
}

#[test]
fn methods_agree_with_three_libraries() {
    let (Some(file), Some(due)) = (shared("mcda_s9000.json"), shared("mcda_ref_s9000.json")) else { return };
    let table = table(&file);
    near(&topsis(&table, Norm::Vector).unwrap().closeness, &due["topsis_vector"], 1e-12);
    near(&topsis(&table, Norm::MinMax).unwrap().closeness, &due["topsis_minmax"], 1e-12);
    near(&objective::entropy(&table).unwrap().weights, &due["entropy_weights"], 1e-12);
    let usual = vec![Preference::Usual; table.m()];
    near(&promethee(&table, &usual).unwrap().net, &due["promethee_usual"], 1e-12);
    let thresholds = numbers(&file["q"]).into_iter().zip(numbers(&file["p"]));
    let linear: Vec<Preference> = thresholds.map(|(q, p)| Preference::Linear { q, p }).collect();
    near(&promethee(&table, &linear).unwrap().net, &due["promethee_linear"], 1e-12);
}

#[test]
fn counts_of_smaa_are_the_same_to_the_last() {
    let (Some(file), Some(due)) = (shared("mcda_s9000.json"), shared("mcda_ref_s9000.json")) else { return };
    let table = table(&file);
    let worth = scaled(&table, Scale::MinMax).unwrap();
    let seed = file["seed"].as_u64().unwrap() + 7;
    let asked = Asked { draws: 10_000, seed, top: vec![1, 10, 50], every_rank: true };
    let found = smaa(Worth::Known(&worth), &asked).unwrap();
    let due = &due["smaa"];
    let counts = |counts: &[u32]| serde_json::json!(counts);
    assert_eq!(counts(&found.first), due["rank1_count"]);
    assert_eq!(counts(&found.top[0].1), due["rank1_count"]);
    assert_eq!(counts(&found.top[1].1), due["top10_count"]);
    assert_eq!(counts(&found.top[2].1), due["top50_count"]);
    assert_eq!(serde_json::json!(found.rank_sums().unwrap()), due["sum_of_ranks"]);
    for (project, weights) in due["central_weights"].as_object().unwrap() {
        near(found.central[project.parse::<usize>().unwrap()].as_ref().unwrap(), weights, 1e-12);
    }
    // Selection counts what sorting counts.
    let quick = smaa(Worth::Known(&worth), &Asked { every_rank: false, ..asked }).unwrap();
    assert_eq!((quick.first, quick.top), (found.first, found.top));
}
