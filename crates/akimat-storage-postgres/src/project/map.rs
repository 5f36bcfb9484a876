//! Projects on the map and in time.

use super::filter::Query;
use super::words::Words;
use crate::PostgresStore;
use crate::db::Db;
use akimat_core::ProjectId;
use akimat_storage::project_map::{Boundary, Bounds, Cell, Grid, ProjectEvent, ProjectMapRead, Site, padded};
use akimat_storage::row::words::array;
use akimat_storage::row::{Arg, marks, project_map as row, read_int};
use akimat_storage::{ProjectFilter, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;

static PUT_BOUNDARY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into boundaries ({}) values ({}) on conflict (place) do update set
             south_e6 = excluded.south_e6, west_e6 = excluded.west_e6, north_e6 = excluded.north_e6,
             east_e6 = excluded.east_e6, span_e6 = excluded.span_e6, rings = excluded.rings,
             source = excluded.source, invented = excluded.invented",
        row::BOUNDARY_COLUMNS,
        marks('$', row::BOUNDARY_COLUMNS)
    )
});
static BOUNDARIES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from boundaries where span_e6 >= $5
             and south_e6 <= $3 and north_e6 >= $1 and west_e6 <= $4 and east_e6 >= $2
         order by span_e6 desc, place limit $6",
        row::BOUNDARY_COLUMNS
    )
});

/// What residents wrote and everybody sees.
const COMMENT_TIMES: &str = "select project_id, at from comments where project_id = any ($1::text::uuid[])
     and not official and hidden_reason is null and removed_at is null and waiting = 0 order by project_id, at";
/// The last news of each.
const NEWEST_NEWS: &str = "select project_id, max(at) from project_updates
     where project_id = any ($1::text::uuid[]) group by project_id";

/// Projects as PostgreSQL writes a list of them.
fn listed(projects: &[ProjectId]) -> String {
    array(&projects.iter().map(|project| project.0).collect::<Vec<_>>())
}

#[async_trait]
impl ProjectMapRead for PostgresStore {
    async fn list_project_sites(&self) -> Result<Vec<Site>> {
        let client = self.client().await?;
        let sql = "select id, lat_e6, lon_e6, updated_at from projects where lat_e6 is not null and lon_e6 is not null";
        self.db(&client).rows(sql, &[], row::read_site).await
    }

    async fn list_comment_times(&self, projects: &[ProjectId]) -> Result<Vec<(ProjectId, Timestamp)>> {
        let client = self.client().await?;
        self.db(&client).rows(COMMENT_TIMES, &args![listed(projects)], row::read_time).await
    }

    async fn list_newest_news(&self, projects: &[ProjectId]) -> Result<Vec<(ProjectId, Timestamp)>> {
        let client = self.client().await?;
        self.db(&client).rows(NEWEST_NEWS, &args![listed(projects)], row::read_time).await
    }

    async fn count_project_cells(&self, filter: &ProjectFilter, grid: &Grid) -> Result<Vec<Cell>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let name = format!("{grid:?} {filter:?}");
        let generation = db.row("select n from project_generation", &[], read_int).await?.unwrap_or_default();
        if let Some(cells) = self.cells.find(generation, &name) {
            return Ok(cells);
        }
        let first = args![
            i64::from(grid.bounds.south_e6),
            i64::from(grid.height_e6.max(1)),
            i64::from(grid.bounds.west_e6),
            i64::from(grid.width_e6.max(1)),
        ];
        let inside = ProjectFilter { bounds: Some(grid.bounds), ..filter.clone() };
        let query =
            Query::new(&inside, (&Words::for_all(&inside), super::shared(&db, &inside).await?), first.into());
        // There is no smallest identifier in PostgreSQL before 18; its text has one, and sorts the same.
        let sql = format!(
            "select (lat_e6 - $1::bigint) / $2::bigint, (lon_e6 - $3::bigint) / $4::bigint, {},
                 min(projects.id::text)::uuid
             from projects where {} group by 1, 2 order by 1, 2",
            row::CELL_SUMS,
            query.conditions
        );
        let cells = db.rows(&sql, &query.args, row::read_cell).await?;
        self.cells.keep(generation, &name, &cells);
        Ok(cells)
    }

    async fn project_bounds(&self, filter: &ProjectFilter) -> Result<Option<Bounds>> {
        let client = self.client().await?;
        let shared = super::shared(&self.db(&client), filter).await?;
        let query = Query::new(filter, (&Words::for_all(filter), shared), Vec::new());
        let sql = format!(
            "select min(lat_e6), min(lon_e6), max(lat_e6), max(lon_e6) from projects where {}",
            query.conditions
        );
        Ok(self.db(&client).row(&sql, &query.args, row::read_bounds).await?.flatten())
    }

    async fn list_boundaries(&self, within: Bounds, span_e6_min: u32, limit: u16) -> Result<Vec<Boundary>> {
        let Bounds { south_e6, west_e6, north_e6, east_e6 } = within;
        let client = self.client().await?;
        let args = args![south_e6, west_e6, north_e6, east_e6, span_e6_min, limit];
        self.db(&client).rows(&BOUNDARIES, &args, row::read_boundary).await
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
        let marks: Vec<String> = (3..=args.len()).map(|at| format!("${at}")).collect();
        let marks = marks.join(", ");
        let client = self.client().await?;
        let db = self.db(&client);
        let moved = latest(row::MOVED_COLUMNS, "project_statuses", &marks);
        let news = latest(row::NEWS_COLUMNS, "project_updates", &marks);
        let moved = db.rows(&moved, &args, row::read_moved).await?;
        let news = db.rows(&news, &args, row::read_news).await?;
        Ok(row::merged(moved, news, limit))
    }
}

fn latest(columns: &str, table: &str, marks: &str) -> String {
    format!(
        "select {columns} from {table} where project_id in ({marks}) and at > $1 order by at desc limit $2"
    )
}

/// [`akimat_storage::Change::PutBoundaries`].
pub(crate) async fn put_boundaries(db: &Db<'_>, boundaries: &[Boundary]) -> Result<()> {
    for boundary in boundaries {
        db.execute(&PUT_BOUNDARY, &row::boundary_args(boundary)).await?;
    }
    Ok(())
}
