//! What a scenario starts from: the budgets of the cube of one year, with the people who live there.
//!
//! What a source does not state is unknown, never zero. A line that is absent is known to be zero only when
//! the lines beside it already add up to their total.

use crate::{App, Result};
use akimat_budget::{Amounts, Item, Stage};
use akimat_core::{KatoCode, Money};
use akimat_scenario::{Base, DebtFigures, Unit, YearFigures};
use akimat_storage::fact::{FactNode, FactQuery, FactScope, FactTotal, LineKey};
use akimat_storage::observation::{ObservationQuery, ObservationScope, POPULATION};
use std::collections::{BTreeMap, BTreeSet};

/// The levels of local budgets: Budget Code, article 7.
const LEVELS: [u8; 3] = [2, 3, 4];
/// Years that the stability test can look back, the base year included.
const YEARS_BACK: i16 = 5;

/// A base with what a reader must know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioBase {
    /// The budgets.
    pub base: Base,
    /// Of which state of the budgets; the same for all of them.
    pub stage: Stage,
    /// Units that state no revenue, no transfers or no expenditure in that state, and are left out.
    pub incomplete: Vec<KatoCode>,
    /// Made of invented data.
    pub invented: bool,
}

/// The lines of one unit in one state.
struct Lines<'a> {
    stage: Stage,
    lines: BTreeMap<&'a LineKey, Amounts>,
}

impl App {
    /// The budgets of the units of a territory (`None`: of the country) in one year: executed where all are
    /// executed to the end of the year, or else amended, or else approved.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn scenario_base(&self, under: Option<KatoCode>, year: i16) -> Result<ScenarioBase> {
        let named = self.read().list_fact_lines().await?;
        let lines: Vec<LineKey> = named.into_iter().map(|line| line.key).filter(is_wanted).collect();
        let mut totals: Vec<(u8, FactTotal)> = Vec::new();
        let mut past: Vec<FactTotal> = Vec::new();
        let levels = if lines.is_empty() { &[][..] } else { &LEVELS[..] };
        for &level in levels {
            let scope = FactScope::Units { under, level };
            let query = FactQuery { scope, lines: lines.clone(), years: year..=year };
            totals.extend(self.read().fact_totals(&query).await?.into_iter().map(|total| (level, total)));
            let query = FactQuery {
                scope,
                lines: [Item::RevenueTotal, Item::Transfers, Item::ExpenditureTotal].map(summary).into(),
                years: year - YEARS_BACK + 1..=year - 1,
            };
            past.extend(self.read().fact_totals(&query).await?);
        }
        let people = self.population(under, year).await?;
        let (mut found, stage) = units(&totals, &past, &people);
        let codes: Vec<KatoCode> = found.0.iter().map(|unit| unit.code).collect();
        let places = self.read().list_places_by_code(&codes, self.today()).await?;
        link(&mut found.0);
        Ok(ScenarioBase {
            base: Base { year, units: found.0 },
            stage,
            incomplete: found.1,
            invented: places.iter().any(|place| place.invented),
        })
    }

    /// Inhabitants on 1 January of the year, by territory.
    async fn population(&self, under: Option<KatoCode>, year: i16) -> Result<BTreeMap<KatoCode, u32>> {
        let query = ObservationQuery {
            series: vec![POPULATION.to_owned()],
            scope: under.map_or(ObservationScope::Any, ObservationScope::Under),
            years: year..=year,
        };
        let observed = self.read().list_observations(&query).await?;
        let heads = observed.into_iter().filter_map(|one| {
            Some((one.place?, one.value.count().and_then(|count| u32::try_from(count).ok())?))
        });
        Ok(heads.collect())
    }
}

const fn summary(item: Item) -> LineKey {
    LineKey { item, code: String::new() }
}

/// The lines that a scenario is made of.
fn is_wanted(key: &LineKey) -> bool {
    match key.item {
        Item::RevenueDetail => key.code.starts_with("1/"),
        Item::RevenueTotal
        | Item::Tax
        | Item::NonTax
        | Item::FixedCapital
        | Item::Special
        | Item::Transfers
        | Item::ExpenditureTotal
        | Item::FunctionalGroup
        | Item::FinancingTotal
        | Item::Borrowing
        | Item::DebtRepayment
        | Item::UsedBalances => true,
        _ => false,
    }
}

type Found = (Vec<Unit>, Vec<KatoCode>);

