//! The trace of a count: one JSON object a line, from which anyone can check the result without the search.
//!
//! The first line names the file by its hash, the rule and the order that breaks ties; then come the shares that were
//! gone through, the rounds of the last share and of the one beyond it with exact prices, and the winners. Amounts
//! and prices are exact, in units of the election (its smallest decimal).

use crate::bos::{Overspending, Overspent};
use crate::count::{CountError, Counted, How, Prepared};
use crate::ees::{Outcome, Shared};
use crate::equal_shares::{Tie, run};
use crate::fraction::Fraction;
use crate::maximin::Supported;
use crate::round::{Round, equal_shares_rounds, rounds};
use crate::share::Share;
use num_bigint::BigInt;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Name and version of the format.
pub const FORMAT: &str = "akimat-count/1";
/// Places of the decimals between which a price is told that is too large to be written down.
const PLACES: u32 = 12;

/// The trace as text.
///
/// # Errors
/// [`CountError`] as for the count.
pub fn trace(prepared: &Prepared<'_>, counted: &Counted, file_sha256: &str) -> Result<String, CountError> {
    let mut lines = vec![head(prepared, file_sha256)];
    let setting = prepared.setting();
    if let Some(ended) = counted.ended.as_ref() {
        for segment in &ended.history {
            lines.push(json!({ "shares": {
                "first": segment.first.fraction().to_string(),
                "last": segment.last.fraction().to_string(),
                "total": segment.total.to_string(),
                "feasible": segment.total <= i128::from(setting.budget),
            }}));
        }
        lines.push(json!({ "final": at_share(prepared, ended.share)? }));
        if let Some(beyond) = ended.beyond {
            lines.push(json!({ "beyond": at_share(prepared, beyond)? }));
        }
    } else if let Some(end) = counted.shared.as_ref() {
        lines.push(json!({ "shared": groups(prepared, &end.outcome, &end.share, end.shares) }));
        if let Some((outcome, share)) = end.beyond.as_ref() {
            lines.push(json!({ "shared-beyond": groups(prepared, outcome, share, end.shares) }));
        }
    } else if let Some(found) = counted.supported.as_ref() {
        lines.push(json!({ "support": support(prepared, found) }));
    } else if let Some(found) = counted.overspent.as_ref() {
        lines.push(json!({ "overspent": overspent(prepared, found) }));
    } else if let Some(found) = counted.burdened.as_ref() {
        // Those of the rule itself, whatever the comparison with greedy says.
        let round = |(project, burden): &(usize, Option<Fraction>)| {
            let id = prepared.election().id(*project);
            match burden {
                Some(burden) => json!({ "project": id, "burden": burden.to_string() }),
                None => json!({ "project": id }),
            }
        };
        lines.push(json!({ "rounds": found.steps.iter().map(round).collect::<Vec<Value>>() }));
    } else {
        let told = rounds(prepared, counted)?;
        let told: Vec<Value> =
            told.iter().filter(|round| round.how == How::Method).map(|round| line(prepared, round)).collect();
        lines.push(json!({ "rounds": told }));
    }
    let ids = |how: How| -> Vec<&str> {
        let of = counted.bought.iter().filter(|(_, found)| *found == how);
        of.map(|&(project, _)| prepared.election().id(project)).collect()
    };
    if let Some(comparison) = counted.comparison {
        lines.push(json!({ "comparison": {
            "rule": comparison.rule, "greedy": comparison.greedy, "replaced": counted.replaced,
        }}));
    }
    let all: Vec<&str> =
        counted.winners().into_iter().map(|project| prepared.election().id(project)).collect();
    lines.push(json!({ "result": {
        "free": ids(How::Free),
        "completion": ids(How::Completion),
        "winners": all,
        "total": setting.total(&counted.winners()).to_string(),
    }}));
    let mut text = String::new();
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
    Ok(text)
}

