//! What a territory is, from the file or from the abbreviation in its Russian name.

use crate::problem::{ProblemCode, short};
use akimat_core::{KatoCode, PlaceKind};

/// Names of kinds in the layout with codes that differ from ours.
const OTHER_NAMES: [(&str, PlaceKind); 5] = [
    ("oblast", PlaceKind::Region),
    ("city_republican", PlaceKind::RepublicanCity),
    ("city_oblast_significance_administration", PlaceKind::CityAdministration),
    ("city_district_significance_administration", PlaceKind::TownAdministration),
    ("district_in_city", PlaceKind::CityDistrict),
];

/// The kind that the file names; its list has no word of its own for the capital.
pub(super) fn from_file(text: &str) -> Result<PlaceKind, ProblemCode> {
    let other = || OTHER_NAMES.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind);
    PlaceKind::parse(text).or_else(other).ok_or_else(|| {
        let allowed = PlaceKind::ALL.map(PlaceKind::code).join(", ");
        ProblemCode::UnknownValue { value: short(text), allowed }
    })
}

/// Astana is the capital, whatever the file calls it.
pub(super) fn capital(code: KatoCode, kind: PlaceKind) -> PlaceKind {
    let is_capital = code.number() == CAPITAL && kind == PlaceKind::RepublicanCity;
    if is_capital { PlaceKind::Capital } else { kind }
}

/// Astana. The codes of the cities of republican significance are greater.
const CAPITAL: u32 = 710_000_000;

/// Abbreviations of the Russian names; `Г.А.` in capitals is of regional, `г.а.` of district significance.
pub(super) fn from_name(code: KatoCode, depth: u8, name: &str) -> PlaceKind {
    let name = name.trim_end_matches('.');
    let lower = name.to_lowercase();
    if depth == 1 {
        let is_region = lower.contains("облыс") || lower.contains("област");
        return capital(code, if is_region { PlaceKind::Region } else { PlaceKind::RepublicanCity });
    }
    if lower.starts_with("район") || lower.ends_with("район") {
        return match depth {
            2 if code.number() < CAPITAL => PlaceKind::District,
            2 | 3 => PlaceKind::CityDistrict,
            _ => PlaceKind::OtherLocality,
        };
    }
    let has = |word: &str| name.starts_with(word) || name.ends_with(word);
    for (word, kind) in [
        ("р.а", PlaceKind::CityDistrict),
        ("Г.А", PlaceKind::CityAdministration),
        ("г.а", PlaceKind::TownAdministration),
        ("с.о", PlaceKind::RuralOkrug),
        ("п.а", PlaceKind::SettlementAdministration),
        ("с.а", PlaceKind::VillageAdministration),
    ] {
        if depth <= 3 && has(word) {
            return kind;
        }
    }
    for (word, kind) in [("г.", PlaceKind::City), ("п.", PlaceKind::Settlement), ("с.", PlaceKind::Village)]
    {
        if name.starts_with(word) {
            return kind;
        }
    }
    PlaceKind::OtherLocality
}
