//! A copy of a database in use.

use akimat_backup::Fault;
use akimat_core::AccountId;
use akimat_storage::{AuditRead, AuditRecord, Change, PageRequest, Write};
use akimat_storage_sqlite::{MIGRATIONS, Options, SqliteStore, backup};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

fn act(n: i64) -> Change {
    Change::AddAudit(AuditRecord {
        id: Uuid::now_v7(),
        at: jiff::Timestamp::from_second(1_700_000_000 + n).expect("a moment of 2023"),
        actor: Some(AccountId(Uuid::from_u128(1))),
        verb: "test".to_owned(),
        subject: n.to_string(),
        place: None,
        detail: "{}".to_owned(),
    })
}

/// Every batch has three records: a copy that were not of one instant would hold another number.
#[tokio::test]
async fn a_copy_made_while_somebody_writes_is_of_one_instant() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("akimat.db");
    let store = Arc::new(SqliteStore::open(&path, &Options::default()).unwrap());
    store.apply(vec![act(0), act(1), act(2)]).await.unwrap();
    let (writing, stop) = (Arc::clone(&store), Arc::new(AtomicBool::new(false)));
    let until = Arc::clone(&stop);
    let writer = tokio::spawn(async move {
        let mut n = 3;
        while !until.load(Ordering::Relaxed) {
            writing.apply(vec![act(n), act(n + 1), act(n + 2)]).await.unwrap();
            n += 3;
        }
        n
    });
    let mut sizes = Vec::new();
    for n in 0..5 {
        let copy = folder.path().join(format!("copy{n}"));
        let (from, to) = (path.clone(), copy.clone());
        tokio::task::spawn_blocking(move || backup::copy(&from, &to)).await.unwrap().unwrap();
        backup::check(&copy).unwrap();
        let inventory = backup::inventory(&copy).unwrap();
        assert_eq!(inventory.schema.len(), MIGRATIONS.len());
        let audit = inventory.tables["audit"];
        assert!(audit > 0 && audit.is_multiple_of(3), "{audit}");
        sizes.push(audit);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    stop.store(true, Ordering::Relaxed);
    let written = u64::try_from(writer.await.unwrap()).unwrap();
    assert!(sizes.is_sorted() && sizes[4] > sizes[0] && sizes[4] <= written, "{sizes:?} of {written}");
    // A copy is a database like any other.
    let copy = SqliteStore::open(&folder.path().join("copy0"), &Options::default()).unwrap();
    let listed = copy.list_audit(&PageRequest::first(PageRequest::LIMIT_MAX)).await.unwrap();
    assert!(!listed.items.is_empty());
}

#[test]
fn what_is_no_database_or_a_damaged_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("akimat.db");
    drop(SqliteStore::open(&path, &Options::default()).unwrap());
    let copy = folder.path().join("copy");
    backup::copy(&path, &copy).unwrap();
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xa5);
    std::fs::write(&copy, &bytes).unwrap();
    assert!(matches!(backup::check(&copy), Err(Fault::Damaged(_) | Fault::Database(_))));
    std::fs::write(&copy, b"no database").unwrap();
    assert!(matches!(backup::inventory(&copy), Err(Fault::Database(_))));
    assert!(backup::copy(&folder.path().join("absent"), &folder.path().join("c")).is_err());
}
