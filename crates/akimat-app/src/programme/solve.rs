//! Solving: at once for a what-if, as a job to the proof; the job tells how far it is, can be cancelled, and
//! begins again from its frozen input after a restart.

use super::answer::{
    Answer, PlanAnswer, ProgrammeAnswer, ProgrammeReport, ProgrammeSolution, compute, report,
};
use super::build::Frame;
use super::input::{Barred, Duty, ProgrammeInput};
use super::request::{OverrideCost, ProgrammeRequest, RulingKind};
use crate::job::{Go as JobGo, Run};
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_allocation::explain::{EXACT_PROJECTS, Follow};
use akimat_allocation::{Allocation, Effort, Go, Plan, Progress, Stage, Watch, verify};
use akimat_core::{JobId, ProjectId};
use akimat_storage::{Account, Change, ProgrammeScenario, ProgrammeState};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Kind of job: solves a scenario to the wanted gap.
pub const SOLVE: &str = "solve_programme";

/// How often a job tells how far it is.
const TELL: Duration = Duration::from_millis(500);
/// A sign of life is given at least so often, even when nothing has changed.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// A cancelled search may end by itself so long; then it is left behind: a step of the solver cannot be broken off.
const GRACE: Duration = Duration::from_secs(1);
/// So many searches may be left behind at a time; a further one is waited for.
const LEFT_MAX: usize = 2;
/// Searches that were left behind and still end by themselves.
static LEFT: AtomicUsize = AtomicUsize::new(0);
/// A what-if answers within this many seconds, whatever it has then.
const WHAT_IF_SECONDS: u32 = 5;

/// Threads of a what-if; the answer does not depend on them.
const WHAT_IF_THREADS: u8 = 2;

/// What a job is asked to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SolveParams {
    /// The scenario.
    pub programme: Uuid,
    /// SHA-256 of its frozen input.
    pub input_sha256: String,
}

/// How far a job is, with the best plan so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SolveCheckpoint {
    /// What it is at.
    pub stage: Option<Stage>,
    /// Worth of the best plan so far, in units of 1e-4 points.
    pub incumbent: Option<i64>,
    /// Nothing is worth more, in units of 1e-4 points.
    pub bound: Option<i64>,
    /// Seconds of work on it so far, over all servers.
    pub seconds: u64,
    /// The best plan so far.
    pub plan: Option<Plan>,
    /// The plan is found, and so many steps of what is said about it are done, out of so many.
    pub explained: Option<(usize, usize)>,
}

impl SolveCheckpoint {
    /// Takes over worth, bound and plan of what was found.
    fn of(&mut self, plan: &PlanAnswer) {
        self.incumbent = Some(plan.allocation.objective);
        self.bound = Some(plan.allocation.bound);
        self.plan = Some(plan.allocation.plan.clone());
    }

    /// Reads what a job stored; nothing when it has no checkpoint yet.
    pub fn parse(checkpoint: &str) -> Option<Self> {
        serde_json::from_str(checkpoint).ok()
    }

    /// How much better a plan could be at most, as a share of the best one so far.
    #[expect(clippy::cast_precision_loss, reason = "objectives stay below 2^53")]
    pub fn gap(&self) -> Option<f64> {
        let (incumbent, bound) = (self.incumbent?, self.bound?);
        Some((bound - incumbent).max(0) as f64 / incumbent.max(1) as f64)
    }
}

/// What the thread of the solver and the job say to each other.
#[derive(Debug, Default)]
struct Board {
    at: Mutex<SolveCheckpoint>,
    stop: AtomicBool,
}

struct Watcher {
    board: Arc<Board>,
    begun: Instant,
    limit: Option<Duration>,
}

/// Work of a thread of its own.
type Work<T> = Box<dyn FnOnce(Arc<Board>) -> Result<T> + Send>;

impl Watcher {
    fn go(&self) -> Go {
        if self.board.stop.load(Ordering::Relaxed) { Go::Stop } else { Go::On }
    }
}

impl Follow for Watcher {
    fn step(&mut self, done: usize, of: usize) -> Go {
        self.board.at.lock().unwrap_or_else(PoisonError::into_inner).explained = Some((done, of));
        self.go()
    }
}

