//! Fields of the register in words: their names, their values, how they changed.

use crate::view::project::stage_name;
use akimat_core::{Lang, Money, Text};
use akimat_i18n::Locale;
use akimat_project::Modality;
use akimat_project::revision::FieldChange;
use jiff::civil::Date;
use serde_json::Value;

/// The fields of a project as the register names them, in the order of a page; each has a name in the catalogue.
pub const FIELDS: [&str; 22] = [
    "title",
    "summary",
    "number",
    "place",
    "sector",
    "kind",
    "modality",
    "level",
    "status",
    "stage",
    "progress_pct",
    "contractor",
    "starts_on",
    "ends_on",
    "location",
    "money",
    "milestones",
    "results",
    "beneficiaries",
    "partners",
    "international",
    "scores",
];

/// What a path such as `money[2027 own].planned` is called: the field, the line, and its part.
pub fn path_name(locale: &Locale, path: &str) -> String {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (field, rest) = path.split_at(end);
    let mut name = locale.name("register-field", field).into_owned();
    if let Some((line, rest)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        name = format!("{name}: {}", line_name(locale, field, line));
        if let Some(part) = rest.strip_prefix('.') {
            name = format!("{name}, {}", part_name(locale, field, part));
        }
    } else if let Some(part) = rest.strip_prefix('.') {
        name = format!("{name}, {}", part_name(locale, field, part));
    }
    name
}

fn line_name(locale: &Locale, field: &str, line: &str) -> String {
    if field != "money" {
        return line.to_owned();
    }
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    if let Some(source) = words.get_mut(1) {
        *source = locale.name("money-source", source).into_owned();
    }
    words.join(" ")
}

fn part_name(locale: &Locale, field: &str, part: &str) -> String {
    let first = part.split('.').next().unwrap_or(part);
    if matches!(field, "title" | "summary") {
        return locale.name("language-name", first).into_owned();
    }
    if field == "scores" {
        return first.to_owned();
    }
    let named = locale.name("register-part", first).into_owned();
    match part.split_once('.') {
        Some((_, lang)) if Lang::parse(lang).is_some() => {
            format!("{named} ({})", locale.name("language-name", lang))
        }
        _ => named,
    }
}

/// A value in words.
pub fn value_text(locale: &Locale, modality: Modality, (path, value): (&str, &Value)) -> String {
    let last = path.rsplit(['.', ']']).find(|part| !part.is_empty()).unwrap_or(path);
    let none = || locale.t("no-data-short").into_owned();
    match value {
        Value::Null => none(),
        Value::String(text) if text.is_empty() => none(),
        Value::String(text) => word(locale, modality, (last, text)),
        Value::Bool(yes) => locale.t(if *yes { "clash-yes" } else { "clash-no" }).into_owned(),
        Value::Number(number) => match (last, number.as_i64()) {
            ("planned" | "amended" | "contracted" | "invoiced" | "paid", Some(tiyn)) => {
                locale.money_short(Money::from_tiyn(tiyn))
            }
            ("progress_pct", _) => locale.percent(&number.to_string()),
            ("number", Some(n)) => locale.count(u64::try_from(n).unwrap_or(0)),
            _ => number.to_string(),
        },
        Value::Object(fields) => object(locale, modality, fields),
        Value::Array(items) if items.is_empty() => none(),
        Value::Array(items) => {
            let parts: Vec<String> =
                items.iter().map(|item| value_text(locale, modality, (last, item))).collect();
            parts.join("; ")
        }
    }
}

fn word(locale: &Locale, modality: Modality, (last, text): (&str, &str)) -> String {
    if let Ok(date) = text.parse::<Date>() {
        return locale.date(date);
    }
    let prefix = match last {
        "status" => "status",
        "sector" => "sector",
        "kind" => "kind",
        "modality" => "modality",
        "level" => "project-level",
        "source" => "money-source",
        "stage" => return stage_name(locale, modality, text),
        _ => return text.to_owned(),
    };
    locale.name(prefix, text).into_owned()
}

fn object(locale: &Locale, modality: Modality, fields: &serde_json::Map<String, Value>) -> String {
    let a_text = fields.keys().all(|name| Lang::parse(name).is_some());
    if let Some(text) = serde_json::from_value::<Text>(Value::Object(fields.clone())).ok().filter(|_| a_text)
    {
        return locale.text(&text).0.to_owned();
    }
    let parts: Vec<String> = fields
        .iter()
        .filter(|(name, value)| {
            let empty = value.is_null() || value.as_str().is_some_and(str::is_empty);
            name.as_str() != "id" && !empty
        })
        .map(|(name, value)| {
            let text = value_text(locale, modality, (name, value));
            format!("{}: {text}", part_name(locale, "", name))
        })
        .collect();
    parts.join(", ")
}

/// A change as field, before and after, in words.
pub fn change_words(locale: &Locale, modality: Modality, change: &FieldChange) -> [String; 3] {
    let text = |value: &Value| value_text(locale, modality, (&change.path, value));
    [path_name(locale, &change.path), text(&change.before), text(&change.after)]
}
