//! A logical copy of a database as it is at one instant, and its way back into an empty one.
//!
//! Everything is read in one transaction (repeatable read, read only), so that nobody waits for it. Each table is a
//! part in the text format of COPY with a header line, which PostgreSQL documents and any version reads. The way back
//! is one transaction, too: the schema of the backup is built, its rows are copied in, the references are checked by
//! being made again, and only what was counted and compared to the end is committed.

use crate::error::store_error;
use crate::migrate::build;
use akimat_backup::{Event, Fault, Head, LogHead, Manifest, PartSink, Reader, Result, hex};
use bytes::{BufMut, Bytes, BytesMut};
use futures_util::{SinkExt, Stream};
use std::collections::BTreeMap;
use std::io::Read;
use std::pin::{Pin, pin};
use tokio_postgres::{Client, NoTls, Transaction};

/// Name of the part with the sequences.
const SEQUENCES: &str = "sequences.json";
/// Bytes handed to COPY at once.
const PIECE: usize = 256 << 10;

/// The part of a table.
const PREFIX: &str = "table/";

/// Tables of this platform in the schema of the connection.
const TABLES: &str = "select relname::text from pg_class where relkind in ('r', 'p')
     and relnamespace = current_schema()::regnamespace order by relname collate \"C\"";

/// A connection of its own for a backup or a restore.
#[derive(Debug)]
pub struct Connection {
    client: Client,
}

/// A database at one instant.
pub struct Snapshot<'a> {
    transaction: Transaction<'a>,
}

impl std::fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Snapshot")
    }
}

impl Connection {
    /// Connects without bringing any schema forward.
    ///
    /// # Errors
    /// [`Fault::Database`] when nobody answers.
    pub async fn open(url: &str) -> Result<Self> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.map_err(|error| said(&error))?;
        tokio::spawn(connection);
        Ok(Self { client })
    }

    /// Holds the database as it is now.
    ///
    /// # Errors
    /// [`Fault::Database`], as everywhere here.
    pub async fn snapshot(&mut self) -> Result<Snapshot<'_>> {
        let transaction = self
            .client
            .build_transaction()
            .isolation_level(tokio_postgres::IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .await
            .map_err(|error| said(&error))?;
        transaction.batch_execute("set local bytea_output = 'hex'").await.map_err(|error| said(&error))?;
        Ok(Snapshot { transaction })
    }

    /// Brings a backup into an empty schema: all of it or nothing.
    ///
    /// # Errors
    /// Any fault of the file; [`Fault::NotEmpty`], [`Fault::Newer`], [`Fault::Rows`], [`Fault::Damaged`].
    pub async fn restore<R: Read + Send>(
        &mut self,
        head: &Head,
        reader: &mut Reader<R>,
    ) -> Result<Box<Manifest>> {
        let transaction = self.client.transaction().await.map_err(|error| said(&error))?;
        let any =
            "select relname::text from pg_class where relnamespace = current_schema()::regnamespace limit 1";
        if let Some(found) = texts(&transaction, any).await?.into_iter().next() {
            return Err(Fault::NotEmpty(found));
        }
        build(&transaction, &head.schema).await?;
        let references = references(&transaction).await?;
        for (table, name, _) in &references {
            run(&transaction, &format!("alter table {table} drop constraint {name}")).await?;
        }
        let tables = texts(&transaction, TABLES).await?;
        run(&transaction, &format!("truncate {}", tables.join(", "))).await?;
        let (counted, manifest) = rows(&transaction, reader).await?;
        let missing = tables.iter().find(|table| !counted.contains_key(*table));
        if let Some(missing) = missing {
            return Err(Fault::Part(format!("{PREFIX}{missing}")));
        }
        for (table, found) in counted {
            let wanted = manifest.tables.get(&table).copied().unwrap_or_default();
            if wanted != found {
                return Err(Fault::Rows { table, wanted, found });
            }
        }
        for (table, name, definition) in &references {
            let again = format!("alter table {table} add constraint {name} {definition}");
            run(&transaction, &again).await.map_err(|fault| Fault::Damaged(fault.to_string()))?;
        }
        run(&transaction, "analyze").await?;
        transaction.commit().await.map_err(|error| said(&error))?;
        Ok(manifest)
    }
}

