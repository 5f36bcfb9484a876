//! Addresses that an account was shown to hold, and the codes that show it.

use crate::Result;
use akimat_core::{AccountId, Lang};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// How an address is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContactKind {
    /// By mail.
    Email,
    /// By short message.
    Phone,
}

impl ContactKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Email, Self::Phone];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A confirmed address of an account: the account's person read a code that went there. An address is of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Identifier.
    pub id: Uuid,
    /// Whose.
    pub account: AccountId,
    /// How it is written to.
    pub kind: ContactKind,
    /// As it is written to.
    pub address: String,
    /// Folded: what makes two addresses one.
    pub address_key: String,
    /// What is written there: the language of the page that confirmed it.
    pub lang: Lang,
    /// When the code was read.
    pub confirmed_at: Timestamp,
}

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodePurpose {
    /// Signing in, or opening an account with the address.
    SignIn,
    /// One more address for an account.
    AddContact,
    /// A new password in place of a forgotten one.
    Reset,
    /// No code was sent: a sign-in waits for the second factor.
    SecondFactor,
    /// No code was sent: a passkey answered this challenge, which works no more.
    Passkey,
    /// One act without an account.
    Once,
    /// No code was sent: a clerk saw who somebody is for one act without an account; another clerk confirms it.
    OnceWaiting,
    /// The same, with the code on a slip.
    OnceDesk,
}

impl CodePurpose {
    /// Every purpose.
    pub const ALL: [Self; 8] = [
        Self::SignIn,
        Self::AddContact,
        Self::Reset,
        Self::SecondFactor,
        Self::Passkey,
        Self::Once,
        Self::OnceWaiting,
        Self::OnceDesk,
    ];

    /// The name in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::AddContact => "add_contact",
            Self::Reset => "reset",
            Self::SecondFactor => "second_factor",
            Self::Passkey => "passkey",
            Self::Once => "once",
            Self::OnceWaiting => "once_waiting",
            Self::OnceDesk => "once_desk",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// A code on its way; the code itself is only in the message.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode {
    /// Identifier, in the address of the page that asks for the code.
    pub id: Uuid,
    /// What it is for.
    pub purpose: CodePurpose,
    /// How the address is written to.
    pub kind: ContactKind,
    /// Where it went; for a second factor, how the first was given; from the desk, what the clerk saw, sealed.
    pub address: String,
    /// Folded.
    pub address_key: String,
    /// Language of the page that asked.
    pub lang: Lang,
    /// Whose, when that is known.
    pub account: Option<AccountId>,
    /// HMAC of the code, with a key outside the database.
    pub code_hash: [u8; 32],
    /// How often it was tried.
    pub attempts: u32,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

impl std::fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut code = f.debug_struct("OneTimeCode");
        code.field("id", &self.id).field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

/// What changes addresses and codes.
#[derive(Clone, Debug)]
pub enum ContactChange {
    /// Adds a confirmed address; one that an account holds already is a conflict.
    Add(Contact),
    /// Removes an address of an account; one that is not the account's is missing.
    Remove(Uuid, AccountId),
    /// Keeps a code that was sent.
    AddCode(Box<OneTimeCode>),
    /// Counts an attempt. [`crate::Conflict::Stale`] when the code was used, is over, or was tried `attempts_max` times.
    TryCode {
        /// The code.
        id: Uuid,
        /// Attempts that are allowed.
        attempts_max: u32,
        /// Now.
        at: Timestamp,
    },
    /// Uses a code up, once. [`crate::Conflict::Stale`] when it was used or is over.
    UseCode {
        /// The code.
        id: Uuid,
        /// Now.
        at: Timestamp,
    },
    /// Forgets codes that ended before this instant.
    RemoveCodesBefore(Timestamp),
    /// Forgets a code at once. [`crate::Conflict::Missing`] when somebody was faster.
    ForgetCode(Uuid),
}

/// Reads addresses and codes.
#[async_trait]
pub trait ContactRead: Send + Sync {
    /// The confirmed addresses of an account, the oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_contacts(&self, account: AccountId) -> Result<Vec<Contact>>;

    /// Who holds an address, by its folded form.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_contact(&self, kind: ContactKind, address_key: &str) -> Result<Option<Contact>>;

    /// A code.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_code(&self, id: Uuid) -> Result<Option<OneTimeCode>>;

    /// Codes for a purpose that were not used, the oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_codes(&self, purpose: CodePurpose) -> Result<Vec<OneTimeCode>>;

    /// How many codes went to an address since an instant.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_codes(&self, kind: ContactKind, address_key: &str, since: Timestamp) -> Result<u64>;
}
