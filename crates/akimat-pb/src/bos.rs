//! The Method of Equal Shares with bounded overspending (BOS): supporters may buy a project that they cannot pay whole,
//! the more of it they raise the better, as long as the money of the budget does.
//!
//! Source: Papasotiropoulos, Pishbin, Skibski, Skowron, Wąs, "Method of Equal Shares with Bounded Overspending" (arXiv
//! 2409.15005). If nobody gives more than λ for a unit of gain, the supporters raise the part α ≤ 1 of the cost; the
//! project with the least λ / α² over all λ is bought, and everyone gives up to λ / α for a unit of gain, as if for the
//! whole project. With α = 1 this is a round of Equal Shares.
//!
//! Prices are nested fractions whose size doubles with each round of α < 1. So money is kept between bounds, and the
//! count begins again with bounds twice as fine where they do not decide; what is exactly equal is shown by forms
//! ([`crate::form`]), or by the fractions themselves while they are small.

mod history;
mod look;
mod money;

use crate::equal_shares::Tie;
use crate::form::Product;
use crate::fraction::Fraction;
use crate::setting::Setting;
use crate::share::Share;
use crate::span::Span;
use history::History;
use look::{Candidate, look};
use money::{Group, Money};
use num_bigint::BigInt;
use std::cmp::{Ordering, Reverse};

/// Bits after the point with which a count begins.
const BITS_FIRST: u32 = 128;
/// Bits after the point beyond which it is given up.
const BITS_LAST: u32 = 8192;

/// The bounds do not decide, and neither do forms.
#[derive(Debug, Clone, Copy)]
struct Unsure;

/// No precision that is tried decides a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("two figures of a round differ by less than 2^-{BITS_LAST}, or their equality cannot be shown")]
pub struct Undecided;

/// A number between two bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// Not above it.
    pub low: Fraction,
    /// Not below it.
    pub high: Fraction,
}

/// A project that was bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overspent {
    /// The project, by index.
    pub project: usize,
    /// Price of a unit of the ballot.
    pub price: Between,
    /// The price as a fraction, as long as fractions are small.
    pub exact: Option<Fraction>,
    /// The part of the cost that the supporters raise without overspending; one where they hold the cost.
    pub part: Between,
    /// Voters who paid in full and have money left.
    pub n_full: u64,
    /// Voters who have nothing left.
    pub n_rest: u64,
}

/// What was bought, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overspending {
    /// The rounds.
    pub steps: Vec<Overspent>,
    /// Rounds in which several projects were exactly equal.
    pub ties: Vec<Tie>,
    /// Money that is left with the supporters of each project that could be wanted and was not bought.
    pub left: Vec<(usize, Between)>,
}

/// Runs the rule.
///
/// # Errors
/// [`Undecided`].
pub fn bos(setting: &Setting<'_>) -> Result<Overspending, Undecided> {
    bos_from(setting, BITS_FIRST)
}

/// Runs the rule with so many bits after the point at first: the result is the same, sooner or later.
///
/// # Errors
/// [`Undecided`].
pub fn bos_from(setting: &Setting<'_>, bits: u32) -> Result<Overspending, Undecided> {
    let mut bits = bits.max(1);
    while bits <= BITS_LAST {
        if let Ok(found) = Engine::new(setting, bits).run() {
            return Ok(found);
        }
        bits *= 2;
    }
    Err(Undecided)
}

fn between(span: &Span, bits: u32) -> Between {
    let (low, high) = span.bounds(bits);
    Between { low, high }
}

struct Engine<'a> {
    setting: &'a Setting<'a>,
    money: Money<'a>,
    history: History,
    /// Open projects, each with a value that it is not below: values only grow, since money only shrinks.
    open: Vec<(usize, BigInt)>,
    bought: Vec<usize>,
    left: i128,
    found: Overspending,
}

impl<'a> Engine<'a> {
    fn new(setting: &'a Setting<'a>, bits: u32) -> Self {
        let share = Share::equal(setting.budget, setting.profile.n_voters()).fraction();
        Self {
            setting,
            money: Money::new(setting, bits, &share),
            history: History::new(share, setting.n_projects()),
            open: setting.wanted().map(|project| (project, BigInt::from(0))).collect(),
            bought: setting.free(),
            left: i128::from(setting.budget),
            found: Overspending::default(),
        }
    }

    fn run(mut self) -> Result<Overspending, Unsure> {
        loop {
            let (setting, left) = (self.setting, self.left);
            self.open.retain(|(project, _)| {
                i128::from(setting.cost(*project)) <= left && setting.is_open(*project, &self.bought)
            });
            let contenders = self.contenders()?;
            if contenders.is_empty() {
                self.found.left = self.left()?;
                return Ok(self.found);
            }
            let winner = self.choose(contenders)?;
            self.buy(&winner)?;
        }
    }

