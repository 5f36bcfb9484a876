//! Forecasts as they were published, facts as they arrive, and what people made of them.
//!
//! A published forecast is never changed: a better one is a new record. A fact is judged when it becomes
//! known; a revised fact is one more judgement, and the first one stays and is the one that counts.

use crate::{Page, PageRequest, Result};
use akimat_budget::{Item, Stage};
use akimat_core::{AccountId, ForecastId, Frequency, KatoCode, Period};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Levels of intervals, in per cent, whose coverage is counted.
pub const LEVELS: [u8; 4] = [50, 80, 90, 95];

/// A value in thousandths of its unit (tenge, appeals), so that what was published is kept to the digit and
/// sums do not depend on their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Milli(pub i64);

/// What is forecast.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ForecastLine {
    /// A line of the budget: what it states, and its classification code (empty for summary lines).
    Budget(Item, String),
    /// Own revenue: revenue less transfers received.
    OwnRevenue,
    /// A series of observations, such as appeals about roads, by its code.
    Series(String),
}

/// What a value of a forecast states. Values of different bases are never compared or added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ForecastBasis {
    /// The amount of its period alone: a whole year, a quarter, a month.
    #[default]
    Period,
    /// The amount executed from January to the end of its month: how the running fiscal year goes on and ends.
    YearToDate,
    /// How many cases, appeals and reports of residents, came in its month.
    Cases,
}

/// The interval of one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedInterval {
    /// Level in per cent.
    pub level: u8,
    /// Lower end.
    pub low: Milli,
    /// Upper end.
    pub high: Milli,
}

/// One future period as published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedStep {
    /// Period.
    #[serde(with = "period_text")]
    pub period: Period,
    /// Point forecast.
    pub point: Milli,
    /// What the naive method says.
    pub naive: Milli,
    /// Intervals, by level.
    pub intervals: Vec<PublishedInterval>,
}

/// One past period as it was known on the date of the forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedPast {
    /// Period.
    #[serde(with = "period_text")]
    pub period: Period,
    /// Value.
    pub value: Milli,
}

/// What a forecast says, and of what it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastBody {
    /// Unit of all values, such as `tenge`.
    pub unit: String,
    /// What was known, oldest first.
    pub history: Vec<PublishedPast>,
    /// The future, nearest first.
    pub steps: Vec<PublishedStep>,
    /// Methods with their weights in thousandths.
    pub weights: Vec<(String, Milli)>,
    /// What was planned for the whole year at the end of each month known of the running year; only of forecasts
    /// on the basis [`ForecastBasis::YearToDate`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<PublishedPast>,
    /// Code of the naive method that stands beside it.
    pub naive_method: String,
    /// Assumptions by code, such as `nominal`.
    pub assumptions: Vec<String>,
    /// Mean absolute change of the history from one season to the next: the unit of scaled errors. Zero when
    /// there is none.
    pub scale: Milli,
}

/// A forecast as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedForecast {
    /// Identifier.
    pub id: ForecastId,
    /// Territory.
    pub place: KatoCode,
    /// What is forecast.
    pub line: ForecastLine,
    /// What its values state.
    pub basis: ForecastBasis,
    /// How often it is observed.
    pub frequency: Frequency,
    /// State of the figures of a budget; `None` for observations.
    pub stage: Option<Stage>,
    /// The last period that was known.
    pub origin: Period,
    /// The date whose knowledge it uses.
    pub known_at: Date,
    /// Computed later, from today's figures cut off at `known_at`; never counted together with those that
    /// were published before the facts.
    pub hindcast: bool,
    /// When it was stored.
    pub published_at: Timestamp,
    /// Who published it; `None` for the platform itself.
    pub publisher: Option<AccountId>,
    /// Office or name as it was then; empty for the platform itself.
    pub publisher_name: String,
    /// Code of the method.
    pub model: String,
    /// Version of the methods.
    pub model_version: String,
    /// Made of invented data.
    pub invented: bool,
    /// What it says.
    pub body: ForecastBody,
}