impl Snapshot<'_> {
    /// Migrations that the schema has seen, in order.
    ///
    /// # Errors
    /// [`Fault::Database`], also when it is no database of this platform.
    pub async fn schema(&self) -> Result<Vec<String>> {
        texts(&self.transaction, "select name from schema_migrations order by name").await
    }

    /// Writes a part for each table, and one for the sequences. Answers the rows of each table and the latest
    /// checkpoint of the log. `told` hears the name of each table before it is read.
    ///
    /// # Errors
    /// [`Fault::Database`], [`Fault::Disk`].
    pub async fn export(
        &self,
        out: &mut dyn PartSink,
        told: &(dyn Fn(&str) + Sync),
    ) -> Result<(BTreeMap<String, u64>, Option<LogHead>)> {
        let mut counts = BTreeMap::new();
        for table in texts(&self.transaction, TABLES).await? {
            told(&table);
            let n = self.export_table(&table, out).await?;
            counts.insert(table, n);
        }
        let sequences = "select json_object_agg(sequencename, last_value order by sequencename)::text
             from pg_sequences where schemaname = current_schema() and last_value is not null";
        let row = self.transaction.query_one(sequences, &[]).await.map_err(|error| said(&error))?;
        let text: Option<String> = row.try_get(0).map_err(|error| said(&error))?;
        out.begin(SEQUENCES)?;
        out.put(text.unwrap_or_else(|| "{}".to_owned()).as_bytes())?;
        out.end()?;
        Ok((counts, self.log().await?))
    }

    async fn export_table(&self, table: &str, out: &mut dyn PartSink) -> Result<u64> {
        let columns = format!(
            "select attname::text from pg_attribute where attrelid = '{table}'::regclass and attnum > 0
                 and not attisdropped and attgenerated = '' order by attnum"
        );
        let columns = texts(&self.transaction, &columns).await?.join(", ");
        // Leaves come in the order of the tree, so that it can be recomputed on the way.
        let order = if table == "log_entries" { " order by entry_index nulls last, id" } else { "" };
        let sql =
            format!("copy (select {columns} from {table}{order}) to stdout with (format text, header true)");
        let rows = self.transaction.copy_out(&sql).await.map_err(|error| said(&error))?;
        let mut rows = pin!(rows);
        out.begin(&format!("{PREFIX}{table}"))?;
        let mut lines = 0_u64;
        while let Some(piece) =
            std::future::poll_fn(|context| Pin::as_mut(&mut rows).poll_next(context)).await
        {
            let piece = piece.map_err(|error| said(&error))?;
            lines += count_lines(&piece);
            out.put(&piece)?;
        }
        out.end()?;
        Ok(lines.saturating_sub(1))
    }

    async fn log(&self) -> Result<Option<LogHead>> {
        let known = "select 1 from pg_class where relname = 'log_checkpoints'
             and relnamespace = current_schema()::regnamespace";
        if self.transaction.query_opt(known, &[]).await.map_err(|error| said(&error))?.is_none() {
            return Ok(None);
        }
        let sql = "select size, root from log_checkpoints order by size desc limit 1";
        let Some(row) = self.transaction.query_opt(sql, &[]).await.map_err(|error| said(&error))? else {
            return Ok(None);
        };
        let size: i64 = row.try_get(0).map_err(|error| said(&error))?;
        let root: Vec<u8> = row.try_get(1).map_err(|error| said(&error))?;
        Ok(Some(LogHead { size: u64::try_from(size).unwrap_or_default(), root: hex(&root) }))
    }
}

