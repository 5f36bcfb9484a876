//! A manager posts news, progress and, when it is time, a new stage.

use super::life::{basis_faults, stages};
use super::spokesman;
use crate::participation::parse_reason;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{Lang, ProjectId};
use akimat_project::check::BODY_CHARS_MAX;
use akimat_project::rules::Rules;
use akimat_project::stage::{Demand, Step, StepFault};
use akimat_project::{Basis, Project, ProjectUpdate, Status, StatusChange};
use akimat_storage::{Account, Batch, Change, Conflict};
use jiff::civil::Date;
use serde_json::json;

/// What a manager reports.
#[derive(Clone, Debug)]
pub struct ProgressReport {
    /// Version of the project that the manager was shown.
    pub version: u32,
    /// News in the manager's words; may be empty when only the stage moves.
    pub body: String,
    /// Language of the news.
    pub lang: Lang,
    /// Physical progress in per cent.
    pub progress_pct: u8,
    /// New stage; the same one means no move.
    pub stage: String,
    /// Why the stage moves, or the planned end.
    pub reason: String,
    /// The document that the move rests on.
    pub basis: Basis,
    /// The planned end as it is expected now; `None` leaves it as it is.
    pub ends_on: Option<Date>,
}

impl App {
    /// A manager posts news, progress and, when it is time, a new stage. What others edited meanwhile stays; only a
    /// move or a report of somebody else in between is a conflict.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the move is not possible, a planned end that passed long ago is not set anew, or a
    /// field is wrong.
    pub async fn report_progress(
        &self,
        actor: Option<&Account>,
        id: ProjectId,
        report: ProgressReport,
    ) -> Result<()> {
        let stored = self.project_to_manage(actor, id).await?;
        let report = ProgressReport { ends_on: report.ends_on.or(stored.ends_on), ..report };
        self.check_shown(&stored, report.version).await?;
        let here = stages().code_at(stored.modality, stored.status, &stored.stage);
        let moved = report.stage != here;
        let to = if moved { stages().status_of(stored.modality, &report.stage) } else { Some(stored.status) };
        check_report(&stored, &report, here)?;
        self.check_date(&stored, &report)?;
        let to = to.ok_or_else(|| AppError::field("status", "field-move-impossible"))?;
        let demands = stages().demands(stored.modality, &report.stage);
        if moved && demands.contains(&Demand::Photos) {
            self.check_finished(&stored, Status::Completed).await?;
        }
        let batch = self.report_batch(actor, &stored, (&report, to, moved)).await?;
        Ok(self.store().apply(batch).await?)
    }

    async fn report_batch(
        &self,
        actor: Option<&Account>,
        stored: &Project,
        (report, to, moved): (&ProgressReport, Status, bool),
    ) -> Result<Batch> {
        let (now, by, body) = (self.now(), spokesman(actor), report.body.trim());
        let mut batch = Batch::new();
        if !body.is_empty() || report.progress_pct != stored.progress_pct {
            batch.push(Change::AddProjectUpdate(ProjectUpdate {
                id: self.new_update_id(),
                project: stored.id,
                at: now,
                by: by.clone(),
                lang: report.lang,
                body: body.to_owned(),
                progress_pct: report.progress_pct,
            }));
        }
        if moved {
            let change = StatusChange {
                from: Some(stored.status),
                to,
                at: now,
                by,
                reason: report.reason.trim().to_owned(),
                stage: report.stage.clone(),
                basis: report.basis.clone(),
            };
            batch.push(Change::AddStatusChange(stored.id, change));
            let follows = (to, report.reason.as_str(), &report.basis);
            batch.extend(self.followed_proposal(actor, stored.id, follows).await?);
        }
        let detail = json!({ "progress_pct": report.progress_pct, "stage": report.stage });
        batch.push(self.audit(actor, "report_progress", stored.id, Some(stored.place), &detail));
        let after = Project {
            version: stored.version + 1,
            status: to,
            stage: if moved { report.stage.clone() } else { stored.stage.clone() },
            progress_pct: report.progress_pct,
            ends_on: report.ends_on,
            updated_at: now,
            news_at: now,
            ..stored.clone()
        };
        batch.extend(self.register_changes(actor, (stored, &after), (&report.reason, &report.basis)).await?);
        batch.push(Change::UpdateProject(Box::new(after)));
        Ok(batch)
    }

