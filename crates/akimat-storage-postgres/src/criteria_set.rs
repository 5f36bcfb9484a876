//! Sets of criteria.

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::KatoCode;
use akimat_storage::criteria_set::{CriteriaSet, CriteriaSetRead, CriteriaState};
use akimat_storage::row::{criteria_set as row, marks};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into criteria_sets ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS))
});
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!("update criteria_sets set ({}) = ({}) where id = $1", row::COLUMNS, marks('$', row::COLUMNS))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from criteria_sets where id = $1", row::COLUMNS));
static LIST: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from criteria_sets order by place, year desc, version desc", row::COLUMNS)
});
static OF_PLACE: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from criteria_sets where place = $1 order by year desc, version desc", row::COLUMNS)
});

#[async_trait]
impl CriteriaSetRead for PostgresStore {
    async fn list_criteria_sets(&self, place: Option<KatoCode>) -> Result<Vec<CriteriaSet>> {
        let client = self.client().await?;
        match place {
            Some(place) => self.db(&client).rows(&OF_PLACE, &args![place], row::read).await,
            None => self.db(&client).rows(&LIST, &[], row::read).await,
        }
    }

    async fn find_criteria_set(&self, id: Uuid) -> Result<Option<CriteriaSet>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id], row::read).await
    }
}

/// [`akimat_storage::Change::AddCriteriaSet`].
pub(crate) async fn add(db: &Db<'_>, set: &CriteriaSet) -> Result<()> {
    let taken = "select version from criteria_sets where place = $1 and year = $2 and version = $3";
    let args = args![set.place, set.year, set.version];
    if db.row(taken, &args, akimat_storage::row::read_int).await?.is_some() {
        return Err(Conflict::Exists("criteria set").into());
    }
    db.execute(&INSERT, &row::args(set)).await.map(|_| ())
}

/// [`akimat_storage::Change::UpdateCriteriaSet`].
pub(crate) async fn update(db: &Db<'_>, set: &CriteriaSet) -> Result<()> {
    let find = format!("{} for update", *FIND);
    let Some(stored) = db.row(&find, &args![set.id], row::read).await? else {
        return Err(Conflict::Missing("criteria set").into());
    };
    let same = (stored.place, stored.year, stored.version) == (set.place, set.year, set.version);
    if stored.state != CriteriaState::Draft || stored.edit + 1 != set.edit || !same {
        return Err(Conflict::Stale("criteria set").into());
    }
    db.execute(&UPDATE, &row::args(set)).await.map(|_| ())
}
