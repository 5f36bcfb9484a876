//! What was acknowledged survives the loss of the process; nothing is half-done.

use akimat_core::{AccountId, ProjectId};
use akimat_storage::contract::build::{add, id, project, record, vote};
use akimat_storage::{
    AuditRead as _, Change, PageRequest, ParticipationRead as _, ProjectFilter, ProjectRead as _, Write as _,
};
use akimat_storage_sqlite::{MIGRATIONS, Options, SqliteStore};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn open(file: &Path) -> SqliteStore {
    SqliteStore::open(file, &Options::default()).expect("a database")
}

/// The file and its log as a disk would hold them after a power cut: the database first, then the log,
/// while votes keep coming in. A checkpoint between the two copies would mix two states, so that there
/// must not be one: the burst stays below the size of the log that causes it.
fn copy(file: &Path, folder: &Path) -> PathBuf {
    let to = folder.join("copy.sqlite");
    for ending in ["", "-wal"] {
        let from = PathBuf::from(format!("{}{ending}", file.display()));
        std::fs::copy(from, format!("{}{ending}", to.display())).expect("a copy");
    }
    to
}

/// Each batch is a vote and its record; the copy is made in the middle of a burst.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_burst_of_votes_is_cut_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("akimat.sqlite");
    let store = Arc::new(open(&file));
    store.apply(vec![add(&project(1))]).await.expect("a project");
    let mut burst = tokio::task::JoinSet::new();
    for n in 1..=300_u64 {
        let store = Arc::clone(&store);
        burst.spawn(async move {
            let batch = vec![vote(1, n, (n % 5) as u8 + 1), Change::AddAudit(record(n))];
            store.apply(batch).await.expect("a vote");
            n
        });
    }
    let mut acknowledged = Vec::new();
    for _ in 0..120 {
        acknowledged.push(burst.join_next().await.expect("a vote").expect("no panic"));
    }
    let copied = copy(&file, folder.path());
    let after = open(&copied);
    for n in acknowledged {
        let rating = after.find_rating(ProjectId(id(1)), AccountId(id(n))).await.expect("an answer");
        assert_eq!(rating.map(akimat_participation::Rating::value), Some((n % 5) as u8 + 1), "{n}");
    }
    let (_, votes, _) = after.find_project(ProjectId(id(1))).await.expect("an answer").expect("the project");
    let (mut stored, mut records) = ([0; 5], 0);
    for n in 1..=300 {
        if let Some(rating) = after.find_rating(ProjectId(id(1)), AccountId(id(n))).await.expect("an answer")
        {
            stored[usize::from(rating.value()) - 1] += 1;
        }
    }
    let mut request = PageRequest::first(200);
    loop {
        let page = after.list_audit(&request).await.expect("an answer");
        records += page.items.len() as u64;
        let Some(next) = page.next else { break };
        request.after = Some(next);
    }
    assert_eq!(votes.counts, stored, "the counts are those of the votes");
    assert_eq!(votes.n_votes(), records, "each vote has its record");
    while burst.join_next().await.is_some() {}
}

/// A second process may open the same file; both see what the other wrote, totals that were counted before
/// included.
#[tokio::test]
async fn two_stores_share_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("akimat.sqlite");
    let (one, two) = (open(&file), open(&file));
    one.apply(vec![add(&project(1))]).await.expect("a project");
    two.apply(vec![vote(1, 50, 3)]).await.expect("a vote");
    let seen = one.find_project(ProjectId(id(1))).await.expect("an answer").expect("the project");
    assert_eq!(seen.1.counts, [0, 0, 1, 0, 0]);
    for n in 2..5 {
        let any = ProjectFilter::default();
        assert_eq!(one.count_projects(&any).await.expect("an answer").n_projects, n - 1);
        two.apply(vec![add(&project(n))]).await.expect("a project");
        assert_eq!(one.count_projects(&any).await.expect("an answer").n_projects, n);
    }
}

/// Dropping the store ends its writer and folds the log into the file.
#[tokio::test]
async fn a_dropped_store_leaves_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("akimat.sqlite");
    let store = open(&file);
    store.apply(vec![add(&project(1))]).await.expect("a project");
    drop(store);
    let files: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(open(&file).find_project(ProjectId(id(1))).await.expect("an answer").is_some());
}

/// What is not a database, and a database of a newer program, are refused with a reason.
#[tokio::test]
async fn strange_files_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let strange = folder.path().join("strange.sqlite");
    std::fs::write(&strange, "this is no database".repeat(100)).expect("a file");
    let error = SqliteStore::open(&strange, &Options::default()).expect_err("no database");
    assert!(error.to_string().contains("not a database"), "{error}");
    let error = SqliteStore::open(&folder.path().join("no/such/folder"), &Options::default());
    assert!(matches!(error, Err(akimat_storage::StoreError::Unavailable(_))), "{error:?}");

    let newer = folder.path().join("newer.sqlite");
    drop(open(&newer));
    let connection = rusqlite::Connection::open(&newer).expect("a database");
    connection.execute("insert into schema_migrations values ('9999_future.sql', 0)", []).expect("a row");
    let error = SqliteStore::open(&newer, &Options::default()).expect_err("a newer database");
    assert!(error.to_string().contains("9999_future.sql"), "{error}");
}

/// The migrations of both databases have the same names, and all are embedded.
#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(folder);
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert_eq!(names("sqlite"), MIGRATIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}
