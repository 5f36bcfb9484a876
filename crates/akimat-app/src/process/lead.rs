//! Preparing a process, publishing it, moving it on. What is published before the vote goes into the log.

use super::{changed, office_of, template};
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, Money, ProcessId, Text};
use akimat_participation::process::{
    BallotForm, Cap, Category, CountMethod, Document, Draw, Envelope, Formula, Needs, Paper, Phase,
    ProcessMove, Suspension, Term, Weight, calendar, envelope,
};
use akimat_participation::proposal::{Act, Actor, State, draw, step};
use akimat_participation::{Process, Proposal};
use akimat_storage::proposal::{Part, ProposalFilter, ProposalOrder};
use akimat_storage::{Account, Change, ProcessChange, ProposalChange};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// Characters of a title, of a summary.
const TITLE_MAX: usize = 160;
const SUMMARY_MAX: usize = 1_000;
/// Envelopes and categories at most.
const PARTS_MAX: usize = 40;
/// The least amount in which money is divided: a thousand tenge.
const UNIT: Money = Money::from_tiyn(100_000);
/// Longest seed of a draw.
const SEED_MAX: usize = 200;

/// What an office writes about a process while it is a draft.
#[derive(Clone, Debug)]
pub struct ProcessDraft {
    /// The counter that the form was shown with.
    pub edit: u32,
    /// Name.
    pub title: Text,
    /// What it is.
    pub summary: Text,
    /// By which decision it is held.
    pub basis: Text,
    /// Opening and closing instants.
    pub calendar: Vec<Term>,
    /// All the money.
    pub total: Money,
    /// How it is divided.
    pub formula: Formula,
    /// The envelopes; their amounts are read when they are stated.
    pub envelopes: Vec<Envelope>,
    /// Who may vote.
    pub voters: Needs,
    /// Who may propose.
    pub proposers: Needs,
    /// What a voter may do.
    pub form: BallotForm,
    /// A ballot may be changed until the deadline.
    pub changeable: bool,
    /// Votes on paper.
    pub paper: Paper,
    /// One vote without an account.
    pub one_time: bool,
    /// How projects are bought.
    pub method: CountMethod,
    /// Least votes of a winner.
    pub min_votes: Option<u32>,
    /// Limit of a project in monthly calculation indices of the year.
    pub cap_indices: Option<u32>,
    /// What proposals may be about.
    pub categories: Vec<Category>,
    /// Documents.
    pub documents: Vec<Document>,
}

fn fits(field: &str, text: &Text, max: usize, needed: bool) -> Option<FieldFault> {
    let [kk, ru, en] = akimat_core::Lang::ALL.map(|lang| text.exact(lang).chars().count());
    if needed && text.is_empty() {
        return Some(FieldFault::new(field, "field-required"));
    }
    (kk.max(ru).max(en) > max).then(|| FieldFault::new(field, "field-too-long").with("max", max))
}

fn all_well(faults: Vec<FieldFault>) -> Result<()> {
    if faults.is_empty() { Ok(()) } else { Err(AppError::Invalid(faults)) }
}

/// The word of an address: small Latin letters, digits and hyphens.
fn address_word(code: &str) -> Result<String> {
    let code = code.trim().to_lowercase();
    let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let length = (3..=Process::CODE_CHARS_MAX).contains(&code.len());
    let edges = !code.starts_with('-') && !code.ends_with('-');
    if plain && length && edges { Ok(code) } else { Err(AppError::field("code", "budgeting-code-wrong")) }
}

impl App {
    async fn led(&self, actor: Option<&Account>, id: ProcessId) -> Result<(Process, Account)> {
        permission::check(actor, Permission::LeadProcesses, None)?;
        let process = self.process(id).await?;
        permission::check(actor, Permission::LeadProcesses, Some(process.place))?;
        Ok((process, actor.ok_or(AppError::SignInNeeded)?.clone()))
    }

