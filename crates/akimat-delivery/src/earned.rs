//! Earned value and earned schedule of a work plan. The formulas are those of [`akimat_appraisal::earned`]; here they
//! get their figures from the baseline, the measurements and the payments, or a reason why they do not.

use crate::progress::{self, Payment};
use crate::schedule::plan::{Baseline, Item, ItemKind, Plan, Span};
use akimat_appraisal::document::tenge;
use akimat_appraisal::earned::{Earned, EarnedSchedule, Status, earned_schedule, earned_value};
use akimat_core::Money;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days of a baseline at most.
const DAYS_MAX: i64 = 22_000;

/// Why a figure is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No state of the plan was approved: there is nothing to compare with.
    NoBaseline,
    /// The approved plan has no money.
    NoBudget,
    /// Nothing was ever recorded about the work: neither an actual date nor a measurement.
    NothingRecorded,
    /// These items have begun and were never measured.
    Unmeasured(Vec<String>),
    /// Progress of these items was derived from money: an index of schedule would repeat that of cost.
    FromSpending(Vec<String>),
    /// No payment is known.
    NothingPaid,
}

impl Refusal {
    /// The name in keys of sentences and in the API.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoBaseline => "no_baseline",
            Self::NoBudget => "no_budget",
            Self::NothingRecorded => "nothing_recorded",
            Self::Unmeasured(_) => "unmeasured",
            Self::FromSpending(_) => "from_spending",
            Self::NothingPaid => "nothing_paid",
        }
    }

    /// Codes of the items it is about.
    pub fn codes(&self) -> &[String] {
        match self {
            Self::Unmeasured(codes) | Self::FromSpending(codes) => codes,
            _ => &[],
        }
    }
}

/// Figures of a day; every one that cannot be had is `None`, and `refused` says why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Position {
    /// Budget at completion: money of the baseline.
    pub bac: Option<Money>,
    /// Planned value.
    pub pv: Option<Money>,
    /// Earned value.
    pub ev: Option<Money>,
    /// Actual cost: what is paid.
    pub ac: Option<Money>,
    /// Variances, indices, estimates. Needs all four.
    pub earned: Option<Earned>,
    /// Index of schedule in time, in days of the baseline.
    pub schedule: Option<EarnedSchedule>,
    /// Last day at the pace so far.
    pub finish: Option<Date>,
    /// Why something is missing.
    pub refused: Vec<Refusal>,
}

/// What is known about money: dated payments, or else only their sum so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paid<'a> {
    /// Payments with their days.
    pub payments: &'a [Payment],
    /// Sum so far, where payments have no days.
    pub total: Option<Money>,
}

impl Paid<'_> {
    /// Paid by a day; `None` when nothing is known.
    pub fn by(&self, on: Date) -> Option<Money> {
        if self.payments.is_empty() { self.total } else { Some(progress::paid_by(self.payments, on)) }
    }
}

/// Earned value of a plan on a day.
pub fn position(plan: &Plan, paid: Paid<'_>, today: Date) -> Position {
    let ac = paid.by(today);
    let mut found = Position { ac, ..Position::default() };
    if ac.is_none() {
        found.refused.push(Refusal::NothingPaid);
    }
    let Some(baseline) = plan.baseline() else {
        found.refused.push(Refusal::NoBaseline);
        return found;
    };
    let known: Vec<Money> = baseline.items.iter().filter_map(|item| item.budget).collect();
    let Some(bac) = Money::checked_sum(known.iter().copied()).filter(|sum| sum.tiyn() > 0) else {
        found.refused.push(Refusal::NoBudget);
        return found;
    };
    found.bac = Some(bac);
    found.pv = Some(progress::planned_value(&baseline.items, today));
    if !record(plan, today, &mut found.refused) {
        return found;
    }
    let ev = progress::earned_value(&plan.outline(), &baseline.items, today);
    found.ev = Some(ev);
    let from_spending = found.refused.iter().any(|reason| matches!(reason, Refusal::FromSpending(_)));
    if let (Some(pv), Some(ac)) = (found.pv, ac) {
        found.earned = Some(earned_value(&Status {
            pv: Some(tenge(pv)),
            ev: tenge(ev),
            ac: tenge(ac),
            bac: Some(tenge(bac)),
            etc: estimated_anew(plan, baseline, today).map(tenge),
            from_spending,
        }));
    }
    if !from_spending && let Some((schedule, finish)) = schedule(plan, baseline, ev, today) {
        (found.schedule, found.finish) = (Some(schedule), finish);
    }
    found
}

