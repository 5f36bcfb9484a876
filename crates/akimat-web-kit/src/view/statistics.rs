//! Figures, refusals and warnings of the statistics workbench in words; the command line uses them too.

use akimat_i18n::{Arg, Locale};
use akimat_interop::Problem;
use akimat_statistics::cell::CellFault;
use akimat_statistics::{Label, Refusal, Report, Request, Value, Warning, source};
use std::borrow::Cow;

/// Facts that are counted: printed with the grouping of the language.
const COUNTS: [&str; 8] = ["n", "have", "need", "max", "rank", "limit", "rows", "columns"];

/// A name in a result.
pub fn label<'a>(locale: &'a Locale, label: &'a Label) -> Cow<'a, str> {
    match label {
        Label::Data(text) => Cow::Borrowed(text),
        Label::Word(word) => locale.name("statistics-word", word),
    }
}

/// A figure as a person reads it: four significant digits, shares in per cent, small p-values as a bound.
pub fn value(locale: &Locale, value: &Value) -> String {
    match value {
        Value::Count(n) => locale.count(*n),
        Value::Number(x) => number(locale, *x),
        Value::Share(x) => locale.percent(&format!("{:.1}", 100.0 * x)),
        Value::P(x) if *x < 0.001 => format!("< {}", locale.decimal("0.001")),
        Value::P(x) => locale.decimal(&format!("{x:.3}")),
        Value::Text(text) => text.clone(),
        Value::Word(word) => locale.name("statistics-word", word).into_owned(),
        Value::Absent => "—".to_owned(),
    }
}

/// Four significant digits, whole numbers whole; very small and very large ones with a power of ten.
pub fn number(locale: &Locale, x: f64) -> String {
    if x.fract() == 0.0 && x.abs() < 1e15 {
        return locale.decimal(&format!("{x:.0}"));
    }
    let scientific = format!("{x:.3e}");
    let exponent = scientific.split_once('e').and_then(|(_, power)| power.parse::<i32>().ok()).unwrap_or(0);
    if !(-5..15).contains(&exponent) {
        let (digits, _) = scientific.split_once('e').unwrap_or((&scientific, ""));
        return format!("{} · 10^{exponent}", locale.decimal(digits));
    }
    let decimals = usize::try_from(3 - exponent).unwrap_or(0);
    locale.decimal(&format!("{x:.decimals$}"))
}

fn sentence(locale: &Locale, key: &str, facts: Vec<(&'static str, String)>) -> String {
    let argument = |(name, value): (&'static str, String)| {
        let counted = value.parse::<u32>().ok().filter(|_| COUNTS.contains(&name));
        (name, counted.map_or_else(|| Arg::from(value), Arg::from))
    };
    locale.f(key, &facts.into_iter().map(argument).collect::<Vec<_>>())
}

/// Why there is no result.
pub fn refusal(locale: &Locale, refusal: &Refusal) -> String {
    let facts = refusal.facts().into_iter().map(|(name, value)| match name {
        "option" => (name, option(locale, &value)),
        _ => (name, value),
    });
    sentence(locale, &format!("statistics-refusal-{}", refusal.code()), facts.collect())
}

fn option(locale: &Locale, option: &str) -> String {
    let key = match option {
        "outcome" => "statistics-outcome",
        "group" => "statistics-group",
        "count" => "statistics-count",
        "size" => "statistics-size",
        "target" => "statistics-targets",
        "against" => "statistics-against",
        _ => "statistics-level",
    };
    locale.t(key).into_owned()
}

/// What a reader of the result must know.
pub fn warning(locale: &Locale, warning: &Warning) -> String {
    sentence(locale, &format!("statistics-warning-{}", warning.code()), warning.facts())
}

/// A cell that is no number, with its row.
pub fn fault(locale: &Locale, fault: &CellFault) -> String {
    let what = locale.name("statistics-fault", fault.fault.code());
    let facts = [
        ("row", Arg::from(fault.row.to_string())),
        ("value", Arg::from(&fault.value)),
        ("fault", Arg::from(what)),
    ];
    locale.f("statistics-fault-place", &facts)
}

/// What keeps a file from being read, with its place.
pub fn problem(locale: &Locale, problem: &Problem) -> String {
    let place = [("row", problem.row.map(|row| row.to_string())), ("column", problem.column.clone())];
    let place: Vec<(&str, Arg<'_>)> =
        place.into_iter().filter_map(|(name, value)| Some((name, Arg::from(value?)))).collect();
    let place = locale.f(problem.place_key(), &place);
    format!("{place}: {}", sentence(locale, problem.key(), problem.args()))
}

/// Name of what is asked: the method, with the coefficient, test or errors where there is a choice.
pub fn method(locale: &Locale, request: &Request) -> String {
    use akimat_statistics::Method;
    let name = locale.name("statistics-method", request.method.code());
    let choice = match request.method {
        Method::Correlate => locale.name("statistics-coefficient", request.coefficient.code()),
        Method::Compare => locale.name("statistics-test", request.test.code()),
        Method::Regress => locale.name("statistics-errors", request.errors.code()),
        _ => return name.into_owned(),
    };
    format!("{name} ({choice})")
}

/// A text that one can cite.
pub fn citation(locale: &Locale, report: &Report, table: &str, date: &str) -> String {
    let works = source::works(&report.request).join("; ");
    let facts = [
        ("method", Arg::from(method(locale, &report.request))),
        ("table", Arg::from(table)),
        ("n", Arg::from(locale.count(report.n.try_into().unwrap_or(u64::MAX)))),
        ("missing", Arg::from(locale.count(report.missing.try_into().unwrap_or(u64::MAX)))),
        ("version", Arg::from(report.version)),
        ("date", Arg::from(date)),
        ("works", Arg::from(works)),
    ];
    locale.f("statistics-citation-text", &facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::Lang;
    use akimat_i18n::catalogue;

    fn check(x: f64, want: &str) {
        assert_eq!(number(catalogue().locale(Lang::En), x), want, "{x}");
    }

    #[test]
    fn numbers_have_four_significant_digits() {
        check(5.0, "5");
        check(1234.5678, "1,235");
        check(0.012_345_6, "0.01235");
        check(-0.5, "−0.5000");
        check(1.5e-9, "1.500 · 10^-9");
    }

    #[test]
    fn every_refusal_and_warning_has_its_sentence() {
        for lang in Lang::ALL {
            let locale = catalogue().locale(lang);
            let has = |prefix: &str, code: &str| {
                assert!(locale.has(&format!("{prefix}-{code}")), "{lang:?} {code}");
            };
            Refusal::CODES.iter().for_each(|code| has("statistics-refusal", code));
            Warning::CODES.iter().for_each(|code| has("statistics-warning", code));
            akimat_statistics::Method::ALL.iter().for_each(|one| has("statistics-method", one.code()));
        }
    }
}