/// The units whose budgets are whole, those whose are not, and the state that was taken.
fn units(totals: &[(u8, FactTotal)], past: &[FactTotal], people: &BTreeMap<KatoCode, u32>) -> (Found, Stage) {
    let stage = stage(totals);
    let mut by_unit: BTreeMap<KatoCode, (u8, Lines<'_>)> = BTreeMap::new();
    for (level, total) in totals {
        if let FactNode::Unit(code) = total.node {
            let entry =
                by_unit.entry(code).or_insert_with(|| (*level, Lines { stage, lines: BTreeMap::new() }));
            entry.1.lines.insert(&total.key, total.amounts);
        }
    }
    let taxes = topmost(by_unit.values().flat_map(|(_, lines)| lines.lines.keys().copied()));
    let (mut whole, mut incomplete) = (Vec::new(), Vec::new());
    for (code, (level, lines)) in &by_unit {
        let history = history(*code, past, stage);
        match unit((*code, *level), lines, &taxes, history) {
            Some(unit) => whole.push(Unit { population: people.get(code).copied(), ..unit }),
            None => incomplete.push(*code),
        }
    }
    let year = totals.first().map_or(0, |(_, total)| total.year);
    for unit in &mut whole {
        if let Some(own) = unit.own() {
            unit.history.push(YearFigures { year, own, expenditure: unit.expenditure });
        }
    }
    ((whole, incomplete), stage)
}

/// The furthest state in which every unit states its revenue.
fn stage(totals: &[(u8, FactTotal)]) -> Stage {
    let revenue: Vec<&FactTotal> =
        totals.iter().map(|(_, total)| total).filter(|total| total.key.item == Item::RevenueTotal).collect();
    let all =
        |fits: &dyn Fn(&FactTotal) -> bool| !revenue.is_empty() && revenue.iter().all(|total| fits(total));
    if all(&|total| total.amounts.executed.is_some() && total.month_min == 12) {
        Stage::Executed
    } else if all(&|total| total.amounts.amended.is_some()) {
        Stage::Amended
    } else {
        Stage::Approved
    }
}

/// Codes of taxes of which none lies in another.
fn topmost<'a>(keys: impl Iterator<Item = &'a LineKey>) -> BTreeSet<&'a str> {
    let codes: BTreeSet<&str> =
        keys.filter(|key| key.item == Item::RevenueDetail).map(|key| key.code.as_str()).collect();
    let inside = |code: &str| {
        codes.iter().any(|other| code.strip_prefix(other).is_some_and(|rest| rest.starts_with('/')))
    };
    codes.iter().copied().filter(|code| !inside(code)).collect()
}

impl Lines<'_> {
    fn at(&self, key: &LineKey) -> Option<Money> {
        self.lines.get(key)?.at(self.stage)
    }

    fn item(&self, item: Item) -> Option<Money> {
        self.at(&summary(item))
    }

    /// A part of a total: as stated, or zero when the others add up to the total without it.
    fn part(&self, stated: Option<Money>, others: &[Option<Money>], total: Option<Money>) -> Option<Money> {
        let rest = Money::checked_sum(others.iter().copied().flatten())?;
        stated.or_else(|| (total == Some(rest)).then_some(Money::ZERO))
    }

    /// Transfers received.
    fn transfers(&self) -> Option<Money> {
        let others = [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Special].map(|item| self.item(item));
        self.part(self.item(Item::Transfers), &others, self.item(Item::RevenueTotal))
    }

    /// A functional group of expenditure.
    fn group(&self, code: &str) -> Option<Money> {
        let groups: Vec<Option<Money>> = self
            .lines
            .iter()
            .filter(|(key, _)| key.item == Item::FunctionalGroup && key.code != "16")
            .map(|(_, amounts)| amounts.at(self.stage))
            .collect();
        let stated = self.at(&LineKey { item: Item::FunctionalGroup, code: code.to_owned() });
        self.part(stated, &groups, self.item(Item::ExpenditureTotal))
    }

    /// Interest and repayment.
    fn debt(&self) -> Option<DebtFigures> {
        let others = [self.item(Item::Borrowing), self.item(Item::UsedBalances)];
        let repaid = self.part(self.item(Item::DebtRepayment), &others, self.item(Item::FinancingTotal))?;
        Some(DebtFigures { service: self.group("14")?.checked_add(repaid.abs())? })
    }
}

fn unit(
    (code, level): (KatoCode, u8),
    lines: &Lines<'_>,
    taxes: &BTreeSet<&str>,
    history: Vec<YearFigures>,
) -> Option<Unit> {
    let revenue = lines.item(Item::RevenueTotal)?;
    let transfers = lines.transfers()?;
    let stated: BTreeMap<String, Money> = lines
        .lines
        .iter()
        .filter(|(key, _)| key.item == Item::RevenueDetail && taxes.contains(key.code.as_str()))
        .filter_map(|(key, amounts)| Some((key.code.clone(), amounts.at(lines.stage)?)))
        .collect();
    let named = Money::checked_sum(stated.values().copied())?;
    Some(Unit {
        code,
        level,
        parent: None,
        population: None,
        taxes: stated,
        other_own: revenue.checked_sub(transfers)?.checked_sub(named)?,
        transfers,
        expenditure: lines.item(Item::ExpenditureTotal)?,
        administration: lines.group("01"),
        debt: lines.debt(),
        history,
    })
}

/// Former years, oldest first: those of which all three figures are stated.
fn history(code: KatoCode, past: &[FactTotal], stage: Stage) -> Vec<YearFigures> {
    let mut years: BTreeMap<i16, BTreeMap<Item, Money>> = BTreeMap::new();
    for total in past.iter().filter(|total| total.node == FactNode::Unit(code)) {
        if let Some(money) = total.amounts.at(stage) {
            years.entry(total.year).or_default().insert(total.key.item, money);
        }
    }
    let figures = |(year, lines): (i16, BTreeMap<Item, Money>)| {
        let own = lines.get(&Item::RevenueTotal)?.checked_sub(*lines.get(&Item::Transfers)?)?;
        Some(YearFigures { year, own, expenditure: *lines.get(&Item::ExpenditureTotal)? })
    };
    years.into_iter().filter_map(figures).collect()
}

/// Each unit lies in the nearest unit of a higher level that covers it.
fn link(units: &mut [Unit]) {
    let known: Vec<(KatoCode, u8)> = units.iter().map(|unit| (unit.code, unit.level)).collect();
    for unit in units {
        let above = known.iter().filter(|(code, level)| *level < unit.level && code.covers(unit.code));
        unit.parent = above.max_by_key(|(_, level)| *level).map(|(code, _)| *code);
    }
}

#[cfg(test)]
mod tests;
