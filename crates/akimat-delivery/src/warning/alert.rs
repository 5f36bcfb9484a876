//! One alert has one owner, one reason, one suggested action and one deadline; a closed one has an outcome, so that the
//! precision of the rules can be measured.

use super::threshold::Thresholds;
use super::{Evidence, Indicator, Level, Quantity, Read, Reading, Unknown, days, fact};
use crate::risk::words;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// Where an alert stands.
    AlertState {
        /// Raised, nobody has said anything.
        Open = "open",
        /// Its owner has seen it.
        Acknowledged = "acknowledged",
        /// Somebody decided what is done.
        Decided = "decided",
        /// A person closed it with an outcome.
        Closed = "closed",
        /// The condition ended by itself.
        Passed = "passed",
    }
}

words! {
    /// What is done about an alert.
    Decision {
        /// Go on as planned.
        Continue = "continue",
        /// Make a new plan.
        Replan = "replan",
        /// Put more people or money on it.
        Reinforce = "reinforce",
        /// Stop for a time.
        Pause = "pause",
        /// Stop for good.
        Stop = "stop",
        /// Ask for an audit or an inspection.
        Audit = "audit",
    }
}

words! {
    /// What an alert turned out to be.
    Outcome {
        /// The trouble was real and came.
        Confirmed = "confirmed",
        /// The trouble was real and was prevented.
        Prevented = "prevented",
        /// There was no trouble.
        FalseAlarm = "false_alarm",
        /// The facts were wrong or missing.
        DataError = "data_error",
    }
}

/// A person did something on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Office and name.
    pub by: String,
    /// When.
    pub on: Date,
    /// In the person's words; may be empty.
    pub note: String,
}

/// An alert as its section of the dossier says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Colour.
    pub level: Level,
    /// Measure, limits and evidence, as last computed with a change worth telling.
    pub reading: Reading,
    /// First computed on this day.
    pub raised_on: Date,
    /// Last computed on this day.
    pub seen_on: Date,
    /// Who answers for it: office or name.
    pub owner: String,
    /// Until this day somebody decides.
    pub deadline: Date,
    /// From this day on it is public, whether acknowledged or not.
    pub public_on: Date,
    /// Acknowledged.
    #[serde(default)]
    pub acknowledged: Option<Act>,
    /// Decided, with the decision.
    #[serde(default)]
    pub decided: Option<(Decision, Act)>,
    /// Closed by a person, with the outcome.
    #[serde(default)]
    pub closed: Option<(Outcome, Act)>,
    /// The facts with which the condition ended by itself, and the day.
    #[serde(default)]
    pub passed: Option<(Date, Vec<Evidence>)>,
}

/// What is to be done about an indicator of a project tonight.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Nothing.
    Nothing,
    /// A new alert.
    Raise(Alert),
    /// The open alert, with new facts.
    Renew(Alert),
    /// The open alert, ended by itself.
    Pass(Alert),
}

impl Alert {
    /// Which indicator.
    pub const fn indicator(&self) -> Indicator {
        self.reading.indicator
    }

    /// Where it stands.
    pub const fn state(&self) -> AlertState {
        if self.passed.is_some() {
            AlertState::Passed
        } else if self.closed.is_some() {
            AlertState::Closed
        } else if self.decided.is_some() {
            AlertState::Decided
        } else if self.acknowledged.is_some() {
            AlertState::Acknowledged
        } else {
            AlertState::Open
        }
    }

    /// Nothing more will happen to it.
    pub const fn is_over(&self) -> bool {
        matches!(self.state(), AlertState::Closed | AlertState::Passed)
    }

    /// Whether everybody may see it: its owner has seen it, or the days of the published rule have gone.
    pub fn is_public(&self, today: Date) -> bool {
        self.acknowledged.is_some() || self.decided.is_some() || today >= self.public_on
    }

    /// The next day on which somebody must do something; none when it is over or decided.
    pub fn due_on(&self) -> Option<Date> {
        matches!(self.state(), AlertState::Open | AlertState::Acknowledged).then_some(self.deadline)
    }

    fn new(reading: &Reading, level: Level, owner: &str, (limits, today): (&Thresholds, Date)) -> Self {
        let own = limits.of(reading.indicator);
        let after = |n: u16| today.checked_add(i64::from(n).days()).unwrap_or(today);
        Self {
            level,
            reading: reading.clone(),
            raised_on: today,
            seen_on: today,
            owner: owner.to_owned(),
            deadline: after(own.deadline_days),
            public_on: after(own.public_after_days),
            acknowledged: None,
            decided: None,
            closed: None,
            passed: None,
        }
    }

    /// The facts have changed enough to be told again: another colour, or a tenth of the first limit.
    fn differs(&self, reading: &Reading, level: Level) -> bool {
        level != self.level || (reading.measure - self.reading.measure).abs() >= self.reading.amber / 10.0
    }
}

/// What is to be done about an indicator. `known`: the alerts that this indicator has had, the newest last.
pub fn step(known: &[Alert], read: &Read, owner: &str, (limits, today): (&Thresholds, Date)) -> Step {
    let last = known.last();
    let open = last.filter(|alert| !alert.is_over());
    let (reading, level) = match read {
        Ok(reading) => (reading, reading.grade.level()),
        // A project that is done has nothing to warn of; other gaps in the facts end nothing.
        Err(Unknown::NotInWork) => {
            return open.map_or(Step::Nothing, |alert| {
                let gone = vec![fact("ended", Quantity::Day(today))];
                Step::Pass(Alert { passed: Some((today, gone)), ..alert.clone() })
            });
        }
        Err(_) => return Step::Nothing,
    };
    match (open, level) {
        (None, None) => Step::Nothing,
        (None, Some(level)) => {
            let quiet = last.is_some_and(|alert| {
                let closed = alert.closed.as_ref().map(|(_, act)| act.on);
                closed.is_some_and(|on| days(on, today) < i64::from(limits.quiet_days))
                    && level <= alert.level
            });
            if quiet {
                Step::Nothing
            } else {
                Step::Raise(Alert::new(reading, level, owner, (limits, today)))
            }
        }
        (Some(alert), None) => {
            let mut ended = alert.clone();
            ended.passed = Some((today, reading.evidence.clone()));
            Step::Pass(ended)
        }
        (Some(alert), Some(level)) if alert.differs(reading, level) => {
            let mut renewed = alert.clone();
            renewed.level = level;
            renewed.reading = reading.clone();
            renewed.seen_on = today;
            Step::Renew(renewed)
        }
        (Some(_), Some(_)) => Step::Nothing,
    }
}

/// How right the alerts were that persons closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Precision {
    /// Closed with an outcome.
    pub n: u64,
    /// Of them confirmed or prevented.
    pub right: u64,
    /// Of them false alarms.
    pub wrong: u64,
    /// Of them errors of the data.
    pub data: u64,
}

impl Precision {
    /// Counts one.
    pub const fn add(&mut self, outcome: Outcome) {
        self.n += 1;
        match outcome {
            Outcome::Confirmed | Outcome::Prevented => self.right += 1,
            Outcome::FalseAlarm => self.wrong += 1,
            Outcome::DataError => self.data += 1,
        }
    }
}
