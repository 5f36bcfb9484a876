//! Where the program comes from: licences and sources of everything that is built into it, against `deny.toml`, and the
//! list of it (a software bill of materials).
//!
//! `cargo xtask test` asks [`run`]; where `cargo-deny` is installed it is asked besides, for advisories too as far as
//! its database is at hand.

mod licence;
mod sbom;

use crate::{place, sh};
use anyhow::{Context as _, Result, bail};
use licence::Expression;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// The platform whose packages are looked at: that of servers.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";
/// The registry, as manifests name it also where a mirror stands in for it.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// Options of a check that reaches nowhere.
const OFFLINE: [&str; 2] = ["--offline", "check"];

/// A package that may be built into the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Package {
    id: String,
    name: String,
    version: String,
    /// Empty for our own.
    source: String,
    licence: String,
    repository: String,
    /// Packages that are built into it.
    needs: Vec<String>,
}

/// The packages with their checksums out of `Cargo.lock`, by name and version.
#[derive(Debug, Default)]
struct Tree {
    packages: BTreeMap<String, Package>,
    checksums: BTreeMap<(String, String), String>,
}

impl Tree {
    /// Reads what cargo says, without reaching for the network.
    ///
    /// # Errors
    /// When cargo cannot be run, or `Cargo.lock` does not fit the manifests.
    fn read() -> Result<Self> {
        let mut cargo = sh::cargo();
        let platform = ["--filter-platform", PLATFORM];
        cargo.args(["metadata", "--format-version", "1", "--locked", "--offline"]).args(platform);
        let told: Value = serde_json::from_str(&sh::output(&mut cargo)?)?;
        let lock = std::fs::read_to_string(place::root().join("Cargo.lock"))?;
        Self::of(&told, &lock)
    }

    fn of(told: &Value, lock: &str) -> Result<Self> {
        let mut tree = Self::default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for one in told["packages"].as_array().context("no packages")? {
            let package = Package {
                id: text(&one["id"]),
                name: text(&one["name"]),
                version: text(&one["version"]),
                source: text(&one["source"]),
                licence: text(&one["license"]),
                repository: text(&one["repository"]),
                needs: Vec::new(),
            };
            tree.packages.insert(package.id.clone(), package);
        }
        for node in told["resolve"]["nodes"].as_array().context("no resolution")? {
            let built_in = node["deps"].as_array().into_iter().flatten().filter(|dep| {
                let kinds = dep["dep_kinds"].as_array();
                kinds.is_none_or(|kinds| kinds.iter().any(|kind| kind["kind"] != "dev"))
            });
            let needs = built_in.map(|dep| text(&dep["pkg"])).collect();
            if let Some(package) = tree.packages.get_mut(node["id"].as_str().unwrap_or_default()) {
                package.needs = needs;
            }
        }
        let lock: toml::Table = toml::from_str(lock).context("Cargo.lock")?;
        for one in lock.get("package").and_then(toml::Value::as_array).into_iter().flatten() {
            let field = |name| one.get(name).and_then(toml::Value::as_str).map(str::to_owned);
            if let (Some(name), Some(version), Some(sum)) =
                (field("name"), field("version"), field("checksum"))
            {
                tree.checksums.insert((name, version), sum);
            }
        }
        Ok(tree)
    }

    /// The package of ours with this name, and everything that is built into it, by identifier.
    fn below(&self, name: &str) -> Result<BTreeSet<&str>> {
        let root = self.packages.values().find(|one| one.source.is_empty() && one.name == name);
        let mut waiting = vec![root.with_context(|| format!("no package {name}"))?];
        let mut seen = BTreeSet::new();
        while let Some(package) = waiting.pop() {
            if seen.insert(package.id.as_str()) {
                waiting.extend(package.needs.iter().filter_map(|id| self.packages.get(id)));
            }
        }
        Ok(seen)
    }

    fn checksum(&self, package: &Package) -> Option<&str> {
        self.checksums.get(&(package.name.clone(), package.version.clone())).map(String::as_str)
    }
}

/// What `deny.toml` allows.
#[derive(Debug, Default)]
struct Rules {
    allowed: BTreeSet<String>,
    /// Licences of packages that state none, by name.
    clarified: BTreeMap<String, String>,
    /// Packages that nobody may need, or these alone.
    banned: BTreeMap<String, BTreeSet<String>>,
}

