//! Writing a snapshot, publishing it, and finding the newest one.
//!
//! A snapshot is written into a folder of another name and renamed when it is whole, so that a reader
//! meets either all of it or nothing.

mod file;

pub(crate) use file::code;

use crate::layout::{File, Lines, Manifest, VERSION};
use akimat_budget::{Amounts, Stage};
use akimat_core::KatoCode;
use akimat_storage::columns::ColumnsError;
use akimat_storage::fact::{FactExtent, FactRead, FactReport};
use file::{FactRow, FileWriter};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

const MANIFEST: &str = "manifest.json";
const PREFIX: &str = "generation-";

/// Reports read from the database at once: about 20,000 facts.
const REPORTS_AT_ONCE: u16 = 64;
/// How often a copy is begun anew because the cube changed under it.
const ATTEMPTS_MAX: u32 = 3;

/// A snapshot that is whole. Its folder is removed when it has been replaced and nobody reads it any more.
#[derive(Debug)]
pub struct Snapshot {
    /// What it says about itself.
    pub manifest: Manifest,
    folder: PathBuf,
    replaced: AtomicBool,
}

impl Snapshot {
    /// The newest whole snapshot in a folder. What was left half written is removed.
    pub fn open_newest(home: &Path) -> Option<Self> {
        let mut found: Vec<Self> =
            entries(home).into_iter().filter_map(|folder| Self::open(&folder)).collect();
        found.sort_by_key(|snapshot| snapshot.manifest.generation);
        found.pop()
    }

    /// A snapshot in exactly this folder.
    pub fn open(folder: &Path) -> Option<Self> {
        let named =
            folder.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(PREFIX));
        let text = fs::read_to_string(folder.join(MANIFEST)).ok().filter(|_| named)?;
        let manifest: Manifest = serde_json::from_str(&text).ok()?;
        let whole = manifest.version == VERSION
            && manifest.files.iter().all(|file| folder.join(&file.name).is_file());
        whole.then(|| Self { manifest, folder: folder.to_owned(), replaced: AtomicBool::new(false) })
    }

    /// It is a copy of the cube as it is described.
    pub fn is_of(&self, extent: &FactExtent) -> bool {
        let m = &self.manifest;
        (m.generation, m.n_units, m.n_reports, m.n_facts)
            == (extent.generation, extent.n_units, extent.n_reports, extent.n_facts)
    }

    /// Paths of the files that hold facts of some years, of the latest reports alone or of all.
    pub fn paths(&self, years: Option<&std::ops::RangeInclusive<i16>>, latest: bool) -> Vec<String> {
        self.chosen(years, latest).map(|file| self.folder.join(&file.name).display().to_string()).collect()
    }

    /// Facts in those files.
    pub fn n_facts(&self, years: Option<&std::ops::RangeInclusive<i16>>, latest: bool) -> u64 {
        self.chosen(years, latest).map(|file| file.n_facts).sum()
    }

    fn chosen<'a>(
        &'a self,
        years: Option<&'a std::ops::RangeInclusive<i16>>,
        latest: bool,
    ) -> impl Iterator<Item = &'a File> {
        self.manifest.files.iter().filter(move |file| {
            (file.latest || !latest) && years.is_none_or(|years| years.contains(&file.year))
        })
    }

    /// Its folder goes when the last reader has gone.
    pub fn retire(&self) {
        self.replaced.store(true, Ordering::Relaxed);
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        if self.replaced.load(Ordering::Relaxed) {
            // A folder that stays costs room, nothing else.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn entries(home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(home) else { return Vec::new() };
    entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect()
}

/// Writes a snapshot report by report, in the order of unit, year and month.
#[derive(Debug)]
pub struct SnapshotWriter {
    home: PathBuf,
    folder: PathBuf,
    lines: Lines,
    files: BTreeMap<(i16, bool), FileWriter>,
    /// The report before, held back until it is known whether it is the latest of its year.
    held: Option<FactReport>,
    absolute: [i128; 3],
    extent: FactExtent,
    last_unit: Option<KatoCode>,
}

impl SnapshotWriter {
    /// Begins a snapshot under `home`.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn begin(home: &Path, lines: Lines) -> io::Result<Self> {
        let name = format!("unfinished-{}-{}", std::process::id(), jiff::Timestamp::now().as_nanosecond());
        let folder = home.join(name);
        fs::create_dir_all(&folder)?;
        Ok(Self {
            home: home.to_owned(),
            folder,
            lines,
            files: BTreeMap::new(),
            held: None,
            absolute: [0; 3],
            extent: FactExtent::default(),
            last_unit: None,
        })
    }

    /// Adds a report.
    ///
    /// # Errors
    /// [`ColumnsError::Failed`] when the disk is full, [`ColumnsError::NotReady`] when the report has a line
    /// that was not numbered: the cube has changed since.
    pub fn push(&mut self, report: FactReport) -> Result<(), ColumnsError> {
        if let Some(held) = self.held.take() {
            let latest = (held.place, held.year) != (report.place, report.year);
            self.write(&held, latest)?;
        }
        self.held = Some(report);
        Ok(())
    }

    fn write(&mut self, report: &FactReport, latest: bool) -> Result<(), ColumnsError> {
        let key = (report.year, latest);
        if !self.files.contains_key(&key) {
            let name = format!("{}-{}.parquet", report.year, if latest { "latest" } else { "earlier" });
            self.files.insert(key, FileWriter::begin(&self.folder, name)?);
        }
        let Some(file) = self.files.get_mut(&key) else { return Ok(()) };
        for line in &report.lines {
            let id = self.lines.id(&line.key).ok_or(ColumnsError::NotReady)?;
            add_absolute(&mut self.absolute, &line.amounts);
            let row = FactRow::new(report, id, &line.amounts);
            file.push(row, &self.lines)?;
        }
        self.extent.n_reports += 1;
        self.extent.n_facts += report.lines.len() as u64;
        if self.last_unit.replace(report.place) != Some(report.place) {
            self.extent.n_units += 1;
        }
        Ok(())
    }

    /// Ends the snapshot and publishes it under its generation.
    ///
    /// # Errors
    /// [`ColumnsError::Failed`] when the disk is full.
    pub fn finish(mut self, generation: i64) -> Result<Snapshot, ColumnsError> {
        if let Some(held) = self.held.take() {
            self.write(&held, true)?;
        }
        let mut files = Vec::new();
        for ((year, latest), writer) in std::mem::take(&mut self.files) {
            let (name, n_facts) = writer.finish(&self.lines)?;
            files.push(File { name, year, latest, n_facts });
        }
        let manifest = Manifest {
            version: VERSION,
            generation,
            n_units: self.extent.n_units,
            n_reports: self.extent.n_reports,
            n_facts: self.extent.n_facts,
            as_of: jiff::Timestamp::now(),
            absolute: self.absolute.map(|sum| sum.to_string()),
            codes: self.lines.codes().to_vec(),
            files,
        };
        let text = serde_json::to_vec(&manifest).map_err(failed)?;
        fs::write(self.folder.join(MANIFEST), text).map_err(failed)?;
        let stamp = manifest.as_of.as_millisecond();
        let target = self.home.join(format!("{PREFIX}{generation}-{stamp}"));
        fs::rename(&self.folder, &target).map_err(failed)?;
        Snapshot::open(&target).ok_or_else(|| failed("the snapshot vanished"))
    }
}

