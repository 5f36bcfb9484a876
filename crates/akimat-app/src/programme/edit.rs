//! Beginning, changing, copying and removing scenarios, ruling on projects, and what the commission says.

use super::build::Frame;
use super::check::TITLE_CHARS_MAX;
use super::effective;
use super::input::ProgrammeInput;
use super::request::{OverrideCost, ProgrammeRequest, Ruling, RulingKind, Voice};
use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, ProjectId};
use akimat_participation::comment::COMMENT_CHARS_MAX;
use akimat_storage::{
    Account, Change, Conflict, ProgrammeComment, ProgrammeHead, ProgrammeScenario, ProgrammeState,
};
use serde_json::json;
use uuid::Uuid;

/// A scenario to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProgramme {
    /// Territory.
    pub place: KatoCode,
    /// Name.
    pub title: String,
    /// First calendar year.
    pub first_year: i16,
    /// Number of years.
    pub years: u16,
    /// What is asked; `None`: [`App::first_request`].
    pub request: Option<ProgrammeRequest>,
}

/// A scenario as its form sends it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeEdit {
    /// Name.
    pub title: String,
    /// First calendar year.
    pub first_year: i16,
    /// Number of years.
    pub years: u16,
    /// What is asked. Who ruled on a project and when is kept or set here, whatever the form says.
    pub request: ProgrammeRequest,
}

impl App {
    /// An analyst or a head begins a scenario.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields; [`AppError::Forbidden`] outside the person's territory.
    pub async fn create_programme(&self, actor: Option<&Account>, new: NewProgramme) -> Result<Uuid> {
        self.create_programme_from(actor, None, new).await
    }

    /// Begins a scenario that goes on from another one of the territory, which it names.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such scenario in the territory; otherwise as
    /// [`App::create_programme`].
    pub async fn create_programme_from(
        &self,
        actor: Option<&Account>,
        parent: Option<Uuid>,
        new: NewProgramme,
    ) -> Result<Uuid> {
        permission::check(actor, Permission::Recommend, Some(new.place))?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        if let Some(parent) = parent
            && self.find_scenario(parent).await?.head.place != new.place
        {
            return Err(AppError::NotFound("programme"));
        }
        let years = new.years.min(super::check::PROGRAMME_YEARS_MAX);
        let mut request = new.request.unwrap_or_else(|| self.first_request(years));
        self.sign_rulings(actor, &mut request, &[]);
        let frame = Frame { place: new.place, first_year: new.first_year, years: new.years };
        let (title, input) = self.checked((&new.title, frame), &request).await?;
        let (id, now) = (self.new_uuid(), self.now());
        let scenario = ProgrammeScenario {
            head: ProgrammeHead {
                id,
                place: new.place,
                title,
                first_year: new.first_year,
                n_years: new.years,
                state: ProgrammeState::Draft,
                edit: 1,
                invented: input.is_invented(),
                objective: None,
                bound: None,
                parent,
                job: None,
                decision: None,
                created_by: account.id,
                created_by_name: spokesman(actor),
                created_at: now,
                updated_at: now,
            },
            request: request.write()?,
            solution: String::new(),
            record: String::new(),
        };
        let detail = parent.map_or_else(|| json!({}), |parent| json!({ "from": parent }));
        let audit = self.audit(actor, "create_programme", id, Some(new.place), &detail);
        self.store().apply(vec![Change::AddProgramme(Box::new(scenario)), audit]).await?;
        Ok(id)
    }

    /// Changes what is asked. A plan computed before stays to be seen, marked as outdated.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields; [`AppError::Conflict`] when somebody else changed it, a job
    /// works on it, or it is decided.
    pub async fn edit_programme(
        &self,
        actor: Option<&Account>,
        (id, edit): (Uuid, u32),
        form: ProgrammeEdit,
    ) -> Result<()> {
        let mut stored = self.open_scenario(actor, (id, edit)).await?;
        let before = ProgrammeRequest::read(&stored.request)?;
        let mut request = form.request;
        self.sign_rulings(actor, &mut request, &before.rulings);
        let frame = Frame { place: stored.head.place, first_year: form.first_year, years: form.years };
        let (title, input) = self.checked((&form.title, frame), &request).await?;
        let head = &mut stored.head;
        let same = request == before && (head.first_year, head.n_years) == (form.first_year, form.years);
        if !same {
            head.state = ProgrammeState::Draft;
            (head.objective, head.bound) = (None, None);
        }
        head.title = title;
        (head.first_year, head.n_years) = (form.first_year, form.years);
        head.invented = input.is_invented();
        stored.request = request.write()?;
        self.save(actor, stored, ("edit_programme", json!({ "same": same }))).await
    }

