//! Explains a count: `cargo run --release -p akimat-pb --example explain_count -- FILE`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement")]

use akimat_pb::utility::Utility;
use akimat_pb::{Prepared, Rule, explain, pabulib};
use std::time::Instant;

fn main() {
    for path in std::env::args().skip(1) {
        let election = pabulib::parse(&std::fs::read(&path).unwrap()).unwrap();
        for name in ["none", "add1"] {
            let rule = Rule::equal_shares(Utility::COST, Rule::completion_named(name).unwrap());
            let prepared = Prepared::new(&election, &rule, None).unwrap();
            let begin = Instant::now();
            let counted = prepared.count().unwrap();
            println!(
                "{name}: counted in {:?}, {:?} runs",
                begin.elapsed(),
                counted.ended.as_ref().map(|e| (e.runs, e.shares))
            );
            let begin = Instant::now();
            let told = explain::explain(&prepared, &counted).unwrap();
            println!("{name}: explained in {:?}", begin.elapsed());
            let losers = told["losers"].as_array().unwrap();
            for loser in losers.iter().take(6) {
                println!(
                    "{} cost {} votes {} left {} short {} support {} needed {}",
                    loser["project"],
                    loser["cost"],
                    loser["votes"],
                    loser["left"]["about"],
                    loser["short"]["about"],
                    loser["effective_support_pct"],
                    loser["needed"]
                );
            }
            println!("{} {} {}", told["without_winner_pct"], told["ejr_plus_up_to_one"], told["other_rules"]);
            println!(
                "{}",
                told["groups"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .take(3)
                    .map(ToString::to_string)
                    .collect::<String>()
            );
        }
    }
}
