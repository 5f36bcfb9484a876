//! `akimat bench count DIR`: how long the count of each participatory budget of a folder takes, beside pabutools with
//! exact fractions where a Python that has it is named.

use super::quantile_ms;
use crate::input::unreadable;
use crate::say;
use crate::table::{Align, lay_out};
use akimat_pb::pabulib::{Keep, Limits, parse_with};
use akimat_pb::utility::Utility;
use akimat_pb::{Election, Prepared, Rule, explain, trace};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// The same rule in pabutools: prints its CPU seconds and the winners.
const BESIDE: &str = include_str!("count.py");

/// Count the participatory budgets of a folder by Equal Shares, one thread, reading excluded: milliseconds each
#[derive(Debug, clap::Args)]
pub(crate) struct Count {
    /// Folder with .pb files
    dir: PathBuf,
    /// Only files whose name contains this
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// Times that each run is made; the median is shown
    #[arg(long, default_value_t = 5)]
    times: usize,
    /// Python 3 with pabutools: it counts the same files by Equal Shares without completion
    #[arg(long, value_name = "PYTHON")]
    beside: Option<PathBuf>,
}

impl Count {
    /// Measures.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let folder = std::fs::read_dir(&self.dir).map_err(|error| unreadable(&self.dir, &error))?;
        let mut files: Vec<PathBuf> =
            folder.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        files.retain(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.ends_with(".pb") && name.contains(&self.only)
        });
        files.sort();
        let mut heads = vec![
            "file",
            "voters",
            "projects",
            "MB/s",
            "mes cost",
            "mes card.",
            "add1",
            "shares",
            "explain",
            "check",
        ];
        if self.beside.is_some() {
            heads.extend(["pabutools", "times"]);
        }
        let mut rows = vec![heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()];
        for path in &files {
            rows.push(self.file(path)?);
        }
        let mut align = vec![Align::Right; heads.len()];
        align[0] = Align::Left;
        say::out(lay_out(&align, &rows).trim_end());
        Ok(ExitCode::SUCCESS)
    }

    fn file(&self, path: &Path) -> anyhow::Result<Vec<String>> {
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        let mut read = Vec::new();
        for _ in 0..self.times.max(1) {
            let begin = Instant::now();
            parse_with(&bytes, Limits::default(), Keep::Ballots)?;
            read.push(begin.elapsed());
        }
        let election = parse_with(&bytes, Limits::default(), Keep::Everything)?;
        #[expect(clippy::cast_precision_loss, reason = "a speed for reading")]
        let speed = bytes.len() as f64 / 1e3 / median(&mut read).max(1e-6);
        let cost = self.rule(&election, Utility::COST, "none", self.times)?;
        let cardinality = self.rule(&election, Utility::CARDINALITY, "none", self.times)?;
        let add1 = self.rule(&election, Utility::COST, "add1-pabutools", 1)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut row = vec![
            name.chars().take(40).collect(),
            election.ballots.len().to_string(),
            election.projects.len().to_string(),
            format!("{speed:.0}"),
            format!("{:.2}", cost.0),
            format!("{:.2}", cardinality.0),
            format!("{:.1}", add1.0),
            add1.1.to_string(),
            format!("{:.1}", explained(&election)?),
            format!("{:.1}", checked(&election, &bytes)?),
        ];
        if let Some(python) = &self.beside {
            let cpu = beside(python, path)?;
            row.extend([format!("{:.0}", cpu * 1e3), format!("{:.0}", cpu * 1e3 / cost.0.max(1e-6))]);
        }
        Ok(row)
    }

    /// Median milliseconds of a count, ballots merged before, and the shares gone through.
    fn rule(
        &self,
        election: &Election,
        utility: Utility,
        completion: &str,
        times: usize,
    ) -> anyhow::Result<(f64, u64)> {
        let rule = Rule::equal_shares(utility, Rule::completion_named(completion).unwrap_or_default());
        let prepared = Prepared::new(election, &rule, None)?;
        let (mut taken, mut shares) = (Vec::new(), 0);
        for _ in 0..times.max(1) {
            let begin = Instant::now();
            let counted = prepared.count()?;
            taken.push(begin.elapsed());
            shares = counted.ended.map_or(0, |ended| ended.shares);
        }
        Ok((median(&mut taken), shares))
    }
}

fn median(taken: &mut [Duration]) -> f64 {
    taken.sort_unstable();
    quantile_ms(taken, 0.5)
}

/// Milliseconds for every loser's reason and every effective support.
fn explained(election: &Election) -> anyhow::Result<f64> {
    let rule = Rule::equal_shares(Utility::COST, Vec::new());
    let prepared = Prepared::new(election, &rule, None)?;
    let counted = prepared.count()?;
    let begin = Instant::now();
    explain::explain(&prepared, &counted)?;
    Ok(begin.elapsed().as_secs_f64() * 1e3)
}

/// Milliseconds for the check of the trace by the independent checker, its reading of the file included.
fn checked(election: &Election, bytes: &[u8]) -> anyhow::Result<f64> {
    let rule = Rule::equal_shares(Utility::COST, Vec::new());
    let prepared = Prepared::new(election, &rule, None)?;
    let counted = prepared.count()?;
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let trace = trace::trace(&prepared, &counted, &hash)?;
    let begin = Instant::now();
    akimat_pb_check::check(bytes, &trace)?;
    Ok(begin.elapsed().as_secs_f64() * 1e3)
}

/// CPU seconds of pabutools for Equal Shares with cost utility; reading and merging of ballots excluded.
fn beside(python: &Path, file: &Path) -> anyhow::Result<f64> {
    let output = Command::new(python).arg("-c").arg(BESIDE).arg(file).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let seconds = text.lines().next().and_then(|line| line.trim().parse().ok());
    seconds.ok_or_else(|| anyhow::anyhow!("pabutools: {}", String::from_utf8_lossy(&output.stderr)))
}
