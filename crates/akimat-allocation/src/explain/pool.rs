//! Every checked plan that came up, by what it proves: the best with each start, the best without each project.

use crate::model::Model;
use crate::programme::Plan;
use std::sync::Arc;

/// A plan with its worth.
pub(crate) type Known = (i64, Arc<Plan>);

/// Plans found so far. The first of equal ones stays.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    with: Vec<Option<Known>>,
    without: Vec<Option<Known>>,
    best: Option<Known>,
}

impl Pool {
    /// Empty, for a model.
    pub(crate) fn new(model: &Model, projects: usize) -> Self {
        Self { with: vec![None; model.starts_len()], without: vec![None; projects], best: None }
    }

    /// Remembers a checked plan.
    pub(crate) fn add(&mut self, model: &Model, plan: Plan, worth: i64) {
        let plan = Arc::new(plan);
        let better = |slot: &Option<Known>| slot.as_ref().is_none_or(|(known, _)| worth > *known);
        if better(&self.best) {
            self.best = Some((worth, Arc::clone(&plan)));
        }
        for (project, start) in plan.starts.iter().enumerate() {
            let slot = match start {
                Some(start) => model.column(project, *start).map(|column| &mut self.with[column]),
                None => Some(&mut self.without[project]),
            };
            if let Some(slot) = slot
                && better(slot)
            {
                *slot = Some((worth, Arc::clone(&plan)));
            }
        }
    }

    /// The best plan of all.
    pub(crate) const fn best(&self) -> Option<&Known> {
        self.best.as_ref()
    }

    /// The best plan with a start column.
    pub(crate) fn at(&self, column: usize) -> Option<&Known> {
        self.with[column].as_ref()
    }

    /// The best plan with a project in, or out.
    pub(crate) fn having(&self, model: &Model, project: usize, inside: bool) -> Option<&Known> {
        if !inside {
            return self.without[project].as_ref();
        }
        let mut best: Option<&Known> = None;
        for known in model.columns_of(project).filter_map(|column| self.with[column].as_ref()) {
            if best.is_none_or(|(worth, _)| known.0 > *worth) {
                best = Some(known);
            }
        }
        best
    }
}
