//! Promises about single projects.

use super::build::{
    DISTRICT, OTHER, add, at, bare_project, comment, day, id, kato, money, project, tenge, vote,
};
use super::{ok, refused};
use crate::{Change, Conflict, PageRequest, ProjectFilter, ProjectSort, Store};
use akimat_core::{Lang, ProjectId, UpdateId};
use akimat_participation::RatingSummary;
use akimat_project::{Basis, MoneySource, Project, ProjectUpdate, Status, StatusChange};

fn update(project: &Project) -> Change {
    Change::UpdateProject(Box::new(project.clone()))
}

/// Every field, the money in its order.
pub async fn projects_are_kept_whole(store: &dyn Store) {
    for whole in [project(1), bare_project(2)] {
        ok(store.apply(vec![add(&whole)]).await);
        let found = ok(store.find_project(whole.id).await);
        assert_eq!(found, Some((whole.clone(), RatingSummary::default(), 0)));
        assert_eq!(ok(store.find_project_place(whole.id).await), Some(whole.place));
    }
    assert_eq!(ok(store.find_project(ProjectId(id(3))).await), None);
    assert_eq!(ok(store.find_project_place(ProjectId(id(3))).await), None);
    let listed = ok(store
        .list_projects(&ProjectFilter::default(), ProjectSort::Updated, &PageRequest::first(9))
        .await);
    let (bare, whole) = (&listed.items[0], &listed.items[1]);
    assert_eq!((whole.planned, whole.paid), (Some(tenge(3_000)), Some(tenge(400))));
    assert_eq!((bare.planned, bare.paid, bare.ends_on, bare.location), (None, None, None, None));
    let due = project(1);
    assert_eq!((&whole.number, &whole.title, whole.place), (&due.number, &due.title, due.place));
    assert_eq!((whole.sector, whole.kind, whole.modality), (due.sector, due.kind, due.modality));
    assert_eq!((whole.status, whole.progress_pct, whole.location), (due.status, 40, due.location));
    assert_eq!((whole.ends_on, whole.invented, whole.updated_at), (due.ends_on, true, due.updated_at));
}

/// A number is new in its territory, not in the country.
pub async fn numbers_are_new(store: &dyn Store) {
    let mut same_number = Project { number: project(1).number, ..project(2) };
    ok(store.apply(vec![add(&project(1))]).await);
    refused(store.apply(vec![add(&same_number)]).await, &Conflict::Exists("project"));
    same_number.place = kato(OTHER);
    ok(store.apply(vec![add(&same_number)]).await);
    same_number.place = kato(DISTRICT);
    same_number.version = 2;
    refused(store.apply(vec![update(&same_number)]).await, &Conflict::Exists("project"));
}

/// A form that was shown an older version changes nothing; everything else stays in step.
pub async fn old_versions_are_refused(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), vote(1, 50, 4)]).await);
    ok(store.apply(vec![Change::AddComment(Box::new(comment(1, 1)), kato(DISTRICT))]).await);
    let next = Project {
        version: 2,
        status: Status::Completed,
        money: vec![money(2028, MoneySource::Grant, Some(7), Some(7))],
        ..bare_project(1)
    };
    ok(store.apply(vec![update(&next)]).await);
    let counts = RatingSummary { counts: [0, 0, 0, 1, 0] };
    assert_eq!(ok(store.find_project(next.id).await), Some((next.clone(), counts, 1)));
    for version in [0, 1, 2, 4] {
        let stale = Project { version, progress_pct: 99, ..next.clone() };
        refused(store.apply(vec![update(&stale)]).await, &Conflict::Stale("project"));
    }
    refused(
        store.apply(vec![update(&Project { version: 2, ..project(9) })]).await,
        &Conflict::Missing("project"),
    );
    assert_eq!(ok(store.find_project(next.id).await).map(|found| found.0.progress_pct), Some(40));
    let by_year = |year| ProjectFilter { year: Some(year), ..ProjectFilter::default() };
    assert_eq!(ok(store.count_projects(&by_year(2028)).await).n_projects, 1);
    assert_eq!(ok(store.count_projects(&by_year(2027)).await).n_projects, 0);
}

/// Moves oldest first, of equal instants in the order of entry.
pub async fn moves_are_kept_in_order(store: &dyn Store) {
    let moved = |from: Option<Status>, to: Status, second: i64| StatusChange {
        from,
        to,
        at: at(second),
        by: "Отдел".to_owned(),
        reason: "".to_owned(),
        stage: to.code().to_owned(),
        basis: Basis {
            kind: "Решение".to_owned(), number: "7-р".to_owned(), on: Some(day("2026-02-03"))
        },
    };
    let moves = [
        moved(None, Status::Idea, 1),
        moved(Some(Status::Idea), Status::Planned, 2),
        moved(Some(Status::Planned), Status::Tender, 2),
    ];
    let mut batch = vec![add(&project(1)), add(&project(2))];
    batch.extend(moves.iter().map(|one| Change::AddStatusChange(project(1).id, one.clone())));
    ok(store.apply(batch).await);
    assert_eq!(ok(store.list_status_changes(project(1).id).await), moves);
    assert!(ok(store.list_status_changes(project(2).id).await).is_empty());
    let both = [project(2).id, project(1).id];
    let since = ok(store.list_status_changes_of(&both, at(2)).await);
    assert_eq!(since, moves[1..].iter().map(|one| (project(1).id, one.clone())).collect::<Vec<_>>());
    assert!(ok(store.list_status_changes_of(&[], at(0)).await).is_empty());
    let nowhere = Change::AddStatusChange(project(3).id, moves[0].clone());
    refused(store.apply(vec![nowhere]).await, &Conflict::Missing("project"));
}

/// News newest first, as many as asked for.
pub async fn news_come_newest_first(store: &dyn Store) {
    let news = |n: u64, project: u64| ProjectUpdate {
        id: UpdateId(id(n)),
        project: ProjectId(id(project)),
        at: at(n as i64),
        by: "Отдел".to_owned(),
        lang: Lang::Ru,
        body: format!("Новость {n}"),
        progress_pct: 5,
    };
    let mut batch = vec![add(&project(1))];
    batch.extend((1..=5).map(|n| Change::AddProjectUpdate(news(n, 1))));
    ok(store.apply(batch).await);
    assert_eq!(ok(store.list_project_updates(project(1).id, 2).await), [news(5, 1), news(4, 1)]);
    assert_eq!(ok(store.list_project_updates(project(1).id, 9).await).len(), 5);
    assert_eq!(ok(store.list_project_updates_of(&[project(1).id], at(4)).await), [news(4, 1), news(5, 1)]);
    assert!(ok(store.list_project_updates_of(&[project(2).id], at(0)).await).is_empty());
    let nowhere = Change::AddProjectUpdate(news(6, 2));
    refused(store.apply(vec![nowhere]).await, &Conflict::Missing("project"));
}

/// A project that is handed to another territory takes comments along.
pub async fn a_project_that_moves_takes_all_along(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), vote(1, 50, 4)]).await);
    ok(store.apply(vec![Change::AddComment(Box::new(comment(1, 1)), kato(DISTRICT))]).await);
    ok(store.apply(vec![update(&Project { version: 2, place: kato(OTHER), ..project(1) })]).await);
    let page = PageRequest::first(5);
    assert!(ok(store.list_comments_in_place(kato(DISTRICT), &page).await).items.is_empty());
    assert_eq!(ok(store.list_comments_in_place(kato(OTHER), &page).await).items.len(), 1);
}
