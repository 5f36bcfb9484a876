//! How unequal territories are: Gini, Theil with its parts between and within regions, the Lorenz curve.
//!
//! Every resident counts alike: a territory weighs as many as live in it, and everybody in it is given its
//! mean. The Gini coefficient is exact; Theil needs logarithms and is a binary float.
//!
//! # Source
//! Theil 1967, Economics and Information Theory, chapter 4; Shorrocks 1980, Econometrica 48(3), 613-625, for
//! the decomposition. `docs/method/inequality.md`.

use crate::refusal::Refusal;
use akimat_core::{KatoCode, Money, Ratio};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Territories that an index needs.
pub const UNITS_MIN: usize = 3;

/// A territory with its money and people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Which.
    pub place: KatoCode,
    /// The region that it is counted to.
    pub region: KatoCode,
    /// Residents; a territory of none weighs nothing.
    pub population: u64,
    /// Money.
    pub amount: Money,
}

/// The Theil index with its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Theil {
    /// The index: zero when everybody has the same.
    pub total: f64,
    /// The part that would remain if each region were equal within.
    pub between: f64,
    /// The part that would remain if all regions had the same mean.
    pub within: f64,
    /// What each region adds to the part within: share of money times its own index, by code.
    pub regions: Vec<TheilRegion>,
}

/// One region's part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TheilRegion {
    /// Region.
    pub region: KatoCode,
    /// Its territories.
    pub n_units: usize,
    /// Index among its own territories.
    pub own: f64,
    /// What it adds to the part within.
    pub adds_within: f64,
    /// What it adds to the part between: above zero for a region richer than the mean.
    pub adds_between: f64,
}

/// How far the best-off territory is from the worst-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Greatest amount a resident over the least; `None` when the least is zero.
    pub max_to_min: Option<Ratio>,
    /// The same of the ninth and the first tenth of territories; `None` when the latter is zero.
    pub p90_to_p10: Option<Ratio>,
}

/// Checks that shares have a meaning, and sorts by amount a resident, then by code.
fn sorted(units: &[Unit]) -> Result<Vec<Unit>, Refusal> {
    let mut units: Vec<Unit> = units.iter().copied().filter(|unit| unit.population > 0).collect();
    if units.len() < UNITS_MIN {
        return Err(Refusal::TooFewUnits { have: units.len(), need: UNITS_MIN });
    }
    if let Some(bad) = units.iter().find(|unit| unit.amount.tiyn() < 0) {
        return Err(Refusal::NegativeUnit(bad.place));
    }
    if units.iter().all(|unit| unit.amount.tiyn() == 0) {
        return Err(Refusal::NothingToShare);
    }
    units.sort_by(by_resident);
    Ok(units)
}

/// By amount a resident without dividing, then by code.
fn by_resident(a: &Unit, b: &Unit) -> Ordering {
    let cross = |x: &Unit, y: &Unit| i128::from(x.amount.tiyn()) * i128::from(y.population);
    cross(a, b).cmp(&cross(b, a)).then(a.place.cmp(&b.place))
}

fn totals(units: &[Unit]) -> (i128, i128) {
    let people = units.iter().map(|unit| i128::from(unit.population)).sum();
    let money = units.iter().map(|unit| i128::from(unit.amount.tiyn())).sum();
    (people, money)
}

/// The Gini coefficient weighted by population, exact:
/// `G = 1 - sum (F_i - F_{i-1}) (L_i + L_{i-1})` over territories sorted by amount a resident, with `F` the
/// cumulative share of people and `L` that of money.
///
/// # Errors
/// [`Refusal`] with fewer than three territories, a negative amount, or nothing to share.
pub fn gini(units: &[Unit]) -> Result<Ratio, Refusal> {
    let units = sorted(units)?;
    let (people, money) = totals(&units);
    let (mut below, mut area) = (0_i128, 0_i128);
    for unit in &units {
        let upto = below + i128::from(unit.amount.tiyn());
        let step = i128::from(unit.population).checked_mul(upto + below).ok_or(Refusal::TooLarge)?;
        area = area.checked_add(step).ok_or(Refusal::TooLarge)?;
        below = upto;
    }
    let whole = people.checked_mul(money).ok_or(Refusal::TooLarge)?;
    Ratio::new(whole - area, whole).ok_or(Refusal::NothingToShare)
}

