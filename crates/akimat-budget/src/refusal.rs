//! Why a figure is not computed: what is missing, by name.

use crate::Item;
use akimat_core::KatoCode;

/// The reason why an indicator, an index or a decomposition is not computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The source does not give these lines.
    LinesMissing(Vec<Item>),
    /// A line that everything would be divided by is zero.
    ZeroLine(Item),
    /// The functional groups do not add up to expenditure, so that an absent group is not known to be zero.
    GroupsIncomplete,
    /// The taxes are not broken down into classes that add up to them.
    TaxesNotBrokenDown,
    /// No list of the taxes that a unit may set is in force for the year.
    NoTaxRights,
    /// No list of development programmes is in force for the year.
    NoDevelopmentList,
    /// The number of residents at the same date is not known.
    NoPopulation,
    /// The base of taxation, such as the regional product, is not known for the unit or for its peers.
    NoBase,
    /// The report does not say what was executed.
    NotExecuted,
    /// No plan is known to compare with.
    NoPlan,
    /// Too few years in a row.
    TooFewYears {
        /// Years there are.
        have: usize,
        /// Years needed.
        need: usize,
    },
    /// A year whose amount is not above zero, where a logarithm or a rate of growth needs one.
    NotPositive(i16),
    /// Too few territories.
    TooFewUnits {
        /// Territories there are.
        have: usize,
        /// Territories needed.
        need: usize,
    },
    /// A territory with a negative amount: shares of it have no meaning.
    NegativeUnit(KatoCode),
    /// Everybody has nothing.
    NothingToShare,
    /// Figures so large that exact arithmetic ends.
    TooLarge,
}

impl Refusal {
    /// The name in catalogue keys, after `refusal-`, and in the API.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LinesMissing(_) => "lines_missing",
            Self::ZeroLine(_) => "zero_line",
            Self::GroupsIncomplete => "groups_incomplete",
            Self::TaxesNotBrokenDown => "taxes_not_broken_down",
            Self::NoTaxRights => "no_tax_rights",
            Self::NoDevelopmentList => "no_development_list",
            Self::NoPopulation => "no_population",
            Self::NoBase => "no_base",
            Self::NotExecuted => "not_executed",
            Self::NoPlan => "no_plan",
            Self::TooFewYears { .. } => "too_few_years",
            Self::NotPositive(_) => "not_positive",
            Self::TooFewUnits { .. } => "too_few_units",
            Self::NegativeUnit(_) => "negative_unit",
            Self::NothingToShare => "nothing_to_share",
            Self::TooLarge => "too_large",
        }
    }

    /// Every code, for the test that demands a sentence for each.
    pub const CODES: [&'static str; 16] = [
        "lines_missing",
        "zero_line",
        "groups_incomplete",
        "taxes_not_broken_down",
        "no_tax_rights",
        "no_development_list",
        "no_population",
        "no_base",
        "not_executed",
        "no_plan",
        "too_few_years",
        "not_positive",
        "too_few_units",
        "negative_unit",
        "nothing_to_share",
        "too_large",
    ];
}
