//! How a year's plan is carried out, month by month, beside the same months of former years.
//!
//! Reports are cumulative since January, as they really come. The flow of a month is its report less the one
//! before; where that one is missing, the flow covers several months and says how many. A negative flow is a
//! correction and is kept.
//!
//! # Source
//! `docs/method/pace.md`; execution against the amended plan as in domain reference 2.4 (`execution`).

use crate::{Amounts, Stage};
use akimat_core::{Money, Ratio};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What one line states as of the end of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthReport {
    /// Financial year.
    pub year: i16,
    /// Month 1 to 12; 0 for the plan alone.
    pub month: u8,
    /// The figures, executed cumulative since January.
    pub amounts: Amounts,
}

/// One month of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceMonth {
    /// Month 1 to 12.
    pub month: u8,
    /// The figures as stated.
    pub amounts: Amounts,
    /// What this month added; `None` when the report of this or of every former month is missing.
    pub flow: Option<Money>,
    /// How many months the flow covers: 1 when the month before was reported.
    pub flow_months: u8,
    /// Executed so far in the plan of the whole year (amended, or else approved).
    pub execution: Option<Ratio>,
}

/// A year of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaceYear {
    /// Financial year.
    pub year: i16,
    /// The months that were reported, in order.
    pub months: Vec<PaceMonth>,
    /// Months up to the last reported one (of a former year: up to December) without a report.
    pub missing: Vec<u8>,
    /// The plan before the first month, when it was stated.
    pub plan: Option<Amounts>,
}

/// What was usual in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    /// Month 1 to 12.
    pub month: u8,
    /// Former years that state it.
    pub n_years: usize,
    /// Their median execution.
    pub median: Ratio,
    /// Their least.
    pub min: Ratio,
    /// Their greatest.
    pub max: Ratio,
}

/// A later report that states another amount for the same month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Year.
    pub year: i16,
    /// Month.
    pub month: u8,
    /// Which figure.
    pub stage: Stage,
    /// As it was stated before.
    pub was: Money,
    /// As it is stated now.
    pub now: Money,
}

/// A change of the plan within a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanChange {
    /// Year.
    pub year: i16,
    /// Since the report of this month.
    pub month: u8,
    /// The plan before.
    pub was: Money,
    /// The plan since.
    pub now: Money,
}

/// The whole picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// The years, oldest first.
    pub years: Vec<PaceYear>,
    /// What was usual before the asked year, month by month.
    pub usual: Vec<Usual>,
    /// What later reports changed in what earlier ones had said.
    pub revisions: Vec<Revision>,
    /// How the plan changed.
    pub plan_changes: Vec<PlanChange>,
}

/// The picture of `year` beside the years before it. Reports stand in the order in which they came: of two
/// about the same month the later one counts, and what it changed is listed.
pub fn pace(reports: &[MonthReport], year: i16) -> Pace {
    let mut known: BTreeMap<(i16, u8), Amounts> = BTreeMap::new();
    let mut revisions = Vec::new();
    for report in reports.iter().filter(|report| report.month <= 12) {
        let before = known.insert((report.year, report.month), report.amounts);
        for stage in before.iter().flat_map(|_| Stage::ALL) {
            let pair = before.and_then(|old| old.at(stage)).zip(report.amounts.at(stage));
            if let Some((was, now)) = pair.filter(|(was, now)| was != now) {
                revisions.push(Revision { year: report.year, month: report.month, stage, was, now });
            }
        }
    }
    let mut by_year: BTreeMap<i16, BTreeMap<u8, Amounts>> = BTreeMap::new();
    for ((year, month), amounts) in known {
        by_year.entry(year).or_default().insert(month, amounts);
    }
    let last = by_year.keys().next_back().copied();
    let years: Vec<PaceYear> =
        by_year.iter().map(|(own, months)| one_year(*own, months, Some(*own) == last)).collect();
    let plan_changes = by_year.iter().flat_map(|(year, months)| plan_changes(*year, months)).collect();
    let usual = usual(&years, year);
    Pace { years, usual, revisions, plan_changes }
}

impl Pace {
    /// A year of the picture.
    pub fn year(&self, year: i16) -> Option<&PaceYear> {
        self.years.iter().find(|own| own.year == year)
    }
}

impl PaceYear {
    /// The share of a month's flow in the year's total; `None` when the flow covers more than the month.
    pub fn share_of(&self, month: u8) -> Option<Ratio> {
        let total = self.months.iter().find(|own| own.month == 12)?.amounts.executed?;
        let own = self.months.iter().find(|own| own.month == month)?;
        (own.flow_months == 1 && total > Money::ZERO).then_some(())?;
        Ratio::of(own.flow?, total)
    }
}

fn one_year(year: i16, months: &BTreeMap<u8, Amounts>, is_last: bool) -> PaceYear {
    let mut before: (u8, Option<Money>) = (0, Some(Money::ZERO));
    let mut list = Vec::new();
    for (month, amounts) in months.range(1..) {
        let flow = amounts.executed.and_then(|now| now.checked_sub(before.1?));
        list.push(PaceMonth {
            month: *month,
            amounts: *amounts,
            flow,
            flow_months: month - before.0,
            execution: execution(amounts),
        });
        if amounts.executed.is_some() {
            before = (*month, amounts.executed);
        }
    }
    let reported = list.iter().filter(|own| own.amounts.executed.is_some()).map(|own| own.month);
    let end = if is_last { reported.clone().max().unwrap_or(0) } else { 12 };
    let reported: Vec<u8> = reported.collect();
    let missing = if reported.is_empty() {
        Vec::new()
    } else {
        (1..=end).filter(|month| !reported.contains(month)).collect()
    };
    PaceYear { year, months: list, missing, plan: months.get(&0).copied() }
}

