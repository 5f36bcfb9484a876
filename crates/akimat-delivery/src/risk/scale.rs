//! What the numbers 1 to 5 mean: chances, costs, delays and bands, as dated data.

use akimat_core::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How grave a score is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Watch it.
    Low,
    /// Somebody answers for it.
    Medium,
    /// Act on it.
    High,
    /// The head of the territory hears of it.
    Extreme,
}

impl Band {
    /// Every band, the gravest last.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Extreme];

    /// The name in catalogue keys and classes of pages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Extreme => "extreme",
        }
    }
}

/// One dated version of the scale.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Scale {
    /// First day it counts.
    pub valid_from: Date,
    /// First day it counts no longer.
    pub valid_to: Option<Date>,
    /// Somebody has read the source.
    pub verified: bool,
    /// Least and greatest chance of likelihood 1 to 5.
    pub chances: [(f64, f64); 5],
    /// Least and greatest cost of impact 1 to 5, as a share of the planned cost.
    pub cost_shares: [(f64, f64); 5],
    /// Least and greatest delay of impact 1 to 5, as a share of the planned duration.
    pub delay_shares: [(f64, f64); 5],
    /// First score of medium, high and extreme.
    pub bands: [u8; 3],
    /// How strongly risks of one project come together, 0 to 1.
    pub correlation: f64,
    /// Draws of the simulation.
    pub draws: usize,
    /// With this chance the contingency is enough.
    pub chance_of_contingency: f64,
    /// Where it is from.
    pub basis: Text,
}

impl Scale {
    /// Reads `data/project/risk.json` and takes the version of a day.
    ///
    /// # Errors
    /// What the reader of JSON says; `Ok(None)` when no version counts on that day.
    pub fn on(text: &str, day: Date) -> Result<Option<Self>, serde_json::Error> {
        let versions: Vec<Self> = serde_json::from_str(text)?;
        let valid = |one: &Self| one.valid_from <= day && one.valid_to.is_none_or(|end| day < end);
        Ok(versions.into_iter().rev().find(valid))
    }

    /// The middle of the range of a likelihood, 0 to 1.
    pub fn chance(&self, likelihood: u8) -> f64 {
        let (from, to) = self.chances[index(likelihood)];
        (from + to) / 2.0
    }

    /// The range of an effect on cost as shares of the planned cost.
    pub fn cost_share(&self, impact: u8) -> (f64, f64) {
        self.cost_shares[index(impact)]
    }

    /// The band of a score.
    pub fn band(&self, score: u8) -> Band {
        let [medium, high, extreme] = self.bands;
        match score {
            score if score >= extreme => Band::Extreme,
            score if score >= high => Band::High,
            score if score >= medium => Band::Medium,
            _ => Band::Low,
        }
    }
}

/// Place of 1 to 5 in a list; what lies outside counts as the nearest.
fn index(value: u8) -> usize {
    usize::from(value.clamp(1, 5) - 1)
}
