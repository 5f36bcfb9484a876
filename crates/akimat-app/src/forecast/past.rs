//! What a forecast would have been one step ahead, from earlier origins.

use super::{LEVELS, NoForecast};
use akimat_core::Period;
use akimat_forecast::catalogue::by_code;
use akimat_forecast::model::History;
use akimat_forecast::neural::{self, MEDIAN};
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
    let season = usize::from(series.frequency().per_year());
    let first = HISTORY_MIN.max(values.len().saturating_sub(ORIGINS_MAX));
    let known: Vec<&[f64]> = (first..values.len()).filter_map(|at| values.get(..at)).collect();
    let mut points = vec![0.0; known.len()];
    for (code, weight) in weights(choice).into_iter().filter(|(_, weight)| *weight > 0.0) {
        let said = if code == neural::CODE {
            neural::shipped()?
                .quantiles(&known, season, 1)
                .iter()
                .map(|steps| Some(steps.first()?[MEDIAN]))
                .collect()
        } else {
            let model = by_code(code)?;
            let predict = |values: &&[f64]| {
                model
                    .predict(&History { values, season }, 1)
                    .ok()
                    .and_then(|path| path.points.first().copied())
            };
            known.iter().map(predict).collect::<Vec<Option<f64>>>()
        };
        for ((point, said), known) in points.iter_mut().zip(said).zip(&known) {
            // A model that needs more points is stood in for by the last value, as in the backtest.
            *point += weight * said.or_else(|| known.last().copied())?;
        }
    }
    let periods = series.periods().skip(first);
    let step = |(period, point): (Period, f64)| point.is_finite().then_some(Past { period, point });
    periods.zip(points).map(step).collect()
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
