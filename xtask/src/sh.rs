//! Running other programs.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::place;

/// The cargo that runs us, in the root of the checkout.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(place::root());
    forget_package(&mut cargo);
    cargo
}

/// What cargo tells a program about its own package stays behind: build scripts that watch these variables would think
/// that something changed, and what `cargo test` has built would be built again by a cargo that we start.
pub(crate) fn forget_package(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.to_string_lossy().starts_with(start)) {
            command.env_remove(&name);
        }
    }
}

/// A program that ends when we do, however we do: by Ctrl-C, by a kill, by a crash.
///
/// Linux sends it the signal `on_our_death` ("TERM", "INT"); elsewhere only the guards of this crate end it.
pub(crate) fn child_of_ours(program: impl AsRef<OsStr>, on_our_death: &str, user: Option<&str>) -> Command {
    if find("setpriv").is_none() {
        return Command::new(program);
    }
    let mut child = Command::new("setpriv");
    if let Some(user) = user {
        child.args([&format!("--reuid={user}"), &format!("--regid={user}"), "--init-groups"]);
    }
    child.arg(format!("--pdeathsig={on_our_death}")).arg("--").arg(program);
    child
}

/// Where `program` lies on the PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Runs to the end; says whether it succeeded.
///
/// # Errors
/// When the program cannot be started.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    let status = command.status().with_context(|| format!("could not start {}", shown(command)))?;
    Ok(status.success())
}

/// Runs to the end with its output on the terminal.
///
/// # Errors
/// When the program cannot be started or fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    if succeeds(command)? { Ok(()) } else { bail!("failed: {}", shown(command)) }
}

/// Runs to the end and returns what it printed.
///
/// # Errors
/// When the program cannot be started or fails; its complaint is in the message.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let done = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not start {}", shown(command)))?;
    if !done.status.success() {
        bail!("failed: {}\n{}", shown(command), String::from_utf8_lossy(&done.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
