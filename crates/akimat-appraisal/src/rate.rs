//! At which rate later money is worth less: constant rates and those that decline with time, each a dated record.

use crate::fault::{Fault, FaultKind};
use akimat_core::Text;
use serde::{Deserialize, Serialize};

/// When inside a year its money flows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// At the start of the year.
    #[default]
    Start,
    /// In the middle of the year.
    Mid,
    /// At the end of the year.
    End,
}

impl Timing {
    /// Every timing.
    pub const ALL: [Self; 3] = [Self::Start, Self::Mid, Self::End];

    /// The part of a year that money waits.
    pub const fn offset(self) -> f64 {
        match self {
            Self::Start => 0.0,
            Self::Mid => 0.5,
            Self::End => 1.0,
        }
    }

    /// The name in files, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Mid => "mid",
            Self::End => "end",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|timing| timing.code() == code)
    }
}

/// From when flows are counted and when inside a year they fall due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Convention {
    /// Years between the day of valuation and the start of the period of the first flow. Excel's NPV has 1, numpy's 0.
    pub first: f64,
    /// When inside a period money flows.
    pub timing: Timing,
}

impl Convention {
    /// How many years the `k`-th flow (from 0) is away.
    pub fn years(self, k: usize) -> f64 {
        self.first + crate::count(k) + self.timing.offset()
    }
}

/// A rate and the year up to which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Last year of the band; `None` for the last band.
    pub to_year: Option<u16>,
    /// Rate a year, 0.035 for 3.5 %.
    pub rate: f64,
}

/// Rates by year from now: one band for a constant rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// Bands in the order of their years, the last one without an end.
    pub bands: Vec<Band>,
}

impl Rate {
    /// One rate for ever.
    ///
    /// # Errors
    /// [`FaultKind::OutOfRange`] when it is not a number above -1.
    pub fn constant(rate: f64) -> Result<Self, Fault> {
        if !rate.is_finite() || rate <= -1.0 || rate > 1000.0 {
            let kind = FaultKind::OutOfRange { value: rate, low: -1.0, high: 1000.0 };
            return Err(Fault::new("rate", kind));
        }
        Ok(Self { bands: vec![Band { to_year: None, rate }] })
    }

    /// A rate of its own for each year; the last one goes on.
    ///
    /// # Errors
    /// [`FaultKind::OutOfRange`] with its row, [`FaultKind::Missing`] for an empty list.
    pub fn by_year(rates: &[f64]) -> Result<Self, Fault> {
        let last = rates.len();
        if last == 0 {
            return Err(Fault::new("rate", FaultKind::Missing));
        }
        let mut bands = Vec::new();
        for (&rate, year) in rates.iter().zip(1_u16..) {
            Self::constant(rate).map_err(|fault| fault.at(usize::from(year)))?;
            let to_year = (usize::from(year) < last).then_some(year);
            bands.push(Band { to_year, rate });
        }
        Ok(Self { bands })
    }

    /// The rate at a whole year from 1.
    pub fn at(&self, year: u16) -> f64 {
        let band = self.bands.iter().find(|band| band.to_year.is_none_or(|last| year <= last));
        band.or(self.bands.last()).map_or(0.0, |band| band.rate)
    }

    /// What one tenge is worth that flows after so many years: one over the product of (1 + rate) over the years.
    /// Years before now are reckoned at the first rate.
    pub fn factor(&self, years: f64) -> f64 {
        if let [band] = self.bands[..] {
            return (1.0 + band.rate).powf(-years);
        }
        let (mut factor, mut from) = (1.0, 0.0_f64);
        for band in &self.bands {
            let end = band.to_year.map_or(f64::INFINITY, f64::from);
            let span = years.min(end) - from;
            factor *= (1.0 + band.rate).powf(-span);
            if years <= end {
                break;
            }
            from = end;
        }
        factor
    }

    /// The same rates, so much higher or lower.
    #[must_use]
    pub fn shifted(&self, by: f64) -> Self {
        let shift = |band: &Band| Band { to_year: band.to_year, rate: band.rate + by };
        Self { bands: self.bands.iter().map(shift).collect() }
    }
}

/// A published rate with its term of validity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RateRecord {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// First day it counts, ISO 8601.
    pub valid_from: String,
    /// First day it does not count any more.
    pub valid_to: Option<String>,
    /// Rates by year.
    pub bands: Vec<Band>,
    /// Who published it where.
    pub basis: Text,
    /// Somebody has read the source.
    pub verified: bool,
}

impl RateRecord {
    /// For reckoning.
    pub fn rate(&self) -> Rate {
        Rate { bands: self.bands.clone() }
    }
}

/// All published rates.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RateTable {
    /// Rate that a new appraisal begins with.
    pub default: String,
    /// Rates, in the order of a list.
    pub rates: Vec<RateRecord>,
}

impl RateTable {
    /// Reads `data/appraisal/rates.json`.
    ///
    /// # Errors
    /// What the reader of JSON says.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The record of a code that counts on a day (ISO 8601).
    pub fn find(&self, code: &str, on: &str) -> Option<&RateRecord> {
        let holds = |record: &&RateRecord| {
            record.code == code
                && record.valid_from.as_str() <= on
                && record.valid_to.as_deref().is_none_or(|end| on < end)
        };
        self.rates.iter().find(holds)
    }

    /// The record of a code and of the day from which it counts.
    pub fn version(&self, code: &str, valid_from: &str) -> Option<&RateRecord> {
        self.rates.iter().find(|record| record.code == code && record.valid_from == valid_from)
    }
}
