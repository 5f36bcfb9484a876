//! Releases to the state they describe, by the merging rules of OCDS 1.1: later releases win; lists of objects with an
//! `id` are merged element by element; other lists are replaced; null takes a property away.

use serde_json::{Map, Value, json};

/// Lists that the schema replaces whole although their elements have an `id` (`wholeListMerge`).
const WHOLE: [&str; 3] = ["additionalIdentifiers", "additionalClassifications", "changes"];

/// The compiled release: releases of one process, sorted by date. `id` and `tag` say that it is compiled.
pub fn compile<'a>(releases: impl IntoIterator<Item = &'a Value>) -> Value {
    let mut sorted: Vec<&Value> = releases.into_iter().collect();
    sorted.sort_by_key(|one| moment(one));
    let mut compiled = Map::new();
    for release in &sorted {
        if let Value::Object(map) = release {
            let own = map.iter().filter(|(name, _)| !matches!(name.as_str(), "id" | "date" | "tag"));
            for (name, value) in own {
                put(&mut compiled, name, value);
            }
        }
    }
    let date = sorted.last().map_or("", |last| text(last, "date")).to_owned();
    let ocid = sorted.first().map_or("", |first| text(first, "ocid")).to_owned();
    compiled.insert("id".to_owned(), json!(format!("{ocid}-{date}")));
    compiled.insert("date".to_owned(), json!(date));
    compiled.insert("tag".to_owned(), json!(["compiled"]));
    Value::Object(compiled)
}

/// When a release was made, to sort by; what cannot be read comes first.
pub(super) fn moment(release: &Value) -> Option<jiff::Timestamp> {
    let words = text(release, "date");
    words.parse().ok().or_else(|| format!("{}T00:00:00Z", words.get(..10)?).parse().ok())
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn put(target: &mut Map<String, Value>, name: &str, value: &Value) {
    match (target.get_mut(name), value) {
        (_, Value::Null) => {
            target.remove(name);
        }
        (Some(Value::Object(old)), Value::Object(new)) => {
            for (inner, value) in new {
                put(old, inner, value);
            }
        }
        (Some(Value::Array(old)), Value::Array(new)) if by_id(name, old, new) => join(old, new),
        _ => {
            target.insert(name.to_owned(), without_nulls(value));
        }
    }
}

fn by_id(name: &str, old: &[Value], new: &[Value]) -> bool {
    let named = |items: &[Value]| !items.is_empty() && items.iter().all(|item| item.get("id").is_some());
    !WHOLE.contains(&name) && named(old) && named(new)
}

fn join(old: &mut Vec<Value>, new: &[Value]) {
    for item in new {
        let same = old.iter_mut().find(|one| one.get("id") == item.get("id"));
        match (same, item) {
            (Some(Value::Object(one)), Value::Object(map)) => {
                for (name, value) in map {
                    put(one, name, value);
                }
            }
            (Some(one), _) => *one = item.clone(),
            (None, _) => old.push(without_nulls(item)),
        }
    }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.clone(), without_nulls(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}
