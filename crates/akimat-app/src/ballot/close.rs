//! The end of a vote, in four steps that a person takes one by one: the box is closed, the link between person and
//! choice is cut, two counts are made, the result is published. A step that is taken twice is taken once.

use super::{Setting, file, subject, turnout};
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_participation::ballot::{Ballot, Window};
use akimat_participation::process::Phase;
use akimat_pb::order::Lot;
use akimat_pb::{Prepared, answer, explain, trace};
use akimat_storage::ballot::{BallotBox, BallotChange, BallotFile, BoxState, PaperState, SealedBallot};
use akimat_storage::{Account, Batch, Change, Conflict, StoreError};
use serde_json::{Value, json};

/// Ballots that are read at once.
const PART: u16 = 1_000;
/// Longest seed and source of a draw in characters.
pub const SEED_CHARS_MAX: usize = 200;

/// The draw that breaks ties: seed and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The seed, as anybody can look it up.
    pub seed: String,
    /// Where it comes from.
    pub source: String,
}

impl App {
    /// Closes the box for good and writes the ballots anew without persons. Both in one act, so that nothing lies
    /// between; broken off in the middle, it goes on where it was.
    ///
    /// # Errors
    /// [`AppError::Invalid`] before the deadline, or while ballots on paper wait for a second clerk.
    pub async fn close_ballot(&self, actor: Option<&Account>, setting: &Setting) -> Result<()> {
        permission::check(actor, Permission::CountBallots, Some(setting.process.place))?;
        let found = match self.read().find_ballot_box(setting.process.id).await? {
            Some(found) => found,
            // Nobody voted: the box is opened to be closed.
            None => self.open_box(setting).await?,
        };
        let window = setting.window().ok_or(AppError::NotFound("ballot"))?;
        let at = Window::counted_instant(self.now(), Some(found.latest_at));
        if at < window.closes_at || setting.process.phase < Phase::Ballot {
            return Err(AppError::field("ballot", "ballot-close-early"));
        }
        if found.state == BoxState::Open {
            let waiting = self.read().list_paper_ballots(setting.process.id).await?;
            if waiting.iter().any(|paper| paper.state == PaperState::Waiting) {
                return Err(AppError::field("ballot", "ballot-close-papers"));
            }
            let mut batch = vec![
                Change::Ballot(Box::new(BallotChange::Freeze(setting.process.id, at))),
                self.audit(
                    actor,
                    "close_ballot",
                    setting.process.id,
                    Some(setting.process.place),
                    &json!({}),
                ),
                self.log_entry("ballot_closed", subject(setting), json!({})),
            ];
            if setting.process.phase == Phase::Ballot {
                batch.extend(self.moved_process(actor, &setting.process, Phase::Count));
            }
            once(self.store().apply(batch).await)?;
        }
        if found.state <= BoxState::Frozen { self.cut_ballots(actor, setting).await } else { Ok(()) }
    }

    /// Opens every ballot, writes the counted ones in random order into files that name nobody, and removes the rest.
    async fn cut_ballots(&self, actor: Option<&Account>, setting: &Setting) -> Result<()> {
        let Some(found) = self.read().find_ballot_box(setting.process.id).await? else {
            return Err(AppError::NotFound("ballot box"));
        };
        if found.state != BoxState::Frozen {
            return Ok(());
        }
        let (ballots, receipts) = self.opened_ballots(setting, &found).await?;
        let mut files = Vec::new();
        for (at, envelope) in setting.paper.envelopes.iter().enumerate() {
            let inside = self.shuffled_ballots(parts(setting, at, &ballots));
            let text = file::pb(setting, at, &inside)?;
            let rule = serde_json::to_vec_pretty(&file::count_rule(setting, at)?);
            let rule = rule.map_err(|error| AppError::Internal(error.to_string()))?;
            files.push(self.ballot_file(setting, &envelope.code, "pb", text.into_bytes()));
            files.push(self.ballot_file(setting, &envelope.code, "rule", rule));
        }
        let counts = self.read().count_voters(setting.process.id).await?;
        let traits = self.read().count_voters_by_traits(setting.process.id).await?;
        let told = turnout::document(counts, &traits).to_string();
        files.push(self.ballot_file(setting, "", "turnout", told.into_bytes()));
        files.push(self.ballot_file(setting, "", "receipts", receipts.into_bytes()));
        let inputs: Vec<Value> = files
            .iter()
            .filter(|file| matches!(file.kind.as_str(), "pb" | "rule"))
            .map(|file| json!({ "envelope": file.envelope, "kind": file.kind, "sha256": file::hex(&file.sha256) }))
            .collect();
        let batch = vec![
            self.log_entry(
                "ballots_opened",
                subject(setting),
                json!({ "n": ballots.len(), "files": inputs }),
            ),
            self.audit(actor, "cut_ballots", setting.process.id, Some(setting.process.place), &json!({})),
            Change::Ballot(Box::new(BallotChange::Cut(setting.process.id, files))),
        ];
        once(self.store().apply(batch).await)
    }

