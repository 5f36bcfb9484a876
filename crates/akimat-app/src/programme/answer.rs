//! The pure computation: an input goes in, a checked answer comes out; the same input gives the same bytes.

use super::beside::{Beside, beside};
use super::input::ProgrammeInput;
use super::odd;
use super::request::ProgrammeRequest;
use super::unsure::draws;
use crate::{AppError, Result};
use akimat_allocation::explain::money::{Asked, Changes, FrontierPoint, Marginal, frontier, marginal};
use akimat_allocation::explain::steady::{Frequency, frequency};
use akimat_allocation::explain::{Depth, Explained, Explainer, Follow};
use akimat_allocation::relax::{Diagnosis, diagnose};
use akimat_allocation::verify::SourceUse;
use akimat_allocation::{
    AllocateError, Allocated, Allocation, Effort, Go, Limits, Programme, Solver, Watch, allocate, spending,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Name and version of the format.
pub const FORMAT: &str = "akimat-programme-answer/1";

/// What was computed from an input. It holds no time and no name: computing it again gives the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeAnswer {
    /// [`FORMAT`].
    pub format: String,
    /// SHA-256 of the input, 64 hexadecimal digits.
    pub input_sha256: String,
    /// How hard it was tried, with the seed.
    pub effort: Effort,
    /// Name and version of the solver.
    pub solver: String,
    /// Version of the platform.
    pub version: String,
    /// The answer.
    pub answer: Answer,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Answer {
    /// A plan.
    Plan(Box<PlanAnswer>),
    /// No plan satisfies what is asked: it is proven.
    Infeasible {
        /// The smallest way out, and rules that clash; `None` when it was not looked for.
        diagnosis: Option<Box<Diagnosis>>,
    },
    /// The limits came before any plan was found.
    Nothing,
}

/// A checked plan with its sums, in the units of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAnswer {
    /// The plan with worth and bound.
    pub allocation: Allocation,
    /// Money by source.
    pub money: Vec<SourceUse>,
    /// Appraised total by sector.
    pub sectors: Vec<i64>,
    /// Appraised total by district.
    pub districts: Vec<i64>,
}

/// An answer with when and by whom it was asked for, as the scenario keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeSolution {
    /// What was asked.
    pub request: ProgrammeRequest,
    /// The frozen facts.
    pub input: ProgrammeInput,
    /// What was computed; `None` while the job runs.
    pub answer: Option<ProgrammeAnswer>,
    /// Why each project is in or out, what money would change, how steady the plan is; `None` before.
    #[serde(default)]
    pub report: Option<ProgrammeReport>,
    /// Office or name of who asked.
    pub asked_by: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
}

/// What is said about a plan. Prices are binary floats for reading, with the exact number beside them; everything
/// else is whole numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgrammeReport {
    /// Every candidate. Witness plans are left out, since plan and change give them; see [`WITNESS_MAX`].
    pub explained: Option<Explained>,
    /// What more or less money of each source would change.
    pub marginal: Vec<Marginal>,
    /// The best worth for 80 to 120 % of the money.
    pub frontier: Vec<FrontierPoint>,
    /// How often each candidate is chosen when weights, points and costs vary; empty when nothing is unsure.
    pub frequency: Vec<Frequency>,
    /// Other plans to compare with; `None` before they are worked out.
    pub beside: Option<Beside>,
    /// Somebody stopped it before everything was worked out.
    pub incomplete: bool,
}

/// Witness plans are kept up to so many candidates.
pub const WITNESS_MAX: usize = 100;

impl PlanAnswer {
    /// A plan with its sums.
    pub fn of(programme: &Programme, allocation: Allocation) -> Self {
        let plan = &allocation.plan;
        let sum = |inside: &dyn Fn(usize) -> bool| -> i64 {
            let started = plan.started().filter(|(project, _)| inside(*project));
            started.map(|(project, _)| programme.projects()[project].total).sum()
        };
        let sectors = (0..programme.sectors().len())
            .map(|part| sum(&|project| programme.projects()[project].sector == Some(part)))
            .collect();
        let districts = (0..programme.districts().len())
            .map(|part| sum(&|project| programme.projects()[project].district == Some(part)))
            .collect();
        Self { money: spending(programme, plan), sectors, districts, allocation }
    }
}

impl ProgrammeAnswer {
    /// The answer of a search that was left before it found anything.
    pub(super) fn nothing(input: &ProgrammeInput, solver: &dyn Solver, effort: &Effort) -> Self {
        Self {
            format: FORMAT.to_owned(),
            input_sha256: input.sha256(),
            effort: *effort,
            solver: solver.name(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            answer: Answer::Nothing,
        }
    }

    /// The plan, when there is one.
    pub fn plan(&self) -> Option<&PlanAnswer> {
        match &self.answer {
            Answer::Plan(plan) => Some(plan),
            Answer::Infeasible { .. } | Answer::Nothing => None,
        }
    }
}

impl ProgrammeSolution {
    /// The plan, when there is one.
    pub fn plan(&self) -> Option<&PlanAnswer> {
        self.answer.as_ref().and_then(ProgrammeAnswer::plan)
    }

