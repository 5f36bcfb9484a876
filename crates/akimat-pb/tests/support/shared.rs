//! The shared elections and the reference results beside them.

use akimat_pb::Election;
use akimat_pb::pabulib::{Keep, Limits, parse_with};
use serde_json::Value;
use std::path::PathBuf;

fn folder() -> PathBuf {
    std::env::var_os("AKIMAT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from)
        .join("data/pabulib")
}

/// `golden.json`, unless it is not there.
pub(crate) fn golden() -> Option<Value> {
    let path = folder().join("golden.json");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) if std::env::var_os("CI").is_some_and(|ci| ci == "true") => {
            panic!("{} is not there", path.display())
        }
        Err(_) => {
            eprintln!("SKIPPED: {} is not there", path.display());
            None
        }
    }
}

/// A shared file.
pub(crate) fn election(name: &str) -> Election {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    parse_with(&bytes, Limits::default(), Keep::Ballots).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// The bytes of a shared file.
#[allow(dead_code, reason = "not every test asks for bytes")]
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}