    /// Copies a scenario, decided ones too: the copy is free again, and names where it comes from.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a title that is empty or too long.
    pub async fn copy_programme(&self, actor: Option<&Account>, id: Uuid, title: &str) -> Result<Uuid> {
        permission::check(actor, Permission::Recommend, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let mut stored = self.find_scenario(id).await?;
        permission::check(actor, Permission::Recommend, Some(stored.head.place))?;
        let (copy, now) = (self.new_uuid(), self.now());
        let answered = stored.head.objective.is_some() || stored.head.state == ProgrammeState::Infeasible;
        stored.head = ProgrammeHead {
            id: copy,
            title: parse_title(title)?,
            state: match stored.head.state {
                ProgrammeState::Decided | ProgrammeState::Published => ProgrammeState::Solved,
                ProgrammeState::Solving => ProgrammeState::Draft,
                other => other,
            },
            edit: 1,
            parent: Some(id),
            job: None,
            decision: None,
            created_by: account.id,
            created_by_name: spokesman(actor),
            created_at: now,
            updated_at: now,
            ..stored.head
        };
        if !answered {
            stored.solution = String::new();
            stored.head.state = ProgrammeState::Draft;
        }
        stored.record = String::new();
        let place = stored.head.place;
        let audit = self.audit(actor, "copy_programme", copy, Some(place), &json!({ "from": id }));
        self.store().apply(vec![Change::AddProgramme(Box::new(stored)), audit]).await?;
        Ok(copy)
    }

    /// Removes a scenario that is not decided, with its comments.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when it is decided, was changed meanwhile, or a job works on it.
    pub async fn delete_programme(&self, actor: Option<&Account>, (id, edit): (Uuid, u32)) -> Result<()> {
        let stored = self.open_scenario(actor, (id, edit)).await?;
        let detail = json!({ "title": stored.head.title });
        let audit = self.audit(actor, "delete_programme", id, Some(stored.head.place), &detail);
        Ok(self.store().apply(vec![Change::RemoveProgramme(id, edit), audit]).await?)
    }

    /// Keeps a project in or bars it, with the reason and the cost that was shown; `None` lifts the ruling.
    ///
    /// # Errors
    /// As [`App::edit_programme`].
    pub async fn rule_on_project(
        &self,
        actor: Option<&Account>,
        (id, edit): (Uuid, u32),
        project: ProjectId,
        ruling: Option<(RulingKind, &str, Option<OverrideCost>)>,
    ) -> Result<()> {
        let mut stored = self.open_scenario(actor, (id, edit)).await?;
        let mut request = ProgrammeRequest::read(&stored.request)?;
        request.rulings.retain(|one| one.project != project);
        let mut detail = json!({ "project": project, "ruling": "none" });
        if let Some((kind, reason, cost)) = ruling {
            let reason = parse_reason("reason", reason)?;
            detail = json!({ "project": project, "ruling": kind.code(), "reason": reason });
            let (by, at) = (spokesman(actor), self.now());
            request.rulings.push(Ruling { project, kind, reason, by, at, cost });
        }
        let head = &mut stored.head;
        let frame = Frame { place: head.place, first_year: head.first_year, years: head.n_years };
        self.checked((&head.title, frame), &request).await?;
        head.state = ProgrammeState::Draft;
        (head.objective, head.bound) = (None, None);
        stored.request = request.write()?;
        self.save(actor, stored, ("rule_on_project", detail)).await
    }

    /// A member of the commission says something about a scenario.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an empty or endless text.
    pub async fn comment_programme(
        &self,
        actor: Option<&Account>,
        id: Uuid,
        voice: Voice,
        body: &str,
    ) -> Result<()> {
        permission::check(actor, Permission::ReviewProgrammes, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let stored = self.find_scenario(id).await?;
        permission::check(actor, Permission::ReviewProgrammes, Some(stored.head.place))?;
        let body = body.trim();
        if body.is_empty() {
            return Err(AppError::field("body", "field-body-empty"));
        }
        if body.chars().count() > COMMENT_CHARS_MAX {
            let fault = FieldFault::new("body", "field-too-long").with("max", COMMENT_CHARS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let said = ProgrammeComment {
            id: self.new_uuid(),
            programme: id,
            voice: voice.code().to_owned(),
            account: account.id,
            by: spokesman(actor),
            at: self.now(),
            body: body.to_owned(),
        };
        let detail = json!({ "voice": voice.code() });
        let audit = self.audit(actor, "comment_programme", id, Some(stored.head.place), &detail);
        Ok(self.store().apply(vec![Change::AddProgrammeComment(said), audit]).await?)
    }

    /// A scenario that this person may change now.
    pub(super) async fn open_scenario(
        &self,
        actor: Option<&Account>,
        (id, edit): (Uuid, u32),
    ) -> Result<ProgrammeScenario> {
        permission::check(actor, Permission::Recommend, None)?;
        let stored = self.settled_scenario(id).await?;
        permission::check(actor, Permission::Recommend, Some(stored.head.place))?;
        let busy = stored.head.state == ProgrammeState::Solving || stored.head.state.is_decided();
        if busy || stored.head.edit != edit {
            return Err(AppError::Conflict(Conflict::Stale("programme")));
        }
        Ok(stored)
    }

    /// A scenario in the state that it is in now.
    pub(super) async fn settled_scenario(&self, id: Uuid) -> Result<ProgrammeScenario> {
        let mut stored = self.find_scenario(id).await?;
        let job = match stored.head.job {
            Some(job) => self.read().find_job(job).await?,
            None => None,
        };
        stored.head.state = effective(&stored.head, job.as_ref());
        Ok(stored)
    }

    /// Stores a changed scenario with its audit record.
    pub(super) async fn save(
        &self,
        actor: Option<&Account>,
        mut stored: ProgrammeScenario,
        (verb, detail): (&str, serde_json::Value),
    ) -> Result<()> {
        stored.head.edit += 1;
        stored.head.updated_at = self.now();
        let audit = self.audit(actor, verb, stored.head.id, Some(stored.head.place), &detail);
        Ok(self.store().apply(vec![Change::UpdateProgramme(Box::new(stored)), audit]).await?)
    }

    pub(super) async fn checked(
        &self,
        (title, frame): (&str, Frame),
        request: &ProgrammeRequest,
    ) -> Result<(String, ProgrammeInput)> {
        let mut faults = Vec::new();
        let title = match parse_title(title) {
            Ok(title) => title,
            Err(AppError::Invalid(found)) => {
                faults.extend(found);
                String::new()
            }
            Err(error) => return Err(error),
        };
        let checked = self.check_programme(frame, request).await?;
        faults.extend(checked.faults);
        if faults.is_empty() { Ok((title, checked.input)) } else { Err(AppError::Invalid(faults)) }
    }

    /// Who ruled and when is what was stored, or this person now.
    fn sign_rulings(&self, actor: Option<&Account>, request: &mut ProgrammeRequest, before: &[Ruling]) {
        for ruling in &mut request.rulings {
            ruling.reason = ruling.reason.trim().to_owned();
            let same = |old: &&Ruling| {
                (old.project, old.kind, &old.reason) == (ruling.project, ruling.kind, &ruling.reason)
            };
            if let Some(old) = before.iter().find(same) {
                *ruling = old.clone();
            } else {
                (ruling.by, ruling.at, ruling.cost) = (spokesman(actor), self.now(), None);
            }
        }
    }
}

fn parse_title(title: &str) -> Result<String> {
    let title = title.trim();
    if title.is_empty() {
        return Err(AppError::field("title", "field-required"));
    }
    if title.chars().count() > TITLE_CHARS_MAX {
        let fault = FieldFault::new("title", "field-too-long").with("max", TITLE_CHARS_MAX);
        return Err(AppError::Invalid(vec![fault]));
    }
    Ok(title.to_owned())
}
