//! Cursors as clients see them: one word, bound to the order of the list that gave it.

use akimat_storage::Cursor;
use jiff::civil::Date;

/// What the keys of an order look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A year.
    Year,
    /// Any whole number: money or microseconds.
    Number,
    /// A date.
    Date,
}

/// The word for `next`.
pub fn write(order: &str, cursor: &Cursor) -> String {
    format!("{order}~{}", cursor.encode())
}

/// Reads the word; `None` when it is forged, damaged, or belongs to another order.
pub fn read(order: &str, key: Key, word: &str) -> Option<Cursor> {
    let cursor = Cursor::decode(word.strip_prefix(order)?.strip_prefix('~')?)?;
    let right = match key {
        Key::Year => cursor.key.parse::<i16>().is_ok(),
        Key::Number => cursor.key.parse::<i64>().is_ok(),
        Key::Date => cursor.key.parse::<Date>().is_ok(),
    };
    right.then_some(cursor)
}
