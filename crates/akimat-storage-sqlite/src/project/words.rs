//! From words to projects.

use super::filter::Query;
use crate::db::Db;
use akimat_storage::row::words::{FEW_MAX, KEY_CHARS_MAX, grams_of_key, words_of_key};
use akimat_storage::row::{KEYS_MAX, read_int};
use akimat_storage::{ProjectFilter, Result};

/// What the index of words says about the keys of a filter.
pub(super) enum Words {
    /// Every project has them: there are no keys, or an empty one.
    Any,
    /// The rows of `projects` that have them, as a JSON list.
    Few(String),
    /// Too many to name; a list that is walked in its order asks each project.
    Many(Vec<String>),
}

impl Words {
    /// Looks the keys up for a list of which only a page is wanted.
    pub(super) fn look_up(db: &Db, filter: &ProjectFilter) -> Result<Self> {
        let Some(keys) = keys(filter) else { return Ok(Self::Any) };
        let limit = i64::try_from(FEW_MAX).unwrap_or(i64::MAX) + 1;
        let mut query = Query::bare(vec![limit.into()]);
        let sql = format!("select entry from ({}) limit ?1", found(&mut query, &keys));
        let rows: Vec<i64> = db.rows(&sql, &query.args, read_int)?;
        if rows.len() > FEW_MAX {
            return Ok(Self::Many(keys));
        }
        let rows: Vec<String> = rows.iter().map(i64::to_string).collect();
        Ok(Self::Few(format!("[{}]", rows.join(","))))
    }

    /// Adds what the words ask for to the conditions on `projects`.
    pub(super) fn restrict(&self, query: &mut Query) {
        match self {
            Self::Any => {}
            Self::Few(rows) => {
                let mark = query.mark(rows.clone().into());
                query.and(&format!("projects.entry in (select value from json_each({mark}))"));
            }
            Self::Many(keys) => {
                let holds: Vec<String> = keys.iter().map(|key| holds(query, key)).collect();
                query.and(&format!(
                    "(select {} from project_words where project_words.rowid = projects.entry)",
                    holds.join(" or ")
                ));
            }
        }
    }
}

/// The projects with one of the keys, however many: what to write after `from`, with `projects` in it.
/// What is counted and filtered by is in an index by row, which is small.
pub(super) fn all(query: &mut Query, filter: &ProjectFilter) -> String {
    match keys(filter) {
        None => "projects".to_owned(),
        Some(keys) => format!(
            "({}) found cross join projects indexed by projects_facts on projects.entry = found.entry",
            found(query, &keys)
        ),
    }
}

/// The keys that matter; `None` when they exclude nothing.
fn keys(filter: &ProjectFilter) -> Option<Vec<String>> {
    let keys: Vec<String> = filter.keys.iter().take(KEYS_MAX).cloned().collect();
    if keys.is_empty() || keys.iter().any(|key| words_of_key(key).is_empty()) { None } else { Some(keys) }
}

/// A statement for the rows that have one of the keys, each row once.
fn found(query: &mut Query, keys: &[String]) -> String {
    let mut parts = Vec::new();
    // Keys that an index answers by itself, in its own language.
    let (mut by_words, mut by_pairs) = (Vec::new(), Vec::new());
    for key in keys {
        let words = words_of_key(key);
        let (short, long): (Vec<&str>, Vec<&str>) =
            words.iter().map(String::as_str).partition(|word| word.chars().count() < 3);
        if long.is_empty() {
            let grams = short.iter().flat_map(|word| grams_of_key(word)).map(hexadecimal);
            by_pairs.push(all_of(grams));
            continue;
        }
        let phrases = all_of(long.iter().map(|word| phrase(word)));
        if short.is_empty() && long.iter().all(|word| word.chars().count() <= KEY_CHARS_MAX) {
            by_words.push(phrases);
        } else {
            let (mark, holds) = (query.mark(phrases.into()), holds(query, key));
            parts.push(format!(
                "select rowid as entry from project_words where project_words match {mark} and {holds}"
            ));
        }
    }
    for (table, matches) in [("project_pairs", by_pairs), ("project_words", by_words)] {
        if !matches.is_empty() {
            let mark = query.mark(matches.join(" OR ").into());
            parts.push(format!("select rowid as entry from {table} where {table} match {mark}"));
        }
    }
    parts.join(" union ")
}

fn all_of(words: impl Iterator<Item = String>) -> String {
    format!("({})", words.collect::<Vec<_>>().join(" AND "))
}

/// The text has every word of the key.
fn holds(query: &mut Query, key: &str) -> String {
    let words = words_of_key(key);
    let each: Vec<String> =
        words.iter().map(|word| format!("instr(key, {}) > 0", query.mark(word.clone().into()))).collect();
    format!("({})", each.join(" and "))
}

/// The beginning of a key in quotes: nothing in it means anything to FTS5.
fn phrase(key: &str) -> String {
    let start: String = key.chars().take(KEY_CHARS_MAX).collect();
    format!("\"{}\"", start.replace('"', "\"\""))
}

/// A gram as `project_pairs` holds it; the letter keeps FTS5 from taking it for anything but a word.
pub(super) fn hexadecimal(gram: i64) -> String {
    format!("g{gram:x}")
}