    /// An office begins a process from a template. Its calendar begins a fortnight from today, one envelope holds
    /// nothing: everything can be changed until it is published.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a code that is taken or no word; [`AppError::NotFound`] without the template.
    pub async fn begin_process(
        &self,
        actor: Option<&Account>,
        code: &str,
        from: &str,
        (place, year): (KatoCode, i16),
    ) -> Result<Process> {
        permission::check(actor, Permission::LeadProcesses, Some(place))?;
        let from = template(from).ok_or(AppError::NotFound("template"))?;
        let found = self.read().find_place(place, self.today()).await?;
        let place_name = found.ok_or(AppError::field("place", "field-choose-from-list"))?.name;
        let code = address_word(code)?;
        if self.read().find_process_by_code(&code).await?.is_some() {
            return Err(AppError::field("code", "budgeting-code-taken"));
        }
        if !(2000..=2100).contains(&year) {
            return Err(AppError::field("year", "budgeting-year-wrong"));
        }
        let now = self.now();
        let mut opens_at = self.after_days(14);
        let mut terms = Vec::with_capacity(from.calendar.len());
        for (phase, days) in &from.calendar {
            let closes_at = opens_at + SignedDuration::from_hours(24 * i64::from(*days));
            terms.push(Term { phase: *phase, opens_at, closes_at });
            opens_at = closes_at;
        }
        let amount = from.cap_indices.and_then(|indices| super::template::indices_in_money(indices, year));
        let process = Process {
            id: ProcessId(self.new_uuid()),
            place,
            code,
            year,
            title: from.title.clone(),
            summary: from.summary.clone(),
            template: from.code.clone(),
            invented: false,
            phase: Phase::Draft,
            suspended: None,
            calendar: terms,
            envelopes: vec![Envelope {
                code: "all".to_owned(),
                title: place_name,
                amount: Money::ZERO,
                place: Some(place),
                weight: Weight::default(),
            }],
            formula: from.formula,
            voters: from.voters,
            proposers: from.proposers,
            ballot: from.ballot.clone(),
            rule: from.rule.clone(),
            cap: amount.map(|amount| Cap { indices: from.cap_indices, amount }),
            categories: from.categories.clone(),
            proposals: from.proposals.clone(),
            documents: Vec::new(),
            basis: Text::default(),
            draw: None,
            assemblies: Vec::new(),
            need_facts: Vec::new(),
            edit: 1,
            created_at: now,
            updated_at: now,
        };
        let audit =
            self.audit(actor, "begin_process", process.id, Some(place), &json!({ "code": process.code }));
        self.store()
            .apply(vec![Change::Process(Box::new(ProcessChange::Add(process.clone()))), audit])
            .await?;
        Ok(process)
    }

    /// An office changes a draft. A published process is changed no more.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field; a conflict when it is published or somebody else changed it.
    pub async fn edit_process(
        &self,
        actor: Option<&Account>,
        id: ProcessId,
        draft: ProcessDraft,
    ) -> Result<Process> {
        let (process, _) = self.led(actor, id).await?;
        if process.published() {
            return Err(AppError::field("", "budgeting-published-already"));
        }
        let next = apply_draft(&process, draft, self.now())?;
        let audit = self.audit(actor, "edit_process", id, Some(process.place), &json!({ "edit": next.edit }));
        self.store().apply(vec![changed(next.clone()), audit]).await?;
        Ok(next)
    }

    /// What forbids to publish a draft, as faults; and what is worth knowing is no part of it.
    pub fn publishing_faults(&self, process: &Process) -> Vec<FieldFault> {
        let mut faults: Vec<FieldFault> = calendar::check(process, self.now())
            .into_iter()
            .filter(|problem| problem.forbids())
            .map(|problem| {
                FieldFault::new(format!("opens-{}", problem.phase().code()), "budgeting-calendar-wrong")
            })
            .collect();
        if process.envelopes.iter().any(|envelope| envelope.amount <= Money::ZERO) {
            faults.push(FieldFault::new("total", "budgeting-envelope-empty"));
        }
        if process.title.kk.is_empty() || process.title.ru.is_empty() {
            faults.push(FieldFault::new("title_kk", "budgeting-both-languages"));
        }
        faults
    }

    /// Moves a process to its next phase. What is undecided is left undecided only with a reason, which is public.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it cannot be published yet, or items are undecided and no reason is given.
    pub async fn advance_process(
        &self,
        actor: Option<&Account>,
        id: ProcessId,
        (edit, reason): (u32, &str),
    ) -> Result<Process> {
        let (process, account) = self.led(actor, id).await?;
        let to = process.next_phase().ok_or(AppError::field("", "budgeting-no-next-phase"))?;
        if process.suspended.is_some() {
            return Err(AppError::field("", "budgeting-suspended-now"));
        }
        if to == Phase::Announced {
            all_well(self.publishing_faults(&process))?;
        }
        if to > Phase::Shortlist && process.draw.is_none() {
            return Err(AppError::field("", "budgeting-draw-first"));
        }
        let undecided = self.undecided(&process).await?.len();
        let early = process.term(process.phase).is_some_and(|term| self.now() < term.closes_at);
        let reason = if undecided > 0 || early {
            crate::participation::parse_reason("reason", reason)
                .map_err(|_| AppError::field("reason", "budgeting-reason-needed"))?
        } else {
            reason.trim().chars().take(2_000).collect()
        };
        let undecided = u32::try_from(undecided).unwrap_or(u32::MAX);
        let next = Process { phase: to, ..process.clone() };
        self.put_moved(actor, (process, next), (edit, reason, undecided), office_of(&account)).await
    }

