//! Checks across the contracts of one customer.

use super::{Case, Fact, Rule, Seen, count, days_between, share_bp};
use crate::process::{Category, Contract, Party, Process, Role};
use akimat_core::Money;
use jiff::civil::Date;

/// What tells a firm or an office from others: its number, or else its name.
fn identity(party: &Party) -> String {
    if party.bin.is_empty() { party.name.trim().to_lowercase() } else { party.bin.clone() }
}

/// What tells the customer of a process from others; `None` when the record names none.
pub(super) fn buyer(process: &Process) -> Option<String> {
    process.with_role(Role::Buyer).map(identity)
}

/// One contract with who buys and who supplies.
struct Deal<'a> {
    supplier: &'a Party,
    process: &'a Process,
    contract: &'a Contract,
    signed: Date,
}

fn deals<'a>(process: &'a Process, buyer: &str) -> Vec<Deal<'a>> {
    if process.with_role(Role::Buyer).is_none_or(|party| identity(party) != buyer) {
        return Vec::new();
    }
    let deal = |contract: &'a Contract| {
        Some(Deal { supplier: process.supplier(contract)?, process, contract, signed: contract.signed_on? })
    };
    process.contracts.iter().filter_map(deal).collect()
}

/// All contracts of this customer, this process first.
fn of_buyer<'a>(case: &Case<'a>) -> Option<Vec<Deal<'a>>> {
    let buyer = buyer(case.process)?;
    let mut all = deals(case.process, &buyer);
    if all.is_empty() {
        return None;
    }
    all.extend(case.others.iter().flat_map(|other| deals(other, &buyer)));
    Some(all)
}

/// One supplier wins again and again with this customer.
pub(super) fn same_winner(case: &Case<'_>, rule: &Rule) -> Seen {
    let all = of_buyer(case)?;
    let (last, name) = (all.first()?.signed, identity(all.first()?.supplier));
    let span = rule.number("days")?;
    let recent: Vec<&Deal<'_>> =
        all.iter().filter(|deal| deal.signed <= last && days_between(deal.signed, last) <= span).collect();
    if i64::try_from(recent.len()).ok()? < rule.number("contracts")? {
        return None;
    }
    let own: Vec<&&Deal<'_>> = recent.iter().filter(|deal| identity(deal.supplier) == name).collect();
    let sum = Money::checked_sum(recent.iter().map(|deal| deal.contract.amount))?;
    let own_sum = Money::checked_sum(own.iter().map(|deal| deal.contract.amount))?;
    let share = share_bp(own_sum, sum)?;
    let raised = own.len() > 1 && share >= rule.number("share_bp")?;
    Some((
        raised,
        vec![
            ("name", Fact::Words(all.first()?.supplier.name.clone())),
            ("n", count(own.len())),
            ("all", count(recent.len())),
            ("share", Fact::Share(share)),
        ],
    ))
}

/// Several contracts without competition with one supplier in a short time, each below the threshold of the law and
/// together above it.
pub(super) fn split(case: &Case<'_>, rule: &Rule) -> Seen {
    if case.process.method.is_open() || case.process.method.is_ppp() {
        return None;
    }
    let name = if case.process.category == Category::Goods { "goods_tenge" } else { "other_tenge" };
    let threshold = Money::from_tenge(rule.number(name)?)?;
    let span = rule.number("days")?;
    let all = of_buyer(case)?;
    let first = all.first()?;
    let own: Vec<&Deal<'_>> = all
        .iter()
        .filter(|deal| {
            identity(deal.supplier) == identity(first.supplier)
                && !deal.process.method.is_open()
                && deal.process.category == first.process.category
                && days_between(deal.signed, first.signed).abs() <= span
                && deal.contract.amount <= threshold
        })
        .collect();
    let sum = Money::checked_sum(own.iter().map(|deal| deal.contract.amount))?;
    let raised = own.len() > 1 && sum > threshold && first.contract.amount <= threshold;
    Some((
        raised,
        vec![
            ("n", count(own.len())),
            ("sum", Fact::Money(sum)),
            ("threshold", Fact::Money(threshold)),
            ("name", Fact::Words(first.supplier.name.clone())),
        ],
    ))
}
