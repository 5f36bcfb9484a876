//! Hostile files: whatever the bytes, every decoder answers and none panics; and the catalogue knows
//! every problem.

use crate::{BudgetContext, PROBLEM_KEYS, PROBLEMS_MAX, Problem, decode_budget};
use akimat_core::{BudgetId, ProjectId};
use jiff::Timestamp;
use proptest::prelude::*;

/// Runs every decoder and returns the problems of all.
fn everything(bytes: &[u8]) -> Vec<Problem> {
    let context = BudgetContext { level: Some(3), year: Some(2024), ..BudgetContext::default() };
    let mut id = || BudgetId(uuid::Uuid::nil());
    let mut project = || ProjectId(uuid::Uuid::nil());
    let at = Timestamp::UNIX_EPOCH;
    let mut problems = Vec::new();
    match decode_budget("x", bytes, &context, at, &mut id) {
        Ok(budgets) => {
            for budget in &budgets {
                akimat_budget::check(budget);
                for stage in akimat_budget::Stage::ALL {
                    let found = akimat_budget::indicators(budget, stage, Some(1));
                    found.iter().for_each(|indicator| drop(indicator.decimal()));
                }
            }
        }
        Err(found) => problems.extend(found),
    }
    problems.extend(crate::kato::decode_kato(bytes).err().unwrap_or_default());
    problems.extend(crate::series_csv::decode_series(bytes, None).err().unwrap_or_default());
    let projects = crate::project_register::decode_projects(bytes, None, at, &mut project);
    problems.extend(projects.err().unwrap_or_default());
    assert!(problems.len() <= 4 * (PROBLEMS_MAX + 1));
    for problem in &problems {
        assert!(PROBLEM_KEYS.contains(&problem.key()) && PROBLEM_KEYS.contains(&problem.place_key()));
        for (_, value) in problem.args() {
            assert!(value.chars().count() <= 600, "{problem:?}");
        }
    }
    problems
}

const SAMPLES: [&str; 6] = [
    "series_id,period,value\na,2020,1\na,2021,2\n",
    "id;parent_id;code;name\n1;0;610000000;Область\n2;1;611600000;Кентау Г.А.\n",
    "item;approved;year;budget;level;unit\nrevenue_total;1;2024;a;3;KZT\ntax;1;2024;a;3;KZT\n",
    "Категория;;;;Наименование;Сумма\n;;;;I. Доходы;5\n1;;;;Налоговые поступления;5\n01;1;;;Налог;5\n",
    "number;title_ru;place_kato;sector;kind;modality;level;year;source;planned\n\
     1;Мост;610000000;transport;infrastructure;budget;local;2026;own;5\n",
    r#"[{"id":"a","level":3,"year":2024,"unit":"KZT","revenue":{"total":"5","tax":5},"programs":{"1":"2"}}]"#,
];

#[test]
fn the_samples_are_each_right_for_one_decoder() {
    for sample in SAMPLES {
        let problems = everything(sample.as_bytes());
        assert!(!problems.is_empty());
    }
}

#[test]
fn every_problem_and_finding_has_a_sentence_in_three_languages() {
    for lang in ["kk", "ru", "en"] {
        let read = |name: &str| {
            let path = format!("{}/../../locales/{lang}/{name}.ftl", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(path).unwrap()
        };
        let check = |catalogue: &str, key: &str| {
            assert!(catalogue.lines().any(|line| line.starts_with(&format!("{key} ="))), "{lang}: {key}");
        };
        let problems = read("problem");
        PROBLEM_KEYS.iter().for_each(|key| check(&problems, key));
        let findings = read("finding");
        for rule in akimat_budget::Rule::ALL {
            check(&findings, &rule.key());
            check(&findings, &format!("{}-title", rule.key()));
        }
        check(&findings, "finding-balance-sign");
        check(&findings, "finding-financing_total-balance");
        let indicators = read("indicator");
        for definition in akimat_budget::indicator::DEFINITIONS {
            check(&indicators, &format!("indicator-{}", definition.code));
            check(&indicators, &format!("indicator-{}-help", definition.code));
        }
    }
}

#[test]
fn a_million_problems_are_cut() {
    let text = format!("series_id,period,value\n{}", "a,x,y\n".repeat(1_000));
    let problems = crate::series_csv::decode_series(text.as_bytes(), None).unwrap_err();
    assert_eq!(problems.len(), PROBLEMS_MAX + 1);
    assert_eq!(problems.last().unwrap().key(), "problem-too-many");
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        everything(&bytes);
    }

    #[test]
    fn arbitrary_text_never_panics(text in "[ -~\\n;,\"а-яІіҚқ{}\\[\\]:0-9]{0,300}") {
        everything(text.as_bytes());
    }

    #[test]
    fn damaged_samples_never_panic(
        which in 0..SAMPLES.len(),
        cut in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        repeat in 1_usize..4,
    ) {
        let mut bytes = SAMPLES[which].as_bytes().repeat(repeat);
        let place = at.index(bytes.len());
        bytes[place] = byte;
        everything(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        everything(&bytes);
    }
}
