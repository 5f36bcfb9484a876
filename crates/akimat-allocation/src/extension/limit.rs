//! Caps and floors of one row each: starts of a sector by year, obligations against revenue, benefit of
//! districts.

use crate::extension::{Extensions, Kind};
use crate::model::{Model, Rule};
use crate::programme::{Plan, Programme};
use crate::verify::PlanFault;
use serde::{Deserialize, Serialize};

/// How many projects of a sector may start in each year: designers, contractors and customers are few.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    /// Sector: its place in the list of sectors, from 0 as in the file.
    pub sector: usize,
    /// By year; a missing year has no limit.
    pub starts: Vec<i64>,
}

/// Payments of a source in a year may not pass a share of that year's revenue: the limit of obligations under
/// public-private partnership, or of debt. The share is a number of the law: it comes with its basis and the
/// day from which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// Source, by its name.
    pub source: String,
    /// Revenue by year from the first; years after the last of the programme may follow and are held as well.
    pub revenue: Vec<i64>,
    /// Already promised by earlier contracts, by year; missing years have nothing.
    #[serde(default)]
    pub promised: Vec<i64>,
    /// The share of revenue, in thousandths.
    pub permille: i64,
    /// The act that sets the share.
    pub basis: String,
    /// The first day on which it holds, such as `2025-06-08`.
    pub valid_from: String,
    /// The day from which it no longer holds; `None`: not known.
    #[serde(default)]
    pub valid_to: Option<String>,
}

impl Obligation {
    /// What may be promised anew in a year (from 1).
    pub fn room(&self, year: u16) -> Option<i64> {
        let place = usize::from(year.checked_sub(1)?);
        let revenue = i128::from(*self.revenue.get(place)?);
        let share = revenue * i128::from(self.permille) / 1000;
        let share = i64::try_from(share).unwrap_or(i64::MAX);
        Some(share - self.promised.get(place).copied().unwrap_or(0))
    }
}

fn number(entry: usize, year: u16) -> u32 {
    u32::try_from(entry).unwrap_or(0) * 100 + u32::from(year)
}

fn years(count: usize) -> impl Iterator<Item = u16> {
    1..=u16::try_from(count).unwrap_or(0)
}

pub(super) fn apply(extensions: &Extensions, programme: &Programme, model: &mut Model) {
    for (entry, capacity) in extensions.capacity.iter().enumerate() {
        for (year, cap) in years(usize::from(programme.years())).zip(&capacity.starts) {
            let rule = Rule::Extension { kind: Kind::Capacity.number(), index: number(entry, year) };
            let inside = |project: usize| programme.projects()[project].sector == Some(capacity.sector);
            let terms = model.start_terms(|project, start| i64::from(start == year && inside(project)));
            model.add_row(rule, (None, Some(*cap)), terms);
        }
    }
    for (entry, obligation) in extensions.obligations.iter().enumerate() {
        let Some(source) = source(programme, &obligation.source) else { continue };
        for year in years(obligation.revenue.len()) {
            let rule = Rule::Extension { kind: Kind::Obligation.number(), index: number(entry, year) };
            let terms = model.start_terms(|project, start| programme.payment(project, start, source, year));
            model.add_row(rule, (None, obligation.room(year)), terms);
        }
    }
    for (index, floor) in (0_u32..).zip(&extensions.benefit_floors) {
        if *floor > 0 {
            let rule = Rule::Extension { kind: Kind::Benefit.number(), index };
            let terms = model.start_terms(|project, start| {
                let inside = programme.projects()[project].district == usize::try_from(index).ok();
                if inside { programme.worth(project, start) } else { 0 }
            });
            model.add_row(rule, (Some(*floor), None), terms);
        }
    }
}

pub(super) fn source(programme: &Programme, name: &str) -> Option<usize> {
    programme.sources().iter().position(|source| source.name == name)
}

pub(super) fn verify(
    extensions: &Extensions,
    programme: &Programme,
    plan: &Plan,
    faults: &mut Vec<PlanFault>,
) {
    let mut above = |kind: Kind, index: u32, limit: i64, value: i64| {
        if value > limit {
            faults.push(PlanFault::Above {
                rule: Rule::Extension { kind: kind.number(), index },
                limit,
                value,
            });
        }
    };
    for (entry, capacity) in extensions.capacity.iter().enumerate() {
        for (year, cap) in years(usize::from(programme.years())).zip(&capacity.starts) {
            let of = |project: usize| programme.projects()[project].sector == Some(capacity.sector);
            let started = plan.started().filter(|(project, start)| *start == year && of(*project)).count();
            above(Kind::Capacity, number(entry, year), *cap, i64::try_from(started).unwrap_or(i64::MAX));
        }
    }
    for (entry, obligation) in extensions.obligations.iter().enumerate() {
        let Some(source) = source(programme, &obligation.source) else { continue };
        for year in years(obligation.revenue.len()) {
            let mut paid = 0;
            for (project, start) in plan.started().filter(|(_, start)| *start <= year) {
                let age = usize::from(year - start);
                paid += programme.projects()[project].cost[source].get(age).copied().unwrap_or(0);
            }
            let room = obligation.room(year).unwrap_or(i64::MAX);
            above(Kind::Obligation, number(entry, year), room, paid);
        }
    }
    for (index, (benefit, floor)) in
        (0_u32..).zip(district_benefits(programme, plan).into_iter().zip(&extensions.benefit_floors))
    {
        if benefit < *floor {
            let rule = Rule::Extension { kind: Kind::Benefit.number(), index };
            faults.push(PlanFault::Below { rule, limit: *floor, value: benefit });
        }
    }
}

/// Benefit of a plan by district, in units of 1e-4 points.
pub(crate) fn district_benefits(programme: &Programme, plan: &Plan) -> Vec<i64> {
    let mut benefits = vec![0; programme.districts().len()];
    for (project, start) in plan.started() {
        let data = &programme.projects()[project];
        if let Some(district) = data.district {
            benefits[district] += data.benefit * programme.discount()[usize::from(start) - 1];
        }
    }
    benefits
}

pub(super) fn concede(extensions: &mut Extensions, kind: Kind, index: u32, by: i64) {
    let (entry, year) =
        (usize::try_from(index / 100).unwrap_or(0), usize::try_from(index % 100).unwrap_or(0));
    let place = year.saturating_sub(1);
    match kind {
        Kind::Capacity => {
            if let Some(cap) = extensions.capacity.get_mut(entry).and_then(|c| c.starts.get_mut(place)) {
                *cap += by;
            }
        }
        Kind::Obligation => {
            if let Some(obligation) = extensions.obligations.get_mut(entry) {
                obligation.promised.resize(obligation.promised.len().max(place + 1), 0);
                obligation.promised[place] -= by;
            }
        }
        Kind::Benefit => {
            if let Some(floor) =
                usize::try_from(index).ok().and_then(|d| extensions.benefit_floors.get_mut(d))
            {
                *floor -= by;
            }
        }
        _ => {}
    }
}
