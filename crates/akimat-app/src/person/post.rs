//! A code by post: who can read the letter lives where it was sent.

use super::verify::refuse_self;
use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::{AccountId, KatoCode};
use akimat_storage::{Account, Verification, VerificationState, Way};
use jiff::SignedDuration;

/// Letters and digits of a code that are not mistaken for one another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Characters of a code: 32 to the power of 10 possibilities, five attempts.
const CODE_CHARS: usize = 10;
/// Wrong codes until the letter is void.
pub const ATTEMPTS_MAX: u8 = 5;
/// Days until the letter is void.
pub const CODE_DAYS: i64 = 30;

/// A letter to be printed.
#[derive(Clone, Debug)]
pub struct CodeLetter {
    /// The verification that it belongs to.
    pub verification: Verification,
    /// The code, told once: in groups of five.
    pub code: String,
}

fn fold(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

impl App {
    /// A clerk makes a letter with a code for a person who lives here. An earlier letter is void then.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the clerk's territory and for the clerk's own account.
    pub async fn send_code_by_post(
        &self,
        actor: Option<&Account>,
        person: AccountId,
        place: Option<KatoCode>,
    ) -> Result<CodeLetter> {
        permission::check(actor, Permission::VerifyPersons, place)?;
        refuse_self(actor, person)?;
        let place = place.ok_or_else(|| AppError::field("post_place", "field-required"))?;
        for one in self.read().list_verifications(person).await? {
            if one.state == VerificationState::CodeSent {
                self.void(actor, one).await?;
            }
        }
        let code: String = self
            .secret()
            .iter()
            .take(CODE_CHARS)
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
            .collect();
        let mut new = self.new_verification(actor, person, Way::Post, Some(place));
        new.state = VerificationState::CodeSent;
        new.code_hash = Some(self.post_hash(&code, person)?);
        new.until = Some(self.now() + SignedDuration::from_hours(24 * CODE_DAYS));
        self.keep_verification(actor, &new, "send_code_by_post").await?;
        Ok(CodeLetter { verification: new, code: format!("{}-{}", &code[..5], &code[5..]) })
    }

    fn post_hash(&self, code: &str, person: AccountId) -> Result<[u8; 32]> {
        Ok(self.key()?.hash("code by post", &[code.as_bytes(), person.0.as_bytes()]))
    }

    async fn void(&self, actor: Option<&Account>, one: Verification) -> Result<()> {
        let voided = Verification {
            state: VerificationState::Ended,
            code_hash: None,
            ended_at: Some(self.now()),
            version: one.version + 1,
            ..one
        };
        self.change_verification(actor, voided, ("void_code", "")).await
    }

    /// A person enters the code of the letter and is a checked resident from then on.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when there is no letter, it is void, or the code is another; after five wrong ones
    /// the letter is void.
    pub async fn enter_post_code(&self, actor: Option<&Account>, code: &str) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let code = fold(code);
        if code.is_empty() {
            return Err(AppError::field("code", "field-required"));
        }
        let all = self.read().list_verifications(account.id).await?;
        let now = self.now();
        let sent = all.into_iter().find(|one| one.state == VerificationState::CodeSent);
        let Some(sent) = sent.filter(|one| one.until.is_none_or(|until| now < until)) else {
            return Err(AppError::field("code", "person-code-none"));
        };
        let hash = self.post_hash(&code, account.id)?;
        if sent.code_hash.is_some_and(|known| crate::secret::same(&known, &hash)) {
            let valid = Verification {
                state: VerificationState::Valid,
                code_hash: None,
                until: None,
                version: sent.version + 1,
                ..sent
            };
            return self.change_verification(actor, valid, ("enter_post_code", "")).await;
        }
        let attempts = sent.attempts + 1;
        if attempts >= ATTEMPTS_MAX {
            self.void(actor, Verification { attempts, ..sent }).await?;
            return Err(AppError::field("code", "person-code-void"));
        }
        let wrong = Verification { attempts, version: sent.version + 1, ..sent };
        self.change_verification(actor, wrong, ("wrong_post_code", "")).await?;
        let left = ATTEMPTS_MAX - attempts;
        Err(AppError::Invalid(vec![crate::FieldFault::new("code", "person-code-wrong").with("left", left)]))
    }
}