    pub(crate) fn read(text: &str) -> Result<Option<Self>> {
        if text.is_empty() {
            return Ok(None);
        }
        serde_json::from_str(text).map(Some).map_err(|error| odd(&error))
    }

    pub(crate) fn write(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| odd(&error))
    }
}

/// Computes the answer to an input.
///
/// # Errors
/// [`AppError::Internal`] when the input is not a programme, or the solver fails.
pub fn compute(
    input: &ProgrammeInput,
    solver: &dyn Solver,
    effort: &Effort,
    watch: &mut dyn Watch,
) -> Result<ProgrammeAnswer> {
    let programme = input
        .programme()
        .map_err(|faults| AppError::Internal(format!("a frozen input: {:?}", faults.first())))?;
    let answer = match allocate(&programme, solver, effort, watch) {
        Ok(Allocated::Plan(allocation)) => Answer::Plan(Box::new(PlanAnswer::of(&programme, allocation))),
        Ok(Allocated::Infeasible) => {
            let limits = Limits { nodes: DIAGNOSIS_NODES, time: watch.time_left(), gap_millionths: 0 };
            let diagnosis = diagnose(&programme, solver, &limits);
            let diagnosis = diagnosis.map_err(|error| AppError::Internal(error.to_string()))?;
            Answer::Infeasible { diagnosis: diagnosis.map(Box::new) }
        }
        Err(AllocateError::NothingFound) => Answer::Nothing,
        Err(error) => return Err(AppError::Internal(error.to_string())),
    };
    Ok(ProgrammeAnswer { answer, ..ProgrammeAnswer::nothing(input, solver, effort) })
}

/// Nodes of each search for a way out.
const DIAGNOSIS_NODES: u32 = 20_000;

/// Stops when the watcher of the whole does.
struct Steps<'a> {
    follow: &'a mut dyn Follow,
    stopped: bool,
}

impl Follow for Steps<'_> {
    fn step(&mut self, done: usize, of: usize) -> Go {
        let go = self.follow.step(done, of);
        self.stopped |= go == Go::Stop;
        go
    }
}

/// Explains a plan: bounds and swaps only when `quick`, otherwise everything.
///
/// # Errors
/// [`AppError::Internal`] when the solver fails.
pub fn report(
    (input, plan): (&ProgrammeInput, &PlanAnswer),
    solver: &dyn Solver,
    effort: &Effort,
    follow: &mut dyn Follow,
) -> Result<ProgrammeReport> {
    let failed = |error: &dyn std::fmt::Display| AppError::Internal(error.to_string());
    let programme =
        input.programme().map_err(|_| AppError::Internal("a frozen input is no programme".to_owned()))?;
    let n = programme.projects().len();
    let depth = if effort.quick { Depth::quick() } else { Depth::for_projects(n) };
    let allocation = &plan.allocation;
    let mut steps = Steps { follow, stopped: false };
    let explainer = Explainer::new(&programme, allocation, solver, depth).map_err(|error| failed(&error))?;
    let explained = explainer.threads(effort.threads).explain_all(&mut steps);
    let mut explained = explained.map_err(|error| failed(&error))?;
    if n > WITNESS_MAX {
        for one in &mut explained.explanations {
            for cost in [&mut one.regret, &mut one.value_in_plan].into_iter().flatten() {
                cost.witness = None;
            }
        }
    }
    let mut report = ProgrammeReport { explained: Some(explained), ..ProgrammeReport::default() };
    if !effort.quick && !steps.stopped {
        // Thirty changed programmes are solved: as the first one, or quickly where they are large.
        let each = Effort { quick: n > akimat_allocation::explain::EXACT_PROJECTS, ..*effort };
        let asked = Asked { programme: &programme, allocation, solver, effort: &each };
        report.marginal =
            marginal(&asked, &Changes::default(), &mut steps).map_err(|error| failed(&error))?;
        report.frontier = frontier(&asked, &mut steps).map_err(|error| failed(&error))?;
        if let Some(draws) = draws(input, effort.seed) {
            report.frequency =
                frequency(&programme, solver, &draws, &mut steps).map_err(|error| failed(&error))?;
        }
        if !steps.stopped {
            report.beside = Some(beside((input, allocation), solver, effort, &mut steps)?);
        }
    }
    report.incomplete = steps.stopped;
    Ok(report)
}
