//! From words to projects.

use super::filter::Query;
use crate::db::Db;
use akimat_storage::row::words::{FEW_MAX, KEY_CHARS_MAX, grams_of_key};
use akimat_storage::row::{Arg, KEYS_MAX, read_int};
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
    if keys.is_empty() || keys.iter().any(String::is_empty) { None } else { Some(keys) }
}

/// A statement for the rows that have one of the keys, each row once.
fn found(query: &mut Query, keys: &[String]) -> String {
    let length = |key: &String| key.chars().take(KEY_CHARS_MAX + 1).count();
    let (short, rest): (Vec<&String>, Vec<&String>) = keys.iter().partition(|key| length(key) < 3);
    let (long, exact): (Vec<&String>, Vec<&String>) =
        rest.into_iter().partition(|key| length(key) > KEY_CHARS_MAX);
    let mut parts = Vec::new();
    let any_of = |phrases: Vec<String>| Arg::from(phrases.join(" OR "));
    if !short.is_empty() {
        let grams = short.iter().flat_map(|key| grams_of_key(key));
        let mark = query.mark(any_of(grams.map(hexadecimal).collect()));
        parts.push(format!("select rowid as entry from project_pairs where project_pairs match {mark}"));
    }
    if !exact.is_empty() {
        let mark = query.mark(any_of(exact.iter().map(|key| phrase(key)).collect()));
        parts.push(format!("select rowid as entry from project_words where project_words match {mark}"));
    }
    for key in long {
        let (mark, holds) = (query.mark(phrase(key).into()), holds(query, key));
        parts.push(format!(
            "select rowid as entry from project_words where project_words match {mark} and {holds}"
        ));
    }
    parts.join(" union ")
}

fn holds(query: &mut Query, key: &str) -> String {
    format!("instr(key, {}) > 0", query.mark(key.to_owned().into()))
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
