//! What to do when no plan satisfies the rules: the smallest concession, and one set of rules that clash.
//!
//! The smallest concession is an elastic model: every rule that may give way gets a column of slack, and the
//! sum of the slack is made as small as possible (Brown and Graves 1975; Chinneck, Feasibility and
//! Infeasibility in Optimization, 2008). The clash is an irreducible infeasible set: its rules cannot be kept
//! together, and without any one of them the others can.
//!
//! Nothing is taken on trust from the solver: a concession is applied to the programme and its plan goes
//! through [`mod@crate::verify`], and each rule of a clash has a plan that keeps all the others.

mod clash;
mod contradiction;
mod elastic;
mod loose;

pub use clash::{Clash, clash, clash_with};
pub use contradiction::{Contradiction, counts_projects};
pub use elastic::{Give, WayOut, concede, way_out};

use crate::extension::Kind;
use crate::model::{Model, Rule};
use crate::programme::Programme;
use crate::solver::{Limits, Solver, SolverError};
use serde::{Deserialize, Serialize};

/// A rule that gives way, and by how much: a budget grows, a floor falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Concession {
    /// The rule.
    pub rule: Rule,
    /// In the unit of the rule: money, projects that start, or units of 1e-4 points; above 0.
    pub by: i64,
}

/// Everything to be said about a programme that no plan satisfies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The smallest way out when only floors may fall; `None`: there is none.
    pub floors: Option<WayOut>,
    /// When only caps may grow.
    pub caps: Option<WayOut>,
    /// When both may give way.
    pub both: Option<WayOut>,
    /// Rules that clash; `None` when the limits came before a set was found.
    pub clash: Option<Clash>,
}

/// What to do about a programme that no plan satisfies; `None` when a plan does.
///
/// # Errors
/// [`SolverError`] when the solver fails.
pub fn diagnose(
    programme: &Programme,
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Option<Diagnosis>, SolverError> {
    let model = Model::of(programme);
    let limits = &bounded(limits, &model);
    let way = |give| way_out(programme, &model, (solver, limits), give);
    // Two threads; what each finds does not depend on the other.
    let (ways, rest) = std::thread::scope(|scope| {
        let rest = scope.spawn(|| Ok((clash(programme, solver, limits)?, way(Give::Caps)?)));
        let ways = way(Give::Both).and_then(|both| Ok((both, way(Give::Floors)?)));
        (ways, rest.join())
    });
    let (both, floors) = ways?;
    if both.as_ref().is_some_and(|way| way.total == 0) {
        return Ok(None);
    }
    let rest =
        rest.unwrap_or_else(|_| Err(SolverError::Failed("the search for a clash broke off".to_owned())));
    let (clash, caps) = rest?;
    Ok(Some(Diagnosis { floors, caps, both, clash }))
}

/// Nodes of a search in a model with so many starts or fewer are those asked for; beyond, fewer: the answer
/// then says how far it is proven, and comes in seconds.
const SEARCH_STARTS: usize = 300;
/// Nodes of a search in a larger model.
const SEARCH_NODES: u32 = 40;

/// The limits for the many searches of a diagnosis.
pub(crate) fn bounded(limits: &Limits, model: &Model) -> Limits {
    let nodes = if model.starts_len() > SEARCH_STARTS { SEARCH_NODES } else { u32::MAX };
    Limits { nodes: limits.nodes.min(nodes), ..*limits }
}

/// Why a project cannot be brought in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "obstacle", rename_all = "snake_case")]
pub enum Obstacle {
    /// It is barred, by missing data or by a person.
    Barred,
    /// With it, these rules clash, and this would be the smallest way out.
    Rules {
        /// Rules that clash once it must start.
        clash: Option<Clash>,
        /// The smallest concession with which it can start.
        way: Option<WayOut>,
    },
}

/// Why no plan can contain a project; `None` when one can.
///
/// # Errors
/// [`SolverError`] when the solver fails.
pub fn obstacle(
    programme: &Programme,
    project: usize,
    solver: &dyn Solver,
    limits: &Limits,
) -> Result<Option<Obstacle>, SolverError> {
    if programme.projects()[project].barred {
        return Ok(Some(Obstacle::Barred));
    }
    let with = programme.with_mandatory(project);
    let model = Model::of(&with);
    let limits = &bounded(limits, &model);
    let way = way_out(&with, &model, (solver, limits), Give::Both)?;
    if way.as_ref().is_some_and(|way| way.total == 0) {
        return Ok(None);
    }
    // The clash must be about this project, whatever else is wrong.
    let clash = clash_with(&with, project, solver, limits)?;
    Ok(Some(Obstacle::Rules { clash, way }))
}

impl Programme {
    /// The same programme with a project that must start.
    pub(crate) fn with_mandatory(&self, project: usize) -> Self {
        let mut with = self.clone();
        with.projects[project].mandatory = true;
        with
    }
}

/// The name of a rule in the notation of the reference data: `budget/own/2`, `sector/0`, `starts/1`.
pub fn rule_name(programme: &Programme, rule: Rule) -> String {
    let source = |source: usize| &programme.sources()[source].name;
    match rule {
        Rule::Once { project } => format!("once/{}", programme.projects()[project].id),
        Rule::Budget { source: s, year } => format!("budget/{}/{year}", source(s)),
        Rule::Tail { source: s } => format!("tail/{}", source(s)),
        Rule::Sector { sector } => format!("sector/{sector}"),
        Rule::District { district } => format!("district/{district}"),
        Rule::Starts { year } => format!("starts/{year}"),
        Rule::Exclusive { group } => format!("excl/{group}"),
        Rule::Precedence { pair, year } => format!("prec/{pair}/{year}"),
        Rule::Extension { kind, index } => match Kind::from_number(kind) {
            Some(kind) => format!("{}/{index}", kind.name()),
            None => format!("extension/{kind}/{index}"),
        },
    }
}

/// Which way a rule can give, if at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// A floor that can fall.
    Floor,
    /// A cap that can grow.
    Cap,
}

impl Rule {
    /// Which way the rule can give; the others are facts about projects, not amounts.
    pub(crate) fn side(self) -> Option<Side> {
        match self {
            Self::Sector { .. } | Self::District { .. } => Some(Side::Floor),
            Self::Budget { .. } | Self::Tail { .. } | Self::Starts { .. } => Some(Side::Cap),
            Self::Extension { kind, .. } => Kind::from_number(kind).and_then(Kind::side),
            Self::Once { .. } | Self::Exclusive { .. } | Self::Precedence { .. } => None,
        }
    }

    /// Projects that the rule is about by name: one that must start, a pair, an exclusive list.
    pub fn projects(self, programme: &Programme) -> Vec<usize> {
        match self {
            Self::Once { project } => vec![project],
            Self::Exclusive { group } => programme.exclusive()[group].clone(),
            Self::Precedence { pair, .. } => {
                let pair = programme.precedence()[pair];
                vec![pair.before, pair.after]
            }
            _ => Vec::new(),
        }
    }
}
