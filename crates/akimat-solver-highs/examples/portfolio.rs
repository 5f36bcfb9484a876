//! Solves portfolio instances and prints what each stage found, with CPU-independent work limits:
//! `cargo run --release -p akimat-solver-highs --example portfolio -- FILE.json [GAP_MILLIONTHS] [SECONDS]`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "an example prints and breaks off"
)]

use akimat_allocation::programme::{Part, Precedence, Project, Source};
use akimat_allocation::{Allocated, Draft, Effort, Go, Id, Plan, Progress, Watch, allocate};
use serde_json::Value;
use std::time::{Duration, Instant};

fn list(value: &Value) -> Vec<i64> {
    value.as_array().unwrap().iter().map(|v| v.as_i64().unwrap()).collect()
}

fn small(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn year(value: &Value) -> u16 {
    u16::try_from(value.as_u64().unwrap()).unwrap()
}

fn draft(v: &Value) -> Draft {
    let names: Vec<String> =
        v["sources"].as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned()).collect();
    let parts = |floors: &Value| -> Vec<Part> {
        list(floors)
            .iter()
            .enumerate()
            .map(|(i, f)| Part { name: i.to_string(), floor: *f, population: None })
            .collect()
    };
    let project = |p: &Value| Project {
        id: Id::Number(p["id"].as_i64().unwrap()),
        sector: Some(small(&p["sector"])),
        district: Some(small(&p["district"])),
        benefit: p["benefit"].as_i64().unwrap(),
        total: p["total"].as_i64().unwrap(),
        earliest: year(&p["es"]),
        latest: year(&p["ls"]),
        cost: names.iter().map(|s| p["cost"].get(s).map(list).unwrap_or_default()).collect(),
        mandatory: p["mandatory"].as_bool().unwrap(),
        barred: false,
    };
    let pair = |p: &Value| Precedence { before: small(&p[0]), after: small(&p[1]), lag: year(&p[2]) };
    Draft {
        years: year(&v["years"]),
        discount: list(&v["discount_1e4"]),
        sources: names
            .iter()
            .map(|s| Source {
                name: s.clone(),
                budget: list(&v["budget"][s]),
                tail: v["tail_cap"][s].as_i64(),
            })
            .collect(),
        sectors: parts(&v["sector_floor"]),
        districts: parts(&v["district_floor"]),
        starts_cap: Some(list(&v["starts_cap"])),
        projects: v["projects"].as_array().unwrap().iter().map(project).collect(),
        exclusive: v["exclusive"]
            .as_array()
            .unwrap()
            .iter()
            .map(|g| g.as_array().unwrap().iter().map(small).collect())
            .collect(),
        precedence: v["precedence"].as_array().unwrap().iter().map(pair).collect(),
        ..Draft::default()
    }
}

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
    let v: Value = serde_json::from_str(&std::fs::read_to_string(&arguments[1]).unwrap()).unwrap();
    let programme = draft(&v).check().unwrap();
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
