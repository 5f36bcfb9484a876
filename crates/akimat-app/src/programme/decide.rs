//! The decision of a named head, its record, and its publication. Deciding changes no computation.

use super::answer::{PlanAnswer, ProgrammeAnswer, ProgrammeReport, ProgrammeSolution, compute};
use super::input::ProgrammeInput;
use super::odd;
use super::request::ProgrammeRequest;
use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_allocation::{Allocation, PlanFault, verify};
use akimat_core::{DecisionId, KatoCode, ProjectId};
use akimat_storage::{Account, Change, Conflict, Decision, ProgrammeScenario, ProgrammeState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Name and version of the format of a record.
pub const FORMAT: &str = "akimat-decision/2";

/// What a head decides about a computed plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decide {
    /// Projects that start in another year than computed, or do not start.
    pub deviations: Vec<Deviation>,
    /// Words of the head on the whole; may be empty when nothing deviates.
    pub reason: String,
}

/// One project that the head decides otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// Project.
    pub project: ProjectId,
    /// Calendar year of start; `None`: it does not start.
    pub start: Option<i16>,
    /// Why; needed.
    pub reason: String,
}

/// Everything about a decision, so that anybody can compute it again: it is signed into the record once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeRecord {
    /// [`FORMAT`].
    pub format: String,
    /// The scenario.
    pub programme: Uuid,
    /// Its name.
    pub title: String,
    /// Territory.
    pub place: KatoCode,
    /// First calendar year.
    pub first_year: i16,
    /// Number of years.
    pub years: u16,
    /// What was asked, with the rulings: who, when, why, at what cost.
    pub request: ProgrammeRequest,
    /// The facts.
    pub input: ProgrammeInput,
    /// What was computed: hash of the facts, parameters, seed, solver, bound, plan.
    pub answer: ProgrammeAnswer,
    /// What was said about the computed plan: the reason of every project in and out.
    pub report: Option<ProgrammeReport>,
    /// What was decided.
    pub decided: DecidedPlan,
    /// The decision that this one follows.
    pub previous: Option<DecisionId>,
    /// Office and name of who decided.
    pub decided_by: String,
    /// When.
    pub decided_at: Timestamp,
    /// Words of the head on the whole.
    pub reason: String,
}

/// The decided plan beside the computed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedPlan {
    /// The plan with its sums. Its bound is that of the computed plan.
    pub plan: PlanAnswer,
    /// Every deviation from the computed plan.
    pub deviations: Vec<RecordedDeviation>,
    /// What the deviations cost together, in units of 1e-4 points; below zero when they gain.
    pub loss: i64,
}

/// One deviation on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedDeviation {
    /// Project.
    pub project: ProjectId,
    /// Its place among the candidates.
    pub candidate: usize,
    /// Calendar year of start as computed; `None`: left out.
    pub computed: Option<i16>,
    /// As decided.
    pub decided: Option<i16>,
    /// Worth of the project in the decided plan less its worth in the computed one, in units of 1e-4 points.
    pub worth: i64,
    /// Why.
    pub reason: String,
}

impl ProgrammeRecord {
    /// Reads the document of a decision; `None` when it is empty or of an older format.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it claims this format and is damaged.
    pub fn read(text: &str) -> Result<Option<Self>> {
        #[derive(Deserialize)]
        struct Mark {
            #[serde(default)]
            format: String,
        }
        if text.is_empty() {
            return Ok(None);
        }
        let mark: Mark = serde_json::from_str(text).map_err(|error| odd(&error))?;
        if mark.format != FORMAT {
            return Ok(None);
        }
        serde_json::from_str(text).map(Some).map_err(|error| odd(&error))
    }

    /// Checks the record against itself: the hash of the facts, and both plans in whole numbers.
    pub fn holds(&self) -> bool {
        let Ok(programme) = self.input.programme() else { return false };
        let Some(computed) = self.answer.plan() else { return false };
        let sound = |plan: &PlanAnswer| {
            verify(&programme, &plan.allocation.plan).is_empty()
                && PlanAnswer::of(&programme, plan.allocation.clone()) == *plan
                && programme.objective(&plan.allocation.plan) == plan.allocation.objective
        };
        self.input.sha256() == self.answer.input_sha256
            && sound(computed)
            && sound(&self.decided.plan)
            && computed.allocation.objective - self.decided.plan.allocation.objective == self.decided.loss
    }
}

impl App {
    /// What a decision would be, before it is saved: the decided plan with what each deviation costs. Reasons
    /// may still be missing.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when a deviation is not possible or the plan breaks a rule.
    pub async fn preview_decision(
        &self,
        actor: Option<&Account>,
        id: Uuid,
        decide: &Decide,
    ) -> Result<DecidedPlan> {
        permission::check(actor, Permission::Decide, None)?;
        let stored = self.find_scenario(id).await?;
        permission::check(actor, Permission::Decide, Some(stored.head.place))?;
        let solution = solved(&stored)?;
        decided(&solution, decide)
    }

