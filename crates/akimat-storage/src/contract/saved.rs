//! Promises about kept pieces of analysis.

use super::build::{DISTRICT, at, id, kato};
use super::{ok, refused, walk};
use crate::saved::{Saved, SavedFilter, SavedHead, SavedKind};
use crate::{Change, Conflict, Cursor, PageRequest, Store};
use akimat_core::{AccountId, SavedId};

/// The `n`-th piece, in the `n`-th second: kinds and two owners in turn, every second one public.
fn saved(n: u64) -> Saved {
    let second = at(i64::try_from(n).unwrap_or(0));
    Saved {
        head: SavedHead {
            id: SavedId(id(n)),
            kind: SavedKind::ALL[(n % 3) as usize],
            title: format!("Сценарий № {n} «жоспар»"),
            owner: AccountId(id(700 + n % 2)),
            owner_name: "Отдел экономики".to_owned(),
            place: n.is_multiple_of(2).then(|| kato(DISTRICT)),
            public: n.is_multiple_of(2),
            invented: n.is_multiple_of(3),
            created_at: second,
            updated_at: second,
            version: 1,
        },
        body: format!("{{\"format\":1,\"n\":{n}}}"),
    }
}

fn add(saved: &Saved) -> Change {
    Change::AddSaved(Box::new(saved.clone()))
}

/// Kept whole, listed by kind, owner and openness, newest first.
pub async fn analyses_are_kept(store: &dyn Store) {
    let all: Vec<Saved> = (1..=14).map(saved).collect();
    ok(store.apply(all.iter().map(add).collect()).await);
    assert_eq!(ok(store.find_saved(all[4].head.id).await).as_ref(), Some(&all[4]));
    assert_eq!(ok(store.find_saved(SavedId(id(99))).await), None);
    let owner = Some(AccountId(id(701)));
    let filters = [
        SavedFilter::default(),
        SavedFilter { kind: Some(SavedKind::Scenario), ..SavedFilter::default() },
        SavedFilter { owner, ..SavedFilter::default() },
        SavedFilter { public: true, ..SavedFilter::default() },
        SavedFilter { kind: Some(SavedKind::View), owner: Some(AccountId(id(700))), public: true },
        SavedFilter { kind: None, owner, public: true },
    ];
    for filter in filters {
        let fits = |head: &SavedHead| {
            filter.kind.is_none_or(|kind| kind == head.kind)
                && filter.owner.is_none_or(|owner| owner == head.owner)
                && (!filter.public || head.public)
        };
        let due: Vec<SavedHead> =
            all.iter().rev().map(|saved| saved.head.clone()).filter(|head| fits(head)).collect();
        let listed = walk(3, async |page| store.list_saved(&filter, &page).await).await;
        assert_eq!(listed, due, "{filter:?}");
    }
    let forged = Some(Cursor { key: "x".to_owned(), id: id(1) });
    let page = PageRequest { limit: 20, after: forged };
    assert_eq!(ok(store.list_saved(&SavedFilter::default(), &page).await).items.len(), 14);
    refused(store.apply(vec![add(&all[0])]).await, &Conflict::Exists("saved analysis"));
}

/// A change needs the version it was made of; what is removed is gone.
pub async fn analyses_change_by_version(store: &dyn Store) {
    let first = saved(1);
    ok(store.apply(vec![add(&first), add(&saved(2))]).await);
    let mut second = first.clone();
    second.head.version = 2;
    second.head.title = "Басқа".to_owned();
    second.head.public = !first.head.public;
    second.head.place = Some(kato(DISTRICT));
    second.head.updated_at = at(50);
    second.body = "{\"big\":\"".to_owned() + &"ә".repeat(90_000) + "\"}";
    let update = |saved: &Saved| vec![Change::UpdateSaved(Box::new(saved.clone()))];
    ok(store.apply(update(&second)).await);
    assert_eq!(ok(store.find_saved(first.head.id).await).as_ref(), Some(&second));
    refused(store.apply(update(&second)).await, &Conflict::Stale("saved analysis"));
    refused(store.apply(update(&saved(9))).await, &Conflict::Missing("saved analysis"));
    ok(store.apply(vec![Change::RemoveSaved(first.head.id)]).await);
    assert_eq!(ok(store.find_saved(first.head.id).await), None);
    let gone = vec![Change::RemoveSaved(first.head.id)];
    refused(store.apply(gone).await, &Conflict::Missing("saved analysis"));
    let left = ok(store.list_saved(&SavedFilter::default(), &PageRequest::first(9)).await);
    assert_eq!(left.items, [saved(2).head]);
}
