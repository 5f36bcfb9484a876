//! The pure computation: an input goes in, a checked answer comes out; the same input gives the same bytes.

use super::input::ProgrammeInput;
use super::odd;
use super::request::ProgrammeRequest;
use crate::{AppError, Result};
use akimat_allocation::verify::SourceUse;
use akimat_allocation::{
    AllocateError, Allocated, Allocation, Effort, Programme, Solver, Watch, allocate, spending,
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
    Infeasible,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeSolution {
    /// What was asked.
    pub request: ProgrammeRequest,
    /// The frozen facts.
    pub input: ProgrammeInput,
    /// What was computed; `None` while the job runs.
    pub answer: Option<ProgrammeAnswer>,
    /// Office or name of who asked.
    pub asked_by: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
}

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
    /// The plan, when there is one.
    pub fn plan(&self) -> Option<&PlanAnswer> {
        match &self.answer {
            Answer::Plan(plan) => Some(plan),
            Answer::Infeasible | Answer::Nothing => None,
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
        Ok(Allocated::Infeasible) => Answer::Infeasible,
        Err(AllocateError::NothingFound) => Answer::Nothing,
        Err(error) => return Err(AppError::Internal(error.to_string())),
    };
    Ok(ProgrammeAnswer {
        format: FORMAT.to_owned(),
        input_sha256: input.sha256(),
        effort: *effort,
        solver: solver.name(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        answer,
    })
}
