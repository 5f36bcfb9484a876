//! Packages come in: all of a package or nothing of it.

use super::{KIND, OpenDossier, Publication, Settings, begin_of};
use crate::contract::ProcessDraft;
use crate::dossier::SectionDraft;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_core::{KatoCode, Lang, ProjectId, Text};
use akimat_interop::open_contracting::release::releases;
use akimat_interop::open_contracting::{
    Brought, Context, Misread, Package, Published, Publisher, ReadFault, ReadProcess, ReadProject, Subject,
    read,
};
use akimat_procurement::Process;
use akimat_project::{Basis, Project, Status, StatusChange};
use akimat_storage::dossier::SectionFilter;
use akimat_storage::import::ImportedSection;
use akimat_storage::{Account, Batch, Change, PageRequest};
use serde_json::json;
use std::collections::BTreeMap;

/// Projects whose dossiers are looked up at once.
const TOGETHER: usize = 200;

/// What a package did, or would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Projects that were added.
    pub projects: usize,
    /// Projects that were in the register; they stay as they are.
    pub known: usize,
    /// Processes that were added.
    pub processes: usize,
    /// Processes that have a next version.
    pub changed: usize,
    /// Processes that stand as the package says.
    pub same: usize,
}

/// Why nothing was brought in.
#[derive(Debug)]
pub enum Refused {
    /// The package is wrong in these places.
    Package(Vec<Misread>),
    /// The platform refuses.
    App(AppError),
}

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<akimat_storage::StoreError> for Refused {
    fn from(error: akimat_storage::StoreError) -> Self {
        Self::App(error.into())
    }
}

/// What is being brought in.
pub(super) struct Work<'a> {
    actor: Option<&'a Account>,
    settings: &'a Settings,
    pub(super) batch: Batch,
    pub(super) counts: Imported,
    pub(super) faults: Vec<Misread>,
    /// Projects that are added.
    pub(super) added: Vec<Project>,
    /// Processes by title, and whether they are new.
    pub(super) processes: Vec<(Text, bool)>,
    /// Sections that are put.
    pub(super) sections: Vec<ImportedSection>,
}

impl Work<'_> {
    fn refuse(&mut self, at: impl Into<String>, fault: ReadFault) {
        self.faults.push(Misread { at: at.into(), fault });
    }

    /// A person works in the own territory; the operator everywhere.
    fn may(&self, place: KatoCode) -> Result<()> {
        match self.actor {
            Some(_) => permission::check(self.actor, Permission::ImportProjects, Some(place)),
            None => Ok(()),
        }
    }
}

impl App {
    /// A manager or an analyst brings a package of OC4IDS or OCDS in. `place` is the territory of projects that name
    /// none; with `dry` nothing is written.
    ///
    /// # Errors
    /// [`Refused::Package`] with every fault at its path; otherwise as the platform refuses.
    pub async fn import_open_contracting(
        &self,
        actor: Option<&Account>,
        settings: &Settings,
        bytes: Vec<u8>,
        (place, dry): (Option<KatoCode>, bool),
    ) -> std::result::Result<Imported, Refused> {
        permission::check(actor, Permission::ImportProjects, None)?;
        let place = place.or_else(|| actor.and_then(|account| account.place));
        self.bring(actor, settings, bytes, (place, dry)).await
    }

    /// The operator brings a package in from the command line.
    ///
    /// # Errors
    /// As [`App::import_open_contracting`], permissions aside.
    pub async fn import_open_contracting_as_operator(
        &self,
        settings: &Settings,
        bytes: Vec<u8>,
        (place, dry): (Option<KatoCode>, bool),
    ) -> std::result::Result<Imported, Refused> {
        self.bring(None, settings, bytes, (place, dry)).await
    }

    async fn bring(
        &self,
        actor: Option<&Account>,
        settings: &Settings,
        bytes: Vec<u8>,
        (place, dry): (Option<KatoCode>, bool),
    ) -> std::result::Result<Imported, Refused> {
        let work = self.weigh(actor, settings, (&bytes, place)).await?;
        let counts = work.counts;
        if !dry && !work.batch.is_empty() {
            let import = self.new_package(actor, place, ("package.json", &bytes), settings)?;
            let mut batch = vec![Change::AddImport(Box::new(import.clone()), bytes)];
            batch.extend(self.package_batch(import, work)?);
            self.store().apply(batch).await?;
        }
        Ok(counts)
    }

