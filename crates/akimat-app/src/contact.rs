//! Addresses of accounts, and the codes that open, reset and add.
//!
//! Whoever asks for a code hears the same, whether the address is known, unknown or was written to too often: what is
//! true about an address is told to that address alone.

mod letter;

use crate::account::{Browser, Entered, NewAccount};
use crate::secret::same;
use crate::subscription::check_email;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{Lang, Role};
use akimat_storage::contact::{CodePurpose, Contact, ContactChange, ContactKind, OneTimeCode};
use akimat_storage::credential::{CredentialChange, SignInWay};
use akimat_storage::{Account, Batch, Change, Conflict, StoreError};
use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

/// A code works so long, in minutes.
pub const CODE_MINUTES: i64 = 10;
/// Codes that go to one address within an hour.
pub const CODES_AN_HOUR: u64 = 5;
/// Attempts at one code.
pub const ATTEMPTS_MAX: u32 = 5;
/// Addresses of one account.
pub const CONTACTS_MAX: usize = 5;
/// Codes are forgotten so long after they ended, in hours.
const KEEP_HOURS: i64 = 24;

/// An address as typed, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// How it is written to.
    pub kind: ContactKind,
    /// As it is written to.
    pub text: String,
    /// Folded: what makes two spellings one address.
    pub key: String,
}

impl Address {
    /// Reads an address: with `@` it is one of mail, otherwise a number of a telephone, `8 701 …` as `+7 701 …`.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with the field `contact`.
    pub fn parse(typed: &str) -> Result<Self> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(AppError::field("contact", "field-required"));
        }
        if typed.contains('@') {
            let text = check_email(typed).map_err(|error| match error {
                AppError::Invalid(faults) => AppError::Invalid(
                    faults
                        .into_iter()
                        .map(|fault| FieldFault { field: "contact".to_owned(), ..fault })
                        .collect(),
                ),
                other => other,
            })?;
            return Ok(Self { kind: ContactKind::Email, text: text.to_owned(), key: text.to_lowercase() });
        }
        let number = phone(typed).ok_or_else(|| AppError::field("contact", "field-contact"))?;
        Ok(Self { kind: ContactKind::Phone, key: number.clone(), text: number })
    }
}

/// A number in the international form (E.164): `+` and 8 to 15 digits.
fn phone(typed: &str) -> Option<String> {
    let plain = |c: &char| !matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')' | '.');
    let text: String = typed.chars().filter(plain).collect();
    let digits = match text.strip_prefix('+') {
        Some(digits) => digits.to_owned(),
        // At home the country's 7 is dialled as 8.
        None if text.len() == 11 && text.starts_with('8') => format!("7{}", &text[1..]),
        None if text.len() == 11 && text.starts_with('7') => text,
        None => return None,
    };
    let fine = (8..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    fine.then(|| format!("+{digits}"))
}

/// An address as its page shows it to whoever asked: enough to recognise one's own.
pub fn masked(kind: ContactKind, address: &str) -> String {
    match (kind, address.split_once('@')) {
        (ContactKind::Email, Some((local, host))) => {
            format!("{}…@{host}", local.chars().take(2).collect::<String>())
        }
        _ => {
            let n = address.chars().count();
            let end: String = address.chars().skip(n.saturating_sub(2)).collect();
            format!("{}…{end}", address.chars().take(4).collect::<String>())
        }
    }
}

/// What a page sends back with a code.
#[derive(Clone, Copy, Debug, Default)]
pub struct CodeEntry<'a> {
    /// The code as typed.
    pub code: &'a str,
    /// Name for a new account; empty when the person does not expect one.
    pub display_name: &'a str,
    /// New password, for a reset.
    pub password: &'a str,
}

impl App {
    /// Whether short messages can be sent.
    pub fn sends_messages(&self) -> bool {
        self.post().is_some_and(|post| post.mailer.carries_messages())
    }

