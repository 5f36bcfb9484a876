//! A recommended portfolio for a territory, and the decision of the person who answers for it.

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_allocation::envelope::{
    Assessment, Candidate, Choice, Comparison, Criteria, Criterion, Effort, Limits, PlanFault, Problem,
    Recommendation, choose, compare,
};
use akimat_core::{DecisionId, KatoCode, Money, ProjectId, Text};
use akimat_project::{Project, Status};
use akimat_storage::{Account, Change, Decision, ProjectFilter};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;

/// Candidates of one recommendation at most.
pub const CANDIDATES_MAX: u16 = 2_000;

/// One published criterion with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedCriterion {
    /// Short name.
    pub code: String,
    /// Weight, whole, positive.
    pub weight: u32,
    /// Name.
    pub title: Text,
    /// What a score of 0 and of 100 means.
    pub help: Text,
}

/// The published criteria with the envelopes that the form offers first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriteriaSet {
    /// The criteria in the published order.
    pub criteria: Vec<PublishedCriterion>,
    /// First offer: year and money.
    pub envelopes: Vec<(i16, Money)>,
}

/// A computed recommendation with all that it was computed from.
#[derive(Clone, Debug)]
pub struct Recommended {
    /// Territory.
    pub place: KatoCode,
    /// The candidates as they stood.
    pub projects: Vec<Project>,
    /// What was asked.
    pub problem: Problem,
    /// What was answered.
    pub choice: Choice,
}

/// What a decision publishes, whole, so that anybody can compute it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionDocument {
    /// Criteria with their weights.
    pub criteria: Vec<PublishedCriterion>,
    /// Years and envelopes.
    pub envelopes: Vec<(i16, Money)>,
    /// The candidates.
    pub candidates: Vec<DecidedCandidate>,
    /// The recommendation with the reason of every project.
    pub recommendation: Recommendation,
    /// The decision beside the recommendation.
    pub comparison: Comparison,
}

/// One candidate of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedCandidate {
    /// Project.
    pub project: ProjectId,
    /// Its number, which is its key in the recommendation.
    pub number: String,
    /// Its name when the decision was made.
    pub title: Text,
    /// Its scores.
    pub scores: Vec<(String, u8)>,
    /// Its cost in each year.
    pub cost: Vec<Money>,
    /// Its points; `None` when scores are missing.
    pub benefit: Option<u64>,
    /// Group of which at most one can be in.
    pub exclusive_group: Option<String>,
    /// In the decision.
    pub decided: bool,
}

impl CriteriaSet {
    fn checked(&self) -> Result<Criteria> {
        let list = self.criteria.iter();
        let list = list.map(|c| Criterion { code: c.code.clone(), weight: c.weight }).collect();
        Criteria::new(list).map_err(|faults| AppError::Internal(format!("criteria: {faults:?}")))
    }
}

impl App {
    /// Computes the recommended portfolio of a territory for envelopes by year. Candidates are the projects
    /// in appraisal in the territory and below it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names a wrong envelope; [`AppError::NotFound`] when nothing is in appraisal.
    pub async fn recommend(
        &self,
        actor: Option<&Account>,
        place: KatoCode,
        envelopes: &[(i16, Money)],
    ) -> Result<Recommended> {
        permission::check(actor, Permission::Recommend, Some(place))?;
        let filter =
            ProjectFilter { place: Some(place), status: vec![Status::Appraisal], ..ProjectFilter::default() };
        let projects = self.read().list_whole_projects(&filter, CANDIDATES_MAX).await?;
        if projects.is_empty() {
            return Err(AppError::NotFound("candidate"));
        }
        let problem = problem(&self.criteria().checked()?, &projects, envelopes)?;
        let solver = self.solver();
        let (problem, choice) = tokio::task::spawn_blocking(move || {
            let choice = choose(&problem, &*solver, &effort());
            (problem, choice)
        })
        .await
        .map_err(|error| AppError::Internal(error.to_string()))?;
        let choice = choice.map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(Recommended { place, projects, problem, choice })
    }

