//! Marks that are not counted.

use crate::PostgresStore;
use crate::db::Db;
use crate::participation::dollars;
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
impl DiscountRead for PostgresStore {
    async fn list_marks(
        &self,
        marked: Marked,
        pattern: Pattern,
        since: Timestamp,
    ) -> Result<Vec<CountedMark>> {
        let (sql, args) = row::marks(marked, pattern, since);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, row::read_mark).await
    }

    async fn list_discounted(&self, batch: Uuid) -> Result<Vec<AccountId>> {
        let client = self.client().await?;
        self.db(&client).rows(&dollars(row::OF_BATCH), &args![batch], |row| row.uuid().map(AccountId)).await
    }

    async fn find_discounted(&self, marked: Marked, account: AccountId) -> Result<Option<Uuid>> {
        let args = args![marked.kind.code(), marked.subject, account.0];
        let client = self.client().await?;
        self.db(&client).row(&dollars(row::BY), &args, read_batch).await
    }

    async fn count_discounted(&self, kind: MarkKind, subjects: &[Uuid]) -> Result<Vec<(Uuid, u64)>> {
        if subjects.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = row::counts(kind, subjects);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, row::read_count).await
    }

    async fn list_discounts_of(&self, marked: Marked) -> Result<Vec<Discount>> {
        let (sql, args) = row::of(marked);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, row::read).await
    }

    async fn list_discounts_against(&self, account: AccountId) -> Result<Vec<Discount>> {
        let (sql, args) = row::against(account);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, row::read).await
    }

    async fn list_discounts(&self) -> Result<Vec<Discount>> {
        let (sql, args) = row::all();
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, row::read).await
    }

    async fn find_discount(&self, batch: Uuid) -> Result<Option<Discount>> {
        let (sql, args) = row::one(batch);
        let client = self.client().await?;
        self.db(&client).row(&dollars(&sql), &args, row::read).await
    }

    async fn list_discount_contests(&self, marked: Marked) -> Result<Vec<DiscountContest>> {
        let args = args![marked.kind.code(), marked.subject];
        let client = self.client().await?;
        self.db(&client).rows(&dollars(row::CONTESTS), &args, row::read_contest).await
    }

    async fn list_contested_discounts(&self, place: KatoCode) -> Result<Vec<Discount>> {
        let (sql, args) = row::contested(place);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, row::read).await
    }
}

/// A discount by its identifier; a method would not be general enough for an asynchronous reader.
fn read_batch(row: &mut Columns<'_>) -> Result<Uuid> {
    row.uuid()
}

/// [`akimat_storage::Change::Discount`].
pub(crate) async fn apply(db: &Db<'_>, change: &DiscountChange) -> Result<()> {
    for (sql, args, untouched) in row::steps(change) {
        // The counts lie in parts; their sum is what is read.
        let one = "and shard = (select min(shard) from rating_counts where project_id = ?1)";
        let sql = dollars(&sql.replace(row::ONE_PART, one).replace(row::LOCKED, "for update"));
        if db.execute(&sql, &args).await? > 0 {
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
