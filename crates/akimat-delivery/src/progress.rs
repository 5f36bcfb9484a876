//! What is physically done, beside what is paid; slips of milestones; the S-curve; [`result`] (what residents get).

pub mod result;

use crate::schedule::Outline;
use crate::schedule::plan::{BaselineItem, Item, ItemKind, MonthMoney, Plan, Span};
use akimat_core::Money;
use jiff::ToSpan;
use jiff::civil::Date;

/// Months of a curve at most.
pub const MONTHS_MAX: usize = 600;
/// All of something, in hundredths of a per cent.
const ALL_BP: i128 = 10_000;

/// A payment on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Day.
    pub on: Date,
    /// Amount; a return is negative.
    pub amount: Money,
}

/// What the parts of the whole are measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Weights of the plan.
    Weights,
    /// Planned money.
    Money,
    /// Days.
    Days,
}

impl Basis {
    /// The name in files and keys of sentences.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weights => "weights",
            Self::Money => "money",
            Self::Days => "days",
        }
    }
}

/// Physical progress of the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Physical {
    /// Done, in hundredths of a per cent.
    pub done_bp: u16,
    /// What it should be by the baseline; `None` without one.
    pub planned_bp: Option<u16>,
    /// What the parts are measured by.
    pub basis: Basis,
    /// Day of the latest record that says so.
    pub on: Date,
    /// Codes of items that have begun and were never measured: what they did is not in the figure.
    pub unmeasured: Vec<String>,
    /// Codes of items whose progress was derived from money.
    pub from_spending: Vec<String>,
}

/// What is known of an item's progress on a day, in hundredths of a per cent: an end is a record, so is a measurement;
/// what has not begun is not done. `None` for what has begun and was never measured.
pub fn done_bp(item: &Item, on: Date) -> Option<u16> {
    if item.is_done(on) {
        return Some(10_000);
    }
    match item.measured(on) {
        Some(measure) => Some(measure.done_bp.min(10_000)),
        None if item.actual.start.is_some_and(|start| start <= on) => None,
        None => Some(0),
    }
}

/// Its progress rests on money alone.
pub fn is_from_spending(item: &Item, on: Date) -> bool {
    !item.is_done(on) && item.measured(on).is_some_and(|measure| !measure.how.is_physical())
}

/// Whether anything at all was recorded about the work on or before a day.
fn last_record(plan: &Plan, on: Date) -> Option<Date> {
    let leaves = plan.leaves();
    let days = leaves.iter().flat_map(|leaf| {
        let measures = leaf.measures.iter().map(|measure| measure.on);
        measures.chain(leaf.actual.start).chain(leaf.actual.finish)
    });
    days.filter(|day| *day <= on).max()
}

/// Work of the plan and what each part weighs.
fn parts(plan: &Plan) -> (Basis, Vec<(&Item, i128)>) {
    let work: Vec<&Item> = plan.leaves().into_iter().filter(|leaf| leaf.kind == ItemKind::Work).collect();
    let weighted = |basis, of: &dyn Fn(&Item) -> i128| {
        let parts: Vec<(&Item, i128)> = work.iter().map(|leaf| (*leaf, of(leaf))).collect();
        let total: i128 = parts.iter().map(|part| part.1).sum();
        (total > 0).then_some((basis, parts))
    };
    let weights = weighted(Basis::Weights, &|leaf| i128::from(leaf.weight.unwrap_or(0)));
    let money = || weighted(Basis::Money, &|leaf| leaf.budget.map_or(0, |own| i128::from(own.tiyn())));
    let days = |leaf: &Item| leaf.expected.both().map_or(0, |(start, finish)| days(start, finish));
    weights.or_else(money).or_else(|| weighted(Basis::Days, &days)).unwrap_or((Basis::Days, Vec::new()))
}

/// Days from one to another, both included; 0 when the second is earlier.
fn days(from: Date, to: Date) -> i128 {
    if to < from { 0 } else { i128::from((to - from).get_days()) + 1 }
}

/// A part of 10,000 of a whole, rounded down.
fn share_bp(part: i128, whole: i128) -> u16 {
    if whole <= 0 {
        return 0;
    }
    u16::try_from((part / whole).clamp(0, ALL_BP)).unwrap_or(10_000)
}

/// Physical progress on a day; `None` when nothing was ever recorded about the work.
pub fn physical(plan: &Plan, on: Date) -> Option<Physical> {
    let recorded = last_record(plan, on)?;
    let (basis, parts) = parts(plan);
    let whole: i128 = parts.iter().map(|part| part.1).sum();
    if whole == 0 {
        return None;
    }
    let done: i128 =
        parts.iter().map(|(leaf, weight)| i128::from(done_bp(leaf, on).unwrap_or(0)) * weight).sum();
    let codes = |keep: &dyn Fn(&Item) -> bool| {
        parts.iter().filter(|(leaf, _)| keep(leaf)).map(|(leaf, _)| leaf.code.clone()).collect()
    };
    let outline = plan.outline();
    let planned = plan.baseline().map(|_| {
        let due: i128 = parts
            .iter()
            .filter_map(|(leaf, weight)| Some(elapsed_bp(outline.approved_item(&leaf.id)?.span, on) * weight))
            .sum();
        share_bp(due, whole)
    });
    Some(Physical {
        done_bp: share_bp(done, whole),
        planned_bp: planned,
        basis,
        on: recorded,
        unmeasured: codes(&|leaf| done_bp(leaf, on).is_none()),
        from_spending: codes(&|leaf| is_from_spending(leaf, on)),
    })
}

