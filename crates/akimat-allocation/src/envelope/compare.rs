//! What a person's own plan costs against the recommended one.

use crate::envelope::choose::Recommendation;
use crate::envelope::problem::Problem;
use crate::envelope::verify::{PlanFault, YearSum, verify, year_sums};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A changed plan beside the recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Points of the changed plan. Projects without an assessment add nothing, see `unassessed`.
    pub benefit: u64,
    /// Points of the recommended plan.
    pub recommended_benefit: u64,
    /// Recommended minus changed: the price of the change in points. Negative only when the change
    /// breaks a rule (see `faults`) or the recommendation was not proven best.
    pub price: i64,
    /// Each year of the changed plan; `left` is negative where it overspends.
    pub years: Vec<YearSum>,
    /// Rules the changed plan breaks; empty when it is as sound as the recommended one.
    pub faults: Vec<PlanFault>,
    /// In the changed plan only, in the problem's order.
    pub added: Vec<String>,
    /// In the recommended plan only, in the problem's order.
    pub removed: Vec<String>,
    /// In the changed plan without an assessment: their points are unknown, not zero.
    pub unassessed: Vec<String>,
}

/// Sets a person's plan beside the recommendation. Unknown and repeated keys are told in
/// [`Comparison::faults`] and otherwise ignored.
pub fn compare(problem: &Problem, plan: &[String], recommended: &Recommendation) -> Comparison {
    let chosen: BTreeSet<&str> = plan.iter().map(String::as_str).collect();
    let before: BTreeSet<&str> = recommended.chosen().into_iter().collect();
    let members = problem.candidates().iter().filter(|candidate| chosen.contains(candidate.key.as_str()));
    let benefit = members.clone().filter_map(|candidate| candidate.assessment.benefit()).sum();
    let keys = |wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
        let all = problem.candidates().iter().map(|candidate| &candidate.key);
        all.filter(|key| wanted(key)).cloned().collect()
    };
    Comparison {
        benefit,
        recommended_benefit: recommended.benefit,
        price: difference(recommended.benefit, benefit),
        years: year_sums(problem, &members),
        faults: verify(problem, plan),
        added: keys(&|key| chosen.contains(key) && !before.contains(key)),
        removed: keys(&|key| before.contains(key) && !chosen.contains(key)),
        unassessed: members
            .filter(|candidate| candidate.assessment.benefit().is_none())
            .map(|candidate| candidate.key.clone())
            .collect(),
    }
}

/// `a - b`; sums of checked problems fit an `i64`.
fn difference(a: u64, b: u64) -> i64 {
    i64::try_from(i128::from(a) - i128::from(b)).expect("the points of a checked problem fit an i64")
}
