//! Fields under any of their names, numbers in any of their forms.

use crate::{Direction, Fault};
use serde_json::{Map, Value};

pub(super) type Object = Map<String, Value>;

/// The first of several names that the object has; `null` counts as absent.
pub(super) fn field<'a>(input: &'a Object, names: &[&str]) -> Option<(String, &'a Value)> {
    let plain = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
    names.iter().find_map(|name| {
        let direct = input.get(*name).map(|value| ((*name).to_owned(), value));
        let alike = || {
            input.iter().find(|(key, _)| plain(key) == plain(name)).map(|(key, value)| (key.clone(), value))
        };
        direct.or_else(alike).filter(|(_, value)| !value.is_null())
    })
}

/// The beginning of a value, for a message.
pub(super) fn shown(value: &Value) -> String {
    value.to_string().chars().take(40).collect()
}

pub(super) fn unreadable(field: &str, value: &Value) -> Fault {
    Fault::Unreadable { field: field.to_owned(), found: shown(value) }
}

/// A number: `3`, `"3"`, `"1/4"`, `"0,5"`; NaN for `"NaN"`.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let text = text.trim();
            match text {
                "NaN" | "nan" => Some(f64::NAN),
                "Infinity" | "inf" => Some(f64::INFINITY),
                "-Infinity" | "-inf" => Some(f64::NEG_INFINITY),
                _ => crate::ahp::parse_judgement(&text.replace(',', ".")),
            }
        }
        _ => None,
    }
}

/// A list of values in the order of `names`: a list, or an object by name.
pub(super) fn list<'a>(field: &str, value: &'a Value, names: &[String]) -> Result<Vec<&'a Value>, Fault> {
    match value {
        Value::Array(list) => {
            if list.len() != names.len() {
                return Err(Fault::Length { field: field.to_owned(), n: list.len(), expected: names.len() });
            }
            Ok(list.iter().collect())
        }
        Value::Object(map) => {
            if let Some(stranger) = map.keys().find(|key| !names.contains(key)) {
                return Err(Fault::Unreadable { field: field.to_owned(), found: stranger.clone() });
            }
            let of = |name: &String| map.get(name).ok_or_else(|| Fault::missing(&format!("{field} {name}")));
            names.iter().map(of).collect()
        }
        other => Err(unreadable(field, other)),
    }
}

/// Numbers in the order of `names`; a single number stands for all.
pub(super) fn numbers(field: &str, value: &Value, names: &[String]) -> Result<Vec<f64>, Fault> {
    if let Some(single) = value.as_f64() {
        return Ok(vec![single; names.len()]);
    }
    let list = list(field, value, names)?;
    let read = |(value, name): (&&Value, &String)| {
        number(value).ok_or_else(|| unreadable(&format!("{field} {name}"), value))
    };
    list.iter().zip(names).map(read).collect()
}

/// Words in the order of `names`; a single word stands for all.
pub(super) fn words(field: &str, value: &Value, names: &[String]) -> Result<Vec<String>, Fault> {
    let word = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    if let Some(single) = word(value) {
        return Ok(vec![single; names.len()]);
    }
    let list = list(field, value, names)?;
    list.into_iter().map(|value| word(value).ok_or_else(|| unreadable(field, value))).collect()
}

/// Names in a list.
pub(super) fn names(field: &str, value: &Value) -> Result<Vec<String>, Fault> {
    let list = value.as_array().ok_or_else(|| unreadable(field, value))?;
    let name = |entry: &Value| match entry {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => self::field(object, &["code", "id", "name", "title"])
            .and_then(|(_, value)| value.as_str().map(str::to_owned)),
        _ => None,
    };
    list.iter().map(|entry| name(entry).ok_or_else(|| unreadable(field, entry))).collect()
}

/// `A1`, `A2`, ….
pub(super) fn numbered(letter: char, n: usize) -> Vec<String> {
    (1..=n).map(|at| format!("{letter}{at}")).collect()
}

/// A direction in any of its spellings.
pub(super) fn direction(word: &str) -> Option<Direction> {
    match word.trim().to_lowercase().as_str() {
        "1" | "1.0" | "+1" | "+" | "max" | "maximize" | "maximise" | "maximum" | "benefit" | "gain"
        | "profit" | "up" | "higher" | "increasing" => Some(Direction::Benefit),
        "-1" | "-1.0" | "-" | "min" | "minimize" | "minimise" | "minimum" | "cost" | "loss" | "down"
        | "lower" | "decreasing" => Some(Direction::Cost),
        _ => None,
    }
}

/// One of the criteria by its name or its number (from 1, or from 0 where only that fits).
pub(super) fn which(
    field: &str,
    value: &Value,
    names: &[String],
    fits: impl Fn(usize) -> bool,
) -> Result<usize, Fault> {
    let wrong = || unreadable(field, value);
    match value {
        Value::String(name) => names.iter().position(|known| known == name).ok_or_else(wrong),
        Value::Number(_) => {
            let index = value.as_u64().and_then(|index| usize::try_from(index).ok()).ok_or_else(wrong)?;
            let places = [index.checked_sub(1), Some(index)];
            let mut known = places.into_iter().flatten().filter(|at| *at < names.len());
            known.find(|at| fits(*at)).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}
