//! How long a plan of two thousand items takes, step by step:
//! `cargo run --release -p akimat-delivery --example large_plan`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example measures and tells")]

use akimat_core::{Money, Text};
use akimat_delivery::earned::{Paid, position};
use akimat_delivery::progress::{self, Payment};
use akimat_delivery::schedule::paste::link;
use akimat_delivery::schedule::plan::{Item, LinkKind, Measure, Measured, Plan, Span};
use akimat_delivery::schedule::{faults, forecast};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::error::Error;
use std::time::Instant;

const STAGES: i64 = 40;
const WORKS: i64 = 49;
const FIRST: Date = date(2026, 1, 5);

/// Forty stages of forty-nine works: each waits for the one before, and for its like in the stage before.
fn plan(today: Date) -> Result<Plan, Box<dyn Error>> {
    let mut plan = Plan::default();
    let id = |stage: i64, work: i64| format!("w{stage}-{work}");
    for stage in 1..=STAGES {
        plan.items.push(Item {
            id: format!("s{stage}"),
            code: stage.to_string(),
            title: Text::same(format!("Stage {stage}")),
            ..Item::default()
        });
        for work in 1..=WORKS {
            let start = FIRST.checked_add((stage * 14 + work * 3).days())?;
            let expected = Span { start: Some(start), finish: Some(start.checked_add(20.days())?) };
            let mut item = Item {
                id: id(stage, work),
                code: format!("{stage}.{work}"),
                title: Text::same(format!("Work {work} of stage {stage}")),
                expected,
                budget: Some(Money::from_tiyn(50_000_000 + stage * work * 1_000)),
                ..Item::default()
            };
            if stage <= STAGES / 2 && start < today {
                item.actual.start = expected.start;
                item.measures.push(Measure {
                    id: "m1".to_owned(),
                    on: today,
                    done_bp: 6_500,
                    how: Measured::Units,
                    note: String::new(),
                });
            }
            plan.items.push(item);
            if work > 1 {
                plan.links.push(link(&id(stage, work - 1), &id(stage, work), (LinkKind::Ss, 2)));
            }
            if stage > 1 {
                plan.links.push(link(&id(stage - 1, work), &id(stage, work), (LinkKind::Ss, 5)));
            }
        }
    }
    plan.approve("b1".to_owned(), FIRST, "Order 1".to_owned(), String::new());
    Ok(plan)
}

fn main() -> Result<(), Box<dyn Error>> {
    let today = date(2027, 1, 11);
    let plan = plan(today)?;
    println!("{} items, {} dependencies", plan.items.len(), plan.links.len());
    let timed = |name: &str, run: &dyn Fn() -> String| {
        let begun = Instant::now();
        let told = run();
        println!("{name:<28}{:>8.1} ms   {told}", begun.elapsed().as_secs_f64() * 1e3);
    };
    let text = serde_json::to_string(&plan)?;
    timed("read from JSON", &|| format!("{} KB", Plan::from_json(&text).map_or(0, |_| text.len() / 1024)));
    timed("faults", &|| faults(&plan, today).len().to_string());
    timed("critical path", &|| {
        forecast(&plan, today).ok().flatten().map_or_else(String::new, |found| found.finish.to_string())
    });
    timed("physical progress", &|| {
        progress::physical(&plan, today).map_or_else(String::new, |done| done.done_bp.to_string())
    });
    let payments = [Payment { on: date(2026, 12, 1), amount: Money::from_tiyn(20_000_000_000) }];
    timed("earned value", &|| {
        let found = position(&plan, Paid { payments: &payments, total: None }, today);
        format!("{:?} {:?}", found.earned.and_then(|own| own.cpi), found.finish)
    });
    timed("curve", &|| {
        progress::curve(&plan, &payments, today).map_or(0, |own| own.months.len()).to_string()
    });
    timed("milestones", &|| progress::milestones(&plan, today).len().to_string());
    Ok(())
}
