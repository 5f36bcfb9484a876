//! What the log answers: its checkpoint, tiles, bundles, and proofs.

use super::broken;
use crate::{App, AppError, Result};
use akimat_log::bundle;
use akimat_log::hash::HASH_LEN;
use akimat_log::proof::inclusion;
use akimat_log::proof_file::ProofFile;
use akimat_log::tile::{WIDTH, Wanted, tiles_of, width_at};
use akimat_storage::{LogCheckpoint, StoredLogEntry};

/// A leaf with what proves it.
#[derive(Clone, Debug)]
pub struct Proven {
    /// The leaf.
    pub stored: StoredLogEntry,
    /// The checkpoint whose tree includes it.
    pub checkpoint: LogCheckpoint,
    /// The proof to keep.
    pub file: ProofFile,
}

impl App {
    /// The latest checkpoint with what witnesses said of it, as it is published.
    ///
    /// # Errors
    /// [`AppError::NotFound`] while the log is empty.
    pub async fn log_checkpoint(&self) -> Result<String> {
        let latest = self.read().find_latest_log_checkpoint().await?;
        self.cosigned(&latest.ok_or(AppError::NotFound("checkpoint"))?).await
    }

    /// The latest checkpoint that a witness signed.
    ///
    /// # Errors
    /// [`AppError::NotFound`] while there is none.
    pub async fn witnessed_log_checkpoint(&self) -> Result<String> {
        let latest = self.read().find_witnessed_log_checkpoint().await?;
        self.cosigned(&latest.ok_or(AppError::NotFound("checkpoint"))?).await
    }

    /// A checkpoint with the lines of its witnesses.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cosigned(&self, checkpoint: &LogCheckpoint) -> Result<String> {
        let mut note = checkpoint.note.clone();
        for said in self.read().list_log_cosignatures(checkpoint.size).await? {
            note.push_str(&said.line);
            note.push('\n');
        }
        Ok(note)
    }

    /// The file at an address below `/log/tile/`: whether it will never change, and its bytes.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for addresses that are none and tiles that are not there yet.
    pub async fn log_file(&self, path: &str) -> Result<Vec<u8>> {
        let absent = AppError::NotFound("tile");
        let Some(wanted) = Wanted::parse(path) else { return Err(absent) };
        let latest = self.read().find_latest_log_checkpoint().await?;
        let size = latest.map_or(0, |latest| latest.size);
        match wanted {
            Wanted::Hashes(id, width) => {
                if width_at(id, size) < width {
                    return Err(absent);
                }
                let tile = self.read().find_log_tile(id.level, id.number).await?.ok_or(absent)?;
                let length = usize::from(width) * HASH_LEN;
                tile.hashes.get(..length).map(<[u8]>::to_vec).ok_or_else(|| broken("a tile is too short"))
            }
            Wanted::Entries(number, width) => {
                let first = number.checked_mul(WIDTH).filter(|first| first + u64::from(width) <= size);
                let first = first.ok_or(absent)?;
                let leaves = self.read().list_log_entries(first, width).await?;
                let whole = leaves.len() == usize::from(width);
                whole
                    .then(|| bundle::write(leaves.iter().map(|stored| stored.entry.leaf.as_bytes())))
                    .flatten()
                    .ok_or_else(|| broken("leaves of a bundle are missing"))
            }
        }
    }

    /// A leaf by its index, with the proof that it is in the tree of `size`, the latest when it is `None`.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the leaf or the checkpoint is not there.
    pub async fn prove_log_entry(&self, index: u64, size: Option<u64>) -> Result<Proven> {
        let checkpoint = match size {
            None => self.read().find_latest_log_checkpoint().await?,
            Some(size) => self.read().find_log_checkpoint(size).await?,
        };
        let checkpoint = checkpoint.ok_or(AppError::NotFound("checkpoint"))?;
        let plan = inclusion(index, checkpoint.size).ok_or(AppError::NotFound("log entry"))?;
        let tiles = self.log_tiles(&tiles_of(&plan)).await?;
        let hashes =
            plan.gather(|node| tiles.hash_of(node)).ok_or_else(|| broken("a tile of the tree is missing"))?;
        let found = self.read().list_log_entries(index, 1).await?.into_iter().next();
        let stored =
            found.filter(|stored| stored.index == Some(index)).ok_or(AppError::NotFound("log entry"))?;
        let leaf = Some(stored.entry.leaf.clone().into_bytes());
        let file = ProofFile { leaf, index, hashes, checkpoint: self.cosigned(&checkpoint).await? };
        Ok(Proven { stored, checkpoint, file })
    }

    /// A leaf by the hash of a receipt: it may still wait for its index.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a hash that no leaf has.
    pub async fn find_log_receipt(&self, hash: &[u8; 32]) -> Result<StoredLogEntry> {
        self.read().find_log_entry(hash).await?.ok_or(AppError::NotFound("log entry"))
    }
}
