//! Forecasts are published and never changed; facts are held against them as they become known.
//!
//! A forecast computed later from today's figures cut off at an earlier date ([`App::publish_as_of`]) is
//! marked as such for ever and counted apart: it shows what the method would have said, not what was said.
//!
//! Reading order: this file, `known` (what is known of a line), `year_to_date` (the fiscal year that runs), `cases`
//! (appeals and reports by month), `judge`, `adjust`, `batch`.

mod adjust;
mod batch;
mod cases;
mod judge;
mod known;
mod year_to_date;

pub use adjust::AdjustmentDraft;
pub use batch::{BatchCheckpoint, BatchParams, HINDCAST, JUDGE, PUBLISH, main_lines};
pub use cases::PublishedCases;
pub use judge::Judged;
pub use year_to_date::{PublishedYear, fiscal_version};

use crate::forecast::{Cleaning, NoForecast, prepare_values, weights};
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_budget::Stage;
use akimat_core::{ForecastId, Frequency, KatoCode, Period};
use akimat_forecast::{Choice, Forecast, Series, forecast};
use akimat_storage::published_forecast::{
    ForecastBasis, ForecastBody, ForecastFilter, ForecastLine, LEVELS, Milli, PublishedForecast,
    PublishedInterval, PublishedPast, PublishedStep,
};
use akimat_storage::{Account, Change, PageRequest};
use jiff::civil::Date;
use known::{Known, TENGE};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Steps ahead of a published yearly forecast.
pub const HORIZON: usize = 3;

/// Assumption of a forecast whose history has gaps that were filled between their neighbours and the season.
pub const GAPS_FILLED: &str = "gaps_filled";

/// Periods of the history that are kept with a forecast.
const HISTORY_MAX: usize = 60;

/// What is to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastRequest {
    /// Territory.
    pub place: KatoCode,
    /// Line.
    pub line: ForecastLine,
    /// Years, quarters or months.
    pub frequency: Frequency,
    /// State of the figures; `None` for the one that makes the best series.
    pub stage: Option<Stage>,
    /// Steps ahead.
    pub horizon: usize,
}

impl ForecastRequest {
    /// A yearly forecast of so many steps as are published by default.
    pub const fn yearly(place: KatoCode, line: ForecastLine) -> Self {
        Self { place, line, frequency: Frequency::Yearly, stage: None, horizon: HORIZON }
    }
}

/// What became of a wish to publish.
#[derive(Clone, Debug, PartialEq)]
pub enum Published {
    /// It is stored.
    New(ForecastId),
    /// The same forecast was published before.
    Same(ForecastId),
    /// There is no honest forecast.
    Refused(NoForecast),
}

/// The version of the methods: that of the program, and a fingerprint of what they answer for two reference
/// series. It changes by itself when a method answers differently.
pub fn model_version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let yearly = [31.0, 35.0, 34.0, 40.0, 43.0, 49.0, 47.0, 56.0, 60.0, 71.0, 69.0, 80.0].to_vec();
        let quarterly =
            (0..24_u8).map(|t| 50.0 + f64::from(t) + f64::from(t % 4) * 9.0 - f64::from(t * 7 % 5));
        let quarter = Period::new(2015, 1, Frequency::Quarterly);
        let mut said = Sha256::new();
        let references = [
            Series::new("yearly", Period::year_of(2010), yearly),
            Series::new("quarterly", quarter.unwrap_or(Period::year_of(2015)), quarterly.collect()),
        ];
        for answer in references.into_iter().flatten().filter_map(|series| forecast(&series, 4, &LEVELS).ok())
        {
            for step in &answer.steps {
                said.update(format!("{:.3e};", step.point));
                for interval in &step.intervals {
                    said.update(format!("{:.2e}:{:.2e};", interval.low, interval.high));
                }
            }
        }
        version_of(said)
    })
}

