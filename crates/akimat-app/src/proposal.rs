//! Proposals: residents write them, stand by them, hand them in, take them back, appeal. What offices do with them is in
//! [`check`].

pub mod check;
pub mod people;
pub mod write;

pub use check::Assessed;
pub use write::{Piece, ProposalDraft};

use crate::{App, AppError, FieldFault, Result};
use akimat_core::ProposalId;
use akimat_participation::proposal::{Act, Actor, Gap, Refusal, State, Tie, step};
use akimat_participation::{Process, Proposal};
use akimat_storage::{Account, Change, ProposalChange};
use jiff::Timestamp;
use serde_json::json;

/// The kind of the job of a day that ends terms that are over.
pub const END_TERMS: &str = "end_proposal_terms";

/// How somebody stands to a proposal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Wrote it.
    pub author: bool,
    /// Writes it with the author.
    pub co_author: bool,
    /// Is asked to.
    pub invited: bool,
    /// Supports it.
    pub supporter: bool,
}

/// The faults of a form that follow from what a proposal lacks.
fn gap_fault(gap: Gap) -> FieldFault {
    match gap {
        Gap::Empty(field) => FieldFault::new(field, "field-required"),
        Gap::Unknown(field) => FieldFault::new(field, "field-choose-from-list"),
        Gap::TooDear(limit) => FieldFault::new("cost", "proposal-too-dear").with("limit", tenge(limit)),
        Gap::Similar => FieldFault::new("looked", "proposal-look-first"),
        Gap::Supporters(n) => FieldFault::new("", "proposal-needs-supporters").with("n", n),
    }
}

/// Whole tenge in groups of three, for a sentence.
fn tenge(money: akimat_core::Money) -> String {
    let digits = (money.tiyn() / 100).to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    groups.join("\u{a0}")
}

/// What a refusal of the room is for a form.
pub(crate) fn refused(refusal: Refusal) -> AppError {
    let fault = match refusal {
        Refusal::NotYours => return AppError::Forbidden,
        Refusal::Incomplete(gaps) => return AppError::Invalid(gaps.into_iter().map(gap_fault).collect()),
        Refusal::State(_) => FieldFault::new("", "proposal-not-in-this-state"),
        Refusal::Phase(_) => FieldFault::new("", "proposal-not-in-this-phase"),
        Refusal::Late(at) => FieldFault::new("", "proposal-too-late").with("at", at.to_string()),
        Refusal::Early(at) => FieldFault::new("", "proposal-too-early").with("at", at.to_string()),
        Refusal::ReturnedBefore => FieldFault::new("words", "proposal-returned-before"),
        Refusal::NotReturned => FieldFault::new("words", "proposal-return-first"),
        Refusal::AppealedBefore => FieldFault::new("words", "proposal-appealed-before"),
        Refusal::NotDeclared => FieldFault::new("declared", "proposal-declare-interest"),
        Refusal::NoConsent => FieldFault::new("into", "proposal-no-consent"),
        Refusal::Itself => FieldFault::new("into", "proposal-into-itself"),
        Refusal::Words(field) => FieldFault::new(field, "proposal-words-wrong"),
        Refusal::TooDear(limit) => FieldFault::new("cost", "proposal-too-dear").with("limit", tenge(limit)),
    };
    AppError::Invalid(vec![fault])
}

impl App {
    /// A proposal with its process and how somebody stands to it. Drafts are shown to those alone who write them.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none, or it is a draft of others.
    pub async fn proposal(
        &self,
        actor: Option<&Account>,
        id: ProposalId,
    ) -> Result<(Process, Proposal, Part)> {
        let proposal = self.read().find_proposal(id).await?.ok_or(AppError::NotFound("proposal"))?;
        let process = self.process(proposal.process).await?;
        let part = self.part(actor, &proposal).await?;
        let mine = part.author || part.co_author || part.invited;
        if proposal.state.public() || mine {
            Ok((process, proposal, part))
        } else {
            Err(AppError::NotFound("proposal"))
        }
    }

    /// How somebody stands to a proposal.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn part(&self, actor: Option<&Account>, proposal: &Proposal) -> Result<Part> {
        let Some(account) = actor else { return Ok(Part::default()) };
        let people = self.read().list_proposal_people(proposal.id).await?;
        let has = |tie| people.iter().any(|one| one.account == account.id && one.tie == tie);
        Ok(Part {
            author: proposal.author == Some(account.id),
            co_author: has(Tie::CoAuthor),
            invited: has(Tie::Invited),
            supporter: has(Tie::Supporter),
        })
    }

    /// Carries out one act of the state machine: the room decides, the proposal, its history, the leaf and the audit
    /// record go in one batch.
    pub(crate) async fn act_on_proposal(
        &self,
        actor: Option<&Account>,
        (process, proposal): (&Process, &Proposal),
        (part, by): (Actor, &str),
        (verb, act): (&str, Act),
    ) -> Result<Proposal> {
        let now = self.now();
        let (next, batch) = moved(process, proposal, (part, by), act, now)?;
        let detail = json!({ "from": proposal.state.code(), "to": next.state.code() });
        let audit = self.audit(actor, verb, proposal.id, Some(proposal.place), &detail);
        self.store().apply(batch.into_iter().chain([audit]).collect()).await?;
        Ok(next)
    }

    /// Ends terms that are over: what was not corrected is not taken up, what nobody appealed against is final. Answers
    /// how many. Twice does nothing twice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_proposal_terms(&self) -> Result<usize> {
        use akimat_storage::proposal::{Part, ProposalFilter, ProposalOrder};
        let filter = ProposalFilter {
            states: vec![State::Returned, State::NotFeasible],
            due_before: Some(self.now()),
            ..ProposalFilter::default()
        };
        let (due, _) = self.read().list_proposals(&filter, ProposalOrder::Due, Part::ALL).await?;
        let mut ended = 0;
        for proposal in due {
            let process = self.process(proposal.process).await?;
            let act = match proposal.state {
                State::Returned => Act::RejectFormal(akimat_participation::proposal::Ground {
                    code: "formal".to_owned(),
                    words: proposal.returned.as_ref().map(|back| back.words.clone()).unwrap_or_default(),
                }),
                _ => Act::Expire,
            };
            let by = (Actor::System, "");
            match self.act_on_proposal(None, (&process, &proposal), by, ("end_proposal_term", act)).await {
                Ok(_) => ended += 1,
                // The process stands still, or somebody was quicker: the next round sees.
                Err(AppError::Invalid(_) | AppError::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(ended)
    }
}

/// What one act makes of a proposal, and the batch that carries it out. Decisions of offices go into the log.
///
/// # Errors
/// What the room refuses.
pub fn moved(
    process: &Process,
    proposal: &Proposal,
    (part, by): (Actor, &str),
    act: Act,
    now: Timestamp,
) -> Result<(Proposal, Vec<Change>)> {
    let (next, line) = step(process, proposal, (part, by), act, now).map_err(refused)?;
    let mut batch = vec![
        Change::Proposal(Box::new(ProposalChange::Update(next.clone()))),
        Change::Proposal(Box::new(ProposalChange::Move(line.clone()))),
    ];
    if part != Actor::Author {
        let body = json!({
            "process": proposal.process.to_string(), "number": proposal.number,
            "from": line.from.code(), "to": line.to.code(), "code": line.code,
            "words_sha256": crate::log::digest(&line.words),
            "cost": next.cost().map(|cost| cost.tiyn().to_string()),
        });
        batch.push(crate::log::entry(now, "proposal_decided", format!("proposal/{}", proposal.id), body));
    }
    Ok((next, batch))
}
