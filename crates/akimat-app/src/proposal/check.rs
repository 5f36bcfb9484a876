//! What offices do with proposals: the check of form, the assessment, the panel, mergers and conflicts.

use crate::permission::{self, Permission};
use crate::process::{faults, grounds, office_of};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, Money, MoneyUnit, ProposalId};
use akimat_participation::proposal::{Act, Actor, Assessment, Ground, State, Tie};
use akimat_participation::{Process, Proposal};
use akimat_storage::{Account, Change, Conflict, ProposalChange};
use serde_json::json;

/// What an assessor or the panel writes into the form.
#[derive(Clone, Debug, Default)]
pub struct Assessed {
    /// Whole tenge as written.
    pub cost: String,
    /// Months as written.
    pub months: String,
    /// Body that builds it.
    pub body: String,
    /// Legal basis.
    pub basis: String,
    /// What else there is to say.
    pub remark: String,
}

impl Assessed {
    fn read(&self) -> Result<Assessment> {
        let mut wrong = Vec::new();
        let cost = Money::parse(&self.cost, MoneyUnit::Tenge).ok().filter(|cost| *cost > Money::ZERO);
        if cost.is_none() {
            wrong.push(FieldFault::new("cost", "proposal-cost-wrong"));
        }
        let months = self.months.trim().parse::<u16>().ok().filter(|months| (1..=120).contains(months));
        if months.is_none() {
            wrong.push(FieldFault::new("months", "proposal-months-wrong"));
        }
        for (field, words) in [("body", &self.body), ("basis", &self.basis)] {
            if words.trim().is_empty() {
                wrong.push(FieldFault::new(field, "field-required"));
            }
        }
        for (field, words) in [("body", &self.body), ("basis", &self.basis), ("remark", &self.remark)] {
            if words.chars().count() > 1_000 {
                wrong.push(FieldFault::new(field, "field-too-long").with("max", 1_000));
            }
        }
        match (cost, months) {
            (Some(cost), Some(months)) if wrong.is_empty() => Ok(Assessment {
                cost,
                months,
                body: self.body.trim().to_owned(),
                basis: self.basis.trim().to_owned(),
                remark: self.remark.trim().to_owned(),
            }),
            _ => Err(AppError::Invalid(wrong)),
        }
    }
}

/// A reason from the list.
fn ground(code: &str, words: &str) -> Result<Ground> {
    if !grounds().iter().any(|known| known.code == code) {
        return Err(AppError::field("code", "field-choose-from-list"));
    }
    Ok(Ground { code: code.to_owned(), words: crate::participation::parse_reason("words", words)? })
}

impl App {
    /// A proposal that somebody works on in an office, with the counter that the form was shown with.
    async fn worked(
        &self,
        actor: Option<&Account>,
        permission: Permission,
        (id, edit): (ProposalId, u32),
    ) -> Result<(Process, Proposal, Account)> {
        permission::check(actor, permission, None)?;
        let proposal = self.read().find_proposal(id).await?.filter(|found| found.state.public());
        let proposal = proposal.ok_or(AppError::NotFound("proposal"))?;
        permission::check(actor, permission, Some(proposal.place))?;
        if proposal.edit != edit {
            return Err(AppError::Conflict(Conflict::Stale("proposal")));
        }
        let process = self.process(proposal.process).await?;
        Ok((process, proposal, actor.ok_or(AppError::SignInNeeded)?.clone()))
    }

