//! Two versions of a record, field by field: what changed, and how the work of two people is brought together.
//!
//! Records are JSON. A field is named by its path, `money[2027-own].planned`: members of objects by their name,
//! elements of lists that are objects with a text `id` by that. Lists without such names are one value each, because
//! nobody can tell which of their elements is which.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A field that differs between two versions. What is not there is `null`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Path of the field.
    pub path: String,
    /// In the earlier version.
    pub before: Value,
    /// In the later version.
    pub after: Value,
}

/// A field that two people changed at once, each to something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldClash {
    /// Path of the field.
    pub path: String,
    /// What both began with.
    pub before: Value,
    /// What is stored now.
    pub theirs: Value,
    /// What the second person wants to store.
    pub yours: Value,
}

/// Every field that differs, in the order of paths. Nothing is reported twice: an object or a named list is taken
/// apart as long as both sides are of that sort.
pub fn diff(before: &Value, after: &Value) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    walk(String::new(), before, after, &mut changes);
    changes
}

/// Brings together what two people made of one version: what only one of them changed is taken from him.
///
/// # Errors
/// The fields that both changed differently. Nothing is lost: each clash carries both values.
pub fn merge(base: &Value, theirs: &Value, yours: &Value) -> Result<Value, Vec<FieldClash>> {
    let mut clashes = Vec::new();
    let merged = join(String::new(), base, theirs, yours, &mut clashes);
    if clashes.is_empty() { Ok(merged) } else { Err(clashes) }
}

/// Brings together as [`merge`] does; of a field that both changed differently yours is taken. This is what a form shows
/// to the second person beside the clashes: nothing that the first one changed elsewhere is lost.
pub fn settle(base: &Value, theirs: &Value, yours: &Value) -> Value {
    join(String::new(), base, theirs, yours, &mut Vec::new())
}

/// Both sides taken apart by the same names, when they can be.
struct Apart<'v> {
    names: Vec<String>,
    list: bool,
    parts: Vec<Vec<Option<&'v Value>>>,
}

fn walk(path: String, before: &Value, after: &Value, changes: &mut Vec<FieldChange>) {
    if before == after {
        return;
    }
    let Some(apart) = take_apart(&[before, after]) else {
        changes.push(FieldChange { path, before: before.clone(), after: after.clone() });
        return;
    };
    let n_before = changes.len();
    for (name, part) in apart.names.iter().zip(&apart.parts) {
        let (earlier, later) = (part[0].unwrap_or(&Value::Null), part[1].unwrap_or(&Value::Null));
        walk(below(&path, name, apart.list), earlier, later, changes);
    }
    if changes.len() == n_before {
        // The same parts in another order, or a member that is null against one that is not there.
        changes.push(FieldChange { path, before: before.clone(), after: after.clone() });
    }
}

fn join(path: String, base: &Value, theirs: &Value, yours: &Value, clashes: &mut Vec<FieldClash>) -> Value {
    if theirs == yours || base == yours {
        return theirs.clone();
    }
    if base == theirs {
        return yours.clone();
    }
    let Some(apart) = take_apart(&[yours, theirs, base]) else {
        clashes.push(FieldClash { path, before: base.clone(), theirs: theirs.clone(), yours: yours.clone() });
        return yours.clone();
    };
    let mut merged = Vec::new();
    for (name, part) in apart.names.iter().zip(&apart.parts) {
        let [yours, theirs, base] = [0, 1, 2].map(|at| part[at].unwrap_or(&Value::Null));
        let value = join(below(&path, name, apart.list), base, theirs, yours, clashes);
        let absent = value.is_null() && part.iter().any(Option::is_none);
        if !absent {
            merged.push((name.clone(), value));
        }
    }
    if apart.list {
        Value::Array(merged.into_iter().map(|(_, value)| value).collect())
    } else {
        Value::Object(merged.into_iter().collect::<Map<_, _>>())
    }
}

/// Names come in the order of the first value; those of the others that it lacks follow.
fn take_apart<'v>(values: &[&'v Value]) -> Option<Apart<'v>> {
    let list = values.iter().all(|value| value.is_array());
    if !list && !values.iter().all(|value| value.is_object()) {
        return None;
    }
    let sides: Option<Vec<Vec<(String, &Value)>>> = values.iter().map(|value| members(value)).collect();
    let sides = sides?;
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    for (name, _) in sides.iter().flatten() {
        if seen.insert(name) {
            names.push(name.clone());
        }
    }
    let find = |side: &Vec<(String, &'v Value)>, name: &str| {
        side.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    };
    let parts = names.iter().map(|name| sides.iter().map(|side| find(side, name)).collect()).collect();
    Some(Apart { names, list, parts })
}

/// Members of an object, or elements of a list by their `id`; `None` when an element has none or two have the same.
fn members(value: &Value) -> Option<Vec<(String, &Value)>> {
    match value {
        Value::Object(map) => Some(map.iter().map(|(name, value)| (name.clone(), value)).collect()),
        Value::Array(items) => {
            let named: Option<Vec<(String, &Value)>> =
                items.iter().map(|item| Some((item.get("id")?.as_str()?.to_owned(), item))).collect();
            let named = named?;
            let unique: BTreeSet<&String> = named.iter().map(|(name, _)| name).collect();
            (unique.len() == named.len()).then_some(named)
        }
        _ => None,
    }
}

