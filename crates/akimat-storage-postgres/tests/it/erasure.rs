//! Nothing of an erased person is left in any table: the schema itself says which tables there are.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what went wrong by failing")]

use crate::schema::Schema;
use akimat_core::{AccountId, Role};
use akimat_storage::erasure::{COLUMNS, Erasure, Holds};
use akimat_storage::{Account, Change, Write};
use tokio_postgres::Client;
use uuid::Uuid;

const NAME: &str = "Қасқырбаев \"Ерен\" Т.";
const LOGIN: &str = "kaskyrbaev.eren";
const ADDRESS: &str = "eren@kaskyrbaev.example";

async fn strings(db: &Client, sql: &str) -> Vec<String> {
    db.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

async fn tables(db: &Client) -> Vec<String> {
    let sql = "select table_name::text from information_schema.tables where table_schema = current_schema()
         and table_type = 'BASE TABLE' order by 1";
    strings(db, sql).await
}

async fn columns(db: &Client, table: &str) -> Vec<(String, String)> {
    let sql = "select column_name::text, data_type::text from information_schema.columns
         where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'";
    db.query(sql, &[&table]).await.unwrap().iter().map(|row| (row.get(0), row.get(1))).collect()
}

fn holds(table: &str, column: &str) -> Option<Holds> {
    COLUMNS.iter().find(|(of, name, _)| (*of, *name) == (table, column)).map(|(_, _, holds)| *holds)
}

fn value_of(person: Uuid, holds: Holds) -> String {
    match holds {
        Holds::Account => person.to_string(),
        Holds::Name => NAME.to_owned(),
        Holds::Login => LOGIN.to_owned(),
        Holds::Address => ADDRESS.to_owned(),
        Holds::Words => serde_json::json!({ "id": person, "by": NAME }).to_string(),
    }
}

/// What a column of a row is to hold about the person.
type Chosen<'a> = dyn Fn(&str) -> Option<Holds> + 'a;

/// A row of which the chosen columns are about the person.
async fn insert(db: &Client, table: &str, person: Uuid, (n, chosen): (u16, &Chosen<'_>)) {
    let all = columns(db, table).await;
    let values: Vec<String> = all
        .iter()
        .map(|(name, kind)| match (chosen(name), kind.as_str()) {
            (Some(holds), _) => value_of(person, holds),
            (None, "uuid") => Uuid::from_u128(u128::from(n) << 64 | 7).to_string(),
            (None, "bytea") => format!("\\x{n:08x}"),
            (None, "boolean") => "true".to_owned(),
            (None, "smallint" | "integer" | "bigint") => n.to_string(),
            (None, kind) if kind.starts_with("tsvector") => "x".to_owned(),
            (None, "ARRAY") => "{}".to_owned(),
            (None, _) => format!("x{n}"),
        })
        .map(|value| format!("'{}'", value.replace('\'', "''")))
        .collect();
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let sql = format!(
        "insert into {table} ({}) overriding system value values ({})",
        names.join(", "),
        values.join(", ")
    );
    db.batch_execute(&sql).await.unwrap_or_else(|error| panic!("{table}: {error:?}"));
}

async fn put_everywhere(db: &Client, person: Uuid) {
    db.batch_execute("set session_replication_role = replica").await.unwrap();
    let mut n = 100;
    for table in tables(db).await.iter().filter(|table| *table != "accounts") {
        let about: Vec<(String, Holds)> = columns(db, table)
            .await
            .into_iter()
            .filter_map(|(name, _)| holds(table, &name).map(|holds| (name, holds)))
            .collect();
        if about.is_empty() {
            continue;
        }
        n += 1;
        insert(db, table, person, (n, &|name| holds(table, name))).await;
        let roles: Vec<_> = about.iter().filter(|(_, holds)| *holds == Holds::Account).collect();
        for (column, one) in roles.iter().copied().filter(|_| roles.len() > 1) {
            n += 1;
            insert(db, table, person, (n, &|name| (name == column.as_str()).then_some(*one))).await;
        }
    }
}

async fn left(db: &Client, person: Uuid) -> Vec<String> {
    let needles = [person.to_string(), "Қасқырбаев".to_owned(), LOGIN.to_owned(), ADDRESS.to_owned()];
    let mut found = Vec::new();
    for table in tables(db).await {
        let rows = strings(db, &format!("select t::text from {table} t")).await;
        if rows.iter().any(|row| needles.iter().any(|needle| row.contains(needle.as_str()))) {
            found.push(table);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn no_table_keeps_an_erased_person() {
    let Some(schema) = Schema::create().await else { return };
    let store = schema.connect().await;
    let account = Account {
        id: AccountId(Uuid::now_v7()),
        login: LOGIN.to_owned(),
        display_name: NAME.to_owned(),
        role: Role::Resident,
        place: None,
        office: String::new(),
        disabled: false,
        created_at: jiff::Timestamp::UNIX_EPOCH,
        grants: Vec::new(),
    };
    store.apply(vec![Change::AddAccount(account.clone(), String::new())]).await.unwrap();
    let db = schema.client().await;
    put_everywhere(&db, account.id.0).await;
    let mut due: Vec<String> = COLUMNS.iter().map(|(table, _, _)| (*table).to_owned()).collect();
    due.sort();
    due.dedup();
    assert_eq!(left(&db, account.id.0).await, due);
    let erasure = Erasure { account: account.id, nobody: Uuid::now_v7(), at: jiff::Timestamp::UNIX_EPOCH };
    store.apply(vec![Change::ErasePerson(erasure)]).await.unwrap();
    assert_eq!(left(&db, account.id.0).await, Vec::<String>::new(), "the person is still there");
}
