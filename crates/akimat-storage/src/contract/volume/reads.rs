//! What each read costs on a large database.

use super::super::build::{at, day, id, kato, project};
use super::places;
use crate::{BudgetFilter, Change, PageRequest, ProjectFilter, ProjectSort, Result, Store, StoreError};
use akimat_core::fold::search_keys;
use akimat_core::{AccountId, BudgetId, KatoCode, ProjectId};
use akimat_project::{Kind, Modality, Project, Sector, Status};
use std::future::Future;
use std::time::{Duration, Instant};

/// How often each read is repeated.
const TIMES: u32 = 300;
/// How often a read is repeated that needs a change before it.
const TIMES_AFTER_CHANGE: u32 = 20;

/// Tells how much processor time was used so far, by the program and by the database.
pub type Meter<'m> = &'m dyn Fn() -> Duration;

/// The cost of one read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What was read.
    pub name: String,
    /// Processor time on average.
    pub cpu: Duration,
    /// Time from the call to the answer, the shortest.
    pub wall_min: Duration,
    /// Statements.
    pub n_statements: u64,
}

struct Measure<'a> {
    store: &'a dyn Store,
    meter: Meter<'a>,
    readings: Vec<Reading>,
}

impl Measure<'_> {
    async fn read<T, F: Future<Output = Result<T>>>(
        &mut self,
        name: &str,
        read: impl Fn() -> F,
    ) -> Result<()> {
        for _ in 0..20 {
            read().await?;
        }
        let statements = self.store.n_statements();
        let (cpu, mut wall_min) = ((self.meter)(), Duration::MAX);
        for _ in 0..TIMES {
            let start = Instant::now();
            read().await?;
            wall_min = wall_min.min(start.elapsed());
        }
        let cpu = ((self.meter)() - cpu) / TIMES;
        let n_statements = (self.store.n_statements() - statements) / u64::from(TIMES);
        self.readings.push(Reading { name: name.to_owned(), cpu, wall_min, n_statements });
        Ok(())
    }

    /// The same after a project changed, so that nothing is remembered.
    async fn count_anew(&mut self, name: &str, filter: &ProjectFilter) -> Result<()> {
        let id = ProjectId(id(1));
        let missing = || StoreError::Unexpected("the first project is missing".to_owned());
        let (mut cpu, mut wall_min) = (Duration::ZERO, Duration::MAX);
        for _ in 0..TIMES_AFTER_CHANGE {
            let (stored, ..) = self.store.find_project(id).await?.ok_or_else(missing)?;
            let next = Project { version: stored.version + 1, ..stored };
            self.store.apply(vec![Change::UpdateProject(Box::new(next))]).await?;
            let (before, start) = ((self.meter)(), Instant::now());
            self.store.count_projects(filter).await?;
            wall_min = wall_min.min(start.elapsed());
            cpu += (self.meter)() - before;
        }
        let cpu = cpu / TIMES_AFTER_CHANGE;
        self.readings.push(Reading { name: format!("count anew: {name}"), cpu, wall_min, n_statements: 2 });
        Ok(())
    }
}

/// Reads everything that pages ask for, again and again, on a database that [`super::fill`] filled.
///
/// # Errors
/// What the database says.
pub async fn measure(store: &dyn Store, meter: Meter<'_>) -> Result<Vec<Reading>> {
    let mut measure = Measure { store, meter, readings: Vec::new() };
    let page = PageRequest::first(20);
    for (name, filter) in filters() {
        let list = || store.list_projects(&filter, ProjectSort::Updated, &page);
        measure.read(&format!("list: {name}"), list).await?;
        measure.read(&format!("count: {name}"), || store.count_projects(&filter)).await?;
        measure.count_anew(name, &filter).await?;
    }
    let any = ProjectFilter::default();
    measure.read("list by cost", || store.list_projects(&any, ProjectSort::Cost, &page)).await?;
    measure.read("list by end", || store.list_projects(&any, ProjectSort::Ends, &page)).await?;
    measure.read("count_projects_by_place", || store.count_projects_by_place()).await?;
    project_page(&mut measure, &page).await?;
    queue(&mut measure, &page).await?;
    budgets(&mut measure, &page).await?;
    places_and_people(&mut measure).await?;
    Ok(measure.readings)
}

