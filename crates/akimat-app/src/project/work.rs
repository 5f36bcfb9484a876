//! The work of the office: what waits for somebody, and what happened since the last meeting.

use crate::dossier::body;
use crate::{App, Result};
use akimat_core::{AccountId, KatoCode, ProjectId, Text};
use akimat_project::register::KIND as REGISTER;
use akimat_project::revision::{FieldChange, diff};
use akimat_project::rules::days_between;
use akimat_project::{Project, ProjectUpdate, Status, StatusChange};
use akimat_storage::dossier::{Section, SectionFilter};
use akimat_storage::{PageRequest, ProjectCard, ProjectFilter, ProjectSort};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of sections of which something may be due.
pub const DUE_KINDS: [&str; 5] =
    [akimat_project::task::KIND, crate::alert::KIND, crate::risk::KIND, "contract", "plan"];
/// Projects of one question at most.
const PROJECTS_MAX: u16 = 200;
/// Projects whose versions are compared at most: each costs a statement.
const COMPARED_MAX: usize = 25;
/// Versions of one project that are compared at most.
const VERSIONS_MAX: u16 = 20;

/// Whose work is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// In this territory or below it.
    pub place: Option<KatoCode>,
    /// Reported on by this account; all when there is none.
    pub manager: Option<AccountId>,
}

/// What a project waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// News: there was none for so many days.
    News(i64),
    /// A new planned end: the old one passed so many days ago.
    End(i64),
    /// A word about a milestone that was due so many days ago.
    Milestone(Text, i64),
    /// Something in its dossier, of this kind, was due so many days ago.
    Due(String, i64),
    /// So many results are to be measured: the work is finished.
    Results(usize),
}

impl Need {
    /// Days of waiting; 0 when nobody counts them.
    pub const fn days(&self) -> i64 {
        match self {
            Self::News(days) | Self::End(days) | Self::Milestone(_, days) | Self::Due(_, days) => *days,
            Self::Results(_) => 0,
        }
    }
}

/// A project with all that it waits for, the longest first.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The project.
    pub project: Project,
    /// What it waits for.
    pub needs: Vec<Need>,
}

/// Fields of the register that changed at once.
#[derive(Clone, Debug)]
pub struct Edit {
    /// When.
    pub at: Timestamp,
    /// Office or name.
    pub by: String,
    /// Why.
    pub reason: String,
    /// What.
    pub changes: Vec<FieldChange>,
}

/// What happened to one project in a span of time, oldest first.
#[derive(Clone, Debug)]
pub struct Happened {
    /// The project.
    pub card: ProjectCard,
    /// Its moves.
    pub moves: Vec<StatusChange>,
    /// Its news.
    pub news: Vec<ProjectUpdate>,
    /// Changes of the register.
    pub edits: Vec<Edit>,
}

