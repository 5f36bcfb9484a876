//! What follows from a work plan, in words, tables and drawings: for the public page, the card and the workplace.

mod drawing;
mod money;
mod part;
mod result;
mod value;

pub use drawing::{curve, plan_drawing};
pub use money::{MoneyView, money};
pub use part::{Part, part};
pub use result::{ResultView, results};
pub use value::{Figure, Value, value};

use akimat_app::schedule::{Standing, fault_key, rule};
use akimat_delivery::progress::Slip;
use akimat_delivery::schedule::Outline;
use akimat_delivery::schedule::paste::waits_text;
use akimat_delivery::schedule::plan::{Item, ItemKind, Plan, Span};
use akimat_i18n::Locale;
use jiff::civil::Date;

/// Hundredths of a per cent as a percentage with at most one decimal.
pub fn percent(locale: &Locale, bp: u32) -> String {
    let (whole, tenth) = (bp / 100, bp % 100 / 10);
    let plain = if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") };
    locale.percent(&plain)
}

/// Percentage points between paid and done, in words.
pub fn points(locale: &Locale, gap_bp: i32) -> String {
    let points = locale.decimal(&format!("{:.0}", f64::from(gap_bp.abs()) / 100.0));
    let key = match gap_bp {
        -49..=49 => return locale.t("schedule-points-none").into_owned(),
        50.. => "schedule-points-money",
        _ => "schedule-points-work",
    };
    locale.f(key, &[("points", points.into())])
}

/// A share for a bar, 0 to 100.
pub fn bar(bp: u32) -> u8 {
    u8::try_from((bp / 100).min(100)).unwrap_or(100)
}

/// A date, or that it is not known.
pub fn date(locale: &Locale, date: Option<Date>) -> String {
    date.map_or_else(|| locale.t("no-data-short").into_owned(), |date| locale.date_short(date))
}

/// Both days of a span; one for a moment.
pub fn span(locale: &Locale, item: &Item, span: Span) -> String {
    match (span.start, span.finish) {
        (Some(start), Some(finish)) if start != finish && item.kind == ItemKind::Work => {
            let (from, to) = (locale.date_short(start), locale.date_short(finish));
            locale.f("schedule-from-to", &[("from", from.into()), ("to", to.into())])
        }
        (_, Some(day)) => locale.date_short(day),
        (Some(start), None) => locale.f("schedule-since", &[("from", locale.date_short(start).into())]),
        (None, None) => locale.t("no-data-short").into_owned(),
    }
}

/// Names in one sentence at most.
const NAMES_MAX: usize = 6;
/// Milestones, and items of the chain, that are listed at most.
const LISTED_MAX: usize = 60;

/// Days later or earlier, in words.
pub fn slip(locale: &Locale, days: i32) -> String {
    let n = i64::from(days.abs());
    match days {
        0 => locale.t("schedule-slip-none").into_owned(),
        1.. => locale.f("schedule-slip-late", &[("n", n.into())]),
        _ => locale.f("schedule-slip-early", &[("n", n.into())]),
    }
}

/// Working days, in words.
pub fn working_days(locale: &Locale, days: i64) -> String {
    locale.f("schedule-working-days", &[("n", days.into())])
}

/// A row of the table of milestones.
#[derive(Debug)]
pub struct MilestoneRow {
    /// Its name.
    pub title: String,
    /// Approved.
    pub approved: String,
    /// Expected.
    pub expected: String,
    /// Reached.
    pub actual: String,
    /// Slip in words.
    pub slip: String,
    /// Later than approved, or overdue.
    pub late: bool,
    /// The expected day has passed.
    pub overdue: bool,
}

/// The table of milestones, and a remark when a long plan has more: those that are not reached come first.
pub fn milestones(locale: &Locale, plan: &Plan, standing: &Standing) -> (Vec<MilestoneRow>, String) {
    let outline = plan.outline();
    let row = |own: &Slip| MilestoneRow {
        title: outline.item(&own.id).map_or_else(String::new, |item| name(locale, item)),
        approved: date(locale, own.approved),
        expected: date(locale, own.expected),
        actual: date(locale, own.actual),
        slip: own.slip_days.map_or_else(|| locale.t("no-data-short").into_owned(), |days| slip(locale, days)),
        late: own.slip_days.is_some_and(|days| days > 0) || own.overdue,
        overdue: own.overdue,
    };
    let all = &standing.milestones;
    if all.len() <= LISTED_MAX {
        return (all.iter().map(row).collect(), String::new());
    }
    let mut shown: Vec<&Slip> = all.iter().collect();
    shown.sort_by_key(|own| (own.actual.is_some(), own.actual.or(own.expected)));
    let args = [("shown", count(LISTED_MAX).into()), ("n", count(all.len()).into())];
    let remark = locale.f("schedule-milestones-first", &args);
    (shown.into_iter().take(LISTED_MAX).map(row).collect(), remark)
}

