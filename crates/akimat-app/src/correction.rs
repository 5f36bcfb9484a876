//! A person asks to have the record corrected: a clerk of the territory decides within a term, with a reason, and the
//! person is told.

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_storage::{Account, Change, Correction, CorrectionField, CorrectionState};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;
use std::sync::LazyLock;
use uuid::Uuid;

/// Requests of one person that may wait at once.
pub const OPEN_MAX: usize = 3;
/// Longest name, in characters.
const NAME_CHARS_MAX: usize = 80;

/// Within how many days a request is decided.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerTerm {
    /// Days from the day after the request.
    pub days: u16,
    /// First day of validity.
    pub valid_from: Date,
    /// First day after; absent while valid.
    pub valid_to: Option<Date>,
    /// Law or decision that it rests on.
    pub basis: String,
    /// Somebody compared it with the text of the basis.
    pub verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    terms: Vec<AnswerTerm>,
}

static TERMS: LazyLock<Vec<AnswerTerm>> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("../../../data/identity/correction.json"))
        .expect("the terms that travel with the program are read by a test");
    file.terms
});

/// What a person asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Code of the field that is wrong.
    pub field: String,
    /// What should stand there.
    pub wanted: String,
    /// What is wrong, and what shows it.
    pub words: String,
}

impl App {
    /// The term for answers today.
    pub fn correction_term(&self) -> Option<&'static AnswerTerm> {
        let today = self.today();
        let holds =
            |term: &&AnswerTerm| term.valid_from <= today && term.valid_to.is_none_or(|end| today < end);
        TERMS.iter().filter(holds).max_by_key(|term| term.valid_from)
    }

    /// A person asks to have the own record corrected.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields, and too many requests that wait.
    pub async fn ask_correction(&self, actor: Option<&Account>, wish: &Wish) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let field = CorrectionField::parse(&wish.field)
            .ok_or_else(|| AppError::field("field", "field-choose-from-list"))?;
        let words = parse_reason("words", &wish.words)?;
        let wanted = wish.wanted.trim();
        if field == CorrectionField::Name && wanted.is_empty() {
            return Err(AppError::field("wanted", "field-required"));
        }
        if wanted.chars().count() > NAME_CHARS_MAX || wanted.chars().any(char::is_control) {
            let fault = FieldFault::new("wanted", "field-too-long").with("max", NAME_CHARS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let own = self.read().list_corrections(account.id).await?;
        if own.iter().filter(|one| one.state == CorrectionState::Open).count() >= OPEN_MAX {
            let fault = FieldFault::new("words", "correction-too-many").with("max", OPEN_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let today = self.today();
        let days = self.correction_term().map_or(0, |term| term.days);
        let standing = self.standing(account.id).await?;
        let new = Correction {
            id: self.new_uuid(),
            account: account.id,
            place: standing.home.or(account.place),
            field,
            wanted: wanted.to_owned(),
            words,
            asked_at: self.now(),
            due_on: today.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(today),
            state: CorrectionState::Open,
            reason: String::new(),
            decided_by: None,
            decided_by_name: String::new(),
            decided_at: None,
        };
        let detail = json!({ "field": field.code() });
        let audit = self.audit(actor, "ask_correction", new.id, new.place, &detail);
        Ok(self.store().apply(vec![Change::AddCorrection(Box::new(new)), audit]).await?)
    }

    /// A person takes a request back.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for requests of others; [`AppError::Conflict`] when it is decided already.
    pub async fn withdraw_correction(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let found = self.read().find_correction(id).await?;
        let found = found.filter(|one| one.account == account.id).ok_or(AppError::NotFound("correction"))?;
        let ended = Correction { state: CorrectionState::Withdrawn, decided_at: Some(self.now()), ..found };
        let audit = self.audit(actor, "withdraw_correction", id, ended.place, &json!({}));
        Ok(self.store().apply(vec![Change::EndCorrection(Box::new(ended)), audit]).await?)
    }

    /// Requests that wait for this clerk, those due first, each with its person; not the clerk's own.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for those who verify nobody.
    pub async fn open_corrections(&self, actor: Option<&Account>) -> Result<Vec<(Correction, Account)>> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        let me = actor.map(|account| account.id);
        let mut all = Vec::new();
        for one in self.read().list_open_corrections().await? {
            let here = permission::check(actor, Permission::VerifyPersons, one.place).is_ok();
            if here
                && Some(one.account) != me
                && let Some(account) = self.read().find_account(one.account).await?
            {
                all.push((one, account));
            }
        }
        Ok(all)
    }

    /// A clerk decides. A name is set by granting; what else is wrong the clerk has put right on the person's page before.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::Forbidden`] outside the territory and for the own record;
    /// [`AppError::Conflict`] when it is decided already.
    pub async fn decide_correction(
        &self,
        actor: Option<&Account>,
        id: Uuid,
        (granted, reason): (bool, &str),
    ) -> Result<()> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        let clerk = actor.ok_or(AppError::SignInNeeded)?;
        let found = self.read().find_correction(id).await?.ok_or(AppError::NotFound("correction"))?;
        permission::check(actor, Permission::VerifyPersons, found.place)?;
        if found.account == clerk.id {
            return Err(AppError::Forbidden);
        }
        let reason = parse_reason(&format!("reason-{}", id.simple()), reason)?;
        let state = if granted { CorrectionState::Granted } else { CorrectionState::Refused };
        let ended = Correction {
            state,
            reason: reason.clone(),
            decided_by: Some(clerk.id),
            decided_by_name: crate::project::spokesman(actor),
            decided_at: Some(self.now()),
            ..found
        };
        let (account, place, field) = (ended.account, ended.place, ended.field);
        let mut batch = Vec::new();
        if granted && field == CorrectionField::Name {
            batch.push(Change::RenameAccount(account, ended.wanted.clone()));
        }
        let act = format!("correction_{}", state.code());
        batch.push(self.look(actor, account, &act, &reason));
        let detail = json!({ "field": field.code(), "state": state.code() });
        batch.push(self.audit(actor, "decide_correction", id, place, &detail));
        batch.push(Change::EndCorrection(Box::new(ended)));
        Ok(self.store().apply(batch).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terms_that_travel_with_the_program_are_read() {
        assert!(TERMS.iter().any(|term| term.days > 0 && term.valid_to.is_none() && !term.basis.is_empty()));
    }
}
