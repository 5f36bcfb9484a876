//! Worked examples as files: the keys of `expected` come out again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test that cannot go on ends")]

use akimat_ranking::document::{MethodName, Options, parse, rank};
use serde_json::{Value, json};
use std::path::PathBuf;

fn shared(name: &str) -> Option<String> {
    let folder = std::env::var_os("AKIMAT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = folder.join("data/allocation").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{} is not there", path.display());
        eprintln!("SKIPPED: {} is not there", path.display());
    }
    text
}

fn answer(input: &Value, method: &str) -> Value {
    let method = MethodName::parse(method).unwrap();
    match rank(input, method, &Options::default()) {
        Ok(answer) => Value::Object(answer),
        Err(fault) => json!({ "fault": fault.to_string() }),
    }
}

/// Every number within the tolerance, everything else the same.
#[track_caller]
fn same(found: &Value, due: &Value, by: f64) {
    match (found, due) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!((a - b).abs() <= by + 1e-12, "{a} {b}");
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).for_each(|(a, b)| same(a, b, by));
        }
        (Value::Object(a), Value::Object(b)) => {
            b.iter().for_each(|(key, due)| same(a.get(key).unwrap_or(&Value::Null), due, by));
        }
        _ => assert_eq!(found, due),
    }
}

#[test]
fn golden_examples_come_out_again() {
    let Some(text) = shared("golden.json") else { return };
    let golden = parse(&text).unwrap();
    let methods =
        [("wsm-nys-osc", "wsm"), ("ahp-wang-chin-2011", "ahp"), ("topsis-tzeng-huang-2011", "topsis")];
    for (id, method) in methods {
        let options = Options { case: Some(id.to_owned()), ..Options::default() };
        let found = rank(&golden, MethodName::parse(method).unwrap(), &options).unwrap();
        let case = golden["cases"].as_array().unwrap().iter().find(|case| case["id"] == id).unwrap();
        let due = case["expected"].as_object().unwrap();
        for (key, due) in due {
            same(found.get(key).unwrap_or(&Value::Null), due, case["tolerance"]["abs"].as_f64().unwrap());
        }
        // The case alone, and its input alone, say the same.
        assert_eq!(answer(case, method), Value::Object(found.clone()));
        assert_eq!(answer(&case["input"], method), Value::Object(found));
    }
}

#[test]
fn the_matrix_file_is_read_as_it_is() {
    let (Some(file), Some(due)) = (shared("mcda_s9000.json"), shared("mcda_ref_s9000.json")) else { return };
    let (file, due) = (parse(&file).unwrap(), parse(&due).unwrap());
    let topsis = answer(&file, "topsis");
    same(&topsis["topsis_vector"], &due["topsis_vector"], 1e-12);
    same(&topsis["topsis_minmax"], &due["topsis_minmax"], 1e-12);
    let flows = answer(&file, "promethee2");
    same(&flows["promethee_linear"], &due["promethee_linear"], 1e-12);
    same(&flows["promethee_usual"], &due["promethee_usual"], 1e-12);
    same(&answer(&file, "entropy")["entropy_weights"], &due["entropy_weights"], 1e-12);
    let smaa = answer(&file, "smaa2");
    for key in ["N", "rank1_count", "top10_count", "top50_count", "sum_of_ranks", "central_weights"] {
        same(&smaa["smaa"][key], &due["smaa"][key], 1e-12);
    }
}

