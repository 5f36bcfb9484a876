//! Sets of criteria.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::KatoCode;
use akimat_storage::criteria_set::{CriteriaSet, CriteriaSetRead, CriteriaState};
use akimat_storage::row::{criteria_set as row, marks};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into criteria_sets ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS))
});
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!("update criteria_sets set ({}) = ({}) where id = ?1", row::COLUMNS, marks('?', row::COLUMNS))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from criteria_sets where id = ?1", row::COLUMNS));
static LIST: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from criteria_sets order by place, year desc, version desc", row::COLUMNS)
});
static OF_PLACE: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from criteria_sets where place = ?1 order by year desc, version desc", row::COLUMNS)
});

#[async_trait]
impl CriteriaSetRead for SqliteStore {
    async fn list_criteria_sets(&self, place: Option<KatoCode>) -> Result<Vec<CriteriaSet>> {
        self.read(move |db| match place {
            Some(place) => db.rows(&OF_PLACE, &args![place], row::read),
            None => db.rows(&LIST, &[], row::read),
        })
        .await
    }

    async fn find_criteria_set(&self, id: Uuid) -> Result<Option<CriteriaSet>> {
        self.read(move |db| db.row(&FIND, &args![id], row::read)).await
    }
}

/// [`akimat_storage::Change::AddCriteriaSet`].
pub(crate) fn add(db: &Db, set: &CriteriaSet) -> Result<()> {
    let taken = "select version from criteria_sets where place = ?1 and year = ?2 and version = ?3";
    let args = args![set.place, set.year, set.version];
    if db.row(taken, &args, akimat_storage::row::read_int)?.is_some() {
        return Err(Conflict::Exists("criteria set").into());
    }
    db.execute(&INSERT, &row::args(set)).map(|_| ())
}

/// [`akimat_storage::Change::UpdateCriteriaSet`].
pub(crate) fn update(db: &Db, set: &CriteriaSet) -> Result<()> {
    let Some(stored) = db.row(&FIND, &args![set.id], row::read)? else {
        return Err(Conflict::Missing("criteria set").into());
    };
    let same = (stored.place, stored.year, stored.version) == (set.place, set.year, set.version);
    if stored.state != CriteriaState::Draft || stored.edit + 1 != set.edit || !same {
        return Err(Conflict::Stale("criteria set").into());
    }
    db.execute(&UPDATE, &row::args(set)).map(|_| ())
}
