//! Phragmén's sequential rule: money flows to all voters at the same speed; a project is bought when its supporters
//! hold its cost, and they begin again with nothing.
//!
//! In terms of burdens: a project lifts all its supporters to the same burden (cost plus their burdens so far, divided
//! by their number), and the least such burden wins. Computed burdens are the exact ones rounded up to
//! multiples of a small power of two, so that each is less than one small unit too large; exact fractions decide where
//! what they allow overlaps.

use crate::equal_shares::Tie;
use crate::fraction::Fraction;
use crate::rule::Misfit;
use crate::setting::Setting;
use num_bigint::BigInt;

/// Projects bought with the burden of their supporters, in order, and ties.
#[derive(Debug, Clone)]
pub struct Burdened {
    /// Project and burden of each of its supporters after it was bought; nothing for a project without supporters.
    pub steps: Vec<(usize, Option<Fraction>)>,
    /// Rounds in which several projects were exactly equal.
    pub ties: Vec<Tie>,
}

struct Flow<'a> {
    setting: &'a Setting<'a>,
    bits: u32,
    /// Burden of each merged ballot in small units.
    burdens: Vec<i64>,
    /// Sum of the burdens of the supporters of each project.
    sums: Vec<i64>,
    error: i64,
    /// Round in which each merged ballot paid last.
    last: Vec<Option<u32>>,
    /// Exact burden of each round over the common denominator.
    exact: Vec<BigInt>,
    den: BigInt,
}

/// Runs the rule. With [`Misfit::Stop`] it ends in the first round in which any project of the least burden does not
/// fit into the money left, as pabutools does; otherwise such projects are dropped.
#[must_use]
pub fn phragmen(setting: &Setting<'_>, misfit: Misfit) -> Burdened {
    let mut open: Vec<usize> = (0..setting.n_projects())
        .filter(|&project| setting.is_allowed(project) && setting.cost(project) <= setting.budget)
        .collect();
    let mut flow = Flow::new(setting);
    let mut left = setting.budget;
    let mut burdened = Burdened { steps: Vec::new(), ties: Vec::new() };
    while !open.is_empty() {
        if misfit != Misfit::Stop {
            open.retain(|&project| setting.cost(project) <= left);
        }
        let mut tied = flow.least(&open);
        if tied.is_empty() || tied.iter().any(|&project| setting.cost(project) > left) {
            break;
        }
        tied.sort_by_key(|&project| setting.rank(project));
        let Some(&winner) = tied.first() else { break };
        let burden = flow.buy(winner);
        if tied.len() > 1 && burden.is_some() {
            burdened.ties.push(Tie { round: burdened.steps.len(), projects: tied });
        }
        burdened.steps.push((winner, burden));
        left -= setting.cost(winner);
        open.retain(|&project| project != winner && !setting.rivals(winner).contains(&project));
    }
    burdened
}

impl<'a> Flow<'a> {
    fn new(setting: &'a Setting<'a>) -> Self {
        // All burdens together are what was bought, and a candidate adds its cost: at most twice the budget.
        let bits = (setting.budget.leading_zeros().saturating_sub(4)).min(40);
        let ballots = setting.profile.n_ballots();
        Self {
            setting,
            bits,
            burdens: vec![0; ballots],
            sums: vec![0; setting.n_projects()],
            // Each burden is computed from the exact one, and rounded up by less than one small unit.
            error: i64::try_from(setting.profile.n_voters()).unwrap_or(i64::MAX),
            last: vec![None; ballots],
            exact: Vec::new(),
            den: BigInt::from(1),
        }
    }

    /// Bounds of the burden that a project would bring, times two to the power of `bits`.
    fn bounds(&self, project: usize) -> Option<(i128, i128)> {
        let voters = i128::from(self.setting.profile.n_supporters(project));
        if voters == 0 {
            return None;
        }
        let whole = (i128::from(self.setting.cost(project)) << self.bits) + i128::from(self.sums[project]);
        let error = i128::from(self.error);
        // Some more bits, so that the division loses nothing that matters.
        Some((((whole - error).max(0) << 20) / voters, ((whole + error) << 20) / voters + 1))
    }

    /// The projects of the least burden; those without supporters only where nothing else is open.
    fn least(&self, open: &[usize]) -> Vec<usize> {
        let bounds: Vec<(usize, i128, i128)> = open
            .iter()
            .filter_map(|&project| self.bounds(project).map(|(low, high)| (project, low, high)))
            .collect();
        let Some(high) = bounds.iter().map(|&(_, _, high)| high).min() else { return open.to_vec() };
        let near: Vec<usize> =
            bounds.iter().filter(|&&(_, low, _)| low <= high).map(|&(project, _, _)| project).collect();
        if near.len() < 2 {
            return near;
        }
        let exact: Vec<(usize, Fraction)> = near
            .into_iter()
            .map(|project| {
                let voters = BigInt::from(self.setting.profile.n_supporters(project));
                (project, Fraction::new(self.exact_sum(project), &self.den * voters))
            })
            .collect();
        let least = exact.iter().map(|(_, burden)| burden).min().cloned();
        exact
            .into_iter()
            .filter(|(_, burden)| Some(burden) == least.as_ref())
            .map(|(project, _)| project)
            .collect()
    }

    /// Cost plus burdens of the supporters, over the common denominator.
    fn exact_sum(&self, project: usize) -> BigInt {
        let mut counts = vec![0i64; self.exact.len()];
        for &(ballot, _) in self.setting.profile.supporters(project) {
            let round = self.last.get(ballot as usize).copied().flatten();
            if let Some(count) = round.and_then(|round| counts.get_mut(round as usize)) {
                *count += i64::from(self.setting.profile.weight(ballot as usize));
            }
        }
        let mut sum = BigInt::from(self.setting.cost(project)) * &self.den;
        for (burden, count) in self.exact.iter().zip(counts).filter(|(_, count)| *count != 0) {
            sum += burden * count;
        }
        sum
    }

    /// The supporters take the burden; nothing where there are none.
    fn buy(&mut self, project: usize) -> Option<Fraction> {
        let profile = self.setting.profile;
        let voters = profile.n_supporters(project);
        let n_voters = i64::try_from(voters).unwrap_or(i64::MAX);
        if voters == 0 {
            return None;
        }
        let sum = self.exact_sum(project);
        let (num, den) = (&sum << self.bits, &self.den * n_voters);
        let burden = i64::try_from((num + &den - 1) / &den).unwrap_or(i64::MAX);
        let round = u32::try_from(self.exact.len()).ok();
        for &(ballot, _) in profile.supporters(project) {
            let ballot = ballot as usize;
            let more = (burden - self.burdens[ballot]) * i64::from(profile.weight(ballot));
            self.burdens[ballot] = burden;
            self.last[ballot] = round;
            for &(other, _) in profile.entries(ballot) {
                self.sums[other as usize] += more;
            }
        }
        for known in &mut self.exact {
            *known *= n_voters;
        }
        self.exact.push(sum.clone());
        self.den = den;
        Some(Fraction::new(sum, self.den.clone()))
    }
}
