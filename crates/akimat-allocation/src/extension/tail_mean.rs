//! The mean benefit in the worst scenarios as a second goal beside the expected benefit: the conditional value
//! at risk (Rockafellar and Uryasev, Journal of Risk 2(3), 2000) of equally likely scenarios.

use crate::extension::{Extensions, Kind};
use crate::model::{Column, Model, Rule, Variable};
use crate::programme::{OBJECTIVE_MAX, Plan, Programme};
use serde::{Deserialize, Serialize};

/// Scenarios of benefit and the weight of the worst of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TailMean {
    /// Benefit of each project (in the order of the projects) in each scenario, in thousandths of the expected
    /// one.
    pub scenarios: Vec<Vec<i64>>,
    /// The mean is taken over so many of the worst scenarios: with 20 scenarios and 2 it is the mean of the
    /// worst tenth.
    pub worst: u32,
    /// What a point of that mean is worth beside a point of expected benefit, in thousandths.
    pub weight_permille: i64,
}

/// Benefit of a start in a scenario, rounded down.
fn worth(programme: &Programme, (project, start): (usize, u16), permille: i64) -> i64 {
    let worth = i128::from(programme.worth(project, start)) * i128::from(permille) / 1000;
    i64::try_from(worth).unwrap_or(i64::MAX)
}

impl TailMean {
    /// Benefit of a plan in each scenario, in units of 1e-4 points.
    pub fn benefits(&self, programme: &Programme, plan: &Plan) -> Vec<i64> {
        let sum = |scenario: &Vec<i64>| {
            plan.started().map(|start| worth(programme, start, scenario[start.0])).sum::<i64>()
        };
        self.scenarios.iter().map(sum).collect()
    }

    /// The sum of the worst scenarios of a plan, in units of 1e-4 points.
    pub fn worst_sum(&self, programme: &Programme, plan: &Plan) -> i64 {
        let mut benefits = self.benefits(programme, plan);
        benefits.sort_unstable();
        benefits.into_iter().take(usize::try_from(self.worst).unwrap_or(usize::MAX)).sum()
    }

    /// What the worst scenarios add to the objective: the weighted mean, rounded down.
    fn points(&self, programme: &Programme, plan: &Plan) -> i64 {
        let sum = i128::from(self.worst_sum(programme, plan)) * i128::from(self.weight_permille);
        i64::try_from(sum.div_euclid(1000 * i128::from(self.worst.max(1)))).unwrap_or(i64::MAX)
    }
}

/// Columns: the threshold `eta`, the shortfall `u_q` of each scenario below it, and the whole points that the
/// mean adds. Rows: `B_q(x) - eta + u_q >= 0` and `1000 k points <= weight (k eta - sum u_q)`.
pub(super) fn apply(extensions: &Extensions, programme: &Programme, model: &mut Model) {
    let Some(tail) = &extensions.tail_mean else { return };
    let kind = Kind::TailMean.number();
    let most = |scenario: &Vec<i64>| {
        let best = |project: usize| {
            programme.window(project).map(|year| worth(programme, (project, year), scenario[project])).max()
        };
        (0..programme.projects().len()).filter_map(best).sum::<i64>()
    };
    let highest = tail.scenarios.iter().map(most).max().unwrap_or(0);
    let column = |model: &mut Model, index: usize, (worth, upper): (i64, i64), integer: bool| {
        let variable = Variable::Auxiliary { kind, index: u32::try_from(index).unwrap_or(u32::MAX) };
        model.add_column(Column { variable, worth, lower: 0, upper: Some(upper), integer })
    };
    let count = tail.scenarios.len();
    let eta = column(model, 0, (0, highest), false);
    let most = i128::from(highest) * i128::from(tail.weight_permille) / 1000;
    let points = column(model, 1, (1, i64::try_from(most).unwrap_or(OBJECTIVE_MAX)), true);
    let worst = i64::from(tail.worst);
    let mut mean = vec![(points, 1000 * worst), (eta, -tail.weight_permille * worst)];
    for (place, scenario) in tail.scenarios.iter().enumerate() {
        let short = column(model, 2 + place, (0, highest), false);
        mean.push((short, tail.weight_permille));
        let mut terms =
            model.start_terms(|project, start| worth(programme, (project, start), scenario[project]));
        terms.extend([(eta, -1), (short, 1)]);
        let rule = Rule::Extension { kind, index: u32::try_from(place).unwrap_or(u32::MAX) };
        model.add_row(rule, (Some(0), None), terms);
    }
    let rule = Rule::Extension { kind, index: u32::try_from(count).unwrap_or(u32::MAX) };
    model.add_row(rule, (None, Some(0)), mean);
}

pub(super) fn objective(extensions: &Extensions, programme: &Programme, plan: &Plan) -> i64 {
    extensions.tail_mean.as_ref().map_or(0, |tail| tail.points(programme, plan))
}
