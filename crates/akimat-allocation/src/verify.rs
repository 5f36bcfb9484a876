//! The check that no shown plan escapes: whole-number sums straight from the programme, sharing nothing with
//! the model, the heuristics or the solver.

use crate::model::Rule;
use crate::programme::{Plan, Programme};
use serde::{Deserialize, Serialize};

/// What a plan breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum PlanFault {
    /// The plan is of another programme: it has another number of projects.
    Length {
        /// Projects of the plan.
        count: usize,
        /// Projects of the programme.
        wanted: usize,
    },
    /// A project starts outside its window, or although it is barred.
    Window {
        /// Project.
        project: usize,
        /// Year of start, from 1.
        start: u16,
    },
    /// A mandatory project is left out.
    MandatoryMissing {
        /// Project.
        project: usize,
    },
    /// More is spent or started than a rule allows.
    Above {
        /// The rule.
        rule: Rule,
        /// The limit.
        limit: i64,
        /// What the plan has.
        value: i64,
    },
    /// Less is invested than a rule demands.
    Below {
        /// The rule.
        rule: Rule,
        /// The floor.
        limit: i64,
        /// What the plan has.
        value: i64,
    },
    /// A project starts before the one that it waits for allows.
    TooEarly {
        /// Index of the pair.
        pair: usize,
    },
}

/// What a plan spends of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceUse {
    /// By year.
    pub years: Vec<i64>,
    /// After the last year.
    pub tail: i64,
}

/// What a plan spends by source, in the order of the programme's sources.
pub fn spending(programme: &Programme, plan: &Plan) -> Vec<SourceUse> {
    let mut uses =
        vec![SourceUse { years: vec![0; usize::from(programme.years)], tail: 0 }; programme.sources.len()];
    for (project, start) in plan.started() {
        for (source, cost) in programme.projects[project].cost.iter().enumerate() {
            for (age, amount) in cost.iter().enumerate() {
                match uses[source].years.get_mut(usize::from(start) - 1 + age) {
                    Some(year) => *year += amount,
                    None => uses[source].tail += amount,
                }
            }
        }
    }
    uses
}

/// Checks a plan; an empty list means that it may be shown.
pub fn verify(programme: &Programme, plan: &Plan) -> Vec<PlanFault> {
    let (count, wanted) = (plan.starts.len(), programme.projects.len());
    if count != wanted {
        return vec![PlanFault::Length { count, wanted }];
    }
    let mut faults = Vec::new();
    for (project, data) in programme.projects.iter().enumerate() {
        match plan.starts[project] {
            Some(start) if !programme.window(project).contains(&start) => {
                faults.push(PlanFault::Window { project, start });
            }
            None if data.mandatory => faults.push(PlanFault::MandatoryMissing { project }),
            _ => {}
        }
    }
    if !faults.is_empty() {
        return faults;
    }
    if !programme.extensions.replaces_budgets() {
        money(programme, plan, &mut faults);
    }
    floors(programme, plan, &mut faults);
    starts(programme, plan, &mut faults);
    for (group, members) in programme.exclusive.iter().enumerate() {
        let value = members.iter().map(|project| i64::from(plan.has(*project))).sum();
        above(&mut faults, Rule::Exclusive { group }, 1, value);
    }
    for (pair, rule) in programme.precedence.iter().enumerate() {
        if let Some(after) = plan.starts[rule.after]
            && plan.starts[rule.before].is_none_or(|before| before + rule.lag > after)
        {
            faults.push(PlanFault::TooEarly { pair });
        }
    }
    faults.extend(programme.extensions.verify(programme, plan));
    faults
}

fn money(programme: &Programme, plan: &Plan, faults: &mut Vec<PlanFault>) {
    for (source, (caps, spent)) in programme.sources.iter().zip(spending(programme, plan)).enumerate() {
        for ((year, cap), value) in (1..).zip(&caps.budget).zip(&spent.years) {
            above(faults, Rule::Budget { source, year }, *cap, *value);
        }
        if let Some(cap) = caps.tail {
            above(faults, Rule::Tail { source }, cap, spent.tail);
        }
    }
}

fn floors(programme: &Programme, plan: &Plan, faults: &mut Vec<PlanFault>) {
    let invested = |inside: &dyn Fn(usize) -> bool| -> i64 {
        let inside = plan.started().filter(|(project, _)| inside(*project));
        inside.map(|(project, _)| programme.projects[project].total).sum()
    };
    for (sector, part) in programme.sectors.iter().enumerate() {
        let value = invested(&|project| programme.projects[project].sector == Some(sector));
        if value < part.floor {
            faults.push(PlanFault::Below { rule: Rule::Sector { sector }, limit: part.floor, value });
        }
    }
    for (district, part) in programme.districts.iter().enumerate() {
        let value = invested(&|project| programme.projects[project].district == Some(district));
        if value < part.floor {
            faults.push(PlanFault::Below { rule: Rule::District { district }, limit: part.floor, value });
        }
    }
}

fn starts(programme: &Programme, plan: &Plan, faults: &mut Vec<PlanFault>) {
    for (year, cap) in (1..).zip(programme.starts_cap.iter().flatten()) {
        let value = plan.started().map(|(_, start)| i64::from(start == year)).sum();
        above(faults, Rule::Starts { year }, *cap, value);
    }
}

fn above(faults: &mut Vec<PlanFault>, rule: Rule, limit: i64, value: i64) {
    if value > limit {
        faults.push(PlanFault::Above { rule, limit, value });
    }
}
