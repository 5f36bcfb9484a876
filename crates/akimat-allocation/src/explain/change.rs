//! What would bring a rejected project in: more benefit, or lower payments.

use super::Explainer;
use super::exchange::Board;
use super::forced::is_exact;
use super::ground::{Ground, Search, Searched};
use super::percent::{self, CUT_MAX, Least};
use super::report::{Cost, Figure};
use crate::bound::Certificate;
use crate::programme::{Plan, Programme};
use crate::solver::{Fixing, SolverError};
use crate::verify::verify;

impl Explainer<'_> {
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
        if !self.programme.extensions().is_empty() {
            // Other rules may count the benefit in their own way: only what the programme itself confirms is said.
            let confirmed = upper.filter(|by| self.confirms(project, *by));
            return Ok(confirmed.map(|by| Figure::between(0, Some(by))));
        }
        let columns = self.ground.model.columns_of(project);
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
        let year = self.ground.model.start_of(column).map_or(0, |(_, year)| usize::from(year));
        self.programme.discount().get(year.wrapping_sub(1)).copied().unwrap_or(0)
    }

    /// The smallest increase that the plans known so far show to be enough.
    fn known_increase(&self, project: usize) -> Option<i64> {
        let columns = self.ground.model.columns_of(project).filter(|column| self.discount(*column) > 0);
        let enough = columns.filter_map(|column| {
            let (worth, _) = self.pool.at(column)?;
            Some(ceil((self.objective - worth).max(0), self.discount(column)))
        });
        enough.min()
    }

    /// Whether the programme with more benefit finds the witness worth as much as the plan.
    fn confirms(&self, project: usize, by: i64) -> bool {
        let mut changed = self.programme.clone();
        changed.projects[project].benefit += by;
        let known = self.pool.having(&self.ground.model, project, true);
        known.is_some_and(|(_, plan)| changed.objective(plan) >= changed.objective(&self.plan))
    }

    /// Whether a plan with the project reaches the recommended one when its benefit is greater by so much; `None`:
    /// not known within the nodes. A plan that does is remembered.
    fn reaches_with(&mut self, project: usize, by: i64, least: i64) -> Result<Option<bool>, SolverError> {
        let Some(forced) = self.ground.force(project, true) else { return Ok(Some(false)) };
        let mut ground = self.ground.clone();
        let mut fixing: Fixing = vec![forced];
        for column in self.ground.model.columns_of(project) {
            let more = by * self.discount(column);
            if more < least {
                fixing.push((column, 0, 0));
            }
            ground.model.columns[column].worth += more;
        }
        for (column, lower, upper) in &fixing {
            self.relaxation.bound_column(*column, *lower, *upper);
        }
        for column in ground.model.columns_of(project) {
            self.relaxation.value_column(column, ground.model.columns[column].worth);
        }
        let relaxed = self.relaxation.solve();
        for (column, ..) in &fixing {
            self.relaxation.bound_column(*column, 0, 1);
        }
        for column in ground.model.columns_of(project) {
            self.relaxation.value_column(column, self.ground.model.columns[column].worth);
        }
        let Some(relaxed) = relaxed? else { return Ok(Some(false)) };
        if let Some(certificate) = Certificate::new(&ground.model, &relaxed.duals, &fixing) {
            if certificate.bound() < self.objective {
                return Ok(Some(false));
            }
            fixing = ground.narrowed(&certificate, &fixing, self.objective);
        }
        let search = Search {
            programme: self.programme,
            ground: &ground,
            solver: self.solver,
            nodes: self.depth.nodes,
        };
        let found = search.reach(&fixing, self.objective)?;
        Ok(match found {
            Searched::Nothing => Some(false),
            Searched::Best { plan: Some((plan, worth)), .. } => {
                let start = plan.starts[project].and_then(|year| self.ground.model.column(project, year));
                let more = start.map_or(0, |column| by * self.discount(column));
                let reached = worth + more >= self.objective;
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
        if self.ground.idle[project].is_none() {
            return Ok(Some(Figure::never()));
        }
        let certain = is_exact(cost.label) || cost.lower.is_some_and(|lower| lower > 0);
        let mut hunt = Hunt { below: if certain { 0 } else { -1 }, enough: None };
        if !self.relaxed_reaches(project, CUT_MAX)? {
            return Ok(Some(Figure::never()));
        }
        self.swapped(project, &mut hunt);
        if self.depth.cut_nodes > 0 && hunt.is_open() && !self.proved(project, &mut hunt)? {
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
    fn proved(&self, project: usize, hunt: &mut Hunt) -> Result<bool, SolverError> {
        let last = hunt.enough.map_or(CUT_MAX, |enough| enough - 1);
        let changed = cheaper(self.programme, project, last);
        // What loses no plan at the largest cut in question loses none at smaller ones.
        let Some(fixing) = self.relaxed(&Ground::of(&changed), project)? else {
            hunt.below = last;
            return Ok(hunt.enough.is_some());
        };
        if self.programme.extensions().is_empty() {
            let model = percent::model(self.programme, &self.ground, project, self.objective);
            match percent::least(&model, self.solver, &fixing, self.depth.cut_nodes)? {
                Least::None => {
                    hunt.below = last;
                    return Ok(hunt.enough.is_some());
                }
                Least::AtLeast(percent, plan) => {
                    hunt.below = hunt.below.max(percent.min(last + 1) - 1);
                    let reaches = |plan: &Plan| {
                        self.programme.objective(plan) >= self.objective && plan.has(project) && {
                            verify(&cheaper(self.programme, project, last), plan).is_empty()
                        }
                    };
                    if let Some(plan) = plan.filter(reaches) {
                        hunt.enough = Some(self.cheapest(project, &plan, hunt.below, last));
                    }
                }
            }
        }
        self.bisected(project, hunt)
    }

    /// What is still open, percentage by percentage.
    fn bisected(&self, project: usize, hunt: &mut Hunt) -> Result<bool, SolverError> {
        // Percentages that neither a plan nor a proof decided narrow the search, but are not said.
        let mut undecided = hunt.below;
        while undecided < hunt.enough.unwrap_or(CUT_MAX + 1) - 1 {
            let next = match hunt.enough {
                None => CUT_MAX,
                Some(enough) => i64::midpoint(undecided, enough),
            };
            match self.reaches_at(project, next)? {
                Answer::Yes(plan) => hunt.enough = Some(self.cheapest(project, &plan, hunt.below, next)),
                Answer::No => {
                    hunt.below = hunt.below.max(next);
                    undecided = undecided.max(next);
                    if next == CUT_MAX {
                        return Ok(false);
                    }
                }
                Answer::Unknown => undecided = undecided.max(next),
            }
        }
        Ok(true)
    }

    fn relaxed_reaches(&self, project: usize, percent: i64) -> Result<bool, SolverError> {
        let changed = cheaper(self.programme, project, percent);
        let ground = Ground::of(&changed);
        Ok(self.relaxed(&ground, project)?.is_some())
    }

    /// Bounds that lose no plan with the project that reaches the recommended one; `None`: there is none.
    fn relaxed(&self, ground: &Ground, project: usize) -> Result<Option<Fixing>, SolverError> {
        let Some(forced) = ground.force(project, true) else { return Ok(None) };
        let fixing: Fixing = vec![forced];
        let mut relaxation = self.solver.relaxation(&ground.model)?;
        relaxation.bound_column(forced.0, forced.1, forced.2);
        let Some(relaxed) = relaxation.solve()? else { return Ok(None) };
        let Some(certificate) = Certificate::new(&ground.model, &relaxed.duals, &fixing) else {
            return Ok(Some(fixing));
        };
        if certificate.bound() < self.objective {
            return Ok(None);
        }
        Ok(Some(ground.narrowed(&certificate, &fixing, self.objective)))
    }

    fn reaches_at(&self, project: usize, percent: i64) -> Result<Answer, SolverError> {
        let changed = cheaper(self.programme, project, percent);
        let ground = Ground::of(&changed);
        let Some(fixing) = self.relaxed(&ground, project)? else { return Ok(Answer::No) };
        let search =
            Search { programme: &changed, ground: &ground, solver: self.solver, nodes: self.depth.cut_nodes };
        if search.nodes == 0 {
            return Ok(Answer::Unknown);
        }
        Ok(match search.reach(&fixing, self.objective)? {
            Searched::Nothing => Answer::No,
            Searched::Best { plan: Some((plan, worth)), .. } if worth >= self.objective => Answer::Yes(plan),
            Searched::Best { .. } => Answer::Unknown,
        })
    }

    /// A plan with the project, worth the recommended one, that swaps find when its payments are cut.
    fn swap_reaches(&self, project: usize, percent: i64) -> Option<Plan> {
        let changed = cheaper(self.programme, project, percent);
        let ground = Ground::of(&changed);
        let mut board = Board::new(&changed, &ground, &self.plan);
        for swap in board.swaps(project) {
            let mut tried = board.clone();
            tried.swap(&swap);
            tried.fill(&self.order, project);
            let plan = tried.plan();
            if changed.objective(&plan) >= self.objective && verify(&changed, &plan).is_empty() {
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
            if verify(&cheaper(self.programme, project, middle), plan).is_empty() {
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
