//! PROMETHEE II: net preference flows.
//!
//! Source: J. P. Brans and Ph. Vincke, A preference ranking organisation method, Management Science 31 (1985) 647-656.
//! `π(a,b) = Σ w P(d)`, `φ(a) = (1/(n-1)) Σ_b [π(a,b) - π(b,a)]`. Values are sorted once for each criterion and two
//! marks walk along them, so that no pair of projects is looked at on its own.

use crate::{Fault, Ranking, Table};

/// How a difference turns into a preference from 0 to 1; a difference that is not above zero is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Preference {
    /// Any difference is full preference.
    Usual,
    /// Full above `q`.
    UShape {
        /// Differences up to here are none.
        q: f64,
    },
    /// Rising from 0 to full at `p`.
    VShape {
        /// Full from here.
        p: f64,
    },
    /// Half above `q`, full above `p`.
    Level {
        /// Differences up to here are none.
        q: f64,
        /// Up to here it is half.
        p: f64,
    },
    /// Rising from `q` to full at `p`.
    Linear {
        /// Differences up to here are none.
        q: f64,
        /// Full from here.
        p: f64,
    },
    /// `1 - exp(-d²/2s²)`.
    Gaussian {
        /// Where the curve bends.
        s: f64,
    },
}

/// Result of PROMETHEE.
#[derive(Clone, Debug, PartialEq)]
pub struct Flows {
    /// How far each project is preferred to the others.
    pub plus: Vec<f64>,
    /// How far the others are preferred to it.
    pub minus: Vec<f64>,
    /// `plus - minus`.
    pub net: Vec<f64>,
    /// Net flow under each criterion alone, by criterion and project: `net = Σ w flow`.
    pub single: Vec<Vec<f64>>,
    /// By net flow.
    pub ranking: Ranking,
}

impl Preference {
    /// Preference for a difference.
    pub fn of(self, difference: f64) -> f64 {
        if difference <= 0.0 {
            return 0.0;
        }
        match self {
            Self::Usual => 1.0,
            Self::UShape { q } => f64::from(u8::from(difference > q)),
            Self::VShape { p } => Self::Linear { q: 0.0, p }.of(difference),
            Self::Level { q, p } if difference > q && difference <= p => 0.5,
            Self::Level { p, .. } => f64::from(u8::from(difference > p)),
            Self::Linear { q, .. } if difference <= q => 0.0,
            Self::Linear { q, p } if difference < p => (difference - q) / (p - q),
            Self::Linear { .. } => 1.0,
            Self::Gaussian { s } => -(-difference * difference / (2.0 * s * s)).exp_m1(),
        }
    }

    fn check(self, criterion: &str) -> Result<(), Fault> {
        let (q, p) = match self {
            Self::Usual => return Ok(()),
            Self::UShape { q } => (q, q),
            Self::VShape { p } => (0.0, p),
            Self::Level { q, p } | Self::Linear { q, p } => (q, p),
            Self::Gaussian { s } if s.is_finite() && s > 0.0 => return Ok(()),
            Self::Gaussian { s } => (0.0, s),
        };
        let bad =
            !q.is_finite() || !p.is_finite() || q < 0.0 || p < q || matches!(self, Self::Gaussian { .. });
        let none = matches!(self, Self::VShape { .. }) && p <= 0.0;
        if bad || none { Err(Fault::Threshold { criterion: criterion.to_owned(), q, p }) } else { Ok(()) }
    }
}

/// Flows of a table; a preference for each criterion, in the unit of the criterion.
///
/// # Errors
/// [`Fault::TooFew`] for one project, [`Fault::Length`], [`Fault::Threshold`], [`Fault::Constant`] when no criterion
/// distinguishes anything.
pub fn promethee(table: &Table, preferences: &[Preference]) -> Result<Flows, Fault> {
    let n = table.n();
    if n < 2 {
        return Err(Fault::TooFew { field: "alternatives".to_owned(), n, least: 2 });
    }
    if preferences.len() != table.m() {
        let field = "preference functions".to_owned();
        return Err(Fault::Length { field, n: preferences.len(), expected: table.m() });
    }
    table.refuse_all_constant()?;
    let (mut plus, mut minus) = (vec![0.0; n], vec![0.0; n]);
    let mut single = Vec::with_capacity(table.m());
    let others = n as f64 - 1.0;
    for (at, (criterion, preference)) in table.criteria().iter().zip(preferences).enumerate() {
        preference.check(&criterion.code)?;
        let (above, below) = sums(&table.turned(at), *preference);
        let mut own = vec![0.0; n];
        for project in 0..n {
            plus[project] += criterion.weight * above[project];
            minus[project] += criterion.weight * below[project];
            own[project] = (above[project] - below[project]) / others;
        }
        single.push(own);
    }
    plus.iter_mut().for_each(|flow| *flow /= others);
    minus.iter_mut().for_each(|flow| *flow /= others);
    let net: Vec<f64> = plus.iter().zip(&minus).map(|(plus, minus)| plus - minus).collect();
    let ranking = Ranking::of(&net);
    Ok(Flows { plus, minus, net, single, ranking })
}

