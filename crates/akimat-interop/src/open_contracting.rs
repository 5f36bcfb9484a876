//! Open contracting: projects as OC4IDS 0.9.5, contracting processes as OCDS 1.1.5, and back.
//!
//! `docs/reference/open-contracting.md` maps each field. Only fields of the standards are written, so that every
//! checker knows each of them; what a project brought along from elsewhere is kept in [`Brought`] and written again.
//!
//! Reading order: [`release`] (a process as releases), [`merge`] (releases to one state), [`project`] (a project) with
//! [`summary`] (its processes), [`read()`] (packages to projects and processes).

mod currency;
pub mod merge;
mod node;
pub mod project;
mod read;
pub mod release;
pub mod summary;
#[cfg(test)]
mod tests;

pub use node::{FAULTS_MAX, Misread, ReadFault};
pub use read::{BYTES_MAX, Context, Package, ReadProcess, ReadProject, read};

use akimat_core::{KatoCode, Lang, Money, MoneyUnit, Text};
use akimat_procurement::process::TENGE;
use akimat_procurement::{Party, Process};
use akimat_project::Project;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Version of OCDS in packages.
pub const OCDS_VERSION: &str = "1.1";
/// Version of OC4IDS in packages.
pub const OC4IDS_VERSION: &str = "0.9";
/// Scheme of business identification numbers.
pub const BIN_SCHEME: &str = "KZ-BIN";
/// Offset of days of the civil calendar: the zone of Kazakhstan since 1 March 2024.
const OFFSET: &str = "T00:00:00+05:00";

/// Who publishes. Prefixes are given out by the Open Contracting Partnership; they are settings, not constants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// Prefix of contracting processes, such as `ocds-abc123`.
    pub ocds_prefix: String,
    /// Prefix of projects, such as `oc4ids-abc123`.
    pub oc4ids_prefix: String,
    /// Name.
    pub name: String,
    /// Address of the publisher.
    pub uri: String,
    /// Address of the licence.
    pub license: String,
    /// Address of the platform, without a closing slash.
    pub base: String,
    /// Language of plain texts.
    pub lang: Lang,
    /// Lots and bids are written too, by the extensions `lots` and `bids` of OCDS, which packages then name, and titles
    /// in all languages.
    pub extensions: bool,
    /// The sentence that says of a record that it was invented for a demonstration.
    pub invented: String,
}

/// Addresses of the extensions by which lots and bids are written.
pub const EXTENSIONS: [&str; 2] = [
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json",
];

/// A contracting process with what its section says of it.
#[derive(Clone, Debug)]
pub struct Published<'a> {
    /// Identifier of its section.
    pub id: String,
    /// When the newest version was saved.
    pub saved_at: Timestamp,
    /// The process.
    pub process: &'a Process,
}

/// A file or page that belongs to a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// Its name inside the project.
    pub id: String,
    /// What it is, of the list `documentType`.
    pub kind: &'static str,
    /// Name.
    pub title: String,
    /// Address on this platform, from the first slash on.
    pub path: String,
    /// When it was published.
    pub at: Option<Timestamp>,
    /// Media type.
    pub format: &'static str,
}

/// What a project brought along from another publisher and what the register has no field for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brought {
    /// Its identifier there; empty when it is ours.
    pub id: String,
    /// Properties of the project that are written again as they came.
    pub fields: Map<String, Value>,
    /// Linked releases of its processes by their ocid.
    pub releases: std::collections::BTreeMap<String, Value>,
}

/// A project with its processes.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The project.
    pub project: &'a Project,
    /// Name of its territory.
    pub place: String,
    /// Territories that share it, with their names.
    pub partners: Vec<(KatoCode, String)>,
    /// Day on which it was completed.
    pub completed_on: Option<Date>,
    /// Its processes.
    pub processes: Vec<Published<'a>>,
    /// Its pages and photographs.
    pub attachments: Vec<Attachment>,
    /// What it brought along.
    pub brought: Brought,
}

impl Publisher {
    /// The open contracting identifier: that of the state portal where there is one.
    pub fn ocid(&self, published: &Published<'_>) -> String {
        if published.process.ocid.is_empty() {
            format!("{}-{}", self.ocds_prefix, published.id)
        } else {
            published.process.ocid.clone()
        }
    }

