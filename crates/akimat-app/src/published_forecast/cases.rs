//! Expected appeals and reports of residents by service as published, and the monthly counts that judge them.

use super::known::{Known, KnownPoint, thousandths};
use super::{body, known_scale, model_version};
use crate::demand::{self, HORIZON, NoDemand, PREFIX};
use crate::forecast::NoForecast;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_core::{Frequency, KatoCode, Period};
use akimat_forecast::{Refusal, Series, forecast};
use akimat_storage::published_forecast::{ForecastBasis, ForecastLine, LEVELS, PublishedForecast};
use akimat_storage::{Account, Change};
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeMap;

/// The counts of a service, or the month whose figure is no count.
type Counts = std::result::Result<Known, Period>;

/// What became of a wish to publish the expected cases of a territory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublishedCases {
    /// Services that are stored now.
    pub n_new: usize,
    /// Services that were published before and say the same.
    pub n_same: usize,
    /// Services that allow no honest forecast.
    pub n_refused: usize,
}

impl App {
    /// An analyst publishes the expected appeals and reports of every service that a territory counts by month.
    /// What says the same as before is no new record.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the analyst's territory, [`AppError::NotFound`] when there is no such
    /// territory.
    pub async fn publish_cases(&self, actor: Option<&Account>, place: KatoCode) -> Result<PublishedCases> {
        permission::check(actor, Permission::PublishForecasts, Some(place))?;
        let found = self.read().find_place(place, self.today()).await?;
        found.ok_or(AppError::NotFound("place"))?;
        let (mut done, mut changes) = (PublishedCases::default(), Vec::new());
        for made in self.make_cases(actor, place, None).await? {
            match made {
                Err(_) => done.n_refused += 1,
                Ok(forecast) => match self.same_forecast(&forecast).await? {
                    Some(_) => done.n_same += 1,
                    None => changes.push(Change::PublishForecast(Box::new(forecast))),
                },
            }
        }
        done.n_new = changes.len();
        if done.n_new > 0 {
            let detail = json!({ "forecasts": done.n_new, "version": model_version() });
            changes.push(self.audit(actor, "publish_cases", place, Some(place), &detail));
            self.store().apply(changes).await?;
        }
        Ok(done)
    }

    /// Computes the forecasts of the services of a territory without storing them: from all that is known today,
    /// or as of a past date.
    pub(crate) async fn make_cases(
        &self,
        actor: Option<&Account>,
        place: KatoCode,
        as_of: Option<Date>,
    ) -> Result<Vec<std::result::Result<PublishedForecast, NoDemand>>> {
        let counts = self.known_cases(place).await?;
        let work =
            move || counts.into_iter().map(|(service, counts)| (service, ahead(counts, as_of))).collect();
        let answers: Vec<(String, std::result::Result<Ahead, NoDemand>)> =
            tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?;
        let made = |(service, answer): (String, std::result::Result<Ahead, NoDemand>)| {
            let Ahead { known, answer, scale } = answer?;
            let overflow = NoDemand::Forecast(NoForecast::Refused(Refusal::Overflow));
            let origin = known.points.last().map(|point| point.period).ok_or(overflow.clone())?;
            Ok(PublishedForecast {
                id: self.new_forecast_id(),
                place,
                line: ForecastLine::Series(format!("{PREFIX}{service}")),
                basis: ForecastBasis::Cases,
                frequency: Frequency::Monthly,
                stage: None,
                origin,
                known_at: as_of.unwrap_or_else(|| self.today()),
                hindcast: as_of.is_some(),
                published_at: self.now(),
                publisher: actor.map(|account| account.id),
                publisher_name: spokesman(actor),
                model: answer.choice.code().to_owned(),
                model_version: model_version().to_owned(),
                invented: known.invented,
                body: body(&known, &answer, (scale, false)).ok_or(overflow)?,
            })
        };
        Ok(answers.into_iter().map(made).collect())
    }

    /// The monthly counts of every service of a territory, by the code of the service.
    pub(super) async fn known_cases(&self, place: KatoCode) -> Result<BTreeMap<String, Counts>> {
        let stored = self.stored_cases(place).await?;
        let known = |counts: demand::Counts<'_>| -> (String, Counts) {
            let (service, months) = counts;
            let mut known = Known::default();
            for (month, own) in months {
                let Some(value) = demand::count(own).and_then(|_| thousandths(own.value)) else {
                    return (service.to_owned(), Err(month));
                };
                let since = own.imported_at.to_zoned(self.zone().clone()).date();
                known.points.push(KnownPoint { period: month, value, source: own.file_name.clone(), since });
                known.invented |= own.invented;
                known.unit.clone_from(&own.unit);
            }
            (service.to_owned(), Ok(known))
        };
        Ok(demand::by_service(&stored).into_iter().map(known).collect())
    }
}

struct Ahead {
    known: Known,
    answer: akimat_forecast::Forecast,
    scale: f64,
}

/// As on the page of expected appeals: a month that is missing refuses the service.
fn ahead(counts: Counts, as_of: Option<Date>) -> std::result::Result<Ahead, NoDemand> {
    let mut known = counts.map_err(NoDemand::NotACount)?;
    if let Some(date) = as_of {
        known.cut(date);
    }
    let values: Vec<(Period, f64)> =
        known.points.iter().map(|point| (point.period, point.value.get())).collect();
    let scale = known_scale(&values, Frequency::Monthly.per_year().into());
    let series =
        Series::from_dated("cases", values).map_err(|error| NoDemand::Forecast(NoForecast::Series(error)))?;
    let answer = forecast(&series, HORIZON, &LEVELS)
        .map_err(|refusal| NoDemand::Forecast(NoForecast::Refused(refusal)))?;
    Ok(Ahead { known, answer, scale })
}
