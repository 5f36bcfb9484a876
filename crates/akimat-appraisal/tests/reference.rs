//! The figures of numpy-financial, recorded by `reference/record.py` with its version, come out again to 1e-9.
#![expect(clippy::unwrap_used, reason = "the functions below only serve tests")]

use akimat_appraisal::rate::{Convention, Rate};
use akimat_appraisal::returns::{irr, mirr};
use akimat_appraisal::value::{annuity_share, present_value};
use serde_json::Value;

fn close(found: f64, expected: f64, what: &str) {
    let difference = (found - expected).abs() / expected.abs().max(1.0);
    assert!(difference <= 1e-9, "{what}: {found} for {expected}");
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

#[test]
fn numpy_financial_says_the_same() {
    let golden: Value = serde_json::from_str(include_str!("reference/golden.json")).unwrap();
    let cases = golden["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 42);
    let mut n_several = 0;
    for case in cases {
        let what = case["flows"].to_string();
        let (flows, number) = (list(&case["flows"]), |name: &str| case[name].as_f64().unwrap());
        let rate = Rate::constant(number("rate")).unwrap();
        let npv = present_value(&flows, &rate, Convention::default());
        close(npv, number("npv"), &what);
        close(mirr(&flows, number("finance"), number("reinvest")).unwrap(), number("mirr"), &what);
        let years = f64::from(u32::try_from(flows.len()).unwrap());
        close(npv * annuity_share(number("rate"), years).unwrap(), number("eav"), &what);
        let (found, expected) = (irr(&flows).unwrap(), list(&case["roots"]));
        assert_eq!(found.roots.len(), expected.len(), "{what}");
        n_several += usize::from(expected.len() > 1);
        for (root, expected) in found.roots.iter().zip(expected) {
            close(root.rate, expected, &what);
        }
    }
    assert!(n_several >= 6, "{n_several} streams have several rates");
}