/// A count as the catalogue takes it.
pub(super) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Some names in one sentence; the rest is a number.
fn names(locale: &Locale, names: &[String]) -> String {
    let listed = names.iter().take(NAMES_MAX).cloned().collect::<Vec<_>>().join("; ");
    match names.len().saturating_sub(NAMES_MAX) {
        0 => listed,
        more => {
            locale.f("schedule-names-more", &[("names", listed.as_str().into()), ("n", count(more).into())])
        }
    }
}

/// Code and title.
pub fn name(locale: &Locale, item: &Item) -> String {
    format!("{} {}", item.code, locale.text(&item.title).0)
}

/// A row of the table of items.
#[derive(Debug)]
pub struct ItemRow {
    /// Identifier in the plan.
    pub id: String,
    /// Code and title.
    pub title: String,
    /// Approved dates.
    pub approved: String,
    /// Expected dates.
    pub expected: String,
    /// Actual dates.
    pub actual: String,
    /// What is done, and how it was measured.
    pub done: String,
    /// Float, or that it is critical.
    pub float: String,
    /// What it waits for.
    pub waits: String,
    /// Planned money.
    pub budget: String,
    /// Who answers for it.
    pub responsible: String,
    /// Query of the address that shows what lies inside, where it is not shown.
    pub more: String,
}

/// Which part of a long plan is shown, in words; empty when it is shown whole.
pub fn part_said(locale: &Locale, (plan, part): (&Plan, &Part)) -> String {
    let args = [
        ("from", count(part.range.start + 1).into()),
        ("to", count(part.range.end).into()),
        ("total", count(part.total).into()),
        ("n", count(plan.items.len()).into()),
        ("code", part.code.as_str().into()),
    ];
    match (part.code.is_empty(), part.rows.len() < plan.items.len()) {
        (true, false) => String::new(),
        (true, true) => locale.f("schedule-part-whole", &args),
        (false, _) => locale.f("schedule-part-inside", &args),
    }
}

/// The table of items.
pub fn items(locale: &Locale, (outline, part): (&Outline<'_>, &Part), standing: &Standing) -> Vec<ItemRow> {
    let none = || locale.t("no-data-short").into_owned();
    let row = |at: usize| {
        let item = outline.items()[at];
        ItemRow {
            id: item.id.clone(),
            title: name(locale, item),
            approved: span(locale, item, outline.approved(at)),
            expected: span(locale, item, outline.expected(at)),
            actual: span(locale, item, outline.actual(at)),
            done: done(locale, (item, outline.is_leaf(at)), standing.today),
            float: float(locale, item, standing),
            waits: waits_text(outline.plan(), &item.id),
            budget: outline.budget(at).map_or_else(none, |money| locale.money_short(money)),
            responsible: item.responsible.clone(),
            more: part.more(outline, at),
        }
    };
    part.rows.iter().copied().map(row).collect()
}

fn done(locale: &Locale, (item, leaf): (&Item, bool), today: Date) -> String {
    if !leaf || item.kind == ItemKind::Milestone {
        return locale.t("no-data-short").into_owned();
    }
    if item.is_done(today) {
        return locale.percent("100");
    }
    match item.measured(today) {
        Some(measure) => {
            let how = locale.name("schedule-measured", measure.how.code());
            let on = locale.date_short(measure.on);
            let done = percent(locale, u32::from(measure.done_bp));
            locale.f(
                "schedule-done-measured",
                &[("done", done.into()), ("on", on.into()), ("how", how.as_ref().into())],
            )
        }
        None if item.actual.start.is_some() => locale.t("schedule-done-unmeasured").into_owned(),
        None => locale.percent("0"),
    }
}

fn float(locale: &Locale, item: &Item, standing: &Standing) -> String {
    let Some(own) = standing.forecast.as_ref().and_then(|forecast| forecast.item(&item.id)) else {
        return locale.t("no-data-short").into_owned();
    };
    if item.is_done(standing.today) {
        return locale.t("schedule-float-done").into_owned();
    }
    if own.critical {
        return locale.t("schedule-float-none").into_owned();
    }
    let (total, free) = (own.total_float, own.free_float);
    locale.f("schedule-float", &[("n", total.into()), ("free", free.into())])
}

/// The gap between money and work, and whether it is flagged.
pub fn gap(locale: &Locale, standing: &Standing) -> Option<(bool, String)> {
    let gap = standing.gap?;
    let rule = rule(standing.today);
    let points = locale.decimal(&format!("{:.0}", f64::from(gap.gap_bp.abs()) / 100.0));
    let limit = locale.decimal(&format!("{:.0}", f64::from(rule.gap_bp) / 100.0));
    let key = match (gap.flagged, gap.gap_bp > 0) {
        (true, true) => "schedule-gap-money-ahead",
        (true, false) => "schedule-gap-work-ahead",
        (false, _) => "schedule-gap-none",
    };
    let basis = locale.text(&rule.basis).0.to_owned();
    let args = [
        ("points", points.as_str().into()),
        ("limit", limit.as_str().into()),
        ("basis", basis.as_str().into()),
    ];
    Some((gap.flagged, locale.f(key, &args)))
}

/// What has to be said before everything else: overdue items, expectations that cannot hold, faults.
pub fn warnings(locale: &Locale, plan: &Plan, standing: &Standing) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(fault) = standing.faults.first() {
        let _ = fault_key(&fault.kind);
        said.push(locale.f("schedule-plan-faulty", &[("code", fault.code.as_str().into())]));
    }
    let outline = plan.outline();
    let leaves = outline.leaves();
    let overdue: Vec<String> = standing
        .milestones
        .iter()
        .filter(|own| own.overdue)
        .filter_map(|own| outline.item(&own.id).map(|item| name(locale, item)))
        .collect();
    if !overdue.is_empty() {
        said.push(locale.f("schedule-overdue", &[("items", names(locale, &overdue).into())]));
    }
    if let Some(forecast) = &standing.forecast {
        let promised = leaves.iter().filter_map(|leaf| leaf.expected.finish).max();
        let open = leaves.iter().any(|leaf| !leaf.is_done(standing.today));
        if let Some(promised) = promised.filter(|promised| open && *promised < forecast.finish) {
            let (said_on, can) = (locale.date(promised), locale.date(forecast.finish));
            said.push(locale.f("schedule-cannot-hold", &[("said", said_on.into()), ("can", can.into())]));
        }
    }
    said
}

