//! One order for all leaves, and the signature under it.
//!
//! Any server may try; the store lets one integration of each size pass. Before signing, the tree in the database is
//! held against the checkpoint signed last, the one in the database and the one remembered outside it: a database that
//! was rewritten or put back is not signed again.

use super::{LogKeeper, Trouble, broken};
use crate::{App, AppError, Result};
use akimat_log::hash::{empty_root, leaf_hash};
use akimat_log::proof::{consistency, verify_consistency};
use akimat_log::tile::{TileId, Tiles, tiles_of, tiles_of_edge};
use akimat_log::tree::{Frontier, cover};
use akimat_log::{Checkpoint, Hash, Verifier};
use akimat_storage::{Change, Conflict, LogCheckpoint, LogIntegration, LogTile, StoreError, StoredLogEntry};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::watch::Receiver;

/// Leaves of one integration.
pub(super) const BATCH: u16 = 8_192;
/// How often a server looks for leaves that wait; a leaf is integrated within two seconds.
const LOOK: Duration = Duration::from_millis(400);
/// After a refusal to sign a server looks seldom: a person has to act.
const TROUBLED: Duration = Duration::from_secs(30);
/// Within this time after the act its leaf is in the tree, in seconds: the promise of a receipt.
pub const PROMISE_SECONDS: u32 = 2;

impl App {
    /// At the start of a server: the first leaf of the log, and one for each new version of the program.
    ///
    /// # Errors
    /// When the database fails, or the log is not the one that this key signs.
    pub async fn open_log(&self) -> Result<()> {
        let Some(keeper) = self.log.clone() else { return Ok(()) };
        let subject = format!("log/{}", keeper.origin());
        let known = self.read().list_log_entries_about(&subject, 50).await?;
        if let Some(latest) = self.read().find_latest_log_checkpoint().await? {
            self.signed(&keeper, &latest).await?;
        }
        let software = |stored: &StoredLogEntry| {
            let body: Value = serde_json::from_str(&stored.entry.leaf).ok()?;
            Some(body["body"]["software"].as_str()?.to_owned())
        };
        let batch = match known.iter().find_map(software) {
            Some(running) if running == keeper.software => return Ok(()),
            Some(_) => self.log_entry("software_changed", &subject, json!({ "software": keeper.software })),
            None => {
                let body = json!({ "key": keeper.key().encode(), "software": keeper.software });
                self.log_entry("log_opened", &subject, body)
            }
        };
        Ok(self.store().apply(vec![batch]).await?)
    }

    /// The operator changes the key: the leaf that records it, signed under the old key, after which the new one signs.
    ///
    /// # Errors
    /// When the database fails, or the old key is not the one that signed last.
    pub async fn change_log_key(&self, new: &Verifier) -> Result<()> {
        let keeper = self.log.clone().ok_or_else(|| broken("there is no key"))?;
        let body = json!({ "from": keeper.key().encode(), "key": new.encode() });
        let subject = format!("log/{}", keeper.origin());
        self.store().apply(vec![self.log_entry("log_key_changed", &subject, body)]).await?;
        while self.integrate_log().await? > 0 {}
        Ok(())
    }

    /// The operator changes the key of the platform: the leaf that records it, with a fingerprint of either.
    ///
    /// # Errors
    /// When the database fails, or the log cannot be signed.
    pub async fn record_platform_key(&self, from: &str, to: &str) -> Result<()> {
        let keeper = self.log.clone().ok_or_else(|| broken("there is no key"))?;
        let subject = format!("log/{}", keeper.origin());
        let body = json!({ "from_fingerprint": from, "fingerprint": to });
        self.store().apply(vec![self.log_entry("platform_key_changed", &subject, body)]).await?;
        while self.integrate_log().await? > 0 {}
        Ok(())
    }

    /// The operator gives the log another name, and with it another key: the last leaf under the old name says which.
    /// Answers the last checkpoint under the old name, by which [`App::continue_log`] goes on.
    ///
    /// # Errors
    /// When the name is the same, the database fails, or the old key is not the one that signed last.
    pub async fn move_log(&self, new: &Verifier) -> Result<String> {
        let keeper = self.log.clone().ok_or_else(|| broken("there is no key"))?;
        if keeper.origin() == new.name() {
            return Err(broken("the log has this name already"));
        }
        let body = json!({ "from": keeper.key().encode(), "key": new.encode(), "name": new.name() });
        let subject = format!("log/{}", keeper.origin());
        self.store().apply(vec![self.log_entry("log_moved", &subject, body)]).await?;
        while self.integrate_log().await? > 0 {}
        let latest = self.read().find_latest_log_checkpoint().await?;
        Ok(latest.ok_or_else(|| broken("there is no checkpoint"))?.note)
    }

