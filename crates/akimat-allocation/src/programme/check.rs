//! From a draft to a checked programme.

use super::{
    AMOUNT_MAX, BENEFIT_MAX, DISCOUNT_ONE, Id, OBJECTIVE_MAX, PROJECTS_MAX, Part, Precedence, Programme,
    ProgrammeFault, Project, SOURCES_MAX, Source, Where, YEARS_MAX,
};
use crate::extension::Extensions;
use std::collections::BTreeMap;

/// Faults told at once at most; a file with more is wrong as a whole.
const FAULTS_MAX: usize = 100;

/// A programme not yet checked. The fields are those of [`Programme`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of `Programme`, described there")]
pub struct Draft {
    pub years: u16,
    pub discount: Vec<i64>,
    pub sources: Vec<Source>,
    pub sectors: Vec<Part>,
    pub districts: Vec<Part>,
    pub starts_cap: Option<Vec<i64>>,
    pub projects: Vec<Project>,
    pub exclusive: Vec<Vec<usize>>,
    pub precedence: Vec<Precedence>,
    pub extensions: Extensions,
}

impl Draft {
    /// Checks counts, signs, sizes, names, windows, circles and sums. A programme that no plan satisfies is
    /// not a fault here: that is found by solving, with the smallest way out.
    ///
    /// # Errors
    /// Every [`ProgrammeFault`] found, in the order of the data, a hundred at most.
    pub fn check(mut self) -> Result<Programme, Vec<ProgrammeFault>> {
        self.extensions.settle(&mut self.projects);
        let mut faults = self.counts();
        if faults.is_empty() {
            self.caps(&mut faults);
            self.names(&mut faults);
            for (index, project) in self.projects.iter().enumerate() {
                self.project(index, project, &mut faults);
                if faults.len() >= FAULTS_MAX {
                    break;
                }
            }
            self.rules(&mut faults);
        }
        if faults.is_empty() {
            self.sums(&mut faults);
            faults.extend(self.extensions.faults(&self).into_iter().map(ProgrammeFault::Extension));
        }
        faults.truncate(FAULTS_MAX);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Programme {
            years: self.years,
            discount: self.discount,
            sources: self.sources,
            sectors: self.sectors,
            districts: self.districts,
            starts_cap: self.starts_cap,
            projects: self.projects,
            exclusive: self.exclusive,
            precedence: self.precedence,
            extensions: self.extensions,
        })
    }

    fn counts(&self) -> Vec<ProgrammeFault> {
        let counts = [
            ("projects", self.projects.len(), PROJECTS_MAX),
            ("years", usize::from(self.years), YEARS_MAX),
            ("sources", self.sources.len(), SOURCES_MAX),
        ];
        let mut faults = Vec::new();
        for (what, count, limit) in counts {
            if count == 0 {
                faults.push(ProgrammeFault::Nothing { what: what.to_owned() });
            } else if count > limit {
                faults.push(ProgrammeFault::TooMany { what: what.to_owned(), count, limit });
            }
        }
        faults
    }

    fn caps(&self, faults: &mut Vec<ProgrammeFault>) {
        let years = usize::from(self.years);
        list(faults, "discount_1e4", &self.discount, (years, DISCOUNT_ONE));
        for source in &self.sources {
            list(faults, &format!("budget.{}", source.name), &source.budget, (years, AMOUNT_MAX));
            let tail = source.tail.unwrap_or(0);
            amount(faults, tail, AMOUNT_MAX, || field(&format!("tail_cap.{}", source.name), None));
        }
        if let Some(cap) = &self.starts_cap {
            list(faults, "starts_cap", cap, (years, AMOUNT_MAX));
        }
        for (name, parts) in [("sector_floor", &self.sectors), ("district_floor", &self.districts)] {
            for (index, part) in parts.iter().enumerate() {
                amount(faults, part.floor, AMOUNT_MAX, || field(name, Some(index + 1)));
            }
        }
    }

    fn names(&self, faults: &mut Vec<ProgrammeFault>) {
        let mut seen: BTreeMap<&Id, usize> = BTreeMap::new();
        for (index, project) in self.projects.iter().enumerate() {
            if let Id::Text(text) = &project.id
                && text.trim().is_empty()
            {
                faults.push(ProgrammeFault::Missing { at: project_at(index, None, "id") });
            } else if let Some(first) = seen.insert(&project.id, index) {
                let (first, row) = (first + 1, index + 1);
                faults.push(ProgrammeFault::Twice { id: project.id.clone(), first, row });
            }
        }
    }

    fn project(&self, index: usize, project: &Project, faults: &mut Vec<ProgrammeFault>) {
        let at = |name: &str| project_at(index, Some(&project.id), name);
        amount(faults, project.benefit, BENEFIT_MAX, || at("benefit"));
        amount(faults, project.total, AMOUNT_MAX, || at("total"));
        let closed = project.earliest > project.latest || project.earliest > self.years;
        if project.earliest == 0 || closed {
            let (earliest, latest) = (project.earliest, project.latest);
            faults.push(ProgrammeFault::Window { at: at("es"), earliest, latest });
        }
        if project.cost.len() != self.sources.len() {
            let (count, wanted) = (project.cost.len(), self.sources.len());
            faults.push(ProgrammeFault::Length { at: at("cost"), count, wanted });
        }
        for (source, cost) in self.sources.iter().zip(&project.cost) {
            if cost.len() > 2 * YEARS_MAX {
                let (count, wanted) = (cost.len(), 2 * YEARS_MAX);
                faults.push(ProgrammeFault::Length {
                    at: at(&format!("cost.{}", source.name)),
                    count,
                    wanted,
                });
            }
            for value in cost {
                amount(faults, *value, AMOUNT_MAX, || at(&format!("cost.{}", source.name)));
            }
        }
        if project.cost.iter().flatten().all(|value| *value == 0) && !project.barred {
            // Without a cost it would be free, and free projects always win.
            faults.push(ProgrammeFault::Missing { at: at("cost") });
        }
        for (name, part, count) in [
            ("sector", project.sector, self.sectors.len()),
            ("district", project.district, self.districts.len()),
        ] {
            if let Some(part) = part.filter(|part| *part >= count) {
                faults.push(ProgrammeFault::Unknown { at: at(name), value: part.to_string() });
            }
        }
        if project.mandatory && project.barred {
            faults.push(ProgrammeFault::MandatoryAndBarred { id: project.id.clone() });
        }
    }

    fn rules(&self, faults: &mut Vec<ProgrammeFault>) {
        let count = self.projects.len();
        let unknown = |name: &str, row: usize, index: usize| {
            (index >= count)
                .then(|| ProgrammeFault::Unknown { at: field(name, Some(row + 1)), value: index.to_string() })
        };
        for (row, group) in self.exclusive.iter().enumerate() {
            faults.extend(group.iter().filter_map(|index| unknown("exclusive", row, *index)));
            let mut sorted = group.clone();
            sorted.sort_unstable();
            if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1] && pair[0] < count) {
                let id = self.projects[pair[0]].id.clone();
                faults.push(ProgrammeFault::Repeated { at: field("exclusive", Some(row + 1)), id });
            }
        }
        for (row, pair) in self.precedence.iter().enumerate() {
            let ends = [pair.before, pair.after];
            faults.extend(ends.into_iter().filter_map(|index| unknown("precedence", row, index)));
        }
        let known = self.precedence.iter().all(|pair| pair.before < count && pair.after < count);
        if let Some(ring) = known.then(|| ring(count, &self.precedence)).flatten() {
            let ids = ring.into_iter().map(|index| self.projects[index].id.clone()).collect();
            faults.push(ProgrammeFault::Cycle { ids });
        }
    }

    fn sums(&self, faults: &mut Vec<ProgrammeFault>) {
        let best = self.discount.iter().copied().max().unwrap_or(0);
        let objective: i128 = self.projects.iter().map(|p| i128::from(p.benefit) * i128::from(best)).sum();
        if objective > i128::from(OBJECTIVE_MAX) {
            faults.push(ProgrammeFault::ObjectiveTooLarge);
        }
        let money: i128 =
            self.sources.iter().flat_map(|source| source.budget.iter()).map(|cap| i128::from(*cap)).sum();
        if money > i128::from(i64::MAX / 4) {
            faults.push(ProgrammeFault::ObjectiveTooLarge);
        }
    }
}

