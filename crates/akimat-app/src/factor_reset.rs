//! A second step that its person has lost, recovery codes included: at a desk one administrator sees who it is and asks,
//! another confirms, and the person is told of both.

use crate::contact::Notice;
use crate::permission::{self, Permission};
use crate::person::verify::refuse_self;
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_core::AccountId;
use akimat_storage::credential::{CredentialChange, FactorReset, ResetState};
use akimat_storage::{Account, Change, Conflict, StoreError};
use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

/// What waits for a second administrator is over after so many days.
pub const WAIT_DAYS: i64 = 7;

impl App {
    /// An administrator has seen who somebody is and asks that the lost second factor be removed.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason, without a second factor, when one waits already, or when the session is not
    /// fresh; [`AppError::Forbidden`] outside the territory and for the own account.
    pub async fn ask_factor_reset(
        &self,
        (actor, token): (Option<&Account>, &str),
        person: AccountId,
        reason: &str,
    ) -> Result<FactorReset> {
        let account = self.administered(actor, person).await?;
        let reason = crate::participation::parse_reason("reset_reason", reason)?;
        let factor = self.read().find_second_factor(person).await?;
        if factor.is_none_or(|factor| factor.confirmed_at.is_none()) {
            return Err(AppError::field("reset_reason", "reset-no-factor"));
        }
        self.fresh_session(token).await?;
        let reset = FactorReset {
            id: self.new_uuid(),
            account: person,
            reason: reason.clone(),
            asked_by: actor.map(|account| account.id),
            asked_by_name: spokesman(actor),
            asked_at: self.now(),
            state: ResetState::Waiting,
            ended_by: None,
            ended_by_name: String::new(),
            ended_at: None,
        };
        let mut batch = Vec::new();
        // What waited too long makes room.
        for old in self.read().list_factor_resets(person).await? {
            if old.state == ResetState::Waiting && self.waits_too_long(&old) {
                let over = FactorReset { state: ResetState::Refused, ended_at: Some(self.now()), ..old };
                batch.push(Change::Credential(CredentialChange::EndFactorReset(over)));
            }
        }
        batch.extend([
            Change::Credential(CredentialChange::AddFactorReset(reset.clone())),
            self.look(actor, person, "ask_factor_reset", &reason),
            self.audit(actor, "ask_factor_reset", person, account.place, &json!({ "reset": reset.id })),
        ]);
        let batch = self.with_notice(batch, &account, Notice::FactorResetAsked).await?;
        self.store().apply(batch).await.map_err(|error| match error {
            StoreError::Conflict(Conflict::Exists("factor reset")) => {
                AppError::field("reset_reason", "reset-waits-already")
            }
            other => other.into(),
        })?;
        Ok(reset)
    }

    /// A second administrator confirms: the second factor with its recovery codes is gone, every session ends, and the
    /// person signs in with the first factor and sets a new one up.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who asked and for the own account; [`AppError::Conflict`] when it waits no longer;
    /// [`AppError::Invalid`] when the session is not fresh.
    pub async fn confirm_factor_reset(
        &self,
        (actor, token): (Option<&Account>, &str),
        id: Uuid,
    ) -> Result<()> {
        let (waiting, account) = self.waiting_reset(actor, id).await?;
        let me = actor.map(|account| account.id);
        if waiting.asked_by.is_none() || waiting.asked_by == me {
            return Err(AppError::Forbidden);
        }
        if self.waits_too_long(&waiting) {
            return Err(AppError::Conflict(Conflict::Stale("factor reset")));
        }
        self.fresh_session(token).await?;
        let person = account.id;
        let batch = vec![
            Change::Credential(CredentialChange::EndFactorReset(self.ended(
                actor,
                waiting,
                ResetState::Done,
            ))),
            Change::Credential(CredentialChange::RemoveSecondFactor(person)),
            Change::Credential(CredentialChange::RemoveSessions(person, None)),
            self.look(actor, person, "confirm_factor_reset", ""),
            self.audit(actor, "confirm_factor_reset", person, account.place, &json!({ "reset": id })),
        ];
        let batch = self.with_notice(batch, &account, Notice::FactorReset).await?;
        Ok(self.store().apply(batch).await?)
    }

    /// An administrator refuses, or withdraws what was asked.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the territory; [`AppError::Conflict`] when it waits no longer.
    pub async fn refuse_factor_reset(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        let (waiting, account) = self.waiting_reset(actor, id).await?;
        let person = account.id;
        let batch = vec![
            Change::Credential(CredentialChange::EndFactorReset(self.ended(
                actor,
                waiting,
                ResetState::Refused,
            ))),
            self.look(actor, person, "refuse_factor_reset", ""),
            self.audit(actor, "refuse_factor_reset", person, account.place, &json!({ "reset": id })),
        ];
        Ok(self.store().apply(batch).await?)
    }

    /// What waits for a second administrator, with the accounts, where this one administers.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for everybody else.
    pub async fn waiting_factor_resets(
        &self,
        actor: Option<&Account>,
    ) -> Result<Vec<(FactorReset, Account)>> {
        permission::check(actor, Permission::Administer, None)?;
        let mut all = Vec::new();
        for reset in self.read().list_waiting_factor_resets().await? {
            if let Some(account) = self.read().find_account(reset.account).await?
                && !self.waits_too_long(&reset)
                && permission::check(actor, Permission::Administer, account.place).is_ok()
            {
                all.push((reset, account));
            }
        }
        Ok(all)
    }

    /// An administrator ends every session of somebody else: a device was lost, or taken over.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the territory and for the own account.
    pub async fn end_sessions_of(&self, actor: Option<&Account>, person: AccountId) -> Result<()> {
        let account = self.administered(actor, person).await?;
        let batch = vec![
            Change::Credential(CredentialChange::RemoveSessions(person, None)),
            self.look(actor, person, "end_sessions_of", ""),
            self.audit(actor, "end_sessions_of", person, account.place, &json!({})),
        ];
        Ok(self.store().apply(batch).await?)
    }

    async fn administered(&self, actor: Option<&Account>, person: AccountId) -> Result<Account> {
        permission::check(actor, Permission::Administer, None)?;
        let account = self.read().find_account(person).await?.ok_or(AppError::NotFound("account"))?;
        permission::check(actor, Permission::Administer, account.place)?;
        refuse_self(actor, person)?;
        Ok(account)
    }

    async fn waiting_reset(&self, actor: Option<&Account>, id: Uuid) -> Result<(FactorReset, Account)> {
        permission::check(actor, Permission::Administer, None)?;
        let found = self.read().find_factor_reset(id).await?.ok_or(AppError::NotFound("factor reset"))?;
        let account = self.administered(actor, found.account).await?;
        match found.state {
            ResetState::Waiting => Ok((found, account)),
            _ => Err(AppError::Conflict(Conflict::Stale("factor reset"))),
        }
    }

    fn waits_too_long(&self, reset: &FactorReset) -> bool {
        self.now().duration_since(reset.asked_at) > SignedDuration::from_hours(24 * WAIT_DAYS)
    }

    fn ended(&self, actor: Option<&Account>, reset: FactorReset, state: ResetState) -> FactorReset {
        FactorReset {
            state,
            ended_by: actor.map(|account| account.id),
            ended_by_name: spokesman(actor),
            ended_at: Some(self.now()),
            ..reset
        }
    }
}
