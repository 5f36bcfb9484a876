//! What more or less money would change: the marginal value of each budget, and the frontier.
//!
//! Every changed programme is solved as the first one was, so the figures are differences of whole plans, not
//! slopes. Annual limits change by whole percent, rounded down; promises for later years do not.

use super::report::{Difference, Start};
use super::together::together;
use super::{Follow, difference, starts};
use crate::allocate::{AllocateError, Allocated, Allocation, Effort, Go, allocate};
use crate::model::{Model, Rule};
use crate::programme::{Plan, Programme};
use crate::solver::Solver;
use crate::verify::verify;
use serde::{Deserialize, Serialize};

/// Changes of budgets that are looked at by default, in percent.
pub const PERCENTS: [i16; 4] = [-10, -5, 5, 10];
/// Points of the frontier, in percent of today's limits.
pub const FRONTIER: [i16; 11] = [80, 84, 88, 92, 96, 100, 104, 108, 112, 116, 120];

/// A plan for a changed programme, with what is proven about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// Worth of the best plan found.
    pub objective: i64,
    /// Nothing is worth more; equal to `objective` when proven.
    pub bound: i64,
    /// The plan.
    pub plan: Vec<Start>,
    /// How it differs from the recommended plan.
    pub change: Difference,
}

/// What more or less money of a source would change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marginal {
    /// Index of the source.
    pub source: usize,
    /// Its name.
    pub name: String,
    /// Only this year, from 1; `None`: all years.
    pub year: Option<u16>,
    /// By how many percent the annual limits change: `limit * (100 + percent) / 100`, rounded down.
    pub percent: i16,
    /// The best plan then; `None`: no plan satisfies the rules.
    pub reached: Option<Reached>,
    /// Change of worth against the recommended plan.
    pub change: Option<i64>,
    /// Whether both plans are proven, so that the change is exact.
    pub exact: bool,
    /// What the prices of the relaxation promise, in units of 1e-4 points; whole projects make it jump.
    pub slope: f64,
}

/// One point of the frontier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrontierPoint {
    /// Annual limits of all sources in percent of today's.
    pub percent: i16,
    /// The best plan for that money; `None`: no plan satisfies the rules.
    pub free: Option<Reached>,
    /// The best plan found that keeps every project of the nearer smaller budget, counted from the recommended
    /// plan at 100.
    pub nested: Option<Reached>,
}

/// Which budgets change, and by how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Changes in percent.
    pub percents: Vec<i16>,
    /// Also each year by itself.
    pub by_year: bool,
}

impl Default for Changes {
    fn default() -> Self {
        Self { percents: PERCENTS.to_vec(), by_year: false }
    }
}

/// A plan of a programme, and how it was found: what changed programmes are compared with and solved by.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Programme.
    pub programme: &'a Programme,
    /// Its recommended plan.
    pub allocation: &'a Allocation,
    /// Solver.
    pub solver: &'a dyn Solver,
    /// How hard each changed programme is tried.
    pub effort: &'a Effort,
}

impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asked").field("allocation", self.allocation).finish_non_exhaustive()
    }
}

/// What more or less money of each source would change.
///
/// # Errors
/// [`AllocateError`] when a changed programme cannot be solved.
pub fn marginal(
    asked: &Asked<'_>,
    changes: &Changes,
    follow: &mut dyn Follow,
) -> Result<Vec<Marginal>, AllocateError> {
    let prices = prices(asked)?;
    let mut list = Vec::new();
    for source in 0..asked.programme.sources().len() {
        let years = changes.by_year.then(|| (1..=asked.programme.years()).map(Some)).into_iter().flatten();
        for year in std::iter::once(None).chain(years) {
            list.extend(changes.percents.iter().map(|percent| (source, year, *percent)));
        }
    }
    let mut begun = 0;
    let mut step = || {
        begun += 1;
        follow.step(begun - 1, list.len())
    };
    let changed = |(source, year, percent): &(usize, Option<u16>, i16), go: Go| match go {
        Go::On => asked.marginal((*source, *year), *percent, &prices).map(Some),
        Go::Stop => Ok(None),
    };
    let done = together(&list, asked.effort.threads, &mut step, &changed)?;
    Ok(done.into_iter().map_while(|one| one).collect())
}