    /// The first leaf under another name and key: it holds the last checkpoint under the former ones, which the tree
    /// continues.
    ///
    /// # Errors
    /// When the checkpoint is not the latest of the log, or not signed by the former key.
    pub async fn continue_log(&self, from: &Verifier, last: &str) -> Result<()> {
        let keeper = self.log.clone().ok_or_else(|| broken("there is no key"))?;
        let (stated, _) = akimat_log::Checkpoint::open(last, from).map_err(broken)?;
        let latest = self.read().find_latest_log_checkpoint().await?;
        if latest.is_none_or(|latest| latest.size != stated.size || latest.root != stated.root.0) {
            return Err(broken("the log has grown since: move it while no server runs"));
        }
        let body = json!({ "from": from.encode(), "key": keeper.key().encode(), "size": stated.size,
            "checkpoint": last });
        let subject = format!("log/{}", keeper.origin());
        self.store().apply(vec![self.log_entry("log_continued", &subject, body)]).await?;
        while self.integrate_log().await? > 0 {}
        Ok(())
    }

    /// Gives indices to leaves that wait and signs the tree; answers how many. Another server may have been quicker:
    /// then it is 0.
    ///
    /// # Errors
    /// When the database fails, or what it holds does not continue what was signed.
    pub async fn integrate_log(&self) -> Result<u64> {
        let Some(keeper) = self.log.clone() else { return Ok(0) };
        let waiting = self.read().list_pending_log_entries(BATCH).await?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let latest = self.read().find_latest_log_checkpoint().await?;
        let (mut tree, before) = self.edge(latest.as_ref()).await?;
        if let Some(latest) = &latest {
            self.signed(&keeper, latest).await?;
        }
        self.continues_last(&keeper, tree.size(), latest.as_ref()).await?;
        let from_size = tree.size();
        let mut tiles = before.clone();
        for stored in &waiting {
            let hash = leaf_hash(stored.entry.leaf.as_bytes());
            if hash.0 != stored.entry.hash {
                return Err(broken(format!("the waiting leaf {} is not what was written", stored.id)));
            }
            tree.push_with(hash, |node, hash| tiles.note(node, hash));
        }
        let stated = Checkpoint::new(keeper.origin(), tree.size(), tree.root());
        let note = stated.sign(&keeper.signer).map_err(broken)?;
        let step = LogIntegration {
            from_size,
            ids: waiting.iter().map(|stored| stored.id).collect(),
            tiles: changed(&before, &tiles),
            checkpoint: LogCheckpoint {
                size: stated.size,
                root: stated.root.0,
                note: note.clone(),
                signed_at: self.now(),
            },
        };
        match self.store().apply(vec![Change::IntegrateLog(Box::new(step))]).await {
            Ok(()) => {}
            Err(StoreError::Conflict(Conflict::Stale(_))) => return Ok(0),
            Err(error) => return Err(error.into()),
        }
        keeper.last.store(&note).map_err(broken)?;
        Ok(stated.size - from_size)
    }

    /// The right edge of the stored tree, which must have the root of its checkpoint.
    pub(super) async fn edge(&self, latest: Option<&LogCheckpoint>) -> Result<(Frontier, Tiles)> {
        let (size, root) = latest.map_or((0, empty_root()), |latest| (latest.size, Hash(latest.root)));
        let tiles = self.log_tiles(&tiles_of_edge(size)).await?;
        let peaks: Option<Vec<Hash>> = cover(0, size).into_iter().map(|node| tiles.hash_of(node)).collect();
        peaks
            .and_then(|peaks| Frontier::from_peaks(size, peaks))
            .filter(|tree| tree.root() == root)
            .map(|tree| (tree, tiles))
            .ok_or_else(|| broken("the stored tree has not the root of its checkpoint"))
    }

    /// The checkpoint says what the database says of it, and is signed by the key of this log or, where the key was
    /// changed, by one that the log itself names as its predecessor.
    pub(super) async fn signed(&self, keeper: &LogKeeper, latest: &LogCheckpoint) -> Result<()> {
        let by = |key: &Verifier| Checkpoint::open(&latest.note, key).ok().map(|(stated, _)| stated);
        let mut stated = by(keeper.key());
        let mut key = keeper.key().encode();
        if stated.is_none() {
            let subject = format!("log/{}", keeper.origin());
            for stored in self.read().list_log_entries_about(&subject, 50).await? {
                let leaf: Value = serde_json::from_str(&stored.entry.leaf).unwrap_or_default();
                let (from, to) = (leaf["body"]["from"].as_str(), leaf["body"]["key"].as_str());
                if let (Some(from), Some(true)) = (from, to.map(|to| to == key)) {
                    from.clone_into(&mut key);
                    stated = stated.or_else(|| Verifier::parse(&key).ok().as_ref().and_then(by));
                }
            }
        }
        let fits = stated.is_some_and(|stated| stated.size == latest.size && stated.root.0 == latest.root);
        if fits { Ok(()) } else { Err(broken("the latest checkpoint is not signed by the key of this log")) }
    }

