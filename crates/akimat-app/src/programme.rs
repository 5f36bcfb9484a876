//! The programme of a territory: which projects start in which year, asked, computed, explained, compared,
//! decided by a person and published.
//!
//! Reading order: [`request`] (what is asked), [`input`] (the facts a plan is computed from, frozen), [`build`]
//! (from stored projects to the input), [`answer`] (the pure computation), [`beside`] (what stands beside a plan),
//! [`unsure`] (what is drawn), [`edit`], [`solve`], [`compare`],
//! [`decide`], [`discuss`] (the verbs). Rules and units: `docs/domain/programme.md`.

pub mod answer;
pub mod beside;
pub mod build;
pub mod check;
pub mod compare;
pub mod decide;
pub mod discuss;
pub mod edit;
pub mod input;
pub mod instance;
pub mod request;
pub mod solve;
pub mod unsure;
pub mod weights;

pub use answer::{Answer, PlanAnswer, ProgrammeAnswer, ProgrammeReport, ProgrammeSolution};
pub use check::CheckedProgramme;
pub use compare::{Cause, Moved, ProgrammeComparison};
pub use decide::{Decide, Deviation, ProgrammeRecord, RecordedDeviation};
pub use discuss::DiscussionRules;
pub use edit::{NewProgramme, ProgrammeEdit};
pub use input::{Barred, Duty, InputCandidate, InputDistrict, ProgrammeInput};
pub use instance::instance;
pub use request::{
    OverrideCost, ProgrammeRequest, Ruling, RulingKind, SourceAsk, Voice, WaitAsk, WindowAsk, WorstAsk,
    factors,
};
pub use solve::{SOLVE, SolveCheckpoint};
pub use weights::WeightChange;

use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::KatoCode;
use akimat_storage::{Account, Job, ProgrammeComment, ProgrammeHead, ProgrammeScenario, ProgrammeState};
use uuid::Uuid;

/// Scenarios that a list shows at most.
pub const LIST_MAX: u16 = 200;

/// Everything about a scenario that its pages need.
#[derive(Clone, Debug)]
pub struct ProgrammeView {
    /// Name, territory, years, counter.
    pub head: ProgrammeHead,
    /// How far it has come. A scenario whose job failed or was cancelled counts as a draft.
    pub state: ProgrammeState,
    /// What is asked.
    pub request: ProgrammeRequest,
    /// What was computed; `None` before, and while the first job runs.
    pub solution: Option<ProgrammeSolution>,
    /// What was decided.
    pub record: Option<ProgrammeRecord>,
    /// What the commission said, oldest first.
    pub comments: Vec<ProgrammeComment>,
    /// The last job that worked on it.
    pub job: Option<Job>,
    /// How far that job is.
    pub progress: Option<SolveCheckpoint>,
    /// What was computed is not what is asked now: the request was changed since.
    pub outdated: bool,
}

impl ProgrammeView {
    /// The computed plan, when there is one.
    pub fn plan(&self) -> Option<&PlanAnswer> {
        self.solution.as_ref().and_then(ProgrammeSolution::plan)
    }
}

impl App {
    /// The scenarios of a territory and below it, for those who work on them; the last changed first.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for everybody else.
    pub async fn list_programmes(
        &self,
        actor: Option<&Account>,
        place: Option<KatoCode>,
    ) -> Result<Vec<ProgrammeHead>> {
        let place = place.or_else(|| actor.and_then(|account| account.place));
        permission::check(actor, Permission::ReviewProgrammes, place)?;
        Ok(self.read().list_programmes(place, LIST_MAX).await?)
    }

    /// A scenario with everything about it, for those who work on it.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] outside the person's territory.
    pub async fn programme(&self, actor: Option<&Account>, id: Uuid) -> Result<ProgrammeView> {
        permission::check(actor, Permission::ReviewProgrammes, None)?;
        let stored = self.find_scenario(id).await?;
        permission::check(actor, Permission::ReviewProgrammes, Some(stored.head.place))?;
        self.view(stored).await
    }

    /// A published scenario, for everybody.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none, or it is not published.
    pub async fn published_programme(&self, id: Uuid) -> Result<ProgrammeView> {
        let stored = self.find_scenario(id).await?;
        if stored.head.state != ProgrammeState::Published {
            return Err(AppError::NotFound("programme"));
        }
        self.view(stored).await
    }

    /// The published programmes of a territory and below it, the latest first, for everybody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn published_programmes(&self, place: Option<KatoCode>) -> Result<Vec<ProgrammeHead>> {
        let mut heads = self.read().list_programmes(place, LIST_MAX).await?;
        heads.retain(|head| head.state == ProgrammeState::Published);
        Ok(heads)
    }

    pub(crate) async fn find_scenario(&self, id: Uuid) -> Result<ProgrammeScenario> {
        self.read().find_programme(id).await?.ok_or(AppError::NotFound("programme"))
    }

    async fn view(&self, stored: ProgrammeScenario) -> Result<ProgrammeView> {
        let job = match stored.head.job {
            Some(job) => self.read().find_job(job).await?,
            None => None,
        };
        let request = ProgrammeRequest::read(&stored.request)?;
        let solution = ProgrammeSolution::read(&stored.solution)?;
        let record = ProgrammeRecord::read(&stored.record)?;
        let comments = self.read().list_programme_comments(stored.head.id).await?;
        let outdated = solution.as_ref().is_some_and(|solution| solution.request != request);
        Ok(ProgrammeView {
            state: effective(&stored.head, job.as_ref()),
            progress: job.as_ref().and_then(|job| SolveCheckpoint::parse(&job.checkpoint)),
            head: stored.head,
            request,
            solution: solution.filter(|solution| solution.answer.is_some()),
            record,
            comments,
            job,
            outdated,
        })
    }
}

/// The state as it is now: a job that ended without putting an end to it leaves a draft, or the plan that it had
/// found by then.
pub(crate) fn effective(head: &ProgrammeHead, job: Option<&Job>) -> ProgrammeState {
    let over = job.is_none_or(|job| job.state.is_over());
    match head.state {
        ProgrammeState::Solving if over && head.objective.is_some() => ProgrammeState::Solved,
        ProgrammeState::Solving if over => ProgrammeState::Draft,
        state => state,
    }
}

/// A stored JSON that cannot be read is a fault of the platform.
pub(crate) fn odd(error: &serde_json::Error) -> AppError {
    AppError::Internal(format!("a stored programme: {error}"))
}
