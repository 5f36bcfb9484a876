//! The rounds of Equal Shares with bounded overspending.
//!
//! Money is kept between bounds, for classes of voters who paid the same. For each round the winner's value, the least
//! of (price of gain) / (part of the cost raised at it)², is computed, and every other open project has none below
//! it. Where bounds overlap, fractions decide as long as they are small; otherwise the bounds become finer.

use crate::ballots::Ballots;
use crate::number::{Number, Range};
use crate::refusal::Refusal;
use crate::told::Overspent;
use num_bigint::BigInt;
use std::cmp::Ordering;
use std::collections::BTreeMap;

const RUN: &str = "rounds";
/// Bits after the point, at first and at last.
const BITS: std::ops::RangeInclusive<u32> = 192..=3072;
/// Values are finer than money by so many bits.
const MORE: u32 = 64;
/// Fractions are given up where those of all classes together might have more bits.
const EXACT_MAX: u64 = 1 << 18;

/// Neither bounds nor fractions decide.
struct Unsure;

enum Stop {
    Unsure,
    Refused(Refusal),
}

impl From<Unsure> for Stop {
    fn from(Unsure: Unsure) -> Self {
        Self::Unsure
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

#[derive(Clone)]
struct Class {
    money: Range,
    exact: Option<Number>,
}

/// Supporters of one class who gain the same.
#[derive(Clone, Copy)]
struct Group {
    class: usize,
    units: i64,
    voters: i64,
}

/// A limit to what a unit may cost: a voter of a group gives the last coin, or the whole cost is raised.
#[derive(Clone)]
struct Limit {
    at: usize,
    full: bool,
    value: Range,
}

struct State<'a> {
    ballots: &'a Ballots,
    ids: &'a [String],
    bits: u32,
    /// The class 0 has nothing.
    classes: Vec<Class>,
    class_of: Vec<usize>,
    bought: Vec<usize>,
    left: i128,
    /// Values known from below; they only grow.
    bounds: Vec<BigInt>,
}

/// Checks all rounds; returns the projects bought.
pub(crate) fn check_overspending(
    ballots: &Ballots,
    ids: &[String],
    free: &[usize],
    stated: &Overspent,
) -> Result<Vec<usize>, Refusal> {
    let mut bits = *BITS.start();
    while BITS.contains(&bits) {
        match State::new(ballots, ids, free, bits).check(stated) {
            Ok(bought) => return Ok(bought),
            Err(Stop::Refused(refusal)) => return Err(refusal),
            Err(Stop::Unsure) => bits *= 2,
        }
    }
    Err(Refusal::Unsupported { what: "precision".to_owned() })
}

impl<'a> State<'a> {
    fn new(ballots: &'a Ballots, ids: &'a [String], free: &[usize], bits: u32) -> Self {
        let voters = BigInt::from(ballots.entries.len().max(1));
        let share = Number { num: BigInt::from(ballots.budget), den: voters };
        let zero = Number { num: BigInt::from(0), den: BigInt::from(1) };
        let class = |exact: Number| Class { money: Range::of(&exact, bits), exact: Some(exact) };
        Self {
            ballots,
            ids,
            bits,
            classes: vec![class(zero), class(share)],
            class_of: vec![1; ballots.entries.len()],
            bought: free.to_vec(),
            left: i128::from(ballots.budget),
            bounds: vec![BigInt::from(0); ids.len()],
        }
    }

    fn check(mut self, stated: &Overspent) -> Result<Vec<usize>, Stop> {
        let free = self.bought.len();
        for (at, round) in stated.rounds.iter().enumerate() {
            let project = self.ids[round.project].clone();
            if !self.is_open(round.project) {
                return Err(Refusal::NotOpen { run: RUN, round: at + 1, project }.into());
            }
            let groups = self.groups(round.project);
            let Some(limit) = self.best(round.project, &groups)? else {
                return Err(Refusal::Price { run: RUN, round: at + 1, project }.into());
            };
            self.others(at, round.project, &limit, stated)?;
            self.pay(at, round, &groups, &limit)?;
            self.bought.push(round.project);
            self.left -= i128::from(self.ballots.costs[round.project]);
        }
        let open = (0..self.ids.len()).find(|&one| self.is_open(one) && !self.groups(one).is_empty());
        match open {
            Some(one) => Err(Refusal::Unfinished { run: RUN, project: self.ids[one].clone() }.into()),
            None => Ok(self.bought.split_off(free)),
        }
    }

    fn is_small(&self, exact: &Number) -> bool {
        exact.bits() * (self.classes.len() as u64) <= EXACT_MAX
    }

    fn is_open(&self, project: usize) -> bool {
        let cost = self.ballots.costs[project];
        cost > 0 && i128::from(cost) <= self.left && self.ballots.is_open(project, &self.bought)
    }

