//! Promises about dossiers.

use super::build::{DISTRICT, OKRUG, OTHER, at, day, id, kato, project, tenge};
use super::{ok, refused};
use crate::dossier::{Section, SectionCount, SectionFilter};
use crate::{Change, Conflict, PageRequest, Store};
use akimat_core::{AccountId, Money, ProjectId};
use akimat_project::Project;

pub(super) fn section(n: u64, owner: u64, kind: &str, version: u32) -> Section {
    Section {
        id: id(n),
        project: ProjectId(id(owner)),
        place: kato(DISTRICT),
        kind: kind.to_owned(),
        version,
        state: "open".to_owned(),
        due_on: Some(day("2026-09-01")),
        amount: Some(tenge(1_000)),
        removed: false,
        body: format!("{{\"сөз\":\"ә\",\"n\":{version}}}"),
        reason: "Тасқын".to_owned(),
        basis: "Приказ № 7".to_owned(),
        by: Some(AccountId(id(700))),
        by_name: "Бөлім".to_owned(),
        at: at(i64::from(version)),
    }
}

fn put(section: &Section) -> Change {
    Change::PutSection(Box::new(section.clone()))
}

/// Each version comes once and in order; the newest counts, and all stay.
pub async fn sections_keep_their_versions(store: &dyn Store) {
    let first = section(1, 501, "risk", 1);
    refused(store.apply(vec![put(&section(1, 501, "risk", 2))]).await, &Conflict::Stale("section"));
    ok(store.apply(vec![put(&first)]).await);
    refused(store.apply(vec![put(&first)]).await, &Conflict::Stale("section"));
    assert_eq!(ok(store.find_section(id(1)).await), Some(first.clone()));
    let bare =
        Section { due_on: None, amount: None, by: None, state: String::new(), ..section(1, 501, "risk", 2) };
    ok(store.apply(vec![put(&bare)]).await);
    assert_eq!(ok(store.list_sections(ProjectId(id(501)), &["risk"]).await), std::slice::from_ref(&bare));
    let removed = Section { removed: true, ..section(1, 501, "risk", 3) };
    ok(store.apply(vec![put(&removed)]).await);
    assert!(ok(store.list_sections(ProjectId(id(501)), &[]).await).is_empty());
    assert_eq!(ok(store.find_section(id(1)).await), Some(removed.clone()));
    let versions = ok(store.list_section_versions(ProjectId(id(501)), &[], 10).await);
    assert_eq!(versions, [removed.clone(), bare, first]);
    assert_eq!(ok(store.list_section_versions(ProjectId(id(501)), &["risk"], 1).await), [removed]);
    assert!(ok(store.list_section_versions(ProjectId(id(501)), &["plan"], 9).await).is_empty());
}

/// Of one project, of several, and of all by what is due; counts add up.
pub async fn sections_are_found(store: &dyn Store) {
    let (risk, plan) = (section(1, 501, "risk", 1), section(2, 501, "plan", 1));
    let far = Section { place: kato(OTHER), due_on: Some(day("2026-01-01")), ..section(3, 502, "risk", 1) };
    let never = Section {
        due_on: None,
        state: "closed".to_owned(),
        place: kato(OKRUG),
        ..section(4, 503, "risk", 1)
    };
    let great = Section { amount: Some(Money::from_tiyn(i64::MAX)), ..section(5, 501, "risk", 1) };
    ok(store.apply([&risk, &plan, &far, &never, &great].into_iter().map(put).collect()).await);
    let owner = |n| ProjectId(id(n));
    assert_eq!(ok(store.list_sections(owner(501), &[]).await), [plan, risk.clone(), great.clone()]);
    let both = ok(store.list_sections_of(&[owner(502), owner(503)], &["risk", "plan"]).await);
    assert_eq!(both, [far.clone(), never.clone()]);
    assert!(ok(store.list_sections_of(&[], &["risk"]).await).is_empty());
    let all = SectionFilter { kind: "risk".to_owned(), ..SectionFilter::default() };
    let first = ok(store.search_sections(&all, &PageRequest::first(2)).await);
    assert_eq!(first.items, [far.clone(), risk.clone()]);
    let rest = PageRequest { limit: 2, after: first.next };
    let second = ok(store.search_sections(&all, &rest).await);
    assert_eq!((second.items, second.next), (vec![great, never.clone()], None));
    let here = SectionFilter {
        place: Some(kato(DISTRICT)),
        states: vec!["closed".to_owned(), "late".to_owned()],
        ..all.clone()
    };
    assert_eq!(ok(store.search_sections(&here, &PageRequest::first(9)).await).items, [never]);
    let soon = SectionFilter { due_before: Some(day("2026-09-01")), ..all.clone() };
    assert_eq!(ok(store.search_sections(&soon, &PageRequest::first(9)).await).items, [far]);
    let count = |place, state: &str, n, amount| SectionCount {
        place: kato(place),
        state: state.to_owned(),
        n,
        amount,
    };
    let most = Money::from_tiyn(i64::MAX);
    let counts = [
        count(DISTRICT, "open", 2, most),
        count(OKRUG, "closed", 1, tenge(1_000)),
        count(OTHER, "open", 1, tenge(1_000)),
    ];
    assert_eq!(ok(store.count_sections(&all).await), counts);
    let none = SectionFilter { kind: "x".to_owned(), ..SectionFilter::default() };
    assert!(ok(store.count_sections(&none).await).is_empty());
}

/// A project that moves takes its dossier along.
pub async fn sections_follow_their_project(store: &dyn Store) {
    let moved = Project { version: 2, place: kato(OTHER), ..project(1) };
    let kept = Section { project: moved.id, ..section(9, 501, "risk", 1) };
    ok(store.apply(vec![Change::AddProject(Box::new(project(1))), put(&kept)]).await);
    ok(store.apply(vec![Change::UpdateProject(Box::new(moved))]).await);
    assert_eq!(ok(store.find_section(id(9)).await).map(|section| section.place), Some(kato(OTHER)));
}
