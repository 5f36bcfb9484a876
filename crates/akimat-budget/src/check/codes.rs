//! Rules about the lines themselves: standing twice, unknown codes, lines foreign to the layout.

use super::{Finding, Input, Rule, Severity};
use crate::{Budget, Item, Layout, Line, Section, Stage, classification};
use akimat_core::Money;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(budget: &Budget, findings: &mut Vec<Finding>) {
    duplicates(budget, findings);
    let printed = printed_categories(budget);
    for line in &budget.lines {
        if !is_known(line, budget.layout(), &printed) {
            findings.push(about(line, Rule::UnknownCode, Severity::Warning));
        }
    }
    let foreign = budget.lines.iter().filter(|line| is_foreign(line, budget));
    findings.extend(foreign.map(|line| about(line, Rule::Layout, Severity::Warning)));
}

fn first_amount(line: &Line) -> Option<Money> {
    Stage::ALL.into_iter().find_map(|stage| line.amounts.at(stage))
}

fn about(line: &Line, rule: Rule, severity: Severity) -> Finding {
    Finding {
        rule,
        stage: None,
        item: line.item,
        code: line.code.clone(),
        row: Some(line.row),
        printed: first_amount(line),
        expected: None,
        difference: None,
        severity,
        inputs: Vec::new(),
        evidence: Vec::new(),
        facts: Vec::new(),
    }
}

fn duplicates(budget: &Budget, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(Item, &str), &Line> = BTreeMap::new();
    for line in &budget.lines {
        let code = if line.item.is_detail() { line.code.as_str() } else { "" };
        if let Some(first) = seen.get(&(line.item, code)) {
            let mut finding = about(line, Rule::DuplicateLine, Severity::Error);
            finding.inputs.extend(first_amount(first).map(|amount| Input {
                item: first.item,
                code: first.code.clone(),
                subtracted: false,
                amount,
                derived: false,
            }));
            findings.push(finding);
        } else {
            seen.insert((line.item, code), line);
        }
    }
}

fn is_known(line: &Line, layout: Layout, printed: &BTreeSet<&str>) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = line.code.split('/');
    let first = parts.next().unwrap_or_default();
    // An empty part is a level that the source leaves out.
    let rest_is_digits = parts.all(|part| part.is_empty() || digits(part));
    match line.item {
        Item::FunctionalGroup => classification::functional_group_name(&line.code).is_some(),
        Item::FunctionalDetail => classification::functional_group_name(first).is_some() && rest_is_digits,
        Item::RevenueDetail => {
            let known = classification::revenue_category(layout, first).is_some() || printed.contains(first);
            known && rest_is_digits
        }
        Item::Programme => line
            .code
            .split_once('-')
            .is_some_and(|(admin, programme)| [admin, programme].iter().all(|p| p.len() == 3 && digits(p))),
        Item::LendingDetail | Item::AssetDetail | Item::FinancingDetail => digits(first) && rest_is_digits,
        _ => true,
    }
}

/// Digits that the source itself prints beside its categories: its numbering is taken as it stands.
fn printed_categories(budget: &Budget) -> BTreeSet<&str> {
    let categories = budget.lines.iter().filter(|line| {
        !line.item.is_detail() && line.item.section() == Section::Revenue && !line.code.is_empty()
    });
    categories.map(|line| line.code.as_str()).collect()
}

/// Special revenues exist from 2025; the non-oil balance from 2025 and above the local budgets.
fn is_foreign(line: &Line, budget: &Budget) -> bool {
    let given = first_amount(line).is_some_and(|amount| amount != Money::ZERO);
    match line.item {
        Item::Special => given && budget.layout() == Layout::Code2008,
        Item::NonOilBalance => given && (budget.layout() == Layout::Code2008 || budget.level > 1),
        _ => false,
    }
}