    /// Supporters with money, about in the order of what they can pay for a unit: that of the lower bounds.
    fn groups(&self, project: usize) -> Vec<Group> {
        let mut found: BTreeMap<(usize, i64), i64> = BTreeMap::new();
        for &(voter, units) in &self.ballots.supporters[project] {
            let class = self.class_of[voter as usize];
            if class > 0 {
                *found.entry((class, units)).or_default() += 1;
            }
        }
        let mut groups: Vec<Group> =
            found.into_iter().map(|((class, units), voters)| Group { class, units, voters }).collect();
        let low = |group: &Group, other: &Group| &self.classes[group.class].money.low * other.units;
        groups.sort_by(|a, b| low(a, b).cmp(&low(b, a)));
        groups
    }

    /// The limits that might have the least value.
    fn limits(&self, project: usize, groups: &[Group]) -> Result<Vec<Limit>, Unsure> {
        let (cost, gain) = (self.ballots.costs[project], self.ballots.gain(project));
        let due = Range::whole(cost).shifted(self.bits);
        let mut poor = Range::whole(0);
        let mut rich: i64 = groups.iter().map(|group| group.units * group.voters).sum();
        let mut limits: Vec<Limit> = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            let own = &self.classes[group.class].money;
            let raised = poor.times(group.units).plus(&own.times(rich));
            let order = raised.compare(&due.times(group.units));
            let full = match order {
                Some(order) => order != Ordering::Less,
                None => {
                    self.raised(groups, at).ok_or(Unsure)?
                        >= Number { num: BigInt::from(cost), den: BigInt::from(1) }
                }
            };
            let value = if full {
                due.minus(&poor).shifted(MORE).over(&Range::whole(rich).times(gain))
            } else {
                let above = own.times(group.units).times(cost).times(cost).shifted(2 * self.bits + MORE);
                above.over(&raised.by(&raised).times(gain))
            };
            limits.push(Limit { at, full, value: value.ok_or(Unsure)? });
            if full {
                break;
            }
            poor = poor.plus(&own.times(group.voters));
            rich -= group.units * group.voters;
        }
        let most = limits.iter().map(|limit| limit.value.high.clone()).min();
        limits.retain(|limit| most.as_ref().is_none_or(|most| limit.value.low <= *most));
        Ok(limits)
    }

    /// Money of those before a group, and units of the others; exactly.
    fn split(&self, groups: &[Group], at: usize) -> Option<(Number, i64)> {
        let sorted = groups.windows(2).all(|pair| match pair {
            [a, b] => match (&self.classes[a.class].exact, &self.classes[b.class].exact) {
                (Some(x), Some(y)) => &x.num * &y.den * b.units <= &y.num * &x.den * a.units,
                _ => false,
            },
            _ => true,
        });
        if !sorted {
            return None;
        }
        let mut poor = Number { num: BigInt::from(0), den: BigInt::from(1) };
        for group in groups.iter().take(at) {
            let money = self.classes[group.class].exact.as_ref()?;
            poor = Number {
                num: &poor.num * &money.den + &money.num * group.voters * &poor.den,
                den: poor.den * &money.den,
            }
            .reduced();
        }
        Some((poor, groups.iter().skip(at).map(|group| group.units * group.voters).sum()))
    }

    /// What is raised when a group gives all it has; exactly.
    fn raised(&self, groups: &[Group], at: usize) -> Option<Number> {
        let (poor, rich) = self.split(groups, at)?;
        let own = self.classes[groups.get(at)?.class].exact.as_ref()?;
        let den = &own.den * groups.get(at)?.units;
        Some(Number { num: &poor.num * &den + &own.num * rich * &poor.den, den: poor.den * den }.reduced())
    }

    /// The price of a unit of a limit; exactly.
    fn price(&self, project: usize, groups: &[Group], limit: &Limit) -> Option<Number> {
        let cost = self.ballots.costs[project];
        if limit.full {
            let (poor, rich) = self.split(groups, limit.at)?;
            return Some(Number { num: &poor.den * cost - &poor.num, den: poor.den * rich }.reduced());
        }
        let (raised, group) = (self.raised(groups, limit.at)?, groups.get(limit.at)?);
        let own = self.classes[group.class].exact.as_ref()?;
        let den = &own.den * group.units * &raised.num;
        Some(Number { num: &own.num * cost * &raised.den, den }.reduced())
    }

    /// The value of a limit; exactly.
    fn value(&self, project: usize, groups: &[Group], limit: &Limit) -> Option<Number> {
        let (price, gain) = (self.price(project, groups, limit)?, self.ballots.gain(project));
        if limit.full {
            return Some(Number { num: price.num, den: price.den * gain });
        }
        let raised = self.raised(groups, limit.at)?;
        let num = price.num * self.ballots.costs[project] * &raised.den;
        Some(Number { num, den: price.den * gain * &raised.num })
    }

    /// The limit with the least value, of equal ones the highest; nothing where nobody has money.
    fn best(&self, project: usize, groups: &[Group]) -> Result<Option<Limit>, Unsure> {
        let mut limits = self.limits(project, groups)?.into_iter();
        let Some(mut best) = limits.next() else { return Ok(None) };
        for limit in limits {
            let order = match limit.value.compare(&best.value) {
                Some(order) => order,
                None => {
                    let value = |limit| self.value(project, groups, limit).ok_or(Unsure);
                    value(&limit)?.cmp(&value(&best)?)
                }
            };
            if order != Ordering::Greater {
                best = limit;
            }
        }
        Ok(Some(best))
    }

