//! Where things are: the root of the checkout and the folder of built programs.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::sh;

/// The root of the checkout: the folder above this crate.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in a folder of the checkout")
}

/// What cargo says about our crates, without their dependencies.
///
/// # Errors
/// When cargo cannot be run or finds a fault in a manifest.
pub(crate) fn metadata() -> Result<serde_json::Value> {
    // Offline: our own crates need no registry, and a check must not wait for one.
    let text = sh::output(sh::cargo().args(["metadata", "--no-deps", "--format-version", "1", "--offline"]))?;
    serde_json::from_str(&text).context("cargo metadata did not print JSON")
}

/// The program `name` built with `profile` ("debug" or "release"). Asks cargo, who knows of `CARGO_TARGET_DIR`
/// and of every configuration file.
///
/// # Errors
/// When cargo cannot say where it builds.
pub(crate) fn built(profile: &str, name: &str) -> Result<PathBuf> {
    let metadata = metadata()?;
    let target = metadata["target_directory"].as_str().context("cargo names no target directory")?;
    Ok(Path::new(target).join(profile).join(name))
}