    /// Every ballot that counts, and the receipts of those that were handed in, sorted.
    async fn opened_ballots(&self, setting: &Setting, found: &BallotBox) -> Result<(Vec<Ballot>, String)> {
        let key = self.box_key(found)?;
        let (mut ballots, mut receipts) = (Vec::new(), Vec::new());
        let mut after = None;
        loop {
            let part: Vec<SealedBallot> = self.read().list_ballots(setting.process.id, after, PART).await?;
            let Some(last) = part.last() else { break };
            after = Some(last.pseudonym);
            for sealed in &part {
                let kept = key.open(&sealed.pseudonym, &sealed.sealed)?;
                let counted = match kept.submitted {
                    Some(submitted) => {
                        receipts.push(submitted.receipt.code().to_owned());
                        Some(submitted.ballot)
                    }
                    None if setting.process.ballot.saved_counts => Some(kept.working),
                    None => None,
                };
                ballots.extend(
                    counted
                        .filter(|ballot| setting.paper.faults(ballot).is_empty())
                        .map(|ballot| setting.paper.canonical(&ballot)),
                );
            }
        }
        receipts.sort();
        let receipts = receipts.into_iter().fold(String::new(), |text, code| text + &code + "\n");
        Ok((ballots, receipts))
    }

    /// In an order that nobody knows from where.
    fn shuffled_ballots(&self, ballots: Vec<Ballot>) -> Vec<Ballot> {
        let mut keyed: Vec<([u8; 32], Ballot)> =
            ballots.into_iter().map(|ballot| (self.secret(), ballot)).collect();
        keyed.sort_by_key(|(key, _)| *key);
        keyed.into_iter().map(|(_, ballot)| ballot).collect()
    }

    fn ballot_file(&self, setting: &Setting, envelope: &str, kind: &str, body: Vec<u8>) -> BallotFile {
        BallotFile {
            process: setting.process.id,
            envelope: envelope.to_owned(),
            kind: kind.to_owned(),
            sha256: file::sha256(&body),
            body,
            at: self.now(),
        }
    }

    /// Counts the published files twice, one envelope after the other in their order: by the count, and by the checker, which shares no code with it, over the trace.
    /// Only where both say the same is anything kept. The seed breaks ties, together with the hash of the file, which
    /// was in the log before.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a seed or its source; [`AppError::Conflict`] before the box is closed.
    pub async fn count_ballots(
        &self,
        actor: Option<&Account>,
        setting: &Setting,
        drawn: &Drawn,
    ) -> Result<()> {
        permission::check(actor, Permission::CountBallots, Some(setting.process.place))?;
        let drawn = checked(drawn)?;
        let found = self.read().find_ballot_box(setting.process.id).await?;
        match found.map(|found| found.state) {
            Some(BoxState::Cut) => {}
            Some(BoxState::Counted | BoxState::Published) => return Ok(()),
            _ => return Err(AppError::Conflict(Conflict::Stale("ballot box"))),
        }
        let mut files = Vec::new();
        let mut leaves: Vec<Value> = Vec::new();
        let mut won: Vec<String> = Vec::new();
        for envelope in &setting.paper.envelopes {
            let excluded = file::excluded(setting, &envelope.code, &won);
            let counted = self.count_envelope(setting, &envelope.code, (&drawn, excluded)).await?;
            leaves.push(json!({
                "envelope": envelope.code,
                "trace_sha256": file::hex(&file::sha256(&counted.trace)),
                "result_sha256": file::hex(&file::sha256(&counted.result)),
                "rule_sha256": counted.rule.as_ref().map(|rule| file::hex(&file::sha256(rule))),
            }));
            won.extend(counted.winners);
            if let Some(rule) = counted.rule {
                files.push(self.ballot_file(setting, &envelope.code, "counted_rule", rule));
            }
            files.push(self.ballot_file(setting, &envelope.code, "trace", counted.trace));
            files.push(self.ballot_file(setting, &envelope.code, "result", counted.result));
        }
        let body = json!({ "seed": drawn.seed, "source_sha256": crate::log::digest(&drawn.source), "counts": leaves });
        let batch = vec![
            Change::Ballot(Box::new(BallotChange::Count(setting.process.id, files))),
            self.audit(actor, "count_ballots", setting.process.id, Some(setting.process.place), &json!({})),
            self.log_entry("ballots_counted", subject(setting), body),
        ];
        once(self.store().apply(batch).await)
    }

