//! Measurements: an invented cube of any size, and the same questions for the engine and for DuckDB on the
//! same files in the same run. Times go to people, never to a test.

use crate::columnar::{Columnar, ColumnarOptions};
use crate::layout::{Lines, Manifest};
use crate::snapshot::{Snapshot, SnapshotWriter, failed};
use akimat_budget::{Amounts, Item, Stage};
use akimat_core::{KatoCode, Money};
use akimat_storage::columns::{
    AdHoc, AdHocAnswer, Aggregate, Columns, ColumnsError, Dimension, FactFilter, Figure, Measure, Member,
};
use akimat_storage::fact::{
    FactExtent, FactLine, FactLineName, FactMonth, FactNode, FactQuery, FactRead, FactReport, FactSource,
    FactTotal, FactUnit, LineKey,
};
use async_trait::async_trait;
use std::fmt;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Lines of a report: 40 items and groups, the rest programmes.
const REPORT_LINES: u32 = 300;
const YEARS: RangeInclusive<i16> = 2017..=2026;

/// The script that asks DuckDB.
const DUCKDB: &str = include_str!("bench/duckdb.py");

/// A snapshot of an invented cube.
#[derive(Debug)]
pub struct Invented {
    home: PathBuf,
    extent: FactExtent,
    files: Vec<String>,
    manifest: Manifest,
}

/// A question in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// What it asks, for the table.
    pub title: &'static str,
    /// For the engine.
    pub question: fn() -> AdHoc,
    /// For DuckDB, over the table `facts`, with the same columns, sorted by the groups. `{code}` is the
    /// number of the code `04/1`.
    pub sql: &'static str,
}

impl Invented {
    /// Finds the cube of so many facts in the folder, or makes it: units of districts and okrugs, ten years,
    /// twelve months, 300 lines.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn at(home: &Path, n_facts: u64) -> Result<Self, ColumnsError> {
        let home = home.join(n_facts.to_string());
        let snapshot = match Snapshot::open_newest(&home) {
            Some(snapshot) => snapshot,
            None => write(&home, n_facts)?,
        };
        let manifest = snapshot.manifest.clone();
        let extent = FactExtent {
            years: Some((*YEARS.start(), *YEARS.end())),
            n_units: manifest.n_units,
            n_reports: manifest.n_reports,
            n_facts: manifest.n_facts,
            generation: manifest.generation,
        };
        Ok(Self { home, extent, files: snapshot.paths(None, false), manifest })
    }

    /// How many facts there are.
    pub const fn n_facts(&self) -> u64 {
        self.extent.n_facts
    }

    /// The files of facts.
    pub fn files(&self) -> &[String] {
        &self.files
    }
}

fn write(home: &Path, n_facts: u64) -> Result<Snapshot, ColumnsError> {
    let keys: Vec<LineKey> = (0..REPORT_LINES).map(key).collect();
    let mut writer = SnapshotWriter::begin(home, Lines::new(keys.clone())).map_err(failed)?;
    let mut written = 0;
    let mut dice = 1_u64;
    for unit in 0..u32::MAX {
        let Some((place, level)) = unit_at(unit) else { break };
        for (year, month) in YEARS.flat_map(|year| (1..=12).map(move |month| (year, month))) {
            if written >= n_facts {
                return writer.finish(1);
            }
            let lines = keys.iter().zip(1..).map(|(key, row)| fact(row, key, month, &mut dice)).collect();
            let source = FactSource {
                file_name: "invented.csv".to_owned(),
                sha256: String::new(),
                budget: None,
                invented: true,
            };
            writer.push(FactReport { place, level, year, month, source, lines })?;
            written += u64::from(REPORT_LINES);
        }
    }
    writer.finish(1)
}

/// Regions with districts with okrugs, in the order of their codes.
fn unit_at(unit: u32) -> Option<(KatoCode, u8)> {
    let (region, rest) = (unit / 125, unit % 125);
    let (district, okrug) = (rest / 10, rest % 10);
    let number = (10 + region % 89) * 10_000_000 + (region / 89 + district + 1) * 100_000 + okrug * 2_000;
    Some((KatoCode::from_number(number)?, if okrug == 0 { 3 } else { 4 }))
}

