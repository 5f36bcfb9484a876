//! `akimat log witness`: an office, a university or a newspaper looks at a log from outside and signs what it saw.

mod serve;

use super::verify::{Broken, Watched, text, watched};
use crate::input::{FINDINGS, UNREADABLE};
use crate::keeper::{self, Reader};
use crate::say;
use akimat_core::Lang;
use akimat_log::note::KeyKind;
use akimat_log::proof::{consistency, verify_consistency};
use akimat_log::tile::{Tiles, Wanted, tiles_of, width_at};
use akimat_log::{Checkpoint, Hash, cosignature};
use anyhow::Context;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Watch a log from outside: check that it only grew since the last look, and sign that. Exit status 0, 1 when the log
/// does not continue what was seen, 3 unreadable.
///
/// The folder holds what was seen last, and the key of the witness, which is made at the first time. The checkpoint with
/// the signature is printed; publish it where others can read it. Run it by a timer. With --listen it stays and answers the
/// logs that ask (C2SP tlog-witness): they list its key, which /vkey shows, and its address under log.witnesses. A platform
/// that shall witness at once lists the log under log.watches in its settings instead.
#[derive(Debug, clap::Args)]
pub(crate) struct Witness {
    /// Address of the platform whose log is watched
    #[arg(long, value_name = "URL", required_unless_present = "listen")]
    url: Option<String>,
    /// Serve as a witness on this address: the logs whose keys are given ask at /add-checkpoint and get the signature
    #[arg(long, value_name = "ADDR", conflicts_with = "url")]
    listen: Option<SocketAddr>,
    /// Public keys of the logs that are watched, one a line, as their offices publish them. A log that moved: `NEWKEY after
    /// OLDNAME` in its place, and the old key in a line after it
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Name of the witness, such as newspaper.example/witness; used at the first time
    #[arg(long)]
    name: String,
    /// Folder for the key of the witness and for what was seen last
    #[arg(long, value_name = "DIR")]
    state: PathBuf,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

impl Witness {
    /// Looks and signs.
    ///
    /// # Errors
    /// When nobody answers, or a file cannot be read or written.
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        if let Some(listen) = self.listen {
            return serve::run(&self, listen);
        }
        let locale = say::words(self.lang);
        let logs = watched(&text(&self.key)?);
        let Some(log) = logs.first() else {
            let broken = Broken("log-cli-unreadable", vec![("file", self.key.display().to_string())]);
            say::err(&broken.sentence(locale));
            return Ok(UNREADABLE.into());
        };
        match self.look(log, &logs)? {
            Ok(signed) => {
                say::out(signed.trim_end_matches('\n'));
                Ok(ExitCode::SUCCESS)
            }
            Err(broken) => {
                say::err(&broken.sentence(locale));
                Ok(FINDINGS.into())
            }
        }
    }

    /// The first log of the file is watched; the keys after it may have signed what was seen before it moved.
    fn look(&self, log: &Watched, known: &[Watched]) -> anyhow::Result<Result<String, Broken>> {
        let unsigned = |file: &str| Broken("log-cli-checkpoint-unsigned", vec![("file", file.to_owned())]);
        let own = keeper::read_or_make(&self.state.join("witness.key"), &self.name, KeyKind::Witness)?;
        let reader = Reader::new();
        let root = self.url.as_deref().unwrap_or_default().trim_end_matches('/');
        let published = String::from_utf8(reader.get(&format!("{root}/log/checkpoint"))?)?;
        let Ok((stated, note)) = Checkpoint::open(&published, &log.key) else {
            return Ok(Err(unsigned("checkpoint")));
        };
        let seen_path = self.state.join("seen");
        if seen_path.exists() {
            let kept = text(&seen_path)?;
            let opened = known.iter().find_map(|one| Checkpoint::open(&kept, &one.key).ok());
            let names = [Some(log.key.name()), log.former.as_deref()];
            let Some((seen, _)) = opened.filter(|(seen, _)| names.contains(&Some(seen.origin.as_str())))
            else {
                return Ok(Err(unsigned("seen")));
            };
            if let Err(broken) = continues(&reader, root, &seen, &stated)? {
                return Ok(Err(broken));
            }
        }
        // What was seen is kept before it is signed: a witness never signs two histories.
        remember(&seen_path, &published)?;
        let now = u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or_default();
        let line = cosignature::cosign(&note.text, &own, now)?;
        Ok(Ok(format!("{published}{line}\n")))
    }
}

/// Writes what was seen, whole or not at all, onto the disk.
fn remember(path: &Path, note: &str) -> anyhow::Result<()> {
    let beside = path.with_extension("new");
    let mut file = std::fs::File::create(&beside).with_context(|| beside.display().to_string())?;
    file.write_all(note.as_bytes())
        .and_then(|()| file.sync_all())
        .with_context(|| beside.display().to_string())?;
    std::fs::rename(&beside, path).with_context(|| path.display().to_string())
}

/// The log, as it is now, continues what was seen.
fn continues(
    reader: &Reader,
    root: &str,
    seen: &Checkpoint,
    stated: &Checkpoint,
) -> anyhow::Result<Result<(), Broken>> {
    let sizes = vec![("since", seen.size.to_string()), ("size", stated.size.to_string())];
    if seen.size > stated.size {
        return Ok(Err(Broken("log-cli-shrunk", sizes)));
    }
    let Some(plan) = consistency(seen.size, stated.size) else { return Ok(Ok(())) };
    let mut tiles = Tiles::default();
    for id in tiles_of(&plan) {
        let path = Wanted::Hashes(id, width_at(id, stated.size)).path();
        tiles.put(id, reader.get(&format!("{root}/log/tile/{path}"))?);
    }
    let proof: Option<Vec<Hash>> = plan.gather(|node| tiles.hash_of(node));
    let holds = proof.is_some_and(|proof| {
        verify_consistency((seen.size, &seen.root), (stated.size, &stated.root), &proof).is_ok()
    });
    if holds {
        Ok(Ok(()))
    } else {
        Ok(Err(Broken("log-cli-rewritten", vec![("size", seen.size.to_string())])))
    }
}
