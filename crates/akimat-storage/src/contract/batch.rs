//! Promises about batches.

use super::build::{DISTRICT, account, add, comment, id, kato, places, project, record, session, vote};
use super::{ok, refused};
use crate::{BudgetFilter, Change, Conflict, Cursor, PageRequest, ProjectFilter, ProjectSort, Store};
use akimat_core::{AccountId, ProjectId};
use futures_util::future::join_all;

/// A batch whose last change does not fit leaves nothing.
pub async fn all_or_nothing(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1))]).await);
    let batch = vec![
        Change::PutPlaces(places()),
        add(&project(2)),
        vote(1, 50, 4),
        vote(2, 50, 4),
        Change::AddComment(Box::new(comment(1, 1)), kato(DISTRICT)),
        Change::AddAccount(account(1), "hash".to_owned()),
        Change::AddSession(session(1, 1, 9)),
        Change::AddAudit(record(1)),
        vote(77, 50, 1),
    ];
    refused(store.apply(batch).await, &Conflict::Missing("project"));
    let found = ok(store.find_project(ProjectId(id(1))).await).expect("the project");
    assert_eq!((found.1.n_votes(), found.2), (0, 0));
    assert_eq!(ok(store.find_project(ProjectId(id(2))).await), None);
    assert_eq!(ok(store.find_rating(ProjectId(id(1)), AccountId(id(50))).await), None);
    assert_eq!(ok(store.find_account(AccountId(id(1))).await), None);
    assert!(ok(store.list_audit(&PageRequest::first(5)).await).items.is_empty());
    let day = super::build::day("2026-01-01");
    assert_eq!(ok(store.find_place(kato(DISTRICT), day).await), None);
    ok(store.apply(Vec::new()).await);
}

/// Batches that come together fail alone.
pub async fn a_conflict_harms_no_neighbour(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1))]).await);
    let batches = (0..60).map(|n| match n % 3 {
        0 => vec![vote(1, 100 + n, 5), vote(99, 50, 1)],
        1 => vec![Change::AddAudit(record(n)), add(&project(1))],
        _ => vec![vote(1, 100 + n, 5)],
    });
    let answers = join_all(batches.map(|batch| store.apply(batch))).await;
    for (answer, n) in answers.into_iter().zip(0_u64..) {
        match n % 3 {
            0 => refused(answer, &Conflict::Missing("project")),
            1 => refused(answer, &Conflict::Exists("project")),
            _ => ok(answer),
        }
    }
    let found = ok(store.find_project(ProjectId(id(1))).await).expect("the project");
    assert_eq!(found.1.counts, [0, 0, 0, 0, 20]);
    assert!(ok(store.list_audit(&PageRequest::first(5)).await).items.is_empty());
}

/// A change sees what those before it in the batch did, and the next read sees all of them.
pub async fn changes_see_those_before(store: &dyn Store) {
    let second = akimat_project::Project { version: 2, progress_pct: 41, ..project(1) };
    let batch = vec![
        add(&project(1)),
        vote(1, 50, 2),
        vote(1, 50, 3),
        Change::AddComment(Box::new(comment(1, 1)), kato(DISTRICT)),
        Change::UpdateProject(Box::new(second.clone())),
        Change::AddAccount(account(1), "hash".to_owned()),
        Change::AddSession(session(1, 1, 9)),
    ];
    ok(store.apply(batch).await);
    let found = ok(store.find_project(second.id).await).expect("the project");
    assert_eq!(found.0, second);
    assert_eq!((found.1.counts, found.2), ([0, 0, 1, 0, 0], 1));
    let token = [1; 32];
    assert!(ok(store.find_session_account(&token, super::build::at(1)).await).is_some());
}

/// Pages are built out of few statements: each read is one; two are a budget with its lines, a list by
/// words, and totals that were not counted since the last change of a project.
pub async fn reads_are_few(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), Change::PutPlaces(places())]).await);
    ok(store.ping().await);
    let before = store.n_statements();
    let filter = ProjectFilter { keys: vec!["a".to_owned()], year: Some(2026), ..ProjectFilter::default() };
    ok(store.list_projects(&filter, ProjectSort::Cost, &PageRequest::first(20)).await);
    ok(store.count_projects(&filter).await);
    ok(store.find_project(project(1).id).await);
    ok(store.list_whole_projects(&filter, 10).await);
    ok(store.list_place_path(kato(DISTRICT), super::build::day("2026-01-01")).await);
    ok(store.list_comments(project(1).id, &PageRequest::first(20)).await);
    assert_eq!(store.n_statements() - before, 8);
    ok(store.count_projects(&filter).await);
    assert_eq!(store.n_statements() - before, 9);
}

/// A cursor far beyond everything, or one that is no cursor at all, is answered with a page, not with an
/// error.
pub async fn forged_cursors_do_no_harm(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), Change::AddAudit(record(1))]).await);
    let here = kato(DISTRICT);
    for key in ["9223372036854775807", "-9223372036854775808", "99999", "99999999999999999999", "x", ""] {
        let after = Some(Cursor { key: key.to_owned(), id: id(1) });
        let page = PageRequest { limit: 0, after };
        ok(store.list_budgets(&BudgetFilter::default(), &page).await);
        for sort in [ProjectSort::Updated, ProjectSort::Cost, ProjectSort::Ends] {
            ok(store.list_projects(&ProjectFilter::default(), sort, &page).await);
        }
        ok(store.list_comments(project(1).id, &page).await);
        ok(store.list_comments_in_place(here, &page).await);
        ok(store.list_accounts(&page).await);
        ok(store.list_decisions(Some(here), &page).await);
        ok(store.list_decisions(None, &page).await);
        let records = ok(store.list_audit(&page).await).items.len();
        assert!(records <= 1, "the limit is at least 1");
    }
}
