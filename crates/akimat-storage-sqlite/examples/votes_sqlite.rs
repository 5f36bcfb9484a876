//! Casts votes for a while and prints how many became durable in a second.
//!
//! `cargo run --release -p akimat-storage-sqlite --example votes_sqlite -- [FOLDER] [TASKS] [SECONDS]`
#![expect(clippy::print_stdout, reason = "printing is what this example is for")]

use akimat_storage::Write as _;
use akimat_storage::contract::build::{add, project, vote};
use akimat_storage_sqlite::{Options, SqliteStore};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let n_tasks: u64 = args.next().map_or(Ok(64), |text| text.parse())?;
    let seconds: u64 = args.next().map_or(Ok(3), |text| text.parse())?;
    let folder = tempfile::tempdir_in(folder)?;
    let store = Arc::new(SqliteStore::open(&folder.path().join("votes.sqlite"), &Options::default())?);
    store.apply((1..=20).map(|n| add(&project(n))).collect()).await?;
    let start = Instant::now();
    let end = start + Duration::from_secs(seconds);
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..n_tasks {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            let mut n_votes = 0_u64;
            while Instant::now() < end {
                let person = 1_000 + n_votes * n_tasks + task;
                let value = u8::try_from(n_votes % 5).unwrap_or(0) + 1;
                store.apply(vec![vote(1 + n_votes % 20, person, value)]).await?;
                n_votes += 1;
            }
            Ok::<u64, akimat_storage::StoreError>(n_votes)
        });
    }
    let mut n_votes = 0;
    while let Some(done) = tasks.join_next().await {
        n_votes += done??;
    }
    let per_second = u128::from(n_votes) * 1_000 / start.elapsed().as_millis().max(1);
    println!("{n_votes} durable votes by {n_tasks} tasks: {per_second} a second");
    Ok(())
}
