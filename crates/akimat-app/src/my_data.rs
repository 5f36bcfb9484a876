//! What a person may know and ask about the own data: who looked, everything that is kept, erasure; and the
//! nightly removal of what is older than its term.

use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_identity::Kept;
use akimat_storage::erasure::{Erasure, Forgetting};
use akimat_storage::{Account, Change};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// How often a server looks for what is older than its term.
const LOOK: Duration = Duration::from_hours(6);

impl App {
    /// Everything that is kept about the person who asks, table by table, without what proves something (hashes
    /// of passwords and codes).
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`].
    pub async fn export_my_data(&self, actor: Option<&Account>) -> Result<Value> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let mut tables = Map::new();
        for rows in self.read().export_person(account.id).await? {
            tables.insert(format!("{}.{}", rows.table, rows.column), Value::Array(rows.rows));
        }
        Ok(json!({
            "format": 1,
            "exported_at": self.now().to_string(),
            "account": account.id.to_string(),
            "login": account.login,
            "tables": tables,
        }))
    }

    /// Erases the person who asks, for good. The login, typed once more, is the confirmation. Officers' accounts
    /// are closed by administrators: what they did in an office is not theirs alone.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the login is another; [`AppError::Forbidden`] for officers.
    pub async fn erase_me(&self, actor: Option<&Account>, login: &str) -> Result<()> {
        permission::check(actor, Permission::EraseSelf, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        if crate::account::fold_login(login) != account.login {
            return Err(AppError::field("login", "my-data-login-differs"));
        }
        let erasure = Erasure { account: account.id, nobody: self.new_secret_uuid(), at: self.now() };
        // Who it was stands nowhere any more, nor does the record of it say so.
        let audit = self.audit(None, "erase_person", "-", None, &json!({}));
        Ok(self.store().apply(vec![Change::ErasePerson(erasure), audit]).await?)
    }

    /// Removes records about persons that are older than their terms.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_what_is_old(&self) -> Result<()> {
        let today = self.today();
        let before = |kind| {
            let day = self.persons().terms.removed_before(kind, today);
            day.and_then(|day| self.begin_of(day))
        };
        let forgetting = Forgetting {
            access_records: before(Kept::AccessRecord),
            erased_identities: before(Kept::ErasedIdentity),
            open_verifications: before(Kept::OpenVerification),
            ended_verifications: before(Kept::EndedVerification),
            corrections: before(Kept::Correction),
            comment_files: before(Kept::HiddenFile),
            comment_traces: before(Kept::CommentTrace),
            audit: before(Kept::Audit),
        };
        Ok(self.store().apply(vec![Change::Forget(forgetting)]).await?)
    }

    fn begin_of(&self, day: Date) -> Option<Timestamp> {
        Some(day.to_zoned(self.zone().clone()).ok()?.timestamp())
    }

    /// Removes what is old until `stop` says yes: the server runs this beside the pages.
    pub async fn run_forgetting(self, mut stop: tokio::sync::watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.forget_what_is_old().await {
                tracing::warn!(%error, "records past their terms were not removed");
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }
}