    async fn count_envelope(
        &self,
        setting: &Setting,
        envelope: &str,
        (drawn, excluded): (&Drawn, Vec<String>),
    ) -> Result<Tally> {
        let missing = || AppError::NotFound("ballot file");
        let read = self.read();
        let process = setting.process.id;
        let input = read.find_ballot_file(process, envelope, "pb").await?.ok_or_else(missing)?;
        let rule = read.find_ballot_file(process, envelope, "rule").await?.ok_or_else(missing)?;
        let (drawn, code) = (drawn.clone(), setting.process.code.clone());
        let envelope = envelope.to_owned();
        let work = move || tally((&code, &envelope), (&input.body, &rule.body), &drawn, excluded);
        tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
    }

    /// A person publishes what two counts agree on: projects of the ballot get what the count says of them, the process
    /// goes on to its results.
    ///
    /// # Errors
    /// [`AppError::Conflict`] before the count.
    pub async fn publish_result(&self, actor: Option<&Account>, setting: &Setting) -> Result<()> {
        permission::check(actor, Permission::CountBallots, Some(setting.process.place))?;
        let found = self.read().find_ballot_box(setting.process.id).await?;
        match found.map(|found| found.state) {
            Some(BoxState::Counted) => {}
            Some(BoxState::Published) => return Ok(()),
            _ => return Err(AppError::Conflict(Conflict::Stale("ballot box"))),
        }
        let results = self.ballot_results(setting).await?;
        let mut batch: Batch =
            vec![Change::Ballot(Box::new(BallotChange::Publish(setting.process.id, self.now())))];
        batch.extend(self.decided_projects(setting, &results)?);
        if setting.process.phase < Phase::Results {
            batch.extend(self.moved_process(actor, &setting.process, Phase::Results));
        }
        let winners: Vec<Value> =
            results.iter().map(|one| json!({ "envelope": one.envelope, "winners": one.winners })).collect();
        batch.push(self.log_entry("ballot_published", subject(setting), json!({ "results": winners })));
        batch.push(self.audit(
            actor,
            "publish_result",
            setting.process.id,
            Some(setting.process.place),
            &json!({}),
        ));
        once(self.store().apply(batch).await)
    }
}

/// The files of a count.
struct Tally {
    trace: Vec<u8>,
    result: Vec<u8>,
    /// The rule as it was counted, where winners counted before left projects out.
    rule: Option<Vec<u8>>,
    winners: Vec<String>,
}

fn checked(drawn: &Drawn) -> Result<Drawn> {
    let mut faults = Vec::new();
    let mut word = |field: &str, text: &str| {
        let text = text.trim();
        if text.is_empty() {
            faults.push(FieldFault::new(field, "field-required"));
        } else if text.chars().count() > SEED_CHARS_MAX {
            faults.push(FieldFault::new(field, "field-too-long").with("max", SEED_CHARS_MAX));
        }
        text.to_owned()
    };
    let drawn = Drawn { seed: word("seed", &drawn.seed), source: word("source", &drawn.source) };
    if faults.is_empty() { Ok(drawn) } else { Err(AppError::Invalid(faults)) }
}

