//! What is wrong with a plan, as facts at their fields. Sentences are in the catalogue `schedule.ftl`.

use super::network::{self, Activity, Edge, NetworkError};
use super::outline::Outline;
use super::plan::{Item, ItemKind, Plan, Span};
use akimat_core::{Lang, Money};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Items of a plan at most.
pub const ITEMS_MAX: usize = 2_000;
/// Dependencies of a plan at most.
pub const LINKS_MAX: usize = 8_000;
/// Longest name of an item, responsible or note in characters.
pub const CHARS_MAX: usize = 500;
/// Longest lag in working days.
pub const LAG_MAX: i32 = 1_000;
/// Deepest level of the breakdown.
pub const DEPTH_MAX: usize = 6;

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Code of the item; empty for the plan as a whole.
    pub code: String,
    /// Field of the item.
    pub field: &'static str,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// More items than a plan may have.
    TooManyItems,
    /// More dependencies than a plan may have.
    TooManyLinks,
    /// The name is missing in every language.
    TitleMissing,
    /// A text is too long.
    TooLong,
    /// The code is not numbers with points between.
    BadCode,
    /// Another item has this code.
    SameCode,
    /// The item that it lies inside is not there.
    NoParent {
        /// Its code.
        parent: String,
    },
    /// It ends before it starts.
    EndsBeforeStart,
    /// One of two dates is missing.
    DateMissing,
    /// The year is not one of this or the last century.
    FarDate,
    /// An end without a beginning.
    EndWithoutStart,
    /// What happened cannot lie in the future.
    InTheFuture,
    /// A milestone takes time.
    MilestoneTakesTime,
    /// A milestone that contains items.
    MilestoneWithItems,
    /// It reaches beyond the dates of the stage that it lies in.
    OutsideParent {
        /// Code of the stage.
        parent: String,
        /// First day of the stage.
        start: Date,
        /// Last day of the stage.
        finish: Date,
    },
    /// A negative amount.
    NegativeMoney,
    /// Money stands at a stage whose parts have money of their own.
    MoneyOfStage,
    /// The months do not add up to the sum.
    MonthsDiffer {
        /// Sum of the months.
        months: Money,
        /// Planned money.
        budget: Money,
    },
    /// Some items have weights and others do not.
    WeightMissing,
    /// All weights are zero.
    WeightsZero,
    /// More than all is done.
    Beyond100,
    /// A dependency names an item that is not there.
    UnknownPredecessor {
        /// What was named.
        code: String,
    },
    /// An item waits for itself.
    WaitsForItself,
    /// A dependency names a stage; its parts can be named instead.
    LinkToStage {
        /// Code of the stage.
        code: String,
    },
    /// The lag is too long.
    LagTooLong,
    /// Items wait for each other in a circle.
    Cycle {
        /// Their codes in order.
        codes: Vec<String>,
    },
}

struct Faults<'a> {
    outline: Outline<'a>,
    today: Date,
    found: Vec<Fault>,
}

impl Faults<'_> {
    fn add(&mut self, item: &Item, field: &'static str, kind: FaultKind) {
        self.found.push(Fault { code: item.code.clone(), field, kind });
    }

    fn whole(&mut self, kind: FaultKind) {
        self.found.push(Fault { code: String::new(), field: "plan", kind });
    }
}

/// All faults of a plan on a day; empty when it can be kept.
pub fn faults(plan: &Plan, today: Date) -> Vec<Fault> {
    let mut faults = Faults { outline: plan.outline(), today, found: Vec::new() };
    if plan.items.len() > ITEMS_MAX {
        faults.whole(FaultKind::TooManyItems);
        return faults.found;
    }
    if plan.links.len() > LINKS_MAX {
        faults.whole(FaultKind::TooManyLinks);
        return faults.found;
    }
    let items = faults.outline.items().to_vec();
    codes(&mut faults, &items);
    for (at, item) in items.iter().enumerate() {
        let leaf = faults.outline.is_leaf(at);
        words(&mut faults, item);
        dates(&mut faults, item, leaf);
        money(&mut faults, item, leaf);
        measures(&mut faults, item);
    }
    outside(&mut faults);
    weights(&mut faults);
    links(&mut faults, plan);
    faults.found
}

fn codes(faults: &mut Faults<'_>, items: &[&Item]) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items {
        *seen.entry(&item.code).or_default() += 1;
    }
    for item in items {
        let number = |part: &str| {
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !item.parts().all(number) || item.depth() > DEPTH_MAX {
            faults.add(item, "code", FaultKind::BadCode);
            continue;
        }
        if seen.get(item.code.as_str()).is_some_and(|n| *n > 1) {
            faults.add(item, "code", FaultKind::SameCode);
        }
        if let Some((parent, _)) = item.code.rsplit_once('.')
            && !seen.contains_key(parent)
        {
            faults.add(item, "code", FaultKind::NoParent { parent: parent.to_owned() });
        }
    }
}

fn words(faults: &mut Faults<'_>, item: &Item) {
    if item.title.is_empty() {
        faults.add(item, "title", FaultKind::TitleMissing);
    }
    if Lang::ALL.iter().any(|lang| item.title.exact(*lang).chars().count() > CHARS_MAX) {
        faults.add(item, "title", FaultKind::TooLong);
    }
    if item.responsible.chars().count() > CHARS_MAX {
        faults.add(item, "responsible", FaultKind::TooLong);
    }
    if item.measures.iter().any(|measure| measure.note.chars().count() > CHARS_MAX) {
        faults.add(item, "note", FaultKind::TooLong);
    }
}

fn is_far(span: Span) -> bool {
    [span.start, span.finish].into_iter().flatten().any(|day| !(1950..=2100).contains(&day.year()))
}

