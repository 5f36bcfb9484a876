//! Accounts, passwords and sessions.

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, Role};
use akimat_storage::{Account, Change, Conflict, Credentials, Session, StoreError, TokenHash};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::SignedDuration;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Shortest password in characters: long enough for a passphrase, no rules about kinds of characters
/// (ASVS 5.0, V6.2).
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Longest password in characters.
pub const PASSWORD_CHARS_MAX: usize = 200;
/// A session ends by itself after this time.
pub const SESSION_HOURS: i64 = 24 * 14;

/// What a new account is made of.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Name to sign in with: 3 to 64 letters, digits, `.`, `-`, `_`, `@`.
    pub login: String,
    /// Name shown.
    pub display_name: String,
    /// Password in clear, hashed at once.
    pub password: String,
    /// Role.
    pub role: Role,
    /// Territory of the role.
    pub place: Option<KatoCode>,
    /// Office in whose name an official speaks.
    pub office: String,
}

/// A browser that has just signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Secret for the cookie, 64 hexadecimal digits.
    pub token: String,
    /// Whose it is.
    pub account: Account,
}

/// Folds a login so that `Aliya` and `aliya` are one.
pub fn fold_login(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Hash of a token, as the database keeps it; `None` when the text cannot be a token.
pub fn hash_token(token: &str) -> Option<TokenHash> {
    let plausible = token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit());
    plausible.then(|| Sha256::digest(token.as_bytes()).into())
}

