//! Early warning: indicators that show trouble before the deadline does, each with its evidence.
//!
//! An indicator is a pure function of the facts of one project on one day. It answers with a reading (how far, amber and
//! red from where, which facts) or says what is missing: unknown is never green. Worse facts never give a better colour.
//!
//! Reading order: this file (the words), [`threshold`] (limits as dated data), [`facts`] (what is known of a project),
//! [`indicator`] (the functions), [`count`] and [`series`] (statistics of events and of any series), [`discovery`] (few
//! false alarms among many projects), [`confidence`] (five points), [`alert`] (one alert and its way), [`simulate`] and
//! [`replay`] (how well the rules would have warned).

pub mod alert;
pub mod confidence;
pub mod count;
pub mod discovery;
pub mod facts;
pub mod indicator;
pub mod replay;
pub mod series;
pub mod simulate;
pub mod threshold;

use crate::risk::words;
use akimat_core::{Money, Text as Words};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// What is watched.
    Indicator {
        /// The end moves away: forecast slip as a share of the planned duration.
        Slip = "slip",
        /// Milestones that are overdue.
        Milestones = "milestones",
        /// Less is spent than was to be spent by this month.
        Execution = "execution",
        /// The cost at completion grows beyond what is usual in the class.
        Cost = "cost",
        /// Neither progress nor payment is recorded.
        Stalled = "stalled",
        /// Hints in the tenders: one bid, repeated tender.
        Procurement = "procurement",
        /// Contracts grow by amendments.
        Amendments = "amendments",
        /// Payments of partnerships against the limit.
        Partnership = "partnership",
        /// Deductions from availability payments.
        Deductions = "deductions",
        /// More complaints than usual near the site.
        Complaints = "complaints",
        /// The contractor is late on other works.
        Contractor = "contractor",
        /// The gravest open risk of the register.
        Risk = "risk",
        /// Reviews of risks that are overdue.
        Review = "review",
        /// Nobody has confirmed the facts lately.
        DataAge = "data_age",
    }
}

impl Indicator {
    /// It counts things, days or points: its limits are reached, not exceeded as those of shares.
    pub const fn counts(self) -> bool {
        !matches!(self.unit(), Unit::Share)
    }

    /// What its measure and limits are in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Slip
            | Self::Execution
            | Self::Cost
            | Self::Amendments
            | Self::Partnership
            | Self::Deductions => Unit::Share,
            Self::Stalled | Self::Review | Self::DataAge => Unit::Days,
            Self::Milestones | Self::Procurement | Self::Complaints | Self::Contractor => Unit::Count,
            Self::Risk => Unit::Score,
        }
    }
}

/// What a measure is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 0.1 is ten per cent.
    Share,
    /// Days.
    Days,
    /// How many.
    Count,
    /// Likelihood times impact, 1 to 25.
    Score,
}

words! {
    /// Five points, the best first, as in the Major Projects Performance Reports of New Zealand.
    Grade {
        /// On its way.
        Green = "green",
        /// Small things to watch.
        AmberGreen = "amber_green",
        /// Needs attention.
        Amber = "amber",
        /// In doubt.
        AmberRed = "amber_red",
        /// Out of reach as things stand.
        Red = "red",
    }
}

words! {
    /// How loud an alert is.
    Level {
        /// Beyond the first limit.
        Amber = "amber",
        /// Beyond the second.
        Red = "red",
    }
}

impl Grade {
    /// The colour of an alert at this grade; none up to amber-green.
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Green | Self::AmberGreen => None,
            Self::Amber => Some(Level::Amber),
            Self::AmberRed | Self::Red => Some(Level::Red),
        }
    }

    /// One point better; green stays green.
    #[must_use]
    pub const fn better(self) -> Self {
        match self {
            Self::Green | Self::AmberGreen => Self::Green,
            Self::Amber => Self::AmberGreen,
            Self::AmberRed => Self::Amber,
            Self::Red => Self::AmberRed,
        }
    }
}

/// A fact beside a reading, ready to be shown in any language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Word of the catalogue.
    pub name: String,
    /// The fact.
    pub value: Quantity,
}

/// A fact with its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Whole days.
    Days(i64),
    /// How many.
    Count(u64),
    /// 0.1 is ten per cent.
    Share(f64),
    /// A number without unit.
    Number(f64),
    /// Money.
    Money(Money),
    /// A day.
    Day(Date),
    /// A name or number as it stands in the register.
    Text(String),
    /// A name in three languages.
    Words(Words),
}

/// What an indicator says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Which.
    pub indicator: Indicator,
    /// How far, in [`Indicator::unit`].
    pub measure: f64,
    /// Amber from here.
    pub amber: f64,
    /// Red from here.
    pub red: f64,
    /// On five points.
    pub grade: Grade,
    /// Chance of such facts when nothing is wrong, where it can be told.
    pub chance: Option<f64>,
    /// The facts.
    pub evidence: Vec<Evidence>,
}

words! {
    /// Why an indicator says nothing.
    Unknown {
        /// No planned first and last day.
        NoDates = "no_dates",
        /// No measured physical progress.
        NoProgress = "no_progress",
        /// Too early to say.
        TooEarly = "too_early",
        /// No planned money.
        NoPlan = "no_plan",
        /// No payments are known.
        NoPayments = "no_payments",
        /// Too few finished projects in the class, and no published class.
        NoClass = "no_class",
        /// No contract in the dossier.
        NoContract = "no_contract",
        /// No limit of payments is known.
        NoLimit = "no_limit",
        /// No contractor is named.
        NoContractor = "no_contractor",
        /// The register has no open risk.
        NoRisks = "no_risks",
        /// The project is not in work.
        NotInWork = "not_in_work",
    }
}

/// A reading, or why there is none.
pub type Read = Result<Reading, Unknown>;

/// Whole days from one day to another; negative when the other is earlier.
pub fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Days as a float.
#[expect(clippy::cast_precision_loss, reason = "spans of days are far below 2^53")]
pub(crate) const fn float(days: i64) -> f64 {
    days as f64
}

/// Counts as a float.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
pub(crate) const fn whole(n: u64) -> f64 {
    n as f64
}

/// The number of elements, for evidence.
pub(crate) fn len<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

pub(crate) fn fact(name: &str, value: Quantity) -> Evidence {
    Evidence { name: name.to_owned(), value }
}
