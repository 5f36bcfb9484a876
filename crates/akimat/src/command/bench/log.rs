//! `akimat bench log`: leaves a second into the signed tree, and proofs out of it.

use super::quantile_ms;
use crate::compose::{self, Platform};
use crate::config::{Config, Home};
use crate::{keeper, process, say};
use akimat_app::App;
use akimat_storage::{Change, Store};
use serde_json::json;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Write leaves from many tasks while one server integrates and signs, then make proofs. Use a folder for it alone.
#[derive(Debug, clap::Args)]
pub(crate) struct Log {
    #[command(flatten)]
    home: Home,
    /// Leaves under way at once
    #[arg(long, default_value_t = 256)]
    tasks: usize,
    /// Leaves in one transaction
    #[arg(long, default_value_t = 1)]
    batch: usize,
    /// How long, in seconds
    #[arg(long, default_value_t = 20)]
    seconds: u64,
}

impl Log {
    /// Writes, integrates and measures.
    ///
    /// # Errors
    /// When the database fails or the log cannot be signed.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load(&self.home)?;
        compose::runtime()?.block_on(async {
            let platform = keeper::attach(&config, compose::platform(&config).await?).await?;
            platform.app.open_log().await?;
            let before = size(&platform).await?;
            let cpu_before = process::cpu_time("self");
            let started = Instant::now();
            let until = started + Duration::from_secs(self.seconds);
            let (stop, stopped) = tokio::sync::watch::channel(false);
            let sequencer = tokio::spawn(platform.app.clone().run_log(stopped));
            let tasks: Vec<_> = (0..self.tasks.max(1))
                .map(|task| {
                    tokio::spawn(write(
                        (platform.app.clone(), Arc::clone(&platform.store)),
                        (task, self.batch.max(1)),
                        until,
                    ))
                })
                .collect();
            for task in tasks {
                task.await??;
            }
            // The last leaf counts when it is signed, too.
            let written = Instant::now();
            while platform.store.count_pending_log_entries().await? > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let (elapsed, late) = (started.elapsed(), written.elapsed());
            stop.send_replace(true);
            sequencer.await?;
            let n = (size(&platform).await? - before) as f64;
            let cpu = process::cpu_time("self").zip(cpu_before).map(|(after, before)| after - before);
            say::out(&format!(
                "{n} leaves, {:.0} leaves/s in the signed tree, the last one {:.2} s after it was written, CPU {:.3} ms a leaf",
                n / elapsed.as_secs_f64(),
                late.as_secs_f64(),
                cpu.map_or(f64::NAN, |cpu| cpu.as_secs_f64() * 1_000.0 / n),
            ));
            proofs(&platform).await?;
            Ok(ExitCode::SUCCESS)
        })
    }
}

async fn size(platform: &Platform) -> anyhow::Result<u64> {
    Ok(platform.store.find_latest_log_checkpoint().await?.map_or(0, |latest| latest.size))
}

async fn write(
    (app, store): (App, Arc<dyn Store>),
    (task, batch): (usize, usize),
    until: Instant,
) -> anyhow::Result<()> {
    let mut n = 0_usize;
    while Instant::now() < until {
        let leaf = |n: usize| {
            let body = json!({ "n": n, "paid": "123456789000", "place": "591010000", "status": "building" });
            app.log_entry("project_changed", format!("project/bench-{task}-{n}"), body)
        };
        let changes: Vec<Change> = (n..n + batch).map(leaf).collect();
        store.apply(changes).await?;
        n += batch;
    }
    Ok(())
}

/// A thousand proofs of leaves all over the tree.
async fn proofs(platform: &Platform) -> anyhow::Result<()> {
    let size = size(platform).await?;
    let mut times = Vec::new();
    for n in 0..1_000_u64 {
        let started = Instant::now();
        platform.app.prove_log_entry(n * 7_919 % size, None).await?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    say::out(&format!(
        "proofs from a tree of {size}: p50 {:.2} ms, p99 {:.2} ms",
        quantile_ms(&times, 0.5),
        quantile_ms(&times, 0.99)
    ));
    Ok(())
}
