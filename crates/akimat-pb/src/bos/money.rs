//! Money of the voters, by classes of those who hold the same, each between two bounds.

use super::Unsure;
use super::history::History;
use crate::form::Product;
use crate::fraction::Fraction;
use crate::setting::Setting;
use crate::span::Span;
use num_bigint::BigInt;
use std::cmp::Ordering;

/// Voters who hold the same money.
#[derive(Debug, Clone)]
pub(super) struct Class {
    pub(super) money: Span,
    /// The lower bound in units of the election, about; off by a factor of less than 1e-15 where it is not zero.
    pub(super) about: f64,
    /// The distance of the bounds, at most.
    pub(super) slack: f64,
    /// A merged ballot of the class.
    pub(super) ballot: u32,
}

/// Supporters of a project who hold the same money and gain the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) class: u32,
    pub(super) units: i64,
    pub(super) voters: i64,
}

/// All classes, those with less money first; the class 0 has none.
#[derive(Debug)]
pub(super) struct Money<'a> {
    pub(super) setting: &'a Setting<'a>,
    pub(super) bits: u32,
    pub(super) classes: Vec<Class>,
    /// Class of each merged ballot.
    of: Vec<u32>,
}

/// Bounds that are nearer to each other than this are compared exactly.
const NEAR: f64 = 1e-12;

impl Class {
    pub(super) fn new(money: Span, bits: u32, ballot: u32) -> Self {
        let slack = about(&(&money.high - &money.low), bits) * (1.0 + NEAR);
        Self { about: about(&money.low, bits), slack, money, ballot }
    }
}

/// A number as a binary float, rounded down to its first 64 bits; zero where it is too small for one.
fn about(value: &BigInt, bits: u32) -> f64 {
    let shift = value.bits().saturating_sub(64);
    let first = u64::try_from(value >> shift).unwrap_or(0);
    let exponent = i32::try_from(shift).unwrap_or(i32::MAX).saturating_sub_unsigned(bits);
    #[expect(clippy::cast_precision_loss, reason = "a figure of the filter")]
    let first = first as f64;
    // Two steps, so that the power itself is no longer too small for a float.
    first * 2f64.powi(exponent / 2) * 2f64.powi(exponent - exponent / 2)
}

impl<'a> Money<'a> {
    pub(super) fn new(setting: &'a Setting<'a>, bits: u32, share: &Fraction) -> Self {
        let low: BigInt = (share.num() << bits) / share.den();
        let high = if &low * share.den() == share.num() << bits { low.clone() } else { &low + 1 };
        let spent = Class::new(Span::exact(BigInt::from(0)), bits, u32::MAX);
        let all = Class::new(Span { low, high }, bits, 0);
        Self { setting, bits, classes: vec![spent, all], of: vec![1; setting.profile.n_ballots()] }
    }

    pub(super) fn class_of(&self, ballot: u32) -> u32 {
        self.of[ballot as usize]
    }

    pub(super) fn class(&self, class: u32) -> &Class {
        &self.classes[class as usize]
    }

    /// Supporters who have money, those first who can pay least for a unit.
    pub(super) fn groups(&self, history: &mut History, project: usize) -> Result<Vec<Group>, Unsure> {
        let mut found: Vec<(u32, u32, u32)> = Vec::new();
        for &(ballot, units) in self.setting.profile.supporters(project) {
            let class = self.class_of(ballot);
            if class > 0 {
                found.push((class, units, self.setting.profile.weight(ballot as usize)));
            }
        }
        found.sort_unstable();
        let mut groups: Vec<Group> = Vec::new();
        for (class, units, voters) in found {
            let (units, voters) = (i64::from(units), i64::from(voters));
            match groups.last_mut() {
                Some(last) if last.class == class && last.units == units => last.voters += voters,
                _ => groups.push(Group { class, units, voters }),
            }
        }
        if groups.iter().any(|group| group.units != 1) {
            groups.sort_by(|&a, &b| self.order(a, b));
            for pair in groups.windows(2) {
                let &[a, b] = pair else { continue };
                self.ordered(history, a, b)?;
            }
        }
        Ok(groups)
    }