impl Drop for SnapshotWriter {
    fn drop(&mut self) {
        if self.folder.is_dir() {
            // What is not finished is of no use; after the renaming there is nothing of this name.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn add_absolute(sums: &mut [i128; 3], amounts: &Amounts) {
    for (sum, stage) in sums.iter_mut().zip(Stage::ALL) {
        let tiyn = amounts.at(stage).map_or(0, |money| i128::from(money.tiyn().unsigned_abs()));
        // 2^63 facts of 2^63 tiyn fit.
        *sum = sum.saturating_add(tiyn);
    }
}

/// Copies the cube.
///
/// # Errors
/// What the database or the disk says. A cube that keeps changing gives [`ColumnsError::NotReady`].
pub async fn copy(facts: &dyn FactRead, home: &Path) -> Result<Snapshot, ColumnsError> {
    fs::create_dir_all(home).map_err(failed)?;
    for _ in 0..ATTEMPTS_MAX {
        let before = facts.fact_extent().await?;
        let keys = facts.list_fact_lines().await?.into_iter().map(|line| line.key);
        let mut writer = SnapshotWriter::begin(home, Lines::new(keys)).map_err(failed)?;
        let mut after = None;
        let mut changed = false;
        loop {
            let reports = facts.list_fact_reports(after, REPORTS_AT_ONCE).await?;
            let Some(last) = reports.last() else { break };
            after = Some((last.place, last.year, last.month));
            for report in reports {
                match writer.push(report) {
                    Err(ColumnsError::NotReady) => changed = true,
                    other => other?,
                }
            }
            if changed {
                break;
            }
            tokio::task::yield_now().await;
        }
        if !changed && facts.fact_extent().await? == before {
            let snapshot = writer.finish(before.generation)?;
            if snapshot.is_of(&before) {
                return Ok(snapshot);
            }
            snapshot.retire();
        }
    }
    Err(ColumnsError::NotReady)
}

/// Removes what no longer is of use: copies that were broken off and replaced ones, if nobody has touched
/// them for an hour (another process may be reading or writing).
pub fn sweep(home: &Path, keep: Option<&Snapshot>) {
    for folder in entries(home) {
        if keep.is_some_and(|snapshot| snapshot.folder == folder) {
            continue;
        }
        let ours = folder
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with(PREFIX) || name.starts_with("unfinished-"));
        let age =
            fs::metadata(&folder).and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
        if ours && age.is_some_and(|age| age.as_secs() > 3_600) {
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

/// The engine's own words, for the log.
#[expect(clippy::needless_pass_by_value, reason = "stands in map_err, which gives the error itself")]
pub(crate) fn failed(error: impl ToString) -> ColumnsError {
    ColumnsError::Failed(error.to_string())
}
