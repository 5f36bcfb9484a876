//! `akimat log mirror`: the files of a log in a folder, as any web server can serve them.

use super::verify::{Broken, keys, text};
use crate::input::FINDINGS;
use crate::keeper::Reader;
use crate::say;
use akimat_core::Lang;
use akimat_log::hash::leaf_hash;
use akimat_log::note::KeyKind;
use akimat_log::tile::{Tiles, WIDTH, Wanted, all_tiles};
use akimat_log::tree::Frontier;
use akimat_log::{Checkpoint, Verifier, bundle};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Copy the files of a log into a folder, and bring the copy up to date later. Exit status 0, 1 when what is served does
/// not lead to the signed root or does not continue the copy.
///
/// Whoever keeps a copy can show later what the log said, and can give it back to its office after a loss: see
/// `akimat log recover`.
#[derive(Debug, clap::Args)]
pub(crate) struct Mirror {
    /// Address of the platform
    #[arg(long, value_name = "URL")]
    url: String,
    /// Public key of the log
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Folder of the copy
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

impl Mirror {
    /// Copies what is new.
    ///
    /// # Errors
    /// When nobody answers, or a file cannot be read or written.
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let locale = say::words(self.lang);
        let Some(key) = keys(&text(&self.key)?, KeyKind::Log).into_iter().next() else {
            bail!("{} holds no key of a log", self.key.display());
        };
        match self.copy(&key)? {
            Ok(stated) => {
                let size = stated.size.to_string();
                let args = [("log", stated.origin.as_str().into()), ("size", size.as_str().into())];
                say::out(&locale.f("log-cli-mirrored", &args));
                Ok(ExitCode::SUCCESS)
            }
            Err(broken) => {
                say::err(&broken.sentence(locale));
                Ok(FINDINGS.into())
            }
        }
    }

    fn copy(&self, key: &Verifier) -> anyhow::Result<Result<Checkpoint, Broken>> {
        let unsigned = |file: &str| Broken("log-cli-checkpoint-unsigned", vec![("file", file.to_owned())]);
        let (reader, root) = (Reader::new(), self.url.trim_end_matches('/'));
        let published = String::from_utf8(reader.get(&format!("{root}/log/checkpoint"))?)?;
        let Ok((stated, _)) = Checkpoint::open(&published, key) else {
            return Ok(Err(unsigned("checkpoint")));
        };
        let kept_path = self.to.join("checkpoint");
        let kept = if kept_path.exists() { Some(text(&kept_path)?) } else { None };
        let kept = match kept.map(|kept| Checkpoint::open(&kept, key)) {
            Some(Ok((kept, _))) => Some(kept),
            Some(Err(_)) => return Ok(Err(unsigned("checkpoint"))),
            None => None,
        };
        let sizes = |since: u64| vec![("since", since.to_string()), ("size", stated.size.to_string())];
        if let Some(kept) = kept.as_ref().filter(|kept| kept.size > stated.size) {
            return Ok(Err(Broken("log-cli-shrunk", sizes(kept.size))));
        }
        let (mut tree, mut tiles) = (Frontier::default(), Tiles::default());
        for number in 0..stated.size.div_ceil(WIDTH) {
            let wanted = entries(number, stated.size);
            let path = self.to.join("tile").join(wanted.path());
            let bytes = match std::fs::read(&path) {
                Ok(bytes) => bytes,
                Err(_) => reader.get(&format!("{root}/log/tile/{}", wanted.path()))?,
            };
            let Wanted::Entries(_, width) = wanted else { continue };
            let Some(leaves) = bundle::read(&bytes, width) else {
                return Ok(Err(Broken("log-cli-bundle", vec![("path", wanted.path())])));
            };
            for leaf in leaves {
                tree.push_with(leaf_hash(leaf), |node, hash| tiles.note(node, hash));
                if let Some(kept) = kept.as_ref().filter(|kept| kept.size == tree.size())
                    && kept.root != tree.root()
                {
                    return Ok(Err(Broken("log-cli-rewritten", vec![("size", kept.size.to_string())])));
                }
            }
            put(&path, &bytes)?;
        }
        if tree.root() != stated.root {
            return Ok(Err(Broken("log-cli-root", vec![("size", stated.size.to_string())])));
        }
        // Hashes follow from the leaves: they are computed, not fetched.
        for (id, width) in all_tiles(stated.size) {
            let path = self.to.join("tile").join(Wanted::Hashes(id, width).path());
            put(&path, tiles.get(id).context("a tile of the tree")?)?;
        }
        put(&self.to.join("vkey"), format!("{}\n", key.encode()).as_bytes())?;
        // Last: a checkpoint stands only over files that are there.
        put(&kept_path, published.as_bytes())?;
        Ok(Ok(stated))
    }
}

/// The bundle of a number in a log of a size.
pub(super) fn entries(number: u64, size: u64) -> Wanted {
    let width = (size - number * WIDTH).min(WIDTH);
    Wanted::Entries(number, u16::try_from(width).unwrap_or(256))
}

/// Writes a file whole or not at all; one that holds the same is left alone.
fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if std::fs::read(path).is_ok_and(|held| held == bytes) {
        return Ok(());
    }
    let said = || path.display().to_string();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(said)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, bytes).with_context(said)?;
    std::fs::rename(&beside, path).with_context(said)
}