impl Watch for Watcher {
    fn progress(&mut self, progress: &Progress, plan: Option<&Plan>) -> Go {
        let mut at = self.board.at.lock().unwrap_or_else(PoisonError::into_inner);
        at.stage = Some(progress.stage);
        at.bound = match (at.bound, progress.bound) {
            (Some(old), Some(new)) => Some(old.min(new)),
            (old, new) => new.or(old),
        };
        if progress.incumbent > at.incumbent {
            at.incumbent = progress.incumbent;
            if let Some(plan) = plan {
                at.plan = Some(plan.clone());
            }
        }
        self.go()
    }

    fn time_left(&self) -> Option<Duration> {
        self.limit.map(|limit| limit.saturating_sub(self.begun.elapsed()))
    }
}

impl App {
    /// The quick answer to a changed request of a scenario: the plan without what can be said about it. Nothing is
    /// stored.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields.
    pub async fn what_if_programme(
        &self,
        actor: Option<&Account>,
        id: Uuid,
        request: &ProgrammeRequest,
    ) -> Result<ProgrammeSolution> {
        permission::check(actor, Permission::Recommend, None)?;
        let stored = self.find_scenario(id).await?;
        permission::check(actor, Permission::Recommend, Some(stored.head.place))?;
        let head = &stored.head;
        let frame = Frame { place: head.place, first_year: head.first_year, years: head.n_years };
        let checked = self.check_programme(frame, request).await?;
        if !checked.faults.is_empty() {
            return Err(AppError::Invalid(checked.faults));
        }
        let asked_at = self.now();
        let answer = self.quick(checked.input.clone(), request.seed).await?;
        Ok(ProgrammeSolution {
            request: request.clone(),
            input: checked.input,
            answer: Some(answer),
            report: None,
            asked_by: spokesman(actor),
            asked_at,
            answered_at: Some(self.now()),
        })
    }

    /// What keeping or barring a project would cost, before it is saved.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the project is not a candidate, or no plan satisfies the rules without the
    /// ruling.
    pub async fn override_cost(
        &self,
        actor: Option<&Account>,
        id: Uuid,
        (project, kind): (ProjectId, RulingKind),
    ) -> Result<OverrideCost> {
        permission::check(actor, Permission::Recommend, None)?;
        let stored = self.find_scenario(id).await?;
        permission::check(actor, Permission::Recommend, Some(stored.head.place))?;
        let mut request = ProgrammeRequest::read(&stored.request)?;
        request.rulings.retain(|ruling| ruling.project != project);
        let head = &stored.head;
        let frame = Frame { place: head.place, first_year: head.first_year, years: head.n_years };
        let checked = self.check_programme(frame, &request).await?;
        if !checked.faults.is_empty() {
            return Err(AppError::Invalid(checked.faults));
        }
        let without = checked.input;
        let at = without.find(project).ok_or(AppError::NotFound("candidate"))?;
        let mut with = without.clone();
        let one = &mut with.candidates[at];
        if matches!(one.duty, Some(Duty::Running { .. }))
            || matches!(
                one.barred,
                Some(Barred::NoCost | Barred::OtherSources | Barred::TooLarge | Barred::Years { .. })
            )
        {
            return Err(AppError::field("project", "field-programme-not-ruled"));
        }
        match kind {
            RulingKind::Keep => {
                (one.duty, one.barred) = (Some(Duty::Kept { reason: String::new() }), None);
            }
            RulingKind::Bar => one.barred = Some(Barred::Ruled { reason: String::new() }),
        }
        let before = self.quick(without.clone(), request.seed).await?;
        let after = self.quick(with, request.seed).await?;
        let before = before.plan().ok_or(AppError::NotFound("plan"))?;
        Ok(price(&without, before, after.plan()))
    }

