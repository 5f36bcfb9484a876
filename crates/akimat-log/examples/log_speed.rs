//! How long ten million leaves take: `cargo run --release -p akimat-log --example log_speed [LEAVES]`.
#![expect(clippy::print_stdout, reason = "an example prints what it measured")]

use akimat_log::bundle;
use akimat_log::hash::{Hash, leaf_hash};
use akimat_log::proof::{consistency, inclusion, verify_consistency, verify_inclusion};
use akimat_log::tile::{Tiles, WIDTH};
use akimat_log::tree::Frontier;
use std::time::Instant;

/// A leaf as the platform writes them, of about 330 bytes.
fn leaf(n: u64) -> String {
    format!(
        "{{\"at\":\"2026-03-01T04:05:06.{:06}Z\",\"body\":{{\"number\":\"2026-{n}\",\"paid\":\"{}\",\"place\":\"591010000\",\
         \"planned\":\"123456789000\",\"record_sha256\":\"{:064x}\",\"status\":\"building\",\"version\":3}},\
         \"kind\":\"project_changed\",\"subject\":\"project/01900000-0000-7000-8000-{n:012x}\",\"v\":1}}",
        n % 1_000_000,
        n * 1_000,
        n
    )
}

fn main() {
    let size: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000_000);
    let say = |what: &str, since: Instant, n: u64| {
        let seconds = since.elapsed().as_secs_f64();
        println!("{what}: {seconds:.3} s, {:.0} a second", n as f64 / seconds);
    };

    let start = Instant::now();
    let (mut tree, mut tiles) = (Frontier::default(), Tiles::default());
    for n in 0..size {
        tree.push_with(leaf_hash(leaf(n).as_bytes()), |node, hash| tiles.note(node, hash));
    }
    say("leaves written, hashed, put into tiles", start, size);
    let root = tree.root();

    // What an auditor does with what he fetched: bundles apart, every leaf hashed, every tile recomputed.
    let bundles: Vec<Vec<u8>> = (0..size.div_ceil(WIDTH))
        .map(|number| {
            let leaves: Vec<String> = (number * WIDTH..((number + 1) * WIDTH).min(size)).map(leaf).collect();
            bundle::write(leaves.iter().map(String::as_bytes)).expect("short leaves")
        })
        .collect();
    let start = Instant::now();
    let (mut again, mut own) = (Frontier::default(), Tiles::default());
    for (number, bytes) in (0..).zip(&bundles) {
        let n = u16::try_from((size - number * WIDTH).min(WIDTH)).expect("256 at most");
        for leaf in bundle::read(bytes, n).expect("a bundle") {
            again.push_with(leaf_hash(leaf), |node, hash| own.note(node, hash));
        }
    }
    assert!(again.root() == root && own == tiles);
    say("whole tree verified from bundles", start, size);

    let start = Instant::now();
    let rounds = 10_000;
    let (mut slowest, mut hashes) = (0.0_f64, 0);
    for n in 0..rounds {
        let one = Instant::now();
        let index = n * 7_919 % size;
        let proof = inclusion(index, size).and_then(|plan| plan.gather(|node| tiles.hash_of(node)));
        let proof: Vec<Hash> = proof.expect("all tiles");
        slowest = slowest.max(one.elapsed().as_secs_f64());
        verify_inclusion(&leaf_hash(leaf(index).as_bytes()), index, (size, &root), &proof).expect("it holds");
        hashes = proof.len();
    }
    say("proofs made and checked", start, rounds);
    println!("slowest proof: {:.3} ms, {hashes} hashes", slowest * 1e3);

    let start = Instant::now();
    let earlier = size * 2 / 3 + 1;
    let mut before = Frontier::default();
    for n in 0..earlier {
        before.push_with(leaf_hash(leaf(n).as_bytes()), |_, _| {});
    }
    let old = before.root();
    say("an earlier root", start, earlier);
    let start = Instant::now();
    let proof = consistency(earlier, size).and_then(|plan| plan.gather(|node| tiles.hash_of(node)));
    verify_consistency((earlier, &old), (size, &root), &proof.expect("all tiles")).expect("it holds");
    say("continuation proven and checked", start, 1);
}
