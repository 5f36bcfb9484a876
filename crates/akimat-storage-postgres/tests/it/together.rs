//! Several servers on one database, and servers that are not as they should be.

use crate::schema::Schema;
use akimat_core::{AccountId, ProjectId};
use akimat_storage::contract::build::{add, id, project, vote};
use akimat_storage::{
    ParticipationRead as _, ProjectFilter, ProjectRead as _, Read as _, StoreError, Write as _,
};
use akimat_storage_postgres::{MIGRATIONS, PostgresStore};
use std::path::Path;

/// Servers that start at once on an empty database bring it forward once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_start_at_once() {
    let Some(schema) = Schema::create().await else { return };
    let mut starting = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let url = schema.url();
        starting.spawn(async move { PostgresStore::connect(&url, 2).await });
    }
    while let Some(started) = starting.join_next().await {
        started.expect("no panic").expect("a store").ping().await.expect("an answer");
    }
    let applied = schema.client().await.query("select name from schema_migrations", &[]).await.expect("rows");
    assert_eq!(applied.len(), MIGRATIONS.len());
}

/// Votes through two servers at once are counted exactly.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_count_together() {
    let Some(schema) = Schema::create().await else { return };
    let (one, two) = (schema.connect().await, schema.connect().await);
    one.apply(vec![add(&project(1))]).await.expect("a project");
    let votes = (0..300_u64).map(|n| {
        let store = if n % 2 == 0 { &one } else { &two };
        store.apply(vec![vote(1, 50 + n % 30, (n % 5) as u8 + 1)])
    });
    for answer in futures_util::future::join_all(votes).await {
        answer.expect("a vote");
    }
    let mut stored = [0; 5];
    for person in 50..80 {
        let rating = one.find_rating(ProjectId(id(1)), AccountId(id(person))).await.expect("an answer");
        stored[usize::from(rating.expect("everybody voted").value()) - 1] += 1;
    }
    let (_, votes, _) = two.find_project(ProjectId(id(1))).await.expect("an answer").expect("the project");
    assert_eq!(votes.counts, stored);
}

/// A server sees what another one changed, totals that it counted before included; changes of projects
/// through both at once wait for each other and all succeed.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_count_anew() {
    let Some(schema) = Schema::create().await else { return };
    let (one, two) = (schema.connect().await, schema.connect().await);
    let any = ProjectFilter::default();
    for n in 1..4 {
        assert_eq!(one.count_projects(&any).await.expect("an answer").n_projects, n - 1);
        two.apply(vec![add(&project(n))]).await.expect("a project");
        assert_eq!(one.count_projects(&any).await.expect("an answer").n_projects, n);
    }
    let batches = (10..40_u64).map(|n| {
        let store = if n % 2 == 0 { &one } else { &two };
        store.apply(vec![add(&project(n)), vote(n, 50, 5), add(&project(100 + n))])
    });
    for answer in futures_util::future::join_all(batches).await {
        answer.expect("projects");
    }
    for store in [&one, &two] {
        assert_eq!(store.count_projects(&any).await.expect("an answer").n_projects, 63);
    }
}

/// Batches that lock two projects in opposite order all succeed: PostgreSQL ends one of two, and it is
/// tried again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn crossing_batches_are_tried_again() {
    let Some(schema) = Schema::create().await else { return };
    let store = schema.connect().await;
    store.apply(vec![add(&project(1)), add(&project(2))]).await.expect("projects");
    let say = |n: u64, project| {
        let comment = akimat_storage::contract::build::comment(n, project);
        akimat_storage::Change::AddComment(
            Box::new(comment),
            akimat_storage::contract::build::kato(990_100_000),
        )
    };
    let batches = (0..8_u64).map(|n| {
        let (first, second) = if n % 2 == 0 { (1, 2) } else { (2, 1) };
        store.apply(vec![say(2 * n, first), say(2 * n + 1, second)])
    });
    for answer in futures_util::future::join_all(batches).await {
        answer.expect("comments");
    }
    for n in [1, 2] {
        let found = store.find_project(ProjectId(id(n))).await.expect("an answer").expect("the project");
        assert_eq!(found.2, 8);
    }
}

/// A schema of a newer program, a wrong address, nobody there, encryption asked for.
#[tokio::test]
async fn strange_servers_are_refused() {
    let nobody = PostgresStore::connect("postgres://nobody@localhost:1/none?connect_timeout=1", 1).await;
    assert!(matches!(nobody, Err(StoreError::Unavailable(_))), "{nobody:?}");
    let wrong = PostgresStore::connect("mysql://secret:password@x", 1).await.expect_err("no address");
    assert!(!wrong.to_string().contains("secret"), "{wrong}");
    let encrypted = PostgresStore::connect("postgres://localhost/x?sslmode=require", 1).await;
    assert!(encrypted.expect_err("not encrypted").to_string().contains("sslmode=disable"));

    let Some(schema) = Schema::create().await else { return };
    drop(schema.connect().await);
    let newer = "insert into schema_migrations values ('9999_future.sql', 0)";
    schema.client().await.batch_execute(newer).await.expect("a row");
    let error = PostgresStore::connect(&schema.url(), 1).await.expect_err("a newer database");
    assert!(error.to_string().contains("9999_future.sql"), "{error}");
}

/// Every migration in the folder is embedded.
#[test]
fn all_migrations_are_embedded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, MIGRATIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}