impl Rules {
    fn parse(text: &str) -> Result<Self> {
        let file: toml::Table = toml::from_str(text).context("deny.toml")?;
        let list = |table: &str, name: &str| -> Vec<toml::Value> {
            file.get(table).and_then(|table| table.get(name)?.as_array().cloned()).unwrap_or_default()
        };
        let word = |value: &toml::Value, name: &str| {
            value.get(name).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
        };
        let words = |value: Option<&toml::Value>| -> BTreeSet<String> {
            let all = value.and_then(toml::Value::as_array).into_iter().flatten();
            all.filter_map(|one| one.as_str().map(str::to_owned)).collect()
        };
        let rules = Self {
            allowed: list("licenses", "allow")
                .iter()
                .filter_map(|one| one.as_str().map(str::to_owned))
                .collect(),
            clarified: list("licenses", "clarify")
                .iter()
                .map(|one| (word(one, "crate"), word(one, "expression")))
                .collect(),
            banned: list("bans", "deny")
                .iter()
                .map(|one| (word(one, "crate"), words(one.get("wrappers"))))
                .collect(),
        };
        if rules.allowed.is_empty() || rules.banned.is_empty() {
            bail!("deny.toml allows no licence, or bans nothing: it is not read right");
        }
        Ok(rules)
    }

    /// What is wrong with a tree: one line each.
    fn violations(&self, tree: &Tree) -> Vec<String> {
        let mut found = Vec::new();
        for package in tree.packages.values() {
            let name = format!("{} {}", package.name, package.version);
            let stated = match package.licence.as_str() {
                "" => self.clarified.get(&package.name).map_or("", String::as_str),
                stated => stated,
            };
            match Expression::parse(stated) {
                Some(expression) if expression.allowed(&self.allowed) => {}
                Some(_) => found.push(format!("{name}: the licence {stated} is not in deny.toml")),
                None => found.push(format!("{name}: states no licence that can be read: {stated:?}")),
            }
            let own = package.source.is_empty() && package.id.starts_with("path+");
            if !own && package.source != REGISTRY {
                found.push(format!("{name}: comes from {}, not from crates.io", package.source));
            }
            if !own && tree.checksum(package).is_none_or(|sum| sum.len() != 64) {
                found.push(format!("{name}: has no checksum in Cargo.lock"));
            }
            for needed in package.needs.iter().filter_map(|id| tree.packages.get(id)) {
                let wrappers = self.banned.get(&needed.name);
                if wrappers.is_some_and(|wrappers| !wrappers.contains(&package.name)) {
                    found.push(format!("{name}: may not need {}; see deny.toml", needed.name));
                }
            }
        }
        found
    }
}

/// Checks licences, sources and bans; answers how many packages there are and what is wrong.
///
/// # Errors
/// When cargo or `deny.toml` cannot be read.
pub(crate) fn check() -> Result<(usize, Vec<String>)> {
    let tree = Tree::read()?;
    let rules = Rules::parse(&std::fs::read_to_string(place::root().join("deny.toml"))?)?;
    Ok((tree.packages.len(), rules.violations(&tree)))
}

/// The step of the suite: our own check, and `cargo deny` where it is installed. Answers whether all is well.
///
/// # Errors
/// As [`check`].
pub(crate) fn run() -> Result<bool> {
    let (n, violations) = check()?;
    for line in &violations {
        println!("{line}");
    }
    println!("{n} packages: licences, sources and bans, {} to mend", violations.len());
    let mut fine = violations.is_empty();
    if sh::find("cargo-deny").is_some() {
        fine &= sh::succeeds(sh::cargo().arg("deny").args(OFFLINE).args(["bans", "licenses", "sources"]))?;
        // Advisories lie in a database that an earlier run fetched; without it nothing is known and nothing is claimed.
        match advisories() {
            true => fine &= sh::succeeds(sh::cargo().arg("deny").args(OFFLINE).arg("advisories"))?,
            false => println!("advisories: no database at hand, `cargo deny fetch` brings one"),
        }
    }
    Ok(fine)
}