impl App {
    /// Projects that wait for somebody, the longest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_duties(&self, desk: Desk) -> Result<Vec<Duty>> {
        let (projects, sections) = match desk.manager {
            Some(_) => self.own_projects(desk).await?,
            None => self.waiting_projects(desk).await?,
        };
        let today = self.today();
        let mut due: BTreeMap<ProjectId, Vec<Need>> = BTreeMap::new();
        for section in sections {
            let Some(days) = section.due_on.map(|on| days_between(on, today)).filter(|days| *days > 0) else {
                continue;
            };
            due.entry(section.project).or_default().push(Need::Due(section.kind, days));
        }
        let mut duties = Vec::new();
        for project in projects {
            let mut needs = self.needs(&project, today);
            needs.extend(due.remove(&project.id).unwrap_or_default());
            needs.sort_by_key(|need| std::cmp::Reverse(need.days()));
            if !needs.is_empty() {
                duties.push(Duty { project, needs });
            }
        }
        duties.sort_by(|a, b| {
            let longest = |duty: &Duty| duty.needs.first().map_or(0, Need::days);
            longest(b).cmp(&longest(a)).then_with(|| a.project.number.cmp(&b.project.number))
        });
        Ok(duties)
    }

    async fn own_projects(&self, desk: Desk) -> Result<(Vec<Project>, Vec<Section>)> {
        let filter = ProjectFilter { place: desk.place, manager: desk.manager, ..ProjectFilter::default() };
        let projects = self.read().list_whole_projects(&filter, PROJECTS_MAX).await?;
        let ids: Vec<ProjectId> = projects.iter().map(|project| project.id).collect();
        let sections = self.read().list_sections_of(&ids, &DUE_KINDS).await?;
        Ok((projects, sections))
    }

    /// The candidates are asked for by what they wait for: a territory may have very many projects.
    async fn waiting_projects(&self, desk: Desk) -> Result<(Vec<Project>, Vec<Section>)> {
        let (read, today) = (self.read(), self.today());
        let page = PageRequest::first(PROJECTS_MAX / 2);
        let mut ids: BTreeSet<ProjectId> = BTreeSet::new();
        let silence = SignedDuration::from_hours(24 * i64::from(self.project_rules().silence_days));
        let own = ProjectFilter { place: desk.place, ..ProjectFilter::default() };
        let silent = ProjectFilter { silent_since: Some(self.now() - silence), ..own.clone() };
        let late = ProjectFilter { late_on: Some(today), ..own };
        for (filter, sort) in [(silent, ProjectSort::Quiet), (late, ProjectSort::Ends)] {
            ids.extend(read.list_projects(&filter, sort, &page).await?.items.iter().map(|card| card.id));
        }
        let mut sections = Vec::new();
        for kind in DUE_KINDS {
            let filter = SectionFilter {
                kind: kind.to_owned(),
                place: desk.place,
                states: Vec::new(),
                due_before: Some(today),
            };
            sections.extend(read.search_sections(&filter, &page).await?.items);
        }
        ids.extend(sections.iter().map(|section| section.project));
        let ids: Vec<ProjectId> = ids.into_iter().take(usize::from(PROJECTS_MAX)).collect();
        if ids.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let filter = ProjectFilter { ids, ..ProjectFilter::default() };
        Ok((read.list_whole_projects(&filter, PROJECTS_MAX).await?, sections))
    }

    fn needs(&self, project: &Project, today: Date) -> Vec<Need> {
        let mut needs = Vec::new();
        needs.extend(self.project_silence(project.status, project.news_at).map(Need::News));
        needs.extend(self.project_rules().overdue(project, today).map(Need::End));
        let in_work = matches!(project.status, Status::Tender | Status::Contract | Status::Implementing);
        for milestone in project.milestones.iter().filter(|one| in_work && one.actual_on.is_none()) {
            let days = days_between(milestone.forecast_on.unwrap_or(milestone.planned_on), today);
            if days > 0 {
                needs.push(Need::Milestone(milestone.title.clone(), days));
            }
        }
        let unmeasured = project.results.iter().filter(|result| result.measured.is_none()).count();
        if matches!(project.status, Status::Completed | Status::Operating) && unmeasured > 0 {
            needs.push(Need::Results(unmeasured));
        }
        needs
    }

    /// What happened to the projects of a territory since an instant; those that changed last come first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn happened_since(&self, place: Option<KatoCode>, since: Timestamp) -> Result<Vec<Happened>> {
        let read = self.read();
        let filter = ProjectFilter { place, ..ProjectFilter::default() };
        let page =
            read.list_projects(&filter, ProjectSort::Updated, &PageRequest::first(PROJECTS_MAX)).await?;
        let cards: Vec<ProjectCard> =
            page.items.into_iter().take_while(|card| card.updated_at >= since).collect();
        let ids: Vec<ProjectId> = cards.iter().map(|card| card.id).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut moves: BTreeMap<ProjectId, Vec<StatusChange>> = BTreeMap::new();
        for (id, change) in read.list_status_changes_of(&ids, since).await? {
            moves.entry(id).or_default().push(change);
        }
        let mut news: BTreeMap<ProjectId, Vec<ProjectUpdate>> = BTreeMap::new();
        for update in read.list_project_updates_of(&ids, since).await? {
            news.entry(update.project).or_default().push(update);
        }
        let mut happened = Vec::with_capacity(cards.len());
        for (at, card) in cards.into_iter().enumerate() {
            let edits = if at < COMPARED_MAX { self.edits_since(card.id, since).await? } else { Vec::new() };
            happened.push(Happened {
                moves: moves.remove(&card.id).unwrap_or_default(),
                news: news.remove(&card.id).unwrap_or_default(),
                edits,
                card,
            });
        }
        happened.retain(|one| !one.moves.is_empty() || !one.news.is_empty() || !one.edits.is_empty());
        Ok(happened)
    }

    /// Changes of the register since an instant, oldest first; what a move or a report says by itself is left out.
    async fn edits_since(&self, project: ProjectId, since: Timestamp) -> Result<Vec<Edit>> {
        let versions = self.read().list_section_versions(project, &[REGISTER], VERSIONS_MAX).await?;
        let mut edits = Vec::new();
        for pair in versions.windows(2) {
            let [later, earlier] = pair else { continue };
            if later.at < since {
                break;
            }
            let (before, after): (Value, Value) = (body(earlier)?, body(later)?);
            let own = |change: &FieldChange| {
                !matches!(change.path.as_str(), "status" | "stage" | "progress_pct" | "manager")
            };
            let changes: Vec<FieldChange> = diff(&before, &after).into_iter().filter(own).collect();
            if !changes.is_empty() {
                edits.push(Edit {
                    at: later.at,
                    by: later.by_name.clone(),
                    reason: later.reason.clone(),
                    changes,
                });
            }
        }
        edits.reverse();
        Ok(edits)
    }
}
