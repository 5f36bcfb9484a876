//! The exact side of Equal Shares: prices as fractions, asked for only where the filter cannot decide.
//!
//! A voter who has not yet paid with the last coin holds share minus the prices of what was bought for it. So the
//! money of any group is (number of its voters) times share minus (for each round, units in the group) times price:
//! whole counts times few large numbers. All prices stand over one denominator, which grows by the units of those
//! who paid in full.

use crate::fraction::Fraction;
use crate::purse::{Price, Purses};
use crate::setting::Setting;
use crate::share::Share;
use num_bigint::BigInt;
use std::collections::BTreeMap;

/// A project bought in the filter's run: which, and at which computed price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) project: usize,
    pub(crate) price: i64,
}

/// The exact price of a unit of a project: `num` over the common denominator times `units`.
#[derive(Debug, Clone)]
pub(crate) struct ExactPrice {
    pub(crate) num: BigInt,
    /// Units of those who pay in full, above zero.
    pub(crate) units: i64,
    /// Merged ballots that give the rest of their money.
    pub(crate) poor: Vec<u32>,
}

/// The state of a count in exact numbers, some rounds behind or level with the filter.
#[derive(Debug, Clone)]
pub(crate) struct Exact<'a> {
    setting: &'a Setting<'a>,
    purses: Purses<'a>,
    /// The share over the common denominator.
    share: BigInt,
    /// The price of each round over the common denominator.
    prices: Vec<BigInt>,
    den: BigInt,
    /// Round of each bought project.
    round_of: Vec<Option<u32>>,
    /// The merged ballot has paid with the last coin.
    spent: Vec<bool>,
}

impl<'a> Exact<'a> {
    /// Before the first round.
    pub(crate) fn new(setting: &'a Setting<'a>, share: Share, purses: Purses<'a>) -> Self {
        Self {
            setting,
            purses,
            share: BigInt::from(share.num()),
            prices: Vec::new(),
            den: BigInt::from(share.den()),
            round_of: vec![None; setting.n_projects()],
            spent: vec![false; setting.profile.n_ballots()],
        }
    }

    /// Follows the filter up to its last round.
    pub(crate) fn follow(&mut self, steps: &[Step]) {
        for &step in steps.iter().skip(self.prices.len()) {
            self.buy(step);
        }
    }

    /// One round in exact numbers.
    pub(crate) fn buy(&mut self, step: Step) -> Option<ExactPrice> {
        let price = self.price(step.project)?;
        let units = BigInt::from(price.units);
        for known in &mut self.prices {
            *known *= &units;
        }
        self.share *= &units;
        self.den *= &units;
        if let Some(place) = self.round_of.get_mut(step.project) {
            *place = u32::try_from(self.prices.len()).ok();
        }
        self.prices.push(price.num.clone());
        for &ballot in &price.poor {
            if let Some(spent) = self.spent.get_mut(ballot as usize) {
                *spent = true;
            }
        }
        self.purses.pay(step.project, step.price);
        Some(price)
    }

    /// Money of the merged ballots, each times its number of voters, over the common denominator.
    fn money_of(&self, ballots: impl Iterator<Item = u32>) -> BigInt {
        let (mut voters, mut units_of) = (0i64, vec![0i64; self.prices.len()]);
        for ballot in ballots.filter(|&ballot| !self.is_spent(ballot)) {
            let weight = i64::from(self.setting.profile.weight(ballot as usize));
            voters += weight;
            for &(project, units) in self.setting.profile.entries(ballot as usize) {
                let round = self.round_of.get(project as usize).copied().flatten();
                if let Some(count) = round.and_then(|round| units_of.get_mut(round as usize)) {
                    *count += weight * i64::from(units);
                }
            }
        }
        let mut money = &self.share * voters;
        for (price, count) in self.prices.iter().zip(units_of).filter(|(_, count)| *count != 0) {
            money -= price * count;
        }
        money
    }

    fn is_spent(&self, ballot: u32) -> bool {
        self.spent.get(ballot as usize).copied().unwrap_or(true)
    }

    /// Money of all supporters of a project, over the common denominator.
    fn money_behind(&self, project: usize) -> BigInt {
        self.money_of(self.setting.profile.supporters(project).iter().map(|&(ballot, _)| ballot))
    }

