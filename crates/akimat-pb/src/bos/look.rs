//! What a project is worth at every limit to what a voter gives: only limits at which a voter gives the last coin, or
//! at which the cost is raised, can be the best.

use super::Unsure;
use super::history::{Counts, History, Record};
use super::money::{Group, Money};
use crate::span::Span;
use num_bigint::BigInt;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A project with a limit.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) project: usize,
    /// The group at which the limit stands: those before it give all they have.
    pub(super) at: usize,
    /// The supporters raise the whole cost.
    pub(super) full: bool,
    /// Units of those who are not before.
    rich: i64,
    /// Money of those before.
    poor: Span,
    /// The group of the limit, and its money.
    group: Group,
    money: Span,
    /// The price of gain divided by the part of the cost that is raised, in units smaller by [`MORE`] bits.
    pub(super) value: Span,
}

/// Bits by which values are finer than money.
pub(super) const MORE: u32 = 64;

/// Limits that might be the best by the filter, up to the one at which the cost is certainly raised.
fn sieve(money: &Money<'_>, groups: &[Group], cost: i64, gain: i64) -> Vec<usize> {
    #[expect(clippy::cast_precision_loss, reason = "the bounds hold the loss")]
    let float = |value: i64| value as f64;
    #[expect(clippy::cast_precision_loss, reason = "up to some millions of groups")]
    let error = (groups.len() as f64 + 16.0) * 2.0 * f64::EPSILON;
    let mut rich: i64 = groups.iter().map(|group| group.units * group.voters).sum();
    let (mut poor, mut slack) = (0.0, 0.0);
    let (mut least, mut found) = (f64::INFINITY, Vec::new());
    for (at, group) in groups.iter().enumerate() {
        let class = money.class(group.class);
        let price = class.about / float(group.units);
        let raised = poor + price * float(rich);
        let raised_error = raised * error + slack + class.slack / float(group.units) * float(rich);
        if raised + raised_error >= float(cost) * (1.0 - error) {
            found.push((at, 0.0));
            if raised - raised_error > float(cost) * (1.0 + error) {
                break;
            }
        } else {
            let off = error + class.slack / class.about + 2.0 * raised_error / raised;
            let part = raised / float(cost);
            let value = price / float(gain) / (part * part);
            if off < 0.1 && value.is_finite() && value > 0.0 {
                least = f64::min(least, value * (1.0 + 3.0 * off));
                found.push((at, value * (1.0 - 3.0 * off)));
            } else {
                found.push((at, 0.0));
            }
        }
        poor += class.about * float(group.voters);
        slack += class.slack * float(group.voters);
        rich -= group.units * group.voters;
    }
    found.into_iter().filter(|&(_, low)| low <= least).map(|(at, _)| at).collect()
}

/// The best limits of a project: several where the bounds do not tell them apart, none where nobody has money.
pub(super) fn look(
    money: &Money<'_>,
    history: &mut History,
    project: usize,
) -> Result<Vec<Candidate>, Unsure> {
    let (cost, gain) = (money.setting.cost(project), money.setting.gain_per_unit(project));
    let groups = money.groups(history, project)?;
    let mut poor = Span::exact(BigInt::from(0));
    let mut rich: i64 = groups.iter().map(|group| group.units * group.voters).sum();
    let mut sieved = sieve(money, &groups, cost, gain).into_iter().peekable();
    let mut found: Vec<Candidate> = Vec::new();
    for (at, &group) in groups.iter().enumerate() {
        if sieved.peek().is_none() {
            break;
        }
        let own = &money.class(group.class).money;
        if sieved.next_if_eq(&at).is_some() {
            let raised = poor.times(group.units).plus(&own.times(rich));
            let due = Span::exact((BigInt::from(cost) * group.units) << money.bits);
            let order = match raised.compare(&due) {
                Some(order) => order,
                None => raised_exactly(money, history, project, (at, group, rich))?,
            };
            let full = order != Ordering::Less;
            let value = if full {
                let missing = Span::exact(BigInt::from(cost) << money.bits).minus(&poor);
                Span::quotient(&missing.shifted(MORE), &Span::exact(BigInt::from(rich) * gain))
            } else {
                let above = own.times(group.units).times(cost).times(cost).shifted(2 * money.bits + MORE);
                Span::quotient(&above, &raised.by(&raised).times(gain))
            };
            let value = value.ok_or(Unsure)?;
            let (poor, money) = (poor.clone(), own.clone());
            found.push(Candidate { project, at, full, rich, poor, group, money, value });
            if full {
                break;
            }
        }
        poor = poor.plus(&own.times(group.voters));
        rich -= group.units * group.voters;
    }
    let least = found.iter().map(|candidate| &candidate.value.high).min().cloned();
    found.retain(|candidate| least.as_ref().is_none_or(|least| candidate.value.low <= *least));
    Ok(found)
}

