//! What a forecast would have been one step ahead, from earlier origins.

use super::{LEVELS, NoForecast};
use akimat_core::Period;
use akimat_forecast::catalogue::by_code;
use akimat_forecast::model::{History, Model};
use akimat_forecast::{Choice, Forecast, Series, forecast};

/// Shortest history that an origin leaves.
const HISTORY_MIN: usize = 6;
/// Earlier origins at most.
const ORIGINS_MAX: usize = 12;

/// A forecast of the past, one step ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Past {
    /// The period that was forecast.
    pub period: Period,
    /// What was said about it, in the unit of the series.
    pub point: f64,
}

/// Codes of the models that a choice mixes, with their weights.
pub fn weights(choice: &Choice) -> Vec<(&'static str, f64)> {
    match choice {
        Choice::Combined { weights } => weights.clone(),
        Choice::Naive | Choice::SeasonalNaive => vec![(choice.code(), 1.0)],
    }
}

/// The forecast of a series, and the steps of its past.
pub(super) fn with_past(series: &Series, horizon: usize) -> (Result<Forecast, NoForecast>, Vec<Past>) {
    match forecast(series, horizon, &LEVELS) {
        Ok(forecast) => {
            let past = past(series, &forecast.choice).unwrap_or_default();
            (Ok(forecast), past)
        }
        Err(refusal) => (Err(NoForecast::Refused(refusal)), Vec::new()),
    }
}

/// The mix with the weights it has today, refitted on what was known at each origin. `None` when one of its
/// models stands in no catalogue or gives no answer.
fn past(series: &Series, choice: &Choice) -> Option<Vec<Past>> {
    let values = series.values();
    let mix: Vec<(&dyn Model, f64)> = weights(choice)
        .into_iter()
        .filter(|(_, weight)| *weight > 0.0)
        .map(|(code, weight)| Some((by_code(code)?, weight)))
        .collect::<Option<_>>()?;
    let season = usize::from(series.frequency().per_year());
    let first = HISTORY_MIN.max(values.len().saturating_sub(ORIGINS_MAX));
    let step = |(at, period): (usize, Period)| {
        let history = History { values: values.get(..at)?, season };
        let mut point = 0.0;
        for (model, weight) in &mix {
            // A model that needs more points is stood in for by the last value, as in the backtest.
            let own = model.predict(&history, 1).ok().and_then(|path| path.points.first().copied());
            point += weight * own.unwrap_or_else(|| history.last());
        }
        point.is_finite().then_some(Past { period, point })
    };
    series.periods().take(values.len()).enumerate().skip(first).map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_naive_choice_says_the_value_before() {
        let values: Vec<f64> = (0..10_u8).map(|n| f64::from(n * n)).collect();
        let series = Series::new("s", Period::year_of(2010), values).unwrap();
        let past = past(&series, &Choice::Naive).unwrap();
        let got: Vec<(String, f64)> = past.iter().map(|own| (own.period.to_string(), own.point)).collect();
        let want = [("2016", 25.0), ("2017", 36.0), ("2018", 49.0), ("2019", 64.0)];
        assert_eq!(got, want.map(|(year, point)| (year.to_owned(), point)));
    }
}
