//! The units while the levers act, in whole tiyn of 128 bits.

use crate::{Stability, YearFigures};
use akimat_core::{KatoCode, Money};
use std::collections::BTreeMap;

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) code: KatoCode,
    pub(crate) level: u8,
    pub(crate) parent: Option<KatoCode>,
    pub(crate) population: Option<u32>,
    /// The levers act on it.
    pub(crate) affected: bool,
    pub(crate) taxes: BTreeMap<String, i128>,
    pub(crate) other_own: i128,
    /// Municipal taxes and what is collected more by effort: no part of fiscal capacity.
    pub(crate) effort: i128,
    pub(crate) transfers: i128,
    pub(crate) expenditure: i128,
    pub(crate) administration: Option<i128>,
    pub(crate) debt_service: Option<i128>,
    pub(crate) history: Vec<YearFigures>,
    pub(crate) stability: Option<Stability>,
    pub(crate) participatory: Option<i128>,
    pub(crate) bond: Option<Borrowed>,
    /// The unit and those that merged into it.
    pub(crate) merged: Vec<KatoCode>,
}

/// What a unit borrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Borrowed {
    pub(crate) principal: i128,
    /// Payment of the first year, which no later one exceeds.
    pub(crate) payment: i128,
    /// Interest in it.
    pub(crate) interest: i128,
    /// Interest of all years.
    pub(crate) interest_sum: i128,
    /// The most that the surplus of the unit can repay.
    pub(crate) capacity: i128,
}

/// All units, and what came from beyond them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct World {
    /// By code.
    pub(crate) units: Vec<State>,
    /// What residents and businesses pay more.
    pub(crate) new_money: i128,
    /// What administration costs less.
    pub(crate) saved: i128,
    /// What budgets beyond the base pay more to the units; negative: pay less.
    pub(crate) outside: i128,
    /// Interest of the first year on bonds.
    pub(crate) interest: i128,
    /// How much of the gap between need and capacity the pool fills, by level, in basis points.
    pub(crate) fill: Vec<(u8, i128, i128)>,
}

impl State {
    /// Taxes at the rates that are the same everywhere.
    pub(crate) fn capacity(&self) -> i128 {
        self.taxes.values().sum()
    }

    pub(crate) fn own(&self) -> i128 {
        self.capacity() + self.other_own + self.effort
    }

    pub(crate) fn received(&self) -> i128 {
        self.own() + self.transfers
    }

    pub(crate) fn balance(&self) -> i128 {
        self.received() - self.expenditure
    }
}

impl World {
    pub(crate) fn position(&self, code: KatoCode) -> Option<usize> {
        self.units.binary_search_by_key(&code, |unit| unit.code).ok()
    }

    /// The unit of a level that a unit lies in.
    pub(crate) fn ancestor(&self, at: usize, level: u8) -> Option<usize> {
        let mut at = at;
        loop {
            at = self.position(self.units[at].parent?)?;
            if self.units[at].level == level {
                return Some(at);
            }
        }
    }

    /// The units of a level on which the levers act.
    pub(crate) fn affected(&self, level: u8) -> Vec<usize> {
        (0..self.units.len()).filter(|&at| self.units[at].affected && self.units[at].level == level).collect()
    }

    /// Changes the transfers to a unit; who pays them pays that much more.
    pub(crate) fn pay(&mut self, at: usize, more: i128) {
        self.units[at].transfers += more;
        let payer = self.units[at].parent.and_then(|parent| self.position(parent));
        match payer {
            Some(payer) => self.units[payer].expenditure += more,
            None => self.outside += more,
        }
    }
}

/// Whole tiyn out of 128 bits. A base is bounded so that its results fit; see `base::TIYN_MAX`.
pub(crate) fn money(tiyn: i128) -> Money {
    let bounded = tiyn.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
    Money::from_tiyn(i64::try_from(bounded).unwrap_or(i64::MAX))
}
