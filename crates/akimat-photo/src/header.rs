//! What a file says about itself before anything is unpacked: its format, its size, and where it ends.
//!
//! The file is walked block by block without unpacking. A file whose end is missing is refused, and so is one that
//! hides a page, an archive, a document or a program behind the picture. Cameras append previews, depth maps and short
//! films; these are no danger, because only the pixels of the picture are kept.

mod jpeg;
mod png;
mod webp;

use crate::refusal::{Foreign, Refusal};

/// Formats that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// PNG (W3C).
    Png,
    /// WebP (RFC 9649).
    Webp,
}

/// What the header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Format.
    pub format: Format,
    /// Pixels across, before it is turned.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Byte after the last one of the picture.
    pub end: usize,
}

/// Reads the header and walks to the end of the picture.
///
/// # Errors
/// [`Refusal`] says what is wrong.
pub fn read(bytes: &[u8]) -> Result<Header, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let header = match format(bytes) {
        Some(Format::Jpeg) => jpeg::walk(bytes)?,
        Some(Format::Png) => png::walk(bytes)?,
        Some(Format::Webp) => webp::walk(bytes)?,
        None => return Err(Refusal::NotAPhotograph(foreign(bytes))),
    };
    match hidden(bytes.get(header.end..).unwrap_or_default()) {
        Some(what) => Err(Refusal::Polyglot(what)),
        None => Ok(header),
    }
}

/// The format by the first bytes.
pub fn format(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Format::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::Webp),
        _ => None,
    }
}

/// What a file that is no photograph is, as far as its first bytes say.
fn foreign(bytes: &[u8]) -> Foreign {
    if let Some(found) = by_magic(bytes) {
        return found;
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.first() == Some(&b'<') || has_markup(bytes) { Foreign::Markup } else { Foreign::Unknown }
}

fn by_magic(bytes: &[u8]) -> Option<Foreign> {
    const MAGIC: &[(&[u8], Foreign)] = &[
        (b"%PDF-", Foreign::Pdf),
        (b"PK\x03\x04", Foreign::Archive),
        (b"PK\x05\x06", Foreign::Archive),
        (b"Rar!\x1a", Foreign::Archive),
        (b"7z\xbc\xaf\x27\x1c", Foreign::Archive),
        (b"\x1f\x8b", Foreign::Archive),
        (b"MZ", Foreign::Program),
        (b"\x7fELF", Foreign::Program),
        (b"#!", Foreign::Program),
        (b"GIF8", Foreign::OtherPicture),
        (b"BM", Foreign::OtherPicture),
        (b"II*\0", Foreign::OtherPicture),
        (b"MM\0*", Foreign::OtherPicture),
    ];
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Foreign::OtherPicture);
    }
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// Longest comment of a ZIP archive and its last record: the record lies within so many bytes of the end.
const ZIP_END: usize = 65_535 + 22;

/// What is hidden behind the picture; `None` when it is nothing or a camera's addition.
fn hidden(tail: &[u8]) -> Option<Foreign> {
    if tail.is_empty() {
        return None;
    }
    match by_magic(tail) {
        // A further picture or a short film behind the first is what telephones append.
        Some(Foreign::OtherPicture) | None => {}
        found => return found,
    }
    let zip_from = tail.len().saturating_sub(ZIP_END);
    if contains(&tail[zip_from..], b"PK\x05\x06") {
        return Some(Foreign::Archive);
    }
    if contains(tail, b"%PDF-") {
        return Some(Foreign::Pdf);
    }
    has_markup(tail).then_some(Foreign::Markup)
}

/// Words that only a page or a drawing with markup has.
fn has_markup(bytes: &[u8]) -> bool {
    const WORDS: [&[u8]; 5] = [b"<script", b"<html", b"<!doctype", b"<svg", b"<?php"];
    (0..bytes.len()).filter(|&at| bytes[at] == b'<').any(|at| {
        WORDS
            .iter()
            .any(|word| bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)))
    })
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
