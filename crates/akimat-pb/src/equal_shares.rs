//! The Method of Equal Shares at one share: everyone holds the same money, and supporters buy the project that costs
//! them least for what they gain, until nothing can be bought.
//!
//! Source: Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with Additive Utilities" (2021). The
//! computed prices are filters with proven errors ([`crate::purse`]); where two of them overlap, exact fractions
//! decide ([`crate::exact`]).

use crate::exact::{Exact, Step};
use crate::fraction::Fraction;
use crate::purse::{Price, Purses, TooLarge};
use crate::setting::Setting;
use crate::share::Share;
use num_bigint::BigInt;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Projects that exactly the same price made equal in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Round, counted from 0 over the projects bought at a price.
    pub round: usize,
    /// All tied projects, the winner first.
    pub projects: Vec<usize>,
}

/// What a run at one share bought.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) steps: Vec<Step>,
    /// For each round a price of gain that the winner's does not exceed; infinite where no bound is known.
    highs: Vec<f64>,
    pub(crate) ties: Vec<Tie>,
}

impl Run {
    /// Projects bought, in order.
    pub(crate) fn winners(&self) -> Vec<usize> {
        self.steps.iter().map(|step| step.project).collect()
    }

    /// The same projects were bought in the same order.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let projects = |run: &Self| run.winners();
        self.steps.len() == other.steps.len() && projects(self) == projects(other)
    }
}

/// Up to this factor a product or quotient of two binary floats may be off.
const FLOAT_ERROR: f64 = 4.0 * f64::EPSILON;

/// What the filter knows of a project.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Computed price of a unit, never above a later one.
    price: i64,
    rich_units: i64,
    /// Round in which it was computed, counted from 1.
    round: usize,
    /// The price comes from exact arithmetic.
    exact: bool,
}

struct Engine<'a> {
    setting: &'a Setting<'a>,
    share: Share,
    purses: Purses<'a>,
    known: Vec<Known>,
    /// Price of gain from below, and the project; the least first.
    heap: BinaryHeap<Reverse<(u64, u32)>>,
    exact: Option<Exact<'a>>,
    run: Run,
}

/// Runs the method at a share.
///
/// # Errors
/// [`TooLarge`].
pub(crate) fn run(setting: &Setting<'_>, share: Share) -> Result<Run, TooLarge> {
    run_without(setting, share, None)
}

/// Runs the method at a share as if one project did not stand for election.
///
/// # Errors
/// [`TooLarge`].
pub(crate) fn run_without(
    setting: &Setting<'_>,
    share: Share,
    without: Option<usize>,
) -> Result<Run, TooLarge> {
    let mut engine = Engine::new(setting, share, without)?;
    let mut round = 0;
    loop {
        round += 1;
        let Some((leader, high, rivals)) = engine.leader(round) else { return Ok(engine.run) };
        if rivals.is_empty() && high.is_finite() {
            engine.buy(leader, high);
        } else if let Some((winner, high)) = engine.decide(leader, rivals, round) {
            engine.buy(winner, high);
        }
    }
}

/// Runs the method at a larger share along a known run at a smaller one. Where it returns, every share between the two
/// buys the same projects in the same order, without ties: with the same winners, more money for everyone leaves
/// everyone with more, so prices at the larger share are below those at any share between, and the winner's price
/// at the smaller share is above.
///
/// # Errors
/// [`TooLarge`].
pub(crate) fn run_along(setting: &Setting<'_>, share: Share, below: &Run) -> Result<Option<Run>, TooLarge> {
    let mut engine = Engine::new(setting, share, None)?;
    for (at, (step, &limit)) in below.steps.iter().zip(&below.highs).enumerate() {
        if !limit.is_finite() || !engine.all_above(limit, step.project, at + 1) {
            return Ok(None);
        }
        let from = engine.known[step.project].price;
        let Price::At { price, rich_units } = engine.purses.price(step.project, from) else {
            return Ok(None);
        };
        engine.known[step.project] = Known { price, rich_units, round: at + 1, exact: false };
        let high = engine.high(step.project);
        engine.buy(step.project, high);
    }
    let bought: Vec<usize> = engine.run.winners();
    let nothing_left = engine.all_above(f64::INFINITY, usize::MAX, bought.len() + 1);
    Ok((nothing_left && engine.heap.is_empty()).then_some(engine.run))
}

impl<'a> Engine<'a> {
    fn new(setting: &'a Setting<'a>, share: Share, without: Option<usize>) -> Result<Self, TooLarge> {
        let purses = Purses::new(setting, share)?;
        let none = Known { price: 0, rich_units: 1, round: 0, exact: false };
        let mut engine = Self {
            setting,
            share,
            known: vec![none; setting.n_projects()],
            heap: BinaryHeap::new(),
            exact: None,
            run: Run { steps: Vec::new(), highs: Vec::new(), ties: Vec::new() },
            purses,
        };
        for project in setting.wanted().filter(|&project| Some(project) != without) {
            let Some(cost) = engine.purses.cost(project) else { continue };
            let units = i64::try_from(setting.profile.total(project)).unwrap_or(i64::MAX);
            let price = crate::purse::div_ceil(cost, units);
            engine.known[project] = Known { price, rich_units: units, ..none };
            engine.push(project);
        }
        Ok(engine)
    }

    /// A price of a unit as a price of gain, from below and from above.
    fn gain_price(&self, project: usize, price: i64) -> (f64, f64) {
        #[expect(clippy::cast_precision_loss, reason = "the bounds hold the loss")]
        let ratio = price as f64 / self.setting.gain_per_unit(project) as f64;
        (ratio * (1.0 - FLOAT_ERROR), ratio * (1.0 + FLOAT_ERROR))
    }

