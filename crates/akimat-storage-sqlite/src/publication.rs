//! What units published.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::KatoCode;
use akimat_storage::publication::{Publication, PublicationRead};
use akimat_storage::row::finding_note::span;
use akimat_storage::row::{marks, publication as row};
use akimat_storage::{Result, args};
use async_trait::async_trait;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into publications ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS))
});
static LIST: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from publications where place between ?1 and ?2 and year between ?3 and ?4
         order by place, year, noted_at, id",
        row::COLUMNS
    )
});

#[async_trait]
impl PublicationRead for SqliteStore {
    async fn list_publications(
        &self,
        place: Option<KatoCode>,
        years: RangeInclusive<i16>,
    ) -> Result<Vec<Publication>> {
        let (first, last) = span(place);
        self.read(move |db| db.rows(&LIST, &args![first, last, *years.start(), *years.end()], row::read))
            .await
    }
}

/// [`akimat_storage::Change::AddPublication`].
pub(crate) fn add(db: &Db, publication: &Publication) -> Result<()> {
    db.execute(&INSERT, &row::args(publication)).map(|_| ())
}
