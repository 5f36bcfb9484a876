//! Applies the levers of a scenario, in the order of [`Lever::KINDS`].

mod bond;
mod merger;
mod state;
mod tax;
mod transfer;

use crate::check::check;
use crate::fault::Fault;
use crate::{Base, Case, Lever, Limits, Outcome, Scenario};
pub(crate) use state::{State, World, money};

/// Units up to which the marginal retention rate is computed: it needs a run for each.
const MARGINAL_UNITS_MAX: usize = 400;

/// Why a scenario was not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} assumptions are contradictory or out of bounds", .0.len())]
pub struct Refused(pub Vec<Fault>);

/// Runs a scenario in all three cases.
///
/// # Errors
/// [`Refused`] with every contradiction.
pub fn run(base: &Base, scenario: &Scenario, limits: &Limits) -> Result<[Outcome; 3], Refused> {
    let [low, central, high] = Case::ALL;
    Ok([
        run_case(base, scenario, limits, low)?,
        run_case(base, scenario, limits, central)?,
        run_case(base, scenario, limits, high)?,
    ])
}

/// Runs a scenario in one case.
///
/// # Errors
/// As [`run`].
pub fn run_case(base: &Base, scenario: &Scenario, limits: &Limits, case: Case) -> Result<Outcome, Refused> {
    let faults = check(base, scenario);
    if !faults.is_empty() {
        return Err(Refused(faults));
    }
    let (before, world) = compute(base, scenario, case)?;
    // It costs a run for each unit and is told of the central case only.
    let marginal = match case {
        Case::Central => marginal(base, scenario, case, &world)?,
        Case::Low | Case::High => vec![None; world.units.len()],
    };
    Ok(crate::outcome::outcome(
        base,
        scenario,
        limits,
        &crate::outcome::Run { case, before, world, marginal },
    ))
}

/// The units as they merge, before and after everything else.
fn compute(base: &Base, scenario: &Scenario, case: Case) -> Result<(World, World), Refused> {
    let before = merger::merge(base, scenario);
    let mut world = before.clone();
    let mut levers: Vec<(usize, &Lever)> = scenario.levers.iter().enumerate().collect();
    levers.sort_by_key(|(at, lever)| (Lever::KINDS.iter().position(|kind| *kind == lever.kind()), *at));
    let mut faults = Vec::new();
    for (at, lever) in levers {
        match lever {
            Lever::Merger(merger) => merger::save(&mut world, merger, case),
            Lever::Retention(retention) => tax::retain(&mut world, retention, case),
            Lever::MunicipalTax(municipal) => tax::levy(&mut world, municipal, case),
            Lever::PhaseDown(phase_down) => transfer::phase_down(&mut world, phase_down, scenario.years),
            Lever::Equalisation(equalisation) => {
                if let Err(kind) = transfer::equalise(&mut world, equalisation) {
                    faults.push(Fault::new([format!("levers.{at}.level")], kind));
                }
            }
            Lever::Participatory(participatory) => tax::set_aside(&mut world, participatory),
            Lever::Bond(lever) => bond::borrow(&mut world, &before, lever, case),
        }
    }
    if faults.is_empty() { Ok((before, world)) } else { Err(Refused(faults)) }
}

/// What each unit keeps of one tenge more of own tax, in basis points: own revenue and transfers after, with
/// and without 1 % more of its largest tax.
fn marginal(
    base: &Base,
    scenario: &Scenario,
    case: Case,
    world: &World,
) -> Result<Vec<Option<i64>>, Refused> {
    if base.units.len() > MARGINAL_UNITS_MAX {
        return Ok(vec![None; world.units.len()]);
    }
    let mut rates = Vec::with_capacity(world.units.len());
    for state in &world.units {
        let Some(at) = base.position(state.code) else {
            rates.push(None);
            continue;
        };
        let mut richer = base.clone();
        let largest = richer.units[at].taxes.values_mut().max_by_key(|money| money.tiyn());
        let Some(largest) = largest.filter(|money| money.tiyn() > 0) else {
            rates.push(None);
            continue;
        };
        let more = (largest.tiyn() / 100).max(100_000);
        *largest = akimat_core::Money::from_tiyn(largest.tiyn() + more);
        let (_, changed) = compute(&richer, scenario, case)?;
        let after = changed.units.iter().find(|unit| unit.code == state.code).map(State::received);
        let kept = after.map(|after| (after - state.received()) * 10_000);
        rates.push(kept.and_then(|kept| i64::try_from(crate::share::divide(kept, i128::from(more))).ok()));
    }
    Ok(rates)
}
