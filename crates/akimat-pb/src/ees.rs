//! Exact Equal Shares: a project is bought only by a group of supporters who all pay exactly the same, and the largest
//! gain for each payer goes first. Larger shares are found, not tried: the least step that changes anything.
//!
//! Source: Kraiczy, Robinson, Elkind, "Streamlining Equal Shares" (arXiv 2502.11797). Voters who paid for the same
//! projects hold the same money, so money is kept as exact fractions by such classes.

use crate::equal_shares::Tie;
use crate::fraction::Fraction;
use crate::setting::Setting;
use num_bigint::BigInt;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Voters who paid for the same projects.
#[derive(Debug, Clone)]
struct Class {
    parent: u32,
    /// Round in which it came to be, from 1; 0 for the first class.
    round: usize,
    money: Fraction,
    /// The money in units of two to the power of minus [`BITS`], rounded down.
    low: i128,
}

/// Small units of the filter.
const BITS: u32 = 40;

/// A project that was bought: how many paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// The project, by index.
    pub project: usize,
    /// Voters who paid the same part of its cost.
    pub payers: u64,
}

/// An outcome at a share.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Projects in the order of purchase.
    pub steps: Vec<Shared>,
    /// Rounds in which several projects had exactly the same gain for each payer.
    pub ties: Vec<Tie>,
    classes: Vec<Class>,
    /// Class of each merged ballot at the end.
    of: Vec<u32>,
}

impl Class {
    fn new(parent: u32, round: usize, money: Fraction) -> Self {
        let low = (money.num() << BITS) / money.den();
        Self { parent, round, low: i128::try_from(low).unwrap_or(i128::MAX), money }
    }

    /// The money is at least a cost divided by a number of voters.
    fn pays(&self, cost: i64, voters: u64) -> bool {
        let (due, voters_wide) = (i128::from(cost) << BITS, i128::from(voters));
        match self.low.checked_mul(voters_wide) {
            Some(has) if has >= due => true,
            Some(has) if has + voters_wide <= due => false,
            _ => self.money.num() * voters >= self.money.den() * cost,
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.low.cmp(&other.low).then_with(|| self.money.cmp(&other.money))
    }
}

/// Gain for each payer: units of gain times payers over cost, compared exactly; then the order for ties.
fn ahead(setting: &Setting<'_>, a: (usize, u64), b: (usize, u64)) -> Ordering {
    let value = |(project, payers): (usize, u64), other: usize| {
        i128::from(setting.gain_per_unit(project)) * i128::from(payers) * i128::from(setting.cost(other))
    };
    value(a, b.0).cmp(&value(b, a.0))
}

/// Runs the rule at a share.
#[must_use]
pub fn ees(setting: &Setting<'_>, share: &Fraction) -> Outcome {
    let profile = setting.profile;
    let mut outcome = Outcome {
        steps: Vec::new(),
        ties: Vec::new(),
        classes: vec![Class::new(0, 0, share.clone())],
        of: vec![0; profile.n_ballots()],
    };
    // Upper bounds of the payers: money only shrinks.
    let mut most: Vec<(usize, u64)> =
        setting.wanted().map(|project| (project, profile.n_supporters(project))).collect();
    loop {
        let mut fresh: Vec<(usize, u64)> = Vec::new();
        // The best bound first, until the best known group is ahead of all bounds.
        most.sort_by(|&a, &b| ahead(setting, b, a).then(setting.rank(a.0).cmp(&setting.rank(b.0))));
        let mut best: Option<(usize, u64)> = None;
        let mut looked = 0;
        for &(project, bound) in &most {
            if best.is_some_and(|best| ahead(setting, best, (project, bound)) == Ordering::Greater) {
                break;
            }
            looked += 1;
            let payers = outcome.payers(setting, project, bound);
            if payers == 0 {
                continue;
            }
            fresh.push((project, payers));
            if best.is_none_or(|best| ahead(setting, (project, payers), best) == Ordering::Greater) {
                best = Some((project, payers));
            }
        }
        let rest = most.split_off(looked);
        most = fresh;
        let Some(best) = best else { return outcome };
        let mut tied: Vec<usize> = most
            .iter()
            .filter(|&&found| ahead(setting, found, best) == Ordering::Equal)
            .map(|&(project, _)| project)
            .collect();
        tied.sort_by_key(|&project| setting.rank(project));
        let Some(&winner) = tied.first() else { return outcome };
        let payers = most.iter().find(|(project, _)| *project == winner).map_or(0, |&(_, payers)| payers);
        if tied.len() > 1 {
            outcome.ties.push(Tie { round: outcome.steps.len(), projects: tied });
        }
        outcome.buy(setting, Shared { project: winner, payers });
        most.extend(rest);
        most.retain(|&(project, _)| project != winner && !setting.rivals(winner).contains(&project));
    }
}

impl Outcome {
    /// Projects in the order of purchase.
    #[must_use]
    pub fn winners(&self) -> Vec<usize> {
        self.steps.iter().map(|step| step.project).collect()
    }

