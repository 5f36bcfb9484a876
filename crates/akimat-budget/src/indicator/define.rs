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
    /// What it is computed from.
    pub of: Of,
}

/// What an indicator is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// One budget, with what is known about its territory.
    Budget,
    /// The same line over several years.
    Years,
}

const PAPER: &str = "Abdullayev, Kadyrova, Ydyrys 2025, DOI 10.28991/ESJ-2025-09-03-017";
const CODE: &str = "Budget Code of 15 March 2025 No. 171-VIII";
const CHARTER: &str = "European Charter of Local Self-Government, article 9";
const CHARTER_3: &str = "European Charter of Local Self-Government, article 9, paragraph 3";
const CODE_3: &str = "Budget Code of 15 March 2025 No. 171-VIII, article 3";
const EFFORT: &str = "Bahl 1971, IMF Staff Papers 18(3), 570-612";
const PEFA: &str = "PEFA Framework 2016, indicators PI-1 to PI-3";
const COMMON: &str = "common practice of public finance";

const fn define(code: &'static str, unit: Unit, formula: &'static str, source: &'static str) -> Definition {
    Definition { code, unit, formula, source, of: Of::Budget }
}

const fn over_years(
    code: &'static str,
    unit: Unit,
    formula: &'static str,
    source: &'static str,
) -> Definition {
    Definition { code, unit, formula, source, of: Of::Years }
}

/// Every indicator, in the order in which they are shown.
pub const DEFINITIONS: [Definition; 26] = [
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
    over_years("growth", Unit::Percent, "(x_t - x_{t-1}) / x_{t-1} × 100", COMMON),
    define("expenditure_per_capita", Unit::TengePerPerson, "E / P", COMMON),
    define("own_revenue_per_capita", Unit::TengePerPerson, "O / P", COMMON),
    define("tax_per_capita", Unit::TengePerPerson, "T / P", COMMON),
    define("tax_autonomy", Unit::Percent, "taxes that the unit may set / T × 100", CHARTER_3),
    define("tax_effort", Unit::Ratio, "(T / B) / (ΣT_peers / ΣB_peers)", EFFORT),
    define("capital_share", Unit::Percent, "development programmes / E × 100", COMMON),
    define("unspent", Unit::Tenge, "plan of payments - paid", CODE_3),
    over_years("cagr", Unit::Percent, "((x_n / x_1)^{1/(n-1)} - 1) × 100", COMMON),
    over_years("variation", Unit::Percent, "s / m × 100", COMMON),
    over_years("log_growth_deviation", Unit::Percent, "s(ln(x_t / x_{t-1})) × 100", COMMON),
    over_years("drawdown", Unit::Percent, "max (M_t - x_t) / M_t × 100", COMMON),
    over_years("forecast_error", Unit::Percent, "(fact - plan) / plan × 100", PEFA),
    over_years("forecast_error_mean", Unit::Percent, "Σ |fact - plan| / plan / n × 100", PEFA),
];

/// The definition of an indicator by its code.
pub fn definition(code: &str) -> Option<&'static Definition> {
    DEFINITIONS.iter().find(|definition| definition.code == code)
}