    /// The head accepts or changes the recommendation and publishes the decision. The recommendation is
    /// computed again, so nothing that a browser sent is published as ours.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the plan overspends or breaks another rule, or a changed plan has no
    /// reason.
    pub async fn decide(
        &self,
        actor: Option<&Account>,
        place: KatoCode,
        envelopes: &[(i16, Money)],
        chosen: &[String],
        reason: &str,
    ) -> Result<DecisionId> {
        permission::check(actor, Permission::Decide, Some(place))?;
        let recommended = self.recommend(actor, place, envelopes).await?;
        let Choice::Recommended(recommendation) = &recommended.choice else {
            return Err(AppError::field("envelope", "field-plan-impossible"));
        };
        let comparison = compare(&recommended.problem, chosen, recommendation);
        let faults: Vec<FieldFault> = comparison.faults.iter().map(plan_fault).collect();
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults));
        }
        let changed = !comparison.added.is_empty() || !comparison.removed.is_empty();
        let reason = if changed || !reason.trim().is_empty() {
            parse_reason("reason", reason)?
        } else {
            String::new()
        };
        let document = document(&self.criteria().criteria, &recommended, recommendation, comparison, chosen);
        let decision = Decision {
            id: self.new_decision_id(),
            place,
            year: envelopes.first().map_or(0, |(year, _)| *year),
            decided_by: spokesman(actor),
            decided_at: self.now(),
            reason,
            changed,
            document: serde_json::to_string(&document)
                .map_err(|error| AppError::Internal(error.to_string()))?,
        };
        let id = decision.id;
        let detail = json!({ "changed": changed, "projects": chosen.len() });
        let audit = self.audit(actor, "decide", id, Some(place), &detail);
        self.store().apply(vec![Change::AddDecision(decision), audit]).await?;
        Ok(id)
    }
}

/// How long a person at a page waits: seconds for the plan, a fraction of one for the price of each project
/// left out. What is not settled by then is said to be open, never guessed.
fn effort() -> Effort {
    let each_price = Limits { time: Duration::from_millis(400), ..Effort::default().each_price };
    Effort { each_price, ..Effort::default() }
}

fn problem(criteria: &Criteria, projects: &[Project], envelopes: &[(i16, Money)]) -> Result<Problem> {
    let years: Vec<i16> = envelopes.iter().map(|(year, _)| *year).collect();
    let candidates = projects.iter().map(|project| candidate(criteria, project, &years)).collect();
    let amounts = envelopes.iter().map(|(_, amount)| *amount).collect();
    Problem::new(years, amounts, candidates).map_err(|faults| {
        tracing::debug!(?faults, "the envelopes do not make a problem");
        AppError::field("envelope", "field-envelope")
    })
}

/// A project as a candidate: its points by the published criteria and its planned money by year. Money
/// planned beyond the years of the envelope is not asked of it.
fn candidate(criteria: &Criteria, project: &Project, years: &[i16]) -> Candidate {
    let planned = |year: &i16| {
        let lines = project.money.iter().filter(|line| line.year == *year);
        Money::checked_sum(lines.filter_map(|line| line.planned)).unwrap_or(Money::ZERO)
    };
    let missing = || criteria.list().iter().map(|criterion| criterion.code.clone()).collect();
    let mut assessment =
        criteria.assess(&project.scores).unwrap_or_else(|_| Assessment::Missing { missing: missing() });
    let cost: Vec<Money> = years.iter().map(planned).collect();
    if cost.iter().all(|amount| *amount == Money::ZERO) {
        // Without a cost it would be free, and free projects always win.
        assessment = Assessment::Missing { missing: vec!["cost".to_owned()] };
    }
    Candidate {
        key: project.number.clone(),
        assessment,
        cost,
        mandatory: false,
        barred: false,
        exclusive_group: Some(project.exclusive_group.clone()).filter(|group| !group.is_empty()),
    }
}

fn document(
    criteria: &[PublishedCriterion],
    recommended: &Recommended,
    recommendation: &Recommendation,
    comparison: Comparison,
    chosen: &[String],
) -> DecisionDocument {
    let chosen: BTreeSet<&str> = chosen.iter().map(String::as_str).collect();
    let problem = &recommended.problem;
    let candidates = recommended.projects.iter().zip(problem.candidates());
    DecisionDocument {
        criteria: criteria.to_vec(),
        envelopes: problem.years().iter().copied().zip(problem.envelope().iter().copied()).collect(),
        candidates: candidates
            .map(|(project, candidate)| DecidedCandidate {
                project: project.id,
                number: project.number.clone(),
                title: project.title.clone(),
                scores: project.scores.clone(),
                cost: candidate.cost.clone(),
                benefit: candidate.assessment.benefit(),
                exclusive_group: candidate.exclusive_group.clone(),
                decided: chosen.contains(project.number.as_str()),
            })
            .collect(),
        recommendation: recommendation.clone(),
        comparison,
    }
}

fn plan_fault(fault: &PlanFault) -> FieldFault {
    match fault {
        PlanFault::Overspent { year, over, .. } => FieldFault::new("chosen", "field-plan-overspent")
            .with("year", year)
            .with("over", over.to_decimal(akimat_core::MoneyUnit::ThousandTenge, 1)),
        PlanFault::GroupCrowded { keys, .. } => {
            FieldFault::new("chosen", "field-plan-group").with("keys", keys.join(", "))
        }
        PlanFault::NotAssessable { key } => {
            FieldFault::new("chosen", "field-plan-not-assessable").with("key", key)
        }
        PlanFault::Unknown { key }
        | PlanFault::Repeated { key }
        | PlanFault::MandatoryMissing { key }
        | PlanFault::Barred { key } => FieldFault::new("chosen", "field-plan-unknown").with("key", key),
    }
}