    /// Asks for the plan of a scenario as a job. Its facts are frozen now: the job solves what was seen.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the request no longer fits the stored projects; [`AppError::Conflict`] when
    /// somebody changed the scenario, or a job works on it.
    pub async fn solve_programme(&self, actor: Option<&Account>, (id, edit): (Uuid, u32)) -> Result<JobId> {
        let mut stored = self.open_scenario(actor, (id, edit)).await?;
        let request = ProgrammeRequest::read(&stored.request)?;
        let head = &stored.head;
        let frame = Frame { place: head.place, first_year: head.first_year, years: head.n_years };
        let (_, input) = self.checked((&head.title, frame), &request).await?;
        let params = SolveParams { programme: id, input_sha256: input.sha256() };
        let job = self.new_job(actor, (SOLVE, Some(head.place)), &params)?;
        let job_id = job.id;
        let solution = ProgrammeSolution {
            request,
            input,
            answer: None,
            report: None,
            asked_by: spokesman(actor),
            asked_at: self.now(),
            answered_at: None,
        };
        stored.solution = solution.write()?;
        let head = &mut stored.head;
        (head.objective, head.bound) = (None, None);
        (head.state, head.job) = (ProgrammeState::Solving, Some(job_id));
        head.edit += 1;
        head.updated_at = self.now();
        let place = head.place;
        let audit = self.audit(actor, "solve_programme", id, Some(place), &json!({ "job": job_id }));
        let changes = vec![Change::AddJob(Box::new(job)), Change::UpdateProgramme(Box::new(stored)), audit];
        self.store().apply(changes).await?;
        Ok(job_id)
    }

    /// Stops the job of a scenario; the best plan that it has found by then stays.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when no job works on it, [`AppError::Conflict`] when it is over.
    pub async fn cancel_programme(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        permission::check(actor, Permission::Recommend, None)?;
        let stored = self.find_scenario(id).await?;
        permission::check(actor, Permission::Recommend, Some(stored.head.place))?;
        let job = stored.head.job.ok_or(AppError::NotFound("job"))?;
        let audit = self.audit(actor, "cancel_job", job, Some(stored.head.place), &json!({ "kind": SOLVE }));
        Ok(self.store().apply(vec![Change::CancelJob(job, self.now()), audit]).await?)
    }

    /// Carries out a job of kind [`SOLVE`]: first the plan, which is stored at once, then what is said about it.
    pub(crate) async fn solve_programme_job(&self, run: &mut Run<'_>) -> Result<()> {
        let params: SolveParams = run.params()?;
        let before: SolveCheckpoint = run.checkpoint()?;
        let mut stored = self.find_scenario(params.programme).await?;
        let mut solution =
            ProgrammeSolution::read(&stored.solution)?.ok_or(AppError::NotFound("programme"))?;
        if stored.head.job != Some(run.id()) || solution.input.sha256() != params.input_sha256 {
            // Another job was asked for meanwhile: this one has nothing to say any more.
            return Ok(());
        }
        let effort = effort(&solution.request, solution.input.candidates.len());
        let mut stopped = false;
        if solution.answer.is_none() {
            let input = solution.input.clone();
            let work = self.answering(input, effort)?;
            let watched = self.watched(run, &before, work).await?;
            stopped = watched.go == JobGo::Stop;
            solution.answer = Some(match watched.found {
                Some(answer) => better(&solution.input, answer, &before),
                None => {
                    let nothing = ProgrammeAnswer::nothing(&solution.input, &*self.solver(), &effort);
                    better(&solution.input, nothing, &watched.at)
                }
            });
            if solution.plan().is_some() && !stopped {
                // From here on a restart goes on with the explanations; the scenario still belongs to the job.
                stored = self.keep(run, stored, &solution, ProgrammeState::Solving).await?;
            }
        }
        if let Some(plan) = solution.plan().filter(|_| !stopped).cloned() {
            let work = self.explaining((solution.input.clone(), plan), effort)?;
            let watched = self.watched(run, &SolveCheckpoint::default(), work).await?;
            solution.report = watched.found;
        }
        let state = match solution.answer.as_ref().map(|answer| &answer.answer) {
            Some(Answer::Plan(_)) => ProgrammeState::Solved,
            Some(Answer::Infeasible { .. }) => ProgrammeState::Infeasible,
            Some(Answer::Nothing) | None => ProgrammeState::Draft,
        };
        self.keep(run, stored, &solution, state).await.map(|_| ())
    }

