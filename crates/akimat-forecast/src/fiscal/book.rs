//! The record of former years: every line forecast from the same months of every former year with what was known
//! then. Weights of the rules and intervals come from here.

use super::conformal::{Calibration, Residual, around};
use super::profile::{Known, paths, shapes};
use super::rule::{Rule, totals};
use super::{FiscalLine, FiscalRefusal, MONTHS, MonthAhead, Origin, Part, PastYear, YearForecast};
use std::collections::BTreeMap;

/// Months on each side whose forecasts count as evidence too.
const WINDOW: usize = 1;
/// The weight of a rule falls with the square of its error. Chosen on the shared data from 0, 2, 3 and 4.
const SHARPNESS: i32 = 2;
/// Errors of a line weigh n / (n + 5) against its group, those of a group n / (n + 10) against all lines.
/// Chosen on the shared data from 2 and 5 to infinity, and from 0 to infinity.
const LINE_HALF: f64 = 5.0;
const GROUP_HALF: f64 = 10.0;
/// A rule that never failed still counts only so much more than one that fails by one per cent.
const ERROR_MIN: f64 = 1e-3;
/// Part of the plan below which execution counts as under-execution.
pub(super) const UNDER: f64 = 0.95;

/// Which lines belong together.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Groups {
    fn new(lines: &[FiscalLine]) -> Self {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut of, mut members) = (Vec::new(), Vec::<Vec<usize>>::new());
        for (i, line) in lines.iter().enumerate() {
            let group = *numbers.entry(&line.group).or_insert(members.len());
            if group == members.len() {
                members.push(Vec::new());
            }
            of.push(group);
            members[group].push(i);
        }
        Self { of, members }
    }

    pub(super) fn of(&self, line: usize) -> usize {
        self.of[line]
    }

    pub(super) fn members(&self, line: usize) -> &[usize] {
        &self.members[self.of[line]]
    }

    pub(super) fn all(&self) -> &[Vec<usize>] {
        &self.members
    }

    pub(super) fn n_lines(&self) -> usize {
        self.of.len()
    }
}

/// One line at one origin.
#[derive(Clone, Debug)]
struct Cell {
    totals: [Option<f64>; Rule::ALL.len()],
    executed: f64,
    plan: Option<f64>,
    fact: Option<f64>,
}

/// All lines at one origin: `None` for a line without a report.
#[derive(Clone, Debug)]
struct Sheet {
    first: bool,
    cells: Vec<Option<Cell>>,
    paths: Vec<Vec<f64>>,
}

/// Forecasts of the current year of many lines, with the record that vouches for them. It sees nothing later than
/// its origin: neither amendments nor execution.
#[derive(Debug)]
pub struct FiscalBook<'a> {
    lines: &'a [FiscalLine],
    groups: Groups,
    origin: Origin,
    sheets: BTreeMap<(i16, usize), Sheet>,
    broken: Vec<i16>,
}

/// What the mixture says about one line at one origin.
#[derive(Clone, Debug)]
struct Mixed {
    total: f64,
    floor: f64,
    scale: f64,
    weights: [f64; Rule::ALL.len()],
}

impl<'a> FiscalBook<'a> {
    /// Forecasts every former year of every line from the same month and its neighbours.
    ///
    /// # Errors
    /// [`FiscalRefusal::BadMonth`] outside 1 to 11, [`FiscalRefusal::NoFormerYear`] when no line knows a former
    /// year to its end.
    pub fn new(lines: &'a [FiscalLine], origin: Origin) -> Result<Self, FiscalRefusal> {
        let month = usize::from(origin.month);
        if !(1..MONTHS).contains(&month) {
            return Err(FiscalRefusal::BadMonth { month: origin.month });
        }
        // A year of which only December is known says nothing about going on from this month.
        let known = |year: &&super::FiscalYear| {
            year.year < origin.year && year.total().is_some() && year.executed_at(month).is_some()
        };
        let mut years: Vec<i16> =
            lines.iter().flat_map(|line| line.years.iter().filter(known)).map(|year| year.year).collect();
        years.sort_unstable();
        years.dedup();
        let first = *years.first().ok_or(FiscalRefusal::NoFormerYear)?;
        let groups = Groups::new(lines);
        let mut book = Self { lines, groups, origin, sheets: BTreeMap::new(), broken: Vec::new() };
        let near = month.saturating_sub(2 * WINDOW).max(1)..=(month + 2 * WINDOW).min(MONTHS - 1);
        for &year in &years {
            for month in near.clone() {
                let sheet = book.sheet(Known { year, first: year == first }, month);
                book.sheets.insert((year, month), sheet);
            }
        }
        let sheet = book.sheet(Known { year: origin.year, first: false }, month);
        book.sheets.insert((origin.year, month), sheet);
        Ok(book)
    }

