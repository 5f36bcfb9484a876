//! The smallest concession: every rule that may give way gets a column of slack.

use super::{Concession, Side};
use crate::extension::Kind;
use crate::model::{Column, Model, Row, Rule, Variable};
use crate::programme::{Plan, Programme};
use crate::solver::{Limits, Outcome, Request, Solver, SolverError};
use crate::verify::verify;
use serde::{Deserialize, Serialize};

/// Which rules may give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Give {
    /// Floors of sectors and districts (and of benefit, where asked for).
    Floors,
    /// Budgets, promises for later years, numbers of starts.
    Caps,
    /// Both.
    Both,
}

impl Give {
    pub(super) fn allows(self, rule: Rule) -> bool {
        match rule.side() {
            Some(Side::Floor) => self != Self::Caps,
            Some(Side::Cap) => self != Self::Floors,
            None => false,
        }
    }
}

/// The smallest concession found, with a plan that it makes possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayOut {
    /// All concessions together, in the units of their rules; 0 when no concession is needed.
    pub total: i64,
    /// No smaller total than this will do: it is proven. Equal to `total` when the concession is the smallest.
    pub at_least: i64,
    /// What gives way, by rule.
    pub concessions: Vec<Concession>,
    /// A plan that keeps the rules after the concessions; it passed the check in whole numbers.
    pub plan: Plan,
}

impl WayOut {
    /// Whether it is proven that no smaller total will do.
    pub const fn is_smallest(&self) -> bool {
        self.at_least >= self.total
    }
}

/// The smallest total concession; `None` when no concession of that kind helps.
///
/// # Errors
/// [`SolverError`] when the solver fails, finds nothing within the limits, or its plan fails the check.
pub fn way_out(
    programme: &Programme,
    model: &Model,
    (solver, limits): (&dyn Solver, &Limits),
    give: Give,
) -> Result<Option<WayOut>, SolverError> {
    let (elastic, slacks) = elastic(model, |rule| give.allows(rule));
    let Some((values, least)) = solved(&elastic, solver, limits)? else { return Ok(None) };
    let plan = plan(model, &values);
    let mut concessions = Vec::new();
    for (row, slack) in slacks {
        let by = needed(model, &model.rows[row], &plan, values[slack]);
        if by > 0 {
            concessions.push(Concession { rule: model.rows[row].rule, by });
        }
    }
    let total: i64 = concessions.iter().map(|concession| concession.by).sum();
    let conceded = concede(programme, &concessions);
    if !verify(&conceded, &plan).is_empty() {
        return Err(SolverError::Wrong("a concession does not make its plan possible".to_owned()));
    }
    Ok(Some(WayOut { total, at_least: least.min(total), concessions, plan }))
}

/// The programme with rules that gave way.
pub fn concede(programme: &Programme, concessions: &[Concession]) -> Programme {
    let mut programme = programme.clone();
    for Concession { rule, by } in concessions {
        match *rule {
            Rule::Budget { source, year } => {
                programme.sources[source].budget[usize::from(year) - 1] += by;
            }
            Rule::Tail { source } => {
                if let Some(tail) = &mut programme.sources[source].tail {
                    *tail += by;
                }
            }
            Rule::Sector { sector } => programme.sectors[sector].floor -= by,
            Rule::District { district } => programme.districts[district].floor -= by,
            Rule::Starts { year } => {
                if let Some(caps) = &mut programme.starts_cap {
                    caps[usize::from(year) - 1] += by;
                }
            }
            Rule::Extension { kind, index } => {
                if let Some(kind) = Kind::from_number(kind) {
                    programme.extensions.concede(kind, index, *by);
                }
            }
            Rule::Once { .. } | Rule::Exclusive { .. } | Rule::Precedence { .. } => {}
        }
    }
    programme
}

