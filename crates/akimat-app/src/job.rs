//! Background work: asked for by a person, carried out by one server, told, cancelled, taken up again.
//!
//! A new kind of job is a word, a verb that carries it out from a checkpoint, and one line in
//! [`App::work_on_next_job`].

use crate::audit_trail::CLOSE;
use crate::import::IMPORT;
use crate::permission::{self, Permission};
use crate::programme::SOLVE;
use crate::project::spokesman;
use crate::proposal::END_TERMS;
use crate::published_forecast::{BatchParams, HINDCAST, JUDGE, PUBLISH};
use crate::watch::WATCH;
use crate::{App, AppError, Result};
use akimat_core::{AccountId, JobId, KatoCode};
use akimat_storage::job::{Job, JobFilter, JobKinds, JobProgress, JobState};
use akimat_storage::{Account, Batch, Change, Conflict, PageRequest};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

/// A server without a sign of life for so long has ended; another takes its job.
const LOST_SECONDS: i64 = 60;
/// How often a server without work looks for some.
const LOOK: Duration = Duration::from_secs(2);
/// Times that a job is taken up at most: one that kills its server must not do so for ever.
const ATTEMPTS_MAX: u32 = 5;
/// How often a server asks whether daily work is due.
const ASK_DUE_SECONDS: i64 = 60;

/// A line of work. Each server works on one job of each line at once, so that what ends soon does not wait for what
/// takes long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Files that people wait for.
    Quick,
    /// The watch over all projects, and over those of a territory.
    Watch,
    /// Programmes and forecasts, and whatever else there is.
    Long,
}

impl Lane {
    /// Every line.
    pub const ALL: [Self; 3] = [Self::Quick, Self::Watch, Self::Long];

    /// What is done in it: each kind in exactly one.
    pub const fn kinds(self) -> JobKinds {
        match self {
            Self::Quick => JobKinds::Only(&[IMPORT]),
            Self::Watch => JobKinds::Only(&[WATCH]),
            Self::Long => JobKinds::Except(&[IMPORT, WATCH]),
        }
    }
}

/// Whether a job goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Go {
    /// Yes.
    On,
    /// Somebody asked to stop it.
    Stop,
}

/// A job in the hands of this server.
pub(crate) struct Run<'a> {
    app: &'a App,
    job: Job,
    runner: Uuid,
    last_sign: Timestamp,
}

impl Run<'_> {
    pub(crate) fn id(&self) -> JobId {
        self.job.id
    }

    /// Who asked, and the name to say so.
    pub(crate) fn account(&self) -> (Option<AccountId>, String) {
        (self.job.account, self.job.account_name.clone())
    }

    pub(crate) fn kind(&self) -> &'static str {
        [PUBLISH, HINDCAST, JUDGE, SOLVE, WATCH, IMPORT, CLOSE, END_TERMS]
            .into_iter()
            .find(|kind| *kind == self.job.kind)
            .unwrap_or_default()
    }

    pub(crate) fn params<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.job.params).map_err(|error| AppError::Internal(error.to_string()))
    }

    /// The last checkpoint, or the beginning.
    pub(crate) fn checkpoint<T: DeserializeOwned + Default>(&self) -> Result<T> {
        if self.job.checkpoint.is_empty() {
            return Ok(T::default());
        }
        serde_json::from_str(&self.job.checkpoint).map_err(|error| AppError::Internal(error.to_string()))
    }

    /// Seconds since the last sign of life.
    pub(crate) fn silent_seconds(&self) -> i64 {
        self.app.now().duration_since(self.last_sign).as_secs()
    }

    /// Stores a step with its checkpoint and the changes that it made, all or nothing.
    pub(crate) async fn progress<T: Serialize + Sync>(
        &mut self,
        done: u32,
        total: u32,
        checkpoint: &T,
        changes: Batch,
    ) -> Result<Go> {
        let checkpoint = serde_json::to_string(checkpoint).map_err(|e| AppError::Internal(e.to_string()))?;
        let at = self.app.now();
        let progress = JobProgress {
            id: self.job.id,
            runner: self.runner,
            done,
            total,
            message: JobState::Running.code().to_owned(),
            checkpoint,
            at,
        };
        let mut batch = vec![Change::ProgressJob(progress)];
        batch.extend(changes);
        self.app.store().apply(batch).await?;
        self.last_sign = at;
        let stored = self.app.read().find_job(self.job.id).await?;
        self.job.cancel_asked = stored.is_none_or(|job| job.cancel_asked);
        Ok(if self.job.cancel_asked { Go::Stop } else { Go::On })
    }
}

