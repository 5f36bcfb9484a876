//! Questions of every kind, and how long their answers take.

use super::nation::{FIRST_YEAR, Nation, Unit, years};
use akimat_core::KatoCode;
use akimat_storage::{FactNode, FactQuery, FactRead, FactScope, LineKey};
use std::time::{Duration, Instant};

/// How long the answers to a kind of question took.
pub(super) struct Answered {
    pub(super) title: &'static str,
    /// Most rows of an answer.
    pub(super) n_rows: usize,
    /// The first time, when nothing is at hand.
    pub(super) first: Duration,
    /// All times, the shortest first.
    pub(super) times: Vec<Duration>,
}

/// A question: what is asked, about which unit and line, in which year.
struct Kind {
    title: &'static str,
    ask: fn(Unit, &LineKey, i16) -> Asked,
}

enum Asked {
    Totals(FactQuery),
    Months(FactNode, LineKey),
    Report(KatoCode, i16),
}

fn totals(scope: FactScope, lines: Vec<LineKey>, years: std::ops::RangeInclusive<i16>) -> Asked {
    Asked::Totals(FactQuery { scope, lines, years })
}

const KINDS: [Kind; 13] = [
    Kind {
        title: "a unit, every line, a year",
        ask: |unit, _, year| totals(FactScope::Node(FactNode::Unit(unit.place)), Vec::new(), year..=year),
    },
    Kind {
        title: "a unit, every line, ten years",
        ask: |unit, _, _| totals(FactScope::Node(FactNode::Unit(unit.place)), Vec::new(), years()),
    },
    Kind {
        title: "a unit, one line, ten years",
        ask: |unit, line, _| totals(FactScope::Node(FactNode::Unit(unit.place)), vec![line.clone()], years()),
    },
    Kind {
        title: "one line of every okrug, a year",
        ask: |_, line, year| {
            totals(FactScope::Units { under: None, level: 4 }, vec![line.clone()], year..=year)
        },
    },
    Kind {
        title: "one line of every okrug, ten years",
        ask: |_, line, _| totals(FactScope::Units { under: None, level: 4 }, vec![line.clone()], years()),
    },
    Kind {
        title: "one line of the okrugs of a region, ten years",
        ask: |unit, line, _| {
            let under = Some(unit.place.region());
            totals(FactScope::Units { under, level: 4 }, vec![line.clone()], years())
        },
    },
    Kind {
        title: "sums of all regions, one line, ten years",
        ask: |_, line, _| totals(FactScope::Sums { parent: None, level: 4 }, vec![line.clone()], years()),
    },
    Kind {
        title: "sums of all regions, every line, a year",
        ask: |_, _, year| totals(FactScope::Sums { parent: None, level: 4 }, Vec::new(), year..=year),
    },
    Kind {
        title: "sums of the districts of a region, one line, ten years",
        ask: |unit, line, _| {
            let parent = Some(unit.place.region());
            totals(FactScope::Sums { parent, level: 4 }, vec![line.clone()], years())
        },
    },
    Kind {
        title: "the country, every line, ten years",
        ask: |_, _, _| totals(FactScope::Node(FactNode::Sum { under: None, level: 4 }), Vec::new(), years()),
    },
    Kind {
        title: "months of a line of a unit, ten years",
        ask: |unit, line, _| Asked::Months(FactNode::Unit(unit.place), line.clone()),
    },
    Kind {
        title: "months of a line of the country, ten years",
        ask: |_, line, _| Asked::Months(FactNode::Sum { under: None, level: 4 }, line.clone()),
    },
    Kind { title: "a report whole", ask: |unit, _, year| Asked::Report(unit.place, year) },
];

async fn answer<R: FactRead + ?Sized>(read: &R, asked: Asked) -> akimat_storage::Result<usize> {
    Ok(match asked {
        Asked::Totals(query) => read.fact_totals(&query).await?.len(),
        Asked::Months(node, line) => read.fact_months(node, &line, years()).await?.len(),
        Asked::Report(place, year) => {
            read.find_fact_report(place, year, 6).await?.map_or(0, |report| report.lines.len())
        }
    })
}

/// Asks. Each asking is about another unit, line and year.
///
/// # Errors
/// When the database fails.
pub(super) async fn measure<R: FactRead + ?Sized>(
    read: &R,
    nation: &Nation,
    n_times: usize,
) -> akimat_storage::Result<Vec<Answered>> {
    let units: Vec<Unit> = nation.units().collect();
    let mut answered = Vec::new();
    for kind in &KINDS {
        let (mut times, mut n_rows) = (Vec::new(), 0);
        for turn in 0..n_times.max(1) {
            // Steps without a common divisor with the lists lead to ever new ones.
            let unit = units[turn * 997 % units.len()];
            let line = &nation.lines()[turn * 37 % nation.lines().len()];
            let year = FIRST_YEAR + i16::try_from(turn % 10).unwrap_or_default();
            let started = Instant::now();
            n_rows = answer(read, (kind.ask)(unit, line, year)).await?.max(n_rows);
            times.push(started.elapsed());
        }
        let first = times.first().copied().unwrap_or_default();
        times.sort_unstable();
        answered.push(Answered { title: kind.title, n_rows, first, times });
    }
    Ok(answered)
}