fn key(at: u32) -> LineKey {
    const TOTALS: [Item; 6] =
        [Item::RevenueTotal, Item::Tax, Item::NonTax, Item::Transfers, Item::ExpenditureTotal, Item::Balance];
    match at {
        0..6 => LineKey { item: TOTALS[at as usize], code: String::new() },
        6..22 => LineKey { item: Item::FunctionalGroup, code: format!("{:02}", at - 5) },
        22..40 => {
            LineKey { item: Item::FunctionalDetail, code: format!("{:02}/{}", (at - 22) / 3 + 1, at % 3 + 1) }
        }
        40..80 => {
            LineKey { item: Item::RevenueDetail, code: format!("1/{:02}/{}", (at - 40) / 5 + 1, at % 5 + 1) }
        }
        _ => LineKey {
            item: Item::FunctionalDetail,
            code: format!("{:02}/1/{}/{:03}", at % 16 + 1, 400 + at % 60, at),
        },
    }
}

fn fact(row: u32, key: &LineKey, month: u8, dice: &mut u64) -> FactLine {
    *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let plan = i64::try_from(*dice >> 34).unwrap_or_default() * 10_000 / 100_000 * 100_000 / 1_000;
    let stated = Money::from_tiyn(plan);
    let executed = Money::from_tiyn(plan * i64::from(month) / 12);
    let amended = (!dice.is_multiple_of(7)).then_some(stated);
    let amounts = Amounts { approved: Some(stated), amended, executed: Some(executed) };
    FactLine { row, key: key.clone(), amounts }
}

/// The cube behind the snapshot: only what the engine asks of it.
struct Behind(FactExtent);

#[async_trait]
impl FactRead for Behind {
    async fn fact_extent(&self) -> akimat_storage::Result<FactExtent> {
        Ok(self.0)
    }
    async fn list_fact_lines(&self) -> akimat_storage::Result<Vec<FactLineName>> {
        Ok(Vec::new())
    }
    async fn list_fact_units(
        &self,
        _: Option<KatoCode>,
        _: Option<u8>,
    ) -> akimat_storage::Result<Vec<FactUnit>> {
        Ok(Vec::new())
    }
    async fn fact_totals(&self, _: &FactQuery) -> akimat_storage::Result<Vec<FactTotal>> {
        Ok(Vec::new())
    }
    async fn fact_months(
        &self,
        _: FactNode,
        _: &LineKey,
        _: RangeInclusive<i16>,
    ) -> akimat_storage::Result<Vec<FactMonth>> {
        Ok(Vec::new())
    }
    async fn find_fact_report(
        &self,
        _: KatoCode,
        _: i16,
        _: u8,
    ) -> akimat_storage::Result<Option<FactReport>> {
        Ok(None)
    }
    async fn list_fact_reports(
        &self,
        _: Option<(KatoCode, i16, u8)>,
        _: u16,
    ) -> akimat_storage::Result<Vec<FactReport>> {
        Ok(Vec::new())
    }
}

const fn measure(stage: Stage, aggregate: Aggregate) -> Measure {
    Measure { stage, aggregate }
}

fn question(by: &[Dimension], filter: FactFilter, measures: &[Measure], latest: bool) -> AdHoc {
    AdHoc { by: by.to_vec(), filter, measures: measures.to_vec(), latest, limit: 100_000 }
}

