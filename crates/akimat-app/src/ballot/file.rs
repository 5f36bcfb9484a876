//! The files of a vote: the rules as they are before it, the anonymised ballots of each envelope, the rule of its count.

use super::Setting;
use crate::{AppError, Result};
use akimat_core::MoneyUnit;
use akimat_participation::Ballot;
use akimat_participation::process::{BallotForm, CountMethod};
use akimat_participation::proposal::Proposal;
use akimat_pb::Rule;
use akimat_pb::rule::{Method, Misfit, Ties};
use akimat_pb::utility::Utility;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Kinds of files, each under the name of its process and envelope.
pub const KINDS: [(&str, &str); 7] = [
    ("pb", "pb"),
    ("rule", "rule.json"),
    ("counted_rule", "counted-rule.json"),
    ("trace", "trace.jsonl"),
    ("result", "result.json"),
    ("turnout", "turnout.json"),
    ("receipts", "receipts.txt"),
];

/// The name under which a file is published.
pub fn name(process: &str, envelope: &str, kind: &str) -> String {
    let ending = KINDS.iter().find(|(own, _)| *own == kind).map_or(kind, |(_, ending)| *ending);
    let glue = if envelope.is_empty() { "" } else { "-" };
    format!("{process}{glue}{envelope}.{ending}")
}

/// SHA-256 of bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is voted on and how it is counted: frozen and hashed before the first ballot.
pub fn rules(setting: &Setting) -> Value {
    let process = &setting.process;
    let projects: Vec<Value> = setting
        .projects
        .iter()
        .map(|project| {
            json!({
                "ballot_number": project.ballot_number,
                "number": project.number,
                "envelope": project.envelope,
                "category": project.category,
                "cost": cost(project),
                "title": project.title,
            })
        })
        .collect();
    let counts: Vec<Value> =
        (0..setting.paper.envelopes.len()).map(|at| json!(count_rule(setting, at).ok())).collect();
    json!({
        "format": "akimat-ballot/1",
        "process": process.code,
        "ballot": process.ballot,
        "voters": process.voters,
        "calendar": process.calendar,
        "envelopes": process.envelopes,
        "count": counts,
        "conflicts_across_envelopes": across(setting),
        "projects": projects,
    })
}

/// The hash of [`rules`] that goes into the log.
pub fn rules_sha256(setting: &Setting) -> String {
    crate::log::digest(&rules(setting).to_string())
}

fn cost(project: &Proposal) -> String {
    project.cost().map_or_else(String::new, |cost| cost.to_decimal(MoneyUnit::Tenge, 0))
}

/// The rule of the count of an envelope, in the words of the counting crate.
///
/// # Errors
/// [`AppError::Internal`] for names that the counting crate does not know; a process with them cannot be published.
pub fn count_rule(setting: &Setting, envelope: usize) -> Result<Rule> {
    let stated = &setting.process.rule;
    let unknown = |what: &str, name: &str| AppError::Internal(format!("no {what} of a count: {name}"));
    let completion = Rule::completion_named(&stated.completion)
        .ok_or_else(|| unknown("completion", &stated.completion))?;
    let mut rule = match stated.method {
        CountMethod::Greedy => {
            let utility = match setting.process.ballot.form {
                BallotForm::Points { .. } => Utility::COST_POINTS,
                BallotForm::Ranking { .. } => Utility::COST_RANKS,
                BallotForm::Single | BallotForm::Approval { .. } | BallotForm::Knapsack => Utility::COST,
            };
            Rule::new(Method::Greedy { misfit: Misfit::Skip }, utility)
        }
        CountMethod::EqualShares => {
            let utility =
                Utility::parse(&stated.utility).ok_or_else(|| unknown("utility", &stated.utility))?;
            Rule::equal_shares(utility, completion)
        }
    };
    rule.ties = Ties::CostVotesLot;
    rule.comparison = stated.comparison;
    rule.eligibility.min_score = stated.min_votes.map(i64::from);
    rule.eligibility.needs_votes = true;
    rule.conflicts = conflicts(setting, envelope);
    Ok(rule)
}

/// Whether at most one of two projects can be built.
pub fn conflict(one: &Proposal, other: &Proposal) -> bool {
    one.id != other.id && (one.conflicts.contains(&other.id) || other.conflicts.contains(&one.id))
}

/// Pairs of projects of different envelopes of which one wins at most: envelopes are counted in their order, and what
/// conflicts with a winner of an envelope counted before cannot win.
fn across(setting: &Setting) -> Vec<[String; 2]> {
    let mut pairs = Vec::new();
    for one in setting.projects.iter() {
        for other in setting.projects.iter() {
            if one.ballot_number < other.ballot_number
                && one.envelope != other.envelope
                && conflict(one, other)
            {
                pairs.push([id(one), id(other)]);
            }
        }
    }
    pairs
}

