//! Packages with every field in them before the checkers of the standards.

use super::super::{project, release};
use super::{TODAY, all, at, publisher, school, subject};
use serde_json::{Value, json};

/// The checker of a standard, from the Python package of the same name; `None` where it is not installed.
/// `cargo xtask test` installs it and names its Python in `AKIMAT_COVE`.
fn checked(kind: &str, package: &Value) -> Option<Value> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let python = std::env::var("AKIMAT_COVE").unwrap_or_else(|_| format!("{root}/target/cove/bin/python"));
    if !std::path::Path::new(&python).exists() {
        println!("SKIPPED: {python} is absent");
        return None;
    }
    let shared = std::env::var("AKIMAT_SHARED").unwrap_or_else(|_| format!("{root}/../shared"));
    crate::shared::read("tools/cove_offline.py")?;
    let tool = format!("{shared}/tools/cove_offline.py");
    let file = std::env::temp_dir().join(format!("akimat-{kind}-{}.json", std::process::id()));
    std::fs::write(&file, package.to_string()).unwrap();
    let standard = match kind {
        "oc4ids" => ["--standard".to_owned(), format!("{shared}/data/standards/oc4ids-0.9.5")],
        _ => {
            ["--standard-zip".to_owned(), format!("{shared}/data/standards/ocds-1.1.5/ocds-1.1.5-schema.zip")]
        }
    };
    let output =
        std::process::Command::new(python).arg(tool).arg(kind).arg(&file).args(standard).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    Some(
        serde_json::from_str(&text)
            .unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr))),
    )
}

#[track_caller]
fn check_valid(kind: &str, package: &Value) {
    let Some(report) = checked(kind, package) else { return };
    for what in [
        "errors",
        "additional_closed_codelist_values",
        "additional_fields",
        "additional_checks",
        "deprecated_fields",
        "structure_warnings",
        "conformance_errors",
    ] {
        let told = &report[what];
        let nothing = told.is_null() || told == &json!([]) || told == &json!({});
        assert!(nothing, "{kind} {what}: {told:#}");
    }
}

#[test]
fn the_checkers_of_the_standards_find_nothing() {
    let (project, processes) = (school(), all());
    let subject = subject(&project, &processes);
    let subjects = std::slice::from_ref(&subject);
    check_valid("oc4ids", &project::project_package(&publisher(), subjects, "/x", (at(), TODAY)));
    check_valid("ocds", &release::release_package(&publisher(), subjects, "/x", at()));
    check_valid("ocds", &release::record_package(&publisher(), subjects, "/x", at()));
}
