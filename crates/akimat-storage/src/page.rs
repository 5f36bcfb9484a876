//! Pages of long lists, continued by a cursor so that new entries do not shift what follows.

use uuid::Uuid;

/// Where the next page begins: the sort key and the identifier of the last entry shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Sort key of the last entry, as the adapter printed it.
    pub key: String,
    /// Identifier of the last entry.
    pub id: Uuid,
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Entries wanted, 1 to [`PageRequest::LIMIT_MAX`].
    pub limit: u16,
    /// After which entry; `None` for the beginning.
    pub after: Option<Cursor>,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The entries in order.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Cursor>,
}

impl Cursor {
    /// As one word for an address: `key~id`.
    pub fn encode(&self) -> String {
        format!("{}~{}", self.key, self.id.simple())
    }

    /// Reads the word; `None` when it is forged or damaged.
    pub fn decode(word: &str) -> Option<Self> {
        let (key, id) = word.rsplit_once('~')?;
        let plain = key.len() <= 32 && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        plain.then_some(Self { key: key.to_owned(), id: Uuid::parse_str(id).ok()? })
    }
}

impl PageRequest {
    /// The most entries of one page.
    pub const LIMIT_MAX: u16 = 200;

    /// The beginning of the list.
    pub const fn first(limit: u16) -> Self {
        Self { limit, after: None }
    }

    /// The limit within its bounds.
    pub fn limit(&self) -> u16 {
        self.limit.clamp(1, Self::LIMIT_MAX)
    }
}

impl<T> Page<T> {
    /// Makes a page out of up to `limit + 1` entries: the extra one only tells that there is more.
    pub fn from_overfull(mut items: Vec<T>, limit: u16, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = items.len() > usize::from(limit);
        items.truncate(usize::from(limit));
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }
}
