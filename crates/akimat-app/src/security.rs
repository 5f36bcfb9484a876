//! What a person does for the safety of the own account: password, second factor, recovery codes.

use crate::contact::Notice;
use crate::{App, AppError, FieldFault, Result, password, totp};
use akimat_core::Role;
use akimat_storage::credential::{CredentialChange, SecondFactor};
use akimat_storage::{Account, Change, Conflict, StoreError};
use serde_json::json;

/// Recovery codes of one account.
pub const RECOVERY_CODES: usize = 10;
/// Letters and digits of a recovery code: 50 bits.
const RECOVERY_CHARS: usize = 10;
/// Bytes of the secret of a second factor, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// What the secret is sealed for.
const SEALED_FOR: &str = "second factor";

/// What an account has for signing in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecurityState {
    /// A password.
    pub password: bool,
    /// A confirmed second factor.
    pub second_factor: bool,
    /// Recovery codes that are left.
    pub n_recovery_codes: u64,
    /// The operator demands a second factor of this account.
    pub demanded: bool,
}

impl App {
    /// Demands a second factor of everybody who works here.
    #[must_use]
    pub fn with_staff_factor(mut self, demanded: bool) -> Self {
        self.staff_factor = demanded;
        self
    }

    /// Gives the platform its key.
    #[must_use]
    pub fn with_key(mut self, key: crate::secret::PlatformKey) -> Self {
        self.key = Some(std::sync::Arc::new(key));
        self
    }

    /// The key outside the database.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the operator gave none.
    pub(crate) fn key(&self) -> Result<&crate::secret::PlatformKey> {
        self.key.as_deref().ok_or_else(|| AppError::Unavailable("there is no key of the platform".to_owned()))
    }

