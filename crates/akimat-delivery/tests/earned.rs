//! Earned value of a plan against worked examples that others published.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use akimat_core::{Money, Text};
use akimat_delivery::earned::{Paid, position};
use akimat_delivery::progress::Payment;
use akimat_delivery::schedule::plan::{Item, Measure, Measured, Plan, Span, Week};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Facts retyped, each with the page it was printed on.
const PUBLISHED: &str = include_str!("reference/earned.json");

#[derive(Deserialize)]
struct Case {
    id: String,
    #[serde(rename = "source")]
    _source: String,
    /// Days of the whole, and how many of them have passed.
    days: [i64; 2],
    /// Equal parts, one after another; the first `done` of them are done, and `done_bp` of the next.
    parts: i64,
    done: i64,
    #[serde(default)]
    done_bp: u16,
    bac: i64,
    paid: i64,
    /// What the plan as it stands says the rest costs, where somebody estimated anew.
    #[serde(default)]
    etc: Option<i64>,
    /// As printed, and how far rounding in print may lie off.
    expected: BTreeMap<String, (f64, f64)>,
}

const FIRST: Date = date(2026, 1, 1);

fn day(n: i64) -> Date {
    FIRST.checked_add(n.days()).unwrap()
}

fn money(tenge: i64) -> Money {
    Money::from_tenge(tenge).unwrap()
}

/// A plan that has the figures of a case: equal parts one after another, measured on the day of the case.
fn plan(case: &Case) -> (Plan, Date) {
    let (length, today) = (case.days[0] / case.parts, day(case.days[1] - 1));
    let mut items = Vec::new();
    for part in 0..case.parts {
        let span = Span { start: Some(day(part * length)), finish: Some(day((part + 1) * length - 1)) };
        items.push(Item {
            id: format!("p{part}"),
            code: (part + 1).to_string(),
            title: Text::same("part"),
            expected: span,
            budget: Some(money(case.bac / case.parts)),
            ..Item::default()
        });
    }
    let mut plan = Plan { items, week: Week::Seven, ..Plan::default() };
    plan.approve("b1".into(), FIRST, "Order 1".into(), String::new());
    for (item, part) in plan.items.iter_mut().zip(0..) {
        let whole = part < case.done;
        if whole || (part == case.done && case.done_bp > 0) {
            item.actual = Span { start: item.expected.start.map(|day| day.min(today)), finish: None };
            let done_bp = if whole { 10_000 } else { case.done_bp };
            let (id, how, note) = ("m".to_owned(), Measured::Units, String::new());
            item.measures.push(Measure { id, on: today, done_bp, how, note });
        }
    }
    if let Some(etc) = case.etc {
        // One part: what is left of it, at the new price, is the estimate.
        let left = 10_000 - i64::from(case.done_bp);
        plan.items[0].budget = Some(Money::from_tiyn(etc * 100 * 10_000 / left));
    }
    (plan, today)
}

#[test]
fn published_examples_come_out_again() {
    let cases: Vec<Case> = serde_json::from_str(PUBLISHED).unwrap();
    for case in &cases {
        let (plan, today) = plan(case);
        let payments = [Payment { on: today, amount: money(case.paid) }];
        let found = position(&plan, Paid { payments: &payments, total: None }, today);
        assert!(found.refused.is_empty(), "{}: {:?}", case.id, found.refused);
        let earned = found.earned.clone().unwrap();
        let tenge = |money: Option<Money>| money.map(akimat_appraisal::document::tenge);
        let figures: BTreeMap<&str, Option<f64>> = BTreeMap::from([
            ("pv", tenge(found.pv)),
            ("ev", tenge(found.ev)),
            ("ac", tenge(found.ac)),
            ("bac", tenge(found.bac)),
            ("cv", Some(earned.cv)),
            ("sv", earned.sv),
            ("cpi", earned.cpi),
            ("spi", earned.spi),
            ("eac_at_cpi", earned.eac.at_cpi),
            ("eac_at_plan", earned.eac.at_plan),
            ("eac_at_cpi_spi", earned.eac.at_cpi_spi),
            ("eac_bottom_up", earned.eac.bottom_up),
            ("vac", earned.vac),
            ("tcpi_bac", earned.tcpi_bac),
            ("tcpi_eac", earned.tcpi_eac),
            ("es_days", found.schedule.map(|own| own.es)),
            ("spi_t", found.schedule.and_then(|own| own.spi_t)),
        ]);
        for (name, (printed, within)) in &case.expected {
            let own = figures[name.as_str()].unwrap();
            assert!((own - printed).abs() <= *within, "{}: {name} is {own}, printed {printed}", case.id);
        }
    }
    assert!(cases.len() >= 6);
}
