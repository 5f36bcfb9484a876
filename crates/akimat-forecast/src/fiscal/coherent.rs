//! The lines of a budget forecast together: parts that add up to their sums, now and in the record of former
//! years from which the intervals come.

use super::book::{FiscalBook, UNDER};
use super::conformal::{Calibration, Residual, around};
use super::{FiscalRefusal, LevelRefused, PastYear, YearForecast};
use crate::interval::Interval;
use crate::reconcile::{Method, Reconciler, Tree};
use serde::Serialize;

/// Former years from which relations between errors are learnt at least; with fewer the sums are those of the parts.
const YEARS_MIN: usize = 3;

/// A budget as a tree over the lines of a book.
#[derive(Clone, Copy, Debug)]
pub struct BudgetTree<'a> {
    /// Which node is the sum of which.
    pub tree: &'a Tree,
    /// The line of each node.
    pub lines: &'a [usize],
}

/// The forecast of a line that adds up with its budget.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoherentYear {
    /// Expected total of the year.
    pub total: f64,
    /// Intervals of the total from the errors of coherent forecasts, one for each level they can vouch for.
    pub intervals: Vec<Interval>,
    /// Levels that they cannot vouch for.
    pub refused: Vec<LevelRefused>,
    /// Probability that less than 95 % of the plan known today is executed, where the errors allow.
    pub under_execution: Option<f64>,
    /// Former years; their totals are coherent too, each by the relations of the other years.
    pub past: Vec<PastYear>,
    /// How the parts were brought together.
    pub method: Method,
}

/// Nodes of one budget: totals now and in each former year.
struct Brought {
    method: Method,
    now: Vec<f64>,
    past: Vec<(i16, Vec<f64>)>,
}

/// Makes the forecasts of budgets coherent. `forecasts` are those of the book, all lines in their order. The answer
/// has one vector for each budget, one year for each node; a budget of which one line has no forecast gets none.
///
/// What is brought together is what the rest of the year brings: what is executed adds up already. A leaf that would
/// fall below its floor is set to it, and the sums follow.
pub fn coherent(
    book: &FiscalBook<'_>,
    forecasts: &[Result<YearForecast, FiscalRefusal>],
    budgets: &[BudgetTree<'_>],
    levels: &[u8],
) -> Vec<Option<Vec<CoherentYear>>> {
    let brought: Vec<Option<Brought>> = budgets.iter().map(|budget| bring(forecasts, *budget)).collect();
    let mut residuals = Vec::new();
    for (budget, brought) in budgets.iter().zip(&brought) {
        for (node, &line) in budget.lines.iter().enumerate() {
            let (Some(brought), Some(Ok(own))) = (brought, forecasts.get(line)) else { continue };
            for (year, totals) in &brought.past {
                let Some(past) = own.past.iter().find(|past| past.year == *year) else { continue };
                let scale = scale(totals[node], past.plan);
                if scale > 0.0 {
                    let value = (past.fact - totals[node]) / scale;
                    residuals.push(Residual { line, value, own_month: true });
                }
            }
        }
    }
    let calibration = Calibration::new(&residuals, book.groups());
    let finish = |(budget, brought): (&BudgetTree<'_>, Option<Brought>)| {
        let brought = brought?;
        let node = |(node, line): (usize, &usize)| {
            let own = forecasts.get(*line)?.as_ref().ok()?;
            Some(year(own, &brought, (node, *line), &calibration, levels))
        };
        budget.lines.iter().enumerate().map(node).collect()
    };
    budgets.iter().zip(brought).map(finish).collect()
}

fn scale(total: f64, plan: Option<f64>) -> f64 {
    total.abs().max(plan.unwrap_or(0.0).abs())
}

fn year(
    own: &YearForecast,
    brought: &Brought,
    (node, line): (usize, usize),
    calibration: &Calibration,
    levels: &[u8],
) -> CoherentYear {
    let total = brought.now[node];
    let scale = scale(total, own.plan);
    let floor = own.floor.min(total);
    let (intervals, refused) = around(calibration, line, (total, scale, floor), levels);
    let under = |plan: f64| {
        let bound = UNDER * plan;
        if floor >= bound { Some(0.0) } else { calibration.below(line, (bound - total) / scale) }
    };
    let coherent = |past: &PastYear| {
        let totals = brought.past.iter().find(|own| own.0 == past.year)?;
        Some(PastYear { total: totals.1[node], ..past.clone() })
    };
    CoherentYear {
        total,
        intervals,
        refused,
        under_execution: own.plan.filter(|plan| *plan > 0.0).and_then(under),
        past: own.past.iter().filter_map(coherent).collect(),
        method: brought.method,
    }
}

fn bring(forecasts: &[Result<YearForecast, FiscalRefusal>], budget: BudgetTree<'_>) -> Option<Brought> {
    let own: Option<Vec<&YearForecast>> =
        budget.lines.iter().map(|&line| forecasts.get(line)?.as_ref().ok()).collect();
    let own = own?;
    if own.len() != budget.tree.len() {
        return None;
    }
    let mut years: Vec<i16> = own.iter().flat_map(|own| own.past.iter().map(|past| past.year)).collect();
    years.sort_unstable();
    years.dedup();
    // A sum must know the year; a part that was not reported then brought nothing and was forecast as nothing.
    let row = |year: i16| -> Option<Vec<(f64, f64)>> {
        let at = |(node, own): (usize, &&YearForecast)| {
            let past = own.past.iter().find(|past| past.year == year);
            let is_part = budget.tree.children(node).is_empty() && budget.tree.parent(node).is_some();
            past.map(|past| (past.total, past.fact)).or_else(|| is_part.then_some((0.0, 0.0)))
        };
        own.iter().enumerate().map(at).collect()
    };
    let rows: Vec<(i16, Vec<(f64, f64)>)> =
        years.into_iter().filter_map(|year| Some((year, row(year)?))).collect();
    let errors: Vec<Vec<f64>> =
        rows.iter().map(|(_, row)| row.iter().map(|(total, fact)| total - fact).collect()).collect();
    let enough = errors.len() >= YEARS_MIN;
    let method = if enough { Method::MintShrink } else { Method::BottomUp };
    let mut past = Vec::new();
    for (at, (year, row)) in rows.iter().enumerate() {
        // A former year is brought together without its own error.
        let others: Vec<Vec<f64>> =
            errors.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, error)| error.clone()).collect();
        let totals: Vec<f64> = row.iter().map(|past| past.0).collect();
        past.push((*year, Reconciler::new(budget.tree, method, &others).ok()?.apply(&totals).ok()?));
    }
    let rest: Vec<f64> = own.iter().map(|own| own.total - own.executed).collect();
    let mut now = Reconciler::new(budget.tree, method, &errors).ok()?.apply(&rest).ok()?;
    for (node, own) in own.iter().enumerate().filter(|(node, _)| budget.tree.children(*node).is_empty()) {
        now[node] = (now[node] + own.executed).max(own.floor);
    }
    budget.tree.add_up(&mut now);
    Some(Brought { method, now, past })
}
