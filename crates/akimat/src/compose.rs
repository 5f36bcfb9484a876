//! The composition root: the only place that knows which database and which solver there are.

use crate::config::{Config, DatabaseUrl};
use crate::demo;
use akimat_allocation::envelope::{BranchAndBound, Tandem};
use akimat_app::app::Parts;
use akimat_app::recommendation::CriteriaSet;
use akimat_app::{App, SystemChance, SystemClock};
use akimat_columnar::{Columnar, ColumnarOptions};
use akimat_solver_highs::Highs;
use akimat_storage::Store;
use akimat_storage_postgres::PostgresStore;
use akimat_storage_sqlite::{Options, SqliteStore};
use anyhow::Context;
use jiff::tz::TimeZone;
use std::path::Path;
use std::sync::Arc;

/// The platform without its faces.
#[derive(Clone)]
pub(crate) struct Platform {
    /// The database, for measurements and the demonstration; whatever else changes anything is a use case.
    pub(crate) store: Arc<dyn Store>,
    /// The use cases.
    pub(crate) app: App,
}

/// Opens the database, brings its schema forward, and puts the use cases on top.
///
/// # Errors
/// When the settings are wrong or the database cannot be opened.
pub(crate) async fn platform(config: &Config) -> anyhow::Result<Platform> {
    let store = open(config).await?;
    let app = App::new(Parts {
        store: Arc::clone(&store),
        // Easy portfolios are settled at once by our own solver; the rest goes to HiGHS.
        solver: Arc::new(Tandem { first: BranchAndBound, second: Highs }),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        zone: TimeZone::get(&config.zone).context("zone")?,
        criteria: criteria(config.criteria.as_deref())?,
    });
    let columns = Columnar::open(Arc::clone(&store) as _, ColumnarOptions::new(config.columns_folder()))?;
    let app = app.with_columns(Arc::new(columns)).with_programme_solver(Arc::new(Highs));
    Ok(Platform { store, app })
}

async fn open(config: &Config) -> anyhow::Result<Arc<dyn Store>> {
    match config.database_url()? {
        DatabaseUrl::Sqlite(path) => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            }
            let mut options = Options::default();
            if let Some(connections) = config.database.connections {
                options.n_readers = connections;
            }
            Ok(Arc::new(SqliteStore::open(&path, &options)?))
        }
        DatabaseUrl::Postgres(url) => {
            let connections = config.database.connections.unwrap_or(16);
            Ok(Arc::new(PostgresStore::connect(&url, connections).await?))
        }
    }
}

fn criteria(file: Option<&Path>) -> anyhow::Result<CriteriaSet> {
    match file {
        None => demo::criteria::embedded(),
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            demo::criteria::read(&text).with_context(|| path.display().to_string())
        }
    }
}

/// A runtime with as many threads as there are cores.
///
/// # Errors
/// When the system gives no threads.
pub(crate) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(cores).enable_all().build();
    runtime.context("the system gives no threads")
}
