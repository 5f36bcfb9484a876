//! Parts inside the sealed chunks: a name, bytes, and a checksum after them.
//!
//! Each record begins with one byte: 1 begins a part (two bytes of length, the name), 2 carries bytes (four bytes of
//! length, at most [`RECORD_MAX`]), 3 ends a part (eight bytes of size, SHA-256), 4 ends the backup. Numbers are
//! big-endian.

use crate::manifest::{HEAD, MANIFEST};
use crate::seal::{Opener, SALT, Sealer};
use crate::{Fault, Head, Key, Manifest, Result, hex};
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

/// Bytes of one record at most.
pub const RECORD_MAX: usize = 1 << 20;
/// Bytes at most of a part that is read whole: head, manifest, sequences.
const SMALL_MAX: usize = 16 << 20;

/// A part as the manifest names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartEntry {
    /// Its name, such as `table/projects`.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// Takes parts one after another.
pub trait PartSink: Send {
    /// Begins a part.
    ///
    /// # Errors
    /// [`Fault::Disk`], as everywhere here.
    fn begin(&mut self, name: &str) -> Result<()>;

    /// Takes bytes of it.
    ///
    /// # Errors
    /// See [`PartSink::begin`].
    fn put(&mut self, bytes: &[u8]) -> Result<()>;

    /// Ends it.
    ///
    /// # Errors
    /// See [`PartSink::begin`].
    fn end(&mut self) -> Result<()>;
}

/// Writes a backup.
pub struct Writer<W: Write> {
    out: Sealer<W>,
    entries: Vec<PartEntry>,
    open: Option<(String, u64, Context)>,
}

impl<W: Write> std::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("entries", &self.entries).finish_non_exhaustive()
    }
}

impl<W: Write + Send> Writer<W> {
    /// Begins a backup with its head. `salt` must be fresh chance.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub fn new(out: W, key: &Key, salt: &[u8; SALT], head: &Head) -> Result<Self> {
        let mut writer = Self { out: Sealer::new(out, key, salt)?, entries: Vec::new(), open: None };
        writer.whole(HEAD, &json(head)?)?;
        Ok(writer)
    }

    /// A part at once.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub fn whole(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.begin(name)?;
        self.put(bytes)?;
        self.end()
    }

    /// Bytes of all parts so far.
    pub fn n_bytes(&self) -> u64 {
        self.entries.iter().map(|entry| entry.bytes).sum()
    }

    /// Ends the backup with its manifest, whose list of parts is filled in here.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub fn finish(mut self, mut manifest: Manifest) -> Result<W> {
        manifest.parts = self.entries.clone();
        self.whole(MANIFEST, &json(&manifest)?)?;
        self.out.put(&[4])?;
        self.out.finish()
    }
}

impl<W: Write + Send> PartSink for Writer<W> {
    fn begin(&mut self, name: &str) -> Result<()> {
        let len = u16::try_from(name.len()).map_err(|_| Fault::Form("name"))?;
        self.open = Some((name.to_owned(), 0, Context::new(&SHA256)));
        self.out.put(&[1])?;
        self.out.put(&len.to_be_bytes())?;
        self.out.put(name.as_bytes())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        let Some((_, size, sum)) = &mut self.open else { return Err(Fault::Form("order")) };
        for piece in bytes.chunks(RECORD_MAX) {
            sum.update(piece);
            let len = u32::try_from(piece.len()).map_err(|_| Fault::Form("length"))?;
            *size += u64::from(len);
            self.out.put(&[2])?;
            self.out.put(&len.to_be_bytes())?;
            self.out.put(piece)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        let Some((name, bytes, sum)) = self.open.take() else { return Err(Fault::Form("order")) };
        let sum = sum.finish();
        self.out.put(&[3])?;
        self.out.put(&bytes.to_be_bytes())?;
        self.out.put(sum.as_ref())?;
        self.entries.push(PartEntry { name, bytes, sha256: hex(sum.as_ref()) });
        Ok(())
    }
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec_pretty(value).map_err(|_| Fault::Form("json"))
}

/// What comes next in a backup.
#[derive(Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A part begins.
    Begin(String),
    /// Bytes of it.
    Bytes(&'a [u8]),
    /// The part is whole: its checksum was compared.
    End,
    /// Everything was read; the manifest agrees with what was read.
    Finished(Box<Manifest>),
}

/// Reads a backup from its beginning to its end, once.
pub struct Reader<R: Read> {
    input: Opener<R>,
    head: Option<Head>,
    entries: Vec<PartEntry>,
    open: Option<(String, u64, Context)>,
    /// Bytes that the record under way still has.
    left: usize,
    finished: bool,
}

impl<R: Read> std::fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("head", &self.head).finish_non_exhaustive()
    }
}

