//! Scores of the outcome models on the shared tables: `outcome_score DATA_DIR [FROM_YEAR...]`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a measurement"
)]

use akimat_outcome::schema::{Cells, Kind};
use akimat_outcome::score::{auc, brier, estimate, pinball};
use akimat_outcome::{Finished, Model, Table, Target};

struct Seen {
    p: Vec<f64>,
    event: Vec<bool>,
    point: Vec<f64>,
    ranges: Vec<[f64; 4]>,
    amount: Vec<f64>,
    base: Vec<f64>,
    middle: Vec<f64>,
}

fn cells(path: &str) -> Cells {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows =
        reader.records().zip(2..).map(|(row, n)| (n, row.unwrap().iter().map(str::to_owned).collect()));
    Cells { names, rows: rows.collect() }
}

fn test(train: &[Finished], test: &[Finished], table: &Table, seen: &mut Seen) -> String {
    let known = Table::new(table.schema.clone(), table.target, train.to_vec());
    let base = train.iter().filter(|one| one.event).count() as f64 / train.len() as f64;
    let mut amounts: Vec<f64> = train.iter().filter_map(|one| one.amount).collect();
    amounts.sort_by(f64::total_cmp);
    let model = Model::learn(known, None, 7).unwrap();
    for one in test {
        let said = model.predict(&one.case, &[80, 90]);
        seen.p.push(said.probability);
        seen.event.push(one.event);
        seen.base.push(base);
        if let (Some(point), Some(amount)) = (said.point, one.amount) {
            seen.point.push(point);
            seen.amount.push(amount);
            seen.middle.push(amounts[amounts.len() / 2]);
            let r = &said.ranges;
            seen.ranges.push([r[0].low, r[0].high, r[1].low, r[1].high]);
        }
    }
    let (a, b) = model.contests();
    format!(
        "{:?} {:.2?} | {:?}",
        a.choice,
        a.shares,
        b.map(|b| (b.choice, b.shares.map(|s| (s * 100.0).round())))
    )
}

fn tell(label: &str, seen: &Seen) {
    let a = auc(&seen.p, &seen.event).unwrap();
    let b = brier(&seen.p, &seen.event);
    let base = brier(&seen.base, &seen.event);
    let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
    let rate = seen.event.iter().filter(|e| **e).count() as f64 / seen.event.len() as f64;
    print!(
        "{label}: n {} AUC {:.3}±{:.3} Brier {:.4}±{:.4} base {:.4} mean p {:.3} rate {:.3}",
        seen.p.len(),
        a.value,
        a.error,
        b.value,
        b.error,
        base.value,
        mean(&seen.p),
        rate
    );
    if !seen.point.is_empty() {
        let gap = |points: &[f64]| {
            estimate(&points.iter().zip(&seen.amount).map(|(p, y)| (p - y).abs()).collect::<Vec<_>>())
        };
        let held = |lo: usize| {
            seen.ranges.iter().zip(&seen.amount).filter(|(r, y)| r[lo] <= **y && **y <= r[lo + 1]).count()
                as f64
                / seen.amount.len() as f64
        };
        let hi: Vec<f64> = seen.ranges.iter().map(|r| r[1]).collect();
        let (mae, median) = (gap(&seen.point), gap(&seen.middle));
        print!(
            " MAE {:.3}±{:.3} median {:.3} 80% {:.3} 90% {:.3} pinball90 {:.3}",
            mae.value,
            mae.error,
            median.value,
            held(0),
            held(2),
            pinball(&hi, &seen.amount, 0.9).value
        );
    }
    println!();
}

fn empty() -> Seen {
    Seen {
        p: vec![],
        event: vec![],
        point: vec![],
        ranges: vec![],
        amount: vec![],
        base: vec![],
        middle: vec![],
    }
}

fn main() {
    let dir = std::env::args().nth(1).unwrap_or_else(|| "../shared/data/projects".to_owned());
    for (file, cuts) in [
        ("adb_infrastructure_projects_approved_to_2009.csv", vec![2002.0, 2004.0, 2006.0, 2008.0, 2010.0]),
        ("nyc_capital_project_changes.csv", vec![]),
    ] {
        let cells = cells(&format!("{dir}/{file}"));
        let kind = Kind::of(&cells).unwrap();
        for target in Target::ALL {
            let Ok(table) = kind.table(&cells, target) else { continue };
            let all = &table.finished;
            println!("== {file} {} n {}", target.code(), all.len());
            let mut seen = empty();
            for round in 0..2 {
                let fold = |at: usize| (at * 7919 + round * 104_729 + at / 5) % 5;
                for out in 0..5 {
                    let pick = |wanted: bool| -> Vec<Finished> {
                        let list = all.iter().enumerate().filter(|(at, _)| (fold(*at) == out) == wanted);
                        list.map(|(_, one)| one.clone()).collect()
                    };
                    let why = test(&pick(false), &pick(true), &table, &mut seen);
                    if round == 0 && out == 0 {
                        println!("   {why}");
                    }
                }
            }
            tell("5-fold x2", &seen);
            let mut later = empty();
            for (at, cut) in cuts.iter().enumerate().take(cuts.len().saturating_sub(1)) {
                let before: Vec<Finished> = all.iter().filter(|one| one.case.at < *cut).cloned().collect();
                let after: Vec<Finished> = all
                    .iter()
                    .filter(|one| one.case.at >= *cut && one.case.at < cuts[at + 1])
                    .cloned()
                    .collect();
                println!("   {}", test(&before, &after, &table, &mut later));
            }
            if !later.p.is_empty() {
                tell("out of time", &later);
                let mut half = empty();
                let before: Vec<Finished> = all.iter().filter(|one| one.case.at < 2005.0).cloned().collect();
                let after: Vec<Finished> = all.iter().filter(|one| one.case.at >= 2005.0).cloned().collect();
                println!("   {}", test(&before, &after, &table, &mut half));
                tell("to 2004, from 2005", &half);
            }
        }
    }
}
