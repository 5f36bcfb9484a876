//! Solves portfolio instances and prints what each stage found, with CPU-independent work limits:
//! `cargo run --release -p akimat-solver-highs --example portfolio -- FILE.json [GAP_MILLIONTHS] [SECONDS]`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "an example prints and breaks off"
)]

use akimat_allocation::{Allocated, Effort, Go, Plan, Progress, Watch, allocate};
use akimat_interop::portfolio::decode_portfolio;
use std::time::{Duration, Instant};

struct Clock {
    start: Instant,
    end: Option<Duration>,
}

impl Watch for Clock {
    fn progress(&mut self, p: &Progress, _: Option<&Plan>) -> Go {
        let (best, bound) = (p.incumbent.unwrap_or(0), p.bound.unwrap_or(0));
        let gap = (bound - best) as f64 / best.max(1) as f64;
        println!(
            "{:8.2} s {:?} {}/{} best {best} bound {bound} gap {:.3} %",
            self.start.elapsed().as_secs_f64(),
            p.stage,
            p.step,
            p.of,
            gap * 100.0
        );
        Go::On
    }

    fn time_left(&self) -> Option<Duration> {
        self.end.map(|end| end.saturating_sub(self.start.elapsed()))
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let programme = decode_portfolio(&std::fs::read(&arguments[1]).unwrap()).unwrap();
    let number = |at: usize| arguments.get(at).map(|a| a.parse::<u32>().unwrap());
    let effort = Effort {
        gap_millionths: number(2).unwrap_or(1_000),
        quick: arguments.contains(&"quick".to_owned()),
        ..Effort::default()
    };
    let end = arguments.get(3).and_then(|a| a.parse::<u64>().ok()).map(Duration::from_secs);
    let mut clock = Clock { start: Instant::now(), end };
    match allocate(&programme, &akimat_solver_highs::Highs, &effort, &mut clock) {
        Ok(Allocated::Plan(plan)) => println!(
            "{} of {} gap {:.4} % repeatable {}",
            plan.objective,
            plan.bound,
            plan.gap() * 100.0,
            plan.repeatable
        ),
        other => println!("{other:?}"),
    }
}
