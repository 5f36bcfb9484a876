use super::*;
use crate::fixtures::{self, line};
use akimat_core::MoneyUnit;
use proptest::prelude::*;

const THOUSAND: MoneyUnit = MoneyUnit::ThousandTenge;

fn money(text: &str) -> Money {
    Money::parse(text, THOUSAND).unwrap()
}

/// Findings as `rule printed expected difference severity`, in thousand tenge.
fn printed(budget: &Budget) -> Vec<String> {
    let text = |amount: Option<Money>| amount.map_or("-".to_owned(), |m| m.to_decimal(budget.unit, 1));
    let line = |f: &Finding| {
        let (printed, expected, difference) = (text(f.printed), text(f.expected), text(f.difference));
        format!("{} {printed} {expected} {difference} {}", f.rule.code(), f.severity.code())
    };
    super::check(budget).iter().map(line).collect()
}

/// A budget of 2024 from `item[:code] amount` lines.
fn made(lines: &[(&str, &str)]) -> Budget {
    let read = |(name, amount): &(&str, &str)| {
        let (item, code) = name.split_once(':').unwrap_or((name, ""));
        line(Item::parse(item).unwrap(), code, Some(money(amount)))
    };
    fixtures::budget(lines.iter().map(read).collect())
}

fn expect(lines: &[(&str, &str)], findings: &[&str]) {
    assert_eq!(printed(&made(lines)), findings, "{lines:?}");
}

#[test]
fn the_eight_budgets_contradict_nothing() {
    let budgets = fixtures::budgets(fixtures::EIGHT);
    assert_eq!(budgets.len(), 8);
    for budget in budgets {
        assert_eq!(printed(&budget), Vec::<String>::new(), "{}", budget.key);
    }
}

#[test]
fn the_published_table_5_contradicts_itself_in_three_ways() {
    let golden: serde_json::Value =
        serde_json::from_str(include_str!("../../../../data/golden/budget/table_5_findings.json")).unwrap();
    let golden: Vec<String> = golden
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            let fields = ["rule", "printed", "expected", "difference", "severity"];
            fields.map(|field| f[field].as_str().unwrap()).join(" ")
        })
        .collect();
    let paper = fixtures::budgets(fixtures::PAPER);
    for budget in &paper {
        let want = if budget.key.ends_with("table-5") { golden.clone() } else { Vec::new() };
        assert_eq!(printed(budget), want, "{}", budget.key);
    }
    let table = paper.iter().find(|budget| budget.key.ends_with("table-5")).unwrap();
    let balance = &super::check(table)[0];
    let inputs: Vec<(Item, bool)> = balance.inputs.iter().map(|i| (i.item, i.subtracted)).collect();
    let sections = [Item::RevenueTotal, Item::ExpenditureTotal, Item::NetLending, Item::FinancialAssets];
    assert_eq!(inputs, sections.map(|item| (item, item != Item::RevenueTotal)));
}

#[test]
fn an_identity_applies_only_when_all_its_figures_are_given() {
    expect(&[("revenue_total", "5"), ("tax", "9")], &[]);
    expect(&[("net_lending", "5"), ("loans", "9")], &[]);
    expect(&[("balance", "5"), ("revenue_total", "9"), ("expenditure_total", "1")], &[]);
    expect(&[("financing_total", "5"), ("borrowing", "9")], &[]);
    expect(
        &[("net_lending", "5"), ("loans", "9"), ("loan_repayment", "3")],
        &["net_lending 5.0 6.0 -1.0 error"],
    );
}

#[test]
fn totals_that_are_absent_are_derived() {
    let sections = [
        ("tax", "6"),
        ("non_tax", "1"),
        ("fixed_capital", "1"),
        ("transfers", "2"),
        ("functional_group:04", "7"),
        ("loans", "3"),
        ("loan_repayment", "1"),
        ("financial_assets", "0"),
    ];
    let with = |more: &[(&'static str, &'static str)]| [&sections[..], more].concat();
    expect(&with(&[("balance", "1"), ("financing_total", "-1")]), &[]);
    expect(&with(&[("balance", "2")]), &["balance 2.0 1.0 1.0 error"]);
    expect(&with(&[("financing_total", "1")]), &["financing_sign 1.0 -1.0 2.0 error"]);
    expect(&with(&[("financing_total", "-2")]), &["financing_total -2.0 -1.0 -1.0 error"]);
    expect(&with(&[("financing_total", "0")]), &["financing_total 0.0 -1.0 1.0 error"]);
}

#[test]
fn a_balance_right_but_for_its_sign_is_a_warning() {
    let sections = [
        ("revenue_total", "10"),
        ("expenditure_total", "12"),
        ("net_lending", "1"),
        ("financial_assets", "0"),
        ("balance", "3"),
        ("financing_total", "3"),
    ];
    expect(&sections, &["balance 3.0 -3.0 6.0 warning"]);
}

#[test]
fn groups_and_details_add_up_to_what_stands_above_them() {
    let groups = [("expenditure_total", "9"), ("functional_group:04", "5"), ("functional_group:06", "3")];
    expect(&groups, &["functional_total 9.0 8.0 1.0 error"]);
    let mut cut = made(&groups);
    cut.complete = false;
    assert_eq!(printed(&cut), Vec::<String>::new());
    cut.lines.push(line(Item::FunctionalGroup, "07", Some(money("2"))));
    assert_eq!(printed(&cut), ["functional_total 9.0 10.0 -1.0 error"]);

    expect(
        &[
            ("tax", "9"),
            ("revenue_detail:1/01", "5"),
            ("revenue_detail:1/01/2", "4"),
            ("revenue_detail:1/04", "4"),
            ("functional_group:04", "6"),
            ("functional_detail:04//464/001", "2"),
            ("functional_detail:04//464/003", "4"),
        ],
        &["detail_total 5.0 4.0 1.0 error"],
    );
    expect(&[("functional_group:16", "4"), ("functional_group:01", "5"), ("expenditure_total", "5")], &[]);
}

