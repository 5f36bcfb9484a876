//! What a document consists of.

use crate::figure::Drawing;

/// A document in one language.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its title, also in the metadata.
    pub title: String,
    /// Below the title: who, for when. May be empty.
    pub subtitle: String,
    /// Language of all words, as in `kk`.
    pub lang: String,
    /// At the foot of each page, beside the page number.
    pub footer: String,
    /// Heading of the contents; without one there are no contents.
    pub contents: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading; level 1 begins a section.
    Heading {
        /// 1 to 3.
        level: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph. Lines of the text are kept.
    Paragraph(String),
    /// A small paragraph: unit, source, date, a refusal.
    Note(String),
    /// A table.
    Table(Table),
    /// A drawing with its description for those who do not see it.
    Figure {
        /// The drawing.
        drawing: Drawing,
        /// What can be seen in it.
        alt: String,
    },
}

/// A table. Its head is repeated on every page.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Above it: what, in which unit.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// Cells by row; the first cell of a row is its heading.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Numbers stand at the right.
    pub number: bool,
}

impl Column {
    /// A column of words.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), number: false }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<String>) -> Self {
        Self { title: title.into(), number: true }
    }
}
