//! How often each answer was given, with the interval of Wilson (1927).

use crate::distribution::normal_two_sided_quantile;
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::Request;
use crate::run::Outcome;
use crate::table::{Kind, Table};

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    crate::design::count(&request.columns, 1, 50)?;
    let persons = persons(table, request.count.as_deref())?;
    let z = normal_two_sided_quantile(1.0 - request.level);
    let mut sheet = Sheet::new("frequency", &["column", "answer"], &["count", "share", "low", "high"]);
    let (mut n, mut missing) = (0, 0);
    for name in &request.columns {
        let column = table.find(name)?;
        if *column.kind() == Kind::Mixed {
            column.numbers()?;
        }
        let levels = column.levels()?;
        let codes = column.codes(&levels);
        let of = |wanted: Option<usize>| -> usize {
            codes.iter().zip(&persons).filter(|(code, _)| **code == wanted).map(|(_, n)| *n).sum()
        };
        let answered: usize = (0..levels.len()).map(|code| of(Some(code))).sum();
        for (code, level) in levels.iter().enumerate() {
            let count = of(Some(code));
            let share = count as f64 / answered as f64;
            let (low, high) = wilson(share, answered as f64, z);
            let shares = [share, low, high].map(Value::share);
            sheet.add(&[name, level], std::iter::once(Value::count(count)).chain(shares).collect());
        }
        n = n.max(answered);
        missing = missing.max(of(None));
    }
    if n == 0 {
        return Err(Refusal::TooFew { have: 0, need: 1 });
    }
    Ok(Outcome { n, missing, sheets: vec![sheet], warnings: Vec::new() })
}

/// How many persons each row stands for: one, or what the column says; a missing count is nobody.
pub(crate) fn persons(table: &Table, column: Option<&str>) -> Result<Vec<usize>, Refusal> {
    let Some(name) = column else { return Ok(vec![1; table.n_rows()]) };
    let numbers = table.find(name)?.numbers()?;
    let whole = |(number, row): (&Option<f64>, &u32)| {
        let number = number.unwrap_or(0.0);
        let wrong = || Refusal::NotACount { column: name.to_owned(), row: *row };
        if number < 0.0 || number.fract() != 0.0 || number > 1e9 {
            return Err(wrong());
        }
        format!("{number}").parse().map_err(|_| wrong())
    };
    numbers.iter().zip(table.rows()).map(whole).collect()
}

/// Interval of a share from 0 to 1 among `n` persons, by Wilson (1927); `z` is the quantile of the level.
pub fn wilson(share: f64, n: f64, z: f64) -> (f64, f64) {
    let (center, scale) = (share + z * z / (2.0 * n), 1.0 + z * z / n);
    let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let low = if share <= 0.0 { 0.0 } else { (center - reach) / scale };
    let high = if share >= 1.0 { 1.0 } else { (center + reach) / scale };
    (low, high)
}