    /// Sends a code to an address; answers the identifier of the page that asks for it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the address cannot be one or letters are not set up,
    /// [`AppError::SignInNeeded`] when one more address is to be added for nobody.
    pub async fn ask_code(
        &self,
        purpose: CodePurpose,
        typed: &str,
        lang: Lang,
        actor: Option<&Account>,
    ) -> Result<Uuid> {
        if self.post().is_none() {
            return Err(AppError::field("contact", "code-none"));
        }
        let address = Address::parse(typed)?;
        if address.kind == ContactKind::Phone && !self.sends_messages() {
            return Err(AppError::field("contact", "field-contact-no-phone"));
        }
        let now = self.now();
        let id = self.new_secret_uuid();
        let since = now - SignedDuration::from_hours(1);
        if self.read().count_codes(address.kind, &address.key, since).await? >= CODES_AN_HOUR {
            return Ok(id);
        }
        let digits = self.new_digits();
        let known = self.read().find_contact(address.kind, &address.key).await?;
        let account = match (purpose, actor, &known) {
            (CodePurpose::AddContact, None, _) => return Err(AppError::SignInNeeded),
            (CodePurpose::AddContact, Some(actor), _) => Some(actor.id),
            (_, _, Some(known)) => Some(known.account),
            _ => None,
        };
        let code = OneTimeCode {
            id,
            purpose,
            kind: address.kind,
            address: address.text.clone(),
            address_key: address.key,
            lang,
            account,
            code_hash: self.code_hash(id, &digits)?,
            attempts: 0,
            created_at: now,
            expires_at: now + SignedDuration::from_mins(CODE_MINUTES),
            used_at: None,
        };
        let letter = self.code_letter(&code, &digits, lang, known.is_some());
        let detail = json!({ "purpose": purpose.code(), "kind": address.kind.code() });
        let audit = self.audit(actor, "ask_code", id, None, &detail);
        let batch = vec![
            Change::Contact(ContactChange::RemoveCodesBefore(now - SignedDuration::from_hours(KEEP_HOURS))),
            Change::Contact(ContactChange::AddCode(Box::new(code))),
            Change::PutLetter(Box::new(letter)),
            audit,
        ];
        self.store().apply(batch).await?;
        Ok(id)
    }

    /// Sends a code to an address that is to be added: whoever adds one can sign in by it, so that the session must have
    /// just begun.
    ///
    /// # Errors
    /// As [`App::ask_code`]; [`AppError::Invalid`] when the session is not fresh.
    pub async fn ask_contact_code(
        &self,
        (actor, token): (Option<&Account>, &str),
        typed: &str,
        lang: Lang,
    ) -> Result<Uuid> {
        if actor.is_none() {
            return Err(AppError::SignInNeeded);
        }
        self.fresh_session(token).await?;
        self.ask_code(CodePurpose::AddContact, typed, lang, actor).await
    }

    fn code_hash(&self, id: Uuid, digits: &str) -> Result<[u8; 32]> {
        Ok(self.key()?.hash("one-time code", &[id.as_bytes(), digits.as_bytes()]))
    }

    /// Six digits by chance.
    fn new_digits(&self) -> String {
        let chance = self.secret();
        let number = u64::from_be_bytes([
            chance[0], chance[1], chance[2], chance[3], chance[4], chance[5], chance[6], chance[7],
        ]);
        format!("{:06}", number % 1_000_000)
    }

