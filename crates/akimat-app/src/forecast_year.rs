//! How the current fiscal year of a budget will end, line by line, adding up to the tiyn.
//!
//! The execution reports of the budget and of its neighbours of the same level are read from the cube of facts;
//! everything is computed by `akimat_forecast::fiscal`. Reading order: this file, [`lines`], [`answer`].

mod answer;
mod lines;

pub use answer::{FiscalLineYear, History, Past, Simple};
pub use lines::FiscalNode;

use crate::{App, AppError, Result};
use akimat_core::{Frequency, KatoCode, Money, Period};
use akimat_forecast::fiscal::{FiscalRefusal, Origin};
use akimat_storage::published_forecast::ForecastLine;
use akimat_storage::{FactReport, FactUnit};
use jiff::civil::Date;
use lines::UnitYears;
use std::collections::BTreeMap;

/// Levels of the intervals, per cent.
pub const LEVELS: [u8; 2] = [80, 95];
/// Neighbours whose reports help at most.
const NEIGHBOURS_MAX: usize = 20;
/// Reports read at a time, and times at most: 26 years of one budget.
const PAGE: u16 = 170;
const PAGES_MAX: usize = 2;

/// Why there is no forecast of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFiscalYear {
    /// The budget has no report with executed figures.
    NoReports,
    /// The method refuses.
    Refused(FiscalRefusal),
}

/// The year that runs on a date.
#[derive(Clone, Debug)]
pub enum RunningYear {
    /// It runs, and this is how it is expected to go on from the newest report.
    Runs(Box<FiscalPicture>),
    /// The newest report is of a year that is over.
    Over,
    /// There is no forecast.
    Refused(NoFiscalYear),
}

/// What the reports of a budget state, as facts for forecasts.
#[derive(Clone, Debug)]
pub struct FiscalFacts {
    years: UnitYears,
    /// The file that states each month.
    files: BTreeMap<(i16, u8), String>,
}

impl FiscalFacts {
    /// Executed since January at the end of each month, oldest first, with the file that states it.
    pub fn executed(&self, line: &ForecastLine) -> Vec<(Period, Money, String)> {
        let fact = |((year, month), amount): ((i16, u8), Money)| {
            let file = self.files.get(&(year, month)).cloned().unwrap_or_default();
            Some((Period::new(year, month, Frequency::Monthly)?, amount, file))
        };
        self.years.executed(line).into_iter().filter_map(fact).collect()
    }

    /// The reports are invented for the demonstration.
    pub const fn invented(&self) -> bool {
        self.years.invented
    }
}

/// A fiscal year and how it is expected to end.
#[derive(Clone, Debug)]
pub struct FiscalPicture {
    /// From when the forecast looks ahead.
    pub origin: Origin,
    /// Every month from which this budget can be looked ahead, newest first.
    pub origins: Vec<Origin>,
    /// The reports are invented for the demonstration.
    pub invented: bool,
    /// Budgets whose reports were used, this one among them.
    pub n_budgets: usize,
    /// The lines, each sum before its parts.
    pub lines: Vec<FiscalLineYear>,
}

impl App {
    /// Forecasts the fiscal year of the budget of a territory from the newest month reported, or from the month
    /// asked for as if nothing later were known.
    ///
    /// # Errors
    /// When the database fails. That there is no honest forecast is not an error but an answer.
    pub async fn forecast_fiscal_year(
        &self,
        place: KatoCode,
        asked: Option<Origin>,
    ) -> Result<std::result::Result<FiscalPicture, NoFiscalYear>> {
        let years = self.fiscal_units(place).await?;
        let work = move || answer::picture(&years, asked);
        tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))
    }

    /// How the year that runs goes on from the newest report: of all that is known today, or as of a past date.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn running_year(&self, place: KatoCode, as_of: Option<Date>) -> Result<RunningYear> {
        let mut years = self.fiscal_units(place).await?;
        if let Some(date) = as_of {
            years.iter_mut().for_each(|unit| unit.cut(date));
        }
        let day = as_of.unwrap_or_else(|| self.today());
        let newest = years.first().and_then(|own| own.origins().last());
        if newest.is_some_and(|newest| newest.month == 12 || newest.year != day.year()) {
            return Ok(RunningYear::Over);
        }
        let work = move || answer::picture(&years, None);
        let found =
            tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(match found {
            // From an older month the year could be forecast, but its report is known already.
            Ok(picture) if Some(picture.origin) != newest => {
                RunningYear::Refused(NoFiscalYear::Refused(FiscalRefusal::NoFormerYear))
            }
            Ok(picture) => RunningYear::Runs(Box::new(picture)),
            Err(no) => RunningYear::Refused(no),
        })
    }

    /// What the reports of the budget of a territory state.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fiscal_facts(&self, place: KatoCode) -> Result<FiscalFacts> {
        let reports = self.reports_of(place).await?;
        let files = reports.iter().map(|own| ((own.year, own.month), own.source.file_name.clone())).collect();
        Ok(FiscalFacts { years: UnitYears::new(&reports), files })
    }

    /// The reports of the budget and of its neighbours, its own first; nothing where it has none.
    async fn fiscal_units(&self, place: KatoCode) -> Result<Vec<UnitYears>> {
        let Some(own) = self.own_unit(place).await? else { return Ok(Vec::new()) };
        let mut units = vec![own];
        units.extend(self.neighbours(own).await?);
        let mut years = Vec::new();
        for unit in units {
            years.push(UnitYears::new(&self.reports_of(unit.place).await?));
        }
        Ok(years)
    }

    async fn own_unit(&self, place: KatoCode) -> Result<Option<FactUnit>> {
        let units = self.read().list_fact_units(Some(place), None).await?;
        // An extra-budgetary fund is not the budget of the territory.
        Ok(units.into_iter().find(|unit| unit.place == place && !unit.is_fund()))
    }

    /// Budgets of the same level under the territory above, the nearest codes first.
    async fn neighbours(&self, own: FactUnit) -> Result<Vec<FactUnit>> {
        let path = self.read().list_place_path(own.place, self.today()).await?;
        let above = path.iter().rev().nth(1).map(|place| place.code);
        let mut units = self.read().list_fact_units(above, Some(own.level)).await?;
        // Invented budgets and real ones tell nothing about each other.
        let invented = |place: KatoCode| place.number() / 10_000_000 == 99;
        units.retain(|unit| unit.place != own.place && invented(unit.place) == invented(own.place));
        units.sort_by_key(|unit| (unit.place.number().abs_diff(own.place.number()), unit.place));
        units.truncate(NEIGHBOURS_MAX);
        Ok(units)
    }

    /// All reports of a budget, oldest first.
    async fn reports_of(&self, place: KatoCode) -> Result<Vec<FactReport>> {
        let mut reports: BTreeMap<(i16, u8), FactReport> = BTreeMap::new();
        let mut after = (place, 0, 0);
        for _ in 0..PAGES_MAX {
            let page = self.read().list_fact_reports(Some(after), PAGE).await?;
            let mut own = 0;
            for report in page.into_iter().filter(|report| report.place == place) {
                own += 1;
                after = (place, report.year, report.month);
                reports.insert((report.year, report.month), report);
            }
            if own < PAGE {
                break;
            }
        }
        Ok(reports.into_values().collect())
    }
}
