//! Twenty million invented facts, and the same questions for this engine and for DuckDB on the same files.
//!
//!     cargo run --release -p akimat-columnar --example adhoc_speed -- /tmp/columns 20000000
//!
//! DuckDB is asked through `python3` with the package `duckdb`; without it only our own times are printed.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement ends at the first failure")]

use akimat_columnar::bench::{Invented, QUESTIONS, compare};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "/tmp/akimat-columns".to_owned());
    let n_facts = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(20_000_000);
    let begin = std::time::Instant::now();
    let invented = Invented::at(folder.as_ref(), n_facts).unwrap();
    println!("{} facts, written or found in {:.1} s", invented.n_facts(), begin.elapsed().as_secs_f64());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let report = runtime.block_on(compare(&invented, &QUESTIONS, 5)).unwrap();
    println!("{report}");
}
