//! Pages and sentences fit together: no page asks for a sentence that is not there, and the list of
//! sentences that no page shows yet (`tests/unused.txt`) can only become shorter.
//!
//! After using or removing sentences: `AKIMAT_UPDATE=1 cargo test -p akimat-i18n`.

use akimat_core::Lang;
use akimat_i18n::catalogue;
use akimat_i18n::catalogue::sources;
use fluent_syntax::ast::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Sentences chosen by a code at run time: `prefix-code`.
const DYNAMIC: &[&str] = &[
    "assemblies-criterion-",
    "discount-about-",
    "discount-of-",
    "once-do-",
    "once-done-",
    "once-kept-",
    "once-title-",
    "once-undo-about-",
    "once-undone-",
    "budgeting-lack-",
    "budgeting-formula-",
    "budgeting-level-",
    "budgeting-reach-",
    "formula-name-",
    "form-name-",
    "ballot-form-",
    "paper-",
    "count-method-",
    "phase-",
    "proposal-state-",
    "proposal-step-",
    "proposal-field-",
    "proposals-order-",
    "calendar-problem-",
    "backup-fault-",
    "ballot-age-",
    "ballot-box-",
    "ballot-csv-",
    "ballot-file-",
    "ballot-method-",
    "ballot-milestone-",
    "ballot-outcome-",
    "ballot-paper-",
    "ballot-refusal-",
    "ballot-rule-",
    "ballot-sex-",
    "ballot-turnout-",
    "sign-in-way-",
    "count-file-",
    "count-error-",
    "check-count-no-",
    "person-level-",
    "person-way-",
    "person-state-",
    "person-document-",
    "person-channel-",
    "person-action-",
    "person-scope-",
    "person-lack-level-",
    "person-lack-home-",
    "exercise-column-",
    "exercise-state-",
    "my-data-kept-",
    "my-data-vote-",
    "access-act-",
    "correction-field-",
    "correction-state-",
    "moderation-code-",
    "moderation-act-",
    "moderation-view-",
    "pattern-",
    "limit-",
    "queue-why-",
    "spam-feature-",
    "talk-order-",
    "block-days-",
    "log-kind-",
    "log-step-",
    "log-fact-",
    "log-refusal-",
    "programme-fault-",
    "programme-at-",
    "plan-barred-",
    "plan-fair-",
    "judgement-method-",
    "plan-voice-",
    "plan-steady-",
    "plan-ruling-",
    "ranking-fault-",
    "contract-category-",
    "contract-dimension-",
    "contract-kind-",
    "contract-method-",
    "contract-nature-",
    "contract-obligation-",
    "contract-ppp-",
    "contract-role-",
    "contract-stage-",
    "contract-state-",
    "contract-tender-",
    "flag-evidence-",
    "flag-name-",
    "flag-number-",
    "flag-why-",
    "procurement-survival-",
    "published-figure-",
    "published-status-",
    "open-data-table-",
    "schedule-basis-",
    "schedule-board-",
    "schedule-column-",
    "schedule-curve-",
    "schedule-figure-",
    "schedule-formula-",
    "schedule-key-",
    "schedule-kind-",
    "schedule-measured-",
    "schedule-unit-",
    "schedule-week-",
    "ranking-method-",
    "ranking-source-",
    "ranking-side-",
    "ranking-quadrant-",
    "ranking-weighting-",
    "ranking-quality-",
    "ranking-eligible-",
    "criteria-state-",
    "appraisal-depth-",
    "appraisal-fault-",
    "appraisal-figure-",
    "appraisal-input-",
    "appraisal-line-",
    "appraisal-payer-",
    "appraisal-timing-",
    "appraisal-warning-",
    "accuracy-other-",
    "accuracy-record-",
    "job-kind-",
    "import-state-",
    "register-part-",
    "register-field-",
    "work-whose-",
    "work-due-",
    "partner-kind-",
    "team-role-",
    "import-step-",
    "register-column-",
    "register-help-",
    "job-state-",
    "budget-group-",
    "budget-item-",
    "budget-layout-",
    "budget-level-",
    "budget-section-",
    "budget-stage-",
    "changes-",
    "column-",
    "criterion-",
    "consolidation-pair-",
    "disclosure-standing-",
    "date-",
    "demand-service-",
    "desk-",
    "help-",
    "decision-reason-",
    "decision-state-",
    "error-",
    "face-map-move-",
    "face-reach-",
    "face-weekday-",
    "field-",
    "finding-",
    "forecast-refusal-",
    "forecast-about-",
    "forecast-card-",
    "forecast-collection-",
    "forecast-model-",
    "forecast-prices-",
    "frequency-",
    "import-",
    "indicator-",
    "kind-",
    "language-",
    "letter-kind-",
    "told-kind-",
    "told-channel-",
    "told-pace-",
    "told-lang-",
    "told-missing-",
    "letter-state-",
    "mail-frequency-",
    "map-",
    "modality-",
    "money-in-",
    "money-short-",
    "money-source-",
    "month-",
    "not-translated-",
    "no-answer-",
    "outcome-effect-of-",
    "outcome-feature-",
    "outcome-size-",
    "outcome-target-",
    "outcome-verdict-",
    "acceptance-verdict-",
    "photo-kind-",
    "pivot-axis-",
    "pivot-level-",
    "pivot-lines-",
    "pivot-order-",
    "pivot-show-",
    "place-kind-",
    "problem-",
    "programme-stage-",
    "programme-state-",
    "project-level-",
    "project-sort-",
    "rating-value-",
    "report-part-",
    "role-",
    "rule-",
    "scenario-base-",
    "scenario-band-",
    "scenario-bond-",
    "scenario-case-",
    "scenario-fault-",
    "scenario-funding-",
    "scenario-help-",
    "scenario-lever-",
    "scenario-method-",
    "scenario-need-",
    "scenario-stability-",
    "scenario-units-of-",
    "sector-",
    "statistics-coefficient-",
    "statistics-errors-",
    "statistics-fault-",
    "statistics-head-",
    "statistics-kind-",
    "statistics-method-",
    "statistics-refusal-",
    "statistics-sheet-",
    "statistics-test-",
    "statistics-warning-",
    "statistics-word-",
    "status-",
    "refusal-",
    "replay-course-",
    "risk-band-",
    "risk-category-",
    "risk-ending-",
    "risk-impact-",
    "risk-likelihood-",
    "risk-response-",
    "observation-series-",
    "unit-",
    "warning-action-",
    "warning-decision-",
    "warning-fact-",
    "warning-grade-",
    "warning-indicator-",
    "warning-level-",
    "warning-outcome-",
    "warning-plain-",
    "warning-state-",
    "warning-unknown-",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, endings, found);
        } else if path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)) {
            found.push(path);
        }
    }
}

