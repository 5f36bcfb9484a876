//! A schema of its own for each test, removed with it.

use akimat_storage_postgres::PostgresStore;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_postgres::{Client, NoTls};

/// Tests that hold connections at once: a server usually lends a hundred.
static ROOM: Semaphore = Semaphore::const_new(6);
static NEXT: AtomicU32 = AtomicU32::new(0);

pub(crate) struct Schema {
    server: String,
    name: String,
    _room: SemaphorePermit<'static>,
}

impl Schema {
    /// `None`, after saying so, when there is no server; on a build server that is an error.
    #[expect(clippy::print_stdout, reason = "a skipped test must say so")]
    pub(crate) async fn create() -> Option<Self> {
        let Ok(server) = std::env::var("AKIMAT_TEST_POSTGRES_URL") else {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "AKIMAT_TEST_POSTGRES_URL is not set");
            println!("SKIPPED: no PostgreSQL (AKIMAT_TEST_POSTGRES_URL)");
            return None;
        };
        let room = ROOM.acquire().await.expect("the semaphore is never closed");
        let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let client = client(&server).await;
        client.batch_execute(&format!("create schema {name}")).await.expect("a schema");
        Some(Self { server, name, _room: room })
    }

    /// The address with the schema as the place of all tables.
    pub(crate) fn url(&self) -> String {
        let mark = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{mark}options=-c%20search_path%3D{}", self.server, self.name)
    }

    pub(crate) async fn connect(&self) -> PostgresStore {
        PostgresStore::connect(&self.url(), 8).await.expect("a database")
    }

    pub(crate) async fn client(&self) -> Client {
        client(&self.url()).await
    }
}

async fn client(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a connection");
    tokio::spawn(connection);
    client
}

impl Drop for Schema {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let client = client(&server).await;
                client.batch_execute(&format!("drop schema {name} cascade")).await.expect("a schema");
            });
        });
        dropping.join().expect("the schema is gone");
    }
}
