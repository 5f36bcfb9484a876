//! `akimat export all`: everything public, in one folder or archive.

use super::target::Target;
use super::{Standard, What, write_package};
use crate::compose::{self, Platform};
use crate::config::Config;
use crate::say;
use akimat_app::open_data::{OpenTable, csv_row, datapackage};
use akimat_storage::{PageRequest, ProjectFilter};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Everything public.
#[derive(Debug, clap::Args)]
pub(crate) struct All {
    #[command(flatten)]
    what: What,
    /// A folder, or an archive when the name ends in .zip
    #[arg(long, value_name = "DIR|ZIP")]
    to: PathBuf,
}

impl All {
    /// Writes every table as CSV and JSON, both packages, and the description last: it stands only beside whole tables.
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let config = Config::load(&self.what.home)?;
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            let mut target = Target::many(&self.to)?;
            let mut n_rows = 0;
            for table in OpenTable::ALL {
                n_rows += self.table(&platform, table, (false, &mut target)).await?;
                self.table(&platform, table, (true, &mut target)).await?;
            }
            for (name, standard) in [
                ("oc4ids.json", Standard::Projects),
                ("ocds-releases.json", Standard::Releases { extensions: false }),
                ("ocds-records.json", Standard::Records { extensions: false }),
            ] {
                target.begin(name)?;
                write_package(&platform, (&config, &self.what), standard, &mut target).await?;
            }
            target.begin("datapackage.json")?;
            let license = &config.open_contracting.license;
            let package = datapackage(self.what.lang, license, platform.app.now());
            serde_json::to_writer_pretty(&mut target, &package)?;
            target.finish()?;
            let n_tables = OpenTable::ALL.len();
            say::out(&format!("{n_rows} rows of {n_tables} tables in {}", self.to.display()));
            Ok(ExitCode::SUCCESS)
        })
    }

    async fn table(
        &self,
        platform: &Platform,
        table: OpenTable,
        (json, to): (bool, &mut Target),
    ) -> anyhow::Result<usize> {
        to.begin(&format!("{}.{}", table.code(), if json { "json" } else { "csv" }))?;
        to.write_all(if json { "[".to_owned() } else { table.csv_head() }.as_bytes())?;
        let filter = ProjectFilter { place: self.what.place, ..ProjectFilter::default() };
        let mut request = PageRequest::first(PageRequest::LIMIT_MAX);
        let mut n_rows = 0;
        loop {
            let (rows, next) = platform.app.open_rows(table, &filter, &request).await?;
            for row in &rows {
                if json {
                    to.write_all(if n_rows == 0 { b"\n" } else { b",\n" })?;
                    serde_json::to_writer(&mut *to, &table.json_row(row))?;
                } else {
                    to.write_all(csv_row(row).as_bytes())?;
                }
                n_rows += 1;
            }
            let Some(next) = next else { break };
            request.after = Some(next);
        }
        if json {
            to.write_all(b"\n]\n")?;
        }
        Ok(n_rows)
    }
}