/// The model without worth, in which the rules asked for may give way at a price of 1 a unit; with the slack
/// column of each row that may.
pub(super) fn elastic(model: &Model, gives: impl Fn(Rule) -> bool) -> (Model, Vec<(usize, usize)>) {
    let mut elastic = model.clone();
    for column in &mut elastic.columns {
        column.worth = 0;
    }
    let mut slacks = Vec::new();
    for index in 0..elastic.rows.len() {
        let row = &elastic.rows[index];
        if !gives(row.rule) {
            continue;
        }
        let Some((sign, most)) = reach(model, row) else { continue };
        let variable = Variable::Auxiliary { kind: Kind::Slack.number(), index: place(index) };
        let slack = elastic.add_column(Column { variable, worth: -1, lower: 0, upper: most, integer: true });
        elastic.rows[index].terms.push((slack, sign));
        slacks.push((index, slack));
    }
    (elastic, slacks)
}

fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The sign of a slack column in a row, and the most that it can be of use.
fn reach(model: &Model, row: &Row) -> Option<(i64, Option<i64>)> {
    let end = |highest: bool| -> Option<i64> {
        let mut sum = 0;
        for (column, by) in &row.terms {
            let column = &model.columns[*column];
            let value = if (*by > 0) == highest { column.upper? } else { column.lower };
            sum += by * value;
        }
        Some(sum)
    };
    match (row.lower, row.upper) {
        (Some(lower), None) => Some((1, end(false).map(|least| (lower - least).max(0)))),
        (None, Some(upper)) => Some((-1, end(true).map(|most| (most - upper).max(0)))),
        _ => None,
    }
}

/// What a row lacks with a plan: exact where only starts stand in the row, else the solver's figure rounded.
fn needed(model: &Model, row: &Row, plan: &Plan, found: f64) -> i64 {
    let Some(activity) = activity(model, row, plan) else { return whole(found) };
    let below = row.lower.map_or(0, |lower| lower - activity);
    let above = row.upper.map_or(0, |upper| activity - upper);
    below.max(above).max(0)
}

/// The exact activity of a row; `None` when help columns stand in it.
pub(super) fn activity(model: &Model, row: &Row, plan: &Plan) -> Option<i64> {
    let mut sum = 0;
    for (column, by) in &row.terms {
        let (project, year) = model.start_of(*column)?;
        if plan.starts[project] == Some(year) {
            sum += by;
        }
    }
    Some(sum)
}

/// Best values and the total that is proven to be the least possible.
fn solved(
    model: &Model,
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Option<(Vec<f64>, i64)>, SolverError> {
    let limits = Limits { gap_millionths: 0, ..*limits };
    let request = Request::new(model, limits);
    match solver.solve(&request)? {
        Outcome::Infeasible => Ok(None),
        Outcome::Found { values: None, .. } => {
            Err(SolverError::Failed("the limits came before a way out was found".to_owned()))
        }
        Outcome::Found { values: Some(values), bound, complete, .. } => {
            // Totals are whole: the least is the bound rounded up, after a margin above the solver's error.
            let least = whole((-bound - 1e-6 - bound.abs() * 1e-9).ceil().max(0.0));
            let slack = values.iter().zip(&model.columns).map(|(value, column)| value * float(-column.worth));
            Ok(Some((values.clone(), if complete { whole(slack.sum()).max(least) } else { least })))
        }
    }
}

pub(super) fn plan(model: &Model, values: &[f64]) -> Plan {
    let chosen: Vec<bool> = values.iter().map(|value| *value > 0.5).collect();
    model.plan(&chosen)
}

#[expect(clippy::cast_precision_loss, reason = "worths of slack are small")]
fn float(value: i64) -> f64 {
    value as f64
}

/// Rounded to the nearest whole number; 0 beyond what an `i64` holds.
fn whole(value: f64) -> i64 {
    let round = value.round();
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
    let whole = if round.abs() < 9.0e18 { round as i64 } else { 0 };
    whole
}
