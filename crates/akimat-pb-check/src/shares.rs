//! The rounds of Equal Shares at a stated share with stated prices.
//!
//! With stated prices the money of a voter who has not paid with the last coin is share minus the prices of what was
//! bought for the voter, so that rounded money is off by at most one small unit for each price. Sums of rounded money
//! decide where they are far enough from the cost; otherwise the sum is computed exactly.

use crate::ballots::Ballots;
use crate::number::{Number, lcm};
use crate::refusal::Refusal;
use crate::told::Rounds;
use num_bigint::BigInt;
use std::cmp::Ordering;

struct State<'a> {
    ballots: &'a Ballots,
    bits: u32,
    money: Vec<i64>,
    spent: Vec<bool>,
    /// Rounded money is off by at most so many small units for each voter.
    error: i64,
    /// Exact numbers over one denominator.
    share: BigInt,
    prices: Vec<BigInt>,
    den: BigInt,
    round_of: Vec<Option<usize>>,
}

/// Checks all rounds at a share; returns the projects bought.
pub(crate) fn check_rounds(
    ballots: &Ballots,
    ids: &[String],
    stated: &Rounds,
    run: &'static str,
) -> Result<Vec<usize>, Refusal> {
    let mut state =
        State::new(ballots, &stated.share).ok_or(Refusal::Shares { share: "share".to_owned() })?;
    let mut bought: Vec<usize> = Vec::new();
    for (at, (winner, price)) in stated.rounds.iter().enumerate() {
        let round = at + 1;
        let id = |project: usize| ids[project].clone();
        let wanted = ballots.costs[*winner] > 0 && !ballots.supporters[*winner].is_empty();
        if !wanted || !ballots.is_open(*winner, &bought) {
            return Err(Refusal::NotOpen { run, round, project: id(*winner) });
        }
        let wrong = || Refusal::Price { run, round, project: id(*winner) };
        if state.raised(*winner, price).ok_or_else(wrong)? != Ordering::Equal {
            return Err(wrong());
        }
        for project in (0..ids.len()).filter(|&other| other != *winner && ballots.is_open(other, &bought)) {
            if ballots.costs[project] == 0 {
                continue;
            }
            let limit =
                Number { num: &price.num * ballots.gain(project), den: &price.den * ballots.gain(*winner) };
            match state.raised(project, &limit).ok_or_else(wrong)? {
                Ordering::Less => {}
                Ordering::Greater => return Err(Refusal::Cheaper { run, round, project: id(project) }),
                Ordering::Equal => {
                    let told =
                        stated.ties.iter().any(|(tied, projects)| *tied == at && projects.contains(&project));
                    if !told || ballots.rank[project] < ballots.rank[*winner] {
                        return Err(Refusal::Tie { run, round, project: id(project) });
                    }
                }
            }
        }
        state.pay(*winner, price).ok_or_else(wrong)?;
        bought.push(*winner);
    }
    let open = |&project: &usize| ballots.costs[project] > 0 && ballots.is_open(project, &bought);
    match (0..ids.len()).filter(open).find(|&project| state.can_pay(project)) {
        Some(project) => Err(Refusal::Unfinished { run, project: ids[project].clone() }),
        None => Ok(bought),
    }
}

impl<'a> State<'a> {
    fn new(ballots: &'a Ballots, share: &Number) -> Option<Self> {
        let voters = BigInt::from(ballots.entries.len());
        let all: BigInt = (&share.num / &share.den + 1) * voters;
        let bits = 62u32.checked_sub(u32::try_from(all.bits()).ok()?)?.min(40);
        Some(Self {
            ballots,
            bits,
            money: vec![share.floor_in(bits)?; ballots.entries.len()],
            spent: vec![false; ballots.entries.len()],
            error: 1,
            share: share.num.clone(),
            prices: Vec::new(),
            den: share.den.clone(),
            round_of: vec![None; ballots.costs.len()],
        })
    }

