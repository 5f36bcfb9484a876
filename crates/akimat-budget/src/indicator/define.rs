//! The table of indicators: formula and source of each.

use super::Unit;

/// What an indicator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name in files, addresses and catalogue keys.
    pub code: &'static str,
    /// How it is printed.
    pub unit: Unit,
    /// The formula in the letters of the [module](super).
    pub formula: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
}

const PAPER: &str = "Abdullayev, Kadyrova, Ydyrys 2025, DOI 10.28991/ESJ-2025-09-03-017";
const CODE: &str = "Budget Code of 15 March 2025 No. 171-VIII";
const CHARTER: &str = "European Charter of Local Self-Government, article 9";
const COMMON: &str = "common practice of public finance";

const fn define(code: &'static str, unit: Unit, formula: &'static str, source: &'static str) -> Definition {
    Definition { code, unit, formula, source }
}

/// Every indicator, in the order in which they are shown.
pub const DEFINITIONS: [Definition; 16] = [
    define("own_source_share", Unit::Percent, "(R - X) / R × 100", CHARTER),
    define("transfer_dependence", Unit::Percent, "X / R × 100", PAPER),
    define("self_sufficiency", Unit::Percent, "(R - X) / E × 100", PAPER),
    define("tax_share", Unit::Percent, "T / R × 100", COMMON),
    define("balance_ratio", Unit::Percent, "V / R × 100", COMMON),
    define("vertical_gap", Unit::Percent, "(1 - O / E) × 100", COMMON),
    define("debt_service_ratio", Unit::Percent, "(E₁₄ + repayment of loans) / O × 100", COMMON),
    define("social_share", Unit::Percent, "(E₀₄ + E₀₅ + E₀₆ + E₀₈) / E × 100", PAPER),
    define("hhi", Unit::Ratio, "Σ (E_g / E)²", "Herfindahl-Hirschman index"),
    define("structure", Unit::Percent, "E_g / E × 100", COMMON),
    define("revenue_structure", Unit::Percent, "R_c / R × 100", COMMON),
    define("execution", Unit::Percent, "executed / amended (or approved) × 100", CODE),
    define("growth", Unit::Percent, "(x_t - x_{t-1}) / x_{t-1} × 100", COMMON),
    define("expenditure_per_capita", Unit::TengePerPerson, "E / P", COMMON),
    define("own_revenue_per_capita", Unit::TengePerPerson, "O / P", COMMON),
    define("tax_per_capita", Unit::TengePerPerson, "T / P", COMMON),
];

/// The definition of an indicator by its code.
pub fn definition(code: &str) -> Option<&'static Definition> {
    DEFINITIONS.iter().find(|definition| definition.code == code)
}
