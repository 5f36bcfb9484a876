//! Working days of months and quarters of Kazakhstan, and whether they help a forecast.
//!
//! Days come from `data/calendar/holidays.json`, a dated file with its legal basis; it says of itself that it is not
//! yet verified. They enter a forecast only where a backtest shows that they help: see [`trial`] and the measured
//! answer in docs/method/fiscal-year.md.

use akimat_core::{Frequency, Period};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../data/calendar/holidays.json");

#[derive(Deserialize)]
struct Holidays {
    verified: bool,
    first_year: i16,
    last_year: i16,
    fixed: Vec<Fixed>,
    moving: Vec<Moving>,
}

#[derive(Deserialize)]
struct Fixed {
    month: u8,
    day: u8,
    valid_from: String,
    valid_to: Option<String>,
    moves: bool,
}

#[derive(Deserialize)]
struct Moving {
    date: String,
    moves: bool,
}

/// The file as it is shipped; `None` when it is damaged, which a test excludes.
static HOLIDAYS: LazyLock<Option<Holidays>> = LazyLock::new(|| serde_json::from_str(FILE).ok());

/// Whether somebody has compared the days with the texts of the law.
pub fn is_verified() -> bool {
    HOLIDAYS.as_ref().is_some_and(|holidays| holidays.verified)
}

/// Days worked in a month, quarter or year; `None` outside the years of the file.
pub fn working_days(period: Period) -> Option<u16> {
    let holidays = HOLIDAYS.as_ref()?;
    let year = period.year();
    if !(holidays.first_year..=holidays.last_year).contains(&year) {
        return None;
    }
    let part = i64::from(period.part());
    let (first, last) = match period.frequency() {
        Frequency::Monthly => (part, part),
        Frequency::Quarterly => (3 * part - 2, 3 * part),
        Frequency::Yearly => (1, 12),
    };
    let free = free_days(holidays, year);
    let (from, to) = (days(year, first, 1), days(year, last + 1, 1));
    u16::try_from((from..to).filter(|day| !is_weekend(*day) && !free.contains(day)).count()).ok()
}

/// Days of the year that are free besides weekends, moved where they fall on one. New Year's days of the next year
/// move into it, never out of it, so one year alone is enough.
fn free_days(holidays: &Holidays, year: i16) -> BTreeSet<i64> {
    let valid = |own: &Fixed| {
        let date = format!("{year:04}-{:02}-{:02}", own.month, own.day);
        own.valid_from <= date && own.valid_to.as_ref().is_none_or(|to| date <= *to)
    };
    let fixed = holidays.fixed.iter().filter(|own| valid(own));
    let fixed = fixed.map(|own| (days(year, i64::from(own.month), i64::from(own.day)), own.moves));
    let moving = holidays.moving.iter().filter_map(|own| {
        let mut parts = own.date.split('-').map(|part| part.parse::<i64>().ok());
        let (of, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        (of == i64::from(year)).then(|| (days(year, month, day), own.moves))
    });
    let mut all: Vec<(i64, bool)> = fixed.chain(moving).collect();
    all.sort_unstable();
    let mut free: BTreeSet<i64> = all.iter().map(|own| own.0).collect();
    for (day, moves) in all {
        if moves && is_weekend(day) {
            let next = (day + 1..day + 10).find(|next| !is_weekend(*next) && !free.contains(next));
            free.extend(next);
        }
    }
    free
}

/// Days since 1 March of year 0, months beyond December running into the next year (Hinnant, `days_from_civil`).
fn days(year: i16, month: i64, day: i64) -> i64 {
    let year = i64::from(year) + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
}

/// Saturday or Sunday: 1 March of year 0 was a Wednesday.
const fn is_weekend(day: i64) -> bool {
    (day + 2).rem_euclid(7) >= 5
}

/// What the calendar does for a series: mean absolute errors of the seasonal naive forecast, plain and with each
/// value taken per working day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalendarTrial {
    /// Values forecast.
    pub n: usize,
    /// Error of repeating the value of a season ago.
    pub plain: f64,
    /// Error of repeating the value per working day of a season ago.
    pub per_day: f64,
}

/// The calendar is used where it takes a twentieth off the error of at least two seasons.
const GAIN_MIN: f64 = 0.95;

impl CalendarTrial {
    /// Whether working days are worth using for this series.
    pub fn helps(&self, season: usize) -> bool {
        self.n >= 2 * season && self.per_day < GAIN_MIN * self.plain
    }
}

/// Tries working days on a series; `None` where the calendar does not reach or there is nothing to compare.
pub fn trial(start: Period, values: &[f64]) -> Option<CalendarTrial> {
    let season = usize::from(start.frequency().per_year());
    let periods = std::iter::successors(Some(start), |period| Some(period.next()));
    let per_day: Option<Vec<f64>> =
        periods.take(values.len()).map(|period| working_days(period).map(f64::from)).collect();
    let days = per_day?;
    let n = values.len().checked_sub(season).filter(|n| *n > 0)?;
    let error = |of: &dyn Fn(usize) -> f64| {
        (season..values.len()).map(|i| (values[i] - of(i)).abs()).sum::<f64>() / n as f64
    };
    Some(CalendarTrial {
        n,
        plain: error(&|i| values[i - season]),
        per_day: error(&|i| values[i - season] * days[i] / days[i - season]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<u16> {
        working_days(text.parse().unwrap())
    }

    #[test]
    fn the_file_is_whole_and_says_what_it_is() {
        assert!(HOLIDAYS.is_some() && !is_verified());
        assert_eq!(of("1999"), None);
    }

    #[test]
    fn months_by_hand() {
        // January 2024: 23 weekdays, 1 and 2 January free (Monday, Tuesday), 7 January a Sunday that is not moved.
        assert_eq!(of("2024-01"), Some(21));
        // March 2023: 23 weekdays, 8, 21, 22, 23 March free, all weekdays.
        assert_eq!(of("2023-03"), Some(19));
        // December 2021: 23 weekdays, 1, 16, 17 free. December 2023: 21 weekdays, 16 is a Saturday, moved to Monday.
        assert_eq!(of("2021-12"), Some(20));
        assert_eq!(of("2023-12"), Some(20));
        assert_eq!(
            of("2024-Q1"),
            Some(of("2024-01").unwrap() + of("2024-02").unwrap() + of("2024-03").unwrap())
        );
        assert!((244..=252).contains(&of("2024").unwrap()));
    }

    #[test]
    fn working_days_help_only_what_is_made_of_them() {
        let start: Period = "2018-01".parse().unwrap();
        let periods = std::iter::successors(Some(start), |period| Some(period.next())).take(60);
        let made: Vec<f64> = periods.map(|period| f64::from(working_days(period).unwrap()) * 7.0).collect();
        let made = trial(start, &made).unwrap();
        assert!(made.per_day < 1e-9 && made.helps(12));
        let constant = trial(start, &[5.0; 60]).unwrap();
        assert!(!constant.helps(12));
        assert_eq!(trial(start, &[5.0; 12]), None);
    }
}