    /// Money left with the supporters of those that were not bought.
    fn left(&mut self) -> Result<Vec<(usize, Between)>, Unsure> {
        let mut left = Vec::new();
        for project in self.setting.wanted().filter(|project| !self.bought.contains(project)) {
            let groups = self.money.groups(&mut self.history, project)?;
            let sum = groups.iter().fold(Span::exact(BigInt::from(0)), |sum, group| {
                sum.plus(&self.money.class(group.class).money.times(group.voters))
            });
            left.push((project, between(&sum, self.money.bits)));
        }
        Ok(left)
    }

    /// Projects and limits that might be the best. Those with the least known value are looked at first.
    fn contenders(&mut self) -> Result<Vec<Candidate>, Unsure> {
        self.open.sort_by(|a, b| a.1.cmp(&b.1));
        let mut contenders: Vec<Candidate> = Vec::new();
        let mut least: Option<BigInt> = None;
        let mut spent = Vec::new();
        for (project, bound) in &mut self.open {
            if least.as_ref().is_some_and(|least| *bound > *least) {
                break;
            }
            let found = look(&self.money, &mut self.history, *project)?;
            let Some(low) = found.iter().map(|candidate| &candidate.value.low).min() else {
                spent.push(*project);
                continue;
            };
            *bound = low.clone();
            let high = found.iter().map(|candidate| &candidate.value.high).min();
            least = least.iter().chain(high).min().cloned();
            contenders.extend(found);
        }
        self.open.retain(|(project, _)| !spent.contains(project));
        contenders.retain(|candidate| least.as_ref().is_none_or(|least| candidate.value.low <= *least));
        Ok(contenders)
    }

    /// The least value; of equal ones the first project of the published order, and of its limits the highest.
    fn choose(&mut self, mut contenders: Vec<Candidate>) -> Result<Candidate, Unsure> {
        let setting = self.setting;
        contenders.sort_by_key(|candidate| (setting.rank(candidate.project), Reverse(candidate.at)));
        if let [only] = contenders.as_slice() {
            return Ok(only.clone());
        }
        let mut values = Vec::new();
        for candidate in &contenders {
            let record = candidate.record(&self.money, &mut self.history)?;
            values.push(self.history.value(&record, setting.gain_per_unit(candidate.project)));
        }
        let order = |a: usize, b: usize| {
            let by_bounds = contenders[a].value.compare(&contenders[b].value);
            by_bounds.or_else(|| values[a].compare(&values[b])).ok_or(Unsure)
        };
        let mut best = 0;
        for at in 1..contenders.len() {
            if order(at, best)? == Ordering::Less {
                best = at;
            }
        }
        let mut tied: Vec<usize> = Vec::new();
        for (at, candidate) in contenders.iter().enumerate() {
            if order(at, best)? == Ordering::Equal && !tied.contains(&candidate.project) {
                tied.push(candidate.project);
            }
        }
        if tied.len() > 1 {
            self.found.ties.push(Tie { round: self.found.steps.len(), projects: tied });
        }
        Ok(contenders.swap_remove(best))
    }

    /// The supporters pay.
    fn buy(&mut self, winner: &Candidate) -> Result<(), Unsure> {
        let record = winner.record(&self.money, &mut self.history)?;
        let price = winner.price(&self.money)?;
        let exact = if self.history.is_constant() { self.history.price(&record).value() } else { None };
        let groups = self.money.groups(&mut self.history, winner.project)?;
        let mut paid = Vec::with_capacity(groups.len());
        let mut n_full = 0;
        for (at, &group) in groups.iter().enumerate() {
            let gives_all = at < winner.at || (at == winner.at && !winner.full);
            let left = if gives_all { None } else { self.keeps(group, &price, &record)? };
            n_full += left.as_ref().map_or(0, |_| group.voters.unsigned_abs());
            paid.push((group, left));
        }
        let bits = self.money.bits;
        self.found.steps.push(Overspent {
            project: winner.project,
            price: between(&price, bits),
            exact,
            part: between(&winner.part(&self.money)?, bits),
            n_full,
            n_rest: self.setting.profile.n_supporters(winner.project) - n_full,
        });
        self.history.push(winner.project, record);
        self.money.pay(&mut self.history, winner.project, &paid)?;
        self.bought.push(winner.project);
        self.left -= i128::from(self.setting.cost(winner.project));
        self.open.retain(|(project, _)| *project != winner.project);
        Ok(())
    }

    /// What a voter of a group keeps; nothing where it is all due.
    fn keeps(
        &mut self,
        group: Group,
        price: &Span,
        record: &history::Record,
    ) -> Result<Option<Span>, Unsure> {
        let (class, due) = (self.money.class(group.class), price.times(group.units));
        let (money, ballot) = (class.money.clone(), class.ballot);
        if money.high <= due.low {
            return Ok(None);
        }
        let left = money.minus(&due);
        if money.low > due.high {
            return Ok(Some(left));
        }
        let counts = self.history.counts_of_one(self.setting, ballot);
        let has = Product::of(self.history.money(&counts));
        let due = self.history.price(record).times(&Fraction::whole(group.units));
        match has.compare(&due).ok_or(Unsure)? {
            Ordering::Greater if left.low > BigInt::from(0) => Ok(Some(left)),
            Ordering::Greater => Err(Unsure),
            Ordering::Less | Ordering::Equal => Ok(None),
        }
    }
}
