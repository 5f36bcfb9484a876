//! Forecasts of the lines of budgets.

use crate::{App, AppError, Result};
use akimat_budget::{Item, Stage};
use akimat_core::{BudgetId, KatoCode, Money, Period};
use akimat_forecast::{Forecast, POINTS_MIN, Refusal, Series, SeriesError};
use akimat_storage::SeriesPoint;
use std::collections::BTreeMap;

/// Steps ahead when nobody asks for another number.
pub const HORIZON_DEFAULT: usize = 3;
/// Steps ahead at most for a yearly series.
pub const HORIZON_MAX: usize = 10;

/// One observed year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Year.
    pub year: i16,
    /// Amount.
    pub amount: Money,
    /// The budget that states it.
    pub budget: BudgetId,
}

/// Why there is no forecast.
#[derive(Clone, Debug, PartialEq)]
pub enum NoForecast {
    /// The values are not a series.
    Series(SeriesError),
    /// The series does not allow an honest forecast.
    Refused(Refusal),
}

/// A line over the years, and its continuation or the reason why there is none.
#[derive(Clone, Debug)]
pub struct LineForecast {
    /// The state of all figures.
    pub stage: Stage,
    /// What is observed, oldest first, one a year.
    pub observed: Vec<Observed>,
    /// Years for which several budgets contradict each other; they are left out of the series.
    pub contradicted: Vec<i16>,
    /// The observations are invented for the demonstration.
    pub invented: bool,
    /// The forecast in tenge.
    pub forecast: std::result::Result<Forecast, NoForecast>,
}

impl App {
    /// Forecasts a line of the budgets of a territory. All years count in one state of the figures, because
    /// a plan is no fact: the one that `stage` asks for, or else the executed figures where there are enough
    /// of them, or else the state with the most years.
    ///
    /// # Errors
    /// When the database fails. A refusal of the forecast is not an error but an answer.
    pub async fn forecast_budget_line(
        &self,
        place: KatoCode,
        item: Item,
        code: &str,
        stage: Option<Stage>,
        horizon: usize,
    ) -> Result<LineForecast> {
        let points = self.read().budget_series(place, item, code).await?;
        let stage = stage.unwrap_or_else(|| fullest(&points));
        let mut years: BTreeMap<i16, Vec<Observed>> = BTreeMap::new();
        for point in &points {
            if let Some(amount) = point.amounts.at(stage) {
                let observed = Observed { year: point.year, amount, budget: point.budget };
                years.entry(point.year).or_default().push(observed);
            }
        }
        let (observed, contradicted) = settle(years);
        let invented = points.iter().any(|point| point.invented);
        let values = observed.iter().map(|o| (Period::year_of(o.year), in_tenge(o.amount))).collect();
        let series = Series::from_dated(format!("{place}|{}|{code}", item.code()), values);
        let horizon = horizon.clamp(1, HORIZON_MAX);
        let work = move || match series {
            Ok(series) => akimat_forecast::forecast(&series, horizon, &[80, 95]).map_err(NoForecast::Refused),
            Err(error) => Err(NoForecast::Series(error)),
        };
        let forecast =
            tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(LineForecast { stage, observed, contradicted, invented, forecast })
    }
}

/// The state of the figures that makes the best series.
fn fullest(points: &[SeriesPoint]) -> Stage {
    let count = |stage: Stage| points.iter().filter(|point| point.amounts.at(stage).is_some()).count();
    if count(Stage::Executed) >= POINTS_MIN {
        return Stage::Executed;
    }
    // The last of equals wins: executed before amended before approved.
    Stage::ALL.into_iter().max_by_key(|stage| count(*stage)).unwrap_or(Stage::Approved)
}

/// One figure a year. Budgets that state different amounts for one year contradict each other: nobody here
/// decides which is right, so that year is left out and named.
fn settle(years: BTreeMap<i16, Vec<Observed>>) -> (Vec<Observed>, Vec<i16>) {
    let mut settled = Vec::new();
    let mut contradicted = Vec::new();
    for (year, figures) in years {
        match figures.as_slice() {
            [first, rest @ ..] if rest.iter().all(|other| other.amount == first.amount) => {
                settled.push(*first);
            }
            _ => contradicted.push(year),
        }
    }
    (settled, contradicted)
}

/// Tenge as a float: models need no more than 53 bits, and what they say is an estimate.
#[expect(clippy::cast_precision_loss, reason = "a forecast needs no more than 53 bits")]
fn in_tenge(money: Money) -> f64 {
    money.tiyn() as f64 / 100.0
}

/// An estimate in tenge as money, rounded to whole tenge; `None` beyond 92 quadrillion.
pub fn to_money(tenge: f64) -> Option<Money> {
    let whole = tenge.round();
    // Beyond 2^53 a float no longer names a single tenge, and no budget is that large.
    if !whole.is_finite() || whole.abs() > 9e15 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked to be within ±9e15 just above")]
    Money::from_tenge(whole as i64)
}
