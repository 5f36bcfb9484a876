//! Projects on the map and in time.

use super::filter::{Query, Walk};
use crate::SqliteStore;
use crate::db::Db;
use akimat_core::ProjectId;
use akimat_storage::project_map::{Boundary, Bounds, Cell, Grid, ProjectEvent, ProjectMapRead, Site, padded};
use akimat_storage::row::{Arg, marks, project_map as row, read_int};
use akimat_storage::{ProjectFilter, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::{Arc, LazyLock};

static PUT_BOUNDARY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert or replace into boundaries ({}) values ({})",
        row::BOUNDARY_COLUMNS,
        marks('?', row::BOUNDARY_COLUMNS)
    )
});
static BOUNDARIES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from boundaries where span_e6 >= ?5
             and south_e6 <= ?3 and north_e6 >= ?1 and west_e6 <= ?4 and east_e6 >= ?2
         order by span_e6 desc, place limit ?6",
        row::BOUNDARY_COLUMNS
    )
});

/// Projects that are asked for in one statement.
const PROJECTS_AT_ONCE: usize = 500;
/// What residents wrote and everybody sees; the projects stand in place of the mark.
const COMMENT_TIMES: &str = "select project_id, at from comments where project_id in (@) and official = 0
     and hidden_reason is null and removed_at is null and waiting = 0 order by project_id, at";
/// The last news of each.
const NEWEST_NEWS: &str =
    "select project_id, max(at) from project_updates where project_id in (@) group by project_id";

/// Rows of many projects, some hundreds at once.
fn by_project(db: &Db, projects: &[ProjectId], sql: &str) -> Result<Vec<(ProjectId, Timestamp)>> {
    let mut found = Vec::new();
    for part in projects.chunks(PROJECTS_AT_ONCE) {
        let mut query = Query::bare(Vec::new());
        let marks: Vec<String> = padded(part).into_iter().map(|id| query.mark(id.into())).collect();
        found.extend(db.rows(&sql.replace('@', &marks.join(", ")), &query.args, row::read_time)?);
    }
    Ok(found)
}

#[async_trait]
impl ProjectMapRead for SqliteStore {
    async fn list_project_sites(&self) -> Result<Vec<Site>> {
        let sql = "select id, lat_e6, lon_e6, updated_at from projects where lat_e6 is not null and lon_e6 is not null";
        self.read(move |db| db.rows(sql, &[], row::read_site)).await
    }

    async fn list_comment_times(&self, projects: &[ProjectId]) -> Result<Vec<(ProjectId, Timestamp)>> {
        let projects = projects.to_vec();
        self.read(move |db| by_project(db, &projects, COMMENT_TIMES)).await
    }

    async fn list_newest_news(&self, projects: &[ProjectId]) -> Result<Vec<(ProjectId, Timestamp)>> {
        let projects = projects.to_vec();
        self.read(move |db| by_project(db, &projects, NEWEST_NEWS)).await
    }

    async fn count_project_cells(&self, filter: &ProjectFilter, grid: &Grid) -> Result<Vec<Cell>> {
        let (filter, grid) = (filter.clone(), *grid);
        let memo = Arc::clone(&self.cells);
        self.read(move |db| {
            let name = format!("{grid:?} {filter:?}");
            let generation = db.row("select n from project_generation", &[], read_int)?.unwrap_or_default();
            if let Some(cells) = memo.find(generation, &name) {
                return Ok(cells);
            }
            let first = args![
                i64::from(grid.bounds.south_e6),
                i64::from(grid.height_e6.max(1)),
                i64::from(grid.bounds.west_e6),
                i64::from(grid.width_e6.max(1)),
            ];
            let inside = ProjectFilter { bounds: Some(grid.bounds), ..filter };
            let (query, from) = Query::all(&inside, (Walk::Rows, super::shared(db, &inside)?), first.into());
            let sql = format!(
                "select (lat_e6 - ?1) / ?2, (lon_e6 - ?3) / ?4, {}, min(projects.id)
                 from {from} where {} group by 1, 2 order by 1, 2",
                row::CELL_SUMS,
                query.conditions
            );
            let cells = db.rows(&sql, &query.args, row::read_cell)?;
            memo.keep(generation, &name, &cells);
            Ok(cells)
        })
        .await
    }

    async fn project_bounds(&self, filter: &ProjectFilter) -> Result<Option<Bounds>> {
        let filter = filter.clone();
        self.read(move |db| {
            let (query, from) = Query::all(&filter, (Walk::Sums, super::shared(db, &filter)?), Vec::new());
            let sql = format!(
                "select min(lat_e6), min(lon_e6), max(lat_e6), max(lon_e6) from {from} where {}",
                query.conditions
            );
            Ok(db.row(&sql, &query.args, row::read_bounds)?.flatten())
        })
        .await
    }

    async fn list_boundaries(&self, within: Bounds, span_e6_min: u32, limit: u16) -> Result<Vec<Boundary>> {
        let Bounds { south_e6, west_e6, north_e6, east_e6 } = within;
        self.read(move |db| {
            let args = args![south_e6, west_e6, north_e6, east_e6, span_e6_min, limit];
            db.rows(&BOUNDARIES, &args, row::read_boundary)
        })
        .await
    }

    async fn list_project_events(
        &self,
        projects: &[ProjectId],
        since: Timestamp,
        limit: u16,
    ) -> Result<Vec<ProjectEvent>> {
        if projects.is_empty() {
            return Ok(Vec::new());
        }
        let mut args: Vec<Arg<'static>> = args![since, limit].into();
        args.extend(padded(projects).into_iter().map(Arg::from));
        let marks: Vec<String> = (3..=args.len()).map(|at| format!("?{at}")).collect();
        let marks = marks.join(", ");
        self.read(move |db| {
            let moved =
                db.rows(&latest(row::MOVED_COLUMNS, "project_statuses", &marks), &args, row::read_moved)?;
            let news =
                db.rows(&latest(row::NEWS_COLUMNS, "project_updates", &marks), &args, row::read_news)?;
            Ok(row::merged(moved, news, limit))
        })
        .await
    }
}

fn latest(columns: &str, table: &str, marks: &str) -> String {
    format!(
        "select {columns} from {table} where project_id in ({marks}) and at > ?1 order by at desc limit ?2"
    )
}

/// [`akimat_storage::Change::PutBoundaries`].
pub(crate) fn put_boundaries(db: &Db, boundaries: &[Boundary]) -> Result<()> {
    for boundary in boundaries {
        db.execute(&PUT_BOUNDARY, &row::boundary_args(boundary))?;
    }
    Ok(())
}
