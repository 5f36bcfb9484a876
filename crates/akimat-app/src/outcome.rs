//! What is to be expected of running projects, learnt from the platform's own finished ones.
//!
//! Reading order: this file (verbs), `register` (projects as a table), `document` (what is published), `record` (what came
//! of it).

mod document;
mod record;
mod register;

pub use document::{NeighbourNote, OutcomeDocument};
pub use record::{JudgedOutcome, OutcomeRecord, TargetRecord, judge};
pub(crate) use register::cost_uplift;
pub use register::{LATE_SHARE, SIZES};

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_core::{ProjectId, Text};
use akimat_outcome::{Model, Refusal, Target};
use akimat_project::{Project, Status};
use akimat_storage::outcome_prediction::{OutcomeDecision, OutcomePrediction, OutcomeVerdict};
use akimat_storage::{Account, Change, ProjectFilter};
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Finished projects that are learnt from at most, and running ones that are listed.
const PROJECTS_MAX: u16 = 5_000;
/// The seed of whatever the models draw.
const SEED: u64 = 1;
/// Published ranges in per cent.
pub const LEVELS: [u8; 2] = [80, 90];
/// Similar finished projects that are shown.
pub const NEIGHBOURS: usize = 5;

/// The models of one state of the register.
#[derive(Debug)]
pub struct OutcomeModels {
    models: BTreeMap<Target, std::result::Result<Model, Refusal>>,
    /// Numbers and titles of finished projects by identifier.
    pub titles: BTreeMap<String, (String, Text)>,
    /// Last day whose facts were used.
    pub data_on: Date,
    /// Some of the finished projects are invented.
    pub invented: bool,
}

impl OutcomeModels {
    /// The model of a target.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of(&self, target: Target) -> std::result::Result<&Model, &Refusal> {
        match self.models.get(&target) {
            Some(model) => model.as_ref(),
            None => Err(&Refusal::Constant),
        }
    }

    /// What is to be expected of a project.
    ///
    /// # Errors
    /// Why nothing is.
    pub fn predict(
        &self,
        project: &Project,
        target: Target,
    ) -> std::result::Result<OutcomeDocument, Refusal> {
        let model = self.of(target).map_err(Clone::clone)?;
        Ok(document::of(model, self, project))
    }
}

/// The models of the newest state of the register.
#[derive(Debug, Default)]
pub(crate) struct OutcomeMemo(Mutex<Option<(String, Arc<OutcomeModels>)>>);

/// A running project and what is expected of it.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// The project.
    pub project: Project,
    /// What is expected.
    pub document: OutcomeDocument,
}

/// A project of which something is to be expected: neither ended nor a mere idea.
pub const fn is_open(status: Status) -> bool {
    !matches!(status, Status::Completed | Status::Terminated | Status::Idea)
}

