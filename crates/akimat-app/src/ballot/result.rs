//! What a count says, read from the published documents: of each envelope, of each project why it won or lost.

use super::{Setting, file};
use crate::{App, AppError, Result};
use akimat_core::{Money, MoneyUnit, ProposalId, Text};
use akimat_participation::process::{Phase, Process, ProcessMove};
use akimat_participation::proposal::step::{Act, Actor, step};
use akimat_participation::proposal::{Proposal, State};
use akimat_storage::process::ProcessChange;
use akimat_storage::proposal::ProposalChange;
use akimat_storage::{Account, Batch, Change};
use serde_json::Value;

/// The result of an envelope.
#[derive(Clone, Debug)]
pub struct EnvelopeResult {
    /// Its code.
    pub envelope: String,
    /// Its name.
    pub title: Text,
    /// Its money.
    pub money: Money,
    /// What the winners cost together.
    pub spent: Money,
    /// Ballots with a mark in it.
    pub n_voters: u64,
    /// Ballot numbers of the winners in the order of purchase.
    pub winners: Vec<String>,
    /// Every project, winners first in the order of purchase, then by votes.
    pub lines: Vec<ResultLine>,
    /// The whole published document.
    pub document: Value,
    /// SHA-256 of the file of ballots.
    pub file_sha256: String,
}

/// A project in a result.
#[derive(Clone, Debug)]
pub struct ResultLine {
    /// The project.
    pub project: ProposalId,
    /// Its number on the ballot.
    pub ballot_number: u32,
    /// What it costs.
    pub cost: Money,
    /// Ballots with a mark for it.
    pub votes: u64,
    /// Points or votes, by which greedy orders.
    pub score: i64,
    /// What became of it.
    pub outcome: State,
    /// A conflicting project that won.
    pub rival: Option<String>,
    /// The round in which it was bought: a part of the document.
    pub round: Option<Value>,
    /// Why it lost: a part of the document.
    pub lost: Option<Value>,
}

impl App {
    /// Results of all envelopes, in the order of the process; before they are published for those who count only.
    ///
    /// # Errors
    /// [`AppError::NotFound`] before the count.
    pub async fn ballot_results(&self, setting: &Setting) -> Result<Vec<EnvelopeResult>> {
        let mut results = Vec::new();
        let mut won: Vec<String> = Vec::new();
        for envelope in &setting.process.envelopes {
            let found = self.read().find_ballot_file(setting.process.id, &envelope.code, "result").await?;
            let found = found.ok_or(AppError::NotFound("result"))?;
            let document: Value =
                serde_json::from_slice(&found.body).map_err(|error| AppError::Internal(error.to_string()))?;
            let words = |value: &Value| -> Vec<String> {
                let list = value.as_array().into_iter().flatten();
                list.filter_map(Value::as_str).map(str::to_owned).collect()
            };
            let winners = words(&document["answer"]["winners"]);
            // Envelopes are counted in this order: those that won before exclude what conflicts with them.
            won.extend(winners.iter().cloned());
            results.push(EnvelopeResult {
                envelope: envelope.code.clone(),
                title: envelope.title.clone(),
                money: envelope.amount,
                spent: money(&document["answer"]["total_cost"]),
                n_voters: document["answer"]["n_voters"].as_u64().unwrap_or_default(),
                lines: lines(setting, &envelope.code, (&document, &winners, &won)),
                winners,
                file_sha256: document["file_sha256"].as_str().unwrap_or_default().to_owned(),
                document,
            });
        }
        Ok(results)
    }

    /// What the count says of each project, as changes of the projects.
    pub(super) fn decided_projects(&self, setting: &Setting, results: &[EnvelopeResult]) -> Result<Batch> {
        let process = Process { phase: Phase::Count, ..(*setting.process).clone() };
        let mut batch = Batch::new();
        for line in results.iter().flat_map(|one| &one.lines) {
            let Some(project) = setting.project(line.project) else { continue };
            if project.state != State::OnBallot {
                continue;
            }
            let decided = step(&process, project, (Actor::System, ""), Act::Decide(line.outcome), self.now());
            let (next, moved) = decided.map_err(|refusal| AppError::Internal(refusal.to_string()))?;
            batch.push(Change::Proposal(Box::new(ProposalChange::Update(next))));
            batch.push(Change::Proposal(Box::new(ProposalChange::Move(moved))));
        }
        Ok(batch)
    }

    /// The process goes on to a phase.
    pub(super) fn moved_process(&self, actor: Option<&Account>, process: &Process, to: Phase) -> Batch {
        let next = Process { phase: to, edit: process.edit + 1, updated_at: self.now(), ..process.clone() };
        let moved = ProcessMove {
            process: process.id,
            from: process.phase,
            to,
            reason: String::new(),
            undecided: 0,
            by: crate::project::spokesman(actor),
            at: self.now(),
        };
        vec![
            Change::Process(Box::new(ProcessChange::Update(next))),
            Change::Process(Box::new(ProcessChange::Move(moved))),
        ]
    }
}

fn money(value: &Value) -> Money {
    let text = value.as_str().unwrap_or_default();
    Money::parse(text, MoneyUnit::Tenge).unwrap_or(Money::ZERO)
}

fn lines(
    setting: &Setting,
    envelope: &str,
    (document, winners, so_far): (&Value, &[String], &[String]),
) -> Vec<ResultLine> {
    let part = |list: &Value, key: &str, id: &str| -> Option<Value> {
        list.as_array()?.iter().find(|one| one[key].as_str() == Some(id)).cloned()
    };
    let place = |id: &str| winners.iter().position(|winner| winner == id);
    let inside = setting.projects.iter().filter(|project| project.envelope == envelope);
    let mut lines: Vec<ResultLine> = inside
        .map(|project| {
            let id = file::id(project);
            let own = part(&document["projects"], "id", &id).unwrap_or_default();
            let won = place(&id).is_some();
            let rival = rival(setting, project, so_far).filter(|_| !won);
            let outcome = match (won, &rival) {
                (true, _) => State::Selected,
                (false, Some(_)) => State::Excluded,
                (false, None) if own["admitted"].as_bool() == Some(false) => State::BelowMinimum,
                (false, None) => State::NotSelected,
            };
            ResultLine {
                project: project.id,
                ballot_number: project.ballot_number.unwrap_or_default(),
                cost: project.cost().unwrap_or(Money::ZERO),
                votes: own["votes"].as_u64().unwrap_or_default(),
                score: own["score"].as_i64().unwrap_or_default(),
                outcome,
                rival,
                round: part(&document["answer"]["rounds"], "project", &id),
                lost: part(&document["explanation"]["losers"], "project", &id),
            }
        })
        .collect();
    lines.sort_by_key(|line| {
        let id = line.ballot_number.to_string();
        (place(&id).unwrap_or(usize::MAX), std::cmp::Reverse(line.score), line.ballot_number)
    });
    lines
}

/// A winner with which a project conflicts, of its envelope or of one counted before.
fn rival(setting: &Setting, project: &Proposal, so_far: &[String]) -> Option<String> {
    so_far.iter().find_map(|winner| {
        let other = setting.projects.iter().find(|other| file::id(other) == *winner)?;
        file::conflict(project, other).then(|| winner.clone())
    })
}
