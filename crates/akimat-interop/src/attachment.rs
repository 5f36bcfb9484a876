//! Documents that people attach: what a file is by its content, whatever its name says, and whether it is harmless enough
//! to be handed on. Nothing is unpacked but names; the bytes are kept as they came and given out as a download only.
//!
//! What is inside compressed streams of a PDF is not looked at: the browser of the reader gets it as a file to keep, in a
//! page in which nothing may run.

use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Parts that a document may have; ordinary ones have ten to a few hundred.
const PARTS_MAX: usize = 5_000;
/// Bytes that the parts of a document may announce together: nobody unpacks them here, but readers will.
const UNPACKED_MAX: u64 = 512 * 1024 * 1024;
/// How far from its beginning the mark of a PDF may stand (ISO 32000-1, annex H.3.4.1).
const PDF_MARK_WITHIN: usize = 1_024;
/// How far from its end the end mark of a PDF may stand.
const PDF_END_WITHIN: usize = 2_048;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// Portable document.
    Pdf,
    /// Text, Office Open XML.
    Docx,
    /// Workbook, Office Open XML.
    Xlsx,
    /// Slides, Office Open XML.
    Pptx,
    /// Text, OpenDocument.
    Odt,
    /// Workbook, OpenDocument.
    Ods,
    /// Slides, OpenDocument.
    Odp,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Pdf, Self::Docx, Self::Xlsx, Self::Pptx, Self::Odt, Self::Ods, Self::Odp];

    /// The name in tables, and the end of the name of a file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
        }
    }

    /// Reads [`DocumentKind::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
        }
    }
}

/// Why a document is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentRefusal {
    /// Nothing was sent.
    Empty,
    /// Neither a PDF nor a document of an office program.
    Foreign,
    /// It can be read with a password only.
    Encrypted,
    /// It carries a program: macros, scripts, things that start other programs.
    Active,
    /// Its end is missing, or its parts contradict each other.
    Damaged,
    /// It unpacks to far too much.
    TooMuch,
}

impl DocumentRefusal {
    /// Every refusal.
    pub const ALL: [Self; 6] =
        [Self::Empty, Self::Foreign, Self::Encrypted, Self::Active, Self::Damaged, Self::TooMuch];

    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Foreign => "foreign",
            Self::Encrypted => "encrypted",
            Self::Active => "active",
            Self::Damaged => "damaged",
            Self::TooMuch => "too_much",
        }
    }
}

/// Whether the first bytes can be those of a document: only a hint, before the whole file is there.
pub fn may_begin(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || position(near_start(start), b"%PDF-").is_some()
}

/// What a document is.
///
/// # Errors
/// [`DocumentRefusal`] says why it is not kept.
pub fn document_kind(bytes: &[u8]) -> Result<DocumentKind, DocumentRefusal> {
    if bytes.is_empty() {
        return Err(DocumentRefusal::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return office(bytes);
    }
    match position(near_start(bytes), b"%PDF-") {
        Some(_) => pdf(bytes),
        None => Err(DocumentRefusal::Foreign),
    }
}

fn near_start(bytes: &[u8]) -> &[u8] {
    bytes.get(..PDF_MARK_WITHIN).unwrap_or(bytes)
}

fn position(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn pdf(bytes: &[u8]) -> Result<DocumentKind, DocumentRefusal> {
    let end = bytes.get(bytes.len().saturating_sub(PDF_END_WITHIN)..).unwrap_or(bytes);
    if position(end, b"%%EOF").is_none() {
        return Err(DocumentRefusal::Damaged);
    }
    let named = |name: &[u8]| named(bytes, name);
    if named(b"/Encrypt") {
        return Err(DocumentRefusal::Encrypted);
    }
    if [&b"/JavaScript"[..], b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia"].into_iter().any(named) {
        return Err(DocumentRefusal::Active);
    }
    Ok(DocumentKind::Pdf)
}

/// A name of a PDF stands in the file as a whole word: `/JS`, and not `/JSmith`.
fn named(bytes: &[u8], name: &[u8]) -> bool {
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    bytes
        .windows(name.len())
        .enumerate()
        .any(|(at, window)| window == name && ends(bytes.get(at + name.len())))
}

fn office(bytes: &[u8]) -> Result<DocumentKind, DocumentRefusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocumentRefusal::Damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(DocumentRefusal::TooMuch);
    }
    let mut unpacked = 0_u64;
    let mut names = Vec::with_capacity(archive.len());
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|_| DocumentRefusal::Damaged)?;
        if part.encrypted() {
            return Err(DocumentRefusal::Encrypted);
        }
        unpacked = unpacked.saturating_add(part.size());
        let name = part.name().map_err(|_| DocumentRefusal::Damaged)?;
        names.push(name.to_ascii_lowercase());
    }
    if unpacked > UNPACKED_MAX {
        return Err(DocumentRefusal::TooMuch);
    }
    let has = |name: &str| names.iter().any(|part| part == name);
    let kind = if has("[content_types].xml") {
        [
            ("word/document.xml", DocumentKind::Docx),
            ("xl/workbook.xml", DocumentKind::Xlsx),
            ("ppt/presentation.xml", DocumentKind::Pptx),
        ]
        .into_iter()
        .find_map(|(part, kind)| has(part).then_some(kind))
    } else {
        open_document(&mut archive)
    };
    let kind = kind.ok_or(DocumentRefusal::Foreign)?;
    let program = |part: &String| {
        part.ends_with("vbaproject.bin")
            || part.contains("/activex/")
            // The table behind a chart is a workbook of its own.
            || part.contains("/embeddings/") && !part.ends_with(".xlsx")
            || part.starts_with("basic/")
            || part.starts_with("scripts/")
            || [".exe", ".js", ".vbs", ".jar", ".html", ".htm"].iter().any(|end| part.ends_with(end))
    };
    if names.iter().any(program) { Err(DocumentRefusal::Active) } else { Ok(kind) }
}

