//! The words: a plan of work, its items, links, baselines and measurements.

use super::outline::Outline;
use akimat_core::{Money, Text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Version of the body that is stored.
pub const FORMAT: u16 = 1;

/// Which days of the week are worked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Week {
    /// Monday to Friday, less holidays.
    #[default]
    Five,
    /// Monday to Saturday, less holidays.
    Six,
    /// Every day, holidays too.
    Seven,
}

impl Week {
    /// Every week.
    pub const ALL: [Self; 3] = [Self::Five, Self::Six, Self::Seven];

    /// The name in files and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Five => "five",
            Self::Six => "six",
            Self::Seven => "seven",
        }
    }

    /// Reads the name used in files and forms.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|week| week.code() == code)
    }
}

/// What an item is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Work that takes time. With items inside it is a stage, and its dates and sums follow from them.
    #[default]
    Work,
    /// A moment: it takes no time.
    Milestone,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Work, Self::Milestone];

    /// The name in files and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Milestone => "milestone",
        }
    }

    /// Reads the name used in files and forms.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// First and last day; unknown until somebody says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First day.
    #[serde(default)]
    pub start: Option<Date>,
    /// Last day, itself included.
    #[serde(default)]
    pub finish: Option<Date>,
}

impl Span {
    /// Both days, where both are known.
    pub fn both(self) -> Option<(Date, Date)> {
        self.start.zip(self.finish)
    }

    /// Reaches as far as another one too.
    pub(super) fn widen(&mut self, other: Self) {
        self.start = [self.start, other.start].into_iter().flatten().min();
        self.finish = [self.finish, other.finish].into_iter().flatten().max();
    }
}

/// How progress was measured. Only the last way is not physical.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// Units done of units planned: metres, cubic metres, flats.
    #[default]
    Units,
    /// Weighted steps reached.
    Steps,
    /// The judgement of a named expert, such as technical supervision.
    Expert,
    /// Derived from money spent: no index of schedule follows from it.
    Spending,
}

impl Measured {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Units, Self::Steps, Self::Expert, Self::Spending];

    /// The name in files and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Steps => "steps",
            Self::Expert => "expert",
            Self::Spending => "spending",
        }
    }

    /// Reads the name used in files and forms.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.code() == code)
    }

    /// Whether it says something about the work and not about the money.
    pub const fn is_physical(self) -> bool {
        !matches!(self, Self::Spending)
    }
}

/// Progress of an item on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Stable inside the item.
    pub id: String,
    /// Day of the measurement.
    pub on: Date,
    /// Done, in hundredths of a per cent (10,000 = all).
    pub done_bp: u16,
    /// How it was measured.
    pub how: Measured,
    /// Who measured, and what: "620 of 1,000 m laid, technical supervision".
    #[serde(default)]
    pub note: String,
}

/// Planned money of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthMoney {
    /// First day of the month.
    pub month: Date,
    /// Amount.
    pub amount: Money,
}

/// One line of the work breakdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Stable inside the plan.
    pub id: String,
    /// Place in the breakdown: 1, 1.1, 1.2.3. An item lies inside the item whose code is its beginning.
    pub code: String,
    /// Name.
    pub title: Text,
    /// Work or milestone.
    #[serde(default)]
    pub kind: ItemKind,
    /// Dates now expected. A milestone has the same day twice.
    #[serde(default)]
    pub expected: Span,
    /// Dates on which it began and ended.
    #[serde(default)]
    pub actual: Span,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub responsible: String,
    /// Parts of the physical progress of the whole; without one the money decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// Planned money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
    /// The money by month; empty when it is spread evenly over the days.
    #[serde(default)]
    pub months: Vec<MonthMoney>,
    /// Measurements, the earliest first.
    #[serde(default)]
    pub measures: Vec<Measure>,
}

impl Item {
    /// Codes from the outermost: `1.2.3` gives `["1", "2", "3"]`.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.code.split('.')
    }

    /// How deep it lies: 1 for `1`, 2 for `1.2`.
    pub fn depth(&self) -> usize {
        self.parts().count()
    }

    /// The last measurement on or before a day.
    pub fn measured(&self, on: Date) -> Option<&Measure> {
        self.measures.iter().filter(|measure| measure.on <= on).max_by_key(|measure| measure.on)
    }

    /// It ended on or before the day.
    pub fn is_done(&self, on: Date) -> bool {
        self.actual.finish.is_some_and(|finish| finish <= on)
    }
}

/// How two items hang together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// Finish to start: the next begins after the former ended.
    #[default]
    Fs,
    /// Start to start.
    Ss,
    /// Finish to finish.
    Ff,
    /// Start to finish.
    Sf,
}

impl LinkKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Fs, Self::Ss, Self::Ff, Self::Sf];

    /// The abbreviation that planners use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fs => "FS",
            Self::Ss => "SS",
            Self::Ff => "FF",
            Self::Sf => "SF",
        }
    }

    /// Reads the abbreviation, in any case.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code().eq_ignore_ascii_case(code))
    }
}

