//! The register of projects as a table of what was known at approval, and of what came out.

use akimat_core::Money;
use akimat_outcome::{Case, Feature, FeatureKind, Finished, Prior, Priors, Schema, Table, Target, Value};
use akimat_project::{Project, Sector, Status};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A project is late when it takes longer than planned by more than this share of the planned time.
pub const LATE_SHARE: f64 = 0.1;
/// Sizes by planned money: names and lower bounds in tenge.
pub const SIZES: [(&str, i64); 3] = [("small", 0), ("medium", 100_000_000), ("large", 1_000_000_000)];
const UPLIFTS: &str = include_str!("../../../../data/outcome/uplift.csv");

const NAMES: [&str; 5] = ["sector", "size", "kind", "modality", "level"];
const NUMBERS: [&str; 2] = ["planned_cost", "planned_time"];

pub(super) fn schema() -> Schema {
    let feature =
        |kind| move |name: &&str| Feature { name: (*name).to_owned(), kind, monotone: 0, trees_only: false };
    let names = NAMES.iter().map(feature(FeatureKind::Category));
    let numbers = NUMBERS.iter().map(feature(FeatureKind::Number));
    let features = names.chain(numbers).collect();
    Schema { features, paths: vec![vec![0, 1], vec![2, 3]], watched_to_one_day: false }
}

/// Days from the planned start to the planned end, when both are known and in order.
pub(super) fn planned_days(project: &Project) -> Option<f64> {
    let (from, to) = (project.starts_on?, planned_end(project)?);
    let days = f64::from(from.until(to).ok()?.get_days());
    (days > 0.0).then_some(days)
}

/// The planned day of the end, or of the last step where none is stated.
pub(super) fn planned_end(project: &Project) -> Option<Date> {
    project.ends_on.or_else(|| project.milestones.iter().map(|step| step.planned_on).max())
}

/// The project as it was known when it was approved.
pub(super) fn case(project: &Project) -> Case {
    let planned = project.totals().0;
    let size = planned.map(size_of);
    let name = |name: &str| Value::Category(name.to_owned());
    let number = |value: Option<f64>| value.map_or(Value::Missing, Value::Number);
    let year = project.starts_on.map_or(0.0, |on| f64::from(on.year()) + f64::from(on.day_of_year()) / 366.0);
    Case {
        id: project.id.to_string(),
        name: project.number.clone(),
        at: year,
        values: vec![
            name(project.sector.code()),
            size.map_or(Value::Missing, name),
            name(project.kind.code()),
            name(project.modality.code()),
            name(project.level.code()),
            number(planned.filter(|sum| sum.tiyn() > 0).map(|sum| tenge(sum).ln())),
            number(planned_days(project).map(f64::ln)),
        ],
    }
}

fn size_of(planned: Money) -> &'static str {
    let tenge = planned.tiyn() / 100;
    SIZES.iter().rev().find(|(_, from)| tenge >= *from).map_or("small", |(name, _)| name)
}

fn tenge(money: Money) -> f64 {
    money.tiyn() as f64 / 100.0
}

/// Finished projects whose outcome is known. What was given up counts for completion only.
pub(super) fn table(ended: &[Project], target: Target) -> Table {
    let finished = ended.iter().filter_map(|project| {
        let (amount, event) = outcome(project, target)?;
        Some(Finished { case: case(project), amount, event })
    });
    Table::new(schema(), target, finished.collect())
}

pub(super) fn outcome(project: &Project, target: Target) -> Option<(Option<f64>, bool)> {
    let completed = project.status == Status::Completed;
    match target {
        Target::Completed => Some((None, completed)),
        _ if !completed => None,
        Target::Delay => {
            let share = delay_share(project)?;
            Some((Some(share), share > LATE_SHARE))
        }
        Target::CostGrowth => {
            let (planned, _, paid) = project.totals();
            let (planned, paid) = (tenge(planned?), tenge(paid?));
            let ratio = (planned > 0.0).then(|| paid / planned)?;
            Some((Some(ratio), ratio > 1.0))
        }
    }
}

/// By what share of the planned time the last step came later than planned.
fn delay_share(project: &Project) -> Option<f64> {
    let last = project.milestones.iter().max_by_key(|step| step.planned_on)?;
    let late = last.planned_on.until(last.actual_on?).ok()?.get_days();
    Some(f64::from(late) / planned_days(project)?)
}

/// Published uplifts by sector.
pub(super) fn priors(target: Target) -> Option<Priors> {
    let mut by_name = BTreeMap::<String, Prior>::new();
    for line in UPLIFTS.lines().skip(1) {
        let mut cells = line.splitn(5, ',');
        let (sector, of) = (cells.next()?, cells.next()?);
        if of != target.code() {
            continue;
        }
        let point = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
        let source = cells.next()?.split('"').nth(1)?.to_owned();
        let prior = by_name.entry(sector.to_owned()).or_insert(Prior { points: Vec::new(), source });
        prior.points.push(point);
    }
    let event_above = if target == Target::Delay { LATE_SHARE } else { 1.0 };
    (!by_name.is_empty()).then_some(Priors { feature: 0, by_name, event_above })
}

/// By published uplifts, the cost of finished projects of a sector in percent of the estimate that half of them and nine
/// of ten of them stay below; `None` for a sector without any.
pub(crate) fn cost_uplift(sector: Sector) -> Option<(i64, i64)> {
    let priors = priors(Target::CostGrowth)?;
    let prior = priors.by_name.get(sector.code())?;
    Some((percent(prior.quantile(0.5)?), percent(prior.quantile(0.9)?)))
}

/// Whole percent of a ratio.
#[expect(clippy::cast_possible_truncation, reason = "clamped to a few hundreds before")]
fn percent(ratio: f64) -> i64 {
    (ratio.clamp(0.0, 10.0) * 100.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_uplifts_are_read() {
        let priors = priors(Target::CostGrowth).expect("the file has uplifts of cost");
        let roads = &priors.by_name["transport"];
        assert_eq!(roads.points.len(), 5);
        assert_eq!(roads.quantile(0.9), Some(1.45));
        assert!(roads.source.starts_with("Flyvbjerg"));
        assert!(super::priors(Target::Completed).is_none());
        assert_eq!(cost_uplift(Sector::Transport), Some((115, 145)));
        for (name, prior) in &priors.by_name {
            assert!(prior.points.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1), "{name}");
        }
    }
}
