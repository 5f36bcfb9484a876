//! The smallest percentage off a project's payments as one model: the percentage itself is a column.
//!
//! A payment of `c` cut by `p` percent and rounded down fits beside others within `B` exactly when
//! `100 * others + c * (100 - p) <= 100 * B + 99`. With `r = p` at the chosen start and 0 elsewhere this is linear
//! in whole numbers. Payments after the last year are rounded one by one before they are added, so each has a whole
//! column of its own: `100 * w >= c * (100 - p) - 99`.

use super::ground::{Ground, IDLE, whole};
use crate::model::{Column, Model, Row, Rule, Variable};
use crate::programme::{Plan, Programme};
use crate::solver::{Fixing, Limits, Outcome, Request, Solver, SolverError};

/// The largest cut that is looked at, in percent.
pub(crate) const CUT_MAX: i64 = 99;

/// What the model says.
#[derive(Clone, Debug)]
pub(crate) enum Least {
    /// No cut up to the largest is enough.
    None,
    /// No smaller cut is enough; perhaps a plan for a cut of about this size.
    AtLeast(i64, Option<Plan>),
}

/// The model: `ground` of the uncut programme, the worth of plans held at `goal` or more, the percentage made as
/// small as possible.
pub(crate) fn model(programme: &Programme, ground: &Ground, project: usize, goal: i64) -> Model {
    let mut model = ground.model.clone();
    let own = model.columns_of(project);
    let terms = model.columns.iter().enumerate().map(|(index, column)| (index, column.worth)).collect();
    model.add_row(Rule::Extension { kind: IDLE, index: 0 }, (Some(goal), None), terms);
    for column in &mut model.columns {
        column.worth = 0;
    }
    let mut cut = Vec::with_capacity(own.len());
    for column in own.clone() {
        let index = u32::try_from(column).unwrap_or(u32::MAX);
        let variable = Variable::Auxiliary { kind: IDLE, index };
        let percent =
            model.add_column(Column { variable, worth: -1, lower: 0, upper: Some(CUT_MAX), integer: true });
        model.add_row(
            Rule::Extension { kind: IDLE, index: index.saturating_add(1) },
            (None, Some(0)),
            vec![(percent, 1), (column, -CUT_MAX)],
        );
        cut.push((column, percent));
    }
    for row in 0..model.rows.len() {
        match model.rows[row].rule {
            Rule::Budget { .. } => cut_budget(&mut model.rows[row], &cut),
            Rule::Tail { source } => cut_tail(programme, &mut model, (row, source, project), &cut),
            _ => {}
        }
    }
    model
}

/// The row in hundredths: `100 * others + c * (100 x - r) <= 100 * B + 99`.
fn cut_budget(row: &mut Row, cut: &[(usize, usize)]) {
    let mut more = Vec::new();
    for (column, by) in &mut row.terms {
        if let Some((_, percent)) = cut.iter().find(|(own, _)| own == column) {
            more.push((*percent, -*by));
        }
        *by *= 100;
    }
    row.upper = row.upper.map(|upper| upper * 100 + 99);
    row.terms.extend(more);
    row.terms.sort_unstable();
}

/// Each late payment becomes a whole column in place of the project's own term.
fn cut_tail(
    programme: &Programme,
    model: &mut Model,
    (row, source, project): (usize, usize, usize),
    cut: &[(usize, usize)],
) {
    for (column, percent) in cut {
        let Ok(at) = model.rows[row].terms.binary_search_by_key(column, |(column, _)| *column) else {
            continue;
        };
        model.rows[row].terms.remove(at);
        let Some((_, start)) = model.start_of(*column) else { continue };
        let inside = usize::from(programme.years() - start) + 1;
        let late = programme.projects()[project].cost[source].iter().skip(inside);
        for amount in late.filter(|amount| **amount > 0) {
            let index = u32::try_from(model.columns.len()).unwrap_or(u32::MAX);
            let variable = Variable::Auxiliary { kind: IDLE, index };
            let paid = model.add_column(Column {
                variable,
                worth: 0,
                lower: 0,
                upper: Some(*amount),
                integer: true,
            });
            model.add_row(
                Rule::Extension { kind: IDLE, index: u32::MAX - index },
                (Some(0), None),
                vec![(paid, 100), (*column, -100 * amount + 99), (*percent, *amount)],
            );
            model.rows[row].terms.push((paid, 1));
        }
    }
}

/// Solves the model within bounds.
pub(crate) fn least(
    model: &Model,
    solver: &dyn Solver,
    fixing: &Fixing,
    nodes: u32,
) -> Result<Least, SolverError> {
    let limits = Limits { nodes, time: None, gap_millionths: 0 };
    let request = Request { model, fixing, begin: None, limits };
    let Outcome::Found { values, bound, .. } = solver.solve(&request)? else { return Ok(Least::None) };
    let plan = values.map(|values| {
        let chosen: Vec<bool> = values.iter().map(|value| *value > 0.5).collect();
        model.plan(&chosen)
    });
    // Nothing is above minus the percentage.
    Ok(Least::AtLeast((-whole(bound)).max(0), plan))
}
