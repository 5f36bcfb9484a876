//! What people attach to comments: pictures, encoded anew without anything but their pixels, and documents, kept as they
//! came and given out as downloads. What a file is follows from its content; its name only names it.

use crate::photo::refusal_fault;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, CommentId, Text};
use akimat_interop::attachment::{DocumentKind, DocumentRefusal, document_kind};
use akimat_participation::wording;
use akimat_photo::{Limits, Photograph, Picture, check};
use akimat_storage::Change;
use akimat_storage::comment_file::{CommentFile, CommentFileBytes, PICTURE};
use akimat_storage::participation::TalkChange;
use akimat_storage::photo::PictureSize;
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::io;
use std::sync::LazyLock;

/// Longest name of a document in characters, its end left out.
const TITLE_CHARS_MAX: usize = 80;

/// What may be attached: a row of `data/participation/attachment.json`. Pictures have the measures of photographs
/// beside.
#[derive(Clone, Debug, Deserialize)]
pub struct AttachmentRules {
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// Files of one comment.
    pub files_max: u8,
    /// Largest document, megabytes of 1,000,000 bytes.
    pub document_megabytes_max: u32,
    /// Where the numbers come from.
    pub basis: Text,
}

impl AttachmentRules {
    /// Largest document in bytes.
    pub const fn document_bytes_max(&self) -> u64 {
        self.document_megabytes_max as u64 * 1_000_000
    }
}

static RULES: LazyLock<Vec<AttachmentRules>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/participation/attachment.json"))
        .expect("a test reads the file")
});

/// A checked file on its way to a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attached {
    /// A picture.
    Picture(Box<Photograph>),
    /// A document.
    Document {
        /// What it is.
        kind: DocumentKind,
        /// Its name with the end that fits the kind.
        title: String,
        /// SHA-256, lower-case hexadecimal.
        sha256: String,
        /// As it came.
        bytes: Vec<u8>,
    },
}

impl Attached {
    /// SHA-256 of the file as it was sent, lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        match self {
            Self::Picture(picture) => &picture.sha256,
            Self::Document { sha256, .. } => sha256,
        }
    }
}

impl App {
    /// What may be attached today; before the first row of the data, the first.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the data have none, which a test excludes.
    pub fn attachment_rules(&self) -> Result<&'static AttachmentRules> {
        let today = self.today();
        let within = |rules: &&AttachmentRules| {
            rules.valid_from <= today && rules.valid_to.is_none_or(|last| today <= last)
        };
        let found = RULES.iter().rev().find(within).or_else(|| RULES.first());
        found.ok_or_else(|| AppError::Internal("no rules of attachments".to_owned()))
    }

    /// Checks a file when its turn comes, a few at a time beside the server's own threads; `read` brings it from where
    /// it waits. The fault is one of the field `files`.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it cannot be read back. A file that is refused is an answer, no error.
    pub async fn check_attachment(
        &self,
        name: &str,
        read: impl FnOnce() -> io::Result<Vec<u8>> + Send + 'static,
    ) -> Result<std::result::Result<Attached, FieldFault>> {
        let (limits, rules, name) = (self.photo_limits(), self.attachment_rules()?, name.to_owned());
        let internal = |reason: String| AppError::Internal(reason);
        let permit = self.photo_work().place().await.map_err(|error| internal(error.to_string()))?;
        let work = move || {
            // The place is given back when the work ends, also when nobody waits for it any more.
            let _permit = permit;
            read().map(|bytes| judge(&name, bytes, &limits, rules))
        };
        let done = tokio::task::spawn_blocking(work).await.map_err(|error| internal(error.to_string()))?;
        done.map_err(|error| internal(error.to_string()))
    }

    /// The changes that attach files to a comment of the same batch.
    pub(crate) fn attach(&self, comment: CommentId, author: AccountId, files: Vec<Attached>) -> Vec<Change> {
        let kept = (1_u8..).zip(files).map(|(nth, file)| {
            let sha256 = file.sha256().to_owned();
            let blank = CommentFile {
                id: self.new_uuid(),
                comment,
                author,
                nth,
                kind: PICTURE.to_owned(),
                title: String::new(),
                sha256,
                whole: PictureSize::default(),
                thumb: PictureSize::default(),
                at: self.now(),
            };
            let (file, bytes) = record(blank, file);
            Change::Talk(Box::new(TalkChange::AddFile(Box::new(file), bytes)))
        });
        kept.collect()
    }
}

