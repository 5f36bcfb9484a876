//! What would bring a rejected project in: more benefit, or lower payments.

use super::exchange::Board;
use super::forced::is_exact;
use super::ground::{Ground, Search, Searched};
use super::report::{Cost, Figure};
use super::worker::Worker;
use crate::bound::Certificate;
use crate::programme::{Plan, Programme};
use crate::solver::{Fixing, SolverError};
use crate::verify::verify;

/// The largest cut that is looked at, in percent.
const CUT_MAX: i64 = 99;
/// How far from an answer the next question is put at first, in percent; twice as far each time.
const STRIDE: i64 = 3;

impl Worker<'_, '_> {
    /// The smallest increase of the benefit of a rejected project, in points, with which a plan that has it is
    /// worth as much as the recommended one: `min over starts t of ceil((z - z_it) / D_t)`.
    pub(crate) fn benefit_increase(
        &mut self,
        project: usize,
        cost: &Cost,
    ) -> Result<Option<Figure>, SolverError> {
        if cost.figure().is_never() {
            return Ok(Some(Figure::never()));
        }
        let least = cost.lower.unwrap_or(0);
        let mut upper = self.known_increase(project);
        if !self.case.programme.extensions().is_empty() {
            // Other rules may count the benefit in their own way: only what the programme itself confirms is said.
            let confirmed = upper.filter(|by| self.confirms(project, *by));
            return Ok(confirmed.map(|by| Figure::between(0, Some(by))));
        }
        let columns = self.case.ground.model.columns_of(project);
        let best = columns.map(|column| self.discount(column)).max().unwrap_or(0);
        if best == 0 {
            return Ok(None);
        }
        let mut lower = ceil(least, best);
        while let Some(by) = upper.filter(|by| *by > lower) {
            if self.depth.nodes == 0 {
                break;
            }
            match self.reaches_with(project, by - 1, least)? {
                Some(true) => upper = self.known_increase(project).map(|known| known.min(by - 1)),
                Some(false) => lower = by,
                None => break,
            }
        }
        Ok(Some(Figure::between(lower, upper)))
    }

    /// The discount factor of a start column.
    fn discount(&self, column: usize) -> i64 {
        let year = self.case.ground.model.start_of(column).map_or(0, |(_, year)| usize::from(year));
        self.case.programme.discount().get(year.wrapping_sub(1)).copied().unwrap_or(0)
    }

    /// The smallest increase that the plans known so far show to be enough.
    fn known_increase(&self, project: usize) -> Option<i64> {
        let columns = self.case.ground.model.columns_of(project).filter(|column| self.discount(*column) > 0);
        let enough = columns.filter_map(|column| {
            let (worth, _) = self.pool.at(column)?;
            Some(ceil((self.case.objective - worth).max(0), self.discount(column)))
        });
        enough.min()
    }

    /// Whether the programme with more benefit finds the witness worth as much as the plan.
    fn confirms(&self, project: usize, by: i64) -> bool {
        let mut changed = self.case.programme.clone();
        changed.projects[project].benefit += by;
        let known = self.pool.having(&self.case.ground.model, project, true);
        known.is_some_and(|(_, plan)| changed.objective(plan) >= changed.objective(&self.case.plan))
    }

    /// Whether a plan with the project reaches the recommended one when its benefit is greater by so much; `None`:
    /// not known within the nodes. A plan that does is remembered.
    fn reaches_with(&mut self, project: usize, by: i64, least: i64) -> Result<Option<bool>, SolverError> {
        let Some(forced) = self.case.ground.force(project, true) else { return Ok(Some(false)) };
        let mut ground = self.case.ground.clone();
        let mut fixing: Fixing = vec![forced];
        for column in self.case.ground.model.columns_of(project) {
            let more = by * self.discount(column);
            if more < least {
                fixing.push((column, 0, 0));
            }
            ground.model.columns[column].worth += more;
        }
        let Some(fixing) = self.relaxed(&ground, fixing)? else { return Ok(Some(false)) };
        let search = Search {
            programme: self.case.programme,
            ground: &ground,
            solver: self.case.solver,
            nodes: self.depth.nodes,
        };
        let found = search.reach(&fixing, self.case.objective)?;
        Ok(match found {
            Searched::Nothing => Some(false),
            Searched::Best { plan: Some((plan, worth)), .. } => {
                let start =
                    plan.starts[project].and_then(|year| self.case.ground.model.column(project, year));
                let more = start.map_or(0, |column| by * self.discount(column));
                let reached = worth + more >= self.case.objective;
                self.remember(Some((plan, worth)));
                reached.then_some(true)
            }
            Searched::Best { plan: None, .. } => None,
        })
    }

