//! `akimat log verify`: a kept proof offline, or a whole log over the network.

use super::audit;
use crate::config::Home;
use crate::input::{self, FINDINGS, UNREADABLE};
use crate::say;
use akimat_core::Lang;
use akimat_i18n::{Arg, Locale};
use akimat_log::leaf::Leaf;
use akimat_log::note::KeyKind;
use akimat_log::proof_file::ProofFile;
use akimat_log::{Checkpoint, Note, Verifier, cosignature};
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Check a kept proof offline (--proof), or a whole log over the network (--url). Exit status 0, 1 when something does
/// not hold, 3 unreadable.
///
/// Offline: the leaf in the proof, its place in the tree, the signature under the checkpoint and, with --witness, the
/// signatures of witnesses. With --checkpoint the proof must lead to that checkpoint, which you kept.
///
/// Over the network: every entry and tile is fetched and recomputed; with --since the log must continue that earlier
/// checkpoint; with --data or --config the rows of the database are compared with their entries, and the first
/// difference is named.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["proof", "url"])))]
pub(crate) struct Verify {
    /// A .tlog-proof file
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    /// A checkpoint that you kept
    #[arg(long, value_name = "FILE", requires = "proof")]
    checkpoint: Option<PathBuf>,
    /// Public key of the log, as /log/vkey shows it; over the network it may be left out and is then fetched
    #[arg(long, value_name = "FILE", required_unless_present = "url")]
    key: Option<PathBuf>,
    /// Public keys of witnesses, one a line
    #[arg(long, value_name = "FILE")]
    witness: Option<PathBuf>,
    /// How many of the witnesses must have signed; all of them without it
    #[arg(long, value_name = "N", requires = "witness")]
    quorum: Option<usize>,
    /// Address of the platform
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// A checkpoint from before, which the log must continue
    #[arg(long, value_name = "FILE", requires = "url")]
    since: Option<PathBuf>,
    /// Keep the checkpoint that was checked in this file, for --since next time
    #[arg(long, value_name = "FILE", requires = "url")]
    keep: Option<PathBuf>,
    #[command(flatten)]
    home: Home,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

/// Something that does not hold: key of its sentence and facts.
#[derive(Debug)]
pub(super) struct Broken(pub(super) &'static str, pub(super) Vec<(&'static str, String)>);

impl Broken {
    pub(super) fn sentence(&self, locale: &Locale) -> String {
        let args: Vec<(&str, Arg<'_>)> =
            self.1.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        locale.f(self.0, &args)
    }
}

/// Where a checkpoint, key or proof comes from, so that a fault names its file.
pub(super) fn text(path: &Path) -> anyhow::Result<String> {
    String::from_utf8(input::read(path)?).with_context(|| path.display().to_string())
}

/// Keys of one kind, one a line.
pub(super) fn keys(text: &str, kind: KeyKind) -> Vec<Verifier> {
    let keys = text.lines().filter_map(|line| Verifier::parse(line.trim()).ok());
    keys.filter(|key| key.kind() == kind).collect()
}

/// A log that is watched from outside.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    /// Its key.
    pub(super) key: Verifier,
    /// The name under which it was known before it moved.
    pub(super) former: Option<String>,
}

/// Logs that are watched, one a line: `KEY`, or `KEY after NAME` for one that moved.
pub(super) fn watched(text: &str) -> Vec<Watched> {
    let one = |line: &str| {
        let (key, former) = line.split_once(" after ").map_or((line, None), |(key, name)| (key, Some(name)));
        let key = Verifier::parse(key.trim()).ok().filter(|key| key.kind() == KeyKind::Log)?;
        Some(Watched { key, former: former.map(|name| name.trim().to_owned()) })
    };
    text.lines().filter_map(one).collect()
}