    /// Whether the account must set a second factor up before it works.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn factor_is_missing(&self, account: &Account) -> Result<bool> {
        if !self.staff_factor || account.role == Role::Resident {
            return Ok(false);
        }
        let factor = self.read().find_second_factor(account.id).await?;
        Ok(factor.is_none_or(|factor| factor.confirmed_at.is_none()))
    }

    pub(crate) async fn has_password(&self, account: &Account) -> Result<bool> {
        let found = self.store().find_credentials(&account.login).await?;
        Ok(found.is_some_and(|found| !found.password_hash.is_empty()))
    }

    /// What an account has for signing in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn security_state(&self, account: &Account) -> Result<SecurityState> {
        let factor = self.read().find_second_factor(account.id).await?;
        Ok(SecurityState {
            password: self.has_password(account).await?,
            second_factor: factor.is_some_and(|factor| factor.confirmed_at.is_some()),
            n_recovery_codes: self.read().count_recovery_codes(account.id).await?,
            demanded: self.staff_factor && account.role != Role::Resident,
        })
    }

    /// Checks and hashes a new password of an account.
    pub(crate) async fn new_password_hash(&self, account: &Account, new: &str) -> Result<String> {
        let contacts = self.read().list_contacts(account.id).await?;
        let mut known = vec![account.login.as_str(), account.display_name.as_str()];
        known.extend(contacts.iter().map(|contact| contact.address.as_str()));
        if let Some(fault) = password::fault(new, &known) {
            return Err(AppError::Invalid(vec![fault]));
        }
        self.hash_password(new.to_owned()).await
    }

    /// Sets a new password; all other sessions end. The present one is asked for; an account without one needs a session
    /// that has just begun.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a wrong present password or a weak new one.
    pub async fn change_password(
        &self,
        actor: Option<&Account>,
        token: &str,
        (present, new): (&str, &str),
    ) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let found = self.store().find_credentials(&account.login).await?;
        let hash = found.map(|found| found.password_hash).unwrap_or_default();
        if hash.is_empty() {
            self.fresh_session(token).await?;
        } else if present.chars().count() > password::PASSWORD_CHARS_MAX
            || !self.verify_password(present.to_owned(), hash).await?
        {
            return Err(AppError::field("present", "field-wrong-password"));
        }
        let hash = self.new_password_hash(account, new).await?;
        let kept = crate::account::hash_token(token);
        let batch = vec![
            Change::Credential(CredentialChange::SetPassword(account.id, hash)),
            Change::Credential(CredentialChange::RemoveSessions(account.id, kept)),
            self.audit(actor, "change_password", account.id, account.place, &json!({})),
        ];
        let batch = self.with_notice(batch, account, Notice::Password).await?;
        Ok(self.store().apply(batch).await?)
    }

    /// Begins to set a second factor up, or goes on with the one begun; answers the secret for the authenticator.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when there is a confirmed one; [`AppError::Invalid`] when the session is not fresh.
    pub async fn begin_second_factor(&self, actor: Option<&Account>, token: &str) -> Result<Vec<u8>> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        self.fresh_session(token).await?;
        match self.read().find_second_factor(account.id).await? {
            Some(factor) if factor.confirmed_at.is_some() => {
                return Err(AppError::Conflict(Conflict::Exists("second factor")));
            }
            Some(factor) => {
                if let Some(secret) = self.key()?.open(SEALED_FOR, &factor.secret) {
                    return Ok(secret);
                }
            }
            None => {}
        }
        let secret = self.secret()[..SECRET_BYTES].to_vec();
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&self.secret()[..12]);
        let factor = SecondFactor {
            account: account.id,
            secret: self.key()?.seal(SEALED_FOR, nonce, &secret).map_err(AppError::Internal)?,
            created_at: self.now(),
            confirmed_at: None,
            last_step: 0,
        };
        let put = CredentialChange::PutSecondFactor(factor);
        self.store().apply(vec![Change::Credential(put)]).await?;
        Ok(secret)
    }

    /// A first code shows that the authenticator has the secret: from now on it is asked for. Answers the recovery codes,
    /// which are told once and kept nowhere.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the code does not fit.
    pub async fn confirm_second_factor(
        &self,
        actor: Option<&Account>,
        token: &str,
        typed: &str,
    ) -> Result<Vec<String>> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let secret = self.begin_second_factor(actor, token).await?;
        let wrong = || AppError::field("code", "field-factor-wrong");
        let step = totp::step_of(&secret, &digits_of(typed), self.now()).ok_or_else(wrong)?;
        let (codes, hashes) = self.new_recovery_codes(account)?;
        let batch = vec![
            Change::Credential(CredentialChange::ConfirmSecondFactor {
                account: account.id,
                step,
                at: self.now(),
            }),
            Change::Credential(CredentialChange::PutRecoveryCodes(account.id, hashes)),
            self.audit(actor, "confirm_second_factor", account.id, account.place, &json!({})),
        ];
        let batch = self.with_notice(batch, account, Notice::FactorOn).await?;
        self.store().apply(batch).await?;
        Ok(codes)
    }

    /// What the batch of a sign-in must carry out so that this code proves the second factor, once.
    pub(crate) async fn factor_proof(&self, account: &Account, typed: &str) -> Result<CredentialChange> {
        let wrong = || AppError::field("code", "field-factor-wrong");
        let digits = digits_of(typed);
        let only_digits = typed.chars().all(|c| c.is_ascii_digit() || c == ' ');
        if only_digits && digits.len() == 6 {
            let factor = self.read().find_second_factor(account.id).await?.ok_or_else(wrong)?;
            let secret = self.key()?.open(SEALED_FOR, &factor.secret);
            let secret =
                secret.ok_or_else(|| AppError::Internal("a second factor of another key".to_owned()))?;
            let step = totp::step_of(&secret, &digits, self.now()).ok_or_else(wrong)?;
            if step <= factor.last_step {
                return Err(AppError::field("code", "field-factor-used"));
            }
            return Ok(CredentialChange::UseSecondFactor(account.id, step));
        }
        let hash = self.recovery_hash(account, typed)?;
        Ok(CredentialChange::UseRecoveryCode(account.id, hash, self.now()))
    }

    /// New recovery codes in place of all former ones, for a code of the second factor.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the code does not fit.
    pub async fn renew_recovery_codes(&self, actor: Option<&Account>, typed: &str) -> Result<Vec<String>> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let proof = self.factor_proof(account, typed).await?;
        let (codes, hashes) = self.new_recovery_codes(account)?;
        let batch = vec![
            Change::Credential(proof),
            Change::Credential(CredentialChange::PutRecoveryCodes(account.id, hashes)),
            self.audit(actor, "renew_recovery_codes", account.id, account.place, &json!({})),
        ];
        self.store().apply(batch).await.map_err(wrong_proof)?;
        Ok(codes)
    }

    /// Switches the second factor off, for a code of it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the code does not fit, or when the operator demands a second factor.
    pub async fn remove_second_factor(&self, actor: Option<&Account>, typed: &str) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        if self.staff_factor && account.role != Role::Resident {
            return Err(AppError::field("code", "field-factor-demanded"));
        }
        let proof = self.factor_proof(account, typed).await?;
        let batch = vec![
            Change::Credential(proof),
            Change::Credential(CredentialChange::RemoveSecondFactor(account.id)),
            self.audit(actor, "remove_second_factor", account.id, account.place, &json!({})),
        ];
        let batch = self.with_notice(batch, account, Notice::FactorOff).await?;
        self.store().apply(batch).await.map_err(wrong_proof)
    }

    fn new_recovery_codes(&self, account: &Account) -> Result<(Vec<String>, Vec<[u8; 32]>)> {
        let mut codes = Vec::with_capacity(RECOVERY_CODES);
        let mut hashes = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            let text: String = totp::base32(&self.secret()).chars().take(RECOVERY_CHARS).collect();
            let code = format!("{}-{}", &text[..5], &text[5..]);
            hashes.push(self.recovery_hash(account, &code)?);
            codes.push(code);
        }
        Ok((codes, hashes))
    }

    fn recovery_hash(&self, account: &Account, typed: &str) -> Result<[u8; 32]> {
        let plain: String = typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .take(64)
            .collect();
        Ok(self.key()?.hash("recovery code", &[account.id.0.as_bytes(), plain.as_bytes()]))
    }
}

fn digits_of(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).take(16).collect()
}

fn wrong_proof(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict(Conflict::Stale("recovery code")) => {
            AppError::Invalid(vec![FieldFault::new("code", "field-factor-wrong")])
        }
        StoreError::Conflict(Conflict::Stale("second factor")) => {
            AppError::field("code", "field-factor-used")
        }
        other => other.into(),
    }
}
