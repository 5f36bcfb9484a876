//! `akimat bench register`: the list, the map and the feeds of a large register, one question after another, so that a
//! time is that of one visitor on a quiet server.

use super::client::{Client, Server};
use super::http::metric;
use super::quantile_ms;
use crate::table::{Align, lay_out};
use crate::{compose, progress, say};
use anyhow::bail;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Ask a server for its register of projects by every filter, order and words in three languages.
#[derive(Debug, clap::Args)]
pub(crate) struct Register {
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:8080", value_parser = Server::parse)]
    url: Server,
    /// How often each address is asked for
    #[arg(long, default_value_t = 20)]
    rounds: usize,
    /// Cookie of a session, for pages of the workplace: akimat_session=...
    #[arg(long, value_name = "COOKIE")]
    cookie: Option<String>,
    /// One more address, such as a dashboard of the workplace; can be repeated
    #[arg(long = "path")]
    paths: Vec<String>,
}

/// What the list is asked for: a name, and the query behind `/projects?`.
const QUESTIONS: [(&str, &str); 28] = [
    ("everything", ""),
    ("status", "status=implementing"),
    ("three statuses", "status=tender&status=contract&status=implementing"),
    ("sector", "sector=water"),
    ("kind", "kind=social"),
    ("modality", "modality=ppp"),
    ("level", "level=local"),
    ("year", "year=2026"),
    ("cost from, to", "cost_min=10&cost_max=500"),
    ("late", "late=yes"),
    ("silent", "silent=yes"),
    ("only real", "real=yes"),
    ("territory", "place=990105000"),
    ("ends between", "from=2026-01-01&to=2026-12-31"),
    ("radius", "near=44.617,69.380&radius=2000"),
    ("part of the map", "bounds=44.5,69.2,44.7,69.5"),
    ("partners", "reach=intermunicipal"),
    ("by cost", "sort=planned"),
    ("by end", "sort=ends_on"),
    ("longest silent", "sort=quiet"),
    (
        "seven filters, by cost",
        "status=implementing&sector=water&kind=social&modality=budget&level=local&year=2026&cost_min=1&sort=planned",
    ),
    ("a word of one in twelve", "q=WORD"),
    (
        "a word and four filters, by end",
        "q=WORD&status=implementing&place=990105000&year=2026&cost_min=5&sort=ends_on",
    ),
    ("the beginning of a word", "q=START"),
    ("two letters", "q=PAIR"),
    ("a number in titles", "q=7421"),
    ("a number", "q=BENCH-004217"),
    ("words of none", "q=WORD+nowhere"),
];

/// For each language its code, a word, the beginning of one, two letters.
const WORDS: [[&str; 4]; 3] = [
    ["kk", "балабақша", "көпір", "құ"],
    ["ru", "детского", "газиф", "во"],
    ["en", "kindergarten", "outpat", "st"],
];

/// The register in other shapes, in one language.
const SHAPES: [(&str, &str); 4] = [
    ("map", "/kk/projects/map"),
    ("map, a sector", "/kk/projects/map?sector=water"),
    ("feed", "/kk/projects/feed.atom?sector=water"),
    ("calendar", "/kk/projects/calendar?place=990105000"),
];

/// What the list may cost: the aims of issue 6.
const P95_MS_MAX: f64 = 50.0;
/// See [`P95_MS_MAX`].
const STATEMENTS_MAX: f64 = 10.0;

struct Row {
    name: String,
    times: Vec<Duration>,
    n_statements: Option<f64>,
    n_bad: usize,
    /// The aims are for the list; other shapes are told beside it.
    is_list: bool,
}

