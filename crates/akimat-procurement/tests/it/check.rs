//! Each fault is found by its name, at its field and row.

use super::sample::{sample, tenge};
use akimat_procurement::{Obligation, ObligationKind, PppKind, Process, Termination, faults};
use jiff::civil::date;

fn check(change: impl FnOnce(&mut Process), want: &[(&str, Option<usize>, &str)]) {
    let mut process = sample();
    change(&mut process);
    let found = faults(&process);
    let found: Vec<_> = found.iter().map(|fault| (fault.field, fault.row, fault.kind.code())).collect();
    assert_eq!(found, want);
}

fn promise(process: &mut Process, years: &[(i16, i64)], promised: i64) {
    process.contracts[0].ppp = Some(PppKind::Service);
    process.contracts[0].promised = Some(tenge(promised));
    let of = |(at, (year, amount)): (usize, &(i16, i64))| Obligation {
        id: format!("o{at}"),
        contract: "c1".to_owned(),
        year: *year,
        kind: ObligationKind::Availability,
        amount: tenge(*amount),
    };
    process.obligations = years.iter().enumerate().map(of).collect();
}

#[test]
fn a_good_record_has_no_fault() {
    check(|_| {}, &[]);
    check(|process| promise(process, &[(2026, 40_000_000), (2027, 60_000_000)], 100_000_000), &[]);
}

#[test]
fn money_that_cannot_be() {
    check(|p| p.payments[0].amount = tenge(-1), &[("payment_amount", Some(1), "negative")]);
    check(
        |p| p.payments[0].amount = tenge(95_123_457),
        &[("contract_amount", Some(1), "paid-over-contract")],
    );
    check(|p| p.payments[0].amount = tenge(95_123_456), &[]);
    check(
        |p| p.contracts[0].currency = "USD".to_owned(),
        &[("contract_currency", Some(1), "currency-mixed")],
    );
    check(
        |p| {
            p.currency = "tenge".to_owned();
            p.contracts[0].currency = "tenge".to_owned();
        },
        &[("currency", None, "currency-unknown")],
    );
    check(
        |p| {
            p.currency = "USD".to_owned();
            p.contracts[0].currency = "USD".to_owned();
        },
        &[("currency", None, "currency-foreign")],
    );
    check(|p| p.estimate = Some(tenge(-5)), &[("estimate", None, "negative")]);
    let most = akimat_core::Money::from_tiyn(i64::MAX);
    check(
        |p| {
            p.payments.push(p.payments[0].clone());
            p.payments[1].id = "y2".to_owned();
            p.payments[1].amount = most;
        },
        &[("payment_amount", None, "too-large")],
    );
}

#[test]
fn dates_that_cannot_be() {
    check(|p| p.closes_on = Some(date(2025, 1, 1)), &[("closes_on", None, "end-before-start")]);
    check(|p| p.amendments[0].on = date(2025, 3, 31), &[("amendment_on", Some(1), "before-contract")]);
    check(|p| p.payments[0].on = date(2025, 3, 31), &[("payment_on", Some(1), "before-contract")]);
    check(|p| p.awards[0].on = Some(date(2025, 3, 2)), &[("award_on", Some(1), "award-before-close")]);
    check(
        |p| p.contracts[0].starts_on = Some(date(2027, 1, 1)),
        &[("contract_ends", Some(1), "end-before-start")],
    );
    check(|p| p.planned_on = Some(date(225, 1, 1)), &[("planned_on", None, "day-outside")]);
    check(
        |p| {
            p.contracts[0].termination = Some(Termination { on: date(2025, 3, 1), reason: String::new() });
        },
        &[("contract_terminated", Some(1), "end-before-start"), ("contract_termination", Some(1), "missing")],
    );
}

#[test]
fn names_that_lead_nowhere() {
    check(|p| p.bids[1].party = "p9".to_owned(), &[("bid_party", Some(2), "unknown")]);
    check(|p| p.bids[1].id = "b1".to_owned(), &[("bid_party", Some(2), "twice")]);
    check(|p| p.payments[0].contract = String::new(), &[("payment_contract", Some(1), "missing")]);
    check(
        |p| {
            p.awards[0].party = "p1".to_owned();
        },
        &[("award_party", Some(1), "award-without-bid")],
    );
    check(|p| p.parties[0].bin = "123456789012".to_owned(), &[("party_bin", Some(1), "bin-wrong")]);
    check(|p| p.parties[0].bin = "991231500016".to_owned(), &[]);
    check(|p| p.title = akimat_core::Text::default(), &[("title", None, "missing")]);
}

#[test]
fn amendments_make_a_chain_and_obligations_a_sum() {
    check(
        |p| p.amendments[0].amount = Some((tenge(80_000_000), tenge(95_123_456))),
        &[("amendment_before", Some(1), "amendment-from-other")],
    );
    check(
        |p| p.amendments[0].ends_on = Some((date(2026, 12, 30), date(2027, 6, 30))),
        &[("amendment_end_before", Some(1), "amendment-from-other-day")],
    );
    check(
        |p| promise(p, &[(2026, 40_000_000), (2027, 60_000_000)], 100_000_001),
        &[("contract_promised", Some(1), "obligations-differ")],
    );
    check(
        |p| {
            promise(p, &[(2026, 40_000_000)], 45_000_000);
            p.contracts[0].ppp = None;
            p.contracts[0].promised = None;
        },
        &[("obligation_contract", Some(1), "not-ppp")],
    );
}
