//! What people attach to comments: what is known about each file, and its bytes in parts.
//!
//! A file goes with its comment: taken back, the comment leaves a mark and no file; hidden, its files are given to
//! moderators only.

use crate::Result;
use crate::photo::PictureSize;
use akimat_core::{AccountId, CommentId};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// The kind of a picture; every other kind is that of a document: `pdf`, `docx`.
pub const PICTURE: &str = "picture";

crate::photo::codes! {
    /// Which bytes of a file.
    FilePart {
        /// What is given out: a document as it came, a picture for looking at.
        Whole = "whole",
        /// The picture for lists.
        Thumb = "thumb",
    }
}

/// What is known about a file; its bytes are read apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentFile {
    /// Identifier.
    pub id: Uuid,
    /// The comment.
    pub comment: CommentId,
    /// Who attached it.
    pub author: AccountId,
    /// 1 for the first of its comment.
    pub nth: u8,
    /// [`PICTURE`], or the kind of a document.
    pub kind: String,
    /// Name of a document as sent, without folders; empty for a picture.
    pub title: String,
    /// SHA-256 of the file as it was sent, lower-case hexadecimal. Of a picture that file is not kept.
    pub sha256: String,
    /// What is given out: bytes, and of a picture its sides in pixels.
    pub whole: PictureSize,
    /// The picture for lists; nothing of a document.
    pub thumb: PictureSize,
    /// When.
    pub at: Timestamp,
}

/// The bytes of a file.
#[derive(Clone, PartialEq, Eq)]
pub struct CommentFileBytes {
    /// What is given out.
    pub whole: Vec<u8>,
    /// The picture for lists; empty for a document.
    pub thumb: Vec<u8>,
}

impl std::fmt::Debug for CommentFileBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CommentFileBytes({} and {} bytes)", self.whole.len(), self.thumb.len())
    }
}

/// Reads attached files.
#[async_trait]
pub trait CommentFileRead: Send + Sync {
    /// Files of these comments, comment by comment in the order in which they were attached.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comment_files(&self, comments: &[CommentId]) -> Result<Vec<CommentFile>>;

    /// One file.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_comment_file(&self, id: Uuid) -> Result<Option<CommentFile>>;

    /// A part of the bytes, from 0 on; `None` after the last.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn read_comment_file_part(&self, id: Uuid, which: FilePart, part: u32) -> Result<Option<Vec<u8>>>;
}
