//! What is asked: projects, the years in which each may start, money by source and year, and the rules.
//!
//! The model is that of `docs/method/portfolio.md`. Money is in one whole unit that the asker names (million
//! tenge in the shared instances), years are counted 1 to [`Programme::years`], and the age of a project is
//! the number of years since its start. Everything is a whole number, so that every sum can be repeated by
//! hand.

mod check;
mod fault;

pub use check::Draft;
pub use fault::{ProgrammeFault, Where};

use crate::extension::Extensions;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most projects one programme can hold.
pub const PROJECTS_MAX: usize = 20_000;
/// The most years one programme can hold.
pub const YEARS_MAX: usize = 30;
/// The most sources of money.
pub const SOURCES_MAX: usize = 12;
/// The largest single amount, in the unit of the programme.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000;
/// The most benefit points of one project.
pub const BENEFIT_MAX: i64 = 1_000_000_000;
/// The largest discount factor: 1 in units of 1e-4.
pub const DISCOUNT_ONE: i64 = 10_000;
/// All objectives together stay exact in a binary float.
pub const OBJECTIVE_MAX: i64 = 1 << 52;

/// The name of a project in a programme, as the asker wrote it: a whole number or a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Id {
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// One project that could be started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Project {
    /// Its name, unique.
    pub id: Id,
    /// Its sector: an index into [`Programme::sectors`].
    pub sector: Option<usize>,
    /// Its district: an index into [`Programme::districts`].
    pub district: Option<usize>,
    /// Benefit points, before discounting; at least 0.
    pub benefit: i64,
    /// Appraised total cost, which counts towards the floors; at least 0.
    pub total: i64,
    /// The first year in which it may start, from 1.
    pub earliest: u16,
    /// The last year in which it may start.
    pub latest: u16,
    /// What it costs by source (in the order of [`Programme::sources`]) and age; ages beyond the last are free.
    pub cost: Vec<Vec<i64>>,
    /// A running contract or a duty: it must start.
    pub mandatory: bool,
    /// It must not start: missing data or a person's ruling.
    pub barred: bool,
}

/// A source of money and what it can pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Name, such as `own`, `transfer`, `ppp`.
    pub name: String,
    /// The most that may be paid in each year.
    pub budget: Vec<i64>,
    /// The most that may be promised for the years after the last; `None`: no limit.
    pub tail: Option<i64>,
}

/// A sector or a district with the least that must be invested in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Name.
    pub name: String,
    /// The least appraised total of the started projects; 0: no floor.
    pub floor: i64,
    /// Inhabitants, in thousands; `None`: unknown.
    pub population: Option<i64>,
}

/// `after` may start only `lag` years after `before` or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Precedence {
    /// Index of the project that comes first.
    pub before: usize,
    /// Index of the project that waits.
    pub after: usize,
    /// Years between the two starts, at least 0.
    pub lag: u16,
}

/// A checked programme. [`Draft::check`] makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Programme {
    pub(crate) years: u16,
    pub(crate) discount: Vec<i64>,
    pub(crate) sources: Vec<Source>,
    pub(crate) sectors: Vec<Part>,
    pub(crate) districts: Vec<Part>,
    pub(crate) starts_cap: Option<Vec<i64>>,
    pub(crate) projects: Vec<Project>,
    pub(crate) exclusive: Vec<Vec<usize>>,
    pub(crate) precedence: Vec<Precedence>,
    pub(crate) extensions: Extensions,
}

impl Programme {
    /// How many years; they are counted from 1.
    pub const fn years(&self) -> u16 {
        self.years
    }

    /// What a point is worth when the project starts in each year, in units of 1e-4.
    pub fn discount(&self) -> &[i64] {
        &self.discount
    }

    /// Sources of money.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Sectors with their floors.
    pub fn sectors(&self) -> &[Part] {
        &self.sectors
    }

    /// Districts with their floors.
    pub fn districts(&self) -> &[Part] {
        &self.districts
    }

    /// How many projects may start in each year at most.
    pub fn starts_cap(&self) -> Option<&[i64]> {
        self.starts_cap.as_deref()
    }

    /// The projects in the order given; everything else names them by their index here.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// Lists of projects of which at most one may start.
    pub fn exclusive(&self) -> &[Vec<usize>] {
        &self.exclusive
    }

    /// Which project waits for which.
    pub fn precedence(&self) -> &[Precedence] {
        &self.precedence
    }

    /// Rules beyond the common ones.
    pub const fn extensions(&self) -> &Extensions {
        &self.extensions
    }

    /// The years in which a project may start; empty when it is barred or its window is closed.
    pub fn window(&self, project: usize) -> std::ops::RangeInclusive<u16> {
        let project = &self.projects[project];
        if project.barred {
            #[expect(clippy::reversed_empty_ranges, reason = "an empty window")]
            return 1..=0;
        }
        project.earliest..=project.latest.min(self.years)
    }

    /// What starting a project in a year is worth, in units of 1e-4 points.
    pub fn worth(&self, project: usize, start: u16) -> i64 {
        self.projects[project].benefit * self.discount[usize::from(start) - 1]
    }

    /// What a project that starts in `start` costs a source in `year` (both from 1).
    pub fn payment(&self, project: usize, start: u16, source: usize, year: u16) -> i64 {
        let Some(age) = year.checked_sub(start) else { return 0 };
        self.projects[project].cost[source].get(usize::from(age)).copied().unwrap_or(0)
    }

    /// What a project that starts in `start` costs a source after the last year.
    pub fn tail_payment(&self, project: usize, start: u16, source: usize) -> i64 {
        let inside = usize::from(self.years - start) + 1;
        self.projects[project].cost[source].iter().skip(inside).sum()
    }

    /// What a plan is worth, in units of 1e-4 points, extensions included.
    pub fn objective(&self, plan: &Plan) -> i64 {
        plan.base_objective(self) + self.extensions.objective(self, plan)
    }

    /// The index of a project by its name.
    pub fn find(&self, id: &Id) -> Option<usize> {
        self.projects.iter().position(|project| project.id == *id)
    }

    /// The same programme as a draft, to be changed and checked again.
    pub fn to_draft(&self) -> Draft {
        Draft {
            years: self.years,
            discount: self.discount.clone(),
            sources: self.sources.clone(),
            sectors: self.sectors.clone(),
            districts: self.districts.clone(),
            starts_cap: self.starts_cap.clone(),
            projects: self.projects.clone(),
            exclusive: self.exclusive.clone(),
            precedence: self.precedence.clone(),
            extensions: self.extensions.clone(),
        }
    }
}

/// Who starts when: the year of start by project, `None` for those left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Plan {
    /// By project of the programme.
    pub starts: Vec<Option<u16>>,
}

impl Plan {
    /// A plan that starts nothing.
    pub fn empty(projects: usize) -> Self {
        Self { starts: vec![None; projects] }
    }

    /// Whether a project is in.
    pub fn has(&self, project: usize) -> bool {
        self.starts[project].is_some()
    }

    /// The started projects with their years, by project.
    pub fn started(&self) -> impl Iterator<Item = (usize, u16)> + Clone + '_ {
        self.starts.iter().enumerate().filter_map(|(project, start)| start.map(|start| (project, start)))
    }

    /// Points of the plan in units of 1e-4, without what extensions add or take.
    pub fn base_objective(&self, programme: &Programme) -> i64 {
        self.started().map(|(project, start)| programme.worth(project, start)).sum()
    }
}
