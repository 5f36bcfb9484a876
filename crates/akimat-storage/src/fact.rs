//! The cube of budget facts: what each unit planned and executed, line by line and month by month, with
//! sums over the units below each territory that are kept exact by every import.
//!
//! A *report* is what one unit states as of the end of one month, cumulative since January, as execution
//! reports really come; month 0 is the plan alone. A report is replaced whole by a newer one of the same
//! unit and month. The *total of a year* is what the latest report of that year states.
//!
//! Sums add units of one level of the budget system and never mix levels: adding a region to its districts
//! would count the transfers between them twice (Budget Code, article 8: that is what consolidation is for).
//! A territory's own unit counts as below it: the sum of level 2 below a region is the region's own budget.
//! What lies below what is told by the codes of the classifier alone.
//!
//! Reading order: this file (the questions), [`ledger`] (how sums stay exact), [`block`] (how reports are
//! packed), [`dictionary`], [`answer`].

pub mod answer;
pub mod block;
pub mod dictionary;
pub mod ledger;

use crate::Result;
use akimat_budget::{Amounts, Item};
use akimat_core::{BudgetId, KatoCode, Text};
use async_trait::async_trait;
use std::ops::RangeInclusive;

/// A line of the cube: a summary item, or a detail item with its classification code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineKey {
    /// What it states.
    pub item: Item,
    /// Classification code, parts joined by `/`; empty for summary items.
    pub code: String,
}

/// One line of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactLine {
    /// Row of the source, from 1.
    pub row: u32,
    /// Which line.
    pub key: LineKey,
    /// The money, cumulative since January where executed.
    pub amounts: Amounts,
}

/// Where a report comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactSource {
    /// Name of the imported file.
    pub file_name: String,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
    /// The budget whose lines these are, when it is one of the register's.
    pub budget: Option<BudgetId>,
    /// Invented for the demonstration.
    pub invented: bool,
}

/// What one unit states as of the end of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactReport {
    /// The unit.
    pub place: KatoCode,
    /// Its level in the budget system: 1 republican, 2 regional, 3 district, 4 village and okrug,
    /// 5 extra-budgetary fund.
    pub level: u8,
    /// Financial year.
    pub year: i16,
    /// Month 1 to 12, or 0 for the plan alone.
    pub month: u8,
    /// Where from.
    pub source: FactSource,
    /// The lines, sorted by key, each once.
    pub lines: Vec<FactLine>,
}

/// Whose figures: one unit's, or the sum of the units of one level below a territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactNode {
    /// One unit's own budget.
    Unit(KatoCode),
    /// The sum of all units of a level below a territory (`None`: of the country).
    Sum {
        /// Below which territory.
        under: Option<KatoCode>,
        /// Of which level.
        level: u8,
    },
}

/// Which nodes a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactScope {
    /// One.
    Node(FactNode),
    /// Every unit of a level below a territory (`None`: of the country), one by one.
    Units {
        /// Below which territory.
        under: Option<KatoCode>,
        /// Of which level.
        level: u8,
    },
    /// For each territory directly under `parent` (`None`: the top-level units) the sum of the units of a
    /// level below it.
    Sums {
        /// Whose children.
        parent: Option<KatoCode>,
        /// Of which level the units are that are added.
        level: u8,
    },
}

/// A question about totals of years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactQuery {
    /// Whose.
    pub scope: FactScope,
    /// Which lines; empty for all.
    pub lines: Vec<LineKey>,
    /// Which years.
    pub years: RangeInclusive<i16>,
}

/// How many units state each of the three amounts: a sum of fewer units than there are is not the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageCounts {
    /// Units that state the approved amount.
    pub approved: u32,
    /// Units that state the amended amount.
    pub amended: u32,
    /// Units that state the executed amount.
    pub executed: u32,
}

/// The total of one line of one node in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactTotal {
    /// Whose.
    pub node: FactNode,
    /// Year.
    pub year: i16,
    /// Which line.
    pub key: LineKey,
    /// The exact sums of what is stated; `None` where no unit states it.
    pub amounts: Amounts,
    /// How many units stand behind each.
    pub n_units: StageCounts,
    /// Least of the months that the latest reports of all units of the node are of: 12 when all are of
    /// December.
    pub month_min: u8,
    /// Greatest of them.
    pub month_max: u8,
}

/// One month of one line of one node, cumulative since January.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactMonth {
    /// Year.
    pub year: i16,
    /// Month 0 to 12.
    pub month: u8,
    /// The exact sums of what is stated in the reports of this very month.
    pub amounts: Amounts,
    /// How many units stand behind each.
    pub n_units: StageCounts,
}

/// What the cube holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactExtent {
    /// First and last year; `None` while empty.
    pub years: Option<(i16, i16)>,
    /// Units with at least one report.
    pub n_units: u64,
    /// Reports.
    pub n_reports: u64,
    /// Lines of all reports.
    pub n_facts: u64,
    /// Grows with every change: whatever was computed at one generation holds while it is the same.
    pub generation: i64,
}

/// A line with its name as the sources print it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactLineName {
    /// Which line.
    pub key: LineKey,
    /// The name; empty when the item says it all.
    pub name: Text,
}

/// A unit of the cube.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactUnit {
    /// The unit.
    pub place: KatoCode,
    /// Its level.
    pub level: u8,
}

impl FactUnit {
    /// An extra-budgetary fund: it is not the budget of the territory under whose code it stands.
    pub const fn is_fund(self) -> bool {
        self.level == 5
    }
}

/// Reads the cube.
#[async_trait]
pub trait FactRead: Send + Sync {
    /// What the cube holds.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn fact_extent(&self) -> Result<FactExtent>;

    /// Every line that occurs, in the order of items and codes.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_fact_lines(&self) -> Result<Vec<FactLineName>>;

    /// The units below a territory (`None`: all), of one level if given, by level and code.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_fact_units(&self, under: Option<KatoCode>, level: Option<u8>) -> Result<Vec<FactUnit>>;

    /// Totals of years, by year, line, and code of the node's territory.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn fact_totals(&self, query: &FactQuery) -> Result<Vec<FactTotal>>;

    /// The months of one line of one node, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn fact_months(
        &self,
        node: FactNode,
        line: &LineKey,
        years: RangeInclusive<i16>,
    ) -> Result<Vec<FactMonth>>;

    /// A report whole.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_fact_report(&self, place: KatoCode, year: i16, month: u8) -> Result<Option<FactReport>>;

    /// Up to `limit` reports after the one with this unit, year and month (`None`: from the beginning), in
    /// that order: for copies of the whole.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_fact_reports(
        &self,
        after: Option<(KatoCode, i16, u8)>,
        limit: u16,
    ) -> Result<Vec<FactReport>>;
}
