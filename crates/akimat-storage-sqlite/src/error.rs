//! From SQLite's errors to the platform's.

use akimat_storage::{Conflict, StoreError};
use rusqlite::{Error, ErrorCode};

/// Says what an error of the database means.
pub(crate) fn store_error(error: &Error) -> StoreError {
    let Error::SqliteFailure(failure, message) = error else {
        return StoreError::Unexpected(error.to_string());
    };
    let text = message.as_deref().unwrap_or_default();
    match failure.code {
        ErrorCode::ConstraintViolation => conflict(failure.extended_code, text)
            .map_or_else(|| StoreError::Unexpected(error.to_string()), StoreError::Conflict),
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::CannotOpen
        | ErrorCode::DiskFull
        | ErrorCode::SystemIoFailure
        | ErrorCode::OutOfMemory
        | ErrorCode::ReadOnly
        | ErrorCode::PermissionDenied => StoreError::Unavailable(error.to_string()),
        _ => StoreError::Unexpected(error.to_string()),
    }
}

/// The conflict behind a violated constraint, by the table that SQLite names.
fn conflict(code: i32, message: &str) -> Option<Conflict> {
    const UNIQUE: &[(&str, &str)] = &[
        ("accounts.login", "login"),
        ("accounts.", "account"),
        ("sessions.", "session"),
        ("contacts.", "contact"),
        ("one_time_codes.", "code"),
        ("passkeys.", "passkey"),
        ("factor_resets.", "factor reset"),
        ("budgets", "budget"),
        ("projects.", "project"),
        ("project_updates.", "project update"),
        ("comments.", "comment"),
        ("comment_reports.", "report"),
        ("comment_contests.", "contest"),
        ("decisions.", "decision"),
        ("imports.", "import"),
        ("sections.", "section"),
        ("saved.", "saved analysis"),
        ("questions.", "question"),
        ("published_forecasts.", "published forecast"),
        ("criteria_sets.", "criteria set"),
        ("scores.", "score"),
        ("judgements.", "judgement"),
        ("adjustments.", "adjustment"),
        ("jobs.", "job"),
        ("subscribers.", "subscriber"),
        ("subscriptions.", "subscription"),
        ("letters.", "letter"),
        ("appraisals.", "appraisal"),
        ("programmes.", "programme"),
        ("programme_drafts.", "programme_draft"),
        ("photos.", "photo"),
        ("acceptances.", "acceptance"),
        ("acceptance_answers.", "answer"),
        ("verifications.identity", "identity"),
        ("verifications.", "verification"),
        ("role_grants.", "role_grant"),
        ("audit.", "audit record"),
        ("places.", "place"),
        ("ratings.", "rating"),
        ("budget_lines.", "budget line"),
    ];
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
    if code != SQLITE_CONSTRAINT_PRIMARYKEY && code != SQLITE_CONSTRAINT_UNIQUE {
        return None;
    }
    UNIQUE.iter().find(|(table, _)| message.contains(table)).map(|(_, noun)| Conflict::Exists(noun))
}
