//! The room's front door: a series in, a forecast with intervals and its record out, or a refusal.

use crate::backtest::{Backtest, Panel, mix};
use crate::combine::{Challenger, Choice};
use crate::ets::Ets;
use crate::interval::{Calibration, Interval};
use crate::model::mean_abs_change;
use crate::refusal::Refusal;
use crate::series::Series;
use crate::theta::Theta;
use akimat_core::Period;
use serde::Serialize;

/// Fewest points a forecast needs: two origins that leave six.
pub const POINTS_MIN: usize = 8;

/// Most steps ahead.
pub const HORIZON_MAX: usize = 120;

/// Levels the backtest always reports.
const LEVELS_REPORTED: [u8; 2] = [80, 95];

/// One future period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Year, quarter or month.
    #[serde(serialize_with = "as_text")]
    pub period: Period,
    /// Point forecast in the unit of the series.
    pub point: f64,
    /// What repeating the better of the last value and the last season says, for comparison.
    pub naive: f64,
    /// One per level asked for, in the order asked.
    pub intervals: Vec<Interval>,
}

/// A forecast and everything needed to judge it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forecast {
    /// What it is made of.
    pub choice: Choice,
    /// The history has no negative value, so points and intervals were cut at zero.
    pub non_negative: bool,
    /// The future, nearest first.
    pub steps: Vec<Step>,
    /// How the method did on the past of this series.
    pub backtest: Backtest,
}

/// Forecasts by the classical models: exponential smoothing, Theta and the naive ones, mixed by backtest.
///
/// `levels` are per cent. The same input gives the same output, bit for bit, on one machine.
///
/// # Errors
/// [`Refusal`]: too few points, a constant series, a horizon longer than the history, a bad level.
///
/// # Source
/// docs/method/forecast.md.
///
/// # Example
/// ```
/// use akimat_core::Period;
/// use akimat_forecast::{Series, forecast};
/// let taxes = vec![10.0, 12.0, 11.5, 13.0, 14.5, 14.0, 16.0, 17.5, 18.0, 19.0];
/// let series = Series::new("taxes", Period::year_of(2015), taxes).unwrap();
/// let forecast = forecast(&series, 3, &[80, 95]).unwrap();
/// let first = &forecast.steps[0];
/// assert_eq!(first.period, Period::year_of(2025));
/// assert!(first.intervals[1].low < first.intervals[0].low && first.intervals[0].low < first.point);
/// ```
pub fn forecast(series: &Series, horizon: usize, levels: &[u8]) -> Result<Forecast, Refusal> {
    let challengers = [Challenger { model: &Ets, prior: 1.0 }, Challenger { model: &Theta, prior: 1.0 }];
    forecast_with(&challengers, series, horizon, levels)
}

/// As [`forecast`], with other models to compete with the naive ones: the door for a neural model.
///
/// # Errors
/// As [`forecast`].
pub fn forecast_with(
    challengers: &[Challenger<'_>],
    series: &Series,
    horizon: usize,
    levels: &[u8],
) -> Result<Forecast, Refusal> {
    refuse(series, horizon, levels)?;
    let (values, season) = (series.values(), series.season());
    let panel = Panel::new(challengers, season);
    let mut reported = levels.to_vec();
    reported.extend(LEVELS_REPORTED);
    reported.sort_unstable();
    reported.dedup();
    let verdict = panel.judge(values, horizon, &reported).map_err(|_| Refusal::Overflow)?;
    let paths = panel.paths(values, horizon).map_err(|_| Refusal::Overflow)?;
    let mixed = mix(&paths, &verdict.weights);
    let change = mean_abs_change(values, 1);
    let calibration = Calibration::new(verdict.trials.iter(), values.len(), season, change);
    let non_negative = values.iter().all(|&value| value >= 0.0);
    let cut = |value: f64| if non_negative { value.max(0.0) } else { value };
    let naive_code = verdict.backtest.naive.method;
    let naive = panel.codes().position(|code| code == naive_code).map_or(&mixed, |i| &paths[i]);
    let step = |(h, period): (usize, Period)| {
        let interval = |&level: &u8| {
            let half = calibration.half_width(h, mixed.spreads[h], level);
            Interval { level, low: cut(mixed.points[h] - half), high: cut(mixed.points[h] + half) }
        };
        let (point, naive) = (cut(mixed.points[h]), naive.points[h]);
        Step { period, point, naive, intervals: levels.iter().map(interval).collect() }
    };
    let steps: Vec<Step> = series.periods().skip(values.len()).take(horizon).enumerate().map(step).collect();
    let finite = |step: &Step| step.intervals.iter().all(|i| i.low.is_finite() && i.high.is_finite());
    if !steps.iter().all(|step| step.point.is_finite() && finite(step)) {
        return Err(Refusal::Overflow);
    }
    Ok(Forecast { choice: verdict.choice, non_negative, steps, backtest: verdict.backtest })
}

fn refuse(series: &Series, horizon: usize, levels: &[u8]) -> Result<(), Refusal> {
    let values = series.values();
    if values.len() < POINTS_MIN {
        return Err(Refusal::TooFewPoints { have: values.len(), need: POINTS_MIN });
    }
    if horizon == 0 {
        return Err(Refusal::HorizonEmpty);
    }
    let max = values.len().min(HORIZON_MAX);
    if horizon > max {
        return Err(Refusal::HorizonTooLong { have: horizon, max });
    }
    if let Some(&level) = levels.iter().find(|level| !(1..=99).contains(*level)) {
        return Err(Refusal::BadLevel { level });
    }
    if values.windows(2).all(|pair| pair[0] == pair[1]) {
        return Err(Refusal::Constant);
    }
    Ok(())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn as_text<S: serde::Serializer>(period: &Period, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(period)
}
