//! The shared instances of allocation as programmes, through the reader that everybody uses.

#![allow(dead_code, reason = "each test takes what it needs")]

use akimat_allocation::{Draft, Limits, Programme};
use akimat_interop::portfolio::decode_portfolio;
use serde_json::Value;

/// A file of the shared data on allocation; `None` when they are not there.
pub(crate) fn shared(name: &str) -> Option<Value> {
    let root = std::env::var("AKIMAT_SHARED").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(root.join("data/allocation").join(name)) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the shared data are missing");
        println!("SKIPPED: no {name} in {}", root.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// The programme of an instance.
pub(crate) fn programme(instance: &Value) -> Programme {
    decode_portfolio(instance.to_string().as_bytes()).unwrap()
}

/// The same as a draft, to be changed.
pub(crate) fn draft(instance: &Value) -> Draft {
    programme(instance).to_draft()
}

/// Limits that stop nothing.
pub(crate) fn limits() -> Limits {
    Limits { nodes: u32::MAX, time: None, gap_millionths: 0 }
}
