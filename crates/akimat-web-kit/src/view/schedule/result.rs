//! What residents get: promised, measured, how much of the way is gone.

use super::date;
use akimat_core::Text;
use akimat_delivery::progress::result::{ResultMeasure, Results, achieved_bp};
use akimat_i18n::Locale;
use akimat_project::{ExpectedResult, Project};

/// A result with its measurements.
#[derive(Debug)]
pub struct ResultRow {
    /// What is measured.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Before the project.
    pub baseline: String,
    /// Aim.
    pub target: String,
    /// Latest measurement.
    pub measured: String,
    /// Its day.
    pub on: String,
    /// Share of the way from baseline to target, in words.
    pub achieved: String,
    /// For the bar, 0 to 100; `None` when it cannot be computed.
    pub share: Option<u8>,
    /// Who answers for it.
    pub owner: String,
    /// All measurements, the newest first: identifier, what, source.
    pub series: Vec<(String, String, String)>,
}

/// Results and the people they are for.
#[derive(Debug, Default)]
pub struct ResultView {
    /// Expected results.
    pub rows: Vec<ResultRow>,
    /// Measurements of results that the register no longer names: identifier, what, source.
    pub former: Vec<(String, String, String)>,
    /// Groups of people: who, how many.
    pub served: Vec<(String, String)>,
}

/// Results of a project with their measurements.
pub fn results(locale: &Locale, project: &Project, measured: Option<&Results>) -> ResultView {
    let none = Results::default();
    let all = measured.unwrap_or(&none);
    let known = |own: &ResultMeasure| {
        project
            .results
            .iter()
            .any(|expected| akimat_delivery::progress::result::is_same(&expected.title, &own.title))
    };
    let former = all.measures.iter().filter(|own| !known(own));
    ResultView {
        rows: project.results.iter().map(|expected| row(locale, expected, all)).collect(),
        former: former
            .map(|own| {
                let (id, text, source) = told(locale, own, &Text::default());
                (id, format!("{}: {text}", locale.text(&own.title).0), source)
            })
            .collect(),
        served: project
            .beneficiaries
            .iter()
            .map(|own| {
                let number = own.number.map_or_else(
                    || locale.t("not-known-yet").into_owned(),
                    |n| locale.f("schedule-people", &[("n", i64::from(n).into())]),
                );
                (locale.text(&own.group).0.to_owned(), number)
            })
            .collect(),
    }
}

fn row(locale: &Locale, expected: &ExpectedResult, all: &Results) -> ResultRow {
    let none = || locale.t("no-data-short").into_owned();
    let series = all.of(&expected.title);
    // The register may hold a later figure than the series: it is what somebody entered there.
    let latest = series.last().map(|own| (own.value.as_str(), Some(own.on)));
    let register = expected.measured.as_deref().map(|value| (value, expected.measured_on));
    let newest = match (latest, register) {
        (Some(own), Some(other)) if other.1 > own.1 => Some(other),
        (None, other) => other,
        (own, _) => own,
    };
    let achieved =
        newest.and_then(|(value, _)| achieved_bp(expected.baseline.as_deref(), &expected.target, value));
    ResultRow {
        title: locale.text(&expected.title).0.to_owned(),
        unit: locale.text(&expected.unit).0.to_owned(),
        baseline: expected.baseline.as_deref().map_or_else(none, |value| locale.decimal(value)),
        target: locale.decimal(&expected.target),
        measured: newest.map_or_else(none, |(value, _)| locale.decimal(value)),
        on: newest.map_or_else(none, |(_, on)| date(locale, on)),
        achieved: match (achieved, newest) {
            (Some(bp), _) => share(locale, bp),
            (None, None) => locale.t("schedule-result-unmeasured").into_owned(),
            (None, Some(_)) => locale.t("schedule-result-no-share").into_owned(),
        },
        share: achieved.map(|bp| u8::try_from((bp / 100).clamp(0, 100)).unwrap_or(100)),
        owner: if expected.owner.is_empty() { none() } else { expected.owner.clone() },
        series: series.iter().rev().map(|own| told(locale, own, &expected.unit)).collect(),
    }
}

/// Hundredths of a per cent, rounded to whole per cent.
fn share(locale: &Locale, bp: i64) -> String {
    locale.percent(&((bp + 50).div_euclid(100)).to_string())
}

fn told(locale: &Locale, own: &ResultMeasure, unit: &Text) -> (String, String, String) {
    let (value, on) = (locale.decimal(&own.value), locale.date(own.on));
    let args =
        [("value", value.as_str().into()), ("unit", locale.text(unit).0.into()), ("on", on.as_str().into())];
    let text = locale.f("schedule-result-line", &args).replace("  ", " ");
    (own.id.clone(), text, own.source.clone())
}
