//! The nightly watch: the indicators of every project in work, alerts raised, renewed and ended, delivery confidence.
//!
//! It goes over the register twice, page by page: first it counts what concerns many projects at once (late works of
//! each contractor, chances of statistical alarms), then it writes. Memory holds one page, one entry a contractor and a
//! ladder of counts, however many projects there are. The checkpoint names the page; a job that is taken up again
//! counts once more and goes on with that page. Reading order: this file, `facts` (what is known of a project).

mod facts;
mod near;

use crate::alert::{AllLimits, CONFIDENCE, HeldAlert, KeptConfidence, alert_draft, confidence_draft};
use crate::dossier::body;
use crate::job::{Go, Run};
use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::{AccountId, JobId, KatoCode, ProjectId};
use akimat_delivery::warning::alert::{Alert, AlertState, Step, step};
use akimat_delivery::warning::confidence::confidence;
use akimat_delivery::warning::discovery::Tally;
use akimat_delivery::warning::facts::Facts;
use akimat_delivery::warning::indicator::{read, read_all};
use akimat_delivery::warning::{Grade, Indicator, Read, Unknown};
use akimat_project::{Project, Status};
use akimat_storage::dossier::Section;
use akimat_storage::job::{Job, JobFilter, JobState};
use akimat_storage::{Account, Batch, Change, Conflict, Cursor, PageRequest, ProjectFilter, ProjectSort};
use facts::Heard;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// The kind of the job.
pub const WATCH: &str = "watch_projects";
/// Projects in one step.
const PAGE: u16 = 200;
/// What the watch reads of dossiers.
const KINDS: [&str; 5] = [crate::alert::KIND, CONFIDENCE, crate::risk::KIND, crate::contract::KIND, "plan"];
/// Statuses that are watched; completed and terminated ones only to end what is open.
const WATCHED: [Status; 3] = [Status::Tender, Status::Contract, Status::Implementing];

/// What a job is asked for.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct WatchParams {
    /// In this territory and below it; everywhere without one.
    #[serde(default)]
    under: Option<KatoCode>,
}

/// How far it is and what it has done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchCheckpoint {
    /// After this project, in the order of ends.
    after: Option<String>,
    /// Projects looked at.
    pub n_projects: u32,
    /// Alerts raised.
    pub n_raised: u32,
    /// Alerts with new facts.
    pub n_renewed: u32,
    /// Alerts that ended by themselves.
    pub n_passed: u32,
    /// Statistical alarms that were held back so that few are false.
    pub n_held_back: u32,
}

impl WatchCheckpoint {
    /// Reads the checkpoint of a job.
    pub fn parse(checkpoint: &str) -> Option<Self> {
        serde_json::from_str(checkpoint).ok()
    }
}

/// What was counted over all projects.
pub(crate) struct Overview {
    /// Works and late works by folded name of the contractor.
    works: BTreeMap<String, (u64, u64)>,
    tally: Tally,
    limits: AllLimits,
    /// Where projects lie, to hear what is written beside them.
    sites: near::Sites,
    n: u32,
}