impl Register {
    /// Measures.
    ///
    /// # Errors
    /// When the server does not answer.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        compose::runtime()?.block_on(async {
            let mut client = self.url.client();
            let mut rows = Vec::new();
            for (name, query) in QUESTIONS {
                for (at, [lang, word, start, pair]) in WORDS.into_iter().enumerate() {
                    let has_words =
                        query.contains("q=WORD") || query.contains("START") || query.contains("PAIR");
                    if at > 0 && !has_words {
                        continue;
                    }
                    let query = query
                        .replace("WORD", &encoded(word))
                        .replace("START", &encoded(start))
                        .replace("PAIR", &encoded(pair));
                    let name = if has_words { format!("{name} ({lang})") } else { name.to_owned() };
                    rows.push(
                        self.ask(&mut client, (name, &format!("/{lang}/projects?{query}"), true)).await?,
                    );
                }
            }
            for (name, path) in SHAPES {
                rows.push(self.ask(&mut client, (name.to_owned(), path, false)).await?);
            }
            for path in &self.paths {
                rows.push(self.ask(&mut client, (path.clone(), path, false)).await?);
            }
            Ok(report(&rows))
        })
    }

    async fn ask(
        &self,
        client: &mut Client,
        (name, path, is_list): (String, &str, bool),
    ) -> anyhow::Result<Row> {
        let cookie = self.cookie.as_ref().map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
        let request = self.url.get(path, &format!("Accept-Encoding: gzip\r\n{cookie}"));
        let spinner = progress::spinner("measuring");
        let mut row = Row { name, times: Vec::new(), n_statements: None, n_bad: 0, is_list };
        // Once without being measured, so that caches are warm.
        let first = client.send(&request).await?;
        if first.status >= 500 {
            bail!("{path} answers {}", first.status);
        }
        let before = self.statements(client).await;
        for _ in 0..self.rounds.max(1) {
            let sent = Instant::now();
            let reply = client.send(&request).await?;
            row.times.push(sent.elapsed());
            row.n_bad += usize::from(!(200..300).contains(&reply.status));
        }
        let after = self.statements(client).await;
        row.n_statements = after.zip(before).map(|(after, before)| (after - before) / row.times.len() as f64);
        row.times.sort_unstable();
        spinner.finish_and_clear();
        Ok(row)
    }

    async fn statements(&self, client: &mut Client) -> Option<f64> {
        let reply =
            client.send(&self.url.get("/metrics", "")).await.ok().filter(|reply| reply.status == 200)?;
        metric(&String::from_utf8_lossy(&reply.body), "akimat_database_statements_total")
    }
}

/// A word as an address has it.
fn encoded(word: &str) -> String {
    word.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

/// Prints every question, then the list as a whole beside its aims.
fn report(rows: &[Row]) -> ExitCode {
    let head = ["question", "p50 ms", "p95 ms", "max ms", "statements", "not 2xx"];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    for row in rows {
        table.push(vec![
            row.name.clone(),
            format!("{:.2}", quantile_ms(&row.times, 0.5)),
            format!("{:.2}", quantile_ms(&row.times, 0.95)),
            format!("{:.2}", quantile_ms(&row.times, 1.0)),
            row.n_statements.map_or_else(|| "?".to_owned(), |n| format!("{n:.1}")),
            row.n_bad.to_string(),
        ]);
    }
    let mut align = vec![Align::Left];
    align.extend([Align::Right; 5]);
    say::out(lay_out(&align, &table).trim_end());
    let mut all: Vec<Duration> =
        rows.iter().filter(|row| row.is_list).flat_map(|row| row.times.iter().copied()).collect();
    all.sort_unstable();
    let p95 = quantile_ms(&all, 0.95);
    let worst =
        rows.iter().filter(|row| row.is_list).map(|row| quantile_ms(&row.times, 0.95)).fold(0.0, f64::max);
    let most = rows.iter().filter(|row| row.is_list).filter_map(|row| row.n_statements).fold(0.0, f64::max);
    say::out(&format!(
        "the list: {} questions, p95 {p95:.2} ms of all, {worst:.2} ms of the slowest question (aim {P95_MS_MAX} ms), at most {most:.1} statements (aim {STATEMENTS_MAX})",
        all.len(),
    ));
    let n_bad: usize = rows.iter().map(|row| row.n_bad).sum();
    if n_bad == 0 && worst <= P95_MS_MAX && most <= STATEMENTS_MAX {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_addresses() {
        assert_eq!(encoded("қa 1"), "%D2%9Ba%201");
    }
}
