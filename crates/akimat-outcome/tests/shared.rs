//! The models on the shared tables: nothing of the outcome leaks, sums are exact, the accuracy that
//! docs/method/project-outcome.md states is kept.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "the functions below only serve tests")]

use akimat_outcome::schema::{Cells, Kind};
use akimat_outcome::score::{auc, brier};
use akimat_outcome::{Case, Explained, Finished, Model, Table, Target};
use std::path::PathBuf;

const ADB: &str = "adb_infrastructure_projects_approved_to_2009.csv";
const NYC: &str = "nyc_capital_project_changes.csv";

/// A shared table; `None`, said aloud, where it is absent, which is a failure on the build server.
fn shared(file: &str) -> Option<Cells> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var("AKIMAT_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let path = root.join(folder).join("data/projects").join(file);
    if !path.exists() {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{file} is missing");
        println!("SKIPPED: {file} is not here");
        return None;
    }
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().zip(2..);
    Some(Cells {
        names,
        rows: rows.map(|(row, n)| (n, row.unwrap().iter().map(str::to_owned).collect())).collect(),
    })
}

/// Outcome columns filled with the values of other rows, and then emptied.
fn spoilt(cells: &Cells, columns: &[&str]) -> [Cells; 2] {
    let at: Vec<usize> =
        columns.iter().filter_map(|name| cells.names.iter().position(|own| own == name)).collect();
    assert_eq!(at.len(), columns.len());
    let (mut moved, mut emptied) = (cells.clone(), cells.clone());
    let n = cells.rows.len();
    for row in 0..n {
        for at in &at {
            moved.rows[row].1[*at] = cells.rows[(row * 7 + 3) % n].1[*at].clone();
            emptied.rows[row].1[*at].clear();
        }
    }
    [moved, emptied]
}

#[test]
fn outcome_columns_of_what_is_predicted_change_nothing() {
    let of_banks = [
        "closing_date_actual",
        "total_cost_actual_usd_m",
        "disbursed_usd_m",
        "overall_rating",
        "effectiveness",
        "efficiency",
        "sustainability",
        "delay_years",
        "cost_ratio",
        "success",
    ];
    let of_cities = [
        "latest_budget_changes",
        "total_budget_changes",
        "latest_schedule_changes",
        "total_schedule_changes",
    ];
    for (file, columns) in [(ADB, &of_banks[..]), (NYC, &of_cities[..])] {
        let Some(cells) = shared(file) else { return };
        let kind = Kind::of(&cells).unwrap();
        let cases = kind.cases(&cells).unwrap();
        assert!(cases.len() > 200, "{file}");
        for other in spoilt(&cells, columns) {
            assert!(kind.cases(&other).unwrap() == cases, "{file}: an outcome column is looked at");
        }
    }
}

#[test]
fn later_reports_of_a_project_change_nothing() {
    let Some(cells) = shared(NYC) else { return };
    let cases = Kind::Changes.cases(&cells).unwrap();
    let mut first = cells.clone();
    let mut seen = std::collections::BTreeSet::new();
    let pid = cells.names.iter().position(|name| name == "pid").unwrap();
    first.rows.retain(|(_, row)| seen.insert(row[pid].clone()));
    assert!(Kind::Changes.cases(&first).unwrap() == cases);
}

fn part(all: &[Finished], keep: impl Fn(usize, &Case) -> bool) -> Vec<Finished> {
    let list = all.iter().enumerate().filter(|(at, one)| keep(*at, &one.case));
    list.map(|(_, one)| one.clone()).collect()
}

/// AUC, Brier score and the Brier score of the base rate on projects that did not teach.
fn scores(table: &Table, known: Vec<Finished>, unseen: &[Finished]) -> (f64, f64, f64) {
    let base = known.iter().filter(|one| one.event).count() as f64 / known.len() as f64;
    let model = Model::learn(Table::new(table.schema.clone(), table.target, known), None, 7).unwrap();
    let chances: Vec<f64> = unseen.iter().map(|one| model.probability(&one.case)).collect();
    let events: Vec<bool> = unseen.iter().map(|one| one.event).collect();
    let constant = vec![base; events.len()];
    (auc(&chances, &events).unwrap().value, brier(&chances, &events).value, brier(&constant, &events).value)
}

#[test]
fn later_projects_are_predicted_better_than_by_the_base_rate() {
    let Some(cells) = shared(ADB) else { return };
    for (target, auc_min) in [(Target::Delay, 0.70), (Target::CostGrowth, 0.62), (Target::Completed, 0.60)] {
        let table = Kind::Projects.table(&cells, target).unwrap();
        let known = part(&table.finished, |_, case| case.at < 2005.0);
        let later = part(&table.finished, |_, case| case.at >= 2005.0);
        let (auc, brier, base) = scores(&table, known, &later);
        assert!(auc > auc_min, "{}: AUC {auc}", target.code());
        assert!(brier < base + 0.012, "{}: Brier {brier}, base rate {base}", target.code());
    }
}

#[test]
fn contributions_sum_to_the_prediction_and_the_seed_decides() {
    let Some(cells) = shared(ADB) else { return };
    let table = Kind::Projects.table(&cells, Target::Delay).unwrap();
    let known = part(&table.finished, |at, _| at % 3 == 0);
    let learn =
        || Model::learn(Table::new(table.schema.clone(), table.target, known.clone()), None, 7).unwrap();
    let (model, again) = (learn(), learn());
    for one in table.finished.iter().skip(1).step_by(60) {
        let said = model.predict(&one.case, &[80, 90]);
        assert_eq!(said, again.predict(&one.case, &[80, 90]));
        let [eighty, ninety] = said.ranges[..] else { panic!("two ranges") };
        let point = said.point.unwrap();
        assert!(
            ninety.low <= eighty.low
                && eighty.low <= point
                && point <= eighty.high
                && eighty.high <= ninety.high
        );
        for (what, total) in [(Explained::Probability, said.probability), (Explained::Point, point)] {
            let why = model.attribution(&one.case, what);
            let sum: f64 = why.base + why.contributions.iter().map(|(_, share)| share).sum::<f64>();
            assert!((sum - total).abs() < 1e-12, "{sum} {total}");
        }
        let near = model.neighbours(&one.case, 5);
        assert_eq!(near.len(), 5);
        assert!(near.windows(2).all(|pair| pair[0].distance <= pair[1].distance));
    }
}

#[test]
fn nine_finished_projects_are_needed() {
    let Some(cells) = shared(ADB) else { return };
    let table = Kind::Projects.table(&cells, Target::Delay).unwrap();
    let learn = |n: usize| {
        Model::learn(Table::new(table.schema.clone(), table.target, table.finished[..n].to_vec()), None, 1)
    };
    assert!(learn(8).is_err());
    let few = learn(9).unwrap();
    let said = few.predict(&table.finished[40].case, &[80, 90, 95]);
    assert_eq!(said.ranges.iter().map(|range| range.level).collect::<Vec<_>>(), [80, 90], "95 % needs 19");
}