impl App {
    /// A manager, analyst or the head asks for the watch in the own territory now. The same work that waits or runs
    /// already is not asked for twice.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub async fn ask_to_watch(&self, actor: Option<&Account>) -> Result<JobId> {
        permission::check(actor, Permission::WatchProjects, None)?;
        let under = actor.and_then(|account| account.place);
        let job = self.new_job(actor, (WATCH, under), &WatchParams { under })?;
        for state in [JobState::Queued, JobState::Running] {
            let waiting = self.watches(Some(state)).await?;
            let same = |other: &&Job| other.params == job.params && !other.cancel_asked;
            if let Some(same) = waiting.iter().find(same) {
                return Ok(same.id);
            }
        }
        let id = job.id;
        let audit = self.audit(actor, "ask_job", id, job.place, &json!({ "kind": WATCH }));
        self.store().apply(vec![Change::AddJob(Box::new(job)), audit]).await?;
        Ok(id)
    }

    /// The newest watch of a territory, or of all of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_watch(&self, place: Option<KatoCode>) -> Result<Option<Job>> {
        let jobs = self.watches(None).await?;
        Ok(jobs.into_iter().find(|job| job.place.is_none() || job.place == place))
    }

    /// The newest watch of all territories that came to its end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_whole_watch(&self) -> Result<Option<Job>> {
        let jobs = self.watches(Some(JobState::Done)).await?;
        Ok(jobs.into_iter().find(|job| job.place.is_none()))
    }

    async fn watches(&self, state: Option<JobState>) -> Result<Vec<Job>> {
        let filter = JobFilter { kind: Some(WATCH.to_owned()), state };
        Ok(self.read().list_jobs(&filter, &PageRequest::first(50)).await?.items)
    }

    /// Whoever may ask for the watch stops one of the own territory.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::Conflict`] when it is over.
    pub async fn cancel_watch(&self, actor: Option<&Account>, id: JobId) -> Result<()> {
        permission::check(actor, Permission::WatchProjects, None)?;
        let job = self.read().find_job(id).await?.filter(|job| job.kind == WATCH);
        let job = job.ok_or(AppError::NotFound("job"))?;
        permission::check(actor, Permission::WatchProjects, job.place)?;
        let own = actor.is_some_and(|account| account.place.is_none() || job.place.is_some());
        if !own {
            return Err(AppError::Forbidden);
        }
        let audit = self.audit(actor, "cancel_job", id, job.place, &json!({ "kind": WATCH }));
        Ok(self.store().apply(vec![Change::CancelJob(id, self.now()), audit]).await?)
    }

    pub(crate) async fn watch_projects(&self, run: &mut Run<'_>) -> Result<()> {
        let params: WatchParams = run.params()?;
        let mut at: WatchCheckpoint = run.checkpoint()?;
        let mut desk = facts::Desk::default();
        let Some(overview) = self.overview(run, (params, &at)).await? else { return Ok(()) };
        loop {
            let (projects, next) = self.page(params.under, &at.after, &[]).await?;
            let batch = self.watch_page(&projects, &overview, (&mut desk, &mut at)).await?;
            let over = next.is_none();
            at.after = next.map(|cursor| cursor.encode());
            at.n_projects += u32::try_from(projects.len()).unwrap_or(0);
            // Counting and writing are half of the way each.
            let done = overview.n.saturating_add(at.n_projects);
            let total = overview.n.saturating_mul(2).max(done);
            if run.progress(done, total, &at, batch).await? == Go::Stop || over {
                return Ok(());
            }
        }
    }

    /// Projects of one page whole, in the order of their ends, and where the next page begins.
    async fn page(
        &self,
        under: Option<KatoCode>,
        after: &Option<String>,
        status: &[Status],
    ) -> Result<(Vec<Project>, Option<Cursor>)> {
        let filter = ProjectFilter { place: under, status: status.to_vec(), ..ProjectFilter::default() };
        let request = PageRequest { limit: PAGE, after: after.as_deref().and_then(Cursor::decode) };
        let cards = self.read().list_projects(&filter, ProjectSort::Ends, &request).await?;
        if cards.items.is_empty() {
            return Ok((Vec::new(), cards.next));
        }
        let ids = cards.items.iter().map(|card| card.id).collect();
        let whole = ProjectFilter { ids, ..ProjectFilter::default() };
        let projects = self.read().list_whole_projects(&whole, PAGE).await?;
        Ok((projects, cards.next))
    }

    /// Counts what concerns many projects at once; `None` when somebody stopped the job.
    async fn overview(
        &self,
        run: &mut Run<'_>,
        (params, at): (WatchParams, &WatchCheckpoint),
    ) -> Result<Option<Overview>> {
        let limits = self.all_limits().await?;
        let today = self.today();
        let platform = crate::alert::thresholds(today);
        let tally = Tally::new(platform.discovery_rate);
        let sites = self.sites().await?;
        let mut overview = Overview { works: BTreeMap::new(), tally, limits, sites, n: 0 };
        let mut after = None;
        loop {
            let (projects, next) = self.page(params.under, &after, &[]).await?;
            for project in &projects {
                overview.n += 1;
                if let Some((name, late)) = facts::work(project, &platform, today) {
                    let works = overview.works.entry(name).or_default();
                    *works = (works.0 + 1, works.1 + u64::from(late));
                }
            }
            for (project, counted) in self.heard_about(&projects, &overview).await? {
                let place = projects.iter().find(|own| own.id == project).map(|own| own.place);
                let Some(limits) = place.map(|place| overview.limits.of(place)) else { continue };
                let reading = read(Indicator::Complaints, &counted, &limits);
                if let Some(chance) = reading.ok().and_then(|reading| reading.chance) {
                    overview.tally.add(chance);
                }
            }
            let total = overview.n.saturating_mul(2).max(1);
            let written = at.n_projects.min(overview.n);
            if run.progress(overview.n.max(written), total, at, Vec::new()).await? == Go::Stop {
                return Ok(None);
            }
            match next {
                Some(cursor) => after = Some(cursor.encode()),
                None => return Ok(Some(overview)),
            }
        }
    }

    /// What residents wrote about the watched ones of a page and beside them.
    async fn heard_about(
        &self,
        projects: &[Project],
        overview: &Overview,
    ) -> Result<BTreeMap<ProjectId, Facts>> {
        let watched = projects.iter().filter(|project| WATCHED.contains(&project.status));
        let asked: Vec<(&Project, u32)> =
            watched.map(|project| (project, overview.limits.of(project.place).complaints_radius_m)).collect();
        if asked.is_empty() { Ok(BTreeMap::new()) } else { self.complaints(&asked, &overview.sites).await }
    }

    async fn watch_page(
        &self,
        projects: &[Project],
        overview: &Overview,
        (desk, at): (&mut facts::Desk, &mut WatchCheckpoint),
    ) -> Result<Batch> {
        let ids: Vec<ProjectId> = projects.iter().map(|project| project.id).collect();
        let mut dossiers: BTreeMap<ProjectId, Vec<Section>> = BTreeMap::new();
        if !ids.is_empty() {
            for section in self.read().list_sections_of(&ids, &KINDS).await? {
                dossiers.entry(section.project).or_default().push(section);
            }
        }
        let before = (at.n_raised, at.n_renewed, at.n_passed);
        let mut batch = Batch::new();
        let mut heard = self.heard_about(projects, overview).await?;
        let news: BTreeMap<_, _> = self.read().list_newest_news(&ids).await?.into_iter().collect();
        for project in projects {
            let sections = dossiers.remove(&project.id).unwrap_or_default();
            let heard = heard
                .remove(&project.id)
                .map(|facts| Heard { facts, news_at: news.get(&project.id).copied() });
            batch.extend(self.watch_one((project, &sections, heard), overview, (desk, at)).await?);
        }
        if !batch.is_empty() {
            let detail = json!({
                "raised": at.n_raised - before.0,
                "renewed": at.n_renewed - before.1,
                "passed": at.n_passed - before.2,
            });
            batch.push(self.audit(None, WATCH, "projects", None, &detail));
        }
        Ok(batch)
    }

    /// What changes about one project tonight.
    async fn watch_one(
        &self,
        (project, sections, heard): (&Project, &[Section], Option<Heard>),
        overview: &Overview,
        (desk, at): (&mut facts::Desk, &mut WatchCheckpoint),
    ) -> Result<Batch> {
        let alerts: Vec<HeldAlert> = sections
            .iter()
            .filter(|section| section.kind == crate::alert::KIND)
            .map(|section| HeldAlert::read(section.clone()))
            .collect::<Result<_>>()?;
        let watched = WATCHED.contains(&project.status);
        let idle = !watched && alerts.iter().all(|held| held.alert.is_over());
        let kept = sections.iter().find(|section| section.kind == CONFIDENCE);
        if idle && kept.is_none() {
            return Ok(Batch::new());
        }
        let limits = overview.limits.of(project.place);
        let today = self.today();
        let readings: Vec<(Indicator, Read)> = if let Some(heard) = heard {
            let facts = self.facts((project, sections, heard), (overview, &limits), desk).await?;
            read_all(&facts, &limits)
        } else {
            Indicator::ALL.iter().map(|indicator| (*indicator, Err(Unknown::NotInWork))).collect()
        };
        let owner = self.owner_of(project.manager, desk).await?;
        let mut batch = Batch::new();
        for (indicator, answer) in &readings {
            let own: Vec<&HeldAlert> =
                alerts.iter().filter(|held| held.alert.indicator() == *indicator).collect();
            let known: Vec<Alert> = own.iter().map(|held| held.alert.clone()).collect();
            let answer = few_false(answer, overview, at);
            let (alert, stored) = match step(&known, &answer, &owner, (&limits, today)) {
                Step::Nothing => continue,
                Step::Raise(alert) => {
                    at.n_raised += 1;
                    (alert, None)
                }
                Step::Renew(alert) => {
                    at.n_renewed += 1;
                    (alert, own.last())
                }
                Step::Pass(alert) => {
                    at.n_passed += 1;
                    (alert, own.last())
                }
            };
            let draft = alert_draft(stored.map(|held| held.section.id), &alert, "");
            let version = stored.map_or(0, |held| held.section.version) + 1;
            let section = self.section(None, (project.id, project.place), version, &draft);
            batch.push(Change::PutSection(Box::new(section)));
        }
        batch.extend(self.grade((project, kept), &readings)?);
        Ok(batch)
    }

    /// The confidence, when it changed.
    fn grade(
        &self,
        (project, kept): (&Project, Option<&Section>),
        readings: &[(Indicator, Read)],
    ) -> Result<Option<Change>> {
        let today = self.today();
        let before: Option<KeptConfidence> = kept.map(body).transpose()?;
        let computed = confidence(readings);
        let lift = before.as_ref().and_then(|before| before.lift.clone());
        let lift =
            lift.filter(|lift| today <= lift.until && computed.grade.is_some_and(|grade| grade <= lift.from));
        let next = KeptConfidence { computed, lift, on: today };
        let same = before.as_ref().is_some_and(|before| {
            before.computed == next.computed
                && before.lift == next.lift
                && kept.is_some_and(|kept| kept.state == next.word(today))
        });
        if same {
            return Ok(None);
        }
        let draft = confidence_draft(kept.map(|kept| kept.id), &next, (today, ""));
        let version = kept.map_or(0, |kept| kept.version) + 1;
        let section = self.section(None, (project.id, project.place), version, &draft);
        Ok(Some(Change::PutSection(Box::new(section))))
    }

    /// The office or name of the manager; empty when nobody is named.
    async fn owner_of(&self, manager: Option<AccountId>, desk: &mut facts::Desk) -> Result<String> {
        let Some(manager) = manager else { return Ok(String::new()) };
        if let Some(known) = desk.owners.get(&manager) {
            return Ok(known.clone());
        }
        let name = crate::project::spokesman(self.read().find_account(manager).await?.as_ref());
        desk.owners.insert(manager, name.clone());
        Ok(name)
    }

    /// The watch at once and to its end, for the demonstration and for tests: the job as the queue would run it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn watch_now(&self) -> Result<WatchCheckpoint> {
        let job = self.new_job(None, (WATCH, None), &WatchParams::default())?;
        let id = job.id;
        self.store().apply(vec![Change::AddJob(Box::new(job))]).await?;
        let runner = self.new_uuid();
        for _ in 0..1_000 {
            if self.read().find_job(id).await?.is_none_or(|job| job.state.is_over()) {
                break;
            }
            self.work_on_next_job(runner).await?;
        }
        let job = self.read().find_job(id).await?.ok_or(AppError::NotFound("job"))?;
        match job.state {
            JobState::Done => WatchCheckpoint::parse(&job.checkpoint).ok_or(AppError::NotFound("job")),
            _ => Err(AppError::Conflict(Conflict::Stale("job"))),
        }
    }
}

/// A statistical alarm counts only when it is below the limit that keeps false alarms few.
fn few_false(answer: &Read, overview: &Overview, at: &mut WatchCheckpoint) -> Read {
    let mut answer = answer.clone();
    if let Ok(reading) = &mut answer
        && reading.grade.level().is_some()
        && reading.chance.is_some_and(|chance| chance > overview.tally.limit())
    {
        at.n_held_back += 1;
        reading.grade = Grade::AmberGreen;
    }
    answer
}

/// Whether an alert in this state waits for somebody.
pub const fn waits(state: AlertState) -> bool {
    matches!(state, AlertState::Open | AlertState::Acknowledged)
}
