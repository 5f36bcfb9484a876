//! `akimat bench votes`: durable votes a second, straight through the storage trait.

use super::quantile_ms;
use super::roster::Roster;
use crate::compose;
use crate::config::{Config, Home};
use crate::{process, say};
use akimat_participation::Rating;
use akimat_storage::{Change, Store};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Cast votes straight into the database, each durable before the next of its task.
#[derive(Debug, clap::Args)]
pub(crate) struct Votes {
    #[command(flatten)]
    home: Home,
    /// Votes under way at once
    #[arg(long, default_value_t = 64)]
    tasks: usize,
    /// How long, in seconds
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Print every vote once it is acknowledged: project, account, value
    #[arg(long)]
    acknowledged: bool,
}

impl Votes {
    /// Votes and measures.
    ///
    /// # Errors
    /// When the database is not seeded, or fails.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load(&self.home)?;
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            let roster = Arc::new(Roster::read(&platform, 2_000, 2_000).await?);
            let turn = Arc::new(AtomicUsize::new(0));
            let cpu_before = process::cpu_time("self");
            let started = Instant::now();
            let until = started + Duration::from_secs(self.seconds);
            let tasks: Vec<_> = (0..self.tasks.max(1))
                .map(|_| {
                    let store = Arc::clone(&platform.store);
                    tokio::spawn(vote(
                        store,
                        Arc::clone(&roster),
                        Arc::clone(&turn),
                        until,
                        self.acknowledged,
                    ))
                })
                .collect();
            let mut times = Vec::new();
            for task in tasks {
                times.extend(task.await??);
            }
            let elapsed = started.elapsed();
            let cpu = process::cpu_time("self").zip(cpu_before).map(|(after, before)| after - before);
            times.sort_unstable();
            let n_votes = times.len() as f64;
            say::out(&format!(
                "{} votes, {:.0} votes/s, p50 {:.2} ms, p99 {:.2} ms, CPU {:.3} ms a vote",
                times.len(),
                n_votes / elapsed.as_secs_f64(),
                quantile_ms(&times, 0.5),
                quantile_ms(&times, 0.99),
                cpu.map_or(f64::NAN, |cpu| cpu.as_secs_f64() * 1_000.0 / n_votes),
            ));
            Ok(ExitCode::SUCCESS)
        })
    }
}

async fn vote(
    store: Arc<dyn Store>,
    roster: Arc<Roster>,
    turn: Arc<AtomicUsize>,
    until: Instant,
    acknowledged: bool,
) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::new();
    while Instant::now() < until {
        let turn = turn.fetch_add(1, Ordering::Relaxed);
        let (account, (project, place)) = roster.pair(turn);
        let value = u8::try_from(turn % 5).unwrap_or_default() + 1;
        let rating = Rating::new(value).expect("between 1 and 5");
        let at = jiff::Timestamp::now();
        let asked = Instant::now();
        store.apply(vec![Change::PutRating { project, place, account, rating, at }]).await?;
        times.push(asked.elapsed());
        if acknowledged {
            say::out(&format!("{project} {account} {value}"));
        }
    }
    Ok(times)
}
