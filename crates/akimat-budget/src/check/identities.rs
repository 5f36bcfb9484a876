//! The identities between the sections.

use super::figures::subtracted;
use super::{Figures, Finding, Rule, Severity};
use crate::Item;
use akimat_core::Money;

pub(super) fn check(figures: &Figures<'_>, findings: &mut Vec<Finding>) {
    for (rule, item) in [
        (Rule::RevenueTotal, Item::RevenueTotal),
        (Rule::NetLending, Item::NetLending),
        (Rule::FinancialAssets, Item::FinancialAssets),
    ] {
        findings.extend(figures.settle(rule, figures.printed(item), figures.parts(item)));
    }
    balance(figures, findings);
    offset(figures, findings);
    let (printed, parts) = (figures.printed(Item::FinancingTotal), figures.parts(Item::FinancingTotal));
    findings.extend(figures.settle(Rule::FinancingTotal, printed, parts));
}

/// V = I - II - III - IV. A balance right but for its sign is only a warning: official preambles
/// print a deficit without its sign (Petropavl 2026).
fn balance(figures: &Figures<'_>, findings: &mut Vec<Finding>) {
    let parts = figures.parts(Item::Balance);
    let Some(mut finding) = figures.settle(Rule::Balance, figures.printed(Item::Balance), parts) else {
        return;
    };
    if finding.printed.map(Money::negated) == finding.expected {
        finding.severity = Severity::Warning;
    }
    let omitted = omits_lending(figures, &finding);
    findings.push(finding);
    findings.extend(omitted);
}

/// The printed balance is exactly I - II although III or IV is not zero.
fn omits_lending(figures: &Figures<'_>, wrong: &Finding) -> Option<Finding> {
    let revenue = figures.known(Item::RevenueTotal)?;
    let expenditure = figures.known(Item::ExpenditureTotal)?;
    let printed = wrong.printed?;
    if revenue.amount.checked_sub(expenditure.amount)? != printed {
        return None;
    }
    let inputs = vec![revenue, subtracted(expenditure)];
    Some(Finding { rule: Rule::BalanceOmitsLending, severity: Severity::Warning, inputs, ..wrong.clone() })
}

/// VII = -V, against the balance that follows from the sections, not the printed one.
fn offset(figures: &Figures<'_>, findings: &mut Vec<Finding>) {
    let Some(financing) = figures.printed(Item::FinancingTotal) else { return };
    let Some(balance) = figures.identity_balance() else { return };
    let same_sign = balance.amount.tiyn().signum() * financing.amount.tiyn().signum() == 1;
    let rule = if same_sign { Rule::FinancingSign } else { Rule::FinancingTotal };
    let inputs = Some(vec![subtracted(balance)]);
    findings.extend(figures.settle(rule, Some(financing), inputs));
}