    /// Leaves years that are known to be broken (a war, a lockdown) out of the errors from which intervals come: the
    /// intervals then hold for years without such a break. Weights and shares still see them.
    #[must_use]
    pub fn without_errors_of(mut self, years: &[i16]) -> Self {
        self.broken = years.to_vec();
        self
    }

    fn sheet(&self, known: Known, month: usize) -> Sheet {
        let shapes = shapes(self.lines, &self.groups, known, month);
        let cell = |(line, shape): (&FiscalLine, super::rule::Shape)| {
            let own = line.year(known.year)?;
            Some(Cell {
                totals: totals(line, (known.year, month), shape),
                executed: own.executed_at(month)?,
                plan: own.plan_at(month),
                fact: own.total().filter(|_| known.year < self.origin.year),
            })
        };
        Sheet {
            first: known.first,
            cells: self.lines.iter().zip(shapes).map(cell).collect(),
            paths: paths(self.lines, &self.groups, known, month),
        }
    }

    /// Sheets of the years before `year` at a month and its neighbours.
    fn before(&self, year: i16, month: usize) -> impl Iterator<Item = (i16, usize, &Sheet)> {
        self.sheets
            .iter()
            .filter(move |(key, _)| key.0 < year && key.1.abs_diff(month) <= WINDOW)
            .map(|(key, sheet)| (key.0, key.1, sheet))
    }

    /// Errors of the rules before `year`: for each line sums and counts.
    fn errors(&self, year: i16, month: usize) -> Vec<[(f64, f64); Rule::N_MIXED]> {
        let mut sums = vec![[(0.0, 0.0); Rule::N_MIXED]; self.lines.len()];
        let share = 1.0 / (2 * WINDOW + 1) as f64;
        for (_, _, sheet) in self.before(year, month).filter(|(_, _, sheet)| !sheet.first) {
            for (sums, cell) in sums.iter_mut().zip(&sheet.cells) {
                let Some((cell, fact)) = cell.as_ref().and_then(|cell| Some((cell, cell.fact?))) else {
                    continue;
                };
                let scale = fact.max(cell.plan.unwrap_or(0.0));
                for (sum, total) in sums.iter_mut().zip(cell.totals) {
                    if let Some(total) = total.filter(|_| scale > 0.0) {
                        sum.0 += share * ((total - fact).abs() / scale).min(1.0);
                        sum.1 += share;
                    }
                }
            }
        }
        sums
    }

    /// Weights of the rules for each line at an origin.
    fn weights(&self, year: i16, month: usize) -> Vec<[f64; Rule::N_MIXED]> {
        let errors = self.errors(year, month);
        let sum = |members: &mut dyn Iterator<Item = usize>| {
            members.fold([(0.0, 0.0); Rule::N_MIXED], |mut sum, i| {
                for (sum, own) in sum.iter_mut().zip(errors[i]) {
                    *sum = (sum.0 + own.0, sum.1 + own.1);
                }
                sum
            })
        };
        let all = sum(&mut (0..errors.len())).map(|(sum, n)| if n > 0.0 { sum / n } else { f64::NAN });
        let worst = all.iter().copied().fold(f64::NAN, f64::max);
        // Without any evidence all rules are equal; a rule without evidence counts like the worst one.
        let all =
            all.map(|error| if error.is_nan() { if worst.is_nan() { 1.0 } else { worst } } else { error });
        let drawn = |own: [(f64, f64); Rule::N_MIXED], centre: [f64; Rule::N_MIXED], half: f64| {
            let mut drawn = centre;
            for (drawn, (sum, n)) in drawn.iter_mut().zip(own) {
                *drawn = (sum + half * *drawn) / (n + half);
            }
            drawn
        };
        let of_group = |members: &Vec<usize>| drawn(sum(&mut members.iter().copied()), all, GROUP_HALF);
        let centres: Vec<[f64; Rule::N_MIXED]> = self.groups.all().iter().map(of_group).collect();
        let of_line = |(i, own): (usize, &[(f64, f64); Rule::N_MIXED])| {
            drawn(*own, centres[self.groups.of(i)], LINE_HALF)
                .map(|error| error.max(ERROR_MIN).powi(-SHARPNESS))
        };
        errors.iter().enumerate().map(of_line).collect()
    }

