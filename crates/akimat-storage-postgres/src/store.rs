//! Connecting, reading, and carrying out batches.

use crate::ballot;
use crate::change;
use crate::db::Db;
use crate::error::{pool_error, store_error, worth_retrying};
use crate::migrate::migrate;
use crate::participation;
use crate::project;
use akimat_storage::fact::dictionary::DictionaryMemo;
use akimat_storage::memo::{CellsMemo, PortfoliosMemo, TotalsMemo};
use akimat_storage::{Batch, Change, Read, Result, StoreError, Write, args};
use async_trait::async_trait;
use deadpool_postgres::{Client, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, NoTls};

/// How often a batch is tried when PostgreSQL ends it in favour of another.
const TRIES: u32 = 8;
/// Batches that are tried again go one after another, so that they do not end each other once more. The
/// number says "again" in ASCII.
const RETRY_LOCK: i64 = 0x61_67_61_69_6e;
/// How long to wait for a connection, in seconds.
const WAIT_S: u64 = 10;
/// Durable before the answer, whatever the server's default; queries here are too short to be compiled, and
/// made for their indexes: to read a whole table instead is always a wrong guess, where there is a choice.
const SETTINGS: &str = "-c synchronous_commit=on -c jit=off -c enable_seqscan=off";

/// A PostgreSQL database.
#[derive(Debug)]
pub struct PostgresStore {
    pool: Pool,
    pub(crate) totals: TotalsMemo,
    pub(crate) portfolios: PortfoliosMemo,
    pub(crate) cells: CellsMemo,
    pub(crate) fact_lines: DictionaryMemo,
    n_statements: AtomicU64,
}

impl PostgresStore {
    /// Connects to `postgres://user:password@host/database` and brings the schema forward. Connections
    /// are made as they are needed, at most `pool_size`.
    ///
    /// # Errors
    /// [`StoreError::Unexpected`] when the address cannot be read or asks for encryption,
    /// [`StoreError::Unavailable`] when nobody answers there.
    pub async fn connect(url: &str, pool_size: usize) -> Result<Self> {
        // The address may hold a password, which tokio-postgres does not print.
        let mut config: Config = url
            .parse()
            .map_err(|error| StoreError::Unexpected(format!("the address cannot be read: {error}")))?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(StoreError::Unexpected(
                "the address asks for sslmode=require, but connections are not encrypted yet: use a Unix \
                 socket or a private network, and sslmode=disable"
                    .to_owned(),
            ));
        }
        let settings =
            config.get_options().map_or_else(|| SETTINGS.to_owned(), |own| format!("{own} {SETTINGS}"));
        config.options(&settings);
        if config.get_application_name().is_none() {
            config.application_name("akimat");
        }
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let wait = Some(Duration::from_secs(WAIT_S));
        let pool = Pool::builder(Manager::from_config(config, NoTls, recycling))
            .max_size(pool_size.max(1))
            .wait_timeout(wait)
            .create_timeout(wait)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| StoreError::Unexpected(error.to_string()))?;
        let store = Self {
            pool,
            totals: TotalsMemo::default(),
            portfolios: PortfoliosMemo::default(),
            cells: CellsMemo::default(),
            fact_lines: DictionaryMemo::default(),
            n_statements: AtomicU64::new(0),
        };
        migrate(&mut store.client().await?).await?;
        Ok(store)
    }

    pub(crate) async fn client(&self) -> Result<Client> {
        self.pool.get().await.map_err(|error| pool_error(&error))
    }

    pub(crate) const fn statements(&self) -> &AtomicU64 {
        &self.n_statements
    }

    pub(crate) fn db<'a>(&'a self, client: &'a Client) -> Db<'a> {
        Db::plain(client, &self.n_statements)
    }

    async fn try_batch(&self, batch: &[Change], again: bool) -> Result<()> {
        let mut client = self.client().await?;
        // A single vote is a single statement, and a statement is a transaction.
        if let &[Change::PutRating { project, place, account, rating, at }] = batch {
            let vote = participation::Vote { project, place, account, rating, at };
            return participation::put_rating(&self.db(&client), &vote).await;
        }
        if let Some(taken) = ballot::taken(batch) {
            return ballot::take(&self.db(&client), taken).await;
        }
        let transaction = client.transaction().await.map_err(|error| store_error(&error))?;
        let db = Db::within(&transaction, &self.n_statements);
        if again {
            db.rows("select pg_advisory_xact_lock($1)", &args![RETRY_LOCK], |_| Ok(())).await?;
        }
        for change in batch {
            change::apply(&db, change).await?;
        }
        if batch.iter().any(|change| {
            matches!(
                change,
                Change::AddProject(_)
                    | Change::UpdateProject(_)
                    | Change::AddStatusChange(..)
                    | Change::AddProjectUpdate(_)
                    | Change::RemoveProject(..)
                    | Change::MergeProject(..)
            )
        }) {
            db.execute(project::NEXT_GENERATION, &[]).await?;
        }
        transaction.commit().await.map_err(|error| store_error(&error))
    }
}

/// Votes that stand together in a batch, in one order for everybody: those who lock in the same order do
/// not stand in each other's way. Votes of one person on one project keep their order.
fn in_order(batch: &mut Batch) {
    let key = |change: &Change| match change {
        Change::PutRating { project, account, .. } => Some((*project, *account)),
        _ => None,
    };
    for votes in batch.chunk_by_mut(|one, next| key(one).is_some() == key(next).is_some()) {
        votes.sort_by_key(key);
    }
}

#[async_trait]
impl Read for PostgresStore {
    async fn ping(&self) -> Result<()> {
        let client = self.client().await?;
        self.db(&client).rows("select 1", &[], |_| Ok(())).await.map(|_| ())
    }

    fn n_statements(&self) -> u64 {
        self.n_statements.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Write for PostgresStore {
    async fn apply(&self, mut batch: Batch) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        in_order(&mut batch);
        let mut done = self.try_batch(&batch, false).await;
        for _ in 1..TRIES {
            match &done {
                Err(error) if worth_retrying(error) => tracing::debug!(%error, "the batch is tried again"),
                _ => break,
            }
            done = self.try_batch(&batch, true).await;
        }
        done
    }
}
