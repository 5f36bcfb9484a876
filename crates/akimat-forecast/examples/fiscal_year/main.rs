//! Prints the tables of docs/method/fiscal-year.md.
//!
//! `cargo run --release -p akimat-forecast --example fiscal_year -- ../shared/data`
#![expect(clippy::print_stdout, reason = "an example prints")]

mod data;
mod score;
mod tree;

use akimat_forecast::fiscal::{Origin, Rule};
use score::{Sums, score};
use std::path::PathBuf;

const YEARS: [i16; 3] = [2022, 2023, 2024];

fn main() -> std::io::Result<()> {
    let root = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "../shared/data".to_owned()));
    let lines = data::read(&root.join("public-finance/ua_city_plan_and_execution.csv.gz"))?;
    println!("{} lines", lines.len());
    let mut tables = vec![vec![Sums::default(); 12]; YEARS.len()];
    for (table, year) in tables.iter_mut().zip(YEARS) {
        for month in 1..=11_u8 {
            table[usize::from(month)] = score(&lines, Origin { year, month }, &[]);
        }
    }
    errors(&tables, "all years", &[0, 1, 2]);
    errors(&tables, "2023 and 2024", &[1, 2]);
    for (i, year) in YEARS.into_iter().enumerate() {
        errors(&tables, &year.to_string(), &[i]);
    }
    coverage(&tables, "all years", &[0, 1, 2]);
    coverage(&tables, "2023 and 2024", &[1, 2]);
    for (i, year) in YEARS.into_iter().enumerate() {
        coverage(&tables, &year.to_string(), &[i]);
    }
    let mut quiet = vec![vec![Sums::default(); 12]; YEARS.len()];
    for (table, year) in quiet.iter_mut().zip(YEARS).skip(1) {
        for month in 1..=11_u8 {
            table[usize::from(month)] = score(&lines, Origin { year, month }, &[2022]);
        }
    }
    coverage(&quiet, "2023 and 2024, intervals without the errors of 2022", &[1, 2]);
    coverage(&quiet, "2023, intervals without the errors of 2022", &[1]);
    coverage(&quiet, "2024, intervals without the errors of 2022", &[2]);
    together(&lines);
    Ok(())
}

fn sum(tables: &[Vec<Sums>], years: &[usize], month: Option<usize>) -> Sums {
    let mut sum = Sums::default();
    for &year in years {
        for (at, own) in tables[year].iter().enumerate() {
            if month.is_none_or(|month| month == at) {
                sum.add(own);
            }
        }
    }
    sum
}

fn errors(tables: &[Vec<Sums>], title: &str, years: &[usize]) {
    println!("\nmean error, % of the larger of fact and plan, {title}\n");
    let names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
    println!("| month of origin | lines | this model | {} |", names.join(" | "));
    println!("|---|{}", "---|".repeat(names.len() + 2));
    for month in (1..=11).map(Some).chain([None]) {
        let own = sum(tables, years, month);
        let cells: Vec<String> =
            own.errors.iter().map(|error| format!("{:.1}", 100.0 * error / own.n)).collect();
        let month = month.map_or_else(|| "all".to_owned(), |month| month.to_string());
        println!("| {month} | {} | {} |", own.n, cells.join(" | "));
    }
}

fn coverage(tables: &[Vec<Sums>], title: &str, years: &[usize]) {
    println!("\ncoverage, {title}\n");
    println!("| month of origin | 80 % holds | 95 % holds | width 80 | width 95 | months ahead 80 | 95 |");
    println!("|---|---|---|---|---|---|---|");
    for month in (1..=11).map(Some).chain([None]) {
        let own = sum(tables, years, month);
        let share = |a: f64, b: f64| 100.0 * a / b;
        let month = month.map_or_else(|| "all".to_owned(), |month| month.to_string());
        println!(
            "| {month} | {:.1} % | {:.1} % | {:.2} | {:.2} | {:.1} % | {:.1} % |",
            share(own.inside[0], own.of[0]),
            share(own.inside[1], own.of[1]),
            own.widths[0] / own.of[0],
            own.widths[1] / own.of[1],
            share(own.path[0].0, own.path[0].1),
            share(own.path[1].0, own.path[1].1),
        );
    }
}

fn together(lines: &[akimat_forecast::fiscal::FiscalLine]) {
    println!("\nexpenditure of each city brought together, 2024, mean error in %\n");
    println!(
        "| month of origin | cities | node | base | bottom_up | ols | wls_struct | wls_variance | mint_shrink |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut sum = tree::TreeErrors::default();
    let row = |month: &str, own: &tree::TreeErrors| {
        for (name, values, n) in [("total", own.totals, own.n.0), ("parts", own.parts, own.n.1)] {
            let cells: Vec<String> = values.iter().map(|error| format!("{:.2}", 100.0 * error / n)).collect();
            println!("| {month} | {} | {name} | {} |", own.n.0, cells.join(" | "));
        }
    };
    for month in 1..=11_u8 {
        let own = tree::score(lines, Origin { year: 2024, month });
        for i in 0..own.totals.len() {
            sum.totals[i] += own.totals[i];
            sum.parts[i] += own.parts[i];
        }
        sum.n = (sum.n.0 + own.n.0, sum.n.1 + own.n.1);
        if [3, 6, 9].contains(&month) {
            row(&month.to_string(), &own);
        }
    }
    row("all", &sum);
}
