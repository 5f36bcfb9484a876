//! One irreducible set of rules that cannot be kept together.
//!
//! The relaxation goes first: when it has no solution, the rules with a dual value in its elastic form are
//! already an infeasible set, mostly a small one; where one floor alone asks for more than all caps allow, that floor
//! and the caps that bind it are taken. A deletion filter over halves then leaves a rule out for good when the rest
//! still clash, and keeps it when a plan satisfies the rest: one found before, by local search, or by the solver.

use super::elastic::elastic;
use super::{Concession, Give, Side};
use crate::heuristic;
use crate::model::{Model, Row, Rule};
use crate::programme::Programme;
use crate::solver::{Fixing, Limits, Outcome, Relaxed, Request, Solver, SolverError};
use serde::{Deserialize, Serialize};

/// With more starts than this, a set that clashes already in fractions is not searched further in whole numbers
/// beyond the starts that the relaxation uses: such searches take minutes and seldom leave a rule out.
const SEARCH_MAX: usize = 300;
/// Dual values closer to zero than this are noise.
const DUAL_MIN: f64 = 1e-7;

/// A floor asks clearly for too much when the rest allow it less than this share in fractions.
const LONE_SHARE: f64 = 0.999_9;
/// Seed of the local search for a plan.
const HUNT_SEED: u64 = 1;

/// Rules that cannot be kept together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// The rules, in the order of the model.
    pub rules: Vec<Rule>,
    /// The projects that the rules name: those that must start, wait for one another or exclude one another.
    pub projects: Vec<usize>,
    /// By how much each rule that is an amount would have to give way alone to end this clash; rules for which
    /// no amount is enough are left out.
    pub enough: Vec<Concession>,
    /// It is proven that the rules clash and that without any one of them a plan satisfies the others; without
    /// the proof the limits came first, and some rules may be one too many.
    pub irreducible: bool,
}