fn record(blank: CommentFile, file: Attached) -> (CommentFile, CommentFileBytes) {
    match file {
        Attached::Picture(picture) => {
            let Photograph { web, thumb, .. } = *picture;
            let file = CommentFile { whole: size(&web), thumb: size(&thumb), ..blank };
            (file, CommentFileBytes { whole: web.bytes, thumb: thumb.bytes })
        }
        Attached::Document { kind, title, bytes, .. } => {
            let n_bytes = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let whole = PictureSize { n_bytes, ..PictureSize::default() };
            let file = CommentFile { kind: kind.code().to_owned(), title, whole, ..blank };
            (file, CommentFileBytes { whole: bytes, thumb: Vec::new() })
        }
    }
}

fn size(picture: &Picture) -> PictureSize {
    PictureSize {
        width: picture.width,
        height: picture.height,
        n_bytes: u32::try_from(picture.bytes.len()).unwrap_or(u32::MAX),
    }
}

fn judge(
    name: &str,
    bytes: Vec<u8>,
    limits: &Limits,
    rules: &AttachmentRules,
) -> std::result::Result<Attached, FieldFault> {
    if akimat_photo::header::format(&bytes).is_some() {
        let checked = check(&bytes, limits).map_err(|refusal| refusal_fault("files", &refusal))?;
        return Ok(Attached::Picture(Box::new(checked)));
    }
    let kind = document_kind(&bytes).map_err(document_fault)?;
    let n_bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if n_bytes > rules.document_bytes_max() {
        return Err(too_large(n_bytes, rules));
    }
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Attached::Document { kind, title: title_of(name, kind), sha256, bytes })
}

/// The fault of a document over its limit.
pub fn too_large(n_bytes: u64, rules: &AttachmentRules) -> FieldFault {
    FieldFault::new("files", "attachment-too-large")
        .with("have", n_bytes.div_ceil(1_000_000))
        .with("max", rules.document_megabytes_max)
}

fn document_fault(refusal: DocumentRefusal) -> FieldFault {
    let key = match refusal {
        DocumentRefusal::Empty => "photo-refused-empty",
        DocumentRefusal::Foreign => "attachment-foreign",
        DocumentRefusal::Encrypted => "attachment-encrypted",
        DocumentRefusal::Active => "attachment-active",
        DocumentRefusal::Damaged => "photo-refused-damaged",
        DocumentRefusal::TooMuch => "attachment-unpacks",
    };
    FieldFault::new("files", key)
}

/// A name that says what the file is: without folders and tricks, with the end of its kind.
fn title_of(name: &str, kind: DocumentKind) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = wording::plain_name(name);
    let stem = plain.rsplit_once('.').map_or(plain.as_str(), |(stem, _)| stem);
    let fit = |c: char| !c.is_control() && !matches!(c, '"' | '<' | '>' | ':' | '|' | '?' | '*');
    let stem: String = stem.chars().filter(|c| fit(*c)).take(TITLE_CHARS_MAX).collect();
    let stem = stem.trim().trim_matches('.');
    format!("{}.{}", if stem.is_empty() { "file" } else { stem }, kind.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_hold() {
        for rules in &*RULES {
            assert!((1..=10).contains(&rules.files_max) && (1..=20).contains(&rules.document_megabytes_max));
            assert!(!rules.basis.kk.is_empty() && !rules.basis.ru.is_empty() && !rules.basis.en.is_empty());
        }
        assert!(!RULES.is_empty());
    }

    #[test]
    fn names_say_what_a_file_is_and_nothing_else() {
        for (sent, kept) in [
            ("Смета 2026.PDF", "Смета 2026.pdf"),
            ("C:\\Users\\a\\план.exe", "план.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("invoice.pdf.exe", "invoice.pdf.pdf"),
            ("\u{202e}fdp.exe", "fdp.pdf"),
            ("a\"\r\nx: y.pdf", "a x y.pdf"),
            ("", "file.pdf"),
            ("...", "file.pdf"),
        ] {
            assert_eq!(title_of(sent, DocumentKind::Pdf), kept, "{sent:?}");
        }
        assert_eq!(title_of(&"ә".repeat(500), DocumentKind::Odt).chars().count(), TITLE_CHARS_MAX + 4);
    }
}