fn advisories() -> bool {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")));
    let found = home.and_then(|home| std::fs::read_dir(home.join("advisory-dbs")).ok());
    found.is_some_and(|mut folders| folders.next().is_some())
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sbom {
    /// The file; without it `akimat.cdx.json` in the folder of built programs
    file: Option<PathBuf>,
}

impl Sbom {
    /// Writes the list of everything that is built into the program (CycloneDX, JSON).
    ///
    /// # Errors
    /// When cargo cannot be read or the file not written.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let tree = Tree::read()?;
        let rules = Rules::parse(&std::fs::read_to_string(place::root().join("deny.toml"))?)?;
        let list = sbom::list(&tree, &rules.clarified, "akimat")?;
        let file = match &self.file {
            Some(file) => file.clone(),
            None => place::built("", "akimat.cdx.json")?,
        };
        std::fs::write(&file, serde_json::to_string_pretty(&list)? + "\n")
            .with_context(|| file.display().to_string())?;
        let n = list["components"].as_array().map_or(0, Vec::len);
        println!("{}: {n} components", file.display());
        Ok(ExitCode::SUCCESS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn everything_that_is_built_in_may_be() {
        let (n, violations) = check().expect("cargo and deny.toml are read");
        assert!(n > 300, "{n}");
        assert!(violations.is_empty(), "\n{}", violations.join("\n"));
    }

    fn tree(packages: &[(&str, &str, &str, &[&str])]) -> Tree {
        let id = |name: &str| match name {
            "akimat" => "path+file:///x#akimat@1.0.0".to_owned(),
            name => format!("{REGISTRY}#{name}@1.0.0"),
        };
        let listed: Vec<Value> = packages
            .iter()
            .map(|(name, licence, source, _)| {
                json!({ "id": id(name), "name": name, "version": "1.0.0", "license": licence,
                    "source": if source.is_empty() { Value::Null } else { json!(source) } })
            })
            .collect();
        let nodes: Vec<Value> = packages
            .iter()
            .map(|(name, _, _, needs)| {
                let deps: Vec<Value> = needs
                    .iter()
                    .map(|need| match need.strip_prefix("dev:") {
                        Some(need) => json!({ "pkg": id(need), "dep_kinds": [{ "kind": "dev" }] }),
                        None => json!({ "pkg": id(need), "dep_kinds": [{ "kind": null }] }),
                    })
                    .collect();
                json!({ "id": id(name), "deps": deps })
            })
            .collect();
        let sum = "ab".repeat(32);
        let lock: String = packages
            .iter()
            .filter(|(name, ..)| !name.starts_with("unsummed"))
            .map(|(name, ..)| {
                format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\nchecksum = \"{sum}\"\n")
            })
            .collect();
        Tree::of(&json!({ "packages": listed, "resolve": { "nodes": nodes } }), &lock).unwrap()
    }

    #[test]
    fn what_may_not_be_built_in_is_named() {
        let rules = Rules::parse(
            "[licenses]\nallow = [\"MIT\"]\nclarify = [{ crate = \"silent\", expression = \"MIT\" }]\n\
             [bans]\ndeny = [{ crate = \"sqlite\", wrappers = [\"store\"] }, { crate = \"ssl\" }]",
        )
        .unwrap();
        let check = |name: &str, licence: &str, source: &str, needs: &[&str], due: &[&str]| {
            let own = ("akimat", "MIT", "", &["store"][..]);
            let others = [
                ("store", "MIT", REGISTRY, &["sqlite"][..]),
                ("sqlite", "MIT", REGISTRY, &[]),
                ("ssl", "MIT", REGISTRY, &[]),
            ];
            let all = [&[own, (name, licence, source, needs)][..], &others[..]].concat();
            let found = rules.violations(&tree(&all));
            assert_eq!(found.len(), due.len(), "{name}: {found:?}");
            for (line, part) in found.iter().zip(due) {
                assert!(line.contains(part), "{line}");
            }
        };
        check("fine", "MIT OR GPL-3.0-only", REGISTRY, &[], &[]);
        check("silent", "", REGISTRY, &[], &[]);
        check("mute", "", REGISTRY, &[], &["states no licence"]);
        check("free", "GPL-3.0-only", REGISTRY, &[], &["GPL-3.0-only"]);
        check("both", "MIT AND GPL-3.0-only", REGISTRY, &[], &["GPL-3.0-only"]);
        check("git", "MIT", "git+https://example.org/x#1", &[], &["comes from git"]);
        check("unsummed", "MIT", REGISTRY, &[], &["no checksum"]);
        check("sly", "MIT", REGISTRY, &["sqlite"], &["may not need sqlite"]);
        check("secure", "MIT", REGISTRY, &["ssl"], &["may not need ssl"]);
        check("tested", "MIT", REGISTRY, &["dev:ssl"], &[]);
    }

    #[test]
    fn the_list_names_what_is_built_in_and_nothing_else() {
        let tree = tree(&[
            ("akimat", "EUPL-1.2", "", &["store", "dev:proof"]),
            ("store", "MIT/Apache-2.0", REGISTRY, &["sqlite"]),
            ("sqlite", "", REGISTRY, &[]),
            ("proof", "MIT", REGISTRY, &[]),
        ]);
        let clarified = BTreeMap::from([("sqlite".to_owned(), "Zlib".to_owned())]);
        let list = sbom::list(&tree, &clarified, "akimat").unwrap();
        let components = list["components"].as_array().unwrap();
        let names: Vec<&str> = components.iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(names, ["sqlite", "store"], "without what tests need");
        assert_eq!(components[1]["purl"], "pkg:cargo/store@1.0.0");
        assert_eq!(components[1]["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(components[0]["licenses"][0]["expression"], "Zlib");
        assert_eq!(components[0]["hashes"][0]["content"], "ab".repeat(32));
        let edges = list["dependencies"].as_array().unwrap();
        let akimat = edges.iter().find(|one| one["ref"] == "pkg:cargo/akimat@1.0.0").unwrap();
        assert_eq!(akimat["dependsOn"], json!(["pkg:cargo/store@1.0.0"]));
        assert!(sbom::list(&tree, &clarified, "nothing").is_err());
    }
}
