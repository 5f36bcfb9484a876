//! Taxes move between levels, municipal taxes are levied, a share of own revenue goes to residents.

use super::state::World;
use crate::Case;
use crate::lever::{MunicipalTax, Participatory, Retention, TaxBase, WHOLE_BP};
use crate::share::{apportion, divide, of_bp};

/// A share of a tax moves down or up.
pub(crate) fn retain(world: &mut World, retention: &Retention, case: Case) {
    let moves = if retention.from < retention.to { down(world, retention) } else { up(world, retention) };
    let response = retention.response.better_high(case);
    for (giver, taker, amount) in moves {
        *world.units[giver].taxes.entry(retention.tax.clone()).or_default() -= amount;
        *world.units[taker].taxes.entry(retention.tax.clone()).or_default() += amount;
        let more = of_bp(amount, response);
        world.units[taker].effort += more;
        world.new_money += more;
    }
}

/// From each giver to the units below it: giver, taker, amount. Where the levers act on a part of the
/// units, only their part moves.
fn down(world: &World, retention: &Retention) -> Vec<(usize, usize, i128)> {
    let mut moves = Vec::new();
    for giver in (0..world.units.len()).filter(|&at| world.units[at].level == retention.from) {
        let Some(has) = world.units[giver].taxes.get(&retention.tax) else { continue };
        let below: Vec<usize> = (0..world.units.len())
            .filter(|&at| world.units[at].level == retention.to)
            .filter(|&at| world.ancestor(at, retention.from) == Some(giver))
            .collect();
        let own = |at: &usize| world.units[*at].taxes.get(&retention.tax).copied().unwrap_or(0).max(0);
        let heads = |at: &usize| i128::from(world.units[*at].population.unwrap_or(0));
        let mut weights: Vec<i128> = below.iter().map(own).collect();
        if weights.iter().all(|weight| *weight == 0) {
            weights = below.iter().map(heads).collect();
        }
        let parts = apportion(of_bp(*has, retention.share), &weights);
        let taken = below.into_iter().zip(parts).filter(|(taker, _)| world.units[*taker].affected);
        moves.extend(taken.map(|(taker, part)| (giver, taker, part)));
    }
    moves
}

/// From each giver to the unit that it lies in.
fn up(world: &World, retention: &Retention) -> Vec<(usize, usize, i128)> {
    world
        .affected(retention.from)
        .into_iter()
        .filter_map(|giver| {
            let has = world.units[giver].taxes.get(&retention.tax)?;
            Some((giver, world.ancestor(giver, retention.to)?, of_bp(*has, retention.share)))
        })
        .collect()
}

/// Yield = base × (1 − exempt) × rate × collection; the base shrinks by elasticity × rate.
pub(crate) fn levy(world: &mut World, tax: &MunicipalTax, case: Case) {
    let whole = i128::from(WHOLE_BP);
    let collection = i128::from(tax.collection.better_high(case));
    let shrink = i128::from(tax.elasticity.better_low(case)) * i128::from(tax.rate) / whole;
    for at in world.affected(tax.level) {
        let unit = &world.units[at];
        // Yields and amounts are kept apart from the divisor, so that there is one rounding.
        let (top, bottom) = match &tax.base {
            TaxBase::PerHead { amount } => {
                (i128::from(amount.tiyn()) * i128::from(unit.population.unwrap_or(0)), 1)
            }
            TaxBase::Tax { code, rate } => {
                let yields = unit.taxes.get(code).copied().unwrap_or(0).max(0);
                (yields * whole, i128::from(*rate))
            }
        };
        let base = divide(top, bottom);
        let left = base * (whole - shrink).max(0) / whole;
        let due = left * (whole - i128::from(tax.exempt)) / whole;
        let paid = divide(due * i128::from(tax.rate) * collection, whole * whole);
        world.units[at].effort += paid;
        world.new_money += paid;
    }
}

/// Residents decide on a share of own revenue net of what the law binds. No money moves.
pub(crate) fn set_aside(world: &mut World, participatory: &Participatory) {
    for at in world.affected(participatory.level) {
        let unit = &mut world.units[at];
        let own = unit.own().max(0);
        let free = own - of_bp(own, participatory.statutory);
        let part = of_bp(free, participatory.share);
        unit.participatory = Some(unit.participatory.unwrap_or(0) + part);
    }
}
