//! The register of risks of a project: what may happen, why, what it would cost, who does what about it, until when.
//!
//! The cycle is that of ISO 31000: identify, analyse, treat, review. The matrix of five by five is for the eye; the
//! register is ordered by expected loss (chance times cost), because scores tie and can turn the order of two risks
//! round. Reading order: this file (a risk and its faults), [`scale`] (chances, costs and bands as dated data),
//! [`contingency`] (how much to set aside).

pub mod contingency;
pub mod normal;
pub mod scale;

use crate::risk::scale::{Band, Scale};
use akimat_core::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest text of one field of a risk, in characters.
pub const TEXT_CHARS_MAX: usize = 1_000;
/// Most actions of one risk.
pub const ACTIONS_MAX: usize = 20;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every value, in the order of forms.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in stored bodies, forms and catalogue keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Reads the name.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a risk is about.
    Category {
        /// Ground, design, technology, quality of work.
        Technical = "technical",
        /// Dates of others: permits, land, utilities, deliveries.
        Schedule = "schedule",
        /// Money: prices, exchange rates, transfers that do not come.
        Financial = "financial",
        /// Tender, contractor, partner.
        Contract = "contract",
        /// Law, permits, disputes.
        Legal = "legal",
        /// Weather, water, earthquake, environment.
        Nature = "nature",
        /// People near the site, safety, acceptance.
        Social = "social",
        /// Staff and organisation of the office itself.
        Organisation = "organisation",
    }
}

words! {
    /// What is done about a risk.
    Response {
        /// Change the plan so that it cannot happen.
        Avoid = "avoid",
        /// Make it less likely or less costly.
        Reduce = "reduce",
        /// Hand it over: insurance, guarantee, contract.
        Transfer = "transfer",
        /// Live with it, with money set aside.
        Accept = "accept",
    }
}

words! {
    /// How a closed risk ended.
    Ending {
        /// It can no longer happen.
        Passed = "passed",
        /// It happened.
        Happened = "happened",
        /// What was done removed it.
        Removed = "removed",
        /// It was entered by mistake or twice.
        Mistaken = "mistaken",
    }
}

/// A step against a risk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Stable in all versions, so that two people's changes can be told apart.
    pub id: String,
    /// What is done.
    pub what: String,
    /// Which office or person does it.
    pub who: String,
    /// Until when.
    pub due_on: Option<Date>,
    /// Done on this day.
    pub done_on: Option<Date>,
}

/// How a risk stands before or after the response: 1 to 5 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// How likely, 1 to 5.
    pub likelihood: u8,
    /// Effect on cost, 1 to 5.
    pub cost: u8,
    /// Effect on time, 1 to 5.
    pub time: u8,
    /// Effect on people, 1 to 5.
    pub people: u8,
}

impl Rated {
    /// The heaviest of the three effects.
    pub const fn impact(self) -> u8 {
        let worst = if self.cost > self.time { self.cost } else { self.time };
        if worst > self.people { worst } else { self.people }
    }

    /// Likelihood times impact, 1 to 25.
    pub const fn score(self) -> u8 {
        self.likelihood * self.impact()
    }

    /// Every number is one of 1 to 5.
    pub const fn is_valid(self) -> bool {
        const fn fits(value: u8) -> bool {
            matches!(value, 1..=5)
        }
        fits(self.likelihood) && fits(self.cost) && fits(self.time) && fits(self.people)
    }
}

/// A risk as its section of the dossier says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    /// What it is about.
    pub category: Category,
    /// Why it may happen.
    pub cause: String,
    /// What may happen.
    pub event: String,
    /// What that would do to the project and to people.
    pub effect: String,
    /// As it stands today.
    pub rated: Rated,
    /// Least it would cost, when somebody has estimated it.
    #[serde(default)]
    pub cost_low: Option<Money>,
    /// Most it would cost, when somebody has estimated it.
    #[serde(default)]
    pub cost_high: Option<Money>,
    /// Which office or person answers for it.
    pub owner: String,
    /// What is done about it.
    pub response: Response,
    /// Steps.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// Next day on which somebody looks at it again.
    pub review_on: Option<Date>,
    /// How it will stand after the response.
    #[serde(default)]
    pub residual: Option<Rated>,
    /// How it ended; `None` while it is open.
    #[serde(default)]
    pub ending: Option<Ending>,
    /// What happened when it ended, in words.
    #[serde(default)]
    pub ending_note: String,
    /// Why it is not shown to the public; empty for a public one.
    #[serde(default)]
    pub internal: String,
}

/// What is wrong with a risk: the field and what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiskFault {
    /// Field of the form.
    pub field: &'static str,
    /// What is wrong.
    pub kind: RiskFaultKind,
}

/// What is wrong with a field of a risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskFaultKind {
    /// Nothing is written.
    Missing,
    /// Longer than [`TEXT_CHARS_MAX`].
    TooLong,
    /// Not one of 1 to 5.
    NotRated,
    /// Least above most, or below zero.
    CostRange,
    /// The response makes it worse than it is today.
    ResidualWorse,
    /// An open risk needs a day on which it is looked at again.
    ReviewMissing,
    /// More than [`ACTIONS_MAX`] actions.
    TooManyActions,
}

