//! Projects.

use crate::project_map::{Bounds, Circle};
use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, KatoCode, Money, ProjectId, Text};
use akimat_participation::RatingSummary;
use akimat_project::{
    Kind, Level, Modality, MoneySource, Point, Project, ProjectUpdate, Reach, Sector, Status, StatusChange,
};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// A project as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectCard {
    /// Identifier.
    pub id: ProjectId,
    /// Number in the register.
    pub number: String,
    /// Territory.
    pub place: KatoCode,
    /// Name.
    pub title: Text,
    /// Field of public life.
    pub sector: Sector,
    /// Kind.
    pub kind: Kind,
    /// How it is paid and carried out.
    pub modality: Modality,
    /// Where it stands.
    pub status: Status,
    /// The stage of its modality within that status; empty for the first one there is.
    pub stage: String,
    /// When it last moved or was last reported about.
    pub news_at: Timestamp,
    /// Physical progress in per cent.
    pub progress_pct: u8,
    /// Planned money over all years and sources.
    pub planned: Option<Money>,
    /// Paid money over all years and sources.
    pub paid: Option<Money>,
    /// Day of completion in the plan.
    pub ends_on: Option<Date>,
    /// On the map.
    pub location: Option<Point>,
    /// Invented for the demonstration.
    pub invented: bool,
    /// Last change.
    pub updated_at: Timestamp,
    /// Votes.
    pub rating: RatingSummary,
    /// Comments, hidden ones included.
    pub n_comments: u64,
}

/// Which projects are wanted. All conditions must hold; an empty list means "any".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectFilter {
    /// In this territory or below it, or shared by one of these.
    pub place: Option<KatoCode>,
    /// Of one of these statuses.
    pub status: Vec<Status>,
    /// Of this sector.
    pub sector: Option<Sector>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Of this modality.
    pub modality: Option<Modality>,
    /// With money in this year.
    pub year: Option<i16>,
    /// Reported on by this account.
    pub manager: Option<AccountId>,
    /// Reported on by nobody yet.
    pub unmanaged: bool,
    /// Shared with other territories, or with a partner from abroad.
    pub reach: Option<Reach>,
    /// Of this level.
    pub level: Option<Level>,
    /// With a known planned cost of at least this.
    pub cost_min: Option<Money>,
    /// With a known planned cost of at most this.
    pub cost_max: Option<Money>,
    /// Not finished, and planned to end before this day.
    pub late_on: Option<Date>,
    /// In work, registered before this instant, and without news since.
    pub silent_since: Option<Timestamp>,
    /// Invented for the demonstration, or not.
    pub invented: Option<bool>,
    /// Planned to end from the first of these days to the last.
    pub ends_between: Option<(Date, Date)>,
    /// Located in this rectangle.
    pub bounds: Option<Bounds>,
    /// Located within a distance of a point.
    pub circle: Option<Circle>,
    /// One of these.
    pub ids: Vec<ProjectId>,
    /// At one of these stages; empty means any.
    pub stages: Vec<StageMatch>,
    /// Folded search keys (see `akimat_core::fold`): of one of them number, titles and contractor together contain
    /// every word, in any order.
    pub keys: Vec<String>,
}

/// Projects of a modality and status whose word of a stage is this one, or none of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageMatch {
    /// The modality.
    pub modality: Modality,
    /// The status.
    pub status: Status,
    /// The word.
    pub word: StageWord,
}

/// Which words of a stage are meant. The first stage of a status is also that of an empty or unknown word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageWord {
    /// This one.
    Is(String),
    /// Any but these.
    Not(Vec<String>),
}

/// Order of a list of projects; the identifier decides between equals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProjectSort {
    /// Last changed first.
    #[default]
    Updated,
    /// Most expensive first; unknown cost last.
    Cost,
    /// Nearest end first; unknown end last.
    Ends,
    /// Longest without news first.
    Quiet,
}

/// Days and instants that some sums of a portfolio mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortfolioTime {
    /// Not finished, and planned to end before this day: late.
    pub late_on: Date,
    /// In work, and without news since this instant: silent.
    pub silent_since: Timestamp,
}

/// The projects of a filter added up, by everything that a portfolio is divided by. Parts without projects are left
/// out; the parts of each division add up to the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Portfolio {
    /// All of them.
    pub totals: ProjectTotals,
    /// Late ones.
    pub n_late: u64,
    /// Silent ones.
    pub n_silent: u64,
    /// By territory.
    pub by_place: BTreeMap<KatoCode, ProjectTotals>,
    /// By field of public life.
    pub by_sector: BTreeMap<Sector, ProjectTotals>,
    /// By modality.
    pub by_modality: BTreeMap<Modality, ProjectTotals>,
    /// By status.
    pub by_status: BTreeMap<Status, ProjectTotals>,
    /// By modality, status and the word of the stage as it is stored.
    pub by_stage: BTreeMap<(Modality, Status, String), ProjectTotals>,
    /// By year and source, in this order.
    pub money: Vec<PortfolioMoney>,
}

