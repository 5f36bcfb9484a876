//! What projects bring about: estimates from a dated table beforehand, difference in differences afterwards.

use crate::algebra::solve;
use serde::Serialize;
use std::collections::BTreeMap;

/// So much of an outcome for a unit of output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its code.
    pub code: String,
    /// Field of public life.
    pub sector: String,
    /// What the project puts out, with its unit.
    pub output: String,
    /// What that brings about.
    pub outcome: String,
    /// Unit of the values.
    pub unit: String,
    /// Low, central and high value, in rising order.
    pub values: [f64; 3],
    /// From which day on it counts, ISO 8601.
    pub valid_from: String,
    /// Where it is from.
    pub source: String,
    /// Invented for a demonstration.
    pub invented: bool,
}

/// A line of the table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ParameterFault {
    /// Line from 1, the header included.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
}

/// Reads the table: `code,sector,output,outcome,unit,low,central,high,valid_from,source,invented`; the source stands
/// in quotation marks.
///
/// # Errors
/// The first line that cannot be read.
pub fn parse_parameters(text: &str) -> Result<Vec<Parameter>, ParameterFault> {
    text.lines()
        .zip(1..)
        .skip(1)
        .filter(|(line, _)| !line.is_empty())
        .map(|(line, at)| parse(line, at))
        .collect()
}

fn parse(line: &str, at: usize) -> Result<Parameter, ParameterFault> {
    let fail = |what| ParameterFault { line: at, what };
    let (front, rest) = line.split_once(",\"").ok_or(fail("the source needs quotation marks"))?;
    let (source, invented) = rest.rsplit_once("\",").ok_or(fail("the source needs quotation marks"))?;
    let cells: Vec<&str> = front.split(',').collect();
    let [code, sector, output, outcome, unit, low, central, high, valid_from] = cells[..] else {
        return Err(fail("nine cells are needed before the source"));
    };
    let number =
        |cell: &str| cell.parse().ok().filter(|value: &f64| value.is_finite()).ok_or(fail("not a number"));
    let values = [number(low)?, number(central)?, number(high)?];
    if !values.is_sorted() {
        return Err(fail("low, central and high do not rise"));
    }
    if source.is_empty() {
        return Err(fail("no source"));
    }
    Ok(Parameter {
        code: code.to_owned(),
        sector: sector.to_owned(),
        output: output.to_owned(),
        outcome: outcome.to_owned(),
        unit: unit.to_owned(),
        values,
        valid_from: valid_from.to_owned(),
        source: source.to_owned(),
        invented: invented == "yes",
    })
}

impl Parameter {
    /// Low, central and high outcome of so much output (low, central, high, none below zero).
    pub fn estimate(&self, output: [f64; 3]) -> [f64; 3] {
        let mut products = [0.0; 3];
        for (product, (value, amount)) in products.iter_mut().zip(self.values.iter().zip(output)) {
            *product = value * amount.max(0.0);
        }
        products
    }
}

/// A unit in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The unit: a village, a school.
    pub unit: String,
    /// The period; those from the start of the project on are after it.
    pub period: i32,
    /// The unit has the project.
    pub treated: bool,
    /// What was measured.
    pub value: f64,
}

/// A coefficient with its standard error, clustered by unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Coefficient {
    /// The coefficient.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// Before and after, with and without.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// The mean effect on the treated.
    pub effect: Coefficient,
    /// By how much the trends differed before the start, a period; `None` with fewer than two periods before it.
    pub trend: Option<Coefficient>,
    /// The trends before differ by more than two standard errors: the effect is not to be believed.
    pub trends_differ: bool,
    /// Units with and without the project.
    pub n_units: (usize, usize),
}