#[test]
fn lines_that_stand_twice_or_do_not_belong_are_found() {
    expect(&[("tax", "1"), ("tax", "2")], &["duplicate_line 2.0 - - error"]);
    expect(&[("functional_group:17", "1")], &["unknown_code 1.0 - - warning"]);
    expect(&[("programme:45-015", "1")], &["unknown_code 1.0 - - warning"]);
    expect(&[("revenue_detail:9/01", "1")], &["unknown_code 1.0 - - warning"]);
    expect(&[("special", "1"), ("non_oil_balance", "1")], &["layout 1.0 - - warning"; 2]);
    expect(&[("special", "0")], &[]);
}

#[test]
fn sums_beyond_the_range_are_findings_not_overflows() {
    let huge = Some(Money::from_tiyn(i64::MAX));
    let lines = [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Transfers, Item::RevenueTotal];
    let budget = fixtures::budget(lines.iter().map(|item| line(*item, "", huge)).collect());
    let findings = super::check(&budget);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].rule, findings[0].expected), (Rule::RevenueTotal, None));
}

/// Rules that a figure takes part in, for budgets in which all inputs of the rule are given.
fn involved(figures: &Figures<'_>, at: usize) -> Vec<Rule> {
    let line = &figures.budget.lines[at];
    let mut rules = Vec::new();
    for (rule, item) in [
        (Rule::RevenueTotal, Item::RevenueTotal),
        (Rule::NetLending, Item::NetLending),
        (Rule::FinancialAssets, Item::FinancialAssets),
        (Rule::Balance, Item::Balance),
        (Rule::FinancingTotal, Item::FinancingTotal),
    ] {
        let parts = figures.parts(item).unwrap_or_default();
        let whole = !parts.is_empty() && figures.printed(item).is_some();
        if whole && (line.item == item || parts.iter().any(|part| part.item == line.item)) {
            rules.push(rule);
        }
    }
    if matches!(line.item, Item::FunctionalGroup | Item::ExpenditureTotal) && !figures.groups().is_empty() {
        rules.push(Rule::FunctionalTotal);
    }
    if line.item == Item::FinancingTotal {
        rules.extend([Rule::FinancingSign, Rule::FinancingTotal]);
    }
    rules
}

proptest! {
    #[test]
    fn changing_any_one_figure_of_a_whole_budget_is_noticed(
        which in 0_usize..8,
        at in any::<prop::sample::Index>(),
        change in prop_oneof![-1_000_000_000_i64..0, 1_i64..1_000_000_000],
    ) {
        let mut budget = fixtures::budgets(fixtures::EIGHT).swap_remove(which);
        let at = at.index(budget.lines.len());
        let rules = involved(&Figures::new(&budget, Stage::Approved), at);
        prop_assume!(budget.complete && !rules.is_empty());
        let amount = budget.lines[at].amounts.approved.as_mut().unwrap();
        *amount = Money::from_tiyn(amount.tiyn() + change);
        let item = budget.lines[at].item;
        let findings = super::check(&budget);
        prop_assert!(findings.iter().any(|f| rules.contains(&f.rule)
            && (f.item == item || f.inputs.iter().any(|input| input.item == item))), "{findings:?}");
    }

    #[test]
    fn a_budget_made_from_its_parts_contradicts_nothing(
        parts in prop::collection::vec(0_i64..1_000_000_000_000, 12),
        groups in prop::collection::vec(0_i64..1_000_000_000_000, 1..15),
    ) {
        let mut lines = Vec::new();
        let mut put = |item, code: &str, tiyn| lines.push(line(item, code, Some(Money::from_tiyn(tiyn))));
        let revenue: i64 = parts[..4].iter().sum();
        put(Item::RevenueTotal, "", revenue);
        for (item, tiyn) in [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Transfers].into_iter().zip(&parts) {
            put(item, "", *tiyn);
        }
        let expenditure: i64 = groups.iter().sum();
        put(Item::ExpenditureTotal, "", expenditure);
        for (at, tiyn) in groups.iter().enumerate() {
            put(Item::FunctionalGroup, &format!("{:02}", at + 1), *tiyn);
        }
        put(Item::NetLending, "", parts[4] - parts[5]);
        put(Item::Loans, "", parts[4]);
        put(Item::LoanRepayment, "", parts[5]);
        put(Item::FinancialAssets, "", parts[6] - parts[7]);
        put(Item::AssetAcquisition, "", parts[6]);
        put(Item::AssetSales, "", parts[7]);
        let balance = revenue - expenditure - (parts[4] - parts[5]) - (parts[6] - parts[7]);
        put(Item::Balance, "", balance);
        put(Item::FinancingTotal, "", -balance);
        put(Item::Borrowing, "", parts[8]);
        put(Item::DebtRepayment, "", parts[9]);
        put(Item::UsedBalances, "", -balance - parts[8] + parts[9]);
        prop_assert_eq!(super::check(&fixtures::budget(lines)), Vec::new());
    }
}
