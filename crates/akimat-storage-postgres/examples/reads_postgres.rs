//! Prints what each read costs with 10,000 projects, 100,000 comments and 1,000,000 votes. An empty database
//! is filled first; one that was filled before is read again. The server must run on this machine, and its
//! processes must be visible: their time counts too.
//!
//! `cargo run --release -p akimat-storage-postgres --example reads_postgres -- URL [VOTES]`
#![expect(clippy::print_stdout, reason = "printing is what this example is for")]

use akimat_storage::ProjectRead as _;
use akimat_storage::contract::volume::{Volume, fill, measure};
use akimat_storage_postgres::PostgresStore;
use std::time::{Duration, Instant};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).or_else(|| std::env::var("AKIMAT_TEST_POSTGRES_URL").ok());
    let url = url.ok_or("the address of a database is missing")?;
    // One connection, so that all time of the server is that of one process.
    let store = PostgresStore::connect(&url, 1).await?;
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    let mut volume = Volume::default();
    if let Some(votes) = std::env::args().nth(2) {
        volume.votes = votes.parse()?;
    }
    if store.count_projects(&Default::default()).await?.n_projects == 0 {
        let start = Instant::now();
        fill(&store, volume).await?;
        println!("filled in {:?}", start.elapsed());
        client.batch_execute("vacuum analyze").await?;
    }
    let servers = "select pid from pg_stat_activity where application_name = 'akimat'
         and datname = current_database()";
    let mut processes = vec!["self".to_owned()];
    for row in client.query(servers, &[]).await? {
        processes.push(row.get::<_, i32>(0).to_string());
    }
    let meter = || processes.iter().map(|process| cpu(process)).sum();
    println!("| read | µs of processor time | µs at best | statements |\n|---|--:|--:|--:|");
    for reading in measure(&store, &meter).await? {
        let (cpu, wall) = (reading.cpu.as_micros(), reading.wall_min.as_micros());
        println!("| {} | {cpu} | {wall} | {} |", reading.name, reading.n_statements);
    }
    Ok(())
}

/// Processor time of all threads of a process: Linux counts it in nanoseconds.
fn cpu(process: &str) -> Duration {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let nanos = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanos.sum())
}
