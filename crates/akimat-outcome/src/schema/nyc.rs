//! Change records: several reports a project; what the first one says is known, the sums of all changes are the
//! outcome so far. Most of these projects still run: the outcome is cut off at the last report.

use super::{FaultKind, Outcome, Reader, value};
use crate::table::{Case, Feature, FeatureKind, Schema, Target, Value};
use std::collections::BTreeMap;

const NUMBERS: [(&str, i8); 5] = [
    ("log_budget", 0),
    ("years_to_completion", 0),
    ("years_in_design", 0),
    // A project watched for longer has had more time to slip.
    ("first_report", -1),
    ("school", 0),
];
const NAMES: [&str; 5] = ["category", "managing_agency", "client_agency", "borough", "current_phase"];
const DAYS_A_YEAR: f64 = 365.25;
/// A delay counts from here, in days.
const LATE_DAYS: f64 = 365.0;
/// A ratio of cost above this is a record that was mended, not a project that grew.
const RATIO_MAX: f64 = 20.0;

pub(super) fn schema() -> Schema {
    let number = |(name, monotone): &(&str, i8)| Feature {
        name: (*name).to_owned(),
        kind: FeatureKind::Number,
        monotone: *monotone,
        trees_only: false,
    };
    let name = |name: &&str| Feature {
        name: (*name).to_owned(),
        kind: FeatureKind::Category,
        monotone: 0,
        trees_only: false,
    };
    let first = NUMBERS.len();
    Schema {
        features: NUMBERS.iter().map(number).chain(NAMES.iter().map(name)).collect(),
        paths: vec![vec![first + 1, first], vec![first + 4]],
        watched_to_one_day: true,
    }
}

/// Rows of each project, projects in the order of the file.
fn projects(reader: &Reader<'_>) -> Vec<Vec<usize>> {
    let mut place = BTreeMap::<&str, usize>::new();
    let mut projects = Vec::<Vec<usize>>::new();
    for row in 0..reader.cells.rows.len() {
        let at = *place.entry(reader.needed(row, "pid")).or_insert(projects.len());
        if at == projects.len() {
            projects.push(Vec::new());
        }
        projects[at].push(row);
    }
    projects
}

pub(super) fn cases(reader: &Reader<'_>) -> Vec<Case> {
    let needed = ["pid", "date_reported_as_of", "category", "managing_agency", "budget_forecast"];
    if !reader.demand(&needed) || !reader.demand(&["forecast_completion"]) {
        return Vec::new();
    }
    projects(reader).iter().map(|rows| case(reader, rows[0])).collect()
}

fn case(reader: &Reader<'_>, row: usize) -> Case {
    reader.needed(row, "date_reported_as_of");
    let at = reader.years(row, "date_reported_as_of");
    let gap = |to: Option<f64>, from: Option<f64>| Some(to? - from?);
    let budget = reader.number(row, "budget_forecast").filter(|sum| *sum > 0.0);
    let school = reader.cell(row, "category").to_lowercase().contains("school");
    let mut values = vec![
        value(budget.map(f64::ln)),
        value(gap(reader.years(row, "forecast_completion"), at)),
        value(gap(at, reader.years(row, "design_start"))),
        value(at),
        super::yes(school),
    ];
    let first_word = |value: Value| match value {
        Value::Category(name) => Value::Category(name.split(',').next().unwrap_or("").trim().to_owned()),
        other => other,
    };
    values.extend(NAMES.iter().map(|column| first_word(reader.name(row, column))));
    let (id, name) = (reader.cell(row, "pid").to_owned(), reader.cell(row, "project_name").to_owned());
    Case { id, name, at: at.unwrap_or(0.0), values }
}

pub(super) fn outcomes(reader: &Reader<'_>, target: Target) -> Vec<Outcome> {
    let columns: &[&str] = match target {
        Target::Delay => &["total_schedule_changes"],
        Target::CostGrowth => &["total_budget_changes", "latest_budget_changes"],
        // Nearly every project of these reports still runs at the last one.
        Target::Completed => {
            reader.fail(None, "completed", FaultKind::NoOutcome);
            return Vec::new();
        }
    };
    if !reader.demand(columns) {
        return Vec::new();
    }
    let projects = projects(reader);
    let outcome = |rows: &Vec<usize>| {
        let latest = |column: &str| rows.iter().rev().find_map(|row| reader.number(*row, column));
        match target {
            Target::Delay => {
                let days = latest("total_schedule_changes");
                (days.map(|days| days / DAYS_A_YEAR), days.map(|days| days > LATE_DAYS))
            }
            Target::CostGrowth => cost(reader, rows[0], latest("total_budget_changes")),
            Target::Completed => (None, None),
        }
    };
    projects.iter().map(outcome).collect()
}

/// All changes as a ratio to the budget before the first of them.
fn cost(reader: &Reader<'_>, first: usize, changes: Option<f64>) -> Outcome {
    let now = reader.number(first, "budget_forecast");
    let before = now.map(|now| now - reader.number(first, "latest_budget_changes").unwrap_or(0.0));
    let ratio = before.filter(|sum| *sum > 0.0).zip(changes).map(|(sum, changes)| (sum + changes) / sum);
    match ratio {
        Some(ratio) => (Some(ratio.clamp(0.0, RATIO_MAX)), Some(ratio > 1.0)),
        None => (None, None),
    }
}
