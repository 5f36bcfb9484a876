//! Every row of every table as text, to be looked through.

use std::collections::BTreeMap;
use tokio_postgres::{Client, Error, NoTls};

/// Rows of each table, column by column with its name; bytes as hexadecimal digits, longer ones that are text as text.
pub type Rows = BTreeMap<String, Vec<Vec<(String, String)>>>;

async fn client(url: &str) -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// Carries a statement out.
///
/// # Errors
/// When the database refuses it.
pub async fn run(url: &str, sql: &str) -> Result<(), Error> {
    client(url).await?.batch_execute(sql).await
}

/// Every row of every table of the schema.
///
/// # Errors
/// When the database fails.
pub async fn rows(url: &str) -> Result<Rows, Error> {
    let client = client(url).await?;
    let sql = "select table_name::text from information_schema.tables where table_schema = current_schema()
         and table_type = 'BASE TABLE' order by 1";
    let tables: Vec<String> = client.query(sql, &[]).await?.iter().map(|row| row.get(0)).collect();
    let mut all = Rows::new();
    for table in tables {
        let sql = "select column_name::text, data_type::text from information_schema.columns
             where table_schema = current_schema() and table_name = $1 order by ordinal_position";
        let columns: Vec<(String, String)> =
            client.query(sql, &[&table]).await?.iter().map(|row| (row.get(0), row.get(1))).collect();
        let kept = all.entry(table.clone()).or_default();
        for (at, (name, kind)) in columns.iter().enumerate() {
            let bytes = kind == "bytea";
            let cell = if bytes { format!("encode(\"{name}\", 'hex')") } else { format!("\"{name}\"::text") };
            let sql = format!("select coalesce({cell}, 'null') from \"{table}\" order by ctid");
            for (n, row) in client.query(&sql, &[]).await?.iter().enumerate() {
                let text: String = row.get(0);
                let text = if bytes { readable(text) } else { text };
                if at == 0 {
                    kept.push(Vec::new());
                }
                if let Some(cells) = kept.get_mut(n) {
                    cells.push((name.clone(), text));
                }
            }
        }
    }
    Ok(all)
}

fn readable(hex: String) -> String {
    let pair = |at: usize| u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..hex.len() / 2).filter_map(pair).collect();
    match String::from_utf8(bytes) {
        Ok(text) if text.len() > 64 => text,
        _ => hex,
    }
}
