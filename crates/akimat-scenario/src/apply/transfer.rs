//! Transfers: phased down for stable units, or distributed by formula.

use super::state::{State, World};
use crate::fault::FaultKind;
use crate::lever::WHOLE_BP;
use crate::share::{apportion, divide, of_bp, round_to_sum, scaled};
use crate::{Equalisation, Funding, Method, Need, PhaseDown, Stability};
use akimat_core::KatoCode;
use std::collections::BTreeMap;

/// T' = T × (1 − λ)^years for stable units, each year rounded down to the tiyn.
pub(crate) fn phase_down(world: &mut World, lever: &PhaseDown, years: u8) {
    for at in world.affected(lever.level) {
        let stability = stability(&world.units[at], lever);
        world.units[at].stability = Some(stability);
        let before = world.units[at].transfers;
        if stability != Stability::Stable || before <= 0 {
            continue;
        }
        let keep = i128::from(WHOLE_BP - lever.per_year);
        let after = (0..years).fold(before, |left, _| left * keep / i128::from(WHOLE_BP));
        world.pay(at, after - before);
    }
}

/// A unit is stable when own revenue reached the share of expenditure in each of the years, and debt
/// service does not exceed its share. What is not known is not guessed.
fn stability(unit: &State, lever: &PhaseDown) -> Stability {
    let Some(last) = unit.history.last().map(|year| year.year) else { return Stability::Unknown };
    let mut known = true;
    for back in 0..i16::from(lever.n_years) {
        let Some(year) = unit.history.iter().find(|year| year.year == last - back) else {
            known = false;
            continue;
        };
        let own = i128::from(year.own.tiyn()) * i128::from(WHOLE_BP);
        if own < i128::from(year.expenditure.tiyn()) * i128::from(lever.own_min) {
            return Stability::NotStable;
        }
    }
    match (lever.debt_service_max, unit.debt_service) {
        (Some(max), Some(service)) if service * i128::from(WHOLE_BP) > unit.own() * i128::from(max) => {
            Stability::NotStable
        }
        (Some(_), None) => Stability::Unknown,
        _ if known => Stability::Stable,
        _ => Stability::Unknown,
    }
}

/// Transfers by formula among the units of one level that lie in the same unit.
pub(crate) fn equalise(world: &mut World, lever: &Equalisation) -> Result<(), FaultKind> {
    let mut groups: BTreeMap<Option<KatoCode>, Vec<usize>> = BTreeMap::new();
    for at in world.affected(lever.level) {
        groups.entry(world.units[at].parent).or_default().push(at);
    }
    for group in groups.into_values() {
        equalise_group(world, lever, &group)?;
    }
    Ok(())
}

fn equalise_group(world: &mut World, lever: &Equalisation, group: &[usize]) -> Result<(), FaultKind> {
    let capacities: Vec<i128> = group.iter().map(|&at| world.units[at].capacity()).collect();
    let sum: i128 = capacities.iter().sum();
    if sum <= 0 {
        return Err(FaultKind::NoCapacity);
    }
    let weights: Vec<i128> = group.iter().map(|&at| weight(&world.units[at], lever.need)).collect();
    if weights.iter().sum::<i128>() <= 0 {
        return Err(FaultKind::NoCapacity);
    }
    let weights = scaled(&weights);
    let parts = Formula { capacities: &capacities, weights: &weights, sum }.parts(lever.method);
    let gap: i128 = gaps(&capacities, &weights, sum).into_iter().filter(|gap| *gap > 0).sum();
    let due: i128 = match lever.funding {
        Funding::Between => {
            for (&at, part) in group.iter().zip(&parts) {
                world.units[at].transfers += part;
            }
            parts.iter().filter(|part| **part > 0).sum()
        }
        Funding::Outside => {
            for (&at, part) in group.iter().zip(&parts) {
                world.units[at].transfers += part;
                world.outside += part;
            }
            parts.iter().filter(|part| **part > 0).sum()
        }
        Funding::Transfers => {
            // The pool is what the group gets today, so that who pays it pays the same.
            let pool: i128 = group.iter().map(|&at| world.units[at].transfers).sum();
            let mut wanted: Vec<i128> = parts.iter().map(|part| (*part).max(0)).collect();
            if wanted.iter().all(|part| *part == 0) {
                wanted = weights;
            }
            for (&at, part) in group.iter().zip(apportion(pool, &wanted)) {
                world.units[at].transfers = part;
            }
            pool
        }
    };
    world.fill.push((lever.level, due, gap));
    Ok(())
}

fn weight(unit: &State, need: Need) -> i128 {
    match need {
        Need::Population => i128::from(unit.population.unwrap_or(0)),
        Need::Expenditure => unit.expenditure.max(0),
    }
}

/// Need less capacity of each, rounded; need is the common capacity in proportion to the weights.
fn gaps(capacities: &[i128], weights: &[i128], sum: i128) -> Vec<i128> {
    let all: i128 = weights.iter().sum();
    let gap = |(capacity, weight): (&i128, &i128)| divide(sum * weight - capacity * all, all);
    capacities.iter().zip(weights).map(gap).collect()
}

struct Formula<'a> {
    capacities: &'a [i128],
    weights: &'a [i128],
    sum: i128,
}

impl Formula<'_> {
    /// What the method gives (positive) or takes (negative).
    fn parts(&self, method: Method) -> Vec<i128> {
        match method {
            Method::Linear { fill } => self.linear(fill),
            Method::Grant { fill } => {
                let gaps = gaps(self.capacities, self.weights, self.sum);
                gaps.into_iter().map(|gap| of_bp(gap.max(0), fill)).collect()
            }
            Method::Guarantee { level, grant, fee } => self.guarantee(level, grant, fee),
        }
    }

    /// θ × (need − capacity), rounded so that the sum is zero.
    fn linear(&self, fill: i64) -> Vec<i128> {
        let all: i128 = self.weights.iter().sum();
        let numerators: Vec<i128> = self
            .capacities
            .iter()
            .zip(self.weights)
            .map(|(capacity, weight)| i128::from(fill) * (self.sum * weight - capacity * all))
            .collect();
        round_to_sum(&numerators, i128::from(WHOLE_BP) * all, 0)
    }

    /// (level × need − capacity), a share of it granted when positive, another taken when negative.
    fn guarantee(&self, level: i64, grant: i64, fee: i64) -> Vec<i128> {
        let all: i128 = self.weights.iter().sum();
        let whole = i128::from(WHOLE_BP);
        self.capacities
            .iter()
            .zip(self.weights)
            .map(|(capacity, weight)| {
                let gap = divide(i128::from(level) * self.sum * weight - whole * capacity * all, whole * all);
                of_bp(gap, if gap > 0 { grant } else { fee })
            })
            .collect()
    }
}