    /// The mixture for every line at an origin of the book.
    fn mixtures(&self, year: i16, month: usize) -> Vec<Option<Mixed>> {
        let Some(sheet) = self.sheets.get(&(year, month)) else { return vec![None; self.lines.len()] };
        let weights = self.weights(year, month);
        let one = |(i, cell): (usize, &Option<Cell>)| {
            let cell = cell.as_ref()?;
            let mut mixed = [0.0; Rule::ALL.len()];
            for ((mixed, weight), total) in mixed.iter_mut().zip(weights[i]).zip(cell.totals) {
                *mixed = total.map_or(0.0, |_| weight);
            }
            let sum: f64 = mixed.iter().sum();
            let mixed = mixed.map(|weight| weight / sum);
            let parts = mixed.iter().zip(cell.totals);
            let total: f64 = parts.map(|(weight, total)| weight * total.unwrap_or(0.0)).sum();
            let floor = self.floor(i, (year, month), cell.executed);
            let total = total.max(floor);
            let scale = total.abs().max(cell.plan.unwrap_or(0.0).abs());
            (total.is_finite() && sum > 0.0).then_some(Mixed { total, floor, scale, weights: mixed })
        };
        sheet.cells.iter().enumerate().map(one).collect()
    }

    /// What is executed, less the largest correction that a former year of the line saw after this month.
    fn floor(&self, line: usize, (year, month): (i16, usize), executed: f64) -> f64 {
        let former = self.lines[line].years.iter().filter(|own| own.year < year);
        let correction = former.filter_map(|own| {
            let now = own.executed_at(month).filter(|now| *now > 0.0)?;
            let later = (month + 1..=MONTHS).filter_map(|later| own.executed_at(later));
            let least = later.fold(now, f64::min);
            Some((now - least) / now)
        });
        executed - executed.abs() * correction.fold(0.0, f64::max)
    }

    /// Relative errors of former years at the month and its neighbours, for the execution by `later`.
    fn residuals(&self, mixtures: &Mixtures, later: usize) -> Vec<Residual> {
        let month = usize::from(self.origin.month);
        let mut residuals = Vec::new();
        // In the first year the other lines of the year stand in for a year before. They saw the same shocks, so that
        // its errors are too small: they serve only where there are no others.
        let later_years = self
            .before(self.origin.year, month)
            .any(|(year, _, sheet)| !sheet.first && !self.broken.contains(&year));
        for (year, at, sheet) in self.before(self.origin.year, month) {
            if sheet.first && later_years {
                continue;
            }
            // A neighbouring month looks as far ahead, but not beyond December.
            let then = if later == MONTHS { MONTHS } else { later + at - month };
            if then <= at || then > MONTHS || self.broken.contains(&year) {
                continue;
            }
            for (line, mixed) in mixtures.get(&(year, at)).into_iter().flatten().enumerate() {
                let fact = self.lines[line].year(year).and_then(|own| own.executed_at(then));
                let (Some(mixed), Some(cell), Some(fact)) = (mixed, &sheet.cells[line], fact) else {
                    continue;
                };
                if mixed.scale <= 0.0 || cell.fact.is_none() {
                    continue;
                }
                let share = sheet.paths[line][then - at - 1];
                let expected = cell.executed + share * (mixed.total - cell.executed);
                let value = (fact - expected) / mixed.scale;
                residuals.push(Residual { line, value, own_month: at == month });
            }
        }
        residuals
    }

    /// The mixtures of all former origins that count as evidence.
    fn former(&self) -> Mixtures {
        let month = usize::from(self.origin.month);
        let keys = self.before(self.origin.year, month).map(|(year, at, _)| (year, at));
        keys.map(|key| (key, self.mixtures(key.0, key.1))).collect()
    }