/// Projects of a portfolio that are alike in what it is divided by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortfolioCell {
    /// Territory.
    pub place: KatoCode,
    /// Where they stand.
    pub status: Status,
    /// The word of their stage.
    pub stage: String,
    /// Field of public life.
    pub sector: Sector,
    /// How they are paid and carried out.
    pub modality: Modality,
    /// Their sums.
    pub totals: ProjectTotals,
    /// Late ones among them.
    pub n_late: u64,
    /// Silent ones among them.
    pub n_silent: u64,
}

impl Portfolio {
    /// Puts cells and money together. Money comes in any order, also in several parts of one year and source.
    pub fn of(cells: Vec<PortfolioCell>, parts: Vec<PortfolioMoney>) -> Self {
        let mut whole = Self::default();
        for cell in cells {
            let PortfolioCell { place, status, stage, sector, modality, totals, n_late, n_silent } = cell;
            whole.n_late += n_late;
            whole.n_silent += n_silent;
            whole.totals.add(totals);
            whole.by_place.entry(place).or_default().add(totals);
            whole.by_sector.entry(sector).or_default().add(totals);
            whole.by_modality.entry(modality).or_default().add(totals);
            whole.by_status.entry(status).or_default().add(totals);
            whole.by_stage.entry((modality, status, stage)).or_default().add(totals);
        }
        let mut money: BTreeMap<(i16, &'static str), PortfolioMoney> = BTreeMap::new();
        for part in parts {
            match money.entry((part.year, part.source.code())) {
                Entry::Vacant(empty) => drop(empty.insert(part)),
                Entry::Occupied(mut known) => {
                    let known = known.get_mut();
                    known.planned = at_most(known.planned, part.planned);
                    known.paid = at_most(known.paid, part.paid);
                }
            }
        }
        whole.money = money.into_values().collect();
        whole
    }
}

/// A sum; what does not fit is the largest amount there is.
fn at_most(a: Money, b: Money) -> Money {
    Money::from_tiyn(a.tiyn().saturating_add(b.tiyn()))
}

impl ProjectTotals {
    /// Adds what others have; what does not fit is the largest amount there is.
    pub fn add(&mut self, other: Self) {
        self.n_projects += other.n_projects;
        self.planned = at_most(self.planned, other.planned);
        self.paid = at_most(self.paid, other.paid);
    }
}

/// Money of a portfolio in one year from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortfolioMoney {
    /// Calendar year.
    pub year: i16,
    /// Where from.
    pub source: MoneySource,
    /// Planned now, where it is known: as amended, or else as first approved.
    pub planned: Money,
    /// Paid, where it is known.
    pub paid: Money,
}

/// Reads projects.
#[async_trait]
pub trait ProjectRead: Send + Sync {
    /// A page of projects.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_projects(
        &self,
        filter: &ProjectFilter,
        sort: ProjectSort,
        page: &PageRequest,
    ) -> Result<Page<ProjectCard>>;

    /// How many projects there are, and how much they plan and have paid together.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_projects(&self, filter: &ProjectFilter) -> Result<ProjectTotals>;

    /// A project with its money, milestones, results; with votes and number of comments.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_project(&self, id: ProjectId) -> Result<Option<(Project, RatingSummary, u64)>>;

    /// Territory of a project.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_project_place(&self, id: ProjectId) -> Result<Option<KatoCode>>;

    /// Whole projects by number, at most `limit`: for recommendations and exports.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_whole_projects(&self, filter: &ProjectFilter, limit: u16) -> Result<Vec<Project>>;

    /// Whole projects that bear one of these numbers in their territory, in no order.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_projects_by_number(&self, numbers: &[(KatoCode, String)]) -> Result<Vec<Project>>;

    /// Every move of a project, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_status_changes(&self, id: ProjectId) -> Result<Vec<StatusChange>>;

    /// News of a project, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_project_updates(&self, id: ProjectId, limit: u16) -> Result<Vec<ProjectUpdate>>;

    /// Every move of several projects since an instant, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_status_changes_of(
        &self,
        projects: &[ProjectId],
        since: Timestamp,
    ) -> Result<Vec<(ProjectId, StatusChange)>>;

    /// News of several projects since an instant, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_project_updates_of(
        &self,
        projects: &[ProjectId],
        since: Timestamp,
    ) -> Result<Vec<ProjectUpdate>>;

    /// A portfolio added up and divided. What was added up before is remembered until a project changes.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn sum_portfolio(&self, filter: &ProjectFilter, time: PortfolioTime) -> Result<Portfolio>;

    /// Number of projects in each territory and status: `(place, status, count, planned)`.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_projects_by_place(&self) -> Result<Vec<(KatoCode, Status, u64, Money)>>;
}

/// Sums over a filtered list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProjectTotals {
    /// Projects.
    pub n_projects: u64,
    /// Planned money of those whose plan is known.
    pub planned: Money,
    /// Paid money of those whose payments are known.
    pub paid: Money,
}
