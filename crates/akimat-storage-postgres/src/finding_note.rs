//! What people say about findings.

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::KatoCode;
use akimat_storage::finding_note::{FindingNote, FindingNoteRead};
use akimat_storage::row::{finding_note as row, marks};
use akimat_storage::{Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into finding_notes ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS))
});
static RECORD: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from finding_notes where finding = $1 order by written_at, id", row::COLUMNS)
});
static LATEST: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from (
             select *, row_number() over (partition by finding order by written_at desc, id desc) as age
             from finding_notes where place between $1 and $2
         ) as notes where age = 1 order by finding",
        row::COLUMNS
    )
});

#[async_trait]
impl FindingNoteRead for PostgresStore {
    async fn list_finding_notes(&self, finding: &str) -> Result<Vec<FindingNote>> {
        let client = self.client().await?;
        self.db(&client).rows(&RECORD, &args![finding], row::read).await
    }

    async fn list_latest_finding_notes(&self, place: Option<KatoCode>) -> Result<Vec<FindingNote>> {
        let (first, last) = row::span(place);
        let client = self.client().await?;
        self.db(&client).rows(&LATEST, &args![first, last], row::read).await
    }
}

/// [`akimat_storage::Change::AddFindingNote`].
pub(crate) async fn add(db: &Db<'_>, note: &FindingNote) -> Result<()> {
    db.execute(&INSERT, &row::args(note)).await.map(|_| ())
}
