//! Promises about portfolios: shared projects and sums.

use super::build::{DISTRICT, OKRUG, OTHER, REGION, add, at, day, id, kato, money, project, tenge};
use super::ok;
use crate::{
    Change, PageRequest, PortfolioMoney, PortfolioTime, ProjectFilter, ProjectSort, ProjectTotals,
    StageMatch, StageWord, Store,
};
use akimat_core::{AccountId, Lang, UpdateId};
use akimat_project::{Modality, MoneyLine, MoneySource, Project, ProjectUpdate, Reach, Sector, Status};

async fn found(store: &dyn Store, filter: &ProjectFilter) -> Vec<String> {
    let page = ok(store.list_projects(filter, ProjectSort::Cost, &PageRequest::first(20)).await);
    let n_projects = ok(store.count_projects(filter).await).n_projects;
    let whole = ok(store.list_whole_projects(filter, 20).await);
    assert_eq!((page.items.len() as u64, whole.len() as u64), (n_projects, n_projects), "{filter:?}");
    whole.into_iter().map(|project| project.number).collect()
}

fn of(place: u32) -> ProjectFilter {
    ProjectFilter { place: Some(kato(place)), ..ProjectFilter::default() }
}

/// A shared project stands in the lists of all who share it, and leaves them with its partners.
pub async fn shared_projects_are_listed_by_all(store: &dyn Store) {
    let shared = Project { partners: vec![kato(OKRUG), kato(OTHER)], ..project(1) };
    let abroad = Project { international: true, ..project(2) };
    ok(store.apply(vec![add(&shared), add(&abroad), add(&project(3))]).await);
    assert_eq!(ok(store.find_project(shared.id).await).map(|found| found.0), Some(shared.clone()));
    assert_eq!(found(store, &of(OTHER)).await, [shared.number.as_str()]);
    assert_eq!(found(store, &of(DISTRICT)).await.len(), 3);
    let reach = |reach| ProjectFilter { reach: Some(reach), ..ProjectFilter::default() };
    assert_eq!(found(store, &reach(Reach::Intermunicipal)).await, [shared.number.as_str()]);
    assert_eq!(found(store, &reach(Reach::International)).await, [abroad.number.as_str()]);
    let both = ProjectFilter { sector: Some(Sector::Water), ..reach(Reach::Intermunicipal) };
    assert!(found(store, &both).await.is_empty());
    let alone = Project { version: 2, partners: Vec::new(), ..shared };
    ok(store.apply(vec![Change::UpdateProject(Box::new(alone))]).await);
    assert!(found(store, &of(OTHER)).await.is_empty());
}

/// Whoever reports on a project finds it.
pub async fn managers_find_their_projects(store: &dyn Store) {
    let other = Project { manager: Some(AccountId(id(901))), ..project(2) };
    ok(store.apply(vec![add(&project(1)), add(&other), add(&Project { manager: None, ..project(3) })]).await);
    let mine = |n| ProjectFilter { manager: Some(AccountId(id(n))), ..ProjectFilter::default() };
    assert_eq!(found(store, &mine(901)).await, [other.number.as_str()]);
    assert_eq!(found(store, &mine(900)).await, [project(1).number.as_str()]);
    assert!(found(store, &mine(902)).await.is_empty());
    let nobodys = ProjectFilter { unmanaged: true, ..ProjectFilter::default() };
    assert_eq!(found(store, &nobodys).await, [project(3).number.as_str()]);
}

