//! `akimat bench budgets`: the cube of budget facts at the scale of the country.

mod nation;
mod questions;

use super::quantile_ms;
use crate::compose::{self, Platform};
use crate::config::{Config, DatabaseUrl, Home};
use crate::table::{Align, lay_out};
use crate::{process, progress, say};
use akimat_app::fact::{FactFile, FactPart};
use akimat_interop::budget::sha256_hex;
use akimat_storage::{Change, FactReport};
use anyhow::{Context, bail};
use nation::Nation;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use std::time::{Duration, Instant};

/// Lines of the file whose import is measured.
const FILE_LINES: u64 = 1_000_000;
/// What a page or an address may take for its figures.
const GOAL_MS: f64 = 300.0;
/// Units of one batch of the national data.
const UNITS_AT_ONCE: usize = 20;

/// Fill a database with pseudo reports of every budget of a country (10 years, 12 months, 300 lines a
/// report), import a file of 1,000,000 lines, and ask questions of every kind
#[derive(Debug, clap::Args)]
pub(crate) struct Budgets {
    #[command(flatten)]
    home: Home,
    /// Database in place of the one under --data
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Millions of facts; 90 are the country
    #[arg(long, default_value_t = 90)]
    millions: u32,
    /// Times that each question is asked
    #[arg(long, default_value_t = 60)]
    times: usize,
    /// Leave the import of the file out
    #[arg(long)]
    no_file: bool,
    /// Millions of facts that are grouped in ways that nothing was prepared for, beside DuckDB; 0 leaves this out
    #[arg(long, default_value_t = 20)]
    ad_hoc_millions: u64,
}

impl Budgets {
    /// Measures.
    ///
    /// # Errors
    /// When the disk is full or the database fails.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let mut config = Config::load(&self.home)?;
        if self.database.is_some() {
            config.database.url.clone_from(&self.database);
        }
        if !self.no_file {
            self.import_a_file(&config)?;
        }
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            let nation = Nation::of(u64::from(self.millions) * 1_000_000);
            fill(&platform, &nation).await?;
            if let Some(bytes) = size_on_disk(&config) {
                say::out(&format!("size on disk  {:.2} GB", bytes as f64 / 1e9));
            }
            let answered = questions::measure(platform.app.read(), &nation, self.times).await?;
            say::out(&table(&answered));
            anyhow::Ok(())
        })?;
        if self.ad_hoc_millions > 0 {
            super::adhoc::measure(&config, self.ad_hoc_millions, 5)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Writes the file and has it imported by `akimat import facts` as anybody would, in a process of its own
    /// whose memory is watched.
    fn import_a_file(&self, config: &Config) -> anyhow::Result<()> {
        let folder = tempfile_folder(&config.data)?;
        let file = folder.join("facts.csv");
        let nation = Nation::of(FILE_LINES * 120);
        let n_lines = write_file(&nation, &file)?;
        let home = match &self.database {
            // A database of its own, so that the file does not meet what is there.
            None => vec!["--data".to_owned(), folder.join("data").display().to_string()],
            Some(url) => {
                let settings = folder.join("akimat.toml");
                std::fs::write(&settings, format!("[database]\nurl = \"{url}\"\n"))?;
                vec!["--config".to_owned(), settings.display().to_string()]
            }
        };
        let mut own = config.clone();
        if self.database.is_none() {
            own.data = folder.join("data");
            own.database.url = None;
        }
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&own).await?;
            put_places(&platform, &nation).await
        })?;
        let started = Instant::now();
        let mut import = Command::new(std::env::current_exe()?);
        import.args(["import", "facts"]).arg(&file).arg("--invented").args(&home).stdout(Stdio::null());
        let mut child = import.spawn()?;
        let mut peak = 0;
        let status = loop {
            peak = process::peak_bytes(&child.id().to_string()).unwrap_or_default().max(peak);
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        if !status.success() {
            bail!("the import ended with {status}");
        }
        say::out(&format!(
            "import of a CSV with {n_lines} lines  {:.1} s (goal 20 s), at most {} MB of memory (goal 300 MB)",
            started.elapsed().as_secs_f64(),
            peak / 1_000_000
        ));
        std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())
    }
}

