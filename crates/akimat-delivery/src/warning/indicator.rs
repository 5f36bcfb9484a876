//! The indicators: facts and limits in, a reading with its evidence out.
//!
//! # Source
//! `docs/method/early-warning.md`. Earned schedule: W. Lipke, Schedule is Different, The Measurable News, 2003: SPI(t) =
//! ES / AT and forecast duration PD / SPI(t), because SPI returns to 1 at the end of a late project.

use super::count::unusual_weeks;
use super::facts::{Facts, Step};
use super::threshold::Thresholds;
use super::{Evidence, Indicator, Quantity, Read, Reading, Unknown, days, fact, float, len, whole};
use crate::risk::tenge;
use akimat_core::Money;

/// No slip is shown above three planned durations.
const SLIP_MAX: f64 = 3.0;

/// Every indicator in its order.
pub fn read_all(facts: &Facts, limits: &Thresholds) -> Vec<(Indicator, Read)> {
    Indicator::ALL.iter().map(|indicator| (*indicator, read(*indicator, facts, limits))).collect()
}

/// One indicator.
///
/// # Errors
/// [`Unknown`] says what is missing.
pub fn read(indicator: Indicator, facts: &Facts, limits: &Thresholds) -> Read {
    if !facts.in_work {
        return Err(Unknown::NotInWork);
    }
    match indicator {
        Indicator::Slip => slip(facts, limits),
        Indicator::Milestones => milestones(facts, limits),
        Indicator::Execution => execution(facts, limits),
        Indicator::Cost => cost(facts, limits),
        Indicator::Stalled => stalled(facts, limits),
        Indicator::Procurement => procurement(facts, limits),
        Indicator::Amendments => amendments(facts, limits),
        Indicator::Partnership => partnership(facts, limits),
        Indicator::Deductions => deductions(facts, limits),
        Indicator::Complaints => complaints(facts, limits),
        Indicator::Contractor => contractor(facts, limits),
        Indicator::Risk => risk(facts, limits),
        Indicator::Review => review(facts, limits),
        Indicator::DataAge => data_age(facts, limits),
    }
}

fn reading(indicator: Indicator, limits: &Thresholds, measure: f64, evidence: Vec<Evidence>) -> Reading {
    let own = limits.of(indicator);
    Reading {
        indicator,
        measure,
        amber: own.amber,
        red: own.red,
        grade: own.grade(measure, indicator.counts()),
        chance: None,
        evidence,
    }
}

/// The greatest of three: the stated or computed end, the days since the planned end, and PD / SPI(t) - PD from measured
/// progress.
fn slip(facts: &Facts, limits: &Thresholds) -> Read {
    let planned = facts.planned_days().ok_or(Unknown::NoDates)?;
    let (starts, ends) = (facts.starts_on.ok_or(Unknown::NoDates)?, facts.ends_on.ok_or(Unknown::NoDates)?);
    let duration = float(planned);
    let mut evidence =
        vec![fact("planned_end", Quantity::Day(ends)), fact("planned_days", Quantity::Days(planned))];
    let mut worst: Option<f64> = None;
    let mut worse = |slip: f64| worst = Some(worst.map_or(slip, |known: f64| known.max(slip)));
    if let Some(stated) = facts.forecast_on {
        evidence.push(fact("forecast_end", Quantity::Day(stated)));
        worse(float(days(ends, stated)) / duration);
    }
    if facts.today > ends {
        evidence.push(fact("overdue", Quantity::Days(days(ends, facts.today))));
        worse(float(days(ends, facts.today)) / duration);
    }
    let missing = match (facts.progress, facts.progress_on) {
        (Some(progress), Some(on)) => {
            let elapsed = float(days(starts, on)) / duration;
            let earned = facts.earned_time(progress);
            // Early on a small error of measurement is a large one of the index.
            if elapsed <= 0.0 || earned.max(elapsed) < facts.earned_time(limits.progress_min) {
                Some(Unknown::TooEarly)
            } else {
                let index = earned / elapsed;
                evidence.push(fact("progress", Quantity::Share(progress)));
                evidence.push(fact("spi_t", Quantity::Number(index)));
                worse(if index > 0.0 { 1.0 / index - 1.0 } else { SLIP_MAX });
                None
            }
        }
        _ => Some(Unknown::NoProgress),
    };
    let Some(worst) = worst else { return Err(missing.unwrap_or(Unknown::NoProgress)) };
    let measure = worst.clamp(0.0, SLIP_MAX);
    Ok(reading(Indicator::Slip, limits, measure, evidence))
}

