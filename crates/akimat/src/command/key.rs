//! `akimat key`: the key of the platform.

use crate::config::{Config, Home};
use crate::{compose, keeper, key, say};
use akimat_app::Chance as _;
use anyhow::bail;
use std::process::ExitCode;

/// The key of the platform.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum KeyCommand {
    /// Put a new key in the place of the present one and record that in the log; restart the servers afterwards
    Change(Change),
}

impl KeyCommand {
    /// Does it.
    ///
    /// # Errors
    /// What the person at the command line should read.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Change(command) => command.run(),
        }
    }
}

/// Change the key of the platform.
#[derive(Debug, clap::Args)]
pub(crate) struct Change {
    #[command(flatten)]
    home: Home,
}

impl Change {
    /// Records the fingerprints in the log, then puts the new key in its place; the old file is kept beside it.
    ///
    /// # Errors
    /// When there is no key yet, or the log cannot be signed.
    fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load(&self.home)?;
        let path = config.key_file();
        if !path.exists() {
            bail!("there is no key yet at {}: it is made when the server starts", path.display());
        }
        compose::runtime()?.block_on(async {
            let platform = keeper::attach(&config, compose::platform(&config).await?).await?;
            if platform.app.log().is_none() {
                bail!("the log is not signed here: the change could not be recorded");
            }
            let old = key::fingerprint(&path)?;
            let fresh = path.with_extension("key.new");
            let changed = key::platform(&path)?.changed(akimat_app::SystemChance.bytes());
            key::write_changed(&fresh, &changed)?;
            let new = key::fingerprint(&fresh)?;
            platform.app.open_log().await?;
            platform.app.record_platform_key(&old, &new).await?;
            std::fs::rename(&path, path.with_extension(format!("key.{old}")))?;
            std::fs::rename(&fresh, &path)?;
            say::out(&new);
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
