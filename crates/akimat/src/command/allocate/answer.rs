//! What `akimat allocate` prints.

use super::Clock;
use super::beside::Shown;
use akimat_allocation::explain::money::{Asked, Changes, Marginal, marginal};
use akimat_allocation::explain::{Depth, Explainer, Explanation};
use akimat_allocation::relax::{Diagnosis, WayOut, rule_name};
use akimat_allocation::{Allocation, Effort, Id, Plan, Programme, Solver, spending};
use akimat_solver_highs::Highs;
use serde::Serialize;
use std::collections::BTreeMap;

/// Up to so many projects the marginal value of each budget is computed with the explanations.
const MARGINAL_PROJECTS: usize = 60;

/// The whole answer; the keys are described in `docs/reference/allocate.md`.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    objective: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<f64>,
    plan: Vec<Start>,
    pub(super) explanations: Vec<Explanation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    budgets: Vec<Marginal>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    spending: BTreeMap<String, Spent>,
    #[serde(flatten)]
    infeasible: Option<Infeasible>,
    /// What was asked for beside the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) beside: Option<Shown>,
    record: Record,
}

#[derive(Debug, Serialize)]
pub(super) struct Start {
    id: Id,
    start: u16,
}

/// A plan as the answer writes it.
pub(super) fn starts(programme: &Programme, plan: &Plan) -> Vec<Start> {
    let name = |(project, start): (usize, u16)| Start { id: programme.projects()[project].id.clone(), start };
    plan.started().map(name).collect()
}

#[derive(Debug, Serialize)]
struct Spent {
    years: Vec<i64>,
    tail: i64,
}

/// Why no plan satisfies the rules, in the notation of the reference data.
#[derive(Debug, Serialize)]
struct Infeasible {
    min_total_relaxation_floors: Option<i64>,
    one_relaxation_floors: Option<BTreeMap<String, i64>>,
    min_total_relaxation_caps: Option<i64>,
    one_relaxation_caps: Option<BTreeMap<String, i64>>,
    min_total_relaxation_floors_and_caps: Option<i64>,
    one_relaxation_floors_and_caps: Option<BTreeMap<String, i64>>,
    one_iis: Option<Vec<String>>,
    iis_size: Option<usize>,
    /// It is proven that the set clashes and that every proper part of it does not.
    iis_irreducible: bool,
}

/// What is needed to get the same answer again.
#[derive(Debug, Serialize)]
struct Record {
    sha256: String,
    solver: String,
    seed: u64,
    gap_asked: f64,
    quick: bool,
    /// The same input gives the same answer again: no clock cut the work short.
    repeatable: bool,
    version: &'static str,
}

fn record((sha256, effort): (&str, &Effort), solver: String, repeatable: bool) -> Record {
    Record {
        sha256: sha256.to_owned(),
        solver,
        seed: effort.seed,
        gap_asked: f64::from(effort.gap_millionths) / 1e6,
        quick: effort.quick,
        repeatable,
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// The answer with a plan, and the explanations asked for.
///
/// # Errors
/// When the solver fails.
pub(super) fn plan(
    programme: &Programme,
    allocation: &Allocation,
    (wanted, solver): (&[usize], &Highs),
    (sha256, effort): (&str, &Effort),
    clock: &mut Clock,
) -> anyhow::Result<Answer> {
    let count = programme.projects().len();
    let mut explanations = Vec::new();
    let mut budgets = Vec::new();
    if !wanted.is_empty() {
        let short = !effort.quick && clock.is_short_for(wanted.len());
        clock.cut |= short;
        let depth = if effort.quick || short { Depth::quick() } else { Depth::for_projects(count) };
        let explainer = Explainer::new(programme, allocation, solver, depth)?;
        explanations = explainer.threads(effort.threads).explain(wanted, clock)?.explanations;
        if wanted.len() == count && count <= MARGINAL_PROJECTS {
            budgets = marginal(&Asked { programme, allocation, solver, effort }, &Changes::default(), clock)?;
        }
    }
    let uses = spending(programme, &allocation.plan).into_iter();
    let spending = programme
        .sources()
        .iter()
        .zip(uses)
        .map(|(source, used)| (source.name.clone(), Spent { years: used.years, tail: used.tail }))
        .collect();
    Ok(Answer {
        status: if allocation.is_optimal() { "optimal" } else { "feasible" },
        objective: Some(allocation.objective),
        bound: Some(allocation.bound),
        gap: Some(allocation.gap()),
        plan: starts(programme, &allocation.plan),
        explanations,
        budgets,
        spending,
        infeasible: None,
        beside: None,
        record: record((sha256, effort), allocation.solver.clone(), allocation.repeatable && !clock.cut),
    })
}

/// The answer when no plan satisfies the rules.
pub(super) fn infeasible(
    programme: &Programme,
    found: Option<&Diagnosis>,
    (sha256, effort): (&str, &Effort),
) -> Answer {
    let relaxed = |way: Option<&WayOut>| {
        way.map(|way| {
            let concessions = way.concessions.iter();
            concessions.map(|concession| (rule_name(programme, concession.rule), concession.by)).collect()
        })
    };
    let way = |pick: fn(&Diagnosis) -> &Option<WayOut>| found.and_then(|found| pick(found).as_ref());
    let (floors, caps, both) =
        (way(|found| &found.floors), way(|found| &found.caps), way(|found| &found.both));
    let clash = found.and_then(|found| found.clash.as_ref());
    Answer {
        status: "infeasible",
        objective: None,
        bound: None,
        gap: None,
        plan: Vec::new(),
        explanations: Vec::new(),
        budgets: Vec::new(),
        spending: BTreeMap::new(),
        infeasible: Some(Infeasible {
            min_total_relaxation_floors: floors.map(|way| way.total),
            one_relaxation_floors: relaxed(floors),
            min_total_relaxation_caps: caps.map(|way| way.total),
            one_relaxation_caps: relaxed(caps),
            min_total_relaxation_floors_and_caps: both.map(|way| way.total),
            one_relaxation_floors_and_caps: relaxed(both),
            one_iis: clash.map(|clash| clash.rules.iter().map(|rule| rule_name(programme, *rule)).collect()),
            iis_size: clash.map(|clash| clash.rules.len()),
            iis_irreducible: clash.is_some_and(|clash| clash.irreducible),
        }),
        beside: None,
        record: record((sha256, effort), Highs.name(), true),
    }
}

impl Answer {
    /// For people: head line, then one line a project, then what does not fit together.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let (Some(objective), Some(bound), Some(gap)) = (self.objective, self.bound, self.gap) {
            lines.push(format!("{}: {objective} of at most {bound} (gap {:.4} %)", self.status, gap * 100.0));
            lines.push("project,start".to_owned());
            lines.extend(self.plan.iter().map(|start| format!("{},{}", start.id, start.start)));
        }
        if let Some(infeasible) = &self.infeasible {
            lines.push(self.status.to_owned());
            let ways = [
                ("floors", &infeasible.one_relaxation_floors),
                ("caps", &infeasible.one_relaxation_caps),
                ("floors and caps", &infeasible.one_relaxation_floors_and_caps),
            ];
            for (name, way) in ways {
                let Some(way) = way else { continue };
                let steps: Vec<String> = way.iter().map(|(rule, by)| format!("{rule} by {by}")).collect();
                lines.push(format!("smallest change of {name}: {}", steps.join(", ")));
            }
            if let Some(rules) = &infeasible.one_iis {
                lines.push(format!("rules that clash: {}", rules.join(", ")));
            }
        }
        lines.extend(self.beside.iter().flat_map(Shown::lines));
        lines
    }
}