#[test]
fn synonyms_say_the_same() {
    let plain = json!({ "matrix": [[5, 8], [7, 6], [8, 3]], "weights": [0.3, 0.7], "types": [1, -1] });
    let others = [
        json!({ "matrix": [[5, 8], [7, 6], [8, 3]], "weights_pct": [30, 70], "types": ["max", "min"] }),
        json!({ "performance": [[5, 8], [7, 6], [8, 3]], "weights": [3, 7], "directions": ["benefit", "cost"] }),
        json!({ "matrix": [["5", "8"], ["7", "6"], ["8", "3"]], "criteria": [
            { "name": "C1", "weight": 0.3, "type": "max" }, { "name": "C2", "weight": 0.7, "type": "min" }] }),
    ];
    let due = answer(&plain, "topsis");
    for other in others {
        same(&answer(&other, "topsis")["closeness"], &due["closeness"], 1e-12);
    }
    let named = json!({ "scores": { "x": { "a": 3, "b": 1 }, "y": { "a": 1, "b": 2 } }, "weights": { "a": 2, "b": 1 } });
    assert_eq!(answer(&named, "wsm")["project_score"], json!({ "x": 7.0, "y": 4.0 }));
}

#[test]
fn methods_answer_in_their_own_words() {
    let bwm = json!({ "criteria": ["price", "quality", "style"], "best": "price", "worst": "style",
        "best_to_others": { "price": 1, "quality": 2, "style": 4 },
        "others_to_worst": { "price": 4, "quality": 2, "style": 1 } });
    let found = answer(&bwm, "bwm");
    same(&found["weights"], &json!({ "price": 4.0 / 7.0, "quality": 2.0 / 7.0, "style": 1.0 / 7.0 }), 1e-9);
    same(&json!([found["ksi"], found["CR"]]), &json!([0.0, 0.0]), 1e-9);
    let electre = json!({ "matrix": [[10, 6, 7], [8, 9, 4], [6, 5, 6]], "weights": [0.5, 0.3, 0.2],
        "c_star": 0.7, "d_star": 0.3 });
    let found = answer(&electre, "electre1");
    assert_eq!((&found["kernel"], &found["has_cycles"]), (&json!([1, 2]), &json!(false)));
    let mavt = json!({ "alternatives": ["p", "q"], "matrix": [[20, 5], [80, 9]], "weights": [60, 40],
        "value_functions": [[[0, 0], [100, 100]], [[0, 100], [10, 0]]] });
    let found = answer(&mavt, "mavt");
    same(&found["scores"], &json!([0.6 * 20.0 + 0.4 * 50.0, 0.6 * 80.0 + 0.4 * 10.0]), 1e-9);
    assert_eq!(found["ranking"], json!(["q", "p"]));
    let ipf = json!({ "matrix": [[5, 1], [9, 4], [2, 6]], "sides": ["S", "F"], "costs": [10, 20, 30], "budget": 30 });
    let found = answer(&ipf, "ipf");
    assert_eq!(found["quadrants"], json!(["B", "B", "C"]), "{found}");
}

#[test]
fn refusals_name_the_place() {
    let refused =
        |input: Value, method: &str| answer(&input, method)["fault"].as_str().unwrap_or_default().to_owned();
    let base = json!({ "matrix": [[5, 8], [7, 6]], "weights": [0.5, 0.6] });
    assert_eq!(refused(base, "topsis"), "the weights sum to 1.1 instead of 1");
    let units =
        json!({ "scores": { "x": [3, 1], "y": [1, 2] }, "weights": [1, 2], "units": ["km", "tenge"] });
    assert_eq!(refused(units, "wsm"), "C2 is in tenge instead of km");
    let cells = json!({ "matrix": [["5 km", 8], ["7 m", 6]] });
    assert_eq!(refused(cells, "topsis"), "C1 of A2 is in m instead of km");
    let gap = json!({ "matrix": [[5, null], [7, 6]] });
    assert_eq!(refused(gap, "topsis"), "C2 of A1 is missing");
    let twice = json!({ "alternatives": ["a", "a"], "matrix": [[5, 1], [7, 6]] });
    assert_eq!(refused(twice, "topsis"), "alternatives a stands twice");
    let pairs = json!({ "pairwise": [[1, 3], [3, 1]] });
    assert_eq!(refused(pairs, "ahp"), "the judgements C1, C2 contradict one another: 3 times 3 is not 1");
    assert_eq!(refused(json!({}), "mavt"), "matrix is missing");
}
