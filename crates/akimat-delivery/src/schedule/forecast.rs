//! The network of a plan on its calendar, seen from a day: what has begun stays, what has not waits for its
//! predecessors, its expected first day and today.

use super::calendar::{self, Calendar};
use super::network::{self, Activity, Edge, NetworkError};
use super::plan::{Item, ItemKind, Plan, Span};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What follows for an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemForecast {
    /// The item.
    pub id: String,
    /// Earliest dates.
    pub early: Span,
    /// Latest dates that do not move the end of the whole.
    pub late: Span,
    /// Working days it takes.
    pub duration_days: i64,
    /// Working days it may slip without moving the end.
    pub total_float: i64,
    /// Working days it may slip without moving anything.
    pub free_float: i64,
    /// Not finished, and any slip moves the end.
    pub critical: bool,
    /// Working days between the expected end and the earliest possible one; positive when the expectation cannot hold.
    pub beyond_days: i64,
}

/// What follows for the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Items with nothing inside, in the order of their codes.
    pub items: Vec<ItemForecast>,
    /// First day of all.
    pub start: Date,
    /// Earliest last day of all.
    pub finish: Date,
    /// Working days from the first to the last day.
    pub duration_days: i64,
    /// Identifiers along one chain that decides the end.
    pub chain: Vec<String>,
    /// Holidays after this year are not all known, and the plan reaches beyond it.
    pub holidays_known_to: Option<i16>,
    /// Where each item stands in `items`.
    at: BTreeMap<String, usize>,
}

impl Forecast {
    /// What follows for one item.
    pub fn item(&self, id: &str) -> Option<&ItemForecast> {
        self.at.get(id).map(|at| &self.items[*at])
    }
}

/// Dates and floats of every item as of a day; `None` for a plan without dates.
///
/// # Errors
/// [`NetworkError`] for a plan that [`super::faults`] would refuse.
pub fn forecast(plan: &Plan, today: Date) -> Result<Option<Forecast>, NetworkError> {
    let leaves: Vec<&Item> = plan.leaves().into_iter().filter(|leaf| span(leaf).is_some()).collect();
    let Some(first) = leaves.iter().filter_map(|leaf| span(leaf)).map(|own| own.0).min() else {
        return Ok(None);
    };
    let last = leaves.iter().filter_map(|leaf| span(leaf)).map(|own| own.1).max().unwrap_or(first).max(today);
    // The network may reach beyond the dates: twice the span and a year are enough for every lag that is used.
    let days = i64::from((last - first).get_days());
    let end = last.checked_add((days + 400).days()).unwrap_or(last);
    let calendar = Calendar::new(plan.week, first, end);
    let known: BTreeMap<&str, usize> =
        leaves.iter().enumerate().map(|(at, leaf)| (leaf.id.as_str(), at)).collect();
    let at = |id: &str| known.get(id).copied();
    let edges: Vec<Edge> = plan
        .links
        .iter()
        .filter_map(|link| {
            let (from, to) = (at(&link.from)?, at(&link.to)?);
            Some(Edge { from, to, kind: link.kind, lag: i64::from(link.lag_days) })
        })
        .collect();
    let activities: Vec<Activity> = leaves.iter().map(|leaf| activity(leaf, &calendar, today)).collect();
    let network = network::solve(&activities, &edges)?;
    let items = leaves.iter().zip(&network.times).zip(&activities);
    let items: Vec<ItemForecast> =
        items.map(|((leaf, times), own)| told(leaf, (times, own), &calendar, today)).collect();
    let finish = calendar.day(network.duration - 1).unwrap_or(last);
    let known_to = calendar::known_to().filter(|year| *year < finish.year());
    Ok(Some(Forecast {
        at: items.iter().enumerate().map(|(at, item)| (item.id.clone(), at)).collect(),
        items,
        start: calendar.day(0).unwrap_or(first),
        finish,
        duration_days: network.duration,
        chain: network.chain.iter().map(|at| leaves[*at].id.clone()).collect(),
        holidays_known_to: known_to,
    }))
}

/// Dates of a leaf that decide where it lies: actual before expected.
fn span(leaf: &Item) -> Option<(Date, Date)> {
    let start = leaf.actual.start.or(leaf.expected.start)?;
    let finish = leaf.actual.finish.or(leaf.expected.finish)?;
    Some((start, finish.max(start)))
}

fn activity(leaf: &Item, calendar: &Calendar, today: Date) -> Activity {
    let Some((start, finish)) = span(leaf) else { return Activity::default() };
    if leaf.kind == ItemKind::Milestone {
        // A milestone is the end of its day.
        let reached = leaf.actual.finish.map(|day| calendar.index(day) + i64::from(calendar.is_working(day)));
        let not_before = calendar.index(start.max(today)) + 1;
        return Activity { duration: 0, not_before, started: reached };
    }
    let (started, finish) = match (leaf.actual.start, leaf.actual.finish) {
        (Some(day), Some(_)) => (Some(day), finish),
        // It goes on at least until today.
        (Some(day), None) => (Some(day), finish.max(today)),
        (None, _) => (None, finish),
    };
    Activity {
        duration: calendar.count(start, finish).max(1),
        not_before: calendar.index(start.max(today)),
        started: started.map(|day| calendar.index(day)),
    }
}

fn told(
    leaf: &Item,
    (times, own): (&network::Times, &Activity),
    calendar: &Calendar,
    today: Date,
) -> ItemForecast {
    let days = |start: i64, finish: i64| {
        let last = calendar.day(finish - 1);
        Span { start: if own.duration == 0 { last } else { calendar.day(start) }, finish: last }
    };
    let early = days(times.early_start, times.early_finish);
    let done = leaf.is_done(today);
    let beyond = leaf.expected.finish.zip(early.finish).filter(|_| !done);
    ItemForecast {
        id: leaf.id.clone(),
        early,
        late: days(times.late_start, times.late_finish),
        duration_days: own.duration,
        total_float: times.total_float,
        free_float: times.free_float,
        critical: !done && times.total_float <= 0,
        beyond_days: beyond.map_or(0, |(expected, early)| calendar.index(early) - calendar.index(expected)),
    }
}
