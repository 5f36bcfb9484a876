//! What it costs to have a project in, or out: a bound from the relaxation, a witness from swaps, then a search.

use super::ground::{Ground, Searched};
use super::report::{Cost, Exchange, Figure};
use super::witness::Witnesses;
use super::worker::Worker;
use super::{Explainer, Label, difference, starts};
use crate::bound::Certificate;
use crate::programme::{Plan, Programme};
use crate::solver::{Fixing, Relaxation, SolverError};

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

/// The relaxation, asked about one project after the other.
struct Bounds<'a> {
    programme: &'a Programme,
    ground: &'a Ground,
    plan: &'a Plan,
    base: Option<&'a Certificate>,
    bound: i64,
    leave_out: bool,
    relaxation: &'a mut dyn Relaxation,
}

impl Bounds<'_> {
    /// The bound with a project moved to the other side; the exchange is not looked for.
    fn of(&mut self, project: usize) -> Result<First, SolverError> {
        let mut first = First { bound: None, certificate: None, exchange: None };
        let Some(forced) = moved(self.programme, self.ground, self.plan, project) else { return Ok(first) };
        let inside = !self.plan.has(project);
        let mut bound = self.bound;
        if let Some(certificate) = self.base {
            bound = bound.min(certificate.bound_with(forced.0, !inside));
        }
        if inside || self.leave_out {
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
}

/// The bound that moves a project to the other side; `None` where it must stay.
pub(crate) fn moved(
    programme: &Programme,
    ground: &Ground,
    plan: &Plan,
    project: usize,
) -> Option<(usize, i64, i64)> {
    let inside = !plan.has(project);
    ground.force(project, inside).filter(|_| inside || !programme.projects()[project].mandatory)
}

impl Explainer<'_> {
    /// What bounds and swaps say about the projects, in their order. The relaxation works on this thread, the swaps on
    /// another: neither asks the other, so the answer is that of one after the other.
    pub(crate) fn first_looks(&mut self, projects: &[usize]) -> Result<Vec<First>, SolverError> {
        let case = &self.case;
        let (programme, ground, plan) = (case.programme, &case.ground, &case.plan);
        let mut witnesses = Witnesses {
            programme,
            ground,
            plan,
            objective: case.objective,
            order: &case.order,
            pool: &mut self.pool,
        };
        let mut bounds = Bounds {
            programme,
            ground,
            plan,
            base: case.base.as_ref(),
            bound: case.bound,
            leave_out: self.depth.leave_out,
            relaxation: &mut *self.relaxation,
        };
        let (firsts, exchanges) = std::thread::scope(|scope| {
            let swaps =
                scope.spawn(|| projects.iter().map(|project| witnesses.of(*project)).collect::<Vec<_>>());
            let firsts = projects.iter().map(|project| bounds.of(*project)).collect::<Result<Vec<_>, _>>();
            (firsts, swaps.join())
        });
        let exchanges = exchanges.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let both = firsts?.into_iter().zip(exchanges);
        Ok(both.map(|(first, exchange)| First { exchange, ..first }).collect())
    }
}

impl Worker<'_, '_> {
    /// What it costs to move a project to the other side, as sure as the depth allows.
    pub(crate) fn cost(&mut self, project: usize, first: &First) -> Result<Cost, SolverError> {
        let inside = !self.case.plan.has(project);
        let Some(bound) = first.bound else { return Ok(self.never()) };
        let Some(forced) = self.case.ground.force(project, inside) else { return Ok(self.never()) };
        let known = |this: &Self| this.pool.having(&this.case.ground.model, project, inside).map(|(w, _)| *w);
        let fixing: Fixing = vec![forced];
        let closed = |best: Option<i64>| best.is_some_and(|best| best >= bound.min(self.case.objective));
        let mut bound = bound;
        if !closed(known(self)) && self.depth.kernel_columns > 0 {
            self.kernel(project, first, &fixing)?;
        }
        if known(self).is_none_or(|best| best < bound.min(self.case.objective)) && self.depth.nodes > 0 {
            let target = known(self);
            let mut narrowed = fixing;
            if let (Some(certificate), Some(target)) = (&first.certificate, target) {
                narrowed = self.case.ground.narrowed(certificate, &narrowed, target);
            }
            let begin =
                self.pool.having(&self.case.ground.model, project, inside).map(|(_, plan)| plan.clone());
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
        let Some(certificate) = first.certificate.as_ref().or(self.case.base.as_ref()) else {
            return Ok(());
        };
        let inside = !self.case.plan.has(project);
        let begin = self.pool.having(&self.case.ground.model, project, inside).map(|(_, plan)| plan.clone());
        let mut sure: Vec<(u128, usize)> = (0..self.case.ground.model.starts_len())
            .map(|column| (certificate.reduced[column].unsigned_abs(), column))
            .collect();
        sure.sort_unstable();
        let mut fixing = fixing.clone();
        let reference = begin.as_deref().unwrap_or(&self.case.plan);
        let own = self.case.ground.model.columns_of(project);
        for (_, column) in sure.into_iter().skip(self.depth.kernel_columns) {
            let Some((other, year)) = self.case.ground.model.start_of(column) else { continue };
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
        let known = self.pool.having(&self.case.ground.model, project, inside);
        let lower = (self.case.objective - bound).max(0);
        let upper = known.map(|(worth, _)| (self.case.objective - worth).max(0));
        let Figure { label, value, lower, upper } = Figure::between(lower, upper);
        let plan = known.map(|(_, plan)| plan);
        Cost {
            label,
            value,
            lower,
            upper,
            witness: plan.map(|plan| starts(self.case.programme, plan)),
            witness_objective: known.map(|(worth, _)| *worth),
            change: plan.map(|plan| difference(self.case.programme, &self.case.plan, plan)),
        }
    }
}

/// Whether a label says that the number is proven.
pub(crate) fn is_exact(label: Label) -> bool {
    label == Label::Exact
}
