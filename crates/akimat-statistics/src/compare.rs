//! Whether groups or measurements differ.

mod ranks;

use crate::design;
use crate::distribution::{student_two_sided, student_two_sided_quantile};
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::{Request, Test};
use crate::run::Outcome;
use crate::sample::{is_constant, mean, quantile, variance};
use crate::table::Table;
use crate::warning::Warning;

/// A group with its name and its values.
pub(crate) type Group = (String, Vec<f64>);

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    let (groups, missing) = match request.test {
        Test::Paired => paired(table, request)?,
        Test::OneSample => one(table, request)?,
        Test::Welch | Test::MannWhitney | Test::KruskalWallis => grouped(table, request)?,
    };
    let facts = match request.test {
        Test::Paired | Test::OneSample => one_sample(&groups, request)?,
        Test::Welch => welch(&groups, request)?,
        Test::MannWhitney => ranks::mann_whitney(&groups[0].1, &groups[1].1)?,
        Test::KruskalWallis => ranks::kruskal_wallis(&groups)?,
    };
    let n = match request.test {
        Test::Paired => groups[0].1.len(),
        _ => groups.iter().map(|(_, values)| values.len()).sum(),
    };
    let mut warnings = Vec::new();
    if let Some(n) = groups.iter().map(|(_, values)| values.len()).min().filter(|n| *n < 10) {
        warnings.push(Warning::FewObservations { n });
    }
    Ok(Outcome { n, missing, sheets: vec![group_sheet(groups), Sheet::facts("test", facts)], warnings })
}

fn paired(table: &Table, request: &Request) -> Result<(Vec<Group>, usize), Refusal> {
    design::count(&request.columns, 2, 2)?;
    let columns: Vec<&[Option<f64>]> =
        request.columns.iter().map(|name| table.find(name)?.numbers()).collect::<Result<_, _>>()?;
    let rows = design::complete(&columns, table.n_rows());
    Ok((request.columns.iter().cloned().zip(rows.columns).collect(), rows.missing))
}

fn one(table: &Table, request: &Request) -> Result<(Vec<Group>, usize), Refusal> {
    design::count(&request.columns, 1, 1)?;
    let name = &request.columns[0];
    let rows = design::complete(&[table.find(name)?.numbers()?], table.n_rows());
    Ok((std::iter::once(name.clone()).zip(rows.columns).collect(), rows.missing))
}

fn grouped(table: &Table, request: &Request) -> Result<(Vec<Group>, usize), Refusal> {
    design::count(&request.columns, 1, 1)?;
    let by = request.group.as_deref().ok_or(Refusal::OptionMissing { option: "group" })?;
    design::once([request.columns[0].as_str(), by])?;
    let column = table.find(&request.columns[0])?;
    let values = if request.test == Test::Welch { column.numbers()? } else { column.places()? };
    let by = table.find(by)?;
    let levels = by.levels()?;
    let mut groups: Vec<Group> = levels.iter().map(|level| ((*level).to_owned(), Vec::new())).collect();
    let mut missing = 0;
    for (code, value) in by.codes(&levels).iter().zip(values) {
        match (code, value) {
            (Some(code), Some(value)) => groups[*code].1.push(*value),
            _ => missing += 1,
        }
    }
    groups.retain(|(_, values)| !values.is_empty());
    let have = groups.len();
    if have < 2 || (have > 2 && request.test != Test::KruskalWallis) {
        return Err(Refusal::Groups { column: by.name().to_owned(), have, need: 2 });
    }
    Ok((groups, missing))
}

fn group_sheet(groups: Vec<Group>) -> Sheet {
    let mut sheet = Sheet::new("groups", &["group"], &["n", "mean", "sd", "median"]);
    for (name, mut values) in groups {
        values.sort_by(f64::total_cmp);
        let figures = [mean(&values), variance(&values).sqrt(), quantile(&values, 0.5)];
        let mut row = vec![Value::count(values.len())];
        row.extend(figures.map(Value::number));
        sheet.add(&[&name], row);
    }
    sheet
}

type Facts = Vec<(&'static str, Value)>;

/// A mean against a number; of pairs, the mean of the differences.
fn one_sample(groups: &[Group], request: &Request) -> Result<Facts, Refusal> {
    let values: Vec<f64> = match groups {
        [(_, first), (_, second)] => first.iter().zip(second).map(|(a, b)| a - b).collect(),
        [(_, only)] => only.clone(),
        _ => Vec::new(),
    };
    let n = values.len();
    if n < 2 {
        return Err(Refusal::TooFew { have: n, need: 2 });
    }
    if is_constant(&values) {
        return Err(Refusal::Constant { column: request.columns.join(" − ") });
    }
    let (df, sd) = (n as f64 - 1.0, variance(&values).sqrt());
    let against = if request.test == Test::Paired { 0.0 } else { request.against };
    let (difference, se) = (mean(&values) - against, sd / (n as f64).sqrt());
    let mut facts = student(difference, se, df, request.level);
    facts.push(("cohens_d", Value::number(difference / sd)));
    Ok(facts)
}

/// Welch's test (1947): the spreads may differ.
fn welch(groups: &[Group], request: &Request) -> Result<Facts, Refusal> {
    let (a, b) = (&groups[0].1, &groups[1].1);
    let (m, n) = (a.len() as f64, b.len() as f64);
    let smaller = a.len().min(b.len());
    if smaller < 2 {
        return Err(Refusal::TooFew { have: smaller, need: 2 });
    }
    if is_constant(a) && is_constant(b) {
        return Err(Refusal::Constant { column: request.columns[0].clone() });
    }
    let (va, vb) = (variance(a) / m, variance(b) / n);
    let df = (va + vb) * (va + vb) / (va * va / (m - 1.0) + vb * vb / (n - 1.0));
    let difference = mean(a) - mean(b);
    let mut facts = student(difference, (va + vb).sqrt(), df, request.level);
    let pooled = (((m - 1.0) * variance(a) + (n - 1.0) * variance(b)) / (m + n - 2.0)).sqrt();
    facts.push(("cohens_d", Value::number(difference / pooled)));
    Ok(facts)
}

fn student(difference: f64, se: f64, df: f64, level: f64) -> Facts {
    let reach = student_two_sided_quantile(1.0 - level, df) * se;
    vec![
        ("difference", Value::number(difference)),
        ("se", Value::number(se)),
        ("low", Value::number(difference - reach)),
        ("high", Value::number(difference + reach)),
        ("t", Value::number(difference / se)),
        ("df", Value::number(df)),
        ("p", Value::p(student_two_sided(difference / se, df))),
    ]
}
