//! What a forecast says in sentences.

use akimat_app::forecast::{LineForecast, Noted, weights};
use akimat_core::{Period, Ratio};
use akimat_forecast::{Choice, Coverage, Forecast, Step};
use akimat_i18n::Locale;
use akimat_web_kit::view::forecast::{period, short};

/// Steps that are told in words; the rest is in the table.
const SENTENCES_MAX: usize = 5;
/// Outliers and breaks that are named at most, the newest.
const NOTED_MAX: usize = 4;
/// Past forecasts below which their share says little.
const ORIGINS_FEW: usize = 6;

/// A method of the comparison.
pub(super) struct MethodRow {
    pub(super) name: String,
    pub(super) error: String,
    pub(super) mase: String,
    pub(super) weight: String,
}

/// Both ends of an interval; the point itself when there is none of this level.
pub(super) fn bounds(step: &Step, level: u8) -> (f64, f64) {
    let interval = step.intervals.iter().find(|interval| interval.level == level);
    interval.map_or((step.point, step.point), |interval| (interval.low, interval.high))
}

/// What to know about the figures before looking at the picture.
pub(super) fn remarks(locale: &Locale, line: &LineForecast) -> Vec<String> {
    let mut remarks = Vec::new();
    if !line.contradicted.is_empty() {
        let years: Vec<String> = line.contradicted.iter().map(ToString::to_string).collect();
        remarks.push(locale.f("forecast-contradicted", &[("years", years.join(", ").into())]));
    }
    if let Some(prices) = &line.prices {
        let source = prices.source.as_str();
        remarks.push(match prices.assumed {
            Some(assumed) => {
                let percent = |tenths: u16| locale.percent(&format!("{}.{}", tenths / 10, tenths % 10));
                let (growth, range) = (percent(assumed.tenths), percent(assumed.range_tenths));
                let args = [("growth", growth.into()), ("range", range.into()), ("source", source.into())];
                locale.f("forecast-assumed-prices", &args)
            }
            None => {
                let args = [("year", prices.year.to_string().into()), ("source", source.into())];
                locale.f("forecast-in-prices", &args)
            }
        });
        if !prices.beyond.is_empty() {
            let beyond = names(locale, &prices.beyond);
            remarks.push(locale.f("forecast-beyond-prices", &[("periods", beyond.into())]));
        }
    }
    if let Some(share) = line.share {
        let percent = |tenths: u16| locale.percent(&format!("{}.{}", tenths / 10, tenths % 10));
        let args = [("now", percent(share.now_tenths).into()), ("then", percent(share.then_tenths).into())];
        remarks.push(locale.f("forecast-assumed-share", &args));
    }
    remarks.extend(prepared(locale, line));
    remarks
}

/// What was done to the history, and what was noticed.
fn prepared(locale: &Locale, line: &LineForecast) -> Vec<String> {
    let note = &line.preparation;
    let mut said = Vec::new();
    if !note.filled.is_empty() {
        let periods: Vec<Period> = note.filled.iter().map(|own| own.0).collect();
        said.push(locale.f("forecast-filled", &[("periods", names(locale, &periods).into())]));
    }
    if !note.outliers.is_empty() {
        let listed = noted(locale, &note.outliers);
        let key = if note.cleaning.outliers { "forecast-outliers-aside" } else { "forecast-outliers-kept" };
        said.push(locale.f(key, &[("list", listed.into())]));
    }
    if !note.breaks.is_empty() {
        let listed = noted(locale, &note.breaks);
        let key = if note.cleaning.after_break { "forecast-breaks-cut" } else { "forecast-breaks-kept" };
        said.push(locale.f(key, &[("list", listed.into())]));
    }
    if !note.negatives.is_empty() {
        said.push(locale.f("forecast-negatives", &[("periods", names(locale, &note.negatives).into())]));
    }
    said
}

/// `2020: 4,2 instead of 3,1`, a few of them.
fn noted(locale: &Locale, notes: &[Noted]) -> String {
    let one = |own: &Noted| {
        let args = [
            ("period", period(locale, own.period).into()),
            ("was", short(locale, own.was).into()),
            ("is", short(locale, own.is).into()),
        ];
        locale.f("forecast-noted", &args)
    };
    notes.iter().rev().take(NOTED_MAX).rev().map(one).collect::<Vec<_>>().join("; ")
}