impl App {
    /// Models learnt from every finished project of the platform, computed once for each state of the register.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outcome_models(&self) -> Result<Arc<OutcomeModels>> {
        let filter = ProjectFilter { status: record::ENDED.to_vec(), ..ProjectFilter::default() };
        let ended = self.read().list_whole_projects(&filter, PROJECTS_MAX).await?;
        let newest = ended.iter().map(|project| project.updated_at).max();
        let state = format!("{} {newest:?}", ended.len());
        {
            let known = self.outcomes().0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, models)) = known.as_ref().filter(|(of, _)| *of == state) {
                return Ok(models.clone());
            }
        }
        let data_on = newest.map_or(self.today(), |at| at.to_zoned(self.zone().clone()).date());
        let learn = tokio::task::spawn_blocking(move || learn(&ended, data_on));
        let models = Arc::new(learn.await.expect("learning does not panic"));
        *self.outcomes().0.lock().unwrap_or_else(PoisonError::into_inner) = Some((state, models.clone()));
        Ok(models)
    }

    /// Running projects of a territory and below it with what is expected of them; those of which nothing can be
    /// said are counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outlooks(
        &self,
        place: Option<akimat_core::KatoCode>,
        target: Target,
    ) -> Result<(Vec<Outlook>, usize, Arc<OutcomeModels>)> {
        let models = self.outcome_models().await?;
        let status = Status::ALL.into_iter().filter(|status| is_open(*status)).collect();
        let filter = ProjectFilter { place, status, ..ProjectFilter::default() };
        let open = self.read().list_whole_projects(&filter, PROJECTS_MAX).await?;
        let (mut outlooks, mut silent) = (Vec::new(), 0);
        for project in open {
            match models.predict(&project, target) {
                Ok(document) => outlooks.push(Outlook { project, document }),
                Err(_) => silent += 1,
            }
        }
        outlooks.sort_by(|a, b| {
            b.document
                .probability
                .total_cmp(&a.document.probability)
                .then_with(|| a.project.id.cmp(&b.project.id))
        });
        Ok((outlooks, silent, models))
    }

    /// An analyst publishes what is expected of a project today: one prediction a target that can be answered.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`], or [`AppError::Invalid`] when nothing can be answered or the
    /// project has ended.
    pub async fn publish_outcome(&self, actor: Option<&Account>, id: ProjectId) -> Result<usize> {
        permission::check(actor, Permission::PublishForecasts, None)?;
        let (project, ..) = self.read().find_project(id).await?.ok_or(AppError::NotFound("project"))?;
        permission::check(actor, Permission::PublishForecasts, Some(project.place))?;
        if !is_open(project.status) {
            return Err(AppError::field("project", "field-outcome-ended"));
        }
        let models = self.outcome_models().await?;
        let mut batch = Vec::new();
        for target in Target::ALL {
            let Ok(document) = models.predict(&project, target) else { continue };
            batch.push(Change::AddOutcomePrediction(Box::new(OutcomePrediction {
                id: self.new_budget_id().0,
                project: id,
                place: project.place,
                target: target.code().to_owned(),
                probability_e4: Some(e4(document.probability)),
                point_e4: document.point.map(e4),
                class: document.class.join("/"),
                n_class: u32::try_from(document.n_class).unwrap_or(u32::MAX),
                model: document.model.clone(),
                data_on: models.data_on.min(self.today()),
                document: serde_json::to_string(&document).expect("a document is plain values"),
                published_by: spokesman(actor),
                published_at: self.now(),
            })));
        }
        let n = batch.len();
        if n == 0 {
            return Err(AppError::field("project", "field-outcome-refused"));
        }
        let detail = json!({ "predictions": n });
        batch.push(self.audit(actor, "publish_outcome", id, Some(project.place), &detail));
        self.store().apply(batch).await?;
        Ok(n)
    }

    /// The project's manager or the head of the territory says what is done about a prediction, with a reason that
    /// everybody can read. Earlier decisions stay on record.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`], or [`AppError::Invalid`] without verdict or reason.
    pub async fn decide_outcome(
        &self,
        actor: Option<&Account>,
        prediction: Uuid,
        verdict: &str,
        reason: &str,
    ) -> Result<ProjectId> {
        permission::check(actor, Permission::DecideOutcomes, None)?;
        let stored = self.read().find_outcome_prediction(prediction).await?;
        let stored = stored.ok_or(AppError::NotFound("prediction"))?;
        permission::check(actor, Permission::DecideOutcomes, Some(stored.place))?;
        let verdict = OutcomeVerdict::parse(verdict).ok_or(AppError::field("verdict", "field-required"))?;
        let decision = OutcomeDecision {
            id: self.new_budget_id().0,
            prediction,
            verdict,
            reason: parse_reason("reason", reason)?,
            decided_by: spokesman(actor),
            decided_at: self.now(),
        };
        let detail = json!({ "verdict": verdict.code(), "target": stored.target });
        let audit = self.audit(actor, "decide_outcome", stored.project, Some(stored.place), &detail);
        self.store().apply(vec![Change::AddOutcomeDecision(decision), audit]).await?;
        Ok(stored.project)
    }
}

/// Whether somebody may decide about predictions in a territory: managers of projects and the head.
pub fn may_decide(actor: Option<&Account>, place: akimat_core::KatoCode) -> bool {
    permission::check(actor, Permission::DecideOutcomes, Some(place)).is_ok()
}

fn learn(ended: &[Project], data_on: Date) -> OutcomeModels {
    let model = |target| {
        let table = register::table(ended, target);
        let priors = register::priors(target);
        (target, Model::learn(table, priors.as_ref(), SEED))
    };
    let title = |project: &Project| (project.id.to_string(), (project.number.clone(), project.title.clone()));
    OutcomeModels {
        models: Target::ALL.into_iter().map(model).collect(),
        titles: ended.iter().map(title).collect(),
        data_on,
        invented: ended.iter().any(|project| project.invented),
    }
}

/// Ten-thousandths.
#[expect(clippy::cast_possible_truncation, reason = "bounded by the clamp")]
fn e4(value: f64) -> i64 {
    (value * 10_000.0).round().clamp(-1e15, 1e15) as i64
}
