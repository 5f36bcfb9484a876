//! The rounds of Maximin support: each bought project with a set of projects that needs its burden, and every other one
//! with a set that would need at least as much.

use crate::ballots::Ballots;
use crate::number::Number;
use crate::refusal::Refusal;
use crate::spread::spreads;
use crate::told::Supported;
use std::cmp::Ordering;
use std::collections::BTreeMap;

const RUN: &str = "rounds";

/// Cost of a set of projects, and the voters who want any of them.
#[derive(Debug, Clone)]
struct Bound {
    set: Vec<usize>,
    cost: i128,
    voters: i128,
}

struct State<'a> {
    ballots: &'a Ballots,
    ids: &'a [String],
    bought: Vec<usize>,
    left: i64,
    /// What is known of each project from below.
    bounds: Vec<Bound>,
    /// Round in which a voter was last counted for a set.
    seen: Vec<u64>,
    count: u64,
}

/// Checks all rounds.
pub(crate) fn check_support(ballots: &Ballots, ids: &[String], rounds: &[Supported]) -> Result<(), Refusal> {
    let mut state = State {
        ballots,
        ids,
        bought: Vec::new(),
        left: ballots.budget,
        bounds: Vec::new(),
        seen: vec![0; ballots.entries.len()],
        count: 0,
    };
    state.bounds = (0..ids.len()).map(|project| state.bound(vec![project])).collect();
    for (at, stated) in rounds.iter().enumerate() {
        state.round(at + 1, stated)?;
    }
    match (0..ids.len()).find(|&project| state.is_open(project)) {
        Some(project) => Err(Refusal::Unfinished { run: RUN, project: ids[project].clone() }),
        None => Ok(()),
    }
}

impl State<'_> {
    fn is_open(&self, project: usize) -> bool {
        self.ballots.is_open(project, &self.bought)
            && self.ballots.costs[project] <= self.left
            && !self.ballots.supporters[project].is_empty()
    }

    fn bound(&mut self, set: Vec<usize>) -> Bound {
        self.count += 1;
        let mut voters = 0;
        for &project in &set {
            for &(voter, _) in &self.ballots.supporters[project] {
                let seen = &mut self.seen[voter as usize];
                voters += i128::from(*seen != self.count);
                *seen = self.count;
            }
        }
        Bound { cost: self.ballots.total(&set), set, voters }
    }

    /// The burden that a set needs, against a stated one.
    fn against(bound: &Bound, burden: &Number) -> Ordering {
        (&burden.den * bound.cost).cmp(&(&burden.num * bound.voters))
    }

    fn round(&mut self, round: usize, stated: &Supported) -> Result<(), Refusal> {
        let winner = stated.project;
        let wrong = |at: &Self| Refusal::Price { run: RUN, round, project: at.ids[winner].clone() };
        if !self.is_open(winner) {
            return Err(Refusal::NotOpen { run: RUN, round, project: self.ids[winner].clone() });
        }
        for (project, set) in &stated.sets {
            let mut set = set.clone();
            set.sort_unstable();
            set.dedup();
            self.bounds[*project] = self.bound(set);
        }
        let open: Vec<usize> = (0..self.ids.len()).filter(|&project| self.is_open(project)).collect();
        // A set proves its burden for a project if nothing else is in it but what was bought.
        for &project in &open {
            let bound = &self.bounds[project];
            if bound.set.iter().any(|one| *one != project && !self.bought.contains(one)) || bound.voters == 0
            {
                return Err(Refusal::Price { run: RUN, round, project: self.ids[project].clone() });
            }
        }
        if Self::against(&self.bounds[winner], &stated.burden) != Ordering::Equal
            || !self.carries(winner, &stated.burden).ok_or_else(|| wrong(self))?
        {
            return Err(wrong(self));
        }
        for &other in open.iter().filter(|&&other| other != winner) {
            let project = self.ids[other].clone();
            match Self::against(&self.bounds[other], &stated.burden) {
                Ordering::Less => return Err(Refusal::Cheaper { run: RUN, round, project }),
                Ordering::Equal if self.ballots.rank[other] < self.ballots.rank[winner] => {
                    return Err(Refusal::Tie { run: RUN, round, project });
                }
                Ordering::Equal | Ordering::Greater => {}
            }
        }
        self.bought.push(winner);
        self.left -= self.ballots.costs[winner];
        Ok(())
    }

    /// The costs of what was bought and of the winner can be spread at this burden; nothing beyond 128 bits.
    fn carries(&self, winner: usize, burden: &Number) -> Option<bool> {
        let (num, den) = (i128::try_from(&burden.num).ok()?, i128::try_from(&burden.den).ok()?);
        let mut place = vec![None; self.ids.len()];
        let mut costs = Vec::new();
        for &project in self.bought.iter().chain([&winner]) {
            place[project] = u32::try_from(costs.len()).ok();
            costs.push(i128::from(self.ballots.costs[project]).checked_mul(den)?);
        }
        let mut groups: BTreeMap<Vec<u32>, i128> = BTreeMap::new();
        for entry in &self.ballots.entries {
            let wanted: Vec<u32> = entry.iter().filter_map(|&(project, _)| place[project as usize]).collect();
            if !wanted.is_empty() {
                let room = groups.entry(wanted).or_default();
                *room = room.checked_add(num)?;
            }
        }
        Some(spreads(&costs, &groups.into_iter().collect::<Vec<_>>()))
    }
}