impl App {
    /// An analyst asks for the forecasts of all main lines below the analyst's territory. The same work that
    /// waits or runs already is not asked for twice.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for everybody else.
    pub async fn ask_to_publish_all(&self, actor: Option<&Account>) -> Result<JobId> {
        self.ask(actor, PUBLISH).await
    }

    /// An analyst asks to hold all known facts against the forecasts below the analyst's territory.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for everybody else.
    pub async fn ask_to_judge_all(&self, actor: Option<&Account>) -> Result<JobId> {
        self.ask(actor, JUDGE).await
    }

    async fn ask(&self, actor: Option<&Account>, kind: &'static str) -> Result<JobId> {
        permission::check(actor, Permission::PublishForecasts, None)?;
        let place = actor.and_then(|account| account.place);
        let job =
            self.new_job(actor, (kind, place), &BatchParams { under: place, ..BatchParams::default() })?;
        for state in [JobState::Queued, JobState::Running] {
            let filter = JobFilter { kind: Some(kind.to_owned()), state: Some(state) };
            let waiting = self.read().list_jobs(&filter, &PageRequest::first(PageRequest::LIMIT_MAX)).await?;
            let same = |other: &&Job| other.params == job.params && !other.cancel_asked;
            if let Some(same) = waiting.items.iter().find(same) {
                return Ok(same.id);
            }
        }
        self.add_job(actor, job).await
    }

