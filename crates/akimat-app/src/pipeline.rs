//! What comes: planned and running tenders of a territory, for those who want to bid.

use crate::contract::{Market, PROCESSES_MAX};
use crate::{App, Result};
use akimat_core::{KatoCode, Money, ProjectId, Text};
use akimat_procurement::pipeline::{Chance, chance};
use akimat_procurement::tally::Stage;
use akimat_procurement::{Category, Method};
use akimat_project::{Modality, Project, Sector, Status};
use akimat_storage::{PageRequest, ProjectFilter};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Which chances are wanted. All conditions must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PipelineFilter {
    /// In this territory or below it.
    pub place: Option<KatoCode>,
    /// Of this sector.
    pub sector: Option<Sector>,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// What is bought.
    pub category: Option<Category>,
    /// Partnerships (or everything but them).
    pub ppp: Option<bool>,
    /// With a known estimate of at least this.
    pub estimate_min: Option<Money>,
    /// With a known estimate of at most this.
    pub estimate_max: Option<Money>,
}

/// One chance.
#[derive(Clone, Debug)]
pub struct PipelineRow {
    /// Project.
    pub project: ProjectId,
    /// Number of the project.
    pub number: String,
    /// Territory.
    pub place: KatoCode,
    /// Sector.
    pub sector: Sector,
    /// The contracting process; `None` where the register only knows the project.
    pub section: Option<Uuid>,
    /// Name of the process, or of the project.
    pub title: Text,
    /// How the supplier is chosen; `None` where it is not known yet.
    pub method: Option<Method>,
    /// What is bought; `None` where it is not known yet.
    pub category: Option<Category>,
    /// Partnership.
    pub ppp: bool,
    /// When and how much.
    pub chance: Chance,
    /// What a supplier must know, as written by the customer.
    pub words: String,
    /// Risks on the register of the project.
    pub n_risks: usize,
    /// Invented for the demonstration.
    pub invented: bool,
    /// Last change.
    pub updated_at: Timestamp,
}

/// The pipeline with where all processes stand.
#[derive(Clone, Debug, Default)]
pub struct Pipeline {
    /// Chances: taking bids first, the nearest day first.
    pub rows: Vec<PipelineRow>,
    /// All processes of territory and sector by stage, in the order of life.
    pub funnel: Vec<(Stage, usize)>,
    /// More processes exist than are read.
    pub cut: bool,
}

impl App {
    /// Planned and running tenders. Projects that are planned or in tender without a contracting process on record
    /// stand in it with what the register knows.
    ///
    /// # Errors
    /// When the database fails, or a stored record cannot be read.
    pub async fn pipeline(&self, filter: &PipelineFilter) -> Result<Pipeline> {
        let mut market = self.market(filter.place).await?;
        let today = self.today();
        let known: BTreeSet<ProjectId> = market.held.iter().map(|held| held.section.project).collect();
        let bare = ProjectFilter {
            place: filter.place,
            sector: filter.sector,
            status: vec![Status::Planned, Status::Tender],
            ..ProjectFilter::default()
        };
        let limit = u16::try_from(PROCESSES_MAX).unwrap_or(u16::MAX);
        let mut bare = self.read().list_whole_projects(&bare, limit).await?;
        bare.retain(|project| !known.contains(&project.id));
        market.held.retain(|held| {
            let project = market.projects.get(&held.section.project);
            project.is_some_and(|project| filter.sector.is_none_or(|sector| project.sector == sector))
        });
        let mut rows = rows_of(&market, today);
        rows.extend(bare.iter().map(|project| row_of(project, today)));
        rows.retain(|row| wanted(row, filter));
        let risks = self.count_risks(&rows).await?;
        for row in &mut rows {
            row.n_risks = risks.get(&row.project).copied().unwrap_or(0);
        }
        rows.sort_by_key(|row| {
            let day = row.chance.closes_on.filter(|day| *day >= today).or(row.chance.opens_on);
            (row.chance.stage != Stage::Tender, day.is_none(), day, row.number.clone())
        });
        let count = |stage: Stage| {
            let of = market.held.iter().filter(|held| Stage::of(&held.process, today) == stage).count();
            (stage, of)
        };
        Ok(Pipeline { rows, funnel: Stage::ALL.into_iter().map(count).collect(), cut: market.cut })
    }

    async fn count_risks(&self, rows: &[PipelineRow]) -> Result<BTreeMap<ProjectId, usize>> {
        let mut ids: Vec<ProjectId> = rows.iter().map(|row| row.project).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut counts = BTreeMap::new();
        for part in ids.chunks(usize::from(PageRequest::LIMIT_MAX)) {
            for section in self.read().list_sections_of(part, &["risk"]).await? {
                if section.state != "closed" {
                    *counts.entry(section.project).or_insert(0) += 1;
                }
            }
        }
        Ok(counts)
    }
}

fn wanted(row: &PipelineRow, filter: &PipelineFilter) -> bool {
    let estimate = row.chance.estimate;
    filter.stage.is_none_or(|stage| row.chance.stage == stage)
        && filter.category.is_none_or(|category| row.category == Some(category))
        && filter.ppp.is_none_or(|ppp| row.ppp == ppp)
        && filter.estimate_min.is_none_or(|least| estimate.is_some_and(|estimate| estimate >= least))
        && filter.estimate_max.is_none_or(|most| estimate.is_some_and(|estimate| estimate <= most))
}

fn rows_of(market: &Market, today: Date) -> Vec<PipelineRow> {
    let row = |held: &crate::contract::Held| {
        let project = market.projects.get(&held.section.project)?;
        let process = &held.process;
        Some(PipelineRow {
            project: project.id,
            number: project.number.clone(),
            place: project.place,
            sector: project.sector,
            section: Some(held.section.id),
            title: process.title.clone(),
            method: Some(process.method),
            category: Some(process.category),
            ppp: process.is_ppp(),
            chance: chance(process, today)?,
            words: process.description.clone(),
            n_risks: 0,
            invented: process.invented || project.invented,
            updated_at: held.section.at,
        })
    };
    market.held.iter().filter_map(row).collect()
}

/// A project that the register plans or has in tender, without a process on record: its first working day is known,
/// the day of the announcement is not.
fn row_of(project: &Project, today: Date) -> PipelineRow {
    let (planned, ..) = project.totals();
    let tender = project.status == Status::Tender;
    PipelineRow {
        project: project.id,
        number: project.number.clone(),
        place: project.place,
        sector: project.sector,
        section: None,
        title: project.title.clone(),
        method: None,
        category: None,
        ppp: project.modality == Modality::Ppp,
        chance: Chance {
            stage: if tender { Stage::Tender } else { Stage::Planned },
            opens_on: None,
            expected: true,
            closes_on: None,
            days_left: None,
            estimate: planned,
            late: project.starts_on.is_some_and(|day| day < today),
        },
        words: String::new(),
        n_risks: 0,
        invented: project.invented,
        updated_at: project.updated_at,
    }
}
