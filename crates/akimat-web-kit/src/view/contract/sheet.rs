//! A table ready to print.

use akimat_i18n::Locale;

/// A column: the key of its name, and whether it holds numbers.
#[derive(Clone, Copy, Debug)]
pub struct Col {
    key: &'static str,
    number: bool,
}

impl Col {
    /// A column of words.
    pub const fn text(key: &'static str) -> Self {
        Self { key, number: false }
    }

    /// A column of numbers.
    pub const fn number(key: &'static str) -> Self {
        Self { key, number: true }
    }
}

/// A table: the first cell of a row is its heading.
#[derive(Debug, Default)]
pub struct Sheet {
    /// What stands in it.
    pub caption: String,
    /// Names of the columns; whether they hold numbers.
    pub heads: Vec<(String, bool)>,
    /// Rows: cells with the address they lead to (empty: nowhere).
    pub rows: Vec<Vec<(String, String)>>,
}

impl Sheet {
    /// A table without rows; `caption` is a key of the catalogue.
    pub fn new(locale: &Locale, caption: &str, heads: &[Col]) -> Self {
        Self {
            caption: locale.t(caption).into_owned(),
            heads: heads.iter().map(|col| (locale.t(col.key).into_owned(), col.number)).collect(),
            rows: Vec::new(),
        }
    }

    /// One more row of plain cells.
    pub fn push(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| (cell, String::new())).collect());
    }

    /// One more row; the first cell leads to an address.
    pub fn push_linked(&mut self, path: String, cells: impl IntoIterator<Item = String>) {
        self.push(cells);
        if let Some(first) = self.rows.last_mut().and_then(|row| row.first_mut()) {
            first.1 = path;
        }
    }
}
