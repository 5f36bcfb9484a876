//! Are there more events than usual? Weekly counts against the same weeks of earlier years.
//!
//! # Source
//! The rule of public-health surveillance: mean and dispersion from the same weeks of earlier years, alarm where so many
//! events or more have a chance below a limit under a negative binomial distribution. C. P. Farrington and others, A
//! Statistical Algorithm for the Early Detection of Outbreaks, Journal of the Royal Statistical Society A 159, 1996.

use super::series::cusum;
use super::{days, float, whole};
use jiff::civil::Date;

/// Weeks on both sides of the same week of an earlier year.
const AROUND: i64 = 2;
/// Earlier years that are looked at.
const YEARS: i64 = 5;
/// Without an earlier year, so many of the latest weeks stand for it.
const TRAILING: i64 = 26;
/// Weeks that are judged.
const JUDGED: usize = 3;

/// What the latest weeks look like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weeks {
    /// Events in the latest three weeks, the last one first.
    pub weeks: [u64; JUDGED],
    /// Usual number a week.
    pub mean: f64,
    /// Variance over mean, at least 1.
    pub dispersion: f64,
    /// Weeks that say so.
    pub compared: u64,
    /// Judged weeks that are unusual.
    pub n_unusual: u64,
    /// Chance of the most unusual judged week, times the number of judged weeks.
    pub chance: f64,
    /// Cumulative sum over the latest half year; above 5 is a lasting rise.
    pub cusum: f64,
}

/// Which of the latest three weeks have unusually many events. `limits`: the chance below which a week is unusual, and the
/// number below which it never is.
pub fn unusual_weeks(events: &[Date], today: Date, (chance, least): (f64, u64)) -> Weeks {
    let ago: Vec<i64> =
        events.iter().map(|on| days(*on, today)).filter(|ago| *ago >= 0).map(|ago| ago / 7).collect();
    let count = |week: i64| u64::try_from(ago.iter().filter(|at| **at == week).count()).unwrap_or(u64::MAX);
    let oldest = ago.iter().copied().max().unwrap_or(0);
    let judged = i64::try_from(JUDGED).unwrap_or(3);
    let mut usual: Vec<f64> = Vec::new();
    for year in 1..=YEARS {
        // 52 weeks are a year short of one day; two weeks on both sides absorb it.
        let same = 52 * year;
        if same + AROUND <= oldest {
            usual.extend((same - AROUND..=same + judged - 1 + AROUND).map(|week| whole(count(week))));
        }
    }
    if usual.is_empty() {
        usual = (judged..judged + TRAILING).map(|week| whole(count(week))).collect();
    }
    let n = float(i64::try_from(usual.len()).unwrap_or(1)).max(1.0);
    let mean = usual.iter().sum::<f64>() / n;
    let variance = usual.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / (n - 1.0).max(1.0);
    let dispersion = if mean > 0.0 { (variance / mean).max(1.0) } else { 1.0 };
    // Half an event in all compared weeks: none seen does not mean none possible.
    let rate = mean.max(0.5 / n);
    let weeks = [count(0), count(1), count(2)];
    let chances = weeks.map(|y| at_least(y, rate, dispersion));
    let unusual = |at: &usize| weeks[*at] >= least && chances[*at] < chance;
    let line: Vec<f64> = (0..TRAILING).rev().map(|week| whole(count(week))).collect();
    let smallest = chances.iter().copied().fold(1.0_f64, f64::min);
    Weeks {
        weeks,
        mean,
        dispersion,
        compared: super::len(&usual),
        n_unusual: super::len(&(0..JUDGED).filter(unusual).collect::<Vec<_>>()),
        chance: (smallest * 3.0).min(1.0),
        cusum: cusum(&line, rate, (rate * dispersion).sqrt()).last().copied().unwrap_or(0.0),
    }
}

/// Chance of `y` events or more when `mean` are usual and variance over mean is `dispersion`: negative binomial, Poisson
/// at a dispersion of 1.
pub fn at_least(y: u64, mean: f64, dispersion: f64) -> f64 {
    if y == 0 || mean <= 0.0 {
        return if y == 0 { 1.0 } else { 0.0 };
    }
    let size = if dispersion > 1.0 + 1e-9 { Some(mean / (dispersion - 1.0)) } else { None };
    let mut term = size.map_or_else(|| (-mean).exp(), |r| (r * (r / (r + mean)).ln()).exp());
    let share = size.map_or(0.0, |r| mean / (r + mean));
    let mut below = 0.0;
    for k in 0..y.min(100_000) {
        below += term;
        let next = whole(k) + 1.0;
        term *= size.map_or_else(|| mean / next, |r| (r + whole(k)) / next * share);
    }
    // The upper tail by itself where the lower one would cancel.
    if below < 0.999 {
        return (1.0 - below).clamp(0.0, 1.0);
    }
    let mut tail = 0.0;
    for k in y..y + 1_000 {
        tail += term;
        let next = whole(k) + 1.0;
        term *= size.map_or_else(|| mean / next, |r| (r + whole(k)) / next * share);
        if term < tail * 1e-16 {
            break;
        }
    }
    tail.clamp(0.0, 1.0)
}
