//! What law or policy obliges a unit to publish, by when, and what of it is there.
//!
//! The obligations are data with their legal basis and validity; what was published is noted by officers.
//! A term that hangs on a date nobody knows is said to be unknown, never counted as kept or broken.
//!
//! # Source
//! `data/disclosure/obligations.json`; `docs/method/disclosure.md`; domain reference 2.1 and 4.7.

use akimat_core::{KatoCode, Text};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How often something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Once a financial year.
    Year,
    /// For every month of it.
    Month,
    /// For every quarter of it: parts 3, 6, 9 and 12.
    Quarter,
}

/// When it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// So many working days after the budget was adopted.
    WorkingDaysAfterAdoption(u16),
    /// So many days after the period ended.
    DaysAfterPeriod(u16),
    /// On this month and day of a year, counted from the financial year.
    On {
        /// 0 the financial year itself, 1 the next, -1 the one before.
        year: i16,
        /// Month.
        month: i8,
        /// Day.
        day: i8,
    },
}

/// One obligation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Obligation {
    /// Short name, part of addresses.
    pub code: String,
    /// What is to be published.
    pub name: Text,
    /// Levels of the budget system that it binds.
    pub levels: Vec<u8>,
    /// How often.
    pub rhythm: Rhythm,
    /// By when.
    pub deadline: Deadline,
    /// Act and article that oblige to publish.
    pub basis: String,
    /// The duty to publish was read in the text of the act.
    pub basis_verified: bool,
    /// The term was read in the text of the act.
    pub term_verified: bool,
    /// First day of validity.
    pub valid_from: Date,
    /// First day on which it no longer holds.
    pub valid_to: Option<Date>,
}

/// A unit in a financial year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// Territory.
    pub place: KatoCode,
    /// Level in the budget system.
    pub level: u8,
    /// Financial year.
    pub year: i16,
    /// When its budget was adopted, if known.
    pub adopted_on: Option<Date>,
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    /// Territory.
    pub place: KatoCode,
    /// Code of the obligation.
    pub obligation: String,
    /// Financial year.
    pub year: i16,
    /// Month 1 to 12, or 0 for the year.
    pub part: u8,
    /// When; `None` takes an earlier note back.
    pub on: Option<Date>,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing is there and the term is over, by so many days.
    Missing(i32),
    /// It came so many days after the term.
    Late(i32),
    /// It is there; the term is not known.
    Published,
    /// It came in time.
    OnTime,
    /// The term is not over.
    NotYetDue,
    /// Nothing is there, and the term is not known.
    Unknown,
}

/// One thing that one unit owes for one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Position of the obligation in the list.
    pub obligation: usize,
    /// The unit.
    pub unit: Unit,
    /// Month 1 to 12, or 0 for the year.
    pub part: u8,
    /// Last day of the term, when it can be told.
    pub due: Option<Date>,
    /// When it was published.
    pub published: Option<Date>,
    /// How it stands.
    pub standing: Standing,
}

/// What every duty is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// The day of judging.
    pub today: Date,
    /// Days off besides weekends.
    pub holidays: &'a [Date],
}

impl Standing {
    /// The name in addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Late(_) => "late",
            Self::Published => "published",
            Self::OnTime => "on_time",
            Self::NotYetDue => "not_yet_due",
            Self::Unknown => "unknown",
        }
    }

    /// Days over the term.
    pub const fn days(self) -> Option<i32> {
        match self {
            Self::Missing(days) | Self::Late(days) => Some(days),
            _ => None,
        }
    }
}

impl Obligation {
    /// The last day of the term for a unit and period; `None` when it hangs on an unknown date.
    pub fn due(&self, unit: &Unit, part: u8, holidays: &[Date]) -> Option<Date> {
        match self.deadline {
            Deadline::WorkingDaysAfterAdoption(days) => {
                Some(working_days_after(unit.adopted_on?, days, holidays))
            }
            Deadline::DaysAfterPeriod(days) => {
                let month = i8::try_from(if part == 0 { 12 } else { part }).ok()?;
                let last = date(unit.year, month, 1).last_of_month();
                last.checked_add(i32::from(days).days()).ok()
            }
            Deadline::On { year, month, day } => Date::new(unit.year + year, month, day).ok(),
        }
    }

    fn parts(&self) -> &'static [u8] {
        match self.rhythm {
            Rhythm::Year => &[0],
            Rhythm::Month => &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
            Rhythm::Quarter => &[3, 6, 9, 12],
        }
    }

    /// It holds on a day; a duty belongs to the law of the day on which it falls due.
    fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}

/// Counts working days: neither weekends nor holidays.
fn working_days_after(from: Date, days: u16, holidays: &[Date]) -> Date {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if !weekend && !holidays.contains(&day) {
            left -= 1;
        }
    }
    day
}

