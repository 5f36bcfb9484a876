//! Proofs to keep (C2SP tlog-proof): index, hashes and the checkpoint in one text, and in its extra line the leaf.

use crate::checkpoint::Checkpoint;
use crate::hash::{Hash, decode, encode, leaf_hash};
use crate::note::{NOTE_MAX, Note, NoteFault, Verifier};
use crate::proof::{ProofFault, verify_inclusion};

/// First line.
const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// Hashes that a tree of 64-bit size can need.
const HASHES_MAX: usize = 63;
/// The most bytes of a file that is read: leaf, hashes, checkpoint.
pub const FILE_MAX: usize = 2 * NOTE_MAX + HASHES_MAX * 64 + 65_535 * 2;

/// Why a file proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFileFault {
    /// Not of the form.
    #[error("not of the form of a proof")]
    Form,
    /// The file does not hold its leaf, and none was given.
    #[error("the proof does not hold the leaf")]
    NoLeaf,
    /// The checkpoint is none, or not signed by the log.
    #[error(transparent)]
    Note(#[from] NoteFault),
    /// The hashes do not lead to the root.
    #[error(transparent)]
    Proof(#[from] ProofFault),
}

/// A proof to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofFile {
    /// The leaf; part of the file, but proven only by its hashes.
    pub leaf: Option<Vec<u8>>,
    /// Index of the leaf.
    pub index: u64,
    /// Hashes from the leaf's sibling to the root's child.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint with its cosignatures, as the log wrote it.
    pub checkpoint: String,
}

impl ProofFile {
    /// The text of the file.
    pub fn write(&self) -> String {
        let mut text = format!("{HEADER}\n");
        if let Some(leaf) = &self.leaf {
            text.push_str(&format!("extra {}\n", encode(leaf)));
        }
        text.push_str(&format!("index {}\n", self.index));
        for hash in &self.hashes {
            text.push_str(&hash.base64());
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        text
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`ProofFileFault::Form`] unless it is written as [`ProofFile::write`] writes it.
    pub fn parse(text: &str) -> Result<Self, ProofFileFault> {
        let fault = ProofFileFault::Form;
        if text.len() > FILE_MAX {
            return Err(fault);
        }
        let (head, checkpoint) = text.split_once("\n\n").ok_or(fault.clone())?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(fault);
        }
        let leaf = match lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            Some(coded) => {
                lines.next();
                Some(decode(coded).ok_or(fault.clone())?)
            }
            None => None,
        };
        let stated = lines.next().and_then(|line| line.strip_prefix("index ")).ok_or(fault.clone())?;
        let index: u64 = stated.parse().map_err(|_| fault.clone())?;
        let hashes: Option<Vec<Hash>> = lines.map(Hash::parse).collect();
        let hashes = hashes.ok_or(fault.clone())?;
        if index.to_string() != stated || hashes.len() > HASHES_MAX {
            return Err(fault);
        }
        Ok(Self { leaf, index, hashes, checkpoint: checkpoint.to_owned() })
    }

    /// Checks that the leaf in the file is in the tree of the file's checkpoint, which the log signed; answers what the
    /// checkpoint states, and its note for the cosignatures.
    ///
    /// # Errors
    /// [`ProofFileFault`].
    pub fn verify(&self, key: &Verifier) -> Result<(Checkpoint, Note), ProofFileFault> {
        let leaf = self.leaf.as_deref().ok_or(ProofFileFault::NoLeaf)?;
        let (stated, note) = Checkpoint::open(&self.checkpoint, key)?;
        verify_inclusion(&leaf_hash(leaf), self.index, (stated.size, &stated.root), &self.hashes)?;
        Ok((stated, note))
    }
}
