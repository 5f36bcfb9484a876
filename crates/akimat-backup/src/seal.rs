//! Chunks that only the key opens, in one order and with one end.
//!
//! The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) as age uses it, with AES-256-GCM: every file has
//! a key of its own (HKDF-SHA-256 of the key, salted with 32 bytes of chance, bound to the whole header), the nonce of
//! a chunk is its number and whether it is the last one. A chunk that is changed, moved, repeated or left out does not
//! open, nor does a file that was cut off between two chunks.

use crate::{Fault, Key, Result, hex};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use std::io::{Read, Write};

/// How a file begins: format and version.
pub const MAGIC: &[u8; 16] = b"akimat-backup/1\n";
/// Bytes of a chunk before sealing; only the last one may be shorter.
pub const CHUNK: usize = 64 << 10;
/// What sealing adds to a chunk.
pub const TAG: usize = 16;
/// Bytes of chance in the header.
pub const SALT: usize = 32;
/// Bytes of the header: magic, identifier of the key, salt.
pub const HEADER: usize = MAGIC.len() + 16 + SALT;

fn header(key: &Key, salt: &[u8; SALT]) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..16].copy_from_slice(MAGIC);
    header[16..32].copy_from_slice(&key.id());
    header[32..].copy_from_slice(salt);
    header
}

/// The key of one file.
fn file_key(key: &Key, header: &[u8; HEADER]) -> Result<LessSafeKey> {
    let refused = |_| Fault::Form("cipher");
    let secret = Salt::new(HKDF_SHA256, &header[32..]).extract(key.bytes());
    let info = [header.as_slice()];
    let derived = secret.expand(&info, &AES_256_GCM).map_err(refused)?;
    Ok(LessSafeKey::new(UnboundKey::from(derived)))
}

/// The number of the chunk in eleven bytes, then 1 for the last one.
fn nonce(chunk: u64, last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[3..11].copy_from_slice(&chunk.to_be_bytes());
    bytes[11] = u8::from(last);
    Nonce::assume_unique_for_key(bytes)
}

/// Seals whatever is written, chunk by chunk.
#[derive(Debug)]
pub struct Sealer<W: Write> {
    out: W,
    key: LessSafeKey,
    chunk: u64,
    waiting: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    /// Begins a file. `salt` must be fresh chance: the same salt twice under one key gives everything away.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub fn new(mut out: W, key: &Key, salt: &[u8; SALT]) -> Result<Self> {
        let header = header(key, salt);
        let key = file_key(key, &header)?;
        out.write_all(&header).map_err(|error| Fault::disk(&error))?;
        Ok(Self { out, key, chunk: 0, waiting: Vec::with_capacity(CHUNK + TAG) })
    }

    /// Takes bytes.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub fn put(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            if self.waiting.len() == CHUNK {
                self.seal(false)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Writes the last chunk; gives back where it was written.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub fn finish(mut self) -> Result<W> {
        self.seal(true)?;
        self.out.flush().map_err(|error| Fault::disk(&error))?;
        Ok(self.out)
    }

    fn seal(&mut self, last: bool) -> Result<()> {
        let nonce = nonce(self.chunk, last);
        let sealed = self.key.seal_in_place_append_tag(nonce, Aad::empty(), &mut self.waiting);
        sealed.map_err(|_| Fault::Form("cipher"))?;
        self.out.write_all(&self.waiting).map_err(|error| Fault::disk(&error))?;
        self.waiting.clear();
        self.chunk += 1;
        Ok(())
    }
}

/// Opens chunk by chunk. Nothing of a chunk is handed on before its tag was checked.
#[derive(Debug)]
pub struct Opener<R: Read> {
    input: R,
    key: LessSafeKey,
    chunk: u64,
    /// The sealed bytes of the next chunk.
    next: Vec<u8>,
    opened: Vec<u8>,
    /// How much of `opened` was handed on.
    taken: usize,
    ended: bool,
}

impl<R: Read> Opener<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Fault::NotABackup`], [`Fault::OtherKey`], [`Fault::Disk`].
    pub fn new(mut input: R, key: &Key) -> Result<Self> {
        let mut header = Vec::with_capacity(HEADER);
        fill(&mut input, &mut header, HEADER)?;
        let Ok(header) = <[u8; HEADER]>::try_from(header) else { return Err(Fault::NotABackup) };
        if header[..16] != *MAGIC {
            return Err(Fault::NotABackup);
        }
        if header[16..32] != key.id() {
            return Err(Fault::OtherKey { wanted: hex(&header[16..24]), given: key.fingerprint() });
        }
        let key = file_key(key, &header)?;
        let mut next = Vec::with_capacity(CHUNK + TAG);
        fill(&mut input, &mut next, CHUNK + TAG)?;
        Ok(Self { input, key, chunk: 0, next, opened: Vec::new(), taken: 0, ended: false })
    }

    /// The next bytes, at most `max` of them; empty only at the end.
    ///
    /// # Errors
    /// [`Fault::Altered`], [`Fault::Truncated`], [`Fault::Trailing`], [`Fault::Disk`].
    pub fn take(&mut self, max: usize) -> Result<&[u8]> {
        while self.taken == self.opened.len() && !self.ended {
            self.open()?;
        }
        let from = self.taken;
        self.taken = self.opened.len().min(from.saturating_add(max));
        Ok(&self.opened[from..self.taken])
    }

    fn open(&mut self) -> Result<()> {
        let mut after = Vec::with_capacity(CHUNK + TAG);
        fill(&mut self.input, &mut after, CHUNK + TAG)?;
        let last = after.is_empty();
        let Some(opened) = self.try_open(last) else {
            return Err(match (self.try_open(!last), last, self.chunk) {
                (Some(_), true, chunk) => Fault::Truncated { chunk },
                (Some(_), false, chunk) => Fault::Trailing { chunk },
                (None, true, chunk) if self.next.len() < TAG => {
                    Fault::Truncated { chunk: chunk.saturating_sub(1) }
                }
                (None, _, chunk) => Fault::Altered { chunk },
            });
        };
        self.opened = opened;
        (self.taken, self.next, self.ended) = (0, after, last);
        self.chunk += 1;
        Ok(())
    }

    fn try_open(&self, last: bool) -> Option<Vec<u8>> {
        let mut bytes = self.next.clone();
        let opened = self.key.open_in_place(nonce(self.chunk, last), Aad::empty(), &mut bytes).ok()?;
        let n = opened.len();
        bytes.truncate(n);
        Some(bytes)
    }
}

/// Reads until there are `n` bytes or no more come.
fn fill(input: &mut impl Read, into: &mut Vec<u8>, n: usize) -> Result<()> {
    let wanted = u64::try_from(n.saturating_sub(into.len())).unwrap_or_default();
    input.by_ref().take(wanted).read_to_end(into).map(|_| ()).map_err(|error| Fault::disk(&error))
}