    /// Stops a process with a reason that everybody sees, or lets it go on.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason, or for a draft.
    pub async fn suspend_process(
        &self,
        actor: Option<&Account>,
        id: ProcessId,
        (edit, reason): (u32, &str),
    ) -> Result<Process> {
        let (process, account) = self.led(actor, id).await?;
        let reason = crate::participation::parse_reason("reason", reason)?;
        if !process.published() || process.phase == Phase::Closed {
            return Err(AppError::field("reason", "budgeting-cannot-suspend"));
        }
        let suspended = match process.suspended {
            Some(_) => None,
            None => Some(Suspension { reason: reason.clone(), at: self.now() }),
        };
        let next = Process { suspended, ..process.clone() };
        self.put_moved(actor, (process, next), (edit, reason, 0), office_of(&account)).await
    }

    async fn put_moved(
        &self,
        actor: Option<&Account>,
        (before, next): (Process, Process),
        (edit, reason, undecided): (u32, String, u32),
        by: String,
    ) -> Result<Process> {
        if edit != before.edit {
            return Err(AppError::Conflict(akimat_storage::Conflict::Stale("process")));
        }
        let at = self.now();
        let next = Process { edit: before.edit + 1, updated_at: at, ..next };
        let moved =
            ProcessMove { process: next.id, from: before.phase, to: next.phase, reason, undecided, by, at };
        let detail = json!({ "from": before.phase.code(), "to": next.phase.code(), "undecided": undecided });
        let audit = self.audit(actor, "move_process", next.id, Some(next.place), &detail);
        let mut batch = vec![changed(next.clone()), Change::Process(Box::new(ProcessChange::Move(moved)))];
        if before.phase == Phase::Draft {
            let text = serde_json::to_string(&next).unwrap_or_default();
            let body = json!({
                "code": next.code, "place": next.place.to_string(), "year": next.year,
                "rules_sha256": crate::log::digest(&text),
                "method": next.rule.method.code(), "completion": next.rule.completion,
                "ballot": next.ballot.form.code(),
            });
            batch.push(crate::log::entry(at, "budgeting_rules", format!("process/{}", next.id), body));
        }
        batch.push(audit);
        self.store().apply(batch).await?;
        Ok(next)
    }

    /// Publishes the list of the ballot: numbers are drawn from a seed that anybody can look up, all in one batch.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a seed or its source, outside the phase, or when it is drawn already.
    pub async fn draw_ballot(
        &self,
        actor: Option<&Account>,
        id: ProcessId,
        (seed, source): (&str, &str),
    ) -> Result<usize> {
        let (process, account) = self.led(actor, id).await?;
        let (seed, source) = (seed.trim().to_owned(), source.trim().to_owned());
        let mut faults = Vec::new();
        for (field, words) in [("seed", &seed), ("source", &source)] {
            if words.is_empty() {
                faults.push(FieldFault::new(field, "field-required"));
            } else if words.chars().count() > SEED_MAX {
                faults.push(FieldFault::new(field, "field-too-long").with("max", SEED_MAX));
            }
        }
        if process.draw.is_some() {
            faults.push(FieldFault::new("seed", "budgeting-drawn-already"));
        } else if process.phase != Phase::Shortlist {
            faults.push(FieldFault::new("seed", "budgeting-draw-not-now"));
        }
        all_well(faults)?;
        let filter =
            ProposalFilter { process: Some(id), states: vec![State::Feasible], ..ProposalFilter::default() };
        let (feasible, _) = self.read().list_proposals(&filter, ProposalOrder::Number, Part::ALL).await?;
        let at = self.now();
        let next = Process {
            draw: Some(Draw { seed, source, at }),
            edit: process.edit + 1,
            updated_at: at,
            ..process.clone()
        };
        let batch = drawn(&next, &feasible, &office_of(&account), at)?;
        let n = feasible.len();
        let audit = self.audit(actor, "draw_ballot", id, Some(process.place), &json!({ "n": n }));
        self.store().apply(batch.into_iter().chain([audit]).collect()).await?;
        Ok(n)
    }
}