/// The chain that decides the end, in words; empty when there is none or all is done.
pub fn chain(locale: &Locale, plan: &Plan, standing: &Standing) -> Vec<String> {
    let Some(forecast) = &standing.forecast else { return Vec::new() };
    let outline = plan.outline();
    let items = forecast.chain.iter().filter_map(|id| outline.item(id));
    let open: Vec<&Item> = items.filter(|item| !item.is_done(standing.today)).collect();
    let more = open.len().saturating_sub(LISTED_MAX);
    let mut told: Vec<String> = open.into_iter().take(LISTED_MAX).map(|item| name(locale, item)).collect();
    if more > 0 {
        told.push(locale.f("schedule-chain-more", &[("n", count(more).into())]));
    }
    told
}

/// When it ends, as many ways as there are.
#[derive(Debug, Default)]
pub struct Finish {
    /// Last approved day.
    pub approved: Option<Date>,
    /// Last day that the plan expects, or on which all was done.
    pub expected: Option<Date>,
    /// Everything is done.
    pub done: bool,
    /// Earliest last day by the network.
    pub network: Option<Date>,
    /// Last day at the pace so far.
    pub pace: Option<Date>,
    /// Four of five such projects.
    pub range: Option<(Date, Date)>,
}

/// When it ends.
pub fn finish(plan: &Plan, standing: &Standing) -> Finish {
    let leaves = plan.leaves();
    let done = !leaves.is_empty() && leaves.iter().all(|leaf| leaf.is_done(standing.today));
    let ended = leaves.iter().filter_map(|leaf| leaf.actual.finish).max();
    let expected = leaves.iter().filter_map(|leaf| leaf.actual.finish.or(leaf.expected.finish)).max();
    Finish {
        approved: plan.baseline().and_then(|own| own.items.iter().filter_map(|item| item.span.finish).max()),
        expected: if done { ended } else { expected },
        done,
        network: standing.forecast.as_ref().filter(|_| !done).map(|forecast| forecast.finish),
        pace: standing.position.finish.filter(|_| !done),
        range: standing.range.filter(|_| !done),
    }
}

/// The next milestone that is not reached.
pub fn next_milestone(locale: &Locale, plan: &Plan, standing: &Standing) -> Option<(String, Date)> {
    let outline = plan.outline();
    let open = standing.milestones.iter().filter(|own| own.actual.is_none());
    let next = open.filter_map(|own| Some((own.expected?, outline.item(&own.id)?))).min_by_key(|own| own.0);
    next.map(|(day, item)| (locale.text(&item.title).0.to_owned(), day))
}
