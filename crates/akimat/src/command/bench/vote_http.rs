//! `akimat bench vote-http`: votes over HTTP, as browsers of residents cast them.

use super::client::Server;
use super::quantile_ms;
use super::roster::Roster;
use crate::compose::{self, Platform};
use crate::config::{Config, Home};
use crate::{process, say};
use akimat_app::account::{csrf_token, hash_token};
use akimat_app::{Chance, SystemChance};
use akimat_storage::{Change, ProviderSession, Session, SignInWay};
use jiff::{SignedDuration, Timestamp};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Cast votes over HTTP as residents who are signed in. The server must use the same database.
#[derive(Debug, clap::Args)]
pub(crate) struct VoteHttp {
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:8080", value_parser = Server::parse)]
    url: Server,
    #[command(flatten)]
    home: Home,
    /// Connections at once
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Residents who take turns on each connection: one alone would be slowed down by the limit of votes
    #[arg(long, default_value_t = 100)]
    residents: usize,
    /// How long, in seconds
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// The server's process, for its processor time
    #[arg(long)]
    pid: Option<u32>,
}

/// What one connection did.
#[derive(Default)]
struct Part {
    times: Vec<Duration>,
    n_refused: usize,
    n_failed: usize,
}

impl VoteHttp {
    /// Votes and measures.
    ///
    /// # Errors
    /// When the server does not answer or the database is not seeded.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load(&self.home)?;
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            let n_accounts = self.connections.max(1) * self.residents.max(1);
            let roster = Roster::read(&platform, n_accounts, 2_000).await?;
            let tokens = sign_in(&platform, &roster).await?;
            // The server writes: this process must not hold the file.
            drop(platform);
            let requests = self.requests(&roster, &tokens);
            let cpu = || self.pid.and_then(|pid| process::cpu_time(&pid.to_string()));
            let before = cpu();
            let started = Instant::now();
            let until = started + Duration::from_secs(self.seconds);
            let tasks: Vec<_> =
                requests.into_iter().map(|own| tokio::spawn(vote(self.url.clone(), own, until))).collect();
            let mut all = Part::default();
            for task in tasks {
                let part = task.await??;
                all.times.extend(part.times);
                all.n_refused += part.n_refused;
                all.n_failed += part.n_failed;
            }
            report(&mut all, started.elapsed(), cpu().zip(before).map(|(after, before)| after - before));
            Ok(if all.n_failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        })
    }

    /// For each connection its residents' votes, ready to send.
    fn requests(&self, roster: &Roster, tokens: &[String]) -> Vec<Vec<Vec<u8>>> {
        let connections = self.connections.max(1);
        let mut requests = vec![Vec::new(); connections];
        let n_each = (10 * self.residents.max(1)).max(1_000);
        for turn in 0..connections * n_each {
            let (account, (project, _)) = roster.pair(turn);
            let Some(at) = roster.accounts.iter().position(|known| *known == account) else { continue };
            let Some(token) = tokens.get(at) else { continue };
            let form = format!("csrf={}&rating={}", csrf_token(token), turn % 5 + 1);
            let headers = format!("Cookie: akimat_session={token}\r\n");
            let path = format!("/kk/projects/{project}/rating");
            requests[turn % connections].push(self.url.post(&path, &headers, &form));
        }
        requests
    }
}

/// A session for each resident, straight into the database: signing in over HTTP is limited by address.
async fn sign_in(platform: &Platform, roster: &Roster) -> anyhow::Result<Vec<String>> {
    let now = Timestamp::now();
    let mut tokens = Vec::new();
    let mut batch = Vec::new();
    for account in &roster.accounts {
        let token: String = SystemChance.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let token_hash = hash_token(&token).expect("64 hexadecimal digits are a token");
        let expires_at = now + SignedDuration::from_hours(1);
        batch.push(Change::AddSession(Session {
            token_hash,
            account: *account,
            created_at: now,
            expires_at,
            device: String::new(),
            way: SignInWay::Password,
            seen_at: now,
            provider: ProviderSession::default(),
        }));
        tokens.push(token);
    }
    platform.store.apply(batch).await?;
    Ok(tokens)
}

async fn vote(server: Server, requests: Vec<Vec<u8>>, until: Instant) -> anyhow::Result<Part> {
    let mut client = server.client();
    let mut part = Part::default();
    for request in requests.iter().cycle() {
        if Instant::now() >= until {
            break;
        }
        let sent = Instant::now();
        let reply = client.send(request).await?;
        match reply.status {
            303 => part.times.push(sent.elapsed()),
            429 => part.n_refused += 1,
            _ => part.n_failed += 1,
        }
    }
    Ok(part)
}

fn report(all: &mut Part, elapsed: Duration, cpu: Option<Duration>) {
    all.times.sort_unstable();
    let n_votes = all.times.len() as f64;
    let cpu = cpu.map_or_else(
        || "?".to_owned(),
        |cpu| format!("{:.3}", cpu.as_secs_f64() * 1_000.0 / (n_votes + all.n_refused as f64)),
    );
    say::out(&format!(
        "{} votes, {:.0} votes/s, p50 {:.2} ms, p99 {:.2} ms, server CPU {cpu} ms a vote, {} refused by the \
         limit, {} failed",
        all.times.len(),
        n_votes / elapsed.as_secs_f64(),
        quantile_ms(&all.times, 0.5),
        quantile_ms(&all.times, 0.99),
        all.n_refused,
        all.n_failed,
    ));
}
