//! `akimat bench ballots`: the day of a vote. Ballots arrive at servers of one database at a steady rate, whether or not
//! those keep up; in the end every receipt is looked for, and every person's ballot is there once.

use super::client::{Client, Server};
use super::quantile_ms;
use crate::compose::{self, Platform};
use crate::config::{Config, Home};
use crate::demo::district;
use crate::{process, progress, say};
use akimat_app::account::{csrf_token, hash_token};
use akimat_app::ballot::{Setting, commitment};
use akimat_app::{Chance, SystemChance};
use akimat_core::{AccountId, Lang, Money, ProcessId, ProposalId, Role, Text};
use akimat_participation::ballot::Receipt;
use akimat_participation::process::{
    BallotForm, BallotRules, Conflicting, CountMethod, CountRule, Envelope, Formula, Needs, Paper, Phase,
    Process, ProposalRules, Reach, Term, Weight,
};
use akimat_participation::proposal::{Estimate, Proposal, State};
use akimat_storage::{Account, Change, ProcessChange, ProposalChange, ProviderSession, Session, SignInWay};
use anyhow::{Context, bail};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Hand in ballots over HTTP as residents who are signed in, at a steady rate, at one or more servers of one database;
/// then look for every receipt. Makes an invented process of its own.
#[derive(Debug, clap::Args)]
pub(crate) struct Ballots {
    /// A server; can be repeated. Residents turn to the next one when theirs does not answer
    #[arg(long = "url", default_value = "http://127.0.0.1:8080", value_parser = Server::parse)]
    urls: Vec<Server>,
    #[command(flatten)]
    home: Home,
    /// Ballots a second
    #[arg(long, default_value_t = 1_000)]
    rate: u32,
    /// How long, in seconds
    #[arg(long, default_value_t = 300)]
    seconds: u32,
    /// Projects on the ballot
    #[arg(long, default_value_t = 80)]
    projects: u32,
    /// Connections at once
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// A server's process, for its processor time; can be repeated
    #[arg(long = "pid")]
    pids: Vec<u32>,
    /// Say when the first ballot is due
    #[arg(long)]
    begun: bool,
    /// How long a resident tries again while no server answers, in seconds
    #[arg(long, default_value_t = 30)]
    patience: u64,
}

/// What became of the ballots of one connection.
#[derive(Default)]
struct Part {
    /// From the moment when a ballot was due.
    times: Vec<Duration>,
    receipts: Vec<(usize, String)>,
    n_again: usize,
    refused: Vec<String>,
}

/// What is sent for one person: everything but the server.
struct Voter {
    token: String,
    marks: String,
}

