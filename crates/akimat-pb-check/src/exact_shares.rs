//! The rounds of Exact Equal Shares at a stated share with stated numbers of payers.
//!
//! All who pay for a project pay the same part of its cost, so the money of a voter is the share less these parts. One
//! pass over the supporters counts who can pay a part; fewer can as the part grows.

use crate::ballots::Ballots;
use crate::number::Number;
use crate::refusal::Refusal;
use crate::told::Groups;
use num_bigint::BigInt;
use std::cmp::Ordering;

/// Small units: two to the power of minus this.
const BITS: u32 = 40;

struct State<'a> {
    ballots: &'a Ballots,
    share: &'a Number,
    /// Money in small units, at most so much below the true one as the voter paid for projects, and one.
    money: Vec<i128>,
    /// Parts that each voter paid, by round.
    paid: Vec<Vec<usize>>,
    /// Cost and payers of each round.
    parts: Vec<(i64, i64)>,
}

/// Checks all rounds at a share; returns the projects bought.
pub(crate) fn check_groups(
    ballots: &Ballots,
    ids: &[String],
    stated: &Groups,
    run: &'static str,
) -> Result<Vec<usize>, Refusal> {
    let low = (&stated.share.num << BITS) / &stated.share.den;
    let low = i128::try_from(low).map_err(|_| Refusal::Shares { share: "share".to_owned() })?;
    let n = ballots.entries.len();
    let mut state = State {
        ballots,
        share: &stated.share,
        money: vec![low; n],
        paid: vec![Vec::new(); n],
        parts: Vec::new(),
    };
    let mut bought: Vec<usize> = Vec::new();
    for (at, &(winner, payers)) in stated.rounds.iter().enumerate() {
        let (round, project) = (at + 1, ids[winner].clone());
        if !state.is_wanted(winner) || !ballots.is_open(winner, &bought) {
            return Err(Refusal::NotOpen { run, round, project });
        }
        // The group is the largest: all who can pay this part, and a larger one cannot.
        if payers < 1 || state.largest(winner, payers) != payers {
            return Err(Refusal::Price { run, round, project });
        }
        for other in (0..ids.len()).filter(|&other| other != winner && ballots.is_open(other, &bought)) {
            let project = ids[other].clone();
            match state.against(other, (winner, payers)) {
                Some(Ordering::Greater) => return Err(Refusal::Cheaper { run, round, project }),
                Some(Ordering::Equal) => {
                    let told = stated.ties.iter().any(|(tied, all)| *tied == at && all.contains(&other));
                    if !told || ballots.rank[other] < ballots.rank[winner] {
                        return Err(Refusal::Tie { run, round, project });
                    }
                }
                Some(Ordering::Less) | None => {}
            }
        }
        state.pay(winner, payers);
        bought.push(winner);
    }
    match (0..ids.len()).find(|&open| ballots.is_open(open, &bought) && state.largest(open, 1) > 0) {
        Some(open) => Err(Refusal::Unfinished { run, project: ids[open].clone() }),
        None => Ok(bought),
    }
}

impl State<'_> {
    fn is_wanted(&self, project: usize) -> bool {
        self.ballots.costs[project] > 0 && !self.ballots.supporters[project].is_empty()
    }

    /// The largest group that can pay, if it has at least so many members; else 0.
    fn largest(&self, project: usize, least: i64) -> i64 {
        if !self.is_wanted(project) {
            return 0;
        }
        let supporters = &self.ballots.supporters[project];
        let mut size = i64::try_from(supporters.len()).unwrap_or(i64::MAX);
        while size >= least {
            let able = supporters.iter().filter(|&&(voter, _)| self.pays(voter, project, size)).count();
            let able = i64::try_from(able).unwrap_or(i64::MAX);
            if able >= size {
                return size;
            }
            size = able;
        }
        0
    }

    /// The gain for each payer of a project against that of a winner; nothing where no group can pay so well.
    fn against(&self, project: usize, (winner, payers): (usize, i64)) -> Option<Ordering> {
        if !self.is_wanted(project) {
            return None;
        }
        let wide = |value: i64| i128::from(value);
        let gain = |of: usize, group: i64, cost_of: usize| {
            BigInt::from(wide(self.ballots.gain(of)) * wide(group)) * self.ballots.costs[cost_of]
        };
        let due = gain(winner, payers, project);
        // The least group whose gain is not below the winner's.
        let one = gain(project, 1, winner);
        let least = i64::try_from((&due + &one - 1) / &one).ok()?;
        let size = self.largest(project, least.max(1));
        (size > 0).then(|| gain(project, size, winner).cmp(&due))
    }

    fn pays(&self, voter: u32, project: usize, size: i64) -> bool {
        let cost = self.ballots.costs[project];
        let (low, due) = (self.money[voter as usize], i128::from(cost) << BITS);
        let error = self.paid[voter as usize].len() as i128 + 1;
        match (low.checked_mul(i128::from(size)), (low + error).checked_mul(i128::from(size))) {
            (Some(least), _) if least >= due => true,
            (_, Some(most)) if most < due => false,
            _ => {
                let money = self.exact(voter);
                money.num * size >= money.den * cost
            }
        }
    }

    /// The money of a voter as a fraction.
    fn exact(&self, voter: u32) -> Number {
        let mut money = Number { num: self.share.num.clone(), den: self.share.den.clone() };
        for &round in &self.paid[voter as usize] {
            let (cost, payers) = self.parts[round];
            money = Number { num: money.num * payers - &money.den * cost, den: money.den * payers };
        }
        money
    }

    fn pay(&mut self, project: usize, payers: i64) {
        let cost = self.ballots.costs[project];
        let supporters = self.ballots.supporters[project].iter().map(|&(voter, _)| voter);
        let able: Vec<u32> = supporters.filter(|&voter| self.pays(voter, project, payers)).collect();
        // The part rounded up, so that money is never too high.
        let part = ((i128::from(cost) << BITS) + i128::from(payers) - 1) / i128::from(payers);
        for voter in able {
            self.money[voter as usize] -= part;
            self.paid[voter as usize].push(self.parts.len());
        }
        self.parts.push((cost, payers));
    }
}
