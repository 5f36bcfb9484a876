//! Budgets by year that are more than a plain cap: unspent money passes on, and some projects may cost more.
//!
//! Both change the same rows, so they are written and checked together.

use crate::extension::{Extensions, Kind, limit, places};
use crate::model::{Column, Model, Rule, Variable};
use crate::programme::{Id, Plan, Programme};
use crate::verify::{PlanFault, spending};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Unspent money of a source passes to the next year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarryOver {
    /// Source, by its name.
    pub source: String,
    /// The most that may pass on, in thousandths of the year's budget: 0 to 1000.
    pub permille: i64,
}

/// A project that may cost more than planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// The project.
    pub project: Id,
    /// By how much more, in thousandths of each payment.
    pub permille: i64,
}

/// A source whose budget of every year must hold even when `projects` of the started ones, whichever they are,
/// cost more at once (Bertsimas and Sim, Operations Research 52(1), 2004).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RobustCap {
    /// Source, by its name.
    pub source: String,
    /// How many projects may cost more at once.
    pub projects: u32,
    /// By how much each may cost more, in thousandths, unless named below.
    pub permille: i64,
    /// Projects with a deviation of their own.
    #[serde(default)]
    pub deviations: Vec<Deviation>,
}

/// What a payment may grow by, rounded up.
fn growth(payment: i64, permille: i64) -> i64 {
    let product = i128::from(payment) * i128::from(permille);
    i64::try_from((product + 999).div_euclid(1000)).unwrap_or(i64::MAX)
}

/// The deviation of each project.
fn deviations(robust: &RobustCap, programme: &Programme) -> Vec<i64> {
    let places: BTreeMap<Id, usize> = places(programme.projects());
    let mut permille = vec![robust.permille; programme.projects().len()];
    for deviation in &robust.deviations {
        if let Some(place) = places.get(&deviation.project) {
            permille[*place] = deviation.permille;
        }
    }
    permille
}

/// The most that may pass on from a year.
fn carry_max(carry: &CarryOver, budget: i64) -> i64 {
    i64::try_from(i128::from(budget) * i128::from(carry.permille) / 1000).unwrap_or(0)
}

pub(super) fn apply(extensions: &Extensions, programme: &Programme, model: &mut Model) {
    for carry in &extensions.carry_over {
        if let Some(source) = limit::source(programme, &carry.source) {
            carry_columns(carry, programme, source, model);
        }
    }
    let mut next = 0;
    for robust in &extensions.robust {
        if let Some(source) = limit::source(programme, &robust.source) {
            margins(robust, programme, source, (model, &mut next));
        }
    }
}

/// `spend + u_y - u_{y-1} <= B_y` in place of `spend <= B_y`, with `0 <= u_y <= rho B_y`.
fn carry_columns(carry: &CarryOver, programme: &Programme, source: usize, model: &mut Model) {
    let place = u32::try_from(source).unwrap_or(0) * 100;
    let mut before = None;
    for (year, budget) in (1_u16..).zip(&programme.sources()[source].budget) {
        let last = year == programme.years();
        let upper = if last { 0 } else { carry_max(carry, *budget) };
        let variable = Variable::Auxiliary { kind: Kind::Carry.number(), index: place + u32::from(year) };
        let column =
            model.add_column(Column { variable, worth: 0, lower: 0, upper: Some(upper), integer: false });
        let row = budget_row(model, source, year, *budget);
        model.rows[row].terms.push((column, 1));
        if let Some(before) = before {
            model.rows[row].terms.push((before, -1));
        }
        before = Some(column);
    }
}

/// The row of a budget; a year in which nobody can spend has none yet.
fn budget_row(model: &mut Model, source: usize, year: u16, budget: i64) -> usize {
    let rule = Rule::Budget { source, year };
    if let Some(row) = model.rows.iter().position(|row| row.rule == rule) {
        return row;
    }
    model.rows.push(crate::model::Row { rule, lower: None, upper: Some(budget), terms: Vec::new() });
    model.rows.len() - 1
}

