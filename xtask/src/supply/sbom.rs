//! The list of everything that is built into a program, as CycloneDX 1.5 in JSON. The same tree gives the same bytes.

use super::{Package, Tree, licence};
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The list for the package `name`. `clarified`: licences of packages that state none.
///
/// # Errors
/// When there is no such package.
pub(super) fn list(tree: &Tree, clarified: &BTreeMap<String, String>, name: &str) -> Result<Value> {
    let inside = tree.below(name)?;
    let all: BTreeMap<String, &Package> = inside
        .iter()
        .filter_map(|id| tree.packages.get(*id))
        .map(|package| (address(package), package))
        .collect();
    let root = all.values().find(|one| one.source.is_empty() && one.name == name);
    let root = *root.with_context(|| format!("no package {name}"))?;
    let components: Vec<Value> = all
        .values()
        .filter(|package| package.id != root.id)
        .map(|package| component(tree, package, clarified, "library"))
        .collect();
    let dependencies: Vec<Value> = all
        .iter()
        .map(|(reference, package)| {
            let needs: BTreeSet<String> =
                package.needs.iter().filter_map(|id| tree.packages.get(id)).map(address).collect();
            json!({ "ref": reference, "dependsOn": needs })
        })
        .collect();
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": component(tree, root, clarified, "application") },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// The address of a package (purl), by which others refer to it.
fn address(package: &Package) -> String {
    format!("pkg:cargo/{}@{}", package.name, package.version)
}

fn component(tree: &Tree, package: &Package, clarified: &BTreeMap<String, String>, kind: &str) -> Value {
    let stated = match package.licence.as_str() {
        "" => clarified.get(&package.name).map_or("", String::as_str),
        stated => stated,
    };
    let mut one = json!({
        "type": kind,
        "bom-ref": address(package),
        "name": package.name,
        "version": package.version,
        "purl": address(package),
    });
    if !stated.is_empty() {
        one["licenses"] = json!([{ "expression": licence::written(stated) }]);
    }
    if let Some(sum) = tree.checksum(package).filter(|_| !package.source.is_empty()) {
        one["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
    }
    if !package.repository.is_empty() {
        one["externalReferences"] = json!([{ "type": "vcs", "url": package.repository }]);
    }
    one
}
