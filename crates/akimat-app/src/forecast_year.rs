//! How the current fiscal year of a budget will end, line by line, adding up to the tiyn.
//!
//! The execution reports of the budget and of its neighbours of the same level are read from the cube of facts;
//! everything is computed by `akimat_forecast::fiscal`. Reading order: this file, [`lines`], [`answer`].

mod answer;
mod lines;

pub use answer::{FiscalLineYear, History, Past, Simple};
pub use lines::FiscalNode;

use crate::{App, AppError, Result};
use akimat_core::KatoCode;
use akimat_forecast::fiscal::{FiscalRefusal, Origin};
use akimat_storage::{FactReport, FactUnit};
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
        let Some(own) = self.own_unit(place).await? else { return Ok(Err(NoFiscalYear::NoReports)) };
        let mut units = vec![own];
        units.extend(self.neighbours(own).await?);
        let mut years = Vec::new();
        for unit in units {
            let reports = self.reports_of(unit.place).await?;
            years.push(UnitYears::new(&reports));
        }
        let work = move || answer::picture(&years, asked);
        tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))
    }

    async fn own_unit(&self, place: KatoCode) -> Result<Option<FactUnit>> {
        let units = self.read().list_fact_units(Some(place), None).await?;
        // An extra-budgetary fund is not the budget of the territory.
        Ok(units.into_iter().find(|unit| unit.place == place && unit.level != 5))
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