fn milestones(facts: &Facts, limits: &Thresholds) -> Read {
    if facts.steps.is_empty() {
        return Err(Unknown::NoDates);
    }
    let late = |step: &&Step| {
        step.actual_on.is_none() && days(step.planned_on, facts.today) > limits.milestone_tolerance_days
    };
    let missed: Vec<&Step> = facts.steps.iter().filter(late).collect();
    let mut evidence = vec![fact("milestones", Quantity::Count(len(&facts.steps)))];
    for step in missed.iter().take(3) {
        evidence.push(fact("missed", Quantity::Words(step.title.clone())));
        evidence.push(fact("missed_since", Quantity::Days(days(step.planned_on, facts.today))));
    }
    Ok(reading(Indicator::Milestones, limits, whole(len(&missed)), evidence))
}

/// By how much less was spent than is usual by now: 1 - paid / (plan x usual share of the year's plan by now).
fn execution(facts: &Facts, limits: &Thresholds) -> Read {
    let year = facts.today.year();
    let own: Vec<_> = facts.money.iter().filter(|line| line.year == year).collect();
    let planned = Money::checked_sum(own.iter().filter_map(|line| line.planned)).filter(|sum| sum.tiyn() > 0);
    let planned = planned.ok_or(Unknown::NoPlan)?;
    let paid: Vec<Money> = own.iter().filter_map(|line| line.paid).collect();
    let full = facts.today.month() - 1;
    if full < i8::try_from(limits.execution_months_min).unwrap_or(i8::MAX) {
        return Err(Unknown::TooEarly);
    }
    if paid.is_empty() {
        return Err(Unknown::NoPayments);
    }
    let paid = Money::checked_sum(paid).ok_or(Unknown::NoPayments)?;
    let month = usize::from(full.unsigned_abs());
    let even = float(i64::from(full)) / 12.0;
    let (usual, years) = facts.season.map_or((even, 0), |(curve, years)| (curve[month - 1], years));
    let expected = tenge(planned) * usual;
    if expected <= 0.0 {
        return Err(Unknown::TooEarly);
    }
    let gap = expected - tenge(paid);
    let measure = if gap > limits.execution_gap_min * tenge(planned) { gap / expected } else { 0.0 };
    let evidence = vec![
        fact("year_plan", Quantity::Money(planned)),
        fact("year_paid", Quantity::Money(paid)),
        fact("usual_share", Quantity::Share(usual)),
        fact("usual_years", Quantity::Count(years)),
    ];
    Ok(reading(Indicator::Execution, limits, measure.max(0.0), evidence))
}

