//! The levers, each a value of its own.
//!
//! Shares and rates are basis points: 1 is 0.01 %, 10 000 are 100 %.

use akimat_core::{KatoCode, Money};
use serde::{Deserialize, Serialize};

/// One hundred per cent in basis points.
pub const WHOLE_BP: i64 = 10_000;

/// A behavioural parameter is never a point: low, central and high, in basis points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Low end.
    pub low: i64,
    /// In between.
    pub central: i64,
    /// High end.
    pub high: i64,
}

/// Which end of the ranges is taken. The low case takes of each range the end that is worse for the budgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// Cautious.
    Low,
    /// Central.
    Central,
    /// Favourable.
    High,
}

/// A lever of decentralisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Lever {
    /// A share of a tax moves from one level to another.
    Retention(Retention),
    /// Units may levy a tax of their own.
    MunicipalTax(MunicipalTax),
    /// Transfers to stable units are phased down.
    PhaseDown(PhaseDown),
    /// Transfers by formula.
    Equalisation(Equalisation),
    /// A share of own revenue is decided on by residents.
    Participatory(Participatory),
    /// Municipal bonds.
    Bond(Bond),
    /// Units merge.
    Merger(Merger),
}

/// A share of a tax moves from the units of one level to those of another: down to the units below (by
/// what they have of this tax already, otherwise by population), or up to the unit above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Code of the tax.
    pub tax: String,
    /// Level that gives.
    pub from: u8,
    /// Level that gets.
    pub to: u8,
    /// Share of what the giver has, in basis points.
    pub share: i64,
    /// What those who get the share collect more by effort, in basis points of it. Zero: nothing changes in
    /// what people pay.
    #[serde(default)]
    pub response: Range,
}

/// What a municipal tax is levied on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum TaxBase {
    /// So much for each inhabitant.
    PerHead {
        /// Base of one inhabitant.
        amount: Money,
    },
    /// The base of a tax that exists: what it yields divided by its rate.
    Tax {
        /// Code of the tax.
        code: String,
        /// Its rate in basis points.
        rate: i64,
    },
}

/// A tax whose rate the units set: base × (1 − exempt) × rate × collection, the base shrinking by
/// elasticity × rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MunicipalTax {
    /// Level of the units that levy it.
    pub level: u8,
    /// On what.
    pub base: TaxBase,
    /// Rate in basis points.
    pub rate: i64,
    /// Exempt share of the base in basis points.
    pub exempt: i64,
    /// Collected share of what is due, in basis points.
    pub collection: Range,
    /// Elasticity of the base in basis points of one: 10 000 means that a rate of 1 % shrinks it by 1 %.
    #[serde(default)]
    pub elasticity: Range,
}

/// Transfers to units that pass the stability test shrink by the same share each year; what is saved stays
/// with who pays them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseDown {
    /// Level of the units.
    pub level: u8,
    /// Share by which transfers shrink each year, in basis points.
    pub per_year: i64,
    /// Stable needs own revenue of at least this share of expenditure, in basis points.
    pub own_min: i64,
    /// In each of so many years up to the base year.
    pub n_years: u8,
    /// Stable needs debt service of at most this share of own revenue, in basis points; `None`: debt is not
    /// looked at.
    pub debt_service_max: Option<i64>,
}

/// How much a unit is given by the formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Method {
    /// A share of the gap between need and capacity, in both directions: units above pay.
    Linear {
        /// Share of the gap that is filled, in basis points (theta).
        fill: i64,
    },
    /// A share of the gap where need exceeds capacity (Bavarian communes).
    Grant {
        /// Share of the gap that is filled, in basis points.
        fill: i64,
    },
    /// A guaranteed level of capacity; grants below it, fees above (Swedish).
    Guarantee {
        /// Guaranteed capacity in basis points of the average.
        level: i64,
        /// Share of the gap that is granted below, in basis points.
        grant: i64,
        /// Share of the excess that is paid above, in basis points.
        fee: i64,
    },
}

/// What the average capacity is distributed by to say what a unit needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Each inhabitant needs the same.
    Population,
    /// In proportion to expenditure of the base year.
    Expenditure,
}

/// Where the money of the equalisation comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Funding {
    /// The units pay each other; the sum is zero.
    Between,
    /// The transfers of the base year are the pool that is distributed anew.
    Transfers,
    /// The state pays grants and takes fees besides the transfers.
    Outside,
}

/// Transfers by formula among the units of one level under the same unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equalisation {
    /// Level of the units.
    pub level: u8,
    /// How much.
    pub method: Method,
    /// What a unit needs.
    pub need: Need,
    /// Who pays.
    pub funding: Funding,
}

/// Residents decide on a share of own revenue, net of statutory spending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participatory {
    /// Level of the units.
    pub level: u8,
    /// Share that residents decide on, in basis points.
    pub share: i64,
    /// Share of own revenue that is bound by law, in basis points.
    pub statutory: i64,
}

/// How a bond is repaid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BondForm {
    /// The same payment each year.
    Annuity,
    /// The same repayment each year, interest on what is left.
    EqualPrincipal,
}

/// Units borrow by bonds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bond {
    /// Level of the units.
    pub level: u8,
    /// Borrowed share of own revenue of the base year, in basis points.
    pub share: i64,
    /// Interest a year, in basis points.
    pub rate: Range,
    /// Years until it is repaid.
    pub years: u8,
    /// How.
    pub form: BondForm,
}

/// Units merge into one: revenue, expenditure and population are added, administration becomes cheaper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merger {
    /// The unit that stays.
    pub into: KatoCode,
    /// The units that end.
    pub units: Vec<KatoCode>,
    /// Saved share of the added cost of administration, in basis points; may be negative.
    pub saving: Range,
}

impl Range {
    /// A range without width.
    pub const fn point(value: i64) -> Self {
        Self { low: value, central: value, high: value }
    }

    /// The end that a case takes of a parameter of which more is better for the budgets.
    pub const fn better_high(self, case: Case) -> i64 {
        match case {
            Case::Low => self.low,
            Case::Central => self.central,
            Case::High => self.high,
        }
    }

    /// The end that a case takes of a parameter of which less is better for the budgets.
    pub const fn better_low(self, case: Case) -> i64 {
        match case {
            Case::Low => self.high,
            Case::Central => self.central,
            Case::High => self.low,
        }
    }
}

impl Case {
    /// Every case.
    pub const ALL: [Self; 3] = [Self::Low, Self::Central, Self::High];

    /// The name in files and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Central => "central",
            Self::High => "high",
        }
    }
}

impl Lever {
    /// The kinds of levers, in the order in which they are applied: units merge, taxes move and are levied,
    /// transfers follow, then what is done with the money.
    pub const KINDS: [&'static str; 7] =
        ["merger", "retention", "municipal_tax", "phase_down", "equalisation", "participatory", "bond"];

    /// The name in files and catalogue keys.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Merger(_) => "merger",
            Self::Retention(_) => "retention",
            Self::MunicipalTax(_) => "municipal_tax",
            Self::PhaseDown(_) => "phase_down",
            Self::Equalisation(_) => "equalisation",
            Self::Participatory(_) => "participatory",
            Self::Bond(_) => "bond",
        }
    }
}