    fn low(&self, project: usize) -> f64 {
        let known = self.known[project];
        let price = if known.exact {
            (known.price - 1).max(0)
        } else {
            self.purses.at_least(known.price, known.rich_units)
        };
        self.gain_price(project, price).0
    }

    fn high(&self, project: usize) -> f64 {
        let known = self.known[project];
        if known.exact {
            return self.gain_price(project, known.price).1;
        }
        let most = self.purses.at_most(project, known.price, known.rich_units);
        most.map_or(f64::INFINITY, |most| self.gain_price(project, most).1)
    }

    fn push(&mut self, project: usize) {
        let place = u32::try_from(project).unwrap_or(u32::MAX);
        // Bits of floats of zero or more are ordered as the floats.
        self.heap.push(Reverse((self.low(project).to_bits(), place)));
    }

    /// Computes the price anew on the money of now; false where the project is out for good.
    fn refresh(&mut self, project: usize, round: usize) -> bool {
        let from = self.known[project].price;
        match self.purses.price(project, from) {
            Price::Out => false,
            Price::At { price, rich_units } => {
                self.known[project] = Known { price, rich_units, round, exact: false };
                true
            }
            Price::Unsure => {
                let exact = self.exact();
                let Some(price) = exact.price(project) else { return false };
                let price = exact.in_small_units(&price);
                self.known[project] = Known { price, rich_units: 1, round, exact: true };
                true
            }
        }
    }

    /// The project of the least computed price, a price that it does not exceed, and those that might not cost more.
    fn leader(&mut self, round: usize) -> Option<(usize, f64, Vec<usize>)> {
        let leader = loop {
            let Reverse((_, place)) = self.heap.pop()?;
            let project = place as usize;
            if self.known[project].round == round {
                break project;
            }
            if self.refresh(project, round) {
                self.push(project);
            }
        };
        let is_clear = |this: &Self, high: f64| {
            this.heap.peek().is_none_or(|Reverse((low, _))| f64::from_bits(*low) > high)
        };
        let high = self.high(leader);
        let mut rivals = Vec::new();
        while !is_clear(self, high) {
            let Some(Reverse((_, place))) = self.heap.pop() else { break };
            let project = place as usize;
            if self.known[project].round == round {
                rivals.push(project);
            } else if self.refresh(project, round) {
                self.push(project);
            }
        }
        Some((leader, high, rivals))
    }

    fn exact(&mut self) -> &Exact<'a> {
        let mut exact = self.exact.take().unwrap_or_else(|| {
            // The money of all fitted at the begin, so it fits again.
            let purses = Purses::new(self.setting, self.share).unwrap_or_else(|_| self.purses.clone());
            Exact::new(self.setting, self.share, purses)
        });
        exact.follow(&self.run.steps);
        self.exact.insert(exact)
    }

    /// Exact prices decide between projects whose computed prices overlap; ties by the published order. Nothing where
    /// none of them can be paid.
    fn decide(&mut self, leader: usize, rivals: Vec<usize>, round: usize) -> Option<(usize, f64)> {
        let setting = self.setting;
        let mut candidates = rivals;
        candidates.push(leader);
        let exact = self.exact();
        let mut priced = Vec::new();
        for project in candidates {
            let Some(price) = exact.price(project) else { continue };
            let gain = Fraction::whole(BigInt::from(setting.gain_per_unit(project)));
            priced.push((project, exact.fraction(&price).over(&gain), exact.in_small_units(&price)));
        }
        let least = priced.iter().map(|(_, price, _)| price.clone()).min();
        let mut tied: Vec<usize> = Vec::new();
        for (project, price, small) in &priced {
            self.known[*project] = Known { price: *small, rich_units: 1, round, exact: true };
            if Some(price) == least.as_ref() {
                tied.push(*project);
            }
        }
        tied.sort_by_key(|&project| setting.rank(project));
        let winner = *tied.first()?;
        for (project, _, _) in priced.iter().filter(|(project, _, _)| *project != winner) {
            self.push(*project);
        }
        if tied.len() > 1 {
            self.run.ties.push(Tie { round: self.run.steps.len(), projects: tied });
            return Some((winner, f64::INFINITY));
        }
        Some((winner, self.high(winner)))
    }

    fn buy(&mut self, project: usize, high: f64) {
        let rivals = self.setting.rivals(project);
        if !rivals.is_empty() {
            self.heap.retain(|Reverse((_, place))| !rivals.contains(&(*place as usize)));
        }
        let price = self.known[project].price;
        self.purses.pay(project, price);
        self.run.steps.push(Step { project, price });
        self.run.highs.push(high);
    }

    /// Every other project certainly costs more than the limit, or can certainly not be paid.
    fn all_above(&mut self, limit: f64, but: usize, round: usize) -> bool {
        let mut aside = None;
        while let Some(&Reverse((low, place))) = self.heap.peek() {
            if f64::from_bits(low) > limit {
                break;
            }
            let project = place as usize;
            self.heap.pop();
            if project == but {
                aside = Some(project);
                continue;
            }
            if self.known[project].round == round {
                return false;
            }
            match self.purses.price(project, self.known[project].price) {
                Price::Out => {}
                Price::Unsure => return false,
                Price::At { price, rich_units } => {
                    self.known[project] = Known { price, rich_units, round, exact: false };
                    self.push(project);
                }
            }
        }
        // The winner stays out of the heap; where it was not reached yet, it is taken out now.
        if aside.is_none() && but != usize::MAX {
            self.heap.retain(|Reverse((_, place))| *place as usize != but);
        }
        true
    }
}