    /// The stored tree continues the one that was signed last here.
    async fn continues_last(
        &self,
        keeper: &LogKeeper,
        size: u64,
        latest: Option<&LogCheckpoint>,
    ) -> Result<()> {
        let Some(last) = keeper.last.load().map_err(broken)? else {
            return self.nobody_saw_more(keeper, latest).await;
        };
        let note = akimat_log::Note::parse(&last).map_err(broken)?;
        let last = Checkpoint::parse(&note.text).map_err(broken)?;
        if last.size > size {
            return Err(broken(format!(
                "the database holds {size} leaves, but a tree of {} was signed: it is older, or leaves are gone",
                last.size
            )));
        }
        let root = latest.map_or_else(empty_root, |latest| Hash(latest.root));
        let proof = self.consistency(last.size, size).await?;
        verify_consistency((last.size, &last.root), (size, &root), &proof).map_err(|fault| {
            broken(format!("the stored tree does not continue the one signed last: {fault}"))
        })
    }

    /// Where nothing is remembered of what was signed last, on a new machine say, the witnesses are asked before the
    /// first signature: a database out of an older backup would otherwise be signed as another history.
    async fn nobody_saw_more(&self, keeper: &LogKeeper, latest: Option<&LogCheckpoint>) -> Result<()> {
        let Some(latest) = latest else { return Ok(()) };
        let mut silent = Vec::new();
        for witness in &keeper.witnesses {
            match self.ask_again(witness, latest, latest.size).await? {
                Ok(_) => return Ok(()),
                Err(trouble @ (Trouble::Larger(_) | Trouble::Rewritten(_))) => {
                    let name = witness.key.name();
                    return Err(broken(format!("{name} contradicts the database: {trouble}")));
                }
                Err(trouble) => silent.push(format!("{}: {trouble}", witness.key.name())),
            }
        }
        if silent.is_empty() {
            return Ok(());
        }
        let silent = silent.join("; ");
        Err(broken(format!("nothing is known of what was signed last, and no witness could say: {silent}")))
    }

    /// Hashes that prove that the tree of `size` continues that of `earlier`.
    pub(crate) async fn consistency(&self, earlier: u64, size: u64) -> Result<Vec<Hash>> {
        let plan = consistency(earlier, size).ok_or(AppError::NotFound("checkpoint"))?;
        let tiles = self.log_tiles(&tiles_of(&plan)).await?;
        plan.gather(|node| tiles.hash_of(node)).ok_or_else(|| broken("a tile of the tree is missing"))
    }

    /// Tiles out of the database; those that are not there are left out.
    pub(crate) async fn log_tiles(&self, wanted: &BTreeSet<TileId>) -> Result<Tiles> {
        let mut tiles = Tiles::default();
        for id in wanted {
            if let Some(tile) = self.read().find_log_tile(id.level, id.number).await? {
                tiles.put(*id, tile.hashes);
            }
        }
        Ok(tiles)
    }

    /// Integrates leaves until `stop` says yes: the server runs this beside the pages.
    pub async fn run_log(self, mut stop: Receiver<bool>) {
        if self.log.is_none() {
            return;
        }
        if let Err(error) = self.open_log().await {
            tracing::error!(%error, "the transparency log was not opened");
        }
        while !*stop.borrow() {
            let pause = match self.integrate_log().await {
                Ok(n) if n == u64::from(BATCH) => Duration::ZERO,
                Ok(_) => LOOK,
                // The database is away: as soon as it is back.
                Err(error @ AppError::Unavailable(_)) => {
                    tracing::warn!(%error, "leaves wait for the database");
                    LOOK
                }
                Err(error) => {
                    tracing::error!(%error, "leaves wait, nothing is signed");
                    TROUBLED
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }
}

pub(super) fn changed(before: &Tiles, after: &Tiles) -> Vec<LogTile> {
    let same = |id: TileId, hashes: &[u8]| before.get(id) == Some(hashes);
    after
        .iter()
        .filter(|(id, hashes)| !same(*id, hashes))
        .map(|(id, hashes)| LogTile { level: id.level, number: id.number, hashes: hashes.to_vec() })
        .collect()
}
