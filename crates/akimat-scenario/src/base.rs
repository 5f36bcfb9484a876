//! What the units of a territory received and spent in the base year.

use akimat_core::{KatoCode, Money};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The sum of all amounts of a base in tiyn stays below this: 10 quadrillion tenge, several hundred times the
/// state budget of Kazakhstan. Products of two sums then fit in 128 bits.
pub(crate) const TIYN_MAX: i128 = 1_000_000_000_000_000_000;

/// The budgets that a scenario starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// Financial year.
    pub year: i16,
    /// The units by code, each once.
    pub units: Vec<Unit>,
}

/// One unit's budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The unit.
    pub code: KatoCode,
    /// Level of the budget system: 2 regional, 3 district, 4 village and okrug.
    pub level: u8,
    /// The unit that its transfers come from, when that unit is in the base.
    pub parent: Option<KatoCode>,
    /// Inhabitants at the beginning of the year; `None` when unknown.
    pub population: Option<u32>,
    /// Taxes by code of the classification (`1/04/1`); a tax that is not stated is not in the map.
    pub taxes: BTreeMap<String, Money>,
    /// Own revenue besides those taxes: non-tax revenue, sale of fixed capital, taxes without a code.
    pub other_own: Money,
    /// Transfers received.
    pub transfers: Money,
    /// Expenditure, transfers paid included.
    pub expenditure: Money,
    /// Cost of the administration, functional group 01; `None` when unknown.
    pub administration: Option<Money>,
    /// Debt; `None` when unknown.
    pub debt: Option<DebtFigures>,
    /// Former years that the stability test looks at, newest last, the base year included.
    pub history: Vec<YearFigures>,
}

/// Debt of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebtFigures {
    /// Paid in the base year: interest and repayment.
    pub service: Money,
}

/// One year as the stability test sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearFigures {
    /// Year.
    pub year: i16,
    /// Own revenue.
    pub own: Money,
    /// Expenditure.
    pub expenditure: Money,
}

impl Unit {
    /// Own revenue: taxes and the rest; `None` beyond 64 bits.
    pub fn own(&self) -> Option<Money> {
        Money::checked_sum(self.taxes.values().copied().chain([self.other_own]))
    }
}

impl Base {
    /// The levels that occur.
    pub fn levels(&self) -> BTreeSet<u8> {
        self.units.iter().map(|unit| unit.level).collect()
    }

    /// The taxes that occur, by code.
    pub fn taxes(&self) -> BTreeSet<&str> {
        self.units.iter().flat_map(|unit| unit.taxes.keys().map(String::as_str)).collect()
    }

    /// The position of a unit.
    pub fn position(&self, code: KatoCode) -> Option<usize> {
        self.units.binary_search_by_key(&code, |unit| unit.code).ok()
    }

    /// The units are sorted by code, each once, every parent is a unit of a higher level, and the amounts
    /// are small enough for exact products.
    pub fn is_sound(&self) -> bool {
        let sorted = self.units.windows(2).all(|pair| pair[0].code < pair[1].code);
        let parents = self.units.iter().all(|unit| {
            unit.parent.is_none_or(|parent| {
                self.position(parent).is_some_and(|at| self.units[at].level < unit.level)
            })
        });
        let amounts = self.units.iter().flat_map(|unit| {
            let rest = [unit.other_own, unit.transfers, unit.expenditure];
            let debt = unit.debt.map(|debt| debt.service);
            unit.taxes.values().copied().chain(rest).chain(unit.administration).chain(debt)
        });
        let sum: i128 = amounts.map(|money| i128::from(money.tiyn()).abs()).sum();
        sorted && parents && sum < TIYN_MAX
    }
}