/// Cost still to come by the money of the plan as it stands, where that is no longer the money of the baseline: somebody
/// has estimated anew. `None` when nobody has.
fn estimated_anew(plan: &Plan, baseline: &Baseline, today: Date) -> Option<Money> {
    let outline = plan.outline();
    let leaves = outline.leaves();
    let approved = |id: &str| outline.approved_item(id).and_then(|own| own.budget);
    let same = leaves.iter().all(|leaf| approved(&leaf.id) == leaf.budget)
        && baseline.items.iter().all(|own| own.budget.is_none() || outline.item(&own.id).is_some());
    if same {
        return None;
    }
    let rest = leaves.into_iter().filter_map(|leaf| {
        let left = 10_000 - i128::from(progress::done_bp(leaf, today)?);
        i64::try_from(i128::from(leaf.budget?.tiyn()) * left / 10_000).ok().map(Money::from_tiyn)
    });
    Money::checked_sum(rest)
}

/// Items of the baseline that carry money.
fn paid_items(plan: &Plan) -> Vec<&Item> {
    let outline = plan.outline();
    let carries = |item: &&Item| {
        item.kind == ItemKind::Work && outline.approved_item(&item.id).is_some_and(|own| own.budget.is_some())
    };
    outline.leaves().into_iter().filter(carries).collect()
}

/// Whether there is a record of the work to count on.
fn record(plan: &Plan, today: Date, refused: &mut Vec<Refusal>) -> bool {
    let items = paid_items(plan);
    let recorded = items.iter().any(|item| {
        item.measured(today).is_some()
            || [item.actual.start, item.actual.finish].into_iter().flatten().any(|day| day <= today)
    });
    if !recorded {
        refused.push(Refusal::NothingRecorded);
        return false;
    }
    let codes = |keep: fn(&Item, Date) -> bool| -> Vec<String> {
        items.iter().filter(|item| keep(item, today)).map(|item| item.code.clone()).collect()
    };
    let unmeasured = codes(|item, on| progress::done_bp(item, on).is_none());
    if !unmeasured.is_empty() {
        refused.push(Refusal::Unmeasured(unmeasured));
        return false;
    }
    let spent = codes(progress::is_from_spending);
    if !spent.is_empty() {
        refused.push(Refusal::FromSpending(spent));
    }
    true
}

/// Earned schedule in days of the baseline, and the last day at that pace.
fn schedule(
    plan: &Plan,
    baseline: &Baseline,
    ev: Money,
    today: Date,
) -> Option<(EarnedSchedule, Option<Date>)> {
    let spans = baseline.items.iter().filter(|item| item.budget.is_some()).map(|item| item.span);
    let (first, last) = spans.filter_map(Span::both).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    let planned_days = i64::from((last - first).get_days()) + 1;
    // The clock stops when all of it is done.
    let ended: Option<Vec<Date>> =
        paid_items(plan).iter().map(|item| item.actual.finish.filter(|day| *day <= today)).collect();
    let until = ended.and_then(|days| days.into_iter().max()).unwrap_or(today);
    let at = i64::from((until - first).get_days()) + 1;
    if at <= 0 || planned_days > DAYS_MAX {
        return None;
    }
    let planned: Vec<f64> = daily(baseline, (first, last)).into_iter().map(tenge).collect();
    let (at, duration) = (days_of(at), days_of(planned_days));
    let found = earned_schedule(&planned, tenge(ev), at, Some(duration)).ok()?;
    let finish = found.finish.and_then(|days| after(first, days));
    Some((found, finish))
}

/// Planned value at the end of every day: each item is asked on its own days only, after them it counts whole.
fn daily(baseline: &Baseline, (first, last): (Date, Date)) -> Vec<Money> {
    let n = usize::try_from((last - first).get_days() + 1).unwrap_or(0);
    let mut steps = vec![0_i128; n];
    for item in &baseline.items {
        let mut before = Money::ZERO;
        let end = item.months.iter().map(|own| own.month.last_of_month()).chain(item.span.finish).max();
        let start = item.months.iter().map(|own| own.month).chain(item.span.start).min();
        let (Some(start), Some(end)) = (start.map(|day| day.max(first)), end.map(|day| day.max(first)))
        else {
            continue;
        };
        for day in start.series(1.day()).take_while(|day| *day <= end.min(last)) {
            let due = progress::due(item.budget, &item.months, item.span, day);
            let at = usize::try_from((day - first).get_days()).unwrap_or(0);
            steps[at] += i128::from(due.tiyn()) - i128::from(before.tiyn());
            before = due;
        }
    }
    let mut sum = 0_i128;
    let total = |step: i128| {
        sum += step;
        Money::from_tiyn(i64::try_from(sum).unwrap_or(i64::MAX))
    };
    steps.into_iter().map(total).collect()
}

/// A count of days as a float.
fn days_of(days: i64) -> f64 {
    f64::from(i32::try_from(days).unwrap_or(i32::MAX))
}

/// The day on which so many days have passed since the first; `None` beyond a century.
fn after(first: Date, days: f64) -> Option<Date> {
    if !(1.0..36_500.0).contains(&days) {
        return None;
    }
    // The first day is the first of them; a part of a day is a day.
    let whole = (0_i32..36_500).find(|whole| f64::from(*whole) >= days)?;
    first.checked_add(i64::from(whole - 1).days()).ok()
}
