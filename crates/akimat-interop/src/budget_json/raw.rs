//! Fields of a JSON object with their values as they stand in the file.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fmt;

/// More records in a file, or fields in a record, than this are refused.
pub(super) const ENTRIES_MAX: u32 = 10_000;

/// The records of a file in order.
#[derive(Debug)]
pub(super) struct Records<'a>(pub(super) Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Records<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Records<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Records<'de>, A::Error> {
                let mut records = Vec::new();
                while let Some(record) = list.next_element::<&'de RawValue>()? {
                    records.push(record);
                    if records.len() > ENTRIES_MAX as usize {
                        return Err(A::Error::custom("too many"));
                    }
                }
                Ok(Records(records))
            }
        }
        deserializer.deserialize_seq(Collect)
    }
}

/// The fields of one object in order.
#[derive(Debug)]
pub(super) struct Fields<'a>(Vec<(String, &'a RawValue)>);

/// A value that is neither list nor object.
#[derive(Debug)]
pub(super) enum Scalar {
    Null,
    /// A text, or the digits of a number.
    Words(String),
    Other(String),
}

impl<'a> Fields<'a> {
    pub(super) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, raw)| *raw)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, raw)| (name.as_str(), *raw))
    }

    /// A field that stands here twice.
    pub(super) fn twice(&self) -> Option<String> {
        let mut seen = BTreeSet::new();
        self.0.iter().find(|(name, _)| !seen.insert(name.as_str())).map(|(name, _)| name.clone())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(entry) = map.next_entry::<String, &'de RawValue>()? {
                    fields.push(entry);
                    if fields.len() > ENTRIES_MAX as usize {
                        return Err(A::Error::custom("too many"));
                    }
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

pub(super) fn scalar(raw: &RawValue) -> Scalar {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'n') => Scalar::Null,
        Some(b'"') => {
            serde_json::from_str(text).map_or_else(|_| Scalar::Other(text.to_owned()), Scalar::Words)
        }
        Some(b'-' | b'0'..=b'9') => Scalar::Words(text.to_owned()),
        _ => Scalar::Other(text.chars().take(40).collect()),
    }
}