/// Share of a span that has passed by the end of a day, in hundredths of a per cent.
fn elapsed_bp(span: Span, on: Date) -> i128 {
    let Some((start, finish)) = span.both() else { return 0 };
    let whole = days(start, finish);
    if whole == 0 { 0 } else { days(start, on.min(finish)) * ALL_BP / whole }
}

/// Planned money due by the end of a day: by month where months are given, else evenly over the days. A month is spread
/// evenly over its own days.
pub fn due(budget: Option<Money>, months: &[MonthMoney], span: Span, on: Date) -> Money {
    if !months.is_empty() {
        let sums = months.iter().map(|own| {
            let month = Span { start: Some(own.month), finish: Some(own.month.last_of_month()) };
            part(own.amount, month, on)
        });
        return Money::checked_sum(sums).unwrap_or_default();
    }
    budget.map_or(Money::ZERO, |budget| part(budget, span, on))
}

/// Part of an amount that falls on the days of a span up to and with `on`; exact at the end.
fn part(amount: Money, span: Span, on: Date) -> Money {
    let Some((start, finish)) = span.both() else { return Money::ZERO };
    let whole = days(start, finish);
    if whole == 0 {
        return Money::ZERO;
    }
    let tiyn = i128::from(amount.tiyn()) * days(start, on.min(finish)) / whole;
    Money::from_tiyn(i64::try_from(tiyn).unwrap_or(amount.tiyn()))
}

/// Planned value of the baseline by the end of a day.
pub fn planned_value(items: &[BaselineItem], on: Date) -> Money {
    let due = items.iter().map(|item| due(item.budget, &item.months, item.span, on));
    Money::checked_sum(due).unwrap_or_default()
}

/// Earned value of the baseline by the end of a day: planned money of each item times what is done of it.
pub fn earned_value(outline: &Outline<'_>, items: &[BaselineItem], on: Date) -> Money {
    let earned = items.iter().filter_map(|own| {
        let done = i128::from(done_bp(outline.item(&own.id)?, on)?);
        let tiyn = i128::from(own.budget?.tiyn()) * done / ALL_BP;
        i64::try_from(tiyn).ok().map(Money::from_tiyn)
    });
    Money::checked_sum(earned).unwrap_or_default()
}

/// A milestone against its approved date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The item.
    pub id: String,
    /// Approved date; `None` when it is not in the baseline.
    pub approved: Option<Date>,
    /// Date now expected.
    pub expected: Option<Date>,
    /// Date reached.
    pub actual: Option<Date>,
    /// Days later than approved, negative when earlier; `None` when one of the two is not known.
    pub slip_days: Option<i32>,
    /// The expected date has passed and it is not reached.
    pub overdue: bool,
}

/// Milestones in the order of their codes; when there are none, the last days of the outermost items.
pub fn milestones(plan: &Plan, today: Date) -> Vec<Slip> {
    let outline = plan.outline();
    let some = plan.items.iter().any(|item| item.kind == ItemKind::Milestone);
    let shown = |item: &Item| if some { item.kind == ItemKind::Milestone } else { item.depth() == 1 };
    let at = outline.items().iter().enumerate().filter(|(_, item)| shown(item)).map(|(at, _)| at);
    at.map(|at| slip(&outline, at, today)).collect()
}

fn slip(outline: &Outline<'_>, at: usize, today: Date) -> Slip {
    let (approved, expected, actual) =
        (outline.approved(at).finish, outline.expected(at).finish, outline.actual(at).finish);
    let late = approved.zip(actual.or(expected));
    Slip {
        id: outline.items()[at].id.clone(),
        approved,
        expected,
        actual,
        slip_days: late.map(|(approved, now)| (now - approved).get_days()),
        overdue: actual.is_none() && expected.is_some_and(|expected| expected < today),
    }
}

/// An item whose expected end moved between two versions of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its code.
    pub code: String,
    /// Before.
    pub from: Date,
    /// After.
    pub to: Date,
    /// Days later.
    pub days: i32,
}

/// Items whose expected end became later by more than so many days, the largest first. An end that slips step by step
/// counts from the approved day: small steps do not add up unseen.
pub fn moved(before: &Plan, after: &Plan, over_days: i32) -> Vec<Moved> {
    let (before, after) = (before.outline(), after.outline());
    let mut moved: Vec<Moved> = after
        .leaves()
        .into_iter()
        .filter_map(|leaf| {
            let shown = before.item(&leaf.id)?.expected.finish?;
            let to = leaf.expected.finish.filter(|to| *to > shown)?;
            let approved = after.approved_item(&leaf.id).and_then(|own| own.span.finish);
            let from = approved.map_or(shown, |approved| approved.min(shown));
            let days = (to - from).get_days();
            (days > over_days).then(|| Moved { code: leaf.code.clone(), from, to, days })
        })
        .collect();
    moved.sort_by_key(|own| std::cmp::Reverse(own.days));
    moved
}