/// Parts add up to the whole, on every axis, whatever is asked for.
#[expect(clippy::cognitive_complexity, clippy::too_many_lines, reason = "a promise is told step by step")]
pub async fn portfolios_add_up(store: &dyn Store) {
    let projects: Vec<Project> = (1..=12_u64)
        .map(|n| Project {
            place: kato(if n % 3 == 0 { OTHER } else { DISTRICT }),
            sector: if n % 2 == 0 { Sector::Water } else { Sector::Energy },
            status: [Status::Operating, Status::Idea, Status::Implementing]
                [usize::try_from(n % 3).unwrap_or(0)],
            stage: if n % 2 == 0 { "works".to_owned() } else { String::new() },
            partners: if n == 5 { vec![kato(OTHER)] } else { Vec::new() },
            money: vec![
                MoneyLine { amended: Some(tenge(50)), ..money(2026, MoneySource::Own, Some(40), Some(10)) },
                money(2026 + i16::from(n % 2 == 0), MoneySource::Grant, Some(7), None),
            ],
            ..project(n)
        })
        .collect();
    ok(store.apply(projects.iter().map(add).collect()).await);
    let filters = [
        ProjectFilter::default(),
        of(REGION),
        of(OTHER),
        ProjectFilter { sector: Some(Sector::Water), ..ProjectFilter::default() },
        ProjectFilter { keys: vec!["kopir".to_owned()], ..ProjectFilter::default() },
    ];
    let time = PortfolioTime { late_on: day("2027-06-01"), silent_since: at(50_000) };
    for filter in filters {
        let whole = ok(store.count_projects(&filter).await);
        let portfolio = ok(store.sum_portfolio(&filter, time).await);
        assert_eq!(portfolio, ok(store.sum_portfolio(&filter, time).await));
        let divisions: [(&str, Vec<&ProjectTotals>); 6] = [
            ("whole", vec![&portfolio.totals]),
            ("place", portfolio.by_place.values().collect()),
            ("sector", portfolio.by_sector.values().collect()),
            ("modality", portfolio.by_modality.values().collect()),
            ("status", portfolio.by_status.values().collect()),
            ("stage", portfolio.by_stage.values().collect()),
        ];
        for (name, parts) in divisions {
            let sum = parts.into_iter().fold(ProjectTotals::default(), |mut sum, part| {
                sum.add(*part);
                sum
            });
            assert_eq!(sum, whole, "{filter:?} {name}");
        }
        let late = ProjectFilter { late_on: Some(time.late_on), ..filter.clone() };
        let silent = ProjectFilter { silent_since: Some(time.silent_since), ..filter.clone() };
        let counted = (
            ok(store.count_projects(&late).await).n_projects,
            ok(store.count_projects(&silent).await).n_projects,
        );
        assert_eq!((portfolio.n_late, portfolio.n_silent), counted, "{filter:?}");
    }
    let places = ok(store.sum_portfolio(&of(OTHER), time).await).by_place;
    let n = |place| places.get(&kato(place)).map(|totals| totals.n_projects);
    assert_eq!((n(OTHER), n(DISTRICT)), (Some(4), Some(1)));
    let line = |year, source, planned, paid| PortfolioMoney {
        year,
        source,
        planned: tenge(planned),
        paid: tenge(paid),
    };
    let all = ok(store.sum_portfolio(&ProjectFilter::default(), time).await);
    assert_eq!(
        all.money,
        [
            line(2026, MoneySource::Grant, 42, 0),
            line(2026, MoneySource::Own, 600, 120),
            line(2027, MoneySource::Grant, 42, 0)
        ]
    );
    let shared = ok(store.sum_portfolio(&of(OTHER), time).await);
    assert_eq!(shared.money[1], line(2026, MoneySource::Own, 250, 50));
    let water = ProjectFilter { sector: Some(Sector::Water), ..ProjectFilter::default() };
    let water = ok(store.sum_portfolio(&water, time).await);
    assert_eq!(water.money[0], line(2026, MoneySource::Own, 300, 60));
    // What is remembered is that of the register as it stands, also after news.
    let silent = all.n_silent;
    assert!(silent > 0);
    for n in 1..=12 {
        let update = ProjectUpdate {
            id: UpdateId(id(600 + n)),
            project: project(n).id,
            at: at(90_000),
            by: "Бөлім".to_owned(),
            lang: Lang::Kk,
            body: "Жаңалық".to_owned(),
            progress_pct: 10,
        };
        ok(store.apply(vec![Change::AddProjectUpdate(update)]).await);
    }
    let heard = ok(store.sum_portfolio(&ProjectFilter::default(), time).await);
    assert_eq!((heard.n_silent, heard.totals), (0, all.totals));
}

/// A stage is found by its word, or by what its words are not; the lists of all stages are the whole.
pub async fn stages_are_found(store: &dyn Store) {
    let projects: Vec<Project> = (1..=9_u64)
        .map(|n| Project {
            modality: Modality::Ppp,
            status: if n > 7 { Status::Idea } else { Status::Tender },
            stage: ["", "competition", "direct"][usize::try_from(n % 3).unwrap_or(0)].to_owned(),
            ..project(n)
        })
        .collect();
    ok(store.apply(projects.iter().map(add).collect()).await);
    let at = |status, word| StageMatch { modality: Modality::Ppp, status, word };
    let found_at = async |stages: Vec<StageMatch>| {
        let filter = ProjectFilter { stages, ..ProjectFilter::default() };
        found(store, &filter).await.len()
    };
    let direct = || at(Status::Tender, StageWord::Is("direct".to_owned()));
    let first = || at(Status::Tender, StageWord::Not(vec!["direct".to_owned()]));
    assert_eq!(found_at(vec![direct()]).await, 2);
    assert_eq!(found_at(vec![first()]).await, 5);
    assert_eq!(found_at(vec![at(Status::Idea, StageWord::Not(Vec::new()))]).await, 2);
    assert_eq!(found_at(vec![direct(), first(), at(Status::Idea, StageWord::Not(Vec::new()))]).await, 9);
    let grant = StageMatch { modality: Modality::Grant, ..direct() };
    assert_eq!(found_at(vec![grant]).await, 0);
}
