//! Weights that bring a sample to known margins: iterative proportional fitting (Deming and Stephan 1940).

use crate::design;
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::{Request, Target};
use crate::run::Outcome;
use crate::table::Table;
use crate::warning::Warning;

const STEPS_MAX: usize = 10_000;
/// Rows times margins times steps: some seconds of work.
const WORK_MAX: usize = 200_000_000;
/// The margins are met when no share is further off than this.
const MET: f64 = 1e-13;

/// A column with its targets.
struct Margin<'a> {
    column: &'a str,
    levels: Vec<&'a str>,
    shares: Vec<f64>,
    /// Level of each complete row.
    codes: Vec<usize>,
}

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    design::count(&request.columns, 1, 20)?;
    if request.targets.is_empty() {
        return Err(Refusal::OptionMissing { option: "target" });
    }
    let mut all = Vec::new();
    for name in &request.columns {
        let column = table.find(name)?;
        let levels = column.levels()?;
        all.push((name.as_str(), column.codes(&levels), levels));
    }
    let rows: Vec<usize> =
        (0..table.n_rows()).filter(|row| all.iter().all(|(_, codes, _)| codes[*row].is_some())).collect();
    if rows.is_empty() {
        return Err(Refusal::TooFew { have: 0, need: 1 });
    }
    let mut margins = Vec::new();
    for (column, codes, levels) in all {
        let codes: Vec<usize> = rows.iter().filter_map(|row| codes[*row]).collect();
        margins.push(margin(column, levels, codes, &request.targets)?);
    }
    let weights = rake(&margins, rows.len())?;
    let mut sheets = vec![margin_sheet(&margins, &weights), quality(&weights)];
    let mut each = Sheet::new("weights", &["row"], &["weight"]);
    for (row, weight) in rows.iter().zip(&weights) {
        each.add(&[&table.rows()[*row].to_string()], vec![Value::number(*weight)]);
    }
    sheets.push(each);
    let largest = weights.iter().fold(0.0_f64, |most, weight| most.max(*weight));
    let warnings = if largest > 5.0 { vec![Warning::ExtremeWeights { ratio: largest }] } else { Vec::new() };
    Ok(Outcome { n: rows.len(), missing: table.n_rows() - rows.len(), sheets, warnings })
}

fn margin<'a>(
    column: &'a str,
    levels: Vec<&'a str>,
    codes: Vec<usize>,
    targets: &[Target],
) -> Result<Margin<'a>, Refusal> {
    let own = || targets.iter().filter(|target| target.column == column);
    let wrong = |target: &Target| !(0.0..=1.0).contains(&target.share);
    if let Some(target) = own().find(|target| wrong(target)) {
        return Err(Refusal::OptionWrong {
            option: "target",
            value: format!("{} = {}", target.level, target.share),
        });
    }
    let sum: f64 = own().map(|target| target.share).sum();
    if (sum - 1.0).abs() > 1e-6 {
        return Err(Refusal::TargetSum { column: column.to_owned(), sum });
    }
    let answered = |code: usize| codes.contains(&code);
    for target in own().filter(|target| target.share > 0.0) {
        let code = levels.iter().position(|level| *level == target.level);
        if !code.is_some_and(answered) {
            return Err(Refusal::TargetEmpty { column: column.to_owned(), value: target.level.clone() });
        }
    }
    let mut shares = Vec::new();
    for (code, level) in levels.iter().enumerate() {
        let target = own().find(|target| target.level == *level).map(|target| target.share / sum);
        match target {
            Some(share) => shares.push(share),
            None if !answered(code) => shares.push(0.0),
            None => {
                let value = (*level).to_owned();
                return Err(Refusal::TargetMissing { column: column.to_owned(), value });
            }
        }
    }
    Ok(Margin { column, levels, shares, codes })
}

impl Margin<'_> {
    fn weighted(&self, weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.levels.len()];
        self.codes.iter().zip(weights).for_each(|(code, weight)| sums[*code] += weight);
        sums.iter().map(|sum| sum / weights.len() as f64).collect()
    }
}

/// Weights with mean one.
fn rake(margins: &[Margin<'_>], n: usize) -> Result<Vec<f64>, Refusal> {
    let mut weights = vec![1.0; n];
    let steps_max = STEPS_MAX.min(WORK_MAX / (n * margins.len()));
    for _ in 0..steps_max {
        for margin in margins {
            let now = margin.weighted(&weights);
            for (code, weight) in margin.codes.iter().zip(weights.iter_mut()) {
                if now[*code] > 0.0 {
                    *weight *= margin.shares[*code] / now[*code];
                }
            }
        }
        let off = margins.iter().flat_map(|margin| {
            margin.weighted(&weights).into_iter().zip(&margin.shares).map(|(now, goal)| (now - goal).abs())
        });
        if off.fold(0.0, f64::max) < MET {
            return Ok(weights);
        }
    }
    Err(Refusal::NotConverged { iterations: steps_max })
}

fn margin_sheet(margins: &[Margin<'_>], weights: &[f64]) -> Sheet {
    let figures = ["count", "sample_share", "target_share", "weighted_share"];
    let mut sheet = Sheet::new("margins", &["column", "answer"], &figures);
    for margin in margins {
        let weighted = margin.weighted(weights);
        for (code, level) in margin.levels.iter().enumerate() {
            let count = margin.codes.iter().filter(|own| **own == code).count();
            let values = vec![
                Value::count(count),
                Value::share(count as f64 / weights.len() as f64),
                Value::share(margin.shares[code]),
                Value::share(weighted[code]),
            ];
            sheet.add(&[margin.column, level], values);
        }
    }
    sheet
}

fn quality(weights: &[f64]) -> Sheet {
    let deff = kish(weights);
    let (low, high) = weights.iter().fold((f64::MAX, 0.0_f64), |(l, h), w| (l.min(*w), h.max(*w)));
    let facts = vec![
        ("deff_weights", Value::number(deff)),
        ("n_effective", Value::number(weights.len() as f64 / deff)),
        ("weight_min", Value::number(low)),
        ("weight_max", Value::number(high)),
    ];
    Sheet::facts("quality", facts)
}

/// What unequal weights cost: n Σw² / (Σw)² (Kish 1965).
pub(crate) fn kish(weights: &[f64]) -> f64 {
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    weights.len() as f64 * squares / (sum * sum)
}
