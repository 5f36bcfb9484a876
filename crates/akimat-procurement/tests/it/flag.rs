//! Each rule is raised by what it is about, clear on the sample, and unknown where the record says nothing.

use super::sample::{TODAY, party, sample, tenge};
use akimat_procurement::flag::{CODES, Fact, Flag, Outcome, Rules, flags, flags_of_all};
use akimat_procurement::{Category, Method, Process, Role};
use jiff::civil::date;

fn rules() -> Rules {
    Rules::from_json(include_str!("../../../../data/procurement/flags.json")).unwrap()
}

fn raised(process: &Process, others: &[&Process]) -> Vec<Flag> {
    let all = flags(process, others, &rules(), TODAY);
    all.into_iter().filter(|flag| flag.outcome == Outcome::Raised).collect()
}

fn check(change: impl FnOnce(&mut Process), want: &[&str]) -> Vec<Flag> {
    let mut process = sample();
    change(&mut process);
    let found = raised(&process, &[]);
    assert_eq!(found.iter().map(|flag| flag.code).collect::<Vec<_>>(), want);
    found
}

#[test]
fn every_check_has_a_rule_with_sources() {
    let rules = rules();
    for code in CODES {
        let rule = rules.at(code, TODAY).unwrap();
        assert!(!rule.sources.is_empty(), "{code}");
        assert!(rule.sources.iter().all(|source| rules.source(source).is_some()), "{code}");
    }
    assert_eq!(rules.rules.len(), CODES.len());
    assert!(rules.at("single_bid", date(2024, 12, 31)).is_none(), "a rule holds from its first day");
}

#[test]
fn an_ordinary_contract_raises_nothing() {
    check(|_| {}, &[]);
}

#[test]
fn bids_and_price() {
    check(|p| p.bids.truncate(1), &["single_bid"]);
    let found = check(
        |p| {
            p.awards[0].amount = tenge(99_000_001);
            p.bids[0].amount = Some(tenge(99_000_001));
        },
        &["price_near_estimate"],
    );
    assert_eq!(found[0].facts[0], ("share", Fact::Share(99)), "0.99 per cent under the estimate");
    check(|p| p.awards[0].amount = tenge(100_000_001), &[]);
    check(|p| p.bids[1].amount = Some(tenge(90_500_000)), &["close_bids"]);
    check(
        |p| {
            p.bids[1].admitted = Some(false);
            p.bids[2].admitted = Some(false);
        },
        &["others_rejected"],
    );
    check(
        |p| {
            p.bids[1].amount = Some(tenge(80_000_000));
            p.bids[1].admitted = Some(false);
        },
        &["lowest_rejected"],
    );
    check(
        |p| {
            p.parties[2].owner = "Zh. Example ".to_owned();
            p.parties[3].owner = "zh. example".to_owned();
        },
        &["shared_contact"],
    );
    check(|p| p.awards[0].amount = tenge(91_000_000), &["round_price"]);
}

#[test]
fn procedure_and_course() {
    check(|p| p.closes_on = Some(date(2025, 2, 15)), &["short_tender"]);
    check(|p| p.closes_on = Some(date(2025, 2, 16)), &[]);
    check(|p| p.method = Method::SingleSource, &["non_open"]);
    check(|p| p.awards[0].on = Some(date(2025, 3, 4)), &["short_decision"]);
    let found = check(
        |p| p.amendments[0].amount = Some((tenge(90_123_456), tenge(112_654_320))),
        &["amendments_over"],
    );
    assert_eq!(found[0].facts[0], ("share", Fact::Share(2_500)));
    check(|p| p.amendments[0].ends_on = Some((date(2026, 12, 31), date(2027, 12, 31))), &["long_extension"]);
    check(|p| p.payments[0].on = date(2025, 9, 1), &["late_payment"]);
    check(|p| p.payments.clear(), &["late_payment"]);
}

#[test]
fn across_the_contracts_of_a_customer() {
    let others: Vec<Process> = (0..3)
        .map(|at| {
            let mut other = sample();
            other.contracts[0].signed_on = Some(date(2024, 1, 1 + at));
            other
        })
        .collect();
    let others: Vec<&Process> = others.iter().collect();
    let found = raised(&sample(), &others);
    assert_eq!(found.iter().map(|flag| flag.code).collect::<Vec<_>>(), ["same_winner"]);
    assert!(raised(&sample(), &others[..2]).is_empty(), "three contracts are too few to tell");
    let mut elsewhere = sample();
    elsewhere.parties[0] = party("p1", "Health department", &[Role::Buyer]);
    assert!(raised(&elsewhere, &others).is_empty(), "another customer");

    let small = |day: i8| {
        let mut one = sample();
        one.method = Method::SingleSource;
        one.category = Category::Goods;
        one.contracts[0].amount = tenge(400_123);
        one.contracts[0].signed_on = Some(date(2026, 3, day));
        one.bids.clear();
        one.amendments.clear();
        one.invoices.clear();
        one.payments.clear();
        one
    };
    let (first, second) = (small(1), small(20));
    let codes: Vec<_> = raised(&first, &[&second]).iter().map(|flag| flag.code).collect();
    assert_eq!(codes, ["non_open", "split"]);
}

#[test]
fn an_empty_record_is_unknown_not_clear() {
    let mut process = Process::planned("1", akimat_core::Text::same("x"));
    process.method = Method::OpenTender;
    let clear: Vec<_> = flags(&process, &[], &rules(), TODAY)
        .into_iter()
        .filter(|flag| flag.outcome != Outcome::Unknown)
        .map(|flag| (flag.code, flag.outcome))
        .collect();
    assert_eq!(clear, [("non_open", Outcome::Clear)]);
}

#[test]
fn many_at_once_are_judged_as_one_by_one() {
    let processes: Vec<Process> = (0..12_usize)
        .map(|at| {
            let mut process = sample();
            process.parties[0].name = format!("Department {}", at % 3);
            if at % 4 == 0 {
                process.bids.truncate(1);
            }
            if at == 11 {
                process.parties[0].roles.clear();
            }
            process
        })
        .collect();
    let all: Vec<&Process> = processes.iter().collect();
    let together = flags_of_all(&all, &rules(), TODAY);
    for (at, process) in all.iter().enumerate() {
        let others: Vec<&Process> =
            all.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, p)| *p).collect();
        assert_eq!(together[at], flags(process, &others, &rules(), TODAY), "{at}");
    }
    let code = |flag: &&Flag| flag.code == "same_winner" && flag.outcome == Outcome::Raised;
    assert!(together[0].iter().find(code).is_some(), "four contracts of one customer with one winner");
}