impl Verify {
    /// Checks.
    ///
    /// # Errors
    /// When a file cannot be opened or nobody answers.
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let locale = say::words(self.lang);
        let witnesses = match &self.witness {
            Some(path) => keys(&text(path)?, KeyKind::Witness),
            None => Vec::new(),
        };
        let outcome = match (&self.proof, &self.url) {
            (Some(proof), _) => self.offline(locale, proof, &witnesses)?,
            (None, Some(url)) => {
                let asked = audit::Asked {
                    url: url.trim_end_matches('/'),
                    key: self.key.as_deref().map(text).transpose()?,
                    since: self.since.as_deref().map(text).transpose()?,
                    keep: self.keep.as_deref(),
                    home: (self.home.data.is_some() || self.home.config.is_some()).then_some(&self.home),
                };
                audit::run(locale, &asked, |note| self.witnessed(locale, note, &witnesses))?
            }
            (None, None) => return Ok(UNREADABLE.into()),
        };
        Ok(match outcome {
            Ok(()) => ExitCode::SUCCESS,
            Err(broken) => {
                say::err(&broken.sentence(locale));
                if broken.0 == "log-cli-unreadable" { UNREADABLE.into() } else { FINDINGS.into() }
            }
        })
    }

    fn offline(
        &self,
        locale: &Locale,
        path: &Path,
        witnesses: &[Verifier],
    ) -> anyhow::Result<Result<(), Broken>> {
        let unreadable =
            |path: &Path| Broken("log-cli-unreadable", vec![("file", path.display().to_string())]);
        let Ok(file) = ProofFile::parse(&text(path)?) else { return Ok(Err(unreadable(path))) };
        let key_path = self.key.as_deref().context("--key")?;
        let Some(key) = keys(&text(key_path)?, KeyKind::Log).into_iter().next() else {
            return Ok(Err(unreadable(key_path)));
        };
        let (stated, note) = match file.verify(&key) {
            Ok(proven) => proven,
            Err(fault) => return Ok(Err(Broken("log-cli-proof-broken", vec![("why", fault.to_string())]))),
        };
        if let Some(kept_path) = &self.checkpoint {
            let Ok((kept, _)) = Checkpoint::open(&text(kept_path)?, &key) else {
                return Ok(Err(Broken(
                    "log-cli-checkpoint-unsigned",
                    vec![("file", kept_path.display().to_string())],
                )));
            };
            if kept.size != stated.size {
                let sizes = vec![("proof", stated.size.to_string()), ("kept", kept.size.to_string())];
                return Ok(Err(Broken("log-cli-other-size", sizes)));
            }
            if kept.root != stated.root {
                return Ok(Err(Broken("log-cli-split", vec![("size", kept.size.to_string())])));
            }
        }
        if let Err(broken) = self.witnessed(locale, &note, witnesses) {
            return Ok(Err(broken));
        }
        let leaf = String::from_utf8(file.leaf.clone().unwrap_or_default()).unwrap_or_default();
        if let Ok(leaf) = Leaf::read(&leaf) {
            say::out(&format!("{}  {}  {}", leaf.at, leaf.kind, leaf.subject));
            say::out(&serde_json::to_string_pretty(&leaf.body)?);
        } else {
            say::out(&leaf);
        }
        let facts =
            [("index", file.index.to_string()), ("size", stated.size.to_string()), ("log", stated.origin)];
        let args: Vec<(&str, Arg<'_>)> =
            facts.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        say::out(&locale.f("log-cli-proof-holds", &args));
        Ok(Ok(()))
    }

    /// Enough of the known witnesses signed the checkpoint.
    fn witnessed(&self, locale: &Locale, note: &Note, witnesses: &[Verifier]) -> Result<(), Broken> {
        let mut signed = 0;
        for key in witnesses {
            let Ok(at) = cosignature::verify(note, key) else { continue };
            signed += 1;
            let at = i64::try_from(at).ok().and_then(|at| jiff::Timestamp::from_second(at).ok());
            let at = at.map(|at| at.to_string()).unwrap_or_default();
            say::out(
                &locale.f("log-cli-witness", &[("name", key.name().into()), ("at", at.as_str().into())]),
            );
        }
        let needed = self.quorum.unwrap_or(witnesses.len());
        if signed >= needed {
            return Ok(());
        }
        Err(Broken("log-cli-quorum", vec![("signed", signed.to_string()), ("needed", needed.to_string())]))
    }
}
