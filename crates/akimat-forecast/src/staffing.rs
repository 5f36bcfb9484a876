//! How many officers the expected number of cases of a month needs: a hint from stated assumptions.
//!
//! Formulas, their reasons and limits: docs/method/demand.md. Work is counted in whole minutes, so that a team that is
//! exactly large enough is not made larger by rounding.

use crate::calendar::working_days;
use akimat_core::{Frequency, Period};

/// Most cases of a month that are reckoned with.
pub const CASES_MAX: u64 = 1_000_000;

/// The 90th percentile of the standard normal distribution: the upper end of an 80 % interval.
const Z90: f64 = 1.281_551_565_544_600_4;
/// Standard deviations above the mean beyond which nothing is added to a probability.
const FAR: f64 = 40.0;
/// Calendar years that are looked back for the same month.
const BACK_MAX: i16 = 30;

/// What is assumed of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Minutes of work that one case takes, from 1.
    pub minutes_per_case: u32,
    /// Minutes of a working day that one officer gives to cases, 1 to 1,440.
    pub minutes_per_day: u32,
    /// Share of the cases that are to be handled within their month, per cent, 1 to 100.
    pub share_pct: u8,
}

/// What a forecast says of the cases of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Expected cases.
    pub expected: u64,
    /// Upper end of the 80 % interval: nine months of ten bring no more.
    pub upper80: u64,
}

/// Officers of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// Officers for the expected cases.
    pub expected: u64,
    /// Officers for the upper end of the 80 % interval.
    pub upper80: u64,
    /// Probability that the officers for the expected cases are enough, 0 to 1.
    pub chance_expected: f64,
}

/// Why there is no hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StaffingRefusal {
    /// A number of minutes or the share lies outside its range.
    #[error("the assumptions make no sense")]
    Terms,
    /// The month has no working day.
    #[error("the month has no working day")]
    NoDays,
    /// More cases than [`CASES_MAX`], or an upper end below the expected number.
    #[error("the demand makes no sense")]
    Demand,
}

/// Officers for a month of `days` working days.
///
/// # Errors
/// [`StaffingRefusal`]: assumptions, days or demand make no sense.
///
/// # Source
/// Work over working time, rounded up; the spread of counts after the negative binomial distribution (Hilbe 2011,
/// Negative Binomial Regression, section 8). docs/method/demand.md.
///
/// # Example
/// ```
/// use akimat_forecast::staffing::{Demand, Terms, need};
/// let terms = Terms { minutes_per_case: 45, minutes_per_day: 360, share_pct: 100 };
/// let need = need(Demand { expected: 300, upper80: 360 }, terms, 20).unwrap();
/// // 300 * 45 = 13,500 minutes, an officer has 7,200: two. 360 * 45 = 16,200: three.
/// assert_eq!((need.expected, need.upper80), (2, 3));
/// ```
pub fn need(demand: Demand, terms: Terms, days: u16) -> Result<Need, StaffingRefusal> {
    if demand.upper80 < demand.expected || demand.upper80 > CASES_MAX {
        return Err(StaffingRefusal::Demand);
    }
    let expected = officers(demand.expected, terms, days)?;
    let upper80 = officers(demand.upper80, terms, days)?;
    let chance_expected = chance(demand, capacity(expected, terms, days));
    Ok(Need { expected, upper80, chance_expected })
}

/// Officers that handle the wanted share of `cases`, rounded up.
///
/// # Errors
/// [`StaffingRefusal`]: assumptions, days or cases make no sense.
pub fn officers(cases: u64, terms: Terms, days: u16) -> Result<u64, StaffingRefusal> {
    if cases > CASES_MAX {
        return Err(StaffingRefusal::Demand);
    }
    let fits = terms.minutes_per_case > 0
        && (1..=1_440).contains(&terms.minutes_per_day)
        && (1..=100).contains(&terms.share_pct);
    if !fits {
        return Err(StaffingRefusal::Terms);
    }
    if days == 0 {
        return Err(StaffingRefusal::NoDays);
    }
    Ok((cases * per_case(terms)).div_ceil(per_officer(terms, days)))
}

/// Cases of which a team handles the wanted share.
fn capacity(officers: u64, terms: Terms, days: u16) -> u64 {
    officers * per_officer(terms, days) / per_case(terms)
}

/// Hundredths of minutes of a case, weighted by the wanted share.
fn per_case(terms: Terms) -> u64 {
    u64::from(terms.minutes_per_case) * u64::from(terms.share_pct)
}

/// Hundredths of minutes of an officer's month.
fn per_officer(terms: Terms, days: u16) -> u64 {
    u64::from(days) * u64::from(terms.minutes_per_day) * 100
}

/// Probability that at most `at_most` cases come: negative binomial with the expected number as its mean and the
/// spread of the interval; Poisson where the interval is no wider than that.
fn chance(demand: Demand, at_most: u64) -> f64 {
    let mean = demand.expected as f64;
    if demand.upper80 == 0 {
        return 1.0;
    }
    // Nothing is expected but something may come: the interval alone speaks.
    let mean = if mean > 0.0 { mean } else { 0.5 };
    let deviation = (demand.upper80 as f64 - mean).max(0.0) / Z90;
    let variance = deviation.powi(2).max(mean);
    if at_most as f64 > mean + FAR * variance.sqrt() {
        return 1.0;
    }
    let extra = variance - mean;
    let size = (extra > 1e-9 * mean).then(|| mean * mean / extra);
    // In logarithms: the probability of no case at all is far below the smallest number a computer writes.
    let mut log = size.map_or(-mean, |size| -size * (mean / size).ln_1p());
    let mut sum = log.exp();
    let mut count = 0.0;
    for _ in 0..at_most {
        let odds = size.map_or(mean, |size| (count + size) * mean / (size + mean));
        count += 1.0;
        log += (odds / count).ln();
        sum += log.exp();
    }
    sum.min(1.0)
}

