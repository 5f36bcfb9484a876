//! Money of voters in multiples of a small power of two: sums of it are exact, and only prices are rounded.
//!
//! Why that is a filter with a proof: let T be the step "the supporters buy p, each paying min(money, price times
//! units)". T never gives less money after to whoever had more before, and it takes exactly the cost from the sum.
//! By the lemma of Crandall and Tartar (1980) such a step brings two vectors of money no farther apart in the sum
//! of differences. So the computed money differs from the true money, in the sum over all voters, by no more than
//! what the supporters paid beside the cost in each round, because their price was rounded.

use crate::setting::Setting;
use crate::share::Share;

/// Largest sum of money, in small units.
const SUM_BITS: u32 = 61;
/// Small units are not smaller than two to the power of minus this.
const BITS_MAX: u32 = 40;

/// Money and number of the voters of a merged ballot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Purse {
    /// Of each voter, in small units.
    pub(crate) money: i64,
    pub(crate) weight: i64,
}

/// What a pass over the supporters finds at a price.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filled {
    /// Money of those who cannot pay the price in full.
    pub(crate) poor_money: i64,
    /// Units of those who can.
    pub(crate) rich_units: i64,
}

/// The price of a unit as computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Price {
    /// The supporters certainly lack the money.
    Out,
    /// The money is so close to the cost that only exact arithmetic can tell.
    Unsure,
    /// The price on the computed money, rounded up to a small unit, and the units of those who pay in full.
    At { price: i64, rich_units: i64 },
}

/// The money of all voters.
#[derive(Debug, Clone)]
pub(crate) struct Purses<'a> {
    setting: &'a Setting<'a>,
    purses: Vec<Purse>,
    /// A unit of the election has two to this power small units.
    pub(crate) bits: u32,
    /// Sum over all voters of |computed minus true|, at most; in small units.
    pub(crate) error: i64,
}

/// The numbers are too large for 64 bits: billions of voters times the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the share times the voters is beyond 2^61 units")]
pub struct TooLarge;

impl<'a> Purses<'a> {
    pub(crate) fn new(setting: &'a Setting<'a>, share: Share) -> Result<Self, TooLarge> {
        let profile = setting.profile;
        let voters = i128::from(profile.n_voters().max(1));
        let all = (share.num() / share.den() + 1).checked_mul(voters).ok_or(TooLarge)?;
        // Costs of projects that might be bought are below the money of all.
        let used = 128 - all.leading_zeros();
        let bits = SUM_BITS.checked_sub(used).ok_or(TooLarge)?.min(BITS_MAX);
        let (money, exact) = share.in_bits(bits).ok_or(TooLarge)?;
        let purse = |ballot| Purse { money, weight: i64::from(profile.weight(ballot)) };
        let error = if exact { 0 } else { i64::try_from(voters).map_err(|_| TooLarge)? };
        Ok(Self { setting, purses: (0..profile.n_ballots()).map(purse).collect(), bits, error })
    }

    /// The cost in small units, where the money of all could pay it.
    pub(crate) fn cost(&self, project: usize) -> Option<i64> {
        let cost = self.setting.cost(project);
        (cost < 1 << (SUM_BITS - self.bits)).then(|| cost << self.bits)
    }

    /// One pass over the supporters at a price.
    pub(crate) fn fill(&self, project: usize, price: i64) -> Filled {
        let (mut poor_money, mut rich_units) = (0i64, 0i64);
        let supporters = self.setting.profile.supporters(project);
        if self.setting.profile.is_uniform() {
            for &(ballot, _) in supporters {
                let purse = self.purses[ballot as usize];
                let rich = i64::from(purse.money >= price);
                rich_units += purse.weight & -rich;
                poor_money += (purse.money * purse.weight) & (rich - 1);
            }
        } else {
            for &(ballot, units) in supporters {
                let purse = self.purses[ballot as usize];
                if i128::from(purse.money) >= i128::from(price) * i128::from(units) {
                    rich_units += purse.weight * i64::from(units);
                } else {
                    poor_money += purse.money * purse.weight;
                }
            }
        }
        Filled { poor_money, rich_units }
    }

    /// The price at which the supporters raise the cost, from a price that is not above it.
    pub(crate) fn price(&self, project: usize, from: i64) -> Price {
        let Some(cost) = self.cost(project) else { return Price::Out };
        let mut price = from.max(1);
        loop {
            let filled = self.fill(project, price);
            let missing = cost - filled.poor_money;
            if filled.rich_units == 0 {
                return if missing > self.error { Price::Out } else { Price::Unsure };
            }
            let next = div_ceil(missing, filled.rich_units);
            if next <= price {
                return Price::At { price, rich_units: filled.rich_units };
            }
            price = next;
        }
    }

    /// A price that the true one does not reach from below: the computed one minus what the errors may hide.
    pub(crate) fn at_least(&self, price: i64, rich_units: i64) -> i64 {
        (price - 1 - div_ceil(self.error, rich_units.max(1))).max(0)
    }

    /// A price that the true one does not exceed; nothing where the errors are too large to say.
    pub(crate) fn at_most(&self, project: usize, price: i64, rich_units: i64) -> Option<i64> {
        let cost = i128::from(self.cost(project)?);
        let mut more = 1 + div_ceil(self.error.checked_mul(2)?, rich_units.max(1));
        for _ in 0..8 {
            let high = price.checked_add(more)?;
            let filled = self.fill(project, high);
            let raised = i128::from(filled.poor_money) + i128::from(filled.rich_units) * i128::from(high);
            if raised >= cost + i128::from(self.error) {
                return Some(high);
            }
            more = more.checked_mul(8)?;
        }
        None
    }

    /// The supporters pay.
    pub(crate) fn pay(&mut self, project: usize, price: i64) {
        let mut paid = 0;
        for &(ballot, units) in self.setting.profile.supporters(project) {
            let purse = &mut self.purses[ballot as usize];
            let due = if units == 1 { price } else { price.saturating_mul(i64::from(units)) };
            let due = due.min(purse.money);
            purse.money -= due;
            paid += due * purse.weight;
        }
        let cost = self.cost(project).unwrap_or(i64::MAX);
        self.error = self.error.saturating_add(paid.abs_diff(cost).min(1 << SUM_BITS).cast_signed());
    }

    /// Money of each voter of a merged ballot, in small units.
    pub(crate) fn money(&self, ballot: usize) -> i64 {
        self.purses[ballot].money
    }
}

/// Division of zero or more by more than zero, rounded up; of less than zero, towards zero.
pub(crate) fn div_ceil(num: i64, den: i64) -> i64 {
    if num <= 0 { num / den } else { (num - 1) / den + 1 }
}
