//! Statements and columns of files attached to comments, for both databases: values are marked `?1`, `?2`; PostgreSQL
//! writes a dollar in place of the question mark.

use super::talk::step::{Step, Untouched};
use super::talk::{Statement, of_comments};
use super::{Arg, Columns};
use crate::comment_file::{CommentFile, CommentFileBytes, FilePart};
use crate::photo::{PART_BYTES, PictureSize};
use crate::{Result, args};
use akimat_core::{AccountId, CommentId};

/// What [`read`] reads.
const COLUMNS: &str = "id, comment, author, nth, kind, title, sha256, n_bytes, width, height, thumb_width, \
                       thumb_height, thumb_bytes, at";
const INSERT: &str =
    "insert into comment_files (id, comment, author, nth, kind, title, sha256, n_bytes, width, height,
     thumb_width, thumb_height, thumb_bytes, at)
     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
const INSERT_PART: &str = "insert into comment_file_parts (file, size, part, bytes) values (?1, ?2, ?3, ?4)";
const REMOVE_PARTS: &str =
    "delete from comment_file_parts where file in (select id from comment_files where comment = ?1)";
const REMOVE: &str = "delete from comment_files where comment = ?1";
/// One file.
pub const FIND: &str =
    "select id, comment, author, nth, kind, title, sha256, n_bytes, width, height, thumb_width,
     thumb_height, thumb_bytes, at from comment_files where id = ?1";
/// A part of the bytes.
pub const PART: &str = "select bytes from comment_file_parts where file = ?1 and size = ?2 and part = ?3";

/// The statements that keep a file with its bytes.
pub(super) fn add<'a>(file: &'a CommentFile, bytes: &'a CommentFileBytes) -> Vec<Step<'a>> {
    let record: Vec<Arg<'a>> = args![
        file.id,
        file.comment.0,
        file.author.0,
        file.nth,
        file.kind.as_str(),
        file.title.as_str(),
        file.sha256.as_str(),
        file.whole.n_bytes,
        file.whole.width,
        file.whole.height,
        file.thumb.width,
        file.thumb.height,
        file.thumb.n_bytes,
        file.at,
    ]
    .into();
    let mut steps: Vec<Step<'a>> = vec![(INSERT, record, Untouched::Fine)];
    for (which, bytes) in [(FilePart::Whole, &bytes.whole), (FilePart::Thumb, &bytes.thumb)] {
        for (at, part) in (0_u32..).zip(bytes.chunks(PART_BYTES)) {
            let args: Vec<Arg<'a>> = args![file.id, which.code(), at, part].into();
            steps.push((INSERT_PART, args, Untouched::Fine));
        }
    }
    steps
}

/// The statements that take the files of a comment away.
pub(super) fn remove(comment: CommentId) -> [Step<'static>; 2] {
    [REMOVE_PARTS, REMOVE].map(|sql| (sql, args![comment.0].into(), Untouched::Fine))
}

/// Files of comments.
pub fn of(comments: &[CommentId]) -> Statement<'static> {
    of_comments(COLUMNS, "comment_files", "comment, nth, id", comments)
}

/// A file.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<CommentFile> {
    Ok(CommentFile {
        id: row.uuid()?,
        comment: CommentId(row.uuid()?),
        author: AccountId(row.uuid()?),
        nth: row.int()?,
        kind: row.string()?,
        title: row.string()?,
        sha256: row.string()?,
        whole: PictureSize { n_bytes: row.int()?, width: row.int()?, height: row.int()? },
        thumb: PictureSize { width: row.int()?, height: row.int()?, n_bytes: row.int()? },
        at: row.instant()?,
    })
}
