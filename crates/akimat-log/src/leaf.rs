//! The form of a leaf: canonical JSON (RFC 8785) with a version.
//!
//! `{"at":"2026-03-01T04:05:06.000007Z","body":{…},"kind":"project_status","subject":"project/0190…","v":1}`

use crate::bundle::LEAF_MAX;
use serde_json::{Map, Value};

/// Version of the form.
pub const VERSION: u64 = 1;

/// The largest whole number that every reader of JSON keeps exactly: 2^53 - 1.
const WHOLE_MAX: u64 = 9_007_199_254_740_991;

/// Why something cannot be a leaf.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeafFault {
    /// A number that is not whole, or beyond 2^53 - 1: readers of JSON would not agree on it. Money goes as text.
    #[error("a number of a leaf is not whole or too large: {0}")]
    Number(String),
    /// More bytes than a bundle can hold.
    #[error("a leaf has {0} bytes, {LEAF_MAX} are possible")]
    TooLong(usize),
    /// Not the canonical form of a leaf of a known version.
    #[error("not a leaf of a known form")]
    Unreadable,
}

/// A leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// When the act happened: RFC 3339 in UTC with microseconds.
    pub at: String,
    /// What kind of act it is.
    pub kind: String,
    /// What it is about: a noun and its identifier.
    pub subject: String,
    /// The facts of the act.
    pub body: Value,
}

impl Leaf {
    /// The bytes that are hashed and served.
    ///
    /// # Errors
    /// [`LeafFault`] for numbers that JSON does not carry exactly, and for too many bytes.
    pub fn write(&self) -> Result<String, LeafFault> {
        let mut whole = Map::new();
        whole.insert("at".to_owned(), self.at.as_str().into());
        whole.insert("body".to_owned(), self.body.clone());
        whole.insert("kind".to_owned(), self.kind.as_str().into());
        whole.insert("subject".to_owned(), self.subject.as_str().into());
        whole.insert("v".to_owned(), VERSION.into());
        let text = canonical(&Value::Object(whole))?;
        if text.len() > LEAF_MAX { Err(LeafFault::TooLong(text.len())) } else { Ok(text) }
    }

    /// Reads a leaf.
    ///
    /// # Errors
    /// [`LeafFault::Unreadable`] unless it is exactly what [`Leaf::write`] writes.
    pub fn read(text: &str) -> Result<Self, LeafFault> {
        let Ok(Value::Object(mut whole)) = serde_json::from_str(text) else {
            return Err(LeafFault::Unreadable);
        };
        let mut word = |key: &str| match whole.remove(key) {
            Some(Value::String(word)) => Ok(word),
            _ => Err(LeafFault::Unreadable),
        };
        let (at, kind, subject) = (word("at")?, word("kind")?, word("subject")?);
        let body = whole.remove("body").ok_or(LeafFault::Unreadable)?;
        let leaf = Self { at, kind, subject, body };
        if leaf.write().as_deref() == Ok(text) { Ok(leaf) } else { Err(LeafFault::Unreadable) }
    }
}

/// Canonical JSON (RFC 8785): keys in the order of their UTF-16 units, no spaces, one way to write each text. Numbers
/// must be whole and within 2^53 - 1, for which the canonical form is their decimal digits.
///
/// # Errors
/// [`LeafFault::Number`] for other numbers.
pub fn canonical(value: &Value) -> Result<String, LeafFault> {
    let mut out = String::new();
    write_value(value, &mut out)?;
    Ok(out)
}

fn write_value(value: &Value, out: &mut String) -> Result<(), LeafFault> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => {
            let whole = number.as_i64().is_some_and(|n| n.unsigned_abs() <= WHOLE_MAX);
            if !whole {
                return Err(LeafFault::Number(number.to_string()));
            }
            out.push_str(&number.to_string());
        }
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_value(item, out)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            out.push('{');
            for (at, (key, member)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write_value(member, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

/// Escapes of RFC 8785, section 3.2.2.2: the five short ones, the quote, the backslash; other control characters as
/// `\u` with small digits; everything else as it is.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            sign if sign < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(sign))),
            sign => out.push(sign),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The sorting example and the escapes of RFC 8785, sections 3.2.2 and 3.2.3.
    #[test]
    fn the_examples_of_the_standard() {
        let sorted = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control",
            "\u{f6}": "Latin Small Letter O With Diaeresis",
        });
        let text = canonical(&sorted).expect("texts");
        let words = [
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ];
        let places: Vec<usize> = words.iter().map(|word| text.find(word).expect("it is there")).collect();
        assert!(places.is_sorted(), "{text}");
        let escaped = json!({"string": "\u{20ac}$\u{f}\nA'B\"\\\\\"/", "literals": [null, true, false]});
        assert_eq!(
            canonical(&escaped).expect("plain"),
            "{\"literals\":[null,true,false],\"string\":\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
    }

    #[test]
    fn numbers_that_readers_disagree_on_are_refused() {
        assert_eq!(
            canonical(&json!([0, -7, 9_007_199_254_740_991_i64])).expect("whole"),
            "[0,-7,9007199254740991]"
        );
        for bad in [json!(0.5), json!(9_007_199_254_740_992_i64), json!(u64::MAX), json!(1e3)] {
            assert!(matches!(canonical(&bad), Err(LeafFault::Number(_))), "{bad}");
        }
    }

    #[test]
    fn a_leaf_has_one_form() {
        let leaf = Leaf {
            at: "2026-03-01T04:05:06.000007Z".to_owned(),
            kind: "project_status".to_owned(),
            subject: "project/1".to_owned(),
            body: json!({"to": "building", "from": "planned"}),
        };
        let text = leaf.write().expect("a leaf");
        assert_eq!(
            text,
            r#"{"at":"2026-03-01T04:05:06.000007Z","body":{"from":"planned","to":"building"},"kind":"project_status","subject":"project/1","v":1}"#
        );
        assert_eq!(Leaf::read(&text), Ok(leaf));
        for other in
            [text.replace(":1}", ": 1}"), text.replace(":1}", ":2}"), format!("{text} "), "1".to_owned()]
        {
            assert_eq!(Leaf::read(&other), Err(LeafFault::Unreadable), "{other}");
        }
        let long = Leaf { body: "a".repeat(70_000).into(), ..Leaf::read(&text).expect("a leaf") };
        assert!(matches!(long.write(), Err(LeafFault::TooLong(_))));
    }
}
