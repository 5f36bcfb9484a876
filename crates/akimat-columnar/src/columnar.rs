//! Who asks the engine, and when the snapshot is made anew.
//!
//! The engine has threads of its own: a heavy question slows other questions, not the pages.

use crate::answer::rows;
use crate::ask::ask;
use crate::layout::schema;
use crate::snapshot::{Snapshot, copy, failed, sweep};
use akimat_storage::columns::{AdHoc, AdHocAnswer, Columns, ColumnsError, ColumnsState};
use akimat_storage::fact::{FactExtent, FactRead};
use async_trait::async_trait;
use datafusion::error::DataFusionError;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// Settings of the engine.
#[derive(Clone, Debug)]
pub struct ColumnarOptions {
    /// Where snapshots are kept.
    pub folder: PathBuf,
    /// Memory of all questions together, in bytes; what needs more goes to disk or is refused.
    pub memory_bytes: usize,
    /// How long a question may take.
    pub patience: Duration,
    /// A cube of at most so many facts is copied while the question waits, a larger one in the background.
    pub wait_facts_max: u64,
    /// Threads of the engine.
    pub threads: usize,
}

impl ColumnarOptions {
    /// A gibibyte, 30 seconds, as many threads as cores.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            memory_bytes: 1 << 30,
            patience: Duration::from_secs(30),
            wait_facts_max: 100_000,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        }
    }
}

/// Questions that run at once.
const QUESTIONS_AT_ONCE: usize = 2;

/// Answers questions from a snapshot.
#[derive(Debug)]
pub struct Columnar {
    engine: Arc<Engine>,
    /// Taken when dropped: a runtime may not end inside another.
    runtime: Option<tokio::runtime::Runtime>,
}

struct Engine {
    facts: Arc<dyn FactRead>,
    options: ColumnarOptions,
    session: SessionContext,
    newest: RwLock<Option<Arc<Snapshot>>>,
    /// One copy at a time.
    copying: tokio::sync::Mutex<()>,
    places: tokio::sync::Semaphore,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Columnar {
    /// Opens the newest snapshot in the folder, if there is one that is whole.
    ///
    /// # Errors
    /// [`ColumnsError::Failed`] when the system gives no threads.
    pub fn open(facts: Arc<dyn FactRead>, options: ColumnarOptions) -> Result<Self, ColumnsError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(options.threads.max(1))
            .thread_name("columns")
            .enable_all()
            .build()
            .map_err(failed)?;
        let newest = Snapshot::open_newest(&options.folder);
        sweep(&options.folder, newest.as_ref());
        let engine = Engine {
            facts,
            session: session(&options)?,
            options,
            newest: RwLock::new(newest.map(Arc::new)),
            copying: tokio::sync::Mutex::new(()),
            places: tokio::sync::Semaphore::new(QUESTIONS_AT_ONCE),
        };
        Ok(Self { engine: Arc::new(engine), runtime: Some(runtime) })
    }

    /// Runs on the engine's own threads.
    async fn on_own_threads<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, ColumnsError>> + Send + 'static,
    ) -> Result<T, ColumnsError> {
        let runtime = self.runtime.as_ref().ok_or(ColumnsError::NotReady)?;
        runtime.spawn(work).await.map_err(failed)?
    }

    /// Begins a copy that nobody waits for, unless one is being made.
    fn begin_copy(&self) {
        let Some(runtime) = &self.runtime else { return };
        if self.engine.copying.try_lock().is_err() {
            return;
        }
        let engine = Arc::clone(&self.engine);
        runtime.spawn(async move {
            if let Err(error) = engine.refresh().await {
                tracing::warn!(%error, "the columnar copy was not made");
            }
        });
    }
}

