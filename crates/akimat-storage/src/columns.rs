//! Ad-hoc questions over the cube of facts: any grouping, any filter, any of the five aggregates.
//!
//! A question is checked before it is asked: a sum that would count the same money twice is refused with
//! the reason, because a figure nobody can use is worse than none. The rules are in [`AdHoc::check`].
//!
//! Reading order: [`AdHoc`], [`AdHocFault`], [`AdHocAnswer`], [`Columns`].

mod rules;

#[cfg(test)]
mod tests;

use crate::StoreError;
use akimat_budget::{Item, Section, Stage};
use akimat_core::{KatoCode, Money, Ratio};
use async_trait::async_trait;
use jiff::Timestamp;
use std::ops::RangeInclusive;

/// What an answer can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// The top-level unit that the unit lies in: the first two digits of its code.
    Region,
    /// The district that the unit lies in: the first four digits; none for the units of a region itself.
    District,
    /// The unit.
    Unit,
    /// Level of the budget system, 1 to 5.
    Level,
    /// Financial year.
    Year,
    /// Month of the report, 1 to 12, or 0 for a plan alone.
    Month,
    /// Section of the budget.
    Section,
    /// What the line states.
    Item,
    /// Functional group of expenditure, two digits; none for other lines.
    Group,
    /// Classification code; empty for summary items.
    Code,
}

/// What is done with the amounts of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aggregate {
    /// Their exact sum.
    Sum,
    /// Their exact mean.
    Mean,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// How many are stated.
    Count,
}

/// One figure of each group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Measure {
    /// Of which state of the figures.
    pub stage: Stage,
    /// What is done with them.
    pub aggregate: Aggregate,
}

/// Which facts a question is about. An empty list leaves its dimension open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactFilter {
    /// Units of these territories and of everything below them.
    pub under: Vec<KatoCode>,
    /// Exactly these units.
    pub units: Vec<KatoCode>,
    /// Levels of the budget system.
    pub levels: Vec<u8>,
    /// Years.
    pub years: Option<RangeInclusive<i16>>,
    /// Months of the reports.
    pub months: Vec<u8>,
    /// Sections.
    pub sections: Vec<Section>,
    /// Items.
    pub items: Vec<Item>,
    /// Functional groups, two digits each.
    pub groups: Vec<String>,
    /// Classification codes, exactly.
    pub codes: Vec<String>,
    /// Number of parts of the code: `04/1/464` has three, a summary item none.
    pub depth: Option<u8>,
}

/// An ad-hoc question as somebody asks it; [`AdHoc::check`] says whether it can be answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdHoc {
    /// The groups, in this order.
    pub by: Vec<Dimension>,
    /// Which facts.
    pub filter: FactFilter,
    /// The figures of each group, in this order.
    pub measures: Vec<Measure>,
    /// Only the latest report of each unit and year counts. Reports are cumulative since January, so the
    /// latest one is the year so far.
    pub latest: bool,
    /// Groups at most, from [`ROWS_MAX`] down to 1; the first in the order of the groups are kept.
    pub limit: u32,
}

/// Groups of one answer at most.
pub const ROWS_MAX: u32 = 100_000;
/// Dimensions of one question at most.
pub const DIMENSIONS_MAX: usize = 4;
/// Figures of each group at most.
pub const MEASURES_MAX: usize = 9;
/// Values of one filter at most.
pub const VALUES_MAX: usize = 200;

/// Why a question is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdHocFault {
    /// No figure is asked for.
    NoMeasure,
    /// More dimensions than [`DIMENSIONS_MAX`], more figures than [`MEASURES_MAX`] or more values of one
    /// filter than [`VALUES_MAX`].
    TooMuch,
    /// A dimension or a figure is asked for twice.
    Repeated,
    /// No groups are wanted, or more than [`ROWS_MAX`].
    Limit,
    /// The last year lies before the first.
    Years,
    /// A level that is not 1 to 5, a month beyond 12, a group that is not two digits.
    Value,
    /// Levels of the budget system would be added: transfers between them would count twice. Group by level
    /// or unit, or choose one level.
    MixesLevels,
    /// Reports of several months would be added, and each holds the months before it. Group by month,
    /// choose one month, or take the latest report of each year.
    MixesMonths,
    /// Lines would be added of which one contains the other, or that have opposite meanings: a total and
    /// its parts, revenue and expenditure. Group by item (and code), choose one item, or choose codes of
    /// one depth.
    MixesLines,
}

/// The value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Member {
    /// The dimension has no value there: the district of a region's own budget, the functional group of a
    /// revenue line.
    None,
    /// A territory.
    Place(KatoCode),
    /// A level, year or month.
    Number(i16),
    /// A section.
    Section(Section),
    /// An item.
    Item(Item),
    /// A functional group or a code.
    Code(String),
}

/// One figure of a group. `None` where no fact states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A sum, the least or the greatest.
    Money(Option<Money>),
    /// A mean in tiyn.
    Mean(Option<Ratio>),
    /// A count.
    Count(u64),
}

