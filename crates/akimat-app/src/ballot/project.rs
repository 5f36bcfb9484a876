//! What was chosen becomes projects of the register, with milestones; each leads to the other.

use super::{Setting, subject};
use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::{Lang, Money, ProjectId, Text};
use akimat_participation::process::Phase;
use akimat_participation::proposal::step::{Act, Actor, step};
use akimat_participation::proposal::{Proposal, State};
use akimat_project::project::{Basis, StatusChange};
use akimat_project::{
    Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point, Project, Sector, Status,
};
use akimat_storage::ballot::{BallotChange, BallotProject, BoxState};
use akimat_storage::proposal::ProposalChange;
use akimat_storage::{Account, Batch, Change, Conflict};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

/// The stage of the register in which a chosen project begins.
const STAGE: &str = "chosen";
/// Steps of a chosen project, in order.
const MILESTONES: [&str; 6] = ["design", "tender", "contract", "works", "acceptance", "opened"];

impl App {
    /// Everything that was chosen and is no project yet becomes one. Done twice it is done once.
    ///
    /// # Errors
    /// [`AppError::Conflict`] before the result is published.
    pub async fn begin_chosen(&self, actor: Option<&Account>, setting: &Setting) -> Result<usize> {
        permission::check(actor, Permission::CountBallots, Some(setting.process.place))?;
        let process = &setting.process;
        let found = self.read().find_ballot_box(process.id).await?;
        if found.map(|found| found.state) != Some(BoxState::Published) {
            return Err(AppError::Conflict(Conflict::Stale("ballot box")));
        }
        let linked = self.read().list_ballot_projects(process.id).await?;
        let chosen: Vec<&Proposal> = setting
            .projects
            .iter()
            .filter(|one| one.state == State::Selected)
            .filter(|one| !linked.iter().any(|link| link.proposal == one.id))
            .collect();
        let by = crate::project::spokesman(actor);
        let mut batch = Batch::new();
        for one in &chosen {
            let project = self.project_of(setting, one);
            let link =
                BallotProject { proposal: one.id, process: process.id, project: project.id, at: self.now() };
            let begun = step(process, one, (Actor::Owner, &by), Act::Begin, self.now());
            let (next, moved) = begun.map_err(|refusal| AppError::Internal(refusal.to_string()))?;
            let registered = StatusChange {
                from: None,
                to: project.status,
                at: project.created_at,
                by: by.clone(),
                reason: String::new(),
                stage: STAGE.to_owned(),
                basis: Basis::default(),
            };
            let detail = json!({ "number": project.number });
            batch.push(self.audit(actor, "begin_chosen", project.id, Some(project.place), &detail));
            batch.push(Change::AddStatusChange(project.id, registered));
            batch.insert(0, Change::AddProject(Box::new(project)));
            batch.push(Change::Proposal(Box::new(ProposalChange::Update(next))));
            batch.push(Change::Proposal(Box::new(ProposalChange::Move(moved))));
            batch.push(Change::Ballot(Box::new(BallotChange::Link(link))));
        }
        if chosen.is_empty() {
            return Ok(0);
        }
        let n = chosen.len();
        batch.push(self.log_entry("ballot_projects", subject(setting), json!({ "n": n })));
        self.store().apply(batch).await?;
        Ok(n)
    }

    /// What becomes of a proposal when its project moves on: built when the works are accepted, given up when they are.
    /// Nothing for a project that comes from no vote.
    pub(crate) async fn followed_proposal(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        (to, reason, basis): (Status, &str, &Basis),
    ) -> Result<Batch> {
        let words = reason.trim().to_owned();
        let act = match to {
            Status::Completed => Act::Complete,
            Status::Terminated => Act::Cancel { document: basis.words(), words },
            _ => return Ok(Batch::new()),
        };
        let Some(link) = self.read().find_ballot_project(project).await? else { return Ok(Batch::new()) };
        let Some(proposal) = self.read().find_proposal(link.proposal).await? else { return Ok(Batch::new()) };
        let process = self.process(link.process).await?;
        let by = crate::project::spokesman(actor);
        match crate::proposal::moved(&process, &proposal, (Actor::Owner, &by), act, self.now()) {
            Ok((_, batch)) => Ok(batch),
            // The register decides about the project; a proposal that stands elsewhere stays as it is.
            Err(AppError::Invalid(_) | AppError::Forbidden) => Ok(Batch::new()),
            Err(error) => Err(error),
        }
    }

    fn project_of(&self, setting: &Setting, one: &Proposal) -> Project {
        let process = &setting.process;
        let envelope = process.envelope(&one.envelope);
        let now = self.now();
        let (starts_on, ends_on) = self.works(setting);
        let mut money = MoneyLine::new(process.year, MoneySource::Own);
        money.planned = Some(one.cost().unwrap_or(Money::ZERO));
        Project {
            id: self.new_project_id(),
            number: format!("PB-{}-{}", process.code, one.ballot_number.unwrap_or_default()),
            place: envelope.and_then(|envelope| envelope.place).unwrap_or(process.place),
            title: one.title.clone(),
            summary: one.body.clone(),
            sector: Sector::Improvement,
            kind: Kind::Infrastructure,
            modality: Modality::Participatory,
            level: Level::District,
            status: Status::Planned,
            stage: STAGE.to_owned(),
            progress_pct: 0,
            contractor: String::new(),
            starts_on: Some(starts_on),
            ends_on: Some(ends_on),
            location: one.point.map(|point| Point { lat_e6: point.lat, lon_e6: point.lon }),
            scores: Vec::new(),
            exclusive_group: String::new(),
            manager: None,
            invented: process.invented,
            version: 1,
            created_at: now,
            updated_at: now,
            news_at: now,
            money: vec![money],
            milestones: milestones(starts_on, ends_on),
            results: Vec::new(),
            beneficiaries: Vec::new(),
            partners: Vec::new(),
            international: false,
        }
    }

    /// First and last day of the works: the term of the calendar, or a year from today.
    fn works(&self, setting: &Setting) -> (Date, Date) {
        let day = |at: jiff::Timestamp| at.to_zoned(self.zone().clone()).date();
        let today = self.today();
        let year = today.checked_add(1.year()).unwrap_or(today);
        setting
            .process
            .term(Phase::Implementation)
            .map_or((today, year), |term| (day(term.opens_at), day(term.closes_at)))
    }
}

/// The steps, spread evenly over the time of the works.
fn milestones(starts_on: Date, ends_on: Date) -> Vec<Milestone> {
    let days = starts_on.until(ends_on).map_or(0, |span| i64::from(span.get_days()));
    let word = |lang: Lang, step: &str| {
        akimat_i18n::catalogue().locale(lang).name("ballot-milestone", step).into_owned()
    };
    (1..)
        .zip(MILESTONES)
        .map(|(n, step)| Milestone {
            title: Text { kk: word(Lang::Kk, step), ru: word(Lang::Ru, step), en: word(Lang::En, step) },
            planned_on: starts_on.checked_add((days * n / 6).days()).unwrap_or(ends_on),
            forecast_on: None,
            actual_on: None,
        })
        .collect()
}
