//! Brings a database to the newest schema.

use crate::error::store_error;
use akimat_storage::{Result, StoreError};
use rusqlite::{Connection, TransactionBehavior, params};

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../migrations/sqlite/", $name)))),*]
    };
}

/// Every migration in order: its name and its SQL.
pub const MIGRATIONS: &[(&str, &str)] = migrations![
    "0001_place.sql",
    "0002_budget.sql",
    "0003_project.sql",
    "0004_participation.sql",
    "0005_account.sql",
    "0006_decision.sql",
    "0007_audit.sql",
    "0008_fact.sql",
    "0009_observation.sql",
    "0010_finding_note.sql",
    "0011_publication.sql",
    "0012_saved.sql",
    "0015_question.sql",
    "0016_published_forecast.sql",
    "0017_outcome_prediction.sql",
    "0018_job.sql",
    "0019_criteria_set.sql",
    "0020_appraisal.sql",
    "0021_programme.sql",
    "0022_dossier.sql",
    "0023_photo.sql",
    "0024_subscription.sql",
    "0025_project_life.sql",
    "0026_import.sql",
    "0030_merged_project.sql",
    "0031_access_token.sql",
    "0032_log_entry.sql",
    "0033_contact.sql",
    "0034_person.sql",
    "0035_conversation.sql",
    "0036_register_scale.sql",
    "0037_notice.sql",
    "0040_process.sql",
    "0045_ballot.sql",
    "0050_factor_reset.sql",
    "0055_log_refusal.sql",
    "0056_correction.sql",
    "0057_comment_trace.sql",
    "0058_programme_draft.sql",
    "0059_comment_file.sql",
    "0061_notice_browser.sql",
    "0064_proposal_photo.sql",
    "0065_exercise.sql",
    "0066_discount.sql",
    "0067_forecast_basis.sql",
];

/// Applies what is missing, each migration in a transaction of its own. Several processes may do this
/// at once: the write lock lets one pass, the others find the work done.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let fail = |error: rusqlite::Error| store_error(&error);
    connection
        .execute_batch(
            "create table if not exists schema_migrations (
                 name       text    not null primary key,
                 applied_at integer not null -- microseconds since 1970
             )",
        )
        .map_err(fail)?;
    for (name, sql) in MIGRATIONS {
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let known: bool = transaction
            .query_row("select exists (select 1 from schema_migrations where name = ?1)", [name], |row| {
                row.get(0)
            })
            .map_err(fail)?;
        if !known {
            transaction.execute_batch(sql).map_err(fail)?;
            let now = jiff::Timestamp::now().as_microsecond();
            transaction
                .execute(
                    "insert into schema_migrations (name, applied_at) values (?1, ?2)",
                    params![name, now],
                )
                .map_err(fail)?;
            tracing::info!(migration = name, "schema brought forward");
        }
        transaction.commit().map_err(fail)?;
    }
    refuse_newer(connection)
}

/// A schema that this program does not know must not be written to.
fn refuse_newer(connection: &Connection) -> Result<()> {
    let newest: String = connection
        .query_row("select max(name) from schema_migrations", [], |row| row.get(0))
        .map_err(|error| store_error(&error))?;
    let known = MIGRATIONS.last().map_or("", |(name, _)| *name);
    if newest.as_str() > known {
        return Err(StoreError::Unexpected(format!(
            "the database was brought to {newest} by a newer program; this one knows {known}"
        )));
    }
    Ok(())
}
