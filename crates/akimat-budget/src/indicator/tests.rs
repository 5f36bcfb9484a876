use super::*;
use crate::fixtures::{self, line};
use akimat_core::Money;

fn value(found: &[Indicator], id: &str) -> Option<String> {
    found.iter().find(|indicator| indicator.id() == id).and_then(Indicator::decimal)
}

#[test]
fn the_eight_budgets_have_their_published_shares() {
    let golden: serde_json::Value =
        serde_json::from_str(include_str!("../../../../data/golden/budget/shares.json")).unwrap();
    for budget in fixtures::budgets(fixtures::EIGHT) {
        let found = indicators(&budget, Stage::Approved, None);
        for code in ["own_source_share", "self_sufficiency"] {
            assert_eq!(value(&found, code).as_deref(), golden[&budget.key][code].as_str(), "{}", budget.key);
        }
        let share = |code| found.iter().find(|i| i.code == code).unwrap().value;
        let (own, transfers) = (share("own_source_share"), share("transfer_dependence"));
        assert_eq!(own.denominator(), transfers.denominator());
        assert_eq!(own.numerator() + transfers.numerator(), own.denominator(), "{}", budget.key);
    }
}

#[test]
fn the_published_table_5_has_these_shares() {
    let paper = fixtures::budgets(fixtures::PAPER);
    let table = paper.iter().find(|budget| budget.key.ends_with("table-5")).unwrap();
    let found = indicators(table, Stage::Approved, None);
    let check = |id, want: &str| assert_eq!(value(&found, id).as_deref(), Some(want), "{id}");
    check("own_source_share", "6.91");
    check("transfer_dependence", "93.09");
    check("self_sufficiency", "7.15");
    check("tax_share", "5.40");
    check("vertical_gap", "92.85");
    check("balance_ratio", "0.77");
    check("revenue_structure:fixed_capital", "0.04");
    assert_eq!(value(&found, "hhi"), None);
    assert_eq!(value(&found, "social_share"), None);
}

#[test]
fn petropavl_has_every_indicator_of_one_budget() {
    let budget = fixtures::budgets(fixtures::EIGHT).pop().unwrap();
    let found = indicators(&budget, Stage::Approved, Some(220_000));
    let check = |id, want: &str| assert_eq!(value(&found, id).as_deref(), Some(want), "{id}");
    check("own_source_share", "81.25");
    check("self_sufficiency", "76.65");
    check("balance_ratio", "-5.66");
    // (708024.0 + 9505652.0) / (104170716.3 - 19537182.9)
    check("debt_service_ratio", "12.07");
    // (3937955.0 + 1343782.3) / 110418181.0; groups 04 and 05 are known to be zero
    check("social_share", "4.78");
    check("structure:15", "40.31");
    check("expenditure_per_capita", "501900.82");
    assert!(found.iter().all(|indicator| definition(indicator.code).is_some()));
    assert!(found.iter().all(|indicator| !indicator.inputs.is_empty()));
    let mut ids: Vec<String> = found.iter().map(Indicator::id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), found.len());
}

#[test]
fn execution_and_growth_compare_two_amounts() {
    let mut tax = line(Item::Tax, "", Some(Money::from_tiyn(200)));
    tax.amounts.amended = Some(Money::from_tiyn(300));
    tax.amounts.executed = Some(Money::from_tiyn(100));
    let later = fixtures::budget(vec![tax]);
    let found = indicators(&later, Stage::Executed, None);
    assert_eq!(value(&found, "execution:tax").as_deref(), Some("33.33"));
    let earlier = fixtures::budget(vec![line(Item::Tax, "", Some(Money::from_tiyn(160)))]);
    let grown = growth(&earlier, &later, Item::Tax, Stage::Approved).unwrap();
    assert_eq!(grown.decimal().as_deref(), Some("25.00"));
    assert!(growth(&earlier, &later, Item::Transfers, Stage::Approved).is_none());
    let zero = fixtures::budget(vec![line(Item::Tax, "", Some(Money::ZERO))]);
    assert!(growth(&zero, &later, Item::Tax, Stage::Approved).is_none());
}

#[test]
fn nothing_is_computed_from_nothing() {
    assert!(indicators(&fixtures::budget(Vec::new()), Stage::Approved, Some(1)).is_empty());
    let huge = Some(Money::from_tiyn(i64::MAX));
    let items = [Item::RevenueTotal, Item::Transfers, Item::ExpenditureTotal];
    let budget = fixtures::budget(items.map(|item| line(item, "", huge)).to_vec());
    let found = indicators(&budget, Stage::Approved, Some(0));
    assert_eq!(value(&found, "transfer_dependence").as_deref(), Some("100.00"));
}
