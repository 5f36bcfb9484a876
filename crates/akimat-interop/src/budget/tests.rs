use super::*;
use crate::shared;
use akimat_budget::{Item, check, indicators};
use akimat_core::Money;

fn decode(bytes: &[u8]) -> Result<Vec<Budget>, Vec<Problem>> {
    let mut id = || BudgetId(uuid::Uuid::nil());
    decode_budget("dir/file.x", bytes, &BudgetContext::default(), Timestamp::UNIX_EPOCH, &mut id)
}

fn keys(bytes: &[u8]) -> Vec<(Option<u32>, Option<String>, &'static str)> {
    decode(bytes).unwrap_err().iter().map(|p| (p.row, p.column.clone(), p.key())).collect()
}

fn own(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../data/budget/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn the_eight_shared_budgets_reproduce_their_shares_and_contradict_nothing() {
    let Some(bytes) = shared::read("data/budget-fixtures/budgets.json") else { return };
    let facts: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let budgets = decode(&bytes).unwrap();
    assert_eq!(budgets.len(), 8);
    for (budget, fact) in budgets.iter().zip(facts.as_array().unwrap()) {
        assert_eq!(check(budget), Vec::new(), "{}", budget.key);
        let found = indicators(budget, Stage::Approved, None);
        let printed = |code: &str| found.iter().find(|i| i.id() == code).unwrap().decimal();
        assert_eq!(printed("own_source_share").as_deref(), fact["own_revenue_share_percent"].as_str());
        assert_eq!(printed("self_sufficiency").as_deref(), fact["self_sufficiency_percent"].as_str());
    }
}

#[test]
fn our_own_files_state_the_same_figures() {
    let budgets = decode(&own("eight_budgets.json")).unwrap();
    assert_eq!(budgets.iter().filter(|budget| budget.place.is_some()).count(), 7);
    if let Some(bytes) = shared::read("data/budget-fixtures/budgets.json") {
        for (ours, theirs) in budgets.iter().zip(decode(&bytes).unwrap()) {
            assert_eq!((&ours.key, &ours.lines, ours.year), (&theirs.key, &theirs.lines, theirs.year));
        }
    }
    let paper = decode(&own("turkistan_paper.json")).unwrap();
    let rules: Vec<&str> = paper.iter().flat_map(check).map(|finding| finding.rule.code()).collect();
    assert_eq!(rules, ["balance", "balance_omits_lending", "financing_sign"]);
    assert_eq!(paper[0].provenance.file_name, "file.x");
    assert_eq!(paper[0].provenance.sha256, sha256_hex(&own("turkistan_paper.json")));
}

#[test]
fn the_places_of_our_own_files_are_in_the_classifier() {
    let Some(bytes) = shared::read("data/kato/kato_units.csv") else { return };
    let codes: Vec<KatoCode> = crate::kato::decode_kato(&bytes).unwrap().iter().map(|row| row.code).collect();
    for budget in decode(&own("eight_budgets.json")).unwrap() {
        assert!(budget.place.is_none_or(|place| codes.contains(&place)), "{}", budget.key);
    }
}

const RECORD: &str = r#"{"id":"a","level":3,"year":2024,"unit":"thousand KZT","revenue":{"total":REVENUE}}"#;

#[test]
fn numbers_are_taken_digit_by_digit() {
    let amount = |text: &str| {
        let budgets = decode(RECORD.replace("REVENUE", text).as_bytes()).unwrap();
        budgets[0].amount(Item::RevenueTotal, Stage::Approved).unwrap()
    };
    assert_eq!(amount("\"551611447.7\""), Money::from_tiyn(55_161_144_770_000));
    assert_eq!(amount("551611447.7"), Money::from_tiyn(55_161_144_770_000));
    assert_eq!(amount("90071992547409.93001"), Money::from_tiyn(9_007_199_254_740_993_001));
    assert_eq!(amount("-5"), Money::from_tiyn(-500_000));
    assert_eq!(amount("\"1\u{a0}000,5\""), Money::from_tiyn(100_050_000));
    let listed = format!("[{}]", RECORD.replace("REVENUE", "1"));
    assert_eq!(decode(listed.as_bytes()).unwrap().len(), 1);
}

#[test]
fn problems_of_records_name_the_record_and_the_field() {
    let one = |text: &str| keys(RECORD.replace("REVENUE", text).as_bytes());
    let at = |column: &str, key| vec![(Some(1), Some(column.to_owned()), key)];
    assert_eq!(one("\"12a\""), at("revenue.total", "problem-not-an-amount"));
    assert_eq!(one("1e5"), at("revenue.total", "problem-not-an-amount"));
    assert_eq!(one("1.0000001"), at("revenue.total", "problem-amount-too-fine"));
    assert_eq!(one("99999999999999999999"), at("revenue.total", "problem-amount-too-large"));
    assert_eq!(one("[1]"), at("revenue.total", "problem-not-an-amount"));
    assert_eq!(one("null"), at("revenue", "problem-totals-missing"));
    assert_eq!(one("1,\"total\":2"), at("revenue", "problem-field-twice"));
    let none = |column: &str| (Some(1), Some(column.to_owned()), "problem-missing");
    assert_eq!(
        keys(br#"[{"revenue":{"total":"1"}}]"#),
        [none("id"), none("level"), none("year"), none("unit")]
    );
    assert_eq!(keys(b"[]"), [(None, None, "problem-no-records")]);
    assert_eq!(keys(b"[1]"), [(Some(1), None, "problem-not-a-record")]);
    assert_eq!(keys(b"{\"budgets\":["), [(None, None, "problem-broken-json")]);
    let many = format!("[0{}]", ",0".repeat(10_000));
    assert_eq!(keys(many.as_bytes()), [(None, None, "problem-sheet-too-large")]);
    let two = format!("[{0},{0}]", RECORD.replace("REVENUE", "1"));
    assert_eq!(keys(two.as_bytes()), [(Some(2), Some("id".to_owned()), "problem-repeated")]);
}

const TIDY: &str = "\
place_kato;level;year;budget;item;code;name_kk;name_ru;name_en;approved;amended;executed;unit\n\
591000000;3;2024;a;revenue_total;;;;;10,5;11;5;thousand KZT\n\
591000000;3;2024;a;tax;;;Налоги;;10,5;11;5;thousand KZT\n\
591000000;3;2024;a;functional_group;04;Білім беру;;;9;9;;thousand KZT\n\
591000000;3;2025;a;revenue_total;;;;;7;;;million KZT\n";

#[test]
fn the_tidy_table_is_read_with_all_three_states() {
    let budgets = decode(TIDY.as_bytes()).unwrap();
    assert_eq!(budgets.len(), 2);
    assert_eq!(budgets[0].stages(), Stage::ALL);
    assert_eq!(budgets[0].lines[2].row, 4);
    assert_eq!(budgets[0].amount(Item::Tax, Stage::Amended), Some(Money::from_tiyn(1_100_000)));
    assert_eq!(budgets[1].amount(Item::RevenueTotal, Stage::Approved), Some(Money::from_tiyn(700_000_000)));
    assert_eq!(decode(TIDY.replace(',', ".").replace(';', ",").as_bytes()).unwrap(), {
        let mut same = budgets.clone();
        let sha256 = sha256_hex(TIDY.replace(',', ".").replace(';', ",").as_bytes());
        same.iter_mut().for_each(|budget| budget.provenance.sha256.clone_from(&sha256));
        same
    });
}

#[test]
fn problems_of_the_tidy_table_name_row_and_column() {
    let wrong = TIDY
        .replace("2024;a;tax;;;Налоги;;10,5", "2024;a;taxes;;;Налоги;;1O")
        .replace("functional_group;04", "functional_group;")
        .replace("2025;a", "1900;a");
    let at = |row, column: &str, key| (Some(row), Some(column.to_owned()), key);
    assert_eq!(
        keys(wrong.as_bytes()),
        [
            at(3, "item", "problem-unknown-value"),
            at(4, "code", "problem-missing"),
            at(5, "year", "problem-out-of-range"),
        ]
    );
    assert_eq!(keys(b"a;b;c\n1;2;3\n"), [(None, None, "problem-unknown-format")]);
    let disagree = TIDY
        .replace("10,5;11;5;thousand KZT\n591000000;3;2024;a;f", "1;1;1;million KZT\n591000000;3;2024;a;f");
    assert_eq!(keys(disagree.as_bytes()), [at(3, "unit", "problem-rows-disagree")]);
}