    /// Stores what the job has found, together with a step of the job: a server that lost the job stores nothing.
    async fn keep(
        &self,
        run: &mut Run<'_>,
        mut stored: ProgrammeScenario,
        solution: &ProgrammeSolution,
        state: ProgrammeState,
    ) -> Result<ProgrammeScenario> {
        let head = &mut stored.head;
        head.state = state;
        head.objective = solution.plan().map(|plan| plan.allocation.objective);
        head.bound = solution.plan().map(|plan| plan.allocation.bound);
        head.edit += 1;
        head.updated_at = self.now();
        let detail = json!({ "state": state.code(), "objective": head.objective, "bound": head.bound });
        let audit = self.audit(None, "answer_programme", head.id, Some(head.place), &detail);
        let at = SolveCheckpoint {
            incumbent: head.objective,
            bound: head.bound,
            plan: solution.plan().map(|plan| plan.allocation.plan.clone()),
            ..SolveCheckpoint::default()
        };
        let answered = ProgrammeSolution { answered_at: Some(self.now()), ..solution.clone() };
        stored.solution = answered.write()?;
        let changes = vec![Change::UpdateProgramme(Box::new(stored.clone())), audit];
        let done = u32::from(state != ProgrammeState::Solving);
        run.progress(done, 1, &at, changes).await?;
        Ok(stored)
    }

    fn answering(&self, input: ProgrammeInput, effort: Effort) -> Result<Work<ProgrammeAnswer>> {
        let solver = self.solver();
        let limit = effort.seconds.map(|seconds| Duration::from_secs(seconds.into()));
        Ok(Box::new(move |board| {
            let mut watcher = Watcher { board, begun: Instant::now(), limit };
            compute(&input, &*solver, &effort, &mut watcher)
        }))
    }

    fn explaining(
        &self,
        (input, plan): (ProgrammeInput, PlanAnswer),
        effort: Effort,
    ) -> Result<Work<ProgrammeReport>> {
        let solver = self.solver();
        Ok(Box::new(move |board| {
            board.at.lock().unwrap_or_else(PoisonError::into_inner).of(&plan);
            let mut watcher = Watcher { board, begun: Instant::now(), limit: None };
            report((&input, &plan), &*solver, &effort, &mut watcher)
        }))
    }

    /// Works in a thread of its own; the job tells how far it is.
    async fn watched<T: Send + 'static>(
        &self,
        run: &mut Run<'_>,
        before: &SolveCheckpoint,
        work: Work<T>,
    ) -> Result<Watched<T>> {
        let board = Arc::new(Board::default());
        let begun = Instant::now();
        let given = Arc::clone(&board);
        let mut work = tokio::task::spawn_blocking(move || work(given));
        let mut told = (SolveCheckpoint::default(), begun);
        let mut at = before.clone();
        loop {
            tokio::select! {
                done = &mut work => {
                    let found = done.map_err(|error| AppError::Internal(error.to_string()))??;
                    return Ok(Watched { found: Some(found), go: JobGo::On, at });
                }
                () = tokio::time::sleep(TELL) => {}
            }
            let now = board.at.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let said = if now == told.0 && told.1.elapsed() < HEARTBEAT {
                let stored = self.read().find_job(run.id()).await?;
                Ok(if stored.is_some_and(|job| job.cancel_asked) { JobGo::Stop } else { JobGo::On })
            } else {
                told = (now.clone(), Instant::now());
                let (incumbent, plan) = if now.incumbent >= before.incumbent {
                    (now.incumbent, now.plan.clone())
                } else {
                    (before.incumbent, before.plan.clone())
                };
                let seconds = before.seconds + begun.elapsed().as_secs();
                at = SolveCheckpoint { incumbent, plan, seconds, ..now };
                run.progress(0, 1, &at, Vec::new()).await
            };
            if matches!(said, Ok(JobGo::On)) {
                continue;
            }
            // Cancelled, or another server has the job: the thread must not work on for nobody.
            board.stop.store(true, Ordering::Relaxed);
            let go = said?;
            let found = ended(work).await?;
            return Ok(Watched { found, go, at });
        }
    }

    /// The quick answer to an input.
    pub(super) async fn quick(&self, input: ProgrammeInput, seed: u64) -> Result<ProgrammeAnswer> {
        let solver = self.solver();
        let effort = Effort {
            seconds: Some(WHAT_IF_SECONDS),
            seed,
            quick: true,
            threads: WHAT_IF_THREADS,
            ..Effort::default()
        };
        let limit = Some(Duration::from_secs(WHAT_IF_SECONDS.into()));
        let mut watcher = Watcher { board: Arc::default(), begun: Instant::now(), limit };
        let work = tokio::task::spawn_blocking(move || compute(&input, &*solver, &effort, &mut watcher));
        work.await.map_err(|error| AppError::Internal(error.to_string()))?
    }
}

