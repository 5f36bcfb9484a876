//! Scores of projects.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::ProjectId;
use akimat_storage::row::{Arg, marks, score as row};
use akimat_storage::score::{Score, ScoreRead};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into scores ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS)));
static HISTORY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from scores where project = ?1
         order by at, criteria_set, criterion, scorer, version",
        row::COLUMNS
    )
});
const LAST: &str = "select coalesce(max(version), 0) from scores
     where criteria_set = ?1 and project = ?2 and criterion = ?3 and scorer = ?4";

#[async_trait]
impl ScoreRead for SqliteStore {
    async fn list_scores(&self, sets: &[Uuid]) -> Result<Vec<Score>> {
        if sets.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = list(sets);
        self.read(move |db| db.rows(&sql, &args, row::read)).await
    }

    async fn list_score_history(&self, project: ProjectId) -> Result<Vec<Score>> {
        self.read(move |db| db.rows(&HISTORY, &args![project.0], row::read)).await
    }
}

fn list(sets: &[Uuid]) -> (String, Vec<Arg<'static>>) {
    let marks: Vec<String> = (1..=sets.len()).map(|at| format!("?{at}")).collect();
    let sql = format!(
        "select {} from (
             select *, row_number() over (
                 partition by criteria_set, project, criterion, scorer order by version desc
             ) as age
             from scores where criteria_set in ({})
         ) as aged where age = 1 order by criteria_set, project, criterion, scorer",
        row::COLUMNS,
        marks.join(", ")
    );
    (sql, sets.iter().map(|set| Arg::from(*set)).collect())
}

/// [`akimat_storage::Change::AddScores`].
pub(crate) fn add(db: &Db, scores: &[Score]) -> Result<()> {
    for score in scores {
        let set = "select version from criteria_sets where id = ?1";
        if db.row(set, &args![score.criteria_set], akimat_storage::row::read_int)?.is_none() {
            return Err(Conflict::Missing("criteria set").into());
        }
        let key = args![score.criteria_set, score.project.0, score.criterion.as_str(), score.scorer.0];
        let last = db.row(LAST, &key, akimat_storage::row::read_int)?.unwrap_or(0);
        if last + 1 != i64::from(score.version) {
            return Err(Conflict::Stale("score").into());
        }
        db.execute(&INSERT, &row::args(score))?;
    }
    Ok(())
}