    /// A head decides: the plan is checked again in whole numbers, every deviation has its reason, and all of it
    /// goes on record. What was computed stays as it was.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when a deviation has no reason or the plan breaks a rule; [`AppError::Conflict`]
    /// when the scenario has no plan for what it asks now, was changed, or is decided already.
    pub async fn decide_programme(
        &self,
        actor: Option<&Account>,
        (id, edit): (Uuid, u32),
        decide: &Decide,
    ) -> Result<()> {
        permission::check(actor, Permission::Decide, None)?;
        let mut stored = self.settled_scenario(id).await?;
        permission::check(actor, Permission::Decide, Some(stored.head.place))?;
        if stored.head.edit != edit || stored.head.state != ProgrammeState::Solved {
            return Err(AppError::Conflict(Conflict::Stale("programme")));
        }
        let solution = solved(&stored)?;
        let answer = solution.answer.clone().ok_or(AppError::NotFound("plan"))?;
        if answer.input_sha256 != solution.input.sha256() {
            return Err(AppError::Internal("the facts are not those of the plan".to_owned()));
        }
        let decided = decided(&solution, decide)?;
        reasons(&decided, decide)?;
        let reason = if decide.reason.trim().is_empty() {
            String::new()
        } else {
            parse_reason("reason", &decide.reason)?
        };
        let previous = self.last_published(&stored.head).await?.and_then(|(head, _)| head.decision);
        let record = ProgrammeRecord {
            format: FORMAT.to_owned(),
            programme: id,
            title: stored.head.title.clone(),
            place: stored.head.place,
            first_year: stored.head.first_year,
            years: stored.head.n_years,
            request: solution.request,
            input: solution.input,
            answer,
            report: solution.report,
            decided,
            previous,
            decided_by: spokesman(actor),
            decided_at: self.now(),
            reason,
        };
        if !record.holds() {
            return Err(AppError::Internal("the plan fails its check".to_owned()));
        }
        let detail = json!({
            "input_sha256": record.answer.input_sha256,
            "objective": record.decided.plan.allocation.objective,
            "loss": record.decided.loss,
            "deviations": record.decided.deviations.len(),
        });
        stored.record = serde_json::to_string(&record).map_err(|error| odd(&error))?;
        stored.head.state = ProgrammeState::Decided;
        self.save(actor, stored, ("decide_programme", detail)).await
    }

    /// A head publishes a decision: from now on it is on record for everybody, byte for byte as decided.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when it is not decided, or published already.
    pub async fn publish_programme(
        &self,
        actor: Option<&Account>,
        (id, edit): (Uuid, u32),
    ) -> Result<DecisionId> {
        permission::check(actor, Permission::Decide, None)?;
        let mut stored = self.find_scenario(id).await?;
        permission::check(actor, Permission::Decide, Some(stored.head.place))?;
        if stored.head.edit != edit || stored.head.state != ProgrammeState::Decided {
            return Err(AppError::Conflict(Conflict::Stale("programme")));
        }
        let record = ProgrammeRecord::read(&stored.record)?.ok_or(AppError::NotFound("decision"))?;
        let decision = Decision {
            id: self.new_decision_id(),
            place: stored.head.place,
            year: stored.head.first_year,
            decided_by: record.decided_by.clone(),
            decided_at: record.decided_at,
            reason: record.reason.clone(),
            changed: !record.decided.deviations.is_empty(),
            document: stored.record.clone(),
        };
        let decision_id = decision.id;
        stored.head.state = ProgrammeState::Published;
        stored.head.decision = Some(decision_id);
        stored.head.edit += 1;
        stored.head.updated_at = self.now();
        let detail = json!({ "programme": id, "input_sha256": record.answer.input_sha256 });
        let audit = self.audit(actor, "publish_programme", decision_id, Some(stored.head.place), &detail);
        let changes = vec![Change::AddDecision(decision), Change::UpdateProgramme(Box::new(stored)), audit];
        self.store().apply(changes).await?;
        Ok(decision_id)
    }

    /// Computes the answer of a record again from its facts and parameters.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the solver fails.
    pub async fn rerun_record(&self, record: &ProgrammeRecord) -> Result<ProgrammeAnswer> {
        let solver = self.solver();
        let (input, effort) = (record.input.clone(), record.answer.effort);
        let work = tokio::task::spawn_blocking(move || compute(&input, &*solver, &effort, &mut ()));
        work.await.map_err(|error| AppError::Internal(error.to_string()))?
    }
}

