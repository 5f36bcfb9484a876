//! Columns of borders, cells and events.

use super::{Arg, Columns, odd};
use crate::project_map::{Boundary, Bounds, Cell, Happening, ProjectEvent, Site};
use crate::{Result, args};
use akimat_core::{Lang, ProjectId, UpdateId};
use akimat_project::{Point, Status};
use jiff::Timestamp;

/// What [`read_boundary`] reads and [`boundary_args`] writes.
pub const BOUNDARY_COLUMNS: &str =
    "place, south_e6, west_e6, north_e6, east_e6, span_e6, rings, source, invented";

/// What [`read_cell`] reads, the identifier aside.
pub const CELL_SUMS: &str = "count(*), sum(lat_e6), sum(lon_e6)";

/// What [`read_moved`] reads.
pub const MOVED_COLUMNS: &str = "project_id, at, moved_by, from_status, to_status, reason";

/// What [`read_news`] reads.
pub const NEWS_COLUMNS: &str = "project_id, at, posted_by, id, lang, body, progress_pct";

/// Values of [`BOUNDARY_COLUMNS`].
pub fn boundary_args(boundary: &Boundary) -> Vec<Arg<'_>> {
    let Bounds { south_e6, west_e6, north_e6, east_e6 } = boundary.bounds;
    let span = (i64::from(north_e6) - i64::from(south_e6)).max(i64::from(east_e6) - i64::from(west_e6));
    args![
        boundary.place,
        south_e6,
        west_e6,
        north_e6,
        east_e6,
        span,
        boundary.rings.as_str(),
        boundary.source.as_str(),
        boundary.invented,
    ]
    .into()
}

/// A border out of [`BOUNDARY_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_boundary(row: &mut Columns<'_>) -> Result<Boundary> {
    let place = row.kato()?;
    let bounds =
        Bounds { south_e6: row.int()?, west_e6: row.int()?, north_e6: row.int()?, east_e6: row.int()? };
    let _span: i64 = row.int()?;
    Ok(Boundary { place, bounds, rings: row.string()?, source: row.string()?, invented: row.flag()? })
}

/// A cell out of row, column, [`CELL_SUMS`] and an identifier.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_cell(row: &mut Columns<'_>) -> Result<Cell> {
    let (line, column): (u32, u32) = (row.int()?, row.int()?);
    let (n, lat, lon): (i64, i64, i64) = (row.int()?, row.int()?, row.int()?);
    let middle = |sum: i64| i32::try_from(sum.checked_div(n)?).ok();
    let (Some(lat_e6), Some(lon_e6)) = (middle(lat), middle(lon)) else {
        return Err(odd("a cell has no middle"));
    };
    Ok(Cell {
        row: line,
        column,
        n_projects: u64::try_from(n).unwrap_or_default(),
        middle: Point { lat_e6, lon_e6 },
        first: ProjectId(row.uuid()?),
    })
}

/// A rectangle out of four extremes; `None` when there was nothing to take them of.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_bounds(row: &mut Columns<'_>) -> Result<Option<Bounds>> {
    let mut side = || row.int_opt().map(|side| side.and_then(|side| i32::try_from(side).ok()));
    let sides = [side()?, side()?, side()?, side()?];
    let [Some(south_e6), Some(west_e6), Some(north_e6), Some(east_e6)] = sides else { return Ok(None) };
    Ok(Some(Bounds { south_e6, west_e6, north_e6, east_e6 }))
}

/// A move out of [`MOVED_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_moved(row: &mut Columns<'_>) -> Result<ProjectEvent> {
    let (project, at, by) = (ProjectId(row.uuid()?), row.instant()?, row.string()?);
    let from = match row.string_opt()? {
        Some(code) => Some(Status::parse(&code).ok_or_else(|| odd(format!("{code:?} is no status")))?),
        None => None,
    };
    let what = Happening::Moved { from, to: row.code(Status::parse)?, reason: row.string()? };
    Ok(ProjectEvent { project, at, by, what })
}

/// News out of [`NEWS_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_news(row: &mut Columns<'_>) -> Result<ProjectEvent> {
    let (project, at, by) = (ProjectId(row.uuid()?), row.instant()?, row.string()?);
    let what = Happening::News {
        id: UpdateId(row.uuid()?),
        lang: row.code(Lang::parse)?,
        body: row.string()?,
        progress_pct: row.int()?,
    };
    Ok(ProjectEvent { project, at, by, what })
}

/// The two kinds of events as one list, newest first, at most `limit`.
pub fn merged(moved: Vec<ProjectEvent>, news: Vec<ProjectEvent>, limit: u16) -> Vec<ProjectEvent> {
    let mut events: Vec<ProjectEvent> = moved.into_iter().chain(news).collect();
    events.sort_by(ProjectEvent::order);
    events.truncate(limit.into());
    events
}

/// A site out of project, latitude, longitude, last change.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_site(row: &mut Columns<'_>) -> Result<Site> {
    let project = ProjectId(row.uuid()?);
    let point = Point { lat_e6: row.int()?, lon_e6: row.int()? };
    Ok(Site { project, point, updated_at: row.instant()? })
}

/// A project and an instant.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_time(row: &mut Columns<'_>) -> Result<(ProjectId, Timestamp)> {
    Ok((ProjectId(row.uuid()?), row.instant()?))
}
