//! Prints how the methods of this room score on series with their last values held out: the table of
//! docs/method/forecast.md. `cargo run -p akimat-forecast --example m4_score -- FOLDER [EVERY]` with the folder
//! that holds `m4` and `public-finance`; `EVERY` takes each n-th series only.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod held_out;

use akimat_core::Frequency::{self, Monthly, Quarterly, Yearly};
use held_out::{COMBINED, Collection, METHODS, Table, read};

const COLLECTIONS: [Collection; 12] = [
    ("m4/m4_yearly.csv.gz", Yearly, 6),
    ("m4/m4_quarterly_short.csv.gz", Quarterly, 8),
    ("m4/m4_monthly_short_trainonly.csv.gz", Monthly, 18),
    ("public-finance/us_local_gov_annual_2004_2019.csv.gz", Yearly, 3),
    ("public-finance/us_local_gov_annual_to_2000.csv.gz", Yearly, 3),
    ("public-finance/kz_regional_annual.csv.gz", Yearly, 3),
    ("public-finance/us_state_tax_quarterly.csv.gz", Quarterly, 8),
    ("public-finance/ua_budget_revenue_quarterly.csv.gz", Quarterly, 4),
    ("public-finance/kz_macro_quarterly.csv.gz", Quarterly, 4),
    ("public-finance/ua_city_budget_monthly.csv.gz", Monthly, 12),
    ("public-finance/ua_hromada_revenue_monthly.csv.gz", Monthly, 6),
    ("public-finance/uk_fixmystreet_monthly.csv.gz", Monthly, 12),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let Some(folder) = arguments.get(1) else {
        eprintln!("usage: m4_score FOLDER [EVERY]");
        return;
    };
    let every = arguments.get(2).and_then(|text| text.parse().ok()).unwrap_or(1);
    println!(
        "| collection | series | {} | 80 % holds | 95 % holds | MSIS 95 | naive alone |",
        METHODS.join(" | ")
    );
    println!("|---|{}", "---|".repeat(METHODS.len() + 5));
    for (file, frequency, horizon) in COLLECTIONS {
        match read(&std::path::Path::new(folder).join(file), horizon, every) {
            Ok(series) => print_row(file, &Table::of(&series, frequency, horizon), frequency),
            Err(error) => eprintln!("{file}: {error}"),
        }
    }
}

fn print_row(file: &str, table: &Table, frequency: Frequency) {
    let owas: Vec<String> = (0..METHODS.len()).map(|i| format!("{:.3}", table.point(i).2)).collect();
    let (eighty, ninety_five, msis) = table.interval();
    println!(
        "| {} ({}) | {} | {} | {:.1} % | {:.1} % | {msis:.1} | {:.1} % |",
        file.split(['/', '.']).nth(1).unwrap_or(file),
        frequency.code(),
        table.n_series,
        owas.join(" | "),
        100.0 * eighty,
        100.0 * ninety_five,
        100.0 * table.n_naive as f64 / table.n_series as f64,
    );
    let (smape, mase, _) = table.point(COMBINED);
    eprintln!("{file}: combined sMAPE {smape:.3}, MASE {mase:.3}, refused {}", table.n_refused);
}
