//! What the candidates of a territory are worth by its approved criteria.
//!
//! Candidates are the projects in appraisal in the territory and below it. A project with a value missing under any
//! criterion has no worth: a missing score is unknown, never zero.

mod checks;
mod inputs;
mod record;

pub use checks::{Checks, DRAWS, MethodRanks, NotRanked, SEED};
pub use inputs::{InputValue, support};
pub use record::rules_of;

use crate::criteria_set::CriteriaDocument;
use crate::programme::build::CANDIDATES_MAX;
use crate::{App, AppError, Result};
use akimat_core::{KatoCode, ProjectId};
use akimat_project::{Project, Status};
use akimat_ranking::mavt::{self, Interval};
use akimat_ranking::quality::{Eligibility, Quality, quality};
use akimat_ranking::{Criterion, ValueFunction};
use akimat_storage::criteria_set::{CriteriaSet, CriteriaState};
use akimat_storage::{PageRequest, ProjectFilter, ProjectSort};
use std::collections::BTreeMap;

/// The worth of one project, whole ten-thousandths: 10,000 is the best that policy can ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectValue {
    /// Worth: the sum of the contributions.
    pub value_e4: i64,
    /// Lowest worth that the ranges of the scores allow, widened when the data are poor.
    pub low_e4: i64,
    /// Highest worth.
    pub high_e4: i64,
    /// What each criterion adds, in the order of the set.
    pub contributions_e4: Vec<i64>,
    /// Worth under each criterion, from 0 to 1.
    pub worth: Vec<Interval>,
    /// Place from 1 among the projects that have a worth; equal worth shares the better place.
    pub rank: usize,
    /// By how much low and high were widened, ten-thousandths.
    pub widened_e4: i64,
}

/// One candidate.
#[derive(Clone, Debug)]
pub struct EvaluatedProject {
    /// The project as it stands.
    pub project: Project,
    /// Value under each criterion, in the order of the set; `None` where nobody has said anything.
    pub inputs: Vec<Option<InputValue>>,
    /// Its worth; `None` when something is missing.
    pub value: Option<ProjectValue>,
    /// Codes of the criteria under which nothing is known.
    pub missing: Vec<String>,
    /// How good its data are.
    pub quality: Quality,
}

/// The candidates of a territory.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// The approved set.
    pub set: CriteriaSet,
    /// What it says.
    pub document: CriteriaDocument,
    /// Its criteria with shares.
    pub criteria: Vec<Criterion>,
    /// Its value functions.
    pub functions: Vec<ValueFunction>,
    /// The candidates: by worth, best first, then those without by number.
    pub projects: Vec<EvaluatedProject>,
}

impl EvaluatedProject {
    /// Whether a machine may recommend it: it has a worth and its data are good enough.
    pub fn is_eligible(&self) -> bool {
        self.value.is_some() && self.quality.eligibility != Eligibility::No
    }
}

impl Evaluated {
    /// Candidates that have a worth, best first.
    pub fn ranked(&self) -> Vec<&EvaluatedProject> {
        self.projects.iter().filter(|project| project.value.is_some()).collect()
    }

    /// A candidate by its number.
    pub fn find(&self, number: &str) -> Option<&EvaluatedProject> {
        self.projects.iter().find(|project| project.project.number == number)
    }
}

impl App {
    /// Values the candidates of a territory by the approved criteria of a year. Needs no permission: what is computed
    /// from published criteria is public.
    ///
    /// # Errors
    /// [`AppError::NotFound`] (`criteria set`) when none is approved for the territory or above it.
    pub async fn evaluate_candidates(&self, place: KatoCode, year: i16) -> Result<Evaluated> {
        let found = self.find_approved_criteria(place, year).await?;
        let (set, document) = found.ok_or(AppError::NotFound("criteria set"))?;
        self.evaluate_by(place, (set, document)).await
    }

