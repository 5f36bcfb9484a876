//! What a meeting asks somebody to do about a project, until when, and what came of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kind of the section of a dossier in which a task is kept.
pub const KIND: &str = "task";
/// The state of a task that waits.
pub const OPEN: &str = "open";
/// The state of a task that is done.
pub const DONE: &str = "done";
/// Longest text in characters.
pub const TEXT_CHARS_MAX: usize = 1_000;
/// Longest name in characters.
pub const OWNER_CHARS_MAX: usize = 300;

/// One task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What is to be done.
    pub text: String,
    /// Who answers for it: an office or a name.
    pub owner: String,
    /// Day on which it was given.
    pub given_on: Date,
    /// Last day.
    pub due_on: Date,
    /// Day on which it was done.
    #[serde(default)]
    pub done_on: Option<Date>,
    /// What came of it.
    #[serde(default)]
    pub result: String,
}

/// A fault of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskFault {
    /// Nothing is to be done.
    TextMissing,
    /// Nobody answers for it.
    OwnerMissing,
    /// It is due before it was given.
    DueBeforeGiven,
    /// The text is too long.
    TextTooLong,
    /// The name is too long.
    OwnerTooLong,
    /// It is called done without a word about what came of it.
    ResultMissing,
}

impl Task {
    /// The word to filter by.
    pub const fn state(&self) -> &'static str {
        if self.done_on.is_some() { DONE } else { OPEN }
    }

    /// Days for which it has been due on a day; `None` when it is done or not due yet.
    pub fn overdue(&self, today: Date) -> Option<i64> {
        let days = crate::rules::days_between(self.due_on, today);
        (self.done_on.is_none() && days > 0).then_some(days)
    }

    /// All faults.
    pub fn faults(&self) -> Vec<TaskFault> {
        let too_long = |text: &str, most: usize| text.chars().count() > most;
        [
            (self.text.trim().is_empty(), TaskFault::TextMissing),
            (self.owner.trim().is_empty(), TaskFault::OwnerMissing),
            (self.due_on < self.given_on, TaskFault::DueBeforeGiven),
            (
                too_long(&self.text, TEXT_CHARS_MAX) || too_long(&self.result, TEXT_CHARS_MAX),
                TaskFault::TextTooLong,
            ),
            (too_long(&self.owner, OWNER_CHARS_MAX), TaskFault::OwnerTooLong),
            (self.done_on.is_some() && self.result.trim().is_empty(), TaskFault::ResultMissing),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_overdue_from_the_day_after() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let task = Task {
            text: "Проверить смету".to_owned(),
            owner: "Отдел строительства".to_owned(),
            given_on: day("2026-09-01"),
            due_on: day("2026-09-10"),
            done_on: None,
            result: String::new(),
        };
        assert_eq!((task.faults(), task.state()), (Vec::new(), OPEN));
        assert_eq!(task.overdue(day("2026-09-10")), None);
        assert_eq!(task.overdue(day("2026-09-12")), Some(2));
        let done = Task { done_on: Some(day("2026-09-30")), ..task.clone() };
        assert_eq!((done.overdue(day("2026-10-01")), done.state()), (None, DONE));
        assert_eq!(done.faults(), [TaskFault::ResultMissing]);
        assert_eq!(Task { due_on: day("2026-08-31"), ..task }.faults(), [TaskFault::DueBeforeGiven]);
    }
}