    fn class(&self, ballot: u32) -> &Class {
        &self.classes[self.of[ballot as usize] as usize]
    }

    /// The largest group of supporters who can all pay the same part: fewer can pay as the part grows.
    fn payers(&self, setting: &Setting<'_>, project: usize, bound: u64) -> u64 {
        let (cost, mut payers) = (setting.cost(project), bound);
        while payers > 0 {
            let mut known: Vec<Option<bool>> = vec![None; self.classes.len()];
            let able = setting.profile.supporters(project).iter().filter(|&&(ballot, _)| {
                let class = self.of[ballot as usize] as usize;
                *known[class].get_or_insert_with(|| self.classes[class].pays(cost, payers))
            });
            let count = able.map(|&(ballot, _)| u64::from(setting.profile.weight(ballot as usize))).sum();
            if count >= payers {
                return payers;
            }
            payers = count;
        }
        0
    }

    fn buy(&mut self, setting: &Setting<'_>, step: Shared) {
        self.steps.push(step);
        let round = self.steps.len();
        let cost = setting.cost(step.project);
        let part = Fraction::new(BigInt::from(cost), BigInt::from(step.payers));
        let mut split: BTreeMap<u32, u32> = BTreeMap::new();
        for &(ballot, _) in setting.profile.supporters(step.project) {
            let class = self.of[ballot as usize];
            if self.classes[class as usize].round == round || !self.class(ballot).pays(cost, step.payers) {
                continue;
            }
            let paid = *split.entry(class).or_insert_with(|| {
                let money = self.classes[class as usize].money.minus(&part);
                self.classes.push(Class::new(class, round, money));
                u32::try_from(self.classes.len() - 1).unwrap_or(u32::MAX)
            });
            self.of[ballot as usize] = paid;
        }
    }

    /// The class that a merged ballot was in before a round, from 1.
    fn before(&self, mut class: u32, round: usize) -> u32 {
        while self.classes[class as usize].round >= round.max(1) {
            class = self.classes[class as usize].parent;
        }
        class
    }

    fn paid_in(&self, ballot: u32, round: usize) -> bool {
        let mut class = self.of[ballot as usize];
        loop {
            let known = &self.classes[class as usize];
            if known.round <= round {
                return known.round == round;
            }
            class = known.parent;
        }
    }

