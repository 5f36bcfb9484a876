//! Territories and the KATO classifier.
//!
//! # Source
//! Classifier of administrative-territorial objects (КАТО), Bureau of National Statistics. Nine
//! digits `AB CD EF H IJ`: region, district, rural okrug, locality, part of a locality.

use crate::{PlaceId, Text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A nine-digit code of the classifier. A code never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KatoCode(u32);

/// A text is not a KATO code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a KATO code: nine digits are needed, the first two not 00")]
pub struct KatoError(pub String);

impl KatoCode {
    /// The code as a number between 10,000,000 and 999,999,999.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// From a number; the first two digits may not be 00.
    pub fn from_number(number: u32) -> Option<Self> {
        (10_000_000..=999_999_999).contains(&number).then_some(Self(number))
    }

    /// The codes that may be the parent, nearest first: clear `IJ`, then `HIJ`, then `EFHIJ`, then
    /// `CDEFHIJ`. The parent is the first that exists and differs.
    pub fn parent_candidates(self) -> impl Iterator<Item = Self> {
        [100, 1_000, 100_000, 10_000_000]
            .into_iter()
            .map(move |step| Self(self.0 / step * step))
            .filter(move |candidate| *candidate != self)
    }

    /// The codes of this territory and everything below it, first and last.
    ///
    /// A code covers what differs from it only in the places where it has zeros, by level of the
    /// classifier: `AB` 0000000, `CD` 00000, `EF` 000, `H` 00.
    pub const fn subtree(self) -> (Self, Self) {
        let span = if self.0.is_multiple_of(10_000_000) {
            10_000_000
        } else if self.0.is_multiple_of(100_000) {
            100_000
        } else if self.0.is_multiple_of(1_000) {
            1_000
        } else if self.0.is_multiple_of(100) {
            100
        } else {
            1
        };
        (self, Self(self.0 + span - 1))
    }

    /// `other` is this territory or lies below it.
    pub const fn covers(self, other: Self) -> bool {
        let (first, last) = self.subtree();
        first.0 <= other.0 && other.0 <= last.0
    }

    /// The top-level unit: everything after the first two digits cleared.
    #[must_use]
    pub const fn region(self) -> Self {
        Self(self.0 / 10_000_000 * 10_000_000)
    }
}

impl fmt::Display for KatoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:09}", self.0)
    }
}

impl FromStr for KatoCode {
    type Err = KatoError;

    fn from_str(text: &str) -> Result<Self, KatoError> {
        let wrong = || KatoError(text.chars().take(40).collect());
        if text.len() != 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        text.parse().ok().and_then(Self::from_number).ok_or_else(wrong)
    }
}

impl Serialize for KatoCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KatoCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What a territory is. The list follows the classifier and the Law on local public administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Облыс, область.
    Region,
    /// Астана, столица.
    Capital,
    /// Республикалық маңызы бар қала, город республиканского значения.
    RepublicanCity,
    /// Аудан, район.
    District,
    /// Облыстық маңызы бар қала әкімдігі, городская администрация (Г.А.).
    CityAdministration,
    /// Қаладағы аудан, район в городе.
    CityDistrict,
    /// Аудандық маңызы бар қала әкімдігі (г.а.).
    TownAdministration,
    /// Ауылдық округ, сельский округ (с.о.).
    RuralOkrug,
    /// Кент әкімдігі, поселковая администрация (п.а.).
    SettlementAdministration,
    /// Ауыл әкімдігі, сельская администрация (с.а.).
    VillageAdministration,
    /// Қала, город (г.).
    City,
    /// Кент, посёлок (п.).
    Settlement,
    /// Ауыл, село (с.).
    Village,
    /// Wintering places, sidings, farms and the like.
    OtherLocality,
}

impl PlaceKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Region,
        Self::Capital,
        Self::RepublicanCity,
        Self::District,
        Self::CityAdministration,
        Self::CityDistrict,
        Self::TownAdministration,
        Self::RuralOkrug,
        Self::SettlementAdministration,
        Self::VillageAdministration,
        Self::City,
        Self::Settlement,
        Self::Village,
        Self::OtherLocality,
    ];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Capital => "capital",
            Self::RepublicanCity => "republican_city",
            Self::District => "district",
            Self::CityAdministration => "city_administration",
            Self::CityDistrict => "city_district",
            Self::TownAdministration => "town_administration",
            Self::RuralOkrug => "rural_okrug",
            Self::SettlementAdministration => "settlement_administration",
            Self::VillageAdministration => "village_administration",
            Self::City => "city",
            Self::Settlement => "settlement",
            Self::Village => "village",
            Self::OtherLocality => "other_locality",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A territory as it stands between two dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Identifier inside the platform.
    pub id: PlaceId,
    /// Code of the classifier; territories of the demonstration use codes from 99.
    pub code: KatoCode,
    /// Code of the territory above; `None` for the top-level units.
    pub parent: Option<KatoCode>,
    /// Steps from the top: 1 for regions and the three cities, 2 for what lies under them, and so on.
    pub depth: u8,
    /// What it is.
    pub kind: PlaceKind,
    /// Name in Kazakh, Russian, English.
    pub name: Text,
    /// First day of validity.
    pub valid_from: Date,
    /// First day on which it is no longer valid.
    pub valid_to: Option<Date>,
    /// Invented for the demonstration: every page about it says so.
    pub invented: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_is_looked_for_from_near_to_far() {
        let code: KatoCode = "101033107".parse().unwrap();
        let candidates: Vec<String> = code.parent_candidates().map(|c| c.to_string()).collect();
        assert_eq!(candidates, ["101033100", "101033000", "101000000", "100000000"]);
        assert_eq!(code.region().to_string(), "100000000");
        let top: KatoCode = "610000000".parse().unwrap();
        assert_eq!(top.parent_candidates().count(), 0);
    }

    #[test]
    fn a_territory_covers_what_lies_below_it() {
        let covers = |a: &str, b: &str| a.parse::<KatoCode>().unwrap().covers(b.parse().unwrap());
        assert!(covers("610000000", "610000000"));
        assert!(covers("610000000", "611010000"));
        assert!(covers("101000000", "101033107"));
        assert!(!covers("101000000", "103220000"));
        assert!(covers("101033000", "101033107"));
        assert!(!covers("101033107", "101033000"));
    }

    #[test]
    fn only_nine_digits_make_a_code() {
        for wrong in ["", "61", "61000000x", "6100000000", "000000001", "６１０００００００"] {
            assert!(wrong.parse::<KatoCode>().is_err(), "{wrong:?}");
        }
    }
}
