//! Letters on their way out.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_storage::outbox::{Attempt, Letter, LetterState, OutboxCounts, OutboxRead};
use akimat_storage::row::{after_number, cursor_at, marks, outbox as row};
use akimat_storage::{Conflict, Page, PageRequest, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into letters ({}) values ({}) on conflict (key) do nothing",
        row::COLUMNS,
        marks('$', row::COLUMNS)
    )
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from letters where id = $1", row::COLUMNS));
static DUE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from letters where state = 'queued' and due_at <= $1 order by due_at, id limit $2",
        row::COLUMNS
    )
});
const COUNTS: &str = "select count(case when state = 'queued' then 1 end),
     count(case when state = 'sent' then 1 end), count(case when state = 'failed' then 1 end) from letters";
/// The condition and the change are one statement: of two servers one finds nothing left to change.
const LEASE: &str = "update letters set runner = $2, due_at = $4, attempts = attempts + 1
     where id = $1 and state = 'queued' and due_at <= $3";
const AGAIN: &str = "update letters set runner = null, due_at = $3, fault = $4
     where id = $1 and runner = $2 and state = 'queued'";
/// What is over keeps neither the address nor the words.
const END: &str = "update letters set state = $3, fault = $4, ended_at = $5, runner = null, recipient = '',
     subject = '', body_text = '', body_html = '', unsubscribe = ''
     where id = $1 and runner = $2 and state = 'queued'";
const PURGE: &str = "delete from letters where state <> 'queued' and ended_at < $1";

#[async_trait]
impl OutboxRead for PostgresStore {
    async fn list_letters(&self, state: Option<LetterState>, page: &PageRequest) -> Result<Page<Letter>> {
        let mut sql = format!("select {} from letters where true", row::COLUMNS);
        let mut args = vec![overfull(page)];
        if let Some(state) = state {
            args.push(state.code().into());
            sql.push_str(" and state = $2");
        }
        if let Some((at, id)) = after_number(page) {
            args.extend(args![at, id]);
            sql.push_str(&format!(" and (created_at, id) < (${}, ${})", args.len() - 1, args.len()));
        }
        sql.push_str(" order by created_at desc, id desc limit $1");
        let client = self.client().await?;
        let cursor = |letter: &Letter| cursor_at(letter.created_at, letter.id);
        self.db(&client).page((&sql, &args), page, row::read, cursor).await
    }

    async fn find_letter(&self, id: Uuid) -> Result<Option<Letter>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id], row::read).await
    }

    async fn list_due_letters(&self, now: Timestamp, limit: u16) -> Result<Vec<Letter>> {
        let client = self.client().await?;
        self.db(&client).rows(&DUE, &args![now, limit], row::read).await
    }

    async fn count_letters(&self) -> Result<OutboxCounts> {
        let client = self.client().await?;
        let counts = self
            .db(&client)
            .row(COUNTS, &[], |row| {
                Ok(OutboxCounts { n_queued: row.int()?, n_sent: row.int()?, n_failed: row.int()? })
            })
            .await?;
        Ok(counts.unwrap_or_default())
    }
}

/// [`akimat_storage::Change::PutLetter`].
pub(crate) async fn put(db: &Db<'_>, letter: &Letter) -> Result<()> {
    db.execute(&INSERT, &row::args(letter)).await.map(|_| ())
}

/// [`akimat_storage::Change::LeaseLetter`].
pub(crate) async fn lease(
    db: &Db<'_>,
    (id, runner): (Uuid, Uuid),
    at: Timestamp,
    until: Timestamp,
) -> Result<()> {
    let n = db.execute(LEASE, &args![id, runner, at, until]).await?;
    touched(db, id, n > 0).await
}

/// [`akimat_storage::Change::EndAttempt`].
pub(crate) async fn end(
    db: &Db<'_>,
    (id, runner): (Uuid, Uuid),
    attempt: &Attempt,
    at: Timestamp,
) -> Result<()> {
    let (state, fault) = match attempt {
        Attempt::Sent => (LetterState::Sent, ""),
        Attempt::Failed { fault } => (LetterState::Failed, fault.as_str()),
        Attempt::Again { due_at, fault } => {
            let n = db.execute(AGAIN, &args![id, runner, *due_at, fault.as_str()]).await?;
            return touched(db, id, n > 0).await;
        }
    };
    let n = db.execute(END, &args![id, runner, state.code(), fault, at]).await?;
    touched(db, id, n > 0).await
}

/// [`akimat_storage::Change::RemoveLettersBefore`].
pub(crate) async fn purge(db: &Db<'_>, before: Timestamp) -> Result<()> {
    db.execute(PURGE, &args![before]).await.map(|_| ())
}

async fn touched(db: &Db<'_>, id: Uuid, changed: bool) -> Result<()> {
    if changed {
        return Ok(());
    }
    let found = db.row(&FIND, &args![id], row::read).await?;
    Err(found.map_or(Conflict::Missing("letter"), |_| Conflict::Stale("letter")).into())
}
