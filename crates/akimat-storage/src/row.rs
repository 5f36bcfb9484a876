//! What both databases share: how a noun is laid out in columns.
//!
//! The SQL is each adapter's own; the order of the columns, what is kept in them and what is derived
//! from them for searching and sorting is written once, here, so that the two cannot drift apart.
//! Instants are whole microseconds since 1970-01-01T00:00Z, dates ISO 8601 text, money whole tiyn,
//! identifiers UUIDs, names of things the `code()` of their type.

pub mod acceptance;
pub mod access_token;
pub mod account;
pub mod appraisal;
pub mod audit;
pub mod ballot;
pub mod budget;
pub mod comment_file;
pub mod contact;
pub mod correction;
pub mod credential;
pub mod criteria_set;
pub mod decision;
pub mod discount;
pub mod dossier;
pub mod erasure;
pub mod exercise;
pub mod finding_note;
pub mod import;
pub mod job;
pub mod log_entry;
pub mod merged_project;
pub mod notice;
pub mod observation;
pub mod outbox;
pub mod outcome_prediction;
pub mod participation;
pub mod person;
pub mod photo;
pub mod place;
pub mod process;
pub mod programme;
pub mod project;
pub mod project_map;
pub mod proposal;
pub mod publication;
pub mod published_forecast;
pub mod question;
pub mod saved;
pub mod score;
pub mod subscription;
pub mod talk;
pub mod words;

use crate::{Cursor, PageRequest, Result, StoreError};
use akimat_core::{KatoCode, Money, Text};
use akimat_participation::Hidden;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use uuid::Uuid;

/// A value on its way into the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A whole number, or nothing.
    Int(Option<i64>),
    /// Words, or nothing.
    Text(Option<Cow<'a, str>>),
    /// An identifier, or nothing.
    Uuid(Option<Uuid>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// Yes or no.
    Flag(bool),
}

/// Makes a list of [`Arg`] out of plain values.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::row::Arg::from($value)),*] };
}

macro_rules! arg_from {
    ($($type:ty, $value:ident => $arg:expr);* $(;)?) => { $(
        impl<'a> From<$type> for Arg<'a> {
            fn from($value: $type) -> Self {
                $arg
            }
        }
    )* };
}

arg_from! {
    i64, value => Arg::Int(Some(value));
    Option<i64>, value => Arg::Int(value);
    i16, value => Arg::Int(Some(value.into()));
    i32, value => Arg::Int(Some(value.into()));
    u8, value => Arg::Int(Some(value.into()));
    u16, value => Arg::Int(Some(value.into()));
    u32, value => Arg::Int(Some(value.into()));
    KatoCode, value => Arg::Int(Some(value.number().into()));
    Option<KatoCode>, value => Arg::Int(value.map(|code| code.number().into()));
    Money, value => Arg::Int(Some(value.tiyn()));
    Option<Money>, value => Arg::Int(value.map(Money::tiyn));
    Timestamp, value => Arg::Int(Some(value.as_microsecond()));
    Date, value => Arg::Text(Some(Cow::Owned(value.to_string())));
    Option<Date>, value => Arg::Text(value.map(|date| Cow::Owned(date.to_string())));
    &'a str, value => Arg::Text(Some(words(Cow::Borrowed(value))));
    Option<&'a str>, value => Arg::Text(value.map(|text| words(Cow::Borrowed(text))));
    String, value => Arg::Text(Some(words(Cow::Owned(value))));
    Uuid, value => Arg::Uuid(Some(value));
    Option<Uuid>, value => Arg::Uuid(value);
    &'a [u8], value => Arg::Bytes(Cow::Borrowed(value));
    bool, value => Arg::Flag(value);
}

/// PostgreSQL keeps no text with a zero in it; whoever sends one gets the sign of an unreadable
/// character, in both databases.
fn words(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { text }
}

/// The cells of one answered row as an adapter reads them, each call one cell further to the right.
pub trait Cells {
    /// A whole number, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Unexpected`] when the cell holds something else, as in every method here.
    fn int(&mut self) -> Result<Option<i64>>;

    /// Words, or nothing.
    ///
    /// # Errors
    /// See [`Cells::int`].
    fn string(&mut self) -> Result<Option<String>>;

    /// An identifier, or nothing.
    ///
    /// # Errors
    /// See [`Cells::int`].
    fn uuid(&mut self) -> Result<Option<Uuid>>;

    /// Yes or no.
    ///
    /// # Errors
    /// See [`Cells::int`].
    fn flag(&mut self) -> Result<bool>;

    /// Bytes.
    ///
    /// # Errors
    /// See [`Cells::int`].
    fn bytes(&mut self) -> Result<Vec<u8>>;
}

/// The columns of one answered row, taken from left to right.
pub struct Columns<'r>(pub &'r mut dyn Cells);

impl std::fmt::Debug for Columns<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Columns")
    }
}

