//! `akimat import facts`: the file is read twice. The first time everything is checked and nothing is
//! written; the second time the reports are saved part by part, so that a file larger than the memory can
//! come in. What is broken off is completed by importing the same file again.

use super::Source;
use crate::command::budget::parse_unit;
use crate::compose::{self, Platform};
use crate::config::Config;
use crate::input::UNREADABLE;
use crate::{input, progress, say};
use akimat_app::fact::{FactFile, FactPart, FactUnitFault};
use akimat_core::MoneyUnit;
use akimat_interop::fact_csv::{FactContext, FactReader, FactSheet, FactSummary};
use akimat_interop::{Problem, ProblemCode};
use akimat_storage::{FactLine, FactLineName, FactReport, FactSource, FactUnit, LineKey};
use anyhow::{Context, bail};
use indicatif::ProgressBar;
use std::fs::File;
use std::process::ExitCode;
use std::time::Instant;

/// Lines of one part: some 20 MB of memory.
const PART_LINES: usize = 60_000;

/// Execution reports. What a row says itself goes before the options.
#[derive(Debug, clap::Args)]
pub(crate) struct Facts {
    #[command(flatten)]
    pub(super) source: Source,
    /// Unit of the amounts: KZT, "thousand KZT" or "million KZT"
    #[arg(long, default_value = "thousand KZT", value_parser = parse_unit)]
    unit: MoneyUnit,
    /// Mark the reports as invented
    #[arg(long)]
    invented: bool,
    /// Tell what is wrong and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What was brought in.
pub(crate) struct Imported {
    /// Reports.
    pub(crate) n_reports: u64,
    /// Lines.
    pub(crate) n_lines: u64,
}

impl Facts {
    /// Imports the file.
    ///
    /// # Errors
    /// When the file cannot be opened, the settings are wrong or the database fails.
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let started = Instant::now();
        let config = Config::load(&self.source.home)?;
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            match self.import(&platform).await? {
                Err(problems) => {
                    say::problems(&self.source.file, self.source.lang, &problems);
                    Ok(UNREADABLE.into())
                }
                Ok(done) => {
                    let verb = if self.dry_run { " would be imported" } else { "" };
                    say::out(&format!(
                        "{} reports with {} lines{verb} in {:.2} s",
                        done.n_reports,
                        done.n_lines,
                        started.elapsed().as_secs_f64()
                    ));
                    Ok(ExitCode::SUCCESS)
                }
            }
        })
    }

    async fn import(&self, platform: &Platform) -> anyhow::Result<Result<Imported, Vec<Problem>>> {
        let n_bytes = self.open()?.metadata().with_context(|| self.source.name())?.len();
        let bar = progress::bar(n_bytes * 2, "checking");
        let summary = match self.check(platform, &bar).await? {
            Ok(summary) => summary,
            Err(problems) => {
                bar.finish_and_clear();
                return Ok(Err(problems));
            }
        };
        if !self.dry_run {
            bar.set_message("saving");
            self.save(platform, &summary, (&bar, n_bytes)).await?;
        }
        bar.finish_and_clear();
        Ok(Ok(Imported { n_reports: summary.n_reports, n_lines: summary.n_rows }))
    }

    fn open(&self) -> anyhow::Result<File> {
        let file = File::open(&self.source.file);
        file.map_err(|error| input::unreadable(&self.source.file, &error))
    }

    fn reader(&self) -> anyhow::Result<Result<FactReader<File>, Vec<Problem>>> {
        Ok(FactReader::new(self.open()?, FactContext { unit: self.unit }))
    }

    /// The first reading.
    async fn check(
        &self,
        platform: &Platform,
        bar: &ProgressBar,
    ) -> anyhow::Result<Result<FactSummary, Vec<Problem>>> {
        let mut reader = match self.reader()? {
            Ok(reader) => reader,
            Err(problems) => return Ok(Err(problems)),
        };
        while reader.next_report().is_some() {
            bar.set_position(reader.n_bytes());
        }
        let summary = match reader.finish() {
            Ok(summary) => summary,
            Err(problems) => return Ok(Err(problems)),
        };
        let units: Vec<FactUnit> =
            summary.units.keys().map(|&(place, level)| FactUnit { place, level }).collect();
        let faults = platform.app.fact_unit_faults(&units).await;
        let faults = faults.map_err(|error| self.source.failed(&error))?;
        let problem = |(unit, fault): (FactUnit, FactUnitFault)| {
            let (column, code) = match fault {
                FactUnitFault::UnknownPlace => {
                    ("kato", ProblemCode::PlaceUnknown { value: unit.place.to_string() })
                }
                FactUnitFault::WrongLevel { due } => (
                    "level",
                    ProblemCode::LevelWrong { value: unit.level.to_string(), expected: due.to_string() },
                ),
            };
            let row = summary.units.get(&(unit.place, unit.level)).copied();
            Problem { row, column: Some(column.to_owned()), code }
        };
        let problems: Vec<Problem> =
            faults.into_iter().map(problem).take(akimat_interop::PROBLEMS_MAX).collect();
        Ok(if problems.is_empty() { Ok(summary) } else { Err(problems) })
    }

    /// The second reading.
    async fn save(
        &self,
        platform: &Platform,
        summary: &FactSummary,
        (bar, n_bytes): (&ProgressBar, u64),
    ) -> anyhow::Result<()> {
        let file = FactFile {
            name: self.source.name(),
            sha256: summary.sha256.clone(),
            n_reports: summary.n_reports,
            n_lines: summary.n_rows,
        };
        let source = FactSource {
            file_name: file.name.clone(),
            sha256: file.sha256.clone(),
            budget: None,
            invented: self.invented,
        };
        let changed = || format!("{} changed while it was read: import it again", file.name);
        let Ok(mut reader) = self.reader()? else { bail!(changed()) };
        let (mut reports, mut n_lines, mut n_done) = (Vec::new(), 0, 0);
        loop {
            let sheet = reader.next_report();
            bar.set_position(n_bytes + reader.n_bytes());
            let ended = sheet.is_none();
            if let Some(sheet) = sheet {
                n_lines += sheet.rows.len();
                reports.push(report(sheet, &source));
            }
            if !ended && n_lines < PART_LINES {
                continue;
            }
            let part = FactPart { first: n_done == 0, last: ended };
            n_done += reports.len();
            n_lines = 0;
            let names = if ended { names(summary) } else { Vec::new() };
            let put =
                platform.app.import_facts_as_operator((&file, part), std::mem::take(&mut reports), names);
            put.await.map_err(|error| self.source.failed(&error))?;
            if ended {
                break;
            }
        }
        match reader.finish() {
            Ok(again) if again.sha256 == summary.sha256 => Ok(()),
            _ => bail!(changed()),
        }
    }
}

fn report(sheet: FactSheet, source: &FactSource) -> FactReport {
    let FactSheet { place, level, year, month, rows } = sheet;
    let line = |row: akimat_interop::fact_csv::FactRow| FactLine {
        row: row.row,
        key: LineKey { item: row.item, code: row.code },
        amounts: row.amounts,
    };
    let lines = rows.into_iter().map(line).collect();
    FactReport { place, level, year, month, source: source.clone(), lines }
}

fn names(summary: &FactSummary) -> Vec<FactLineName> {
    let name = |((item, code), name): (&(akimat_budget::Item, String), &akimat_core::Text)| FactLineName {
        key: LineKey { item: *item, code: code.clone() },
        name: name.clone(),
    };
    summary.names.iter().map(name).collect()
}
