//! One irreducible set of rules that cannot be kept together.
//!
//! The relaxation goes first: the rules with a dual value in its elastic form are an infeasible set already, mostly a
//! small one. A deletion filter in fractions makes it irreducible there; of several such sets the one is taken whose
//! rules leave most room when they are left out. In whole numbers a rule is then kept when a plan satisfies the rest
//! (one found before, by local search, or by the solver) and left out for good when the rest still clash.

use super::elastic::elastic;
use super::loose::Loose;
use super::{Concession, Side};
use crate::heuristic::{self, SplitMix64};
use crate::model::{Model, Row, Rule};
use crate::programme::Programme;
use crate::solver::{Fixing, Limits, Outcome, Relaxed, Request, Solver, SolverError};
use serde::{Deserialize, Serialize};

/// With more starts than this, how far a rule would have to give way is said only where the relaxation says it.
const SEARCH_MAX: usize = 300;
/// Nodes of a search for a plan that keeps the rules but one: where these do not tell, thousands seldom do.
const NODES_MAX: u32 = 200;
/// A set whose rows give so much room, in average columns, is taken at once.
const ROOM_ENOUGH: f64 = 1.0;
/// Rows clash clearly when each amount lacks at least this share of an average column.
const CLEARLY: f64 = 0.002;
/// What it costs when an amount gives way as much as its limit.
const PRICE: i64 = 1_000_000;
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
    let loose = Loose::new(&model, solver)?;
    let mut filter = Filter { model: &model, solver, limits, loose, witnesses: Vec::new(), certain: true };
    let mut found: Option<(Vec<usize>, bool)> = None;
    if let Some(rows) = filter.roomiest_set(programme, last)? {
        let mut kept = rows.clone();
        filter.certain = true;
        for row in rows {
            filter.reduce(&mut kept, &[row])?;
            // A question that stays open costs the whole limit, and one is enough for the set not to be proven.
            if !filter.certain {
                break;
            }
        }
        found = Some((kept, filter.certain));
    }
    let Some((mut kept, irreducible)) = (match found {
        Some(found) => Some(found),
        None => filter.whole(programme, last)?,
    }) else {
        return Ok(None);
    };
    kept.sort_unstable();
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
    /// The relaxation, each row to be left out at will.
    loose: Loose,
    /// Starts found on the way, by column (a project may start twice where the rule against it is left out):
    /// each answers many later questions without the solver.
    witnesses: Vec<Vec<bool>>,
    /// No question stayed open.
    certain: bool,
}

