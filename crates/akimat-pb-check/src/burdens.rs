//! The rounds of Phragmén's rule with stated burdens.

use crate::ballots::Ballots;
use crate::number::{Number, lcm};
use crate::refusal::Refusal;
use num_bigint::BigInt;
use std::cmp::Ordering;

const RUN: &str = "rounds";

struct State<'a> {
    ballots: &'a Ballots,
    ids: &'a [String],
    /// The rule ends at the first project of the least burden that does not fit.
    stops: bool,
    bought: Vec<usize>,
    left: i64,
    /// Round in which each voter took a burden last.
    last: Vec<Option<usize>>,
    /// For each project and round, supporters who carry the burden of that round.
    counts: Vec<Vec<i64>>,
    /// Burdens over one denominator.
    known: Vec<BigInt>,
    den: BigInt,
}

/// Checks all rounds; `stops` where the rule ends at the first project of the least burden that does not fit.
pub(crate) fn check_burdens(
    ballots: &Ballots,
    ids: &[String],
    rounds: &[(usize, Option<Number>)],
    stops: bool,
) -> Result<(), Refusal> {
    let mut state = State {
        ballots,
        ids,
        stops,
        bought: Vec::new(),
        left: ballots.budget,
        last: vec![None; ballots.entries.len()],
        counts: vec![vec![0; rounds.len()]; ids.len()],
        known: Vec::new(),
        den: BigInt::from(1),
    };
    for (at, (winner, burden)) in rounds.iter().enumerate() {
        let (round, project) = (at + 1, ids[*winner].clone());
        if !state.is_open(*winner) || ballots.costs[*winner] > state.left {
            return Err(Refusal::NotOpen { run: RUN, round, project });
        }
        match burden {
            Some(burden) => state.carried(round, *winner, burden)?,
            None => state.unwanted(round, *winner)?,
        }
        state.bought.push(*winner);
        state.left -= ballots.costs[*winner];
    }
    state.ended()
}

impl State<'_> {
    fn votes(&self, project: usize) -> usize {
        self.ballots.supporters[project].len()
    }

    fn is_open(&self, project: usize) -> bool {
        let limit = if self.stops { self.ballots.budget } else { self.left };
        self.ballots.is_open(project, &self.bought) && self.ballots.costs[project] <= limit
    }

    /// Open projects besides one.
    fn others(&self, but: usize) -> Vec<usize> {
        (0..self.ids.len()).filter(|&other| other != but && self.is_open(other)).collect()
    }

    /// Burden of a project times its voters, over the denominator.
    fn whole(&self, project: usize) -> BigInt {
        let counted = self.known.iter().zip(&self.counts[project]).filter(|(_, count)| **count != 0);
        &self.den * self.ballots.costs[project]
            + counted.map(|(burden, count)| burden * *count).sum::<BigInt>()
    }

    /// The burden that a project would bring, against a stated one.
    fn against(&self, project: usize, burden: &Number) -> Ordering {
        (self.whole(project) * &burden.den).cmp(&(&burden.num * &self.den * self.votes(project)))
    }

    fn carried(&mut self, round: usize, winner: usize, burden: &Number) -> Result<(), Refusal> {
        if self.votes(winner) == 0 || self.against(winner, burden) != Ordering::Equal {
            return Err(Refusal::Price { run: RUN, round, project: self.ids[winner].clone() });
        }
        for other in self.others(winner).into_iter().filter(|&other| self.votes(other) > 0) {
            let project = self.ids[other].clone();
            let first = self.ballots.rank[other] < self.ballots.rank[winner];
            match self.against(other, burden) {
                Ordering::Less => return Err(Refusal::Cheaper { run: RUN, round, project }),
                Ordering::Equal if first || self.stops && self.ballots.costs[other] > self.left => {
                    return Err(Refusal::Tie { run: RUN, round, project });
                }
                Ordering::Equal | Ordering::Greater => {}
            }
        }
        let common = lcm(&self.den, &burden.den);
        let more = &common / &self.den;
        self.known.iter_mut().for_each(|known| *known *= &more);
        self.known.push(&burden.num * (&common / &burden.den));
        self.den = common;
        let now = self.known.len() - 1;
        for &(voter, _) in &self.ballots.supporters[winner] {
            let before = self.last[voter as usize].replace(now);
            for &(project, _) in &self.ballots.entries[voter as usize] {
                if let Some(before) = before {
                    self.counts[project as usize][before] -= 1;
                }
                self.counts[project as usize][now] += 1;
            }
        }
        Ok(())
    }

    /// A project without a vote is bought only where no wanted one is open.
    fn unwanted(&self, round: usize, winner: usize) -> Result<(), Refusal> {
        if self.votes(winner) > 0 {
            return Err(Refusal::Price { run: RUN, round, project: self.ids[winner].clone() });
        }
        let before = |&other: &usize| {
            self.votes(other) > 0
                || self.stops && self.ballots.costs[other] > self.left
                || self.ballots.rank[other] < self.ballots.rank[winner]
        };
        match self.others(winner).into_iter().find(before) {
            Some(other) => Err(Refusal::Cheaper { run: RUN, round, project: self.ids[other].clone() }),
            None => Ok(()),
        }
    }

    /// Nothing is left to buy by the rule.
    fn ended(&self) -> Result<(), Refusal> {
        let open: Vec<usize> = (0..self.ids.len()).filter(|&project| self.is_open(project)).collect();
        let wanted: Vec<usize> = open.iter().copied().filter(|&project| self.votes(project) > 0).collect();
        let of = |project: usize| Number { num: self.whole(project), den: &self.den * self.votes(project) };
        let tied: Vec<usize> = match wanted.iter().map(|&project| of(project)).min() {
            Some(least) => wanted.into_iter().filter(|&project| of(project) == least).collect(),
            None => open,
        };
        let stopped = self.stops && tied.iter().any(|&project| self.ballots.costs[project] > self.left);
        match tied.first().filter(|_| !stopped) {
            Some(&project) => Err(Refusal::Unfinished { run: RUN, project: self.ids[project].clone() }),
            None => Ok(()),
        }
    }
}
