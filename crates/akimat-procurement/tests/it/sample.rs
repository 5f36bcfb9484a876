//! An invented process on which a test changes one thing.

use akimat_core::{Money, Text};
use akimat_procurement::process::TENGE;
use akimat_procurement::{
    Amendment, Award, Bid, Category, Contract, ContractState, Invoice, Method, Party, Payment, Process, Role,
    TenderState,
};
use jiff::civil::{Date, date};

pub(crate) fn tenge(tenge: i64) -> Money {
    Money::from_tenge(tenge).unwrap()
}

pub(crate) const TODAY: Date = date(2026, 11, 22);

pub(crate) fn party(id: &str, name: &str, roles: &[Role]) -> Party {
    Party { id: id.to_owned(), name: name.to_owned(), roles: roles.to_vec(), ..Party::default() }
}

pub(crate) fn bid(id: &str, party: &str, amount: i64) -> Bid {
    Bid {
        id: id.to_owned(),
        party: party.to_owned(),
        amount: Some(tenge(amount)),
        admitted: Some(true),
        ..Bid::default()
    }
}

/// Three bidders, one contract of 90 million, one amendment of 5 million, half paid in time: nothing to see.
pub(crate) fn sample() -> Process {
    let mut process = Process::planned("12345-OK1", Text::same("School"));
    process.category = Category::Works;
    process.method = Method::OpenTender;
    process.estimate = Some(tenge(100_000_000));
    process.opens_on = Some(date(2025, 2, 1));
    process.closes_on = Some(date(2025, 3, 3));
    process.state = TenderState::Complete;
    process.parties = vec![
        party("p1", "Education department", &[Role::Buyer]),
        party("p2", "Builder A", &[Role::Tenderer, Role::Supplier]),
        party("p3", "Builder B", &[Role::Tenderer]),
        party("p4", "Builder C", &[Role::Tenderer]),
    ];
    process.bids =
        vec![bid("b1", "p2", 90_123_456), bid("b2", "p3", 95_000_000), bid("b3", "p4", 97_500_000)];
    process.awards = vec![Award {
        id: "a1".to_owned(),
        lot: String::new(),
        party: "p2".to_owned(),
        amount: tenge(90_123_456),
        on: Some(date(2025, 3, 20)),
    }];
    process.contracts = vec![Contract {
        id: "c1".to_owned(),
        award: "a1".to_owned(),
        number: "45".to_owned(),
        signed_on: Some(date(2025, 4, 1)),
        amount: tenge(90_123_456),
        currency: TENGE.to_owned(),
        vat_bp: Some(1_200),
        starts_on: Some(date(2025, 4, 10)),
        ends_on: Some(date(2026, 12, 31)),
        ppp: None,
        promised: None,
        state: ContractState::Active,
        termination: None,
    }];
    process.amendments = vec![Amendment {
        id: "m1".to_owned(),
        contract: "c1".to_owned(),
        on: date(2025, 9, 1),
        document: "Additional agreement 1".to_owned(),
        amount: Some((tenge(90_123_456), tenge(95_123_456))),
        ends_on: None,
        reason: "More piles".to_owned(),
    }];
    process.invoices = vec![Invoice {
        id: "i1".to_owned(),
        contract: "c1".to_owned(),
        on: date(2025, 8, 1),
        amount: tenge(45_000_000),
        document: "Act 1".to_owned(),
    }];
    process.payments = vec![Payment {
        id: "y1".to_owned(),
        contract: "c1".to_owned(),
        invoice: "i1".to_owned(),
        on: date(2025, 8, 20),
        amount: tenge(45_000_000),
        document: String::new(),
    }];
    process
}
