//! Nothing of an erased person is left in any table: the schema itself says which tables there are.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what went wrong by failing")]

use akimat_core::{AccountId, Role};
use akimat_storage::erasure::{COLUMNS, Erasure, Holds, NOBODY};
use akimat_storage::{Account, Change, Write};
use akimat_storage_sqlite::{Options, SqliteStore};
use rusqlite::Connection;
use rusqlite::types::Value;
use uuid::Uuid;

const NAME: &str = "Қасқырбаев \"Ерен\" Т.";
const LOGIN: &str = "kaskyrbaev.eren";
const ADDRESS: &str = "eren@kaskyrbaev.example";

/// Names of columns by which a person is usually meant.
fn looks_like_a_person(column: &str) -> bool {
    const ENDS: [&str; 16] = [
        "account",
        "account_id",
        "author",
        "author_name",
        "scorer",
        "manager",
        "owner",
        "publisher",
        "_by",
        "_by_name",
        "reader",
        "login",
        "display_name",
        "email",
        "recipient",
        "address",
    ];
    column == "actor" || ENDS.iter().any(|end| column.ends_with(end))
}

fn tables(db: &Connection) -> Vec<String> {
    let sql = "select name from sqlite_master where type = 'table' and sql not like 'create virtual%' order by name";
    let mut statement = db.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn columns(db: &Connection, table: &str) -> Vec<(String, String)> {
    let mut statement = db.prepare(&format!("select name, type from pragma_table_info('{table}')")).unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

fn holds(table: &str, column: &str) -> Option<Holds> {
    COLUMNS.iter().find(|(of, name, _)| (*of, *name) == (table, column)).map(|(_, _, holds)| *holds)
}

fn value_of(person: Uuid, holds: Holds) -> Value {
    match holds {
        Holds::Account => Value::Blob(person.as_bytes().to_vec()),
        Holds::Name => Value::Text(NAME.to_owned()),
        Holds::Login => Value::Text(LOGIN.to_owned()),
        Holds::Address => Value::Text(ADDRESS.to_owned()),
        Holds::Words => Value::Text(serde_json::json!({ "id": person, "by": NAME }).to_string()),
    }
}

/// What a column of a row is to hold about the person.
type Chosen<'a> = dyn Fn(&str) -> Option<Holds> + 'a;

/// A row of which the chosen columns are about the person.
fn insert(db: &Connection, table: &str, person: Uuid, (n, chosen): (u32, &Chosen<'_>)) {
    let all = columns(db, table);
    let values = all.iter().map(|(name, kind)| match (chosen(name), kind.to_lowercase().as_str()) {
        (Some(holds), _) => value_of(person, holds),
        (None, "blob") => Value::Blob(Uuid::from_u128(u128::from(n) << 64 | 7).as_bytes().to_vec()),
        (None, "integer") => Value::Integer(i64::from(n)),
        (None, _) => Value::Text(format!("x{n}")),
    });
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let marks = vec!["?"; names.len()].join(", ");
    let sql = format!("insert into {table} ({}) values ({marks})", names.join(", "));
    db.execute(&sql, rusqlite::params_from_iter(values)).unwrap_or_else(|error| panic!("{table}: {error}"));
}

fn put_everywhere(db: &Connection, person: Uuid) {
    db.pragma_update(None, "foreign_keys", false).unwrap();
    db.pragma_update(None, "ignore_check_constraints", true).unwrap();
    let mut n = 100;
    for table in tables(db).iter().filter(|table| *table != "accounts") {
        let about: Vec<(String, Holds)> = columns(db, table)
            .into_iter()
            .filter_map(|(name, _)| holds(table, &name).map(|holds| (name, holds)))
            .collect();
        if about.is_empty() {
            continue;
        }
        n += 1;
        insert(db, table, person, (n, &|name| holds(table, name)));
        // In one role alone, beside somebody else, where there are several.
        let roles: Vec<_> = about.iter().filter(|(_, holds)| *holds == Holds::Account).collect();
        for (column, one) in roles.iter().copied().filter(|_| roles.len() > 1) {
            n += 1;
            insert(db, table, person, (n, &|name| (name == column.as_str()).then_some(*one)));
        }
    }
}

fn left(db: &Connection, person: Uuid) -> Vec<String> {
    let needles: Vec<Vec<u8>> = vec![
        person.as_bytes().to_vec(),
        person.to_string().into_bytes(),
        NAME.as_bytes().to_vec(),
        "Қасқырбаев".as_bytes().to_vec(),
        LOGIN.as_bytes().to_vec(),
        ADDRESS.as_bytes().to_vec(),
    ];
    let mut found = Vec::new();
    for table in tables(db) {
        let mut statement = db.prepare(&format!("select * from {table}")).unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (at, name) in names.iter().enumerate() {
                let bytes = match row.get_ref(at).unwrap() {
                    rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => bytes,
                    _ => continue,
                };
                if needles.iter().any(|needle| bytes.windows(needle.len()).any(|window| window == needle)) {
                    found.push(format!("{table}.{name}"));
                }
            }
        }
    }
    found.dedup();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn no_table_keeps_an_erased_person() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("akimat.sqlite");
    let store = SqliteStore::open(&path, &Options::default()).unwrap();
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
    let db = Connection::open(&path).unwrap();
    put_everywhere(&db, account.id.0);
    let before = left(&db, account.id.0);
    assert!(before.len() >= COLUMNS.len(), "{} of {}: {before:?}", before.len(), COLUMNS.len());
    let erasure = Erasure { account: account.id, nobody: Uuid::now_v7(), at: jiff::Timestamp::UNIX_EPOCH };
    store.apply(vec![Change::ErasePerson(erasure)]).await.unwrap();
    assert_eq!(left(&db, account.id.0), Vec::<String>::new(), "the person is still there");
}

#[tokio::test]
async fn every_column_with_a_person_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("akimat.sqlite");
    let store = SqliteStore::open(&path, &Options::default()).unwrap();
    let db = Connection::open(&path).unwrap();
    let known = |table: &str, column: &str| {
        holds(table, column).is_some() || NOBODY.iter().any(|(of, name, _)| (*of, *name) == (table, column))
    };
    for table in tables(&db) {
        for (column, _) in columns(&db, &table) {
            let person = looks_like_a_person(&column);
            assert!(
                !person || known(&table, &column),
                "{table}.{column}: name it in akimat-storage/src/erasure.rs"
            );
        }
    }
    for (table, column, _) in COLUMNS {
        let there = columns(&db, table).iter().any(|(name, _)| name == column);
        assert!(there, "{table}.{column} is named in erasure.rs and is not in the schema");
    }
    drop(store);
}
