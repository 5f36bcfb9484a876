//! The transparency log: its latest checkpoint, and entries with their leaves. Proofs and tiles are files of their own.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, LIMIT, Parameter};
use crate::reply::{Links, Reply, links, resource};
use akimat_app::log::sequence::PROMISE_SECONDS;
use akimat_log::hash::Hash;
use akimat_storage::StoredLogEntry;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

/// The longest subject.
const SUBJECT_CHARS: usize = 200;
/// Signs of a hash in base64.
const HASH_CHARS: usize = 44;

/// `/api/v1/log`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/log",
    id: "getLog",
    tag: "log",
    summary: "The transparency log: its latest signed checkpoint, and entries with their leaves. A proof is the file \
              /en/log/{index}/proof, tiles are below /log/tile/",
    parameters: &[
        Parameter::new(
            "from",
            Kind::Whole { min: 0, max: i64::MAX, default: None },
            "Index of the first entry; without it the latest entries are given, the last one first.",
        ),
        Parameter::new(
            "about",
            Kind::Words(SUBJECT_CHARS),
            "Only entries about this thing, such as project/0190…, the last one first; waiting ones too.",
        ),
        Parameter::new(
            "hash",
            Kind::Words(HASH_CHARS),
            "The entry of a receipt: its leaf hash in base64. While it waits its index is null.",
        ),
        LIMIT,
    ],
    body: Body::Resource("Log", include_str!("example/log.json")),
    problems: &[],
};

#[derive(Serialize)]
struct Head {
    origin: Option<String>,
    key: Option<String>,
    size: u64,
    root: Option<String>,
    signed_at: Option<Timestamp>,
    checkpoint: Option<String>,
    waiting: u64,
    promise_seconds: u32,
    entries: Vec<Entry>,
    links: Links,
}

#[derive(Serialize)]
struct Entry {
    index: Option<u64>,
    kind: String,
    subject: String,
    at: Timestamp,
    hash: String,
    leaf: String,
    proof: Option<String>,
}

fn entry(stored: StoredLogEntry) -> Entry {
    Entry {
        index: stored.index,
        kind: stored.entry.kind,
        subject: stored.entry.subject,
        at: stored.entry.at,
        hash: Hash(stored.entry.hash).base64(),
        leaf: stored.entry.leaf,
        proof: stored.index.map(|index| format!("/en/log/{index}/proof")),
    }
}

/// The log.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let (read, limit) = (state.app.read(), asked.limit());
    let latest = read.find_latest_log_checkpoint().await?;
    let size = latest.as_ref().map_or(0, |latest| latest.size);
    let found = match (asked.text("hash"), asked.text("about"), asked.get::<u64>("from")) {
        (Some(hash), _, _) => match Hash::parse(hash) {
            Some(hash) => read.find_log_entry(&hash.0).await?.into_iter().collect(),
            None => Vec::new(),
        },
        (None, Some(about), _) => read.list_log_entries_about(about, limit).await?,
        (None, None, Some(from)) => read.list_log_entries(from, limit).await?,
        (None, None, None) => read.list_log_entries_before(size, limit).await?,
    };
    let checkpoint = match &latest {
        Some(latest) => Some(state.app.cosigned(latest).await?),
        None => None,
    };
    let head = Head {
        origin: state.app.log().map(|keeper| keeper.origin().to_owned()),
        key: state.app.log().map(|keeper| keeper.key().encode()),
        size,
        root: latest.as_ref().map(|latest| Hash(latest.root).base64()),
        signed_at: latest.as_ref().map(|latest| latest.signed_at),
        checkpoint,
        waiting: read.count_pending_log_entries().await?,
        promise_seconds: PROMISE_SECONDS,
        entries: found.into_iter().map(entry).collect(),
        links: links("/api/v1/log".to_owned(), "/log"),
    };
    resource(&asked.headers, &head)
}