/// Working days of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// How many.
    pub n: u16,
    /// The calendar does not reach the month: they are those of the same month in its last year.
    pub assumed: bool,
}

/// Working days of a month, or those of the same month of the last year that the calendar knows; `None` for anything
/// but a month, and far from the calendar.
pub fn days_of(month: Period) -> Option<Days> {
    if month.frequency() != Frequency::Monthly {
        return None;
    }
    (0..=BACK_MAX).find_map(|back| {
        let same = Period::new(month.year() - back, month.part(), Frequency::Monthly)?;
        Some(Days { n: working_days(same)?, assumed: back > 0 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TERMS: Terms = Terms { minutes_per_case: 60, minutes_per_day: 285, share_pct: 95 };

    #[test]
    fn officers_by_hand() {
        // 0.95 * 100 * 60 = 5,700 minutes = 20 * 285: exactly one, although 0.95 is no binary number.
        assert_eq!(officers(100, TERMS, 20), Ok(1));
        assert_eq!(officers(101, TERMS, 20), Ok(2));
        assert_eq!(officers(0, TERMS, 20), Ok(0));
        // 2,000 * 60 * 0.95 = 114,000 over 22 * 285 = 6,270: 18.2.
        assert_eq!(officers(2_000, TERMS, 22), Ok(19));
        assert_eq!(capacity(1, TERMS, 20), 100);
    }

    #[test]
    fn senseless_questions_are_refused() {
        let wrong = |terms: Terms| officers(10, terms, 20);
        assert_eq!(wrong(Terms { minutes_per_case: 0, ..TERMS }), Err(StaffingRefusal::Terms));
        assert_eq!(wrong(Terms { minutes_per_day: 1_441, ..TERMS }), Err(StaffingRefusal::Terms));
        assert_eq!(wrong(Terms { share_pct: 101, ..TERMS }), Err(StaffingRefusal::Terms));
        assert_eq!(officers(10, TERMS, 0), Err(StaffingRefusal::NoDays));
        assert_eq!(officers(CASES_MAX + 1, TERMS, 20), Err(StaffingRefusal::Demand));
        assert_eq!(need(Demand { expected: 5, upper80: 4 }, TERMS, 20), Err(StaffingRefusal::Demand));
    }

    #[test]
    fn chances_are_those_of_the_distributions() {
        // Poisson of 2: e^-2 (1 + 2 + 2) = 0.676676.
        let poisson = chance(Demand { expected: 2, upper80: 2 }, 2);
        assert!((poisson - 5.0 * (-2.0_f64).exp()).abs() < 1e-12, "{poisson}");
        // Mean 100, deviation 30 / 1.2816: nine of ten lie below 130, a little skewed.
        let wide = Demand { expected: 100, upper80: 130 };
        assert!((chance(wide, 130) - 0.9).abs() < 0.02, "{}", chance(wide, 130));
        assert!((0.5..0.6).contains(&chance(wide, 100)));
        assert!((1.0 - chance(wide, 100_000)).abs() < 1e-12);
        // Large numbers do not underflow.
        let large = Demand { expected: 90_000, upper80: 99_000 };
        assert!((chance(large, 99_000) - 0.9).abs() < 0.01, "{}", chance(large, 99_000));
        assert!((chance(Demand { expected: 0, upper80: 0 }, 0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn months_beyond_the_calendar_take_the_days_of_its_last_year() {
        let of = |text: &str| days_of(text.parse().unwrap());
        assert_eq!(of("2024-01"), Some(Days { n: 21, assumed: false }));
        let beyond = of("2030-01").unwrap();
        assert!(beyond.assumed && beyond.n == of("2026-01").unwrap().n);
        assert_eq!(of("2024"), None);
        assert_eq!(of("2400-01"), None);
    }

    proptest! {
        #[test]
        fn more_work_never_needs_fewer(
            (cases, more) in (0..50_000_u64, 0..5_000_u64),
            (minutes, longer) in (1..500_u32, 0..100_u32),
            (day, share, days) in (1..=1_440_u32, 1..=100_u8, 1..=27_u16),
        ) {
            let terms = Terms { minutes_per_case: minutes, minutes_per_day: day, share_pct: share };
            let base = officers(cases, terms, days).unwrap();
            prop_assert!(officers(cases + more, terms, days).unwrap() >= base);
            let slower = Terms { minutes_per_case: minutes + longer, ..terms };
            prop_assert!(officers(cases, slower, days).unwrap() >= base);
            prop_assert!(officers(cases, terms, days + 1).unwrap() <= base);
            prop_assert!(capacity(base, terms, days) >= cases);
        }

        #[test]
        fn the_upper_case_needs_no_fewer_and_a_chance_is_one(
            (expected, more) in (0..3_000_u64, 0..1_000_u64), days in 15..=23_u16,
        ) {
            let need = need(Demand { expected, upper80: expected + more }, TERMS, days).unwrap();
            prop_assert!(need.upper80 >= need.expected);
            prop_assert!((0.0..=1.0).contains(&need.chance_expected));
        }
    }
}
