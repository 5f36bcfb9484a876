//! Fairness between districts: benefit per head as even as the money allows, and what that costs.
//!
//! A fair plan is found in two steps. The first finds the levels of benefit per head: the highest least one
//! ([`Goal::Maximin`]), the highest one by one from below ([`Goal::Leximin`], Ogryczak and Śliwiński 2006), or
//! the largest sum of logarithms weighted by population ([`Goal::Nash`]). The second is an ordinary programme
//! in which these levels are floors ([`crate::Extensions::benefit_floors`]), so that everything that explains
//! and certifies a plan holds for a fair one as well. The price of fairness is the difference of the two
//! optima.

mod level;
mod nash;

use crate::allocate::Allocation;
use crate::extension::district_benefits;
use crate::programme::{Plan, Programme};
use crate::solver::{Limits, Solver, SolverError};
use serde::{Deserialize, Serialize};

/// What is even-handed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// The worst-off district is as well off as can be.
    Maximin,
    /// The worst-off first, then the second worst-off, and so on.
    Leximin,
    /// The sum over districts of population times the logarithm of benefit per head is largest.
    Nash,
}

/// Levels of benefit that are as fair as the rules allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fair {
    /// What was asked.
    pub goal: Goal,
    /// The least benefit of each district, in units of 1e-4 points; 0 for those that nothing can reach.
    pub floors: Vec<i64>,
    /// A plan with these levels; it passed the check in whole numbers.
    pub plan: Plan,
    /// Districts without an open project: no plan can give them anything.
    pub unreachable: Vec<usize>,
    /// The levels are proven to be the fairest; otherwise the limits came first. For Nash welfare: to a
    /// thousandth of its value per head.
    pub proven: bool,
}

/// Why no fair levels were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fairness", rename_all = "snake_case")]
pub enum FairnessError {
    /// Benefit per head needs the population of every district with projects.
    #[error("the population of district {district} is missing")]
    NoPopulation {
        /// The district, from 0.
        district: usize,
    },
    /// No project belongs to a district.
    #[error("no project belongs to a district")]
    NoDistrict,
    /// The limits came before any plan.
    #[error("no plan was found within the limits")]
    NothingFound,
    /// The solver gave no answer.
    #[error(transparent)]
    Solver(#[from] SolverError),
}

/// A district that some project can reach.
#[derive(Clone, Copy, Debug)]
struct Member {
    district: usize,
    population: i64,
    /// The most that all its projects together are worth.
    most: i64,
}

/// The fairest levels of benefit per head; `None` when no plan satisfies the rules.
///
/// # Errors
/// [`FairnessError`] when a population is missing, no project has a district, or the solver gives none.
pub fn fair(
    programme: &Programme,
    goal: Goal,
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Option<Fair>, FairnessError> {
    let (members, unreachable) = members(programme)?;
    let found = match goal {
        Goal::Maximin => level::maximin(programme, &members, solver, limits)?,
        Goal::Leximin => level::leximin(programme, &members, solver, limits)?,
        Goal::Nash => nash::nash(programme, &members, solver, limits)?,
    };
    Ok(found.map(|(floors, plan, proven)| Fair { goal, floors, plan, unreachable, proven }))
}

impl Fair {
    /// The programme in which the levels are floors.
    pub fn programme(&self, programme: &Programme) -> Programme {
        let mut fair = programme.clone();
        fair.extensions.benefit_floors.clone_from(&self.floors);
        fair
    }
}

/// What fairness costs, in units of 1e-4 points: at least and at most; equal when both plans are proven.
pub fn price_of_fairness(free: &Allocation, fair: &Allocation) -> (i64, i64) {
    let least = (free.objective - fair.bound).max(0);
    (least, (free.bound - fair.objective).max(least))
}

fn members(programme: &Programme) -> Result<(Vec<Member>, Vec<usize>), FairnessError> {
    let mut members = Vec::new();
    let mut unreachable = Vec::new();
    for (district, part) in programme.districts().iter().enumerate() {
        let inside = |project: &usize| programme.projects()[*project].district == Some(district);
        let best = |project| programme.window(project).map(|year| programme.worth(project, year)).max();
        let most: i64 = (0..programme.projects().len()).filter(inside).filter_map(best).sum();
        if most == 0 {
            unreachable.push(district);
            continue;
        }
        let population =
            part.population.filter(|count| *count > 0).ok_or(FairnessError::NoPopulation { district })?;
        members.push(Member { district, population, most });
    }
    if members.is_empty() {
        return Err(FairnessError::NoDistrict);
    }
    Ok((members, unreachable))
}

/// What a district receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictBenefit {
    /// The district, from 0.
    pub district: usize,
    /// Inhabitants, in thousands; `None`: unknown.
    pub population: Option<i64>,
    /// Benefit of the plan, in units of 1e-4 points.
    pub benefit: i64,
}

/// What each district receives in a plan.
pub fn benefits(programme: &Programme, plan: &Plan) -> Vec<DistrictBenefit> {
    let benefits = district_benefits(programme, plan).into_iter().enumerate();
    let of = |(district, benefit): (usize, i64)| {
        let population = programme.districts()[district].population;
        DistrictBenefit { district, population, benefit }
    };
    benefits.map(of).collect()
}

/// The Gini coefficient of benefit per head over the inhabitants, 0 (all alike) to 1; `None` when a population
/// is unknown or nobody receives anything: `sum_ij n_i n_j |u_i - u_j| / (2 n sum_i n_i u_i)`.
#[expect(clippy::cast_precision_loss, reason = "a figure for a page: the sums below are exact")]
pub fn gini(benefits: &[DistrictBenefit]) -> Option<f64> {
    let mut list = Vec::new();
    for benefit in benefits {
        list.push((i128::from(benefit.population.filter(|count| *count > 0)?), i128::from(benefit.benefit)));
    }
    let people: i128 = list.iter().map(|(count, _)| count).sum();
    let total: i128 = list.iter().map(|(_, benefit)| benefit).sum();
    if total == 0 {
        return None;
    }
    // n_i n_j |b_i/n_i - b_j/n_j| = |b_i n_j - b_j n_i|
    let mut sum = 0_i128;
    for (n, b) in &list {
        for (m, c) in &list {
            sum += (b * m - c * n).abs();
        }
    }
    Some(sum as f64 / (2 * people * total) as f64)
}
