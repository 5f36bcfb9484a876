//! What bringing the lines of a city's expenditure together does to their errors.

use akimat_forecast::fiscal::{FiscalBook, FiscalLine, FiscalYear, MONTHS, Origin, YearForecast};
use akimat_forecast::reconcile::{Method, Reconciler, Tree};
use std::collections::BTreeMap;

/// Base forecasts and the methods, in the order of the columns.
pub(crate) const METHODS: [Option<Method>; 6] = [
    None,
    Some(Method::BottomUp),
    Some(Method::Ols),
    Some(Method::WlsStruct),
    Some(Method::WlsVariance),
    Some(Method::MintShrink),
];

/// Mean errors in per cent of the larger of fact and plan: of totals, of parts, and how many there were.
#[derive(Clone, Debug, Default)]
pub(crate) struct TreeErrors {
    pub(crate) totals: [f64; METHODS.len()],
    pub(crate) parts: [f64; METHODS.len()],
    pub(crate) n: (f64, f64),
}

/// The cities: `exp.total`, its parts, and what they leave over as one more line.
fn cities(lines: &[FiscalLine]) -> Vec<FiscalLine> {
    let mut units: BTreeMap<&str, Vec<&FiscalLine>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.group.starts_with("exp.")) {
        units.entry(line.id.split('|').next().unwrap_or("")).or_default().push(line);
    }
    let mut cities = Vec::new();
    for (unit, lines) in units {
        let Some(total) = lines.iter().find(|line| line.group == "exp.total") else { continue };
        let parts: Vec<&&FiscalLine> = lines.iter().filter(|line| line.group != "exp.total").collect();
        let left = |own: &FiscalYear, month: usize, pick: fn(&FiscalYear, usize) -> Option<f64>| {
            let known = parts.iter().filter_map(|part| pick(part.year(own.year)?, month)).sum::<f64>();
            Some(pick(own, month)? - known)
        };
        let rest = |own: &FiscalYear| {
            let mut year = FiscalYear::new(own.year);
            for month in 1..=MONTHS {
                year.plan[month - 1] = left(own, month, FiscalYear::plan_at);
                year.executed[month - 1] = left(own, month, FiscalYear::executed_at);
            }
            year
        };
        let rest = FiscalLine {
            id: format!("{unit}|rest"),
            group: "rest".to_owned(),
            years: total.years.iter().map(rest).collect(),
        };
        cities.push((*total).clone());
        cities.extend(parts.into_iter().map(|part| (*part).clone()));
        cities.push(rest);
    }
    cities
}

/// Errors of all methods at one origin.
pub(crate) fn score(lines: &[FiscalLine], origin: Origin) -> TreeErrors {
    let cities = cities(lines);
    let mut errors = TreeErrors::default();
    let Ok(book) = FiscalBook::new(&cities, origin) else { return errors };
    let Ok(forecasts) = book.forecasts(&[80]) else { return errors };
    let starts: Vec<usize> = (0..cities.len()).filter(|&i| cities[i].group == "exp.total").collect();
    for (at, &start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(cities.len());
        let own: Option<Vec<&YearForecast>> =
            forecasts[start..end].iter().map(|own| own.as_ref().ok()).collect();
        let facts: Option<Vec<f64>> =
            cities[start..end].iter().map(|line| line.year(origin.year)?.total()).collect();
        if let (Some(own), Some(facts)) = (own, facts) {
            city(&mut errors, &own, &facts);
        }
    }
    errors
}

fn city(errors: &mut TreeErrors, own: &[&YearForecast], facts: &[f64]) {
    let parents = (0..own.len()).map(|i| (i > 0).then_some(0)).collect();
    let Ok(tree) = Tree::new(parents) else { return };
    let years: Vec<i16> = own[0].past.iter().map(|past| past.year).collect();
    let past: Vec<Vec<f64>> = years
        .iter()
        .filter_map(|year| {
            let error = |own: &&YearForecast| {
                own.past.iter().find(|past| past.year == *year).map(|past| past.total - past.fact)
            };
            own.iter().map(error).collect()
        })
        .collect();
    let base: Vec<f64> = own.iter().map(|own| own.total).collect();
    let all: Option<Vec<Vec<f64>>> = METHODS
        .iter()
        .map(|method| match method {
            None => Some(base.clone()),
            Some(method) => Reconciler::new(&tree, *method, &past).ok()?.apply(&base).ok(),
        })
        .collect();
    let Some(all) = all else { return };
    errors.n.0 += 1.0;
    errors.n.1 += (own.len() - 1) as f64;
    for (i, values) in all.iter().enumerate() {
        for (node, value) in values.iter().enumerate() {
            let scale = facts[node].abs().max(own[node].plan.unwrap_or(0.0).abs()).max(1.0);
            let error = ((value - facts[node]).abs() / scale).min(1.0);
            if node == 0 {
                errors.totals[i] += error;
            } else {
                errors.parts[i] += error;
            }
        }
    }
}
