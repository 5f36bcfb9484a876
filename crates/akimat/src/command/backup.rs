//! `akimat backup`: the database into one sealed file, while the server serves.

use crate::backup::{self, Told};
use crate::config::{Config, Home};
use crate::{compose, input, say};
use akimat_backup::Fault;
use akimat_core::Lang;
use akimat_i18n::Arg;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Bytes of a megabyte, as disks are sold.
const MEGABYTE: u64 = 1_000_000;

/// Back the database up into one sealed file, while the server serves.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Backup {
    #[command(subcommand)]
    command: Option<BackupCommand>,
    /// File to write; it must not be there yet
    #[arg(long, value_name = "FILE", required = true)]
    out: Option<PathBuf>,
    /// File of the key, made by `akimat backup key`
    #[arg(long, value_name = "FILE", required = true)]
    key: Option<PathBuf>,
    #[command(flatten)]
    home: Home,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

#[derive(Debug, clap::Subcommand)]
enum BackupCommand {
    /// Make a key; without it no backup can be read
    Key(NewKey),
}

#[derive(Debug, clap::Args)]
struct NewKey {
    /// File to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

impl Backup {
    /// Makes the backup, or a key.
    ///
    /// # Errors
    /// What stands in the way, in the language that was asked for.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        if let Some(BackupCommand::Key(new)) = self.command {
            let key = backup::make_key(&new.out).map_err(|fault| told(new.lang, &new.out, &fault))?;
            let args = [("file", new.out.display().to_string()), ("key", key.fingerprint())];
            say::out(&sentence(new.lang, "backup-key-made", &args));
            return Ok(ExitCode::SUCCESS);
        }
        let (Some(out), Some(key), lang) = (self.out, self.key, self.lang) else {
            return Ok(ExitCode::FAILURE);
        };
        let config = Config::load(&self.home)?;
        let url = config.database_url()?;
        let key = backup::read_key(&key).map_err(|fault| told(lang, &key, &fault))?;
        let runtime = compose::runtime()?;
        let made = runtime.block_on(backup::make(&config, &url, &key, &out));
        let made = made.map_err(|fault| told(lang, &out, &fault))?;
        tell(lang, "backup-made", &out, &made);
        say::out(&sentence(lang, "backup-sealed", &[("key", key.fingerprint())]));
        Ok(ExitCode::SUCCESS)
    }
}

/// Says what a backup holds.
pub(super) fn tell(lang: Lang, first: &str, file: &Path, told: &Told) {
    let locale = say::words(lang);
    let bytes = std::fs::metadata(file).map_or(0, |file| file.len());
    let count = |n: u64| locale.count(n);
    let tables = &told.manifest.tables;
    let args = [
        ("file", file.display().to_string()),
        ("megabytes", count(bytes.div_ceil(MEGABYTE))),
        ("tables", count(u64::try_from(tables.len()).unwrap_or_default())),
        ("rows", count(tables.values().sum())),
    ];
    say::out(&sentence(lang, first, &args));
    let schema = told.head.schema.last().cloned().unwrap_or_default();
    let args = [
        ("at", told.head.made_at.clone()),
        ("software", told.head.software.clone()),
        ("database", told.head.database.code().to_owned()),
        ("schema", schema.trim_end_matches(".sql").to_owned()),
    ];
    say::out(&sentence(lang, "backup-of", &args));
    match &told.manifest.log {
        Some(log) => {
            let args = [("leaves", count(log.size)), ("root", log.root.clone())];
            say::out(&sentence(lang, "backup-log", &args));
        }
        None => say::out(&sentence(lang, "backup-log-empty", &[])),
    }
}

/// A sentence of the catalogue; every fact is shown as it is given.
pub(super) fn sentence(lang: Lang, key: &str, args: &[(&'static str, String)]) -> String {
    let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, value)| (*name, Arg::from(value))).collect();
    say::words(lang).f(key, &args)
}

/// A fault as an error of the command line; of a file that is no backup for this key it is that of an unreadable one.
pub(super) fn told(lang: Lang, file: &Path, fault: &Fault) -> anyhow::Error {
    let line = format!("{}: {}", file.display(), sentence(lang, fault.key(), &fault.args()));
    let elsewhere = matches!(
        fault,
        Fault::Disk(_)
            | Fault::Database(_)
            | Fault::Exists(_)
            | Fault::Busy(_)
            | Fault::NotEmpty(_)
            | Fault::OtherDatabase { .. }
            | Fault::Newer(_)
    );
    if elsewhere { anyhow::anyhow!(line) } else { input::refused(line) }
}
