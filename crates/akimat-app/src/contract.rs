//! Contracting processes: sections of kind [`KIND`] in the dossiers of projects, and what is read across them.

use crate::dossier::{Kept, SectionDraft, body};
use crate::permission::Permission;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, ProjectId};
use akimat_procurement::flag::Rules;
use akimat_procurement::obligation::{Limit, Year, by_year};
use akimat_procurement::tally::{Known, Stage};
use akimat_procurement::{Fault, FaultKind, Process, faults};
use akimat_project::Project;
use akimat_storage::dossier::{Section, SectionFilter};
use akimat_storage::{Account, PageRequest, ProjectFilter};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use uuid::Uuid;

/// The kind of section that holds a contracting process.
pub const KIND: &str = "contract";

const FLAGS: &str = include_str!("../../../data/procurement/flags.json");
const LIMITS: &str = include_str!("../../../data/procurement/limits.json");
const DEMO_LIMITS: &str = include_str!("../../../data/demo/ppp_limits.json");
const PUBLISHED: &str = include_str!("../../../data/procurement/published.json");

/// Processes that are read across projects at most; a page says so when there are more.
pub const PROCESSES_MAX: usize = 5_000;

/// The rules of red flags in force and before, with their sources.
pub fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| Rules::from_json(FLAGS).expect("the rules of red flags are ours"))
}

/// The act that governs limits of obligations, and the limits that are known.
#[derive(Clone, Debug, Deserialize)]
pub struct LimitTable {
    /// The act.
    pub act: Act,
    /// Limits by territory and year.
    pub limits: Vec<Limit>,
}

/// An act of the law.
#[derive(Clone, Debug, Deserialize)]
pub struct Act {
    /// What it is called.
    pub title: String,
    /// Where it can be read.
    pub url: String,
    /// Somebody read its text.
    pub verified: bool,
}

/// Limits of obligations under partnerships; those of the sample district say that they are invented.
pub fn limits() -> &'static LimitTable {
    static LIMIT_TABLE: OnceLock<LimitTable> = OnceLock::new();
    LIMIT_TABLE.get_or_init(|| {
        let mut table: LimitTable = serde_json::from_str(LIMITS).expect("the table of limits is ours");
        let demo: Vec<Limit> = serde_json::from_str(DEMO_LIMITS).expect("the invented limits are ours");
        table.limits.extend(demo);
        table
    })
}

/// Figures about partnerships that were published.
#[derive(Clone, Debug, Deserialize)]
pub struct PublishedFigures {
    /// Figures of the country.
    pub figures: Vec<PublishedFigure>,
    /// Contracts by region.
    pub regions: Vec<PublishedRegion>,
    /// Years of the regional figures.
    pub regions_period: String,
    /// Publication of the regional figures.
    pub regions_source: String,
    /// Shares of statuses.
    pub statuses: Vec<PublishedStatus>,
    /// Publication of the shares.
    pub statuses_source: String,
    /// Publications.
    pub sources: Vec<PublishedSource>,
}

/// A figure of the country.
#[derive(Clone, Debug, Deserialize)]
pub struct PublishedFigure {
    /// Name in the catalogue.
    pub code: String,
    /// As of.
    pub as_of: Date,
    /// Contracts.
    pub n: Option<u64>,
    /// Sum in tenge.
    pub sum_tenge: Option<String>,
    /// The sum was printed rounded.
    pub rounded: bool,
    /// Publications.
    pub sources: Vec<String>,
}

/// Contracts of a region.
#[derive(Clone, Debug, Deserialize)]
pub struct PublishedRegion {
    /// Its code.
    pub kato: KatoCode,
    /// Contracts.
    pub n: u64,
}

/// Share of a status.
#[derive(Clone, Debug, Deserialize)]
pub struct PublishedStatus {
    /// Name in the catalogue.
    pub code: String,
    /// Per cent.
    pub pct: u8,
}

/// A publication.
#[derive(Clone, Debug, Deserialize)]
pub struct PublishedSource {
    /// Short name.
    pub code: String,
    /// What it is.
    pub title: String,
    /// Where it can be read.
    pub url: String,
}

/// What was published about partnerships, with its sources.
pub fn published() -> &'static PublishedFigures {
    static FIGURES: OnceLock<PublishedFigures> = OnceLock::new();
    FIGURES.get_or_init(|| serde_json::from_str(PUBLISHED).expect("the published figures are ours"))
}

/// A process as it is kept.
#[derive(Clone, Debug)]
pub struct Held {
    /// The newest version of its section.
    pub section: Section,
    /// What it says.
    pub process: Process,
}

