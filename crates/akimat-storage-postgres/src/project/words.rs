//! From words to projects.

use super::filter::Query;
use crate::db::Db;
use akimat_storage::row::words::{FEW_MAX, array, grams_of_key, words_of_key};
use akimat_storage::row::{KEYS_MAX, read_uuid_opt};
use akimat_storage::{ProjectFilter, Result};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What the index of words says about the keys of a filter.
pub(super) enum Words {
    /// Every project has them: there are no keys, or an empty one.
    Any,
    /// The projects that have them, as PostgreSQL writes a list.
    Few(String),
    /// Too many to name; a list that is walked in its order asks each project.
    Many(Vec<String>),
    /// Those that the index finds, however many.
    All(Vec<String>),
}

impl Words {
    /// Looks the keys up for a list of which only a page is wanted.
    pub(super) async fn look_up(db: &Db<'_>, filter: &ProjectFilter) -> Result<Self> {
        let Some(keys) = keys(filter) else { return Ok(Self::Any) };
        let limit = i64::try_from(FEW_MAX).unwrap_or(i64::MAX) + 1;
        let mut query = Query::bare(vec![limit.into()]);
        let (found, holds) = found(&mut query, &keys);
        // Who only may have a key is counted too, but not kept: so the search ends at the limit, however
        // few there are who have it.
        let sql = format!("select case when {holds} then project_id end from ({found}) found limit $1");
        let ids: Vec<Option<Uuid>> = db.rows(&sql, &query.args, read_uuid_opt).await?;
        if ids.len() > FEW_MAX {
            return Ok(Self::Many(keys));
        }
        let ids: Vec<Uuid> = ids.into_iter().flatten().collect();
        Ok(Self::Few(array(&ids)))
    }

    /// For a list of which everything is wanted.
    pub(super) fn for_all(filter: &ProjectFilter) -> Self {
        keys(filter).map_or(Self::Any, Self::All)
    }

    /// Adds what the words ask for to the conditions on `projects`.
    pub(super) fn restrict(&self, query: &mut Query) {
        match self {
            Self::Any => {}
            Self::Few(ids) => {
                let mark = query.mark(ids.clone().into());
                query.and(&format!("projects.id = any ({mark}::text::uuid[])"));
            }
            // Asked row by row, not joined: the page is full long before everything was asked.
            Self::Many(keys) => {
                let holds: Vec<String> = keys.iter().map(|key| holds(query, key)).collect();
                query.and(&format!(
                    "(select {} from project_words where project_id = projects.id)",
                    holds.join(" or ")
                ));
            }
            Self::All(keys) => {
                let (found, holds) = found(query, keys);
                query.and(&format!("projects.id in (select project_id from ({found}) found where {holds})"));
            }
        }
    }
}

/// The keys that matter; `None` when they exclude nothing.
fn keys(filter: &ProjectFilter) -> Option<Vec<String>> {
    let keys: Vec<String> = filter.keys.iter().take(KEYS_MAX).cloned().collect();
    if keys.is_empty() || keys.iter().any(|key| words_of_key(key).is_empty()) { None } else { Some(keys) }
}

/// A statement for the projects that may have one of the keys, as the index tells, a project perhaps more
/// than once; and the condition on its rows that tells who has it. Put together they would be checked
/// together, and to look through an array costs more than to look through a text.
fn found(query: &mut Query, keys: &[String]) -> (String, String) {
    let found: Vec<String> = keys
        .iter()
        .map(|key| {
            let grams: BTreeSet<i64> = words_of_key(key).iter().flat_map(|word| grams_of_key(word)).collect();
            let grams: Vec<i64> = grams.into_iter().collect();
            let grams = query.mark(array(&grams).into());
            format!("select project_id, key from project_words where grams @> {grams}::text::bigint[]")
        })
        .collect();
    let holds: Vec<String> = keys.iter().map(|key| holds(query, key)).collect();
    (found.join(" union all "), format!("({})", holds.join(" or ")))
}

/// The text has every word of the key.
fn holds(query: &mut Query, key: &str) -> String {
    let words = words_of_key(key);
    let each: Vec<String> =
        words.iter().map(|word| format!("strpos(key, {}) > 0", query.mark(word.clone().into()))).collect();
    format!("({})", each.join(" and "))
}