fn below(path: &str, name: &str, list: bool) -> String {
    match (path.is_empty(), list) {
        (_, true) => format!("{path}[{name}]"),
        (true, false) => name.to_owned(),
        (false, false) => format!("{path}.{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn fields_are_named_by_their_path() {
        let before =
            json!({"title": "A", "money": [{"id": "2027-own", "planned": 5}, {"id": "x", "planned": 1}]});
        let after = json!({"title": "A", "money": [{"id": "2027-own", "planned": 7}], "end": "2027-01-01"});
        let paths: Vec<String> = diff(&before, &after).into_iter().map(|change| change.path).collect();
        assert_eq!(paths, ["money[2027-own].planned", "money[x]", "end"]);
        let lists = diff(&json!({"a": [1, 2]}), &json!({"a": [2, 1]}));
        assert_eq!(lists, [FieldChange { path: "a".into(), before: json!([1, 2]), after: json!([2, 1]) }]);
    }

    #[test]
    fn two_people_lose_nothing() {
        let base = json!({"a": 1, "b": 1, "rows": [{"id": "1", "n": 1}, {"id": "2", "n": 1}]});
        let theirs =
            json!({"a": 2, "b": 1, "rows": [{"id": "1", "n": 1}, {"id": "2", "n": 2}, {"id": "3", "n": 3}]});
        let yours = json!({"a": 1, "b": 3, "rows": [{"id": "2", "n": 1}, {"id": "4", "n": 4}]});
        let merged = merge(&base, &theirs, &yours);
        let rows = json!([{"id": "2", "n": 2}, {"id": "4", "n": 4}, {"id": "3", "n": 3}]);
        assert_eq!(merged, Ok(json!({"a": 2, "b": 3, "rows": rows})));
        let clash = merge(&base, &json!({"a": 2, "b": 1, "rows": []}), &json!({"a": 3, "b": 1, "rows": []}));
        let told = FieldClash { path: "a".into(), before: json!(1), theirs: json!(2), yours: json!(3) };
        assert_eq!(clash, Err(vec![told]));
    }

    #[test]
    fn a_form_after_a_clash_keeps_what_the_other_changed_elsewhere() {
        let base = json!({"a": 1, "b": 1, "rows": [{"id": "1", "n": 1, "m": 1}]});
        let theirs = json!({"a": 2, "b": 2, "rows": [{"id": "1", "n": 2, "m": 2}, {"id": "2", "n": 5}]});
        let yours = json!({"a": 3, "b": 1, "rows": [{"id": "1", "n": 3, "m": 1}]});
        let due = json!({"a": 3, "b": 2, "rows": [{"id": "1", "n": 3, "m": 2}, {"id": "2", "n": 5}]});
        assert_eq!(settle(&base, &theirs, &yours), due);
    }

    fn record() -> impl Strategy<Value = Value> {
        let row = ("[a-c]", 0..3_i32).prop_map(|(id, n)| json!({"id": id, "n": n}));
        let leaf =
            prop_oneof![Just(Value::Null), (0..3_i32).prop_map(|n| json!(n)), "[a-b]".prop_map(|s| json!(s))];
        let list = prop::collection::vec(row, 0..3).prop_map(Value::Array);
        prop::collection::btree_map("[p-s]", prop_oneof![leaf, list], 0..4)
            .prop_map(|map| Value::Object(map.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn equal_versions_do_not_differ_and_others_do(a in record(), b in record()) {
            prop_assert!(diff(&a, &a).is_empty());
            prop_assert_eq!(diff(&a, &b).is_empty(), a == b);
        }

        #[test]
        fn what_settles_is_what_merges(base in record(), one in record(), other in record()) {
            let settled = settle(&base, &one, &other);
            if let Ok(merged) = merge(&base, &one, &other) {
                prop_assert_eq!(&merged, &settled);
            }
            // Saved against what is stored by then, it meets nobody any more.
            prop_assert_eq!(merge(&one, &one, &settled), Ok(settled.clone()));
        }

        #[test]
        fn one_persons_work_is_taken_whole(base in record(), one in record()) {
            prop_assert_eq!(merge(&base, &base, &one), Ok(one.clone()));
            prop_assert_eq!(merge(&base, &one, &base), Ok(one.clone()));
            prop_assert_eq!(merge(&base, &one, &one), Ok(one));
        }

        #[test]
        fn a_clash_is_told_from_both_sides(base in record(), one in record(), other in record()) {
            let paths = |clashes: Vec<FieldClash>| -> BTreeSet<String> {
                clashes.into_iter().map(|clash| clash.path).collect()
            };
            let here = merge(&base, &one, &other).map_err(paths);
            let there = merge(&base, &other, &one).map_err(paths);
            prop_assert_eq!(here.is_err(), there.is_err());
            prop_assert_eq!(here.err(), there.err());
        }
    }
}
