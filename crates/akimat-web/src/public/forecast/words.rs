//! What a forecast says in sentences.

use super::period;
use akimat_app::forecast::{LineForecast, NoForecast, to_money, weights};
use akimat_core::{Period, Ratio};
use akimat_forecast::{Choice, Coverage, Forecast, Refusal, SeriesError, Step};
use akimat_i18n::Locale;

/// Steps that are told in words; the rest is in the table.
const SENTENCES_MAX: usize = 5;
/// Past forecasts below which their share says little.
const ORIGINS_FEW: usize = 6;

/// A method of the comparison.
pub(super) struct MethodRow {
    pub(super) name: String,
    pub(super) error: String,
    pub(super) mase: String,
    pub(super) weight: String,
}

/// Why there is no picture.
pub fn refusal(locale: &Locale, no: &NoForecast) -> String {
    match no {
        NoForecast::NoPrices => locale.t("forecast-refusal-no-prices").into_owned(),
        NoForecast::Series(error) => series_refusal(locale, error),
        NoForecast::Refused(Refusal::TooFewPoints { have, need }) => {
            locale.f("forecast-refusal-too-few-points", &[("have", (*have).into()), ("need", (*need).into())])
        }
        NoForecast::Refused(Refusal::Constant) => locale.t("forecast-refusal-constant").into_owned(),
        NoForecast::Refused(Refusal::HorizonTooLong { max, .. }) => {
            locale.f("forecast-refusal-horizon", &[("max", (*max).into())])
        }
        NoForecast::Refused(_) => locale.t("forecast-refusal-too-large").into_owned(),
    }
}

/// Why values are no series.
pub fn series_refusal(locale: &Locale, error: &SeriesError) -> String {
    match error {
        SeriesError::Empty => {
            let need = akimat_forecast::POINTS_MIN;
            locale.f("forecast-refusal-too-few-points", &[("have", 0_i64.into()), ("need", need.into())])
        }
        SeriesError::Gap { missing } => {
            locale.f("forecast-refusal-gap", &[("period", period(locale, *missing).into())])
        }
        SeriesError::NotFinite { .. } => locale.t("forecast-refusal-not-finite").into_owned(),
        SeriesError::Repeated { period: twice } => {
            locale.f("forecast-refusal-repeated", &[("period", period(locale, *twice).into())])
        }
        SeriesError::MixedFrequency { .. } => locale.t("forecast-refusal-mixed").into_owned(),
        SeriesError::TooLong { .. } | SeriesError::BeyondCalendar => {
            locale.t("forecast-refusal-too-large").into_owned()
        }
    }
}

/// Tenge for a sentence.
pub fn short(locale: &Locale, tenge: f64) -> String {
    to_money(tenge).map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
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
        let args = [("year", prices.year.to_string().into()), ("source", prices.source.as_str().into())];
        remarks.push(locale.f("forecast-in-prices", &args));
        if !prices.beyond.is_empty() {
            remarks.push(
                locale.f("forecast-beyond-prices", &[("periods", names(locale, &prices.beyond).into())]),
            );
        }
    }
    remarks
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