/// A fact held against a step of a forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The forecast.
    pub forecast: ForecastId,
    /// The period.
    pub period: Period,
    /// 1 for the fact as it first became known, 2 for its first revision, and so on.
    pub revision: u16,
    /// Steps ahead, from 1.
    pub horizon: u16,
    /// It enters the track record: the first judgement of the last forecast from this origin.
    pub counted: bool,
    /// The fact.
    pub fact: Milli,
    /// Which record states it: identifier of a budget, name of a file.
    pub source: String,
    /// When the fact became known here.
    pub known_on: Date,
    /// When it was judged.
    pub judged_at: Timestamp,
    /// Fact less forecast.
    pub error: Milli,
    /// Fact less naive forecast.
    pub naive_error: Milli,
    /// Absolute error in millionths of the scale; `None` without a scale.
    pub scaled: Option<i64>,
    /// Absolute error of the naive method in millionths of the scale.
    pub naive_scaled: Option<i64>,
    /// Absolute error in millionths of the fact; `None` when the fact is zero.
    pub relative: Option<i64>,
    /// Whether the fact fell inside the interval of each of [`LEVELS`]; `None` when there was no such interval.
    pub inside: [Option<bool>; 4],
    /// Fact less the value to which a person had adjusted the forecast.
    pub adjusted_error: Option<Milli>,
}

/// A person's value in place of the model's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// Identifier.
    pub id: Uuid,
    /// The forecast.
    pub forecast: ForecastId,
    /// The period.
    pub period: Period,
    /// The adjusted value.
    pub value: Milli,
    /// Per cent by which the model's value was changed, in thousandths, when it was given so.
    pub percent: Option<Milli>,
    /// Why.
    pub reason: String,
    /// Who.
    pub account: AccountId,
    /// Office or name as it was then.
    pub account_name: String,
    /// When.
    pub at: Timestamp,
}

/// Which forecasts are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForecastFilter {
    /// Of exactly this territory.
    pub place: Option<KatoCode>,
    /// Of this line.
    pub line: Option<ForecastLine>,
    /// On this basis.
    pub basis: Option<ForecastBasis>,
    /// Computed later, or published before the facts.
    pub hindcast: Option<bool>,
}

/// By what the track record is grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrackBy {
    /// One row for all.
    #[default]
    All,
    /// By line: the key is `item|code`, with the item `series` for observations.
    Line,
    /// By steps ahead.
    Horizon,
    /// By version of the methods.
    Version,
    /// By territory.
    Place,
    /// By year of the fact.
    Year,
}

/// Which judgements are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrackQuery {
    /// By what.
    pub by: TrackBy,
    /// On this basis: whole years, steps of a running year and monthly cases are records of their own.
    pub basis: ForecastBasis,
    /// Of exactly this territory.
    pub place: Option<KatoCode>,
    /// Of this line.
    pub line: Option<ForecastLine>,
    /// So many steps ahead.
    pub horizon: Option<u16>,
    /// Of this version of the methods.
    pub version: Option<String>,
    /// Forecasts computed later, instead of those published before the facts.
    pub hindcast: bool,
    /// Facts of these years are left out: known breaks.
    pub without_years: Vec<i16>,
}

/// Counts and sums of a group of judgements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrackRow {
    /// The group; see [`TrackBy`].
    pub key: String,
    /// Judgements.
    pub n: u64,
    /// Of each of [`LEVELS`]: how many had such an interval, and how many facts fell inside.
    pub inside: [(u64, u64); 4],
    /// Judgements with a scale.
    pub n_scaled: u64,
    /// Sum of scaled absolute errors, millionths.
    pub scaled: i64,
    /// Sum of scaled absolute errors of the naive method, millionths.
    pub naive_scaled: i64,
    /// Judgements where the naive method was strictly nearer.
    pub n_naive_better: u64,
    /// Sum of absolute errors in whole units.
    pub abs_error: i64,
    /// Judgements whose fact is not zero.
    pub n_relative: u64,
    /// Sum of relative absolute errors, millionths.
    pub relative: i64,
    /// Judgements of steps that a person had adjusted.
    pub n_adjusted: u64,
    /// Of those, where the person was strictly nearer than the model.
    pub n_adjusted_better: u64,
    /// Sum of absolute errors of adjusted values, whole units.
    pub adjusted_error: i64,
    /// Sum of absolute errors of the model at the same steps, whole units.
    pub unadjusted_error: i64,
}