    /// The same by a set of criteria of one's choice.
    ///
    /// # Errors
    /// [`AppError::NotFound`] (`criteria set`) when it is not approved, or not of the territory or above it.
    pub async fn evaluate_candidates_by(&self, place: KatoCode, set: uuid::Uuid) -> Result<Evaluated> {
        let known = self.list_approved_criteria(place).await?;
        let found = known.into_iter().find(|one| one.id == set).ok_or(AppError::NotFound("criteria set"))?;
        let document = CriteriaDocument::read(&found)?;
        self.evaluate_by(place, (found, document)).await
    }

    async fn evaluate_by(
        &self,
        place: KatoCode,
        (set, document): (CriteriaSet, CriteriaDocument),
    ) -> Result<Evaluated> {
        let filter =
            ProjectFilter { place: Some(place), status: vec![Status::Appraisal], ..ProjectFilter::default() };
        let projects = self.read().list_whole_projects(&filter, CANDIDATES_MAX).await?;
        let inputs = self.inputs(&set, &document, (&projects, &filter)).await?;
        let (criteria, functions) = document
            .model()
            .map_err(|fault| AppError::Internal(format!("criteria set {}: {fault}", set.id)))?;
        let today = self.today();
        let rules =
            rules_of(today).ok_or_else(|| AppError::Internal("no quality rules hold today".to_owned()))?;
        let candidates = projects.into_iter().zip(inputs).map(|(project, inputs)| {
            let record = record::record(&project, (&document, &inputs), today);
            let missing = document.criteria.iter().zip(&inputs).filter(|(_, input)| input.is_none());
            let missing = missing.map(|(criterion, _)| criterion.code.clone()).collect();
            EvaluatedProject { quality: quality(&rules, &record), project, inputs, value: None, missing }
        });
        let projects = candidates.collect();
        let mut evaluated = Evaluated { set, document, criteria, functions, projects };
        evaluated.value().map_err(|fault| AppError::Internal(fault.to_string()))?;
        Ok(evaluated)
    }

    async fn inputs(
        &self,
        set: &CriteriaSet,
        document: &CriteriaDocument,
        (projects, filter): (&[Project], &ProjectFilter),
    ) -> Result<Vec<Vec<Option<InputValue>>>> {
        // Scores under an earlier version of the year hold on where the criterion measures the same.
        let sets = self.read().list_criteria_sets(Some(set.place)).await?;
        let earlier = sets.into_iter().filter(|other| {
            other.year == set.year && other.version <= set.version && other.state == CriteriaState::Approved
        });
        let versions: Vec<(CriteriaSet, CriteriaDocument)> = earlier
            .map(|other| CriteriaDocument::read(&other).map(|document| (other, document)))
            .collect::<Result<_>>()?;
        let ids: Vec<uuid::Uuid> = versions.iter().map(|(set, _)| set.id).collect();
        let scores = self.read().list_scores(&ids).await?;
        let votes = self.votes(filter).await?;
        let given = inputs::Given::new(document, &versions, &scores);
        Ok(projects.iter().map(|project| given.of(project, votes.get(&project.id))).collect())
    }

    /// Ratings of all candidates.
    async fn votes(
        &self,
        filter: &ProjectFilter,
    ) -> Result<BTreeMap<ProjectId, akimat_participation::RatingSummary>> {
        let mut votes = BTreeMap::new();
        let mut request = PageRequest::first(100);
        loop {
            let page = self.read().list_projects(filter, ProjectSort::default(), &request).await?;
            votes.extend(page.items.into_iter().map(|card| (card.id, card.rating)));
            let Some(next) = page.next else { return Ok(votes) };
            request.after = Some(next);
        }
    }
}

