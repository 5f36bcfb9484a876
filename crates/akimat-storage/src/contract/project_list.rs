//! Promises about lists of projects.

use super::build::{DISTRICT, OKRUG, OTHER, REGION, add, at, day, kato, money, project, tenge, vote};
use super::{ok, walk};
use crate::{Cursor, PageRequest, ProjectCard, ProjectFilter, ProjectSort, ProjectTotals, Store};
use akimat_core::fold::search_keys;
use akimat_core::{KatoCode, Money, ProjectId, Text};
use akimat_project::{Kind, Modality, MoneySource, Project, Sector, Status};

const SORTS: [ProjectSort; 4] =
    [ProjectSort::Updated, ProjectSort::Cost, ProjectSort::Ends, ProjectSort::Quiet];

/// Twenty-one projects that differ in everything a filter asks for; some share cost, end and instant.
fn many() -> Vec<Project> {
    (1..=21_u64)
        .map(|n| {
            let step = |of: u64| usize::try_from(n % of).unwrap_or(0);
            let year = 2026 + (n % 3) as i16;
            let planned = (n % 4 != 0).then_some((n % 4) as i64 * 1_000);
            Project {
                place: kato([DISTRICT, OKRUG, OTHER][step(3)]),
                sector: [Sector::Water, Sector::Transport][step(2)],
                kind: [Kind::Social, Kind::Energy, Kind::Innovation][step(3)],
                modality: [Modality::Ppp, Modality::Grant][step(2)],
                status: [Status::Idea, Status::Tender, Status::Completed, Status::Suspended][step(4)],
                ends_on: (n % 5 != 0).then(|| day(["2027-01-01", "2026-12-31"][step(2)])),
                updated_at: at((n % 6) as i64),
                money: vec![money(year, MoneySource::Own, planned, planned.map(|sum| sum / 2))],
                title: Text::new(format!("Құбыр {n}"), format!("Труба {n}"), ""),
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

async fn listed(
    store: &dyn Store,
    filter: &ProjectFilter,
    sort: ProjectSort,
    limit: u16,
) -> Vec<ProjectCard> {
    walk(limit, async |page| store.list_projects(filter, sort, &page).await).await
}

fn ids(cards: &[ProjectCard]) -> Vec<ProjectId> {
    cards.iter().map(|card| card.id).collect()
}

/// Each condition alone and all together; list, count and whole projects agree.
pub async fn filters_hold(store: &dyn Store) {
    let projects = with_projects(store).await;
    type Keep = fn(&Project) -> bool;
    let any = ProjectFilter::default;
    let cases: [(ProjectFilter, Keep); 10] = [
        (any(), |_| true),
        (ProjectFilter { place: Some(kato(REGION)), ..any() }, |_| true),
        (ProjectFilter { place: Some(kato(DISTRICT)), ..any() }, |p| p.place != kato(OTHER)),
        (ProjectFilter { place: Some(kato(OKRUG)), ..any() }, |p| p.place == kato(OKRUG)),
        (ProjectFilter { status: vec![Status::Idea, Status::Tender], ..any() }, |p| {
            p.status <= Status::Tender
        }),
        (ProjectFilter { sector: Some(Sector::Water), ..any() }, |p| p.sector == Sector::Water),
        (ProjectFilter { kind: Some(Kind::Energy), ..any() }, |p| p.kind == Kind::Energy),
        (ProjectFilter { modality: Some(Modality::Ppp), ..any() }, |p| p.modality == Modality::Ppp),
        (ProjectFilter { year: Some(2027), ..any() }, |p| p.money[0].year == 2027),
        (
            ProjectFilter {
                place: Some(kato(DISTRICT)),
                status: vec![Status::Suspended],
                sector: Some(Sector::Transport),
                modality: Some(Modality::Grant),
                keys: search_keys("қуб"),
                ..any()
            },
            |p| p.place != kato(OTHER) && p.status == Status::Suspended && p.sector == Sector::Transport,
        ),
    ];
    for (filter, keep) in cases {
        let mut due: Vec<ProjectId> = projects.iter().filter(|p| keep(p)).map(|p| p.id).collect();
        due.sort_unstable();
        for sort in SORTS {
            let mut found = ids(&listed(store, &filter, sort, 7).await);
            found.sort_unstable();
            assert_eq!(found, due, "{filter:?} {sort:?}");
        }
        assert_eq!(ok(store.count_projects(&filter).await).n_projects, due.len() as u64, "{filter:?}");
        assert_eq!(ok(store.list_whole_projects(&filter, 200).await).len(), due.len(), "{filter:?}");
    }
    let far = [(1, 1999), (2, 2000), (3, 2061), (4, 2062), (5, -44)].map(|(n, year)| Project {
        money: vec![money(year, MoneySource::Own, None, None)],
        ..project(100 + n)
    });
    ok(store.apply(far.iter().map(add).collect()).await);
    for (year, due) in [(1999, 1), (2000, 1), (2061, 1), (2062, 1), (-44, 1), (2063, 0), (2001, 0)] {
        let filter = ProjectFilter { year: Some(year), ..any() };
        assert_eq!(ok(store.count_projects(&filter).await).n_projects, due, "{year}");
    }
}

/// Words are found in the number, the titles and the contractor, however they are written.
pub async fn words_are_found(store: &dyn Store) {
    with_projects(store).await;
    let search = async |words: &str| {
        let filter = ProjectFilter { keys: search_keys(words), ..ProjectFilter::default() };
        ok(store.count_projects(&filter).await).n_projects
    };
    assert_eq!(search("aq-2026-00007").await, 1, "number");
    assert_eq!(search("КУБЫР").await, 21, "title without diacritics");
    assert_eq!(search("00021 КУБЫР").await, 1, "words in any order, of number and title");
    assert_eq!(search("труба құбыр копир").await, 21, "of two languages and the contractor");
    assert_eq!(search("труба мост").await, 0, "every word");
    assert_eq!(search("ТОО копир").await, 21, "contractor");
    assert_eq!(search("ghbdtn").await, 0);
    let hostile = ["%", "_", "' or 1=1 --", "\\"].map(str::to_owned).to_vec();
    let hostile = ProjectFilter { keys: hostile, ..ProjectFilter::default() };
    assert_eq!(ok(store.count_projects(&hostile).await).n_projects, 0);
}

/// Each order with the identifier between equals.
pub async fn orders_hold(store: &dyn Store) {
    let mut projects = with_projects(store).await;
    let any = ProjectFilter::default();
    projects.sort_by_key(|p| std::cmp::Reverse((p.updated_at, p.id)));
    let due: Vec<ProjectId> = projects.iter().map(|p| p.id).collect();
    assert_eq!(ids(&listed(store, &any, ProjectSort::Updated, 4).await), due);
    projects.sort_by_key(|p| std::cmp::Reverse((p.totals().0, p.id)));
    let due: Vec<ProjectId> = projects.iter().map(|p| p.id).collect();
    assert_eq!(ids(&listed(store, &any, ProjectSort::Cost, 4).await), due);
    projects.sort_by_key(|p| (p.ends_on.is_none(), p.ends_on, p.id));
    let due: Vec<ProjectId> = projects.iter().map(|p| p.id).collect();
    assert_eq!(ids(&listed(store, &any, ProjectSort::Ends, 4).await), due);
    projects.sort_by_key(|p| (p.news_at, p.id));
    let due: Vec<ProjectId> = projects.iter().map(|p| p.id).collect();
    assert_eq!(ids(&listed(store, &any, ProjectSort::Quiet, 4).await), due);
}

/// New projects that come in between pages neither hide nor repeat one that was there.
pub async fn pages_have_no_gaps(store: &dyn Store) {
    let projects = with_projects(store).await;
    let any = ProjectFilter::default();
    let mut n = 100;
    for sort in SORTS {
        let mut seen = Vec::new();
        let mut request = PageRequest::first(3);
        loop {
            let page = ok(store.list_projects(&any, sort, &request).await);
            seen.extend(ids(&page.items));
            let Some(after) = page.next else { break };
            request.after = Some(after);
            n += 1;
            // A newcomer sorts before everything in two of the orders.
            ok(store.apply(vec![add(&Project { updated_at: at(1_000), ..project(n) })]).await);
            assert!(seen.len() < 1_000);
        }
        let mut known: Vec<ProjectId> =
            seen.iter().copied().filter(|id| projects.iter().any(|p| p.id == *id)).collect();
        let n_known = known.len();
        known.sort_unstable();
        known.dedup();
        assert_eq!((n_known, known.len()), (21, 21), "{sort:?}");
    }
}

/// A cursor that no page gave, or that belongs to another order, shows the list from its start.
pub async fn forged_cursors_begin_anew(store: &dyn Store) {
    with_projects(store).await;
    let any = ProjectFilter::default();
    let cases = [(ProjectSort::Updated, "abc"), (ProjectSort::Cost, "2027-01-01"), (ProjectSort::Ends, "12")];
    for (sort, key) in cases.into_iter().chain([(ProjectSort::Ends, "2027-99-99"), (ProjectSort::Cost, "")]) {
        let first = ok(store.list_projects(&any, sort, &PageRequest::first(3)).await);
        let after = Some(Cursor { key: key.to_owned(), id: first.items[2].id.0 });
        let forged = ok(store.list_projects(&any, sort, &PageRequest { limit: 3, after }).await);
        assert_eq!(forged, first, "{sort:?} {key:?}");
    }
}

/// Totals of a filter, counts by territory and status, votes on the cards.
pub async fn totals_add_up(store: &dyn Store) {
    let projects = with_projects(store).await;
    ok(store.apply(vec![vote(1, 50, 5), vote(1, 51, 1), vote(2, 50, 3)]).await);
    let in_place: Vec<&Project> = projects.iter().filter(|p| p.place == kato(OTHER)).collect();
    let sum = |pick: fn(&Project) -> Option<Money>| {
        Money::checked_sum(in_place.iter().filter_map(|p| pick(p))).expect("small sums")
    };
    let filter = ProjectFilter { place: Some(kato(OTHER)), ..ProjectFilter::default() };
    let due = ProjectTotals {
        n_projects: in_place.len() as u64,
        planned: sum(|p| p.totals().0),
        paid: sum(|p| p.totals().2),
    };
    assert_eq!(ok(store.count_projects(&filter).await), due);
    let none = ProjectFilter { place: Some(kato(110_000_000)), ..ProjectFilter::default() };
    assert_eq!(ok(store.count_projects(&none).await), ProjectTotals::default());

    let by_place = ok(store.count_projects_by_place().await);
    let idle: Vec<&&Project> = in_place.iter().filter(|p| p.status == Status::Idea).collect();
    let planned = Money::checked_sum(idle.iter().filter_map(|p| p.totals().0)).expect("small sums");
    assert!(by_place.contains(&(kato(OTHER), Status::Idea, idle.len() as u64, planned)), "{by_place:?}");
    assert_eq!(by_place.iter().map(|(_, _, n, _)| n).sum::<u64>(), 21);
    let mut sorted = by_place.clone();
    sorted.sort_by_key(|(place, status, ..)| (*place, status.code()));
    assert_eq!(by_place, sorted);

    let cards = listed(store, &ProjectFilter::default(), ProjectSort::Updated, 50).await;
    let counts: Vec<[u64; 5]> = [1, 2, 3]
        .map(|n| cards.iter().find(|card| card.id == project(n).id).expect("listed").rating.counts)
        .to_vec();
    assert_eq!(counts, [[1, 0, 0, 0, 1], [0, 0, 1, 0, 0], [0; 5]]);
}

/// Sums that no money can hold are shown as the most there is; no page breaks.
pub async fn sums_beyond_measure(store: &dyn Store) {
    let rich = |n| Project {
        money: vec![akimat_project::MoneyLine {
            planned: Some(Money::from_tiyn(i64::MAX - 7)),
            paid: Some(Money::from_tiyn(i64::MAX)),
            ..akimat_project::MoneyLine::new(2026, MoneySource::Own)
        }],
        ..project(n)
    };
    ok(store.apply(vec![add(&rich(1)), add(&rich(2)), add(&rich(3))]).await);
    let totals = ok(store.count_projects(&ProjectFilter::default()).await);
    let most = Money::from_tiyn(i64::MAX);
    assert_eq!((totals.planned, totals.paid), (most, most));
    assert_eq!(ok(store.count_projects_by_place().await)[0].3, most);
    ok(store.apply(vec![add(&Project { money: Vec::new(), place: kato(OTHER), ..project(4) })]).await);
    assert_eq!(ok(store.count_projects_by_place().await)[1].3, tenge(0));
}

/// Whole projects in the order of their numbers.
pub async fn whole_projects_by_number(store: &dyn Store) {
    let projects = with_projects(store).await;
    let found = ok(store.list_whole_projects(&ProjectFilter::default(), 200).await);
    assert_eq!(found, projects);
    assert_eq!(ok(store.list_whole_projects(&ProjectFilter::default(), 5).await), projects[..5]);
    let mut numbers: Vec<(KatoCode, String)> =
        projects.iter().take(3).map(|project| (project.place, project.number.clone())).collect();
    numbers.extend((0..1_200).map(|n| (projects[0].place, format!("none-{n}"))));
    let mut by_number = ok(store.list_projects_by_number(&numbers).await);
    by_number.sort_by(|a, b| a.number.cmp(&b.number));
    assert_eq!(by_number, projects[..3]);
    assert!(ok(store.list_projects_by_number(&[]).await).is_empty());
}