/// The best worth for 80 to 120 % of the money of all sources, free and nested.
///
/// # Errors
/// [`AllocateError`] when a changed programme cannot be solved.
pub fn frontier(asked: &Asked<'_>, follow: &mut dyn Follow) -> Result<Vec<FrontierPoint>, AllocateError> {
    let base = asked.as_it_is();
    let mut points: Vec<FrontierPoint> = FRONTIER
        .iter()
        .map(|percent| FrontierPoint { percent: *percent, free: None, nested: None })
        .collect();
    let of = FRONTIER.len() * 2;
    let mut before: Option<Plan> = None;
    for (at, point) in points.iter_mut().enumerate() {
        if follow.step(at, of) == Go::Stop {
            return Ok(points);
        }
        let changed = with_budget(asked.programme, None, point.percent - 100);
        let known: Vec<&Plan> = before.iter().chain([&asked.allocation.plan]).collect();
        point.free = if point.percent == 100 { Some(base.clone()) } else { asked.reach(&changed, &known)? };
        before = point.free.as_ref().map(|reached| plan_of(asked.programme, &reached.plan)).or(before);
    }
    // What no larger budget reaches, no smaller one does.
    let mut least = i64::MAX;
    for point in points.iter_mut().rev() {
        if let Some(free) = &mut point.free {
            free.bound = free.bound.min(least).max(free.objective);
            least = free.bound;
        }
    }
    let middle = FRONTIER.iter().position(|percent| *percent == 100).unwrap_or(0);
    points[middle].nested = Some(base);
    let outwards =
        (middle + 1..points.len()).map(|at| (at, at - 1)).chain((0..middle).rev().map(|at| (at, at + 1)));
    for (step, (at, from)) in outwards.enumerate() {
        if follow.step(FRONTIER.len() + step, of) == Go::Stop {
            break;
        }
        let Some(inner) = points[from].nested.as_ref().map(|reached| plan_of(asked.programme, &reached.plan))
        else {
            continue;
        };
        let mut changed = with_budget(asked.programme, None, points[at].percent - 100);
        for (project, data) in changed.projects.iter_mut().enumerate() {
            match (at > from, inner.has(project)) {
                (true, true) => data.mandatory = true,
                (false, false) => data.barred = true,
                _ => {}
            }
        }
        points[at].nested = asked.reach(&changed, &[&inner])?;
    }
    // A nested plan is a plan like any other: where the search for the free one stopped below it, it is the free
    // one too.
    for point in &mut points {
        if let (Some(free), Some(nested)) = (&mut point.free, &point.nested)
            && nested.objective > free.objective
        {
            *free = Reached { bound: free.bound.max(nested.objective), ..nested.clone() };
        }
    }
    Ok(points)
}

impl Asked<'_> {
    /// The recommended plan as a point.
    fn as_it_is(&self) -> Reached {
        let Allocation { plan, objective, bound, .. } = self.allocation;
        let plan = starts(self.programme, plan);
        Reached { objective: *objective, bound: *bound, plan, change: Difference::default() }
    }

    /// What more or less money of a source would change, in one year or all.
    fn marginal(
        &self,
        (source, year): (usize, Option<u16>),
        percent: i16,
        prices: &[(Rule, f64)],
    ) -> Result<Marginal, AllocateError> {
        let changed = with_budget(self.programme, Some((source, year)), percent);
        let reached = self.reach(&changed, &[&self.allocation.plan])?;
        let mut slope = 0.0;
        for (rule, price) in prices {
            if let Rule::Budget { source: at, year: when } = rule
                && *at == source
                && year.is_none_or(|year| year == *when)
            {
                let place = usize::from(*when) - 1;
                let more =
                    changed.sources()[source].budget[place] - self.programme.sources()[source].budget[place];
                slope += price * float(more);
            }
        }
        let proven = reached.as_ref().is_some_and(|reached| reached.objective >= reached.bound);
        Ok(Marginal {
            source,
            name: changed.sources()[source].name.clone(),
            year,
            percent,
            change: reached.as_ref().map(|reached| reached.objective - self.allocation.objective),
            exact: self.allocation.is_optimal() && (proven || reached.is_none()),
            reached,
            slope,
        })
    }

    /// The best plan of a changed programme, at least as good as those known that it allows.
    fn reach(&self, changed: &Programme, known: &[&Plan]) -> Result<Option<Reached>, AllocateError> {
        let Allocated::Plan(found) = allocate(changed, self.solver, self.effort, &mut ())? else {
            return Ok(None);
        };
        let (mut plan, mut objective) = (&found.plan, found.objective);
        for other in known {
            let worth = changed.objective(other);
            if worth > objective && verify(changed, other).is_empty() {
                (plan, objective) = (other, worth);
            }
        }
        Ok(Some(Reached {
            objective,
            bound: found.bound.max(objective),
            plan: starts(self.programme, plan),
            change: difference(self.programme, &self.allocation.plan, plan),
        }))
    }
}

/// The programme with annual limits changed by percent: of one source, in one year, or all.
fn with_budget(programme: &Programme, which: Option<(usize, Option<u16>)>, percent: i16) -> Programme {
    let mut changed = programme.clone();
    for (index, source) in changed.sources.iter_mut().enumerate() {
        for (year, limit) in (1..).zip(&mut source.budget) {
            let meant =
                which.is_none_or(|(source, when)| source == index && when.is_none_or(|when| when == year));
            if meant {
                *limit = *limit * i64::from(100 + percent) / 100;
            }
        }
    }
    changed
}

/// What the relaxation says one unit of each rule is worth, in units of 1e-4 points.
fn prices(asked: &Asked<'_>) -> Result<Vec<(Rule, f64)>, AllocateError> {
    let model = Model::of(asked.programme);
    let Some(relaxed) = asked.solver.relaxation(&model)?.solve()? else { return Ok(Vec::new()) };
    Ok(model.rows.iter().zip(relaxed.duals).map(|(row, price)| (row.rule, price)).collect())
}

fn plan_of(programme: &Programme, started: &[Start]) -> Plan {
    let mut plan = Plan::empty(programme.projects().len());
    for Start { id, start } in started {
        if let Some(project) = programme.find(id) {
            plan.starts[project] = Some(*start);
        }
    }
    plan
}

#[expect(clippy::cast_precision_loss, reason = "money stays below 2^53")]
fn float(value: i64) -> f64 {
    value as f64
}
