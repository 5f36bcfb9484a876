//! Hashes of leaves and nodes (RFC 6962, section 2.1), and how they are written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{Context, SHA256, digest};
use std::fmt;

/// Bytes of a hash.
pub const HASH_LEN: usize = 32;

/// A SHA-256 value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; HASH_LEN]);

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base64())
    }
}

impl Hash {
    /// As it stands in checkpoints and proofs: standard base64 with padding.
    pub fn base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads base64; `None` unless it is the one way to write 32 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        decode(text)?.try_into().ok().map(Self)
    }

    /// Takes 32 bytes out of a list of hashes that stand one after another.
    pub fn at(hashes: &[u8], index: usize) -> Option<Self> {
        let start = index.checked_mul(HASH_LEN)?;
        hashes.get(start..start.checked_add(HASH_LEN)?)?.try_into().ok().map(Self)
    }
}

/// Hash of a leaf: a zero byte and its bytes.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    let mut context = Context::new(&SHA256);
    context.update(&[0]);
    context.update(leaf);
    finish(context)
}

/// Hash of a node: a one byte and the hashes of its children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 1 + 2 * HASH_LEN];
    bytes[1..=HASH_LEN].copy_from_slice(&left.0);
    bytes[1 + HASH_LEN..].copy_from_slice(&right.0);
    sha256(&bytes)
}

/// Root of the tree without leaves.
pub fn empty_root() -> Hash {
    sha256(&[])
}

/// SHA-256 of bytes, without any prefix.
pub fn sha256(bytes: &[u8]) -> Hash {
    let mut hash = [0; HASH_LEN];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    Hash(hash)
}

fn finish(context: Context) -> Hash {
    let mut hash = [0; HASH_LEN];
    hash.copy_from_slice(context.finish().as_ref());
    Hash(hash)
}

/// Standard base64 with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Standard base64 with padding, in its one canonical form.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
