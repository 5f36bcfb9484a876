//! The room's front door: a series in, a forecast with intervals and its record out, or a refusal.

use crate::backtest::{Backtest, Panel, Verdict, cuts, mix};
use crate::ces::Ces;
use crate::combine::{Challenger, Choice};
use crate::dot::Dot;
use crate::ets::Ets;
use crate::interval::{Calibration, Interval, Width};
use crate::model::mean_abs_change;
use crate::neural::{Ensemble, Quantiles};
use crate::pool::{Factors, LEVELS};
use crate::refusal::Refusal;
use crate::series::Series;
use crate::theta::Theta;
use akimat_core::Period;
use serde::Serialize;

/// Fewest points a forecast needs: two origins that leave four.
pub const POINTS_MIN: usize = 6;

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

/// Who takes part in a forecast.
#[derive(Clone, Copy, Debug)]
pub struct Engine<'a> {
    /// The networks, if they are wanted.
    pub neural: Option<&'a Ensemble>,
    /// What was learnt about widths from other series; `None`: what the room knows.
    pub factors: Option<&'a Factors>,
}

/// Exponential smoothing, two forms of Theta and complex smoothing. The last follows a trend furthest and the Thetas least;
/// which of them is right changes with the times.
static YEARLY: [Challenger<'static>; 4] = [
    Challenger { model: &Ets, prior: 1.0 },
    Challenger { model: &Theta, prior: 1.0 },
    Challenger { model: &Dot, prior: 1.0 },
    Challenger { model: &Ces, prior: 1.0 },
];
/// Complex smoothing with a season takes too long.
static SEASONAL: [Challenger<'static>; 3] = [
    Challenger { model: &Ets, prior: 1.0 },
    Challenger { model: &Theta, prior: 1.0 },
    Challenger { model: &Dot, prior: 1.0 },
];

/// Forecasts by exponential smoothing, Theta, complex smoothing, the neural model and the naive ones, mixed by
/// backtest.
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
    Engine { neural: crate::neural::shipped(), factors: None }.forecast(series, horizon, levels)
}

