//! A record that nobody can quietly rewrite.
//!
//! Every act becomes a leaf of a tree of hashes ([`tree`]); whoever holds one leaf, a few hashes ([`proof`]) and a
//! signed statement about the root ([`checkpoint`]) can tell that the leaf is in the record, and whoever holds two
//! statements can tell that the later record continues the earlier one. Others, who are not the office, say the same
//! under the statement ([`cosignature`]). The record is served as files of 256 hashes ([`tile`]) and of 256 leaves
//! ([`bundle`]), so that anybody can copy and recompute all of it.
//!
//! A pure room: bytes in, bytes out; keys and the time are given by the caller. The formats are those of RFC 6962,
//! RFC 8785 and of C2SP (tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature, tlog-witness, tlog-proof).
//!
//! Reading order: [`hash`], [`leaf`], [`tree`], [`proof`], [`tile`], [`note`], [`checkpoint`], [`cosignature`],
//! [`proof_file`], [`witness`].
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod bundle;
pub mod checkpoint;
pub mod cosignature;
pub mod hash;
pub mod leaf;
pub mod note;
pub mod proof;
pub mod proof_file;
pub mod tile;
pub mod tree;
pub mod witness;

pub use checkpoint::Checkpoint;
pub use hash::Hash;
pub use note::{Note, Signer, Verifier};
