//! Promises about projects on the map and in time.

use super::build::{DISTRICT, add, at, comment, day, id, kato, money, project, tenge};
use super::{ok, walk};
use crate::project_map::{Boundary, Bounds, Circle, Grid, Happening, Site};
use crate::{Change, ProjectFilter, ProjectSort, Store};
use akimat_core::{Lang, ProjectId, UpdateId};
use akimat_project::{Level, MoneySource, Point, Project, ProjectUpdate, Status, StatusChange};

/// Twenty projects along a diagonal, each tenth of a degree; every fifth has no place on the map.
fn many() -> Vec<Project> {
    (1..=20_u64)
        .map(|n| {
            let step = i32::try_from(n).unwrap_or_default() * 100_000;
            Project {
                location: (n % 5 != 0)
                    .then_some(Point { lat_e6: 50_000_000 + step, lon_e6: 70_000_000 + step }),
                level: [Level::Local, Level::District][usize::try_from(n % 2).unwrap_or(0)],
                invented: n % 3 == 0,
                status: [Status::Implementing, Status::Completed][usize::try_from(n % 2).unwrap_or(0)],
                ends_on: (n % 4 != 0)
                    .then(|| day(["2027-01-01", "2026-01-01"][usize::try_from(n % 2).unwrap_or(0)])),
                created_at: at(0),
                money: vec![money(
                    2026,
                    MoneySource::Own,
                    (n % 7 != 0).then_some(i64::try_from(n).unwrap_or(0)),
                    None,
                )],
                ..project(n)
            }
        })
        .collect()
}

async fn with_projects(store: &dyn Store) -> Vec<Project> {
    let projects = many();
    ok(store.apply(projects.iter().map(add).collect()).await);
    projects
}

fn around() -> Bounds {
    Bounds { south_e6: 50_000_000, west_e6: 70_000_000, north_e6: 51_000_000, east_e6: 71_000_000 }
}

/// Each located project of the rectangle is in the cell it belongs to, and counts follow changes.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn cells_add_up(store: &dyn Store) {
    let projects = with_projects(store).await;
    let grid = Grid { bounds: around(), height_e6: 250_000, width_e6: 500_000 };
    let any = ProjectFilter::default();
    for filter in [any.clone(), ProjectFilter { invented: Some(false), ..any.clone() }] {
        let cells = ok(store.count_project_cells(&filter, &grid).await);
        let mut expected = std::collections::BTreeMap::new();
        for project in projects.iter().filter(|p| filter.invented.is_none() || !p.invented) {
            let Some(point) = project.location.filter(|point| grid.bounds.holds(*point)) else { continue };
            let cell = ((point.lat_e6 - 50_000_000) / 250_000, (point.lon_e6 - 70_000_000) / 500_000);
            *expected.entry(cell).or_insert(0_u64) += 1;
        }
        let found: Vec<_> = cells.iter().map(|cell| ((cell.row, cell.column), cell.n_projects)).collect();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|((row, column), n)| ((row.unsigned_abs(), column.unsigned_abs()), n))
            .collect();
        assert_eq!(found, expected);
        assert!(cells.iter().all(|cell| grid.bounds.holds(cell.middle)));
        assert_eq!(ok(store.count_project_cells(&filter, &grid).await), cells);
    }
    let one = Grid { bounds: around(), height_e6: 10_000_000, width_e6: 10_000_000 };
    let cells = ok(store.count_project_cells(&any, &one).await);
    assert_eq!(cells.iter().map(|cell| cell.n_projects).collect::<Vec<_>>(), [8]);
    let moved = Project { version: 2, location: None, ..projects[0].clone() };
    ok(store.apply(vec![Change::UpdateProject(Box::new(moved))]).await);
    let cells = ok(store.count_project_cells(&any, &one).await);
    assert_eq!(cells.iter().map(|cell| cell.n_projects).collect::<Vec<_>>(), [7]);
    assert_eq!(cells[0].first, projects[1].id);
    let all = ok(store.project_bounds(&any).await).expect("some have a place");
    assert_eq!((all.south_e6, all.north_e6), (50_200_000, 51_900_000));
    let none = ProjectFilter { place: Some(kato(110_000_000)), ..any };
    assert_eq!(ok(store.project_bounds(&none).await), None);
    assert_eq!(ok(store.count_project_cells(&none, &one).await), []);
}

