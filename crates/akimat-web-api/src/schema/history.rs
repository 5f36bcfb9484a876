//! Shapes of what the register said before.

use super::{
    Shapes, array, described, flag, formatted, id, invented, links, nullable, number, object, string,
};
use serde_json::{Value, json};

/// Whatever a field may hold; `null` for nothing.
fn any() -> Value {
    let record = json!({ "type": "object", "additionalProperties": true });
    let Value::Object(mut either) = nullable(string()) else { return Value::Null };
    if let Some(Value::Array(options)) = either.get_mut("anyOf") {
        options.extend([number(), flag(), array(record.clone()), record]);
    }
    Value::Object(either)
}

pub(super) fn shapes() -> Shapes {
    let change = object([
        (
            "path",
            described(
                string(),
                "Name of the field; elements of lists stand in brackets: `money[2027 own].planned`. Amounts are in tiyn.",
            ),
        ),
        ("before", any()),
        ("after", any()),
    ]);
    let revision = object([
        ("at", formatted("date-time")),
        ("by", string()),
        ("reason", string()),
        ("basis", described(string(), "Kind, number and date of the document; empty when none was named.")),
        ("changes", array(change)),
    ]);
    let history = object([
        ("project", id()),
        ("invented", invented()),
        ("revisions", array(revision)),
        ("links", links()),
    ]);
    vec![("ProjectHistory", history)]
}
