//! `akimat bench http`: how fast a server answers, and what an answer costs it.

use super::client::{Client, Server};
use super::quantile_ms;
use crate::table::{Align, lay_out};
use crate::{compose, process, progress, say};
use anyhow::{Context, bail};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Ask a server for pages over many connections. Without --path: lists with filters, a project, a budget.
#[derive(Debug, clap::Args)]
pub(crate) struct Http {
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:8080", value_parser = Server::parse)]
    url: Server,
    /// Connections at once
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// How long each page is asked for, in seconds
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// A page; can be repeated
    #[arg(long = "path")]
    paths: Vec<String>,
    /// The server's process, for its processor time; without it the server's own /metrics are asked
    #[arg(long)]
    pid: Option<u32>,
    /// Ask for pages that are not compressed
    #[arg(long)]
    plain: bool,
}

/// What became of one page.
struct Measured {
    times: Vec<Duration>,
    n_bad: usize,
    elapsed: Duration,
    /// Bytes of the last answer.
    size: usize,
}

/// What the server has used since it began.
#[derive(Clone, Copy, Debug)]
struct Used {
    cpu: Option<Duration>,
    n_statements: Option<f64>,
}

impl Http {
    /// Measures page by page.
    ///
    /// # Errors
    /// When the server does not answer.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        compose::runtime()?.block_on(async {
            let paths = if self.paths.is_empty() { discover(&self.url).await? } else { self.paths.clone() };
            let head = ["path", "requests/s", "p50 ms", "p99 ms", "not 2xx", "CPU ms", "statements", "bytes"];
            let mut rows = vec![head.map(str::to_owned).to_vec()];
            let mut n_bad = 0;
            for path in &paths {
                // Once without being measured, so that caches are warm.
                self.measure(path, Duration::from_millis(500)).await?;
                let before = self.used().await;
                let mut measured = self.measure(path, Duration::from_secs(self.seconds)).await?;
                let after = self.used().await;
                n_bad += measured.n_bad;
                rows.push(row(path, &mut measured, before, after));
            }
            let mut align = vec![Align::Left];
            align.extend([Align::Right; 7]);
            say::out(lay_out(&align, &rows).trim_end());
            Ok(if n_bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        })
    }

    async fn measure(&self, path: &str, time: Duration) -> anyhow::Result<Measured> {
        let headers = if self.plain { "" } else { "Accept-Encoding: gzip\r\n" };
        let request = self.url.get(path, headers);
        let spinner = progress::spinner("measuring");
        let started = Instant::now();
        let until = started + time;
        let tasks: Vec<_> = (0..self.connections.max(1))
            .map(|_| tokio::spawn(ask(self.url.client(), request.clone(), until)))
            .collect();
        let mut measured = Measured { times: Vec::new(), n_bad: 0, elapsed: time, size: 0 };
        for task in tasks {
            let part = task.await??;
            measured.times.extend(part.times);
            measured.n_bad += part.n_bad;
            measured.size = measured.size.max(part.size);
        }
        measured.elapsed = started.elapsed();
        spinner.finish_and_clear();
        Ok(measured)
    }

    async fn used(&self) -> Used {
        let request = self.url.get("/metrics", "");
        let reply = self.url.client().send(&request).await.ok().filter(|reply| reply.status == 200);
        let text = reply.map(|reply| String::from_utf8_lossy(&reply.body).into_owned()).unwrap_or_default();
        let cpu = match self.pid {
            Some(pid) => process::cpu_time(&pid.to_string()),
            None => metric(&text, "process_cpu_seconds_total").map(Duration::from_secs_f64),
        };
        Used { cpu, n_statements: metric(&text, "akimat_database_statements_total") }
    }
}

async fn ask(mut client: Client, request: Vec<u8>, until: Instant) -> anyhow::Result<Measured> {
    let mut measured = Measured { times: Vec::new(), n_bad: 0, elapsed: Duration::ZERO, size: 0 };
    while Instant::now() < until {
        let sent = Instant::now();
        let reply = client.send(&request).await?;
        measured.times.push(sent.elapsed());
        measured.size = reply.body.len();
        if !(200..300).contains(&reply.status) {
            measured.n_bad += 1;
        }
    }
    Ok(measured)
}

fn row(path: &str, measured: &mut Measured, before: Used, after: Used) -> Vec<String> {
    measured.times.sort_unstable();
    let n_requests = measured.times.len() as f64;
    let cpu = after.cpu.zip(before.cpu).map(|(after, before)| after.saturating_sub(before));
    let statements = after.n_statements.zip(before.n_statements).map(|(after, before)| after - before);
    let each = |total: Option<f64>, decimals: usize| {
        total.map_or_else(|| "?".to_owned(), |total| format!("{:.decimals$}", total / n_requests))
    };
    vec![
        path.to_owned(),
        format!("{:.0}", n_requests / measured.elapsed.as_secs_f64()),
        format!("{:.2}", quantile_ms(&measured.times, 0.5)),
        format!("{:.2}", quantile_ms(&measured.times, 0.99)),
        measured.n_bad.to_string(),
        each(cpu.map(|cpu| cpu.as_secs_f64() * 1_000.0), 3),
        each(statements, 2),
        measured.size.to_string(),
    ]
}

/// The value of a metric without labels.
pub(super) fn metric(text: &str, name: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.trim().parse().ok())
}

/// Lists with filters, the first project and the first budget that the server itself names.
async fn discover(server: &Server) -> anyhow::Result<Vec<String>> {
    let mut client = server.client();
    let mut first = async |list: &str, before: &str| {
        let reply = client.send(&server.get(list, "")).await?;
        if reply.status != 200 {
            bail!("{list} answers {}", reply.status);
        }
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        linked(&text, before).with_context(|| format!("{list} names nothing"))
    };
    let project = first("/en/projects", "/en/projects/").await?;
    let budget = first("/en/budgets", "/en/budgets/").await?;
    Ok(vec![
        "/kk/projects".to_owned(),
        "/kk/projects?place=990100000&status=implementing&sort=cost".to_owned(),
        format!("/kk/projects/{project}"),
        format!("/kk/budgets/{budget}"),
    ])
}

/// The first identifier after `before` in a page.
fn linked(text: &str, before: &str) -> Option<String> {
    text.match_indices(before).find_map(|(at, _)| {
        let id = text.get(at + before.len()..at + before.len() + 36)?;
        uuid::Uuid::parse_str(id).ok().map(|id| id.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_and_links_are_found() {
        assert_eq!(metric("# TYPE a counter\na_total 3\na 4.5\n", "a"), Some(4.5));
        let id = "01936b2e-0000-7000-8000-000000000001";
        let page = format!("<a href=\"/en/projects/download/csv\"><a href=\"/en/projects/{id}\">");
        assert_eq!(linked(&page, "/en/projects/").as_deref(), Some(id));
    }
}