fn names(locale: &Locale, periods: &[Period]) -> String {
    let names: Vec<String> = match periods {
        [first, .., last] if periods.len() > 6 => {
            return format!("{} … {}", period(locale, *first), period(locale, *last));
        }
        _ => periods.iter().map(|own| period(locale, *own)).collect(),
    };
    names.join(", ")
}

/// What the forecast says in words; the first sentence with its record.
pub(super) fn sentences(locale: &Locale, forecast: &Forecast) -> Vec<String> {
    let coverage = forecast.backtest.coverage.iter().find(|coverage| coverage.level == 80);
    let record = coverage.and_then(|coverage| Some((coverage.of, share(locale, *coverage)?)));
    let sentence = |(index, step): (usize, &Step)| {
        let (low, high) = bounds(step, 80);
        let between = [
            ("period", period(locale, step.period).into()),
            ("low", short(locale, low).into()),
            ("high", short(locale, high).into()),
        ];
        match &record {
            Some((n, covered)) if index == 0 => {
                let [a, b, c] = between;
                locale.f(
                    "forecast-between-covered",
                    &[a, b, c, ("n", (*n).into()), ("covered", covered.as_str().into())],
                )
            }
            _ => locale.f("forecast-between", &between),
        }
    };
    forecast.steps.iter().take(SENTENCES_MAX).enumerate().map(sentence).collect()
}

fn share(locale: &Locale, coverage: Coverage) -> Option<String> {
    let inside = i128::try_from(coverage.inside).ok()?;
    let share = Ratio::new(inside, i128::try_from(coverage.of).ok()?)?;
    Some(locale.percent(&share.percent(0)?))
}

/// How accurate the method has been on this very series.
pub(super) fn record(locale: &Locale, forecast: &Forecast, levels: &[u8]) -> Vec<String> {
    let backtest = &forecast.backtest;
    let mut record = Vec::new();
    for coverage in backtest.coverage.iter().filter(|coverage| levels.contains(&coverage.level)) {
        if let Some(share) = share(locale, *coverage) {
            record.push(locale.f(
                "forecast-backtest-covered",
                &[
                    ("n", coverage.of.into()),
                    ("covered", share.into()),
                    ("level", locale.percent(&coverage.level.to_string()).into()),
                ],
            ));
        }
    }
    record.push(locale.f("forecast-backtest-error", &[("error", short(locale, backtest.chosen.mae).into())]));
    if backtest.naive_better {
        let key = match forecast.choice {
            Choice::Naive | Choice::SeasonalNaive => "forecast-naive-better",
            Choice::Combined { .. } => "forecast-naive-better-kept",
        };
        record.push(locale.t(key).into_owned());
    } else if backtest.naive.mae > 0.0 {
        let gain = (1.0 - backtest.chosen.mae / backtest.naive.mae) * 100.0;
        let percent = locale.percent(&format!("{gain:.0}"));
        record.push(locale.f("forecast-naive-worse", &[("percent", percent.into())]));
    }
    if backtest.n_origins < ORIGINS_FEW {
        record.push(locale.f("forecast-backtest-few", &[("n", backtest.n_origins.into())]));
    }
    record
}

/// The methods beside one another, with their weights.
pub(super) fn methods(locale: &Locale, forecast: &Forecast) -> Vec<MethodRow> {
    let weights = weights(&forecast.choice);
    let weight = |method: &str| weights.iter().find(|(code, _)| *code == method).map_or(0.0, |own| own.1);
    let scores = forecast.backtest.methods.iter();
    scores
        .map(|score| MethodRow {
            name: locale.name("forecast-model", score.method).into_owned(),
            error: short(locale, score.mae),
            mase: locale.decimal(&format!("{:.2}", score.mase)),
            weight: locale.percent(&format!("{:.0}", weight(score.method) * 100.0)),
        })
        .collect()
}
