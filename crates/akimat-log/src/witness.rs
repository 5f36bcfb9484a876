//! What a witness is sent and what it checks (C2SP tlog-witness).

use crate::checkpoint::Checkpoint;
use crate::hash::Hash;
use crate::note::{NOTE_MAX, Note, NoteFault, Verifier};
use crate::proof::{ProofFault, verify_consistency};

/// Hashes that a request may have.
const HASHES_MAX: usize = 63;
/// The most bytes of a request that is read.
pub const REQUEST_MAX: usize = NOTE_MAX + 64 * 64;

/// A log asks to have its checkpoint cosigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// Size of the tree that the witness saw last; 0 at the first time.
    pub old_size: u64,
    /// Proof that the checkpoint continues that tree.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

impl AddCheckpoint {
    /// The body of the request.
    pub fn write(&self) -> String {
        let mut body = format!("old {}\n", self.old_size);
        for hash in &self.proof {
            body.push_str(&hash.base64());
            body.push('\n');
        }
        body.push('\n');
        body.push_str(&self.checkpoint);
        body
    }

    /// Reads the body of a request; `None` unless it is of the form.
    pub fn parse(body: &str) -> Option<Self> {
        if body.len() > REQUEST_MAX {
            return None;
        }
        let (head, checkpoint) = body.split_once("\n\n")?;
        let mut lines = head.split('\n');
        let old = lines.next()?.strip_prefix("old ")?;
        let old_size: u64 = old.parse().ok()?;
        let proof: Vec<Hash> = lines.map(Hash::parse).collect::<Option<_>>()?;
        let plain = old_size.to_string() == old && proof.len() <= HASHES_MAX;
        plain.then(|| Self { old_size, proof, checkpoint: checkpoint.to_owned() })
    }
}

/// Why a witness does not sign; each has its answer in the specification.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WitnessFault {
    /// Not a request (400).
    #[error("not a request of a log")]
    Form,
    /// A log that the witness does not watch (404).
    #[error("an unknown log")]
    Unknown,
    /// No signature of a key of the log that fits (403).
    #[error(transparent)]
    Note(#[from] NoteFault),
    /// The witness saw another size last (409, and the size is told).
    #[error("the size seen last is {0}")]
    Size(u64),
    /// The same size with another root: two histories (409).
    #[error("the tree of the same size has another root")]
    Split,
    /// The proof does not hold (422).
    #[error(transparent)]
    Proof(#[from] ProofFault),
}

/// Checks a request against what the witness saw last, size and root (`None` at the first time); answers what may be
/// cosigned, with its note.
///
/// # Errors
/// [`WitnessFault`], in the order of the specification.
pub fn check(
    request: &AddCheckpoint,
    key_of: impl Fn(&str) -> Vec<Verifier>,
    seen: impl Fn(&str) -> Option<(u64, Hash)>,
) -> Result<(Checkpoint, Note), WitnessFault> {
    let note = Note::parse(&request.checkpoint).map_err(|_| WitnessFault::Form)?;
    let stated = Checkpoint::parse(&note.text).map_err(|_| WitnessFault::Form)?;
    let keys = key_of(&stated.origin);
    if keys.is_empty() {
        return Err(WitnessFault::Unknown);
    }
    let mut signed = Err(NoteFault::Unsigned(stated.origin.clone()));
    for key in keys {
        if signed.is_err() {
            signed = note.verify(&key);
        }
    }
    signed?;
    if request.old_size > stated.size {
        return Err(WitnessFault::Form);
    }
    let last = seen(&stated.origin);
    let last_size = last.as_ref().map_or(0, |(size, _)| *size);
    if request.old_size != last_size {
        return Err(WitnessFault::Size(last_size));
    }
    match last {
        Some((size, root)) if size == stated.size && root != stated.root => return Err(WitnessFault::Split),
        Some((size, root)) => {
            verify_consistency((size, &root), (stated.size, &stated.root), &request.proof)?;
        }
        None if request.proof.is_empty() => {}
        None => return Err(ProofFault::Length.into()),
    }
    Ok((stated, note))
}