    /// The identifier of a project: the one it came with, or ours.
    pub fn project_id(&self, project: &Project, brought: &Brought) -> String {
        if brought.id.is_empty() {
            format!("{}-{}", self.oc4ids_prefix, project.id)
        } else {
            brought.id.clone()
        }
    }

    fn head(&self, path: &str, version: &str, at: Timestamp) -> Map<String, Value> {
        let head = object([
            ("uri", json!(format!("{}{path}", self.base))),
            ("version", json!(version)),
            ("publishedDate", json!(instant(at))),
            ("publisher", object([("name", json!(self.name)), ("uri", json!(self.uri))])),
            ("license", json!(self.license)),
            ("publicationPolicy", json!(format!("{}/{}/open-data", self.base, self.lang.code()))),
        ]);
        match head {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }

    /// The beginning of a package of projects up to its list, for those who write it piece by piece.
    pub fn project_head(&self, path: &str, at: Timestamp) -> Map<String, Value> {
        self.head(path, OC4IDS_VERSION, at)
    }

    /// The beginning of a package of releases or records up to its list.
    pub fn process_head(&self, path: &str, at: Timestamp) -> Map<String, Value> {
        let mut head = self.head(path, OCDS_VERSION, at);
        if self.extensions {
            head.insert("extensions".to_owned(), json!(EXTENSIONS));
        }
        head
    }
}

/// The first part of a checksum: a name that follows from what it names.
fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).fold(String::new(), |mut name, byte| {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
        name
    })
}

/// An instant without parts of a second.
fn instant(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// An object without the properties that hold nothing: an empty text, list or object is no statement.
fn object(properties: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    };
    Value::Object(
        properties
            .into_iter()
            .filter(|(_, value)| says(value))
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// A number in tenge with at most two decimals; beyond fifteen digits JSON numbers of others may round it.
fn number(amount: Money) -> Value {
    serde_json::from_str(&amount.to_decimal(MoneyUnit::Tenge, 0)).unwrap_or(Value::Null)
}

fn value(amount: Money, currency: &str) -> Value {
    json!({ "amount": number(amount), "currency": currency })
}

fn some_value(amount: Option<Money>, currency: &str) -> Value {
    amount.map_or(Value::Null, |amount| value(amount, currency))
}

fn tenge(amount: Option<Money>) -> Value {
    some_value(amount, TENGE)
}

fn day(day: Option<Date>) -> Value {
    day.map_or(Value::Null, |day| json!(format!("{day}{OFFSET}")))
}

fn period(start: Option<Date>, end: Option<Date>) -> Value {
    object([("startDate", day(start)), ("endDate", day(end))])
}

/// A text in the language of the publisher, or in the one that there is.
fn plain(text: &Text, lang: Lang) -> Value {
    json!(text.get(lang))
}

/// A party that came from elsewhere keeps the name it had there.
const FOREIGN_PARTY: &str = "org:";

/// The name of a party in packages: the one it came with, its number, or one that follows from what it is called.
fn party_id(party: &Party) -> String {
    if let Some(own) = party.id.strip_prefix(FOREIGN_PARTY) {
        return own.to_owned();
    }
    if party.bin.is_empty() {
        format!("akimat-name-{}", digest(party.name.trim()))
    } else {
        format!("{BIN_SCHEME}-{}", party.bin)
    }
}

fn reference(process: &Process, id: &str) -> Value {
    process.party(id).map_or(Value::Null, |party| json!({ "id": party_id(party), "name": party.name }))
}

/// References without repetition, in the order of their names.
fn references<'a>(process: &Process, ids: impl Iterator<Item = &'a str>) -> Value {
    let mut named: Vec<(String, Value)> = ids
        .filter_map(|id| process.party(id).map(|party| (party_id(party), reference(process, id))))
        .collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    named.dedup_by(|a, b| a.0 == b.0);
    Value::Array(named.into_iter().map(|(_, one)| one).collect())
}

/// Who carries a project out as its processes say: the first that supplies. Empty when none is named.
fn contractor<'a>(processes: impl Iterator<Item = &'a Process>) -> &'a str {
    let supplies = |party: &&Party| {
        party.roles.iter().any(|role| {
            matches!(role, akimat_procurement::Role::Supplier | akimat_procurement::Role::PrivatePartner)
        })
    };
    let mut named = processes.filter_map(|process| process.parties.iter().find(supplies));
    named.next().map_or("", |party| party.name.trim())
}
