//! Reads files and says how quickly: `cargo run --release -p akimat-pb --example parse -- FILE...`. Where the system
//! tells it, times are those of the processor, so that other work on the machine does not count.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement")]

#[path = "support/watch.rs"]
mod watch;

use akimat_pb::pabulib::{Keep, Limits, parse_with};
use akimat_pb::profile::Profile;
use akimat_pb::utility::Units;
use watch::Watch;

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        for keep in [Keep::Ballots, Keep::Everything] {
            let begin = Watch::start();
            let election = parse_with(&bytes, Limits::default(), keep).unwrap();
            let read = begin.elapsed();
            let begin = Watch::start();
            let profile = Profile::new(&election, Units::Marks);
            let merged = begin.elapsed();
            println!(
                "{path} {keep:?}: {:.0} MB/s, {read:?}, merged to {} in {merged:?}",
                bytes.len() as f64 / 1e6 / read.as_secs_f64(),
                profile.n_ballots()
            );
        }
    }
}
