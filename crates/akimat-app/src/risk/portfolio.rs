//! The open risks and alerts of many projects at once: how many stand where, and the list behind a number.

use super::{HeldRisk, held, scale};
use crate::alert::{HeldAlert, open_words};
use crate::permission::{self, Permission};
use crate::{App, Result};
use akimat_core::{KatoCode, Money, ProjectId};
use akimat_delivery::risk::scale::Band;
use akimat_delivery::risk::{Category, Risk, heat, money};
use akimat_delivery::warning::{Indicator, Level};
use akimat_project::Project;
use akimat_storage::dossier::{Section, SectionFilter};
use akimat_storage::{Account, PageRequest, ProjectFilter};
use std::collections::{BTreeMap, BTreeSet};

/// Risks, and alerts, that are read at most: above it a smaller territory is asked for.
pub const READ_MAX: usize = 5_000;
/// Projects read in one statement.
const CHUNK: usize = 200;

/// Which open risks are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PortfolioFilter {
    /// In this territory and below it.
    pub place: Option<KatoCode>,
    /// Of this category.
    pub category: Option<Category>,
    /// Of this likelihood, 1 to 5.
    pub likelihood: Option<u8>,
    /// With this gravest effect, 1 to 5.
    pub impact: Option<u8>,
}

/// Risks that are counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub n: u64,
    /// Of them high and extreme.
    pub grave: u64,
}

impl Counted {
    const fn add(&mut self, grave: bool) {
        self.n += 1;
        if grave {
            self.grave += 1;
        }
    }
}

/// A risk with its project.
#[derive(Clone, Debug)]
pub struct PortfolioRisk {
    /// The risk.
    pub held: HeldRisk,
    /// Chance times cost in tenge; `None` when the cost is unknown.
    pub loss: Option<f64>,
}

/// The open risks of a territory.
#[derive(Clone, Debug)]
pub struct Portfolio {
    /// How many stand in each cell, of the wanted category: rows by likelihood 5 to 1, columns by impact 1 to 5.
    pub heat: [[u32; 5]; 5],
    /// The wanted ones, the greatest expected loss first.
    pub rows: Vec<PortfolioRisk>,
    /// Their projects.
    pub projects: BTreeMap<ProjectId, Project>,
    /// Expected loss of the wanted ones together; those without a cost add nothing.
    pub loss: Option<Money>,
    /// Wanted ones whose cost is unknown.
    pub unknown: u64,
    /// Of the whole territory, by category.
    pub categories: Vec<(Category, Counted)>,
    /// Of the wanted category, by the territory of the project.
    pub places: BTreeMap<KatoCode, Counted>,
    /// There were more than [`READ_MAX`].
    pub cut: bool,
}

impl App {
    /// Newest versions of sections of a kind in these states, [`READ_MAX`] at most, and whether there were more.
    async fn sections_under(
        &self,
        kind: &str,
        place: Option<KatoCode>,
        states: Vec<String>,
    ) -> Result<(Vec<Section>, bool)> {
        let filter = SectionFilter { kind: kind.to_owned(), place, states, due_before: None };
        let mut request = PageRequest::first(PageRequest::LIMIT_MAX);
        let mut found = Vec::new();
        loop {
            let page = self.read().search_sections(&filter, &request).await?;
            found.extend(page.items);
            match page.next {
                Some(_) if found.len() >= READ_MAX => return Ok((found, true)),
                Some(cursor) => request.after = Some(cursor),
                None => return Ok((found, false)),
            }
        }
    }

    /// Whole projects by their identifiers.
    async fn projects_of(&self, ids: &BTreeSet<ProjectId>) -> Result<BTreeMap<ProjectId, Project>> {
        let ids: Vec<ProjectId> = ids.iter().copied().collect();
        let mut projects = BTreeMap::new();
        for part in ids.chunks(CHUNK) {
            let filter = ProjectFilter { ids: part.to_vec(), ..ProjectFilter::default() };
            let limit = u16::try_from(CHUNK).unwrap_or(u16::MAX);
            let whole = self.read().list_whole_projects(&filter, limit).await?;
            projects.extend(whole.into_iter().map(|project| (project.id, project)));
        }
        Ok(projects)
    }

