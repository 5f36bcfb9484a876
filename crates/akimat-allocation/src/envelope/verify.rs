//! The check that no shown plan escapes: whole-number sums straight from the problem, sharing nothing
//! with the solver or the model built for it.

use crate::envelope::problem::{Candidate, Problem};
use akimat_core::Money;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One year of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearSum {
    /// The year.
    pub year: i16,
    /// What may be spent.
    pub envelope: Money,
    /// What the plan spends.
    pub spent: Money,
    /// Envelope minus spent; negative when the plan overspends.
    pub left: Money,
}

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum PlanFault {
    /// The plan names a project that is not a candidate.
    Unknown {
        /// The name.
        key: String,
    },
    /// The plan names a project twice.
    Repeated {
        /// The project.
        key: String,
    },
    /// A year is overspent.
    Overspent {
        /// The year.
        year: i16,
        /// What may be spent.
        envelope: Money,
        /// What the plan spends.
        spent: Money,
        /// By how much it is too much.
        over: Money,
    },
    /// A mandatory project is missing.
    MandatoryMissing {
        /// The project.
        key: String,
    },
    /// A project is in although a person ruled it out.
    Barred {
        /// The project.
        key: String,
    },
    /// A project is in although scores are missing.
    NotAssessable {
        /// The project.
        key: String,
    },
    /// Several projects of one exclusive group are in.
    GroupCrowded {
        /// The group.
        group: String,
        /// Its projects in the plan, in the problem's order.
        keys: Vec<String>,
    },
}

/// Checks a plan given by the keys of its projects; an empty list means that it can be shown.
pub fn verify(problem: &Problem, plan: &[String]) -> Vec<PlanFault> {
    let mut faults = Vec::new();
    let known: BTreeSet<&str> = problem.candidates().iter().map(|candidate| candidate.key.as_str()).collect();
    let mut seen = BTreeSet::new();
    for key in plan {
        if !known.contains(key.as_str()) {
            faults.push(PlanFault::Unknown { key: key.clone() });
        } else if !seen.insert(key.as_str()) {
            faults.push(PlanFault::Repeated { key: key.clone() });
        }
    }
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for candidate in problem.candidates() {
        let key = || candidate.key.clone();
        if !seen.contains(candidate.key.as_str()) {
            if candidate.mandatory {
                faults.push(PlanFault::MandatoryMissing { key: key() });
            }
            continue;
        }
        if candidate.barred {
            faults.push(PlanFault::Barred { key: key() });
        }
        if candidate.assessment.benefit().is_none() && !candidate.mandatory {
            faults.push(PlanFault::NotAssessable { key: key() });
        }
        if let Some(group) = &candidate.exclusive_group {
            groups.entry(group).or_default().push(key());
        }
    }
    for (group, keys) in groups.into_iter().filter(|(_, keys)| keys.len() > 1) {
        faults.push(PlanFault::GroupCrowded { group: group.to_owned(), keys });
    }
    let members = problem.candidates().iter().filter(|candidate| seen.contains(candidate.key.as_str()));
    for sum in year_sums(problem, &members).into_iter().filter(|sum| sum.left.tiyn() < 0) {
        let (year, envelope, spent) = (sum.year, sum.envelope, sum.spent);
        faults.push(PlanFault::Overspent { year, envelope, spent, over: sum.left.negated() });
    }
    faults
}

/// What a set of candidates spends and leaves in each year.
pub fn year_sums<'a>(
    problem: &Problem,
    members: &(impl Iterator<Item = &'a Candidate> + Clone),
) -> Vec<YearSum> {
    let years = problem.years().iter().zip(problem.envelope()).enumerate();
    years
        .map(|(index, (year, envelope))| {
            let costs = members.clone().map(|candidate| candidate.cost[index]);
            let spent = Money::checked_sum(costs).expect("the constructor checked the sum of all costs");
            let left = envelope.checked_sub(spent).expect("both are at least zero");
            YearSum { year: *year, envelope: *envelope, spent, left }
        })
        .collect()
}
