//! The drawings of a plan: items over time, and the S-curve.

use super::{Part, name};
use crate::kit::Markup;
use crate::kit::chart::work::tick_days;
use crate::kit::chart::{Arrow, Lines, Series, Words, WorkPlan, WorkRow, lines, work_plan};
use akimat_app::schedule::Standing;
use akimat_core::{Frequency, Money, Period};
use akimat_delivery::progress::Curve;
use akimat_delivery::schedule::Outline;
use akimat_delivery::schedule::plan::{ItemKind, LinkKind, Span};
use akimat_i18n::Locale;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Days since the day before the first.
fn days(first: Date, day: Date) -> f64 {
    f64::from((day - first).get_days())
}

/// The items of a part over time; `None` without dates.
pub fn plan_drawing(
    locale: &Locale,
    (outline, part): (&Outline<'_>, &Part),
    standing: &Standing,
) -> Option<Markup> {
    let (first, last) = outline.reach_of_all()?;
    let network = standing.forecast.as_ref().map_or(last, |forecast| forecast.finish);
    let running =
        outline.leaves().iter().any(|leaf| leaf.actual.start.is_some() && leaf.actual.finish.is_none());
    let last = if running { last.max(network).max(standing.today) } else { last.max(network) };
    let last = last.checked_add(1.day()).ok()?;
    let key = ["approved", "expected", "actual", "critical", "milestone"]
        .map(|word| locale.name("schedule-key", word).into_owned());
    let today = (first <= standing.today && standing.today <= last)
        .then(|| (days(first, standing.today), locale.t("schedule-today").into_owned()));
    let data = WorkPlan {
        span: (0.0, days(first, last)),
        ticks: ticks(locale, first, last),
        today,
        rows: part.rows.iter().map(|at| row(locale, (outline, *at), standing, first)).collect(),
        arrows: arrows(outline, part, standing),
        key,
        region: locale.t("schedule-chart").into_owned(),
    };
    let words = Words::new("work-plan", locale.t("schedule-chart"), locale.t("schedule-chart-about"));
    Some(work_plan(&words, &data))
}

/// Names of months, quarters apart or years apart as the plan is long.
fn ticks(locale: &Locale, first: Date, last: Date) -> Vec<(f64, String)> {
    let least = tick_days(days(first, last).max(1.0));
    let fits = |step: &i64| f64::from(i32::try_from(*step).unwrap_or(i32::MAX)) * 30.4 >= least;
    let step = [1, 2, 3, 6, 12].into_iter().find(fits).unwrap_or(24);
    let starts = first.first_of_month().series(1.month()).take_while(|day| *day <= last).take(1_000);
    let on = |day: &Date| (i64::from(day.month()) - 1) % step == 0 && *day >= first;
    starts.filter(on).map(|day| (days(first, day), month(locale, day))).collect()
}

/// The month of a day.
fn month(locale: &Locale, day: Date) -> String {
    let part = u8::try_from(day.month()).unwrap_or(1);
    let period = Period::new(day.year(), part, Frequency::Monthly);
    period.map_or_else(|| locale.date_short(day), |period| locale.period(period))
}

fn row(locale: &Locale, (outline, at): (&Outline<'_>, usize), standing: &Standing, first: Date) -> WorkRow {
    let (item, leaf) = (outline.items()[at], outline.is_leaf(at));
    // A bar covers its last day whole.
    let drawn = |span: Span| {
        let (start, finish) = span.both()?;
        Some((days(first, start), days(first, finish) + 1.0))
    };
    let actual = outline.actual(at);
    let until = actual.start.map(|_| actual.finish.unwrap_or(standing.today));
    let own = standing.forecast.as_ref().and_then(|forecast| forecast.item(&item.id));
    let expected = match own {
        // What the network says where the expectation cannot hold.
        Some(own) if !item.is_done(standing.today) && own.beyond_days > 0 => own.early,
        _ => outline.expected(at),
    };
    WorkRow {
        label: name(locale, item),
        depth: item.depth(),
        milestone: item.kind == ItemKind::Milestone,
        stage: !leaf,
        approved: drawn(outline.approved(at)),
        expected: drawn(expected),
        actual: drawn(Span { start: actual.start, finish: until }),
        critical: own.is_some_and(|own| own.critical),
    }
}

fn arrows(outline: &Outline<'_>, part: &Part, standing: &Standing) -> Vec<Arrow> {
    let at = |id: &str| outline.position(id).and_then(|at| part.rows.binary_search(&at).ok());
    let chain: BTreeSet<&str> =
        standing.forecast.iter().flat_map(|forecast| forecast.chain.iter().map(String::as_str)).collect();
    let arrow = |link: &akimat_delivery::schedule::Link| {
        Some(Arrow {
            from: at(&link.from)?,
            from_end: matches!(link.kind, LinkKind::Fs | LinkKind::Ff),
            to: at(&link.to)?,
            to_end: matches!(link.kind, LinkKind::Ff | LinkKind::Sf),
            critical: chain.contains(link.from.as_str()) && chain.contains(link.to.as_str()),
        })
    };
    outline.plan().links.iter().filter_map(arrow).collect()
}

/// The S-curve and its table: month, planned, earned, paid, forecast.
pub fn curve(locale: &Locale, curve: &Curve) -> (Markup, Vec<[String; 5]>) {
    let months: Vec<String> = curve.months.iter().map(|day| month(locale, *day)).collect();
    let million = |money: Money| akimat_appraisal::document::tenge(money) / 1e6;
    let names = ["planned", "earned", "paid", "forecast"].map(|word| locale.name("schedule-curve", word));
    let columns = [&curve.planned, &curve.earned, &curve.paid, &curve.forecast];
    let series = names
        .iter()
        .zip(columns)
        .filter(|(_, points)| points.iter().any(Option::is_some))
        .map(|(label, points)| Series {
            label: label.as_ref().to_owned(),
            points: points.iter().map(|point| point.map(million)).collect(),
        })
        .collect();
    let words = Words::new("s-curve", locale.t("schedule-curve-title"), locale.t("schedule-curve-about"));
    let data = Lines { periods: months.clone(), unit: locale.t("unit-million-tenge").into_owned(), series };
    let chart = lines(&words, &data, &|value| locale.decimal(&format!("{value:.0}")));
    let money = |column: &[Option<Money>], at: usize| {
        let sum = column.get(at).copied().flatten();
        sum.map_or_else(|| locale.t("no-data-short").into_owned(), |sum| locale.money_short(sum))
    };
    let rows = months.into_iter().enumerate().map(|(at, month)| {
        let [planned, earned, paid, forecast] = columns.map(|column| money(column, at));
        [month, planned, earned, paid, forecast]
    });
    (chart, rows.collect())
}
