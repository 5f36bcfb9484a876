//! Promises about scores.

use super::build::{DISTRICT, at, id};
use super::criteria_set::{add, set};
use super::{ok, refused};
use crate::score::{Score, ScoreRange};
use crate::{Change, Conflict, Store};
use akimat_core::{AccountId, ProjectId};

fn score(set: u64, project: u64, scorer: u64, version: u32) -> Score {
    Score {
        criteria_set: id(set),
        project: ProjectId(id(project)),
        criterion: "need".to_owned(),
        scorer: AccountId(id(scorer)),
        version,
        scorer_name: "Комиссия мүшесі".to_owned(),
        value: Some(ScoreRange { low: -5, point: i64::from(version) * 700_000, high: i64::MAX }),
        note: "Ауылда су жоқ\nбір жыл".to_owned(),
        at: at(i64::from(version)),
    }
}

/// A new version stands beside the old one and counts; each version comes once and in order.
pub async fn scores_keep_their_history(store: &dyn Store) {
    let first = score(1, 501, 700, 1);
    let give = |scores: &[&Score]| vec![Change::AddScores(scores.iter().copied().cloned().collect())];
    refused(store.apply(give(&[&first])).await, &Conflict::Missing("criteria set"));
    ok(store.apply(vec![add(&set(1, DISTRICT, 2027, 1)), add(&set(2, DISTRICT, 2027, 2))]).await);
    let (other, far) = (score(1, 501, 701, 1), score(2, 502, 700, 1));
    ok(store.apply(give(&[&first, &other, &far])).await);
    let second = score(1, 501, 700, 2);
    let withdrawn = Score { value: None, note: String::new(), ..score(1, 501, 700, 3) };
    refused(store.apply(give(&[&withdrawn])).await, &Conflict::Stale("score"));
    ok(store.apply(give(&[&second])).await);
    refused(store.apply(give(&[&second])).await, &Conflict::Stale("score"));
    assert_eq!(ok(store.list_scores(&[id(1)]).await), [second.clone(), other.clone()]);
    ok(store.apply(give(&[&withdrawn])).await);
    assert_eq!(ok(store.list_scores(&[id(2), id(1)]).await), [withdrawn.clone(), other.clone(), far]);
    assert!(ok(store.list_scores(&[]).await).is_empty());
    let history = ok(store.list_score_history(ProjectId(id(501))).await);
    assert_eq!(history, [first, other, second, withdrawn]);
}
