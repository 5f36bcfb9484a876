//! Who has the benefits: shares, amounts a head, inequality, and weights where they are wanted.

use crate::fault::{Fault, FaultKind};
use serde::Serialize;

/// A group of people or a settlement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// People.
    pub population: f64,
    /// Benefit of all of them together.
    pub benefit: f64,
    /// Mean income, for weights only.
    pub income: Option<f64>,
}

/// A group with what follows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupShare {
    /// Its name.
    pub name: String,
    /// Part of the people.
    pub population_share: f64,
    /// Part of the benefits.
    pub benefit_share: f64,
    /// Benefit a head.
    pub per_head: f64,
    /// Distributional weight; `None` when not asked for.
    pub weight: Option<f64>,
}

/// Benefits by group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Distribution {
    /// Groups in the order given.
    pub groups: Vec<GroupShare>,
    /// Gini coefficient of the benefit a head, between groups only: inside a group all are taken to have the same.
    pub gini: f64,
    /// Sum of benefits.
    pub total: f64,
    /// Sum of benefits times their weights; `None` when not asked for.
    pub weighted_total: Option<f64>,
}

/// Shares the benefits out. With `elasticity` a group weighs (mean income of all / its income)^elasticity; the Green
/// Book has 1.3 for it.
///
/// # Errors
/// [`FaultKind::Missing`] without groups or incomes that weights need; [`FaultKind::Negative`]; [`FaultKind::Zero`].
pub fn distribute(groups: &[Group], elasticity: Option<f64>) -> Result<Distribution, Fault> {
    if groups.is_empty() {
        return Err(Fault::new("groups", FaultKind::Missing));
    }
    for (group, row) in groups.iter().zip(1..) {
        if group.population <= 0.0 {
            return Err(Fault::new("population", FaultKind::Zero).at(row));
        }
        if group.benefit < 0.0 {
            return Err(Fault::new("benefit", FaultKind::Negative { value: group.benefit }).at(row));
        }
    }
    let people: f64 = groups.iter().map(|group| group.population).sum();
    let total: f64 = groups.iter().map(|group| group.benefit).sum();
    if total <= 0.0 {
        return Err(Fault::new("benefit", FaultKind::Zero));
    }
    let weights = elasticity.map(|elasticity| weights(groups, people, elasticity)).transpose()?;
    let weight = |at: usize| weights.as_ref().map(|weights| weights[at]);
    let share = |(at, group): (usize, &Group)| GroupShare {
        name: group.name.clone(),
        population_share: group.population / people,
        benefit_share: group.benefit / total,
        per_head: group.benefit / group.population,
        weight: weight(at),
    };
    let weighted =
        weights.as_ref().map(|weights| groups.iter().zip(weights).map(|(group, w)| group.benefit * w).sum());
    let groups: Vec<GroupShare> = groups.iter().enumerate().map(share).collect();
    Ok(Distribution { gini: gini(&groups), groups, total, weighted_total: weighted })
}

fn weights(groups: &[Group], people: f64, elasticity: f64) -> Result<Vec<f64>, Fault> {
    let mut incomes = Vec::new();
    for (group, row) in groups.iter().zip(1..) {
        let income = group.income.filter(|income| *income > 0.0);
        incomes.push(income.ok_or_else(|| Fault::new("income", FaultKind::Missing).at(row))?);
    }
    let mean =
        groups.iter().zip(&incomes).map(|(group, income)| group.population * income).sum::<f64>() / people;
    Ok(incomes.iter().map(|income| (mean / income).powf(elasticity)).collect())
}

/// One less twice the area under the Lorenz curve of groups in the order of their benefit a head.
fn gini(groups: &[GroupShare]) -> f64 {
    let mut order: Vec<&GroupShare> = groups.iter().collect();
    order.sort_by(|a, b| a.per_head.total_cmp(&b.per_head));
    let (mut area, mut height) = (0.0, 0.0);
    for group in order {
        area += group.population_share * (2.0 * height + group.benefit_share);
        height += group.benefit_share;
    }
    (1.0 - area).max(0.0)
}