    /// A clerk gives a proposal back to be corrected: once, with codes and words, for the working days of the process.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a fault or words, or when it was returned before.
    pub async fn return_proposal(
        &self,
        actor: Option<&Account>,
        at: (ProposalId, u32),
        (codes, words): (&[String], &str),
    ) -> Result<Proposal> {
        let (process, proposal, account) = self.worked(actor, Permission::CheckProposals, at).await?;
        let known: Vec<String> = faults()
            .iter()
            .filter(|fault| codes.contains(&fault.code))
            .map(|fault| fault.code.clone())
            .collect();
        let mut wrong = Vec::new();
        if known.is_empty() {
            wrong.push(FieldFault::new("fault", "proposal-name-faults"));
        }
        let words = match crate::participation::parse_reason("words", words) {
            Ok(words) => words,
            Err(AppError::Invalid(faults)) => {
                wrong.extend(faults);
                String::new()
            }
            Err(error) => return Err(error),
        };
        if !wrong.is_empty() {
            return Err(AppError::Invalid(wrong));
        }
        let due_at = self.after_working_days(process.proposals.correction_days);
        let act = ("return_proposal", Act::Return { faults: known, words, due_at });
        let by = office_of(&account);
        self.act_on_proposal(actor, (&process, &proposal), (Actor::Assessor, &by), act).await
    }

    /// A clerk does not take a proposal up: what was returned was not corrected.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it was not returned before, or without a reason.
    pub async fn reject_proposal(
        &self,
        actor: Option<&Account>,
        at: (ProposalId, u32),
        words: &str,
    ) -> Result<Proposal> {
        let (process, proposal, account) = self.worked(actor, Permission::CheckProposals, at).await?;
        let act = ("reject_proposal", Act::RejectFormal(ground("formal", words)?));
        let by = office_of(&account);
        self.act_on_proposal(actor, (&process, &proposal), (Actor::Assessor, &by), act).await
    }

    /// A coordinator gives a proposal to an assessor, who declares to have no interest of their own in it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for somebody who assesses nothing here, the author, or without the declaration.
    pub async fn assign_proposal(
        &self,
        actor: Option<&Account>,
        at: (ProposalId, u32),
        (assessor, declared): (AccountId, bool),
    ) -> Result<Proposal> {
        let (process, proposal, account) = self.worked(actor, Permission::LeadProcesses, at).await?;
        let found = self.assessors(&process).await?.into_iter().find(|one| one.id == assessor);
        let assessor = found.ok_or(AppError::field("assessor", "field-choose-from-list"))?;
        if proposal.author == Some(assessor.id) {
            return Err(AppError::field("assessor", "field-choose-from-list"));
        }
        let due_at = self.after_working_days(process.proposals.assessment_days);
        let name = office_of(&assessor);
        let act = ("assign_proposal", Act::Assign { assessor: assessor.id, name, due_at, declared });
        let by = office_of(&account);
        self.act_on_proposal(actor, (&process, &proposal), (Actor::Coordinator, &by), act).await
    }

