//! `akimat stats`: results, refusals and unreadable files, each with its exit status.

use crate::run;
use serde_json::Value;

fn json(args: &[&str], status: i32) -> Value {
    let output = run::run(args);
    assert_eq!(output.status.code(), Some(status), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn shares_of_a_published_survey_come_with_their_intervals() {
    let file = "data/statistics/resident_survey.csv";
    let only = "indicator=Trust in local authorities (high/medium)";
    let args =
        ["stats", "frequency", file, "--columns", "answer", "--count", "persons", "--where", only, "--json"];
    let report = json(&args, 0);
    assert_eq!((&report["n"], &report["method"]), (&120.into(), &"frequency".into()));
    let yes = &report["sheets"][0]["rows"][1];
    assert_eq!((&yes["row"]["answer"], &yes["values"]["count"]), (&"yes".into(), &58.into()));
    assert_eq!(format!("{:.3}", yes["values"]["low"].as_f64().unwrap()), "0.396");
    assert!(report["citation"].as_str().unwrap().contains("Wilson"));
    assert!(report["script"]["python"].as_str().unwrap().contains("proportion_confint"));
}

#[test]
fn what_the_data_do_not_carry_is_refused_with_status_one() {
    let file = "data/statistics/entrepreneurs.csv";
    let args = ["stats", "correlate", file, "--columns", "option_no,persons", "--coefficient", "spearman"];
    let refused = json(&[&args[..], &["--nominal", "option_no", "--json"]].concat(), 1);
    assert_eq!(refused["refused"]["code"], "nominal");
    let file = "crates/akimat/tests/input/mixed_cells.csv";
    let refused = json(&["stats", "describe", file, "--columns", "amount", "--json"], 1);
    let faults: Vec<&str> = refused["refused"]["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| cell["fault"].as_str().unwrap())
        .collect();
    assert_eq!(faults, ["text", "not_a_number", "infinite", "ambiguous_comma", "sheet_error"]);
}

#[test]
fn a_file_that_is_no_table_has_status_three() {
    let output =
        run::run(&["stats", "describe", "crates/akimat/tests/input/no_header.csv", "--columns", "a"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
}

#[test]
fn the_other_forms_are_printed() {
    let file = "data/statistics/citizen_reviews.csv";
    let args = ["stats", "correlate", file, "--columns", "month,reviews"];
    assert!(
        run::ok(&[&args[..], &["--csv"]].concat())
            .starts_with("sheet,first,second,n,r,low,high,p,p_holm,p_bh\n")
    );
    assert!(run::ok(&[&args[..], &["--script", "data"]].concat()).starts_with("month,reviews\n1,100\n2,\n"));
    let text = run::ok(&[&args[..], &["--lang", "ru", "--date", "2026-01-31"]].concat());
    assert!(text.starts_with("Корреляции (Пирсон") && text.contains("n = 12"), "{text}");
}