impl Held {
    fn read(section: Section) -> Result<Self> {
        let process = body(&section)?;
        Ok(Self { section, process })
    }
}

/// The next version of a process as a person wants it.
#[derive(Clone, Debug)]
pub struct ProcessDraft {
    /// The section; `None` begins a new process.
    pub id: Option<Uuid>,
    /// The version that the person was shown; 0 for a new one.
    pub base_version: u32,
    /// What it says.
    pub process: Process,
    /// Takes the process out of the dossier; its versions stay on record.
    pub removed: bool,
    /// Why.
    pub reason: String,
    /// The document that the change rests on.
    pub basis: String,
}

/// The processes of a territory with their projects.
#[derive(Clone, Debug, Default)]
pub struct Market {
    /// Processes; what is due first comes first.
    pub held: Vec<Held>,
    /// Their projects.
    pub projects: BTreeMap<ProjectId, Project>,
    /// There are more than [`PROCESSES_MAX`].
    pub cut: bool,
}

impl Market {
    /// The processes with what the register says of their projects.
    pub fn known(&self) -> Vec<(&Held, Known<'_>)> {
        let known = |held| {
            let Held { section, process }: &Held = held;
            let project = self.projects.get(&section.project)?;
            let (place, sector) = (project.place, project.sector.code());
            let (kind, level) = (project.kind.code(), project.level.code());
            Some((held, Known { process, place, sector, kind, level }))
        };
        self.held.iter().filter_map(known).collect()
    }

    /// Every process but this one.
    pub fn beside(&self, held: &Held) -> Vec<&Process> {
        let others = self.held.iter().filter(|other| other.section.id != held.section.id);
        others.map(|other| &other.process).collect()
    }

    /// Everything in it is invented; false for an empty one.
    pub fn invented(&self) -> bool {
        !self.held.is_empty() && self.held.iter().all(|held| held.process.invented)
    }
}

/// The sentence of a fault.
pub const fn fault_key(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::Missing => "procurement-fault-missing",
        FaultKind::TooLong { .. } => "procurement-fault-too-long",
        FaultKind::TooMany { .. } => "procurement-fault-too-many",
        FaultKind::Negative => "procurement-fault-negative",
        FaultKind::CurrencyMixed { .. } => "procurement-fault-currency-mixed",
        FaultKind::CurrencyUnknown => "procurement-fault-currency-unknown",
        FaultKind::CurrencyForeign { .. } => "procurement-fault-currency-foreign",
        FaultKind::BinWrong => "procurement-fault-bin-wrong",
        FaultKind::EndBeforeStart { .. } => "procurement-fault-end-before-start",
        FaultKind::DayOutside => "procurement-fault-day-outside",
        FaultKind::Unknown { .. } => "procurement-fault-unknown",
        FaultKind::Twice { .. } => "procurement-fault-twice",
        FaultKind::BeforeContract { .. } => "procurement-fault-before-contract",
        FaultKind::AwardBeforeClose { .. } => "procurement-fault-award-before-close",
        FaultKind::AwardWithoutBid => "procurement-fault-award-without-bid",
        FaultKind::PaidOverContract { .. } => "procurement-fault-paid-over-contract",
        FaultKind::AmendmentFromOther { .. } => "procurement-fault-amendment-from-other",
        FaultKind::AmendmentFromOtherDay { .. } => "procurement-fault-amendment-from-other-day",
        FaultKind::ObligationsDiffer { .. } => "procurement-fault-obligations-differ",
        FaultKind::NotPpp => "procurement-fault-not-ppp",
        FaultKind::TooLarge => "procurement-fault-too-large",
    }
}

/// A fault of a row is that of a field with the number of the row behind it.
pub fn field_fault(fault: &Fault) -> FieldFault {
    let field = fault.row.map_or_else(|| fault.field.to_owned(), |row| format!("{}_{row}", fault.field));
    let mut told = FieldFault::new(field, fault_key(&fault.kind));
    for (name, amount) in fault.kind.amounts() {
        told = told.with(name, amount);
    }
    for (name, day) in fault.kind.days() {
        told = told.with(name, day);
    }
    for (name, word) in fault.kind.words() {
        told = told.with(name, word);
    }
    told
}

/// The next day on which something about a process is due.
fn due_on(process: &Process, today: Date) -> Option<Date> {
    let ends = process.contracts.iter().filter_map(|contract| process.current_end(contract));
    let own = [process.planned_on, process.opens_on, process.closes_on].into_iter().flatten();
    own.chain(ends).filter(|day| *day >= today).min()
}

