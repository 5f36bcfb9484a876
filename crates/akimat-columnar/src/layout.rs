//! What is in a file of the snapshot.
//!
//! One row is one line of one report. Everything but the money is a small whole number: Parquet keeps it
//! in dictionaries and runs, and grouping by it is cheap. Facts of one year are in files of their own, and
//! those of the latest report of a unit apart from the earlier ones, so that the usual question, totals of
//! years, reads a twelfth of the facts.

use akimat_budget::{Item, Section, Stage};
use akimat_storage::columns::{depth_of, functional_group};
use akimat_storage::fact::LineKey;
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names of the columns.
pub mod column {
    /// Code of the unit as a number.
    pub const PLACE: &str = "place";
    /// Code of its top-level unit.
    pub const REGION: &str = "region";
    /// Code of its district, or 0.
    pub const DISTRICT: &str = "district";
    /// Level of the budget system.
    pub const LEVEL: &str = "level";
    /// Financial year.
    pub const YEAR: &str = "year";
    /// Month of the report.
    pub const MONTH: &str = "month";
    /// Place of the section in [`akimat_budget::Section::ALL`].
    pub const SECTION: &str = "section";
    /// Place of the item in [`akimat_budget::Item::ALL`].
    pub const ITEM: &str = "item";
    /// Functional group as a number, or 0.
    pub const GROUP: &str = "grp";
    /// Number of parts of the code.
    pub const DEPTH: &str = "depth";
    /// Place of the code in the sorted list of the manifest.
    pub const CODE: &str = "code";
    /// Approved, tiyn.
    pub const APPROVED: &str = "approved";
    /// Amended, tiyn.
    pub const AMENDED: &str = "amended";
    /// Executed, tiyn.
    pub const EXECUTED: &str = "executed";
}

/// The column of a state of the figures.
pub const fn stage_column(stage: Stage) -> &'static str {
    match stage {
        Stage::Approved => column::APPROVED,
        Stage::Amended => column::AMENDED,
        Stage::Executed => column::EXECUTED,
    }
}

/// The columns of a file.
pub fn schema() -> Arc<Schema> {
    let whole = |name: &str, kind: DataType| Field::new(name, kind, false);
    Arc::new(Schema::new(vec![
        whole(column::PLACE, DataType::Int32),
        whole(column::REGION, DataType::Int32),
        whole(column::DISTRICT, DataType::Int32),
        whole(column::LEVEL, DataType::Int8),
        whole(column::YEAR, DataType::Int16),
        whole(column::MONTH, DataType::Int8),
        whole(column::SECTION, DataType::Int8),
        whole(column::ITEM, DataType::Int8),
        whole(column::GROUP, DataType::Int8),
        whole(column::DEPTH, DataType::Int8),
        whole(column::CODE, DataType::Int32),
        Field::new(column::APPROVED, DataType::Int64, true),
        Field::new(column::AMENDED, DataType::Int64, true),
        Field::new(column::EXECUTED, DataType::Int64, true),
    ]))
}

/// Version of the layout: a snapshot of another version is made anew.
pub const VERSION: u32 = 1;

/// The lines of the cube as numbers.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    ids: BTreeMap<LineKey, u32>,
    rows: Vec<LineRow>,
    /// The codes, sorted, each once.
    codes: Vec<String>,
}

/// One line as numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineRow {
    /// Place of the section in its list.
    pub section: i8,
    /// Place of the item in its list.
    pub item: i8,
    /// Functional group, or 0.
    pub group: i8,
    /// Parts of the code.
    pub depth: i8,
    /// Place of the code in the sorted list.
    pub code: i32,
}

impl Lines {
    /// Numbers lines, in the order of the keys.
    pub fn new(keys: impl IntoIterator<Item = LineKey>) -> Self {
        let mut keys: Vec<LineKey> = keys.into_iter().collect();
        keys.sort();
        keys.dedup();
        let mut codes: Vec<String> = keys.iter().map(|key| key.code.clone()).collect();
        codes.sort();
        codes.dedup();
        let rows = keys.iter().map(|key| row(key, &codes)).collect();
        let ids = keys.into_iter().zip(0..).collect();
        Self { ids, rows, codes }
    }

    /// The number of a line.
    pub fn id(&self, key: &LineKey) -> Option<u32> {
        self.ids.get(key).copied()
    }

    /// A line by its number.
    pub fn row(&self, id: u32) -> LineRow {
        self.rows.get(id as usize).copied().unwrap_or_default()
    }

    /// The codes, sorted.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }
}

fn row(key: &LineKey, codes: &[String]) -> LineRow {
    let group = functional_group(key.item, &key.code).and_then(|group| group.parse().ok()).unwrap_or(0);
    LineRow {
        section: position(&Section::ALL, &key.item.section()),
        item: position(&Item::ALL, &key.item),
        group,
        depth: i8::try_from(depth_of(&key.code)).unwrap_or(i8::MAX),
        code: codes.binary_search(&key.code).ok().and_then(|at| i32::try_from(at).ok()).unwrap_or(0),
    }
}

/// The place of a value in a list of fewer than 128.
pub fn position<T: PartialEq>(all: &[T], value: &T) -> i8 {
    all.iter().position(|other| other == value).and_then(|at| i8::try_from(at).ok()).unwrap_or(-1)
}

/// What a snapshot says about itself; written last, so that a folder with it is whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// [`VERSION`].
    pub version: u32,
    /// Generation of the cube.
    pub generation: i64,
    /// Units of the cube.
    pub n_units: u64,
    /// Reports of the cube.
    pub n_reports: u64,
    /// Facts of the cube.
    pub n_facts: u64,
    /// When it was made.
    pub as_of: jiff::Timestamp,
    /// For each state of the figures the sum of all amounts without their signs, as a decimal. While it
    /// fits into 63 bits, no sum of any of them can overflow.
    pub absolute: [String; 3],
    /// The codes, sorted.
    pub codes: Vec<String>,
    /// The files.
    pub files: Vec<File>,
}

/// One file of facts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct File {
    /// Its name in the folder.
    pub name: String,
    /// The year of all its facts.
    pub year: i16,
    /// All its facts are of the latest report of their unit and year, or none is.
    pub latest: bool,
    /// Its facts.
    pub n_facts: u64,
}

impl Manifest {
    /// No sum of amounts of this state can leave 64 bits.
    pub fn fits(&self, stage: Stage) -> bool {
        let at = usize::try_from(position(&Stage::ALL, &stage)).unwrap_or_default();
        self.absolute.get(at).is_some_and(|sum| sum.parse::<i64>().is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_codes_sorted() {
        let key = |item, code: &str| LineKey { item, code: code.to_owned() };
        let lines = Lines::new([
            key(Item::FunctionalDetail, "04/1/464"),
            key(Item::RevenueTotal, ""),
            key(Item::FunctionalGroup, "04"),
        ]);
        assert_eq!(lines.codes(), ["", "04", "04/1/464"]);
        assert_eq!(lines.id(&key(Item::RevenueTotal, "")), Some(0));
        assert_eq!(lines.id(&key(Item::Tax, "")), None);
        let detail = lines.row(lines.id(&key(Item::FunctionalDetail, "04/1/464")).unwrap());
        assert_eq!((detail.group, detail.depth, detail.code, detail.section), (4, 3, 2, 1));
        let total = lines.row(0);
        assert_eq!((total.group, total.depth, total.code, total.section), (0, 0, 0, 0));
    }
}
