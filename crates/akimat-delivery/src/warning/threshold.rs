//! From where an indicator is amber and red: dated data, and what a territory has set for itself.

use super::{Grade, Indicator};
use akimat_core::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The limits of one indicator.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Amber from here, in the unit of the indicator.
    pub amber: f64,
    /// Red from here.
    pub red: f64,
    /// Days in which somebody decides what is done.
    pub deadline_days: u16,
    /// Days until the alert is public; an acknowledged one is public at once.
    pub public_after_days: u16,
}

impl Limits {
    /// The five points of a measure: green up to half of the first limit, then up to the first limit, up to the second,
    /// as far beyond the second as that lies beyond the first, and beyond that.
    pub fn grade(self, measure: f64, counts: bool) -> Grade {
        let last = self.red + (self.red - self.amber).max(0.0);
        let beyond = |limit: f64| if counts { measure >= limit } else { measure > limit };
        if beyond(last) && beyond(self.red) {
            Grade::Red
        } else if beyond(self.red) {
            Grade::AmberRed
        } else if beyond(self.amber) {
            Grade::Amber
        } else if measure > 0.0 && beyond(self.amber / 2.0) {
            Grade::AmberGreen
        } else {
            Grade::Green
        }
    }

    /// Both limits are numbers, above zero, and red is not below amber.
    pub fn is_valid(self) -> bool {
        self.amber.is_finite() && self.red.is_finite() && self.amber > 0.0 && self.red >= self.amber
    }
}

/// One dated version of all limits.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Thresholds {
    /// First day it counts.
    pub valid_from: Date,
    /// First day it counts no longer.
    pub valid_to: Option<Date>,
    /// Somebody has read the source.
    pub verified: bool,
    /// Limits by indicator.
    pub indicators: BTreeMap<Indicator, Limits>,
    /// A milestone counts as overdue this many days after its date.
    pub milestone_tolerance_days: i64,
    /// Physical progress from which a slip is forecast.
    pub progress_min: f64,
    /// Physical progress from which a cost at completion is forecast.
    pub cost_progress_min: f64,
    /// Under-execution below this share of the plan of the year is no alert.
    pub execution_gap_min: f64,
    /// Months of the year before which nothing is said about spending.
    pub execution_months_min: u8,
    /// Late works of a contractor count from this share of all of them.
    pub contractor_share_min: f64,
    /// A week of complaints is unusual below this chance.
    pub complaints_chance: f64,
    /// Fewer complaints in a week are never unusual.
    pub complaints_min: u64,
    /// Entries about other projects count within this distance of the site, in metres.
    pub complaints_radius_m: u32,
    /// Share of false alarms among statistical alarms that is accepted (Benjamini and Hochberg).
    pub discovery_rate: f64,
    /// Days in which an alert that a person closed does not come back, unless it gets redder.
    pub quiet_days: u16,
    /// Longest time for which a person may lift the delivery confidence by one point.
    pub override_days_max: u16,
    /// Where it is from.
    pub basis: Text,
}

impl Thresholds {
    /// Reads `data/project/warning.json` and takes the version of a day.
    ///
    /// # Errors
    /// What the reader of JSON says; `Ok(None)` when no version counts on that day.
    pub fn on(text: &str, day: Date) -> Result<Option<Self>, serde_json::Error> {
        let versions: Vec<Self> = serde_json::from_str(text)?;
        let valid = |one: &Self| one.valid_from <= day && one.valid_to.is_none_or(|end| day < end);
        Ok(versions.into_iter().rev().find(valid))
    }

    /// The limits of an indicator; those of a file always name all of them, which a test holds.
    pub fn of(&self, indicator: Indicator) -> Limits {
        let never =
            Limits { amber: f64::INFINITY, red: f64::INFINITY, deadline_days: 14, public_after_days: 14 };
        self.indicators.get(&indicator).copied().unwrap_or(never)
    }

    /// With what a territory has set for itself.
    #[must_use]
    pub fn with(mut self, own: &Own) -> Self {
        for (indicator, (amber, red)) in &own.limits {
            if let Some(limits) = self.indicators.get_mut(indicator) {
                let mine = Limits { amber: *amber, red: *red, ..*limits };
                if mine.is_valid() {
                    *limits = mine;
                }
            }
        }
        self
    }
}

/// What a territory has set for itself: amber and red by indicator; what is not named is that of the platform.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Own {
    /// Amber and red.
    #[serde(default)]
    pub limits: BTreeMap<Indicator, (f64, f64)>,
}
