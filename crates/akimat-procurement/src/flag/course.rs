//! Checks of the procedure, and of the contract while it is carried out.

use super::{Case, Fact, Rule, Seen, days_between, share_bp};
use crate::process::{Contract, Method};
use akimat_core::Money;

/// Little time to bid.
pub(super) fn short_tender(case: &Case<'_>, rule: &Rule) -> Seen {
    let process = case.process;
    if !process.method.is_open() {
        return None;
    }
    let days = days_between(process.opens_on?, process.closes_on?);
    let least = match process.method {
        Method::PriceOffers => rule.number("days_price_offers")?,
        _ => rule.number("days")?,
    };
    Some((days < least, vec![("days", Fact::Days(days)), ("least", Fact::Days(least))]))
}

/// Not everybody could bid.
pub(super) fn non_open(case: &Case<'_>, _: &Rule) -> Seen {
    let method = case.process.method;
    Some((!method.is_open(), vec![("method", Fact::Method(method))]))
}

/// The winner was named very soon after bids were closed.
pub(super) fn short_decision(case: &Case<'_>, rule: &Rule) -> Seen {
    let process = case.process;
    // A computer decides on prices; a commission needs time to read.
    if !process.method.is_open() || matches!(process.method, Method::PriceOffers | Method::Auction) {
        return None;
    }
    let first = process.awards.iter().filter_map(|award| award.on).min()?;
    let days = days_between(process.closes_on?, first);
    let least = rule.number("days")?;
    Some((days < least, vec![("days", Fact::Days(days)), ("least", Fact::Days(least))]))
}

/// The sum of the contract grew.
pub(super) fn amendments_over(case: &Case<'_>, rule: &Rule) -> Seen {
    let process = case.process;
    let growth = |contract: &Contract| {
        let steps = process.amendments_of(&contract.id).into_iter().filter_map(|one| one.amount);
        let added = Money::checked_sum(
            steps.filter_map(|(before, after)| after.checked_sub(before)).filter(|more| more.tiyn() > 0),
        )?;
        Some((share_bp(added, contract.amount)?, added, contract.amount))
    };
    let (share, added, amount) = process.contracts.iter().filter_map(growth).max()?;
    let raised = share > rule.number("share_bp")?;
    Some((
        raised,
        vec![("share", Fact::Share(share)), ("added", Fact::Money(added)), ("amount", Fact::Money(amount))],
    ))
}

/// The end of the contract moved far.
pub(super) fn long_extension(case: &Case<'_>, rule: &Rule) -> Seen {
    let process = case.process;
    let moved = |contract: &Contract| {
        let (start, end) = (contract.starts_on.or(contract.signed_on)?, contract.ends_on?);
        let later = days_between(end, process.current_end(contract)?);
        let length = days_between(start, end);
        (length > 0).then(|| (later * 10_000 / length, later, end))
    };
    let (share, days, end) = process.contracts.iter().filter_map(moved).max()?;
    let raised = share > rule.number("share_bp")?;
    Some((raised, vec![("days", Fact::Days(days)), ("share", Fact::Share(share)), ("end", Fact::Day(end))]))
}

/// The customer paid late, or has not paid a bill for long.
pub(super) fn late_payment(case: &Case<'_>, rule: &Rule) -> Seen {
    let process = case.process;
    let least = rule.number("days")?;
    let paid_on = |id: &str| process.payments.iter().filter(|one| one.invoice == id).map(|one| one.on).max();
    let bills = process.invoices.iter();
    let (days, invoice) = bills
        .map(|bill| (days_between(bill.on, paid_on(&bill.id).unwrap_or(case.today)), bill))
        .max_by_key(|(days, _)| *days)?;
    Some((
        days > least,
        vec![
            ("days", Fact::Days(days)),
            ("least", Fact::Days(least)),
            ("on", Fact::Day(invoice.on)),
            ("amount", Fact::Money(invoice.amount)),
        ],
    ))
}