impl Columns<'_> {
    /// A whole number, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Unexpected`] when the column holds something else, as in every method here.
    pub fn int_opt(&mut self) -> Result<Option<i64>> {
        self.0.int()
    }

    /// Words, or nothing.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn string_opt(&mut self) -> Result<Option<String>> {
        self.0.string()
    }

    /// An identifier, or nothing.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn uuid_opt(&mut self) -> Result<Option<Uuid>> {
        self.0.uuid()
    }

    /// Yes or no.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn flag(&mut self) -> Result<bool> {
        self.0.flag()
    }

    /// Bytes.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn bytes(&mut self) -> Result<Vec<u8>> {
        self.0.bytes()
    }

    /// A whole number of any size.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn int<T: TryFrom<i64>>(&mut self) -> Result<T> {
        let value = self.int_opt()?.ok_or_else(|| odd("a number is missing"))?;
        T::try_from(value).map_err(|_| odd(format!("the number {value} is out of range")))
    }

    /// Words.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn string(&mut self) -> Result<String> {
        self.string_opt()?.ok_or_else(|| odd("a text is missing"))
    }

    /// An identifier.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn uuid(&mut self) -> Result<Uuid> {
        self.uuid_opt()?.ok_or_else(|| odd("an identifier is missing"))
    }

    /// A content in three languages: three columns.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn words(&mut self) -> Result<Text> {
        Ok(Text { kk: self.string()?, ru: self.string()?, en: self.string()? })
    }

    /// A territory, or nothing.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn kato_opt(&mut self) -> Result<Option<KatoCode>> {
        let Some(number) = self.int_opt()? else { return Ok(None) };
        let code = u32::try_from(number).ok().and_then(KatoCode::from_number);
        code.map(Some).ok_or_else(|| odd(format!("{number} is not a KATO code")))
    }

    /// A territory.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn kato(&mut self) -> Result<KatoCode> {
        self.kato_opt()?.ok_or_else(|| odd("a territory is missing"))
    }

    /// Money, or nothing.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn money_opt(&mut self) -> Result<Option<Money>> {
        Ok(self.int_opt()?.map(Money::from_tiyn))
    }

    /// An instant.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn instant(&mut self) -> Result<Timestamp> {
        let micros: i64 = self.int()?;
        Timestamp::from_microsecond(micros).map_err(|_| odd(format!("{micros} is not an instant")))
    }

    /// A date, or nothing.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn date_opt(&mut self) -> Result<Option<Date>> {
        let Some(text) = self.string_opt()? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| odd(format!("{text:?} is not a date")))
    }

    /// A date.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn date(&mut self) -> Result<Date> {
        self.date_opt()?.ok_or_else(|| odd("a date is missing"))
    }

    /// One of a list of names.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn code<T>(&mut self, parse: fn(&str) -> Option<T>) -> Result<T> {
        let code = self.string()?;
        parse(&code).ok_or_else(|| odd(format!("{code:?} is not a name known here")))
    }

    /// A part of a noun, kept as JSON.
    ///
    /// # Errors
    /// See [`Columns::int_opt`].
    pub fn json<T: DeserializeOwned>(&mut self) -> Result<T> {
        let text = self.string()?;
        serde_json::from_str(&text).map_err(|error| odd(format!("unreadable JSON: {error}")))
    }
}

/// An instant, or nothing.
pub(crate) fn instant_opt(row: &mut Columns<'_>) -> Result<Option<Timestamp>> {
    let Some(micros) = row.int_opt()? else { return Ok(None) };
    Timestamp::from_microsecond(micros).map(Some).map_err(|_| odd(format!("{micros} is not an instant")))
}

/// A whole number out of the only column.
///
/// # Errors
/// [`StoreError::Unexpected`] when the column holds something else.
pub fn read_int(row: &mut Columns<'_>) -> Result<i64> {
    row.int()
}

/// An identifier, or nothing, out of the only column.
///
/// # Errors
/// [`StoreError::Unexpected`] when the column holds something else.
pub fn read_uuid_opt(row: &mut Columns<'_>) -> Result<Option<Uuid>> {
    row.uuid_opt()
}

/// Why something is hidden and since when, or nothing: two columns.
pub(crate) fn hidden_opt(row: &mut Columns<'_>) -> Result<Option<Hidden>> {
    let (Some(reason), Some(at)) = (row.string_opt()?, row.int_opt()?) else { return Ok(None) };
    let at = Timestamp::from_microsecond(at).map_err(|_| odd(format!("{at} is not an instant")))?;
    Ok(Some(Hidden { reason, at }))
}

/// Search keys that are looked at; `akimat_core::fold::search_keys` gives fewer.
pub const KEYS_MAX: usize = 8;

/// What the adapter cannot make sense of.
pub fn odd(what: impl Into<String>) -> StoreError {
    StoreError::Unexpected(what.into())
}

/// A part of a noun as JSON.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain structs with string keys always serialise")
}

/// The columns with the name of their table before each.
pub fn qualified(table: &str, columns: &str) -> String {
    let names: Vec<String> = columns.split(',').map(|name| format!("{table}.{}", name.trim())).collect();
    names.join(", ")
}

/// `mark1, mark2, …` for as many values as there are columns.
pub fn marks(mark: char, columns: &str) -> String {
    let marks: Vec<String> = (1..=columns.split(',').count()).map(|at| format!("{mark}{at}")).collect();
    marks.join(", ")
}

/// The cursor of an entry that is sorted by an instant.
pub fn cursor_at(at: Timestamp, id: Uuid) -> Cursor {
    Cursor { key: at.as_microsecond().to_string(), id }
}

/// After which number and identifier the page begins; `None` for the beginning, also when the cursor is
/// forged or belongs to another list: then the reader simply sees the list from its start.
pub fn after_number(page: &PageRequest) -> Option<(i64, Uuid)> {
    let after = page.after.as_ref()?;
    Some((after.key.parse().ok()?, after.id))
}

/// After which date and identifier the page begins; see [`after_number`].
pub fn after_date(page: &PageRequest) -> Option<(Date, Uuid)> {
    let after = page.after.as_ref()?;
    Some((after.key.parse().ok()?, after.id))
}