/// The version of a method that answers these bytes for its references.
fn model_mark(said: &[u8]) -> String {
    version_of(Sha256::new_with_prefix(said))
}

fn version_of(said: Sha256) -> String {
    let mark: String = said.finalize().iter().take(3).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{mark}", env!("CARGO_PKG_VERSION"))
}

/// Mean absolute change of what is known from one season to the next, or from one period to the next where no
/// season is known twice; what was filled in is no change. Zero where there is none.
fn known_scale(known: &[(Period, f64)], season: usize) -> f64 {
    let at: BTreeMap<i64, f64> =
        known.iter().map(|(period, value)| (period.ordinal().into(), *value)).collect();
    let mean_change = |lag: usize| {
        let lag = i64::try_from(lag.max(1)).unwrap_or(1);
        let changes = at.iter().filter_map(|(period, value)| Some((value - at.get(&(period - lag))?).abs()));
        let (sum, n) = changes.fold((0.0, 0_u32), |(sum, n), change| (sum + change, n + 1));
        (n > 0).then(|| sum / f64::from(n))
    };
    mean_change(season).or_else(|| mean_change(1)).unwrap_or(0.0)
}

impl App {
    /// An analyst publishes the forecast of a line as it is known today. The same forecast again is no new
    /// record.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the analyst's territory, [`AppError::NotFound`] when there is no such
    /// territory.
    pub async fn publish_forecast(
        &self,
        actor: Option<&Account>,
        request: &ForecastRequest,
    ) -> Result<Published> {
        permission::check(actor, Permission::PublishForecasts, Some(request.place))?;
        let place = self.read().find_place(request.place, self.today()).await?;
        place.ok_or(AppError::NotFound("place"))?;
        let made = self.make_forecast(actor, request, None).await?;
        self.store_forecast(actor, made).await
    }

    /// The operator stores what the method of today says of a line when today's figures are cut off at a past
    /// date. A year counts as known from the day after its end. The record is marked as computed later.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the date is not past (`as_of`).
    pub async fn publish_as_of(&self, request: &ForecastRequest, as_of: Date) -> Result<Published> {
        if as_of >= self.today() {
            return Err(AppError::field("as_of", "field-date-not-past"));
        }
        let made = self.make_forecast(None, request, Some(as_of)).await?;
        self.store_forecast(None, made).await
    }

    async fn store_forecast(
        &self,
        actor: Option<&Account>,
        made: std::result::Result<PublishedForecast, NoForecast>,
    ) -> Result<Published> {
        let forecast = match made {
            Ok(forecast) => forecast,
            Err(no) => return Ok(Published::Refused(no)),
        };
        if let Some(id) = self.same_forecast(&forecast).await? {
            return Ok(Published::Same(id));
        }
        let id = forecast.id;
        let detail = json!({
            "item": forecast.line.item_code(),
            "code": forecast.line.code(),
            "origin": forecast.origin.to_string(),
            "hindcast": forecast.hindcast,
            "version": forecast.model_version,
        });
        let audit = self.audit(actor, "publish_forecast", id, Some(forecast.place), &detail);
        self.store().apply(vec![Change::PublishForecast(Box::new(forecast)), audit]).await?;
        Ok(Published::New(id))
    }

    /// The newest stored forecast of the line when it says the same.
    pub(crate) async fn same_forecast(&self, forecast: &PublishedForecast) -> Result<Option<ForecastId>> {
        let filter = ForecastFilter {
            place: Some(forecast.place),
            line: Some(forecast.line.clone()),
            basis: Some(forecast.basis),
            hindcast: Some(forecast.hindcast),
        };
        let page = PageRequest::first(PageRequest::LIMIT_MAX);
        let stored = self.read().list_published_forecasts(&filter, &page).await?.items;
        let same = |other: &&PublishedForecast| {
            other.origin == forecast.origin
                && other.stage == forecast.stage
                && other.model_version == forecast.model_version
                && (!forecast.hindcast || other.known_at == forecast.known_at)
                && other.body.steps == forecast.body.steps
        };
        Ok(stored.iter().find(same).map(|other| other.id))
    }

