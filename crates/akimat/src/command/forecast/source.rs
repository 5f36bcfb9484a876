//! Where the series come from: a long or a wide CSV file, packed or not, read as often as needed.

use super::answer::Entry;
use akimat_core::{Frequency, Period};
use akimat_forecast::{Series, SeriesError};
use akimat_interop::Problem;
use akimat_interop::series_csv::decode_series;
use akimat_interop::series_wide::{WideReader, is_wide};
use flate2::read::MultiGzDecoder;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Series that widths are learnt from.
const SAMPLE_MAX: usize = 256;
/// Series with faults that are named; every fault is told by row in any case.
const NAMES_MAX: usize = 10;
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// A header longer than this is none.
const HEADER_BYTES_MAX: u64 = 64 * 1024;

/// Why reading stopped.
pub(super) enum Stop {
    /// The names of the series with faults, as far as rows have names, and the faults.
    Problems(Vec<String>, Vec<Problem>),
    /// Row, name and fault of a series that is none.
    Series(u32, String, SeriesError),
    /// The system's error while reading.
    Input(std::io::Error),
    /// Writing failed.
    Output(anyhow::Error),
}

/// A file of series.
pub(super) struct Source<'a> {
    pub(super) file: &'a Path,
    pub(super) frequency: Frequency,
}

/// What a first reading finds.
pub(super) struct Survey {
    /// Series in the file.
    pub(super) count: u64,
    /// Some of them, evenly over the file.
    pub(super) sample: Vec<Series>,
}

impl Source<'_> {
    /// Reads all of the file once. The last `held` values of each series are not looked at.
    pub(super) fn survey(&self, held: usize) -> Result<Survey, Stop> {
        let (mut count, mut stride, mut sample) = (0_u64, 1_u64, Vec::new());
        self.each(&mut |entry| {
            if count.is_multiple_of(stride) {
                let kept = entry.values.len().saturating_sub(held).max(1);
                if let Ok(series) = Series::new(entry.id, entry.start, entry.values[..kept].to_vec()) {
                    sample.push(series);
                }
                if sample.len() > 2 * SAMPLE_MAX {
                    let mut at = 0_usize;
                    sample.retain(|_| {
                        at += 1;
                        at % 2 == 1
                    });
                    stride *= 2;
                }
            }
            count += 1;
            Ok(())
        })?;
        if sample.len() > SAMPLE_MAX {
            let step = sample.len().div_ceil(SAMPLE_MAX);
            sample = sample.into_iter().step_by(step).collect();
        }
        Ok(Survey { count, sample })
    }

    /// Hands over every series in the order of the file.
    pub(super) fn each(&self, take: &mut dyn FnMut(Entry) -> Result<(), Stop>) -> Result<(), Stop> {
        let mut reader = BufReader::with_capacity(1 << 16, self.open().map_err(Stop::Input)?);
        let mut header = Vec::new();
        reader.by_ref().take(HEADER_BYTES_MAX).read_until(b'\n', &mut header).map_err(Stop::Input)?;
        if is_wide(&String::from_utf8_lossy(&header)) {
            self.wide(std::io::Cursor::new(header).chain(reader), take)
        } else {
            let mut bytes = header;
            let limit = u64::from(akimat_interop::text::FILE_MIB_MAX) * 1024 * 1024 + 1;
            reader.take(limit).read_to_end(&mut bytes).map_err(Stop::Input)?;
            self.long(&bytes, take)
        }
    }

    /// The bytes of the file, unpacked.
    fn open(&self) -> std::io::Result<Box<dyn Read>> {
        let mut file = BufReader::new(File::open(self.file)?);
        let packed = file.fill_buf()?.starts_with(&GZIP);
        Ok(if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
    }

    fn wide(&self, input: impl Read, take: &mut dyn FnMut(Entry) -> Result<(), Stop>) -> Result<(), Stop> {
        let faulty = |problem: Problem| Stop::Problems(Vec::new(), vec![problem]);
        let mut rows = WideReader::new(input, self.frequency).map_err(faulty)?;
        while let Some(series) = rows.next() {
            let series =
                series.map_err(|problem| Stop::Problems(vec![rows.id().to_owned()], vec![problem]))?;
            let dated = series.start.is_some();
            let start = series.start.or_else(|| Period::new(1, 1, self.frequency));
            let Some(start) = start else { continue };
            let checked = Series::new(series.id.as_str(), start, series.values.clone());
            checked.map_err(|error| Stop::Series(series.row, series.id.clone(), error))?;
            take(Entry { id: series.id, start, dated, values: series.values })?;
        }
        Ok(())
    }

    fn long(&self, bytes: &[u8], take: &mut dyn FnMut(Entry) -> Result<(), Stop>) -> Result<(), Stop> {
        let rows = decode_series(bytes, Some(self.frequency));
        for rows in rows.map_err(|problems| Stop::Problems(named(bytes, &problems), problems))? {
            let Some(start) = rows.periods.first().copied() else { continue };
            let checked = Series::new(rows.id.as_str(), start, rows.values.clone());
            checked.map_err(|error| Stop::Series(0, rows.id.clone(), error))?;
            take(Entry { id: rows.id, start, dated: true, values: rows.values })?;
        }
        Ok(())
    }
}

/// Names in the first cells of the rows that have faults, each once, in the order of the file.
fn named(bytes: &[u8], problems: &[Problem]) -> Vec<String> {
    let rows: BTreeSet<u32> =
        problems.iter().filter_map(|problem| problem.row).filter(|row| *row > 1).collect();
    let text = String::from_utf8_lossy(bytes);
    let mut names: Vec<String> = Vec::new();
    for (_, line) in (1_u32..).zip(text.lines()).filter(|(row, _)| rows.contains(row)) {
        let name = line.split([',', ';', '\t']).next().unwrap_or("").trim_matches(['"', ' ']).to_owned();
        if !name.is_empty() && !names.contains(&name) && names.len() < NAMES_MAX {
            names.push(name);
        }
    }
    names
}
