//! The largest sum of logarithms of benefit per head, by tangents.
//!
//! The logarithm lies below each of its tangents, `ln u <= ln v + (u - v) / v`. The model maximises the sum of
//! the lowest tangents; where the plan found lies too far below them, tangents at its levels are added (Kelley
//! 1960). The sum under the tangents is an upper bound, so the error is known and not assumed.

use super::level::{Found, add, benefit_terms, best, floors, levels, row, worthless};
use super::{FairnessError, Member};
use crate::extension::district_benefits;
use crate::model::Model;
use crate::programme::{Plan, Programme};
use crate::solver::{Limits, Solver};

/// Logarithms are counted in units of 1e-6.
const UNIT: f64 = 1e6;
/// Tangents to begin with, from a thousandth of the highest level to the highest.
const BEGIN: i32 = 12;
/// Rounds of added tangents at most.
const ROUNDS: u32 = 12;
/// The sum under the tangents may be above the true one by this much per head.
const ERROR_MAX: f64 = 1e-3;

pub(super) fn nash(
    programme: &Programme,
    members: &[Member],
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Found, FairnessError> {
    let mut model = worthless(programme);
    let heights: Vec<usize> = members.iter().map(|member| height(&mut model, member)).collect();
    for (member, column) in members.iter().zip(&heights) {
        for step in 0..BEGIN {
            let level = float(member.most) * 1000_f64.powf(-f64::from(step) / f64::from(BEGIN - 1));
            tangent(programme, &mut model, (member, *column), whole(level).max(1));
        }
    }
    let people: f64 = members.iter().map(|member| float(member.population)).sum();
    let mut found: Option<(Plan, bool)> = None;
    for _ in 0..ROUNDS {
        let Some((plan, complete)) = best(programme, &model, solver, limits)? else { return Ok(None) };
        let benefits = district_benefits(programme, &plan);
        let mut error = 0.0;
        for (member, column) in members.iter().zip(&heights) {
            let benefit = benefits[member.district];
            let above = lowest_tangent(&model, *column, benefit) - logarithm(benefit);
            error += above.max(0.0) * float(member.population);
            if above > ERROR_MAX / 4.0 {
                tangent(programme, &mut model, (member, *column), benefit.max(1));
            }
        }
        let close = error <= ERROR_MAX * people;
        found = Some((plan, complete && close));
        if close {
            break;
        }
    }
    let Some((plan, proven)) = found else { return Ok(None) };
    let reached = levels(programme, members, &plan);
    Ok(Some((floors(programme, members, |place| reached[place]), plan, proven)))
}

/// The column of the logarithm of a district's benefit, in units of 1e-6; population is its worth, and the
/// constant `ln population` is left out.
fn height(model: &mut Model, member: &Member) -> usize {
    let column = add(model, (member.population, whole(logarithm(member.most) * UNIT) + 1), false);
    // The tangent at 1 is -1 where a district receives nothing.
    model.columns[column].lower = -2 * whole(UNIT);
    column
}

fn logarithm(benefit: i64) -> f64 {
    float(benefit.max(1)).ln()
}

/// The tangent at `level`: `level L <= UNIT (W - level) + UNIT level ln level`, with its constant rounded up so
/// that it stays above the curve.
fn tangent(programme: &Programme, model: &mut Model, (member, column): (&Member, usize), level: i64) {
    // In units of the level, so that coefficients stay small: L - (UNIT / level) W <= UNIT (ln level - 1).
    // Whole coefficients need both sides times a scale.
    let scale = whole((float(level) / 1e3).ceil()).clamp(1, 1 << 20);
    let slope = |by: i64| whole((UNIT * float(by) * float(scale) / float(level)).ceil());
    let mut terms: Vec<(usize, i64)> = benefit_terms(programme, model, member.district)
        .into_iter()
        .map(|(start, by)| (start, -slope(by)))
        .collect();
    terms.push((column, scale));
    let constant = whole((UNIT * (float(level).ln() - 1.0) * float(scale)).ceil());
    row(model, (None, Some(constant)), terms);
}

/// The lowest tangent of a column at a benefit, as a logarithm.
fn lowest_tangent(model: &Model, column: usize, benefit: i64) -> f64 {
    // Every tangent is `ln v - 1 + W / v`; its constant tells `v`.
    let rows = model.rows.iter().filter_map(|row| {
        let (_, scale) = row.terms.iter().find(|(place, _)| *place == column)?;
        let constant = float(row.upper?) / float(*scale) / UNIT;
        Some(constant + float(benefit.max(1)) / (constant + 1.0).exp())
    });
    rows.fold(f64::INFINITY, f64::min)
}

#[expect(clippy::cast_precision_loss, reason = "benefits stay below 2^53")]
fn float(value: i64) -> f64 {
    value as f64
}

fn whole(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
    let whole = if value.abs() < 9.0e15 { value as i64 } else { 0 };
    whole
}
