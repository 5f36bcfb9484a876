//! Checks of the offers and of the price.

use super::{Case, Fact, Rule, Seen, count, share_bp};
use crate::process::{Bid, Process, TenderState};
use akimat_core::Money;
use std::collections::BTreeSet;

/// Bids are closed and somebody was, or could have been, chosen.
fn decided(process: &Process) -> bool {
    matches!(process.state, TenderState::Complete | TenderState::Unsuccessful) || !process.awards.is_empty()
}

/// Lots by name; the whole when there are none.
fn lots(process: &Process) -> Vec<&str> {
    if process.lots.is_empty() { vec![""] } else { process.lots.iter().map(|lot| lot.id.as_str()).collect() }
}

fn bidders<'a>(process: &'a Process, lot: &str) -> BTreeSet<&'a str> {
    process.bids.iter().filter(|bid| lot.is_empty() || bid.lot == lot).map(|bid| bid.party.as_str()).collect()
}

/// A competition, and one bidder.
pub(super) fn single(case: &Case<'_>, rule: &Rule) -> Seen {
    let process = case.process;
    if !process.method.is_open() || !decided(process) || process.bids.is_empty() {
        return None;
    }
    let fewest = lots(process).into_iter().map(|lot| bidders(process, lot).len()).filter(|n| *n > 0).min()?;
    let raised = i64::try_from(fewest).ok()? <= rule.number("bidders")?;
    Some((raised, vec![("n", count(fewest))]))
}

/// The winner's price just under the estimate.
pub(super) fn near_estimate(case: &Case<'_>, rule: &Rule) -> Seen {
    let process = case.process;
    let estimate = process.estimate?;
    if process.awards.is_empty() || process.awards.len() < process.lots.len() {
        return None;
    }
    let price = Money::checked_sum(process.awards.iter().map(|award| award.amount))?;
    let under = share_bp(estimate.checked_sub(price)?, estimate)?;
    let raised = price <= estimate && under <= rule.number("share_bp")?;
    Some((
        raised,
        vec![
            ("share", Fact::Share(under)),
            ("price", Fact::Money(price)),
            ("estimate", Fact::Money(estimate)),
        ],
    ))
}

/// Winning price and the next valid one, where the lowest price won.
fn winner_and_next(process: &Process) -> Option<(Money, Money)> {
    let [award] = process.awards.as_slice() else { return None };
    let mut prices: Vec<(Money, &str)> = process
        .valid_bids()
        .filter(|bid| award.lot.is_empty() || bid.lot == award.lot)
        .filter_map(|bid| Some((bid.amount?, bid.party.as_str())))
        .collect();
    prices.sort_unstable();
    let winner = prices.first().filter(|(_, party)| *party == award.party)?;
    Some((winner.0, prices.get(1)?.0))
}

/// The next price just above the winner's.
pub(super) fn close(case: &Case<'_>, rule: &Rule) -> Seen {
    let (winner, next) = winner_and_next(case.process)?;
    let share = share_bp(next.checked_sub(winner)?, winner)?;
    let raised = share <= rule.number("share_bp")?;
    Some((
        raised,
        vec![("share", Fact::Share(share)), ("price", Fact::Money(winner)), ("next", Fact::Money(next))],
    ))
}

/// Everybody but the winner was turned away.
pub(super) fn others_rejected(case: &Case<'_>, rule: &Rule) -> Seen {
    let process = case.process;
    let [award] = process.awards.as_slice() else { return None };
    if process.bids.iter().any(|bid| bid.admitted.is_none()) {
        return None;
    }
    let others: Vec<&Bid> = process.bids.iter().filter(|bid| bid.party != award.party).collect();
    if i64::try_from(others.len()).ok()? < rule.number("rejected")? {
        return Some((false, Vec::new()));
    }
    let raised = others.iter().all(|bid| bid.admitted == Some(false));
    Some((raised, vec![("n", count(others.len()))]))
}

/// The lowest offer was turned away.
pub(super) fn lowest_rejected(case: &Case<'_>, rule: &Rule) -> Seen {
    let process = case.process;
    let [award] = process.awards.as_slice() else { return None };
    let priced = process.bids.iter().filter(|bid| award.lot.is_empty() || bid.lot == award.lot);
    let lowest = priced
        .filter_map(|bid| Some((bid.amount?, bid.admitted?, bid)))
        .min_by_key(|(amount, ..)| *amount)?;
    let more = award.amount.checked_sub(lowest.0)?;
    let raised = !lowest.1 && share_bp(more, lowest.0)? >= rule.number("share_bp")? && more.tiyn() > 0;
    let name = process.party(&lowest.2.party).map_or_else(String::new, |party| party.name.clone());
    Some((
        raised,
        vec![
            ("name", Fact::Words(name)),
            ("lowest", Fact::Money(lowest.0)),
            ("price", Fact::Money(award.amount)),
        ],
    ))
}

/// Two bidders have the same address or the same owner.
pub(super) fn shared_contact(case: &Case<'_>, _: &Rule) -> Seen {
    let process = case.process;
    let parties: Vec<_> = bidders(process, "").into_iter().filter_map(|party| process.party(party)).collect();
    let known = parties.iter().filter(|party| !party.address.is_empty() || !party.owner.is_empty()).count();
    if known < 2 {
        return None;
    }
    let same = |a: &str, b: &str| !a.trim().is_empty() && a.trim().to_lowercase() == b.trim().to_lowercase();
    for (at, one) in parties.iter().enumerate() {
        for other in &parties[at + 1..] {
            if same(&one.address, &other.address) || same(&one.owner, &other.owner) {
                let shared = if same(&one.owner, &other.owner) { &one.owner } else { &one.address };
                let facts = vec![
                    ("first", Fact::Words(one.name.clone())),
                    ("second", Fact::Words(other.name.clone())),
                    ("shared", Fact::Words(shared.clone())),
                ];
                return Some((true, facts));
            }
        }
    }
    Some((false, Vec::new()))
}

/// The price is a round number.
pub(super) fn round_price(case: &Case<'_>, rule: &Rule) -> Seen {
    let multiple = Money::from_tenge(rule.number("multiple_tenge")?)?;
    let least = Money::from_tenge(rule.number("least_tenge")?)?;
    let price = case.process.awards.iter().map(|award| award.amount).max()?;
    if multiple.tiyn() <= 0 || price < least {
        return Some((false, Vec::new()));
    }
    let raised = price.tiyn() % multiple.tiyn() == 0;
    Some((raised, vec![("price", Fact::Money(price)), ("multiple", Fact::Money(multiple))]))
}
