//! The picture of a published forecast and the table of its steps.

use super::Story;
use akimat_core::Period;
use akimat_document::Column;
use akimat_i18n::Locale;
use akimat_storage::published_forecast::{
    ForecastBasis, Milli, PublishedForecast, PublishedPast, PublishedStep,
};
use akimat_web_kit::figure::{Figure, Value};
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::view::figures::axis;
use akimat_web_kit::view::track_record::{TENGE, amount_value};
use std::collections::BTreeSet;

/// Periods before the forecast that are drawn at most.
const DRAWN_MAX: usize = 240;

/// Money on a picture is in billions of tenge.
fn scaled(forecast: &PublishedForecast, value: Milli) -> f64 {
    if forecast.body.unit == TENGE { value.get() / 1e9 } else { value.get() }
}

fn unit_name(locale: &Locale, forecast: &PublishedForecast, money: &str) -> String {
    if forecast.body.unit == TENGE { locale.t(money).into_owned() } else { forecast.body.unit.clone() }
}

pub(super) fn fan(locale: &Locale, title: &str, story: &Story) -> Figure {
    let (forecast, body) = (&story.forecast, &story.forecast.body);
    let scale = |value: Milli| scaled(forecast, value);
    let bound = |level: u8, high: bool| -> Vec<f64> {
        let end = |step: &PublishedStep| {
            step.interval(level).map(|own| scale(if high { own.high } else { own.low }))
        };
        // A band with a hole cannot be drawn: it is left out, the table has what was said.
        body.steps.iter().map(end).collect::<Option<Vec<f64>>>().unwrap_or_default()
    };
    let each = |pick: &dyn Fn(&PublishedStep) -> Milli| -> Vec<f64> {
        body.steps.iter().map(|step| scale(pick(step))).collect()
    };
    let past = drawn_past(forecast);
    let ahead = body.steps.iter().map(|step| step.period);
    let known = |values: &[PublishedPast]| -> Vec<Option<f64>> {
        let value = |at: &Period| values.iter().find(|own| own.period == *at).map(|own| scale(own.value));
        past.iter().map(value).collect()
    };
    let mut since: Vec<Option<f64>> = vec![None; past.len()];
    since.extend(body.steps.iter().map(|step| story.latest(step.period).map(|fact| scale(fact.fact))));
    let data = chart::Fan {
        periods: past.iter().copied().chain(ahead).map(|period| short(locale, forecast, period)).collect(),
        unit: unit_name(locale, forecast, "unit-billion-tenge"),
        history: known(&body.history),
        backtest: if story.judgements.is_empty() { Vec::new() } else { since },
        plan: if body.plans.is_empty() { Vec::new() } else { known(&body.plans) },
        published: Vec::new(),
        point: each(&|step| step.point),
        naive: each(&|step| step.naive),
        lo50: bound(50, false),
        hi50: bound(50, true),
        lo80: bound(80, false),
        hi80: bound(80, true),
        lo95: bound(95, false),
        hi95: bound(95, true),
    };
    let word = |key: &str| locale.t(key).into_owned();
    let interval = |level: u8| {
        let level = locale.percent(&level.to_string());
        locale.f("published-interval", &[("level", level.into())])
    };
    let key = chart::FanKey {
        history: word("published-known"),
        point: word("forecast-point"),
        band50: interval(50),
        band80: interval(80),
        band95: interval(95),
        naive: word("accuracy-naive"),
        backtest: word("published-since"),
        plan: word("execution-plan"),
        published: String::new(),
    };
    let words = Words::new("fan", title, locale.t("published-fan-about"));
    let chart = chart::fan(&words, &data, &key, &|value| axis(locale, value));
    let columns = ["forecast-period", "published-known"]
        .into_iter()
        .zip([false, true])
        .map(|(key, number)| if number { Column::number(locale.t(key)) } else { Column::text(locale.t(key)) })
        .collect();
    let rows = body.history.iter().map(|past| {
        vec![Value::text(locale.period(past.period)), amount_value(locale, past.value, &body.unit)]
    });
    Figure::new("fan", title, chart).table(
        unit_name(locale, forecast, "unit-thousand-tenge"),
        columns,
        rows.collect(),
    )
}

/// The periods of the picture before the forecast: all from the first known to the last, also those that are
/// not known; of a year that runs, its own months.
pub(super) fn drawn_past(forecast: &PublishedForecast) -> Vec<Period> {
    let known = forecast.body.history.iter().map(|past| past.period);
    let first = match forecast.basis {
        ForecastBasis::Period | ForecastBasis::Cases => known.min(),
        ForecastBasis::YearToDate => known.filter(|period| period.year() == forecast.origin.year()).min(),
    };
    std::iter::successors(first, |period| Some(period.next()))
        .take_while(|period| *period <= forecast.origin)
        .take(DRAWN_MAX)
        .collect()
}

/// A period below the picture.
fn short(locale: &Locale, forecast: &PublishedForecast, period: Period) -> String {
    match forecast.basis {
        ForecastBasis::Period | ForecastBasis::Cases => period.to_string(),
        ForecastBasis::YearToDate => locale.name("month-short", &period.part().to_string()).into_owned(),
    }
}

/// The steps with their facts.
pub(super) fn facts(locale: &Locale, story: &Story) -> Figure {
    let body = &story.forecast.body;
    let adjusted: BTreeSet<Period> = story.adjustments.iter().map(|one| one.period).collect();
    let end = |level: &str, key: &str| Column::number(format!("{level} %: {}", locale.t(key)));
    let mut columns = vec![
        Column::text(locale.t("forecast-period")),
        Column::number(locale.t("forecast-point")),
        end("80", "forecast-lower"),
        end("80", "forecast-upper"),
        end("95", "forecast-lower"),
        end("95", "forecast-upper"),
        Column::number(locale.t("accuracy-naive")),
        Column::number(locale.t("forecast-fact")),
        Column::number(locale.t("published-error")),
    ];
    if !adjusted.is_empty() {
        columns.push(Column::number(locale.t("published-adjusted")));
    }
    let value = |value: Milli| amount_value(locale, value, &body.unit);
    let or_unknown = |found: Option<Milli>| found.map_or_else(|| Value::unknown(locale), value);
    let row = |step: &PublishedStep| {
        let bound = |level: u8, high: bool| {
            or_unknown(step.interval(level).map(|own| if high { own.high } else { own.low }))
        };
        let fact = story.latest(step.period);
        let mut row = vec![
            Value::text(locale.period(step.period)),
            value(step.point),
            bound(80, false),
            bound(80, true),
            bound(95, false),
            bound(95, true),
            value(step.naive),
            or_unknown(fact.map(|fact| fact.fact)),
            or_unknown(fact.map(|fact| fact.error)),
        ];
        if !adjusted.is_empty() {
            row.push(or_unknown(story.adjusted(step.period).map(|one| one.value)));
        }
        row
    };
    Figure::new("steps", locale.t("published-steps"), Default::default()).table(
        unit_name(locale, &story.forecast, "unit-thousand-tenge"),
        columns,
        body.steps.iter().map(row).collect(),
    )
}
