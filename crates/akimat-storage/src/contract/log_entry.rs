//! Promises about the transparency log.

use super::build::at;
use super::{ok, refused};
use crate::log_entry::{
    LogCheckpoint, LogCosignature, LogEntry, LogIntegration, LogRefusal, LogTile, RefusalReason,
    StoredLogEntry, WitnessedLog,
};
use crate::{Change, Conflict, Store, StoreError};
use futures_util::future::join_all;

fn entry(n: u8) -> LogEntry {
    LogEntry {
        kind: "project_status".to_owned(),
        subject: format!("project/{}", n % 2),
        at: at(n.into()),
        hash: [n; 32],
        leaf: format!("{{\"n\":{n},\"text\":\"Көше — улица 🛣 \\u0000\"}}"),
    }
}

fn leaf(n: u8) -> Change {
    Change::AddLogEntry(entry(n))
}

fn checkpoint(size: u64) -> LogCheckpoint {
    let root = [u8::try_from(size % 251).unwrap_or_default(); 32];
    LogCheckpoint { size, root, note: format!("city.example/log\n{size}\n"), signed_at: at(100) }
}

fn step(from_size: u64, waiting: &[StoredLogEntry]) -> LogIntegration {
    let size = from_size + u64::try_from(waiting.len()).unwrap_or_default();
    LogIntegration {
        from_size,
        ids: waiting.iter().map(|stored| stored.id).collect(),
        tiles: vec![LogTile { level: 0, number: 0, hashes: vec![7; 32 * waiting.len()] }],
        checkpoint: checkpoint(size),
    }
}

fn integrate(from_size: u64, waiting: &[StoredLogEntry]) -> Change {
    Change::IntegrateLog(Box::new(step(from_size, waiting)))
}

/// Leaves wait in the order of arrival, are given indices once, and are found by index, subject and hash.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn leaves_get_indices(store: &dyn Store) {
    assert_eq!(ok(store.find_latest_log_checkpoint().await), None);
    ok(store.apply(vec![leaf(1), leaf(2)]).await);
    ok(store.apply(vec![leaf(3)]).await);
    let waiting = ok(store.list_pending_log_entries(10).await);
    assert_eq!(waiting.iter().map(|stored| stored.entry.clone()).collect::<Vec<_>>(), [1, 2, 3].map(entry));
    assert!(waiting.iter().all(|stored| stored.index.is_none()));
    assert_eq!(ok(store.count_pending_log_entries().await), 3);
    assert_eq!(ok(store.list_log_entries(0, 10).await), []);

    ok(store.apply(vec![integrate(0, &waiting[..2])]).await);
    assert_eq!(ok(store.count_pending_log_entries().await), 1);
    let placed = |n: usize, index: u64| StoredLogEntry { index: Some(index), ..waiting[n].clone() };
    assert_eq!(ok(store.list_log_entries(0, 10).await), [placed(0, 0), placed(1, 1)]);
    assert_eq!(ok(store.list_log_entries_before(2, 1).await), [placed(1, 1)]);
    assert_eq!(ok(store.list_log_entries_about("project/1", 9).await), [waiting[2].clone(), placed(0, 0)]);
    assert_eq!(ok(store.find_log_entry(&[2; 32]).await), Some(placed(1, 1)));
    assert_eq!(ok(store.find_log_entry(&[9; 32]).await), None);
    assert_eq!(ok(store.find_latest_log_checkpoint().await), Some(checkpoint(2)));
    assert_eq!(ok(store.find_log_tile(0, 0).await), Some(step(0, &waiting[..2]).tiles[0].clone()));
    assert_eq!(ok(store.find_log_tile(1, 0).await), None);

    // Identifiers in any order, with gaps.
    for n in 4..9 {
        ok(store.apply(vec![leaf(n)]).await);
    }
    // The tree has grown meanwhile, or a leaf was taken already: nothing happens.
    refused(store.apply(vec![integrate(0, &waiting[2..])]).await, &Conflict::Stale("log"));
    refused(store.apply(vec![integrate(2, &waiting[1..])]).await, &Conflict::Stale("log"));
    assert_eq!(ok(store.count_pending_log_entries().await), 6);
    ok(store.apply(vec![integrate(2, &waiting[2..])]).await);
    assert_eq!(ok(store.find_log_checkpoint(2).await), Some(checkpoint(2)));
    assert_eq!(ok(store.find_latest_log_checkpoint().await), Some(checkpoint(3)));
    let later = ok(store.list_pending_log_entries(10).await);
    let shuffled = [&later[3..4], &later[0..2], &later[4..5]].concat();
    ok(store.apply(vec![integrate(3, &shuffled)]).await);
    let placed: Vec<_> = ok(store.list_log_entries(3, 9).await).into_iter().map(|stored| stored.id).collect();
    assert_eq!(placed, shuffled.iter().map(|stored| stored.id).collect::<Vec<_>>());
    assert_eq!(ok(store.list_pending_log_entries(10).await), later[2..3]);
}