    /// Counts an attempt at a code and checks it; the code stays usable.
    pub(crate) async fn check_code(
        &self,
        id: Uuid,
        purpose: CodePurpose,
        typed: &str,
    ) -> Result<OneTimeCode> {
        let over = || AppError::field("code", "field-code-over");
        let found = self.read().find_code(id).await?.filter(|code| code.purpose == purpose);
        let code = found.ok_or_else(over)?;
        let now = self.now();
        if code.used_at.is_some() {
            return Err(AppError::field("code", "field-code-used"));
        }
        if code.expires_at <= now {
            return Err(over());
        }
        let attempt = ContactChange::TryCode { id, attempts_max: ATTEMPTS_MAX, at: now };
        match self.store().apply(vec![Change::Contact(attempt)]).await {
            Err(StoreError::Conflict(_)) => return Err(AppError::field("code", "field-code-tries")),
            other => other?,
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        if same(&self.code_hash(id, &digits)?, &code.code_hash) {
            return Ok(code);
        }
        let left = ATTEMPTS_MAX.saturating_sub(code.attempts + 1);
        if left == 0 {
            return Err(AppError::field("code", "field-code-tries"));
        }
        Err(AppError::Invalid(vec![FieldFault::new("code", "field-code-wrong").with("n", left)]))
    }

    /// The page of a sign-in brings the code: whoever holds the address is signed in; where there is no account yet, one
    /// is opened as soon as a name is given.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the code is wrong, used, over or tried too often.
    pub async fn enter_code(&self, id: Uuid, entry: CodeEntry<'_>, browser: &Browser) -> Result<Entered> {
        let code = self.check_code(id, CodePurpose::SignIn, entry.code).await?;
        let used = Change::Contact(ContactChange::UseCode { id, at: self.now() });
        if let Some(held) = self.read().find_contact(code.kind, &code.address_key).await? {
            let account = self.living_account(held.account).await?;
            return self.pass(account, SignInWay::Code, browser, vec![used]).await.map_err(used_up);
        }
        if entry.display_name.trim().is_empty() {
            return Ok(Entered::NameNeeded);
        }
        let new = NewAccount::of_contact(entry.display_name, self.new_uuid());
        let (account, mut batch) = self.account_of_contact(new, "code")?;
        batch.insert(0, used);
        batch.push(Change::Contact(ContactChange::Add(self.contact_of(&code, &account))));
        self.pass(account, SignInWay::Code, browser, batch).await.map_err(used_up)
    }

    async fn living_account(&self, id: akimat_core::AccountId) -> Result<Account> {
        let account = self.read().find_account(id).await?.filter(|account| !account.disabled);
        account.ok_or_else(|| AppError::field("code", "field-code-closed"))
    }

    fn contact_of(&self, code: &OneTimeCode, account: &Account) -> Contact {
        Contact {
            id: self.new_uuid(),
            account: account.id,
            kind: code.kind,
            address: code.address.clone(),
            address_key: code.address_key.clone(),
            lang: code.lang,
            confirmed_at: self.now(),
        }
    }

    pub(crate) fn account_of_contact(&self, new: NewAccount, way: &str) -> Result<(Account, Batch)> {
        let faults = new.name_faults();
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults));
        }
        let account = Account {
            id: self.new_account_id(),
            login: new.login,
            display_name: new.display_name.trim().to_owned(),
            role: Role::Resident,
            place: None,
            office: String::new(),
            disabled: false,
            grants: Vec::new(),
            created_at: self.now(),
        };
        let detail = json!({ "role": account.role.code(), "way": way });
        let audit = self.audit(None, "open_account", account.id, None, &detail);
        // An account without a password: no text has the empty hash.
        let batch = vec![Change::AddAccount(account.clone(), String::new()), audit];
        Ok((account, batch))
    }

    /// The page of a reset brings the code and a new password: every session ends, and this browser is signed in, past the
    /// second factor where there is one.
    ///
    /// # Errors
    /// As [`App::enter_code`], and [`AppError::Invalid`] for a weak password.
    pub async fn reset_password(&self, id: Uuid, entry: CodeEntry<'_>, browser: &Browser) -> Result<Entered> {
        let code = self.check_code(id, CodePurpose::Reset, entry.code).await?;
        let held = self.read().find_contact(code.kind, &code.address_key).await?;
        let held = held.ok_or_else(|| AppError::field("code", "field-code-over"))?;
        let account = self.living_account(held.account).await?;
        let hash = self.new_password_hash(&account, entry.password).await?;
        let batch = vec![
            Change::Contact(ContactChange::UseCode { id, at: self.now() }),
            Change::Credential(CredentialChange::SetPassword(account.id, hash)),
            Change::Credential(CredentialChange::RemoveSessions(account.id, None)),
            self.audit(Some(&account), "reset_password", account.id, account.place, &json!({})),
        ];
        let batch = self.with_notice(batch, &account, letter::Notice::Password).await?;
        self.store().apply(batch).await.map_err(AppError::from).map_err(used_up)?;
        self.pass(account, SignInWay::Code, browser, Vec::new()).await
    }

    /// One more address for the account: the code that went there is brought.
    ///
    /// # Errors
    /// As [`App::enter_code`]; [`AppError::Invalid`] when another account holds the address.
    pub async fn add_contact(&self, actor: Option<&Account>, id: Uuid, typed: &str) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let code = self.check_code(id, CodePurpose::AddContact, typed).await?;
        if code.account != Some(account.id) {
            return Err(AppError::field("code", "field-code-over"));
        }
        if self.read().list_contacts(account.id).await?.len() >= CONTACTS_MAX {
            return Err(AppError::Invalid(vec![
                FieldFault::new("code", "field-contact-many").with("max", CONTACTS_MAX),
            ]));
        }
        let batch = vec![
            Change::Contact(ContactChange::UseCode { id, at: self.now() }),
            Change::Contact(ContactChange::Add(self.contact_of(&code, account))),
            self.audit(actor, "add_contact", account.id, account.place, &json!({ "kind": code.kind.code() })),
        ];
        let batch = self.with_notice(batch, account, letter::Notice::ContactAdded).await?;
        match self.store().apply(batch).await {
            Err(StoreError::Conflict(Conflict::Exists("contact"))) => {
                Err(AppError::field("code", "field-contact-taken"))
            }
            other => other.map_err(AppError::from).map_err(used_up),
        }
    }

    /// Removes an address of one's own. The last one stays where there is no password: nobody could sign in any more.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for the last one and when the session is not fresh, [`AppError::NotFound`] when it is not
    /// one's own.
    pub async fn remove_contact(&self, (actor, token): (Option<&Account>, &str), id: Uuid) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        self.fresh_session(token).await?;
        let mine = self.read().list_contacts(account.id).await?;
        let way_in = self.has_password(account).await?
            || !self.read().list_passkeys(account.id).await?.is_empty()
            || !self.read().list_provider_identities(account.id).await?.is_empty();
        if mine.len() < 2 && !way_in {
            return Err(AppError::field("contact", "field-contact-last"));
        }
        let batch = vec![
            Change::Contact(ContactChange::Remove(id, account.id)),
            self.audit(actor, "remove_contact", account.id, account.place, &json!({})),
        ];
        let batch = self.with_notice(batch, account, letter::Notice::ContactRemoved).await?;
        Ok(self.store().apply(batch).await?)
    }
}

