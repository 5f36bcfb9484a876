//! Published worked examples; where their numbers come from is in the shared data's README.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what went wrong by failing"
)]

use akimat_appraisal::appraise::Tables;
use akimat_appraisal::worked::answer;
use serde_json::Value;

fn tables() -> Tables {
    use akimat_appraisal::{
        impact::ImpactTable, proportion::Proportion, rate::RateTable, uplift::UpliftTable,
    };
    Tables {
        rates: RateTable::from_json(include_str!("../../../data/appraisal/rates.json")).unwrap(),
        impacts: ImpactTable::from_json(include_str!("../../../data/appraisal/impacts.json")).unwrap(),
        uplifts: UpliftTable::from_json(include_str!("../../../data/appraisal/uplifts.json")).unwrap(),
        proportion: Proportion::from_json(include_str!("../../../data/appraisal/proportionality.json"))
            .unwrap(),
    }
}

fn shared() -> Option<Vec<Value>> {
    let root = std::env::var("AKIMAT_SHARED").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(root.join("data/allocation/golden.json")) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the shared data are missing");
        println!("SKIPPED: no shared data in {}", root.display());
        return None;
    };
    let all: Value = serde_json::from_str(&text).unwrap();
    Some(all["cases"].as_array().unwrap().clone())
}

/// Everything that is expected is there, numbers to the tolerance.
fn compare(path: &str, expected: &Value, found: &Value, tolerance: f64) {
    match expected {
        Value::Number(number) => {
            let found = found.as_f64().unwrap_or_else(|| panic!("{path}: {found}"));
            let difference = (found - number.as_f64().unwrap()).abs();
            assert!(difference <= tolerance + 1e-12, "{path}: {found} for {number}");
        }
        Value::Array(list) => {
            assert_eq!(found.as_array().map(Vec::len), Some(list.len()), "{path}: {found}");
            for (at, item) in list.iter().enumerate() {
                compare(&format!("{path}[{at}]"), item, &found[at], tolerance);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                compare(&format!("{path}.{name}"), value, &found[name], tolerance);
            }
        }
        other => assert_eq!(found, other, "{path}"),
    }
}

#[test]
fn the_shared_examples_come_out_to_their_published_digits() {
    let Some(cases) = shared() else { return };
    let mut done = 0;
    for id in ["npv-irr-mirr-gitman", "evm-planningplanet", "capbudget-4-projects"] {
        let case = cases.iter().find(|case| case["id"] == id).unwrap();
        let tolerance = case["tolerance"]["abs"].as_f64().unwrap();
        for asked in [case, &case["input"]] {
            let found = answer(asked, &tables()).unwrap();
            compare(id, &case["expected"], &found, tolerance);
            if let Some(tight) = case["tolerance"]["mirr_abs"].as_f64() {
                compare(id, &case["expected"]["mirr"], &found["mirr"], tight);
            }
        }
        done += 1;
    }
    assert_eq!(done, 3);
}

#[test]
fn several_rates_of_return_are_said() {
    let Some(cases) = shared() else { return };
    let case = cases.iter().find(|case| case["id"] == "npv-irr-mirr-gitman").unwrap();
    let found = answer(case, &tables()).unwrap();
    assert_eq!(found["sign_changes"], serde_json::json!([1, 1, 2, 1, 3]));
    assert_eq!(found["n_roots"][2], 2);
    assert_eq!(found["warnings"][2][0]["code"], "several_irr");
    assert_eq!(found["warnings"][0], Value::Null);
}

/// Examples retyped from where they are published, each with its source.
#[test]
fn published_examples_come_out() {
    let text = include_str!("reference/published.json");
    let all: Value = serde_json::from_str(text).unwrap();
    for case in all["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let found = answer(case, &tables()).unwrap_or_else(|faults| panic!("{id}: {faults:?}"));
        compare(id, &case["expected"], &found, case["tolerance"].as_f64().unwrap());
    }
}

#[test]
fn faults_name_field_and_row() {
    let cases = [
        (r#"{"npv": {"rate": 0.08, "cashflows": [-1, "x"]}}"#, "npv.cashflows", Some(2), "not_a_number"),
        (r#"{"npv": {"cashflows": [-1, 2]}}"#, "npv.rate", None, "missing"),
        (r#"{"irr": [1, 2, 3]}"#, "cashflows", None, "one_sign"),
        (r#"{"mirr": {"cashflows": [-1, 2], "finance_rate": 0.1}}"#, "mirr.reinvest_rate", None, "missing"),
        (r#"{"AC": 5, "BAC": 10, "percent_complete": 130}"#, "percent_complete", None, "out_of_range"),
        (r#"{"budget": 5, "cost": [1, -2], "value": [1, 2]}"#, "cost", Some(2), "negative"),
        (r#"{"dscr": {"cfads": [1, 2, 3], "debt_service": [1, 2]}}"#, "debt_service", None, "lengths_differ"),
        (r#"{"estimate": 5, "class": "spaceships"}"#, "class", None, "unknown"),
        (r#"{"estimate": 5, "class": "roads", "probability": 0.95}"#, "chance", None, "beyond_table"),
        (r#"{"hello": 1}"#, "input", None, "nothing_asked"),
        (r"[1]", "input", None, "nothing_asked"),
    ];
    for (text, field, row, code) in cases {
        let faults = answer(&serde_json::from_str(text).unwrap(), &tables()).unwrap_err();
        let fault = serde_json::to_value(&faults[0]).unwrap();
        assert_eq!(fault["field"], field, "{text}");
        assert_eq!(fault["code"], code, "{text}");
        assert_eq!(faults[0].row, row, "{text}");
    }
}

#[test]
fn schedule_from_spending_is_refused() {
    let asked = serde_json::json!({"PV": 50, "AC": 40, "BAC": 100, "percent_complete": "AC/BAC"});
    let found = answer(&asked, &tables()).unwrap();
    assert_eq!(found["SPI"], Value::Null);
    assert_eq!(found["CPI"], 1.0);
    assert_eq!(found["warnings"][0]["code"], "progress-is-spending");
}