    /// Computes a forecast without storing it: from all that is known today, or as of a past date.
    pub(crate) async fn make_forecast(
        &self,
        actor: Option<&Account>,
        request: &ForecastRequest,
        as_of: Option<Date>,
    ) -> Result<std::result::Result<PublishedForecast, NoForecast>> {
        let mut known =
            self.known_line(request.place, (&request.line, request.frequency), request.stage).await?;
        if let Some(date) = as_of {
            known.cut(date);
        }
        let values: Vec<(Period, f64)> =
            known.points.iter().map(|point| (point.period, point.value.get())).collect();
        // As on the page of the line: gaps are filled, and said.
        let (series, prepared) = match prepare_values(&values, Cleaning::default()) {
            Ok(prepared) => prepared,
            Err(no) => return Ok(Err(no)),
        };
        let scale = known_scale(&values, request.frequency.per_year().into());
        let horizon = request.horizon;
        let work = move || forecast(&series, horizon, &LEVELS);
        let answer =
            tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?;
        let answer = match answer {
            Ok(answer) => answer,
            Err(refusal) => return Ok(Err(NoForecast::Refused(refusal))),
        };
        let Some(body) = body(&known, &answer, (scale, !prepared.filled.is_empty())) else {
            return Ok(Err(NoForecast::Refused(akimat_forecast::Refusal::Overflow)));
        };
        let origin = known.points.last().map_or(Period::year_of(0), |point| point.period);
        Ok(Ok(PublishedForecast {
            id: self.new_forecast_id(),
            place: request.place,
            line: request.line.clone(),
            basis: ForecastBasis::Period,
            frequency: request.frequency,
            stage: known.stage,
            origin,
            known_at: as_of.unwrap_or_else(|| self.today()),
            hindcast: as_of.is_some(),
            published_at: self.now(),
            publisher: actor.map(|account| account.id),
            publisher_name: spokesman(actor),
            model: answer.choice.code().to_owned(),
            model_version: model_version().to_owned(),
            invented: known.invented,
            body,
        }))
    }
}

/// What a forecast says, in thousandths; `None` when a value is beyond them.
fn body(known: &Known, answer: &Forecast, (scale, filled): (f64, bool)) -> Option<ForecastBody> {
    let step = |step: &akimat_forecast::Step| {
        let interval = |own: &akimat_forecast::Interval| {
            Some(PublishedInterval { level: own.level, low: Milli::of(own.low)?, high: Milli::of(own.high)? })
        };
        Some(PublishedStep {
            period: step.period,
            point: Milli::of(step.point)?,
            naive: Milli::of(step.naive)?,
            intervals: step.intervals.iter().map(interval).collect::<Option<_>>()?,
        })
    };
    let mixed = matches!(answer.choice, Choice::Combined { .. });
    let weight = |(code, weight): (&'static str, f64)| Some((code.to_owned(), Milli::of(weight)?));
    let skipped = known.points.len().saturating_sub(HISTORY_MAX);
    let past = known.points.iter().skip(skipped);
    Some(ForecastBody {
        unit: known.unit.clone(),
        history: past.map(|point| PublishedPast { period: point.period, value: point.value }).collect(),
        steps: answer.steps.iter().map(step).collect::<Option<_>>()?,
        weights: weights(&answer.choice)
            .into_iter()
            .filter(|(_, weight)| !mixed || *weight >= 0.0005)
            .map(weight)
            .collect::<Option<_>>()?,
        plans: Vec::new(),
        naive_method: answer.backtest.naive.method.to_owned(),
        assumptions: (known.unit == TENGE)
            .then_some("nominal")
            .into_iter()
            .chain(filled.then_some(GAPS_FILLED))
            .map(str::to_owned)
            .collect(),
        scale: Milli::of(scale)?,
    })
}