/// Reads published forecasts and their record.
#[async_trait]
pub trait PublishedForecastRead: Send + Sync {
    /// Forecasts, the newest knowledge first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_published_forecasts(
        &self,
        filter: &ForecastFilter,
        page: &PageRequest,
    ) -> Result<Page<PublishedForecast>>;

    /// One forecast.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_published_forecast(&self, id: ForecastId) -> Result<Option<PublishedForecast>>;

    /// Every judgement of the given forecasts, by forecast, period and revision.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_judgements(&self, forecasts: &[ForecastId]) -> Result<Vec<Judgement>>;

    /// Every adjustment of the given forecasts, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_adjustments(&self, forecasts: &[ForecastId]) -> Result<Vec<Adjustment>>;

    /// Counts and sums over judgements that count, by group; groups in the order of their keys as text.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn track_record(&self, query: &TrackQuery) -> Result<Vec<TrackRow>>;

    /// Territories that have a published forecast, by code.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_forecast_places(&self) -> Result<Vec<KatoCode>>;
}

impl Milli {
    /// The nearest thousandth; `None` when the number is not finite or beyond 9.2 quadrillion.
    pub fn of(value: f64) -> Option<Self> {
        let scaled = (value * 1000.0).round();
        // Bounds of an i64, rounded inwards to what a float can name.
        if !scaled.is_finite() || scaled.abs() > 9.2e18 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "checked to be within ±9.2e18 just above")]
        Some(Self(scaled as i64))
    }

    /// As a float, for statistics and pictures.
    #[expect(clippy::cast_precision_loss, reason = "statistics need no more than 53 bits")]
    pub fn get(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The difference, at most what fits.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl ForecastLine {
    /// The word that stands for observations where an item of the budget stands otherwise.
    pub const SERIES: &'static str = "series";
    /// The word that stands for own revenue.
    pub const OWN_REVENUE: &'static str = "own_revenue";

    /// Item as stored and as it stands in addresses.
    pub const fn item_code(&self) -> &'static str {
        match self {
            Self::Budget(item, _) => item.code(),
            Self::OwnRevenue => Self::OWN_REVENUE,
            Self::Series(_) => Self::SERIES,
        }
    }

    /// Classification code or code of the series.
    pub fn code(&self) -> &str {
        match self {
            Self::Budget(_, code) | Self::Series(code) => code,
            Self::OwnRevenue => "",
        }
    }

    /// Reads the two words.
    pub fn parse(item: &str, code: &str) -> Option<Self> {
        if item == Self::SERIES {
            return (!code.is_empty()).then(|| Self::Series(code.to_owned()));
        }
        if item == Self::OWN_REVENUE {
            return code.is_empty().then_some(Self::OwnRevenue);
        }
        Item::parse(item).map(|item| Self::Budget(item, code.to_owned()))
    }
}

impl ForecastBasis {
    /// All, whole periods first.
    pub const ALL: [Self; 3] = [Self::Period, Self::YearToDate, Self::Cases];

    /// Word as stored and as it stands in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::YearToDate => "year_to_date",
            Self::Cases => "cases",
        }
    }

    /// The basis with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.code() == text)
    }
}

impl PublishedStep {
    /// The interval of a level.
    pub fn interval(&self, level: u8) -> Option<PublishedInterval> {
        self.intervals.iter().find(|interval| interval.level == level).copied()
    }
}

/// A period as text in JSON.
mod period_text {
    use akimat_core::Period;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(period: &Period, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(period)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Period, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
