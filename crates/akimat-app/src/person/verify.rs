//! A clerk sees a document and enters what it says; a second clerk confirms where two must.

use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, KatoCode};
use akimat_identity::{IdentityHash, Iin, IinError, Kept, Level};
use akimat_storage::{Account, Change, Conflict, StoreError, Verification, VerificationState, Way};
use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

/// Documents that a clerk may see.
pub const DOCUMENTS: [&str; 5] = ["id_card", "passport", "birth_certificate", "residence_permit", "other"];

/// What a clerk enters at the desk.
#[derive(Clone, Debug, Default)]
pub struct DeskEntry {
    /// The number; empty when the person shows none: then the person becomes a checked resident.
    pub iin: String,
    /// Where the person lives.
    pub place: Option<KatoCode>,
    /// Date of birth on the document, where there is no number.
    pub born_on: Option<Date>,
    /// One of [`DOCUMENTS`].
    pub document: String,
}

/// The sentence for what is wrong with a number.
pub const fn iin_key(fault: IinError) -> &'static str {
    match fault {
        IinError::Form => "person-iin-form",
        IinError::Century => "person-iin-century",
        IinError::Date => "person-iin-date",
        IinError::Check => "person-iin-check",
    }
}

impl App {
    /// A clerk verifies a person who is present. With a number that gives level 3, and where the requirements say
    /// so a second clerk must confirm it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields, a number of somebody else's account among them;
    /// [`AppError::Forbidden`] outside the clerk's territory and for the clerk's own account.
    pub async fn verify_at_desk(
        &self,
        actor: Option<&Account>,
        person: AccountId,
        entry: &DeskEntry,
    ) -> Result<Verification> {
        permission::check(actor, Permission::VerifyPersons, entry.place)?;
        refuse_self(actor, person)?;
        let place = entry.place.ok_or_else(|| AppError::field("place", "field-required"))?;
        if !DOCUMENTS.contains(&entry.document.as_str()) {
            return Err(AppError::field("document", "field-choose-from-list"));
        }
        let iin = self.read_iin(&entry.iin)?;
        if iin.is_none() && entry.born_on.is_some_and(|born_on| born_on > self.today()) {
            return Err(AppError::field("born_on", "person-iin-future"));
        }
        let hash = match &iin {
            Some(iin) => Some(self.free_identity(iin, person).await?),
            None => None,
        };
        let mut new = self.new_verification(actor, person, Way::Desk, Some(place));
        new.document.clone_from(&entry.document);
        new.born_on = iin.as_ref().map(Iin::born_on).or(entry.born_on);
        new.identity = hash;
        new.level = if hash.is_some() { Level::Identified } else { Level::Resident };
        if self.persons.rules.needs_second(new.level) {
            new.state = VerificationState::Waiting;
        }
        self.keep_verification(actor, &new, "verify_at_desk").await?;
        Ok(new)
    }