    /// The operator asks for forecasts as of past dates, computed later and marked so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_to_hindcast_as_operator(&self, params: &BatchParams) -> Result<JobId> {
        let job = self.new_job(None, (HINDCAST, params.under), params)?;
        self.add_job(None, job).await
    }

    /// The operator asks for forecasts of the main lines as known today.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_to_publish_as_operator(&self, params: &BatchParams) -> Result<JobId> {
        let job = self.new_job(None, (PUBLISH, params.under), params)?;
        self.add_job(None, job).await
    }

    async fn add_job(&self, actor: Option<&Account>, job: Job) -> Result<JobId> {
        let id = job.id;
        let audit = self.audit(actor, "ask_job", id, job.place, &json!({ "kind": job.kind }));
        self.store().apply(vec![Change::AddJob(Box::new(job)), audit]).await?;
        Ok(id)
    }

    /// A job that waits, not stored yet.
    pub(crate) fn new_job<T: Serialize>(
        &self,
        actor: Option<&Account>,
        (kind, place): (&str, Option<KatoCode>),
        params: &T,
    ) -> Result<Job> {
        Ok(Job {
            id: self.new_job_id(),
            kind: kind.to_owned(),
            place,
            params: serde_json::to_string(params).map_err(|error| AppError::Internal(error.to_string()))?,
            state: JobState::Queued,
            done: 0,
            total: 0,
            message: JobState::Queued.code().to_owned(),
            checkpoint: String::new(),
            cancel_asked: false,
            attempts: 0,
            account: actor.map(|account| account.id),
            account_name: spokesman(actor),
            created_at: self.now(),
            started_at: None,
            finished_at: None,
            runner: None,
            heartbeat_at: None,
        })
    }

    /// An analyst stops a job of the analyst's territory: at once when it waits, after its present step when
    /// it runs. What it has done stays.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when it is over, [`AppError::Forbidden`] for a job of another territory.
    pub async fn cancel_job(&self, actor: Option<&Account>, id: JobId) -> Result<()> {
        permission::check(actor, Permission::PublishForecasts, None)?;
        let job = self.read().find_job(id).await?.ok_or(AppError::NotFound("job"))?;
        permission::check(actor, Permission::PublishForecasts, job.place)?;
        let audit = self.audit(actor, "cancel_job", id, job.place, &json!({ "kind": job.kind }));
        Ok(self.store().apply(vec![Change::CancelJob(id, self.now()), audit]).await?)
    }

    /// Takes up the oldest job that waits, or whose server was lost, and works on it to its end. Answers
    /// whether there was one. `runner` names this server.
    ///
    /// # Errors
    /// When the database fails; the job is then taken up again later.
    pub async fn work_on_next_job(&self, runner: Uuid) -> Result<bool> {
        self.work_on(runner, JobKinds::Any).await
    }

    /// The same in one line of work. `runner` names this server and line: no job is done by two at once.
    ///
    /// # Errors
    /// When the database fails; the job is then taken up again later.
    pub async fn work_in_lane(&self, runner: Uuid, lane: Lane) -> Result<bool> {
        self.work_on(runner, lane.kinds()).await
    }

    async fn work_on(&self, runner: Uuid, kinds: JobKinds) -> Result<bool> {
        let lost = SignedDuration::from_secs(LOST_SECONDS);
        let (at, before) = (self.now(), self.now() - lost);
        let Some(job) = self.read().next_job(before, kinds).await? else { return Ok(false) };
        let id = job.id;
        match self.store().apply(vec![Change::ClaimJob { id, runner, at, before }]).await {
            Ok(()) => {}
            Err(akimat_storage::StoreError::Conflict(Conflict::Stale(_))) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
        let mut run = Run { app: self, job, runner, last_sign: at };
        let outcome = if run.job.attempts >= ATTEMPTS_MAX {
            Err(AppError::TooMany { retry_seconds: 0 })
        } else if run.job.cancel_asked {
            Ok(())
        } else {
            match run.kind() {
                PUBLISH | HINDCAST | JUDGE => self.forecast_batch(&mut run).await,
                SOLVE => self.solve_programme_job(&mut run).await,
                WATCH => self.watch_projects(&mut run).await,
                IMPORT => self.carry_out_import(&mut run).await,
                CLOSE => self.close_audit_days(&mut run).await,
                END_TERMS => self.end_proposal_terms().await.map(|_| ()),
                _ => Err(AppError::NotFound("job kind")),
            }
        };
        let (state, message) = match outcome {
            Ok(()) if run.job.cancel_asked => (JobState::Cancelled, JobState::Cancelled.code()),
            Ok(()) => (JobState::Done, JobState::Done.code()),
            // The job is another server's now, or the database is away: it is taken up again later.
            Err(AppError::Conflict(Conflict::Stale("job"))) => return Ok(true),
            Err(error @ AppError::Unavailable(_)) => return Err(error),
            Err(error) => {
                tracing::error!(job = %id, %error, "a job failed");
                (JobState::Failed, error.key())
            }
        };
        let end = Change::EndJob { id, runner, state, message: message.to_owned(), at: self.now() };
        match self.store().apply(vec![end]).await {
            Ok(()) | Err(akimat_storage::StoreError::Conflict(Conflict::Stale(_))) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Works on jobs until `stop` says yes, one of each line at once: the server runs this beside the pages. Each line
    /// has a thread of its own, so that one that reckons for long holds up neither pages nor the other lines.
    pub async fn run_jobs(self, stop: tokio::sync::watch::Receiver<bool>) {
        let lines = Lane::ALL.map(|lane| {
            let (app, stop, handle) = (self.clone(), stop.clone(), tokio::runtime::Handle::current());
            tokio::task::spawn_blocking(move || handle.block_on(app.run_lane(lane, stop)))
        });
        for line in lines {
            if let Err(error) = line.await {
                tracing::error!(%error, "a line of background work ended");
            }
        }
    }

    async fn run_lane(self, lane: Lane, mut stop: tokio::sync::watch::Receiver<bool>) {
        let runner = self.new_uuid();
        let mut asked: Option<Timestamp> = None;
        while !*stop.borrow() {
            let now = self.now();
            // One line asks for all, the one that is soonest free.
            let due = asked.is_none_or(|at| now.duration_since(at).as_secs() >= ASK_DUE_SECONDS);
            if lane == Lane::Quick && due {
                asked = Some(now);
                if let Err(error) = self.queue_due_jobs().await {
                    tracing::warn!(%error, "daily work was not queued");
                }
            }
            let worked = tokio::select! {
                worked = self.work_in_lane(runner, lane) => worked,
                _ = stop.wait_for(|stop| *stop) => return,
            };
            match worked {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "background work was broken off"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }
}
