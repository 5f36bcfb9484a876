//! One scenario: assumptions, period, affected units.

use crate::Lever;
use akimat_core::KatoCode;
use serde::{Deserialize, Serialize};

/// A scenario as it is kept, shared and exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Version of the format.
    pub format: u8,
    /// Title in the author's words; may be empty.
    #[serde(default)]
    pub title: String,
    /// Year whose budgets are the base.
    pub base_year: i16,
    /// Years that the phase-down of transfers runs.
    pub years: u8,
    /// Below which territory; `None`: the whole country.
    #[serde(default)]
    pub under: Option<KatoCode>,
    /// The units that the levers act on; empty for all of the base.
    #[serde(default)]
    pub units: Vec<KatoCode>,
    /// The levers in the order in which they were written; they are applied in that of
    /// [`Lever::KINDS`](crate::Lever::KINDS).
    pub levers: Vec<Lever>,
}

/// Why a text is not a scenario.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// Not JSON of this shape.
    #[error("the text is not a scenario: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Written by a newer program.
    #[error("format {0} is not known here")]
    Format(u8),
    /// Longer than any scenario.
    #[error("the text has more than {} bytes", Scenario::BYTES_MAX)]
    TooLong,
}

impl Scenario {
    /// The format written here.
    pub const FORMAT: u8 = 1;
    /// Levers of one scenario.
    pub const LEVERS_MAX: usize = 12;
    /// Years that transfers are phased down.
    pub const YEARS_MAX: u8 = 10;
    /// The longest text.
    pub const BYTES_MAX: usize = 200_000;

    /// A scenario without levers.
    pub const fn new(base_year: i16, under: Option<KatoCode>) -> Self {
        Self {
            format: Self::FORMAT,
            title: String::new(),
            base_year,
            years: 1,
            under,
            units: Vec::new(),
            levers: Vec::new(),
        }
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// [`ScenarioError`]; whether the assumptions contradict each other is found by [`crate::check::check`].
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        if text.len() > Self::BYTES_MAX {
            return Err(ScenarioError::TooLong);
        }
        let scenario: Self = serde_json::from_str(text)?;
        if scenario.format == Self::FORMAT {
            Ok(scenario)
        } else {
            Err(ScenarioError::Format(scenario.format))
        }
    }

    /// Writes JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain structs with string keys always serialise")
    }
}