    /// Reads a number that may be left out.
    pub(crate) fn read_iin(&self, text: &str) -> Result<Option<Iin>> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let iin = Iin::parse(text).map_err(|fault| AppError::field("iin", iin_key(fault)))?;
        if iin.born_on() > self.today() {
            return Err(AppError::field("iin", "person-iin-future"));
        }
        Ok(Some(iin))
    }

    /// The keyed hash of a number that no other account holds and that does not contradict what is known.
    pub(crate) async fn free_identity(&self, iin: &Iin, person: AccountId) -> Result<IdentityHash> {
        let hash = self.identity_key()?.hash(iin);
        if let Some(fault) = self.identity_fault(&hash, person).await? {
            return Err(AppError::Invalid(vec![fault]));
        }
        Ok(hash)
    }

    /// Why an identity cannot be of this account.
    pub(crate) async fn identity_fault(
        &self,
        hash: &IdentityHash,
        person: AccountId,
    ) -> Result<Option<FieldFault>> {
        if let Some(held) = self.read().find_verified_identity(hash).await? {
            return Ok(match held.account {
                Some(account) if account == person => None,
                Some(_) => Some(FieldFault::new("iin", "person-iin-taken")),
                None => {
                    let days =
                        self.persons.terms.of(Kept::ErasedIdentity, self.today()).and_then(|term| term.days);
                    let erased = held.ended_at.unwrap_or(held.at).to_zoned(self.zone().clone()).date();
                    let until = days
                        .and_then(|days| erased.checked_add(jiff::Span::new().days(i64::from(days))).ok());
                    let until = until.map_or_else(|| "—".to_owned(), |day| day.to_string());
                    Some(FieldFault::new("iin", "person-iin-erased").with("until", until))
                }
            });
        }
        let known = self.read().list_verifications(person).await?;
        let other = known.iter().any(|one| one.identity.is_some_and(|known| known != *hash));
        Ok(other.then(|| FieldFault::new("iin", "person-iin-other")))
    }

    pub(crate) fn new_verification(
        &self,
        actor: Option<&Account>,
        person: AccountId,
        way: Way,
        place: Option<KatoCode>,
    ) -> Verification {
        Verification {
            id: self.new_uuid(),
            account: Some(person),
            level: Level::Resident,
            way,
            state: VerificationState::Valid,
            place,
            born_on: None,
            identity: None,
            document: String::new(),
            made_by: actor.map(|account| account.id),
            made_by_name: spokesman(actor),
            seconded_by: None,
            seconded_by_name: String::new(),
            code_hash: None,
            attempts: 0,
            at: self.now(),
            until: None,
            ended_at: None,
            version: 1,
        }
    }

    /// Keeps a new verification with its audit record and, visible to the person, the look.
    pub(crate) async fn keep_verification(
        &self,
        actor: Option<&Account>,
        new: &Verification,
        verb: &str,
    ) -> Result<()> {
        let person = new.account.ok_or(AppError::NotFound("account"))?;
        let detail = json!({ "level": new.level.number(), "way": new.way.code(), "state": new.state.code() });
        let batch = vec![
            Change::AddVerification(Box::new(new.clone())),
            self.look(actor, person, verb, ""),
            self.audit(actor, verb, new.id, new.place, &detail),
        ];
        self.store().apply(batch).await.map_err(|error| match error {
            StoreError::Conflict(Conflict::Exists("identity")) => AppError::field("iin", "person-iin-taken"),
            other => other.into(),
        })
    }

    /// A second clerk confirms what a first one entered.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for the first clerk, for the person, and outside the territory;
    /// [`AppError::Conflict`] when it waits no longer.
    pub async fn confirm_verification(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        let waiting = self.waiting(actor, id).await?;
        if waiting.made_by.is_some() && waiting.made_by == actor.map(|account| account.id) {
            return Err(AppError::Forbidden);
        }
        let changed = Verification {
            state: VerificationState::Valid,
            seconded_by: actor.map(|account| account.id),
            seconded_by_name: spokesman(actor),
            version: waiting.version + 1,
            ..waiting
        };
        self.change_verification(actor, changed, ("confirm_verification", "")).await
    }

    /// Refuses what waits, or withdraws what holds, with a reason that the person reads.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::Forbidden`] outside the territory.
    pub async fn end_verification(&self, actor: Option<&Account>, id: Uuid, reason: &str) -> Result<()> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        let reason = crate::participation::parse_reason("reason", reason)?;
        let found = self.read().find_verification(id).await?.ok_or(AppError::NotFound("verification"))?;
        permission::check(actor, Permission::VerifyPersons, found.place)?;
        if matches!(found.state, VerificationState::Ended | VerificationState::Erased) {
            return Err(AppError::Conflict(Conflict::Stale("verification")));
        }
        let changed = Verification {
            state: VerificationState::Ended,
            identity: None,
            code_hash: None,
            ended_at: Some(self.now()),
            version: found.version + 1,
            ..found
        };
        self.change_verification(actor, changed, ("end_verification", &reason)).await
    }

    async fn waiting(&self, actor: Option<&Account>, id: Uuid) -> Result<Verification> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        let found = self.read().find_verification(id).await?.ok_or(AppError::NotFound("verification"))?;
        permission::check(actor, Permission::VerifyPersons, found.place)?;
        if let Some(person) = found.account {
            refuse_self(actor, person)?;
        }
        match found.state {
            VerificationState::Waiting => Ok(found),
            _ => Err(AppError::Conflict(Conflict::Stale("verification"))),
        }
    }

    pub(crate) async fn change_verification(
        &self,
        actor: Option<&Account>,
        changed: Verification,
        (verb, reason): (&str, &str),
    ) -> Result<()> {
        let person = changed.account.ok_or(AppError::NotFound("account"))?;
        let detail = json!({ "level": changed.level.number(), "state": changed.state.code() });
        let audit = self.audit(actor, verb, changed.id, changed.place, &detail);
        let look = self.look(actor, person, verb, reason);
        Ok(self.store().apply(vec![Change::UpdateVerification(Box::new(changed)), look, audit]).await?)
    }

    /// What waits for a second clerk where this one works, without what the clerk entered.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for those who verify nobody.
    pub async fn waiting_verifications(
        &self,
        actor: Option<&Account>,
    ) -> Result<Vec<(Verification, Account)>> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        let me = actor.map(|account| account.id);
        let mut all = Vec::new();
        for one in self.read().list_waiting_verifications().await? {
            let here = permission::check(actor, Permission::VerifyPersons, one.place).is_ok();
            let mine = one.made_by == me || one.account == me;
            if let (true, false, Some(account)) = (here, mine, one.account)
                && let Some(account) = self.read().find_account(account).await?
            {
                all.push((one, account));
            }
        }
        Ok(all)
    }

    /// An identity provider has signed an account in and says how sure it is of the person. From level 2 on that
    /// is a verification; one person at the provider is one account.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when that person has another account here.
    pub async fn verify_by_provider(
        &self,
        account: AccountId,
        (issuer, subject): (&str, &str),
        level: Level,
    ) -> Result<()> {
        if level < Level::Resident || self.person_level(account).await? >= level {
            return Ok(());
        }
        let person = self.read().find_account(account).await?.ok_or(AppError::NotFound("account"))?;
        let hash = self.identity_key()?.hash_subject(issuer, subject);
        if let Some(fault) =
            self.identity_fault(&hash, account).await?.filter(|fault| fault.key != "person-iin-other")
        {
            return Err(AppError::Invalid(vec![fault]));
        }
        let mut new = self.new_verification(None, account, Way::Provider, person.place);
        (new.level, new.identity) = (level, Some(hash));
        self.keep_verification(None, &new, "verify_by_provider").await
    }
}

/// Nobody verifies oneself.
pub(crate) fn refuse_self(actor: Option<&Account>, person: AccountId) -> Result<()> {
    match actor {
        Some(account) if account.id == person => Err(AppError::Forbidden),
        _ => Ok(()),
    }
}