fn tempfile_folder(data: &Path) -> anyhow::Result<PathBuf> {
    let folder = data.join("bench-file");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

/// One month of one year of as many units as make the lines: the least favourable order of a file, for each
/// report is the only one of its unit and year.
fn write_file(nation: &Nation, path: &Path) -> anyhow::Result<u64> {
    let mut file = BufWriter::new(File::create(path).with_context(|| path.display().to_string())?);
    writeln!(file, "kato,level,year,month,item,code,approved,amended,executed,unit")?;
    let mut n_lines = 0;
    for report in nation.units().flat_map(|unit| nation.reports(unit, nation::FIRST_YEAR, 12..=12)) {
        for line in &report.lines {
            if n_lines == FILE_LINES {
                break;
            }
            write!(
                file,
                "{},{},{},{},{},{}",
                report.place,
                report.level,
                report.year,
                report.month,
                line.key.item.code(),
                line.key.code
            )?;
            let amounts = &line.amounts;
            for amount in [amounts.approved, amounts.amended, amounts.executed] {
                let text = amount.map(|money| money.to_decimal(akimat_core::MoneyUnit::ThousandTenge, 1));
                write!(file, ",{}", text.unwrap_or_default())?;
            }
            writeln!(file, ",thousand KZT")?;
            n_lines += 1;
        }
    }
    file.flush()?;
    Ok(n_lines)
}

async fn put_places(platform: &Platform, nation: &Nation) -> anyhow::Result<()> {
    let places = nation.places(|| platform.app.new_place_id());
    platform.store.apply(vec![Change::PutPlaces(places)]).await.context("the units do not fit in")
}

/// Brings the national data in, by the verb that the import of files uses, unless they are there.
async fn fill(platform: &Platform, nation: &Nation) -> anyhow::Result<()> {
    let extent = platform.app.read().fact_extent().await?;
    if extent.n_facts >= nation.n_facts() {
        return Ok(());
    }
    put_places(platform, nation).await?;
    let started = Instant::now();
    let file = FactFile {
        name: "bench-budgets".to_owned(),
        sha256: sha256_hex(b"bench-budgets"),
        n_reports: nation.n_reports(),
        n_lines: nation.n_facts(),
    };
    let bar = progress::bar(nation.n_facts(), "filling");
    let units: Vec<_> = nation.units().collect();
    let parts: Vec<_> = nation::years()
        .flat_map(|year| units.chunks(UNITS_AT_ONCE).map(move |units| (year, units.to_vec())))
        .collect();
    let n_parts = parts.len();
    let make = |(year, units): (i16, Vec<nation::Unit>)| {
        let nation = nation.clone();
        tokio::task::spawn_blocking(move || -> Vec<FactReport> {
            units
                .into_iter()
                .flat_map(|unit| nation.reports(unit, year, 1..=12).collect::<Vec<_>>())
                .collect()
        })
    };
    let mut parts = parts.into_iter();
    let mut next = parts.next().map(make);
    let mut at = 0;
    while let Some(making) = next.take() {
        let reports = making.await?;
        // The next part is made while this one is saved.
        next = parts.next().map(make);
        at += 1;
        let n_lines: usize = reports.iter().map(|report| report.lines.len()).sum();
        let part = FactPart { first: at == 1, last: at == n_parts };
        let put = platform.app.import_facts_as_operator((&file, part), reports, Vec::new()).await;
        put.map_err(|error| say::app_error(akimat_core::Lang::En, &error))?;
        bar.inc(u64::try_from(n_lines).unwrap_or_default());
    }
    bar.finish_and_clear();
    let seconds = started.elapsed().as_secs_f64();
    say::out(&format!(
        "{} facts of {} units in {} reports  {seconds:.0} s, {:.0} a second, {} MB of memory",
        nation.n_facts(),
        units.len(),
        nation.n_reports(),
        nation.n_facts() as f64 / seconds,
        process::peak_bytes("self").unwrap_or_default() / 1_000_000
    ));
    Ok(())
}

fn table(answered: &[questions::Answered]) -> String {
    let head = ["question", "rows", "first ms", "p50 ms", "p99 ms", "goal 300 ms"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for kind in answered {
        let (p50, p99) = (quantile_ms(&kind.times, 0.5), quantile_ms(&kind.times, 0.99));
        rows.push(vec![
            kind.title.to_owned(),
            kind.n_rows.to_string(),
            format!("{:.1}", kind.first.as_secs_f64() * 1_000.0),
            format!("{p50:.1}"),
            format!("{p99:.1}"),
            if p99 < GOAL_MS { "kept" } else { "missed" }.to_owned(),
        ]);
    }
    let align = [Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Left];
    lay_out(&align, &rows)
}

/// The database file and its log; not known of a server.
fn size_on_disk(config: &Config) -> Option<u64> {
    let DatabaseUrl::Sqlite(path) = config.database_url().ok()? else { return None };
    let size = |ending: &str| std::fs::metadata(format!("{}{ending}", path.display())).map(|meta| meta.len());
    Some(size("").ok()? + size("-wal").unwrap_or_default())
}
