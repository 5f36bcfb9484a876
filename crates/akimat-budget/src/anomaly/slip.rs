//! One figure that is a thousand or a million times too large or too small for its sum.

use crate::check::{Fact, Figures, Finding, Input, Rule, Severity};
use crate::{Budget, Item, Stage};
use akimat_core::Money;

const FACTORS: [i128; 2] = [1_000, 1_000_000];

/// An identity that does not hold, but would if exactly one figure were multiplied or divided by a thousand
/// or a million.
pub(super) fn against_sums(budget: &Budget, stage: Stage) -> Vec<Finding> {
    let figures = Figures::new(budget, stage);
    let mut findings = Vec::new();
    for item in [Item::RevenueTotal, Item::ExpenditureTotal, Item::NetLending, Item::FinancialAssets] {
        let Some((total, parts)) = figures.printed(item).zip(parts(&figures, item)) else { continue };
        let sum: i128 = parts.iter().map(signed).sum();
        let printed = i128::from(total.amount.tiyn());
        if sum == printed || printed == 0 {
            continue;
        }
        // The last decimal that was lost with the factor may be missing.
        let tolerance = i128::from(budget.unit.tiyn());
        let mut fixes: Vec<(Input, i128)> = Vec::new();
        for right in scaled(printed) {
            if (right - sum).abs() <= tolerance {
                fixes.push((total.clone(), right));
            }
        }
        for part in &parts {
            let own = i128::from(part.amount.tiyn());
            let sign = if part.subtracted { -1 } else { 1 };
            for right in scaled(own) {
                if (sum + sign * (right - own) - printed).abs() <= tolerance {
                    fixes.push((part.clone(), right));
                }
            }
        }
        // Two ways to make it right are no way.
        if let [(input, right)] = fixes.as_slice() {
            findings.extend(finding(budget, stage, input, *right));
        }
    }
    findings
}

fn parts(figures: &Figures<'_>, item: Item) -> Option<Vec<Input>> {
    if item == Item::ExpenditureTotal {
        let groups = figures.groups();
        return (!groups.is_empty()).then_some(groups);
    }
    figures.parts(item)
}

fn signed(input: &Input) -> i128 {
    let tiyn = i128::from(input.amount.tiyn());
    if input.subtracted { -tiyn } else { tiyn }
}

fn scaled(tiyn: i128) -> impl Iterator<Item = i128> {
    FACTORS.into_iter().flat_map(move |factor| [tiyn * factor, tiyn / factor]).filter(move |own| *own != tiyn)
}

fn finding(budget: &Budget, stage: Stage, input: &Input, right: i128) -> Option<Finding> {
    let expected = i64::try_from(right).ok().map(Money::from_tiyn)?;
    let line = budget
        .lines
        .iter()
        .find(|line| line.item == input.item && (input.code.is_empty() || line.code == input.code));
    let mut finding = Finding::about(Rule::UnitSlip, Severity::Warning, input.item, &input.code)
        .compared(input.amount, expected);
    finding.stage = Some(stage);
    finding.row = line.map(|line| line.row);
    let (large, small) = (
        right.unsigned_abs().max(input.amount.tiyn().unsigned_abs().into()),
        right.unsigned_abs().min(input.amount.tiyn().unsigned_abs().into()),
    );
    let factor = if small > 0 && large / small >= 100_000 { 1_000_000 } else { 1_000 };
    finding.facts.push(("factor", Fact::Count(factor)));
    Some(finding)
}
