//! Regression over units observed repeatedly: an effect for each unit (and period), errors clustered by unit.

use crate::design::{self, Design};
use crate::linear;
use crate::refusal::Refusal;
use crate::regress::{SPARE, Tail, coefficient_sheet};
use crate::report::{Sheet, Value};
use crate::request::Request;
use crate::run::Outcome;
use crate::sample::{is_constant, mean};
use crate::table::Table;
use crate::warning::Warning;
use nalgebra::{DMatrix, DVector};

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    let outcome = request.outcome.as_deref().ok_or(Refusal::OptionMissing { option: "outcome" })?;
    let unit = request.group.as_deref().ok_or(Refusal::OptionMissing { option: "group" })?;
    design::count(&request.columns, 1, design::PREDICTORS_MAX)?;
    let roles = [outcome, unit].into_iter().chain(request.time.as_deref());
    design::once(request.columns.iter().map(String::as_str).chain(roles))?;
    let units = codes(table, unit)?;
    let mut also = vec![units.as_slice()];
    let periods = request.time.as_deref().map(|time| codes(table, time)).transpose()?;
    also.extend(periods.as_deref());
    let mut design = Design::new(table, table.find(outcome)?.numbers()?, &request.columns, &also)?;
    let mut members = groups(&design, &units);
    let single: Vec<usize> = members.iter().filter(|rows| rows.len() == 1).flatten().copied().collect();
    design.keep(|row| !single.contains(&row));
    members = groups(&design, &units);
    let k = design.names.len();
    if let Some(periods) = &periods {
        design.add_periods(periods);
    }
    let (n, n_units) = (design.y.len(), members.len());
    let need = design.names.len() + n_units + SPARE;
    if n_units < 2 {
        return Err(Refusal::Groups { column: unit.to_owned(), have: n_units, need: 2 });
    }
    if n < need {
        return Err(Refusal::TooFew { have: n, need });
    }
    let mut warnings = Vec::new();
    if !single.is_empty() {
        warnings.push(Warning::SingleObservation { n: single.len() });
    }
    if n_units < 30 {
        warnings.push(Warning::FewClusters { n: n_units });
    }
    let sheets = fit(&design.within(&members), &members, (outcome, k), request.level)?;
    Ok(Outcome { n, missing: design.missing, sheets, warnings })
}

fn codes(table: &Table, name: &str) -> Result<Vec<Option<f64>>, Refusal> {
    let column = table.find(name)?;
    let mut places = std::collections::BTreeMap::new();
    let place = |text: Option<&str>| {
        let next = places.len();
        text.map(|text| *places.entry(text.to_owned()).or_insert(next) as f64)
    };
    let codes: Vec<Option<f64>> = column.texts().map(place).collect();
    Ok(codes)
}

/// Rows of each unit, by first appearance.
fn groups(design: &Design, codes: &[Option<f64>]) -> Vec<Vec<usize>> {
    let mut members: std::collections::BTreeMap<u64, Vec<usize>> = std::collections::BTreeMap::new();
    for (row, at) in design.at.iter().enumerate() {
        members.entry(codes[*at].unwrap_or(0.0).to_bits()).or_default().push(row);
    }
    members.into_values().collect()
}

impl Design {
    fn keep(&mut self, keeps: impl Fn(usize) -> bool) {
        let filter = |values: &[f64]| -> Vec<f64> {
            values.iter().enumerate().filter(|(row, _)| keeps(*row)).map(|(_, value)| *value).collect()
        };
        self.y = filter(&self.y);
        self.columns = self.columns.iter().map(|column| filter(column)).collect();
        self.at = self.at.iter().enumerate().filter(|(row, _)| keeps(*row)).map(|(_, at)| *at).collect();
    }

    /// Zeros and ones for every period but the first.
    fn add_periods(&mut self, codes: &[Option<f64>]) {
        let own: Vec<f64> = self.at.iter().map(|at| codes[*at].unwrap_or(0.0)).collect();
        let mut different = own.clone();
        different.sort_by(f64::total_cmp);
        different.dedup();
        for (order, period) in different.iter().enumerate().skip(1) {
            self.names.push(format!("t{}", order + 1));
            self.columns.push(own.iter().map(|code| f64::from(u8::from(code == period))).collect());
        }
    }

    /// Every value less the mean of its unit, plus the mean of all.
    fn within(&self, members: &[Vec<usize>]) -> Self {
        let shift = |values: &[f64]| -> Vec<f64> {
            let all = mean(values);
            let mut moved = values.to_vec();
            for rows in members {
                let own: Vec<f64> = rows.iter().map(|row| values[*row]).collect();
                let center = if is_constant(&own) { own[0] } else { mean(&own) };
                rows.iter().for_each(|row| moved[*row] = values[*row] - center + all);
            }
            moved
        };
        Self {
            y: shift(&self.y),
            names: self.names.clone(),
            columns: self.columns.iter().map(|column| shift(column)).collect(),
            at: self.at.clone(),
            missing: self.missing,
        }
    }
}

fn fit(
    within: &Design,
    members: &[Vec<usize>],
    (outcome, k): (&str, usize),
    level: f64,
) -> Result<Vec<Sheet>, Refusal> {
    let x = within.matrix();
    if is_constant(&within.y) {
        return Err(Refusal::Constant { column: outcome.to_owned() });
    }
    linear::check_rank(&x, &within.names, true)?;
    let fit = linear::fit(&x, &DVector::from_column_slice(&within.y))?;
    let (n, g) = (x.nrows() as f64, members.len() as f64);
    let mut middle = DMatrix::zeros(x.ncols(), x.ncols());
    for rows in members {
        let score = rows
            .iter()
            .fold(DVector::zeros(x.ncols()), |sum, row| sum + x.row(*row).transpose() * fit.residuals[*row]);
        middle += &score * score.transpose();
    }
    // The effects of units are nested in the clusters and do not count (as Stata's xtreg, fe vce(cluster)).
    let scale = g / (g - 1.0) * (n - 1.0) / (n - x.ncols() as f64);
    let covariance = &fit.inverse * middle * &fit.inverse * scale;
    let mut sheet = coefficient_sheet(&within.names, &fit.b, &covariance, &Tail::Student(g - 1.0), level);
    // The constant is the mean of the effects and the periods are nuisances: the slopes are the result.
    sheet.rows.drain(0..1);
    sheet.rows.truncate(k);
    let total = crate::sample::squares(&within.y);
    let facts = vec![
        ("r2_within", Value::number(1.0 - fit.squares() / total)),
        ("units", Value::count(members.len())),
        ("smallest", Value::count(members.iter().map(Vec::len).min().unwrap_or(0))),
        ("largest", Value::count(members.iter().map(Vec::len).max().unwrap_or(0))),
        ("df", Value::number(g - 1.0)),
    ];
    Ok(vec![sheet, Sheet::facts("quality", facts)])
}
