//! Changes of projects.

use crate::db::Db;
use akimat_core::{KatoCode, ProjectId};
use akimat_project::{Project, ProjectUpdate, StatusChange};
use akimat_storage::row::{marks, project as row, words};
use akimat_storage::{Conflict, Result, args};
use jiff::Timestamp;
use std::sync::LazyLock;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into projects ({}) values ({})", row::STORED, marks('$', row::STORED)));
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!("update projects set ({}) = ({}) where id = $1", row::STORED, marks('$', row::STORED))
});
/// Types of `row::MONEY_STORED`.
const MONEY_TYPES: &str =
    "uuid, integer, integer, smallint, text, text, bigint, bigint, bigint, bigint, bigint";
/// The register is another one from now on: see [`akimat_storage::memo`]. Said once a batch, last of all,
/// since it is the one row that everybody who changes a project waits for.
pub(crate) const NEXT_GENERATION: &str = "update project_generation set n = n + 1";
static INSERT_STATUS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into project_statuses ({}) select {} where exists (select 1 from projects where id = $1)",
        row::STATUS_STORED,
        marks('$', row::STATUS_STORED)
    )
});
static INSERT_UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into project_updates ({}) select {} where exists (select 1 from projects where id = $2)",
        row::UPDATE_COLUMNS,
        marks('$', row::UPDATE_COLUMNS)
    )
});

/// [`akimat_storage::Change::AddProject`].
pub(crate) async fn add(db: &Db<'_>, project: &Project) -> Result<()> {
    db.execute(&INSERT, &row::args(project)).await?;
    put_words(db, project).await?;
    add_money(db, project).await?;
    put_ties(db, project).await
}

/// [`akimat_storage::Change::UpdateProject`].
pub(crate) async fn update(db: &Db<'_>, project: &Project) -> Result<()> {
    let id = project.id.0;
    let stored: Option<(i64, KatoCode)> = db
        .row("select version, place from projects where id = $1 for update", &args![id], |row| {
            Ok((row.int()?, row.kato()?))
        })
        .await?;
    let Some((version, place)) = stored else { return Err(Conflict::Missing("project").into()) };
    if version + 1 != i64::from(project.version) {
        return Err(Conflict::Stale("project").into());
    }
    db.execute(&UPDATE, &row::args(project)).await?;
    put_words(db, project).await?;
    db.execute("delete from project_money where project_id = $1", &args![id]).await?;
    if place != project.place {
        db.execute("update comments set place = $2 where project_id = $1", &args![id, project.place]).await?;
        db.execute("update ratings set place = $2 where project_id = $1", &args![id, project.place]).await?;
        crate::dossier::set_place(db, project.id, project.place).await?;
        crate::photo::set_place(db, project.id, project.place).await?;
        crate::acceptance::set_place(db, project.id, project.place).await?;
    }
    add_money(db, project).await?;
    put_ties(db, project).await
}

async fn put_words(db: &Db<'_>, project: &Project) -> Result<()> {
    let sql = "insert into project_words (project_id, place, key, grams)
         values ($1, $2, $3, $4::text::bigint[])
         on conflict (project_id) do update
         set place = excluded.place, key = excluded.key, grams = excluded.grams";
    let key = words::search_key(project);
    let grams = words::array(&words::grams(&key));
    db.execute(sql, &args![project.id.0, project.place, key, grams]).await.map(|_| ())
}

/// With whom a project is shared: found by territory, and those with a partner from abroad at territory 0.
async fn put_ties(db: &Db<'_>, project: &Project) -> Result<()> {
    db.execute("delete from project_ties where project_id = $1", &args![project.id.0]).await?;
    let abroad = project.international.then_some(row::ABROAD);
    for place in project.partners.iter().map(|place| i64::from(place.number())).chain(abroad) {
        let sql = "insert into project_ties (place, project_id) values ($1, $2) on conflict do nothing";
        db.execute(sql, &args![place, project.id.0]).await?;
    }
    Ok(())
}

async fn add_money(db: &Db<'_>, project: &Project) -> Result<()> {
    let lines = project.money.iter().enumerate();
    let rows = lines.map(|(position, line)| row::money_args(project, position, line));
    db.insert_many("project_money", (row::MONEY_STORED, MONEY_TYPES), rows).await
}

/// [`akimat_storage::Change::AddStatusChange`].
pub(crate) async fn add_status_change(db: &Db<'_>, project: ProjectId, change: &StatusChange) -> Result<()> {
    needs_project(db.execute(&INSERT_STATUS, &row::status_change_args(project, change)).await?)?;
    note_news(db, project, change.at).await
}

/// [`akimat_storage::Change::AddProjectUpdate`].
pub(crate) async fn add_update(db: &Db<'_>, update: &ProjectUpdate) -> Result<()> {
    needs_project(db.execute(&INSERT_UPDATE, &row::update_args(update)).await?)?;
    note_news(db, update.project, update.at).await
}

/// Since when there was nothing new about a project is found by its column, not by reading its history.
async fn note_news(db: &Db<'_>, project: ProjectId, at: Timestamp) -> Result<()> {
    let sql = "update projects set news_at = $2 where id = $1 and news_at < $2";
    db.execute(sql, &args![project.0, at]).await.map(|_| ())
}

fn needs_project(n_rows: u64) -> Result<()> {
    if n_rows == 0 { Err(Conflict::Missing("project").into()) } else { Ok(()) }
}