/// The S-curve: cumulative sums at the end of each month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curve {
    /// Last day of each month.
    pub months: Vec<Date>,
    /// Planned by the baseline; empty without one.
    pub planned: Vec<Option<Money>>,
    /// Earned, up to today.
    pub earned: Vec<Option<Money>>,
    /// Paid, up to today; empty when payments have no dates.
    pub paid: Vec<Option<Money>>,
    /// From today: paid so far (or earned, without payments) and the planned money of what is not done, over the dates
    /// now expected.
    pub forecast: Vec<Option<Money>>,
}

/// The curve of a plan; `None` without planned money or dates.
pub fn curve(plan: &Plan, payments: &[Payment], today: Date) -> Option<Curve> {
    let outline = plan.outline();
    let leaves = outline.leaves();
    let (first, last) = outline.reach_of_all()?;
    leaves.iter().find_map(|leaf| leaf.budget)?;
    // What is not done is still to come, from tomorrow on.
    let open = leaves.iter().any(|leaf| done_bp(leaf, today) != Some(10_000));
    let last = if open { last.max(tomorrow(today)) } else { last };
    let last = payments.iter().map(|own| own.on).fold(last, Date::max).last_of_month();
    let months: Vec<Date> = first
        .first_of_month()
        .series(1.month())
        .map(Date::last_of_month)
        .take_while(|month| *month <= last)
        .take(MONTHS_MAX)
        .collect();
    let baseline = plan.baseline().map(|own| own.items.as_slice());
    let until = |month: &Date| {
        // The month that runs is shown with what is known today.
        (month.first_of_month() <= today).then(|| (*month).min(today))
    };
    let earned = |on: Date| baseline.map(|items| earned_value(&outline, items, on));
    let begins = |month: &Date| *month >= today;
    let spent = if payments.is_empty() { earned(today) } else { Some(paid_by(payments, today)) };
    let forecast = months.iter().map(|month| {
        let rest = begins(month).then(|| remaining(&leaves, today, *month))?;
        spent?.checked_add(rest)
    });
    Some(Curve {
        planned: months.iter().map(|month| baseline.map(|items| planned_value(items, *month))).collect(),
        earned: months.iter().map(|month| until(month).and_then(earned)).collect(),
        paid: if payments.is_empty() {
            Vec::new()
        } else {
            months.iter().map(|month| until(month).map(|on| paid_by(payments, on))).collect()
        },
        forecast: forecast.collect(),
        months,
    })
}

fn tomorrow(today: Date) -> Date {
    today.checked_add(1.day()).unwrap_or(today)
}

/// Sum of payments on or before a day.
pub fn paid_by(payments: &[Payment], on: Date) -> Money {
    Money::checked_sum(payments.iter().filter(|own| own.on <= on).map(|own| own.amount)).unwrap_or_default()
}

/// Planned money of what is not done yet, due from the day after `today` to the end of `month`.
fn remaining(leaves: &[&Item], today: Date, month: Date) -> Money {
    let next = tomorrow(today);
    let sums = leaves.iter().filter_map(|leaf| {
        let budget = leaf.budget?;
        let left = ALL_BP - i128::from(done_bp(leaf, today).unwrap_or(0));
        let left = i64::try_from(i128::from(budget.tiyn()) * left / ALL_BP).ok()?;
        let (start, finish) = leaf.expected.both()?;
        let start = start.max(next);
        let span = Span { start: Some(start), finish: Some(finish.max(start)) };
        Some(part(Money::from_tiyn(left), span, month))
    });
    Money::checked_sum(sums).unwrap_or_default()
}

/// How far physical progress and money lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Paid, in hundredths of a per cent of the planned money.
    pub paid_bp: u32,
    /// Paid share less physical progress, in hundredths of a percentage point; positive when money is ahead of work.
    pub gap_bp: i32,
    /// Further apart than the threshold.
    pub flagged: bool,
}

/// Money beside work; `None` when either is unknown or nothing is planned.
pub fn gap(done_bp: u16, (paid, planned): (Option<Money>, Option<Money>), threshold_bp: u32) -> Option<Gap> {
    let (paid, planned) = (paid?, planned.filter(|planned| planned.tiyn() > 0)?);
    let share = i128::from(paid.tiyn()) * ALL_BP / i128::from(planned.tiyn());
    let paid_bp = u32::try_from(share.max(0)).ok()?;
    let gap_bp = i32::try_from(share - i128::from(done_bp)).ok()?;
    Some(Gap { paid_bp, gap_bp, flagged: gap_bp.unsigned_abs() > threshold_bp })
}