impl Evaluated {
    fn value(&mut self) -> std::result::Result<(), akimat_ranking::Fault> {
        let whole = |inputs: &[Option<InputValue>]| -> Option<Vec<Interval>> {
            inputs.iter().map(|input| input.as_ref().map(|input| input.value)).collect()
        };
        let rows: Vec<(usize, (String, Vec<Interval>))> = self
            .projects
            .iter()
            .enumerate()
            .filter_map(|(at, project)| Some((at, (project.project.number.clone(), whole(&project.inputs)?))))
            .collect();
        let (places, rows): (Vec<usize>, Vec<_>) = rows.into_iter().unzip();
        let valued = mavt::value(&self.criteria, &self.functions, &rows)?;
        for (row, at) in places.iter().enumerate() {
            self.projects[*at].value = Some(project_value(&self.criteria, valued.worth[row].clone()));
        }
        self.rank();
        self.widen();
        Ok(())
    }

    /// By worth, then by number: a published rule that also breaks ties of the list; the places stay shared.
    fn rank(&mut self) {
        self.projects.sort_by(|a, b| {
            let worth = |of: &EvaluatedProject| of.value.as_ref().map(|value| value.value_e4);
            worth(b).cmp(&worth(a)).then_with(|| a.project.number.cmp(&b.project.number))
        });
        let worths: Vec<i64> = self
            .projects
            .iter()
            .filter_map(|project| project.value.as_ref())
            .map(|value| value.value_e4)
            .collect();
        for project in &mut self.projects {
            if let Some(value) = &mut project.value {
                value.rank = 1 + worths.iter().filter(|worth| **worth > value.value_e4).count();
            }
        }
    }

    /// Poor data widen the range by half the spread between the quarters of the class: the candidates of the same
    /// sector, or all of them when there are fewer than four.
    fn widen(&mut self) {
        let all: Vec<(akimat_project::Sector, i64)> = self
            .projects
            .iter()
            .filter_map(|project| Some((project.project.sector, project.value.as_ref()?.value_e4)))
            .collect();
        for project in &mut self.projects {
            let Some(value) = &mut project.value else { continue };
            if project.quality.eligibility == Eligibility::Yes {
                continue;
            }
            let mut class: Vec<i64> = all
                .iter()
                .filter(|(sector, _)| *sector == project.project.sector)
                .map(|(_, worth)| *worth)
                .collect();
            if class.len() < 4 {
                class = all.iter().map(|(_, worth)| *worth).collect();
            }
            value.widened_e4 = half_spread(class);
            value.low_e4 = (value.low_e4 - value.widened_e4).max(0);
            value.high_e4 = (value.high_e4 + value.widened_e4).min(10_000);
        }
    }
}

/// Half the distance between the lower and the upper quarter.
fn half_spread(mut class: Vec<i64>) -> i64 {
    class.sort_unstable();
    let Some(last) = class.len().checked_sub(1) else { return 0 };
    (class[(3 * last).div_ceil(4)] - class[last / 4]) / 2
}

/// Each contribution is rounded on its own and the worth is their sum, so that bars add up to the digit.
fn project_value(criteria: &[Criterion], worth: Vec<Interval>) -> ProjectValue {
    let parts = |pick: fn(&Interval) -> f64| -> Vec<i64> {
        criteria
            .iter()
            .zip(&worth)
            .map(|(criterion, worth)| round_e4(criterion.weight * pick(worth)))
            .collect()
    };
    let contributions_e4 = parts(|worth| worth.point);
    let value_e4 = contributions_e4.iter().sum();
    let low_e4 = parts(|worth| worth.low).iter().sum();
    let high_e4 = parts(|worth| worth.high).iter().sum();
    ProjectValue { value_e4, low_e4, high_e4, contributions_e4, worth, rank: 0, widened_e4: 0 }
}

/// Ten-thousandths of a number from 0 to 1, half up.
#[expect(clippy::cast_possible_truncation, reason = "clamped to 0 to 1 before")]
fn round_e4(value: f64) -> i64 {
    (value.clamp(0.0, 1.0) * 10_000.0 + 0.5).floor() as i64
}
