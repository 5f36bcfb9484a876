//! Why a figure of a territory changed between two years.

use crate::peer::{as_budget, group_keys, revenue_keys};
use crate::territory::{YearBudget, line};
use crate::{App, Result};
use akimat_budget::decompose::{self, Change, Effects, ShareChange, UnitChange};
use akimat_budget::refusal::Refusal;
use akimat_budget::{Budget, Item, Stage};
use akimat_core::{KatoCode, Money};
use akimat_storage::observation::{ObservationScope, POPULATION};
use akimat_storage::{FactNode, FactQuery, FactScope, FactTotal, LineKey};
use std::collections::BTreeMap;

/// The two years of a territory.
#[derive(Clone, Debug)]
pub struct ChangeStudy {
    /// State of the figures, one for both years.
    pub stage: Stage,
    /// Own revenue before and after, by class.
    pub own: std::result::Result<Vec<(LineKey, Change)>, Refusal>,
    /// Share of own revenue, with what each class and the transfers contribute.
    pub share: std::result::Result<Shares, Refusal>,
    /// Expenditure before and after, by group.
    pub expenditure: std::result::Result<Vec<(LineKey, Change)>, Refusal>,
    /// Execution of expenditure, with what the payments and the plan of each group contribute.
    pub execution: std::result::Result<Shares, Refusal>,
    /// Own revenue by people, their distribution, and revenue a resident.
    pub effects: std::result::Result<EffectStudy, Refusal>,
}

/// A share with its contributions.
#[derive(Clone, Debug)]
pub struct Shares {
    /// The parts above and below the line.
    pub top: Vec<LineKey>,
    /// Parts below the line.
    pub bottom: Vec<LineKey>,
    /// The contributions.
    pub change: ShareChange,
}

/// Three reasons for a change of own revenue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectStudy {
    /// Own revenue before and after of the units together.
    pub total: Change,
    /// What each unit contributes.
    pub effects: Vec<Effects>,
    /// The units are those below the territory; otherwise it is the territory alone.
    pub below: bool,
    /// Units below that are left out, because people or money of a year are not known.
    pub n_left_out: usize,
}

impl App {
    /// Why figures of a territory changed between two years.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changes(&self, before: &YearBudget, after: &YearBudget) -> Result<ChangeStudy> {
        let (b, a) = (&before.budget, &after.budget);
        let stage = common(before, after);
        let own = changes(&revenue_keys(), (b, a), stage);
        let spent = changes(&group_keys(), (b, a), stage);
        Ok(ChangeStudy {
            stage,
            share: own_share(&own, (b, a), stage),
            execution: execution(before, after),
            effects: self.effects(a, (b.year, a.year)).await?,
            own: own.ok_or_else(|| {
                Refusal::LinesMissing(vec![Item::RevenueTotal, Item::Transfers, Item::Tax, Item::NonTax])
            }),
            expenditure: spent.ok_or(Refusal::GroupsIncomplete),
        })
    }

    /// Volume, structure and rate over the units below, or over the territory alone where none are known.
    async fn effects(
        &self,
        after: &Budget,
        (from, to): (i16, i16),
    ) -> Result<std::result::Result<EffectStudy, Refusal>> {
        let Some(place) = after.place else { return Ok(Err(Refusal::NoPopulation)) };
        let people = self.series(POPULATION, ObservationScope::Under(place), from.min(to)..=from.max(to));
        let people = people.await?;
        let count = |code: KatoCode, year: i16| {
            people.get(&(Some(code), year)).and_then(|figure| figure.value.count()).filter(|n| *n > 0)
        };
        let level = after.level + 1;
        let mut scopes = Vec::new();
        if (2..=3).contains(&after.level) {
            scopes.push((FactScope::Units { under: Some(place), level }, true));
        }
        scopes.push((FactScope::Node(FactNode::Unit(place)), false));
        for (scope, below) in scopes {
            let totals = self.own_totals(scope, from).await?;
            let later = self.own_totals(scope, to).await?;
            let stage = crate::inequality::common_stage(
                &totals.values().chain(later.values()).flatten().cloned().collect::<Vec<_>>(),
            );
            let mut units = Vec::new();
            for (code, lines) in &later {
                let before = totals.get(code).and_then(|lines| own_of(*code, lines, stage));
                let (Some(before), Some(after)) = (before, own_of(*code, lines, stage)) else { continue };
                let (Some(p), Some(q)) = (count(*code, from), count(*code, to)) else { continue };
                let money = Change { before, after };
                units.push(UnitChange { place: *code, money, people: (p, q) });
            }
            if units.is_empty() || (below && units.len() < 2) {
                continue;
            }
            let n_left_out = later.len() - units.len();
            return Ok(effects_of(&units, below, n_left_out));
        }
        Ok(Err(Refusal::NoPopulation))
    }

    async fn own_totals(&self, scope: FactScope, year: i16) -> Result<BTreeMap<KatoCode, Vec<FactTotal>>> {
        let lines = [Item::RevenueTotal, Item::Transfers].map(line).into();
        let query = FactQuery { scope, lines, years: year..=year };
        let mut found: BTreeMap<KatoCode, Vec<FactTotal>> = BTreeMap::new();
        for total in self.read().fact_totals(&query).await? {
            if let FactNode::Unit(code) = total.node {
                found.entry(code).or_default().push(total);
            }
        }
        Ok(found)
    }
}

