//! A backup as one file: parts with checksums, in chunks that are sealed so that only the key opens them and that no
//! byte can be changed, left out, moved or added without being noticed.
//!
//! The format is described in `docs/reference/backup.md`. The adapters of the databases write parts with [`Writer`] and
//! read them with [`Reader`]; where the bytes lie is the caller's affair.
//!
//! Reading order: [`key`], [`seal`] (chunks), [`part`] (parts in the chunks), [`manifest`] (what a backup says of itself),
//! [`fault`].
#![warn(missing_docs)]

pub mod fault;
pub mod key;
pub mod manifest;
pub mod part;
pub mod seal;

pub use fault::{Fault, Result};
pub use key::Key;
pub use manifest::{Database, Head, LogHead, Manifest};
pub use part::{Event, PartEntry, PartSink, Reader, Writer};

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Thirty-two bytes out of 64 hexadecimal digits.
pub fn parse_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}
