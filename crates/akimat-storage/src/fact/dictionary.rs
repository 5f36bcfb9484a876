//! The dictionary of lines: in the database each line is a number.

use super::{FactLineName, LineKey};
use crate::Result;
use crate::row::{Columns, odd};
use akimat_budget::Item;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Lines by number and numbers by line.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    names: Vec<FactLineName>,
    numbers: BTreeMap<LineKey, u32>,
}

/// An entry out of `id, item, code, name_kk, name_ru, name_en`.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_entry(row: &mut Columns<'_>) -> Result<(u32, FactLineName)> {
    let id = row.int()?;
    let key = LineKey { item: row.code(Item::parse)?, code: row.string()? };
    Ok((id, FactLineName { key, name: row.words()? }))
}

impl Dictionary {
    /// Out of the entries in ascending order of their numbers, which have no gaps.
    ///
    /// # Errors
    /// [`crate::StoreError::Unexpected`] when a number is missing.
    pub fn new(entries: Vec<(u32, FactLineName)>) -> Result<Self> {
        let mut dictionary = Self::default();
        for (number, entry) in entries {
            if dictionary.add(entry) != number {
                return Err(odd("the lines of the cube are not numbered without gaps"));
            }
        }
        Ok(dictionary)
    }

    /// Adds a line that is not there yet; answers its number.
    pub fn add(&mut self, entry: FactLineName) -> u32 {
        let key = entry.key.clone();
        self.names.push(entry);
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(key, number);
        number
    }

    /// The number of a line.
    pub fn number(&self, key: &LineKey) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    /// The line of a number.
    ///
    /// # Errors
    /// [`crate::StoreError::Unexpected`] when there is none.
    pub fn key(&self, number: u32) -> Result<&LineKey> {
        let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let entry = at.and_then(|at| self.names.get(at));
        entry.map(|entry| &entry.key).ok_or_else(|| odd(format!("the cube has no line {number}")))
    }

    /// Every line with its name, by item and code.
    pub fn sorted(&self) -> Vec<FactLineName> {
        let mut names = self.names.clone();
        names.sort_by(|one, other| one.key.cmp(&other.key));
        names
    }

    /// The numbers of these lines, all when none is named; lines that never occurred have none.
    pub fn wanted(&self, lines: &[LineKey]) -> BTreeSet<u32> {
        if lines.is_empty() {
            self.numbers.values().copied().collect()
        } else {
            lines.iter().filter_map(|key| self.number(key)).collect()
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// There is no line.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// The dictionary as it was read at one generation of the cube.
#[derive(Debug, Default)]
pub struct DictionaryMemo(Mutex<Option<(i64, Arc<Dictionary>)>>);

impl DictionaryMemo {
    /// What was read at this generation.
    pub fn get(&self, generation: i64) -> Option<Arc<Dictionary>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(at, _)| *at == generation).map(|(_, dictionary)| Arc::clone(dictionary))
    }

    /// Remembers.
    pub fn put(&self, generation: i64, dictionary: Dictionary) -> Arc<Dictionary> {
        let dictionary = Arc::new(dictionary);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((generation, Arc::clone(&dictionary)));
        dictionary
    }
}
