//! How deep an appraisal must go: the larger the project, the fuller the method.

use akimat_core::{Money, Text};
use serde::{Deserialize, Serialize};

/// A method of appraisal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// All costs and benefits in money, ranges, switching values, distribution.
    FullCostBenefit,
    /// The main costs and benefits in money.
    SimplifiedCostBenefit,
    /// Cost of a unit of what is achieved.
    CostEffectiveness,
}

impl Depth {
    /// Every depth.
    pub const ALL: [Self; 3] = [Self::FullCostBenefit, Self::SimplifiedCostBenefit, Self::CostEffectiveness];

    /// The name in files and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FullCostBenefit => "full_cost_benefit",
            Self::SimplifiedCostBenefit => "simplified_cost_benefit",
            Self::CostEffectiveness => "cost_effectiveness",
        }
    }
}

/// From a cost on, this method.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Smallest capital cost, whole tenge.
    pub from_tenge: i64,
    /// The method.
    pub depth: Depth,
}

/// The rules of a term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proportion {
    /// First day they count, ISO 8601.
    pub valid_from: String,
    /// First day they do not count any more.
    pub valid_to: Option<String>,
    /// Partnerships are appraised in full whatever they cost.
    pub partnerships_in_full: bool,
    /// Rules by falling cost; the last one begins at zero.
    pub rules: Vec<Rule>,
    /// Where they are from.
    pub basis: Text,
    /// Somebody has read the source.
    pub verified: bool,
}

impl Proportion {
    /// The rules of `data/appraisal/proportionality.json` that count on a day.
    ///
    /// # Errors
    /// What the reader of JSON says.
    pub fn from_json(text: &str) -> Result<Vec<Self>, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The method for a project, and the cost from which it counts.
    pub fn depth(&self, capital: Money, partnership: bool) -> (Depth, Money) {
        let tenge = |rule: &Rule| Money::from_tenge(rule.from_tenge).unwrap_or(Money::from_tiyn(i64::MAX));
        if partnership && self.partnerships_in_full {
            return (Depth::FullCostBenefit, Money::from_tiyn(0));
        }
        let rule = self.rules.iter().find(|rule| capital >= tenge(rule));
        rule.map_or((Depth::CostEffectiveness, Money::from_tiyn(0)), |rule| (rule.depth, tenge(rule)))
    }
}
