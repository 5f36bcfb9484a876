//! `akimat log`: check the transparency log from outside, witness it, change its key.

mod audit;
mod mirror;
mod recover;
mod verify;
mod witness;

use crate::compose;
use crate::config::{Config, Home};
use crate::{keeper, say};
use akimat_app::Chance as _;
use akimat_log::Signer;
use akimat_log::note::KeyKind;
use anyhow::bail;
use std::process::ExitCode;

/// The transparency log.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum LogCommand {
    /// Check a kept proof offline, or a whole log over the network
    Verify(verify::Verify),
    /// Watch a log from outside: check that it only grew since the last look, and sign that; with --listen whenever it
    /// asks
    Witness(witness::Witness),
    /// Copy the files of a log into a folder, and bring the copy up to date later
    Mirror(mirror::Mirror),
    /// After an older backup was put back: say what is missing and, with --from, continue the log
    Recover(recover::Recover),
    /// Change the key of the log; restart the servers afterwards
    ChangeKey(ChangeKey),
    /// Give the log another name, and with it another key; stop the servers before
    Move(Move),
}

impl LogCommand {
    /// Does it.
    ///
    /// # Errors
    /// What the person at the command line should read.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Verify(command) => command.run(),
            Self::Witness(command) => command.run(),
            Self::Mirror(command) => command.run(),
            Self::Recover(command) => command.run(),
            Self::ChangeKey(command) => command.run(),
            Self::Move(command) => command.run(),
        }
    }
}

/// Change the key of the log.
#[derive(Debug, clap::Args)]
pub(crate) struct ChangeKey {
    #[command(flatten)]
    home: Home,
}

impl ChangeKey {
    /// Records the new key under the old one, then puts it in its place; the old one is kept beside it.
    ///
    /// # Errors
    /// When there is no key yet, or the log cannot be signed.
    fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load(&self.home)?;
        let path = config.log_key();
        if !path.exists() {
            bail!("there is no key yet at {}: it is made when the server starts", path.display());
        }
        compose::runtime()?.block_on(async {
            let platform = keeper::attach(&config, compose::platform(&config).await?).await?;
            let Some(old) = platform.app.log() else { bail!("the log is not signed here") };
            let new = Signer::from_seed(old.origin(), KeyKind::Log, akimat_app::SystemChance.bytes())?;
            let aside = path.with_extension(format!("key.{:08x}", old.key().id()));
            let fresh = path.with_extension("key.new");
            keeper::write_secret(&fresh, &new)?;
            platform.app.open_log().await?;
            platform.app.change_log_key(new.verifier()).await?;
            std::fs::rename(&path, &aside)?;
            std::fs::rename(&fresh, &path)?;
            say::out(&new.verifier().encode());
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Give the log another name, and with it another key. The last entry under the old name says which; the first under the
/// new one holds the last checkpoint of the old. Set `log.name` afterwards, start the servers, and tell the witnesses.
#[derive(Debug, clap::Args)]
pub(crate) struct Move {
    /// The new name, such as city.example/log
    #[arg(long, value_name = "NAME")]
    name: String,
    #[command(flatten)]
    home: Home,
}

impl Move {
    /// Records the move at both ends, then puts the new key in the place of the old, which is kept beside it. A move that
    /// was broken off is taken up again by the same command.
    ///
    /// # Errors
    /// When there is no key yet, the name cannot be one, or the log cannot be signed.
    fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load(&self.home)?;
        let path = config.log_key();
        if !path.exists() {
            bail!("there is no key yet at {}: it is made when the server starts", path.display());
        }
        compose::runtime()?.block_on(async {
            let platform = keeper::attach(&config, compose::platform(&config).await?).await?;
            let Some(old) = platform.app.log() else { bail!("the log is not signed here") };
            let former = old.key().clone();
            let fresh = path.with_extension("key.moved");
            let new = match fresh.exists() {
                true => keeper::read(&fresh, KeyKind::Log)?,
                false => {
                    let new = Signer::from_seed(&self.name, KeyKind::Log, akimat_app::SystemChance.bytes())?;
                    keeper::write_secret(&fresh, &new)?;
                    new
                }
            };
            if new.verifier().name() != self.name {
                bail!(
                    "{} holds the key of {}: finish that move first",
                    fresh.display(),
                    new.verifier().name()
                );
            }
            platform.app.open_log().await?;
            let last = platform.app.move_log(new.verifier()).await?;
            let next =
                keeper::with_signer(&config, platform.app.clone(), keeper::read(&fresh, KeyKind::Log)?)?;
            next.continue_log(&former, &last).await?;
            std::fs::rename(&path, path.with_extension(format!("key.{:08x}", former.id())))?;
            std::fs::rename(&fresh, &path)?;
            say::out(&new.verifier().encode());
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
