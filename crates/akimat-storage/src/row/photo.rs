//! Columns of photographs.

use super::{Arg, Columns, hidden_opt, odd};
use crate::photo::{CoarsePoint, Photo, PhotoKind, PhotoSubject, PictureSize, Taken, TimeSource};
use crate::{Result, args};
use akimat_core::{AccountId, ProjectId};
use akimat_project::Point;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, project, place, kind, before_id, caption_kk, caption_ru, caption_en, taken_at, \
     taken_source, lat_e6, lon_e6, cell_m, sha256, look, web_width, web_height, web_bytes, thumb_width, \
     thumb_height, thumb_bytes, added_by, by_name, at, hidden_reason, hidden_at, erased, invented, subject, version";

/// Values of [`COLUMNS`].
pub fn args(photo: &Photo) -> Vec<Arg<'_>> {
    let (taken, point, hidden) = (photo.taken, photo.point, photo.hidden.as_ref());
    args![
        photo.id,
        photo.project.0,
        photo.place,
        photo.kind.code(),
        photo.before,
        photo.caption.kk.as_str(),
        photo.caption.ru.as_str(),
        photo.caption.en.as_str(),
        Arg::Text(taken.map(|taken| taken.at.to_string().into())),
        taken.map(|taken| taken.source.code()),
        point.map(|point| i64::from(point.point.lat_e6)),
        point.map(|point| i64::from(point.point.lon_e6)),
        point.map(|point| i64::from(point.cell_m)),
        photo.sha256.as_str(),
        photo.look,
        photo.web.width,
        photo.web.height,
        photo.web.n_bytes,
        photo.thumb.width,
        photo.thumb.height,
        photo.thumb.n_bytes,
        photo.added_by.map(|id| id.0),
        photo.by_name.as_str(),
        photo.at,
        hidden.map(|hidden| hidden.reason.as_str()),
        hidden.map(|hidden| hidden.at.as_microsecond()),
        photo.erased,
        photo.invented,
        photo.subject.code(),
        photo.version,
    ]
    .into()
}

/// A photograph out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Photo> {
    Ok(Photo {
        id: row.uuid()?,
        project: ProjectId(row.uuid()?),
        place: row.kato()?,
        kind: row.code(PhotoKind::parse)?,
        before: row.uuid_opt()?,
        caption: row.words()?,
        taken: taken(row)?,
        point: point(row)?,
        sha256: row.string()?,
        look: row.int()?,
        web: size(row)?,
        thumb: size(row)?,
        added_by: row.uuid_opt()?.map(AccountId),
        by_name: row.string()?,
        at: row.instant()?,
        hidden: hidden_opt(row)?,
        erased: row.flag()?,
        invented: row.flag()?,
        subject: row.code(PhotoSubject::parse)?,
        version: row.int()?,
    })
}

fn taken(row: &mut Columns<'_>) -> Result<Option<Taken>> {
    let (Some(at), Some(source)) = (row.string_opt()?, row.string_opt()?) else { return Ok(None) };
    let at = at.parse().map_err(|_| odd(format!("{at:?} is not a day and time")))?;
    let source = TimeSource::parse(&source).ok_or_else(|| odd(format!("{source:?} is no source of time")))?;
    Ok(Some(Taken { at, source }))
}

fn point(row: &mut Columns<'_>) -> Result<Option<CoarsePoint>> {
    let (Some(lat), Some(lon), Some(cell)) = (row.int_opt()?, row.int_opt()?, row.int_opt()?) else {
        return Ok(None);
    };
    let beyond = |_| odd("a point off the earth");
    let point =
        Point { lat_e6: i32::try_from(lat).map_err(beyond)?, lon_e6: i32::try_from(lon).map_err(beyond)? };
    Ok(Some(CoarsePoint { point, cell_m: u32::try_from(cell).map_err(beyond)? }))
}

fn size(row: &mut Columns<'_>) -> Result<PictureSize> {
    Ok(PictureSize { width: row.int()?, height: row.int()?, n_bytes: row.int()? })
}