impl App {
    /// The contracting processes of a project, oldest first.
    ///
    /// # Errors
    /// When the database fails, or a stored record cannot be read.
    pub async fn list_processes(&self, project: ProjectId) -> Result<Vec<Held>> {
        let sections = self.read().list_sections(project, &[KIND]).await?;
        sections.into_iter().map(Held::read).collect()
    }

    /// One contracting process of a project, also one that was removed.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn find_process(&self, project: ProjectId, id: Uuid) -> Result<Held> {
        Held::read(self.section_of(project, KIND, id).await?)
    }

    /// Puts the next version of a contracting process.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every fault at its field and row, and what [`App::put_section`] refuses.
    pub async fn put_process(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        draft: ProcessDraft,
    ) -> Result<Kept> {
        if !draft.removed {
            check(&draft.process)?;
        }
        let section = self.process_section(&draft)?;
        let kept = self.put_section(actor, Permission::ManageProjects, project, section).await?;
        let Kept::Stored { id, version, ref others } = kept else { return Ok(kept) };
        if others.is_empty() {
            return Ok(kept);
        }
        // What somebody else had changed is in the record too: where it stands follows from the whole.
        let joined = self.find_process(project, id).await?;
        let again = ProcessDraft {
            id: Some(id),
            base_version: version,
            process: joined.process,
            removed: joined.section.removed,
            reason: joined.section.reason,
            basis: joined.section.basis,
        };
        let section = self.process_section(&again)?;
        let others = others.clone();
        match self.put_section(actor, Permission::ManageProjects, project, section).await? {
            Kept::Stored { id, version, .. } => Ok(Kept::Stored { id, version, others }),
            clash @ Kept::Clash { .. } => Ok(clash),
        }
    }

    pub(crate) fn process_section(&self, draft: &ProcessDraft) -> Result<SectionDraft> {
        let process = &draft.process;
        let body = serde_json::to_value(process).map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(SectionDraft {
            id: draft.id,
            kind: KIND,
            base_version: draft.base_version,
            state: Stage::of(process, self.today()).code().to_owned(),
            due_on: due_on(process, self.today()),
            amount: process.contracted().or(process.estimate),
            removed: draft.removed,
            body,
            reason: draft.reason.clone(),
            basis: draft.basis.clone(),
        })
    }

    /// The contracting processes of a territory and below it, or of all, with their projects.
    ///
    /// # Errors
    /// When the database fails, or a stored record cannot be read.
    pub async fn market(&self, place: Option<KatoCode>) -> Result<Market> {
        let filter = SectionFilter { kind: KIND.to_owned(), place, ..SectionFilter::default() };
        let mut request = PageRequest::first(PageRequest::LIMIT_MAX);
        let mut market = Market::default();
        loop {
            let page = self.read().search_sections(&filter, &request).await?;
            for section in page.items {
                market.held.push(Held::read(section)?);
            }
            match page.next {
                Some(cursor) if market.held.len() < PROCESSES_MAX => request.after = Some(cursor),
                next => {
                    market.cut = next.is_some();
                    break;
                }
            }
        }
        let mut ids: Vec<ProjectId> = market.held.iter().map(|held| held.section.project).collect();
        ids.sort_unstable();
        ids.dedup();
        for part in ids.chunks(usize::from(PageRequest::LIMIT_MAX)) {
            let filter = ProjectFilter { ids: part.to_vec(), ..ProjectFilter::default() };
            let projects = self.read().list_whole_projects(&filter, PageRequest::LIMIT_MAX).await?;
            market.projects.extend(projects.into_iter().map(|project| (project.id, project)));
        }
        Ok(market)
    }

    /// Promises under partnerships of a territory and below it by year, beside the limits of that territory.
    ///
    /// # Errors
    /// [`AppError::Internal`] when a sum does not fit.
    pub fn obligations(&self, place: KatoCode, market: &Market) -> Result<Vec<Year>> {
        let code = place.to_string();
        let own: Vec<Limit> = limits().limits.iter().filter(|limit| limit.place == code).cloned().collect();
        by_year(market.held.iter().map(|held| &held.process), &own, self.today())
            .map_err(|_| AppError::Internal("obligations do not fit into 64 bits".to_owned()))
    }
}

/// Refuses a record with faults.
///
/// # Errors
/// [`AppError::Invalid`] with every fault at its field and row.
pub fn check(process: &Process) -> Result<()> {
    let found = faults(process);
    if found.is_empty() { Ok(()) } else { Err(AppError::Invalid(found.iter().map(field_fault).collect())) }
}
