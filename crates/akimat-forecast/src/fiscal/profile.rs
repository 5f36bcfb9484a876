//! How former years of a line went on from a month, drawn towards its group and towards all lines: a few years
//! of one line say little, forty lines say what a December looks like.

use super::rule::Shape;
use super::{FiscalLine, FiscalYear, MONTHS};
use crate::fiscal::book::Groups;

/// Years of a line weigh n / (n + 8) against its group. Chosen on the shared data from 0.5 to 16 and infinity.
const LINE_HALF: f64 = 8.0;
/// Years of a group weigh n / (n + 40) against all lines. Chosen on the shared data from 0 to 200.
const GROUP_HALF: f64 = 40.0;
/// Least and greatest remaining share of the plan that counts: corrections, and twice amended plans.
const REMAINING: (f64, f64) = (-0.2, 3.0);
/// A year that ends with eight times what a steady pace promises counts as that.
const PACE_MAX: f64 = 8.0;

/// What a year says: a number, or nothing.
type Statistic<'a> = &'a dyn Fn(&FiscalYear) -> Option<f64>;

/// The years that may be looked at from a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Year of the cell.
    pub(super) year: i16,
    /// No year lies before: the other lines of the same year stand in, the line itself does not.
    pub(super) first: bool,
}

/// Shapes of all lines at one month.
pub(super) fn shapes(lines: &[FiscalLine], groups: &Groups, known: Known, month: usize) -> Vec<Shape> {
    let pace_max = (MONTHS as f64 / month as f64 * PACE_MAX).ln();
    let log_pace = shrunk(lines, groups, known, &|year| {
        let (executed, total) = (year.executed_at(month)?, year.total()?);
        (executed > 0.0 && total > 0.0).then(|| (total / executed).ln().clamp(0.0, pace_max))
    });
    let remaining = shrunk(lines, groups, known, &|year| {
        let (executed, total) = (year.executed_at(month)?, year.total()?);
        let plan = year.plan_at(month).filter(|plan| *plan > 0.0)?;
        Some(((total - executed) / plan).clamp(REMAINING.0, REMAINING.1))
    });
    let shape = |(log_pace, remaining)| Shape { log_pace, remaining };
    log_pace.into_iter().zip(remaining).map(shape).collect()
}

/// For each line, which share of what the rest of the year brings has come by the end of each later month; the
/// last is 1. Without former years the months bring equal parts.
pub(super) fn paths(lines: &[FiscalLine], groups: &Groups, known: Known, month: usize) -> Vec<Vec<f64>> {
    let mut paths = vec![Vec::new(); lines.len()];
    for later in month + 1..=MONTHS {
        let shares = shrunk(lines, groups, known, &|year| {
            let (now, then, total) = (year.executed_at(month)?, year.executed_at(later)?, year.total()?);
            let rest = total - now;
            (rest.abs() > 1e-3 * total.abs()).then(|| ((then - now) / rest).clamp(0.0, 1.0))
        });
        let even = (later - month) as f64 / (MONTHS - month) as f64;
        for (path, share) in paths.iter_mut().zip(shares) {
            let before = path.last().copied().unwrap_or(0.0);
            let share = if later == MONTHS { 1.0 } else { share.unwrap_or(even) };
            path.push(share.max(before));
        }
    }
    paths
}

/// The statistic of each line: its mean over the own years, drawn to the median of its group, itself drawn to the
/// median of all.
fn shrunk(lines: &[FiscalLine], groups: &Groups, known: Known, statistic: Statistic<'_>) -> Vec<Option<f64>> {
    let of_line = |line: &FiscalLine| -> Vec<f64> {
        let seen =
            |year: &&FiscalYear| if known.first { year.year == known.year } else { year.year < known.year };
        line.years.iter().filter(seen).filter_map(statistic).collect()
    };
    let values: Vec<Vec<f64>> = lines.iter().map(of_line).collect();
    let Some(all) = median(values.iter().flatten().copied().collect()) else {
        return vec![None; lines.len()];
    };
    let centre = |members: &[usize], without: Option<usize>| {
        let others = members.iter().filter(|&&i| Some(i) != without);
        let pool: Vec<f64> = others.flat_map(|&i| values[i].iter().copied()).collect();
        let n = pool.len() as f64;
        (n * median(pool).unwrap_or(all) + GROUP_HALF * all) / (n + GROUP_HALF)
    };
    if known.first {
        return (0..lines.len()).map(|i| Some(centre(groups.members(i), Some(i)))).collect();
    }
    let centres: Vec<f64> = groups.all().iter().map(|members| centre(members, None)).collect();
    let one = |(i, own): (usize, &Vec<f64>)| {
        let centre = centres[groups.of(i)];
        Some((own.iter().sum::<f64>() + LINE_HALF * centre) / (own.len() as f64 + LINE_HALF))
    };
    values.iter().enumerate().map(one).collect()
}

/// The middle value; `None` of nothing.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    let upper = *values.get(n / 2)?;
    Some(if n % 2 == 1 { upper } else { f64::midpoint(values[n / 2 - 1], upper) })
}
