//! What residents get: measured, beside what was promised.
//!
//! The register names each expected result with its baseline and its target; measurements are kept here, each with its
//! day and its source, and none is ever overwritten by a later one.

use akimat_core::{Lang, Text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Version of the body that is stored.
pub const FORMAT: u16 = 1;
/// Measurements of a project at most.
pub const MEASURES_MAX: usize = 1_000;
/// Longest source in characters.
pub const CHARS_MAX: usize = 500;
/// Digits after the point at most.
const DECIMALS: usize = 6;
/// Digits before the point at most.
const WHOLE_MAX: usize = 15;
/// All of something, in hundredths of a per cent.
const ALL_BP: i128 = 10_000;

/// A result measured on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultMeasure {
    /// Stable inside the list.
    pub id: String,
    /// The result, as the register named it then.
    pub title: Text,
    /// Day of the measurement.
    pub on: Date,
    /// What was measured, a plain decimal in the unit of the result.
    pub value: String,
    /// Who measured it and how: a statistical form, a count on site, an act.
    pub source: String,
}

/// All measurements of the results of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// Version of this format.
    pub format: u16,
    /// Measurements, the earliest first.
    #[serde(default)]
    pub measures: Vec<ResultMeasure>,
    /// Invented for a demonstration.
    #[serde(default)]
    pub invented: bool,
}

impl Default for Results {
    fn default() -> Self {
        Self { format: FORMAT, measures: Vec::new(), invented: false }
    }
}

impl Results {
    /// Measurements of one result, the earliest first. A result is known by its name in any language.
    pub fn of(&self, title: &Text) -> Vec<&ResultMeasure> {
        let mut found: Vec<&ResultMeasure> =
            self.measures.iter().filter(|own| is_same(&own.title, title)).collect();
        found.sort_by_key(|own| own.on);
        found
    }

    /// Adds a measurement; one of the same result on the same day is replaced.
    pub fn put(&mut self, measure: ResultMeasure) {
        self.measures.retain(|own| own.on != measure.on || !is_same(&own.title, &measure.title));
        self.measures.push(measure);
        self.measures.sort_by(|a, b| (a.on, &a.id).cmp(&(b.on, &b.id)));
    }
}

/// Two names of results mean the same: they agree in a language in which both are written.
pub fn is_same(one: &Text, other: &Text) -> bool {
    Lang::ALL.iter().any(|lang| {
        let own = one.exact(*lang).trim();
        !own.is_empty() && own == other.exact(*lang).trim()
    })
}

/// A decimal as people write it, `1 240,5`, as a plain one, `1240.5`; `None` when it is none.
pub fn decimal(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace(',', ".").replace('−', "-");
    millionths(&text).map(|_| text.trim_start_matches('+').to_owned())
}

/// A plain decimal in millionths.
fn millionths(text: &str) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > WHOLE_MAX || part.len() > DECIMALS || !plain(whole) || !plain(part) {
        return None;
    }
    let number: i128 = format!("{whole}{part:0<DECIMALS$}").parse().ok()?;
    Some(sign * number)
}

/// How much of the way from the baseline to the target is gone, in hundredths of a per cent and rounded to the nearest:
/// `(measured − baseline) / (target − baseline)`. Negative when things got worse, above 10,000 beyond the target; whoever
/// forms an index from it limits it. `None` without a baseline, and where the target is the baseline.
///
/// # Example
/// ```
/// use akimat_delivery::progress::result::achieved_bp;
/// // Lost water: 41 % before, 12 % promised, 19 % measured.
/// assert_eq!(achieved_bp(Some("41"), "12", "19"), Some(7_586));
/// assert_eq!(achieved_bp(None, "12", "19"), None);
/// ```
pub fn achieved_bp(baseline: Option<&str>, target: &str, measured: &str) -> Option<i64> {
    let read = |text: &str| decimal(text).as_deref().and_then(millionths);
    let (from, to, now) = (read(baseline?)?, read(target)?, read(measured)?);
    let (gone, way) = (now - from, to - from);
    if way == 0 {
        return None;
    }
    // Twice both, so that the half that is added is whole; the sign of the way goes to the top.
    let (gone, way) = (gone * way.signum() * ALL_BP * 2, way.abs() * 2);
    i64::try_from((gone + way / 2).div_euclid(way)).ok()
}