/// Questions over all facts, over one line, over a territory, and one with half a million groups.
pub const QUESTIONS: [Asked; 5] = [
    Asked {
        title: "executed by region, level, month and item, all facts",
        question: || {
            question(
                &[Dimension::Region, Dimension::Level, Dimension::Month, Dimension::Item],
                FactFilter::default(),
                &[measure(Stage::Executed, Aggregate::Count), measure(Stage::Executed, Aggregate::Max)],
                false,
            )
        },
        sql: "select region, level, month, item, count(executed), max(executed) from facts group by all \
              order by all",
    },
    Asked {
        title: "three sums by year, month and functional group",
        question: || {
            let filter =
                FactFilter { levels: vec![4], items: vec![Item::FunctionalGroup], ..FactFilter::default() };
            let sums = Stage::ALL.map(|stage| measure(stage, Aggregate::Sum));
            question(&[Dimension::Year, Dimension::Month, Dimension::Group], filter, &sums, false)
        },
        sql: "select year, month, grp, sum(approved), sum(amended), sum(executed) from facts \
              where level = 4 and item = 8 group by year, month, grp order by year, month, grp",
    },
    Asked {
        title: "sum and mean by level, month, item and code, all facts",
        question: || {
            question(
                &[Dimension::Level, Dimension::Month, Dimension::Item, Dimension::Code],
                FactFilter::default(),
                &[measure(Stage::Executed, Aggregate::Sum), measure(Stage::Executed, Aggregate::Mean)],
                false,
            )
        },
        sql: "select level, month, item, code, sum(executed), sum(executed), count(executed) from facts \
              group by level, month, item, code order by level, month, item, code",
    },
    Asked {
        title: "one code of one region by unit, year and month",
        question: || {
            let filter = FactFilter {
                under: KatoCode::from_number(110_000_000).into_iter().collect(),
                codes: vec!["04/1".to_owned()],
                items: vec![Item::FunctionalDetail],
                ..FactFilter::default()
            };
            let sums = [measure(Stage::Approved, Aggregate::Sum), measure(Stage::Executed, Aggregate::Sum)];
            question(&[Dimension::Unit, Dimension::Year, Dimension::Month], filter, &sums, false)
        },
        sql: "select place, year, month, sum(approved), sum(executed) from facts where place between 110000000 \
              and 119999999 and item = 9 and code = {code} group by place, year, month order by place, year, month",
    },
    Asked {
        title: "executed by unit, year, item and code, latest reports, first 100,000 groups",
        question: || {
            question(
                &[Dimension::Unit, Dimension::Year, Dimension::Item, Dimension::Code],
                FactFilter::default(),
                &[measure(Stage::Executed, Aggregate::Sum)],
                true,
            )
        },
        sql: "select place, year, item, code, sum(executed) from latest group by place, year, item, code \
              order by place, year, item, code limit 100000",
    },
];

/// What came out.
#[derive(Clone, Debug)]
pub struct Report {
    lines: Vec<Line>,
    duckdb: Option<String>,
}

#[derive(Clone, Debug)]
struct Line {
    title: &'static str,
    ours: Duration,
    theirs: Option<f64>,
    same: Option<bool>,
    n_rows: usize,
}

impl Report {
    /// Our time over DuckDB's, both summed over the questions; `None` where DuckDB is absent.
    pub fn ratio(&self) -> Option<f64> {
        let theirs: Option<f64> = self.lines.iter().map(|line| line.theirs).sum();
        let ours: f64 = self.lines.iter().map(|line| line.ours.as_secs_f64()).sum();
        theirs.filter(|theirs| *theirs > 0.0).map(|theirs| ours / theirs)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.duckdb {
            Some(version) => writeln!(f, "median times; DuckDB {version} reads the same Parquet files")?,
            None => writeln!(f, "median times; python3 has no duckdb here, so there is nothing beside them")?,
        }
        for line in &self.lines {
            let ours = line.ours.as_secs_f64() * 1_000.0;
            write!(f, "{ours:>8.0} ms")?;
            if let Some(theirs) = line.theirs {
                let same = if line.same == Some(true) { "same answer" } else { "ANOTHER ANSWER" };
                write!(
                    f,
                    "  DuckDB {:>8.0} ms  ratio {:.2}  {same}",
                    theirs * 1_000.0,
                    ours / theirs / 1_000.0
                )?;
            }
            writeln!(f, "  {} groups  {}", line.n_rows, line.title)?;
        }
        match self.ratio() {
            Some(ratio) => write!(f, "together: ratio {ratio:.2} (aim: at most 1.5)"),
            None => Ok(()),
        }
    }
}

