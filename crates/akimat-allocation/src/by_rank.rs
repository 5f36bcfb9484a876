//! The plan that somebody makes by hand: down the list by benefit per unit of cost, taking what still fits.
//!
//! It is shown beside the recommended one, so that the difference is a figure and not a belief.

use crate::programme::{Plan, Programme};
use crate::verify::{PlanFault, verify};
use serde::{Deserialize, Serialize};

/// The plan down the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByRank {
    /// The list: projects by benefit per unit of cost, the best first.
    pub order: Vec<usize>,
    /// What was taken.
    pub plan: Plan,
    /// What it is worth, in units of 1e-4 points.
    pub objective: i64,
    /// Rules that it breaks: a list knows nothing of floors.
    pub faults: Vec<PlanFault>,
}

/// Goes down the list by benefit per unit of cost. Mandatory projects come first; a project is taken in the
/// first year of its window in which the caps, the numbers of starts, the exclusive lists and the projects
/// that it waits for allow it.
pub fn rank_and_cut(programme: &Programme) -> ByRank {
    let mut order: Vec<usize> = (0..programme.projects().len()).collect();
    let cost = |project: &usize| -> i128 {
        programme.projects()[*project].cost.iter().flatten().map(|amount| i128::from(*amount)).sum()
    };
    let benefit = |project: &usize| i128::from(programme.projects()[*project].benefit);
    // b_i / c_i > b_j / c_j without division; equal ones in the order given.
    order.sort_by(|a, b| (benefit(b) * cost(a)).cmp(&(benefit(a) * cost(b))).then(a.cmp(b)));
    let mut plan = Plan::empty(order.len());
    let loose = loose(programme);
    let (duties, others): (Vec<usize>, Vec<usize>) =
        order.iter().partition(|project| programme.projects()[**project].mandatory);
    // Twice: a project may wait for one that stands further down.
    for project in duties.iter().chain(&others).chain(&duties).chain(&others) {
        if !plan.has(*project) {
            let year = programme.window(*project).find(|year| fits(&loose, &mut plan, *project, *year));
            plan.starts[*project] = year;
        }
    }
    let objective = programme.objective(&plan);
    let faults = verify(programme, &plan);
    ByRank { order, plan, objective, faults }
}

/// The programme without what a list cannot see: duties and floors.
fn loose(programme: &Programme) -> Programme {
    let mut loose = programme.clone();
    for project in &mut loose.projects {
        project.mandatory = false;
    }
    for part in loose.sectors.iter_mut().chain(&mut loose.districts) {
        part.floor = 0;
    }
    loose.extensions.benefit_floors.clear();
    loose
}

fn fits(loose: &Programme, plan: &mut Plan, project: usize, year: u16) -> bool {
    plan.starts[project] = Some(year);
    let fits = verify(loose, plan).is_empty();
    plan.starts[project] = None;
    fits
}