/// What is wrong with a list of measurements, by the position of the measurement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultFault {
    /// More than a project may have.
    TooMany,
    /// The value is no decimal.
    NotANumber(usize),
    /// It was not measured yet.
    InTheFuture(usize),
    /// The year is not one of this or the last century.
    FarDate(usize),
    /// Nobody says where the figure comes from.
    SourceMissing(usize),
    /// The source is too long.
    SourceTooLong(usize),
}

/// All faults on a day; empty when the list can be kept.
pub fn faults(results: &Results, today: Date) -> Vec<ResultFault> {
    let mut found = Vec::new();
    if results.measures.len() > MEASURES_MAX {
        found.push(ResultFault::TooMany);
    }
    for (at, own) in results.measures.iter().enumerate() {
        let mut add = |wrong: bool, fault: ResultFault| found.extend(wrong.then_some(fault));
        add(millionths(&own.value).is_none(), ResultFault::NotANumber(at));
        add(own.on > today, ResultFault::InTheFuture(at));
        add(!(1950..=2100).contains(&own.on.year()), ResultFault::FarDate(at));
        add(own.source.trim().is_empty(), ResultFault::SourceMissing(at));
        add(own.source.chars().count() > CHARS_MAX, ResultFault::SourceTooLong(at));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn decimals_are_read_as_people_write_them() {
        let check =
            |text: &str, expect: Option<&str>| assert_eq!(decimal(text).as_deref(), expect, "{text:?}");
        check("1 240,5", Some("1240.5"));
        check("-3", Some("-3"));
        check("0.000001", Some("0.000001"));
        check("0.0000001", None);
        check("9999999999999999", None);
        check("12 km", None);
        check("1.2.3", None);
        check("", None);
    }

    #[test]
    fn the_way_from_baseline_to_target_is_exact() {
        let check = |(from, to, now): (&str, &str, &str), expect: Option<i64>| {
            assert_eq!(achieved_bp(Some(from), to, now), expect, "{from} {to} {now}");
        };
        check(("0", "9.6", "5.9"), Some(6_146));
        check(("890", "1240", "1105"), Some(6_143));
        check(("31", "15", "31"), Some(0));
        check(("31", "15", "40"), Some(-5_625));
        check(("35", "120", "141"), Some(12_471));
        check(("0", "3", "1"), Some(3_333));
        check(("0", "3", "2"), Some(6_667));
        check(("5", "5", "5"), None);
        check(("about 5", "9", "6"), None);
    }

    #[test]
    fn a_result_is_known_by_its_name_and_every_fault_by_its_place() {
        let titled = |text: &str| Text::same(text);
        let measure = |id: &str, title: &str, day: i8, value: &str| ResultMeasure {
            id: id.to_owned(),
            title: titled(title),
            on: date(2026, 5, day),
            value: value.to_owned(),
            source: "count on site".to_owned(),
        };
        let mut results = Results::default();
        results.put(measure("b", "Places", 9, "60"));
        results.put(measure("a", "Places", 2, "40"));
        results.put(measure("c", "Places", 9, "62"));
        results.put(measure("d", "Hours", 9, "24"));
        let values: Vec<&str> = results.of(&titled("Places")).iter().map(|own| own.value.as_str()).collect();
        assert_eq!(values, ["40", "62"]);
        assert!(faults(&results, date(2026, 5, 9)).is_empty());
        results.measures[0].value = "many".to_owned();
        results.measures[1].source = "  ".to_owned();
        let found = faults(&results, date(2026, 5, 8));
        let n_future = found.iter().filter(|fault| matches!(fault, ResultFault::InTheFuture(_))).count();
        assert_eq!(n_future, 2);
        assert!(
            found.contains(&ResultFault::NotANumber(0)) && found.contains(&ResultFault::SourceMissing(1))
        );
    }
}