    /// The smallest whole percentage off the payments of a rejected project with which a plan that has it is worth
    /// as much as the recommended one. The floors keep its appraised total.
    pub(crate) fn cost_cut(&mut self, project: usize, cost: &Cost) -> Result<Option<Figure>, SolverError> {
        if cost.upper == Some(0) {
            return Ok(Some(Figure::exact(0)));
        }
        if self.case.ground.idle[project].is_none() {
            return Ok(Some(Figure::never()));
        }
        let certain = is_exact(cost.label) || cost.lower.is_some_and(|lower| lower > 0);
        let mut hunt = Hunt { below: if certain { 0 } else { -1 }, enough: None };
        let largest = self.bound_at(project, CUT_MAX)?;
        if largest.is_none_or(|bound| bound < self.case.objective) {
            return Ok(Some(Figure::never()));
        }
        self.swapped(project, &mut hunt);
        if self.depth.cut_nodes > 0 && hunt.is_open() && !self.proved(project, cost, &mut hunt)? {
            return Ok(Some(Figure::never()));
        }
        Ok(Some(Figure::between(hunt.below + 1, hunt.enough)))
    }

    /// Lowers the upper end by swaps alone.
    fn swapped(&self, project: usize, hunt: &mut Hunt) {
        let mut fails = hunt.below;
        let mut next = CUT_MAX;
        while hunt.enough.unwrap_or(CUT_MAX + 1) - fails > 1 {
            match self.swap_reaches(project, next) {
                Some(plan) => hunt.enough = Some(self.cheapest(project, &plan, hunt.below, next)),
                None => fails = fails.max(next),
            }
            next = i64::midpoint(fails, hunt.enough.unwrap_or(CUT_MAX + 1));
        }
    }

    /// Closes the ends by searches; false: it is proven that no cut is enough.
    fn proved(&self, project: usize, cost: &Cost, hunt: &mut Hunt) -> Result<bool, SolverError> {
        let mut guess = self.bounded(project, cost, hunt)?;
        // Percentages that neither a plan nor a proof decided narrow the search, but are not said.
        let mut undecided = hunt.below;
        let mut stride = STRIDE;
        while undecided < hunt.enough.unwrap_or(CUT_MAX + 1) - 1 {
            let next = match hunt.enough {
                None => CUT_MAX,
                Some(enough) => guess.clamp(undecided + 1, enough - 1),
            };
            match self.reaches_at(project, next)? {
                Answer::Yes(plan) => {
                    let enough = self.cheapest(project, &plan, hunt.below, next);
                    if hunt.enough.is_some() {
                        guess = (enough - stride).max(i64::midpoint(undecided, enough));
                        stride *= 2;
                    }
                    hunt.enough = Some(enough);
                }
                answer => {
                    let same = self.same_payments(project, next);
                    if matches!(answer, Answer::No) {
                        hunt.below = hunt.below.max(same);
                        if same == CUT_MAX {
                            return Ok(false);
                        }
                    }
                    undecided = undecided.max(same);
                    let enough = hunt.enough.unwrap_or(CUT_MAX + 1);
                    guess = (undecided + stride).min(i64::midpoint(undecided, enough));
                    stride *= 2;
                }
            }
        }
        Ok(true)
    }

    /// Raises the lower end by the relaxation alone: what it does not reach, no plan reaches. Returns where a plan is
    /// likely to do: where the relaxation has risen by as much as the best plan with the project is short of the goal.
    fn bounded(&self, project: usize, cost: &Cost, hunt: &mut Hunt) -> Result<i64, SolverError> {
        let enough = hunt.enough.unwrap_or(CUT_MAX);
        let first = |goal: i64, below: i64| -> Result<i64, SolverError> {
            let (mut below, mut open) = (below, enough);
            while open - below > 1 {
                let middle = i64::midpoint(below, open);
                if self.bound_at(project, middle)?.is_some_and(|bound| bound >= goal) {
                    open = middle;
                } else {
                    below = middle;
                }
            }
            Ok(below)
        };
        hunt.below = hunt.below.max(first(self.case.objective, hunt.below)?);
        let ease = match (cost.upper, self.bound_at(project, 0)?) {
            (Some(short), Some(bound)) => bound.saturating_add(short),
            _ => self.case.base.as_ref().map_or(self.case.objective, Certificate::bound),
        };
        Ok(first(ease, hunt.below)? + 1)
    }

    /// The largest cut with which every payment is what it is with `percent`.
    fn same_payments(&self, project: usize, percent: i64) -> i64 {
        let costs = || self.case.programme.projects()[project].cost.iter().flatten();
        let left = |amount: &i64, percent: i64| amount * (100 - percent) / 100;
        let same = |more: &i64| costs().all(|amount| left(amount, *more) == left(amount, percent));
        (percent..=CUT_MAX).take_while(same).last().unwrap_or(percent)
    }