/// `spend + projects * z + sum p_i <= B` with `z + p_i >= growth of i`.
fn margins(robust: &RobustCap, programme: &Programme, source: usize, (model, next): (&mut Model, &mut u32)) {
    if robust.projects == 0 {
        return;
    }
    let permille = deviations(robust, programme);
    for year in 1..=programme.years() {
        let grown = |project: usize, start: u16| {
            growth(programme.payment(project, start, source, year), permille[project])
        };
        let Some(row) = model.rows.iter().position(|row| row.rule == Rule::Budget { source, year }) else {
            continue;
        };
        let mut of: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
        for (column, by) in model.start_terms(grown).into_iter().filter(|(_, by)| *by != 0) {
            if let Some((project, _)) = model.start_of(column) {
                of.entry(project).or_default().push((column, -by));
            }
        }
        let most = |terms: &[(usize, i64)]| terms.iter().map(|(_, by)| -by).max().unwrap_or(0);
        let largest = of.values().map(|terms| most(terms)).max().unwrap_or(0);
        let shared = margin_column(model, next, largest);
        model.rows[row].terms.push((shared, i64::from(robust.projects)));
        for mut terms in of.into_values() {
            let own = margin_column(model, next, most(&terms));
            model.rows[row].terms.push((own, 1));
            terms.extend([(shared, 1), (own, 1)]);
            let rule = Rule::Extension { kind: Kind::Margin.number(), index: *next };
            model.add_row(rule, (Some(0), None), terms);
        }
    }
}

fn margin_column(model: &mut Model, next: &mut u32, upper: i64) -> usize {
    *next += 1;
    let variable = Variable::Auxiliary { kind: Kind::Margin.number(), index: *next };
    model.add_column(Column { variable, worth: 0, lower: 0, upper: Some(upper), integer: false })
}

/// Every budget year by year: the largest growths of the started projects are added to the spending, and as
/// much as allowed passes on. Passing on the most that is allowed is never worse, so one pass decides.
pub(super) fn verify(
    extensions: &Extensions,
    programme: &Programme,
    plan: &Plan,
    faults: &mut Vec<PlanFault>,
) {
    for (source, (caps, spent)) in programme.sources().iter().zip(spending(programme, plan)).enumerate() {
        let carry = extensions.carry_over.iter().find(|carry| carry.source == caps.name);
        let robust = extensions.robust.iter().find(|robust| robust.source == caps.name);
        let mut brought = 0;
        for ((year, cap), value) in (1_u16..).zip(&caps.budget).zip(&spent.years) {
            let worst = robust.map_or(0, |robust| worst(robust, programme, plan, (source, year)));
            let (limit, value) = (cap + brought, value + worst);
            if value > limit {
                faults.push(PlanFault::Above { rule: Rule::Budget { source, year }, limit, value });
            }
            let left = (limit - value).max(0);
            brought = carry.map_or(0, |carry| left.min(carry_max(carry, *cap)));
        }
        if let Some(limit) = caps.tail.filter(|cap| spent.tail > *cap) {
            faults.push(PlanFault::Above { rule: Rule::Tail { source }, limit, value: spent.tail });
        }
    }
}

/// The most by which the spending of a year can grow: the sum of the largest growths.
fn worst(robust: &RobustCap, programme: &Programme, plan: &Plan, (source, year): (usize, u16)) -> i64 {
    let permille = deviations(robust, programme);
    let mut growths: Vec<i64> = plan
        .started()
        .map(|(project, start)| growth(programme.payment(project, start, source, year), permille[project]))
        .collect();
    growths.sort_unstable_by_key(|growth| std::cmp::Reverse(*growth));
    growths.into_iter().take(usize::try_from(robust.projects).unwrap_or(usize::MAX)).sum()
}

/// What passes from each year to the next, by source with carry-over.
pub fn carried(programme: &Programme, plan: &Plan) -> Vec<(usize, Vec<i64>)> {
    let extensions = programme.extensions();
    let mut all = Vec::new();
    for (source, (caps, spent)) in programme.sources().iter().zip(spending(programme, plan)).enumerate() {
        let Some(carry) = extensions.carry_over.iter().find(|carry| carry.source == caps.name) else {
            continue;
        };
        let robust = extensions.robust.iter().find(|robust| robust.source == caps.name);
        let mut brought = 0;
        let mut list = Vec::new();
        for ((year, cap), value) in (1_u16..).zip(&caps.budget).zip(&spent.years) {
            let worst = robust.map_or(0, |robust| worst(robust, programme, plan, (source, year)));
            brought = (cap + brought - value - worst).max(0).min(carry_max(carry, *cap));
            list.push(brought);
        }
        all.push((source, list));
    }
    all
}
