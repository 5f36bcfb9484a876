//! Figures about territories.

use crate::SqliteStore;
use crate::db::Db;
use akimat_storage::observation::{Observation, ObservationQuery, ObservationRead, ObservationSeries};
use akimat_storage::row::{Arg, marks, observation as row};
use akimat_storage::{Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;

/// A later import replaces an earlier one, also within one file.
static PUT: LazyLock<String> = LazyLock::new(|| {
    let names = row::COLUMNS.split(',').skip(3).map(str::trim);
    let news: Vec<String> = names.map(|name| format!("{name} = excluded.{name}")).collect();
    format!(
        "insert into observations ({}) values ({}) on conflict (series, place, year) do update set {}
         where excluded.imported_at >= observations.imported_at",
        row::COLUMNS,
        marks('?', row::COLUMNS),
        news.join(", ")
    )
});
static SERIES: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from observations group by series, unit order by series, unit", row::SERIES)
});

#[async_trait]
impl ObservationRead for SqliteStore {
    async fn list_observations(&self, query: &ObservationQuery) -> Result<Vec<Observation>> {
        let (first, last) = row::range(query.scope);
        let mut args = Vec::from(args![first, last, *query.years.start(), *query.years.end()]);
        args.extend(query.series.iter().map(|series| Arg::from(series.clone())));
        let wanted: Vec<String> = (0..query.series.len()).map(|n| format!("?{}", n + 5)).collect();
        let series_too = match wanted.is_empty() {
            true => String::new(),
            false => format!("and series in ({})", wanted.join(", ")),
        };
        let sql = format!(
            "select {} from observations
             where place between ?1 and ?2 and year between ?3 and ?4 {series_too}
             order by series, place, year",
            row::COLUMNS
        );
        self.read(move |db| db.rows(&sql, &args, row::read)).await
    }

    async fn list_observation_series(&self) -> Result<Vec<ObservationSeries>> {
        self.read(|db| db.rows(&SERIES, &[], row::read_series)).await
    }
}

/// [`akimat_storage::Change::PutObservations`].
pub(crate) fn put(db: &Db, observations: &[Observation]) -> Result<()> {
    for observation in observations {
        db.execute(&PUT, &row::args(observation))?;
    }
    Ok(())
}