impl Ballots {
    /// Prepares the vote, lets everybody vote, and looks for every receipt.
    ///
    /// # Errors
    /// When no server answers or the database fails.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load(&self.home)?;
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            let setting = begin(&platform, self.projects.clamp(1, 10_000)).await?;
            let voters = Arc::new(self.voters(&platform, &setting).await?);
            let cpu = || -> Duration {
                self.pids.iter().filter_map(|pid| process::cpu_time(&pid.to_string())).sum()
            };
            let before = cpu();
            if self.begun {
                say::out(&format!("{} residents begin to vote", voters.len()));
            }
            let (parts, elapsed) = self.vote(&setting, &voters).await?;
            let used = cpu().saturating_sub(before);
            let told = report(&parts, (voters.len(), elapsed), used);
            let whole = audit(&platform, &setting, &parts, voters.len()).await?;
            Ok(if told && whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        })
    }

    /// Residents with sessions, straight into the database: signing in over HTTP is limited by address.
    async fn voters(&self, platform: &Platform, setting: &Setting) -> anyhow::Result<Vec<Voter>> {
        let n = usize::try_from(self.rate.max(1) * self.seconds.max(1))?;
        let bar = progress::bar(u64::try_from(n)?, "residents");
        let mut voters = Vec::with_capacity(n);
        let now = Timestamp::now();
        while voters.len() < n {
            let mut batch = Vec::new();
            for at in voters.len()..n.min(voters.len() + 1_000) {
                let account = resident(&setting.process, at, now);
                let token: String = SystemChance.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
                batch.push(Change::AddSession(session(account.id, &token, now)?));
                batch.insert(batch.len() - 1, Change::AddAccount(account, String::new()));
                voters.push(Voter { token, marks: marks(at, setting.projects.len()) });
            }
            bar.inc(u64::try_from(batch.len() / 2)?);
            platform.store.apply(batch).await?;
        }
        bar.finish_and_clear();
        Ok(voters)
    }

    async fn vote(
        &self,
        setting: &Setting,
        voters: &Arc<Vec<Voter>>,
    ) -> anyhow::Result<(Vec<Part>, Duration)> {
        let path = format!("/kk/budgeting/{}/ballot", setting.process.code);
        let started = Instant::now() + Duration::from_millis(200);
        let pace =
            Pace { started, rate: f64::from(self.rate.max(1)), patience: Duration::from_secs(self.patience) };
        let connections = self.connections.max(1);
        let tasks: Vec<_> = (0..connections)
            .map(|own| {
                let (servers, voters, path) = (self.urls.clone(), Arc::clone(voters), path.clone());
                tokio::spawn(cast(servers, (own, connections), voters, (path, pace)))
            })
            .collect();
        let mut parts = Vec::new();
        for task in tasks {
            parts.push(task.await??);
        }
        Ok((parts, started.elapsed()))
    }
}

#[derive(Clone, Copy)]
struct Pace {
    started: Instant,
    /// Ballots a second.
    rate: f64,
    patience: Duration,
}

