//! Promises about projects that became one.

use super::build::{DISTRICT, at, comment, id, kato, project, vote};
use super::{ok, refused};
use crate::dossier::Section;
use crate::merged_project::MergedProject;
use crate::{Change, Conflict, ProjectFilter, Store};
use akimat_core::ProjectId;
use akimat_project::Project;

fn merged(former: &Project, into: ProjectId) -> MergedProject {
    MergedProject {
        former: former.id,
        version: former.version,
        place: former.place,
        number: former.number.clone(),
        into,
        into_place: kato(DISTRICT),
        reason: "Бір нысан".to_owned(),
        by: None,
        by_name: "Бөлім".to_owned(),
        at: at(9),
        record: "{\"ә\":1}".to_owned(),
    }
}

fn merge(former: &Project, into: ProjectId) -> Vec<Change> {
    vec![Change::MergeProject(Box::new(merged(former, into)), vec!["risk".to_owned()])]
}

fn section(project: &Project) -> Section {
    Section {
        id: id(40),
        project: project.id,
        place: project.place,
        kind: "risk".to_owned(),
        version: 1,
        state: String::new(),
        due_on: None,
        amount: None,
        removed: false,
        body: "{}".to_owned(),
        reason: String::new(),
        basis: String::new(),
        by: None,
        by_name: String::new(),
        at: at(1),
    }
}

/// What belonged to the former project belongs to the one that stays; its number leads there.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn two_become_one(store: &dyn Store) {
    let (stays, former) = (project(1), project(2));
    let add = |project: &Project| Change::AddProject(Box::new(project.clone()));
    ok(store.apply(vec![add(&stays), add(&former)]).await);
    let words = vec![
        Change::AddComment(Box::new(comment(1, 1)), kato(DISTRICT)),
        Change::AddComment(Box::new(comment(2, 2)), kato(DISTRICT)),
        Change::PutSection(Box::new(section(&former))),
        Change::PutSection(Box::new(Section { id: id(41), kind: "own".to_owned(), ..section(&former) })),
        vote(1, 501, 5),
        vote(2, 501, 1),
        vote(2, 502, 4),
    ];
    ok(store.apply(words).await);
    let stale = Project { version: former.version + 1, ..former.clone() };
    refused(store.apply(merge(&stale, stays.id)).await, &Conflict::Stale("project"));
    refused(store.apply(merge(&project(3), stays.id)).await, &Conflict::Missing("project"));
    refused(store.apply(merge(&former, former.id)).await, &Conflict::Missing("project"));
    ok(store.apply(merge(&former, stays.id)).await);
    assert!(ok(store.find_project(former.id).await).is_none());
    let told = ok(store.find_project(stays.id).await);
    let told = told.map(|(_, rating, n_comments)| (rating.n_votes(), rating.mean(), n_comments));
    let mean = akimat_core::Ratio::new(9, 2);
    assert_eq!(told, Some((2, mean, 2)), "the vote on the project that stays counts");
    let moved = ok(store.list_sections(stays.id, &[]).await);
    assert_eq!(moved.iter().map(|section| section.kind.as_str()).collect::<Vec<_>>(), ["risk"]);
    let expected = merged(&former, stays.id);
    assert_eq!(ok(store.find_merged_project(former.id).await).as_ref(), Some(&expected));
    assert_eq!(ok(store.list_merged_projects(stays.id).await), std::slice::from_ref(&expected));
    let numbers = [(former.place, former.number.clone()), (former.place, "?".to_owned())];
    assert_eq!(ok(store.list_merged_by_number(&numbers).await), [expected]);
    assert_eq!(ok(store.count_projects(&ProjectFilter::default()).await).n_projects, 1);
}

/// What has become one with a project goes with it when that one turns out to be another's twin.
pub async fn twins_of_twins_are_found(store: &dyn Store) {
    let all = [project(1), project(2), project(3)];
    let add = |project: &Project| Change::AddProject(Box::new(project.clone()));
    ok(store.apply(all.iter().map(add).collect()).await);
    ok(store.apply(merge(&all[0], all[1].id)).await);
    ok(store.apply(merge(&all[1], all[2].id)).await);
    let first = ok(store.find_merged_project(all[0].id).await);
    assert_eq!(first.map(|merged| merged.into), Some(all[2].id));
    assert_eq!(ok(store.list_merged_projects(all[2].id).await).len(), 2);
}
