//! Counts a file: `cargo run --release -p akimat-pb --example count_file -- FILE RULE UTILITY COMPLETION`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, reason = "an example")]

#[path = "support/watch.rs"]
mod watch;

use akimat_pb::utility::Utility;
use akimat_pb::{Prepared, Rule, pabulib};
use watch::Watch;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file, rule, utility, completion] = args.as_slice() else { return };
    let election = pabulib::parse(&std::fs::read(file).unwrap()).unwrap();
    let rule = Rule {
        completion: Rule::completion_named(completion).unwrap(),
        ..Rule::new(Rule::method_named(rule).unwrap(), Utility::parse(utility).unwrap())
    };
    let prepared = Prepared::new(&election, &rule, None).unwrap();
    let begin = Watch::start();
    let counted = prepared.count().unwrap();
    let taken = begin.elapsed();
    let ids: Vec<&str> = counted.winners().into_iter().map(|project| election.id(project)).collect();
    println!("{} {:?} {taken:?}", ids.join(","), counted.shared.map(|shared| shared.shares));
}