/// However many write and integrate at once, there is one order without gaps, and each leaf stands in it once.
pub async fn many_writers_one_order(store: &dyn Store) {
    let write = async |first: u8| {
        for n in first..first + 10 {
            ok(store.apply(vec![leaf(n)]).await);
        }
    };
    let sequence = async |_: u8| {
        for _ in 0..40 {
            let waiting = ok(store.list_pending_log_entries(7).await);
            let size = ok(store.find_latest_log_checkpoint().await).map_or(0, |latest| latest.size);
            if waiting.is_empty() {
                continue;
            }
            match store.apply(vec![integrate(size, &waiting)]).await {
                Ok(()) | Err(StoreError::Conflict(Conflict::Stale("log"))) => {}
                other => ok(other),
            }
        }
    };
    let writers = join_all([0, 10, 20, 30, 40].map(write));
    let sequencers = join_all([0, 1, 2].map(sequence));
    futures_util::future::join(writers, sequencers).await;
    sequence(0).await;
    let all = ok(store.list_log_entries(0, 200).await);
    assert_eq!(ok(store.count_pending_log_entries().await), 0);
    let indices: Vec<Option<u64>> = all.iter().map(|stored| stored.index).collect();
    assert_eq!(indices, (0..50).map(Some).collect::<Vec<_>>());
    let mut leaves: Vec<u8> = all.iter().map(|stored| stored.entry.hash[0]).collect();
    leaves.sort_unstable();
    assert_eq!(leaves, (0..50).collect::<Vec<u8>>());
}

/// What witnesses said stays with its checkpoint.
pub async fn witnesses_are_heard(store: &dyn Store) {
    let said = |size: u64, witness: &str, n: i64| LogCosignature {
        size,
        witness: witness.to_owned(),
        line: format!("— {witness} {n}"),
        at: at(n),
    };
    let put = |said: &LogCosignature| Change::PutLogCosignature(said.clone());
    let early = said(1, "region.example", 1);
    refused(store.apply(vec![put(&early)]).await, &Conflict::Missing("checkpoint"));
    for n in 1..=3 {
        ok(store.apply(vec![leaf(n)]).await);
        let waiting = ok(store.list_pending_log_entries(1).await);
        ok(store.apply(vec![integrate(u64::from(n) - 1, &waiting)]).await);
    }
    assert_eq!(ok(store.find_witnessed_log_checkpoint().await), None);
    let (paper, again) = (said(2, "paper.example", 2), said(1, "region.example", 3));
    ok(store.apply([&early, &paper, &again].map(put).into()).await);
    assert_eq!(ok(store.list_log_cosignatures(1).await), std::slice::from_ref(&again));
    assert_eq!(ok(store.find_witnessed_log_checkpoint().await), Some(checkpoint(2)));
    assert_eq!(ok(store.list_latest_log_cosignatures().await), [paper, again]);
    assert_eq!(ok(store.list_log_cosignatures(3).await), []);
}

/// Why a witness does not sign is kept until it signs; since when stays while the reason stays.
pub async fn refusals_are_kept(store: &dyn Store) {
    let refusal = |reason, seen, n: i64| LogRefusal {
        witness: "region.example".to_owned(),
        reason,
        seen,
        size: 3,
        since: at(n),
        at: at(n),
    };
    let put = |refusal: LogRefusal| Change::PutLogRefusal(refusal);
    assert_eq!(ok(store.list_log_refusals().await), []);
    for (n, reason) in RefusalReason::ALL.into_iter().enumerate() {
        let n = i64::try_from(n).unwrap_or_default();
        ok(store.apply(vec![put(refusal(reason, None, n))]).await);
        assert_eq!(ok(store.list_log_refusals().await), [refusal(reason, None, n)]);
    }
    ok(store.apply(vec![put(refusal(RefusalReason::Larger, Some(9), 20))]).await);
    ok(store.apply(vec![put(refusal(RefusalReason::Larger, Some(10), 30))]).await);
    let kept = LogRefusal { since: at(20), ..refusal(RefusalReason::Larger, Some(10), 30) };
    assert_eq!(ok(store.list_log_refusals().await), [kept]);
    ok(store.apply(vec![leaf(1)]).await);
    let waiting = ok(store.list_pending_log_entries(1).await);
    ok(store.apply(vec![integrate(0, &waiting)]).await);
    let said =
        LogCosignature { size: 1, witness: "region.example".to_owned(), line: "—".to_owned(), at: at(40) };
    ok(store.apply(vec![Change::PutLogCosignature(said)]).await);
    assert_eq!(ok(store.list_log_refusals().await), []);
}

/// As a witness this platform sees another log grow, and never two of its histories.
pub async fn other_logs_are_witnessed(store: &dyn Store) {
    let seen = |size: u64, root: u8| WitnessedLog {
        origin: "district.example/log".to_owned(),
        size,
        root: [root; 32],
        at: at(1),
    };
    let put = |seen: WitnessedLog, before| Change::PutWitnessedLog(seen, before);
    let stale = Conflict::Stale("witnessed log");
    assert_eq!(ok(store.find_witnessed_log("district.example/log").await), None);
    refused(store.apply(vec![put(seen(4, 4), Some((3, [3; 32])))]).await, &stale);
    ok(store.apply(vec![put(seen(3, 3), None)]).await);
    refused(store.apply(vec![put(seen(5, 5), None)]).await, &stale);
    ok(store.apply(vec![put(seen(4, 4), Some((3, [3; 32])))]).await);
    refused(store.apply(vec![put(seen(5, 5), Some((4, [3; 32])))]).await, &stale);
    assert_eq!(ok(store.find_witnessed_log("district.example/log").await), Some(seen(4, 4)));
    assert_eq!(ok(store.list_witnessed_logs().await), [seen(4, 4)]);
}
