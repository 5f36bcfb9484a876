//! Who a person is, as far as it must be known: levels, what an act needs and what is missing, clerks who look.

pub mod act;
pub mod list;
pub mod post;
pub mod signature;
pub mod verify;

use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::{AccountId, KatoCode, Role, Text};
use akimat_identity::{Action, IdentityKey, Iin, Lack, Level, Requirement, Rules, Standing, Terms};
use akimat_storage::{AccessRecord, Account, Change, Verification};
use std::sync::LazyLock;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::parse(include_str!("../../../data/identity/requirements.json"))
        .expect("the requirements that travel with the program are read by a test")
});
static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    Terms::parse(include_str!("../../../data/identity/retention.json"))
        .expect("the terms that travel with the program are read by a test")
});

/// What acts need and how long records are kept.
#[derive(Clone, Debug)]
pub struct Persons {
    /// What each act needs, by territory and date.
    pub rules: Rules,
    /// How long each kind of record is kept.
    pub terms: Terms,
}

impl Default for Persons {
    fn default() -> Self {
        Self { rules: RULES.clone(), terms: TERMS.clone() }
    }
}

/// A person as a clerk sees one.
#[derive(Clone, Debug)]
pub struct PersonFile {
    /// The account.
    pub account: Account,
    /// What is known.
    pub standing: Standing,
    /// How it became known, the newest first.
    pub verifications: Vec<Verification>,
}

/// What an act needs of somebody here and today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The act.
    pub action: Action,
    /// What it needs.
    pub requirement: Requirement,
    /// Law or decision that it rests on.
    pub basis: Text,
    /// Somebody compared it with the text of the basis.
    pub verified: bool,
    /// What the person lacks.
    pub lacks: Vec<Lack>,
}

impl App {
    /// The same platform with other requirements and terms.
    #[must_use]
    pub fn with_persons(mut self, persons: Persons) -> Self {
        self.persons = std::sync::Arc::new(persons);
        self
    }

    /// Requirements and terms.
    pub fn persons(&self) -> &Persons {
        &self.persons
    }