/// An OpenDocument says in its part `mimetype` what it is (version 1.3, part 2, section 3.3).
fn open_document(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<DocumentKind> {
    let part = archive.by_name("mimetype").ok()?;
    let mut said = Vec::new();
    part.take(100).read_to_end(&mut said).ok()?;
    let said = std::str::from_utf8(&said).ok()?.trim();
    let open = [DocumentKind::Odt, DocumentKind::Ods, DocumentKind::Odp];
    open.into_iter().find(|kind| kind.media_type() == said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn documents_are_known_by_their_content() {
        assert_eq!(document_kind(PDF), Ok(DocumentKind::Pdf));
        let later = [&b"\xef\xbb\xbf\n"[..], PDF].concat();
        assert_eq!(document_kind(&later), Ok(DocumentKind::Pdf), "the mark may stand a little later");
        for (part, kind) in [
            ("word/document.xml", DocumentKind::Docx),
            ("xl/workbook.xml", DocumentKind::Xlsx),
            ("ppt/presentation.xml", DocumentKind::Pptx),
        ] {
            let file = packed(&[("[Content_Types].xml", "<Types/>"), (part, "<a/>")]);
            assert_eq!(document_kind(&file), Ok(kind));
            assert!(may_begin(&file[..100]));
        }
        for kind in [DocumentKind::Odt, DocumentKind::Ods, DocumentKind::Odp] {
            let file = packed(&[("mimetype", kind.media_type()), ("content.xml", "<a/>")]);
            assert_eq!(document_kind(&file), Ok(kind));
        }
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::parse(kind.code()), Some(kind));
        }
    }

    #[test]
    fn what_is_no_document_or_could_act_is_refused() {
        let types = ("[Content_Types].xml", "<Types/>");
        let word = ("word/document.xml", "<a/>");
        let script = String::from_utf8(PDF.to_vec()).unwrap().replace("/Type", "/JS (app.alert) /Type");
        let cases: Vec<(Vec<u8>, DocumentRefusal)> = vec![
            (Vec::new(), DocumentRefusal::Empty),
            (b"<html><script>".to_vec(), DocumentRefusal::Foreign),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old office".to_vec(), DocumentRefusal::Foreign),
            (packed(&[("a.txt", "a")]), DocumentRefusal::Foreign),
            (packed(&[types, ("other.xml", "a")]), DocumentRefusal::Foreign),
            (packed(&[types, word, ("word/vbaProject.bin", "a")]), DocumentRefusal::Active),
            (packed(&[types, word, ("word/media/a.HTML", "a")]), DocumentRefusal::Active),
            (script.into_bytes(), DocumentRefusal::Active),
            (PDF[..40].to_vec(), DocumentRefusal::Damaged),
            (b"PK\x03\x04 and nothing more".to_vec(), DocumentRefusal::Damaged),
            (b"%PDF-1.7\n<</Encrypt 2 0 R>>\n%%EOF".to_vec(), DocumentRefusal::Encrypted),
        ];
        for (bytes, refusal) in cases {
            assert_eq!(document_kind(&bytes), Err(refusal), "{}", String::from_utf8_lossy(&bytes));
        }
        let smith = String::from_utf8(PDF.to_vec()).unwrap().replace("/Type", "/JSmith 1 /Type");
        assert_eq!(document_kind(smith.as_bytes()), Ok(DocumentKind::Pdf), "part of a longer name");
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_survived() {
        let file = packed(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<a/>")]);
        for bytes in [PDF, &file] {
            for at in 0..bytes.len() {
                let _ = document_kind(&bytes[..at]);
                let mut changed = bytes.to_vec();
                changed[at] ^= 0x5a;
                let _ = document_kind(&changed);
            }
        }
    }
}