    /// What a package would do, as a batch that is not applied yet.
    pub(super) async fn weigh<'a>(
        &self,
        actor: Option<&'a Account>,
        settings: &'a Settings,
        (bytes, place): (&[u8], Option<KatoCode>),
    ) -> std::result::Result<Work<'a>, Refused> {
        let (app, prefix, bytes) = (self.clone(), settings.oc4ids_prefix.clone(), bytes.to_vec());
        let package = tokio::task::spawn_blocking(move || {
            let mut new_id = || app.new_project_id();
            let mut context = Context { place, at: app.now(), oc4ids_prefix: &prefix, new_id: &mut new_id };
            read(&bytes, &mut context)
        })
        .await
        .map_err(|error| AppError::Internal(error.to_string()))?
        .map_err(Refused::Package)?;
        let mut work = Work {
            actor,
            settings,
            batch: Batch::new(),
            counts: Imported::default(),
            faults: Vec::new(),
            added: Vec::new(),
            processes: Vec::new(),
            sections: Vec::new(),
        };
        match package {
            Package::Projects(projects) => self.bring_projects(&mut work, projects).await?,
            Package::Processes(processes) => self.bring_processes(&mut work, processes).await?,
        }
        if work.faults.is_empty() { Ok(work) } else { Err(Refused::Package(work.faults)) }
    }

    async fn bring_projects(&self, work: &mut Work<'_>, projects: Vec<ReadProject>) -> Result<()> {
        let mut codes: Vec<KatoCode> = projects.iter().map(|one| one.project.place).collect();
        codes.sort_unstable();
        codes.dedup();
        let places = self.read().list_places_by_code(&codes, self.today()).await?;
        let numbers: Vec<_> =
            projects.iter().map(|one| (one.project.place, one.project.number.clone())).collect();
        let taken = self.read().list_projects_by_number(&numbers).await?;
        let foreign = self.foreign_ids(projects.iter().map(|one| one.brought.id.as_str())).await?;
        for (at, one) in projects.into_iter().enumerate() {
            let (place, id) = (one.project.place, one.project.id);
            let known =
                foreign.contains_key(&one.brought.id) || self.read().find_project_place(id).await?.is_some();
            if known {
                work.counts.known += 1;
            } else if !places.iter().any(|known| known.code == place) {
                work.refuse(format!("projects/{at}/locations"), ReadFault::NotAPlace(place.to_string()));
            } else if taken.iter().any(|own| own.place == place && own.number == one.project.number) {
                work.refuse(format!("projects/{at}/identifiers"), ReadFault::Twice(one.project.number));
            } else {
                work.may(place)?;
                self.add_read(work, one)?;
            }
        }
        Ok(())
    }

    fn add_read(&self, work: &mut Work<'_>, read: ReadProject) -> Result<()> {
        let ReadProject { mut project, completed_on, processes, brought, .. } = read;
        let owner = (project.id, project.place);
        project.manager = work.actor.map(|account| account.id);
        let finished = matches!(project.status, Status::Completed | Status::Operating);
        let completed = completed_on.filter(|_| finished).map(begin_of);
        let begun = StatusChange {
            from: None,
            to: if completed.is_some() { Status::Completed } else { project.status },
            at: completed.unwrap_or(project.created_at),
            by: spokesman(work.actor),
            reason: String::new(),
            stage: project.stage.clone(),
            basis: Basis::default(),
        };
        let detail = json!({ "number": project.number });
        work.batch.push(self.audit(work.actor, "import_project", owner.0, Some(owner.1), &detail));
        work.added.push(project.clone());
        work.batch.push(Change::AddProject(Box::new(project)));
        work.batch.push(Change::AddStatusChange(owner.0, begun));
        for one in processes {
            self.put_read(work, owner, (None, one.process))?;
        }
        if brought != Brought::default() {
            let body =
                serde_json::to_value(&brought).map_err(|error| AppError::Internal(error.to_string()))?;
            let draft = SectionDraft {
                id: None,
                kind: KIND,
                base_version: 0,
                state: brought.id,
                due_on: None,
                amount: None,
                removed: false,
                body,
                reason: String::new(),
                basis: String::new(),
            };
            let section = self.section(work.actor, owner, 1, &draft);
            work.sections.push(ImportedSection { project: owner.0, section: section.id, version: 1 });
            work.batch.push(Change::PutSection(Box::new(section)));
        }
        work.counts.projects += 1;
        Ok(())
    }

    /// A new process, or the next version of one.
    fn put_read(
        &self,
        work: &mut Work<'_>,
        owner: (ProjectId, KatoCode),
        (stored, process): (Option<(uuid::Uuid, u32)>, Process),
    ) -> Result<()> {
        let draft = ProcessDraft {
            id: stored.map(|(id, _)| id),
            base_version: stored.map_or(0, |(_, version)| version),
            process,
            removed: false,
            reason: String::new(),
            basis: String::new(),
        };
        let section = self.process_section(&draft)?;
        let version = draft.base_version + 1;
        let put = self.section(work.actor, owner, version, &section);
        work.processes.push((draft.process.title.clone(), stored.is_none()));
        work.sections.push(ImportedSection { project: owner.0, section: put.id, version });
        work.batch.push(Change::PutSection(Box::new(put)));
        if stored.is_some() {
            work.counts.changed += 1;
        } else {
            work.counts.processes += 1;
        }
        Ok(())
    }

    /// Projects that came with these identifiers from elsewhere.
    async fn foreign_ids(&self, ids: impl Iterator<Item = &str>) -> Result<BTreeMap<String, ProjectId>> {
        let mut states: Vec<String> = ids.filter(|id| !id.is_empty()).map(str::to_owned).collect();
        states.sort_unstable();
        states.dedup();
        let mut found = BTreeMap::new();
        for part in states.chunks(TOGETHER) {
            let filter =
                SectionFilter { kind: KIND.to_owned(), states: part.to_vec(), ..SectionFilter::default() };
            let mut request = PageRequest::first(PageRequest::LIMIT_MAX);
            loop {
                let page = self.read().search_sections(&filter, &request).await?;
                found.extend(page.items.into_iter().map(|section| (section.state, section.project)));
                let Some(next) = page.next else { break };
                request.after = Some(next);
            }
        }
        Ok(found)
    }

    async fn bring_processes(&self, work: &mut Work<'_>, processes: Vec<ReadProcess>) -> Result<()> {
        let foreign = self.foreign_ids(processes.iter().map(|one| one.project.as_str())).await?;
        let prefix = work.settings.oc4ids_prefix.clone();
        let own = |id: &str| id.strip_prefix(&prefix)?.strip_prefix('-')?.parse().ok();
        let mut of: BTreeMap<ProjectId, Vec<ReadProcess>> = BTreeMap::new();
        for one in processes {
            let at = || format!("{}/planning/budget/projectID", one.ocid);
            match own(&one.project).or_else(|| foreign.get(&one.project).copied()) {
                Some(id) => of.entry(id).or_default().push(one),
                None if one.project.is_empty() => work.refuse(at(), ReadFault::Missing),
                None => work.refuse(at(), ReadFault::Unknown(one.project.chars().take(80).collect())),
            }
        }
        let ids: Vec<ProjectId> = of.keys().copied().collect();
        let publication =
            Publication { settings: work.settings, base: "", lang: Lang::Ru, place: None, extensions: true };
        let publisher = self.open_publisher(&publication).await?;
        for part in ids.chunks(TOGETHER) {
            let dossiers = self.open_dossiers_of(part, Lang::Ru).await?;
            for id in part {
                let read = of.remove(id).unwrap_or_default();
                match dossiers.iter().find(|dossier| dossier.project.id == *id) {
                    Some(dossier) => self.join(work, (dossier, &publisher), read)?,
                    None => {
                        for one in read {
                            let at = format!("{}/planning/budget/projectID", one.ocid);
                            work.refuse(at, ReadFault::Unknown(one.project));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Processes of a project: those that say the same stay, others get a next version, new ones are added.
    fn join(
        &self,
        work: &mut Work<'_>,
        (dossier, publisher): (&OpenDossier, &Publisher),
        read: Vec<ReadProcess>,
    ) -> Result<()> {
        let owner = (dossier.project.id, dossier.project.place);
        work.may(owner.1)?;
        let subject = dossier.subject();
        for one in read {
            let stored =
                subject.processes.iter().zip(&dossier.held).find(|(own, _)| publisher.ocid(own) == one.ocid);
            let Some((own, held)) = stored else {
                self.put_read(work, owner, (None, one.process))?;
                continue;
            };
            if says_same(publisher, &subject, (own, &one.process)) {
                work.counts.same += 1;
            } else {
                let version = (held.section.id, held.section.version);
                self.put_read(work, owner, (Some(version), one.process))?;
            }
        }
        Ok(())
    }
}

/// Whether two processes are published alike, with lots and bids or without.
fn says_same(publisher: &Publisher, subject: &Subject<'_>, (own, new): (&Published<'_>, &Process)) -> bool {
    let mut new = new.clone();
    new.ocid = publisher.ocid(own);
    let other = Published { process: &new, ..own.clone() };
    Lang::ALL.into_iter().any(|lang| {
        [true, false].into_iter().any(|extensions| {
            let publisher = Publisher { extensions, lang, ..publisher.clone() };
            releases(&publisher, subject, own) == releases(&publisher, subject, &other)
        })
    })
}
