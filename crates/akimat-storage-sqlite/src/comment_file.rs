//! Files attached to comments.

use crate::SqliteStore;
use akimat_core::CommentId;
use akimat_storage::comment_file::{CommentFile, CommentFileRead, FilePart};
use akimat_storage::row::comment_file as row;
use akimat_storage::{Result, args};
use async_trait::async_trait;
use uuid::Uuid;

#[async_trait]
impl CommentFileRead for SqliteStore {
    async fn list_comment_files(&self, comments: &[CommentId]) -> Result<Vec<CommentFile>> {
        if comments.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = row::of(comments);
        self.read(move |db| db.rows(&sql, &args, row::read)).await
    }

    async fn find_comment_file(&self, id: Uuid) -> Result<Option<CommentFile>> {
        self.read(move |db| db.row(row::FIND, &args![id], row::read)).await
    }

    async fn read_comment_file_part(&self, id: Uuid, which: FilePart, part: u32) -> Result<Option<Vec<u8>>> {
        self.read(move |db| {
            db.row(row::PART, &args![id, which.code(), part], akimat_storage::row::import::read_bytes)
        })
        .await
    }
}
