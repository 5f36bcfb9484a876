//! What can be said at the command line about a computation.

use crate::say;
use akimat_core::Lang;
use akimat_statistics::{Coefficient, Errors, Method, Refusal, Request, Table, Target, Test};
use std::path::PathBuf;

/// Statistics over a table. Exit status 0 with a result, 1 refused with the reason, 3 unreadable.
#[derive(Debug, clap::Args)]
pub(crate) struct Stats {
    /// describe, frequency, crosstab, correlate, matrix, alpha, compare, regress, logistic, panel, kappa, quota,
    /// weights or design-effect
    #[arg(value_parser = method)]
    method: Method,
    /// CSV, TSV or XLSX whose first row names the columns
    pub(super) file: PathBuf,
    /// Columns, by commas
    #[arg(long, value_delimiter = ',')]
    columns: Vec<String>,
    /// A column whose name has a comma; may be repeated
    #[arg(long, value_name = "NAME")]
    column: Vec<String>,
    /// What is explained, in regressions
    #[arg(long, value_name = "NAME")]
    outcome: Option<String>,
    /// Groups of a comparison, units of a panel, clusters of a sample
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    /// Periods of a panel
    #[arg(long, value_name = "NAME")]
    time: Option<String>,
    /// Column with the number of persons that a row stands for, or with their weight
    #[arg(long, value_name = "NAME")]
    count: Option<String>,
    /// Column with the number of persons asked already, in a quota plan
    #[arg(long, value_name = "NAME")]
    filled: Option<String>,
    /// Confidence level of intervals
    #[arg(long, default_value_t = 0.95)]
    level: f64,
    /// pearson or spearman
    #[arg(long, default_value = "pearson", value_parser = coefficient)]
    coefficient: Coefficient,
    /// hc3, hc1 or classical
    #[arg(long, default_value = "hc3", value_parser = errors)]
    errors: Errors,
    /// welch, paired, one-sample, mann-whitney or kruskal-wallis
    #[arg(long, default_value = "welch", value_parser = test)]
    test: Test,
    /// Number with which one column is compared
    #[arg(long, default_value_t = 0.0, allow_negative_numbers = true)]
    against: f64,
    /// Size of a quota plan, or of the sample behind a printed matrix
    #[arg(long)]
    size: Option<u32>,
    /// Share of a category in the population, as sex:f=0.52; may be repeated
    #[arg(long, value_name = "COLUMN:ANSWER=SHARE", value_parser = target)]
    target: Vec<Target>,
    /// Seed of simulations
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Order of the answers of a column, the lowest first, as "trust:low<medium<high"; may be repeated
    #[arg(long, value_name = "COLUMN:LOW<HIGH", value_parser = order)]
    order: Vec<(String, Vec<String>)>,
    /// A column of codes without an order; may be repeated
    #[arg(long, value_name = "NAME")]
    nominal: Vec<String>,
    /// Only rows in which a column has this value, as "question=1"; may be repeated
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = only)]
    only: Vec<(String, String)>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print CSV
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print the script that repeats it, r or python, or the data.csv that it reads
    #[arg(long, value_name = "r|python|data", conflicts_with_all = ["json", "csv"], value_parser = ["r", "python", "data"])]
    script: Option<String>,
    /// Date in the citation [default: today]
    #[arg(long)]
    pub(super) date: Option<jiff::civil::Date>,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    pub(super) lang: Lang,
}

/// How the result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Json,
    Csv,
    R,
    Python,
    Data,
}

impl Stats {
    pub(super) fn form(&self) -> Form {
        match (self.json, self.csv, self.script.as_deref()) {
            (true, ..) => Form::Json,
            (_, true, _) => Form::Csv,
            (.., Some("r")) => Form::R,
            (.., Some("data")) => Form::Data,
            (.., Some(_)) => Form::Python,
            _ => Form::Text,
        }
    }

    /// The rows that are asked for, with the declarations about columns.
    pub(super) fn prepare(&self, mut table: Table) -> Result<Table, Refusal> {
        for (column, value) in &self.only {
            table = table.only(column, value)?;
        }
        for column in &self.nominal {
            table = table.with_names(column)?;
        }
        for (column, levels) in &self.order {
            table = table.with_order(column, levels)?;
        }
        Ok(table)
    }

    pub(super) fn request(&self) -> Request {
        Request {
            columns: self.columns.iter().chain(&self.column).map(|name| name.trim().to_owned()).collect(),
            outcome: self.outcome.clone(),
            group: self.group.clone(),
            time: self.time.clone(),
            count: self.count.clone(),
            filled: self.filled.clone(),
            level: self.level,
            coefficient: self.coefficient,
            errors: self.errors,
            test: self.test,
            against: self.against,
            size: self.size,
            targets: self.target.clone(),
            seed: self.seed,
            ..Request::new(self.method, &[])
        }
    }
}

fn method(text: &str) -> Result<Method, String> {
    Method::parse(text).ok_or_else(|| one_of(Method::ALL.iter().map(|one| one.code())))
}

fn coefficient(text: &str) -> Result<Coefficient, String> {
    Coefficient::parse(text).ok_or_else(|| one_of(Coefficient::ALL.iter().map(|one| one.code())))
}

fn errors(text: &str) -> Result<Errors, String> {
    Errors::parse(text).ok_or_else(|| one_of(Errors::ALL.iter().map(|one| one.code())))
}

fn test(text: &str) -> Result<Test, String> {
    Test::parse(text).ok_or_else(|| one_of(Test::ALL.iter().map(|one| one.code())))
}

fn one_of(codes: impl Iterator<Item = &'static str>) -> String {
    format!("use one of {}", codes.collect::<Vec<_>>().join(", "))
}

fn target(text: &str) -> Result<Target, String> {
    Target::parse(text).ok_or_else(|| "use COLUMN:ANSWER=SHARE, as sex:f=0.52".to_owned())
}

fn order(text: &str) -> Result<(String, Vec<String>), String> {
    akimat_statistics::request::parse_order(text).ok_or_else(|| "use COLUMN:LOW<HIGH".to_owned())
}

fn only(text: &str) -> Result<(String, String), String> {
    let pair =
        text.rsplit_once('=').map(|(column, value)| (column.trim().to_owned(), value.trim().to_owned()));
    pair.ok_or_else(|| "use COLUMN=VALUE".to_owned())
}
