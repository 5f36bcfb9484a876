//! Rules about files: their length, their names, what they may mention, and the two lists of migrations.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::plan::Plan;

/// Folders that hold what we write by hand.
const OURS: [&str; 7] = ["crates", "xtask", "templates", "assets", "migrations", "e2e", "fuzz"];
/// Kinds of files whose length is looked at. Catalogues of sentences are lists and may be long.
const KINDS: [&str; 6] = ["rs", "mjs", "js", "css", "html", "sql"];

/// Our source files, as paths from the root with `/` between the parts, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub(super) fn sources(root: &Path) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut folders: Vec<PathBuf> =
        OURS.iter().map(|name| root.join(name)).filter(|path| path.is_dir()).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if name.starts_with('.')
                || ["node_modules", "target", "corpus", "artifacts"].contains(&name.as_str())
            {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if name.rsplit_once('.').is_some_and(|(_, kind)| KINDS.contains(&kind)) {
                let inside = path.strip_prefix(root).expect("the walk started at the root");
                found.insert(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    Ok(found)
}

/// No file is longer than the plan allows, but for those in the ratchet, which may only shrink.
///
/// # Errors
/// When a file cannot be read or the ratchet is not a list of `lines path`.
pub(super) fn lengths(root: &Path, plan: &Plan, sources: &BTreeSet<String>) -> Result<Vec<String>> {
    let mut long = BTreeMap::new();
    for file in sources {
        let lines = std::fs::read(root.join(file))?.split(|byte| *byte == b'\n').count().saturating_sub(1);
        if lines > plan.lines_max {
            long.insert(file.clone(), lines);
        }
    }
    let listed = ratchet(&std::fs::read_to_string(root.join(&plan.ratchet))?)?;
    Ok(compare(plan, &long, &listed))
}

fn ratchet(text: &str) -> Result<BTreeMap<String, usize>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (lines, file) = line.split_once(' ').with_context(|| format!("not `lines path`: {line}"))?;
            Ok((file.to_owned(), lines.parse().with_context(|| format!("not `lines path`: {line}"))?))
        })
        .collect()
}

fn compare(plan: &Plan, long: &BTreeMap<String, usize>, listed: &BTreeMap<String, usize>) -> Vec<String> {
    let Plan { lines_max, ratchet, .. } = plan;
    let mut found = Vec::new();
    for (file, lines) in long {
        match listed.get(file) {
            None => found.push(format!("{file}: {lines} lines, at most {lines_max}; split it by ideas")),
            Some(before) if lines > before => {
                found.push(format!("{file}: grew from {before} to {lines} lines; split it instead"));
            }
            Some(before) if lines < before => {
                found.push(format!("{ratchet}: {file} shrank to {lines} lines; write {lines} there"));
            }
            Some(_) => {}
        }
    }
    for file in listed.keys().filter(|file| !long.contains_key(*file)) {
        found.push(format!("{ratchet}: {file} is not long any more; remove its line"));
    }
    found
}

/// One tab per name: `petition.rs` beside `petition/`, never `petition/mod.rs`.
pub(super) fn names(sources: &BTreeSet<String>) -> Vec<String> {
    let nameless = sources.iter().filter_map(|file| file.strip_suffix("/mod.rs"));
    nameless.map(|module| format!("{module}/mod.rs: rename it to {module}.rs")).collect()
}

/// Folders whose files must not mention certain paths.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn apart(root: &Path, plan: &Plan, sources: &BTreeSet<String>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (folder, strangers) in &plan.apart {
        let inside = format!("{folder}/");
        let front = format!("{folder}.rs");
        // Tests may set the stage by any door.
        let is_test = |file: &str| file.ends_with("/tests.rs") || file.contains("/tests/");
        for file in
            sources.iter().filter(|file| (file.starts_with(&inside) || **file == front) && !is_test(file))
        {
            let text = std::fs::read_to_string(root.join(file))?;
            for stranger in strangers.iter().filter(|stranger| mentions(&text, stranger)) {
                found.push(format!("{file}: must not use {stranger}; move what both need below both"));
            }
        }
    }
    Ok(found)
}

/// Whether `path` occurs in `text` as whole words, comments aside.
fn mentions(text: &str, path: &str) -> bool {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.into_iter().any(|line| {
        line.match_indices(path).any(|(at, _)| {
            let next = line[at + path.len()..].chars().next();
            !next.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
        })
    })
}

/// Both databases have migrations of the same names, so that a number means one thing.
///
/// # Errors
/// When a folder cannot be read.
pub(super) fn migrations(root: &Path) -> Result<Vec<String>> {
    let list = |kind: &str| -> Result<BTreeSet<String>> {
        let folder = root.join("migrations").join(kind);
        let entries =
            std::fs::read_dir(&folder).with_context(|| format!("could not read {}", folder.display()))?;
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.filter(|name| name.as_ref().map_or(true, |name: &String| name.ends_with(".sql"))).collect()
    };
    let (sqlite, postgres) = (list("sqlite")?, list("postgres")?);
    let lacking = |here: &str, there: &str, name: &String| {
        format!(
            "migrations/{here}/{name}: write its twin migrations/{there}/{name}, be it empty with the reason"
        )
    };
    let one = sqlite.difference(&postgres).map(|name| lacking("sqlite", "postgres", name));
    Ok(one.chain(postgres.difference(&sqlite).map(|name| lacking("postgres", "sqlite", name))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_long_files_only_shrinks() {
        let plan = Plan { lines_max: 600, ratchet: "list".to_owned(), ..Plan::default() };
        let check = |long: &[(&str, usize)], listed: &str, expect: &[&str]| {
            let long = long.iter().map(|(file, lines)| ((*file).to_owned(), *lines)).collect();
            let listed = ratchet(listed).expect("a well-formed list");
            assert_eq!(compare(&plan, &long, &listed), expect);
        };
        check(&[], "# nothing\n", &[]);
        check(&[("a.rs", 700)], "700 a.rs\n", &[]);
        check(&[("a.rs", 700)], "", &["a.rs: 700 lines, at most 600; split it by ideas"]);
        check(&[("a.rs", 701)], "700 a.rs", &["a.rs: grew from 700 to 701 lines; split it instead"]);
        check(&[("a.rs", 650)], "700 a.rs", &["list: a.rs shrank to 650 lines; write 650 there"]);
        check(&[], "700 a.rs", &["list: a.rs is not long any more; remove its line"]);
        assert!(ratchet("a.rs").is_err());
    }

    #[test]
    fn a_mention_is_whole_and_outside_comments() {
        let check = |text: &str, expect: bool| assert_eq!(mentions(text, "crate::api"), expect, "{text}");
        check("use crate::api::v1;", true);
        check("use crate::apiary;", false);
        check("// see crate::api", false);
        check("let x = 1;", false);
    }

    #[test]
    fn nameless_modules_are_named() {
        let sources = BTreeSet::from(["crates/a/src/b/mod.rs".to_owned(), "crates/a/src/c.rs".to_owned()]);
        assert_eq!(names(&sources), ["crates/a/src/b/mod.rs: rename it to crates/a/src/b.rs"]);
    }
}
