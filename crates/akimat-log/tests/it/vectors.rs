//! The vectors of transparency-dev/merkle (`testdata`): proofs to accept, and proofs to refuse.

use akimat_log::Hash;
use akimat_log::hash::sha256;
use akimat_log::proof::{verify_consistency, verify_inclusion};
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Deserialize)]
struct Vectors {
    inclusion: Vec<Inclusion>,
    consistency: Vec<Consistency>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inclusion {
    leaf_idx: u64,
    tree_size: u64,
    root: Option<String>,
    leaf_hash: Option<String>,
    proof: Option<Vec<String>>,
    desc: String,
    want_err: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consistency {
    size1: u64,
    size2: u64,
    root1: Option<String>,
    root2: Option<String>,
    proof: Option<Vec<String>>,
    desc: String,
    want_err: bool,
}

/// Where the vectors write some words in place of a root, equal words stand for equal roots; `None` for nothing.
fn hash(text: Option<&String>) -> Option<Hash> {
    let text = text.filter(|text| !text.is_empty())?;
    Some(Hash::parse(text).unwrap_or_else(|| sha256(text.as_bytes())))
}

fn hashes(proof: Option<&Vec<String>>) -> Option<Vec<Hash>> {
    proof.map_or(Some(Vec::new()), |proof| proof.iter().map(|text| Hash::parse(text)).collect())
}

impl Inclusion {
    fn holds(&self) -> Option<bool> {
        let (root, leaf) = (hash(self.root.as_ref())?, hash(self.leaf_hash.as_ref())?);
        let proof = hashes(self.proof.as_ref())?;
        Some(verify_inclusion(&leaf, self.leaf_idx, (self.tree_size, &root), &proof).is_ok())
    }
}

impl Consistency {
    fn holds(&self) -> Option<bool> {
        let (old, new) = (hash(self.root1.as_ref())?, hash(self.root2.as_ref())?);
        let proof = hashes(self.proof.as_ref())?;
        Some(verify_consistency((self.size1, &old), (self.size2, &new), &proof).is_ok())
    }
}

fn file() -> Option<PathBuf> {
    let shared = std::env::var_os("AKIMAT_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let file = shared.unwrap_or(beside).join("data/standards/tlog-merkle/vectors.json");
    file.exists().then_some(file)
}

#[test]
fn every_vector_is_judged_as_it_should() {
    let Some(file) = file() else {
        assert!(std::env::var_os("CI").is_none(), "the vectors are needed");
        eprintln!("SKIPPED: no vectors of the tree; set AKIMAT_SHARED");
        return;
    };
    let text = std::fs::read_to_string(file).expect("the vectors");
    let vectors: Vectors = serde_json::from_str(&text).expect("the form of the vectors");
    assert_eq!((vectors.inclusion.len(), vectors.consistency.len()), (98, 98));
    let mut refused = 0;
    for vector in &vectors.inclusion {
        assert_eq!(vector.holds().unwrap_or(false), !vector.want_err, "inclusion: {}", vector.desc);
        refused += usize::from(vector.want_err);
    }
    for vector in &vectors.consistency {
        assert_eq!(vector.holds().unwrap_or(false), !vector.want_err, "consistency: {}", vector.desc);
        refused += usize::from(vector.want_err);
    }
    assert_eq!(refused, 184);
}