pub(crate) fn field(name: &str, at: Option<usize>) -> Where {
    Where::Field { field: name.to_owned(), at }
}

fn project_at(index: usize, id: Option<&Id>, name: &str) -> Where {
    Where::Project { row: index + 1, id: id.cloned(), field: name.to_owned() }
}

fn amount(faults: &mut Vec<ProgrammeFault>, value: i64, limit: i64, at: impl Fn() -> Where) {
    if value < 0 {
        faults.push(ProgrammeFault::Negative { at: at(), value });
    } else if value > limit {
        faults.push(ProgrammeFault::TooLarge { at: at(), value, limit });
    }
}

fn list(faults: &mut Vec<ProgrammeFault>, name: &str, values: &[i64], (wanted, limit): (usize, i64)) {
    if values.len() != wanted {
        let count = values.len();
        faults.push(ProgrammeFault::Length { at: field(name, None), count, wanted });
    }
    for (index, value) in values.iter().enumerate() {
        amount(faults, *value, limit, || field(name, Some(index + 1)));
    }
}

/// A circle of projects that wait for one another, or `None`.
fn ring(count: usize, precedence: &[Precedence]) -> Option<Vec<usize>> {
    let mut after: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for pair in precedence {
        after.entry(pair.before).or_default().push(pair.after);
    }
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0_u8; count];
    for root in after.keys() {
        let mut way: Vec<(usize, usize)> = Vec::new();
        if state[*root] == 0 {
            state[*root] = 1;
            way.push((*root, 0));
        }
        while let Some((node, next)) = way.last().copied() {
            let Some(child) = after.get(&node).and_then(|list| list.get(next)).copied() else {
                state[node] = 2;
                way.pop();
                continue;
            };
            way.last_mut().expect("it was just read").1 += 1;
            if state[child] == 1 {
                let from = way.iter().position(|(on, _)| *on == child).unwrap_or(0);
                return Some(way[from..].iter().map(|(on, _)| *on).collect());
            }
            if state[child] == 0 {
                state[child] = 1;
                way.push((child, 0));
            }
        }
    }
    None
}