/// The computed plan that is decided on: that of what is asked now.
pub(super) fn solved(stored: &ProgrammeScenario) -> Result<ProgrammeSolution> {
    let stale = || AppError::Conflict(Conflict::Stale("programme"));
    let solution = ProgrammeSolution::read(&stored.solution)?.ok_or_else(stale)?;
    if solution.plan().is_none() || ProgrammeRequest::read(&stored.request)? != solution.request {
        return Err(stale());
    }
    Ok(solution)
}

pub(super) fn decided(solution: &ProgrammeSolution, decide: &Decide) -> Result<DecidedPlan> {
    let input = &solution.input;
    let computed = solution.plan().ok_or(AppError::NotFound("plan"))?;
    let programme =
        input.programme().map_err(|_| AppError::Internal("a frozen input is no programme".to_owned()))?;
    let mut plan = computed.allocation.plan.clone();
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let mut deviations = Vec::new();
    for deviation in &decide.deviations {
        let field = format!("deviation-{}", deviation.project);
        let Some(at) = input.find(deviation.project).filter(|_| seen.insert(deviation.project)) else {
            faults.push(FieldFault::new(field, "field-programme-project-unknown"));
            continue;
        };
        let start = deviation.start.map(|year| input.year(year));
        let window = programme.window(at);
        if start.is_some_and(|year| year.is_none_or(|year| !window.contains(&year))) {
            faults.push(FieldFault::new(field, "field-programme-start"));
            continue;
        }
        let (before, after) = (plan.starts[at], start.flatten());
        if before == after {
            continue;
        }
        let worth = |start: Option<u16>| start.map_or(0, |year| programme.worth(at, year));
        deviations.push(RecordedDeviation {
            project: deviation.project,
            candidate: at,
            computed: before.map(|year| input.calendar(year)),
            decided: after.map(|year| input.calendar(year)),
            worth: worth(after) - worth(before),
            reason: deviation.reason.trim().to_owned(),
        });
        plan.starts[at] = after;
    }
    faults.extend(verify(&programme, &plan).iter().map(|fault| broken(input, fault)));
    if !faults.is_empty() {
        return Err(AppError::Invalid(faults));
    }
    deviations.sort_by_key(|deviation| deviation.candidate);
    let objective = programme.objective(&plan);
    let loss = computed.allocation.objective - objective;
    let bound = computed.allocation.bound.max(objective);
    let allocation = Allocation { plan, objective, bound, ..computed.allocation.clone() };
    Ok(DecidedPlan { plan: PlanAnswer::of(&programme, allocation), deviations, loss })
}

/// Every deviation has a reason.
fn reasons(decided: &DecidedPlan, decide: &Decide) -> Result<()> {
    let mut faults = Vec::new();
    for deviation in &decided.deviations {
        let field = format!("deviation-{}", deviation.project);
        let given = decide.deviations.iter().find(|one| one.project == deviation.project);
        match parse_reason(&field, given.map_or("", |one| &one.reason)) {
            Ok(_) => {}
            Err(AppError::Invalid(found)) => faults.extend(found),
            Err(error) => return Err(error),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(AppError::Invalid(faults)) }
}

/// What a decided plan breaks, as a fault of the form.
fn broken(input: &ProgrammeInput, fault: &PlanFault) -> FieldFault {
    use akimat_allocation::Rule;
    let number = |at: usize| input.candidates.get(at).map(|one| one.number.clone()).unwrap_or_default();
    let above =
        |key: &'static str, limit: i64, value: i64| FieldFault::new("plan", key).with("over", value - limit);
    match fault {
        PlanFault::Above { rule: Rule::Budget { source, year }, limit, value } => {
            above("field-programme-overspent", *limit, *value)
                .with("source", input.sources[*source].source.code())
                .with("year", input.calendar(*year))
        }
        PlanFault::Above { rule: Rule::Exclusive { group }, .. } => {
            let keys: Vec<String> = input.exclusive[*group].iter().map(|at| number(*at)).collect();
            FieldFault::new("plan", "field-plan-group").with("keys", keys.join(", "))
        }
        PlanFault::MandatoryMissing { project } => {
            FieldFault::new("plan", "field-programme-duty-missing").with("key", number(*project))
        }
        PlanFault::TooEarly { pair } => {
            let (before, after, lag) = input.precedence[*pair];
            FieldFault::new("plan", "field-programme-too-early")
                .with("before", number(before))
                .with("after", number(after))
                .with("lag", lag)
        }
        PlanFault::Below { limit, value, .. } => {
            FieldFault::new("plan", "field-programme-below-floor").with("short", limit - value)
        }
        _ => FieldFault::new("plan", "field-programme-rule-broken"),
    }
}
