//! How long 10,000 projects by 8 criteria take: `cargo run --release -p akimat-ranking --example speed`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "an example prints what it measured")]

use akimat_ranking::draw::SplitMix64;
use akimat_ranking::promethee::{Preference, promethee};
use akimat_ranking::smaa::{Asked, Worth, smaa};
use akimat_ranking::topsis::{Norm, topsis};
use akimat_ranking::wsm::{Scale, scaled};
use akimat_ranking::{Criterion, Direction, Table, objective};
use std::time::Instant;

const N: usize = 10_000;
const M: usize = 8;

fn table() -> Table {
    let mut chance = SplitMix64::new(1);
    let criteria = (0..M).map(|at| Criterion {
        code: at.to_string(),
        direction: if at % 3 == 2 { Direction::Cost } else { Direction::Benefit },
        weight: 1.0,
    });
    let row =
        |chance: &mut SplitMix64| (0..M).map(|_| 1.0 + 9_999.0 * chance.next_unit()).collect::<Vec<f64>>();
    let rows = (0..N).map(|at| (at.to_string(), row(&mut chance))).collect();
    Table::new(criteria.collect(), rows).unwrap()
}

/// The best of several runs, milliseconds.
fn best(runs: usize, mut work: impl FnMut()) -> f64 {
    let once = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1_000.0
    };
    (0..runs).map(|_| once(&mut work)).fold(f64::INFINITY, f64::min)
}

fn main() {
    let table = table();
    let linear = vec![Preference::Linear { q: 500.0, p: 2_500.0 }; M];
    let worth = scaled(&table, Scale::MinMax).unwrap();
    let asked = Asked { draws: 10_000, seed: 7, top: vec![50], every_rank: false };
    println!("topsis        {:8.2} ms", best(20, || drop(topsis(&table, Norm::Vector).unwrap())));
    println!("promethee2    {:8.2} ms", best(20, || drop(promethee(&table, &linear).unwrap())));
    println!("entropy       {:8.2} ms", best(20, || drop(objective::entropy(&table).unwrap())));
    println!("critic        {:8.2} ms", best(20, || drop(objective::critic(&table).unwrap())));
    println!("smaa2 top 50  {:8.2} ms", best(3, || drop(smaa(Worth::Known(&worth), &asked).unwrap())));
}