/// Files that ask for sentences: pages, and the Rust that fills them.
fn users() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(&root().join("templates"), &["html", "txt", "xml"], &mut found);
    for room in [
        "akimat-app",
        "akimat-web-kit",
        "akimat-web-public",
        "akimat-web-admin",
        "akimat-web-api",
        "akimat-web",
        "akimat",
    ] {
        files(&root().join("crates").join(room).join("src"), &["rs"], &mut found);
    }
    found.sort();
    found
}

/// Keys asked for as literals: `t("key"` and `f("key"`, preceded by no letter.
fn asked(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for call in ["t(\"", "f(\""] {
        for (at, _) in text.match_indices(call) {
            let inside_a_word = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let key = text[at + call.len()..].split('"').next().unwrap_or_default();
            let is_key = !key.is_empty()
                && key.starts_with(|c: char| c.is_ascii_lowercase())
                && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
            if !inside_a_word && is_key {
                keys.insert(key.to_owned());
            }
        }
    }
    keys
}

/// Every quoted word of a file, for keys that reach `t` through a variable.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split(['"', '\'']).collect()
}

fn keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for source in sources(Lang::Ru) {
        if let Ok(tree) = fluent_syntax::parser::parse(source.text.as_str()) {
            keys.extend(tree.body.iter().filter_map(|entry| match entry {
                Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            }));
        }
    }
    keys
}

#[test]
fn literals_are_found() {
    let text = r#"{{ l.t("menu-home") }} {{l.f("count-projects", &[])}} {{ fmt("no") }} {{ l.t("a b") }}"#;
    assert_eq!(asked(text).into_iter().collect::<Vec<_>>(), ["count-projects", "menu-home"]);
}

#[test]
fn every_sentence_asked_for_exists() {
    let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in users() {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let file = path.strip_prefix(root()).unwrap_or(&path).display();
        for key in asked(&text) {
            for lang in Lang::ALL {
                if !catalogue().locale(lang).has(&key) {
                    missing.entry(key.clone()).or_default().push(format!("{file} ({})", lang.code()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "sentences asked for but not written: {missing:#?}");
}

#[test]
fn the_list_of_unused_sentences_only_shrinks() {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unused.txt");
    let texts: Vec<String> =
        users().iter().map(|path| std::fs::read_to_string(path).unwrap_or_default()).collect();
    let used: BTreeSet<&str> = texts.iter().flat_map(|text| quoted(text)).collect();
    let unused: BTreeSet<String> = keys()
        .into_iter()
        .filter(|key| !used.contains(key.as_str()) && !DYNAMIC.iter().any(|prefix| key.starts_with(prefix)))
        .collect();
    if std::env::var_os("AKIMAT_UPDATE").is_some() {
        let text: String = unused.iter().map(|key| format!("{key}\n")).collect();
        std::fs::write(&list, text).expect("the list can be written");
    }
    let listed = std::fs::read_to_string(&list).unwrap_or_default();
    let listed: BTreeSet<String> = listed.lines().map(str::to_owned).collect();
    let new: Vec<_> = unused.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&unused).collect();
    if !gone.is_empty() {
        println!("now used or removed, take them off tests/unused.txt: {gone:?}");
    }
    assert!(new.is_empty(), "sentences that no page shows and tests/unused.txt does not list: {new:#?}");
}
