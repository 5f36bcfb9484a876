//! What stops a project: facts of structure first, then the price that the rules charge.

use super::ground::Ground;
use super::report::{Charge, Structure, Waterfall};
use crate::bound::Certificate;
use crate::model::Rule;
use crate::programme::{Plan, Programme};
use crate::relax::rule_name;

/// One unit of multipliers: 2^24.
const UNIT: f64 = 16_777_216.0;
const UNIT_BITS: u32 = 24;

/// Every fact of structure that keeps a project out of a plan.
pub(crate) fn structure(programme: &Programme, plan: &Plan, project: usize) -> Vec<Structure> {
    let data = &programme.projects()[project];
    let mut facts = Vec::new();
    if data.barred {
        facts.push(Structure::Barred);
    } else if programme.window(project).is_empty() {
        facts.push(Structure::Window { earliest: data.earliest, latest: data.latest });
    }
    for (group, members) in programme.exclusive().iter().enumerate().filter(|(_, m)| m.contains(&project)) {
        for member in members.iter().filter(|member| **member != project && plan.has(**member)) {
            facts.push(Structure::Excluded { group, by: programme.projects()[*member].id.clone() });
        }
    }
    let last = programme.window(project).last().unwrap_or(0);
    for pair in programme.precedence().iter().filter(|pair| pair.after == project) {
        let waits_for = programme.projects()[pair.before].id.clone();
        match plan.starts[pair.before] {
            None => facts.push(Structure::Predecessor { waits_for }),
            Some(start) if start + pair.lag > last => {
                facts.push(Structure::PredecessorLate { waits_for, start, lag: pair.lag });
            }
            Some(_) => {}
        }
    }
    facts
}

/// What one column costs at the prices of a certificate: exact charges by row, without the project's own row of
/// single start, and what is left.
pub(crate) fn waterfall(
    programme: &Programme,
    ground: &Ground,
    certificate: &Certificate,
    column: usize,
) -> Option<Waterfall> {
    let (project, start) = ground.model.start_of(column)?;
    let mut charges = Vec::new();
    let mut net = certificate.reduced[column];
    for (row, multiplier) in ground.model.rows.iter().zip(&certificate.multipliers) {
        let Ok(at) = row.terms.binary_search_by_key(&column, |(column, _)| *column) else { continue };
        let usage = row.terms[at].1;
        let exact = i128::from(*multiplier) * i128::from(usage);
        if row.rule == (Rule::Once { project }) {
            net += exact;
        } else if exact != 0 {
            let (price, charge) = (float(i128::from(*multiplier)), float(exact));
            charges.push(Charge {
                rule: row.rule,
                row: rule_name(programme, row.rule),
                usage,
                price,
                charge,
                exact,
            });
        }
    }
    charges.sort_by(|a, b| b.exact.cmp(&a.exact).then_with(|| a.rule.cmp(&b.rule)));
    let worth = ground.model.columns[column].worth;
    debug_assert_eq!(
        (i128::from(worth) << UNIT_BITS) - charges.iter().map(|charge| charge.exact).sum::<i128>(),
        net,
        "the waterfall adds up"
    );
    Some(Waterfall { start, worth, charges, net: float(net), net_exact: net })
}

/// The start of a project that the prices like best; of equal ones the earliest.
pub(crate) fn liked(ground: &Ground, certificate: &Certificate, project: usize) -> Option<usize> {
    let mut best: Option<usize> = None;
    for column in ground.model.columns_of(project) {
        if best.is_none_or(|best| certificate.reduced[column] > certificate.reduced[best]) {
            best = Some(column);
        }
    }
    best
}

#[expect(clippy::cast_precision_loss, reason = "for reading; the exact number stands beside it")]
fn float(value: i128) -> f64 {
    value as f64 / UNIT
}