impl Engine<'_> {
    /// As [`forecast`], with the networks and factors of this engine.
    ///
    /// # Errors
    /// As [`forecast`].
    pub fn forecast(&self, series: &Series, horizon: usize, levels: &[u8]) -> Result<Forecast, Refusal> {
        refuse(series, horizon, levels)?;
        let spoken = self.spoken(&[series], horizon).pop().unwrap_or_default();
        self.tell(series, spoken, (horizon, levels))
    }

    /// [`Engine::forecast`] of many series, in their order. The networks look at all of them together, which takes
    /// a fraction of the time (some dozens at once are enough for that) and moves the last digits of what they compute.
    pub fn forecast_all(
        &self,
        series: &[Series],
        horizon: usize,
        levels: &[u8],
    ) -> Vec<Result<Forecast, Refusal>> {
        let refused = |series: &Series| refuse(series, horizon, levels);
        let fit: Vec<&Series> = series.iter().filter(|series| refused(series).is_ok()).collect();
        let mut spoken = self.spoken(&fit, horizon).into_iter();
        let answer = |series: &Series| {
            refused(series)?;
            self.tell(series, spoken.next().unwrap_or_default(), (horizon, levels))
        };
        series.iter().map(answer).collect()
    }

    /// What the networks say of each series: from its end all of them, from the origins of its backtest one that stands
    /// for all. Nothing where there are no networks.
    fn spoken(&self, series: &[&Series], horizon: usize) -> Vec<Vec<Vec<Quantiles>>> {
        let mut spoken = vec![Vec::new(); series.len()];
        let Some(networks) = self.neural else { return spoken };
        let mut seasons: Vec<usize> = series.iter().map(|series| series.season()).collect();
        seasons.sort_unstable();
        seasons.dedup();
        for season in seasons {
            let of_season = || series.iter().enumerate().filter(|(_, series)| series.season() == season);
            let (mut ends, mut origins) = (Vec::new(), Vec::new());
            for (_, series) in of_season() {
                let values = series.values();
                let cuts = cuts(values.len(), season, horizon);
                ends.push(values);
                origins.push(cuts.iter().skip(1).map(|(at, _)| &values[..*at]).collect::<Vec<_>>());
            }
            let mut ahead = networks.quantiles(&ends, season, horizon).into_iter();
            let mut before = networks.one_for_all(&origins.concat(), season, horizon).into_iter();
            for ((at, _), origins) in of_season().zip(&origins) {
                spoken[at] = ahead.by_ref().take(1).chain(before.by_ref().take(origins.len())).collect();
            }
        }
        spoken
    }

    fn tell(
        &self,
        series: &Series,
        spoken: Vec<Vec<Quantiles>>,
        (horizon, levels): (usize, &[u8]),
    ) -> Result<Forecast, Refusal> {
        let verdict = self.judge(series, spoken, (horizon, levels))?;
        let (values, season) = (series.values(), series.season());
        let mixed = mix(&verdict.ahead.paths, &verdict.weights);
        let change = mean_abs_change(values, 1);
        let calibration = Calibration::new(verdict.trials.iter(), values.len(), season, change);
        let factors = self.factors(season);
        let nature = Nature::of(values);
        let naive_at = verdict.weights.len() - if verdict.backtest.naive.method == "naive" { 2 } else { 1 };
        let naive = &verdict.ahead.paths[naive_at];
        let step = |(h, period): (usize, Period)| {
            let width = Width {
                calibration: &calibration,
                factors: &factors,
                neural_weight: verdict.neural_weight,
                step_idx: h,
                horizon,
                point: mixed.points[h],
                classical: (verdict.classical.points[h], verdict.classical.spreads[h]),
                quantiles: verdict.ahead.quantiles.get(h),
            };
            let point = nature.point(mixed.points[h]);
            let interval = |&level: &u8| {
                let (below, above) = width.halves(level);
                let (low, high) = (mixed.points[h] - below, mixed.points[h] + above);
                let (low, high) = nature.interval(point, low, high);
                Interval { level, low, high }
            };
            Step { period, point, naive: naive.points[h], intervals: levels.iter().map(interval).collect() }
        };
        let periods = series.periods().skip(values.len()).take(horizon);
        let steps: Vec<Step> = periods.enumerate().map(step).collect();
        let finite = |step: &Step| step.intervals.iter().all(|i| i.low.is_finite() && i.high.is_finite());
        if !steps.iter().all(|step| step.point.is_finite() && finite(step)) {
            return Err(Refusal::Overflow);
        }
        let non_negative = nature != Nature::Any;
        Ok(Forecast { choice: verdict.choice, non_negative, steps, backtest: verdict.backtest })
    }

    /// What widths are multiplied by, learnt from series like those that will be forecast: the classical models
    /// forecast each from one and from two horizons before its end, and the facts tell how far they lay beyond the
    /// points in half widths. The networks stay outside: they are not trained again for each origin, and of series
    /// that they learnt from they would seem to know too much. Series that are too short for that teach nothing.
    pub fn learn(season: usize, series: &[Series], horizon: usize) -> Factors {
        let plain = Engine { neural: None, factors: Some(&Factors::ONE) };
        let scores: Vec<Vec<[f64; 2]>> = series
            .iter()
            .map(|series| {
                (1..=2).filter_map(|back| plain.rehearse(series, horizon, back)).flatten().collect()
            })
            .filter(|scores: &Vec<_>| !scores.is_empty())
            .collect();
        Factors::learn(season, &scores, horizon)
    }

    /// How far the facts lay beyond the points, in half widths at [`LEVELS`], from `back` horizons before the end.
    fn rehearse(&self, series: &Series, horizon: usize, back: usize) -> Option<Vec<[f64; 2]>> {
        let at = series.values().len().checked_sub(back * horizon)?;
        let known = Series::new(series.id(), series.start(), series.values()[..at].to_vec()).ok()?;
        let forecast = self.forecast(&known, horizon, &LEVELS).ok()?;
        let facts = &series.values()[at..at + horizon];
        let score = |(step, fact): (&Step, &f64)| {
            let beyond = |interval: &Interval| {
                let (error, half) = if *fact < step.point {
                    (step.point - fact, step.point - interval.low)
                } else {
                    (fact - step.point, interval.high - step.point)
                };
                if error == 0.0 { 0.0 } else { error / half.max(1e-12 * error) }
            };
            [beyond(&step.intervals[0]), beyond(&step.intervals[1])]
        };
        Some(forecast.steps.iter().zip(facts).map(score).collect())
    }

    fn factors(&self, season: usize) -> Factors {
        self.factors.copied().unwrap_or_else(|| Factors::of_room(season))
    }

    fn judge(
        &self,
        series: &Series,
        spoken: Vec<Vec<Quantiles>>,
        (horizon, levels): (usize, &[u8]),
    ) -> Result<Verdict, Refusal> {
        let season = series.season();
        let panel = Panel { challengers: if season == 1 { &YEARLY } else { &SEASONAL }, season };
        let mut reported = levels.to_vec();
        reported.extend(LEVELS_REPORTED);
        reported.sort_unstable();
        reported.dedup();
        let factors = self.factors(season);
        panel.judge(series.values(), horizon, spoken, (&reported, &factors)).map_err(|_| Refusal::Overflow)
    }
}

/// What values a series can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    /// Whole numbers from zero, few enough to count one by one.
    Count,
    /// Nothing below zero.
    NonNegative,
    /// Anything.
    Any,
}

/// Larger whole numbers are amounts, not counts.
const COUNT_MAX: f64 = 1e5;

impl Nature {
    fn of(values: &[f64]) -> Self {
        if values.iter().any(|value| *value < 0.0) {
            Self::Any
        } else if values.iter().all(|value| value.fract() == 0.0 && *value < COUNT_MAX) {
            Self::Count
        } else {
            Self::NonNegative
        }
    }

    fn point(self, point: f64) -> f64 {
        match self {
            Self::Count => point.max(0.0).round(),
            Self::NonNegative => point.max(0.0),
            Self::Any => point,
        }
    }

    /// A count lies between 2.3 and 7.8 exactly if it lies between 3 and 7: the interval loses nothing.
    fn interval(self, point: f64, low: f64, high: f64) -> (f64, f64) {
        match self {
            Self::Count => (low.max(0.0).ceil().min(point), high.floor().max(point)),
            Self::NonNegative => (low.max(0.0), high.max(0.0)),
            Self::Any => (low, high),
        }
    }
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
