//! Limits of the law and bands of the literature: dated data, passed in as an argument.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A limit of the law with its term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// What is limited: `debt_service` (a year's payments on debt over revenue without targeted transfers,
    /// basis points) or `bond_level` (the lowest level of the budget system that may issue securities).
    pub code: String,
    /// The limit.
    pub max: i64,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is not valid any more; `None` while it is.
    pub valid_to: Option<Date>,
    /// Article of the law.
    pub basis: String,
    /// Where it can be read.
    pub source: String,
    /// Somebody compared it with the text of the law that is in force.
    pub verified: bool,
}

/// A band of a ratio, from green to red.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// `green`, `yellow` or `red`.
    pub code: String,
    /// From this ratio on, in basis points.
    pub from: i64,
}

/// The limits that a scenario is checked against.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Limits of the law.
    pub limits: Vec<Limit>,
    /// Bands of debt service over own revenue, the lowest first.
    pub debt_service_bands: Vec<Band>,
    /// Where the bands are from.
    pub bands_source: String,
}

impl Limits {
    /// Reads JSON.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The limit on debt service on a day.
    pub fn debt_service(&self, on: Date) -> Option<&Limit> {
        self.at("debt_service", on)
    }

    /// The lowest level that may issue securities on a day.
    pub fn bond_level(&self, on: Date) -> Option<&Limit> {
        self.at("bond_level", on)
    }

    fn at(&self, code: &str, on: Date) -> Option<&Limit> {
        self.limits.iter().find(|limit| {
            limit.code == code
                && limit.valid_from <= on
                && limit.valid_to.is_none_or(|valid_to| on < valid_to)
        })
    }

    /// The band of a ratio in basis points.
    pub fn band(&self, ratio_bp: i64) -> Option<&Band> {
        self.debt_service_bands.iter().rev().find(|band| band.from <= ratio_bp)
    }
}