/// What came of work that was watched.
struct Watched<T> {
    /// What it found; `None` when it was cancelled and left behind.
    found: Option<T>,
    go: JobGo,
    /// How far it was when it was last looked at.
    at: SolveCheckpoint,
}

/// What cancelled work still finds within [`GRACE`]; after that it is left to end by itself.
async fn ended<T: Send + 'static>(mut work: tokio::task::JoinHandle<Result<T>>) -> Result<Option<T>> {
    let failed = |error: tokio::task::JoinError| AppError::Internal(error.to_string());
    if let Ok(done) = tokio::time::timeout(GRACE, &mut work).await {
        return done.map_err(failed)?.map(Some);
    }
    if LEFT.fetch_add(1, Ordering::Relaxed) >= LEFT_MAX {
        LEFT.fetch_sub(1, Ordering::Relaxed);
        return work.await.map_err(failed)?.map(Some);
    }
    tokio::spawn(async move {
        if let Err(error) = work.await {
            tracing::warn!(%error, "a search that was left behind broke off");
        }
        LEFT.fetch_sub(1, Ordering::Relaxed);
    });
    Ok(None)
}

/// How hard a job tries: small programmes go to the proof whatever gap is asked.
fn effort(request: &ProgrammeRequest, n_candidates: usize) -> Effort {
    let small = n_candidates <= EXACT_PROJECTS;
    Effort {
        gap_millionths: if small { 0 } else { request.gap_millionths },
        seconds: request.seconds,
        seed: request.seed,
        ..Effort::default()
    }
}

/// The plan of a server that was lost stays when the new answer is worse; it is checked again first.
fn better(input: &ProgrammeInput, answer: ProgrammeAnswer, before: &SolveCheckpoint) -> ProgrammeAnswer {
    let (Some(plan), Ok(programme)) = (&before.plan, input.programme()) else { return answer };
    if !verify(&programme, plan).is_empty() {
        return answer;
    }
    let objective = programme.objective(plan);
    let (bound, solver, seed) = match &answer.answer {
        Answer::Plan(new) if new.allocation.objective >= objective => return answer,
        Answer::Plan(new) => (new.allocation.bound, new.allocation.solver.clone(), new.allocation.seed),
        Answer::Infeasible { .. } => return answer,
        Answer::Nothing => match before.bound {
            Some(bound) => (bound, answer.solver.clone(), answer.effort.seed),
            None => return answer,
        },
    };
    let plan = plan.clone();
    let bound = bound.max(objective);
    let allocation = Allocation { plan, objective, bound, solver, seed, repeatable: false };
    ProgrammeAnswer { answer: Answer::Plan(Box::new(PlanAnswer::of(&programme, allocation))), ..answer }
}

fn price(input: &ProgrammeInput, without: &PlanAnswer, with: Option<&PlanAnswer>) -> OverrideCost {
    let (before, after) = (&without.allocation, with.map(|plan| &plan.allocation));
    let moved = |enters: bool| -> Vec<ProjectId> {
        let Some(after) = after else { return Vec::new() };
        let pairs = before.plan.starts.iter().zip(&after.plan.starts).enumerate();
        let moved = pairs.filter(|(_, (old, new))| old.is_some() != new.is_some() && new.is_some() == enters);
        moved.map(|(at, _)| input.candidates[at].project).collect()
    };
    OverrideCost {
        without: before.objective,
        without_bound: before.bound,
        with: after.map(|after| after.objective),
        with_bound: after.map(|after| after.bound),
        exact: before.is_optimal() && after.is_none_or(Allocation::is_optimal),
        enters: moved(true),
        leaves: moved(false),
    }
}