/// EAC / BAC - 1 (the dearer of contracts and BAC / CPI) against the class of the project.
fn cost(facts: &Facts, limits: &Thresholds) -> Read {
    let planned = Money::checked_sum(facts.money.iter().filter_map(|line| line.planned));
    let planned = planned.filter(|sum| sum.tiyn() > 0).ok_or(Unknown::NoPlan)?;
    let class = facts.cost_class.as_ref().ok_or(Unknown::NoClass)?;
    let plan = tenge(planned);
    let mut evidence = vec![fact("budget", Quantity::Money(planned))];
    let mut worst: Option<f64> = None;
    let mut worse = |growth: f64| worst = Some(worst.map_or(growth, |known: f64| known.max(growth)));
    if let Some(contracted) = facts.contracted {
        evidence.push(fact("contracted", Quantity::Money(contracted)));
        worse(tenge(contracted) / plan - 1.0);
    }
    let paid: Vec<Money> = facts.money.iter().filter_map(|line| line.paid).collect();
    let paid = if paid.is_empty() { None } else { Money::checked_sum(paid) };
    if let (Some(progress), Some(paid)) = (facts.progress, paid)
        && progress >= limits.cost_progress_min
    {
        evidence.push(fact("paid", Quantity::Money(paid)));
        evidence.push(fact("progress", Quantity::Share(progress)));
        worse(tenge(paid) / (plan * progress) - 1.0);
    }
    let measure = worst.ok_or(Unknown::NoPayments)?.max(0.0);
    evidence.push(fact("class", Quantity::Words(class.name.clone())));
    evidence.push(fact("class_n", Quantity::Count(class.n)));
    let own = limits.of(Indicator::Cost);
    let amber = class.amber.max(0.0);
    let bounds = super::threshold::Limits { amber, red: class.red.max(amber), ..own };
    Ok(Reading {
        indicator: Indicator::Cost,
        measure,
        amber: bounds.amber,
        red: bounds.red,
        grade: bounds.grade(measure, false),
        chance: None,
        evidence,
    })
}

fn stalled(facts: &Facts, limits: &Thresholds) -> Read {
    if !facts.building {
        return Err(Unknown::NotInWork);
    }
    let last = facts.last_record_on.or(facts.starts_on).ok_or(Unknown::NoDates)?;
    let silent = days(last, facts.today).max(0);
    let evidence = vec![fact("last_record", Quantity::Day(last)), fact("silent", Quantity::Days(silent))];
    Ok(reading(Indicator::Stalled, limits, float(silent), evidence))
}

fn procurement(facts: &Facts, limits: &Thresholds) -> Read {
    if facts.tenders.is_empty() {
        return Err(Unknown::NoContract);
    }
    let (mut hints, mut evidence) = (0, Vec::new());
    for tender in &facts.tenders {
        let told = [
            (tender.bids == Some(1), "single_bid"),
            (tender.repeated, "repeated_tender"),
            (tender.slow, "slow_tender"),
        ];
        for (_, name) in told.into_iter().filter(|(holds, _)| *holds) {
            hints += 1;
            evidence.push(fact(name, Quantity::Text(tender.name.clone())));
        }
    }
    evidence.insert(0, fact("tenders", Quantity::Count(len(&facts.tenders))));
    evidence.truncate(9);
    Ok(reading(Indicator::Procurement, limits, whole(hints), evidence))
}

/// The worst contract: sum of its positive amendments over the sum as signed.
fn amendments(facts: &Facts, limits: &Thresholds) -> Read {
    let growth = |contract: &super::facts::Contract| {
        let up = contract.amendments.iter().copied().filter(|change| change.tiyn() > 0);
        let up = Money::checked_sum(up)?;
        (contract.signed.tiyn() > 0).then(|| (tenge(up) / tenge(contract.signed), up))
    };
    let worst = facts.contracts.iter().filter_map(|contract| Some((growth(contract)?, contract)));
    let worst = worst.max_by(|a, b| a.0.0.total_cmp(&b.0.0)).ok_or(Unknown::NoContract)?;
    let ((share, up), contract) = worst;
    let evidence = vec![
        fact("contract", Quantity::Text(contract.name.clone())),
        fact("signed", Quantity::Money(contract.signed)),
        fact("amended", Quantity::Money(up)),
    ];
    Ok(reading(Indicator::Amendments, limits, share, evidence))
}