fn effects_of(
    units: &[UnitChange],
    below: bool,
    n_left_out: usize,
) -> std::result::Result<EffectStudy, Refusal> {
    let effects = decompose::effects(units)?;
    let sum = |pick: fn(&UnitChange) -> Money| Money::checked_sum(units.iter().map(pick));
    let before = sum(|unit| unit.money.before).ok_or(Refusal::TooLarge)?;
    let after = sum(|unit| unit.money.after).ok_or(Refusal::TooLarge)?;
    Ok(EffectStudy { total: Change { before, after }, effects, below, n_left_out })
}

fn own_of(code: KatoCode, lines: &[FactTotal], stage: Stage) -> Option<Money> {
    let budget = as_budget(code, (0, 0), lines);
    budget.amount(Item::RevenueTotal, stage)?.checked_sub(budget.amount(Item::Transfers, stage)?)
}

/// Executed only when both years are over; otherwise the plan that both have.
fn common(before: &YearBudget, after: &YearBudget) -> Stage {
    let has = |stage| [before, after].iter().all(|y| y.budget.amount(Item::RevenueTotal, stage).is_some());
    let over = before.month == 12 && after.month == 12;
    if over && has(Stage::Executed) {
        Stage::Executed
    } else if has(Stage::Amended) {
        Stage::Amended
    } else {
        Stage::Approved
    }
}

fn amount(budget: &Budget, key: &LineKey, stage: Stage) -> Option<Money> {
    let mut lines = budget.lines.iter();
    let line = lines.find(|line| line.item == key.item && (key.code.is_empty() || line.code == key.code));
    line.and_then(|line| line.amounts.at(stage))
}

/// Parts before and after, when the stated ones add up to their whole in both years.
fn changes(
    keys: &[LineKey],
    (before, after): (&Budget, &Budget),
    stage: Stage,
) -> Option<Vec<(LineKey, Change)>> {
    let groups = keys.first()?.item == Item::FunctionalGroup;
    for budget in [before, after] {
        let whole = if groups {
            budget.amount(Item::ExpenditureTotal, stage)?
        } else {
            budget.amount(Item::RevenueTotal, stage)?.checked_sub(budget.amount(Item::Transfers, stage)?)?
        };
        let sum = Money::checked_sum(keys.iter().filter_map(|key| amount(budget, key, stage)))?;
        if sum != whole {
            return None;
        }
    }
    let part = |key: &LineKey| {
        let (b, a) = (amount(before, key, stage), amount(after, key, stage));
        let change = Change { before: b.unwrap_or_default(), after: a.unwrap_or_default() };
        (b.is_some() || a.is_some()).then(|| (key.clone(), change))
    };
    Some(keys.iter().filter_map(part).collect())
}

fn own_share(
    own: &Option<Vec<(LineKey, Change)>>,
    (before, after): (&Budget, &Budget),
    stage: Stage,
) -> std::result::Result<Shares, Refusal> {
    let missing = || Refusal::LinesMissing(vec![Item::RevenueTotal, Item::Transfers]);
    let own = own.as_ref().ok_or_else(missing)?;
    let transfers = Change {
        before: before.amount(Item::Transfers, stage).ok_or_else(missing)?,
        after: after.amount(Item::Transfers, stage).ok_or_else(missing)?,
    };
    let top: Vec<Change> = own.iter().map(|(_, change)| *change).collect();
    let bottom: Vec<Change> = top.iter().copied().chain([transfers]).collect();
    let keys: Vec<LineKey> = own.iter().map(|(key, _)| key.clone()).collect();
    let change = decompose::share_change(&top, &bottom)?;
    let bottom = keys.iter().cloned().chain([line(Item::Transfers)]).collect();
    Ok(Shares { top: keys, bottom, change })
}

/// Paid over planned, by group; groups that lack either in a year are put together as the rest.
fn execution(before: &YearBudget, after: &YearBudget) -> std::result::Result<Shares, Refusal> {
    if before.month != 12 || after.month != 12 {
        return Err(Refusal::NotExecuted);
    }
    let of = |year: &YearBudget, key: &LineKey| {
        let fact = amount(&year.budget, key, Stage::Executed)?;
        let plan = amount(&year.budget, key, Stage::Amended);
        Some((fact, plan.or_else(|| amount(&year.budget, key, Stage::Approved))?))
    };
    let total = line(Item::ExpenditureTotal);
    let (whole_b, whole_a) = (of(before, &total), of(after, &total));
    let (Some(whole_b), Some(whole_a)) = (whole_b, whole_a) else { return Err(Refusal::NotExecuted) };
    let (mut keys, mut facts, mut plans) = (Vec::new(), Vec::new(), Vec::new());
    for key in group_keys() {
        if let (Some(b), Some(a)) = (of(before, &key), of(after, &key)) {
            facts.push(Change { before: b.0, after: a.0 });
            plans.push(Change { before: b.1, after: a.1 });
            keys.push(key);
        }
    }
    let rest = |whole: (Money, Money), parts: &[Change]| {
        let sum = |pick: fn(&Change) -> Money| Money::checked_sum(parts.iter().map(pick));
        let before = whole.0.checked_sub(sum(|part| part.before)?)?;
        Some(Change { before, after: whole.1.checked_sub(sum(|part| part.after)?)? })
    };
    let fact = rest((whole_b.0, whole_a.0), &facts).ok_or(Refusal::TooLarge)?;
    let plan = rest((whole_b.1, whole_a.1), &plans).ok_or(Refusal::TooLarge)?;
    if [fact.before, fact.after, plan.before, plan.after].iter().any(|money| *money != Money::ZERO) {
        facts.push(fact);
        plans.push(plan);
        keys.push(total);
    }
    let change = decompose::share_change(&facts, &plans)?;
    Ok(Shares { top: keys.clone(), bottom: keys, change })
}
