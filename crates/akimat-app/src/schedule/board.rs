//! Work beside money of many projects at once, in few questions to the database.

use super::{Beside, KIND, PROCESS, StoredPlan, beside, payments_in, rule, stored};
use crate::{App, Result};
use akimat_core::{KatoCode, Money, ProjectId};
use akimat_delivery::earned::{self, Paid};
use akimat_delivery::progress::{self, Gap, Physical, Slip};
use akimat_project::{Project, Status};
use akimat_storage::ProjectFilter;
use akimat_storage::dossier::Section;
use std::collections::BTreeMap;

/// Projects of a board at most; the page says so when there are more.
pub const PROJECTS_MAX: u16 = 1_000;

/// One project of a board.
#[derive(Clone, Debug)]
pub struct BoardRow {
    /// The project.
    pub project: Project,
    /// Its plan; `None` when nobody made one.
    pub plan: Option<StoredPlan>,
    /// What is physically done.
    pub physical: Option<Physical>,
    /// Planned money.
    pub planned: Option<Money>,
    /// Paid money.
    pub paid: Option<Money>,
    /// How far the two lie apart.
    pub gap: Option<Gap>,
    /// The milestone that is next, or the one that is overdue longest.
    pub next: Option<Slip>,
    /// The latest slip against the approved plan among milestones not reached, in days.
    pub slip_days: Option<i32>,
    /// A milestone is overdue by more than the rule allows: a new date with its reason is due.
    pub overdue: bool,
}

/// Projects that are being carried out.
const IN_WORK: [Status; 3] = [Status::Contract, Status::Implementing, Status::Suspended];

impl App {
    /// Work beside money of the projects in work of a territory, those to look at first: flagged, overdue, late.
    /// Three questions to the database however many projects there are.
    ///
    /// # Errors
    /// When the database fails, or a stored text is no plan.
    pub async fn plan_board(&self, place: Option<KatoCode>) -> Result<Vec<BoardRow>> {
        let filter = ProjectFilter { place, status: IN_WORK.to_vec(), ..ProjectFilter::default() };
        let projects = self.read().list_whole_projects(&filter, PROJECTS_MAX).await?;
        let ids: Vec<ProjectId> = projects.iter().map(|project| project.id).collect();
        let mut sections: BTreeMap<ProjectId, Vec<Section>> = BTreeMap::new();
        for section in self.read().list_sections_of(&ids, &[KIND, PROCESS]).await? {
            sections.entry(section.project).or_default().push(section);
        }
        let mut rows = Vec::with_capacity(projects.len());
        for project in projects {
            let own = sections.remove(&project.id).unwrap_or_default();
            rows.push(self.board_row(project, own)?);
        }
        rows.sort_by_key(|row| {
            let gap = row.gap.filter(|gap| gap.flagged).map_or(0, |gap| gap.gap_bp.unsigned_abs());
            let slip = row.slip_days.unwrap_or(0);
            (std::cmp::Reverse((gap, row.overdue, slip, row.plan.is_some())), row.project.number.clone())
        });
        Ok(rows)
    }

    fn board_row(&self, project: Project, sections: Vec<Section>) -> Result<BoardRow> {
        let today = self.today();
        let (plans, processes): (Vec<Section>, Vec<Section>) =
            sections.into_iter().partition(|section| section.kind == KIND);
        let plan = plans.into_iter().next().map(stored).transpose()?;
        let mut row = BoardRow {
            project,
            plan,
            physical: None,
            planned: None,
            paid: None,
            gap: None,
            next: None,
            slip_days: None,
            overdue: false,
        };
        let Some(stored) = &row.plan else { return Ok(row) };
        let payments = payments_in(processes.iter())?;
        let known = Paid { payments: &payments, total: row.project.totals().2 };
        let position = earned::position(&stored.plan, known, today);
        let physical = progress::physical(&stored.plan, today);
        let Beside { planned, paid, gap } = beside(&row.project, (physical.as_ref(), &position), today);
        let milestones = progress::milestones(&stored.plan, today);
        let open = || milestones.iter().filter(|own| own.actual.is_none());
        let limit = rule(today).slip_days;
        let late = |own: &Slip| own.expected.is_some_and(|on| (today - on).get_days() > limit);
        (row.next, row.slip_days, row.overdue) = (
            open().filter(|own| own.expected.is_some()).min_by_key(|own| own.expected).cloned(),
            open().filter_map(|own| own.slip_days).max(),
            open().any(late),
        );
        (row.physical, row.planned, row.paid, row.gap) = (physical, planned, paid, gap);
        Ok(row)
    }
}