    /// Who may assess proposals of a process.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn assessors(&self, process: &Process) -> Result<Vec<Account>> {
        let page = akimat_storage::PageRequest::first(akimat_storage::PageRequest::LIMIT_MAX);
        let all = self.read().list_accounts(&page).await?.items;
        let may = |one: &Account| {
            !one.disabled && permission::may(one, Permission::AssessProposals, Some(process.place))
        };
        Ok(all.into_iter().filter(may).collect())
    }

    /// The assessor finds that a proposal can be built: cost, months, body and legal basis are needed.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for another assessor; [`AppError::Invalid`] with every wrong field, or beyond the limit.
    pub async fn approve_proposal(
        &self,
        actor: Option<&Account>,
        at: (ProposalId, u32),
        found: &Assessed,
    ) -> Result<Proposal> {
        let (process, proposal, account) = self.worked(actor, Permission::AssessProposals, at).await?;
        own(&proposal, &account)?;
        let act = ("approve_proposal", Act::Approve(found.read()?));
        let by = office_of(&account);
        self.act_on_proposal(actor, (&process, &proposal), (Actor::Assessor, &by), act).await
    }

    /// The assessor finds that a proposal cannot be built: with a reason from the list, in words, and the author's days
    /// to appeal.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for another assessor; [`AppError::Invalid`] without a reason.
    pub async fn refuse_proposal(
        &self,
        actor: Option<&Account>,
        at: (ProposalId, u32),
        (code, words): (&str, &str),
    ) -> Result<Proposal> {
        let (process, proposal, account) = self.worked(actor, Permission::AssessProposals, at).await?;
        own(&proposal, &account)?;
        let due_at = self.after_days(process.proposals.appeal_days);
        let act = ("refuse_proposal", Act::Refuse { ground: ground(code, words)?, due_at });
        let by = office_of(&account);
        self.act_on_proposal(actor, (&process, &proposal), (Actor::Assessor, &by), act).await
    }

    /// The panel decides on an appeal; its minutes are published. Whoever assessed the proposal has no seat.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for the assessor; [`AppError::Invalid`] without minutes.
    pub async fn judge_proposal(
        &self,
        actor: Option<&Account>,
        at: (ProposalId, u32),
        (found, minutes): (Option<&Assessed>, &str),
    ) -> Result<Proposal> {
        let (process, proposal, account) = self.worked(actor, Permission::JudgeAppeals, at).await?;
        if proposal.assessor == Some(account.id) {
            return Err(AppError::Forbidden);
        }
        let minutes = crate::participation::parse_reason("minutes", minutes)?;
        let act = match found {
            Some(found) => Act::Uphold { assessment: found.read()?, minutes },
            None => Act::Dismiss { minutes },
        };
        let by = office_of(&account);
        let act = ("judge_proposal", act);
        self.act_on_proposal(actor, (&process, &proposal), (Actor::Panel, &by), act).await
    }

    /// A coordinator makes a proposal a part of another of the same envelope; both authors consented.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without both consents, or for another envelope.
    pub async fn merge_proposal(
        &self,
        actor: Option<&Account>,
        at: (ProposalId, u32),
        into: u32,
    ) -> Result<Proposal> {
        let (process, proposal, account) = self.worked(actor, Permission::LeadProcesses, at).await?;
        let other = self.read().find_proposal_by_number(process.id, into).await?;
        let other =
            other.filter(|other| other.envelope == proposal.envelope && other.state == State::Feasible);
        let other = other.ok_or(AppError::field("into", "proposal-merge-other"))?;
        let mut consents = true;
        for one in [&proposal, &other] {
            let people = self.read().list_proposal_people(one.id).await?;
            consents &= people.iter().any(|who| who.tie == Tie::Consents && Some(who.account) == one.author);
        }
        let act = ("merge_proposal", Act::Merge { into: other.id, consents });
        let by = office_of(&account);
        self.act_on_proposal(actor, (&process, &proposal), (Actor::Coordinator, &by), act).await
    }

    /// A coordinator says that of two proposals at most one can be built, or takes it back. Both records say so.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for another envelope, or after the list of the ballot was published.
    pub async fn set_conflict(
        &self,
        actor: Option<&Account>,
        at: (ProposalId, u32),
        (with, yes): (u32, bool),
    ) -> Result<()> {
        let (process, proposal, _) = self.worked(actor, Permission::LeadProcesses, at).await?;
        let other = self.read().find_proposal_by_number(process.id, with).await?;
        let other = other.filter(|other| other.id != proposal.id && other.envelope == proposal.envelope);
        let other = other.ok_or(AppError::field("with", "proposal-merge-other"))?;
        if process.draw.is_some() || proposal.state.ends() || other.state.ends() {
            return Err(AppError::field("with", "proposal-not-in-this-phase"));
        }
        let now = self.now();
        let set = |one: &Proposal, with: ProposalId| {
            let mut next = Proposal { edit: one.edit + 1, updated_at: now, ..one.clone() };
            next.conflicts.retain(|known| *known != with);
            if yes {
                next.conflicts.push(with);
            }
            Change::Proposal(Box::new(ProposalChange::Update(next)))
        };
        let detail = json!({ "with": with, "yes": yes });
        let audit = self.audit(actor, "set_conflict", proposal.id, Some(proposal.place), &detail);
        let batch = vec![set(&proposal, other.id), set(&other, proposal.id), audit];
        self.store().apply(batch).await?;
        Ok(())
    }
}

/// An assessor decides on what was given to them.
fn own(proposal: &Proposal, account: &Account) -> Result<()> {
    if proposal.assessor == Some(account.id) { Ok(()) } else { Err(AppError::Forbidden) }
}
