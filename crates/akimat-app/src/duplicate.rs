//! Projects that may be registered twice: found by resemblance, told apart or made one by a person.

use crate::dossier::{Kept, SectionDraft, body};
use crate::import::{blocking, likeness};
use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_core::{KatoCode, ProjectId};
use akimat_project::duplicate::{Likeness, Resemblance, Titles, filled};
use akimat_project::{Basis, Project, StatusChange};
use akimat_storage::dossier::SectionFilter;
use akimat_storage::merged_project::MergedProject;
use akimat_storage::{Account, Change, Conflict, PageRequest, ProjectFilter, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Kind of the section that says of a project from which other it differs.
pub const TWIN: &str = "twin";
/// Projects of a territory that are compared.
const REGISTER_MAX: u16 = 20_000;
/// Pairs that are shown.
const PAIRS_MAX: usize = 100;
/// Pairs told apart that are read.
const APART_MAX: u16 = 200;
/// Similar projects that are shown while one is entered.
const SIMILAR_MAX: usize = 5;

/// Two projects that may be one.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The one registered first.
    pub one: Project,
    /// The other.
    pub other: Project,
    /// How and how much they resemble each other.
    pub resemblance: Resemblance,
}

/// The body of a section of the kind [`TWIN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// The project that is another.
    pub other: ProjectId,
}

/// What [`MergedProject::record`] holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FormerRecord {
    /// The project as it last stood.
    pub project: Project,
    /// Its moves, the first first.
    pub moves: Vec<StatusChange>,
}

/// How two records become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeOrder {
    /// The project that stays, and the version that the person was shown.
    pub stays: (ProjectId, u32),
    /// The one that goes, and the version that the person was shown.
    pub former: (ProjectId, u32),
    /// What only the former knows is taken over.
    pub fill: bool,
    /// Why they are the same.
    pub reason: String,
}

