//! The model under the explanations: like that of the programme, with one more column for each project, which
//! is 1 when it does not start. One bound then forces a project in or out, and a relaxation stays warm.

use crate::bound::Certificate;
use crate::model::{Column, Model, Rule, Variable};
use crate::programme::{Plan, Programme};
use crate::solver::{Fixing, Limits, Outcome, Request, Solver, SolverError};
use crate::verify::verify;

/// The kind of the columns that say "does not start"; extensions use small numbers.
pub(crate) const IDLE: u8 = 255;

/// The model with what is looked up in it often.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    /// The model with the idle columns after all others.
    pub(crate) model: Model,
    /// The idle column by project; `None`: it has no year to start in.
    pub(crate) idle: Vec<Option<usize>>,
    /// Whether every other column is a start.
    pub(crate) plain: bool,
    /// Row and coefficient by start column, without the rows of single starts and of help columns.
    pub(crate) uses: Vec<Vec<(usize, i64)>>,
}

/// What a search gave.
#[derive(Clone, Debug)]
pub(crate) enum Searched {
    /// No plan satisfies the rules and the bounds asked for.
    Nothing,
    /// The best plan found, checked, with what is proven about better ones.
    Best {
        /// Plan and worth.
        plan: Option<(Plan, i64)>,
        /// Nothing is worth more.
        bound: i64,
        /// The search came to its end.
        complete: bool,
    },
}

impl Ground {
    /// Of a programme.
    pub(crate) fn of(programme: &Programme) -> Self {
        let mut model = Model::of(programme);
        let plain = model.is_plain();
        let starts = model.starts_len();
        let mut uses = vec![Vec::new(); starts];
        for (index, row) in model.rows.iter().enumerate() {
            let known = row.terms.iter().all(|(column, _)| *column < starts);
            if known && !matches!(row.rule, Rule::Once { .. }) {
                for (column, by) in &row.terms {
                    uses[*column].push((index, *by));
                }
            }
        }
        let mut idle = vec![None; programme.projects.len()];
        for index in 0..model.rows.len() {
            let Rule::Once { project } = model.rows[index].rule else { continue };
            if model.rows[index].terms.is_empty() {
                continue;
            }
            let variable =
                Variable::Auxiliary { kind: IDLE, index: u32::try_from(project).unwrap_or(u32::MAX) };
            let upper = Some(i64::from(!programme.projects[project].mandatory));
            let column = model.add_column(Column { variable, worth: 0, lower: 0, upper, integer: false });
            let row = &mut model.rows[index];
            (row.lower, row.upper) = (Some(1), Some(1));
            row.terms.push((column, 1));
            idle[project] = Some(column);
        }
        Self { model, idle, plain, uses }
    }

    /// The bound that has a project in, or out; `None`: it has no year to start in.
    pub(crate) fn force(&self, project: usize, inside: bool) -> Option<(usize, i64, i64)> {
        let value = i64::from(!inside);
        self.idle[project].map(|column| (column, value, value))
    }

    /// The values of all columns for a plan; `None` when help columns of extensions are not known.
    pub(crate) fn values(&self, plan: &Plan) -> Option<Vec<f64>> {
        if !self.plain {
            return None;
        }
        let mut values = vec![0.0; self.model.columns.len()];
        for (project, start) in plan.starts.iter().enumerate() {
            let column = match start {
                Some(start) => self.model.column(project, *start),
                None => self.idle[project],
            };
            if let Some(column) = column {
                values[column] = 1.0;
            }
        }
        Some(values)
    }

    /// Bounds that cost no plan worth `target` or more, by the certificate; those given stay.
    pub(crate) fn narrowed(&self, certificate: &Certificate, given: &Fixing, target: i64) -> Fixing {
        let mut fixing = given.clone();
        for (index, column) in self.model.columns.iter().enumerate() {
            let free = (column.lower, column.upper) == (0, Some(1)) && column.integer;
            if !free || given.iter().any(|(fixed, ..)| *fixed == index) {
                continue;
            }
            if certificate.bound_with(index, true) < target {
                fixing.push((index, 0, 0));
            } else if certificate.bound_with(index, false) < target {
                fixing.push((index, 1, 1));
            }
        }
        fixing
    }
}

/// A programme with its model and the solver: where searches are run.
#[derive(Clone, Copy)]
pub(crate) struct Search<'a> {
    /// The programme that plans are checked against.
    pub(crate) programme: &'a Programme,
    /// Its model, possibly with other worths of columns.
    pub(crate) ground: &'a Ground,
    /// Who searches.
    pub(crate) solver: &'a dyn Solver,
    /// Nodes of one search at most.
    pub(crate) nodes: u32,
}

impl Search<'_> {
    /// The best plan within bounds. The worth of plans is that of the programme.
    pub(crate) fn run(&self, fixing: &Fixing, begin: Option<&Plan>) -> Result<Searched, SolverError> {
        let begin = begin.and_then(|plan| self.ground.values(plan));
        let limits = Limits { nodes: self.nodes, time: None, gap_millionths: 0 };
        let request = Request { fixing, begin: begin.as_deref(), ..Request::new(&self.ground.model, limits) };
        let Outcome::Found { values, bound, complete, .. } = self.solver.solve(&request)? else {
            return Ok(Searched::Nothing);
        };
        let plan = values.and_then(|values| {
            let chosen: Vec<bool> = values.iter().map(|value| *value > 0.5).collect();
            checked(self.programme, self.ground.model.plan(&chosen))
        });
        // A plan that fails the check proves nothing.
        let complete = complete && plan.is_some();
        Ok(Searched::Best { plan, bound: whole(bound), complete })
    }

    /// Any plan within bounds that the model finds worth `goal` or more; the search stops at the first.
    pub(crate) fn reach(&self, fixing: &Fixing, goal: i64) -> Result<Searched, SolverError> {
        let model = &self.ground.model;
        let limits = Limits { nodes: self.nodes, time: None, gap_millionths: 0 };
        let request = Request { fixing, at_least: Some(goal), ..Request::new(model, limits) };
        let Outcome::Found { values, bound, .. } = self.solver.solve(&request)? else {
            return Ok(Searched::Nothing);
        };
        let plan = values.and_then(|values| {
            let chosen: Vec<bool> = values.iter().map(|value| *value > 0.5).collect();
            checked(self.programme, model.plan(&chosen))
        });
        let bound = whole(bound);
        if bound < goal {
            return Ok(Searched::Nothing);
        }
        Ok(Searched::Best { plan, bound, complete: false })
    }
}

/// A plan with its worth, if the independent check passes it.
pub(crate) fn checked(programme: &Programme, plan: Plan) -> Option<(Plan, i64)> {
    verify(programme, &plan).is_empty().then(|| {
        let worth = programme.objective(&plan);
        (plan, worth)
    })
}

/// A solver's bound rounded down, after a margin above its own error.
pub(crate) fn whole(bound: f64) -> i64 {
    let floor = (bound + 1e-6 + bound.abs() * 1e-9).floor();
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
    let whole = if floor.abs() < 9.0e18 { floor as i64 } else { i64::MAX };
    whole
}
