//! A connection that counts its statements and speaks in [`Arg`]s and [`Columns`].

use crate::error::store_error;
use akimat_storage::row::{Arg, Cells, Columns, odd};
use akimat_storage::{Page, PageRequest, Result};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{CachedStatement, Connection, Row, ToSql, params_from_iter};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// How many different statements each connection keeps prepared.
const PREPARED_MAX: usize = 256;

/// One connection.
pub(crate) struct Db {
    pub(crate) connection: Connection,
    n_statements: Arc<AtomicU64>,
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").finish_non_exhaustive()
    }
}

impl Db {
    pub(crate) fn new(connection: Connection, n_statements: Arc<AtomicU64>) -> Self {
        connection.set_prepared_statement_cache_capacity(PREPARED_MAX);
        Self { connection, n_statements }
    }

    /// Carries out a statement; answers the number of rows it touched.
    pub(crate) fn execute(&self, sql: &str, args: &[Arg<'_>]) -> Result<usize> {
        self.prepare(sql)?.execute(bind(args)).map_err(|error| store_error(&error))
    }

    /// Every row of an answer.
    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        read: impl Fn(&mut Columns<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(bind(args)).map_err(|error| store_error(&error))?;
        let mut items = Vec::new();
        while let Some(row) = rows.next().map_err(|error| store_error(&error))? {
            items.push(read(&mut Columns(&mut RowCells { row, at: 0 }))?);
        }
        Ok(items)
    }

    /// The first row of an answer.
    pub(crate) fn row<T>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        read: impl Fn(&mut Columns<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(bind(args)).map_err(|error| store_error(&error))?;
        match rows.next().map_err(|error| store_error(&error))? {
            Some(row) => read(&mut Columns(&mut RowCells { row, at: 0 })).map(Some),
            None => Ok(None),
        }
    }

    /// A page: the statement must ask for one row more than the limit.
    pub(crate) fn page<T>(
        &self,
        (sql, args): (&str, &[Arg<'_>]),
        page: &PageRequest,
        read: impl Fn(&mut Columns<'_>) -> Result<T>,
        cursor: impl Fn(&T) -> akimat_storage::Cursor,
    ) -> Result<Page<T>> {
        Ok(Page::from_overfull(self.rows(sql, args, read)?, page.limit(), cursor))
    }

    fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>> {
        self.n_statements.fetch_add(1, Ordering::Relaxed);
        self.connection.prepare_cached(sql).map_err(|error| store_error(&error))
    }
}

fn bind<'a>(args: &'a [Arg<'a>]) -> rusqlite::ParamsFromIter<impl Iterator<Item = Bound<'a>>> {
    params_from_iter(args.iter().map(Bound))
}

/// How many rows to ask for: one more than wanted tells whether there is a next page.
pub(crate) fn overfull(page: &PageRequest) -> Arg<'static> {
    Arg::from(i64::from(page.limit()) + 1)
}

struct Bound<'a>(&'a Arg<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Arg::Int(Some(value)) => ToSqlOutput::from(*value),
            Arg::Text(Some(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Arg::Uuid(Some(id)) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Arg::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Arg::Flag(flag) => ToSqlOutput::from(*flag),
            Arg::Int(None) | Arg::Text(None) | Arg::Uuid(None) => ToSqlOutput::Owned(Value::Null),
        })
    }
}

/// The cells of one row, from left to right.
pub(crate) struct RowCells<'r> {
    row: &'r Row<'r>,
    at: usize,
}

impl RowCells<'_> {
    fn next(&mut self) -> Result<ValueRef<'_>> {
        let at = self.at;
        self.at += 1;
        self.row.get_ref(at).map_err(|error| store_error(&error))
    }
}

impl Cells for RowCells<'_> {
    fn int(&mut self) -> Result<Option<i64>> {
        match self.next()? {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(value) => Ok(Some(value)),
            other => Err(odd(format!("{} in place of a number", other.data_type()))),
        }
    }

    fn string(&mut self) -> Result<Option<String>> {
        match self.next()? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(bytes) => {
                let text = std::str::from_utf8(bytes).map_err(|_| odd("a text is not UTF-8"))?;
                Ok(Some(text.to_owned()))
            }
            other => Err(odd(format!("{} in place of a text", other.data_type()))),
        }
    }

    fn uuid(&mut self) -> Result<Option<Uuid>> {
        match self.next()? {
            ValueRef::Null => Ok(None),
            ValueRef::Blob(bytes) => {
                Uuid::from_slice(bytes).map(Some).map_err(|_| odd("an identifier is not 16 bytes long"))
            }
            other => Err(odd(format!("{} in place of an identifier", other.data_type()))),
        }
    }

    fn bytes(&mut self) -> Result<Vec<u8>> {
        match self.next()? {
            ValueRef::Blob(bytes) => Ok(bytes.to_vec()),
            other => Err(odd(format!("{} in place of bytes", other.data_type()))),
        }
    }

    fn flag(&mut self) -> Result<bool> {
        Ok(Cells::int(self)?.ok_or_else(|| odd("a flag is missing"))? != 0)
    }
}
