//! Forecasts of the main lines, of the running year and of the cases of all territories, and facts held against all forecasts: background work.

use super::{ForecastRequest, HORIZON};
use crate::job::{Go, Run};
use crate::{App, AppError, Result};
use akimat_budget::{Item, classification};
use akimat_core::KatoCode;
use akimat_storage::Change;
use akimat_storage::published_forecast::{ForecastLine, PublishedForecast};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Kind of job: publishes the main lines of all territories as known today.
pub const PUBLISH: &str = "publish_forecasts";
/// Kind of job: the same as of past dates, computed later and marked so.
pub const HINDCAST: &str = "hindcast_forecasts";
/// Kind of job: holds facts against forecasts.
pub const JUDGE: &str = "judge_forecasts";

/// A sign of life is given at least after so many seconds of work on one territory.
const HEARTBEAT_SECONDS: i64 = 10;

/// What exactly a job is asked to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchParams {
    /// Territories below this one and itself; all where it is absent.
    pub under: Option<KatoCode>,
    /// Only these territories; all where it is empty.
    pub places: Vec<KatoCode>,
    /// Past dates of [`HINDCAST`], oldest first.
    pub as_of: Vec<Date>,
}

/// From where a job goes on, and what it has done so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchCheckpoint {
    /// The last unit that was finished.
    pub after: Option<(KatoCode, Option<Date>)>,
    /// Forecasts published.
    pub n_published: u32,
    /// Forecasts that had been published before and say the same.
    pub n_same: u32,
    /// Lines that allow no forecast.
    pub n_refused: u32,
    /// Facts held against a forecast.
    pub n_judged: u32,
}

/// The lines of a budget that are published: own revenue and its sources, transfers, expenditure in all and by
/// functional group.
pub fn main_lines() -> Vec<ForecastLine> {
    let summary = [Item::RevenueTotal, Item::Tax, Item::NonTax, Item::Transfers, Item::ExpenditureTotal];
    let summary = summary.into_iter().map(|item| ForecastLine::Budget(item, String::new()));
    let groups = classification::FUNCTIONAL_GROUPS.iter();
    let groups = groups.map(|group| ForecastLine::Budget(Item::FunctionalGroup, group.code.to_owned()));
    std::iter::once(ForecastLine::OwnRevenue).chain(summary).chain(groups).collect()
}

type Unit = (KatoCode, Option<Date>);

impl App {
    /// Carries out a job of one of the three kinds from its checkpoint on.
    pub(crate) async fn forecast_batch(&self, run: &mut Run<'_>) -> Result<()> {
        let params: BatchParams = run.params()?;
        let mut at: BatchCheckpoint = run.checkpoint()?;
        let units = self.units(run.kind(), &params).await?;
        let total = u32::try_from(units.len()).unwrap_or(u32::MAX);
        for (n, unit) in (0_u32..).zip(units) {
            if at.after.as_ref().is_some_and(|after| unit <= *after) {
                continue;
            }
            let changes = match run.kind() {
                JUDGE => Vec::new(),
                _ => self.forecasts_of(unit, &mut at, run, (n, total)).await?,
            };
            at.after = Some(unit);
            // The forecasts and the step of the job happen together: a restart repeats nothing.
            let go = run.progress(n + 1, total, &at, changes).await?;
            let judged = self.judge_forecasts(unit.0).await?;
            at.n_judged += u32::try_from(judged.n_first + judged.n_revised).unwrap_or(0);
            if go == Go::Stop {
                return Ok(());
            }
        }
        run.progress(total, total, &at, Vec::new()).await.map(|_| ())
    }

