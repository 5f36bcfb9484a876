//! A CSV of any length, record by record, with its checksum.

use crate::Problem;
use crate::problem::ProblemCode;
use csv::StringRecord;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read};

/// More bytes than this in one record are no row of a table.
const RECORD_BYTES_MAX: usize = 256 * 1024;
/// Bytes that tell the delimiter.
const HEAD_BYTES: usize = 4_096;

/// The records of a file.
pub(super) struct Source<R> {
    reader: csv::Reader<Metered<R>>,
    row: u32,
}

impl<R: Read> Source<R> {
    pub(super) fn new(file: R) -> Self {
        let mut file = Metered::new(file);
        file.look_ahead();
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(&file.ahead))
            .buffer_capacity(64 * 1024)
            .from_reader(file);
        Self { reader, row: 0 }
    }

    pub(super) fn n_bytes(&self) -> u64 {
        self.reader.position().byte()
    }

    /// The next record that is not blank, and its line in the file.
    pub(super) fn next(&mut self, record: &mut StringRecord) -> Result<Option<u32>, Problem> {
        loop {
            self.reader.get_mut().left = RECORD_BYTES_MAX;
            let read = self.reader.read_record(record);
            let row = u32::try_from(self.first_line(record)).unwrap_or(u32::MAX);
            let problem = |code| Problem { row: Some(row), column: None, code };
            match read {
                Ok(true) if record.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(true) => {
                    self.row = row;
                    return Ok(Some(row));
                }
                Ok(false) => return Ok(None),
                Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    return Err(problem(ProblemCode::NotText));
                }
                Err(_) => return Err(problem(ProblemCode::BrokenRow)),
            }
        }
    }

    /// The line on which a record begins. The reader's own position of a record lies before the blank lines that it
    /// skipped, so we count back from where the record ends.
    fn first_line(&self, record: &StringRecord) -> u64 {
        let (end, file) = (self.reader.position(), self.reader.get_ref());
        let within = record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        let is_cut = end.byte() == file.n_given && file.last != b'\n';
        end.line().saturating_sub(within + u64::from(!is_cut)).max(u64::from(self.row) + 1)
    }

    /// Of everything that was read.
    pub(super) fn sha256(&mut self) -> String {
        let digest = std::mem::take(&mut self.reader.get_mut().hash).finalize();
        digest.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// The delimiter of the first line; the semicolon of spreadsheets in Kazakhstan when it is undecided.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    // The last of equals wins.
    [b',', b'\t', b';'].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b';')
}

/// Hashes what passes and gives out so many bytes a record: the reader above keeps a record in memory, and a
/// hostile file may be one record of a terabyte.
struct Metered<R> {
    file: R,
    ahead: Vec<u8>,
    hash: Sha256,
    left: usize,
    n_given: u64,
    last: u8,
}

impl<R: Read> Metered<R> {
    fn new(file: R) -> Self {
        Self { file, ahead: Vec::new(), hash: Sha256::new(), left: RECORD_BYTES_MAX, n_given: 0, last: b'\n' }
    }

    /// Reads the beginning without giving it out; the mark of UTF-8 is hashed and dropped.
    fn look_ahead(&mut self) {
        let mut head = vec![0; HEAD_BYTES];
        let mut n_read = 0;
        while n_read < HEAD_BYTES {
            match self.file.read(&mut head[n_read..]) {
                Ok(0) | Err(_) => break,
                Ok(n) => n_read += n,
            }
        }
        head.truncate(n_read);
        self.hash.update(&head);
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        self.ahead = head;
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("the row is too long"));
        }
        let limit = buffer.len().min(self.left);
        let n = if self.ahead.is_empty() {
            let n = self.file.read(&mut buffer[..limit])?;
            self.hash.update(&buffer[..n]);
            n
        } else {
            let n = limit.min(self.ahead.len());
            buffer[..n].copy_from_slice(&self.ahead[..n]);
            self.ahead.drain(..n);
            n
        };
        self.left -= n;
        self.n_given += n as u64;
        self.last = buffer[..n].last().copied().unwrap_or(self.last);
        Ok(n)
    }
}
