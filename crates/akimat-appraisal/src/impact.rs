//! What outputs are worth in money: a dated table that everybody can read, low, central and high.

use akimat_core::Text;
use serde::{Deserialize, Serialize};

/// The value of a unit of one impact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Impact {
    /// Its code.
    pub code: String,
    /// What happens.
    pub name: Text,
    /// The unit that is counted, such as "hour".
    pub unit: Text,
    /// Sector of the register to which it belongs first.
    pub sector: String,
    /// Tenge a unit in the prices of the year: low, central and high, not falling.
    pub tenge: [f64; 3],
    /// Year of the prices.
    pub price_year: i16,
    /// First day it counts, ISO 8601.
    pub valid_from: String,
    /// First day it does not count any more.
    #[serde(default)]
    pub valid_to: Option<String>,
    /// How it was obtained.
    pub source: String,
    /// Somebody has read the source.
    pub verified: bool,
    /// Invented for the demonstration.
    pub invented: bool,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ImpactTable {
    /// Its version: the day of its last change.
    pub version: String,
    /// Impacts.
    pub impacts: Vec<Impact>,
}

impl ImpactTable {
    /// Reads `data/appraisal/impacts.json`.
    ///
    /// # Errors
    /// What the reader of JSON says.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// An impact that counts on a day (ISO 8601).
    pub fn find(&self, code: &str, on: &str) -> Option<&Impact> {
        let holds = |impact: &&Impact| {
            impact.code == code
                && impact.valid_from.as_str() <= on
                && impact.valid_to.as_deref().is_none_or(|end| on < end)
        };
        self.impacts.iter().find(holds)
    }

    /// An impact by its code and the day from which it counts.
    pub fn version_of(&self, code: &str, valid_from: &str) -> Option<&Impact> {
        self.impacts.iter().find(|impact| impact.code == code && impact.valid_from == valid_from)
    }
}