fn filters() -> Vec<(&'static str, ProjectFilter)> {
    let any = ProjectFilter::default;
    let words = |text: &str| ProjectFilter { keys: search_keys(text), ..any() };
    let region = KatoCode::from_number(110_000_000);
    let district = KatoCode::from_number(110_100_000);
    let all = ProjectFilter {
        status: vec![Status::Planned],
        sector: Sector::ALL.first().copied(),
        kind: Kind::ALL.first().copied(),
        modality: Modality::ALL.first().copied(),
        ..any()
    };
    vec![
        ("everything", any()),
        ("a status", ProjectFilter { status: vec![Status::Planned], ..any() }),
        ("a sector", ProjectFilter { sector: Some(Sector::Water), ..any() }),
        ("a kind", ProjectFilter { kind: Some(Kind::Energy), ..any() }),
        ("a year", ProjectFilter { year: Some(2026), ..any() }),
        ("a region (1 in 20)", ProjectFilter { place: region, ..any() }),
        ("a district (1 in 200)", ProjectFilter { place: district, ..any() }),
        ("status, sector, kind, modality", all.clone()),
        ("these and a district", ProjectFilter { place: district, ..all }),
        ("a year without money", ProjectFilter { year: Some(2040), ..any() }),
        ("a word in half of all", words("ремонт")),
        ("a word in a quarter, in Latin letters", words("vodoprovod")),
        ("a number", words("AQ-007123")),
        ("a word in none", words("несуществующее")),
        ("a word in half, a district", ProjectFilter { place: district, ..words("ремонт") }),
        ("two letters in half", words("ре")),
        ("two letters in none", words("ъъ яы")),
        ("two letters in none, short", ProjectFilter { keys: vec!["яы".to_owned()], ..any() }),
    ]
}

async fn project_page(measure: &mut Measure<'_>, page: &PageRequest) -> Result<()> {
    let (store, project) = (measure.store, project(77).id);
    measure.read("find_project", || store.find_project(project)).await?;
    measure.read("list_status_changes", || store.list_status_changes(project)).await?;
    measure.read("list_project_updates", || store.list_project_updates(project, 20)).await?;
    measure.read("list_comments", || store.list_comments(project, page)).await?;
    measure.read("find_rating", || store.find_rating(project, AccountId(id(1_000)))).await
}

async fn queue(measure: &mut Measure<'_>, page: &PageRequest) -> Result<()> {
    let store = measure.store;
    for (name, code) in [
        ("a region", 110_000_000),
        ("a district", 110_100_000),
        ("a village", 110_101_100),
        ("a region where nobody said anything", 470_000_000),
        ("a district where nobody said anything", 119_900_000),
    ] {
        let name = format!("list_comments_in_place of {name}");
        measure.read(&name, || store.list_comments_in_place(kato(code), page)).await?;
    }
    Ok(())
}

async fn budgets(measure: &mut Measure<'_>, page: &PageRequest) -> Result<()> {
    let store = measure.store;
    let any = BudgetFilter::default();
    measure.read("list_budgets", || store.list_budgets(&any, page)).await?;
    measure.read("find_budget, 400 lines", || store.find_budget(BudgetId(id(3)))).await?;
    measure.read("list_latest_budgets", || store.list_latest_budgets()).await?;
    let Some(place) = store.list_latest_budgets().await?.first().and_then(|head| head.budget.place) else {
        return Ok(());
    };
    let of_place = BudgetFilter { place: Some(place), ..any };
    measure.read("list_budgets of a territory", || store.list_budgets(&of_place, page)).await?;
    let item = akimat_budget::Item::FunctionalGroup;
    measure.read("budget_series", || store.budget_series(place, item, "004")).await
}

async fn places_and_people(measure: &mut Measure<'_>) -> Result<()> {
    let (store, day) = (measure.store, day("2026-01-01"));
    let villages = places().into_iter().filter(|place| place.depth == 4);
    let some: Vec<KatoCode> = villages.map(|place| place.code).step_by(700).take(20).collect();
    let one = some[0];
    measure.read("find_session_account", || store.find_session_account(&[1; 32], at(1))).await?;
    measure.read("find_place", || store.find_place(one, day)).await?;
    measure.read("list_place_path", || store.list_place_path(one, day)).await?;
    measure.read("list_places_by_code, 20", || store.list_places_by_code(&some, day)).await?;
    measure.read("list_child_places, the top", || store.list_child_places(None, day)).await?;
    let keys = search_keys("аксу 110203");
    measure.read("search_places", || store.search_places(&keys, day, 10)).await?;
    measure.read("count_places_by_region", || store.count_places_by_region(day)).await
}