fn head(prepared: &Prepared<'_>, file_sha256: &str) -> Value {
    let (election, setting) = (prepared.election(), prepared.setting());
    let mut order: Vec<usize> = (0..setting.n_projects()).collect();
    order.sort_by_key(|&project| setting.rank(project));
    let ids =
        |projects: Vec<usize>| -> Vec<&str> { projects.into_iter().map(|at| election.id(at)).collect() };
    let admitted = (0..setting.n_projects()).filter(|&project| setting.is_allowed(project)).collect();
    json!({
        "trace": FORMAT,
        "file_sha256": file_sha256,
        "rule": prepared.rule(),
        "voters": setting.profile.n_voters(),
        "budget": setting.budget.to_string(),
        "decimals": election.decimals,
        "order": ids(order),
        "admitted": ids(admitted),
    })
}

fn at_share(prepared: &Prepared<'_>, share: Share) -> Result<Value, CountError> {
    let setting = prepared.setting();
    let told: Vec<Value> =
        equal_shares_rounds(&setting, share)?.iter().map(|round| line(prepared, round)).collect();
    let ties = ties(prepared, &run(&setting, share)?.ties);
    Ok(json!({ "share": share.fraction().to_string(), "rounds": told, "ties": ties }))
}

fn ids<'a>(prepared: &'a Prepared<'_>, projects: &[usize]) -> Vec<&'a str> {
    projects.iter().map(|&project| prepared.election().id(project)).collect()
}

fn ties(prepared: &Prepared<'_>, ties: &[Tie]) -> Vec<Value> {
    let told = |tie: &Tie| json!({ "round": tie.round, "projects": ids(prepared, &tie.projects) });
    ties.iter().map(told).collect()
}

/// Groups of Exact Equal Shares at a share.
fn groups(prepared: &Prepared<'_>, outcome: &Outcome, share: &Fraction, shares: u64) -> Value {
    let told =
        |step: &Shared| json!({ "project": prepared.election().id(step.project), "payers": step.payers });
    json!({
        "share": share.to_string(),
        "n_shares": shares,
        "rounds": outcome.steps.iter().map(told).collect::<Vec<Value>>(),
        "ties": ties(prepared, &outcome.ties),
    })
}

/// Burdens of Maximin support with the sets that prove them from below.
fn support(prepared: &Prepared<'_>, found: &Supported) -> Value {
    let id = |project: usize| prepared.election().id(project);
    let mut rounds = Vec::new();
    for ((project, burden), sets) in found.burdened.steps.iter().zip(&found.sets) {
        let sets: Map<String, Value> =
            sets.iter().map(|(project, set)| (id(*project).to_owned(), json!(ids(prepared, set)))).collect();
        let burden = burden.as_ref().map(ToString::to_string);
        rounds.push(json!({ "project": id(*project), "burden": burden, "sets": sets }));
    }
    json!(rounds)
}

/// Prices of bounded overspending between two decimals.
fn overspent(prepared: &Prepared<'_>, found: &Overspending) -> Value {
    let unit = BigInt::from(10).pow(PLACES);
    let decimal = |fraction: &Fraction, more: &BigInt| {
        let whole = (fraction.num() * &unit + more * (fraction.den() - 1)) / fraction.den();
        Fraction::new(whole, unit.clone()).to_string()
    };
    let round = |step: &Overspent| {
        let (low, high) = (&step.price.low, &step.price.high);
        json!({
            "project": prepared.election().id(step.project),
            "price": [decimal(low, &BigInt::from(0)), decimal(high, &BigInt::from(1))],
            "part": step.part.low.decimal(PLACES),
            "full": step.n_full,
            "rest": step.n_rest,
        })
    };
    let rounds: Vec<Value> = found.steps.iter().map(round).collect();
    json!({ "rounds": rounds, "ties": ties(prepared, &found.ties) })
}

fn line(prepared: &Prepared<'_>, round: &Round) -> Value {
    let id = prepared.election().id(round.project);
    match &round.paid {
        Some(paid) => json!({
            "project": id,
            "price": paid.price.to_string(),
            "full": paid.n_full,
            "rest": paid.n_rest,
        }),
        None => json!({ "project": id }),
    }
}

/// A fraction as exact text and as a decimal for reading.
#[must_use]
pub fn told(fraction: &Fraction, unit: i64, places: u32) -> Value {
    let value = fraction.over(&Fraction::whole(unit));
    json!({ "exact": value.to_string(), "about": value.decimal(places) })
}
