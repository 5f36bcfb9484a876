//! One row a project: the table of a development bank.

use super::{FaultKind, Outcome, Reader, value, yes};
use crate::table::{Case, Feature, FeatureKind, Schema, Target};
use std::collections::BTreeSet;

/// Measures with the direction in which more of them may move the chance of the event.
const NUMBERS: [(&str, i8); 14] = [
    ("planned_years", 0),
    ("years_to_effective", 0),
    ("work_years", 0),
    ("log_approved", 0),
    ("log_planned_cost", 0),
    ("approved_share", 0),
    ("cofinanced", 0),
    ("cofinanced_share", 0),
    ("concessional", 0),
    ("ordinary_capital", 0),
    ("tranche", 0),
    ("sector_loan", 0),
    ("grant", 0),
    ("approval_year", 0),
];
const NAMES: [&str; 8] = [
    "country",
    "region",
    "country_class_at_approval",
    "modality",
    "assistance_mode",
    "funding_source",
    "sector",
    "subsector",
];
/// A delay counts from here, in years.
const LATE_YEARS: f64 = 1.0;

pub(super) fn schema() -> Schema {
    let number = |(name, monotone): &(&str, i8)| Feature {
        name: (*name).to_owned(),
        kind: FeatureKind::Number,
        monotone: *monotone,
        trees_only: *name == "approval_year",
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
        paths: vec![vec![first + 1, first], vec![first + 6, first + 7]],
        watched_to_one_day: false,
    }
}

pub(super) fn cases(reader: &Reader<'_>) -> Vec<Case> {
    let needed = ["project_id", "approval_date", "country", "region", "sector", "subsector"];
    let helpful = ["approved_usd_m", "total_cost_planned_usd_m", "closing_date_planned"];
    if !reader.demand(&needed) || !reader.demand(&helpful) {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let case = |row: usize| {
        let id = reader.needed(row, "project_id");
        if !id.is_empty() && !seen.insert(id) {
            reader.fail(Some(reader.cells.rows[row].0), "project_id", FaultKind::Twice);
        }
        case(reader, row, id)
    };
    (0..reader.cells.rows.len()).map(case).collect()
}

fn case(reader: &Reader<'_>, row: usize, id: &str) -> Case {
    reader.needed(row, "approval_date");
    let at = reader.years(row, "approval_date");
    let closing = reader.years(row, "closing_date_planned");
    let effective = reader.years(row, "effective_date_planned");
    let approved = reader.number(row, "approved_usd_m").filter(|sum| *sum > 0.0);
    let cost = reader.number(row, "total_cost_planned_usd_m").filter(|sum| *sum > 0.0).or(approved);
    let others = reader.number(row, "cofinancing_planned_usd_m").unwrap_or(0.0);
    let gap = |to: Option<f64>, from: Option<f64>| Some(to? - from?);
    let funding = reader.cell(row, "funding_source");
    let mode = reader.cell(row, "assistance_mode");
    let mut values = vec![
        value(gap(closing, at)),
        value(gap(effective, at)),
        value(gap(closing, effective)),
        value(approved.map(f64::ln)),
        value(cost.map(f64::ln)),
        value(approved.zip(cost).map(|(part, whole)| part / whole)),
        yes(others > 0.0),
        value(cost.map(|cost| others / cost)),
        yes(funding.contains("COL") || funding.contains("ADF")),
        yes(funding.contains("OCR")),
        yes(mode.contains("MFF")),
        yes(mode.contains("Sector")),
        yes(mode.contains("rant")),
        value(at),
    ];
    values.extend(NAMES.iter().map(|column| reader.name(row, column)));
    Case { id: id.to_owned(), name: reader.cell(row, "name").to_owned(), at: at.unwrap_or(0.0), values }
}

pub(super) fn outcomes(reader: &Reader<'_>, target: Target) -> Vec<Outcome> {
    let column = match target {
        Target::Delay => "delay_years",
        Target::CostGrowth => "cost_ratio",
        Target::Completed => "success",
    };
    if !reader.demand(&[column]) {
        return Vec::new();
    }
    let outcome = |row: usize| {
        let number = reader.number(row, column);
        match target {
            Target::Delay => (number, number.map(|years| years > LATE_YEARS)),
            Target::CostGrowth => (number, number.map(|ratio| ratio > 1.0)),
            Target::Completed => (None, number.map(|success| success > 0.5)),
        }
    };
    (0..reader.cells.rows.len()).map(outcome).collect()
}