/// Level, cost, lateness, silence, invention, rectangle and identifiers; list and count agree.
pub async fn further_filters_hold(store: &dyn Store) {
    let projects = with_projects(store).await;
    let news = ProjectUpdate {
        id: UpdateId(id(900)),
        project: projects[1].id,
        at: at(50),
        by: "Әкімдік".to_owned(),
        lang: Lang::Kk,
        body: "Жаңалық".to_owned(),
        progress_pct: 5,
    };
    ok(store.apply(vec![Change::AddProjectUpdate(news)]).await);
    type Keep = fn(&Project) -> bool;
    let any = ProjectFilter::default;
    let planned = |p: &Project| p.totals().0;
    let circle = Circle { middle: Point { lat_e6: 50_500_000, lon_e6: 70_500_000 }, radius_m: 30_000 };
    let cases: [(ProjectFilter, Keep); 9] = [
        (ProjectFilter { circle: Some(circle), ..any() }, |p| {
            [3, 4, 6, 7].map(|n| ProjectId(id(n))).contains(&p.id)
        }),
        (ProjectFilter { level: Some(Level::District), ..any() }, |p| p.level == Level::District),
        (ProjectFilter { cost_min: Some(tenge(15)), ..any() }, |p| p.totals().0 >= Some(tenge(15))),
        (ProjectFilter { cost_max: Some(tenge(5)), ..any() }, |p| {
            p.totals().0.is_some_and(|c| c <= tenge(5))
        }),
        (ProjectFilter { late_on: Some(day("2028-01-01")), ..any() }, |p| {
            p.ends_on.is_some() && p.status == Status::Implementing
        }),
        (ProjectFilter { silent_since: Some(at(40)), ..any() }, |p| {
            p.status == Status::Implementing && p.id != ProjectId(id(2))
        }),
        (ProjectFilter { invented: Some(true), ..any() }, |p| p.invented),
        (ProjectFilter { bounds: Some(around()), ..any() }, |p| {
            p.location.is_some_and(|point| around().holds(point))
        }),
        (ProjectFilter { ids: [3, 4, 5].map(|n| ProjectId(id(n))).to_vec(), ..any() }, |p| {
            [3, 4, 5].map(|n| ProjectId(id(n))).contains(&p.id)
        }),
    ];
    assert!(projects.iter().any(|p| planned(p).is_none()));
    assert_eq!(projects[1].id, ProjectId(id(2)), "the promises about silence name the second project");
    for (filter, keep) in cases {
        let mut expected: Vec<ProjectId> = projects.iter().filter(|p| keep(p)).map(|p| p.id).collect();
        let cards = walk(7, async |page| store.list_projects(&filter, ProjectSort::Ends, &page).await).await;
        let mut found: Vec<ProjectId> = cards.iter().map(|card| card.id).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{filter:?}");
        let counted = ok(store.count_projects(&filter).await).n_projects;
        assert_eq!(usize::try_from(counted).ok(), Some(expected.len()), "{filter:?}");
    }
    let year = ProjectFilter { ends_between: Some((day("2026-06-01"), day("2027-06-01"))), ..any() };
    let cards = walk(50, async |page| store.list_projects(&year, ProjectSort::Ends, &page).await).await;
    assert!(!cards.is_empty() && cards.iter().all(|card| card.ends_on == Some(day("2027-01-01"))));
}

/// Borders are found by what they touch and by their size; the next drawing replaces the last.
pub async fn borders_are_kept(store: &dyn Store) {
    let border = |code: u32, (south, north): (i32, i32)| Boundary {
        place: kato(code),
        bounds: Bounds { south_e6: south, west_e6: 10, north_e6: north, east_e6: 20 },
        rings: "[[[1,2],[3,4],[5,6],[1,2]]]".to_owned(),
        source: "Сызба".to_owned(),
        invented: code == 990_100_000,
    };
    let (large, small) = (border(990_100_000, (0, 1_000)), border(990_200_000, (0, 50)));
    ok(store.apply(vec![Change::PutBoundaries(vec![small.clone(), border(990_100_000, (5, 6))])]).await);
    ok(store.apply(vec![Change::PutBoundaries(vec![large.clone()])]).await);
    let within = |south, north| Bounds { south_e6: south, west_e6: 0, north_e6: north, east_e6: 100 };
    assert_eq!(ok(store.list_boundaries(within(-5, 5), 0, 9).await), [large.clone(), small]);
    assert_eq!(ok(store.list_boundaries(within(-5, 5), 100, 9).await), std::slice::from_ref(&large));
    assert_eq!(ok(store.list_boundaries(within(900, 2_000), 0, 9).await), [large]);
    assert_eq!(ok(store.list_boundaries(within(2_000, 3_000), 0, 9).await), []);
}