    /// The supporters hold at least the cost.
    pub(crate) fn affordable(&self, project: usize) -> bool {
        self.money_behind(project) >= BigInt::from(self.setting.cost(project)) * &self.den
    }

    /// The exact price, where the supporters hold the cost.
    pub(crate) fn price(&self, project: usize) -> Option<ExactPrice> {
        if !self.affordable(project) {
            return None;
        }
        let (low, high) = match self.purses.price(project, 1) {
            Price::At { price, rich_units } => {
                let high = self.purses.at_most(project, price, rich_units);
                (self.purses.at_least(price, rich_units), high)
            }
            Price::Out | Price::Unsure => (0, None),
        };
        let mut poor = Vec::new();
        let (mut certain_units, mut unsure) = (0i64, Vec::new());
        for &(ballot, units) in self.setting.profile.supporters(project) {
            let money = i128::from(self.purses.money(ballot as usize));
            let (error, wide) = (i128::from(self.purses.error), i128::from(units));
            let weight = i64::from(self.setting.profile.weight(ballot as usize));
            if self.is_spent(ballot) || money + error < i128::from(low) * wide {
                poor.push(ballot);
            } else if high.is_some_and(|high| money - error > i128::from(high) * wide) {
                certain_units += weight * i64::from(units);
            } else {
                unsure.push((ballot, units));
            }
        }
        Some(self.settle(project, poor, certain_units, &unsure))
    }

    /// Newton's steps from below in exact numbers: whoever cannot pay in full becomes poor, until nobody does.
    fn settle(
        &self,
        project: usize,
        mut poor: Vec<u32>,
        certain_units: i64,
        unsure: &[(u32, u32)],
    ) -> ExactPrice {
        let cost = BigInt::from(self.setting.cost(project)) * &self.den;
        let mut open = self.groups(unsure);
        loop {
            let units = certain_units + open.iter().map(|group| group.weighted_units).sum::<i64>();
            let num = &cost - self.money_of(poor.iter().copied());
            let count = poor.len();
            open.retain(|group| {
                let pays = &group.money * units >= &num * group.units;
                if !pays {
                    poor.extend_from_slice(&group.ballots);
                }
                pays
            });
            if poor.len() == count {
                return ExactPrice { num, units: units.max(1), poor };
            }
        }
    }

    /// Merged ballots with the same history hold the same money.
    fn groups(&self, unsure: &[(u32, u32)]) -> Vec<Group> {
        let mut groups: BTreeMap<History, Vec<u32>> = BTreeMap::new();
        for &(ballot, units) in unsure {
            let paid = |&(project, units): &(u32, u32)| {
                self.round_of.get(project as usize).copied().flatten().map(|round| (round, units))
            };
            let history = self.setting.profile.entries(ballot as usize).iter().filter_map(paid).collect();
            groups.entry((history, units)).or_default().push(ballot);
        }
        let group = |((history, units), ballots): (History, Vec<u32>)| {
            let mut money = self.share.clone();
            for (round, units) in history {
                if let Some(price) = self.prices.get(round as usize) {
                    money -= price * units;
                }
            }
            let weight = ballots.iter().map(|&ballot| self.setting.profile.weight(ballot as usize));
            let weighted_units = weight.map(i64::from).sum::<i64>() * i64::from(units);
            Group { ballots, units, weighted_units, money }
        };
        groups.into_iter().map(group).collect()
    }

    /// The price of the last round as a fraction of units of the election.
    pub(crate) fn price_of_last(&self) -> Fraction {
        Fraction::new(self.prices.last().cloned().unwrap_or_default(), self.den.clone())
    }

    /// A price as a fraction of units of the election.
    pub(crate) fn fraction(&self, price: &ExactPrice) -> Fraction {
        Fraction::new(price.num.clone(), &self.den * price.units)
    }

    /// A price in the filter's small units, rounded up.
    pub(crate) fn in_small_units(&self, price: &ExactPrice) -> i64 {
        let den = &self.den * price.units;
        let scaled = (&price.num << self.purses.bits) + &den - 1;
        i64::try_from(scaled / den).unwrap_or(i64::MAX)
    }
}

/// Rounds paid for with the units in each, and units of the project that is looked at.
type History = (Vec<(u32, u32)>, u32);

#[derive(Debug)]
struct Group {
    ballots: Vec<u32>,
    units: u32,
    weighted_units: i64,
    /// Of each voter, over the common denominator.
    money: BigInt,
}
