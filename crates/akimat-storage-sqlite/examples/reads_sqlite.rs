//! Prints what each read costs with 10,000 projects, 100,000 comments and 1,000,000 votes. An empty folder
//! is filled first; one that was filled before is read again.
//!
//! `cargo run --release -p akimat-storage-sqlite --example reads_sqlite -- FOLDER [VOTES]`
#![expect(clippy::print_stdout, reason = "printing is what this example is for")]

use akimat_storage::ProjectRead as _;
use akimat_storage::contract::volume::{Volume, fill, measure};
use akimat_storage_sqlite::{Options, SqliteStore};
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let store = SqliteStore::open(&folder.join("reads.sqlite"), &Options::default())?;
    let mut volume = Volume::default();
    if let Some(votes) = std::env::args().nth(2) {
        volume.votes = votes.parse()?;
    }
    if store.count_projects(&Default::default()).await?.n_projects == 0 {
        let (start, before) = (Instant::now(), cpu());
        fill(&store, volume).await?;
        println!("filled in {:?}, {:?} of processor time", start.elapsed(), cpu() - before);
    }
    println!("| read | µs of processor time | µs at best | statements |\n|---|--:|--:|--:|");
    for reading in measure(&store, &cpu).await? {
        let (cpu, wall) = (reading.cpu.as_micros(), reading.wall_min.as_micros());
        println!("| {} | {cpu} | {wall} | {} |", reading.name, reading.n_statements);
    }
    Ok(())
}

/// Processor time of all threads of this process: Linux counts it in nanoseconds.
fn cpu() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanos = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanos.sum())
}