fn partnership(facts: &Facts, limits: &Thresholds) -> Read {
    let own = facts.partnership.ok_or(Unknown::NoContract)?;
    let limit = own.limit.filter(|limit| limit.tiyn() > 0).ok_or(Unknown::NoLimit)?;
    let evidence = vec![fact("due", Quantity::Money(own.due)), fact("limit", Quantity::Money(limit))];
    Ok(reading(Indicator::Partnership, limits, (tenge(own.due) / tenge(limit)).max(0.0), evidence))
}

fn deductions(facts: &Facts, limits: &Thresholds) -> Read {
    let own = facts.partnership.ok_or(Unknown::NoContract)?;
    let whole = own.availability.filter(|whole| whole.tiyn() > 0).ok_or(Unknown::NoPayments)?;
    let taken = own.deductions.ok_or(Unknown::NoPayments)?;
    let evidence =
        vec![fact("deducted", Quantity::Money(taken)), fact("availability", Quantity::Money(whole))];
    Ok(reading(Indicator::Deductions, limits, (tenge(taken) / tenge(whole)).max(0.0), evidence))
}

fn complaints(facts: &Facts, limits: &Thresholds) -> Read {
    let told =
        unusual_weeks(&facts.complaints, facts.today, (limits.complaints_chance, limits.complaints_min));
    let evidence = vec![
        fact("week", Quantity::Count(told.weeks[0])),
        fact("week_before", Quantity::Count(told.weeks[1])),
        fact("usual_week", Quantity::Number(told.mean)),
        fact("dispersion", Quantity::Number(told.dispersion)),
        fact("compared_weeks", Quantity::Count(told.compared)),
        fact("cusum", Quantity::Number(told.cusum)),
        fact("near_projects", Quantity::Count(facts.n_near)),
    ];
    let mut found = reading(Indicator::Complaints, limits, whole(told.n_unusual), evidence);
    found.chance = Some(told.chance);
    Ok(found)
}

fn contractor(facts: &Facts, limits: &Thresholds) -> Read {
    let own = facts.contractor.as_ref().ok_or(Unknown::NoContractor)?;
    let often = own.n_works > 0 && whole(own.n_late) / whole(own.n_works) >= limits.contractor_share_min;
    let evidence = vec![
        fact("contractor", Quantity::Text(own.name.clone())),
        fact("works", Quantity::Count(own.n_works)),
        fact("late_works", Quantity::Count(own.n_late)),
    ];
    let measure = if often { whole(own.n_late) } else { 0.0 };
    Ok(reading(Indicator::Contractor, limits, measure, evidence))
}

fn risk(facts: &Facts, limits: &Thresholds) -> Read {
    let worst = facts.risks.iter().max_by_key(|risk| risk.score).ok_or(Unknown::NoRisks)?;
    let evidence = vec![
        fact("risk", Quantity::Text(worst.event.clone())),
        fact("open_risks", Quantity::Count(len(&facts.risks))),
    ];
    Ok(reading(Indicator::Risk, limits, f64::from(worst.score), evidence))
}

fn review(facts: &Facts, limits: &Thresholds) -> Read {
    let worst = facts.risks.iter().max_by_key(|risk| risk.overdue_days).ok_or(Unknown::NoRisks)?;
    let mut evidence = Vec::new();
    if worst.overdue_days > 0 {
        evidence.push(fact("risk", Quantity::Text(worst.event.clone())));
        evidence.push(fact("review_overdue", Quantity::Days(worst.overdue_days)));
    }
    Ok(reading(Indicator::Review, limits, float(worst.overdue_days.max(0)), evidence))
}

fn data_age(facts: &Facts, limits: &Thresholds) -> Read {
    let last = facts.last_update_on.ok_or(Unknown::NoDates)?;
    let age = days(last, facts.today).max(0);
    let evidence = vec![fact("last_update", Quantity::Day(last)), fact("age", Quantity::Days(age))];
    Ok(reading(Indicator::DataAge, limits, float(age), evidence))
}
