//! Accounts, passwords and sessions.

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result, password};
use akimat_core::{KatoCode, Lang, Role};
use akimat_storage::{Account, Change, Conflict, Credentials, StoreError, TokenHash};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use serde_json::json;
use sha2::{Digest, Sha256};

pub use crate::password::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN};

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

impl NewAccount {
    /// A resident who holds an address: no password yet, and a login that nobody types.
    pub(crate) fn of_contact(display_name: &str, id: uuid::Uuid) -> Self {
        Self {
            login: format!("{CONTACT_LOGIN}{}", id.simple()),
            display_name: display_name.to_owned(),
            password: String::new(),
            role: Role::Resident,
            place: None,
            office: String::new(),
        }
    }

    pub(crate) fn name_faults(&self) -> Vec<FieldFault> {
        let name = self.display_name.trim();
        if name.is_empty() {
            vec![FieldFault::new("display_name", "field-required")]
        } else if name.chars().count() > 100 {
            vec![FieldFault::new("display_name", "field-too-long").with("max", 100)]
        } else {
            Vec::new()
        }
    }
}

/// Logins of accounts that were opened with an address begin with this; their people sign in with the address.
pub const CONTACT_LOGIN: &str = "contact-";

/// The browser that signs in.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// Such as `Firefox, Linux`; empty when it does not tell.
    pub words: String,
    /// What it keeps to be known again; empty when it has nothing yet.
    pub device: String,
    /// Its session so far, which ends: whoever signs in gets a new one.
    pub token: String,
    /// Language of the page.
    pub lang: Lang,
}

/// A browser that has just signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Secret for the cookie, 64 hexadecimal digits.
    pub token: String,
    /// What the browser keeps to be known again, 64 hexadecimal digits.
    pub device: String,
    /// Whose it is.
    pub account: Account,
}

/// How far a sign-in came.
#[derive(Clone, Debug)]
pub enum Entered {
    /// To its end.
    In(Box<SignedIn>),
    /// The second factor is awaited, on the page of this identifier.
    SecondFactor(uuid::Uuid),
    /// The address has no account yet: a name opens one.
    NameNeeded,
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

pub(crate) fn hex(bytes: &[u8]) -> String {
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

fn faults(new: &NewAccount, by_operator: bool) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let login = fold_login(&new.login);
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
    let begins = login.starts_with(|c: char| c.is_ascii_alphabetic());
    if login.is_empty() {
        faults.push(FieldFault::new("login", "field-required"));
    } else if !(3..=64).contains(&login.chars().count()) || !login.chars().all(fine) || !begins {
        faults.push(FieldFault::new("login", "field-login-form"));
    }
    faults.extend(new.name_faults());
    // An officer works somewhere; only residents and administrators may be of the whole platform.
    if new.place.is_none() && !matches!(new.role, Role::Resident | Role::Administrator) {
        faults.push(FieldFault::new("place", "field-required"));
    }
    faults.extend(if by_operator {
        password::length_fault(&new.password, password::OPERATOR_CHARS_MIN)
    } else {
        password::fault(&new.password, &[&login, &new.display_name])
    });
    faults
}

impl App {
    /// A resident opens an account and is signed in.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields, a taken login among them.
    pub async fn register(&self, new: NewAccount, browser: &Browser) -> Result<SignedIn> {
        let new = NewAccount { role: Role::Resident, place: None, office: String::new(), ..new };
        let account = self.add_account(None, new, false).await?;
        self.begin_session(account, crate::session::Start::of(browser, akimat_storage::SignInWay::Password))
            .await
    }

    /// An administrator opens an account with any role.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields; [`AppError::Forbidden`].
    pub async fn open_account(&self, actor: Option<&Account>, new: NewAccount) -> Result<Account> {
        permission::check(actor, Permission::Administer, new.place)?;
        self.add_account(actor, new, false).await
    }

    /// The command line and the demonstration open an account on behalf of the operator.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields.
    pub async fn open_account_as_operator(&self, new: NewAccount) -> Result<Account> {
        self.add_account(None, new, true).await
    }

    async fn add_account(
        &self,
        actor: Option<&Account>,
        new: NewAccount,
        by_operator: bool,
    ) -> Result<Account> {
        let faults = faults(&new, by_operator);
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
            grants: Vec::new(),
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

    /// Signs in with a password and the login, or an address of the account. The answer to a wrong login takes as long as
    /// the answer to a wrong password and says the same.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with `field-wrong-login` when they do not fit together.
    pub async fn sign_in(&self, login: &str, password: &str, browser: &Browser) -> Result<Entered> {
        let wrong = || AppError::field("login", "field-wrong-login");
        if password.chars().count() > PASSWORD_CHARS_MAX || login.chars().count() > 254 {
            return Err(wrong());
        }
        let found = self.find_by_name(login).await?;
        let (account, hash) = match found {
            Some(Credentials { account, password_hash })
                if !account.disabled && !password_hash.is_empty() =>
            {
                (Some(account), password_hash)
            }
            _ => (None, DUMMY_HASH.to_owned()),
        };
        let fits = self.verify_password(password.to_owned(), hash).await?;
        match account {
            Some(account) if fits => {
                self.pass(account, akimat_storage::SignInWay::Password, browser, Vec::new()).await
            }
            _ => Err(wrong()),
        }
    }

    /// By a confirmed address before the login: whoever took somebody's address for a login keeps nobody out.
    async fn find_by_name(&self, name: &str) -> Result<Option<Credentials>> {
        let by_login = self.store().find_credentials(&fold_login(name)).await?;
        let Ok(address) = crate::contact::Address::parse(name) else { return Ok(by_login) };
        let Some(held) = self.read().find_contact(address.kind, &address.key).await? else {
            return Ok(by_login);
        };
        let Some(account) = self.read().find_account(held.account).await? else { return Ok(by_login) };
        Ok(self.store().find_credentials(&account.login).await?)
    }

    /// Secret text of 64 hexadecimal digits.
    pub(crate) fn new_token(&self) -> String {
        hex(&self.secret())
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

    pub(crate) async fn hash_password(&self, password: String) -> Result<String> {
        let secret = self.secret();
        self.hashed(move || {
            let salt = SaltString::encode_b64(&secret[..16]).map_err(|e| e.to_string())?;
            let hash = argon2().hash_password(password.as_bytes(), &salt).map_err(|e| e.to_string())?;
            Ok(hash.to_string())
        })
        .await
    }

    pub(crate) async fn verify_password(&self, password: String, hash: String) -> Result<bool> {
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
    fn a_token_has_its_form() {
        assert_eq!(hash_token("x"), None);
    }
}
