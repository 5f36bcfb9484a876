//! Equal Shares with bounded overspending on every shared election, beside a program of its own: written in Python from
//! the definition, with 1,200 binary digits, without bounds, forms, merged histories or proofs. Ties by id.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test that cannot go on ends")]

#[path = "support/shared.rs"]
mod shared;

use akimat_pb::rule::Method;
use akimat_pb::utility::Utility;
use akimat_pb::{Prepared, Rule};
use sha2::{Digest, Sha256};

/// File, utility, number of winners, and the first half of a SHA-256 of their ids in the order of purchase, with commas
/// between.
const DUE: &str = include_str!("input/overspending.txt");

#[test]
fn every_shared_election_is_counted_as_by_the_other_program() {
    if shared::golden().is_none() {
        return;
    }
    let (mut n, mut wrong) = (0, Vec::new());
    for line in DUE.lines() {
        let [file, utility, winners, hash] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let election = shared::election(file);
        let rule = Rule::new(Method::Bos, Utility::parse(utility).unwrap());
        let counted = Prepared::new(&election, &rule, None).unwrap().count().unwrap();
        let ids: Vec<&str> = counted.winners().into_iter().map(|project| election.id(project)).collect();
        let digest = Sha256::digest(ids.join(",").as_bytes());
        let found: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        if (ids.len().to_string().as_str(), found.as_str()) == (winners, hash) {
            n += 1;
        } else {
            wrong.push(format!("{line}: found {ids:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(n, 120, "results that are the same");
}