    async fn units(&self, kind: &str, params: &BatchParams) -> Result<Vec<Unit>> {
        let mut places: Vec<KatoCode> = if kind == JUDGE {
            self.read().list_forecast_places().await?
        } else {
            let heads = self.read().list_latest_budgets().await?;
            let units = self.read().list_fact_units(None, None).await?;
            let reporting = units.iter().filter(|unit| !unit.is_fund()).map(|unit| unit.place);
            let counting = self.demand_places().await?;
            heads.iter().filter_map(|head| head.budget.place).chain(reporting).chain(counting).collect()
        };
        places.retain(|place| {
            params.under.is_none_or(|under| under.covers(*place))
                && (params.places.is_empty() || params.places.contains(place))
        });
        places.sort_unstable();
        places.dedup();
        let mut units: Vec<Unit> = if kind == HINDCAST {
            let dates = |place| params.as_of.iter().map(move |date| (place, Some(*date)));
            places.into_iter().flat_map(dates).collect()
        } else {
            places.into_iter().map(|place| (place, None)).collect()
        };
        units.sort_unstable();
        Ok(units)
    }

    /// New forecasts of the main lines of one territory, of its running year and of its cases, as changes.
    async fn forecasts_of(
        &self,
        (place, as_of): Unit,
        at: &mut BatchCheckpoint,
        run: &mut Run<'_>,
        (n, total): (u32, u32),
    ) -> Result<Vec<Change>> {
        if as_of.is_some_and(|date| date >= self.today()) {
            return Err(AppError::field("as_of", "field-date-not-past"));
        }
        let before = at.clone();
        let mut changes = Vec::new();
        for line in main_lines() {
            let request = ForecastRequest { horizon: HORIZON, ..ForecastRequest::yearly(place, line) };
            match self.make_forecast(None, &request, as_of).await? {
                Err(_) => at.n_refused += 1,
                Ok(forecast) => changes.extend(self.unless_same(forecast, at, run).await?),
            }
            if run.silent_seconds() >= HEARTBEAT_SECONDS {
                run.progress(n, total, &before, Vec::new()).await?;
            }
        }
        for forecast in self.make_running_year(None, place, as_of).await?.unwrap_or_default() {
            changes.extend(self.unless_same(forecast, at, run).await?);
        }
        for made in self.make_cases(None, place, as_of).await? {
            match made {
                Err(_) => at.n_refused += 1,
                Ok(forecast) => changes.extend(self.unless_same(forecast, at, run).await?),
            }
        }
        if !changes.is_empty() {
            let detail = json!({ "forecasts": changes.len(), "as_of": as_of.map(|date| date.to_string()) });
            changes.push(self.audit(None, "publish_forecasts", run.id(), Some(place), &detail));
        }
        Ok(changes)
    }

    /// The change that stores a forecast; nothing when the last one says the same.
    async fn unless_same(
        &self,
        forecast: PublishedForecast,
        at: &mut BatchCheckpoint,
        run: &Run<'_>,
    ) -> Result<Option<Change>> {
        if self.same_forecast(&forecast).await?.is_some() {
            at.n_same += 1;
            return Ok(None);
        }
        at.n_published += 1;
        let (publisher, publisher_name) = run.account();
        let forecast = PublishedForecast { publisher, publisher_name, ..forecast };
        Ok(Some(Change::PublishForecast(Box::new(forecast))))
    }

    /// The job that holds newly imported figures of these territories against the forecasts of them, to go
    /// into the batch of the import; `None` where no forecast was published.
    pub(crate) async fn judging(&self, places: &[KatoCode]) -> Result<Option<Change>> {
        let mut forecast = self.read().list_forecast_places().await?;
        forecast.retain(|place| places.contains(place));
        if forecast.is_empty() {
            return Ok(None);
        }
        let params = BatchParams { places: forecast, ..BatchParams::default() };
        Ok(Some(Change::AddJob(Box::new(self.new_job(None, (JUDGE, None), &params)?))))
    }
}

impl BatchCheckpoint {
    /// Reads what a job stored; nothing when it has no checkpoint yet or another format.
    pub fn parse(checkpoint: &str) -> Option<Self> {
        serde_json::from_str(checkpoint).ok()
    }
}
