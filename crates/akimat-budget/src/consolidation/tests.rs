use super::*;
use crate::fixtures::{budget, line};
use crate::{Amounts, Line};
use proptest::prelude::*;

const DISTRICT: &str = "990100000";
const OKRUGS: [&str; 3] = ["990110000", "990120000", "990130000"];

fn tenge(amount: i64) -> Money {
    Money::from_tenge(amount).unwrap()
}

fn unit(level: u8, place: &str) -> UnitKey {
    UnitKey { level, place: place.parse().unwrap() }
}

fn lines(figures: &[(Item, &str, i64)]) -> Vec<Line> {
    figures.iter().map(|(item, code, amount)| line(*item, code, Some(tenge(*amount)))).collect()
}

fn of(level: u8, place: &str, figures: &[(Item, &str, i64)]) -> Budget {
    let place = Some(place.parse().unwrap());
    Budget { level, place, key: format!("{level}"), ..budget(lines(figures)) }
}

/// A district gives each okrug some money and spends the rest itself.
fn district(own: i64, from_region: i64, given: i64) -> Budget {
    let revenue = own + from_region;
    of(
        3,
        DISTRICT,
        &[
            (Item::RevenueTotal, "", revenue),
            (Item::Tax, "", own),
            (Item::NonTax, "", 0),
            (Item::FixedCapital, "", 0),
            (Item::Transfers, "", from_region),
            (Item::RevenueDetail, "4/01", 0),
            (Item::RevenueDetail, "4/02", from_region),
            (Item::ExpenditureTotal, "", revenue),
            (Item::FunctionalGroup, "04", revenue - given),
            (Item::FunctionalGroup, "15", given),
            (Item::FunctionalDetail, "15/1/452/038", given),
            (Item::NetLending, "", 0),
            (Item::FinancialAssets, "", 0),
        ],
    )
}

fn okrug(place: &str, own: i64, got: i64, spent: i64) -> Budget {
    of(
        4,
        place,
        &[
            (Item::RevenueTotal, "", own + got),
            (Item::Tax, "", own),
            (Item::NonTax, "", 0),
            (Item::FixedCapital, "", 0),
            (Item::Transfers, "", got),
            (Item::ExpenditureTotal, "", spent),
            (Item::FunctionalGroup, "07", spent),
            (Item::NetLending, "", 0),
            (Item::FinancialAssets, "", 0),
        ],
    )
}

fn rules() -> TransferRules {
    serde_json::from_str(include_str!("../../../../data/budget/transfer_programmes.json")).unwrap()
}

fn run(budgets: &[Budget], expected: &[UnitKey]) -> Consolidation {
    let scope = Scope { budgets, expected, stage: Stage::Approved, rules: &rules() };
    consolidate(&scope).unwrap()
}

fn expected(n: usize) -> Vec<UnitKey> {
    std::iter::once(unit(3, DISTRICT)).chain(OKRUGS[..n].iter().map(|code| unit(4, code))).collect()
}

/// Worked by hand: the district has 100 of its own and 900 from the region, gives 300; three okrugs have 10
/// each of their own and get 100 each. Together they have 130 of their own and 900 from outside.
#[test]
fn what_only_passes_between_them_is_taken_out() {
    let mut budgets = vec![district(100, 900, 300)];
    budgets.extend(OKRUGS.map(|code| okrug(code, 10, 100, 110)));
    let result = run(&budgets, &expected(3));
    assert!(result.is_whole() && result.findings.is_empty(), "{result:?}");
    let left = |item, code| result.line(item, code).unwrap().left;
    assert_eq!(left(Item::RevenueTotal, ""), Some(tenge(1_030)));
    assert_eq!(left(Item::Tax, ""), Some(tenge(130)));
    assert_eq!(left(Item::Transfers, ""), Some(tenge(900)));
    assert_eq!(left(Item::ExpenditureTotal, ""), Some(tenge(1_030)));
    assert_eq!(left(Item::FunctionalGroup, "15"), Some(tenge(0)));
    assert_eq!(result.line(Item::RevenueTotal, "").unwrap().sum, Some(tenge(1_330)));
    assert_eq!((result.balance, result.balance_sum), (Some(tenge(0)), Some(tenge(0))));
}

#[test]
fn a_difference_is_a_finding_with_both_sides() {
    let mut budgets = vec![district(100, 900, 300)];
    budgets.extend([(0, 100), (1, 100), (2, 80)].map(|(at, got)| okrug(OKRUGS[at], 10, got, 110)));
    let result = run(&budgets, &expected(3));
    let [finding] = result.findings.as_slice() else { panic!("{:?}", result.findings) };
    assert_eq!((finding.rule, finding.severity), (Rule::TransferMismatch, Severity::Error));
    assert_eq!((finding.printed, finding.expected), (Some(tenge(280)), Some(tenge(300))));
    assert_eq!(finding.difference, Some(tenge(-20)));
    assert_eq!(finding.evidence.len(), 4);
    assert_eq!(finding.evidence[0].side, Side::Given);
    // The difference stays in the result.
    assert_eq!(result.line(Item::RevenueTotal, "").unwrap().left, Some(tenge(1_030)));
    assert_eq!(result.line(Item::ExpenditureTotal, "").unwrap().left, Some(tenge(1_030)));
    let (balance, sum) = (result.balance.unwrap(), result.balance_sum.unwrap());
    assert_eq!(balance.checked_sub(sum), Some(tenge(20)));
}

