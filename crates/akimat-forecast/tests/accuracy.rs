//! The methods keep the accuracy and the coverage that docs/method/forecast.md states, on a sample of the
//! shared series.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "the functions below only serve tests")]

#[path = "../examples/m4_score/held_out.rs"]
mod held_out;

use akimat_core::Frequency::{Quarterly, Yearly};
use held_out::{COMBINED, Collection, Table, read};
use std::path::PathBuf;

/// The shared data folder; `None`, said aloud, where it is absent, which is a failure on the build server.
fn shared(file: &str) -> Option<PathBuf> {
    let root = std::env::var("AKIMAT_SHARED").map_or_else(
        |_| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        |path| {
            let path = PathBuf::from(path);
            if path.is_absolute() {
                path
            } else {
                PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
            }
        },
    );
    let path = root.join("data").join(file);
    if path.exists() {
        return Some(path);
    }
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{file} is missing");
    println!("SKIPPED: {file} is not here");
    None
}

fn check(collection: Collection, every: usize, owa_max: f64) {
    let (file, frequency, horizon) = collection;
    let Some(path) = shared(file) else { return };
    let table = Table::of(&read(&path, horizon, every).unwrap(), frequency, horizon);
    let (eighty, ninety_five, _) = table.interval();
    let owa = table.point(COMBINED).2;
    assert!(table.n_series >= 100, "{file}: only {} series", table.n_series);
    assert_eq!(table.n_refused, 0, "{file}");
    assert!(owa < owa_max, "{file}: OWA {owa}");
    assert!((0.74..=0.90).contains(&eighty), "{file}: 80 % intervals hold {eighty}");
    assert!((0.90..=0.985).contains(&ninety_five), "{file}: 95 % intervals hold {ninety_five}");
}

#[test]
fn yearly_series_of_the_m4_competition() {
    check(("m4/m4_yearly.csv.gz", Yearly, 6), 40, 0.86);
}

#[test]
fn quarterly_series_of_the_m4_competition() {
    check(("m4/m4_quarterly_short.csv.gz", Quarterly, 8), 100, 0.92);
}

#[test]
fn thirteen_years_of_local_budgets() {
    check(("public-finance/us_local_gov_annual_2004_2019.csv.gz", Yearly, 3), 8, 1.0);
}

#[test]
fn quarters_of_state_taxes() {
    check(("public-finance/us_state_tax_quarterly.csv.gz", Quarterly, 8), 4, 0.8);
}
