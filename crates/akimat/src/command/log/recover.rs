//! `akimat log recover`: the way on after a database was put back that is older than what was signed.

use super::mirror::entries;
use super::verify::text;
use crate::config::{Config, Home};
use crate::input::FINDINGS;
use crate::keeper::{self, Reader};
use crate::{compose, say};
use akimat_app::log::Recovery;
use akimat_core::Lang;
use akimat_i18n::{Arg, Locale};
use akimat_log::tile::{WIDTH, Wanted};
use akimat_log::{Checkpoint, Note, bundle};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// After an older backup was put back: say what is missing and, with --from, continue the log. Exit status 0 when nothing
/// is missing any more, 1 when leaves are missing.
///
/// Stop the servers first. The leaves come from whoever copied the files of the log (`akimat log mirror`), a folder or an
/// address; they are accepted only when they lead to the root that this log itself signed. That checkpoint is taken from
/// log.last beside the key, from the copy, and from --checkpoint: a witness can give one.
#[derive(Debug, clap::Args)]
pub(crate) struct Recover {
    #[command(flatten)]
    home: Home,
    /// A copy of the log: a folder, or an address before /log
    #[arg(long, value_name = "DIR|URL")]
    from: Option<String>,
    /// A checkpoint of this log that somebody kept
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

/// Where the files of a log lie.
enum Copy {
    Folder(PathBuf),
    Address(Reader, String),
}

impl Copy {
    fn of(place: &str) -> Self {
        if place.starts_with("https://") || place.starts_with("http://") {
            Self::Address(Reader::new(), format!("{}/log", place.trim_end_matches('/')))
        } else {
            Self::Folder(PathBuf::from(place))
        }
    }

    fn read(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(Path::new(path));
                std::fs::read(&path).with_context(|| path.display().to_string())
            }
            Self::Address(reader, root) => reader.get(&format!("{root}/{path}")),
        }
    }

    /// Its checkpoint as it stands there.
    fn checkpoint(&self) -> anyhow::Result<String> {
        Ok(String::from_utf8(self.read("checkpoint")?)?)
    }

    /// The leaves from one index up to another, out of the bundles of a copy of `size`.
    fn leaves(&self, (from, to): (u64, u64), size: u64) -> anyhow::Result<Vec<String>> {
        let mut leaves = Vec::new();
        for number in from / WIDTH..to.div_ceil(WIDTH) {
            let wanted = entries(number, size);
            let Wanted::Entries(_, width) = wanted else { continue };
            let path = format!("tile/{}", wanted.path());
            let bytes = self.read(&path)?;
            let Some(bundle) = bundle::read(&bytes, width) else {
                bail!("{path} is not a bundle of {width} leaves");
            };
            for (leaf, index) in bundle.into_iter().zip(number * WIDTH..) {
                if (from..to).contains(&index) {
                    leaves.push(String::from_utf8(leaf.to_vec())?);
                }
            }
        }
        Ok(leaves)
    }
}

impl Recover {
    /// Compares and, when it was asked for, continues.
    ///
    /// # Errors
    /// When a file cannot be read, or the leaves do not lead to the signed root.
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let locale = say::words(self.lang);
        let config = Config::load(&self.home)?;
        let copy = self.from.as_deref().map(Copy::of);
        let mut kept = self.checkpoint.as_deref().map(text).transpose()?.into_iter().collect::<Vec<_>>();
        let copied = copy.as_ref().map(Copy::checkpoint).transpose()?;
        kept.extend(copied.clone());
        compose::runtime()?.block_on(async {
            let platform = keeper::attach(&config, compose::platform(&config).await?).await?;
            let standing = platform.app.log_standing(&kept).await?;
            let Some(target) = &standing.target else {
                say::out(&locale.f("log-cli-recover-whole", &[("size", standing.stored.into())]));
                return Ok(ExitCode::SUCCESS);
            };
            say::err(&missing(locale, &standing));
            let (Some(copy), Some(copied)) = (copy, copied) else { return Ok(FINDINGS.into()) };
            let size = Checkpoint::parse(&Note::parse(&copied)?.text)?.size;
            if size < standing.signed {
                let args = [("size", Arg::from(size)), ("signed", standing.signed.into())];
                say::err(&locale.f("log-cli-recover-short", &args));
                return Ok(FINDINGS.into());
            }
            let leaves = copy.leaves((standing.stored, standing.signed), size)?;
            let n = platform.app.recover_log(target, &leaves).await?;
            let args = [("n", Arg::from(n)), ("size", standing.signed.into())];
            say::out(&locale.f("log-cli-recovered", &args));
            Ok(ExitCode::SUCCESS)
        })
    }
}

fn missing(locale: &Locale, standing: &Recovery) -> String {
    let args = [("stored", Arg::from(standing.stored)), ("signed", standing.signed.into())];
    locale.f("log-cli-recover-missing", &args)
}