#[test]
fn a_missing_unit_is_listed_and_accuses_nobody() {
    let budgets = vec![district(100, 900, 300), okrug(OKRUGS[0], 10, 100, 110)];
    let result = run(&budgets, &expected(3));
    assert_eq!(result.missing, [unit(4, OKRUGS[1]), unit(4, OKRUGS[2])]);
    assert!(!result.is_whole() && result.findings.is_empty());
    // More than the district says it gave to all of them together contradicts all the same.
    let budgets = vec![district(100, 900, 300), okrug(OKRUGS[0], 10, 400, 410)];
    assert_eq!(run(&budgets, &expected(3)).findings.len(), 1);
}

#[test]
fn a_line_that_is_not_stated_is_not_zero() {
    let mut silent = okrug(OKRUGS[0], 10, 100, 110);
    silent.lines.retain(|line| line.item != Item::FinancialAssets && line.item != Item::Transfers);
    silent.complete = false;
    let result = run(&[district(100, 900, 100), silent], &expected(1));
    assert_eq!(result.line(Item::FinancialAssets, "").unwrap().n_silent, 1);
    assert_eq!(result.balance, None);
    let pair = result.pairs.iter().find(|pair| pair.direction == Direction::Down).unwrap();
    assert_eq!(pair.received.silent, [unit(4, OKRUGS[0])]);
    assert!(result.findings.is_empty());
}

#[test]
fn an_undivided_total_only_warns() {
    let mut giver = district(100, 900, 300);
    giver.lines.retain(|line| !line.item.is_detail() || line.item == Item::FunctionalGroup);
    let result = run(&[giver, okrug(OKRUGS[0], 10, 280, 290)], &expected(1));
    assert_eq!(result.findings[0].severity, Severity::Warning);
}

/// A district borrows 50 from its region: the loan leaves both lending and financing.
#[test]
fn credits_between_levels_are_taken_out() {
    let region = of(
        2,
        "990000000",
        &[
            (Item::RevenueTotal, "", 1_000),
            (Item::Transfers, "", 0),
            (Item::ExpenditureTotal, "", 900),
            (Item::NetLending, "", 80),
            (Item::Loans, "", 80),
            (Item::LoanRepayment, "", 0),
            (Item::FinancialAssets, "", 0),
            (Item::FunctionalGroup, "04", 900),
        ],
    );
    let mut lower = district(100, 0, 0);
    lower.lines.extend(lines(&[
        (Item::Borrowing, "", 50),
        (Item::DebtRepayment, "", 0),
        (Item::UsedBalances, "", 0),
        (Item::FinancingTotal, "", 50),
    ]));
    let result = run(&[region, lower], &[unit(2, "990000000"), unit(3, DISTRICT)]);
    assert_eq!(result.line(Item::NetLending, "").unwrap().left, Some(tenge(30)));
    assert_eq!(result.line(Item::Borrowing, "").unwrap().left, Some(tenge(0)));
    assert!(result.findings.is_empty(), "{:?}", result.findings);
    let (balance, sum) = (result.balance.unwrap(), result.balance_sum.unwrap());
    assert_eq!(balance.checked_sub(sum), Some(tenge(50)));
}

#[test]
fn nothing_comes_of_nothing() {
    let scope = Scope { budgets: &[], expected: &expected(1), stage: Stage::Approved, rules: &rules() };
    assert!(consolidate(&scope).is_none());
}

proptest! {
    /// Where both sides agree, the balance is the sum of the balances and own revenue adds up.
    #[test]
    fn agreeing_budgets_keep_their_balance(
        own in 0_i64..1_000_000,
        above in 0_i64..1_000_000,
        parts in proptest::collection::vec((0_i64..10_000, 0_i64..10_000, 0_i64..30_000), 0..=3),
    ) {
        let given: i64 = parts.iter().map(|(_, got, _)| got).sum();
        let mut budgets = vec![district(own, above + given, given)];
        budgets.extend(parts.iter().zip(OKRUGS).map(|((tax, got, spent), code)| okrug(code, *tax, *got, *spent)));
        let result = run(&budgets, &expected(parts.len()));
        prop_assert!(result.findings.is_empty());
        prop_assert_eq!(result.balance, result.balance_sum);
        let taxes = own + parts.iter().map(|(tax, _, _)| tax).sum::<i64>();
        prop_assert_eq!(result.line(Item::Tax, "").unwrap().left, Some(tenge(taxes)));
        // What is left in transfers comes from outside.
        prop_assert_eq!(result.line(Item::Transfers, "").unwrap().left, Some(tenge(above + given)));
        for line in &result.lines {
            let left = line.sum.unwrap().checked_sub(line.eliminated.unwrap());
            prop_assert_eq!(left, line.left);
        }
    }

    /// The order of the budgets does not matter.
    #[test]
    fn order_does_not_matter(seed in 0_usize..6) {
        let mut budgets = vec![district(1, 2, 3), okrug(OKRUGS[0], 4, 5, 6), okrug(OKRUGS[1], 7, 8, 9)];
        let due = run(&budgets, &expected(2));
        budgets.rotate_left(seed % 3);
        if seed > 2 {
            budgets.swap(0, 1);
        }
        prop_assert_eq!(run(&budgets, &expected(2)), due);
    }
}

/// The amounts of another stage are not mixed in.
#[test]
fn stages_stay_apart() {
    let mut one = okrug(OKRUGS[0], 10, 100, 110);
    one.lines[0].amounts = Amounts { executed: Some(tenge(7)), ..one.lines[0].amounts };
    let scope =
        Scope { budgets: &[one], expected: &[], stage: Stage::Executed, rules: &TransferRules::default() };
    let result = consolidate(&scope).unwrap();
    assert_eq!(result.lines.len(), 1);
    assert_eq!(result.line(Item::RevenueTotal, "").unwrap().sum, Some(tenge(7)));
}
