//! How former years of a line went on from a month, drawn towards its group and towards all lines: a few years
//! of one line say little, forty lines say what a December looks like.

use super::rule::Shape;
use super::{FiscalLine, FiscalYear, MONTHS};
use crate::fiscal::book::Groups;

/// Years of a line weigh n / (n + 8) against its group where nothing is known of how alike they are. Chosen on the
/// shared data from 0.5 to 16 and infinity.
const LINE_HALF: f64 = 8.0;
/// Years of a group weigh n / (n + 40) against all lines, likewise. Chosen on the shared data from 0 to 200.
const GROUP_HALF: f64 = 40.0;
/// What an estimate of the two may be.
const LINE_RANGE: (f64, f64) = (0.25, 64.0);
const GROUP_RANGE: (f64, f64) = (0.25, 400.0);
/// How far, in logarithms, the estimate leads away from what is usual. Tried on the shared data from 0 to 0.75:
/// errors of single years differ by no more than 0.5 points; where neighbours are few and alike the estimate helps.
const ESTIMATED: f64 = 1.0 / 3.0;
/// A variance below this is none.
const VARIANCE_MIN: f64 = 1e-12;
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
    let halves = Halves::of(&values, groups);
    let centre = |members: &[usize], without: Option<usize>| {
        let others = members.iter().filter(|&&i| Some(i) != without);
        let pool: Vec<f64> = others.flat_map(|&i| values[i].iter().copied()).collect();
        let n = pool.len() as f64;
        (n * median(pool).unwrap_or(all) + halves.group * all) / (n + halves.group)
    };
    if known.first {
        return (0..lines.len()).map(|i| Some(centre(groups.members(i), Some(i)))).collect();
    }
    let centres: Vec<f64> = groups.all().iter().map(|members| centre(members, None)).collect();
    let one = |(i, own): (usize, &Vec<f64>)| {
        let centre = centres[groups.of(i)];
        Some((own.iter().sum::<f64>() + halves.line * centre) / (own.len() as f64 + halves.line))
    };
    values.iter().enumerate().map(one).collect()
}

/// How many values of a line weigh as much as its group, and how many of a group as much as all lines.
#[derive(Clone, Copy, Debug)]
struct Halves {
    line: f64,
    group: f64,
}

impl Halves {
    /// From the values themselves, by moments: how much years of a line differ against how much lines of a group do,
    /// and how much values of a group differ against how much groups do. Where lines go on alike year after year,
    /// few years say all; where a year says little, its neighbours say more. Two or three years are too few to
    /// estimate that well: they move what is usual by [`ESTIMATED`] only (method of moments for a nested design:
    /// Searle, Casella, McCulloch, *Variance Components*, 1992).
    fn of(values: &[Vec<f64>], groups: &Groups) -> Self {
        let (mut years, mut lines, mut pooled) = (Spread::default(), Spread::default(), Spread::default());
        let mut centres = Vec::new();
        for members in groups.all() {
            let own: Vec<&Vec<f64>> =
                members.iter().map(|&i| &values[i]).filter(|own| !own.is_empty()).collect();
            let pool: Vec<f64> = own.iter().flat_map(|own| own.iter().copied()).collect();
            let Some(centre) = median(pool.clone()) else { continue };
            own.iter().for_each(|own| years.add(own, mean(own)));
            let means: Vec<f64> = own.iter().map(|own| mean(own)).collect();
            lines.add(&means, centre);
            pooled.add(&pool, centre);
            centres.push((centre, pool.len() as f64));
        }
        let known = values.iter().filter(|own| !own.is_empty()).count().max(1) as f64;
        let years_of_a_line = values.iter().map(|own| own.len() as f64).sum::<f64>() / known;
        let line = years.variance().zip(lines.variance()).map(|(noise, between)| {
            (noise / (between - noise / years_of_a_line).max(VARIANCE_MIN)).clamp(LINE_RANGE.0, LINE_RANGE.1)
        });
        let mut between = Spread::default();
        let medians: Vec<f64> = centres.iter().map(|centre| centre.0).collect();
        between.add(&medians, mean(&medians));
        let group = pooled.variance().zip(between.variance()).map(|(within, between)| {
            let chance = centres.iter().map(|centre| within / centre.1).sum::<f64>() / centres.len() as f64;
            (within / (between - chance).max(VARIANCE_MIN)).clamp(GROUP_RANGE.0, GROUP_RANGE.1)
        });
        let with = |found: Option<f64>, usual: f64| {
            found.map_or(usual, |found| found.powf(ESTIMATED) * usual.powf(1.0 - ESTIMATED))
        };
        Self { line: with(line, LINE_HALF), group: with(group, GROUP_HALF) }
    }
}

/// Squared distances from centres that were estimated from the same values.
#[derive(Clone, Copy, Debug, Default)]
struct Spread {
    squares: f64,
    freedom: f64,
}

impl Spread {
    fn add(&mut self, values: &[f64], centre: f64) {
        if values.len() > 1 {
            self.squares += values.iter().map(|value| (value - centre).powi(2)).sum::<f64>();
            self.freedom += values.len() as f64 - 1.0;
        }
    }

    fn variance(self) -> Option<f64> {
        (self.freedom > 0.0).then(|| self.squares / self.freedom)
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The middle value; `None` of nothing.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    let upper = *values.get(n / 2)?;
    Some(if n % 2 == 1 { upper } else { f64::midpoint(values[n / 2 - 1], upper) })
}
