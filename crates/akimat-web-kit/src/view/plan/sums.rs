//! What a plan spends and invests: by source and year, by sector, by district; and what it changes.

use super::PlanView;
use akimat_allocation::{Plan, Programme, spending};

/// Spending of one source in one year, or after the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceYear {
    /// Index of the source.
    pub source: usize,
    /// Year, from 1; `None`: after the last.
    pub year: Option<u16>,
    /// What may be spent; `None`: no limit.
    pub limit: Option<i64>,
    /// What the plan spends.
    pub spent: i64,
}

/// Every source and year of a plan; what is promised for later only where something is promised or limited.
pub fn by_source(programme: &Programme, plan: &Plan) -> Vec<SourceYear> {
    let mut rows = Vec::new();
    for (source, (data, used)) in programme.sources().iter().zip(spending(programme, plan)).enumerate() {
        for ((year, limit), spent) in (1..).zip(&data.budget).zip(&used.years) {
            rows.push(SourceYear { source, year: Some(year), limit: Some(*limit), spent: *spent });
        }
        if used.tail > 0 || data.tail.is_some() {
            rows.push(SourceYear { source, year: None, limit: data.tail, spent: used.tail });
        }
    }
    rows
}

/// What is invested in a sector or a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invested {
    /// Its place in the list of the programme.
    pub index: usize,
    /// The least that must be invested; 0: no floor.
    pub floor: i64,
    /// Appraised total of the started projects.
    pub total: i64,
    /// Started projects.
    pub projects: usize,
}

/// Appraised totals by sector.
pub fn by_sector(programme: &Programme, plan: &Plan) -> Vec<Invested> {
    let floors = programme.sectors().iter().map(|part| part.floor);
    invested(floors, programme, plan, |project| programme.projects()[project].sector)
}

/// Appraised totals by district.
pub fn by_district(programme: &Programme, plan: &Plan) -> Vec<Invested> {
    let floors = programme.districts().iter().map(|part| part.floor);
    invested(floors, programme, plan, |project| programme.projects()[project].district)
}

fn invested(
    floors: impl Iterator<Item = i64>,
    programme: &Programme,
    plan: &Plan,
    part: impl Fn(usize) -> Option<usize>,
) -> Vec<Invested> {
    let mut rows: Vec<Invested> =
        floors.enumerate().map(|(index, floor)| Invested { index, floor, total: 0, projects: 0 }).collect();
    for (project, _) in plan.started() {
        if let Some(row) = part(project).and_then(|part| rows.get_mut(part)) {
            row.total = row.total.saturating_add(programme.projects()[project].total);
            row.projects += 1;
        }
    }
    rows
}

/// How a plan stands to another one of the same projects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// In this one only, with its start.
    Enters(u16),
    /// In the other one only, with its start.
    Leaves(u16),
    /// In both, from one start to another.
    Shifts(u16, u16),
}

/// What changes from one plan to another, for the same project at both places of the pairs.
pub fn moves(from: &Plan, to: &Plan, pairs: &[(Option<usize>, Option<usize>)]) -> Vec<(usize, Move)> {
    let start = |plan: &Plan, at: Option<usize>| at.and_then(|at| plan.starts.get(at).copied().flatten());
    pairs
        .iter()
        .enumerate()
        .filter_map(|(pair, (before, after))| {
            let change = match (start(from, *before), start(to, *after)) {
                (None, Some(start)) => Move::Enters(start),
                (Some(start), None) => Move::Leaves(start),
                (Some(before), Some(after)) if before != after => Move::Shifts(before, after),
                _ => return None,
            };
            Some((pair, change))
        })
        .collect()
}

impl PlanView<'_> {
    /// How many projects start.
    pub fn n_started(&self) -> usize {
        self.plan.started().count()
    }

    /// What a source is called in a year: `own budget, 2027`.
    pub fn source_year(&self, row: &SourceYear) -> String {
        let source = self.names.source(row.source).into();
        match row.year {
            Some(year) => self
                .locale
                .f("plan-source-year", &[("source", source), ("year", self.names.year(year).into())]),
            None => self.locale.f("plan-source-later", &[("source", source)]),
        }
    }
}