/// What is raised at a limit against the cost, by forms.
fn raised_exactly(
    money: &Money<'_>,
    history: &mut History,
    project: usize,
    (at, group, rich): (usize, Group, i64),
) -> Result<Ordering, Unsure> {
    let (poor, limit) = counts(money, history, project, at, group)?;
    let raised = history.raised(&poor, &limit, group.units, rich);
    let due = crate::fraction::Fraction::whole(BigInt::from(money.setting.cost(project)) * group.units);
    let due = crate::form::Form::constant(due);
    crate::form::Product::of(raised).compare(&crate::form::Product::of(due)).ok_or(Unsure)
}

/// Money of those before a group, and of a voter of the group.
fn counts(
    money: &Money<'_>,
    history: &mut History,
    project: usize,
    at: usize,
    group: Group,
) -> Result<(Counts, Counts), Unsure> {
    let groups = money.groups(history, project)?;
    let before: BTreeSet<(u32, i64)> =
        groups.iter().take(at).map(|group| (group.class, group.units)).collect();
    let supporters = money.setting.profile.supporters(project).iter();
    let poor: Vec<u32> = supporters
        .filter(|&&(ballot, units)| before.contains(&(money.class_of(ballot), i64::from(units))))
        .map(|&(ballot, _)| ballot)
        .collect();
    let limit = history.counts_of_one(money.setting, money.class(group.class).ballot);
    Ok((history.counts(money.setting, &poor), limit))
}

impl Candidate {
    /// How its price comes about.
    pub(super) fn record(&self, money: &Money<'_>, history: &mut History) -> Result<Record, Unsure> {
        let (poor, limit) = counts(money, history, self.project, self.at, self.group)?;
        let limit = (!self.full).then_some((limit, self.group.units));
        Ok(Record { cost: money.setting.cost(self.project), poor, rich: self.rich, limit })
    }

    /// What a supporter pays for a unit, money permitting.
    pub(super) fn price(&self, money: &Money<'_>) -> Result<Span, Unsure> {
        let cost = money.setting.cost(self.project);
        let price = if self.full {
            let missing = Span::exact(BigInt::from(cost) << money.bits).minus(&self.poor);
            Span::quotient(&missing, &Span::exact(BigInt::from(self.rich)))
        } else {
            Span::quotient(&self.money.times(cost).shifted(money.bits), &self.raised())
        };
        price.ok_or(Unsure)
    }

    /// What is raised, times the units of the group at the limit.
    fn raised(&self) -> Span {
        self.poor.times(self.group.units).plus(&self.money.times(self.rich))
    }

    /// The part of the cost that is raised, one at most.
    pub(super) fn part(&self, money: &Money<'_>) -> Result<Span, Unsure> {
        let cost = BigInt::from(money.setting.cost(self.project));
        if self.full {
            return Ok(Span::exact(BigInt::from(1) << money.bits));
        }
        Span::quotient(&self.raised(), &Span::exact(cost * self.group.units)).ok_or(Unsure)
    }
}
