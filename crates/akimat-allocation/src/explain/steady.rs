//! How often a project is chosen when benefits and costs are unsure: seeded draws, each solved as a relaxation.
//!
//! A draw counts a project as chosen when the relaxed plan starts at least half of it: fractions are few, at most
//! one for each rule that binds.

use super::Follow;
use crate::allocate::Go;
use crate::model::Model;
use crate::programme::{BENEFIT_MAX, Id, Programme};
use crate::solver::{Relaxed, Solver, SolverError};
use serde::{Deserialize, Serialize};

/// The 97.5 % point of the normal distribution.
const Z95: f64 = 1.959_963_984_540_054;
/// A project chosen in this share of the draws or more is of the core.
const CORE: f64 = 0.9;
/// Shares from here to [`MARGINAL_TO`] are marginal.
const MARGINAL_FROM: f64 = 0.3;
/// See [`MARGINAL_FROM`].
const MARGINAL_TO: f64 = 0.7;

/// How unsure an input is: half of the draws fall below `mid`, half above, evenly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// Least.
    pub low: i64,
    /// Middle.
    pub mid: i64,
    /// Largest.
    pub high: i64,
}

/// How often a project is chosen when the inputs are unsure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frequency {
    /// Project.
    pub id: Id,
    /// Draws that choose it.
    pub chosen: u32,
    /// Draws.
    pub draws: u32,
    /// Lower end of the 95 % interval of the share (Wilson).
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Where it stands.
    pub standing: Steadiness,
}

/// Where a project stands under uncertainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Steadiness {
    /// Chosen in at least 90 % of the draws.
    Core,
    /// More often than marginal, less than core.
    Likely,
    /// In 30 to 70 %.
    Marginal,
    /// In less than 30 %.
    Unlikely,
}

/// Where the draws come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draws {
    /// Seeded draws from ranges by project.
    Ranges {
        /// Benefit of each project, in points.
        benefit: Vec<Range>,
        /// Payments of each project in percent of the estimate; empty: sure.
        cost_pct: Vec<Range>,
        /// How many draws.
        draws: u32,
        /// Seed of SplitMix64.
        seed: u64,
    },
    /// Benefits of all projects by draw: other weights of criteria, say.
    Given(Vec<Vec<i64>>),
    /// Benefits of all projects by draw, and their payments in percent of the estimate.
    Tables {
        /// Benefits in points, by draw and project.
        benefit: Vec<Vec<i64>>,
        /// Payments in percent, by draw and project.
        cost_pct: Vec<Vec<i64>>,
    },
}

/// How often each project is chosen, in the order of the programme.
///
/// # Errors
/// [`SolverError`] when the solver gives up.
pub fn frequency(
    programme: &Programme,
    solver: &dyn Solver,
    draws: &Draws,
    follow: &mut dyn Follow,
) -> Result<Vec<Frequency>, SolverError> {
    let count = match draws {
        Draws::Ranges { draws, .. } => *draws,
        Draws::Given(list) | Draws::Tables { benefit: list, .. } => {
            u32::try_from(list.len()).unwrap_or(u32::MAX)
        }
    };
    let mut chosen = vec![0_u32; programme.projects().len()];
    let mut done = 0;
    let mut table = Table::new(programme, draws);
    let model = Model::of(programme);
    let mut warm = solver.relaxation(&model)?;
    for draw in 0..count {
        if follow.step(index(draw), index(count)) == Go::Stop {
            break;
        }
        let drawn = table.next(draw);
        let (model, relaxed) = if table.costs() {
            let model = Model::of(&drawn);
            let relaxed = solver.relaxation(&model)?.solve()?;
            (model, relaxed)
        } else {
            for column in 0..model.starts_len() {
                if let Some((project, year)) = model.start_of(column) {
                    let extra = model.columns[column].worth - programme.worth(project, year);
                    warm.value_column(column, drawn.worth(project, year) + extra);
                }
            }
            (model.clone(), warm.solve()?)
        };
        done += 1;
        let Some(relaxed) = relaxed else { continue };
        for (project, times) in chosen.iter_mut().enumerate() {
            *times += u32::from(started(&model, &relaxed, project) >= 0.5);
        }
    }
    let name = |project: usize| programme.projects()[project].id.clone();
    Ok(chosen.iter().enumerate().map(|(project, times)| shown(name(project), *times, done)).collect())
}