    /// The open risks of a territory: the map, the sums and the list of those that are wanted.
    ///
    /// # Errors
    /// When the database fails, or a stored risk cannot be read.
    pub async fn risk_portfolio(&self, filter: &PortfolioFilter) -> Result<Portfolio> {
        let open = vec!["open".to_owned()];
        let (sections, cut) = self.sections_under(super::KIND, filter.place, open).await?;
        let all: Vec<HeldRisk> = sections.into_iter().map(held).collect::<Result<_>>()?;
        let scale = scale(self.today());
        let grave = |risk: &Risk| scale.band(risk.rated.score()) >= Band::High;
        let mut categories: Vec<(Category, Counted)> =
            Category::ALL.iter().map(|category| (*category, Counted::default())).collect();
        for one in &all {
            if let Some((_, counted)) =
                categories.iter_mut().find(|(category, _)| *category == one.risk.category)
            {
                counted.add(grave(&one.risk));
            }
        }
        let own = |one: &HeldRisk| filter.category.is_none_or(|category| one.risk.category == category);
        let all: Vec<HeldRisk> = all.into_iter().filter(own).collect();
        let mut places: BTreeMap<KatoCode, Counted> = BTreeMap::new();
        for one in &all {
            places.entry(one.section.place).or_default().add(grave(&one.risk));
        }
        let risks: Vec<Risk> = all.iter().map(|one| one.risk.clone()).collect();
        let heat = heat(&risks);
        let cell = |one: &HeldRisk| {
            filter.likelihood.is_none_or(|wanted| one.risk.rated.likelihood == wanted)
                && filter.impact.is_none_or(|wanted| one.risk.rated.impact() == wanted)
        };
        let wanted: Vec<HeldRisk> = all.into_iter().filter(cell).collect();
        let ids: BTreeSet<ProjectId> = wanted.iter().map(|one| one.section.project).collect();
        let projects = self.projects_of(&ids).await?;
        let mut rows: Vec<PortfolioRisk> = wanted
            .into_iter()
            .map(|held| {
                let planned = projects.get(&held.section.project).and_then(|project| project.totals().0);
                let loss = held.risk.expected_loss(&scale, planned);
                PortfolioRisk { held, loss }
            })
            .collect();
        rows.sort_by(|a, b| {
            let key =
                |one: &PortfolioRisk| (one.loss.unwrap_or(-1.0), f64::from(one.held.risk.rated.score()));
            let (a_key, b_key) = (key(a), key(b));
            let by_key = b_key.0.total_cmp(&a_key.0).then_with(|| b_key.1.total_cmp(&a_key.1));
            by_key.then_with(|| a.held.section.id.cmp(&b.held.section.id))
        });
        let known: Vec<f64> = rows.iter().filter_map(|one| one.loss).collect();
        let unknown = u64::try_from(rows.len() - known.len()).unwrap_or(u64::MAX);
        let loss = if known.is_empty() { None } else { money(known.iter().sum()) };
        Ok(Portfolio { heat, rows, projects, loss, unknown, categories, places, cut })
    }

    /// Alerts of a territory that are not over: those that everybody may see, and all of territories where the actor
    /// watches projects.
    ///
    /// # Errors
    /// When the database fails, or a stored alert cannot be read.
    pub async fn open_alerts(
        &self,
        actor: Option<&Account>,
        place: Option<KatoCode>,
    ) -> Result<Vec<HeldAlert>> {
        let (sections, _) = self.sections_under(crate::alert::KIND, place, open_words(None)).await?;
        let today = self.today();
        let alerts: Vec<HeldAlert> = sections.into_iter().map(HeldAlert::read).collect::<Result<_>>()?;
        let seen = |held: &HeldAlert| held.alert.is_public(today) || watches(actor, held.section.place);
        Ok(alerts.into_iter().filter(seen).collect())
    }

    /// The projects of these alerts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alerted_projects(&self, alerts: &[HeldAlert]) -> Result<BTreeMap<ProjectId, Project>> {
        self.projects_of(&alerts.iter().map(|held| held.section.project).collect()).await
    }
}

/// The actor watches projects of this territory, and sees what is not public yet.
pub fn watches(actor: Option<&Account>, place: KatoCode) -> bool {
    permission::check(actor, Permission::WatchProjects, Some(place)).is_ok()
}

/// How many alerts each indicator has: amber and red.
pub fn by_indicator(alerts: &[HeldAlert]) -> Vec<(Indicator, u64, u64)> {
    let n = |indicator: Indicator, level: Level| {
        let own = alerts.iter().filter(|held| held.alert.indicator() == indicator);
        u64::try_from(own.filter(|held| held.alert.level == level).count()).unwrap_or(u64::MAX)
    };
    Indicator::ALL
        .iter()
        .map(|indicator| (*indicator, n(*indicator, Level::Amber), n(*indicator, Level::Red)))
        .collect()
}