/// Every duty of every unit, in the order of the units and obligations. Of several notes about the same
/// thing the last one in the list counts.
pub fn duties(
    obligations: &[Obligation],
    units: &[Unit],
    published: &[Published],
    calendar: &Calendar<'_>,
) -> Vec<Duty> {
    let notes: BTreeMap<(KatoCode, i16, &str, u8), Option<Date>> = published
        .iter()
        .map(|note| ((note.place, note.year, note.obligation.as_str(), note.part), note.on))
        .collect();
    let mut duties = Vec::new();
    for unit in units {
        for (at, obligation) in obligations.iter().enumerate() {
            if !obligation.levels.contains(&unit.level) {
                continue;
            }
            for part in obligation.parts() {
                let due = obligation.due(unit, *part, calendar.holidays);
                if !obligation.holds_on(due.unwrap_or_else(|| date(unit.year, 1, 1))) {
                    continue;
                }
                let key = (unit.place, unit.year, obligation.code.as_str(), *part);
                let on = notes.get(&key).copied().flatten();
                let standing = standing(due, on, calendar.today);
                duties.push(Duty { obligation: at, unit: *unit, part: *part, due, published: on, standing });
            }
        }
    }
    duties
}

fn standing(due: Option<Date>, on: Option<Date>, today: Date) -> Standing {
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    match (due, on) {
        (Some(due), Some(on)) if on > due => Standing::Late(days(due, on)),
        (Some(_), Some(_)) => Standing::OnTime,
        (None, Some(_)) => Standing::Published,
        (Some(due), None) if today > due => Standing::Missing(days(due, today)),
        (Some(_), None) => Standing::NotYetDue,
        (None, None) => Standing::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn obligations() -> Vec<Obligation> {
        let root: serde_json::Value =
            serde_json::from_str(include_str!("../../../data/disclosure/obligations.json")).unwrap();
        serde_json::from_value(root["obligations"].clone()).unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn unit(adopted_on: Option<&str>) -> Unit {
        Unit { place: "990100000".parse().unwrap(), level: 3, year: 2026, adopted_on: adopted_on.map(day) }
    }

    #[test]
    fn every_obligation_names_its_basis_in_three_languages() {
        for own in obligations() {
            assert!(!own.basis.is_empty() && !own.levels.is_empty(), "{}", own.code);
            assert!(!own.name.kk.is_empty() && !own.name.ru.is_empty() && !own.name.en.is_empty());
        }
    }

    /// Adopted on Wednesday 24 December 2025: three working days later is Monday the 29th.
    #[test]
    fn working_days_leave_weekends_and_holidays_out() {
        assert_eq!(working_days_after(day("2025-12-24"), 3, &[]), day("2025-12-29"));
        let off = [day("2026-01-01"), day("2026-01-02"), day("2026-01-07")];
        assert_eq!(working_days_after(day("2025-12-31"), 3, &off), day("2026-01-08"));
    }

    #[test]
    fn what_is_missing_late_or_unknown_is_told_apart() {
        let one = |deadline| Obligation { deadline, rhythm: Rhythm::Year, ..obligations().remove(0) };
        let list = [one(Deadline::WorkingDaysAfterAdoption(3))];
        let judge = |unit: Unit, on: Option<&str>, today: &str| {
            let note = on.map(|on| Published {
                place: unit.place,
                obligation: list[0].code.clone(),
                year: unit.year,
                part: 0,
                on: Some(day(on)),
            });
            let calendar = Calendar { today: day(today), holidays: &[] };
            duties(&list, &[unit], note.as_slice(), &calendar)[0].standing
        };
        let known = unit(Some("2025-12-24"));
        assert_eq!(judge(known, Some("2025-12-29"), "2026-02-01"), Standing::OnTime);
        assert_eq!(judge(known, Some("2026-01-05"), "2026-02-01"), Standing::Late(7));
        assert_eq!(judge(known, None, "2025-12-29"), Standing::NotYetDue);
        assert_eq!(judge(known, None, "2026-01-28"), Standing::Missing(30));
        assert_eq!(judge(unit(None), None, "2026-02-01"), Standing::Unknown);
        assert_eq!(judge(unit(None), Some("2026-01-05"), "2026-02-01"), Standing::Published);
    }

    proptest! {
        /// Nothing that is published is missing, and nothing is both late and in time.
        #[test]
        fn a_note_ends_what_is_missing(offset in 0_i32..400, today in 0_i32..800) {
            let list = obligations();
            let own = unit(Some("2025-12-24"));
            let on = day("2025-12-24").checked_add(offset.days()).unwrap();
            let today = day("2025-12-24").checked_add(today.days()).unwrap();
            let calendar = Calendar { today, holidays: &[] };
            let before = duties(&list, &[own], &[], &calendar);
            let notes: Vec<Published> = before
                .iter()
                .map(|duty| Published {
                    place: own.place,
                    obligation: list[duty.obligation].code.clone(),
                    year: own.year,
                    part: duty.part,
                    on: Some(on),
                })
                .collect();
            for duty in duties(&list, &[own], &notes, &calendar) {
                prop_assert!(!matches!(duty.standing, Standing::Missing(_) | Standing::NotYetDue));
                if let Standing::Late(days) = duty.standing {
                    prop_assert!(days > 0 && on > duty.due.unwrap());
                }
            }
        }
    }
}
