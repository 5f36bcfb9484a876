//! Lines with a code against the lines below them.

use super::figures::wide_total;
use super::{Figures, Finding, Input, Rule, Severity};
use crate::{Item, Layout, Line, classification};
use akimat_core::Money;
use std::collections::BTreeMap;

/// Which tree a line belongs to, and its place in it.
type Key<'a> = (Item, Vec<&'a str>);

/// A line with children: the line itself and what stands directly below it.
#[derive(Default)]
struct Family<'a> {
    parent: Option<&'a Line>,
    children: Vec<&'a Line>,
}

/// Every line equals the sum of the nearest lines below it. In a source that was cut, or where a
/// child has no amount, the children may only not exceed it.
pub(super) fn check(figures: &Figures<'_>, findings: &mut Vec<Finding>) {
    for family in families(figures).into_values() {
        let Some(parent) = family.parent else { continue };
        if family.children.is_empty() {
            continue;
        }
        findings.extend(settle(figures, parent, &family.children));
    }
}

fn settle(figures: &Figures<'_>, parent: &Line, children: &[&Line]) -> Option<Finding> {
    let printed = parent.amounts.at(figures.stage)?;
    let inputs: Vec<Input> = children
        .iter()
        .filter_map(|line| {
            let amount = line.amounts.at(figures.stage)?;
            Some(Input {
                item: line.item,
                code: line.code.clone(),
                subtracted: false,
                amount,
                derived: false,
            })
        })
        .collect();
    let sum = wide_total(&inputs);
    let whole = figures.budget.complete && inputs.len() == children.len();
    let printed_wide = i128::from(printed.tiyn());
    if sum == printed_wide || inputs.is_empty() || (!whole && sum < printed_wide) {
        return None;
    }
    let expected = i64::try_from(sum).ok().map(Money::from_tiyn);
    Some(Finding {
        rule: Rule::DetailTotal,
        stage: Some(figures.stage),
        item: parent.item,
        code: parent.code.clone(),
        row: Some(parent.row),
        printed: Some(printed),
        expected,
        difference: expected.and_then(|expected| printed.checked_sub(expected)),
        severity: Severity::Error,
        inputs,
        evidence: Vec::new(),
        facts: Vec::new(),
    })
}

fn families<'a>(figures: &Figures<'a>) -> BTreeMap<Key<'a>, Family<'a>> {
    let layout = figures.budget.layout();
    let mut lines: Vec<(Key<'a>, &'a Line)> =
        figures.budget.lines.iter().filter_map(|line| Some((key(line, layout)?, line))).collect();
    lines.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.row.cmp(&b.1.row)));
    let mut families: BTreeMap<Key<'a>, Family<'a>> = BTreeMap::new();
    let mut above: Vec<Key<'a>> = Vec::new();
    for (key, line) in lines {
        while above.last().is_some_and(|top| !is_above(top, &key)) {
            above.pop();
        }
        if let Some(family) = above.last().and_then(|top| families.get_mut(top)) {
            family.children.push(line);
        }
        // A line that stands twice is a finding of its own; its family belongs to the first.
        families.entry(key.clone()).or_default().parent.get_or_insert(line);
        above.push(key);
    }
    families
}

fn is_above(top: &Key<'_>, key: &Key<'_>) -> bool {
    top.0 == key.0 && top.1.len() < key.1.len() && key.1.starts_with(&top.1)
}

/// Categories of revenue and functional groups are the roots of their trees.
fn key(line: &Line, layout: Layout) -> Option<Key<'_>> {
    let parts = |code| str::split(code, '/').collect::<Vec<&str>>();
    match line.item {
        Item::FunctionalGroup | Item::FunctionalDetail => Some((Item::FunctionalDetail, parts(&line.code))),
        Item::RevenueDetail | Item::LendingDetail | Item::AssetDetail | Item::FinancingDetail => {
            Some((line.item, parts(&line.code)))
        }
        Item::Tax | Item::NonTax | Item::FixedCapital | Item::Special | Item::Transfers => {
            let code = if line.code.is_empty() {
                let mut categories = classification::revenue_categories(layout).iter();
                categories.find(|category| category.item == line.item)?.code
            } else {
                &line.code
            };
            Some((Item::RevenueDetail, parts(code)))
        }
        _ => None,
    }
}