/// A dependency between two items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Stable inside the plan: made of the two items.
    pub id: String,
    /// The former item.
    pub from: String,
    /// The next item.
    pub to: String,
    /// Kind.
    #[serde(default)]
    pub kind: LinkKind,
    /// Working days to wait; negative when they overlap.
    #[serde(default)]
    pub lag_days: i32,
}

/// Dates and money of an item on the day when the plan was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineItem {
    /// The item.
    pub id: String,
    /// Approved dates.
    pub span: Span,
    /// Approved money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
    /// The money by month; empty when it is spread evenly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<MonthMoney>,
}

/// An approved state of the plan. It is never changed; a new one is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Stable inside the plan.
    pub id: String,
    /// Day of approval.
    pub on: Date,
    /// Document that approves it: kind, number, date.
    pub document: String,
    /// Why it replaces the one before; empty for the first.
    #[serde(default)]
    pub reason: String,
    /// What was approved.
    pub items: Vec<BaselineItem>,
}

impl Baseline {
    /// The approved state of an item.
    pub fn item(&self, id: &str) -> Option<&BaselineItem> {
        self.items.iter().find(|item| item.id == id)
    }
}

/// The plan of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Version of this format.
    pub format: u16,
    /// Working week.
    #[serde(default)]
    pub week: Week,
    /// Items in any order; [`Plan::sorted`] puts them into that of their codes.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Dependencies.
    #[serde(default)]
    pub links: Vec<Link>,
    /// Approved states, the earliest first.
    #[serde(default)]
    pub baselines: Vec<Baseline>,
    /// Invented for a demonstration.
    #[serde(default)]
    pub invented: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            format: FORMAT,
            week: Week::Five,
            items: Vec::new(),
            links: Vec::new(),
            baselines: Vec::new(),
            invented: false,
        }
    }
}

/// Codes in the order of people: 1.9 before 1.10.
fn key(code: &str) -> Vec<(u64, &str)> {
    code.split('.').map(|part| (part.parse().unwrap_or(u64::MAX), part)).collect()
}

/// Whether `inner` lies inside `outer`: `1.2.3` inside `1.2` and `1`.
pub fn is_inside(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

impl Plan {
    /// The items in the order of their codes, ready for many questions.
    pub fn outline(&self) -> Outline<'_> {
        Outline::new(self)
    }

    /// Items in the order of their codes.
    pub fn sorted(&self) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.items.iter().collect();
        items.sort_by_cached_key(|item| key(&item.code));
        items
    }

    /// The item of an identifier.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The item of a code.
    pub fn by_code(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// Nothing lies inside it.
    pub fn is_leaf(&self, item: &Item) -> bool {
        !self.items.iter().any(|other| is_inside(&other.code, &item.code))
    }

    /// Items with nothing inside, in the order of their codes: what is worked on, paid and measured.
    pub fn leaves(&self) -> Vec<&Item> {
        self.outline().leaves()
    }

    /// The baseline in force.
    pub fn baseline(&self) -> Option<&Baseline> {
        self.baselines.last()
    }

    /// Expected dates of an item; those of a stage reach from its first to its last leaf. Whoever asks about many items
    /// asks an [`Outline`].
    pub fn expected(&self, item: &Item) -> Span {
        self.found(item).map_or_else(Span::default, |(outline, at)| outline.expected(at))
    }

    /// Approved dates of an item, likewise.
    pub fn approved(&self, item: &Item) -> Span {
        self.found(item).map_or_else(Span::default, |(outline, at)| outline.approved(at))
    }

    /// Actual dates of an item, likewise; a stage ended only when all of it did.
    pub fn actual(&self, item: &Item) -> Span {
        self.found(item).map_or_else(Span::default, |(outline, at)| outline.actual(at))
    }

    /// Planned money of an item with all that lies inside; unknown when no part is known.
    pub fn budget(&self, item: &Item) -> Option<Money> {
        self.found(item).and_then(|(outline, at)| outline.budget(at))
    }

    fn found(&self, item: &Item) -> Option<(Outline<'_>, usize)> {
        let outline = self.outline();
        let at = outline.position(&item.id)?;
        Some((outline, at))
    }

    /// First and last day over all items: approved, expected and actual.
    pub fn reach_of_all(&self) -> Option<(Date, Date)> {
        self.outline().reach_of_all()
    }

    /// The plan as it is stored.
    ///
    /// # Errors
    /// What `serde_json` says.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Approves the plan as it stands: expected dates and planned money of every leaf become the baseline.
    pub fn approve(&mut self, id: String, on: Date, document: String, reason: String) {
        let leaf = |leaf: &Item| BaselineItem {
            id: leaf.id.clone(),
            span: leaf.expected,
            budget: leaf.budget,
            months: leaf.months.clone(),
        };
        let items = self.leaves().into_iter().map(leaf).collect();
        self.baselines.push(Baseline { id, on, document, reason, items });
    }
}
