//! A database that was put back is older than what was signed and witnessed. Signing it would be another history, so the
//! servers do not. The way on is to put back the leaves, too: whoever kept the files of the log has them. Nothing has to
//! be believed: they must lead to the root that this log itself signed.

use super::sequence::{BATCH, changed};
use super::{broken, instant};
use crate::{App, AppError, Result};
use akimat_log::hash::leaf_hash;
use akimat_log::leaf::Leaf;
use akimat_log::{Checkpoint, Note};
use akimat_storage::{Change, LogCheckpoint, LogEntry, LogIntegration, StoredLogEntry};
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeMap;

/// The kind of the leaf that says that leaves were put back.
pub const LEAF: &str = "log_recovered";

/// How the database stands against what was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Leaves in the tree of the database.
    pub stored: u64,
    /// Leaves in the largest tree that this log is known to have signed.
    pub signed: u64,
    /// Its checkpoint; `None` when the database is the largest.
    pub target: Option<String>,
}

impl App {
    /// Compares the database with the checkpoint remembered beside the key, and with others that somebody kept.
    ///
    /// # Errors
    /// When one of them is not signed by this log, or the database fails.
    pub async fn log_standing(&self, kept: &[String]) -> Result<Recovery> {
        let keeper = self.log.clone().ok_or_else(|| broken("there is no key"))?;
        let latest = self.read().find_latest_log_checkpoint().await?;
        if let Some(latest) = &latest {
            self.signed(&keeper, latest).await?;
        }
        let stored = latest.map_or(0, |latest| latest.size);
        let last = keeper.last.load().map_err(broken)?;
        let mut standing = Recovery { stored, signed: stored, target: None };
        for note in last.iter().chain(kept) {
            let (stated, _) = Checkpoint::open(note, keeper.key()).map_err(broken)?;
            if stated.size > standing.signed {
                standing.signed = stated.size;
                standing.target = Some(plain(note)?);
            }
        }
        Ok(standing)
    }

    /// Puts back the leaves from the stored size up to that of `target`, which this log signed, and goes on from there.
    /// They must lead to its root. Servers of the platform should not run meanwhile.
    ///
    /// # Errors
    /// When the leaves are not those, or the database fails; what was put back up to then is whole and stays.
    pub async fn recover_log(&self, target: &str, leaves: &[String]) -> Result<u64> {
        let keeper = self.log.clone().ok_or_else(|| broken("there is no key"))?;
        let (stated, _) = Checkpoint::open(target, keeper.key()).map_err(broken)?;
        let latest = self.read().find_latest_log_checkpoint().await?;
        let (mut tree, _) = self.edge(latest.as_ref()).await?;
        let from = tree.size();
        for leaf in leaves {
            tree.push(leaf_hash(leaf.as_bytes()));
        }
        if tree.size() != stated.size || tree.root() != stated.root {
            return Err(broken("these leaves do not lead to the signed root"));
        }
        for part in leaves.chunks(usize::from(BATCH)) {
            let waiting = self.lost_waiting(part).await?;
            self.put_back(&waiting, (&stated, target)).await?;
        }
        keeper.last.store(target).map_err(broken)?;
        let body = json!({ "from": from, "to": stated.size });
        let subject = format!("log/{}", keeper.origin());
        self.store().apply(vec![self.log_entry(LEAF, subject, body)]).await?;
        Ok(stated.size - from)
    }

    /// The leaves as they wait in the database, in their order; those that do not wait there yet are added.
    async fn lost_waiting(&self, leaves: &[String]) -> Result<Vec<StoredLogEntry>> {
        let entries: Vec<LogEntry> = leaves.iter().map(|leaf| entry(leaf)).collect::<Result<_>>()?;
        let found = self.pending_by_hash().await?;
        let lacks = |entry: &&LogEntry| !found.contains_key(&entry.hash);
        let lacking: Vec<Change> = entries.iter().filter(lacks).cloned().map(Change::AddLogEntry).collect();
        if !lacking.is_empty() {
            self.store().apply(lacking).await?;
        }
        let mut found = self.pending_by_hash().await?;
        let take = |entry: &LogEntry| found.get_mut(&entry.hash).and_then(Vec::pop);
        let waiting: Option<Vec<StoredLogEntry>> = entries.iter().map(take).collect();
        waiting.ok_or_else(|| broken("a leaf that was put back is gone"))
    }

    async fn pending_by_hash(&self) -> Result<BTreeMap<[u8; 32], Vec<StoredLogEntry>>> {
        let mut by_hash: BTreeMap<[u8; 32], Vec<StoredLogEntry>> = BTreeMap::new();
        for stored in self.read().list_pending_log_entries(u16::MAX).await? {
            by_hash.entry(stored.entry.hash).or_default().push(stored);
        }
        Ok(by_hash)
    }

    /// Integrates a part; the last one under the checkpoint that was signed then.
    async fn put_back(
        &self,
        waiting: &[StoredLogEntry],
        (stated, target): (&Checkpoint, &str),
    ) -> Result<()> {
        let keeper = self.log.clone().ok_or_else(|| broken("there is no key"))?;
        let latest = self.read().find_latest_log_checkpoint().await?;
        let (mut tree, before) = self.edge(latest.as_ref()).await?;
        let (from_size, mut tiles) = (tree.size(), before.clone());
        for stored in waiting {
            tree.push_with(leaf_hash(stored.entry.leaf.as_bytes()), |node, hash| tiles.note(node, hash));
        }
        let note = if tree.size() == stated.size {
            plain(target)?
        } else {
            let part = Checkpoint::new(keeper.origin(), tree.size(), tree.root());
            part.sign(&keeper.signer).map_err(broken)?
        };
        let checkpoint =
            LogCheckpoint { size: tree.size(), root: tree.root().0, note, signed_at: self.now() };
        let ids = waiting.iter().map(|stored| stored.id).collect();
        let step = LogIntegration { from_size, ids, tiles: changed(&before, &tiles), checkpoint };
        Ok(self.store().apply(vec![Change::IntegrateLog(Box::new(step))]).await?)
    }
}

/// A leaf out of a bundle.
fn entry(text: &str) -> Result<LogEntry> {
    let leaf = Leaf::read(text).map_err(broken)?;
    let at: Timestamp = leaf.at.parse().map_err(|_| broken("a leaf without an instant"))?;
    if instant(at) != leaf.at {
        return Err(AppError::Internal("the transparency log: an instant in another form".to_owned()));
    }
    let hash = leaf_hash(text.as_bytes()).0;
    Ok(LogEntry { kind: leaf.kind, subject: leaf.subject, at, hash, leaf: text.to_owned() })
}

/// A checkpoint without the lines of witnesses, as the database keeps it: the first line of a signature is the log's.
fn plain(note: &str) -> Result<String> {
    let parsed = Note::parse(note).map_err(broken)?;
    let origin = parsed.text.lines().next().unwrap_or_default();
    let own = format!("\u{2014} {origin} ");
    let lines = note.lines().skip_while(|line| !line.is_empty()).filter(|line| line.starts_with(&own));
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    Ok(format!("{}\n{lines}", parsed.text))
}
