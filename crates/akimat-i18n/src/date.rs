//! Dates and times as each language writes them.

use crate::Locale;
use crate::pattern::Pattern;
use akimat_core::{Frequency, Period};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Month names and patterns, taken from the catalogue once.
#[derive(Clone, Debug, Default)]
pub(crate) struct DateWords {
    /// As in "3 March".
    months: Vec<String>,
    /// As in "March 2026".
    months_alone: Vec<String>,
    /// As in "3 Mar".
    months_short: Vec<String>,
    long: Pattern,
    short: Pattern,
    with_time: Pattern,
    month_year: Pattern,
    quarter: Pattern,
}

const LONG: [&str; 3] = ["day", "month", "year"];
const SHORT: [&str; 5] = ["day", "day2", "month", "month2", "year"];

impl DateWords {
    pub(crate) fn of(locale: &Locale) -> Self {
        let months = |prefix: &str| {
            (1..=12).map(|month| locale.t(&format!("{prefix}-{month}")).into_owned()).collect()
        };
        Self {
            months: months("month-of"),
            months_alone: months("month"),
            months_short: months("month-short"),
            long: Pattern::of(locale, "date-long", &LONG),
            short: Pattern::of(locale, "date-short", &SHORT),
            with_time: Pattern::of(locale, "date-time", &["date", "time"]),
            month_year: Pattern::of(locale, "date-month-year", &["month", "year"]),
            quarter: Pattern::of(locale, "date-quarter", &["quarter", "year"]),
        }
    }

    pub(crate) fn long(&self, date: Date) -> String {
        let month = name(&self.months, date.month());
        self.long.fill(&[&date.day().to_string(), month, &date.year().to_string()])
    }

    pub(crate) fn short(&self, date: Date) -> String {
        self.short.fill(&[
            &date.day().to_string(),
            &format!("{:02}", date.day()),
            name(&self.months_short, date.month()),
            &format!("{:02}", date.month()),
            &date.year().to_string(),
        ])
    }

    pub(crate) fn date_time(&self, at: Timestamp, tz: &TimeZone) -> String {
        let here = at.to_zoned(tz.clone());
        let time = format!("{:02}:{:02}", here.hour(), here.minute());
        self.with_time.fill(&[&self.long(here.date()), &time])
    }

    pub(crate) fn period(&self, period: Period) -> String {
        let year = period.year().to_string();
        match period.frequency() {
            Frequency::Yearly => year,
            Frequency::Quarterly => {
                let roman = ["I", "II", "III", "IV"].get(usize::from(period.part()).wrapping_sub(1));
                self.quarter.fill(&[roman.copied().unwrap_or_default(), &year])
            }
            Frequency::Monthly => {
                let month = i8::try_from(period.part()).unwrap_or_default();
                self.month_year.fill(&[name(&self.months_alone, month), &year])
            }
        }
    }
}

fn name(names: &[String], month: i8) -> &str {
    let at = usize::try_from(month).unwrap_or_default().wrapping_sub(1);
    names.get(at).map_or("", String::as_str)
}
