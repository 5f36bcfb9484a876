//! Makes a large instance impossible in several ways and prints how long it takes to say what to do about it:
//! `cargo run --release -p akimat-solver-highs --example infeasible -- p300_A_101.json`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "an example prints and breaks off")]
#![allow(dead_code, reason = "the instance reader is that of the tests")]

#[path = "../tests/support/instance.rs"]
mod instance;

use akimat_allocation::model::Model;
use akimat_allocation::programme::Project;
use akimat_allocation::relax::{Give, clash, rule_name, way_out};
use akimat_allocation::{Draft, Limits};
use akimat_solver_highs::Highs;
use std::time::Instant;

fn cases(draft: &Draft) -> Vec<(&'static str, Draft)> {
    let mut third = draft.clone();
    for budget in third.sources.iter_mut().flat_map(|source| &mut source.budget) {
        *budget /= 3;
    }
    let mut half = draft.clone();
    for budget in half.sources.iter_mut().flat_map(|source| &mut source.budget) {
        *budget /= 2;
    }
    let mut district = draft.clone();
    let inside = |project: &&Project| project.district == Some(2);
    let all: i64 = district.projects.iter().filter(inside).map(|project| project.total).sum();
    district.districts[2].floor = all + 7;
    let mut floors = draft.clone();
    for part in &mut floors.districts {
        part.floor *= 3;
    }
    let mut contracts = draft.clone();
    for project in contracts.projects.iter_mut().filter(|p| p.earliest <= 2 && 2 <= p.latest) {
        (project.mandatory, project.earliest, project.latest) = (true, 2, 2);
    }
    contracts.exclusive.clear();
    contracts.precedence.clear();
    contracts.starts_cap = None;
    let mut tail = draft.clone();
    for source in &mut tail.sources {
        source.tail = Some(0);
    }
    for project in tail.projects.iter_mut().step_by(9) {
        project.mandatory = true;
    }
    let mut starts = draft.clone();
    starts.starts_cap = starts.starts_cap.map(|caps| caps.iter().map(|_| 5).collect());
    vec![
        ("a third of the money", third),
        ("half of the money", half),
        ("a floor above its projects", district),
        ("floors of all districts three times", floors),
        ("contracts above a budget", contracts),
        ("no money after the last year", tail),
        ("five starts a year", starts),
    ]
}

fn main() {
    let name = std::env::args().nth(1).unwrap_or_else(|| "p300_A_101.json".to_owned());
    let nodes = std::env::args().nth(2).map_or(2_000, |text| text.parse().unwrap());
    let draft = instance::draft(&instance::shared(&name).unwrap());
    let limits = Limits { nodes, time: None, gap_millionths: 0 };
    let only = std::env::args().nth(3).unwrap_or_default();
    let gives: &[Give] = if only.is_empty() { &[Give::Both, Give::Floors, Give::Caps] } else { &[] };
    for (name, draft) in cases(&draft).into_iter().filter(|(name, _)| name.contains(&only)) {
        let Ok(programme) = draft.check() else {
            println!("{name}: refused");
            continue;
        };
        let model = Model::of(&programme);
        let begun = Instant::now();
        for give in gives {
            let start = Instant::now();
            let way = way_out(&programme, &model, (&Highs, &Limits { nodes: 10, ..limits }), *give);
            let way = way.unwrap().map(|way| (way.total, way.at_least));
            println!("  {give:?}: {way:?} in {:.2?}", start.elapsed());
        }
        let start = Instant::now();
        let found = clash(&programme, &Highs, &limits).unwrap();
        let told = found.as_ref().map(|clash| (clash.rules.len(), clash.irreducible, clash.enough.len()));
        println!("  clash: {told:?} in {:.2?}", start.elapsed());
        let names = found.iter().flat_map(|clash| clash.rules.iter());
        let names: Vec<String> = names.map(|rule| rule_name(&programme, *rule)).collect();
        println!("{name}: {:.2?}; {}", begun.elapsed(), names.join(" "));
    }
}
