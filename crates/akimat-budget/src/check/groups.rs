//! II against the functional groups.

use super::figures::wide_total;
use super::{Figures, Finding, Rule};
use crate::Item;

/// The groups add up to expenditure. In a source that was cut some groups may be missing: then they
/// may only not exceed it.
pub(super) fn check(figures: &Figures<'_>, findings: &mut Vec<Finding>) {
    let groups = figures.groups();
    let Some(total) = figures.printed(Item::ExpenditureTotal) else { return };
    let whole = figures.budget.complete && every_group_has_an_amount(figures);
    if groups.is_empty() || (!whole && !exceeds(&groups, &total)) {
        return;
    }
    findings.extend(figures.settle(Rule::FunctionalTotal, Some(total), Some(groups)));
}

fn exceeds(groups: &[super::Input], total: &super::Input) -> bool {
    wide_total(groups) > i128::from(total.amount.tiyn())
}

fn every_group_has_an_amount(figures: &Figures<'_>) -> bool {
    let mut groups = figures.budget.lines.iter().filter(|line| line.item == Item::FunctionalGroup);
    groups.all(|line| line.amounts.at(figures.stage).is_some())
}