/// Points of the Lorenz curve from (0, 0) to (1, 1): share of people, share of money.
///
/// # Errors
/// As [`gini`].
pub fn lorenz(units: &[Unit]) -> Result<Vec<(f64, f64)>, Refusal> {
    let units = sorted(units)?;
    let (people, money) = totals(&units);
    let share = |part: i128, whole: i128| Ratio::new(part, whole).map_or(0.0, Ratio::to_f64);
    let mut points = vec![(0.0, 0.0)];
    let (mut f, mut l) = (0_i128, 0_i128);
    for unit in &units {
        f += i128::from(unit.population);
        l += i128::from(unit.amount.tiyn());
        points.push((share(f, people), share(l, money)));
    }
    Ok(points)
}

/// The Theil index T with its parts: `sum s_i ln(s_i / p_i)`, `s` shares of money and `p` shares of people;
/// a territory without money adds nothing, as `0 ln 0 = 0`.
///
/// # Errors
/// As [`gini`].
pub fn theil(units: &[Unit]) -> Result<Theil, Refusal> {
    let units = sorted(units)?;
    let (people, money) = totals(&units);
    let mut regions: BTreeMap<KatoCode, Vec<Unit>> = BTreeMap::new();
    for unit in &units {
        regions.entry(unit.region).or_default().push(*unit);
    }
    let total = units.iter().map(|unit| term(amount(unit), money, residents(unit), people)).sum();
    let part = |(region, units): (KatoCode, Vec<Unit>)| {
        let (its_people, its_money) = totals(&units);
        let own = units.iter().map(|unit| term(amount(unit), its_money, residents(unit), its_people)).sum();
        let share = Ratio::new(its_money, money).map_or(0.0, Ratio::to_f64);
        let adds_between = term(its_money, money, its_people, people);
        TheilRegion { region, n_units: units.len(), own, adds_within: share * own, adds_between }
    };
    let regions: Vec<TheilRegion> = regions.into_iter().map(part).collect();
    let between = regions.iter().map(|region| region.adds_between).sum();
    let within = regions.iter().map(|region| region.adds_within).sum();
    Ok(Theil { total, between, within, regions })
}

fn amount(unit: &Unit) -> i128 {
    unit.amount.tiyn().into()
}

fn residents(unit: &Unit) -> i128 {
    unit.population.into()
}

/// `s ln(s / p)` with `s` a share of money and `p` a share of people.
fn term(part: i128, whole: i128, people: i128, all: i128) -> f64 {
    match (Ratio::new(part, whole), Ratio::new(people, all)) {
        (Some(s), Some(p)) if part > 0 && people > 0 => s.to_f64() * (s.to_f64() / p.to_f64()).ln(),
        _ => 0.0,
    }
}

/// Greatest to least amount a resident, and ninth to first tenth by the nearest rank. Territories count
/// alike here, whatever their population.
///
/// # Errors
/// As [`gini`].
pub fn coverage(units: &[Unit]) -> Result<Coverage, Refusal> {
    let units = sorted(units)?;
    let over = |top: &Unit, bottom: &Unit| {
        Ratio::new(amount(top) * residents(bottom), amount(bottom).checked_mul(residents(top))?)
    };
    // Nearest rank: the smallest territory below or at which p per cent of them lie.
    let rank = |percent: usize| &units[(units.len() * percent).div_ceil(100).max(1) - 1];
    Ok(Coverage {
        max_to_min: over(&units[units.len() - 1], &units[0]),
        p90_to_p10: over(rank(90), rank(10)),
    })
}

#[cfg(test)]
mod tests;