/// Projects of an envelope that conflict with one of those that won before it was counted.
pub fn excluded(setting: &Setting, envelope: &str, won: &[String]) -> Vec<String> {
    let before = |own: &&Proposal| {
        setting.projects.iter().any(|other| won.contains(&id(other)) && conflict(own, other))
    };
    setting.projects.iter().filter(|own| own.envelope == envelope).filter(before).map(id).collect()
}

/// Groups of projects of an envelope of which one wins at most; for those of different envelopes see [`excluded`].
fn conflicts(setting: &Setting, envelope: usize) -> Vec<Vec<String>> {
    let inside: Vec<&Proposal> = setting.of_envelope(envelope).collect();
    let mut groups = Vec::new();
    for one in &inside {
        for other in &inside {
            if conflict(one, other) && one.ballot_number < other.ballot_number {
                groups.push(vec![id(one), id(other)]);
            }
        }
    }
    groups
}

/// The name of a project in the files: its number on the ballot.
pub fn id(project: &Proposal) -> String {
    project.ballot_number.unwrap_or_default().to_string()
}

/// The anonymised ballots of an envelope as a Pabulib file. Ballots come in the order in which they are to stand.
///
/// # Errors
/// [`AppError::Internal`] when a file comes out that its own reader refuses.
pub fn pb(setting: &Setting, envelope: usize, ballots: &[Ballot]) -> Result<String> {
    let process = &setting.process;
    let stated = process
        .envelopes
        .get(envelope)
        .ok_or_else(|| AppError::Internal("there is no such envelope".to_owned()))?;
    let projects: Vec<&Proposal> = setting.of_envelope(envelope).collect();
    let form = process.ballot.form;
    let vote_type = match form {
        BallotForm::Single => "choose-1",
        BallotForm::Approval { .. } | BallotForm::Knapsack => "approval",
        BallotForm::Points { .. } => "cumulative",
        BallotForm::Ranking { .. } => "ordinal",
    };
    let mut text = String::from("META\nkey;value\n");
    let mut meta = |key: &str, value: &str| {
        let _ = writeln!(text, "{};{}", quote(key), quote(value));
    };
    meta("description", &format!("{}: {}", process.title.en, stated.title.en));
    meta("country", "Kazakhstan");
    meta("unit", &process.place.to_string());
    meta("instance", &process.year.to_string());
    meta("subunit", &stated.code);
    meta("num_projects", &projects.len().to_string());
    meta("num_votes", &ballots.len().to_string());
    meta("budget", &stated.amount.to_decimal(MoneyUnit::Tenge, 0));
    meta("vote_type", vote_type);
    meta("rule", if process.rule.method == CountMethod::Greedy { "greedy" } else { "equalshares" });
    if let Some(term) = process.term(akimat_participation::Phase::Ballot) {
        meta("date_begin", &term.opens_at.strftime("%d.%m.%Y").to_string());
        meta("date_end", &term.closes_at.strftime("%d.%m.%Y").to_string());
    }
    meta("currency", "KZT");
    match form {
        BallotForm::Approval { min, max } => {
            meta("min_length", &min.to_string());
            meta("max_length", &max.to_string());
        }
        BallotForm::Ranking { max } => meta("max_length", &max.to_string()),
        BallotForm::Points { n } => meta("max_sum_points", &n.to_string()),
        BallotForm::Single | BallotForm::Knapsack => {}
    }
    text.push_str("PROJECTS\nproject_id;cost;votes;category;name\n");
    for project in &projects {
        let votes = ballots.iter().filter(|ballot| ballot.holds(project.id)).count();
        let name = quote(&project.title.en);
        let _ =
            writeln!(text, "{};{};{votes};{};{name}", id(project), cost(project), quote(&project.category));
    }
    let points = matches!(form, BallotForm::Points { .. });
    text.push_str(if points { "VOTES\nvoter_id;vote;points\n" } else { "VOTES\nvoter_id;vote\n" });
    for (number, ballot) in (1..).zip(ballots) {
        text.push_str(&vote(setting, number, ballot, points));
    }
    akimat_pb::pabulib::parse(text.as_bytes()).map_err(|fault| {
        AppError::Internal(format!("line {} of the ballots: {}", fault.line, fault.reason.code()))
    })?;
    Ok(text)
}

fn vote(setting: &Setting, number: u32, ballot: &Ballot, points: bool) -> String {
    let ids: Vec<String> =
        ballot.marks.iter().filter_map(|mark| setting.project(mark.project)).map(id).collect();
    let mut line = format!("{number};{}", ids.join(","));
    if points {
        let points: Vec<String> = ballot.marks.iter().map(|mark| mark.points.to_string()).collect();
        line.push(';');
        line.push_str(&points.join(","));
    }
    line.push('\n');
    line
}

/// A field of the file on one line, quoted where it must be.
fn quote(field: &str) -> String {
    let plain: String = field.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = plain.trim();
    let table = ["META", "PROJECTS", "VOTES"].iter().any(|name| name.eq_ignore_ascii_case(plain));
    match table || plain.contains([';', '"']) {
        true => format!("\"{}\"", plain.replace('"', "\"\"")),
        false => plain.to_owned(),
    }
}
