//! Figures about territories that are not lines of a budget: people, area, regional product, price indices.

use crate::Result;
use akimat_core::{Decimal, KatoCode};
use async_trait::async_trait;
use jiff::Timestamp;
use std::ops::RangeInclusive;

/// Residents on 1 January of the year, persons.
pub const POPULATION: &str = "population";
/// Area, square kilometres.
pub const AREA_KM2: &str = "area_km2";
/// Price index by which money of different years is compared: the previous year is 100.
pub const DEFLATOR: &str = "deflator";
/// Gross regional product of the year, tenge.
pub const GRP: &str = "grp";
/// Average size of a household, persons.
pub const HOUSEHOLD_SIZE: &str = "household_size";

/// One figure of one territory and year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Code of the series, such as [`POPULATION`].
    pub series: String,
    /// Territory; `None` for figures of the whole country, such as a deflator.
    pub place: Option<KatoCode>,
    /// Year.
    pub year: i16,
    /// The figure as printed.
    pub value: Decimal,
    /// Its unit, such as `persons`.
    pub unit: String,
    /// Who published it.
    pub source: String,
    /// Address of the publication; may be empty.
    pub source_url: String,
    /// Name of the imported file.
    pub file_name: String,
    /// SHA-256 of the imported file, 64 hexadecimal digits.
    pub sha256: String,
    /// Row of the file, from 1.
    pub row: u32,
    /// Invented for the demonstration.
    pub invented: bool,
    /// When it was imported; a later import replaces an earlier one.
    pub imported_at: Timestamp,
}

/// Of which territories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ObservationScope {
    /// All, the country included.
    #[default]
    Any,
    /// Of the whole country only.
    Country,
    /// Of exactly one territory.
    Place(KatoCode),
    /// Of a territory and everything below it.
    Under(KatoCode),
}

/// Which figures are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservationQuery {
    /// Which series; empty for all.
    pub series: Vec<String>,
    /// Of which territories.
    pub scope: ObservationScope,
    /// Of which years.
    pub years: RangeInclusive<i16>,
}

/// What is known of one series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservationSeries {
    /// Code.
    pub series: String,
    /// Unit of the figures.
    pub unit: String,
    /// Figures.
    pub n: u64,
    /// Territories that have at least one, the country included.
    pub n_places: u64,
    /// First year.
    pub year_min: i16,
    /// Last year.
    pub year_max: i16,
}

/// Reads figures about territories.
#[async_trait]
pub trait ObservationRead: Send + Sync {
    /// Figures, by series, territory (the country first) and year.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_observations(&self, query: &ObservationQuery) -> Result<Vec<Observation>>;

    /// Every series with its unit, by code and unit.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_observation_series(&self) -> Result<Vec<ObservationSeries>>;
}
