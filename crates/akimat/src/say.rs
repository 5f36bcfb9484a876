//! How the command line speaks: results on standard output, everything else on standard error. Sentences
//! about files and people's mistakes come from the catalogue.

use akimat_app::{AppError, FieldFault};
use akimat_core::Lang;
use akimat_i18n::{Arg, Locale, catalogue};
use akimat_interop::Problem;
use std::io::Write;
use std::path::Path;

/// A line on standard output. Whoever closed the pipe has read enough: that is no fault.
pub(crate) fn out(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A line on standard error.
pub(crate) fn err(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Reads `kk`, `ru`, `en` of `--lang`.
pub(crate) fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "use kk, ru or en".to_owned())
}

/// The catalogue in one language.
pub(crate) fn words(lang: Lang) -> &'static Locale {
    catalogue().locale(lang)
}

/// Every problem of a file as `FILE:row:column: sentence`, row by row, on standard error.
pub(crate) fn problems(file: &Path, lang: Lang, problems: &[Problem]) {
    let locale = words(lang);
    let mut problems: Vec<&Problem> = problems.iter().collect();
    problems.sort_by_key(|problem| problem.row.unwrap_or(u32::MAX));
    for problem in problems {
        err(&problem_line(file, locale, problem));
    }
}

fn problem_line(file: &Path, locale: &Locale, problem: &Problem) -> String {
    let mut line = file.display().to_string();
    if let Some(row) = problem.row {
        line.push_str(&format!(":{row}"));
    }
    if let Some(column) = &problem.column {
        line.push_str(&format!(":{column}"));
    }
    line.push_str(": ");
    line.push_str(&problem_sentence(locale, problem));
    line
}

/// What the register refuses of a file, by row.
pub(crate) fn row_faults<'a>(file: &Path, lang: Lang, faults: impl Iterator<Item = (u32, &'a FieldFault)>) {
    let locale = words(lang);
    for (row, fault) in faults {
        err(&format!("{}:{row}:{}", file.display(), fault_line(locale, fault)));
    }
}

/// The sentence of one problem.
pub(crate) fn problem_sentence(locale: &Locale, problem: &Problem) -> String {
    let args = problem.args();
    sentence(locale, problem.key(), args.iter().map(|(name, value)| (*name, value.as_str())))
}

/// A sentence with facts given as text; whole numbers choose the plural form.
fn sentence<'a>(locale: &Locale, key: &str, facts: impl Iterator<Item = (&'static str, &'a str)>) -> String {
    let args: Vec<(&str, Arg<'a>)> = facts.map(|(name, value)| (name, fact(name, value))).collect();
    locale.f(key, &args)
}

/// A sentence of the catalogue with facts given as text.
pub(crate) fn facts(locale: &Locale, key: &str, args: &[(&'static str, String)]) -> String {
    sentence(locale, key, args.iter().map(|(name, value)| (*name, value.as_str())))
}

/// Facts that count something; every other fact is printed as it stands in the file.
const COUNTS: [&str; 7] = ["limit", "row", "rows", "columns", "line", "column", "max"];

fn fact<'a>(name: &str, value: &'a str) -> Arg<'a> {
    match value.parse::<u32>() {
        Ok(number) if COUNTS.contains(&name) => Arg::from(number),
        _ => Arg::from(value),
    }
}

/// A failed use case as an error of the command line.
pub(crate) fn app_error(lang: Lang, error: &AppError) -> anyhow::Error {
    let locale = words(lang);
    match error {
        AppError::Invalid(faults) => {
            let lines: Vec<String> = faults.iter().map(|fault| fault_line(locale, fault)).collect();
            anyhow::anyhow!(lines.join("\n"))
        }
        other => anyhow::anyhow!("{other}"),
    }
}

/// A fault as `field: sentence`.
pub(crate) fn fault_line(locale: &Locale, fault: &FieldFault) -> String {
    let facts = fault.args.iter().map(|(name, value)| (*name, value.as_str()));
    format!("{}: {}", fault.field, sentence(locale, fault.key, facts))
}