/// Why no effect is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum NoEffect {
    /// Too few units on one side: standard errors by unit would mean nothing.
    #[error("{treated} units with the project and {control} without it, {need} of each are needed")]
    TooFewUnits {
        /// With the project.
        treated: usize,
        /// Without.
        control: usize,
        /// Of each.
        need: usize,
    },
    /// Nothing was measured before or after the start.
    #[error("values before and after the start are needed")]
    OneSided,
    /// A unit stands on both sides, or a value is not finite.
    #[error("a unit stands on both sides, or a value is missing")]
    Mixed,
}

/// Units on each side that standard errors by unit need at least.
pub const UNITS_MIN: usize = 5;

/// Difference in differences: value on treated, after and their product; standard errors clustered by unit with the
/// correction G/(G-1) · (N-1)/(N-K), as statsmodels has it.
///
/// # Errors
/// [`NoEffect`].
pub fn difference_in_differences(all: &[Observation], start: i32) -> Result<Effect, NoEffect> {
    let mut side = BTreeMap::<&str, bool>::new();
    for one in all {
        if *side.entry(&one.unit).or_insert(one.treated) != one.treated || !one.value.is_finite() {
            return Err(NoEffect::Mixed);
        }
    }
    let treated = side.values().filter(|treated| **treated).count();
    let control = side.len() - treated;
    if treated < UNITS_MIN || control < UNITS_MIN {
        return Err(NoEffect::TooFewUnits { treated, control, need: UNITS_MIN });
    }
    let has = |treated: bool, after: bool| {
        all.iter().any(|one| one.treated == treated && (one.period >= start) == after)
    };
    if !(has(true, true) && has(true, false) && has(false, true) && has(false, false)) {
        return Err(NoEffect::OneSided);
    }
    let flag = |yes: bool| f64::from(u8::from(yes));
    let whole: Vec<&Observation> = all.iter().collect();
    let effect = clustered(&whole, &|one| {
        let (treated, after) = (flag(one.treated), flag(one.period >= start));
        [1.0, treated, after, treated * after]
    });
    let before: Vec<&Observation> = all.iter().filter(|one| one.period < start).collect();
    let periods: std::collections::BTreeSet<i32> = before.iter().map(|one| one.period).collect();
    let trend = (periods.len() >= 2).then(|| {
        clustered(&before, &|one| {
            let (treated, time) = (flag(one.treated), f64::from(one.period - start));
            [1.0, treated, time, treated * time]
        })
    });
    let trends_differ = trend.is_some_and(|trend| trend.value.abs() > 2.0 * trend.error);
    Ok(Effect { effect, trend, trends_differ, n_units: (treated, control) })
}

/// The last coefficient of a regression on four columns.
fn clustered(all: &[&Observation], row: &dyn Fn(&Observation) -> [f64; 4]) -> Coefficient {
    let mut cross = vec![vec![0.0; 4]; 4];
    let mut right = vec![0.0; 4];
    for one in all {
        let x = row(one);
        for i in 0..4 {
            right[i] += x[i] * one.value;
            for j in 0..4 {
                cross[i][j] += x[i] * x[j];
            }
        }
    }
    let fit = solve(cross.clone(), &right);
    let mut scores = BTreeMap::<&str, [f64; 4]>::new();
    for one in all {
        let x = row(one);
        let error = one.value - x.iter().zip(&fit).map(|(x, b)| x * b).sum::<f64>();
        scores.entry(&one.unit).or_default().iter_mut().zip(x).for_each(|(sum, x)| *sum += x * error);
    }
    // Only the last coefficient is wanted: one row of the inverse is enough.
    let bread = solve(cross, &[0.0, 0.0, 0.0, 1.0]);
    let meat: f64 =
        scores.values().map(|score| score.iter().zip(&bread).map(|(s, b)| s * b).sum::<f64>().powi(2)).sum();
    let (groups, n) = (scores.len() as f64, all.len() as f64);
    let correction = groups / (groups - 1.0) * (n - 1.0) / (n - 4.0);
    Coefficient { value: fit[3], error: (meat * correction).sqrt() }
}

#[cfg(test)]
mod tests;
