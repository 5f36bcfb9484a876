//! A small region: a regional budget, districts, okrugs.

use akimat_core::{KatoCode, Money};
use akimat_scenario::{Base, DebtFigures, Limits, Unit, YearFigures};
use std::collections::BTreeMap;

pub(crate) const TAX: &str = "1/04/1";

pub(crate) fn kato(number: u32) -> KatoCode {
    KatoCode::from_number(number).expect("nine digits")
}

pub(crate) fn tenge(amount: i64) -> Money {
    Money::from_tenge(amount).expect("small amounts")
}

/// A unit with `tax` of one tax.
pub(crate) fn unit(
    code: u32,
    level: u8,
    parent: Option<u32>,
    (heads, tax, transfers): (u32, i64, i64),
) -> Unit {
    let own = tenge(tax);
    Unit {
        code: kato(code),
        level,
        parent: parent.map(kato),
        population: Some(heads),
        taxes: BTreeMap::from([(TAX.to_owned(), own)]),
        other_own: Money::ZERO,
        transfers: tenge(transfers),
        expenditure: tenge(tax + transfers),
        administration: Some(tenge((tax + transfers) / 10)),
        debt: Some(DebtFigures { service: Money::ZERO }),
        history: (2022..=2024)
            .map(|year| YearFigures { year, own, expenditure: tenge(tax + transfers) })
            .collect(),
    }
}

/// Three districts without anything above them.
pub(crate) fn three() -> Base {
    Base {
        year: 2024,
        units: vec![
            unit(990_100_000, 3, None, (100, 2_000, 1_000)),
            unit(990_200_000, 3, None, (100, 1_000, 2_000)),
            unit(990_300_000, 3, None, (200, 1_000, 3_000)),
        ],
    }
}

/// A region with two districts of two and three okrugs.
pub(crate) fn region() -> Base {
    Base {
        year: 2024,
        units: vec![
            unit(990_000_000, 2, None, (400, 9_000, 3_000)),
            unit(990_100_000, 3, Some(990_000_000), (250, 5_000, 2_000)),
            unit(990_130_000, 4, Some(990_100_000), (150, 300, 200)),
            unit(990_140_000, 4, Some(990_100_000), (100, 100, 400)),
            unit(990_200_000, 3, Some(990_000_000), (150, 1_000, 6_000)),
            unit(990_230_000, 4, Some(990_200_000), (50, 20, 480)),
            unit(990_240_000, 4, Some(990_200_000), (50, 30, 450)),
            unit(990_250_000, 4, Some(990_200_000), (50, 0, 500)),
        ],
    }
}

pub(crate) fn limits() -> Limits {
    Limits::from_json(include_str!("../../../../data/scenario/limits.json")).expect("the published limits")
}