    /// Forecasts of all lines, in their order: a refusal for a line without a report of the month.
    ///
    /// # Errors
    /// [`FiscalRefusal::BadLevel`] when a level is not 1 to 99; the other refusals belong to single lines.
    pub fn forecasts(
        &self,
        levels: &[u8],
    ) -> Result<Vec<Result<YearForecast, FiscalRefusal>>, FiscalRefusal> {
        if let Some(&level) = levels.iter().find(|level| !(1..=99).contains(*level)) {
            return Err(FiscalRefusal::BadLevel { level });
        }
        let month = usize::from(self.origin.month);
        let former = self.former();
        let calibrations: Vec<Calibration> = (month + 1..=MONTHS)
            .map(|later| Calibration::new(&self.residuals(&former, later), &self.groups))
            .collect();
        let current = self.mixtures(self.origin.year, month);
        let one =
            |(line, mixed): (usize, Option<Mixed>)| self.one(line, mixed, (&former, &calibrations), levels);
        Ok(current.into_iter().enumerate().map(one).collect())
    }

    fn one(
        &self,
        line: usize,
        mixed: Option<Mixed>,
        (former, calibrations): (&Mixtures, &[Calibration]),
        levels: &[u8],
    ) -> Result<YearForecast, FiscalRefusal> {
        let Origin { year, month } = self.origin;
        let sheet = &self.sheets[&(year, usize::from(month))];
        let cell = sheet.cells[line].as_ref().ok_or(FiscalRefusal::NoExecution { year, month })?;
        let mixed = mixed.ok_or(FiscalRefusal::Overflow)?;
        let december = calibrations.last().ok_or(FiscalRefusal::BadMonth { month })?;
        let (intervals, refused) = around(december, line, (mixed.total, mixed.scale, mixed.floor), levels);
        let ahead = |((share, calibration), later): ((&f64, &Calibration), u8)| {
            // The way there and back rounds: December is the total itself.
            let cumulative = if usize::from(later) == MONTHS {
                mixed.total
            } else {
                cell.executed + share * (mixed.total - cell.executed)
            };
            let (intervals, _) = around(calibration, line, (cumulative, mixed.scale, mixed.floor), levels);
            MonthAhead { month: later, cumulative, intervals }
        };
        let parts = Rule::ALL.iter().zip(cell.totals).zip(mixed.weights);
        let part = |((rule, total), weight): ((&Rule, Option<f64>), f64)| {
            total.map(|total| Part { rule: *rule, total, weight })
        };
        let under = |plan: f64| {
            let bound = UNDER * plan;
            if mixed.floor >= bound {
                return Some(0.0);
            }
            december.below(line, (bound - mixed.total) / mixed.scale)
        };
        Ok(YearForecast {
            origin: self.origin,
            plan: cell.plan,
            executed: cell.executed,
            floor: mixed.floor,
            total: mixed.total,
            intervals,
            refused,
            months: sheet.paths[line].iter().zip(calibrations).zip(month + 1..).map(ahead).collect(),
            parts: parts.filter_map(part).collect(),
            past: self.past(line, former),
            under_execution: cell.plan.filter(|plan| *plan > 0.0).and_then(under),
        })
    }

    /// The line in former years, from the same month. The very first year of the data has no year before it and
    /// is left out: it would be judged by what was not known then.
    fn past(&self, line: usize, former: &Mixtures) -> Vec<PastYear> {
        let month = usize::from(self.origin.month);
        let sheets = self.sheets.iter().filter(|(key, sheet)| key.1 == month && !sheet.first);
        let year = |(key, sheet): (&(i16, usize), &Sheet)| {
            let cell = sheet.cells[line].as_ref()?;
            let mixed = former.get(key)?.get(line)?.as_ref()?;
            let rules = Rule::ALL.into_iter().zip(cell.totals);
            Some(PastYear {
                year: key.0,
                fact: cell.fact?,
                plan: cell.plan,
                total: mixed.total,
                rules: rules.filter_map(|(rule, total)| Some((rule, total?))).collect(),
            })
        };
        sheets.filter_map(year).collect()
    }
}

impl FiscalBook<'_> {
    /// Which lines belong together, for calibrations over the same lines.
    pub(super) const fn groups(&self) -> &Groups {
        &self.groups
    }
}

/// Mixtures by year and month.
type Mixtures = BTreeMap<(i16, usize), Vec<Option<Mixed>>>;
