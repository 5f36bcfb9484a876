//! Who stands by a proposal: co-authors, supporters, and authors who consent to a merger.

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, ProposalId};
use akimat_participation::process::{Phase, Process};
use akimat_participation::proposal::{Proposal, State, Tie};
use akimat_storage::{Account, Change, ProposalChange, ProposalPerson};
use serde_json::json;

/// Whether residents can stand by a proposal now.
pub(crate) fn takes_support(process: &Process, proposal: &Proposal) -> bool {
    let open = (Phase::Submission..Phase::Shortlist).contains(&process.phase);
    open && process.suspended.is_none() && !proposal.state.ends()
}

impl App {
    fn tied(&self, proposal: ProposalId, account: &Account, tie: Tie) -> Change {
        Change::Proposal(Box::new(ProposalChange::Bind(ProposalPerson {
            proposal,
            account: account.id,
            tie,
            name: account.display_name.clone(),
            at: self.now(),
        })))
    }

    fn untied(proposal: ProposalId, account: AccountId, tie: Tie) -> Change {
        Change::Proposal(Box::new(ProposalChange::Unbind(proposal, account, tie)))
    }

    /// The author asks somebody to write a draft together. A login that nobody has is not told from one that has not
    /// answered yet.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when there are as many co-authors as there may be.
    pub async fn invite_co_author(&self, actor: Option<&Account>, id: ProposalId, login: &str) -> Result<()> {
        permission::check(actor, Permission::Propose, None)?;
        let (process, proposal, part) = self.proposal(actor, id).await?;
        if !part.author || proposal.state != State::Draft {
            return Err(AppError::Forbidden);
        }
        let login = crate::account::fold_login(login);
        if login.is_empty() {
            return Err(AppError::field("login", "field-required"));
        }
        let people = self.read().list_proposal_people(id).await?;
        let n = people.iter().filter(|one| matches!(one.tie, Tie::Invited | Tie::CoAuthor)).count();
        if n >= usize::from(process.proposals.co_authors_max) {
            let max = process.proposals.co_authors_max;
            let fault = FieldFault::new("login", "proposal-co-authors-full").with("max", max);
            return Err(AppError::Invalid(vec![fault]));
        }
        let found = self.read().find_credentials(&login).await?.map(|credentials| credentials.account);
        let known = found.filter(|other| {
            proposal.author != Some(other.id)
                && !other.disabled
                && permission::may(other, Permission::Propose, None)
                && !people.iter().any(|one| one.account == other.id && one.tie == Tie::CoAuthor)
        });
        let audit = self.audit(actor, "invite_co_author", id, Some(proposal.place), &json!({}));
        let mut batch = vec![audit];
        batch.extend(known.map(|other| self.tied(id, &other, Tie::Invited)));
        self.store().apply(batch).await?;
        Ok(())
    }

    /// Somebody who was asked says yes, or no; a co-author leaves.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for whoever was not asked.
    pub async fn answer_invitation(&self, actor: Option<&Account>, id: ProposalId, yes: bool) -> Result<()> {
        permission::check(actor, Permission::Propose, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let (_, proposal, part) = self.proposal(actor, id).await?;
        if !part.invited && (yes || !part.co_author) {
            return Err(AppError::Forbidden);
        }
        let mut batch = vec![Self::untied(id, account.id, Tie::Invited)];
        if yes {
            batch.push(self.tied(id, account, Tie::CoAuthor));
        } else {
            batch.push(Self::untied(id, account.id, Tie::CoAuthor));
        }
        batch.push(self.audit(actor, "answer_invitation", id, Some(proposal.place), &json!({ "yes": yes })));
        self.store().apply(batch).await?;
        Ok(())
    }

    /// A resident supports a proposal, or takes the support back: once each, however often it is sent, until the list
    /// of the ballot is published.
    ///
    /// # Errors
    /// [`AppError::Unmet`] when the process asks for more; [`AppError::Invalid`] afterwards.
    pub async fn support_proposal(&self, actor: Option<&Account>, id: ProposalId, yes: bool) -> Result<()> {
        permission::check(actor, Permission::Propose, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let (process, proposal, part) = self.proposal(actor, id).await?;
        if !takes_support(&process, &proposal) {
            return Err(AppError::field("", "proposal-not-in-this-phase"));
        }
        if part.author || part.co_author {
            return Err(AppError::field("", "proposal-own-support"));
        }
        self.meets(account, &process, process.proposers).await?;
        let before = self.once_ids(account.id, &crate::once::about_proposal(id)).await?;
        let people = self.read().list_proposal_people(id).await?;
        let once = |one: &ProposalPerson| one.tie == Tie::Supporter && before.contains(&one.account);
        if yes && people.iter().any(once) {
            return Err(AppError::field("", "once-before"));
        }
        self.check_counted("", (akimat_storage::MarkKind::Proposal, id.0), account.id).await?;
        let change = if yes {
            self.tied(id, account, Tie::Supporter)
        } else {
            Self::untied(id, account.id, Tie::Supporter)
        };
        // Who supports what is a person's own business: the audit record says that it happened, not by whom.
        let audit = self.audit(None, "support_proposal", id, Some(proposal.place), &json!({ "yes": yes }));
        self.store().apply(vec![change, audit]).await?;
        Ok(())
    }

    /// The author consents to the proposal's being made one with another, or takes the consent back.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for others.
    pub async fn consent_to_merger(&self, actor: Option<&Account>, id: ProposalId, yes: bool) -> Result<()> {
        permission::check(actor, Permission::Propose, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let (_, proposal, part) = self.proposal(actor, id).await?;
        if !part.author || proposal.state.ends() || proposal.state.on_ballot() {
            return Err(AppError::Forbidden);
        }
        let change = if yes {
            self.tied(id, account, Tie::Consents)
        } else {
            Self::untied(id, account.id, Tie::Consents)
        };
        let audit = self.audit(actor, "consent_to_merger", id, Some(proposal.place), &json!({ "yes": yes }));
        self.store().apply(vec![change, audit]).await?;
        Ok(())
    }
}