/// Executed in the plan; the plan must be above zero.
fn execution(amounts: &Amounts) -> Option<Ratio> {
    let plan = amounts.amended.or(amounts.approved)?;
    (plan > Money::ZERO).then_some(())?;
    Ratio::of(amounts.executed?, plan)
}

fn plan_changes(year: i16, months: &BTreeMap<u8, Amounts>) -> Vec<PlanChange> {
    let mut changes = Vec::new();
    let mut before: Option<Money> = None;
    for (month, amounts) in months {
        let Some(now) = amounts.amended.or(amounts.approved) else { continue };
        if let Some(was) = before.filter(|was| *was != now) {
            changes.push(PlanChange { year, month: *month, was, now });
        }
        before = Some(now);
    }
    changes
}

fn usual(years: &[PaceYear], year: i16) -> Vec<Usual> {
    let mut by_month: BTreeMap<u8, Vec<Ratio>> = BTreeMap::new();
    for former in years.iter().filter(|own| own.year < year) {
        for month in &former.months {
            by_month.entry(month.month).or_default().extend(month.execution);
        }
    }
    by_month
        .into_iter()
        .filter_map(|(month, mut shares)| {
            shares.sort_by(compare);
            let (min, max) = (*shares.first()?, *shares.last()?);
            Some(Usual { month, n_years: shares.len(), median: median(&shares)?, min, max })
        })
        .collect()
}

/// Orders ratios with positive denominators exactly, and by their floats where 128 bits do not suffice.
pub(crate) fn compare(a: &Ratio, b: &Ratio) -> Ordering {
    let left = a.numerator().checked_mul(b.denominator());
    let right = b.numerator().checked_mul(a.denominator());
    match (left, right) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => a.to_f64().total_cmp(&b.to_f64()),
    }
}

/// The middle of sorted ratios; of an even number the mean of the two in the middle.
fn median(sorted: &[Ratio]) -> Option<Ratio> {
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get((sorted.len() / 2).checked_sub(1)?)?;
    let mean = || {
        let top = lower
            .numerator()
            .checked_mul(upper.denominator())?
            .checked_add(upper.numerator().checked_mul(lower.denominator())?)?;
        let bottom = lower.denominator().checked_mul(upper.denominator())?.checked_mul(2)?;
        Ratio::new(top, bottom)
    };
    mean().or(Some(lower))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tenge(amount: i64) -> Money {
        Money::from_tenge(amount).unwrap()
    }

    fn report(year: i16, month: u8, plan: i64, executed: i64) -> MonthReport {
        let amounts = Amounts { approved: None, amended: Some(tenge(plan)), executed: Some(tenge(executed)) };
        MonthReport { year, month, amounts }
    }

    #[test]
    fn flows_are_differences_and_corrections_stay() {
        let reports = [report(2025, 1, 100, 10), report(2025, 2, 100, 8), report(2025, 4, 120, 30)];
        let pace = pace(&reports, 2025);
        let year = pace.year(2025).unwrap();
        let flows: Vec<(u8, Option<Money>, u8)> =
            year.months.iter().map(|own| (own.month, own.flow, own.flow_months)).collect();
        assert_eq!(flows, [(1, Some(tenge(10)), 1), (2, Some(tenge(-2)), 1), (4, Some(tenge(22)), 2)]);
        assert_eq!(year.missing, [3]);
        assert_eq!(
            pace.plan_changes,
            [PlanChange { year: 2025, month: 4, was: tenge(100), now: tenge(120) }]
        );
    }

    #[test]
    fn a_later_report_counts_and_says_what_it_changed() {
        let pace = pace(&[report(2025, 1, 100, 10), report(2025, 1, 100, 12)], 2025);
        assert_eq!(pace.year(2025).unwrap().months[0].flow, Some(tenge(12)));
        let due = Revision { year: 2025, month: 1, stage: Stage::Executed, was: tenge(10), now: tenge(12) };
        assert_eq!(pace.revisions, [due]);
    }

    #[test]
    fn usual_is_the_median_and_range_of_former_years_only() {
        let reports =
            [(2022, 10), (2023, 40), (2024, 20), (2025, 99)].map(|(year, part)| report(year, 3, 100, part));
        let pace = pace(&reports, 2025);
        let usual = pace.usual[0];
        assert_eq!((usual.month, usual.n_years), (3, 3));
        let shares = [usual.median, usual.min, usual.max].map(|share| share.percent(1).unwrap());
        assert_eq!(shares, ["20.0", "10.0", "40.0"]);
        // January, February and April to December of the closed years are missing.
        assert_eq!(pace.year(2022).unwrap().missing.len(), 11);
    }

    proptest! {
        #[test]
        fn flows_add_up_to_the_last_report(parts in proptest::collection::vec(-1_000_i64..1_000_000, 1..12)) {
            let mut total = 0;
            let reports: Vec<MonthReport> = parts
                .iter()
                .zip(1_u8..)
                .map(|(part, month)| {
                    total += part;
                    report(2025, month, 1, total)
                })
                .collect();
            let pace = pace(&reports, 2025);
            let flows = pace.year(2025).unwrap().months.iter().map(|own| own.flow.unwrap());
            prop_assert_eq!(Money::checked_sum(flows), Some(tenge(total)));
        }
    }
}
