//! How long recommendations take: `cargo run --release -p akimat-solver-highs --example speed -- 60 300`.
#![expect(clippy::print_stdout, reason = "an example that prints a table")]

use akimat_allocation::envelope::{
    Assessment, BranchAndBound, Candidate, Choice, Effort, Problem, Solver, Tandem, choose,
};
use akimat_core::Money;
use akimat_solver_highs::Highs;
use std::time::Instant;

/// An invented list: 50 million to 2 billion tenge over three years, envelopes for about 40 % of it.
fn invented(count: usize) -> Problem {
    let mut state = 2_026_u64;
    let mut draw = |below: u64| {
        // SplitMix64 (Steele, Lea, Flood 2014).
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    };
    let thousand = |value: u64| Money::from_tiyn(i64::try_from(value * 100_000).unwrap_or(i64::MAX));
    let mut totals = [0; 3];
    let mut candidates = Vec::new();
    for index in 0..count {
        let total = 50_000 + draw(1_950_000);
        let first = draw(total);
        let second = draw(total - first + 1);
        let split = [first, second, total - first - second];
        for (sum, cost) in totals.iter_mut().zip(split) {
            *sum += cost;
        }
        candidates.push(Candidate {
            key: format!("p{index:05}"),
            assessment: Assessment::Scored { benefit: 200 + draw(800) },
            cost: split.map(thousand).to_vec(),
            mandatory: index % 25 == 0,
            barred: false,
            exclusive_group: (draw(10) == 0).then(|| format!("g{}", draw(1 + count as u64 / 20))),
        });
    }
    for (index, candidate) in candidates.iter_mut().enumerate().filter(|(index, _)| index % 25 == 0) {
        candidate.exclusive_group = Some(format!("m{index}"));
    }
    let envelope = totals.map(|sum| thousand(sum * 2 / 5)).to_vec();
    Problem::new(vec![2027, 2028, 2029], envelope, candidates).expect("the invented list is sound")
}

fn main() {
    for count in std::env::args().skip(1).filter_map(|text| text.parse().ok()) {
        let problem = invented(count);
        let tandem = Tandem { first: BranchAndBound, second: Highs };
        let solvers: [(&str, &dyn Solver); 3] =
            [("both in turn", &tandem), ("HiGHS", &Highs), ("own", &BranchAndBound)];
        for (name, solver) in solvers {
            let start = Instant::now();
            let answer = choose(&problem, solver, &Effort::default());
            let seconds = start.elapsed().as_secs_f64();
            match answer {
                Ok(Choice::Recommended(found)) => println!(
                    "{count:>6} {name:<18} {seconds:>8.2} s  {:?} {:?}  {} of at most {}, {} chosen",
                    found.standing,
                    found.ties,
                    found.benefit,
                    found.bound,
                    found.chosen().len()
                ),
                other => println!("{count:>6} {name:<18} {seconds:>8.2} s  {other:?}"),
            }
        }
    }
}