    /// The least more for each voter with which this project would be bought by another group; nothing where it
    /// cannot be.
    fn least_more(&self, setting: &Setting<'_>, project: usize) -> Option<Fraction> {
        let own = self.steps.iter().position(|step| step.project == project);
        let payers = own.map_or(0, |at| self.steps[at].payers);
        let others: Vec<u32> = setting
            .profile
            .supporters(project)
            .iter()
            .map(|&(ballot, _)| ballot)
            .filter(|&ballot| own.is_none_or(|at| !self.paid_in(ballot, at + 1)))
            .collect();
        let n_others: u64 =
            others.iter().map(|&ballot| u64::from(setting.profile.weight(ballot as usize))).sum();
        let mut least: Option<Fraction> = None;
        // With so many payers the project would come before the round `at`; the fewer payers, the later.
        let round_of = |payers: u64| {
            let comes_before = |step: &Shared| {
                let order = ahead(setting, (project, payers), (step.project, step.payers));
                order.then(setting.rank(step.project).cmp(&setting.rank(project))) == Ordering::Greater
            };
            self.steps.iter().position(comes_before).unwrap_or(self.steps.len())
        };
        let mut more = 1;
        while more <= n_others {
            let at = round_of(payers + more);
            let mut groups: BTreeMap<u32, u64> = BTreeMap::new();
            for &ballot in &others {
                let class = self.before(self.of[ballot as usize], at + 1);
                *groups.entry(class).or_default() += u64::from(setting.profile.weight(ballot as usize));
            }
            let mut sorted: Vec<(u32, u64)> = groups.into_iter().collect();
            sorted.sort_by(|a, b| self.classes[b.0 as usize].compare(&self.classes[a.0 as usize]));
            let last = last_with(more, n_others, |count| round_of(payers + count) == at);
            let mut count = 0;
            for (class, voters) in sorted {
                let (first, end) = (count + 1, count + voters);
                count = end;
                if end < more || first > last {
                    continue;
                }
                let voters = payers + end.min(last);
                let part = Fraction::new(BigInt::from(setting.cost(project)), BigInt::from(voters));
                let missing = part.minus(&self.classes[class as usize].money);
                let positive = missing.num().sign() == num_bigint::Sign::Plus;
                if positive && least.as_ref().is_none_or(|least| missing < *least) {
                    least = Some(missing);
                }
            }
            more = last + 1;
        }
        least
    }
}

/// The last number from `first` to `end` for which a property holds that holds for the first and, once lost, stays
/// lost.
fn last_with(first: u64, end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (first, end);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if holds(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// An outcome completed by larger shares.
#[derive(Debug, Clone)]
pub struct AddedOpt {
    /// The first share beyond the budget and its outcome, where it ended the steps.
    pub beyond: Option<(Outcome, Fraction)>,
    /// The outcome within the budget.
    pub outcome: Outcome,
    /// Its share.
    pub share: Fraction,
    /// Shares that were tried.
    pub shares: u64,
}

/// Goes from share to share by the least step that changes the outcome. Without `skip` it ends before the first outcome
/// beyond the budget; with it only projects not yet bought count for the step, it goes on until everything is
/// bought, and the outcome within the budget that spends most is taken.
#[must_use]
pub fn add_opt(setting: &Setting<'_>, start: &Fraction, skip: bool) -> AddedOpt {
    let budget = i128::from(setting.budget) - setting.total(&setting.free());
    let mut share = start.clone();
    let mut now = ees(setting, &share);
    let mut best = AddedOpt { beyond: None, outcome: now.clone(), share: share.clone(), shares: 1 };
    let mut spent = setting.total(&now.winners());
    loop {
        let winners = now.winners();
        let candidates = setting.wanted().filter(|project| !(skip && winners.contains(project)));
        let Some(more) = candidates.filter_map(|project| now.least_more(setting, project)).min() else {
            return best;
        };
        share = share.plus(&more);
        now = ees(setting, &share);
        best.shares += 1;
        let total = setting.total(&now.winners());
        if total <= budget {
            if total > spent || !skip {
                (best.outcome, best.share, spent) = (now.clone(), share.clone(), total);
            }
        } else if !skip {
            best.beyond = Some((now, share));
            return best;
        }
        if now.steps.len() == setting.wanted().count() {
            return best;
        }
    }
}
