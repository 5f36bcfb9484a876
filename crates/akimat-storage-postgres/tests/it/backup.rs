//! A logical copy is of one instant, and comes back as it was or not at all.

use crate::schema::Schema;
use akimat_backup::{Database, Fault, Head, Key, Manifest, Reader, Writer};
use akimat_core::AccountId;
use akimat_storage::{AuditRecord, Change, LogEntry, LogRead, Write};
use akimat_storage_postgres::backup::Connection;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio_postgres::Client;
use uuid::Uuid;

fn act(n: i64) -> Change {
    Change::AddAudit(AuditRecord {
        id: Uuid::now_v7(),
        at: jiff::Timestamp::from_second(1_700_000_000 + n).expect("an instant"),
        actor: (n % 2 == 0).then_some(AccountId(Uuid::from_u128(1))),
        verb: "test".to_owned(),
        subject: format!("{n}\t\\ \\N қазақша\r\nтағы"),
        place: None,
        detail: "{\"quote\":\"\\\\\"}".to_owned(),
    })
}

fn leaf(n: u8) -> Change {
    Change::AddLogEntry(LogEntry {
        kind: "test".to_owned(),
        subject: format!("test/{n}"),
        at: jiff::Timestamp::from_second(1_700_000_000).expect("an instant"),
        hash: [n; 32],
        leaf: format!("{{\"n\":{n},\"text\":\"a\\tb\\\\\"}}"),
    })
}

/// Backs a schema up into memory.
async fn backed_up(url: &str, key: &Key) -> Vec<u8> {
    let mut connection = Connection::open(url).await.expect("a connection");
    let snapshot = connection.snapshot().await.expect("a snapshot");
    let head = Head {
        made_at: "2026-11-23T00:00:00Z".to_owned(),
        software: "test".to_owned(),
        database: Database::Postgres,
        schema: snapshot.schema().await.expect("a schema"),
    };
    let mut writer = Writer::new(Vec::new(), key, &[3; 32], &head).expect("a head");
    let (tables, log) = snapshot.export(&mut writer, &|_| {}).await.expect("an export");
    writer.finish(Manifest { tables, log, ..Manifest::default() }).expect("a manifest")
}

async fn restored(url: &str, key: &Key, file: &[u8]) -> akimat_backup::Result<Box<Manifest>> {
    let (mut reader, head) = Reader::new(file, key)?;
    Connection::open(url).await?.restore(&head, &mut reader).await
}

/// Every table: its rows and a digest of them, whatever their order.
async fn contents(db: &Client) -> BTreeMap<String, (i64, String)> {
    let tables = "select relname::text from pg_class where relkind = 'r'
         and relnamespace = current_schema()::regnamespace";
    let mut all = BTreeMap::new();
    for row in db.query(tables, &[]).await.expect("tables") {
        let table: String = row.get(0);
        let sql = format!(
            "select count(*), coalesce(md5(string_agg(line, '|' order by line)), '')
                 from (select t::text collate \"C\" as line from {table} t) lines"
        );
        let row = db.query_one(&sql, &[]).await.expect("rows");
        all.insert(table, (row.get(0), row.get(1)));
    }
    all
}

/// What a schema is made of besides rows.
async fn shape(db: &Client) -> Vec<String> {
    let sql = "select indexdef as it from pg_indexes where schemaname = current_schema()
         union all select conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
             where connamespace = current_schema()::regnamespace and conrelid <> 0";
    let rows = db.query(sql, &[]).await.expect("a shape");
    let name: String = db.query_one("select current_schema()::text", &[]).await.expect("a name").get(0);
    let mut all: Vec<String> = rows.iter().map(|row| row.get::<_, String>(0).replace(&name, "")).collect();
    all.sort();
    all
}

#[tokio::test]
async fn what_is_restored_equals_what_was_backed_up() {
    let (Some(from), Some(to)) = (Schema::create().await, Schema::create().await) else { return };
    let store = from.connect().await;
    store.apply((0..50).map(act).chain((0..20).map(leaf)).collect()).await.expect("rows");
    let before = from.client().await;
    // A row that refers to another, and bytes.
    let rows =
        "insert into accounts (id, login, display_name, role, office, disabled, created_at, password_hash)
             values ('00000000-0000-0000-0000-000000000001', 'a', 'b', 'resident', '', false, 0, 'c');
         insert into recovery_codes (account_id, code_hash)
             values ('00000000-0000-0000-0000-000000000001', '\\x000a5cff')";
    before.batch_execute(rows).await.expect("rows");
    let key = Key::new([5; 32]);
    let file = backed_up(&from.url(), &key).await;
    let manifest = restored(&to.url(), &key, &file).await.expect("restored");
    assert_eq!((manifest.tables["audit"], manifest.tables["log_entries"]), (50, 20));
    let after = to.client().await;
    let (was, is) = (contents(&before).await, contents(&after).await);
    assert!(was.len() > 40);
    assert_eq!(was, is);
    assert_eq!(shape(&before).await, shape(&after).await);
    // The restored database goes on where the first one was: the next leaf gets the next number.
    let store = to.connect().await;
    store.apply(vec![leaf(20)]).await.expect("a leaf");
    let waiting = store.list_pending_log_entries(100).await.expect("leaves");
    assert_eq!(waiting.len(), 21);
    assert_eq!(waiting.last().map(|leaf| leaf.id), Some(21));
    // A second time the place is not empty.
    assert!(matches!(restored(&to.url(), &key, &file).await, Err(Fault::NotEmpty(_))));
}

#[tokio::test]
async fn a_damaged_backup_leaves_nothing_behind() {
    let (Some(from), Some(to)) = (Schema::create().await, Schema::create().await) else { return };
    let store = from.connect().await;
    store.apply((0..2_000).map(act).collect()).await.expect("rows");
    let key = Key::new([5; 32]);
    let file = backed_up(&from.url(), &key).await;
    assert!(file.len() > 100_000);
    for at in [70, file.len() / 2, file.len() - 1] {
        let mut bad = file.clone();
        bad[at] ^= 0x10;
        assert!(matches!(restored(&to.url(), &key, &bad).await, Err(Fault::Altered { .. })), "byte {at}");
    }
    assert!(restored(&to.url(), &key, &file[..file.len() / 2]).await.is_err());
    let db = to.client().await;
    assert!(contents(&db).await.is_empty());
    restored(&to.url(), &key, &file).await.expect("restored");
}

/// Every batch has three records: a copy that were not of one instant would hold another number.
#[tokio::test]
async fn a_copy_made_while_somebody_writes_is_of_one_instant() {
    let Some(from) = Schema::create().await else { return };
    let store = Arc::new(from.connect().await);
    store.apply(vec![act(0), act(1), act(2)]).await.expect("rows");
    let (writing, stop) = (Arc::clone(&store), Arc::new(AtomicBool::new(false)));
    let until = Arc::clone(&stop);
    let writer = tokio::spawn(async move {
        let mut n = 3;
        while !until.load(Ordering::Relaxed) {
            writing.apply(vec![act(n), act(n + 1), act(n + 2)]).await.expect("written");
            n += 3;
        }
    });
    let key = Key::new([5; 32]);
    for _ in 0..3 {
        let file = backed_up(&from.url(), &key).await;
        let Some(to) = Schema::create().await else { return };
        let manifest = restored(&to.url(), &key, &file).await.expect("restored");
        assert_eq!(manifest.tables["audit"] % 3, 0);
    }
    stop.store(true, Ordering::Relaxed);
    writer.await.expect("the writer ends");
}
