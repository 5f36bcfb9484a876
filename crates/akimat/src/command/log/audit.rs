//! A whole log, fetched and recomputed.

use super::verify::{Broken, keys};
use crate::config::{Config, Home};
use crate::keeper::Reader;
use crate::{compose, say};
use akimat_app::log::audit::Difference;
use akimat_i18n::{Arg, Locale};
use akimat_log::hash::leaf_hash;
use akimat_log::note::KeyKind;
use akimat_log::tile::{Tiles, WIDTH, Wanted, all_tiles};
use akimat_log::tree::Frontier;
use akimat_log::{Checkpoint, Hash, Note, Verifier, bundle};
use akimat_storage::Read;
use anyhow::Context;
use std::path::Path;

/// What is asked for.
pub(super) struct Asked<'a> {
    /// Address of the platform.
    pub(super) url: &'a str,
    /// Key of the log.
    pub(super) key: Option<String>,
    /// An earlier checkpoint.
    pub(super) since: Option<String>,
    /// Where the checked checkpoint is kept.
    pub(super) keep: Option<&'a Path>,
    /// The database to compare.
    pub(super) home: Option<&'a Home>,
}

/// What was fetched.
struct Fetched {
    leaves: Vec<Hash>,
    tree: Frontier,
    tiles: Tiles,
    since_root: Option<Hash>,
}

type Outcome<T = ()> = anyhow::Result<Result<T, Broken>>;

macro_rules! held {
    ($outcome:expr) => {
        match $outcome {
            Ok(value) => value,
            Err(broken) => return Ok(Err(broken)),
        }
    };
}

