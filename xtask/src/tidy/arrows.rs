//! Arrows between crates: the manifests against the plan.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;
use toml::Table;

use super::plan::{Plan, Room};

/// One of our crates as cargo sees it.
#[derive(Debug, Clone)]
pub(super) struct Crate {
    pub(super) name: String,
    /// Its folder.
    pub(super) folder: String,
    /// What it imports, and whether only its tests do.
    imports: Vec<(String, bool)>,
}

impl Crate {
    /// All crates of the workspace.
    ///
    /// # Errors
    /// When `metadata` is not what cargo prints.
    pub(super) fn all(metadata: &Value) -> Result<Vec<Self>> {
        let packages = metadata["packages"].as_array().context("cargo metadata names no packages")?;
        packages.iter().map(|package| Self::read(package).context("a package of cargo metadata")).collect()
    }

    fn read(package: &Value) -> Option<Self> {
        let manifest = Path::new(package["manifest_path"].as_str()?);
        let imports = package["dependencies"].as_array()?.iter().map(|import| {
            Some((import["name"].as_str()?.to_owned(), import["kind"].as_str() == Some("dev")))
        });
        Some(Self {
            name: package["name"].as_str()?.to_owned(),
            folder: manifest.parent()?.to_str()?.to_owned(),
            imports: imports.collect::<Option<_>>()?,
        })
    }
}

/// Compares what the crates import with what the plan allows.
pub(super) fn check(plan: &Plan, crates: &[Crate]) -> Vec<String> {
    let mut found = Vec::new();
    for package in crates {
        let Some(room) = plan.rooms.get(&package.name) else {
            found.push(format!(
                "{}: not in architecture.toml; give it a floor and a list `uses` there",
                package.name
            ));
            continue;
        };
        for (import, tests_only) in &package.imports {
            found.extend(complaint(plan, room, &package.name, import, *tests_only));
        }
    }
    let is_gone = |name: &&String| !crates.iter().any(|package| package.name == **name);
    for gone in plan.rooms.keys().filter(is_gone) {
        found.push(format!("architecture.toml: {gone} does not exist any more; remove [crate.{gone}]"));
    }
    found
}

fn complaint(plan: &Plan, room: &Room, name: &str, import: &str, tests_only: bool) -> Option<String> {
    if plan.rooms.contains_key(import) {
        let allowed = room.uses.as_ref().is_none_or(|uses| uses.contains(import))
            || tests_only && room.tests_use.contains(import);
        return (!allowed).then(|| {
            format!("{name}: may not import {import}; remove it, or argue for the arrow in an ADR and architecture.toml")
        });
    }
    if room.pure && plan.never_pure.contains(import) {
        return Some(format!(
            "{name}: a pure room may not import {import}; take the value as an argument instead"
        ));
    }
    let homes = plan.only.get(import)?;
    (!homes.contains(name)).then(|| {
        let homes: Vec<&str> = homes.iter().map(String::as_str).collect();
        format!("{name}: only {} may import {import}; go through it", homes.join(" and "))
    })
}

/// Each manifest takes the lints of the workspace; each pure room switches its bans on.
///
/// # Errors
/// When a manifest cannot be read.
pub(super) fn manifests(root: &Path, plan: &Plan, crates: &[Crate]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for package in crates {
        let folder = root.join(&package.folder);
        let manifest: Table = std::fs::read_to_string(folder.join("Cargo.toml"))?.parse()?;
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
        if lints.and_then(toml::Value::as_bool) != Some(true) {
            found.push(format!("{}: add `[lints] workspace = true` to its Cargo.toml", package.name));
        }
        if plan.rooms.get(&package.name).is_some_and(|room| room.pure) {
            let front = std::fs::read_to_string(folder.join("src/lib.rs"))?;
            for ban in ["missing_docs", "clippy::disallowed_methods", "clippy::disallowed_types"] {
                if !front.contains(ban) {
                    found.push(format!(
                        "{}: a pure room; add `#![warn({ban})]` to its src/lib.rs",
                        package.name
                    ));
                }
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
