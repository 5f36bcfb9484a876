//! Promises about decisions.

use super::build::{DISTRICT, OKRUG, OTHER, decision, id, kato};
use super::{ok, refused, walk};
use crate::{Change, Conflict, Decision, Store};
use akimat_core::DecisionId;

/// Newest first, everywhere or in a territory and below; never replaced.
pub async fn decisions_are_kept(store: &dyn Store) {
    let all: Vec<Decision> =
        (1..=9_u64).map(|n| decision(n, [DISTRICT, OKRUG, OTHER][(n % 3) as usize])).collect();
    ok(store.apply(all.iter().cloned().map(Change::AddDecision).collect()).await);
    assert_eq!(ok(store.find_decision(all[3].id).await).as_ref(), Some(&all[3]));
    assert_eq!(ok(store.find_decision(DecisionId(id(99))).await), None);
    let newest: Vec<Decision> = all.iter().rev().cloned().collect();
    let listed = walk(2, async |page| store.list_decisions(None, &page).await).await;
    assert_eq!(listed, newest);
    let below = walk(2, async |page| store.list_decisions(Some(kato(DISTRICT)), &page).await).await;
    let due: Vec<Decision> = newest.into_iter().filter(|one| one.place != kato(OTHER)).collect();
    assert_eq!(below, due);
    let again = Decision { reason: "другая".to_owned(), ..all[0].clone() };
    refused(store.apply(vec![Change::AddDecision(again)]).await, &Conflict::Exists("decision"));
}
