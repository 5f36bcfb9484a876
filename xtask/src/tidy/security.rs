//! `docs/security/asvs.md` against the tree and against the list of requirements: evidence that does not exist is none.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

/// The table, from the root.
const TABLE: &str = "docs/security/asvs.md";

/// What may stand in the second column.
const STATES: [&str; 4] = ["met", "part", "open", "n/a"];

/// Each row has a state and a reason, each path in backticks exists, and with the shared list of requirements at hand
/// (ASVS 5.0.0, levels 1 and 2) each of them has one row.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn check(root: &Path, shared: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(root.join(TABLE)).with_context(|| TABLE.to_owned())?;
    let rows: Vec<[&str; 3]> = text.lines().filter_map(row).collect();
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for [id, state, reason] in &rows {
        if !seen.insert(*id) {
            found.push(format!("{TABLE}: {id} stands there twice; leave one row"));
        }
        if !STATES.contains(state) || reason.is_empty() {
            found.push(format!("{TABLE}: {id} needs one of {STATES:?} and a reason"));
        }
        for path in reason.split('`').skip(1).step_by(2).filter(|word| super::map::is_path(word)) {
            if !root.join(path).exists() {
                found.push(format!("{TABLE}: {id} names `{path}`, which does not exist; name what shows it"));
            }
        }
    }
    let list = shared.join("data/asvs/asvs-5.0.0-en.csv");
    if !list.exists() {
        println!("SKIPPED: the list of requirements is not beside the project");
        return Ok(found);
    }
    let wanted = required(&std::fs::read_to_string(list)?);
    let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
    found.extend(wanted.difference(&seen).map(|id| format!("{TABLE}: {id} has no row; say how it stands")));
    found.extend(
        seen.difference(&wanted).map(|id| format!("{TABLE}: {id} is no requirement of level 1 or 2")),
    );
    Ok(found)
}

/// `| 1.2.3 | met | reason |`.
fn row(line: &str) -> Option<[&str; 3]> {
    let mut cells = line.strip_prefix('|')?.strip_suffix('|')?.splitn(3, '|').map(str::trim);
    let id = cells.next().filter(|id| id.starts_with(|first: char| first.is_ascii_digit()))?;
    Some([id, cells.next()?, cells.next()?])
}

/// Identifiers of levels 1 and 2 without their `V`. The text of a requirement is quoted and may hold commas; its
/// identifier and its level never are.
fn required(csv: &str) -> Vec<String> {
    let low = |line: &&str| line.trim_end().ends_with(",1") || line.trim_end().ends_with(",2");
    let id = |line: &str| {
        let mut fields = line.split(',');
        fields.find_map(|field| {
            let id = field.strip_prefix('V')?;
            let plain = id.split('.').count() == 3
                && id.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
            plain.then(|| id.to_owned())
        })
    };
    let mut rows: Vec<String> = Vec::new();
    let mut open = false;
    for line in csv.lines() {
        match rows.last_mut().filter(|_| open) {
            Some(row) => row.push_str(line),
            None => rows.push(line.to_owned()),
        }
        open ^= line.matches('"').count() % 2 == 1;
    }
    rows.iter().map(String::as_str).filter(low).filter_map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_requirements_are_read() {
        assert_eq!(row("| 1.2.3 | met | By `a/b.rs`, a|b. |"), Some(["1.2.3", "met", "By `a/b.rs`, a|b."]));
        assert_eq!(row("| requirement | state | how |"), None);
        assert_eq!(row("|---|---|---|"), None);
        let csv = "chapter_id,chapter_name,section_id,section_name,req_id,req_description,L\n\
                   V1,A,V1.1,\"B, C\",V1.1.1,\"Verify that,\n x.\",2\nV1,A,V1.1,B,V1.1.2,Verify.,3\n";
        assert_eq!(required(csv), ["1.1.1"]);
    }
}
