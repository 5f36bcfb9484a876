//! What it costs to have a project in, or out: a bound from the relaxation, a witness from swaps, then a search.

use super::exchange::Board;
use super::ground::Searched;
use super::report::{Cost, Exchange, Figure};
use super::{Explainer, Label, difference, starts};
use crate::bound::Certificate;
use crate::solver::{Fixing, SolverError};

/// What bounds and swaps say about a project.
#[derive(Clone, Debug)]
pub(crate) struct First {
    /// No plan with the project moved to the other side is worth more; `None`: there is no such plan.
    pub(crate) bound: Option<i64>,
    /// The certificate with the project moved, when the relaxation was solved again.
    pub(crate) certificate: Option<Certificate>,
    /// The cheapest swap.
    pub(crate) exchange: Option<Exchange>,
}

impl Explainer<'_> {
    /// The bound of the relaxation with a project moved to the other side, and swaps that move it.
    pub(crate) fn first_look(&mut self, project: usize) -> Result<First, SolverError> {
        let inside = !self.plan.has(project);
        let mandatory = self.programme.projects()[project].mandatory;
        let mut first = First { bound: None, certificate: None, exchange: None };
        let Some(forced) = self.ground.force(project, inside).filter(|_| inside || !mandatory) else {
            return Ok(first);
        };
        first.exchange = self.witness(project);
        let mut bound = self.bound;
        if let Some((_, certificate)) = &self.base {
            bound = bound.min(certificate.bound_with(forced.0, !inside));
        }
        if inside || self.depth.leave_out {
            self.relaxation.bound_column(forced.0, forced.1, forced.2);
            let relaxed = self.relaxation.solve();
            self.relaxation.bound_column(forced.0, 0, 1);
            let Some(relaxed) = relaxed? else { return Ok(first) };
            first.certificate = Certificate::new(&self.ground.model, &relaxed.duals, &vec![forced]);
        }
        if let Some(certificate) = &first.certificate {
            bound = bound.min(certificate.bound());
        }
        first.bound = Some(bound);
        Ok(first)
    }

    /// Swaps and fills from the plan; what they find is remembered, the cheapest bare swap returned.
    fn witness(&mut self, project: usize) -> Option<Exchange> {
        let inside = !self.plan.has(project);
        let mut found = Vec::new();
        let mut board = Board::new(self.programme, &self.ground, &self.plan);
        let mut cheapest = None;
        if inside {
            for swap in board.swaps(project) {
                let mut tried = board.clone();
                tried.swap(&swap);
                let bare = self.search(0).checked(tried.plan());
                if let Some((plan, worth)) = &bare
                    && cheapest.is_none()
                {
                    let id = |index: &usize| self.programme.projects()[*index].id.clone();
                    let loss = self.objective - worth;
                    let start = plan.starts[project].unwrap_or(0);
                    cheapest = Some(Exchange { start, out: swap.out.iter().map(id).collect(), loss });
                }
                found.push(bare);
                tried.fill(&self.order, project);
                found.push(self.search(0).checked(tried.plan()));
            }
            for columns in self.packages(project) {
                let mut tried = board.clone();
                if tried.make_room(&columns) {
                    tried.fill(&self.order, project);
                    found.push(self.search(0).checked(tried.plan()));
                }
            }
        } else if board.drop_one(project) {
            found.push(self.search(0).checked(board.plan()));
            board.fill(&self.order, project);
            found.push(self.search(0).checked(board.plan()));
        }
        for plan in found {
            self.remember(plan);
        }
        cheapest
    }

    /// The starts of a project, each with the starts of the project that it waits for where that one is not in the
    /// plan in time.
    fn packages(&self, project: usize) -> Vec<Vec<usize>> {
        let model = &self.ground.model;
        let mut packages = Vec::new();
        for column in model.columns_of(project) {
            let Some((_, year)) = model.start_of(column) else { continue };
            let late = self.programme.precedence().iter().find(|pair| {
                pair.after == project
                    && self.plan.starts[pair.before].is_none_or(|start| start + pair.lag > year)
            });
            match late {
                None => packages.push(vec![column]),
                Some(pair) => packages.extend(
                    model
                        .columns_of(pair.before)
                        .filter(|first| {
                            model.start_of(*first).is_some_and(|(_, start)| start + pair.lag <= year)
                        })
                        .map(|first| vec![first, column]),
                ),
            }
        }
        packages
    }

    /// What it costs to move a project to the other side, as sure as the depth allows.
    pub(crate) fn cost(&mut self, project: usize, first: &First) -> Result<Cost, SolverError> {
        let inside = !self.plan.has(project);
        let Some(bound) = first.bound else { return Ok(self.never()) };
        let Some(forced) = self.ground.force(project, inside) else { return Ok(self.never()) };
        let known = |this: &Self| this.pool.having(&this.ground.model, project, inside).map(|(w, _)| *w);
        let fixing: Fixing = vec![forced];
        let closed = |best: Option<i64>| best.is_some_and(|best| best >= bound.min(self.objective));
        let mut bound = bound;
        if !closed(known(self)) && self.depth.kernel_columns > 0 {
            self.kernel(project, first, &fixing)?;
        }
        if known(self).is_none_or(|best| best < bound.min(self.objective)) && self.depth.nodes > 0 {
            let target = known(self);
            let mut narrowed = fixing;
            if let (Some(certificate), Some(target)) = (&first.certificate, target) {
                narrowed = self.ground.narrowed(certificate, &narrowed, target);
            }
            let begin = self.pool.having(&self.ground.model, project, inside).map(|(_, plan)| plan.clone());
            match self.search(self.depth.nodes).run(&narrowed, begin.as_deref())? {
                Searched::Nothing => match target {
                    Some(target) => bound = target,
                    None => return Ok(self.never()),
                },
                Searched::Best { plan, bound: proven, complete } => {
                    let worth = plan.as_ref().map(|(_, worth)| *worth);
                    self.remember(plan);
                    bound = bound.min(proven.max(target.unwrap_or(i64::MIN)));
                    if complete {
                        bound = worth.into_iter().chain(target).max().unwrap_or(bound);
                    }
                }
            }
        }
        Ok(self.priced(project, inside, bound))
    }

    /// A small model around the witness: the columns that the prices are least sure about stay free.
    fn kernel(&mut self, project: usize, first: &First, fixing: &Fixing) -> Result<(), SolverError> {
        let Some(certificate) = first.certificate.as_ref().or(self.base.as_ref().map(|(_, c)| c)) else {
            return Ok(());
        };
        let inside = !self.plan.has(project);
        let begin = self.pool.having(&self.ground.model, project, inside).map(|(_, plan)| plan.clone());
        let mut sure: Vec<(u128, usize)> = (0..self.ground.model.starts_len())
            .map(|column| (certificate.reduced[column].unsigned_abs(), column))
            .collect();
        sure.sort_unstable();
        let mut fixing = fixing.clone();
        let reference = begin.as_deref().unwrap_or(&self.plan);
        let own = self.ground.model.columns_of(project);
        for (_, column) in sure.into_iter().skip(self.depth.kernel_columns) {
            let Some((other, year)) = self.ground.model.start_of(column) else { continue };
            if !own.contains(&column) {
                let value = i64::from(reference.starts[other] == Some(year));
                fixing.push((column, value, value));
            }
        }
        let found = self.search(self.depth.kernel_nodes).run(&fixing, begin.as_deref())?;
        if let Searched::Best { plan, .. } = found {
            self.remember(plan);
        }
        Ok(())
    }

    fn never(&self) -> Cost {
        let Figure { label, value, lower, upper } = Figure::never();
        Cost { label, value, lower, upper, witness: None, witness_objective: None, change: None }
    }

    /// The cost with the best witness known, given that nothing better than `bound` exists.
    fn priced(&self, project: usize, inside: bool, bound: i64) -> Cost {
        let known = self.pool.having(&self.ground.model, project, inside);
        let lower = (self.objective - bound).max(0);
        let upper = known.map(|(worth, _)| (self.objective - worth).max(0));
        let Figure { label, value, lower, upper } = Figure::between(lower, upper);
        let plan = known.map(|(_, plan)| plan);
        Cost {
            label,
            value,
            lower,
            upper,
            witness: plan.map(|plan| starts(self.programme, plan)),
            witness_objective: known.map(|(worth, _)| *worth),
            change: plan.map(|plan| difference(self.programme, &self.plan, plan)),
        }
    }
}

/// Whether a label says that the number is proven.
pub(crate) fn is_exact(label: Label) -> bool {
    label == Label::Exact
}
