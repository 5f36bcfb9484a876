//! `akimat restore`: a backup into an empty place, or only checked.

use super::backup::{sentence, tell, told};
use crate::backup::{self, Target};
use crate::config::{Config, DatabaseUrl, Home};
use crate::{compose, say};
use akimat_backup::Manifest;
use akimat_core::Lang;
use akimat_log::{Checkpoint, Note};
use std::path::PathBuf;
use std::process::ExitCode;

/// Put a backup back into an empty place, or check it with --verify. Exit status 0 when everything agrees, 3 when the
/// file is damaged, altered, cut off or sealed with another key.
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// The backup
    file: PathBuf,
    /// File of the key it was sealed with
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Check everything, change nothing
    #[arg(long)]
    verify: bool,
    /// Folder in which a database file is unpacked for its check, and removed; the system's one without it
    #[arg(long, value_name = "DIR", requires = "verify")]
    scratch: Option<PathBuf>,
    #[command(flatten)]
    home: Home,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

impl Restore {
    /// Checks, and restores unless it should only check.
    ///
    /// # Errors
    /// What stands in the way, in the language that was asked for.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let (lang, file) = (self.lang, &self.file);
        let key = backup::read_key(&self.key).map_err(|fault| told(lang, &self.key, &fault))?;
        let runtime = compose::runtime()?;
        if self.verify {
            let scratch = self.scratch.clone().unwrap_or_else(std::env::temp_dir);
            let read = runtime.block_on(backup::read(file, &key, Target::Nowhere(&scratch)));
            let read = read.map_err(|fault| told(lang, file, &fault))?;
            tell(lang, "backup-verified", file, &read);
            return Ok(ExitCode::SUCCESS);
        }
        let config = Config::load(&self.home)?;
        let url = config.database_url()?;
        let target = match &url {
            DatabaseUrl::Sqlite(path) => Target::Sqlite(path),
            DatabaseUrl::Postgres(url) => Target::Postgres(url),
        };
        let read = runtime.block_on(backup::read(file, &key, target));
        let read = read.map_err(|fault| told(lang, file, &fault))?;
        tell(lang, "backup-restored", file, &read);
        warn(lang, &config, &read.manifest);
        Ok(ExitCode::SUCCESS)
    }
}

/// What an operator must know before the server starts on what was restored.
fn warn(lang: Lang, config: &Config, manifest: &Manifest) {
    let here = backup::fingerprints(config);
    for (name, wanted) in manifest.keys.iter().filter(|(name, wanted)| here.get(*name) != Some(*wanted)) {
        let args = [("name", name.clone()), ("wanted", wanted.clone())];
        say::err(&sentence(lang, "backup-warn-key", &args));
    }
    let signed = std::fs::read_to_string(config.data.join("log.last")).ok();
    let signed = signed.and_then(|note| Checkpoint::parse(&Note::parse(&note).ok()?.text).ok());
    let restored = manifest.log.as_ref().map_or(0, |log| log.size);
    if let Some(signed) = signed.filter(|signed| signed.size > restored) {
        let locale = say::words(lang);
        let args = [("signed", locale.count(signed.size)), ("restored", locale.count(restored))];
        say::err(&sentence(lang, "backup-warn-log", &args));
    }
}
