//! Fills a database with pseudo reports of a country and asks questions of every kind, as `akimat bench
//! budgets` does, without the rest of the program: `cube_sqlite FOLDER MILLIONS`.
#![expect(clippy::print_stdout, clippy::unwrap_used, dead_code, reason = "a measurement")]

#[path = "../../akimat/src/command/bench/budgets/nation.rs"]
mod nation;
#[path = "../../akimat/src/command/bench/budgets/questions.rs"]
mod questions;

use akimat_storage::{Change, FactRead, Write};
use akimat_storage_sqlite::{Options, SqliteStore};
use nation::Nation;
use std::path::PathBuf;
use std::time::Instant;

/// Units of one batch.
const UNITS_AT_ONCE: usize = 20;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().unwrap());
    let millions: u64 = args.next().unwrap().parse().unwrap();
    let file = folder.join("cube.sqlite");
    let store = SqliteStore::open(&file, &Options::default()).unwrap();
    let nation = Nation::of(millions * 1_000_000);
    if store.fact_extent().await.unwrap().n_facts < nation.n_facts() {
        let started = Instant::now();
        let units: Vec<_> = nation.units().collect();
        for year in nation::years() {
            for units in units.chunks(UNITS_AT_ONCE) {
                let reports =
                    units.iter().flat_map(|unit| nation.reports(*unit, year, 1..=12)).collect::<Vec<_>>();
                store.apply(vec![Change::PutFacts(reports)]).await.unwrap();
            }
        }
        let seconds = started.elapsed().as_secs_f64();
        println!(
            "{} facts in {seconds:.0} s, {:.0} a second",
            nation.n_facts(),
            nation.n_facts() as f64 / seconds
        );
    }
    println!("{:.2} GB", std::fs::metadata(&file).unwrap().len() as f64 / 1e9);
    for kind in questions::measure(&store, &nation, 60).await.unwrap() {
        let at = |share: usize| kind.times[(kind.times.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
        println!(
            "{:<55} {:>7} rows  first {:>7.1}  p50 {:>7.1}  p99 {:>7.1} ms",
            kind.title,
            kind.n_rows,
            kind.first.as_secs_f64() * 1_000.0,
            at(50),
            at(99)
        );
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap());
}
