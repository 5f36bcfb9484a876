use super::*;
use crate::Amounts;
use crate::check::{Evidence, Fact, Side};
use crate::fixtures::{EIGHT, PAPER, budget, budgets, line};
use crate::pace::{MonthReport, pace};
use akimat_core::MoneyUnit;

fn limits() -> Thresholds {
    serde_json::from_str(include_str!("../../../../data/anomaly/thresholds.json")).unwrap()
}

fn tenge(amount: i64) -> Money {
    Money::from_tenge(amount).unwrap()
}

fn point(year: i16, amount: i64) -> Point {
    Evidence {
        side: Side::History,
        place: None,
        year,
        record: "made-up".to_owned(),
        row: Some(1),
        item: Item::Tax,
        code: String::new(),
        amount: tenge(amount),
    }
}

fn points(amounts: &[i64]) -> Vec<Point> {
    (2015..).zip(amounts).map(|(year, amount)| point(year, *amount)).collect()
}

/// Real budgets show no slip and no sign error among their sections, except what they really print.
#[test]
fn real_budgets_are_left_in_peace() {
    for record in budgets(EIGHT).iter().chain(&budgets(PAPER)) {
        let found = screen(record);
        let slips: Vec<&Finding> = found.iter().filter(|finding| finding.rule == Rule::UnitSlip).collect();
        assert!(slips.is_empty(), "{}: {slips:?}", record.key);
        let signs = found.iter().filter(|finding| finding.rule == Rule::SignError);
        assert_eq!(signs.count(), 0, "{}", record.key);
    }
}

#[test]
fn a_slip_of_a_thousand_is_named_with_its_row() {
    let lines = |tax: i64| {
        vec![
            line(Item::RevenueTotal, "", Some(tenge(1_111_500))),
            line(Item::Tax, "", Some(tenge(tax))),
            line(Item::NonTax, "", Some(tenge(10_000))),
            line(Item::FixedCapital, "", Some(tenge(1_500))),
            line(Item::Transfers, "", Some(tenge(100_000))),
        ]
    };
    assert!(screen(&budget(lines(1_000_000))).is_empty());
    for wrong in [1_000, 1_000_000_000] {
        let found = screen(&budget(lines(wrong)));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].rule, found[0].item), (Rule::UnitSlip, Item::Tax));
        assert_eq!(found[0].expected, Some(tenge(1_000_000)));
        assert_eq!(found[0].facts, [("factor", Fact::Count(1_000))]);
    }
    // An ordinary mistake is not a slip.
    assert!(screen(&budget(lines(1_500_000))).is_empty());
}

#[test]
fn an_amount_below_zero_is_a_sign_error() {
    let found = screen(&budget(vec![line(Item::Tax, "", Some(tenge(-5)))]));
    assert_eq!((found[0].rule, found[0].expected), (Rule::SignError, Some(tenge(5))));
}

#[test]
fn steady_growth_is_no_jump_and_a_leap_is() {
    let steady = points(&[100, 110, 121, 133, 146, 161]);
    assert_eq!(jump(&point(2021, 177), &steady, &limits()), Ok(None));
    let found = jump(&point(2021, 900), &steady, &limits()).unwrap().unwrap();
    assert_eq!((found.rule, found.severity), (Rule::HistoryJump, Severity::Hint));
    assert_eq!(found.evidence.len(), 6);
    let few = jump(&point(2021, 900), &steady[..4], &limits()).unwrap_err();
    assert_eq!(few.reason, Reason::TooFew { found: 4, needed: 5 });
    let same = jump(&point(2021, 900), &points(&[5, 5, 5, 5, 5]), &limits()).unwrap_err();
    assert_eq!(same.reason, Reason::NoSpread);
}

#[test]
fn thousands_for_millions_show_against_history() {
    let history = points(&[100_000, 120_000, 90_000]);
    let found = slip_against_history(&point(2021, 110_000_000), &history, &limits()).unwrap().unwrap();
    assert_eq!((found.rule, found.expected), (Rule::UnitSlip, Some(tenge(100_000))));
    assert_eq!(slip_against_history(&point(2021, 1_000_000), &history, &limits()), Ok(None));
    assert!(slip_against_history(&point(2021, 1), &history[..1], &limits()).is_err());
}

#[test]
fn december_is_measured_against_former_decembers() {
    let year = |year: i16, december: i64| {
        (1..=12_u8).map(move |month| {
            let executed = i64::from(month) * 100 + if month == 12 { december } else { 0 };
            let amounts = Amounts { executed: Some(tenge(executed)), ..Amounts::default() };
            MonthReport { year, month, amounts }
        })
    };
    let of = |last: i64| {
        let reports: Vec<MonthReport> = [(2021, 40), (2022, 60), (2023, 50), (2024, 45), (2025, last)]
            .into_iter()
            .flat_map(|(own, december)| year(own, december))
            .collect();
        let picture = pace(&reports, 2025);
        let (own, former) = picture.years.split_last().unwrap();
        december(own, &former.iter().collect::<Vec<_>>(), (Item::ExpenditureTotal, ""), &limits())
    };
    assert_eq!(of(50), Ok(None));
    let found = of(1_000).unwrap().unwrap();
    assert_eq!((found.rule, found.severity), (Rule::YearEndSpike, Severity::Hint));
    assert_eq!(found.printed, Some(tenge(1_100)));
    assert_eq!(found.facts[1], ("share", Fact::Thousandths(50_000)));
}

#[test]
fn digits_are_tested_only_where_a_law_holds() {
    // Powers of 1.02 follow Benford's law over several orders of magnitude.
    let mut amounts = Vec::new();
    let mut value = 1_000_f64;
    while value < 1.0e9 {
        amounts.push(tenge(format!("{value:.0}").parse().unwrap()));
        value *= 1.02;
    }
    let (digits, found) = first_digits(&amounts, &limits()).unwrap();
    assert!(found.is_none(), "{digits:?}");
    assert!(first_digits(&amounts[..200], &limits()).is_err());
    let one_size: Vec<Money> = (1_000..2_000).map(tenge).collect();
    assert_eq!(first_digits(&one_size, &limits()).unwrap_err().reason, Reason::OneSize);
    let flat: Vec<Money> = (1..10_000).map(|n| tenge(n * 7)).collect();
    assert!(first_digits(&flat, &limits()).unwrap().1.is_some());
}

#[test]
fn round_amounts_are_counted() {
    let unit = MoneyUnit::Tenge;
    let plain: Vec<Money> = (0..300).map(|n| tenge(10_037 + n * 101)).collect();
    assert_eq!(round_numbers(&plain, unit, &limits()), Ok(None));
    let round: Vec<Money> = (0..300).map(|n| tenge(10_000 + n * 100)).collect();
    assert!(round_numbers(&round, unit, &limits()).unwrap().is_some());
    assert!(round_numbers(&round[..20], unit, &limits()).is_err());
}
