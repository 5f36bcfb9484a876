//! Appraisals of projects and their versions.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::{KatoCode, ProjectId};
use akimat_storage::appraisal::{Appraisal, AppraisalRead, Signature};
use akimat_storage::row::finding_note::span;
use akimat_storage::row::{appraisal as row, marks};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into appraisals ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from appraisals where id = ?1", row::COLUMNS));
static HISTORY: LazyLock<String> =
    LazyLock::new(|| format!("select {} from appraisals where project = ?1 order by version", row::COLUMNS));
static LATEST: LazyLock<String> = LazyLock::new(|| latest("true"));
static LATEST_SIGNED: LazyLock<String> = LazyLock::new(|| latest("signed_at is not null"));
const SIGN: &str = "update appraisals set signed_by = ?2, signed_at = ?3 where id = ?1 and signed_at is null";

fn latest(which: &str) -> String {
    format!(
        "select {} from (
             select *, row_number() over (partition by project order by version desc) as age
             from appraisals where {which} and place between ?1 and ?2
         ) as versions where age = 1 order by project",
        row::COLUMNS
    )
}

#[async_trait]
impl AppraisalRead for SqliteStore {
    async fn find_appraisal(&self, id: Uuid) -> Result<Option<Appraisal>> {
        self.read(move |db| db.row(&FIND, &args![id], row::read)).await
    }

    async fn list_appraisals(&self, project: ProjectId) -> Result<Vec<Appraisal>> {
        self.read(move |db| db.rows(&HISTORY, &args![project.0], row::read)).await
    }

    async fn list_latest_appraisals(&self, place: Option<KatoCode>, signed: bool) -> Result<Vec<Appraisal>> {
        let (first, last) = span(place);
        let sql: &str = if signed { &LATEST_SIGNED } else { &LATEST };
        self.read(move |db| db.rows(sql, &args![first, last], row::read)).await
    }
}

/// [`akimat_storage::Change::AddAppraisal`].
pub(crate) fn add(db: &Db, appraisal: &Appraisal) -> Result<()> {
    db.execute(&INSERT, &row::args(appraisal)).map(|_| ())
}

/// [`akimat_storage::Change::SignAppraisal`].
pub(crate) fn sign(db: &Db, id: Uuid, signature: &Signature) -> Result<()> {
    if db.row(&FIND, &args![id], row::read)?.is_none() {
        return Err(Conflict::Missing("appraisal").into());
    }
    let n = db.execute(SIGN, &args![id, signature.by.as_str(), signature.at])?;
    if n == 0 { Err(Conflict::Stale("appraisal").into()) } else { Ok(()) }
}