impl<R: Read> Reader<R> {
    /// Opens a backup and reads its head.
    ///
    /// # Errors
    /// Any [`Fault`] of a file.
    pub fn new(input: R, key: &Key) -> Result<(Self, Head)> {
        let input = Opener::new(input, key)?;
        let mut reader =
            Self { input, head: None, entries: Vec::new(), open: None, left: 0, finished: false };
        if reader.next()? != Event::Begin(HEAD.to_owned()) {
            return Err(Fault::Form("head"));
        }
        let head: Head = serde_json::from_slice(&reader.rest()?).map_err(|_| Fault::Form("head"))?;
        reader.head = Some(head.clone());
        Ok((reader, head))
    }

    /// What comes next. The manifest is read and compared here and is no part for the caller.
    ///
    /// # Errors
    /// Any [`Fault`] of a file.
    #[expect(
        clippy::should_implement_trait,
        reason = "an event borrows the reader, which no iterator can give"
    )]
    pub fn next(&mut self) -> Result<Event<'_>> {
        if self.left > 0 {
            return self.bytes();
        }
        if self.finished {
            return Err(Fault::Form("order"));
        }
        match (self.exact::<1>()?, self.open.is_some()) {
            ([1], false) => {
                let name = self.name()?;
                if name == MANIFEST {
                    return self.manifest();
                }
                Ok(Event::Begin(name))
            }
            ([2], true) => {
                let len = usize::try_from(u32::from_be_bytes(self.exact()?)).unwrap_or(usize::MAX);
                if len == 0 || len > RECORD_MAX {
                    return Err(Fault::Form("length"));
                }
                self.left = len;
                self.bytes()
            }
            ([3], true) => self.end().map(|()| Event::End),
            _ => Err(Fault::Form("record")),
        }
    }

    /// The rest of a small part that has begun, whole.
    ///
    /// # Errors
    /// Any [`Fault`] of a file; [`Fault::Form`] when it is not small.
    pub fn rest(&mut self) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        loop {
            match self.next()? {
                Event::Bytes(bytes) if all.len() + bytes.len() <= SMALL_MAX => all.extend_from_slice(bytes),
                Event::End => return Ok(all),
                _ => return Err(Fault::Form("size")),
            }
        }
    }

    fn name(&mut self) -> Result<String> {
        let len = u16::from_be_bytes(self.exact()?).into();
        let mut name = Vec::new();
        while name.len() < len {
            let bytes = self.input.take(len - name.len())?;
            if bytes.is_empty() {
                return Err(Fault::Form("end"));
            }
            name.extend_from_slice(bytes);
        }
        let name = String::from_utf8(name).map_err(|_| Fault::Form("name"))?;
        if self.entries.iter().any(|entry| entry.name == name) {
            return Err(Fault::Form("name"));
        }
        self.open = Some((name.clone(), 0, Context::new(&SHA256)));
        Ok(name)
    }

    fn bytes(&mut self) -> Result<Event<'_>> {
        let bytes = self.input.take(self.left)?;
        if bytes.is_empty() {
            return Err(Fault::Form("end"));
        }
        self.left -= bytes.len();
        if let Some((_, size, sum)) = &mut self.open {
            sum.update(bytes);
            *size += u64::try_from(bytes.len()).unwrap_or_default();
        }
        Ok(Event::Bytes(bytes))
    }

    fn end(&mut self) -> Result<()> {
        let (bytes, said): ([u8; 8], [u8; 32]) = (self.exact()?, self.exact()?);
        let Some((name, size, sum)) = self.open.take() else { return Err(Fault::Form("order")) };
        if u64::from_be_bytes(bytes) != size || sum.finish().as_ref() != said {
            return Err(Fault::Part(name));
        }
        self.entries.push(PartEntry { name, bytes: size, sha256: hex(&said) });
        Ok(())
    }

    fn manifest(&mut self) -> Result<Event<'_>> {
        let read = std::mem::take(&mut self.entries);
        let text = self.rest()?;
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| Fault::Form("manifest"))?;
        if let Some((said, _)) = manifest.parts.iter().zip(&read).find(|(said, read)| said != read) {
            return Err(Fault::Part(said.name.clone()));
        }
        if manifest.parts.len() != read.len() || self.exact()? != [4] || !self.input.take(1)?.is_empty() {
            return Err(Fault::Form("end"));
        }
        self.finished = true;
        Ok(Event::Finished(Box::new(manifest)))
    }

    fn exact<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        let mut at = 0;
        while at < N {
            let some = self.input.take(N - at)?;
            if some.is_empty() {
                return Err(Fault::Form("end"));
            }
            bytes[at..at + some.len()].copy_from_slice(some);
            at += some.len();
        }
        Ok(bytes)
    }
}
