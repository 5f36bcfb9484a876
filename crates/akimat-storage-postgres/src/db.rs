//! A connection that counts its statements and speaks in [`Arg`]s and [`Columns`].

use crate::error::store_error;
use akimat_storage::row::{Arg, Cells, Columns, odd};
use akimat_storage::{Cursor, Page, PageRequest, Result};
use deadpool_postgres::{Client, Transaction};
use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Row, Statement};
use uuid::Uuid;

/// A connection, in a transaction or not.
pub(crate) struct Db<'a> {
    link: Link<'a>,
    n_statements: &'a AtomicU64,
}

enum Link<'a> {
    Client(&'a Client),
    Transaction(&'a Transaction<'a>),
}

impl<'a> Db<'a> {
    pub(crate) fn plain(client: &'a Client, n_statements: &'a AtomicU64) -> Self {
        Self { link: Link::Client(client), n_statements }
    }

    pub(crate) fn within(transaction: &'a Transaction<'a>, n_statements: &'a AtomicU64) -> Self {
        Self { link: Link::Transaction(transaction), n_statements }
    }

    /// Carries out a statement; answers the number of rows it touched.
    pub(crate) async fn execute(&self, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        let statement = self.prepare(sql).await?;
        let args: Vec<Bound<'_>> = args.iter().map(Bound).collect();
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|arg| arg as _).collect();
        match self.link {
            Link::Client(client) => client.execute(&statement, &args).await,
            Link::Transaction(transaction) => transaction.execute(&statement, &args).await,
        }
        .map_err(|error| store_error(&error))
    }

    /// Every row of an answer.
    pub(crate) async fn rows<T>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        read: impl Fn(&mut Columns<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let statement = self.prepare(sql).await?;
        let args: Vec<Bound<'_>> = args.iter().map(Bound).collect();
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|arg| arg as _).collect();
        let rows = match self.link {
            Link::Client(client) => client.query(&statement, &args).await,
            Link::Transaction(transaction) => transaction.query(&statement, &args).await,
        };
        let rows = rows.map_err(|error| store_error(&error))?;
        rows.iter().map(|row| read(&mut Columns(&mut RowCells { row, at: 0 }))).collect()
    }

    /// The first row of an answer.
    pub(crate) async fn row<T>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        read: impl Fn(&mut Columns<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.rows(sql, args, read).await?.into_iter().next())
    }

    /// A page: the statement must ask for one row more than the limit.
    pub(crate) async fn page<T>(
        &self,
        (sql, args): (&str, &[Arg<'_>]),
        page: &PageRequest,
        read: impl Fn(&mut Columns<'_>) -> Result<T>,
        cursor: impl Fn(&T) -> Cursor,
    ) -> Result<Page<T>> {
        Ok(Page::from_overfull(self.rows(sql, args, read).await?, page.limit(), cursor))
    }

    /// Inserts many rows with one statement: `columns` are those of the values, `types` theirs.
    pub(crate) async fn insert_many<'r>(
        &self,
        table: &str,
        (columns, types): (&str, &str),
        rows: impl Iterator<Item = Vec<Arg<'r>>>,
    ) -> Result<()> {
        let rows: Vec<serde_json::Value> = rows.map(|row| row.iter().map(json).collect()).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let casts: Vec<String> =
            types.split(',').zip(0..).map(|(kind, at)| format!("(r->>{at})::{}", kind.trim())).collect();
        let sql = format!(
            "insert into {table} ({columns}) select {} from json_array_elements($1::json) r",
            casts.join(", ")
        );
        self.execute(&sql, &[serde_json::Value::from(rows).to_string().into()]).await.map(|_| ())
    }

    async fn prepare(&self, sql: &str) -> Result<Statement> {
        self.n_statements.fetch_add(1, Ordering::Relaxed);
        match self.link {
            Link::Client(client) => client.prepare_cached(sql).await,
            Link::Transaction(transaction) => transaction.prepare_cached(sql).await,
        }
        .map_err(|error| store_error(&error))
    }
}

/// How many rows to ask for: one more than wanted tells whether there is a next page.
pub(crate) fn overfull(page: &PageRequest) -> Arg<'static> {
    Arg::from(i64::from(page.limit()) + 1)
}

fn json(arg: &Arg<'_>) -> serde_json::Value {
    match arg {
        Arg::Int(value) => (*value).into(),
        Arg::Text(value) => value.as_deref().into(),
        Arg::Uuid(value) => value.map(|id| id.to_string()).into(),
        Arg::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
        Arg::Flag(flag) => (*flag).into(),
    }
}

#[derive(Debug)]
struct Bound<'a>(&'a Arg<'a>);

impl ToSql for Bound<'_> {
    /// Numbers take the width that the statement asks for.
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self.0 {
            Arg::Int(Some(value)) if *kind == Type::INT2 => i16::try_from(*value)?.to_sql(kind, out),
            Arg::Int(Some(value)) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Arg::Int(Some(value)) if *kind == Type::INT8 => value.to_sql(kind, out),
            Arg::Int(Some(_)) => Err(format!("a number in place of {kind}").into()),
            Arg::Text(Some(text)) => text.to_sql(kind, out),
            Arg::Uuid(Some(id)) => id.to_sql(kind, out),
            Arg::Bytes(bytes) => bytes.as_ref().to_sql(kind, out),
            Arg::Flag(flag) => flag.to_sql(kind, out),
            Arg::Int(None) | Arg::Text(None) | Arg::Uuid(None) => Ok(IsNull::Yes),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A number of any width.
struct Int(i64);

impl<'a> FromSql<'a> for Int {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> std::result::Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *kind {
            Type::INT2 => i16::from_sql(kind, raw)?.into(),
            Type::INT4 => i32::from_sql(kind, raw)?.into(),
            _ => i64::from_sql(kind, raw)?,
        }))
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT2 | Type::INT4 | Type::INT8)
    }
}

/// The cells of one row, from left to right.
struct RowCells<'r> {
    row: &'r Row,
    at: usize,
}

impl<'r> RowCells<'r> {
    fn next<T: FromSql<'r>>(&mut self) -> Result<Option<T>> {
        let at = self.at;
        self.at += 1;
        self.row.try_get(at).map_err(|error| odd(error.to_string()))
    }
}

impl Cells for RowCells<'_> {
    fn int(&mut self) -> Result<Option<i64>> {
        Ok(self.next::<Int>()?.map(|int| int.0))
    }

    fn string(&mut self) -> Result<Option<String>> {
        self.next()
    }

    fn uuid(&mut self) -> Result<Option<Uuid>> {
        self.next()
    }

    fn bytes(&mut self) -> Result<Vec<u8>> {
        self.next()?.ok_or_else(|| odd("bytes are missing"))
    }

    fn flag(&mut self) -> Result<bool> {
        self.next()?.ok_or_else(|| odd("a flag is missing"))
    }
}