impl Drop for Columnar {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn session(options: &ColumnarOptions) -> Result<SessionContext, ColumnsError> {
    let mut config = SessionConfig::new().with_target_partitions(options.threads.max(1));
    let parquet = &mut config.options_mut().execution.parquet;
    parquet.pushdown_filters = true;
    parquet.reorder_filters = true;
    parquet.bloom_filter_on_read = false;
    // What can go to disk does so before it takes the memory of what cannot.
    let pool = Arc::new(FairSpillPool::new(options.memory_bytes));
    let runtime = RuntimeEnvBuilder::new().with_memory_pool(pool).build_arc();
    Ok(SessionContext::new_with_config_rt(config, runtime.map_err(failed)?))
}

impl Engine {
    fn newest(&self) -> Option<Arc<Snapshot>> {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn refresh(&self) -> Result<ColumnsState, ColumnsError> {
        let _one_at_a_time = self.copying.lock().await;
        let extent = self.facts.fact_extent().await?;
        let newest = match self.newest().filter(|snapshot| snapshot.is_of(&extent)) {
            Some(snapshot) => snapshot,
            None => {
                let snapshot = Arc::new(copy(&*self.facts, &self.options.folder).await?);
                let mut place = self.newest.write().unwrap_or_else(PoisonError::into_inner);
                if let Some(old) = place.replace(Arc::clone(&snapshot)) {
                    old.retire();
                }
                snapshot
            }
        };
        let manifest = &newest.manifest;
        Ok(ColumnsState { generation: manifest.generation, as_of: manifest.as_of, n_facts: manifest.n_facts })
    }

    async fn answer(
        &self,
        snapshot: Arc<Snapshot>,
        question: AdHoc,
        stale: bool,
    ) -> Result<AdHocAnswer, ColumnsError> {
        let _place = self.places.acquire().await.map_err(failed)?;
        let work = self.run(&snapshot, &question);
        let (mut rows, n_facts) =
            tokio::time::timeout(self.options.patience, work).await.map_err(|_| ColumnsError::TooLarge)??;
        let limit = usize::try_from(question.limit).unwrap_or(usize::MAX);
        let truncated = rows.len() > limit;
        rows.truncate(limit);
        let manifest = &snapshot.manifest;
        Ok(AdHocAnswer {
            rows,
            truncated,
            n_facts,
            generation: manifest.generation,
            stale,
            as_of: manifest.as_of,
        })
    }

    async fn run(
        &self,
        snapshot: &Snapshot,
        question: &AdHoc,
    ) -> Result<(Vec<akimat_storage::columns::AdHocRow>, u64), ColumnsError> {
        let years = question.filter.years.as_ref();
        let paths = snapshot.paths(years, question.latest);
        if paths.is_empty() {
            return Ok((crate::answer::of_nothing(question), 0));
        }
        let schema = schema();
        let options = ParquetReadOptions { schema: Some(&schema), ..ParquetReadOptions::default() };
        let table = self.session.read_parquet(paths, options).await.map_err(engine_error)?;
        let asked = ask(table, snapshot, question).map_err(engine_error)?;
        let context = Arc::new(asked.task_ctx());
        let plan = asked.create_physical_plan().await.map_err(engine_error)?;
        let batches = collect(Arc::clone(&plan), context).await.map_err(engine_error)?;
        let n_facts = n_aggregated(&plan).unwrap_or_else(|| snapshot.n_facts(years, question.latest));
        Ok((rows(&batches, snapshot, question)?, n_facts))
    }
}

/// Rows that went into the first aggregation; `None` when the engine answered from statistics alone.
fn n_aggregated(plan: &Arc<dyn ExecutionPlan>) -> Option<u64> {
    let children = plan.children();
    if let Some(n) = children.iter().find_map(|child| n_aggregated(child)) {
        return Some(n);
    }
    if plan.name() != "AggregateExec" {
        return None;
    }
    children.first()?.metrics()?.output_rows().map(|n| n as u64)
}

fn engine_error(error: DataFusionError) -> ColumnsError {
    match error.find_root() {
        DataFusionError::ResourcesExhausted(_) => ColumnsError::TooLarge,
        _ => failed(error),
    }
}

#[async_trait]
impl Columns for Columnar {
    async fn query(&self, question: &AdHoc) -> Result<AdHocAnswer, ColumnsError> {
        question.check().map_err(ColumnsError::Question)?;
        let extent: FactExtent = self.engine.facts.fact_extent().await?;
        let mut snapshot = self.engine.newest();
        if !snapshot.as_ref().is_some_and(|snapshot| snapshot.is_of(&extent)) {
            if extent.n_facts <= self.engine.options.wait_facts_max {
                self.refresh().await?;
                snapshot = self.engine.newest();
            } else {
                self.begin_copy();
            }
        }
        let snapshot = snapshot.ok_or(ColumnsError::NotReady)?;
        let stale = !snapshot.is_of(&extent);
        let (engine, question) = (Arc::clone(&self.engine), question.clone());
        self.on_own_threads(async move { engine.answer(snapshot, question, stale).await }).await
    }

    async fn refresh(&self) -> Result<ColumnsState, ColumnsError> {
        let engine = Arc::clone(&self.engine);
        self.on_own_threads(async move { engine.refresh().await }).await
    }
}