/// One set of rules that clash; `None` when a plan satisfies all, or the limits came before an answer.
///
/// # Errors
/// [`SolverError`] when the solver fails.
pub fn clash(
    programme: &Programme,
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Option<Clash>, SolverError> {
    search(programme, None, solver, limits)
}

/// One set of rules that clash and, where possible, one that needs the start of `project`: rules that clash
/// without it are looked for only if those do not.
///
/// # Errors
/// [`SolverError`] when the solver fails.
pub fn clash_with(
    programme: &Programme,
    project: usize,
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Option<Clash>, SolverError> {
    search(programme, Some(project), solver, limits)
}

fn search(
    programme: &Programme,
    last: Option<usize>,
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Option<Clash>, SolverError> {
    let mut model = Model::of(programme);
    for column in &mut model.columns {
        column.worth = 0;
    }
    let mut filter =
        Filter { model: &model, solver, limits, witnesses: Vec::new(), certain: true, quick: false };
    let (mut rows, sorted) = match filter.lone_floor(last)? {
        Some(rows) => (rows, true),
        None => (filter.first_set()?, false),
    };
    if rows.len() < model.rows.len() {
        if !sorted {
            rows.sort_by_key(|row| key(programme, &model, *row, last));
        }
        filter.reduce_relaxed(&mut rows)?;
        filter.quick = model.starts_len() > SEARCH_MAX;
    }
    if filter.status(&rows)? != Status::Clash {
        rows = (0..model.rows.len()).collect();
        filter.quick = false;
        if filter.status(&rows)? != Status::Clash {
            return Ok(None);
        }
    }
    rows.sort_by_key(|row| key(programme, &model, *row, last));
    let mut kept = rows.clone();
    let groups = if filter.quick {
        rows.iter().map(|row| vec![*row]).collect()
    } else {
        groups(programme, &model, &rows, last)
    };
    for group in groups {
        filter.reduce(&mut kept, &group)?;
    }
    kept.sort_unstable();
    let irreducible = filter.certain && filter.status(&kept)? == Status::Clash;
    let rules: Vec<Rule> = kept.iter().map(|row| model.rows[*row].rule).collect();
    let mut projects: Vec<usize> = rules.iter().flat_map(|rule| rule.projects(programme)).collect();
    projects.sort_unstable();
    projects.dedup();
    let enough = if irreducible { enough(&model, &kept, solver, limits)? } else { Vec::new() };
    Ok(Some(Clash { rules, projects, enough, irreducible }))
}

/// Which rules are tried for leaving out first: what nobody decides, then what is seldom at fault, then money.
fn order(programme: &Programme, rule: Rule, last: Option<usize>) -> u8 {
    match rule {
        Rule::Once { project } if Some(project) == last => 9,
        Rule::Once { project } if !programme.projects()[project].mandatory => 0,
        Rule::Precedence { .. } => 1,
        Rule::Exclusive { .. } => 2,
        Rule::Starts { .. } => 3,
        Rule::Extension { .. } => 4,
        Rule::Once { .. } => 5,
        Rule::Sector { .. } => 6,
        Rule::District { .. } => 7,
        Rule::Budget { .. } | Rule::Tail { .. } => 8,
    }
}

/// Within a kind the small amounts go first: the set that is left then contradicts itself clearly.
fn key(programme: &Programme, model: &Model, row: usize, last: Option<usize>) -> (u8, i64, usize) {
    let data = &model.rows[row];
    (order(programme, data.rule, last), data.lower.or(data.upper).unwrap_or(0), row)
}

fn groups(programme: &Programme, model: &Model, rows: &[usize], last: Option<usize>) -> Vec<Vec<usize>> {
    let of = |row: usize| order(programme, model.rows[row].rule, last);
    rows.chunk_by(|a, b| of(*a) == of(*b)).map(<[usize]>::to_vec).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// No plan satisfies the rows: the solver proved it.
    Clash,
    /// A plan does, checked in whole numbers.
    Possible,
    /// The limits came first.
    Unknown,
}

struct Filter<'a> {
    model: &'a Model,
    solver: &'a dyn Solver,
    limits: &'a Limits,
    /// Starts found on the way, by column (a project may start twice where the rule against it is left out):
    /// each answers many later questions without the solver.
    witnesses: Vec<Vec<bool>>,
    /// No question stayed open.
    certain: bool,
    /// Only the quick search.
    quick: bool,
}

impl Filter<'_> {
    /// Rows that the relaxation says clash; all rows when the relaxation has a solution.
    fn first_set(&self) -> Result<Vec<usize>, SolverError> {
        let all = || (0..self.model.rows.len()).collect();
        let (mut elastic, slacks) = elastic(self.model, |rule| Give::Both.allows(rule));
        let price = |model: &Model| self.solver.relaxation(model)?.solve();
        let Some(relaxed) = price(&elastic)? else { return Ok(all()) };
        if relaxed.objective > -1e-6 {
            return Ok(all());
        }
        elastic.rows.truncate(self.model.rows.len());
        debug_assert!(!slacks.is_empty(), "a positive price needs a slack");
        let rows = relaxed.duals.iter().enumerate().filter(|(_, dual)| dual.abs() > DUAL_MIN);
        Ok(rows.map(|(row, _)| row).collect())
    }

    /// The floor that asks for the largest multiple of what all other kinds of rules allow it in fractions, with the
    /// rows that bind it, those first that matter least: the others then have room when one of them is left out.
    /// `None` when no floor alone asks for too much, or the rest clash already.
    fn lone_floor(&self, last: Option<usize>) -> Result<Option<Vec<usize>>, SolverError> {
        let is_floor = |row: &usize| {
            let row = &self.model.rows[*row];
            row.lower.is_some_and(|lower| lower > 0) && row.rule.side() == Some(Side::Floor)
        };
        let (floors, others): (Vec<usize>, Vec<usize>) = (0..self.model.rows.len()).partition(is_floor);
        if last.is_some() || floors.is_empty() || !self.model.is_plain() {
            return Ok(None);
        }
        let mut relaxation = self.solver.relaxation(&part(self.model, &others))?;
        let mut worst: Option<(f64, usize, Vec<f64>)> = None;
        for floor in floors {
            let row = &self.model.rows[floor];
            row.terms.iter().for_each(|(column, by)| relaxation.value_column(*column, *by));
            let most = relaxation.solve()?;
            row.terms.iter().for_each(|(column, _)| relaxation.value_column(*column, 0));
            let Some(most) = most else { return Ok(None) };
            let share = most.objective / float(row.lower.unwrap_or(1));
            if share < LONE_SHARE && worst.as_ref().is_none_or(|(least, ..)| share < *least) {
                worst = Some((share, floor, most.duals));
            }
        }
        let Some((_, floor, duals)) = worst else { return Ok(None) };
        let mut bound: Vec<(f64, usize)> = others
            .into_iter()
            .zip(duals)
            .filter(|(_, dual)| dual.abs() > DUAL_MIN)
            .map(|(row, dual)| {
                let data = &self.model.rows[row];
                ((dual * float(data.upper.or(data.lower).unwrap_or(0))).abs(), row)
            })
            .collect();
        bound.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let rows: Vec<usize> = bound.into_iter().map(|(_, row)| row).chain([floor]).collect();
        // What the dual values say is asked again before it is believed.
        let clash = self.solver.relaxation(&part(self.model, &rows))?.solve()?.is_none();
        Ok(clash.then_some(rows))
    }

    /// Leaves out rows as long as the relaxation of the rest has no solution; cheap, and often the last word.
    fn reduce_relaxed(&self, kept: &mut Vec<usize>) -> Result<(), SolverError> {
        let mut place = 0;
        while place < kept.len() {
            let mut rest = kept.clone();
            rest.remove(place);
            if self.solver.relaxation(&part(self.model, &rest))?.solve()?.is_none() {
                *kept = rest;
            } else {
                place += 1;
            }
        }
        Ok(())
    }

    /// Leaves out of `kept` what it can of `part`, which is a part of it.
    fn reduce(&mut self, kept: &mut Vec<usize>, part: &[usize]) -> Result<(), SolverError> {
        if part.is_empty() {
            return Ok(());
        }
        let rest: Vec<usize> = kept.iter().copied().filter(|row| !part.contains(row)).collect();
        match self.status(&rest)? {
            Status::Clash => *kept = rest,
            status if part.len() == 1 => self.certain &= status == Status::Possible,
            _ => {
                let (first, second) = part.split_at(part.len() / 2);
                self.reduce(kept, first)?;
                self.reduce(kept, second)?;
            }
        }
        Ok(())
    }

    fn status(&mut self, rows: &[usize]) -> Result<Status, SolverError> {
        if self.witnesses.iter().any(|chosen| self.keeps(chosen, rows)) {
            return Ok(Status::Possible);
        }
        let model = part(self.model, rows);
        let Some((fixing, roomy, relaxed)) = self.around_relaxed(&model)? else { return Ok(Status::Clash) };
        if self.model.is_plain()
            && let Some(found) = heuristic::any(&roomy, &relaxed, HUNT_SEED)
            && self.keeps(&found.values, rows)
        {
            self.witnesses.push(found.values);
            return Ok(Status::Possible);
        }
        // First among the starts that the relaxation uses, which is quick; then among all.
        let nodes = if self.quick { self.limits.nodes.min(1) } else { self.limits.nodes };
        let limits = Limits { nodes, ..*self.limits };
        let searches = if self.quick { vec![fixing] } else { vec![fixing, Vec::new()] };
        for fixing in searches {
            let whole = fixing.is_empty();
            let request = Request { model: &model, fixing: &fixing, begin: None, limits };
            match self.solver.solve(&request)? {
                Outcome::Infeasible if whole => return Ok(Status::Clash),
                Outcome::Found { values: Some(values), .. } => {
                    let chosen: Vec<bool> = values.iter().map(|value| *value > 0.5).collect();
                    if self.keeps(&chosen, rows) {
                        self.witnesses.push(chosen);
                        return Ok(Status::Possible);
                    }
                    // Help columns stand in the rows: the solver's own values are the witness.
                    if !self.model.is_plain() && rows.iter().all(|row| near(&self.model.rows[*row], &values))
                    {
                        return Ok(Status::Possible);
                    }
                }
                _ => {}
            }
        }
        Ok(Status::Unknown)
    }

    /// Settles the starts that the relaxation leaves out when it keeps as far from the limits as it can, with the model
    /// whose worth says so, and its relaxation; `None` when it has no solution.
    fn around_relaxed(&self, model: &Model) -> Result<Option<(Fixing, Model, Relaxed)>, SolverError> {
        let mut roomy = model.clone();
        for row in &model.rows {
            let side = if row.lower.is_some() { 1 } else { -1 };
            let limit = row.lower.or(row.upper).unwrap_or(1).abs().max(1);
            for (column, by) in &row.terms {
                let share = 1_000_000 * i128::from(*by) / i128::from(limit);
                roomy.columns[*column].worth += side * i64::try_from(share).unwrap_or(0);
            }
        }
        let Some(relaxed) = self.solver.relaxation(&roomy)?.solve()? else { return Ok(None) };
        let unused = relaxed.values.iter().take(model.starts_len()).enumerate();
        let fixing = unused.filter(|(_, value)| **value < 1e-6).map(|(column, _)| (column, 0, 0)).collect();
        Ok(Some((fixing, roomy, relaxed)))
    }

    /// Whether starts keep rows of starts only, in whole numbers.
    fn keeps(&self, chosen: &[bool], rows: &[usize]) -> bool {
        rows.iter().all(|row| {
            let row = &self.model.rows[*row];
            let plain = row.terms.iter().all(|(column, _)| *column < self.model.starts_len());
            let terms = row.terms.iter().filter(|(column, _)| chosen[*column]);
            let activity: i64 = terms.map(|(_, by)| by).sum();
            plain
                && row.lower.is_none_or(|lower| activity >= lower)
                && row.upper.is_none_or(|upper| activity <= upper)
        })
    }
}

fn part(model: &Model, rows: &[usize]) -> Model {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    let mut part = model.clone();
    part.rows = rows.into_iter().map(|row| model.rows[row].clone()).collect();
    part
}

#[expect(clippy::cast_precision_loss, reason = "amounts stay below 2^53")]
fn float(value: i64) -> f64 {
    value as f64
}

#[expect(clippy::cast_precision_loss, reason = "amounts stay below 2^53")]
fn near(row: &Row, values: &[f64]) -> bool {
    let activity: f64 = row.terms.iter().map(|(column, by)| values[*column] * *by as f64).sum();
    let slack = 1e-5 * row.terms.iter().map(|(_, by)| by.unsigned_abs()).max().unwrap_or(1) as f64;
    row.lower.is_none_or(|lower| activity >= lower as f64 - slack)
        && row.upper.is_none_or(|upper| activity <= upper as f64 + slack)
}

/// By how much each rule alone would have to give way within the clash.
fn enough(
    model: &Model,
    kept: &[usize],
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Vec<Concession>, SolverError> {
    let clash = part(model, kept);
    let mut enough = Vec::new();
    for row in &clash.rows {
        if row.rule.side().is_none() {
            continue;
        }
        let (elastic, slacks) = elastic(&clash, |rule| rule == row.rule);
        let limits = Limits { gap_millionths: 0, ..*limits };
        let request = Request { model: &elastic, fixing: &Vec::new(), begin: None, limits };
        if let Outcome::Found { values: Some(values), complete: true, .. } = solver.solve(&request)?
            && let Some((_, slack)) = slacks.first()
        {
            #[expect(clippy::cast_possible_truncation, reason = "slacks are below 2^53")]
            let by = values[*slack].round() as i64;
            enough.push(Concession { rule: row.rule, by });
        }
    }
    Ok(enough)
}
