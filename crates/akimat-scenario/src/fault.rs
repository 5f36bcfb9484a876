//! Why a scenario is refused: what is wrong, and which fields are to blame. No sentences here.

use akimat_core::KatoCode;
use serde::Serialize;

/// One contradiction or one value out of bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The fields to blame, as paths into the scenario: `levers.2.share`.
    pub fields: Vec<String>,
    /// What is wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum FaultKind {
    /// The base itself does not hold together: a unit twice, or amounts beyond measure.
    UnsoundBase,
    /// More levers than a scenario may have.
    TooManyLevers {
        /// Limit.
        max: usize,
    },
    /// A number is not between two bounds, both included; basis points for shares.
    OutOfBounds {
        /// Lower bound.
        min: i64,
        /// Upper bound.
        max: i64,
    },
    /// Low, central and high are not in this order.
    RangeOrder,
    /// No unit of the base has this level.
    NoSuchLevel {
        /// Level.
        level: u8,
    },
    /// No unit of that level receives this tax.
    NoSuchTax {
        /// Code of the tax.
        tax: String,
    },
    /// A tax moves from a level to the same level.
    SameLevel,
    /// More than the whole of one tax of one level is given away.
    SharesAbove100 {
        /// Code of the tax.
        tax: String,
        /// Sum of the shares in basis points.
        sum: i64,
    },
    /// Two levers decide on the same transfers.
    SameTransfers {
        /// Level of the units.
        level: u8,
    },
    /// Grants that nobody pays: this method does not sum to zero between the units.
    NotBetween,
    /// A unit is not in the base.
    NoSuchUnit {
        /// The unit.
        code: KatoCode,
    },
    /// A unit is named twice in mergers.
    TwiceMerged {
        /// The unit.
        code: KatoCode,
    },
    /// Units that merge must have the same level and lie in the same unit.
    NotNeighbours {
        /// The unit that differs.
        code: KatoCode,
    },
    /// Nothing merges.
    NothingMerged,
    /// The population of a unit is unknown, and the formula counts heads.
    PopulationUnknown {
        /// The unit.
        code: KatoCode,
    },
    /// The cost of administration of a unit is unknown, and savings are a share of it.
    AdministrationUnknown {
        /// The unit.
        code: KatoCode,
    },
    /// Capacity of the units together is not positive: there is nothing to compare with.
    NoCapacity,
    /// Statutory spending and the participatory share take more than the whole.
    ShareOfNothing,
}

impl Fault {
    /// A fault of some fields.
    pub(crate) fn new(fields: impl IntoIterator<Item = String>, kind: FaultKind) -> Self {
        Self { fields: fields.into_iter().collect(), kind }
    }
}

impl FaultKind {
    /// The name in files and catalogue keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnsoundBase => "unsound_base",
            Self::TooManyLevers { .. } => "too_many_levers",
            Self::OutOfBounds { .. } => "out_of_bounds",
            Self::RangeOrder => "range_order",
            Self::NoSuchLevel { .. } => "no_such_level",
            Self::NoSuchTax { .. } => "no_such_tax",
            Self::SameLevel => "same_level",
            Self::SharesAbove100 { .. } => "shares_above_100",
            Self::SameTransfers { .. } => "same_transfers",
            Self::NotBetween => "not_between",
            Self::NoSuchUnit { .. } => "no_such_unit",
            Self::TwiceMerged { .. } => "twice_merged",
            Self::NotNeighbours { .. } => "not_neighbours",
            Self::NothingMerged => "nothing_merged",
            Self::PopulationUnknown { .. } => "population_unknown",
            Self::AdministrationUnknown { .. } => "administration_unknown",
            Self::NoCapacity => "no_capacity",
            Self::ShareOfNothing => "share_of_nothing",
        }
    }
}
