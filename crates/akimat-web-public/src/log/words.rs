//! The facts of an entry for a reader: names of facts, money in tenge, dates, states. What is not known stays as it is
//! written: later versions write more.

use akimat_core::{Money, MoneyUnit};
use akimat_i18n::Locale;
use jiff::civil::Date;
use serde_json::Value;

/// Facts that have a name; another is shown by the name it has in the entry.
const FACTS: [&str; 47] = [
    "act",
    "address",
    "adopted_on",
    "balance",
    "changed",
    "code",
    "comment",
    "contracted",
    "document_sha256",
    "ends_on",
    "expenditure",
    "file",
    "file_sha256",
    "from",
    "hindcast",
    "into",
    "invented",
    "key",
    "known_at",
    "lines_sha256",
    "model",
    "model_version",
    "n_added",
    "n_changed",
    "n_lines",
    "note",
    "number",
    "obligation",
    "origin",
    "paid",
    "part",
    "place",
    "planned",
    "progress_pct",
    "published_on",
    "reason_sha256",
    "record_sha256",
    "remark_sha256",
    "revenue",
    "software",
    "stage",
    "starts_on",
    "status",
    "to",
    "transfers",
    "version",
    "year",
];
const MONEY: [&str; 7] = ["revenue", "transfers", "expenditure", "balance", "planned", "contracted", "paid"];

/// Name and value of each fact, in the order of the entry.
pub(super) fn facts(locale: &Locale, body: &Value) -> Vec<(String, String)> {
    let named = |name: &str| match FACTS.contains(&name) {
        true => locale.name("log-fact", name).into_owned(),
        false => name.to_owned(),
    };
    let facts = body.as_object().into_iter().flatten();
    facts.map(|(name, value)| (named(name), told(locale, name, value))).collect()
}

fn told(locale: &Locale, name: &str, value: &Value) -> String {
    match value {
        Value::Null => locale.t("no-data-short").into_owned(),
        Value::Bool(yes) => locale.t(if *yes { "yes" } else { "no" }).into_owned(),
        Value::Number(n) if name.starts_with("n_") => {
            n.as_u64().map_or_else(|| n.to_string(), |n| locale.count(n))
        }
        Value::String(word) => told_word(locale, name, word),
        other => other.to_string(),
    }
}

fn told_word(locale: &Locale, name: &str, word: &str) -> String {
    if MONEY.contains(&name) {
        let money = word.parse().ok().map(Money::from_tiyn);
        return money.map_or_else(|| word.to_owned(), |money| locale.money(money, MoneyUnit::Tenge, 2));
    }
    if name.ends_with("_on") {
        let date = word.parse::<Date>().ok();
        return date.map_or_else(|| word.to_owned(), |date| locale.date(date));
    }
    let words = match name {
        "status" | "from" | "to" => "status",
        "stage" if locale.has(&format!("status-{word}")) => "status",
        "stage" => "budget-stage",
        "act" => "moderation-act",
        "code" => "moderation-code",
        _ => return word.to_owned(),
    };
    if locale.has(&format!("{words}-{word}")) {
        locale.name(words, word).into_owned()
    } else {
        word.to_owned()
    }
}
