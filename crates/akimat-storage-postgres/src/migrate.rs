//! Brings a database to the newest schema.

use crate::error::store_error;
use akimat_storage::{Result, StoreError};
use deadpool_postgres::Client;

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../migrations/postgres/", $name)))),*]
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

/// One server migrates at a time. The number says "akimat" in ASCII.
const LOCK: &str = "select pg_advisory_xact_lock(107160869888372)";

const CREATE: &str = "create table if not exists schema_migrations (
         name       text collate \"C\" not null primary key,
         applied_at bigint not null -- microseconds since 1970
     )";

/// Builds the schema of a backup within a transaction, without noting its migrations: those come with the rows. The
/// error names the migration that this program does not know, or what the database said.
pub(crate) async fn build(
    transaction: &tokio_postgres::Transaction<'_>,
    names: &[String],
) -> akimat_backup::Result<()> {
    let fail = |error: tokio_postgres::Error| akimat_backup::Fault::Database(store_error(&error).to_string());
    transaction.batch_execute(LOCK).await.map_err(fail)?;
    transaction.batch_execute(CREATE).await.map_err(fail)?;
    for name in names {
        let Some((_, sql)) = MIGRATIONS.iter().find(|(known, _)| known == name) else {
            return Err(akimat_backup::Fault::Newer(name.clone()));
        };
        transaction.batch_execute(sql).await.map_err(fail)?;
    }
    Ok(())
}

/// Applies what is missing, each migration in a transaction of its own. Several servers may start at
/// once: the lock lets one pass, the others find the work done.
pub(crate) async fn migrate(client: &mut Client) -> Result<()> {
    let fail = |error: tokio_postgres::Error| store_error(&error);
    let transaction = client.transaction().await.map_err(fail)?;
    transaction.batch_execute(LOCK).await.map_err(fail)?;
    transaction.batch_execute(CREATE).await.map_err(fail)?;
    transaction.commit().await.map_err(fail)?;
    for (name, sql) in MIGRATIONS {
        let transaction = client.transaction().await.map_err(fail)?;
        transaction.batch_execute(LOCK).await.map_err(fail)?;
        let known = "select 1 from schema_migrations where name = $1";
        if transaction.query_opt(known, &[name]).await.map_err(fail)?.is_none() {
            transaction.batch_execute(sql).await.map_err(fail)?;
            let now = jiff::Timestamp::now().as_microsecond();
            let record = "insert into schema_migrations (name, applied_at) values ($1, $2)";
            transaction.execute(record, &[name, &now]).await.map_err(fail)?;
            tracing::info!(migration = name, "schema brought forward");
        }
        transaction.commit().await.map_err(fail)?;
    }
    refuse_newer(client).await
}

/// A schema that this program does not know must not be written to.
async fn refuse_newer(client: &Client) -> Result<()> {
    let row = client.query_one("select max(name) from schema_migrations", &[]).await;
    let newest: String = row.and_then(|row| row.try_get(0)).map_err(|error| store_error(&error))?;
    let known = MIGRATIONS.last().map_or("", |(name, _)| *name);
    if newest.as_str() > known {
        return Err(StoreError::Unexpected(format!(
            "the database was brought to {newest} by a newer program; this one knows {known}"
        )));
    }
    Ok(())
}