    /// A report is written about what its writer was shown: another's move or progress in between must be seen first.
    async fn check_shown(&self, stored: &Project, version: u32) -> Result<()> {
        let shown = self.project_as_of(stored, version).await?;
        let same = shown.is_some_and(|shown| {
            (shown.status, &shown.stage, shown.progress_pct, shown.ends_on)
                == (stored.status, &stored.stage, stored.progress_pct, stored.ends_on)
        });
        if same { Ok(()) } else { Err(AppError::Conflict(Conflict::Stale("project"))) }
    }

    fn check_date(&self, stored: &Project, report: &ProgressReport) -> Result<()> {
        let rules: Rules = self.project_rules();
        let mut wrong = Vec::new();
        let over =
            stages().status_of(stored.modality, &report.stage).is_some_and(|to| to >= Status::Completed);
        let new_end = Project { ends_on: report.ends_on, ..stored.clone() };
        if let Some(days) = rules.overdue(&new_end, self.today()).filter(|_| !over) {
            wrong.push(FieldFault::new("ends_on", "project-slip-date").with("n", days));
        }
        let slip = rules.slip(stored.ends_on, report.ends_on);
        if let Some(days) = slip.filter(|_| report.reason.trim().is_empty()) {
            wrong.push(FieldFault::new("reason", "project-slip-reason").with("n", days));
        }
        if let (Some(starts_on), Some(ends_on)) = (stored.starts_on, report.ends_on)
            && ends_on < starts_on
        {
            wrong.push(FieldFault::new("ends_on", "field-ends-before-start"));
        }
        if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
    }
}

fn check_report(stored: &Project, report: &ProgressReport, here: &str) -> Result<()> {
    let mut wrong = basis_faults(&report.basis, &report.reason);
    if report.body.trim().chars().count() > BODY_CHARS_MAX {
        wrong.push(FieldFault::new("body", "field-too-long").with("max", BODY_CHARS_MAX));
    }
    if report.progress_pct > 100 {
        wrong.push(FieldFault::new("progress_pct", "field-between").with("min", 0).with("max", 100));
    }
    let moved = report.stage != here;
    let same = report.progress_pct == stored.progress_pct && report.ends_on == stored.ends_on;
    if !moved && report.body.trim().is_empty() && same {
        wrong.push(FieldFault::new("body", "field-nothing-new"));
    }
    if moved {
        wrong.extend(step_faults(stored, report));
    }
    if moved
        && !report.reason.trim().is_empty()
        && let Err(AppError::Invalid(faults)) = parse_reason("reason", &report.reason)
    {
        wrong.extend(faults);
    }
    if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
}

fn step_faults(stored: &Project, report: &ProgressReport) -> Vec<FieldFault> {
    let step = Step { to: &report.stage, reason: &report.reason, basis: &report.basis };
    match stages().check_step(stored.modality, (stored.status, &stored.stage), step) {
        Ok(_) => {
            let after = Project { ends_on: report.ends_on, ..stored.clone() };
            App::lacking(&after, &report.stage)
        }
        Err(StepFault::ReasonMissing) => vec![FieldFault::new("reason", "field-required")],
        Err(StepFault::BasisMissing) => vec![FieldFault::new("basis_kind", "project-demand-basis")],
        Err(StepFault::Same | StepFault::NotFrom) => {
            vec![FieldFault::new("status", "field-move-impossible")]
        }
    }
}
