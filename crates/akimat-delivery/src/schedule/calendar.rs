//! Working days: the week of the plan less the holidays of Kazakhstan.
//!
//! Days come from `data/calendar/holidays.json`, a dated file that says of itself whether somebody has compared it with
//! the law. After its last year holidays on fixed days go on, those that move with the moon are not known.

use super::plan::Week;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../../data/calendar/holidays.json");

#[derive(Deserialize)]
struct Holidays {
    last_year: i16,
    fixed: Vec<Fixed>,
    moving: Vec<Moving>,
}

#[derive(Deserialize)]
struct Fixed {
    month: i8,
    day: i8,
    valid_from: Date,
    valid_to: Option<Date>,
    moves: bool,
}

#[derive(Deserialize)]
struct Moving {
    date: Date,
    moves: bool,
}

/// The file as it is shipped; `None` when it is damaged, which a test excludes.
static HOLIDAYS: LazyLock<Option<Holidays>> = LazyLock::new(|| serde_json::from_str(FILE).ok());

/// Last year whose holidays are all known.
pub fn known_to() -> Option<i16> {
    HOLIDAYS.as_ref().map(|holidays| holidays.last_year)
}

/// Days further than this from each other are not counted one by one: a plan is shorter than 60 years.
pub const DAYS_MAX: i64 = 22_000;

/// Working days from a first to a last day, numbered from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    days: Vec<Date>,
    week: Week,
    free: BTreeSet<Date>,
}

fn is_weekend(day: Date, week: Week) -> bool {
    match week {
        Week::Five => matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        Week::Six => day.weekday() == Weekday::Sunday,
        Week::Seven => false,
    }
}

/// Holidays of a year, moved to the next working day where they fall on a weekend.
fn holidays(year: i16, week: Week) -> BTreeSet<Date> {
    let Some(file) = HOLIDAYS.as_ref() else { return BTreeSet::new() };
    let fixed = file.fixed.iter().filter_map(|own| {
        let day = Date::new(year, own.month, own.day).ok()?;
        let valid = own.valid_from <= day && own.valid_to.is_none_or(|to| day <= to);
        valid.then_some((day, own.moves))
    });
    let moving = file.moving.iter().filter(|own| own.date.year() == year).map(|own| (own.date, own.moves));
    let mut all: Vec<(Date, bool)> = fixed.chain(moving).collect();
    all.sort_unstable();
    let mut free: BTreeSet<Date> = all.iter().map(|own| own.0).collect();
    // The law moves a holiday that falls on the weekend of the five-day week.
    for (day, moves) in all {
        if moves && is_weekend(day, Week::Five) && week != Week::Seven {
            let next = (1..10)
                .filter_map(|ahead| day.checked_add(i64::from(ahead).days()).ok())
                .find(|next| !is_weekend(*next, Week::Five) && !free.contains(next));
            free.extend(next);
        }
    }
    free
}

impl Calendar {
    /// Working days of a week pattern from a day to another; at most [`DAYS_MAX`] days are looked through.
    pub fn new(week: Week, from: Date, to: Date) -> Self {
        let last = from.checked_add(DAYS_MAX.days()).map_or(Date::MAX, |last| last.min(to));
        let free: BTreeSet<Date> = if week == Week::Seven {
            BTreeSet::new()
        } else {
            (from.year()..=last.year()).flat_map(|year| holidays(year, week)).collect()
        };
        let days = from.series(1.day()).take_while(|day| *day <= last);
        let days = days.filter(|day| !is_weekend(*day, week) && !free.contains(day)).collect();
        Self { days, week, free }
    }

    /// Whether the day is worked.
    pub fn is_working(&self, day: Date) -> bool {
        !is_weekend(day, self.week) && !self.free.contains(&day)
    }

    /// Working days before the day; the number that the day itself has when it is worked.
    pub fn index(&self, day: Date) -> i64 {
        i64::try_from(self.days.partition_point(|own| *own < day)).unwrap_or(i64::MAX)
    }

    /// The working day of a number; the last known one beyond the end.
    pub fn day(&self, index: i64) -> Option<Date> {
        let at = usize::try_from(index.max(0)).unwrap_or(usize::MAX);
        self.days.get(at).or(self.days.last()).copied()
    }

    /// Working days from a day to another, both included; 0 when the second is earlier.
    pub fn count(&self, from: Date, to: Date) -> i64 {
        if to < from {
            return 0;
        }
        let after = i64::try_from(self.days.partition_point(|own| *own <= to)).unwrap_or(i64::MAX);
        (after - self.index(from)).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        let calendar = Calendar::new(Week::Five, date(2026, 3, 1), date(2026, 12, 31));
        // Sunday 8 March 2026 is a holiday and moves to Monday.
        assert!(!calendar.is_working(date(2026, 3, 9)));
        // Nauryz of 2026: 21 (Saturday), 22 (Sunday) and 23 March; two of them move on.
        assert!(!calendar.is_working(date(2026, 3, 23)) && !calendar.is_working(date(2026, 3, 25)));
        assert!(calendar.is_working(date(2026, 3, 26)));
        assert_eq!(calendar.count(date(2026, 6, 1), date(2026, 6, 5)), 5);
        assert_eq!(calendar.count(date(2026, 6, 5), date(2026, 6, 1)), 0);
        assert_eq!(calendar.day(0), Some(date(2026, 3, 2)));
        assert_eq!(calendar.index(date(2026, 3, 7)), calendar.index(date(2026, 3, 10)));
    }

    #[test]
    fn a_week_of_seven_days_has_no_holidays() {
        let calendar = Calendar::new(Week::Seven, date(2026, 1, 1), date(2026, 1, 31));
        assert_eq!(calendar.count(date(2026, 1, 1), date(2026, 1, 31)), 31);
        assert!(known_to().is_some());
    }
}