/// Moves and news of several projects, newest first.
pub async fn events_are_merged(store: &dyn Store) {
    let projects: Vec<Project> = many().into_iter().take(3).collect();
    let mut batch: Vec<Change> = projects.iter().map(add).collect();
    let moved = |from, to, second| StatusChange {
        from,
        to,
        at: at(second),
        by: "Кеңсе".to_owned(),
        reason: "Себеп".to_owned(),
        stage: String::new(),
        basis: akimat_project::Basis::default(),
    };
    batch.push(Change::AddStatusChange(projects[0].id, moved(None, Status::Idea, 1)));
    batch.push(Change::AddStatusChange(projects[1].id, moved(Some(Status::Idea), Status::Planned, 3)));
    batch.push(Change::AddStatusChange(projects[2].id, moved(None, Status::Idea, 4)));
    batch.push(Change::AddProjectUpdate(ProjectUpdate {
        id: UpdateId(id(700)),
        project: projects[0].id,
        at: at(2),
        by: "Кеңсе".to_owned(),
        lang: Lang::Ru,
        body: "Новости".to_owned(),
        progress_pct: 40,
    }));
    ok(store.apply(batch).await);
    let asked = [projects[0].id, projects[1].id];
    let events = ok(store.list_project_events(&asked, at(0), 10).await);
    assert_eq!(events.iter().map(|event| event.at).collect::<Vec<_>>(), [at(3), at(2), at(1)]);
    assert_eq!(
        events[1].what,
        Happening::News {
            id: UpdateId(id(700)),
            lang: Lang::Ru,
            body: "Новости".to_owned(),
            progress_pct: 40,
        }
    );
    assert_eq!(ok(store.list_project_events(&asked, at(0), 1).await).len(), 1);
    assert_eq!(ok(store.list_project_events(&asked, at(2), 10).await).len(), 1);
    assert_eq!(ok(store.list_project_events(&[], at(0), 10).await), []);
}

/// What a watch over all projects reads: where they lie, when residents wrote, when there was last news.
pub async fn many_projects_at_once(store: &dyn Store) {
    let point = |n: i32| Some(Point { lat_e6: 43_000_000 + n, lon_e6: 68_000_000 });
    let projects: Vec<Project> = (1..=3_u64)
        .map(|n| Project {
            location: if n == 3 { None } else { point(i32::try_from(n).unwrap_or(0)) },
            ..project(n)
        })
        .collect();
    ok(store.apply(projects.iter().map(add).collect()).await);
    let mut sites = ok(store.list_project_sites().await);
    sites.sort_by_key(|site| site.project);
    let site = |own: &Project| Site {
        project: own.id,
        point: own.location.unwrap_or(Point { lat_e6: 0, lon_e6: 0 }),
        updated_at: own.updated_at,
    };
    assert_eq!(sites, [site(&projects[0]), site(&projects[1])]);
    let place = kato(DISTRICT);
    // The second is official; the fifth is hidden.
    for said in [comment(1, 1), comment(2, 1), comment(3, 2), comment(5, 1)] {
        ok(store.apply(vec![Change::AddComment(Box::new(said), place)]).await);
    }
    let hidden = akimat_participation::Hidden { reason: "Жарнама".to_owned(), at: at(9) };
    ok(store.apply(vec![Change::HideComment(comment(5, 1).id, hidden)]).await);
    let ids: Vec<ProjectId> = projects.iter().map(|project| project.id).collect();
    let times = ok(store.list_comment_times(&ids).await);
    assert_eq!(times, [(ids[0], at(1)), (ids[1], at(3))]);
    assert!(ok(store.list_comment_times(&ids[2..]).await).is_empty());
    assert!(ok(store.list_comment_times(&[]).await).is_empty());
    for (n, second) in [(1, 50), (2, 70), (3, 60)] {
        let news = ProjectUpdate {
            id: UpdateId(id(600 + n)),
            project: ids[0],
            at: at(second),
            by: "Бөлім".to_owned(),
            lang: Lang::Kk,
            body: String::new(),
            progress_pct: 1,
        };
        ok(store.apply(vec![Change::AddProjectUpdate(news)]).await);
    }
    assert_eq!(ok(store.list_newest_news(&ids).await), [(ids[0], at(70))]);
}
