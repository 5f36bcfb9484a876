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
    order.sort_by(|a, b| by_rate((benefit(b), cost(b)), (benefit(a), cost(a))).then(a.cmp(b)));
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

/// Compares two projects by benefit per unit of cost, without division. What costs nothing stands above what costs
/// something when it brings a benefit and below when it does harm; what neither costs nor brings anything counts as
/// a rate of zero. Those three cases are named because the product of the plain comparison is then zero on both
/// sides: such a project would be "equal" to every other, and no order exists in which unequal ones are equal to a
/// third.
fn by_rate(a: (i128, i128), b: (i128, i128)) -> std::cmp::Ordering {
    /// Where a rate lies: below every fraction, among the fractions, above every fraction.
    fn place((benefit, cost): (i128, i128)) -> i8 {
        if cost == 0 { i8::try_from(benefit.signum()).unwrap_or(0) } else { 0 }
    }
    /// The fraction of a rate among the fractions.
    fn fraction((benefit, cost): (i128, i128)) -> (i128, i128) {
        if cost == 0 { (0, 1) } else { (benefit, cost) }
    }
    match (place(a), place(b)) {
        (0, 0) => {
            let ((benefit_a, cost_a), (benefit_b, cost_b)) = (fraction(a), fraction(b));
            (benefit_a * cost_b).cmp(&(benefit_b * cost_a))
        }
        // Both cost nothing and are worth something: the larger benefit first.
        (1, 1) | (-1, -1) => a.0.cmp(&b.0),
        (x, y) => x.cmp(&y),
    }
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

#[cfg(test)]
mod tests {
    use super::by_rate;
    use std::cmp::Ordering;

    /// Rates of every kind: fractions, equal fractions, benefits for nothing, harm for nothing, nothing for nothing.
    const RATES: [(i128, i128); 11] =
        [(0, 0), (0, 5), (0, 9), (3, 0), (7, 0), (-3, 0), (-7, 0), (1, 2), (2, 4), (-1, 2), (5, 3)];

    #[test]
    fn the_order_by_rate_is_total() {
        for a in RATES {
            assert_eq!(by_rate(a, a), Ordering::Equal, "{a:?}");
            for b in RATES {
                assert_eq!(by_rate(a, b), by_rate(b, a).reverse(), "{a:?} {b:?}");
                for c in RATES {
                    let chain = [by_rate(a, b), by_rate(b, c)];
                    if !chain.contains(&Ordering::Greater) {
                        let expected =
                            if chain.contains(&Ordering::Less) { Ordering::Less } else { Ordering::Equal };
                        assert_eq!(by_rate(a, c), expected, "{a:?} {b:?} {c:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_costs_nothing_stands_at_the_ends_of_the_list() {
        assert_eq!(by_rate((3, 0), (1_000, 1)), Ordering::Greater);
        assert_eq!(by_rate((-3, 0), (-1_000, 1)), Ordering::Less);
        assert_eq!(by_rate((0, 0), (0, 9)), Ordering::Equal);
        assert_eq!(by_rate((1, 2), (2, 4)), Ordering::Equal);
    }
}