/// Two tabs brought the same code: the second hears that it was used.
pub(crate) fn used_up(error: AppError) -> AppError {
    match error {
        AppError::Conflict(Conflict::Stale("code") | Conflict::Missing("code")) => {
            AppError::field("code", "field-code-used")
        }
        AppError::Conflict(Conflict::Exists("contact")) => AppError::field("code", "field-contact-taken"),
        other => other,
    }
}

pub(crate) use letter::Notice;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart_and_folded() {
        let key = |typed: &str| Address::parse(typed).ok().map(|address| address.key);
        for (typed, due) in [
            ("Aliya@Example.KZ", Some("aliya@example.kz")),
            ("8 (701) 123-45-67", Some("+77011234567")),
            ("+7 701 123 45 67", Some("+77011234567")),
            ("77011234567", Some("+77011234567")),
            ("+49 30 123456", Some("+4930123456")),
            ("", None),
            ("aliya", None),
            ("a@b", None),
            ("+", None),
            ("+0123456789", None),
            ("1234567", None),
            ("+7701123456789012", None),
            ("+7 701 12x 45 67", None),
            ("٨٧٠١١٢٣٤٥٦٧", None),
            ("a@b.kz\r\nBcc: x@y.kz", None),
        ] {
            assert_eq!(key(typed).as_deref(), due, "{typed:?}");
        }
    }

    #[test]
    fn only_a_part_of_an_address_is_shown() {
        assert_eq!(masked(ContactKind::Email, "aliya@example.kz"), "al…@example.kz");
        assert_eq!(masked(ContactKind::Phone, "+77011234567"), "+770…67");
        assert_eq!(masked(ContactKind::Email, "ә@б.қаз"), "ә…@б.қаз");
    }
}
