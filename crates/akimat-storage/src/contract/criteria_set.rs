//! Promises about sets of criteria.

use super::build::{DISTRICT, OTHER, at, id, kato};
use super::{ok, refused};
use crate::criteria_set::{CriteriaSet, CriteriaState};
use crate::{Change, Conflict, Store};
use akimat_core::AccountId;

/// A draft.
pub(super) fn set(n: u64, place: u32, year: i16, version: u32) -> CriteriaSet {
    CriteriaSet {
        id: id(n),
        place: kato(place),
        year,
        version,
        state: CriteriaState::Draft,
        edit: 1,
        invented: n.is_multiple_of(2),
        document: format!("{{\"format\":1,\"сөз\":\"ә{n}\"}}"),
        created_by: AccountId(id(700)),
        created_by_name: "Отдел экономики".to_owned(),
        created_at: at(1),
        updated_at: at(2),
        approved_by: None,
        approved_at: None,
    }
}

/// The change that adds a set.
pub(super) fn add(set: &CriteriaSet) -> Change {
    Change::AddCriteriaSet(Box::new(set.clone()))
}

/// Kept whole, listed by territory, latest first; a version is taken once.
pub async fn sets_are_kept(store: &dyn Store) {
    let all = [
        set(1, DISTRICT, 2027, 1),
        set(2, DISTRICT, 2027, 2),
        set(3, DISTRICT, 2028, 1),
        set(4, OTHER, 2027, 1),
    ];
    ok(store.apply(all.iter().map(add).collect()).await);
    assert_eq!(ok(store.find_criteria_set(id(2)).await).as_ref(), Some(&all[1]));
    assert_eq!(ok(store.find_criteria_set(id(9)).await), None);
    let own = ok(store.list_criteria_sets(Some(kato(DISTRICT))).await);
    assert_eq!(own, [all[2].clone(), all[1].clone(), all[0].clone()]);
    assert_eq!(ok(store.list_criteria_sets(None).await).len(), 4);
    refused(store.apply(vec![add(&set(8, OTHER, 2027, 1))]).await, &Conflict::Exists("criteria set"));
}

/// A draft changes by its counter; an approved set never changes again.
pub async fn approved_sets_never_change(store: &dyn Store) {
    let draft = set(1, DISTRICT, 2027, 1);
    let edit = |set: CriteriaSet| vec![Change::UpdateCriteriaSet(Box::new(set))];
    refused(store.apply(edit(draft.clone())).await, &Conflict::Missing("criteria set"));
    ok(store.apply(vec![add(&draft)]).await);
    let better = CriteriaSet { document: "{}".to_owned(), edit: 2, updated_at: at(3), ..draft.clone() };
    ok(store.apply(edit(better.clone())).await);
    refused(store.apply(edit(better.clone())).await, &Conflict::Stale("criteria set"));
    let moved = CriteriaSet { year: 2028, edit: 3, ..better.clone() };
    refused(store.apply(edit(moved)).await, &Conflict::Stale("criteria set"));
    let approved = CriteriaSet {
        state: CriteriaState::Approved,
        edit: 3,
        approved_by: Some("Аким".to_owned()),
        approved_at: Some(at(4)),
        ..better
    };
    ok(store.apply(edit(approved.clone())).await);
    assert_eq!(ok(store.find_criteria_set(id(1)).await).as_ref(), Some(&approved));
    let late = CriteriaSet { edit: 4, ..approved };
    refused(store.apply(edit(late)).await, &Conflict::Stale("criteria set"));
}
