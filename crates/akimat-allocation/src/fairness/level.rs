//! The highest least level, and the highest levels one by one from below.

use super::{FairnessError, Member};
use crate::extension::{Kind, district_benefits};
use crate::model::{Column, Model, Row, Rule, Variable};
use crate::programme::{Plan, Programme};
use crate::solver::{Limits, Outcome, Request, Solver, SolverError};
use crate::verify::verify;

/// Floors by district, a plan that reaches them, and whether they are proven.
pub(super) type Found = Option<(Vec<i64>, Plan, bool)>;

/// `max m` with `population_d m <= benefit_d(x)` for every district.
pub(super) fn maximin(
    programme: &Programme,
    members: &[Member],
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Found, FairnessError> {
    let mut model = worthless(programme);
    let most = members.iter().map(|member| member.most / member.population).min().unwrap_or(0);
    let level = add(&mut model, (1, most), true);
    for member in members {
        let mut terms = benefit_terms(programme, &model, member.district);
        terms.push((level, -member.population));
        row(&mut model, (Some(0), None), terms);
    }
    let Some((plan, proven)) = best(programme, &model, solver, limits)? else { return Ok(None) };
    let least = levels(programme, members, &plan).into_iter().min().unwrap_or(0);
    let floors = floors(programme, members, |_| least);
    Ok(Some((floors, plan, proven)))
}

/// Lexicographic maximisation of the sums of the k smallest levels, k = 1, 2, ...: each is
/// `max k t - sum_d max(0, t - u_d)`. Unlike fixing districts one by one this is right for indivisible projects
/// too, where a district can be raised only at the cost of another one.
pub(super) fn leximin(
    programme: &Programme,
    members: &[Member],
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Found, FairnessError> {
    let mut model = worthless(programme);
    let highest = members.iter().map(|member| member.most / member.population).max().unwrap_or(0);
    let mut heights = Vec::new();
    for member in members {
        let height = add(&mut model, (0, member.most / member.population), true);
        let mut terms = benefit_terms(programme, &model, member.district);
        terms.push((height, -member.population));
        row(&mut model, (Some(0), None), terms);
        heights.push(height);
    }
    let mut last: Option<Plan> = None;
    let mut proven = true;
    for k in (1_i64..).take(members.len()) {
        let threshold = add(&mut model, (k, highest), false);
        let mut sum = vec![(threshold, k)];
        for height in &heights {
            let short = add(&mut model, (-1, highest), false);
            row(&mut model, (Some(0), None), vec![(short, 1), (*height, 1), (threshold, -1)]);
            sum.push((short, -1));
        }
        let (plan, complete) = match (best(programme, &model, solver, limits), &last) {
            (Ok(Some(found)), _) => found,
            (Ok(None), None) => return Ok(None),
            // The plan of the stage before is one of this stage: the solver contradicts itself.
            (Ok(None), Some(_)) => return Err(SolverError::Wrong("a stage lost its plan".to_owned()).into()),
            // The limits came: the levels found so far stand, without the proof.
            (Err(FairnessError::NothingFound), Some(_)) => {
                proven = false;
                break;
            }
            (Err(error), _) => return Err(error),
        };
        proven &= complete;
        let mut reached = levels(programme, members, &plan);
        reached.sort_unstable();
        let theta = reached.iter().take(usize::try_from(k).unwrap_or(usize::MAX)).sum();
        for (column, _) in &sum {
            model.columns[*column].worth = 0;
        }
        row(&mut model, (Some(theta), None), sum);
        last = Some(plan);
    }
    let Some(plan) = last else { return Ok(None) };
    let reached = levels(programme, members, &plan);
    let floors = floors(programme, members, |place| reached[place]);
    Ok(Some((floors, plan, proven)))
}

/// The model in which starts are worth nothing.
pub(super) fn worthless(programme: &Programme) -> Model {
    let mut model = Model::of(programme);
    for column in &mut model.columns {
        column.worth = 0;
    }
    model
}

pub(super) fn add(model: &mut Model, (worth, upper): (i64, i64), integer: bool) -> usize {
    let index = u32::try_from(model.columns.len()).unwrap_or(u32::MAX);
    let variable = Variable::Auxiliary { kind: Kind::Level.number(), index };
    model.add_column(Column { variable, worth, lower: 0, upper: Some(upper), integer })
}

pub(super) fn row(model: &mut Model, (lower, upper): (Option<i64>, Option<i64>), terms: Vec<(usize, i64)>) {
    let index = u32::try_from(model.rows.len()).unwrap_or(u32::MAX);
    let rule = Rule::Extension { kind: Kind::Level.number(), index };
    model.rows.push(Row { rule, lower, upper, terms });
}

pub(super) fn benefit_terms(programme: &Programme, model: &Model, district: usize) -> Vec<(usize, i64)> {
    let inside = |project: usize| programme.projects()[project].district == Some(district);
    let terms =
        model.start_terms(|project, year| if inside(project) { programme.worth(project, year) } else { 0 });
    terms.into_iter().filter(|(_, by)| *by != 0).collect()
}

/// Whole units of 1e-4 points per thousand inhabitants, by member.
pub(super) fn levels(programme: &Programme, members: &[Member], plan: &Plan) -> Vec<i64> {
    let benefits = district_benefits(programme, plan);
    members.iter().map(|member| benefits[member.district] / member.population).collect()
}

pub(super) fn floors(programme: &Programme, members: &[Member], level: impl Fn(usize) -> i64) -> Vec<i64> {
    let mut floors = vec![0; programme.districts().len()];
    for (place, member) in members.iter().enumerate() {
        floors[member.district] = level(place) * member.population;
    }
    floors
}

/// The best plan of a model, checked; `None` when there is none.
pub(super) fn best(
    programme: &Programme,
    model: &Model,
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Option<(Plan, bool)>, FairnessError> {
    let request = Request::new(model, *limits);
    match solver.solve(&request)? {
        Outcome::Infeasible => Ok(None),
        Outcome::Found { values, complete, .. } => {
            let values = values.ok_or(FairnessError::NothingFound)?;
            let chosen: Vec<bool> = values.iter().map(|value| *value > 0.5).collect();
            let plan = model.plan(&chosen);
            if !verify(programme, &plan).is_empty() {
                return Err(SolverError::Wrong("a fair plan breaks a rule".to_owned()).into());
            }
            Ok(Some((plan, complete)))
        }
    }
}
