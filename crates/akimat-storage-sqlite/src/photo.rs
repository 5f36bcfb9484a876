//! Photographs and the parts of their pictures.

use crate::SqliteStore;
use crate::db::{Db, overfull};
use akimat_core::{KatoCode, ProjectId};
use akimat_storage::photo::{PART_BYTES, Photo, PhotoFiles, PhotoRead, PhotoSize};
use akimat_storage::row::{after_number, cursor_at, marks, photo as row};
use akimat_storage::{Conflict, Page, PageRequest, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into photos ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS)));
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "update photos set ({}) = ({}) where id = ?1 and version = ?{} - 1",
        row::COLUMNS,
        marks('?', row::COLUMNS),
        row::COLUMNS.split(',').count()
    )
});
static FIND: LazyLock<String> = LazyLock::new(|| select("id = ?1"));
static OF_PROJECT: LazyLock<String> = LazyLock::new(|| select("project = ?1 order by at, id"));
static ALIKE: LazyLock<String> =
    LazyLock::new(|| select("sha256 = ?1 or look = ?2 order by at, id limit 20"));
static IN_PLACE: LazyLock<String> =
    LazyLock::new(|| select("place between ?2 and ?3 order by at desc, id desc limit ?1"));
static IN_PLACE_AFTER: LazyLock<String> = LazyLock::new(|| {
    select("place between ?2 and ?3 and (at, id) < (?4, ?5) order by at desc, id desc limit ?1")
});
const PART: &str = "select bytes from photo_parts where photo = ?1 and size = ?2 and part = ?3";
const INSERT_PART: &str = "insert into photo_parts (photo, size, part, bytes) values (?1, ?2, ?3, ?4)";

fn select(which: &str) -> String {
    format!("select {} from photos where {which}", row::COLUMNS)
}

#[async_trait]
impl PhotoRead for SqliteStore {
    async fn find_photo(&self, id: Uuid) -> Result<Option<Photo>> {
        self.read(move |db| db.row(&FIND, &args![id], row::read)).await
    }

    async fn list_photos(&self, project: ProjectId) -> Result<Vec<Photo>> {
        self.read(move |db| db.rows(&OF_PROJECT, &args![project.0], row::read)).await
    }

    async fn list_photos_in_place(&self, place: KatoCode, page: &PageRequest) -> Result<Page<Photo>> {
        let (first, last) = place.subtree();
        let mut args = vec![overfull(page), first.into(), last.into()];
        let mut sql: &str = &IN_PLACE;
        if let Some((at, id)) = after_number(page) {
            args.extend(args![at, id]);
            sql = &IN_PLACE_AFTER;
        }
        let page = page.clone();
        self.read(move |db| db.page((sql, &args), &page, row::read, |photo| cursor_at(photo.at, photo.id)))
            .await
    }

    async fn list_photos_alike(&self, sha256: &str, look: i64) -> Result<Vec<Photo>> {
        let sha256 = sha256.to_owned();
        self.read(move |db| db.rows(&ALIKE, &args![sha256.as_str(), look], row::read)).await
    }

    async fn read_photo_part(&self, id: Uuid, size: PhotoSize, part: u32) -> Result<Option<Vec<u8>>> {
        self.read(move |db| {
            db.row(PART, &args![id, size.code(), part], akimat_storage::row::import::read_bytes)
        })
        .await
    }
}

/// [`akimat_storage::Change::AddPhoto`].
pub(crate) fn add(db: &Db, photo: &Photo, files: &PhotoFiles) -> Result<()> {
    db.execute(&INSERT, &row::args(photo))?;
    for (size, bytes) in [(PhotoSize::Web, &files.web), (PhotoSize::Thumb, &files.thumb)] {
        for (at, part) in (0_u32..).zip(bytes.chunks(PART_BYTES)) {
            db.execute(INSERT_PART, &args![photo.id, size.code(), at, part])?;
        }
    }
    Ok(())
}

/// [`akimat_storage::Change::UpdatePhoto`].
pub(crate) fn update(db: &Db, photo: &Photo) -> Result<()> {
    if db.row(&FIND, &args![photo.id], row::read)?.is_none() {
        return Err(Conflict::Missing("photo").into());
    }
    if db.execute(&UPDATE, &row::args(photo))? == 0 {
        return Err(Conflict::Stale("photo").into());
    }
    if photo.erased {
        db.execute("delete from photo_parts where photo = ?1", &args![photo.id])?;
    }
    Ok(())
}

/// Photographs go with their project to another territory.
pub(crate) fn set_place(db: &Db, project: ProjectId, place: KatoCode) -> Result<()> {
    let sql = "update photos set place = ?2 where project = ?1";
    db.execute(sql, &args![project.0, place]).map(|_| ())
}