    /// The order of the lower bounds of money for a unit.
    fn order(&self, a: Group, b: Group) -> Ordering {
        let of = |group: Group| {
            #[expect(clippy::cast_precision_loss, reason = "units fit into 32 bits")]
            let units = group.units as f64;
            self.class(group.class).about / units
        };
        let (x, y) = (of(a), of(b));
        if x > 0.0 && y > 0.0 && (x - y).abs() > NEAR * x.max(y) {
            return x.total_cmp(&y);
        }
        let low = |group: Group, other: Group| &self.class(group.class).money.low * other.units;
        low(a, b).cmp(&low(b, a))
    }

    /// One pays no more for a unit than the next, certainly.
    fn ordered(&self, history: &mut History, a: Group, b: Group) -> Result<bool, Unsure> {
        let (money_a, money_b) = (&self.class(a.class).money, &self.class(b.class).money);
        if &money_a.high * b.units < &money_b.low * a.units {
            return Ok(false);
        }
        let of = |history: &mut History, group: Group, units: i64| {
            let counts = history.counts_of_one(self.setting, self.class(group.class).ballot);
            Product::of(history.money(&counts)).times(&Fraction::whole(units))
        };
        let (a, b) = (of(history, a, b.units), of(history, b, a.units));
        match a.compare(&b) {
            Some(Ordering::Equal) => Ok(true),
            Some(Ordering::Less) => Ok(false),
            Some(Ordering::Greater) | None => Err(Unsure),
        }
    }

    /// Puts supporters of a project into new classes: those of each group keep some money, or none.
    pub(super) fn pay(
        &mut self,
        history: &mut History,
        project: usize,
        paid: &[(Group, Option<Span>)],
    ) -> Result<(), Unsure> {
        let mut place = std::collections::BTreeMap::new();
        let first = self.classes.len();
        for (group, left) in paid {
            let class = match left {
                None => 0,
                Some(money) => {
                    self.classes.push(Class::new(money.clone(), self.bits, u32::MAX));
                    self.classes.len() - 1
                }
            };
            place.insert((group.class, group.units), u32::try_from(class).unwrap_or(u32::MAX));
        }
        for &(ballot, units) in self.setting.profile.supporters(project) {
            let class = &mut self.of[ballot as usize];
            if let Some(&new) = place.get(&(*class, i64::from(units))).filter(|_| *class > 0) {
                *class = new;
                if new as usize >= first {
                    self.classes[new as usize].ballot = ballot;
                }
            }
        }
        self.settle(history)
    }

    /// Brings the classes into their order; those of equal money become one.
    fn settle(&mut self, history: &mut History) -> Result<(), Unsure> {
        let mut used = vec![u32::MAX; self.classes.len()];
        for (ballot, &class) in (0u32..).zip(&self.of) {
            used[class as usize] = ballot;
        }
        let mut order: Vec<u32> = (1u32..)
            .zip(&used[1..])
            .filter(|(_, ballot)| **ballot != u32::MAX)
            .map(|(class, _)| class)
            .collect();
        let alone = |class: u32| Group { class, units: 1, voters: 1 };
        for &class in &order {
            self.classes[class as usize].ballot = used[class as usize];
        }
        order.sort_by(|&a, &b| self.order(alone(a), alone(b)));
        let mut number = vec![0u32; self.classes.len()];
        let mut classes: Vec<Class> = vec![self.classes[0].clone()];
        let mut before: Option<u32> = None;
        for class in order {
            let same = match before {
                Some(before) => self.ordered(history, alone(before), alone(class))?,
                None => false,
            };
            if !same {
                classes.push(self.classes[class as usize].clone());
            }
            number[class as usize] = u32::try_from(classes.len() - 1).unwrap_or(u32::MAX);
            before = Some(class);
        }
        self.classes = classes;
        self.of.iter_mut().for_each(|class| *class = number[*class as usize]);
        Ok(())
    }
}