/// For each project, the sum of its preferences over the others, and of theirs over it.
fn sums(values: &[f64], preference: Preference) -> (Vec<f64>, Vec<f64>) {
    let mut order: Vec<u32> = (0..).zip(values).map(|(at, _)| at).collect();
    order.sort_unstable_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]).then(a.cmp(b)));
    let sorted: Vec<f64> = order.iter().map(|at| values[*at as usize]).collect();
    // The mirror turns those above into those below.
    let mirrored: Vec<f64> = sorted.iter().rev().map(|value| -value).collect();
    let above = over_lower(&sorted, preference);
    let below = over_lower(&mirrored, preference);
    let (mut plus, mut minus) = (vec![0.0; values.len()], vec![0.0; values.len()]);
    let last = values.len() - 1;
    for (at, project) in order.iter().enumerate() {
        plus[*project as usize] = above[at];
        minus[*project as usize] = below[last - at];
    }
    (plus, minus)
}

/// Sum of preferences over all lower values, for each value of a rising list.
fn over_lower(sorted: &[f64], preference: Preference) -> Vec<f64> {
    let beyond = |least: f64| marks(sorted, |difference| difference > least);
    let count = |marks: Vec<usize>| marks.into_iter().map(|n| n as f64).collect::<Vec<f64>>();
    match preference {
        Preference::Usual => count(beyond(0.0)),
        Preference::UShape { q } => count(beyond(q)),
        Preference::Level { q, p } => beyond(q)
            .into_iter()
            .zip(beyond(p))
            .map(|(half, full)| 0.5 * (half as f64 + full as f64))
            .collect(),
        Preference::VShape { p } => over_lower(sorted, Preference::Linear { q: 0.0, p }),
        Preference::Linear { q, p } => {
            let full = marks(sorted, |difference| difference >= p && difference > q);
            let some = beyond(q);
            let prefix = prefix(sorted);
            let least = sorted[0];
            let sum = |at: usize| {
                let n = some[at] - full[at];
                if n == 0 {
                    return full[at] as f64;
                }
                let between = n as f64 * ((sorted[at] - least) - q) - (prefix[some[at]] - prefix[full[at]]);
                full[at] as f64 + between / (p - q)
            };
            (0..sorted.len()).map(sum).collect()
        }
        Preference::Gaussian { .. } => by_distinct(sorted, preference),
    }
}

/// For each value of a rising list, how many of the lowest are far enough below it.
fn marks(sorted: &[f64], far: impl Fn(f64) -> bool) -> Vec<usize> {
    let mut mark = 0;
    let walk = |value: &f64| {
        while mark < sorted.len() && far(value - sorted[mark]) {
            mark += 1;
        }
        mark
    };
    sorted.iter().map(walk).collect()
}

/// Sums of the lowest values, each less the very lowest, so that little is lost.
fn prefix(sorted: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(sorted.len() + 1);
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    sums.push(0.0);
    for value in sorted {
        // Kahan: what addition loses is carried over.
        let add = (value - sorted[0]) - lost;
        let next = sum + add;
        lost = (next - sum) - add;
        sum = next;
        sums.push(sum);
    }
    sums
}

/// A curve has no sums to look up: every pair of distinct values, once.
fn by_distinct(sorted: &[f64], preference: Preference) -> Vec<f64> {
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for value in sorted {
        match groups.last_mut() {
            Some((same, n)) if same == value => *n += 1,
            _ => groups.push((*value, 1)),
        }
    }
    let mut sums = Vec::with_capacity(sorted.len());
    for (at, (value, n)) in groups.iter().enumerate() {
        let sum: f64 = groups[..at].iter().map(|(low, n)| *n as f64 * preference.of(value - low)).sum();
        sums.extend(std::iter::repeat_n(sum, *n));
    }
    sums
}

/// The same flows pair by pair, as the definition says; for tests.
#[doc(hidden)]
pub fn pair_by_pair(table: &Table, preferences: &[Preference]) -> (Vec<f64>, Vec<f64>) {
    let n = table.n();
    let (mut plus, mut minus) = (vec![0.0; n], vec![0.0; n]);
    for (at, criterion) in table.criteria().iter().enumerate() {
        let values = table.turned(at);
        for a in 0..n {
            for b in 0..n {
                plus[a] += criterion.weight * preferences[at].of(values[a] - values[b]) / (n as f64 - 1.0);
                minus[a] += criterion.weight * preferences[at].of(values[b] - values[a]) / (n as f64 - 1.0);
            }
        }
    }
    (plus, minus)
}
