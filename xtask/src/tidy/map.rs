//! `ARCHITECTURE.md` against the tree: a map that no test reads rots.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use super::arrows::Crate;

/// The map names each crate's folder; every path and every type in backticks exists.
///
/// # Errors
/// When a source file cannot be read.
pub(super) fn check(
    root: &Path,
    map: &str,
    crates: &[Crate],
    sources: &BTreeSet<String>,
) -> Result<Vec<String>> {
    let quoted = quoted(map);
    let mut found = Vec::new();
    for package in crates {
        let folder = Path::new(&package.folder);
        let folder = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy();
        if !quoted.contains(folder.as_ref()) && !quoted.contains(format!("{folder}/").as_str()) {
            found.push(format!("ARCHITECTURE.md: does not name `{folder}`; say there what it is for"));
        }
    }
    for path in quoted.iter().filter(|word| is_path(word)) {
        if !root.join(path).exists() {
            found.push(format!("ARCHITECTURE.md: `{path}` does not exist; correct the map"));
        }
    }
    let mut types: BTreeSet<&str> = quoted.iter().copied().filter(|word| is_type(word)).collect();
    for file in sources.iter().filter(|file| file.ends_with(".rs")) {
        if types.is_empty() {
            break;
        }
        let text = std::fs::read_to_string(root.join(file))?;
        let words: BTreeSet<&str> =
            text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
        types.retain(|name| !words.contains(name));
    }
    found
        .extend(types.iter().map(|name| format!("ARCHITECTURE.md: no code knows `{name}`; correct the map")));
    Ok(found)
}

/// What stands in backticks, fenced blocks aside.
fn quoted(map: &str) -> BTreeSet<&str> {
    let mut fenced = false;
    let mut found = BTreeSet::new();
    for line in map.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// A path from the root, not an address on the server (`/api/v1`) or a command.
pub(super) fn is_path(word: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-/".contains(letter);
    word.contains('/') && !word.starts_with('/') && word.chars().all(plain)
}

/// A name like `Money`, not an abbreviation.
fn is_type(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_uppercase())
        && word.contains(|letter: char| letter.is_ascii_lowercase())
        && word.chars().all(|letter| letter.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_types_are_told_from_other_words() {
        let check = |word: &str, path: bool, name: bool| {
            assert_eq!((is_path(word), is_type(word)), (path, name), "{word}");
        };
        check("crates/akimat-core", true, false);
        check("docs/adr/0001-storage.md", true, false);
        check("/api/v1", false, false);
        check("cargo xtask tidy", false, false);
        check("Money", false, true);
        check("KATO", false, false);
        check("i64", false, false);
    }

    #[test]
    fn fenced_blocks_are_not_read() {
        let map = "a `b/c` d `E1` f\n```\n`g/h`\n```\n`i/j`\n";
        assert_eq!(quoted(map), BTreeSet::from(["b/c", "E1", "i/j"]));
    }
}