impl Filter<'_> {
    /// Of sets of rows that clash in fractions, without any one of which the rest do not, the one whose rows give most room
    /// when they are left out, for in it plans that keep the others are easy to find. `None` when all rows together do
    /// not clash in fractions.
    fn roomiest_set(
        &mut self,
        programme: &Programme,
        last: Option<usize>,
    ) -> Result<Option<Vec<usize>>, SolverError> {
        let mut best: Option<(f64, Vec<usize>)> = None;
        for (variant, shuffled) in [(0, 0), (1, 0), (1, 1), (1, 2)] {
            let mut chance = SplitMix64::new(shuffled);
            let prices: Vec<i64> = self
                .model
                .rows
                .iter()
                .map(|row| {
                    let limit = row.lower.or(row.upper).unwrap_or(1).abs().max(1);
                    let times =
                        if shuffled == 0 { 1 } else { 1 + i64::try_from(chance.below(8)).unwrap_or(0) };
                    match (row.rule.side(), variant) {
                        (None, _) => PRICE * 100,
                        (_, 0) => 1,
                        _ => (PRICE / limit).max(1) * times,
                    }
                })
                .collect();
            let Some(weighed) = self.loose.priced(self.model, |row| prices[row])? else { break };
            let mut rows: Vec<usize> = weighed.into_iter().map(|(_, row)| row).collect();
            rows.sort_by_key(|row| key(programme, self.model, *row, last));
            let set = self.loose.reduced(rows)?;
            let (set, room) = self.roomier(set)?;
            if best.as_ref().is_none_or(|(known, _)| room > *known) {
                best = Some((room, set));
            }
            if room >= ROOM_ENOUGH {
                break;
            }
        }
        Ok(best.map(|(_, set)| set))
    }

    /// The set with the least room that a row of it gives, floors exchanged for others as long as that gives more room.
    fn roomier(&mut self, mut set: Vec<usize>) -> Result<(Vec<usize>, f64), SolverError> {
        let mut room = self.loose.least_room(&set)?;
        let floors: Vec<usize> = (0..self.model.rows.len())
            .filter(|row| self.model.rows[*row].rule.side() == Some(Side::Floor))
            .collect();
        while room < ROOM_ENOUGH {
            // The exchange after which the rows clash least.
            let mut best: Option<(f64, usize, usize)> = None;
            for (place, _) in set.iter().enumerate().filter(|(_, row)| floors.contains(row)) {
                for other in floors.iter().filter(|other| !set.contains(other)) {
                    let mut changed = set.clone();
                    changed[place] = *other;
                    let clear = self.loose.clearness(&changed)?;
                    if clear < -CLEARLY && best.is_none_or(|(known, ..)| clear > known) {
                        best = Some((clear, place, *other));
                    }
                }
            }
            let Some((_, place, other)) = best else { break };
            let mut changed = set.clone();
            changed[place] = other;
            let changed = self.loose.reduced(changed)?;
            let more = self.loose.least_room(&changed)?;
            if more <= room {
                break;
            }
            (set, room) = (changed, more);
        }
        Ok((set, room))
    }

    /// The set when only whole numbers clash, and whether it is proven irreducible; `None` when they do not, or the
    /// limits came first.
    fn whole(
        &mut self,
        programme: &Programme,
        last: Option<usize>,
    ) -> Result<Option<(Vec<usize>, bool)>, SolverError> {
        let mut rows: Vec<usize> = (0..self.model.rows.len()).collect();
        if self.status(&rows)? != Status::Clash {
            return Ok(None);
        }
        rows.sort_by_key(|row| key(programme, self.model, *row, last));
        self.certain = true;
        let mut kept = rows.clone();
        for group in groups(programme, self.model, &rows, last) {
            self.reduce(&mut kept, &group)?;
        }
        let certain = self.certain && self.status(&kept)? == Status::Clash;
        Ok(Some((kept, certain)))
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
        let Some(clear) = self.loose.roomiest(rows)? else { return Ok(Status::Clash) };
        let model = part(self.model, rows);
        if self.model.is_plain() && self.hunted(&model, &clear, rows) {
            return Ok(Status::Possible);
        }
        let Some((fixing, roomy, relaxed)) = self.around_relaxed(&model)? else { return Ok(Status::Clash) };
        if self.model.is_plain() && self.hunted(&roomy, &relaxed, rows) {
            return Ok(Status::Possible);
        }
        // First among the starts that the relaxation uses, which is quick; then among all.
        let limits = Limits { nodes: self.limits.nodes.min(NODES_MAX), ..*self.limits };
        let searches = vec![fixing, Vec::new()];
        for fixing in searches {
            let whole = fixing.is_empty();
            let request = Request { fixing: &fixing, ..Request::new(&model, limits) };
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

    /// Whether local search from a relaxation finds starts that keep the rows; they are remembered.
    fn hunted(&mut self, model: &Model, relaxed: &Relaxed, rows: &[usize]) -> bool {
        let found = heuristic::any(model, relaxed, HUNT_SEED).filter(|found| self.keeps(&found.values, rows));
        let is_found = found.is_some();
        self.witnesses.extend(found.map(|found| found.values));
        is_found
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
    for row in clash.rows.iter().filter(|row| row.rule.side().is_some()) {
        let (elastic, slacks) = elastic(&clash, |rule| rule == row.rule);
        let Some((_, slack)) = slacks.first() else { continue };
        let Some(relaxed) = solver.relaxation(&elastic)?.solve()? else { continue };
        if let Some(by) = whole_slack(&elastic, &relaxed, *slack) {
            enough.push(Concession { rule: row.rule, by });
            continue;
        }
        if model.starts_len() > SEARCH_MAX {
            continue;
        }
        let limits = Limits { gap_millionths: 0, ..*limits };
        let request = Request::new(&elastic, limits);
        if let Outcome::Found { values: Some(values), complete: true, .. } = solver.solve(&request)? {
            enough.push(Concession { rule: row.rule, by: rounded(values[*slack]) });
        }
    }
    Ok(enough)
}

/// The slack when the relaxation itself is whole: nothing less will do then, and its own point keeps the rows.
fn whole_slack(elastic: &Model, relaxed: &Relaxed, slack: usize) -> Option<i64> {
    let is_whole = relaxed.values.iter().all(|value| (value - value.round()).abs() < 1e-6);
    let values: Vec<i64> = relaxed.values.iter().map(|value| rounded(*value)).collect();
    let holds = |row: &Row| {
        let activity: i64 = row.terms.iter().map(|(column, by)| by * values[*column]).sum();
        row.lower.is_none_or(|lower| activity >= lower) && row.upper.is_none_or(|upper| activity <= upper)
    };
    (is_whole && elastic.rows.iter().all(holds)).then(|| values[slack])
}

fn rounded(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "slacks are below 2^53")]
    let whole = value.round() as i64;
    whole
}
