//! Projects.

use crate::{Page, PageRequest, Result};
use akimat_core::{KatoCode, Money, ProjectId, Text};
use akimat_participation::RatingSummary;
use akimat_project::{Kind, Modality, Point, Project, ProjectUpdate, Sector, Status, StatusChange};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;

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
    /// In this territory or below it.
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
    /// Folded search keys (see `akimat_core::fold`): number, titles or contractor contain one of them.
    pub keys: Vec<String>,
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