    /// Bounds that lose no plan worth the recommended one within those given; `None`: there is no such plan.
    fn relaxed(&self, ground: &Ground, fixing: Fixing) -> Result<Option<Fixing>, SolverError> {
        let Some(relaxed) = self.relaxation(ground, &fixing)? else { return Ok(None) };
        let Some(certificate) = relaxed else { return Ok(Some(fixing)) };
        if certificate.bound() < self.case.objective {
            return Ok(None);
        }
        Ok(Some(ground.narrowed(&certificate, &fixing, self.case.objective)))
    }

    /// What the relaxation within bounds proves; `None`: no values satisfy the rules, `Some(None)`: nothing is proven.
    fn relaxation(
        &self,
        ground: &Ground,
        fixing: &Fixing,
    ) -> Result<Option<Option<Certificate>>, SolverError> {
        let mut relaxation = self.case.solver.relaxation(&ground.model)?;
        for (column, lower, upper) in fixing {
            relaxation.bound_column(*column, *lower, *upper);
        }
        let relaxed = relaxation.solve()?;
        Ok(relaxed.map(|relaxed| Certificate::new(&ground.model, &relaxed.duals, fixing)))
    }

    /// No plan with the project whose payments are cut is worth more; `None`: there is no such plan.
    fn bound_at(&self, project: usize, percent: i64) -> Result<Option<i64>, SolverError> {
        let ground = Ground::of(&cheaper(self.case.programme, project, percent));
        let Some(forced) = ground.force(project, true) else { return Ok(None) };
        let relaxed = self.relaxation(&ground, &vec![forced])?;
        Ok(relaxed.map(|certificate| certificate.map_or(i64::MAX, |certificate| certificate.bound())))
    }

    fn reaches_at(&self, project: usize, percent: i64) -> Result<Answer, SolverError> {
        let changed = cheaper(self.case.programme, project, percent);
        let ground = Ground::of(&changed);
        let Some(forced) = ground.force(project, true) else { return Ok(Answer::No) };
        let Some(fixing) = self.relaxed(&ground, vec![forced])? else { return Ok(Answer::No) };
        let search = Search {
            programme: &changed,
            ground: &ground,
            solver: self.case.solver,
            nodes: self.depth.cut_nodes,
        };
        if search.nodes == 0 {
            return Ok(Answer::Unknown);
        }
        Ok(match search.reach(&fixing, self.case.objective)? {
            Searched::Nothing => Answer::No,
            Searched::Best { plan: Some((plan, worth)), .. } if worth >= self.case.objective => {
                Answer::Yes(plan)
            }
            Searched::Best { .. } => Answer::Unknown,
        })
    }

    /// A plan with the project, worth the recommended one, that swaps find when its payments are cut.
    fn swap_reaches(&self, project: usize, percent: i64) -> Option<Plan> {
        let changed = cheaper(self.case.programme, project, percent);
        let ground = Ground::of(&changed);
        let mut board = Board::new(&changed, &ground, &self.case.plan);
        for swap in board.swaps(project) {
            let mut tried = board.clone();
            tried.swap(&swap);
            tried.fill(&self.case.order, project);
            let plan = tried.plan();
            if changed.objective(&plan) >= self.case.objective && verify(&changed, &plan).is_empty() {
                return Some(plan);
            }
        }
        None
    }

    /// The smallest cut above `below` with which this very plan holds; it holds with `holds`.
    fn cheapest(&self, project: usize, plan: &Plan, below: i64, holds: i64) -> i64 {
        let (mut fails, mut holds) = (below, holds);
        while holds - fails > 1 {
            let middle = i64::midpoint(fails, holds);
            if verify(&cheaper(self.case.programme, project, middle), plan).is_empty() {
                holds = middle;
            } else {
                fails = middle;
            }
        }
        holds
    }
}

/// Where the smallest cut is looked for.
struct Hunt {
    /// Not enough for certain.
    below: i64,
    /// Enough for certain.
    enough: Option<i64>,
}

impl Hunt {
    fn is_open(&self) -> bool {
        self.enough.unwrap_or(CUT_MAX + 1) - self.below > 1
    }
}

/// Whether a cut is enough.
enum Answer {
    /// A plan shows it.
    Yes(Plan),
    /// It is proven that it is not.
    No,
    /// Not decided within the nodes.
    Unknown,
}

/// The programme with the payments of one project cut by so many percent, each rounded down.
pub(crate) fn cheaper(programme: &Programme, project: usize, percent: i64) -> Programme {
    let mut changed = programme.clone();
    for amount in changed.projects[project].cost.iter_mut().flatten() {
        *amount = *amount * (100 - percent) / 100;
    }
    changed
}

/// A quotient rounded up, of numbers at least 0.
fn ceil(value: i64, by: i64) -> i64 {
    (value + by - 1) / by
}
