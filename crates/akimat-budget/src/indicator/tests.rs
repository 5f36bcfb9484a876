use super::*;
use crate::fixtures::{self, line};
use crate::refusal::Refusal;
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

#[test]
fn every_indicator_is_computed_or_refused() {
    for budget in fixtures::budgets(fixtures::EIGHT).iter().chain(&fixtures::budgets(fixtures::PAPER)) {
        let (found, refused) = survey(budget, Stage::Approved, &Surroundings::default());
        for definition in DEFINITIONS.iter().filter(|definition| definition.of == Of::Budget) {
            let n = refused.iter().filter(|refused| refused.code == definition.code).count();
            let known = found.iter().any(|indicator| indicator.code == definition.code);
            assert_eq!(usize::from(known) + n, 1, "{} {}", budget.key, definition.code);
        }
        let of = |code: &str| refused.iter().find(|refused| refused.code == code).map(|r| r.why.clone());
        assert_eq!(of("expenditure_per_capita"), Some(Refusal::NoPopulation), "{}", budget.key);
        assert_eq!(of("execution"), Some(Refusal::NotExecuted));
        assert_eq!(of("tax_autonomy"), Some(Refusal::NoTaxRights));
    }
}

#[test]
fn what_is_missing_is_named() {
    let budget = fixtures::budget(vec![line(Item::RevenueTotal, "", Some(Money::from_tiyn(5)))]);
    let (_, refused) = survey(&budget, Stage::Approved, &Surroundings::default());
    let of = |code: &str| refused.iter().find(|refused| refused.code == code).map(|r| r.why.clone());
    assert_eq!(of("own_source_share"), Some(Refusal::LinesMissing(vec![Item::Transfers])));
    let both = vec![Item::Transfers, Item::ExpenditureTotal];
    assert_eq!(of("self_sufficiency"), Some(Refusal::LinesMissing(both)));
    let zero = Some(Money::ZERO);
    let nil = fixtures::budget([Item::RevenueTotal, Item::Transfers].map(|i| line(i, "", zero)).to_vec());
    let (_, refused) = survey(&nil, Stage::Approved, &Surroundings::default());
    let own = refused.iter().find(|refused| refused.code == "own_source_share").unwrap();
    assert_eq!(own.why, Refusal::ZeroLine(Item::RevenueTotal));
}

#[test]
fn taxes_that_may_be_set_are_told_from_the_others() {
    let amount = |tiyn| Some(Money::from_tiyn(tiyn));
    let mut lines = vec![
        line(Item::Tax, "1", amount(1_000)),
        line(Item::RevenueDetail, "1/01", amount(700)),
        line(Item::RevenueDetail, "1/04", amount(300)),
        line(Item::RevenueDetail, "1/04/3", amount(50)),
    ];
    let right = TaxRight { code: "1/04/3".to_owned(), level: 3, year_from: 2018, year_to: Some(2024) };
    let around = Surroundings { rights: vec![right.clone()], ..Surroundings::default() };
    let told = |lines: &[crate::Line], around: &Surroundings| {
        let (found, refused) = survey(&fixtures::budget(lines.to_vec()), Stage::Approved, around);
        let why = refused.into_iter().find(|refused| refused.code == "tax_autonomy").map(|r| r.why);
        (value(&found, "tax_autonomy"), why)
    };
    assert_eq!(told(&lines, &around), (Some("5.00".to_owned()), None));
    let village = TaxRight { level: 4, ..right.clone() };
    let other = Surroundings { rights: vec![village], ..Surroundings::default() };
    assert_eq!(told(&lines, &other), (Some("0.00".to_owned()), None));
    let ended = TaxRight { year_to: Some(2023), ..right };
    let past = Surroundings { rights: vec![ended], ..Surroundings::default() };
    assert_eq!(told(&lines, &past), (None, Some(Refusal::NoTaxRights)));
    lines.remove(2);
    assert_eq!(told(&lines, &around), (None, Some(Refusal::TaxesNotBrokenDown)));
}

#[test]
fn effort_is_one_where_all_try_alike() {
    let budget = fixtures::budget(vec![line(Item::Tax, "1", Some(Money::from_tiyn(300)))]);
    let ratio = |n| akimat_core::Ratio::new(n, 10).unwrap();
    let base = TaxBase { own: ratio(30), peers_tax: 1_000, peers_base: ratio(100) };
    let around = Surroundings { base: Some(base), ..Surroundings::default() };
    let (found, _) = survey(&budget, Stage::Approved, &around);
    assert_eq!(value(&found, "tax_effort").as_deref(), Some("1.0000"));
}

#[test]
fn what_was_not_paid_is_in_tenge() {
    let mut spent = line(Item::ExpenditureTotal, "", Some(Money::from_tiyn(1_000)));
    spent.amounts.amended = Some(Money::from_tiyn(2_050));
    spent.amounts.executed = Some(Money::from_tiyn(1_900));
    let (found, _) = survey(&fixtures::budget(vec![spent]), Stage::Executed, &Surroundings::default());
    assert_eq!(value(&found, "unspent").as_deref(), Some("1.50"));
}
