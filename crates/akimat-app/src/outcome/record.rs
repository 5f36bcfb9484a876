//! What came of the predictions that were published: the record of the models on projects that have ended since.
//!
//! Of each project and target the first prediction counts, which knew least; later ones stay on the project's page. The
//! facts are those of the register, read anew each time: a date that is corrected corrects the record.

use super::{OutcomeDocument, PROJECTS_MAX, register};
use crate::{App, Result};
use akimat_core::{KatoCode, ProjectId, Text};
use akimat_outcome::Target;
use akimat_outcome::score::{self, Estimate};
use akimat_project::{Project, Status};
use akimat_storage::ProjectFilter;
use akimat_storage::outcome_prediction::OutcomePrediction;
use jiff::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A published prediction and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedOutcome {
    /// The prediction.
    pub prediction: Uuid,
    /// The project.
    pub project: ProjectId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: Text,
    /// What was predicted.
    pub target: Target,
    /// When the prediction was published.
    pub published_at: Timestamp,
    /// The prediction as published.
    pub document: OutcomeDocument,
    /// The event happened: late, dearer than planned, completed.
    pub event: bool,
    /// Days later than planned, or cost over plan; `None` for an event without a measure.
    pub amount: Option<f64>,
}

impl JudgedOutcome {
    /// Whether the range of a level in per cent held; `None` where there was no range or nothing to measure.
    pub fn held(&self, level: u8) -> Option<bool> {
        let (_, low, high) = self.document.ranges.iter().find(|(of, ..)| *of == level)?;
        self.amount.map(|amount| *low <= amount && amount <= *high)
    }
}

/// How the predictions of one target did.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetRecord {
    /// The target.
    pub target: Target,
    /// Predictions that met their fact.
    pub n: usize,
    /// Mean chance that was said, 0 to 1.
    pub said: f64,
    /// Share in which it happened, 0 to 1.
    pub happened: f64,
    /// Mean squared error of the chances.
    pub brier: Estimate,
    /// The same of the chance for ordinary finished projects on the day of each prediction.
    pub brier_base: Estimate,
    /// Level in per cent, ranges that held, ranges that there were.
    pub ranges: Vec<(u8, usize, usize)>,
    /// Mean absolute error of the median, in days or as a share of the plan.
    pub error: Option<f64>,
    /// The same of the plan itself: on the planned day, at the planned cost.
    pub error_of_plan: Option<f64>,
}

/// Predictions that met their facts, the last published first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutcomeRecord {
    /// One by one.
    pub judged: Vec<JudgedOutcome>,
    /// First predictions about projects that have not ended yet.
    pub n_waiting: usize,
    /// Some of the projects are invented.
    pub invented: bool,
}

impl OutcomeRecord {
    /// The figures of a target; `None` before the first fact.
    pub fn of(&self, target: Target) -> Option<TargetRecord> {
        let own: Vec<&JudgedOutcome> = self.judged.iter().filter(|one| one.target == target).collect();
        let n = own.len();
        if n == 0 {
            return None;
        }
        let said: Vec<f64> = own.iter().map(|one| one.document.probability).collect();
        let base: Vec<f64> = own.iter().map(|one| one.document.base).collect();
        let events: Vec<bool> = own.iter().map(|one| one.event).collect();
        let as_planned = if target == Target::Delay { 0.0 } else { 1.0 };
        let errors: Vec<(f64, f64)> = own
            .iter()
            .filter_map(|one| {
                let (amount, point) = one.amount.zip(one.document.point)?;
                Some(((amount - point).abs(), (amount - as_planned).abs()))
            })
            .collect();
        let mean = |of: fn(&(f64, f64)) -> f64| {
            (!errors.is_empty()).then(|| errors.iter().map(of).sum::<f64>() / errors.len() as f64)
        };
        let ranges = super::LEVELS.map(|level| {
            let held: Vec<bool> = own.iter().filter_map(|one| one.held(level)).collect();
            (level, held.iter().filter(|held| **held).count(), held.len())
        });
        Some(TargetRecord {
            target,
            n,
            said: said.iter().sum::<f64>() / n as f64,
            happened: events.iter().filter(|event| **event).count() as f64 / n as f64,
            brier: score::brier(&said, &events),
            brier_base: score::brier(&base, &events),
            ranges: ranges.into_iter().filter(|(_, _, of)| *of > 0).collect(),
            error: mean(|of| of.0),
            error_of_plan: mean(|of| of.1),
        })
    }
}

impl App {
    /// What came of the predictions about projects of a territory and below it (`None`: everywhere).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outcome_record(&self, place: Option<KatoCode>) -> Result<OutcomeRecord> {
        let predictions = self.read().list_first_outcome_predictions(place).await?;
        let filter = ProjectFilter { place, status: ENDED.to_vec(), ..ProjectFilter::default() };
        let ended = self.read().list_whole_projects(&filter, PROJECTS_MAX).await?;
        let ended: BTreeMap<ProjectId, &Project> =
            ended.iter().map(|project| (project.id, project)).collect();
        let mut record = OutcomeRecord::default();
        for prediction in &predictions {
            let Some(project) = ended.get(&prediction.project) else {
                record.n_waiting += 1;
                continue;
            };
            record.invented |= project.invented;
            record.judged.extend(judge(project, prediction));
        }
        record.judged.sort_by_key(|one| std::cmp::Reverse((one.published_at, one.prediction)));
        Ok(record)
    }
}

/// Projects that are over.
pub(super) const ENDED: [Status; 2] = [Status::Completed, Status::Terminated];

/// A prediction held against what its project came to; `None` while the project runs, and where the register does not
/// say what is asked (a project that was given up has no delay).
pub fn judge(project: &Project, prediction: &OutcomePrediction) -> Option<JudgedOutcome> {
    if !ENDED.contains(&project.status) {
        return None;
    }
    let target = Target::parse(&prediction.target)?;
    let document: OutcomeDocument = serde_json::from_str(&prediction.document).ok()?;
    let (amount, event) = register::outcome(project, target)?;
    // A delay is a share of the planned time in the register and days in what is published.
    let unit = if target == Target::Delay { register::planned_days(project)? } else { 1.0 };
    Some(JudgedOutcome {
        prediction: prediction.id,
        project: project.id,
        number: project.number.clone(),
        title: project.title.clone(),
        target,
        published_at: prediction.published_at,
        document,
        event,
        amount: amount.map(|amount| amount * unit),
    })
}
