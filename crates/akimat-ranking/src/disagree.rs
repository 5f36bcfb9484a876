//! Where methods place a project differently from the decision model, and what moves it.
//!
//! The reason is found by trying: without each criterion in turn, and on the worth of the decision model instead of
//! the method's own scale. What brings the two places closest together is named.

use crate::{Ranking, Table};

/// A method that ranks a table; `None` when it refuses it.
pub type Method<'a> = &'a dyn Fn(&Table) -> Option<Ranking>;

/// What moves a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Without this criterion the places are closest.
    Criterion(usize),
    /// On the scale of the decision model the places are closest: the method's normalisation moves it.
    Scale,
    /// Nothing single explains it.
    Several,
}

/// A project that two methods place differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The method, by its place in the list.
    pub method: usize,
    /// The project.
    pub project: usize,
    /// Its place in the decision model.
    pub model_rank: usize,
    /// Its place by the method.
    pub rank: usize,
    /// Why.
    pub reason: Reason,
    /// How far the places are still apart when the reason is taken away.
    pub left: usize,
}

/// Projects that a method places at least `least` places away from the model, the greatest distance first.
///
/// `raw` holds the values as they are; `worth` the same projects with values turned into worth by the model.
pub fn disagree(
    raw: &Table,
    worth: &Table,
    model: Method<'_>,
    methods: &[Method<'_>],
    least: usize,
) -> Vec<Disagreement> {
    let mut found = Vec::new();
    let Some(own) = model(worth) else { return found };
    let thinned: Vec<(Option<Table>, Option<Ranking>)> =
        (0..worth.m()).map(|at| (raw.without(at), worth.without(at).and_then(|thin| model(&thin)))).collect();
    for (index, method) in methods.iter().enumerate() {
        let Some(other) = method(raw) else { continue };
        let apart = |project: &usize| own.rank[*project].abs_diff(other.rank[*project]) >= least.max(1);
        let moved: Vec<usize> = (0..raw.n()).filter(apart).collect();
        if moved.is_empty() {
            continue;
        }
        let on_worth = method(worth);
        let without: Vec<Option<(Ranking, &Ranking)>> =
            thinned.iter().map(|(table, model)| Some((method(table.as_ref()?)?, model.as_ref()?))).collect();
        for project in moved {
            let gap = own.rank[project].abs_diff(other.rank[project]);
            let mut best = (gap, Reason::Several);
            if let Some(scaled) = &on_worth {
                let left = own.rank[project].abs_diff(scaled.rank[project]);
                best = if left < best.0 { (left, Reason::Scale) } else { best };
            }
            for (at, pair) in without.iter().enumerate() {
                if let Some((method, model)) = pair {
                    let left = method.rank[project].abs_diff(model.rank[project]);
                    best = if left < best.0 { (left, Reason::Criterion(at)) } else { best };
                }
            }
            let (model_rank, rank) = (own.rank[project], other.rank[project]);
            found.push(Disagreement {
                method: index,
                project,
                model_rank,
                rank,
                reason: best.1,
                left: best.0,
            });
        }
    }
    found.sort_by_key(|d| (std::cmp::Reverse(d.model_rank.abs_diff(d.rank)), d.project, d.method));
    found
}