/// One connection's share: the person `at` votes at the moment `at / rate`.
async fn cast(
    servers: Vec<Server>,
    (own, step): (usize, usize),
    voters: Arc<Vec<Voter>>,
    (path, pace): (String, Pace),
) -> anyhow::Result<Part> {
    let mut part = Part::default();
    let mut clients: Vec<Client> = servers.iter().map(Server::client).collect();
    let mut turn = own;
    for (at, voter) in voters.iter().enumerate().skip(own).step_by(step) {
        let due = pace.started + Duration::from_secs_f64(at as f64 / pace.rate);
        tokio::time::sleep_until(due.into()).await;
        let form = format!("csrf={}&do=hand-in&marks={}", csrf_token(&voter.token), voter.marks);
        let headers = format!("Cookie: akimat_session={}\r\nAccept: application/json\r\n", voter.token);
        loop {
            let which = turn % servers.len();
            let request = servers[which].post(&path, &headers, &form);
            match clients[which].send(&request).await {
                Ok(reply) if reply.status == 200 => {
                    part.times.push(due.elapsed());
                    part.receipts.push((at, receipt(&reply.body)?));
                    break;
                }
                Ok(reply) if reply.status < 500 => {
                    part.refused.push(format!("{} {}", reply.status, String::from_utf8_lossy(&reply.body)));
                    break;
                }
                _ if due.elapsed() > pace.patience => bail!("no server answers"),
                // Whether it was taken is not known: sent again, the same ballot counts once.
                _ => {
                    part.n_again += 1;
                    turn += 1;
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
        }
    }
    Ok(part)
}

fn receipt(body: &[u8]) -> anyhow::Result<String> {
    let answer: serde_json::Value = serde_json::from_slice(body)?;
    answer["receipt"].as_str().map(str::to_owned).context("an answer without a receipt")
}

/// Says what was measured; whether nobody was refused.
fn report(parts: &[Part], (n, elapsed): (usize, Duration), cpu: Duration) -> bool {
    let mut times: Vec<Duration> = parts.iter().flat_map(|part| part.times.iter().copied()).collect();
    times.sort_unstable();
    let n_again: usize = parts.iter().map(|part| part.n_again).sum();
    let refused: Vec<&String> = parts.iter().flat_map(|part| &part.refused).collect();
    say::out(&format!(
        "{} of {n} ballots with receipts, {:.0} ballots/s, from the moment each was due: p50 {:.1} ms, p99 {:.1} ms, \
         slowest {:.0} ms; {n_again} sent again, {} refused; CPU of the servers {:.3} ms a ballot",
        times.len(),
        times.len() as f64 / elapsed.as_secs_f64(),
        quantile_ms(&times, 0.5),
        quantile_ms(&times, 0.99),
        quantile_ms(&times, 1.0),
        refused.len(),
        cpu.as_secs_f64() * 1_000.0 / times.len().max(1) as f64,
    ));
    if let Some(first) = refused.first() {
        let words: String = first.chars().take(300).collect();
        say::out(&format!("the first that was refused: {words}"));
    }
    refused.is_empty() && times.len() == n
}

/// Looks for every receipt in the log and every person's ballot in the box: none lost, none twice.
async fn audit(platform: &Platform, setting: &Setting, parts: &[Part], n: usize) -> anyhow::Result<bool> {
    let store = &platform.store;
    let counts = store.count_voters(setting.process.id).await?;
    let (mut n_ballots, mut after) = (0_usize, None);
    loop {
        let page = store.list_ballots(setting.process.id, after, 1_000).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.pseudonym);
        n_ballots += page.iter().filter(|ballot| ballot.counted).count();
    }
    let waiting = Instant::now();
    while store.count_pending_log_entries().await? > 0 && waiting.elapsed() < Duration::from_secs(60) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let taken = taken(platform, setting).await?;
    let mut distinct = BTreeSet::new();
    let mut n_lost = 0_usize;
    for (_, code) in parts.iter().flat_map(|part| &part.receipts) {
        let receipt = Receipt::parse(code).with_context(|| format!("not a receipt: {code}"))?;
        n_lost += usize::from(!taken.contains(&commitment(setting, &receipt)));
        distinct.insert(code);
    }
    say::out(&format!(
        "in the box: {n_ballots} ballots of {} persons; in the log: {} receipts; of {} receipts given {} are missing there",
        counts.n_counted,
        taken.len(),
        distinct.len(),
        n_lost,
    ));
    let n_u64 = u64::try_from(n)?;
    Ok(n_lost == 0 && distinct.len() == n && n_ballots == n && counts.n_counted == n_u64 && taken.len() == n)
}

/// Commitments to receipts in the log of this process.
async fn taken(platform: &Platform, setting: &Setting) -> anyhow::Result<BTreeSet<String>> {
    let subject = format!("process/{}", setting.process.id);
    let mut taken = BTreeSet::new();
    let mut from = 0;
    loop {
        let page = platform.store.list_log_entries(from, 1_000).await?;
        let Some(last) = page.last().and_then(|last| last.index) else { return Ok(taken) };
        from = last + 1;
        for entry in page.iter().filter(|entry| entry.entry.subject == subject) {
            let leaf: serde_json::Value = serde_json::from_str(&entry.entry.leaf)?;
            taken.extend(leaf["body"]["receipt_sha256"].as_str().map(str::to_owned));
        }
    }
}

/// From three to seven projects, other ones for each person.
fn marks(at: usize, n_projects: usize) -> String {
    let n = 3 + at % 5;
    let numbers: BTreeSet<usize> = (0..n).map(|mark| (at * 7 + mark * 13) % n_projects + 1).collect();
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn resident(process: &Process, at: usize, now: Timestamp) -> Account {
    Account {
        id: AccountId(Uuid::now_v7()),
        login: format!("{}-{at}", process.code),
        display_name: format!("Voter {at}"),
        role: Role::Resident,
        place: Some(process.place),
        office: String::new(),
        disabled: false,
        created_at: now,
        grants: Vec::new(),
    }
}

fn session(account: AccountId, token: &str, now: Timestamp) -> anyhow::Result<Session> {
    Ok(Session {
        token_hash: hash_token(token).context("64 hexadecimal digits are a token")?,
        account,
        created_at: now,
        expires_at: now + SignedDuration::from_hours(2),
        device: String::new(),
        way: SignInWay::Password,
        seen_at: now,
        provider: ProviderSession::default(),
    })
}

/// An invented process with its ballot, open for two hours.
async fn begin(platform: &Platform, n_projects: u32) -> anyhow::Result<Setting> {
    let process = vote_of(&Uuid::now_v7().simple().to_string()[..12]);
    let mut batch = vec![Change::Process(Box::new(ProcessChange::Add(process.clone())))];
    for number in 1..=n_projects {
        batch.push(Change::Proposal(Box::new(ProposalChange::Add(project(&process, number)))));
    }
    platform.store.apply(batch).await?;
    Ok(platform.app.ballot_setting(&process.code).await?)
}

fn vote_of(word: &str) -> Process {
    let now = Timestamp::now();
    Process {
        id: ProcessId(Uuid::now_v7()),
        place: district(),
        code: format!("bench-{word}"),
        year: 2027,
        title: Text::same("Day of a vote (measured)"),
        summary: Text::same("Invented, to measure a day of a vote."),
        template: "equal-shares".to_owned(),
        invented: true,
        phase: Phase::Ballot,
        suspended: None,
        calendar: vec![Term {
            phase: Phase::Ballot,
            opens_at: now - SignedDuration::from_hours(1),
            closes_at: now + SignedDuration::from_hours(2),
        }],
        envelopes: vec![Envelope {
            code: "all".to_owned(),
            title: Text::same("The whole district"),
            amount: Money::from_tiyn(9_000_000_000),
            place: None,
            weight: Weight::default(),
        }],
        formula: Formula::Stated,
        voters: Needs { level: 0, min_age: None, reach: Reach::Anywhere },
        proposers: Needs::default(),
        ballot: BallotRules {
            form: BallotForm::Approval { min: 1, max: 10 },
            envelopes_max: None,
            changeable: true,
            saved_counts: false,
            paper: Paper::Replaces,
            one_time: false,
        },
        rule: CountRule {
            method: CountMethod::EqualShares,
            completion: "add1u".to_owned(),
            utility: "cost".to_owned(),
            min_votes: None,
            comparison: false,
            conflicting: Conflicting::FirstWins,
        },
        cap: None,
        categories: Vec::new(),
        proposals: ProposalRules {
            per_author: 3,
            co_authors_max: 2,
            supporters_min: 0,
            correction_days: 5,
            assessment_days: 20,
            appeal_days: 7,
        },
        documents: Vec::new(),
        basis: Text::default(),
        draw: None,
        assemblies: Vec::new(),
        need_facts: Vec::new(),
        edit: 1,
        created_at: now,
        updated_at: now,
    }
}

fn project(process: &Process, number: u32) -> Proposal {
    let estimate = Estimate {
        amount: Money::from_tiyn(100_000_000 + i64::from(number) * 25_000_000),
        by: String::new(),
        reason: String::new(),
        at: process.created_at,
    };
    Proposal {
        id: ProposalId(Uuid::now_v7()),
        process: process.id,
        place: process.place,
        author: None,
        author_name: String::new(),
        assessor: None,
        assessor_name: String::new(),
        state: State::OnBallot,
        number: Some(number),
        ballot_number: Some(number),
        envelope: "all".to_owned(),
        category: String::new(),
        lang: Lang::En,
        title: Text::same(format!("Invented project {number}")),
        need: Text::same("invented"),
        body: Text::same("invented"),
        site: Text::same("invented"),
        point: None,
        estimates: vec![estimate],
        acknowledged: Vec::new(),
        looked: true,
        returned: None,
        assessment: None,
        ground: None,
        appeal: None,
        conflicts: Vec::new(),
        merged_into: None,
        due_at: None,
        n_support: 0,
        edit: 1,
        created_at: process.created_at,
        submitted_at: None,
        updated_at: process.created_at,
    }
}
