//! Changes of projects.

use crate::db::Db;
use akimat_core::{KatoCode, ProjectId};
use akimat_project::{Project, ProjectUpdate, StatusChange};
use akimat_storage::row::{marks, project as row, words};
use akimat_storage::{Conflict, Result, args};
use jiff::Timestamp;
use std::sync::LazyLock;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into projects ({}) values ({})", row::STORED, marks('?', row::STORED)));
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!("update projects set ({}) = ({}) where id = ?1", row::STORED, marks('?', row::STORED))
});
static INSERT_MONEY: LazyLock<String> = LazyLock::new(|| {
    format!("insert into project_money ({}) values ({})", row::MONEY_STORED, marks('?', row::MONEY_STORED))
});
/// The register is another one from now on: see [`akimat_storage::memo`].
const NEXT_GENERATION: &str = "update project_generation set n = n + 1";
static INSERT_STATUS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into project_statuses ({}) select {} where exists (select 1 from projects where id = ?1)",
        row::STATUS_STORED,
        marks('?', row::STATUS_STORED)
    )
});
static INSERT_UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into project_updates ({}) select {} where exists (select 1 from projects where id = ?2)",
        row::UPDATE_COLUMNS,
        marks('?', row::UPDATE_COLUMNS)
    )
});

/// [`akimat_storage::Change::AddProject`].
pub(crate) fn add(db: &Db, project: &Project) -> Result<()> {
    db.execute(&INSERT, &row::args(project))?;
    put_words(db, project)?;
    db.execute(NEXT_GENERATION, &[])?;
    add_money(db, project)?;
    put_ties(db, project)
}

/// [`akimat_storage::Change::UpdateProject`].
pub(crate) fn update(db: &Db, project: &Project) -> Result<()> {
    let id = project.id.0;
    let stored: Option<(i64, KatoCode)> =
        db.row("select version, place from projects where id = ?1", &args![id], |row| {
            Ok((row.int()?, row.kato()?))
        })?;
    let Some((version, place)) = stored else { return Err(Conflict::Missing("project").into()) };
    if version + 1 != i64::from(project.version) {
        return Err(Conflict::Stale("project").into());
    }
    db.execute(&UPDATE, &row::args(project))?;
    put_words(db, project)?;
    db.execute(NEXT_GENERATION, &[])?;
    db.execute("delete from project_money where project_id = ?1", &args![id])?;
    if place != project.place {
        db.execute("update comments set place = ?2 where project_id = ?1", &args![id, project.place])?;
        db.execute("update ratings set place = ?2 where project_id = ?1", &args![id, project.place])?;
        crate::dossier::set_place(db, project.id, project.place)?;
        crate::photo::set_place(db, project.id, project.place)?;
        crate::acceptance::set_place(db, project.id, project.place)?;
    }
    add_money(db, project)?;
    put_ties(db, project)
}

fn put_words(db: &Db, project: &Project) -> Result<()> {
    let key = words::search_key(project);
    let short = words::grams(&key).into_iter().filter(|gram| *gram < 1 << 42);
    let grams: Vec<String> = short.map(super::words::hexadecimal).collect();
    for (table, column, text) in [("project_words", "key", key), ("project_pairs", "grams", grams.join(" "))]
    {
        let sql = format!(
            "insert or replace into {table} (rowid, {column}) select entry, ?2 from projects where id = ?1"
        );
        db.execute(&sql, &args![project.id.0, text])?;
    }
    Ok(())
}

/// With whom a project is shared: found by territory, and those with a partner from abroad at territory 0.
fn put_ties(db: &Db, project: &Project) -> Result<()> {
    db.execute("delete from project_ties where project_id = ?1", &args![project.id.0])?;
    let abroad = project.international.then_some(row::ABROAD);
    for place in project.partners.iter().map(|place| i64::from(place.number())).chain(abroad) {
        let sql = "insert into project_ties (place, project_id) values (?1, ?2) on conflict do nothing";
        db.execute(sql, &args![place, project.id.0])?;
    }
    Ok(())
}

fn add_money(db: &Db, project: &Project) -> Result<()> {
    for (position, line) in project.money.iter().enumerate() {
        db.execute(&INSERT_MONEY, &row::money_args(project, position, line))?;
    }
    Ok(())
}

/// [`akimat_storage::Change::AddStatusChange`].
pub(crate) fn add_status_change(db: &Db, project: ProjectId, change: &StatusChange) -> Result<()> {
    needs_project(db.execute(&INSERT_STATUS, &row::status_change_args(project, change))?)?;
    note_news(db, project, change.at)
}

/// [`akimat_storage::Change::AddProjectUpdate`].
pub(crate) fn add_update(db: &Db, update: &ProjectUpdate) -> Result<()> {
    needs_project(db.execute(&INSERT_UPDATE, &row::update_args(update))?)?;
    note_news(db, update.project, update.at)
}

/// Since when there was nothing new about a project is found by its column, not by reading its history.
fn note_news(db: &Db, project: ProjectId, at: Timestamp) -> Result<()> {
    let sql = "update projects set news_at = ?2 where id = ?1 and news_at < ?2";
    if db.execute(sql, &args![project.0, at])? > 0 {
        db.execute(NEXT_GENERATION, &[])?;
    }
    Ok(())
}

fn needs_project(n_rows: usize) -> Result<()> {
    if n_rows == 0 { Err(Conflict::Missing("project").into()) } else { Ok(()) }
}