fn dates(faults: &mut Faults<'_>, item: &Item, leaf: bool) {
    let Item { expected, actual, .. } = item;
    if is_far(*expected) {
        faults.add(item, "start", FaultKind::FarDate);
    }
    if is_far(*actual) {
        faults.add(item, "actual_start", FaultKind::FarDate);
    }
    match (expected.start, expected.finish) {
        (Some(start), Some(finish)) if finish < start => {
            faults.add(item, "finish", FaultKind::EndsBeforeStart);
        }
        (Some(_), None) => faults.add(item, "finish", FaultKind::DateMissing),
        (None, Some(_)) => faults.add(item, "start", FaultKind::DateMissing),
        (None, None) if leaf => faults.add(item, "start", FaultKind::DateMissing),
        _ => (),
    }
    match (actual.start, actual.finish) {
        (Some(start), Some(finish)) if finish < start => {
            faults.add(item, "actual_finish", FaultKind::EndsBeforeStart);
        }
        (None, Some(_)) => faults.add(item, "actual_start", FaultKind::EndWithoutStart),
        _ => (),
    }
    for (field, day) in [("actual_start", actual.start), ("actual_finish", actual.finish)] {
        if day.is_some_and(|day| day > faults.today) {
            faults.add(item, field, FaultKind::InTheFuture);
        }
    }
    if item.kind == ItemKind::Milestone {
        if !leaf {
            faults.add(item, "kind", FaultKind::MilestoneWithItems);
        }
        if expected.both().is_some_and(|(start, finish)| start != finish) {
            faults.add(item, "finish", FaultKind::MilestoneTakesTime);
        }
    }
}

/// A stage with dates of its own holds what lies inside.
fn outside(faults: &mut Faults<'_>) {
    let mut found = Vec::new();
    for (at, stage) in faults.outline.items().iter().enumerate() {
        let Some((first, last)) = stage.expected.both() else { continue };
        for inner in faults.outline.inside(at) {
            let item = faults.outline.items()[inner];
            let Some((start, finish)) = item.expected.both() else { continue };
            if start < first || finish > last {
                let field = if start < first { "start" } else { "finish" };
                let parent = stage.code.clone();
                found.push((item, field, FaultKind::OutsideParent { parent, start: first, finish: last }));
            }
        }
    }
    for (item, field, kind) in found {
        faults.add(item, field, kind);
    }
}

fn money(faults: &mut Faults<'_>, item: &Item, leaf: bool) {
    let months = item.months.iter().map(|month| month.amount);
    if item.budget.is_some_and(|budget| budget < Money::ZERO) {
        faults.add(item, "budget", FaultKind::NegativeMoney);
    }
    if months.clone().any(|amount| amount < Money::ZERO) {
        faults.add(item, "months", FaultKind::NegativeMoney);
    }
    if !leaf && item.budget.is_some() {
        faults.add(item, "budget", FaultKind::MoneyOfStage);
    }
    if !item.months.is_empty()
        && let (Some(budget), Some(sum)) = (item.budget, Money::checked_sum(months))
        && budget != sum
    {
        faults.add(item, "months", FaultKind::MonthsDiffer { months: sum, budget });
    }
}

fn measures(faults: &mut Faults<'_>, item: &Item) {
    if item.measures.iter().any(|measure| measure.done_bp > 10_000) {
        faults.add(item, "done", FaultKind::Beyond100);
    }
    let today = faults.today;
    if item.measures.iter().any(|measure| measure.on > today) {
        faults.add(item, "measured_on", FaultKind::InTheFuture);
    }
}

fn weights(faults: &mut Faults<'_>) {
    let leaves = faults.outline.leaves();
    let work: Vec<&Item> = leaves.into_iter().filter(|leaf| leaf.kind == ItemKind::Work).collect();
    if work.iter().all(|leaf| leaf.weight.is_none()) {
        return;
    }
    for leaf in work.iter().filter(|leaf| leaf.weight.is_none()) {
        faults.add(leaf, "weight", FaultKind::WeightMissing);
    }
    if work.iter().all(|leaf| leaf.weight.unwrap_or(0) == 0) {
        faults.whole(FaultKind::WeightsZero);
    }
}

fn links(faults: &mut Faults<'_>, plan: &Plan) {
    let items = faults.outline.items().to_vec();
    let mut edges = Vec::new();
    for link in &plan.links {
        let Some(to) = faults.outline.position(&link.to) else { continue };
        let item = items[to];
        let Some(from) = faults.outline.position(&link.from) else {
            faults.add(item, "predecessors", FaultKind::UnknownPredecessor { code: link.from.clone() });
            continue;
        };
        if from == to {
            faults.add(item, "predecessors", FaultKind::WaitsForItself);
            continue;
        }
        if link.lag_days.saturating_abs() > LAG_MAX {
            faults.add(item, "predecessors", FaultKind::LagTooLong);
        }
        for end in [from, to] {
            if !faults.outline.is_leaf(end) {
                let code = items[end].code.clone();
                faults.add(item, "predecessors", FaultKind::LinkToStage { code });
            }
        }
        edges.push(Edge { from, to, kind: link.kind, lag: i64::from(link.lag_days) });
    }
    let activities = vec![Activity::default(); items.len()];
    if let Err(NetworkError::Cycle(cycle)) = network::solve(&activities, &edges) {
        let codes: Vec<String> = cycle.iter().map(|at| items[*at].code.clone()).collect();
        let at = cycle.first().copied().unwrap_or_default();
        faults.add(items[at], "predecessors", FaultKind::Cycle { codes });
    }
}
