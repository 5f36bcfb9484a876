//! A figure against the same line of other years.

use super::{NotTested, Reason, Thresholds, thousandths};
use crate::check::{Evidence, Fact, Finding, Rule, Severity, Side};
use crate::pace::PaceYear;
use akimat_core::Money;

/// Scale of the median absolute deviation against the standard deviation of a normal distribution.
const MAD_SCALE: f64 = 0.674_5;

/// One year of a line, with where it stands.
pub type Point = Evidence;

fn refused(rule: Rule, reason: Reason) -> NotTested {
    NotTested { rule, reason }
}

#[expect(clippy::cast_precision_loss, reason = "logarithms need no more than 53 bits")]
fn log(amount: Money) -> Option<f64> {
    (amount > Money::ZERO).then(|| (amount.tiyn() as f64).ln())
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get((values.len() / 2).checked_sub(1)?)?;
    Some(f64::midpoint(lower, upper))
}

/// Median and robust z-score of a value among others; `None` when the others do not differ.
fn robust_z(value: f64, others: &[f64]) -> Option<(f64, f64)> {
    let middle = median(&mut others.to_vec())?;
    let mut distances: Vec<f64> = others.iter().map(|other| (other - middle).abs()).collect();
    let spread = median(&mut distances).filter(|spread| *spread > 1e-9)?;
    Some((middle, MAD_SCALE * (value - middle) / spread))
}

fn tenge_of_log(log: f64) -> Option<Money> {
    let tiyn = log.exp().round();
    (tiyn.is_finite() && tiyn.abs() < 9.0e18).then_some(())?;
    format!("{tiyn:.0}").parse().ok().map(Money::from_tiyn)
}

/// A hint when the figure lies far from the same line in other years, on the scale of logarithms, so that
/// steady growth by a percentage is no jump.
///
/// # Errors
/// Why the test was not made.
pub fn jump(own: &Point, others: &[Point], limits: &Thresholds) -> Result<Option<Finding>, NotTested> {
    let logs: Vec<f64> = others.iter().filter_map(|point| log(point.amount)).collect();
    let too_few = Reason::TooFew { found: logs.len(), needed: limits.jump_points };
    let Some(value) = log(own.amount).filter(|_| logs.len() >= limits.jump_points) else {
        return Err(refused(Rule::HistoryJump, too_few));
    };
    let (middle, z) = robust_z(value, &logs).ok_or(refused(Rule::HistoryJump, Reason::NoSpread))?;
    if z.abs() < limits.jump_z {
        return Ok(None);
    }
    Ok(hint(Rule::HistoryJump, own, others, tenge_of_log(middle)).map(|mut finding| {
        finding.facts.push(("n", Fact::Count(u64::try_from(logs.len()).unwrap_or(u64::MAX))));
        finding.facts.extend(thousandths(z).map(|z| ("z", Fact::Thousandths(z))));
        finding
    }))
}

/// A warning when the figure is about a thousand or a million times the middle of other years, or the
/// reverse: the usual slip between tenge, thousands and millions.
///
/// # Errors
/// Why the test was not made.
pub fn slip_against_history(
    own: &Point,
    others: &[Point],
    limits: &Thresholds,
) -> Result<Option<Finding>, NotTested> {
    let mut logs: Vec<f64> = others.iter().filter_map(|point| log(point.amount)).collect();
    let too_few = Reason::TooFew { found: logs.len(), needed: limits.slip_points };
    let Some(value) = log(own.amount).filter(|_| logs.len() >= limits.slip_points) else {
        return Err(refused(Rule::UnitSlip, too_few));
    };
    let Some(middle) = median(&mut logs) else { return Err(refused(Rule::UnitSlip, too_few)) };
    let distance = (value - middle).abs();
    let near = |factor: f64| (distance - factor.ln()).abs() <= limits.slip_tolerance.ln();
    let factor = match (near(1e3), near(1e6)) {
        (true, _) => 1_000,
        (_, true) => 1_000_000,
        _ => return Ok(None),
    };
    Ok(hint(Rule::UnitSlip, own, others, tenge_of_log(middle)).map(|mut finding| {
        finding.severity = Severity::Warning;
        finding.facts.push(("factor", Fact::Count(factor)));
        finding
    }))
}

fn hint(rule: Rule, own: &Point, others: &[Point], middle: Option<Money>) -> Option<Finding> {
    let mut finding = Finding::about(rule, Severity::Hint, own.item, &own.code).compared(own.amount, middle?);
    finding.row = own.row;
    finding.evidence = others.iter().map(|point| Evidence { side: Side::History, ..point.clone() }).collect();
    Some(finding)
}

/// A hint when December took a far larger share of the year's spending than in former years.
///
/// # Errors
/// Why the test was not made.
pub fn december(
    own: &PaceYear,
    former: &[&PaceYear],
    line: (crate::Item, &str),
    limits: &Thresholds,
) -> Result<Option<Finding>, NotTested> {
    let shares: Vec<f64> = former.iter().filter_map(|year| Some(year.share_of(12)?.to_f64())).collect();
    let found = shares.len();
    let needed = limits.december_years;
    let Some(share) = own.share_of(12).map(akimat_core::Ratio::to_f64).filter(|_| found >= needed) else {
        return Err(refused(Rule::YearEndSpike, Reason::TooFew { found, needed }));
    };
    if share < limits.december_share || shares.iter().any(|former| *former >= share) {
        return Ok(None);
    }
    let (middle, z) = robust_z(share, &shares).ok_or(refused(Rule::YearEndSpike, Reason::NoSpread))?;
    if z < limits.december_z {
        return Ok(None);
    }
    let last = own.months.iter().find(|month| month.month == 12);
    let Some((flow, total)) = last.and_then(|month| Some((month.flow?, month.amounts.executed?))) else {
        return Ok(None);
    };
    #[expect(clippy::cast_precision_loss, reason = "what December usually takes is an estimate")]
    let usual = thousandths(middle * total.tiyn() as f64 / 1000.0).map(Money::from_tiyn);
    let Some(usual) = usual else { return Ok(None) };
    let mut finding =
        Finding::about(Rule::YearEndSpike, Severity::Hint, line.0, line.1).compared(flow, usual);
    finding.stage = Some(crate::Stage::Executed);
    finding.facts.push(("n", Fact::Count(u64::try_from(found).unwrap_or(u64::MAX))));
    finding.facts.extend(thousandths(share * 100.0).map(|share| ("share", Fact::Thousandths(share))));
    finding.facts.extend(thousandths(middle * 100.0).map(|usual| ("usual", Fact::Thousandths(usual))));
    finding.facts.extend(thousandths(z).map(|z| ("z", Fact::Thousandths(z))));
    Ok(Some(finding))
}
