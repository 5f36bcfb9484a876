//! Expected appeals and reports of residents by service, from the monthly counts of a territory.
//!
//! Counts are observations: the series is `appeals_<service>_<month>`, the month in two digits, one figure a year, such
//! as `appeals_roads_07` of 2026 for July 2026. docs/domain/observation.md.

use crate::forecast::NoForecast;
use crate::{App, AppError, Result};
use akimat_core::{Frequency, KatoCode, Period};
use akimat_forecast::staffing::CASES_MAX;
use akimat_forecast::{Forecast, Series, forecast};
use akimat_storage::{Observation, ObservationQuery, ObservationScope};
use std::collections::{BTreeMap, BTreeSet};

/// What the code of a series of cases begins with.
pub const PREFIX: &str = "appeals_";
/// Months ahead.
pub const HORIZON: usize = 6;
/// Levels of the intervals, per cent.
pub const LEVELS: [u8; 2] = [80, 95];
/// Services of a territory that are forecast at most, in the order of their codes.
const SERVICES_MAX: usize = 12;

/// Why the cases of a service are not forecast.
#[derive(Clone, Debug, PartialEq)]
pub enum NoDemand {
    /// A figure is not a whole number of cases from zero to a million.
    NotACount(Period),
    /// The counts are no series, or allow no honest forecast.
    Forecast(NoForecast),
}

/// The cases of a service and their continuation.
#[derive(Clone, Debug)]
pub struct ServiceDemand {
    /// Code of the service, such as `roads`.
    pub service: String,
    /// Cases by month, oldest first; a missing month is not among them.
    pub observed: Vec<(Period, u64)>,
    /// Who counted, as the newest figure says.
    pub source: String,
    /// Figures are invented for the demonstration.
    pub invented: bool,
    /// [`HORIZON`] months with the intervals of [`LEVELS`], or why there is none.
    pub forecast: std::result::Result<Forecast, NoDemand>,
}

/// The service and month of a series; `None` for other series.
fn service(series: &str) -> Option<(&str, u8)> {
    let (service, month) = series.strip_prefix(PREFIX)?.rsplit_once('_')?;
    let month: u8 = Some(month).filter(|month| month.len() == 2)?.parse().ok()?;
    (!service.is_empty() && (1..=12).contains(&month)).then_some((service, month))
}

impl App {
    /// Forecasts the cases of every service of which exactly this territory has monthly counts.
    ///
    /// # Errors
    /// When the database fails. A refusal of the forecast is not an error but an answer.
    pub async fn forecast_demand(&self, place: KatoCode) -> Result<Vec<ServiceDemand>> {
        let stored = self.stored_cases(place).await?;
        let work = move || by_service(&stored).into_iter().map(continued).collect();
        let answer = tokio::task::spawn_blocking(work).await;
        answer.map_err(|error| AppError::Internal(error.to_string()))
    }

    /// Every figure of a territory, the monthly counts among them.
    pub(crate) async fn stored_cases(&self, place: KatoCode) -> Result<Vec<Observation>> {
        let scope = ObservationScope::Place(place);
        let query = ObservationQuery { series: Vec::new(), scope, years: 1991..=2100 };
        Ok(self.read().list_observations(&query).await?)
    }

    /// Territories that count appeals and reports by month, in the order of their codes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn demand_places(&self) -> Result<Vec<KatoCode>> {
        let known = self.read().list_observation_series().await?;
        let series: Vec<String> =
            known.into_iter().map(|own| own.series).filter(|code| service(code).is_some()).collect();
        if series.is_empty() {
            return Ok(Vec::new());
        }
        let query = ObservationQuery { series, scope: ObservationScope::Any, years: 1991..=2100 };
        let stored = self.read().list_observations(&query).await?;
        let places: BTreeSet<KatoCode> = stored.iter().filter_map(|own| own.place).collect();
        Ok(places.into_iter().collect())
    }
}

/// A service with its figures by month.
pub(crate) type Counts<'a> = (&'a str, BTreeMap<Period, &'a Observation>);

/// Monthly figures by service, in the order of their codes; other observations are left out.
pub(crate) fn by_service(stored: &[Observation]) -> Vec<Counts<'_>> {
    let mut services: BTreeMap<&str, BTreeMap<Period, &Observation>> = BTreeMap::new();
    for own in stored {
        let Some((service, month)) = service(&own.series) else { continue };
        let Some(month) = Period::new(own.year, month, Frequency::Monthly) else { continue };
        services.entry(service).or_default().insert(month, own);
    }
    services.into_iter().take(SERVICES_MAX).collect()
}

/// The figure as a number of cases.
pub(crate) fn count(own: &Observation) -> Option<u64> {
    own.value.count().filter(|cases| *cases <= CASES_MAX)
}

fn continued((service, counts): Counts<'_>) -> ServiceDemand {
    let observed: Vec<(Period, u64)> =
        counts.iter().filter_map(|(month, own)| Some((*month, count(own)?))).collect();
    let wrong = counts.iter().find(|(_, own)| count(own).is_none()).map(|(month, _)| *month);
    ServiceDemand {
        service: service.to_owned(),
        source: counts.values().next_back().map(|own| own.source.clone()).unwrap_or_default(),
        invented: counts.values().any(|own| own.invented),
        forecast: match wrong {
            Some(month) => Err(NoDemand::NotACount(month)),
            None => ahead(service, &observed).map_err(NoDemand::Forecast),
        },
        observed,
    }
}

fn ahead(service: &str, observed: &[(Period, u64)]) -> std::result::Result<Forecast, NoForecast> {
    let points = observed.iter().map(|(month, cases)| (*month, *cases as f64)).collect();
    let series = Series::from_dated(service, points).map_err(NoForecast::Series)?;
    forecast(&series, HORIZON, &LEVELS).map_err(NoForecast::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_series_name_service_and_month() {
        assert_eq!(service("appeals_roads_07"), Some(("roads", 7)));
        assert_eq!(service("appeals_street_lighting_12"), Some(("street_lighting", 12)));
        for other in ["population", "appeals_roads", "appeals_roads_13", "appeals_roads_7", "appeals__07"] {
            assert_eq!(service(other), None, "{other}");
        }
    }
}