/// The batch of a draw: the process with its seed, each proposal with its number, the leaf.
///
/// # Errors
/// When a proposal of the list can not be put on the ballot.
pub fn drawn(process: &Process, feasible: &[Proposal], by: &str, at: Timestamp) -> Result<Vec<Change>> {
    let seed = process.draw.as_ref().map(|draw| draw.seed.as_str()).unwrap_or_default();
    let numbers: Vec<u32> = feasible.iter().filter_map(|one| one.number).collect();
    let order = draw(seed, &numbers);
    let mut batch = vec![changed(process.clone())];
    for proposal in feasible {
        let Some(own) = order.iter().find(|own| Some(own.number) == proposal.number) else { continue };
        let act = Act::PutOnBallot { ballot_number: own.ballot_number };
        let (next, moved) = step(process, proposal, (Actor::System, by), act, at)
            .map_err(|refusal| AppError::Internal(refusal.to_string()))?;
        batch.push(Change::Proposal(Box::new(ProposalChange::Update(next))));
        batch.push(Change::Proposal(Box::new(ProposalChange::Move(moved))));
    }
    let list: Vec<_> = order.iter().map(|own| json!([own.ballot_number, own.number])).collect();
    let source = process.draw.as_ref().map(|draw| draw.source.as_str()).unwrap_or_default();
    let body = json!({
        "seed": seed, "source_sha256": crate::log::digest(source),
        "n": order.len(), "order_sha256": crate::log::digest(&json!(list).to_string()),
    });
    batch.push(crate::log::entry(at, "budgeting_shortlist", format!("process/{}", process.id), body));
    Ok(batch)
}

/// A limit in indices, with what it makes in money.
fn cap_of(indices: u32, year: i16) -> Result<Cap> {
    let amount = super::template::indices_in_money(indices, year);
    let amount = amount.ok_or(AppError::field("cap_indices", "budgeting-no-index"))?;
    Ok(Cap { indices: Some(indices), amount })
}

/// The process as a draft wants it, or every fault of the form.
fn apply_draft(process: &Process, draft: ProcessDraft, now: Timestamp) -> Result<Process> {
    let mut faults: Vec<FieldFault> = [
        fits("title_ru", &draft.title, TITLE_MAX, true),
        fits("summary_ru", &draft.summary, SUMMARY_MAX, false),
        fits("basis_ru", &draft.basis, SUMMARY_MAX, false),
    ]
    .into_iter()
    .flatten()
    .collect();
    let n = draft.envelopes.len();
    if n == 0 || n > PARTS_MAX {
        faults.push(FieldFault::new("envelopes", "budgeting-envelopes-wrong").with("max", PARTS_MAX));
    }
    if draft.categories.len() > PARTS_MAX {
        faults.push(FieldFault::new("categories", "field-too-long").with("max", PARTS_MAX));
    }
    if draft.total < Money::ZERO {
        faults.push(FieldFault::new("total", "field-not-positive"));
    }
    if let BallotForm::Approval { min, max } = draft.form
        && (min == 0 || max < min)
    {
        faults.push(FieldFault::new("max", "budgeting-max-wrong"));
    }
    all_well(faults)?;
    let amounts = match draft.formula {
        Formula::Stated => draft.envelopes.iter().map(|envelope| envelope.amount).collect(),
        formula => {
            let weights: Vec<Weight> = draft.envelopes.iter().map(|envelope| envelope.weight).collect();
            envelope::shares(formula, draft.total, UNIT, &weights)
                .map_err(|_| AppError::field("envelopes", "budgeting-weights-wrong"))?
        }
    };
    let envelopes: Vec<Envelope> = draft
        .envelopes
        .into_iter()
        .zip(amounts)
        .map(|(envelope, amount)| Envelope { amount, ..envelope })
        .collect();
    let cap = draft.cap_indices.map(|indices| cap_of(indices, process.year)).transpose()?;
    let mut next = Process {
        title: draft.title,
        summary: draft.summary,
        basis: draft.basis,
        calendar: draft.calendar,
        envelopes,
        formula: draft.formula,
        voters: draft.voters,
        proposers: draft.proposers,
        cap,
        categories: draft.categories,
        documents: draft.documents,
        edit: draft.edit.saturating_add(1),
        updated_at: now,
        ..process.clone()
    };
    next.calendar.sort_by_key(|term| term.phase);
    next.ballot.form = draft.form;
    next.ballot.changeable = draft.changeable;
    next.ballot.paper = draft.paper;
    next.ballot.one_time = draft.one_time;
    next.rule.method = draft.method;
    next.rule.min_votes = draft.min_votes;
    Ok(next)
}