/// Asks each question `times` times of both.
///
/// # Errors
/// When the engine fails.
pub async fn compare(invented: &Invented, questions: &[Asked], times: usize) -> Result<Report, ColumnsError> {
    let options = ColumnarOptions::new(invented.home.clone());
    let threads = options.threads;
    let columnar = Columnar::open(Arc::new(Behind(invented.extent)), options)?;
    let mut lines = Vec::new();
    let mut duckdb = None;
    for asked in questions {
        let question = (asked.question)();
        let mut took = Vec::new();
        let mut answer = columnar.query(&question).await?;
        for _ in 0..times {
            let begin = Instant::now();
            answer = columnar.query(&question).await?;
            took.push(begin.elapsed());
        }
        took.sort();
        let ours = took.get(took.len() / 2).copied().unwrap_or_default();
        let theirs = ask_duckdb(invented, asked, times, threads);
        let mut line = Line { title: asked.title, ours, theirs: None, same: None, n_rows: answer.rows.len() };
        if let Some(theirs) = theirs {
            line.same = Some(theirs.checksum == checksum(&question.by, &answer, &invented.manifest));
            line.theirs = Some(theirs.seconds);
            duckdb = Some(theirs.version);
        }
        lines.push(line);
    }
    Ok(Report { lines, duckdb })
}

#[derive(serde::Deserialize)]
struct Theirs {
    version: String,
    seconds: f64,
    checksum: String,
}

fn ask_duckdb(invented: &Invented, asked: &Asked, times: usize, threads: usize) -> Option<Theirs> {
    let code = invented.manifest.codes.binary_search(&"04/1".to_owned()).unwrap_or_default();
    let job = serde_json::json!({
        "files": invented.files,
        "sql": asked.sql.replace("{code}", &code.to_string()),
        "times": times,
        "threads": threads,
    });
    let output = Command::new("python3").arg("-c").arg(DUCKDB).arg(job.to_string()).output().ok()?;
    serde_json::from_slice(&output.stdout).ok()
}

/// The sum of all numbers of an answer, each times its place, modulo a prime: two answers with the same
/// checksum are the same.
fn checksum(by: &[Dimension], answer: &AdHocAnswer, manifest: &Manifest) -> String {
    const PRIME: i128 = 2_305_843_009_213_693_951;
    let mut sum = 0_i128;
    let mut place = 0_i128;
    let mut add = |value: i128| {
        place += 1;
        sum = (sum + (value % PRIME) * (place % 1_000_003)).rem_euclid(PRIME);
    };
    for row in &answer.rows {
        for (dimension, member) in by.iter().zip(&row.key) {
            add(number(*dimension, member, manifest));
        }
        for figure in &row.figures {
            match figure {
                Figure::Money(money) => add(money.map_or(0, |money| money.tiyn().into())),
                Figure::Count(n) => add((*n).into()),
                Figure::Mean(mean) => {
                    add(mean.map_or(0, akimat_core::Ratio::numerator));
                    add(mean.map_or(0, akimat_core::Ratio::denominator));
                }
            }
        }
    }
    sum.to_string()
}

/// The number that stands for a member in the files.
fn number(dimension: Dimension, member: &Member, manifest: &Manifest) -> i128 {
    match member {
        Member::None => 0,
        Member::Place(place) => place.number().into(),
        Member::Number(number) => (*number).into(),
        Member::Section(section) => crate::layout::position(&akimat_budget::Section::ALL, section).into(),
        Member::Item(item) => crate::layout::position(&Item::ALL, item).into(),
        Member::Code(group) if dimension == Dimension::Group => group.parse().unwrap_or_default(),
        Member::Code(code) => {
            manifest.codes.binary_search(code).ok().and_then(|at| i128::try_from(at).ok()).unwrap_or_default()
        }
    }
}