    /// What is known about a person: the highest verification that holds, or a confirmed contact.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(&self, account: AccountId) -> Result<Standing> {
        let all = self.read().list_verifications(account).await?;
        let verified = all.iter().any(|one| one.holds(self.now()));
        let reachable = !verified && !self.read().list_contacts(account).await?.is_empty();
        Ok(self.standing_of(&all, reachable))
    }

    /// The same from what was read already.
    pub(crate) fn standing_of(&self, all: &[Verification], reachable: bool) -> Standing {
        let now = self.now();
        let mut holding: Vec<&Verification> = all.iter().filter(|one| one.holds(now)).collect();
        // The highest first, of two of one level the newer.
        holding.sort_by_key(|one| (std::cmp::Reverse(one.level), std::cmp::Reverse(one.at)));
        let level = match holding.first() {
            Some(best) => best.level,
            None if reachable => Level::Contact,
            None => Level::Anonymous,
        };
        Standing {
            level,
            born_on: holding.iter().find_map(|one| one.born_on),
            home: holding.iter().find_map(|one| one.place),
        }
    }

    /// How much is known about a person: 3 or 2 by a verification that holds, 1 by a confirmed contact, else 0.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person_level(&self, account: AccountId) -> Result<Level> {
        Ok(self.standing(account).await?.level)
    }

    /// What an act needs here and what the person lacks for it; `None` when it needs nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn needed(
        &self,
        actor: &Account,
        action: Action,
        place: Option<KatoCode>,
    ) -> Result<Option<Needed>> {
        let today = self.today();
        let Some(stated) = self.persons.rules.of(action, place, today) else { return Ok(None) };
        if stated.requirement.is_free() {
            return Ok(None);
        }
        let standing = self.standing(actor.id).await?;
        Ok(Some(Needed {
            action,
            requirement: stated.requirement,
            basis: stated.basis.clone(),
            verified: stated.verified,
            lacks: stated.requirement.lacks(&standing, place, today),
        }))
    }

    /// What an act needs here of anybody, whoever asks; `None` when it needs nothing but signing in.
    pub fn stated(&self, action: Action, place: Option<KatoCode>) -> Option<Requirement> {
        let stated = self.persons.rules.of(action, place, self.today())?;
        (!stated.requirement.is_free()).then_some(stated.requirement)
    }

    /// Checks that a person is known well enough for an act about a territory. Whoever speaks for an office is
    /// known by the office.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`], or [`AppError::Unmet`] with everything that is missing.
    pub async fn require(
        &self,
        actor: Option<&Account>,
        action: Action,
        place: Option<KatoCode>,
    ) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        if account.role != Role::Resident {
            return Ok(());
        }
        match self.needed(account, action, place).await? {
            Some(needed) if !needed.lacks.is_empty() => Err(AppError::Unmet(needed.lacks)),
            _ => Ok(()),
        }
    }

    /// The key of national identifiers: a branch of the key outside the database.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the platform was started without a key.
    pub(crate) fn identity_key(&self) -> Result<IdentityKey> {
        Ok(IdentityKey::new(self.key()?.hash("national identifier", &[])))
    }

    /// A clerk looks at a person's record, found by login or by national identifier. The look is recorded and
    /// shown to the person.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when nothing or nobody is named, or no reason; [`AppError::Forbidden`].
    pub async fn look_up_person(
        &self,
        actor: Option<&Account>,
        (login, iin): (&str, &str),
        reason: &str,
    ) -> Result<PersonFile> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        let reason = crate::participation::parse_reason("reason", reason)?;
        let account = if iin.trim().is_empty() {
            let login = crate::account::fold_login(login);
            if login.is_empty() {
                return Err(AppError::field("login", "field-required"));
            }
            let found = self.store().find_credentials(&login).await?;
            found.ok_or_else(|| AppError::field("login", "person-unknown"))?.account
        } else {
            let iin = Iin::parse(iin).map_err(|fault| AppError::field("iin", verify::iin_key(fault)))?;
            let hash = self.identity_key()?.hash(&iin);
            let held = self.read().find_verified_identity(&hash).await?;
            let account = held.and_then(|held| held.account);
            let account = account.ok_or_else(|| AppError::field("iin", "person-unknown-iin"))?;
            self.read().find_account(account).await?.ok_or(AppError::NotFound("account"))?
        };
        let look = self.look(actor, account.id, "look", &reason);
        self.store().apply(vec![look]).await?;
        self.person_file(account).await
    }

    /// A person's record once more, for the answer to a form on the page of a look that is on record.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`].
    pub async fn person_again(&self, actor: Option<&Account>, id: AccountId) -> Result<PersonFile> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        let account = self.read().find_account(id).await?.ok_or(AppError::NotFound("account"))?;
        self.store().apply(vec![self.look(actor, id, "look", "")]).await?;
        self.person_file(account).await
    }

    async fn person_file(&self, account: Account) -> Result<PersonFile> {
        let verifications = self.read().list_verifications(account.id).await?;
        let standing = self.standing(account.id).await?;
        Ok(PersonFile { account, standing, verifications })
    }

    /// The record of a look or of an act on a person's record, to go into its batch.
    pub(crate) fn look(
        &self,
        actor: Option<&Account>,
        subject: AccountId,
        act: &str,
        reason: &str,
    ) -> Change {
        Change::AddAccessRecord(AccessRecord {
            id: self.new_uuid(),
            subject,
            reader: actor.map(|account| account.id),
            reader_name: crate::project::spokesman(actor),
            act: act.to_owned(),
            reason: reason.to_owned(),
            at: self.now(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_that_travel_with_the_program_are_read() {
        let persons = Persons::default();
        let today = jiff::civil::date(2026, 11, 23);
        for action in Action::ALL {
            assert!(persons.rules.of(action, None, today).is_some(), "{action:?}");
        }
        assert!(
            persons.rules.needs_second(Level::Identified) && !persons.rules.needs_second(Level::Resident)
        );
    }
}