/// One group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdHocRow {
    /// The values of the dimensions, in the order of the question.
    pub key: Vec<Member>,
    /// The figures, in the order of the question.
    pub figures: Vec<Figure>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdHocAnswer {
    /// The groups, in ascending order of their keys.
    pub rows: Vec<AdHocRow>,
    /// There are more groups than the limit.
    pub truncated: bool,
    /// Lines of reports that were aggregated.
    pub n_facts: u64,
    /// Generation of the cube that is answered from.
    pub generation: i64,
    /// The cube has changed since; a newer copy is being made.
    pub stale: bool,
    /// When the copy that is answered from was made.
    pub as_of: Timestamp,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ColumnsError {
    /// The question breaks a rule.
    #[error("the question is not one that can be answered: {0:?}")]
    Question(AdHocFault),
    /// The first copy of the cube is still being made.
    #[error("the copy of the cube is still being made")]
    NotReady,
    /// A sum is beyond 92 quadrillion tenge.
    #[error("a sum does not fit into an amount of money")]
    Overflow,
    /// The answer needs more memory or time than a question is given.
    #[error("the question is too large")]
    TooLarge,
    /// The database failed while the copy was made.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The engine failed.
    #[error("the columnar engine failed: {0}")]
    Failed(String),
}

/// A copy of the cube by columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnsState {
    /// Generation of the cube that was copied.
    pub generation: i64,
    /// When.
    pub as_of: Timestamp,
    /// Facts copied.
    pub n_facts: u64,
}

/// Answers ad-hoc questions from a copy of the cube by columns.
#[async_trait]
pub trait Columns: Send + Sync {
    /// Answers a question from the newest copy there is. If the cube has changed since, the answer says so
    /// and a new copy is begun in the background.
    ///
    /// # Errors
    /// [`ColumnsError::Question`] when the question breaks a rule, [`ColumnsError::NotReady`] while there is
    /// no copy yet, otherwise what went wrong.
    async fn query(&self, question: &AdHoc) -> Result<AdHocAnswer, ColumnsError>;

    /// Makes sure that the copy is of the cube as it is now, and waits for it.
    ///
    /// # Errors
    /// [`ColumnsError::Store`] or [`ColumnsError::Failed`]; the old copy then stays in use.
    async fn refresh(&self) -> Result<ColumnsState, ColumnsError>;
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 10] = [
        Self::Region,
        Self::District,
        Self::Unit,
        Self::Level,
        Self::Year,
        Self::Month,
        Self::Section,
        Self::Item,
        Self::Group,
        Self::Code,
    ];

    /// The name in addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::District => "district",
            Self::Unit => "unit",
            Self::Level => "level",
            Self::Year => "year",
            Self::Month => "month",
            Self::Section => "section",
            Self::Item => "item",
            Self::Group => "group",
            Self::Code => "code",
        }
    }

    /// Reads the name used in addresses.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.code() == code)
    }
}

impl Aggregate {
    /// Every aggregate.
    pub const ALL: [Self; 5] = [Self::Sum, Self::Mean, Self::Min, Self::Max, Self::Count];

    /// The name in addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Min => "min",
            Self::Max => "max",
            Self::Count => "count",
        }
    }

    /// Reads the name used in addresses.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aggregate| aggregate.code() == code)
    }
}

impl AdHocFault {
    /// Every fault.
    pub const ALL: [Self; 9] = [
        Self::NoMeasure,
        Self::TooMuch,
        Self::Repeated,
        Self::Limit,
        Self::Years,
        Self::Value,
        Self::MixesLevels,
        Self::MixesMonths,
        Self::MixesLines,
    ];

    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoMeasure => "no_measure",
            Self::TooMuch => "too_much",
            Self::Repeated => "repeated",
            Self::Limit => "limit",
            Self::Years => "years",
            Self::Value => "value",
            Self::MixesLevels => "mixes_levels",
            Self::MixesMonths => "mixes_months",
            Self::MixesLines => "mixes_lines",
        }
    }
}

/// The functional group that a line belongs to: the first two digits of the code of a functional line.
///
/// # Example
/// ```
/// use akimat_budget::Item;
/// use akimat_storage::columns::functional_group;
/// assert_eq!(functional_group(Item::FunctionalDetail, "04/2/464"), Some("04"));
/// assert_eq!(functional_group(Item::Tax, "1"), None);
/// ```
pub fn functional_group(item: Item, code: &str) -> Option<&str> {
    if !matches!(item, Item::FunctionalGroup | Item::FunctionalDetail) {
        return None;
    }
    let first = code.split('/').next().unwrap_or_default();
    (first.len() == 2 && first.bytes().all(|b| b.is_ascii_digit())).then_some(first)
}

/// The district that a unit lies in: `None` for the units of a region itself.
pub fn district_of(unit: KatoCode) -> Option<KatoCode> {
    let district = unit.number() / 100_000 * 100_000;
    (district != unit.region().number()).then(|| KatoCode::from_number(district)).flatten()
}

/// Number of parts of a code.
pub fn depth_of(code: &str) -> u8 {
    if code.is_empty() { 0 } else { u8::try_from(code.split('/').count()).unwrap_or(u8::MAX) }
}