    /// No other open project has a lower value; equal ones are told, and stand later in the order.
    fn others(&mut self, at: usize, winner: usize, limit: &Limit, stated: &Overspent) -> Result<(), Stop> {
        let own = self.groups(winner);
        for other in 0..self.ids.len() {
            if other == winner || !self.is_open(other) || self.bounds[other] > limit.value.high {
                continue;
            }
            let groups = self.groups(other);
            let limits = self.limits(other, &groups)?;
            if let Some(low) = limits.iter().map(|limit| &limit.value.low).min() {
                self.bounds[other] = low.clone();
            }
            for found in &limits {
                let order = match found.value.compare(&limit.value) {
                    Some(order) => order,
                    None => {
                        let found = self.value(other, &groups, found).ok_or(Unsure)?;
                        found.cmp(&self.value(winner, &own, limit).ok_or(Unsure)?)
                    }
                };
                let (round, project) = (at + 1, self.ids[other].clone());
                let told = stated.ties.iter().any(|(tied, all)| *tied == at && all.contains(&other));
                let later = self.ballots.rank[other] > self.ballots.rank[winner];
                match order {
                    Ordering::Less => return Err(Refusal::Cheaper { run: RUN, round, project }.into()),
                    Ordering::Equal if !told || !later => {
                        return Err(Refusal::Tie { run: RUN, round, project }.into());
                    }
                    Ordering::Equal | Ordering::Greater => {}
                }
            }
        }
        Ok(())
    }

    fn pay(
        &mut self,
        at: usize,
        stated: &crate::told::OverspentRound,
        groups: &[Group],
        limit: &Limit,
    ) -> Result<(), Stop> {
        let project = stated.project;
        let wrong =
            |ids: &[String]| Refusal::Price { run: RUN, round: at + 1, project: ids[project].clone() };
        let cost = self.ballots.costs[project];
        let group = groups.get(limit.at).ok_or(Unsure)?;
        let own = self.classes[group.class].money.clone();
        let poor = groups.iter().take(limit.at).fold(Range::whole(0), |sum, group| {
            sum.plus(&self.classes[group.class].money.times(group.voters))
        });
        let rich = groups.iter().skip(limit.at).map(|group| group.units * group.voters).sum::<i64>();
        let price = if limit.full {
            Range::whole(cost).shifted(self.bits).minus(&poor).over(&Range::whole(rich))
        } else {
            own.times(cost).shifted(self.bits).over(&poor.times(group.units).plus(&own.times(rich)))
        };
        let price = price.ok_or(Unsure)?;
        let exact = self.price(project, groups, limit).filter(|exact| self.is_small(exact));
        if !price.meets(&stated.low, &stated.high, self.bits) {
            return Err(wrong(self.ids).into());
        }
        let mut after: BTreeMap<(usize, i64), usize> = BTreeMap::new();
        let mut n_full = 0;
        for group in groups {
            let class = self.pays(&self.classes[group.class], group.units, &price, exact.as_ref())?;
            let new = match class {
                None => 0,
                Some(class) => {
                    n_full += group.voters;
                    self.classes.push(class);
                    self.classes.len() - 1
                }
            };
            after.insert((group.class, group.units), new);
        }
        for &(voter, units) in &self.ballots.supporters[project] {
            let class = &mut self.class_of[voter as usize];
            if let Some(&new) = after.get(&(*class, units)) {
                *class = new;
            }
        }
        let all = i64::try_from(self.ballots.supporters[project].len()).unwrap_or(i64::MAX);
        if (stated.full, stated.rest) != (n_full, all - n_full) {
            return Err(wrong(self.ids).into());
        }
        Ok(())
    }

    /// What a voter of a class keeps; nothing where it is all due.
    fn pays(
        &self,
        class: &Class,
        units: i64,
        price: &Range,
        exact: Option<&Number>,
    ) -> Result<Option<Class>, Unsure> {
        let due = price.times(units);
        let left = match (&class.exact, exact) {
            (Some(money), Some(price)) => {
                let num = &money.num * &price.den - &price.num * units * &money.den;
                Some(Number { num, den: &money.den * &price.den }.reduced())
            }
            _ => None,
        };
        let order = match (class.money.compare(&due), &left) {
            (Some(order), _) => order,
            (None, Some(left)) => left.num.sign().cmp(&num_bigint::Sign::NoSign),
            (None, None) => return Err(Unsure),
        };
        if order != Ordering::Greater {
            return Ok(None);
        }
        let money = class.money.minus(&due);
        let exact = left.filter(|left| self.is_small(left));
        if money.low <= BigInt::from(0) { Err(Unsure) } else { Ok(Some(Class { money, exact })) }
    }
}