/// Audits a live log.
///
/// # Errors
/// When nobody answers, or a file cannot be written.
pub(super) fn run(
    locale: &Locale,
    asked: &Asked<'_>,
    witnessed: impl Fn(&Note) -> Result<(), Broken>,
) -> Outcome {
    let reader = Reader::new();
    let fetch = &|path: &str| reader.get(&format!("{}/log/{path}", asked.url));
    let words = |path: &str| -> anyhow::Result<String> {
        String::from_utf8(fetch(path)?).with_context(|| format!("{}/log/{path}", asked.url))
    };
    let given = match &asked.key {
        Some(text) => text.clone(),
        None => {
            say::err(&locale.t("log-cli-key-fetched"));
            words("vkey")?
        }
    };
    let Some(key) = keys(&given, KeyKind::Log).into_iter().next() else {
        return Ok(Err(Broken("log-cli-unreadable", vec![("file", "vkey".to_owned())])));
    };
    let published = words("checkpoint")?;
    let (stated, note) = held!(open(&published, &key, "checkpoint"));
    let since = match &asked.since {
        Some(text) => Some(held!(open(text, &key, "--since")).0),
        None => None,
    };
    if let Some(since) = since.as_ref().filter(|since| since.size > stated.size) {
        let sizes = vec![("since", since.size.to_string()), ("size", stated.size.to_string())];
        return Ok(Err(Broken("log-cli-shrunk", sizes)));
    }
    held!(witnessed(&note));
    let fetched = held!(recompute(fetch, stated.size, since.as_ref().map(|since| since.size))?);
    if fetched.tree.root() != stated.root {
        return Ok(Err(Broken("log-cli-root", vec![("size", stated.size.to_string())])));
    }
    if let (Some(since), Some(root)) = (&since, fetched.since_root)
        && since.root != root
    {
        return Ok(Err(Broken("log-cli-rewritten", vec![("size", since.size.to_string())])));
    }
    held!(compare_tiles(fetch, stated.size, &fetched.tiles)?);
    if let Some(home) = asked.home {
        held!(database(locale, home, &fetched)?);
    }
    if let Some(path) = asked.keep {
        std::fs::write(path, &published).with_context(|| path.display().to_string())?;
    }
    let key = if since.is_some() { "log-cli-continues" } else { "log-cli-holds" };
    let size = stated.size.to_string();
    let earlier = since.map(|since| since.size.to_string()).unwrap_or_default();
    let args: [(&str, Arg<'_>); 3] = [
        ("log", stated.origin.as_str().into()),
        ("size", size.as_str().into()),
        ("since", earlier.as_str().into()),
    ];
    say::out(&locale.f(key, &args));
    Ok(Ok(()))
}

fn open(note: &str, key: &Verifier, what: &str) -> Result<(Checkpoint, Note), Broken> {
    Checkpoint::open(note, key)
        .map_err(|_| Broken("log-cli-checkpoint-unsigned", vec![("file", what.to_owned())]))
}

/// Every entry, and the tree over them.
fn recompute(
    fetch: impl Fn(&str) -> anyhow::Result<Vec<u8>>,
    size: u64,
    since: Option<u64>,
) -> Outcome<Fetched> {
    let mut fetched =
        Fetched { leaves: Vec::new(), tree: Frontier::default(), tiles: Tiles::default(), since_root: None };
    for number in 0..size.div_ceil(WIDTH) {
        let width = u16::try_from((size - number * WIDTH).min(WIDTH)).unwrap_or(256);
        let path = format!("tile/{}", Wanted::Entries(number, width).path());
        let bytes = fetch(&path)?;
        let Some(leaves) = bundle::read(&bytes, width) else {
            return Ok(Err(Broken("log-cli-bundle", vec![("path", path)])));
        };
        for leaf in leaves {
            let hash = leaf_hash(leaf);
            let tiles = &mut fetched.tiles;
            fetched.tree.push_with(hash, |node, hash| tiles.note(node, hash));
            fetched.leaves.push(hash);
            if since == Some(fetched.tree.size()) {
                fetched.since_root = Some(fetched.tree.root());
            }
        }
    }
    Ok(Ok(fetched))
}

/// The tiles that are served must be those of the entries that are served.
fn compare_tiles(fetch: impl Fn(&str) -> anyhow::Result<Vec<u8>>, size: u64, own: &Tiles) -> Outcome {
    for (id, width) in all_tiles(size) {
        let path = format!("tile/{}", Wanted::Hashes(id, width).path());
        if own.get(id) != Some(fetch(&path)?.as_slice()) {
            return Ok(Err(Broken("log-cli-tile", vec![("path", path)])));
        }
    }
    Ok(Ok(()))
}

/// The rows of the database against the entries that are served.
fn database(locale: &Locale, home: &Home, fetched: &Fetched) -> Outcome {
    let config = Config::load(home)?;
    compose::runtime()?.block_on(async {
        let platform = compose::platform(&config).await?;
        held!(same_leaves(platform.app.read(), &fetched.leaves).await?);
        let audit = platform.app.audit_log(fetched.tree.size()).await?;
        if let Some(Difference { index, subject, field, logged, stored }) = audit.difference {
            let index = index.map(|index| index.to_string()).unwrap_or_default();
            let facts = vec![
                ("index", index),
                ("subject", subject),
                ("field", field),
                ("logged", logged),
                ("stored", stored),
            ];
            return Ok(Err(Broken("log-cli-difference", facts)));
        }
        let (compared, all) = (audit.n_compared.to_string(), audit.n_leaves.to_string());
        let args = [("compared", Arg::from(compared.as_str())), ("all", Arg::from(all.as_str()))];
        say::out(&locale.f("log-cli-rows", &args));
        if audit.n_lost > 0 {
            say::out(&locale.f("log-cli-rows-lost", &[("n", audit.n_lost.into())]));
        }
        Ok(Ok(()))
    })
}

async fn same_leaves(read: &dyn Read, served: &[Hash]) -> Outcome {
    let mut from = 0_u64;
    for chunk in served.chunks(1_000) {
        let limit = u16::try_from(chunk.len()).unwrap_or(1_000);
        let stored = read.list_log_entries(from, limit).await?;
        for (at, hash) in chunk.iter().enumerate() {
            let own = stored.get(at).map(|stored| leaf_hash(stored.entry.leaf.as_bytes()));
            if own != Some(*hash) {
                let index = from + u64::try_from(at).unwrap_or_default();
                return Ok(Err(Broken("log-cli-leaf", vec![("index", index.to_string())])));
            }
        }
        from += u64::from(limit);
    }
    Ok(Ok(()))
}
