//! What the state has promised under partnerships, year by year, against the limits of a territory. Whole tiyn.

use crate::process::{ContractState, ObligationKind, Process};
use akimat_core::{Money, Ratio};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A limit of a territory for one year, with its basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// KATO code of the territory whose budget pays.
    pub place: String,
    /// Calendar year.
    pub year: i16,
    /// Most that may be due in that year, in tiyn.
    pub amount: Money,
    /// The decision that sets it.
    pub basis: String,
    /// Where it can be read.
    pub source: String,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is not valid any more.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Somebody compared it with the decision.
    pub verified: bool,
    /// Invented for the demonstration.
    #[serde(default)]
    pub invented: bool,
}

impl Limit {
    /// Holds on a day.
    pub fn holds(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|end| on < end)
    }
}

/// One year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Year {
    /// Calendar year.
    pub year: i16,
    /// By kind, in the order of [`ObligationKind::ALL`]; kinds without a promise are absent.
    pub by_kind: Vec<(ObligationKind, Money)>,
    /// All of it.
    pub due: Money,
    /// The limit; `None`: not known, which is not "without a limit".
    pub limit: Option<Money>,
    /// By how much the limit is exceeded; `None` when it is not, or not known.
    pub over: Option<Money>,
}

impl Year {
    /// Share of the limit in use.
    pub fn used(&self) -> Option<Ratio> {
        Ratio::of(self.due, self.limit?)
    }
}

/// Why obligations cannot be added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// Whether a contract still binds: signed, not called off, and in the year not after its early end.
fn binds(process: &Process, contract: &str, year: i16) -> bool {
    process.contracts.iter().find(|one| one.id == contract).is_some_and(|one| {
        let standing = !matches!(one.state, ContractState::Cancelled) && one.signed_on.is_some();
        standing && one.termination.as_ref().is_none_or(|end| year <= end.on.year())
    })
}

/// Obligations of many processes by year, beside the limits that hold on a day. Years with a limit but no
/// obligation are there too.
///
/// # Errors
/// [`TooLarge`] when a sum does not fit.
pub fn by_year<'a>(
    processes: impl IntoIterator<Item = &'a Process>,
    limits: &[Limit],
    on: Date,
) -> Result<Vec<Year>, TooLarge> {
    let mut years: BTreeMap<i16, BTreeMap<ObligationKind, Money>> = BTreeMap::new();
    for process in processes {
        for one in process.obligations.iter().filter(|one| binds(process, &one.contract, one.year)) {
            let sum = years.entry(one.year).or_default().entry(one.kind).or_insert(Money::ZERO);
            *sum = sum.checked_add(one.amount).ok_or(TooLarge)?;
        }
    }
    let holding: Vec<&Limit> = limits.iter().filter(|limit| limit.holds(on)).collect();
    for limit in &holding {
        years.entry(limit.year).or_default();
    }
    let year = |(year, kinds): (i16, BTreeMap<ObligationKind, Money>)| {
        let due = Money::checked_sum(kinds.values().copied()).ok_or(TooLarge)?;
        let limit = holding.iter().find(|limit| limit.year == year).map(|limit| limit.amount);
        let over = limit.and_then(|limit| due.checked_sub(limit)).filter(|over| over.tiyn() > 0);
        Ok(Year { year, by_kind: kinds.into_iter().collect(), due, limit, over })
    };
    years.into_iter().map(year).collect()
}
