//! A register hands over a list of persons: taken whole or not at all, each fault with its line.

use super::verify::refuse_self;
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_identity::Level;
use akimat_identity::list::{ListFault, Listed, read};
use akimat_storage::{Account, Change, Verification, VerificationState, Way};
use serde_json::json;

/// Faults told at once.
const FAULTS_MAX: usize = 50;

/// What a list brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListOutcome {
    /// Persons verified.
    pub n_verified: usize,
    /// Persons for whom a second clerk must confirm.
    pub n_waiting: usize,
}

const fn key(fault: ListFault) -> &'static str {
    match fault {
        ListFault::Head => "person-list-head",
        ListFault::TooLong => "person-list-too-long",
        ListFault::Empty => "person-list-empty",
        ListFault::Cells => "person-list-cells",
        ListFault::Login => "person-list-login",
        ListFault::Twice => "person-list-twice",
        ListFault::Iin(_) => "person-list-iin",
        ListFault::Place => "person-list-place",
    }
}

fn fault(line: usize, key: &'static str) -> FieldFault {
    FieldFault::new("file", key).with("line", line)
}

impl App {
    /// Verifies the persons of a list: with a number level 3, without one level 2.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with the faulty lines, the first fifty; nothing is kept then.
    pub async fn verify_by_list(&self, actor: Option<&Account>, text: &str) -> Result<ListOutcome> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        self.take_list(actor, text, true).await
    }

    /// What a list would bring on behalf of the operator; nothing is kept.
    ///
    /// # Errors
    /// As [`App::verify_by_list`].
    pub async fn check_list_as_operator(&self, text: &str) -> Result<ListOutcome> {
        self.take_list(None, text, false).await
    }

    /// The command line does the same on behalf of the operator.
    ///
    /// # Errors
    /// As [`App::verify_by_list`].
    pub async fn verify_by_list_as_operator(&self, text: &str) -> Result<ListOutcome> {
        self.take_list(None, text, true).await
    }

    async fn take_list(&self, actor: Option<&Account>, text: &str, keeps: bool) -> Result<ListOutcome> {
        let listed = read(text).map_err(|faults| {
            let told = faults.into_iter().take(FAULTS_MAX);
            AppError::Invalid(told.map(|(line, one)| fault(line, key(one))).collect())
        })?;
        let (mut faults, mut batch, mut outcome) = (Vec::new(), Vec::new(), ListOutcome::default());
        for person in &listed {
            match self.listed(actor, person).await? {
                Ok(new) => {
                    let waits = new.state == VerificationState::Waiting;
                    outcome.n_waiting += usize::from(waits);
                    outcome.n_verified += usize::from(!waits);
                    batch.extend(new.account.map(|account| self.look(actor, account, "verify_by_list", "")));
                    batch.push(Change::AddVerification(Box::new(new)));
                }
                Err(one) => faults.push(one),
            }
            if faults.len() >= FAULTS_MAX {
                break;
            }
        }
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults));
        }
        if !keeps {
            return Ok(outcome);
        }
        let detail = json!({ "verified": outcome.n_verified, "waiting": outcome.n_waiting });
        batch.push(self.audit(
            actor,
            "verify_by_list",
            "-",
            actor.and_then(|account| account.place),
            &detail,
        ));
        self.store().apply(batch).await?;
        Ok(outcome)
    }

    async fn listed(
        &self,
        actor: Option<&Account>,
        person: &Listed,
    ) -> Result<std::result::Result<Verification, FieldFault>> {
        let Some(found) = self.store().find_credentials(&person.login).await? else {
            return Ok(Err(fault(person.line, "person-list-unknown")));
        };
        let account = found.account.id;
        let here = actor.is_none()
            || permission::check(actor, Permission::VerifyPersons, Some(person.place)).is_ok();
        if !here || refuse_self(actor, account).is_err() {
            return Ok(Err(fault(person.line, "person-list-elsewhere")));
        }
        let mut new = self.new_verification(actor, account, Way::List, Some(person.place));
        if let Some(iin) = &person.iin {
            let hash = self.identity_key()?.hash(iin);
            if iin.born_on() > self.today() {
                return Ok(Err(fault(person.line, "person-list-iin")));
            }
            if self.identity_fault(&hash, account).await?.is_some() {
                return Ok(Err(fault(person.line, "person-list-taken")));
            }
            (new.level, new.identity, new.born_on) = (Level::Identified, Some(hash), Some(iin.born_on()));
        }
        if self.persons().rules.needs_second(new.level) {
            new.state = VerificationState::Waiting;
        }
        Ok(Ok(new))
    }

    /// A second clerk confirms every person of lists that waits here.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for those who verify nobody.
    pub async fn confirm_lists(&self, actor: Option<&Account>) -> Result<usize> {
        let mut n = 0;
        for (one, _) in self.waiting_verifications(actor).await? {
            if one.way == Way::List {
                self.confirm_verification(actor, one.id).await?;
                n += 1;
            }
        }
        Ok(n)
    }
}
