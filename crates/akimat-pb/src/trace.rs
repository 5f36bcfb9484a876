//! The trace of a count: one JSON object a line, from which anyone can check the result without the search.
//!
//! The first line names the file by its hash, the rule and the order that breaks ties; then come the shares that were
//! gone through, the rounds of the last share and of the one beyond it with exact prices, and the winners. Amounts
//! and prices are exact, in units of the election (its smallest decimal).

use crate::count::{CountError, Counted, How, Prepared};
use crate::equal_shares::run;
use crate::fraction::Fraction;
use crate::round::{Round, equal_shares_rounds, rounds};
use crate::share::Share;
use serde_json::{Value, json};
use std::fmt::Write;

/// Name and version of the format.
pub const FORMAT: &str = "akimat-count/1";

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
    let ties: Vec<Value> = run(&setting, share)?
        .ties
        .iter()
        .map(|tie| {
            let ids: Vec<&str> =
                tie.projects.iter().map(|&project| prepared.election().id(project)).collect();
            json!({ "round": tie.round, "projects": ids })
        })
        .collect();
    Ok(json!({ "share": share.fraction().to_string(), "rounds": told, "ties": ties }))
}

fn line(prepared: &Prepared<'_>, round: &Round) -> Value {
    let id = prepared.election().id(round.project);
    match (&round.paid, &round.burden) {
        (Some(paid), _) => json!({
            "project": id,
            "price": paid.price.to_string(),
            "full": paid.n_full,
            "rest": paid.n_rest,
        }),
        (None, Some(burden)) => json!({ "project": id, "burden": burden.to_string() }),
        (None, None) => json!({ "project": id }),
    }
}

/// A fraction as exact text and as a decimal for reading.
#[must_use]
pub fn told(fraction: &Fraction, unit: i64, places: u32) -> Value {
    let value = fraction.over(&Fraction::whole(unit));
    json!({ "exact": value.to_string(), "about": value.decimal(places) })
}
