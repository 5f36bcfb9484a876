//! What always holds.

use super::sample::{TODAY, sample, tenge};
use akimat_core::{KatoCode, Money};
use akimat_procurement::obligation::{Limit, by_year};
use akimat_procurement::tally::{Dimension, Known, tally, total, until_contract, until_termination};
use akimat_procurement::{Obligation, ObligationKind, PppKind, Process};
use jiff::civil::date;
use proptest::prelude::*;

fn partnership(amounts: &[(i16, i64)]) -> Process {
    let mut process = sample();
    process.contracts[0].ppp = Some(PppKind::Concession);
    let of = |(at, (year, amount)): (usize, &(i16, i64))| Obligation {
        id: format!("o{at}"),
        contract: "c1".to_owned(),
        year: *year,
        kind: ObligationKind::ALL[at % ObligationKind::ALL.len()],
        amount: Money::from_tiyn(*amount),
    };
    process.obligations = amounts.iter().enumerate().map(of).collect();
    process
}

fn limit(year: i16, tiyn: i64) -> Limit {
    Limit {
        place: "990100000".to_owned(),
        year,
        amount: Money::from_tiyn(tiyn),
        basis: String::new(),
        source: String::new(),
        valid_from: date(2025, 1, 1),
        valid_to: None,
        verified: false,
        invented: true,
    }
}

proptest! {
    #[test]
    fn years_add_up_to_the_tiyn(amounts in prop::collection::vec((2025_i16..2040, 0_i64..1_000_000_000_000), 0..30), cap in 0_i64..5_000_000_000_000) {
        let (left, right) = amounts.split_at(amounts.len() / 2);
        let (one, two) = (partnership(left), partnership(right));
        let years = by_year([&one, &two], &[limit(2030, cap)], TODAY).unwrap();
        let sum: i64 = years.iter().map(|year| year.due.tiyn()).sum();
        prop_assert_eq!(sum, amounts.iter().map(|(_, amount)| amount).sum::<i64>());
        for year in &years {
            prop_assert_eq!(Money::checked_sum(year.by_kind.iter().map(|(_, amount)| *amount)), Some(year.due));
            if let Some(over) = year.over {
                prop_assert_eq!(year.due.tiyn(), year.limit.unwrap().tiyn() + over.tiyn());
            }
        }
        prop_assert!(years.windows(2).all(|pair| pair[0].year < pair[1].year));
        prop_assert!(years.iter().any(|year| year.year == 2030), "a year with a limit is always there");
    }

    #[test]
    fn tables_of_every_dimension_add_up_to_the_total(n in 0_usize..12) {
        let processes: Vec<Process> = (0..n).map(|at| {
            let mut process = sample();
            process.contracts[0].amount = tenge(i64::try_from(at).unwrap() * 1_000_000);
            process.amendments.clear();
            process
        }).collect();
        let all: Vec<Known<'_>> = processes.iter().enumerate().map(|(at, process)| Known {
            process,
            place: if at % 2 == 0 { "990101000" } else { "610000000" }.parse::<KatoCode>().unwrap(),
            sector: ["education", "water", "transport"][at % 3],
            kind: "social",
            level: "district",
        }).collect();
        let whole = total(&all);
        for dimension in Dimension::ALL {
            let rows = tally(&all, dimension, TODAY);
            prop_assert_eq!(rows.iter().map(|row| row.n).sum::<usize>(), n);
            prop_assert_eq!(Money::checked_sum(rows.iter().filter_map(|row| row.contracted)), whole.contracted);
        }
    }

    #[test]
    fn a_record_reads_back_as_written(amounts in prop::collection::vec((2025_i16..2040, 0_i64..1_000_000), 0..5)) {
        let process = partnership(&amounts);
        let text = serde_json::to_string(&process).unwrap();
        prop_assert_eq!(serde_json::from_str::<Process>(&text).unwrap(), process);
    }
}

#[test]
fn spells_are_censored_by_today_and_by_the_end() {
    let process = sample();
    let until = until_contract(&process, TODAY).unwrap();
    assert_eq!((until.days, until.ended), (59, true), "1 February to 1 April 2025");
    let early = until_contract(&process, date(2025, 3, 1)).unwrap();
    assert_eq!((early.days, early.ended), (28, false));
    let going = until_termination(&process, TODAY).unwrap();
    assert_eq!((going.days, going.ended), (600, false));
}
