//! Units merge.

use super::state::{State, World};
use crate::share::of_bp;
use crate::{Base, Case, Lever, Merger, Scenario, Unit, YearFigures};
use akimat_core::{KatoCode, Money};
use std::collections::BTreeMap;

/// The units of the base after mergers, nothing else changed.
pub(crate) fn merge(base: &Base, scenario: &Scenario) -> World {
    let mut into: BTreeMap<KatoCode, KatoCode> = BTreeMap::new();
    for lever in &scenario.levers {
        if let Lever::Merger(merger) = lever {
            into.extend(merger.units.iter().map(|code| (*code, merger.into)));
        }
    }
    let stays = |code: KatoCode| into.get(&code).copied().unwrap_or(code);
    let affected =
        |code: KatoCode| scenario.units.is_empty() || scenario.units.iter().any(|unit| stays(*unit) == code);
    let mut units: BTreeMap<KatoCode, State> = BTreeMap::new();
    for unit in &base.units {
        let code = stays(unit.code);
        let state = State { code, parent: unit.parent.map(stays), affected: affected(code), ..state(unit) };
        match units.get_mut(&code) {
            Some(found) => add(found, state),
            None => {
                units.insert(code, state);
            }
        }
    }
    World { units: units.into_values().collect(), ..World::default() }
}

/// Administration of merged units becomes cheaper.
pub(crate) fn save(world: &mut World, merger: &Merger, case: Case) {
    let Some(at) = world.position(merger.into) else { return };
    let unit = &mut world.units[at];
    let Some(cost) = unit.administration else { return };
    let saved = of_bp(cost, merger.saving.better_high(case));
    unit.administration = Some(cost - saved);
    unit.expenditure -= saved;
    world.saved += saved;
}

fn state(unit: &Unit) -> State {
    let tiyn = |money: Money| i128::from(money.tiyn());
    State {
        code: unit.code,
        level: unit.level,
        parent: unit.parent,
        population: unit.population,
        affected: true,
        taxes: unit.taxes.iter().map(|(code, money)| (code.clone(), tiyn(*money))).collect(),
        other_own: tiyn(unit.other_own),
        effort: 0,
        transfers: tiyn(unit.transfers),
        expenditure: tiyn(unit.expenditure),
        administration: unit.administration.map(tiyn),
        debt_service: unit.debt.map(|debt| tiyn(debt.service)),
        history: unit.history.clone(),
        stability: None,
        participatory: None,
        bond: None,
        merged: vec![unit.code],
    }
}

/// What is unknown of one is unknown of the sum.
fn add(found: &mut State, more: State) {
    found.population = found.population.zip(more.population).and_then(|(a, b)| a.checked_add(b));
    for (code, tiyn) in more.taxes {
        *found.taxes.entry(code).or_default() += tiyn;
    }
    found.other_own += more.other_own;
    found.transfers += more.transfers;
    found.expenditure += more.expenditure;
    found.administration = found.administration.zip(more.administration).map(|(a, b)| a + b);
    found.debt_service = found.debt_service.zip(more.debt_service).map(|(a, b)| a + b);
    found.history = found.history.iter().filter_map(|year| add_year(*year, &more.history)).collect();
    found.merged.extend(more.merged);
    found.merged.sort_unstable();
}

fn add_year(year: YearFigures, more: &[YearFigures]) -> Option<YearFigures> {
    let other = more.iter().find(|other| other.year == year.year)?;
    Some(YearFigures {
        year: year.year,
        own: year.own.checked_add(other.own)?,
        expenditure: year.expenditure.checked_add(other.expenditure)?,
    })
}
