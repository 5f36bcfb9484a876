//! The result of a count as JSON: winners in the order of purchase, what they cost, what was equal, and the rounds.

use crate::amount::decimal;
use crate::bos::Overspent;
use crate::count::{CountError, Counted, Prepared};
use crate::election::Election;
use crate::fraction::Fraction;
use crate::order::Lot;
use crate::round::{Round, rounds};
use crate::rule::Rule;
use serde_json::{Map, Value, json};

/// Places of a decimal that stands beside an exact fraction.
const PLACES: u32 = 4;

/// Counts an election and tells the result; amounts are exact decimals in the currency, prices exact fractions with
/// a decimal for reading beside them.
///
/// # Errors
/// [`CountError`].
pub fn answer(election: &Election, rule: &Rule, lot: Option<&Lot>) -> Result<Value, CountError> {
    if rule.envelopes.is_some() {
        let counted = crate::count::count(election, rule, lot)?;
        return Ok(told(election, rule, &counted, &[]));
    }
    let prepared = Prepared::new(election, rule, lot)?;
    let counted = prepared.count()?;
    of_count(&prepared, &counted)
}

/// Tells the result of a count that was made.
///
/// # Errors
/// [`CountError`].
pub fn of_count(prepared: &Prepared<'_>, counted: &Counted) -> Result<Value, CountError> {
    Ok(told(prepared.election(), prepared.rule(), counted, &rounds(prepared, counted)?))
}

fn told(election: &Election, rule: &Rule, counted: &Counted, rounds: &[Round]) -> Value {
    let ids =
        |projects: &[usize]| -> Vec<&str> { projects.iter().map(|&project| election.id(project)).collect() };
    let ties: Vec<Value> = counted
        .ties
        .iter()
        .map(|tie| json!({ "round": tie.round + 1, "projects": ids(&tie.projects) }))
        .collect();
    let mut answer = Map::new();
    let mut put = |key: &str, value: Value| drop(answer.insert(key.to_owned(), value));
    put("winners", json!(ids(&counted.winners())));
    put("total_cost", json!(decimal(election.cost(&counted.winners()), election.decimals)));
    put("budget", json!(election.amount(election.budget)));
    put("ties", json!(ties));
    put("rule", json!(rule));
    put("n_voters", json!(election.ballots.len()));
    if let Some(ended) = &counted.ended {
        put("share", amount(election, &ended.share.fraction()));
        put("n_shares", json!(ended.shares));
    }
    if let Some(comparison) = counted.comparison {
        let (rule, greedy) = (comparison.rule, comparison.greedy);
        put("comparison", json!({ "rule": rule, "greedy": greedy, "replaced": counted.replaced }));
    }
    let told: Vec<Value> = rounds.iter().enumerate().map(|(at, told)| round(election, at, told)).collect();
    put("rounds", json!(told));
    Value::Object(answer)
}

/// An exact amount in the currency, with a decimal for reading.
pub(crate) fn amount(election: &Election, units: &Fraction) -> Value {
    crate::trace::told(units, election.currency_unit(), PLACES)
}

/// A price: exact where its fraction is small.
fn about(election: &Election, overspent: &Overspent) -> Value {
    match &overspent.exact {
        Some(exact) => amount(election, exact),
        None => {
            let price = overspent.price.low.over(&Fraction::whole(election.currency_unit()));
            json!({ "about": price.decimal(PLACES) })
        }
    }
}

fn round(election: &Election, at: usize, round: &Round) -> Value {
    let mut told = Map::new();
    let mut put = |key: &str, value: Value| drop(told.insert(key.to_owned(), value));
    put("round", json!(at + 1));
    put("project", json!(election.id(round.project)));
    let cost = election.projects.get(round.project).map_or(0, |project| project.cost);
    put("cost", json!(election.amount(cost)));
    put("how", json!(round.how));
    if let Some(paid) = &round.paid {
        put("price", amount(election, &paid.price));
        put("gain_price", crate::trace::told(&paid.gain_price, 1, 12));
        put("effective_votes", crate::trace::told(&paid.effective_votes, 1, 2));
        put("paid_in_full", json!(paid.n_full));
        put("paid_the_rest", json!(paid.n_rest));
        put("from_full", amount(election, &paid.from_full));
        put("from_rest", amount(election, &paid.from_rest));
    }
    if let Some(overspent) = &round.overspent {
        put("price", about(election, overspent));
        put("part_raised", json!({ "about": overspent.part.low.decimal(PLACES) }));
        put("paid_in_full", json!(overspent.n_full));
        put("paid_the_rest", json!(overspent.n_rest));
    }
    if let Some(burden) = &round.burden {
        put("burden", amount(election, burden));
    }
    put("left", amount(election, &round.left));
    Value::Object(told)
}
