//! From PostgreSQL's errors to the platform's.

use akimat_storage::{Conflict, StoreError};
use deadpool_postgres::PoolError;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

/// Said of a transaction that PostgreSQL ended in favour of another.
const AGAIN: &str = "transactions stood in each other's way";

/// The same batch may well succeed when it is tried again.
pub(crate) fn worth_retrying(error: &StoreError) -> bool {
    matches!(error, StoreError::Unavailable(why) if why == AGAIN)
}

/// Says what an error of the database means.
pub(crate) fn store_error(error: &Error) -> StoreError {
    let Some(said) = error.as_db_error() else {
        let broken = error.is_closed()
            || std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<std::io::Error>);
        let text = full_text(error);
        return if broken { StoreError::Unavailable(text) } else { StoreError::Unexpected(text) };
    };
    match said.code() {
        &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => {
            StoreError::Unavailable(AGAIN.to_owned())
        }
        &SqlState::UNIQUE_VIOLATION => {
            conflict(said).map_or_else(|| StoreError::Unexpected(said.to_string()), StoreError::Conflict)
        }
        // Connection trouble, lack of resources, an operator who stops the server.
        code if ["08", "53", "57", "58"].iter().any(|class| code.code().starts_with(class)) => {
            StoreError::Unavailable(said.to_string())
        }
        _ => StoreError::Unexpected(said.to_string()),
    }
}

/// Says what an error of the pool means.
pub(crate) fn pool_error(error: &PoolError) -> StoreError {
    match error {
        PoolError::Backend(error) => StoreError::Unavailable(full_text(error)),
        other => StoreError::Unavailable(other.to_string()),
    }
}

/// tokio-postgres prints only the outermost layer.
fn full_text(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// The conflict behind a violated constraint, by its name.
fn conflict(said: &DbError) -> Option<Conflict> {
    if said.constraint() == Some("accounts_login") {
        return Some(Conflict::Exists("login"));
    }
    Some(Conflict::Exists(match said.table()? {
        "accounts" => "account",
        "sessions" => "session",
        "contacts" => "contact",
        "one_time_codes" => "code",
        "passkeys" => "passkey",
        "factor_resets" => "factor reset",
        "budgets" => "budget",
        "budget_lines" => "budget line",
        "projects" => "project",
        "project_updates" => "project update",
        "comments" => "comment",
        "comment_reports" => "report",
        "comment_contests" => "contest",
        "decisions" => "decision",
        "imports" => "import",
        "sections" => "section",
        "saved" => "saved analysis",
        "questions" => "question",
        "published_forecasts" => "published forecast",
        "criteria_sets" => "criteria set",
        "scores" => "score",
        "judgements" => "judgement",
        "adjustments" => "adjustment",
        "jobs" => "job",
        "subscribers" => "subscriber",
        "subscriptions" => "subscription",
        "letters" => "letter",
        "appraisals" => "appraisal",
        "programmes" => "programme",
        "programme_drafts" => "programme_draft",
        "photos" => "photo",
        "acceptances" => "acceptance",
        "acceptance_answers" => "answer",
        "verifications" => "identity",
        "role_grants" => "role_grant",
        "audit" => "audit record",
        "places" => "place",
        _ => return None,
    }))
}
