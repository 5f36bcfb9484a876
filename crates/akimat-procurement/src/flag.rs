//! Hints that a contracting process deserves a second look, after the literature of open contracting.
//!
//! A raised flag is a reason to open the file, never an accusation: each has its rule with source and threshold, the
//! facts it rests on, and the innocent explanations that are usual. What cannot be checked is said to be unknown.
//! Thresholds are dated data ([`Rules`]); [`flags`] is pure, so that early warning can call it with facts of its own.

mod bids;
mod course;
mod market;

use crate::process::{Method, Process};
use akimat_core::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A published rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Which check it sets up; one of [`CODES`].
    pub code: String,
    /// Its numbers by name; units stand in the names (`days`, `share_bp`, `tenge`).
    pub numbers: BTreeMap<String, i64>,
    /// Where the rule is from, by [`Source::code`].
    pub sources: Vec<String>,
    /// Why these numbers.
    pub basis: String,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is not valid any more.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Somebody compared rule and numbers with the source.
    pub verified: bool,
}

impl Rule {
    fn number(&self, name: &str) -> Option<i64> {
        self.numbers.get(name).copied()
    }
}

/// A publication that rules are taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short name.
    pub code: String,
    /// Authors, title, year.
    pub title: String,
    /// Where it can be read.
    pub url: String,
}

/// All rules with their sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Publications.
    pub sources: Vec<Source>,
    /// Rules, also former ones.
    pub rules: Vec<Rule>,
}

impl Rules {
    /// Reads JSON.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The rule of a check on a day.
    pub fn at(&self, code: &str, on: Date) -> Option<&Rule> {
        self.rules.iter().find(|rule| {
            rule.code == code && rule.valid_from <= on && rule.valid_to.is_none_or(|end| on < end)
        })
    }

    /// A publication by its short name.
    pub fn source(&self, code: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.code == code)
    }
}

/// A fact that a flag rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "unit", content = "value", rename_all = "snake_case")]
pub enum Fact {
    /// An amount.
    Money(Money),
    /// Days.
    Days(i64),
    /// Hundredths of a per cent.
    Share(i64),
    /// How many.
    Count(i64),
    /// A day.
    Day(Date),
    /// Names as recorded.
    Words(String),
    /// A way of choosing suppliers.
    Method(Method),
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Worth a second look.
    Raised,
    /// Nothing to see.
    Clear,
    /// The record does not say enough, or the rule does not apply here.
    Unknown,
}

/// One check of one process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// Which check.
    pub code: &'static str,
    /// What it found.
    pub outcome: Outcome,
    /// What it rests on, by names of the sentence `flag-<code>-evidence`; empty unless raised.
    pub facts: Vec<(&'static str, Fact)>,
}

type Seen = Option<(bool, Vec<(&'static str, Fact)>)>;
type Check = fn(&Case<'_>, &Rule) -> Seen;

/// A process among the others, on a day.
struct Case<'a> {
    process: &'a Process,
    others: &'a [&'a Process],
    today: Date,
}

/// Every check by its name, in the order of pages.
const CHECKS: [(&str, Check); 15] = [
    ("single_bid", bids::single),
    ("short_tender", course::short_tender),
    ("non_open", course::non_open),
    ("short_decision", course::short_decision),
    ("price_near_estimate", bids::near_estimate),
    ("close_bids", bids::close),
    ("others_rejected", bids::others_rejected),
    ("lowest_rejected", bids::lowest_rejected),
    ("shared_contact", bids::shared_contact),
    ("round_price", bids::round_price),
    ("same_winner", market::same_winner),
    ("split", market::split),
    ("amendments_over", course::amendments_over),
    ("long_extension", course::long_extension),
    ("late_payment", course::late_payment),
];

/// Names of all checks.
pub const CODES: [&str; 15] = {
    let mut codes = [""; 15];
    let mut at = 0;
    while at < 15 {
        codes[at] = CHECKS[at].0;
        at += 1;
    }
    codes
};

/// All checks of a process. `others` are the other processes known (of any buyer), for checks across contracts.
pub fn flags(process: &Process, others: &[&Process], rules: &Rules, today: Date) -> Vec<Flag> {
    let case = Case { process, others, today };
    let check = |(code, check): &(&'static str, Check)| {
        let seen = rules.at(code, today).and_then(|rule| check(&case, rule));
        let (outcome, facts) = match seen {
            None => (Outcome::Unknown, Vec::new()),
            Some((false, _)) => (Outcome::Clear, Vec::new()),
            Some((true, facts)) => (Outcome::Raised, facts),
        };
        Flag { code, outcome, facts }
    };
    CHECKS.iter().map(check).collect()
}

/// All checks of many processes, in their order; each is seen among those of the same customer.
pub fn flags_of_all(processes: &[&Process], rules: &Rules, today: Date) -> Vec<Vec<Flag>> {
    let mut by_buyer: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let buyers: Vec<Option<String>> = processes.iter().map(|process| market::buyer(process)).collect();
    for (at, buyer) in buyers.iter().enumerate() {
        if let Some(buyer) = buyer {
            by_buyer.entry(buyer.clone()).or_default().push(at);
        }
    }
    let one = |(at, buyer): (usize, &Option<String>)| {
        let rows = buyer.as_ref().and_then(|buyer| by_buyer.get(buyer)).map_or(&[][..], Vec::as_slice);
        let others: Vec<&Process> =
            rows.iter().filter(|other| **other != at).map(|other| processes[*other]).collect();
        flags(processes[at], &others, rules, today)
    };
    buyers.iter().enumerate().map(one).collect()
}

/// Part of a whole in hundredths of a per cent, cut off; `None` for a whole of nothing.
fn share_bp(part: Money, whole: Money) -> Option<i64> {
    if whole.tiyn() <= 0 {
        return None;
    }
    i64::try_from(i128::from(part.tiyn()) * 10_000 / i128::from(whole.tiyn())).ok()
}

fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}

fn count(n: usize) -> Fact {
    Fact::Count(i64::try_from(n).unwrap_or(i64::MAX))
}