/// Counts a published file, and lets the checker test the trace.
fn tally(
    (process, envelope): (&str, &str),
    (pb, rule): (&[u8], &[u8]),
    drawn: &Drawn,
    excluded: Vec<String>,
) -> Result<Tally> {
    let internal =
        |error: &dyn std::fmt::Display| AppError::Internal(format!("the count of {envelope}: {error}"));
    let election = akimat_pb::pabulib::parse(pb).map_err(|fault| internal(&fault))?;
    let mut rule: akimat_pb::Rule = serde_json::from_slice(rule).map_err(|error| internal(&error))?;
    rule.eligibility.excluded = excluded;
    let altered = match rule.eligibility.excluded.is_empty() {
        true => None,
        false => Some(serde_json::to_vec_pretty(&rule).map_err(|error| internal(&error))?),
    };
    let lot = Lot { seed: drawn.seed.as_bytes().to_vec(), file_sha256: file::sha256(pb) };
    let prepared = Prepared::new(&election, &rule, Some(&lot)).map_err(|error| internal(&error))?;
    let counted = prepared.count().map_err(|error| internal(&error))?;
    let told = answer::of_count(&prepared, &counted).map_err(|error| internal(&error))?;
    let hash = file::hex(&file::sha256(pb));
    let trace = trace::trace(&prepared, &counted, &hash).map_err(|error| internal(&error))?;
    // An envelope in which nobody voted has no rounds that a trace could show.
    let report = match election.ballots.is_empty() {
        true => None,
        false => Some(akimat_pb_check::check(pb, &trace).map_err(|refusal| internal(&refusal))?),
    };
    if let Some(report) = &report
        && told["winners"] != json!(report.winners)
    {
        return Err(internal(&"the two counts differ"));
    }
    let seed = file::hex(drawn.seed.as_bytes());
    let own = |kind| file::name(process, envelope, kind);
    let command = format!(
        "akimat count {} --rule-file {} --lot-seed {seed} --trace count.jsonl --json",
        own("pb"),
        own(if altered.is_some() { "counted_rule" } else { "rule" })
    );
    let setting = prepared.setting();
    let projects: Vec<Value> = (0..election.projects.len())
        .map(|at| {
            json!({
                "id": election.id(at),
                "votes": prepared.profile().n_supporters(at),
                "score": prepared.profile().score(at),
                "admitted": setting.is_allowed(at),
            })
        })
        .collect();
    let result = json!({
        "format": "akimat-ballot-result/1",
        "projects": projects,
        "file_sha256": hash,
        "trace_sha256": crate::log::digest(&trace),
        "lot": { "seed": drawn.seed, "source": drawn.source, "hex": seed },
        "command": command,
        "check_command": format!("akimat check-count {} {}", own("pb"), own("trace")),
        "checked": report,
        "excluded": rule.eligibility.excluded,
        "answer": told,
        "explanation": explain::explain(&prepared, &counted).map_err(|error| internal(&error))?,
    });
    let winners = told["winners"].as_array().into_iter().flatten();
    Ok(Tally {
        winners: winners.filter_map(Value::as_str).map(str::to_owned).collect(),
        trace: trace.into_bytes(),
        result: result.to_string().into_bytes(),
        rule: altered,
    })
}

/// The marks of an envelope on each ballot that has any.
fn parts(setting: &Setting, envelope: usize, ballots: &[Ballot]) -> Vec<Ballot> {
    let inside = |ballot: &Ballot| Ballot {
        marks: ballot
            .marks
            .iter()
            .filter(|mark| setting.paper.line(mark.project).is_some_and(|line| line.envelope == envelope))
            .copied()
            .collect(),
    };
    ballots.iter().map(inside).filter(|ballot| !ballot.is_empty()).collect()
}

/// Somebody else was faster with the same step: it is taken.
fn once(applied: akimat_storage::Result<()>) -> Result<()> {
    match applied {
        Err(StoreError::Conflict(Conflict::Stale("ballot box"))) => Ok(()),
        other => Ok(other?),
    }
}