    /// What the supporters raise at a price for a unit, against the cost.
    fn raised(&self, project: usize, price: &Number) -> Option<Ordering> {
        let supporters = &self.ballots.supporters[project];
        let low = price.floor_in(self.bits);
        if let (Some(low), true) = (low, self.ballots.costs[project] < 1 << (62 - self.bits)) {
            let cost = i128::from(self.ballots.costs[project]) << self.bits;
            let mut most = 0i128;
            for &(voter, units) in supporters {
                let due = (low + 1).saturating_mul(units);
                most += i128::from(self.money[voter as usize].min(due));
            }
            let slack = i128::from(self.error) * supporters.len() as i128;
            if most + slack < cost {
                return Some(Ordering::Less);
            }
        } else if low.is_some() {
            // The cost is beyond the money of all.
            return Some(Ordering::Less);
        }
        let (poor, rich_units) = self.split(project, price);
        let raised = self.money_of(&poor) * &price.den + &price.num * rich_units * &self.den;
        let order = raised.cmp(&(&self.den * &price.den * self.ballots.costs[project]));
        // Where nobody pays in full, a lower price raises the same.
        Some(if order == Ordering::Equal && rich_units == 0 { Ordering::Greater } else { order })
    }

    /// Voters who cannot pay a price in full, and the units of those who can; exactly.
    fn split(&self, project: usize, price: &Number) -> (Vec<u32>, i64) {
        let (mut poor, mut rich_units) = (Vec::new(), 0i64);
        let low = price.floor_in(self.bits);
        for &(voter, units) in &self.ballots.supporters[project] {
            let money = i128::from(self.money[voter as usize]);
            let error = i128::from(self.error);
            let is_poor = self.spent[voter as usize]
                || match low.map(|low| i128::from(low) * i128::from(units)) {
                    None => true,
                    Some(due) if money + error < due => true,
                    Some(due) if money - error > due + i128::from(units) => false,
                    Some(_) => self.money_of(&[voter]) * &price.den < &price.num * units * &self.den,
                };
            if is_poor {
                poor.push(voter);
            } else {
                rich_units += units;
            }
        }
        (poor, rich_units)
    }

    /// Exact money of some voters, over the common denominator.
    fn money_of(&self, voters: &[u32]) -> BigInt {
        let (mut n, mut paid) = (0i64, vec![0i64; self.prices.len()]);
        for &voter in voters.iter().filter(|&&voter| !self.spent[voter as usize]) {
            n += 1;
            for &(project, units) in &self.ballots.entries[voter as usize] {
                if let Some(round) = self.round_of[project as usize] {
                    paid[round] += units;
                }
            }
        }
        let due =
            self.prices.iter().zip(paid).filter(|(_, paid)| *paid != 0).map(|(price, paid)| price * paid);
        &self.share * n - due.sum::<BigInt>()
    }

    fn pay(&mut self, project: usize, price: &Number) -> Option<()> {
        let (poor, _) = self.split(project, price);
        let low = price.floor_in(self.bits)?;
        let mut most_units = 1;
        for &(voter, units) in &self.ballots.supporters[project] {
            let money = &mut self.money[voter as usize];
            *money = (*money - low.saturating_mul(units)).max(0);
            most_units = most_units.max(units);
        }
        for voter in poor {
            self.spent[voter as usize] = true;
            self.money[voter as usize] = 0;
        }
        self.error += most_units;
        let den = lcm(&self.den, &price.den);
        let more = &den / &self.den;
        self.share *= &more;
        self.prices.iter_mut().for_each(|known| *known *= &more);
        self.prices.push(&price.num * (&den / &price.den));
        self.den = den;
        self.round_of[project] = Some(self.prices.len() - 1);
        Some(())
    }

    /// The supporters hold the cost.
    fn can_pay(&self, project: usize) -> bool {
        let supporters = &self.ballots.supporters[project];
        let most: i128 =
            supporters.iter().map(|&(voter, _)| i128::from(self.money[voter as usize] + self.error)).sum();
        if most < i128::from(self.ballots.costs[project]) << self.bits {
            return false;
        }
        let voters: Vec<u32> = supporters.iter().map(|&(voter, _)| voter).collect();
        self.money_of(&voters) >= &self.den * self.ballots.costs[project]
    }
}
