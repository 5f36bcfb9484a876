//! `cargo xtask tidy`: is the house as the plans say? A plain test runs the same, so `cargo test` asks too.
//!
//! Each rule looks at the tree and returns violations: one line each, saying what is wrong and what to do.

mod arrows;
mod files;
mod map;
mod plan;
mod security;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::place;
use plan::Plan;

/// Checks everything and prints what is wrong.
///
/// # Errors
/// When the tree or `architecture.toml` cannot be read.
pub(crate) fn run() -> Result<ExitCode> {
    let violations = violations()?;
    for line in &violations {
        println!("{line}");
    }
    println!("tidy: {} to mend", violations.len());
    Ok(if violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// All violations of all rules.
fn violations() -> Result<Vec<String>> {
    let root = place::root();
    let plan = Plan::read(&root.join("architecture.toml"))?;
    let crates = arrows::Crate::all(&place::metadata()?)?;
    let sources = files::sources(root)?;
    let mut found = arrows::check(&plan, &crates);
    found.extend(arrows::manifests(root, &plan, &crates)?);
    found.extend(files::lengths(root, &plan, &sources)?);
    found.extend(files::names(&sources));
    found.extend(files::apart(root, &plan, &sources)?);
    found.extend(files::migrations(root)?);
    let map = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap_or_default();
    found.extend(map::check(root, &map, &crates, &sources)?);
    let shared = std::env::var_os("AKIMAT_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    found.extend(security::check(root, &shared)?);
    Ok(found)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_as_the_plans_say() {
        let violations = super::violations().expect("the tree can be read");
        assert!(violations.is_empty(), "\n{}", violations.join("\n"));
    }
}