fn started(model: &Model, relaxed: &Relaxed, project: usize) -> f64 {
    model.columns_of(project).map(|column| relaxed.values[column]).sum()
}

fn shown(id: Id, chosen: u32, draws: u32) -> Frequency {
    let (low, high) = wilson(chosen, draws);
    let share = if draws == 0 { 0.0 } else { f64::from(chosen) / f64::from(draws) };
    let standing = if share >= CORE {
        Steadiness::Core
    } else if share > MARGINAL_TO {
        Steadiness::Likely
    } else if share >= MARGINAL_FROM {
        Steadiness::Marginal
    } else {
        Steadiness::Unlikely
    };
    Frequency { id, chosen, draws, low, high, standing }
}

/// The 95 % interval of a share (Wilson, Journal of the American Statistical Association 22, 1927).
pub fn wilson(chosen: u32, draws: u32) -> (f64, f64) {
    if draws == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (f64::from(draws), f64::from(chosen) / f64::from(draws));
    let z2 = Z95 * Z95;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

/// The drawn programmes, one after the other.
struct Table<'a> {
    programme: &'a Programme,
    draws: &'a Draws,
    state: u64,
}

impl<'a> Table<'a> {
    fn new(programme: &'a Programme, draws: &'a Draws) -> Self {
        let state = if let Draws::Ranges { seed, .. } = draws { *seed } else { 0 };
        Self { programme, draws, state }
    }

    fn costs(&self) -> bool {
        match self.draws {
            Draws::Ranges { cost_pct, .. } => !cost_pct.is_empty(),
            Draws::Tables { .. } => true,
            Draws::Given(_) => false,
        }
    }

    fn next(&mut self, draw: u32) -> Programme {
        let mut drawn = self.programme.clone();
        match self.draws {
            Draws::Given(list) => {
                for (project, benefit) in drawn.projects.iter_mut().zip(&list[index(draw)]) {
                    project.benefit = (*benefit).clamp(0, BENEFIT_MAX);
                }
            }
            Draws::Tables { benefit, cost_pct } => {
                for (project, benefit) in drawn.projects.iter_mut().zip(&benefit[index(draw)]) {
                    project.benefit = (*benefit).clamp(0, BENEFIT_MAX);
                }
                for (project, percent) in drawn.projects.iter_mut().zip(&cost_pct[index(draw)]) {
                    for amount in project.cost.iter_mut().flatten() {
                        *amount = *amount * (*percent).clamp(0, 1_000) / 100;
                    }
                }
            }
            Draws::Ranges { benefit, cost_pct, .. } => {
                for (project, range) in drawn.projects.iter_mut().zip(benefit) {
                    project.benefit = self.pick(*range).clamp(0, BENEFIT_MAX);
                }
                for (project, range) in drawn.projects.iter_mut().zip(cost_pct) {
                    let percent = self.pick(*range).clamp(0, 1_000);
                    for amount in project.cost.iter_mut().flatten() {
                        *amount = *amount * percent / 100;
                    }
                }
            }
        }
        drawn
    }

    /// One bit says which half, the rest where in it; both halves hold `mid`.
    fn pick(&mut self, range: Range) -> i64 {
        let word = self.word();
        let (from, to) = if word & 1 == 0 { (range.low, range.mid) } else { (range.mid, range.high) };
        let width = u64::try_from(to - from).unwrap_or(0) + 1;
        from + i64::try_from((word >> 1) % width).unwrap_or(0)
    }

    /// SplitMix64.
    fn word(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.state;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }
}

fn index(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