/// Proof that a form came from a page of this session: derived from the token, so that nothing need be
/// stored, and useless for signing in.
pub fn csrf_token(token: &str) -> String {
    hex(&Sha256::digest(format!("akimat form {token}")))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn argon2() -> Argon2<'static> {
    // OWASP's minimum for Argon2id: 19 MiB, two passes, one lane.
    let params = Params::new(19 * 1024, 2, 1, None).expect("the parameters are within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn faults(new: &NewAccount) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let login = fold_login(&new.login);
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
    let begins = login.starts_with(|c: char| c.is_ascii_alphabetic());
    if login.is_empty() {
        faults.push(FieldFault::new("login", "field-required"));
    } else if !(3..=64).contains(&login.chars().count()) || !login.chars().all(fine) || !begins {
        faults.push(FieldFault::new("login", "field-login-form"));
    }
    let name = new.display_name.trim();
    if name.is_empty() {
        faults.push(FieldFault::new("display_name", "field-required"));
    } else if name.chars().count() > 100 {
        faults.push(FieldFault::new("display_name", "field-too-long").with("max", 100));
    }
    // An officer works somewhere; only residents and administrators may be of the whole platform.
    if new.place.is_none() && !matches!(new.role, Role::Resident | Role::Administrator) {
        faults.push(FieldFault::new("place", "field-required"));
    }
    faults.extend(password_fault(&new.password, &login));
    faults
}

/// Passwords that are tried first by everybody who guesses; compared after folding.
const COMMON_PASSWORDS: [&str; 12] = [
    "1234567890",
    "0123456789",
    "12345678910",
    "qwertyuiop",
    "password123",
    "password1234",
    "qwerty12345",
    "1q2w3e4r5t",
    "йцукенгшщз",
    "kazakhstan",
    "казахстан1",
    "1111111111",
];

fn password_fault(password: &str, login: &str) -> Option<FieldFault> {
    let chars = password.chars().count();
    let folded = password.to_lowercase();
    if chars < PASSWORD_CHARS_MIN {
        Some(FieldFault::new("password", "field-password-short").with("min", PASSWORD_CHARS_MIN))
    } else if chars > PASSWORD_CHARS_MAX {
        Some(FieldFault::new("password", "field-too-long").with("max", PASSWORD_CHARS_MAX))
    } else if COMMON_PASSWORDS.contains(&folded.as_str()) || folded == login {
        Some(FieldFault::new("password", "field-password-common"))
    } else {
        None
    }
}

impl App {
    /// A resident opens an account and is signed in.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields, a taken login among them.
    pub async fn register(&self, new: NewAccount) -> Result<SignedIn> {
        let new = NewAccount { role: Role::Resident, place: None, office: String::new(), ..new };
        let account = self.add_account(None, new).await?;
        self.begin_session(account).await
    }

    /// An administrator opens an account with any role.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields; [`AppError::Forbidden`].
    pub async fn open_account(&self, actor: Option<&Account>, new: NewAccount) -> Result<Account> {
        permission::check(actor, Permission::Administer, new.place)?;
        self.add_account(actor, new).await
    }

    /// The command line and the demonstration open an account on behalf of the operator.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields.
    pub async fn open_account_as_operator(&self, new: NewAccount) -> Result<Account> {
        self.add_account(None, new).await
    }

    async fn add_account(&self, actor: Option<&Account>, new: NewAccount) -> Result<Account> {
        let faults = faults(&new);
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults));
        }
        let account = Account {
            id: self.new_account_id(),
            login: fold_login(&new.login),
            display_name: new.display_name.trim().to_owned(),
            role: new.role,
            place: new.place,
            office: new.office.trim().to_owned(),
            disabled: false,
            created_at: self.now(),
        };
        let hash = self.hash_password(new.password).await?;
        let audit = self.audit(
            actor,
            "open_account",
            account.id,
            account.place,
            &json!({ "role": account.role.code() }),
        );
        match self.store().apply(vec![Change::AddAccount(account.clone(), hash), audit]).await {
            Err(StoreError::Conflict(Conflict::Exists(_))) => {
                Err(AppError::field("login", "field-login-taken"))
            }
            other => other.map(|()| account).map_err(AppError::from),
        }
    }

    /// Signs in with login and password. The answer to a wrong login takes as long as the answer to a
    /// wrong password and says the same.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with `field-wrong-login` when they do not fit together.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<SignedIn> {
        let wrong = || AppError::field("login", "field-wrong-login");
        if password.chars().count() > PASSWORD_CHARS_MAX || login.chars().count() > 64 {
            return Err(wrong());
        }
        let found = self.store().find_credentials(&fold_login(login)).await?;
        let (account, hash) = match found {
            Some(Credentials { account, password_hash }) if !account.disabled => {
                (Some(account), password_hash)
            }
            _ => (None, DUMMY_HASH.to_owned()),
        };
        let fits = self.verify_password(password.to_owned(), hash).await?;
        match account {
            Some(account) if fits => self.begin_session(account).await,
            _ => Err(wrong()),
        }
    }

    async fn begin_session(&self, account: Account) -> Result<SignedIn> {
        let token = hex(&self.secret());
        let now = self.now();
        let session = Session {
            token_hash: hash_token(&token).expect("a fresh token is 64 hexadecimal digits"),
            account: account.id,
            created_at: now,
            expires_at: now + SignedDuration::from_hours(SESSION_HOURS),
        };
        self.store().apply(vec![Change::RemoveSessionsBefore(now), Change::AddSession(session)]).await?;
        Ok(SignedIn { token, account })
    }

    /// Ends a session; an unknown token is no error.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        if let Some(hash) = hash_token(token) {
            self.store().apply(vec![Change::RemoveSession(hash)]).await?;
        }
        Ok(())
    }

    /// Whose session this is; `None` for unknown, ended and disabled ones.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_of(&self, token: &str) -> Result<Option<Account>> {
        match hash_token(token) {
            Some(hash) => Ok(self.store().find_session_account(&hash, self.now()).await?),
            None => Ok(None),
        }
    }

    async fn hash_password(&self, password: String) -> Result<String> {
        let secret = self.secret();
        self.hashed(move || {
            let salt = SaltString::encode_b64(&secret[..16]).map_err(|e| e.to_string())?;
            let hash = argon2().hash_password(password.as_bytes(), &salt).map_err(|e| e.to_string())?;
            Ok(hash.to_string())
        })
        .await
    }

    async fn verify_password(&self, password: String, hash: String) -> Result<bool> {
        self.hashed(move || {
            let hash = PasswordHash::new(&hash).map_err(|e| e.to_string())?;
            Ok(argon2().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    /// Runs slow hashing beside the server's own threads, a few at a time.
    async fn hashed<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> std::result::Result<T, String> + Send + 'static,
    ) -> Result<T> {
        let internal = |reason: String| AppError::Internal(reason);
        let _permit = self.hashing().acquire_owned().await.map_err(|e| internal(e.to_string()))?;
        tokio::task::spawn_blocking(work).await.map_err(|e| internal(e.to_string()))?.map_err(internal)
    }
}

/// The hash of a password that nobody has, with the same parameters as real ones.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dummy_hash_is_well_formed_and_fits_nothing() {
        let hash = PasswordHash::new(DUMMY_HASH).unwrap();
        assert!(argon2().verify_password(b"", &hash).is_err());
    }

    #[test]
    fn weak_passwords_are_named() {
        let key = |password, login| password_fault(password, login).map(|fault| fault.key);
        assert_eq!(key("short", "a"), Some("field-password-short"));
        assert_eq!(key("Qwertyuiop", "a"), Some("field-password-common"));
        assert_eq!(key("aliya.n@example", "aliya.n@example"), Some("field-password-common"));
        assert_eq!(key("алма бағында таң", "a"), None);
        assert_eq!(hash_token("x"), None);
    }
}
