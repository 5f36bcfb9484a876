//! Keys by which systems of an office speak for an account.

use crate::account::hash_token;
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_storage::access_token::AccessToken;
use akimat_storage::{Account, Change, Conflict, StoreError};
use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

/// Longest life of a key in days.
pub const TOKEN_DAYS_MAX: i64 = 366;
/// Keys of one account that are neither over nor withdrawn.
pub const TOKENS_MAX: usize = 20;
/// Longest name of a system in characters.
const NAME_CHARS_MAX: usize = 100;

impl App {
    /// Makes a key for a system. The key is told once and kept nowhere.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an empty or long name, a life beyond [`TOKEN_DAYS_MAX`] days, too many keys, or a session
    /// that is not fresh: a key outlives it;
    /// [`AppError::Forbidden`] for who works with no system.
    pub async fn make_access_token(
        &self,
        (actor, session): (Option<&Account>, &str),
        name: &str,
        days: &str,
    ) -> Result<String> {
        permission::check(actor, Permission::HoldKeys, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        self.fresh_session(session).await?;
        let mut wrong = Vec::new();
        let name = name.trim();
        if name.is_empty() {
            wrong.push(FieldFault::new("name", "field-required"));
        } else if name.chars().count() > NAME_CHARS_MAX {
            wrong.push(FieldFault::new("name", "field-too-long").with("max", NAME_CHARS_MAX));
        }
        let days = days.trim().parse::<i64>().ok().filter(|days| (1..=TOKEN_DAYS_MAX).contains(days));
        if days.is_none() {
            wrong.push(FieldFault::new("days", "field-between").with("min", 1).with("max", TOKEN_DAYS_MAX));
        }
        let now = self.now();
        let known = self.read().list_access_tokens(account.id).await?;
        let alive = known.iter().filter(|token| token.revoked_at.is_none() && token.expires_at > now).count();
        if alive >= TOKENS_MAX {
            wrong.push(FieldFault::new("name", "token-too-many").with("max", TOKENS_MAX));
        }
        let (Some(days), true) = (days, wrong.is_empty()) else { return Err(AppError::Invalid(wrong)) };
        let secret = self.new_token();
        let token_hash =
            hash_token(&secret).ok_or_else(|| AppError::Internal("a key of our own".to_owned()))?;
        let token = AccessToken {
            id: self.new_uuid(),
            account: account.id,
            name: name.to_owned(),
            token_hash,
            created_at: now,
            expires_at: now + SignedDuration::from_hours(24 * days),
            revoked_at: None,
        };
        let detail = json!({ "name": token.name, "expires_at": token.expires_at });
        let audit = self.audit(actor, "make_access_token", token.id, account.place, &detail);
        self.store().apply(vec![Change::AddAccessToken(token), audit]).await?;
        Ok(secret)
    }

    /// Withdraws a key of one's own.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such key or it is withdrawn already.
    pub async fn revoke_access_token(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let audit = self.audit(actor, "revoke_access_token", id, account.place, &json!({}));
        let change = Change::RevokeAccessToken(id, account.id, self.now());
        match self.store().apply(vec![change, audit]).await {
            Err(StoreError::Conflict(Conflict::Missing(_))) => Err(AppError::NotFound("access_token")),
            other => Ok(other?),
        }
    }

    /// For whom a key speaks; `None` for unknown ones, those that are over or withdrawn, and disabled accounts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_of_access_token(&self, token: &str) -> Result<Option<Account>> {
        match hash_token(token) {
            Some(hash) => {
                let found = self.store().find_token_account(&hash, self.now()).await?;
                self.with_grants(found).await
            }
            None => Ok(None),
        }
    }
}