impl App {
    /// Projects of the register that may be the one that is being entered, the most alike first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn similar_projects(&self, entered: &Project) -> Result<Vec<(Project, Resemblance)>> {
        let filter = ProjectFilter { place: Some(district(entered.place)), ..ProjectFilter::default() };
        let register = self.read().list_whole_projects(&filter, REGISTER_MAX).await?;
        let wanted = likeness(entered);
        let compare = move || {
            let titles = Titles::new(register.iter().map(likeness).collect());
            let found = titles.like(&wanted, SIMILAR_MAX);
            let known = |id: ProjectId| register.iter().find(|project| project.id == id).cloned();
            found.into_iter().filter_map(|(id, told)| Some((known(id)?, told))).collect()
        };
        blocking(compare).await
    }

    /// Pairs of projects in a territory and below it that may be one, the most alike first; pairs that a person told
    /// apart are left out.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who may not manage projects there.
    pub async fn list_duplicates(
        &self,
        actor: Option<&Account>,
        place: Option<KatoCode>,
    ) -> Result<Vec<Pair>> {
        permission::check(actor, Permission::ManageProjects, place)?;
        let place = place.or_else(|| actor.and_then(|account| account.place));
        let filter = ProjectFilter { place, ..ProjectFilter::default() };
        let register = self.read().list_whole_projects(&filter, REGISTER_MAX).await?;
        let apart = self.told_apart(place).await?;
        let compare = move || {
            let all: Vec<Likeness> = register.iter().map(likeness).collect();
            let found = Titles::new(all).pairs(PAIRS_MAX + apart.len());
            let known: BTreeMap<ProjectId, &Project> =
                register.iter().map(|project| (project.id, project)).collect();
            let found = found.into_iter().filter(|(one, other, _)| !apart.contains(&(*one, *other)));
            let pair = |(one, other, resemblance)| {
                let (one, other) = (*known.get(&one)?, *known.get(&other)?);
                Some(Pair { one: one.clone(), other: other.clone(), resemblance })
            };
            found.filter_map(pair).take(PAIRS_MAX).collect()
        };
        blocking(compare).await
    }

    async fn told_apart(&self, place: Option<KatoCode>) -> Result<BTreeSet<(ProjectId, ProjectId)>> {
        let filter = SectionFilter { kind: TWIN.to_owned(), place, ..SectionFilter::default() };
        let mut told = BTreeSet::new();
        let mut request = PageRequest::first(APART_MAX);
        loop {
            let page = self.read().search_sections(&filter, &request).await?;
            for section in &page.items {
                let apart: Apart = body(section)?;
                told.insert((section.project.min(apart.other), section.project.max(apart.other)));
            }
            match page.next {
                Some(next) => request.after = Some(next),
                None => return Ok(told),
            }
        }
    }

    /// Two projects side by side, with how they resemble each other.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`] for who may not manage both.
    pub async fn duplicate_pair(
        &self,
        actor: Option<&Account>,
        (one, other): (ProjectId, ProjectId),
    ) -> Result<(Project, Project, Option<Resemblance>)> {
        if one == other {
            return Err(AppError::NotFound("project"));
        }
        let one = self.project_to_manage(actor, one).await?;
        let other = self.project_to_manage(actor, other).await?;
        let titles = Titles::new(vec![likeness(&other)]);
        let told = titles.like(&likeness(&one), 1).pop().map(|(_, told)| told);
        Ok((one, other, told))
    }

    /// A person says that two projects that resemble each other are two.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason, [`AppError::NotFound`], [`AppError::Forbidden`].
    pub async fn tell_apart(
        &self,
        actor: Option<&Account>,
        (one, other): (ProjectId, ProjectId),
        reason: &str,
    ) -> Result<()> {
        let reason = parse_reason("reason", reason)?;
        self.duplicate_pair(actor, (one, other)).await?;
        let (one, other) = (one.min(other), one.max(other));
        let draft = SectionDraft {
            id: None,
            kind: TWIN,
            base_version: 0,
            state: "apart".to_owned(),
            due_on: None,
            amount: None,
            removed: false,
            body: json!(Apart { other }),
            reason,
            basis: String::new(),
        };
        match self.put_section(actor, Permission::ManageProjects, one, draft).await? {
            Kept::Stored { .. } => Ok(()),
            Kept::Clash { .. } => Err(AppError::Conflict(Conflict::Stale("section"))),
        }
    }

    /// A person says that two projects are one. What people said, voted, photographed and planned about the former goes
    /// to the one that stays; the last record of the former stays readable, and its address leads there.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason, or when both have what a project has one of;
    /// [`AppError::Conflict`] when one of them changed since it was shown; [`AppError::Forbidden`].
    pub async fn merge_projects(&self, actor: Option<&Account>, order: MergeOrder) -> Result<()> {
        let reason = parse_reason("reason", &order.reason)?;
        let pair = (order.stays.0, order.former.0);
        let (stays, former, _) = self.duplicate_pair(actor, pair).await?;
        if stays.version != order.stays.1 || former.version != order.former.1 {
            return Err(AppError::Conflict(Conflict::Stale("project")));
        }
        let kinds = self.kinds_to_move(&stays, &former).await?;
        let moves = self.read().list_status_changes(former.id).await?;
        let record = FormerRecord { project: former.clone(), moves };
        let merged = MergedProject {
            former: former.id,
            version: former.version,
            place: former.place,
            number: former.number.clone(),
            into: stays.id,
            into_place: stays.place,
            reason: reason.clone(),
            by: actor.map(|account| account.id),
            by_name: spokesman(actor),
            at: self.now(),
            record: serde_json::to_string(&record).map_err(|error| AppError::Internal(error.to_string()))?,
        };
        let full = if order.fill { filled(&stays, &former) } else { stays.clone() };
        let next = Project { version: stays.version + 1, updated_at: self.now(), ..full };
        let detail =
            json!({ "former": former.id, "number": former.number, "reason": reason, "fill": order.fill });
        let mut batch = vec![Change::MergeProject(Box::new(merged), kinds)];
        let words = (order.reason.as_str(), &Basis::default());
        batch.extend(self.register_changes(actor, (&stays, &next), words).await?);
        batch.push(Change::UpdateProject(Box::new(next)));
        batch.push(self.audit(actor, "merge_project", stays.id, Some(stays.place), &detail));
        match self.store().apply(batch).await {
            Err(StoreError::Conflict(Conflict::Exists(what))) => {
                let key = if what == "score" { "duplicate-both-scored" } else { "duplicate-both-appraised" };
                Err(AppError::field("stays", key))
            }
            other => Ok(other?),
        }
    }

    /// The kinds of sections that go to the project that stays. What a dossier holds once and both have stands in the
    /// way.
    async fn kinds_to_move(&self, stays: &Project, former: &Project) -> Result<Vec<String>> {
        let of = |id: ProjectId| async move {
            let sections = self.read().list_sections(id, &[]).await?;
            Ok::<_, AppError>(sections.into_iter().map(|section| section.kind).collect::<BTreeSet<String>>())
        };
        let (own, others) = (of(stays.id).await?, of(former.id).await?);
        if own.contains(crate::schedule::KIND) && others.contains(crate::schedule::KIND) {
            return Err(AppError::field("stays", "duplicate-both-planned"));
        }
        Ok(others.into_iter().filter(|kind| !KINDS_LEFT.contains(&kind.as_str())).collect())
    }
}

/// Kinds that speak of the record itself and stay behind with it: its history, what was computed of it, where it was
/// published, whom it is not.
const KINDS_LEFT: [&str; 4] = [akimat_project::register::KIND, "confidence", "open_contracting", TWIN];

/// The district of a territory: twins are entered by neighbours.
fn district(place: KatoCode) -> KatoCode {
    KatoCode::from_number(place.number() / 100_000 * 100_000).unwrap_or(place)
}