impl Risk {
    /// The word by which the dossier filters: `open` or `closed`.
    pub const fn state(&self) -> &'static str {
        if self.ending.is_none() { "open" } else { "closed" }
    }

    /// The next day on which something about it is due: its review, or the first action that is not done.
    pub fn due_on(&self) -> Option<Date> {
        if self.ending.is_some() {
            return None;
        }
        let open = self.actions.iter().filter(|action| action.done_on.is_none());
        open.filter_map(|action| action.due_on).chain(self.review_on).min()
    }

    /// Days since the review was due; 0 when it is not.
    pub fn review_overdue_days(&self, today: Date) -> i64 {
        let due = self.review_on.filter(|_| self.ending.is_none());
        due.map_or(0, |due| crate::warning::days(due, today).max(0))
    }

    /// Everything that is wrong, in the order of the form.
    pub fn faults(&self) -> Vec<RiskFault> {
        let mut faults = Vec::new();
        let mut tell = |field, kind| faults.push(RiskFault { field, kind });
        for (field, text, needed) in [
            ("cause", &self.cause, true),
            ("event", &self.event, true),
            ("effect", &self.effect, true),
            ("owner", &self.owner, true),
            ("ending_note", &self.ending_note, self.ending.is_some()),
            ("internal", &self.internal, false),
        ] {
            if needed && text.trim().is_empty() {
                tell(field, RiskFaultKind::Missing);
            } else if text.chars().count() > TEXT_CHARS_MAX {
                tell(field, RiskFaultKind::TooLong);
            }
        }
        if !self.rated.is_valid() {
            tell("likelihood", RiskFaultKind::NotRated);
        }
        let (low, high) = (self.cost_low.map(Money::tiyn), self.cost_high.map(Money::tiyn));
        let wrong = match (low, high) {
            (Some(low), Some(high)) => low < 0 || low > high,
            (Some(_), None) => true,
            (None, high) => high.is_some_and(|high| high < 0),
        };
        if wrong {
            tell("cost_high", RiskFaultKind::CostRange);
        }
        match self.residual {
            Some(rated) if !rated.is_valid() => tell("residual_likelihood", RiskFaultKind::NotRated),
            Some(rated) if rated.score() > self.rated.score() => {
                tell("residual_likelihood", RiskFaultKind::ResidualWorse);
            }
            _ => {}
        }
        if self.ending.is_none() && self.review_on.is_none() {
            tell("review_on", RiskFaultKind::ReviewMissing);
        }
        if self.actions.len() > ACTIONS_MAX {
            tell("actions", RiskFaultKind::TooManyActions);
        }
        faults
    }

    /// What it would cost when it happens: least and most in tenge. Without an estimate of its own the share that
    /// belongs to its effect on cost, of the planned cost of the project; `None` when that is unknown too.
    pub fn cost(&self, scale: &Scale, planned: Option<Money>) -> Option<(f64, f64)> {
        match (self.cost_low, self.cost_high) {
            (low, Some(high)) => Some((tenge(low.unwrap_or(Money::from_tiyn(0))), tenge(high))),
            _ => {
                let (from, to) = scale.cost_share(self.rated.cost);
                planned.map(|planned| (tenge(planned) * from, tenge(planned) * to))
            }
        }
    }

    /// Chance times cost at the middle of both ranges, in tenge; `None` when the cost is unknown.
    pub fn expected_loss(&self, scale: &Scale, planned: Option<Money>) -> Option<f64> {
        let (from, to) = self.cost(scale, planned)?;
        Some(scale.chance(self.rated.likelihood) * (from + to) / 2.0)
    }
}

/// Tenge as a float: for statistics and pictures alone.
#[expect(clippy::cast_precision_loss, reason = "amounts of projects are far below 2^53 tiyn")]
pub fn tenge(money: Money) -> f64 {
    money.tiyn() as f64 / 100.0
}

/// Whole tenge of a float; `None` beyond what money holds.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
pub fn money(tenge: f64) -> Option<Money> {
    (tenge.is_finite() && tenge.abs() < 9e15)
        .then(|| Money::from_tiyn((tenge.round() as i64).saturating_mul(100)))
}

/// The open risks in the order of the register: greatest expected loss first, those without one by their score after
/// them; the given order decides between equals.
pub fn ordered<'a>(risks: &'a [Risk], scale: &Scale, planned: Option<Money>) -> Vec<(usize, &'a Risk)> {
    let key =
        |risk: &Risk| (risk.expected_loss(scale, planned).unwrap_or(-1.0), f64::from(risk.rated.score()));
    let mut order: Vec<(usize, &Risk)> =
        risks.iter().enumerate().filter(|(_, risk)| risk.ending.is_none()).collect();
    order.sort_by(|a, b| {
        let (a_key, b_key) = (key(a.1), key(b.1));
        b_key.0.total_cmp(&a_key.0).then_with(|| b_key.1.total_cmp(&a_key.1)).then_with(|| a.0.cmp(&b.0))
    });
    order
}

/// How many open risks stand in each cell: rows by likelihood 5 to 1, columns by impact 1 to 5.
pub fn heat(risks: &[Risk]) -> [[u32; 5]; 5] {
    let mut cells = [[0; 5]; 5];
    for risk in risks.iter().filter(|risk| risk.ending.is_none() && risk.rated.is_valid()) {
        let (row, column) = (usize::from(5 - risk.rated.likelihood), usize::from(risk.rated.impact() - 1));
        cells[row][column] += 1;
    }
    cells
}

/// The band of a cell of [`heat`].
pub fn band_of_cell(scale: &Scale, row: u8, column: u8) -> Band {
    scale.band((5 - row.min(4)) * (column.min(4) + 1))
}

#[cfg(test)]
mod tests;