/// Copies the rows of every part in; answers how many there were of each table.
async fn rows<R: Read + Send>(
    transaction: &Transaction<'_>,
    reader: &mut Reader<R>,
) -> Result<(BTreeMap<String, u64>, Box<Manifest>)> {
    let mut counted = BTreeMap::new();
    loop {
        let name = match reader.next()? {
            Event::Begin(name) => name,
            Event::Finished(manifest) => return Ok((counted, manifest)),
            Event::Bytes(_) | Event::End => return Err(Fault::Form("order")),
        };
        if name == SEQUENCES {
            let said: BTreeMap<String, i64> =
                serde_json::from_slice(&reader.rest()?).map_err(|_| Fault::Form("sequences"))?;
            set_sequences(transaction, &said).await?;
            continue;
        }
        let known = texts(transaction, TABLES).await?;
        let table = name.strip_prefix(PREFIX).filter(|table| known.iter().any(|known| known == table));
        let Some(table) = table.map(str::to_owned) else { return Err(Fault::Part(name)) };
        let n = copy_in(transaction, &table, reader).await?;
        counted.insert(table, n);
    }
}

async fn copy_in<R: Read + Send>(
    transaction: &Transaction<'_>,
    table: &str,
    reader: &mut Reader<R>,
) -> Result<u64> {
    let mut waiting = BytesMut::new();
    let columns = header(reader, &mut waiting).await?;
    let sql = format!("copy {table} ({columns}) from stdin with (format text, header match)");
    let sink = transaction.copy_in::<_, Bytes>(&sql).await.map_err(|error| said(&error))?;
    let mut sink = pin!(sink);
    loop {
        if waiting.len() >= PIECE {
            sink.send(waiting.split().freeze()).await.map_err(|error| said(&error))?;
        }
        match reader.next()? {
            Event::Bytes(bytes) => waiting.put_slice(bytes),
            Event::End => break,
            Event::Begin(_) | Event::Finished(_) => return Err(Fault::Form("order")),
        }
    }
    sink.send(waiting.freeze()).await.map_err(|error| said(&error))?;
    sink.finish().await.map_err(|error| said(&error))
}

/// The columns of a part, out of its first line, which stays in `waiting`.
async fn header<R: Read + Send>(reader: &mut Reader<R>, waiting: &mut BytesMut) -> Result<String> {
    loop {
        if let Some(end) = waiting.iter().position(|byte| *byte == b'\n') {
            let line = String::from_utf8_lossy(&waiting[..end]).into_owned();
            let columns: Vec<&str> = line.split('\t').collect();
            let plain = |name: &&str| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            };
            return if columns.iter().all(plain) {
                Ok(columns.join(", "))
            } else {
                Err(Fault::Form("columns"))
            };
        }
        match reader.next()? {
            Event::Bytes(bytes) if waiting.len() < PIECE => waiting.put_slice(bytes),
            _ => return Err(Fault::Form("columns")),
        }
    }
}

async fn set_sequences(transaction: &Transaction<'_>, said_values: &BTreeMap<String, i64>) -> Result<()> {
    for (name, value) in said_values {
        let sql = "select setval(c.oid, $2) from pg_class c where c.relkind = 'S' and c.relname = $1
             and c.relnamespace = current_schema()::regnamespace";
        transaction.execute(sql, &[name, value]).await.map_err(|error| said(&error))?;
    }
    Ok(())
}

/// References between tables: table, name, definition.
async fn references(transaction: &Transaction<'_>) -> Result<Vec<(String, String, String)>> {
    let sql =
        "select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint
         where contype = 'f' and connamespace = current_schema()::regnamespace order by 1, 2";
    let rows = transaction.query(sql, &[]).await.map_err(|error| said(&error))?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
        .collect::<std::result::Result<_, tokio_postgres::Error>>()
        .map_err(|error| said(&error))
}

async fn texts(transaction: &Transaction<'_>, sql: &str) -> Result<Vec<String>> {
    let rows = transaction.query(sql, &[]).await.map_err(|error| said(&error))?;
    let texts =
        rows.iter().map(|row| row.try_get(0)).collect::<std::result::Result<_, tokio_postgres::Error>>();
    texts.map_err(|error| said(&error))
}

async fn run(transaction: &Transaction<'_>, sql: &str) -> Result<()> {
    transaction.batch_execute(sql).await.map_err(|error| said(&error))
}

/// Line ends within a value are written `\n`, so that each row is one line.
fn count_lines(piece: &[u8]) -> u64 {
    u64::try_from(piece.iter().filter(|byte| **byte == b'\n').count()).unwrap_or_default()
}

fn said(error: &tokio_postgres::Error) -> Fault {
    Fault::Database(store_error(error).to_string())
}
