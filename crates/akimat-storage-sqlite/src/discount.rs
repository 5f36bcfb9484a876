//! Marks that are not counted.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::{AccountId, KatoCode};
use akimat_storage::discount::{
    CountedMark, Discount, DiscountChange, DiscountContest, DiscountRead, MarkKind, Marked,
};
use akimat_storage::participation::Pattern;
use akimat_storage::row::talk::Untouched;
use akimat_storage::row::{Columns, discount as row};
use akimat_storage::{Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

#[async_trait]
impl DiscountRead for SqliteStore {
    async fn list_marks(
        &self,
        marked: Marked,
        pattern: Pattern,
        since: Timestamp,
    ) -> Result<Vec<CountedMark>> {
        let (sql, args) = row::marks(marked, pattern, since);
        self.read(move |db| db.rows(&sql, &args, row::read_mark)).await
    }

    async fn list_discounted(&self, batch: Uuid) -> Result<Vec<AccountId>> {
        self.read(move |db| db.rows(row::OF_BATCH, &args![batch], |row| row.uuid().map(AccountId))).await
    }

    async fn find_discounted(&self, marked: Marked, account: AccountId) -> Result<Option<Uuid>> {
        let args = args![marked.kind.code(), marked.subject, account.0];
        self.read(move |db| db.row(row::BY, &args, read_batch)).await
    }

    async fn count_discounted(&self, kind: MarkKind, subjects: &[Uuid]) -> Result<Vec<(Uuid, u64)>> {
        if subjects.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = row::counts(kind, subjects);
        self.read(move |db| db.rows(&sql, &args, row::read_count)).await
    }

    async fn list_discounts_of(&self, marked: Marked) -> Result<Vec<Discount>> {
        let (sql, args) = row::of(marked);
        self.read(move |db| db.rows(&sql, &args, row::read)).await
    }

    async fn list_discounts_against(&self, account: AccountId) -> Result<Vec<Discount>> {
        let (sql, args) = row::against(account);
        self.read(move |db| db.rows(&sql, &args, row::read)).await
    }

    async fn list_discounts(&self) -> Result<Vec<Discount>> {
        let (sql, args) = row::all();
        self.read(move |db| db.rows(&sql, &args, row::read)).await
    }

    async fn find_discount(&self, batch: Uuid) -> Result<Option<Discount>> {
        let (sql, args) = row::one(batch);
        self.read(move |db| db.row(&sql, &args, row::read)).await
    }

    async fn list_discount_contests(&self, marked: Marked) -> Result<Vec<DiscountContest>> {
        let args = args![marked.kind.code(), marked.subject];
        self.read(move |db| db.rows(row::CONTESTS, &args, row::read_contest)).await
    }

    async fn list_contested_discounts(&self, place: KatoCode) -> Result<Vec<Discount>> {
        let (sql, args) = row::contested(place);
        self.read(move |db| db.rows(&sql, &args, row::read)).await
    }
}

/// A discount by its identifier; a method would not be general enough for a reader.
fn read_batch(row: &mut Columns<'_>) -> Result<Uuid> {
    row.uuid()
}

/// [`akimat_storage::Change::Discount`].
pub(crate) fn apply(db: &Db, change: &DiscountChange) -> Result<()> {
    for (sql, args, untouched) in row::steps(change) {
        if db.execute(&sql, &args)? > 0 {
            continue;
        }
        match untouched {
            Untouched::Fine => {}
            Untouched::Stop => return Ok(()),
            Untouched::Refused(conflict) => return Err(conflict.into()),
        }
    }
    Ok(())
}
