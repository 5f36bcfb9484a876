//! SMAA-2: how often each project would be first if nobody had agreed on the weights.
//!
//! Source: R. Lahdelma and P. Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group decision
//! making, Operations Research 49 (2001) 444-454. Weights are drawn uniformly from the simplex; the counts are whole
//! numbers and the same on every machine.

use crate::draw::SplitMix64;
use crate::mavt::Interval;
use crate::{Fault, ValueFunction};
use std::cmp::Ordering;

/// Draws at most.
pub const DRAWS_MAX: u32 = 1_000_000;
/// Products in the second pass at most, so that a page answers.
const CONFIDENCE_WORK: usize = 400_000_000;

/// What the worth of projects is drawn from.
#[derive(Clone, Copy, Debug)]
pub enum Worth<'a> {
    /// Known: by criterion, then by project, from 0 to 1.
    Known(&'a [Vec<f64>]),
    /// Ranges of the values by project and criterion; a value is drawn uniformly from its range.
    Ranges(&'a [Vec<Interval>], &'a [ValueFunction]),
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// How often weights are drawn.
    pub draws: u32,
    /// State at which the generator begins.
    pub seed: u64,
    /// Sizes of top lists to count, such as 10.
    pub top: Vec<usize>,
    /// Count every place of every project, not only the top lists: sorts each draw.
    pub every_rank: bool,
}

/// Result of SMAA-2.
#[derive(Clone, Debug, PartialEq)]
pub struct Smaa {
    /// Draws.
    pub draws: u32,
    /// How often each project was first.
    pub first: Vec<u32>,
    /// For each size asked: how often each project was in that top list.
    pub top: Vec<(usize, Vec<u32>)>,
    /// How often each project (outer) had each place (inner), when asked for.
    pub ranks: Option<Vec<Vec<u32>>>,
    /// Mean weights of the draws in which each project was first; `None` when it never was.
    pub central: Vec<Option<Vec<f64>>>,
    /// Share of draws of the values in which each project is first at its central weights.
    pub confidence: Vec<Option<f64>>,
}

impl Smaa {
    /// Half the width of the 95 % interval of a share, at worst: `1.96 / (2 √N)`.
    pub fn error(&self) -> f64 {
        1.96 / (2.0 * f64::from(self.draws).sqrt())
    }

    /// Sum of places of each project, when every place was counted.
    pub fn rank_sums(&self) -> Option<Vec<u64>> {
        let sum = |row: &Vec<u32>| (1_u64..).zip(row).map(|(rank, n)| rank * u64::from(*n)).sum();
        self.ranks.as_ref().map(|ranks| ranks.iter().map(sum).collect())
    }
}

struct Draw {
    /// By criterion, then by project.
    worth: Vec<Vec<f64>>,
    scores: Vec<f64>,
    weights: Vec<f64>,
}

impl Draw {
    /// Summed criterion by criterion, in order, so that the sums are the same to the last bit.
    fn score(&mut self, weights: &[f64]) {
        self.scores.fill(0.0);
        for (weight, column) in weights.iter().zip(&self.worth) {
            for (score, worth) in self.scores.iter_mut().zip(column) {
                *score += weight * worth;
            }
        }
    }

    fn draw_values(&mut self, from: Worth<'_>, chance: &mut SplitMix64) {
        let Worth::Ranges(rows, functions) = from else { return };
        for (project, row) in rows.iter().enumerate() {
            for ((value, f), column) in row.iter().zip(functions).zip(&mut self.worth) {
                if value.low < value.high {
                    column[project] = f.of(value.low + chance.next_unit() * (value.high - value.low));
                }
            }
        }
    }

    fn first(&self) -> usize {
        let better = |best: usize, at: usize| if self.scores[at] > self.scores[best] { at } else { best };
        (1..self.scores.len()).fold(0, better)
    }
}

/// Counts places over draws. Equal scores go to the project that stands first in the table.
///
/// # Errors
/// [`Fault::TooFew`] and [`Fault::TooMany`] of projects, criteria or draws.
pub fn smaa(from: Worth<'_>, asked: &Asked) -> Result<Smaa, Fault> {
    let (n, m) = match from {
        Worth::Known(columns) => (columns.first().map_or(0, Vec::len), columns.len()),
        Worth::Ranges(rows, functions) => (rows.len(), functions.len()),
    };
    let few = |field: &str, n| Fault::TooFew { field: field.to_owned(), n, least: 1 };
    if n == 0 || m == 0 {
        return Err(few(if m == 0 { "criteria" } else { "alternatives" }, 0));
    }
    if asked.draws == 0 {
        return Err(few("draws", 0));
    }
    if asked.draws > DRAWS_MAX {
        let (n, limit) = (asked.draws as usize, DRAWS_MAX as usize);
        return Err(Fault::TooMany { field: "draws".to_owned(), n, limit });
    }
    let mut chance = SplitMix64::new(asked.seed);
    let mut draw = Draw { worth: start(from), scores: vec![0.0; n], weights: vec![0.0; m] };
    let mut counts = Counts::new(n, m, asked);
    for _ in 0..asked.draws {
        let mut weights = std::mem::take(&mut draw.weights);
        chance.next_weights(&mut weights);
        draw.draw_values(from, &mut chance);
        draw.score(&weights);
        counts.count(&draw.scores, &weights, draw.first());
        draw.weights = weights;
    }
    let central = counts.central();
    let confidence = confidence(from, &central, &mut draw, (&mut chance, asked.draws));
    Ok(Smaa {
        draws: asked.draws,
        first: counts.first,
        top: counts.top,
        ranks: counts.ranks,
        central,
        confidence,
    })
}

/// Worth at the best estimate.
fn start(from: Worth<'_>) -> Vec<Vec<f64>> {
    match from {
        Worth::Known(columns) => columns.to_vec(),
        Worth::Ranges(rows, functions) => {
            let column =
                |(at, f): (usize, &ValueFunction)| rows.iter().map(|row| f.of(row[at].point)).collect();
            functions.iter().enumerate().map(column).collect()
        }
    }
}

struct Counts {
    first: Vec<u32>,
    top: Vec<(usize, Vec<u32>)>,
    ranks: Option<Vec<Vec<u32>>>,
    weight_sums: Vec<Vec<f64>>,
    order: Vec<u32>,
}

impl Counts {
    fn new(n: usize, m: usize, asked: &Asked) -> Self {
        let ranks = asked.every_rank.then(|| vec![vec![0; n]; n]);
        let top = asked.top.iter().map(|size| ((*size).min(n), vec![0; n])).collect();
        let order = (0..).take(n).collect();
        Self { first: vec![0; n], top, ranks, weight_sums: vec![vec![0.0; m]; n], order }
    }

    fn count(&mut self, scores: &[f64], weights: &[f64], first: usize) {
        self.first[first] += 1;
        self.weight_sums[first].iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        let by_score = |a: &u32, b: &u32| -> Ordering {
            scores[*b as usize].total_cmp(&scores[*a as usize]).then(a.cmp(b))
        };
        if let Some(ranks) = &mut self.ranks {
            self.order.sort_unstable_by(by_score);
            for (place, project) in self.order.iter().enumerate() {
                ranks[*project as usize][place] += 1;
            }
        } else if let Some(most) = self.top.iter().map(|(size, _)| *size).max() {
            if most < self.order.len() {
                self.order.select_nth_unstable_by(most, by_score);
            }
            if self.top.len() > 1 {
                self.order[..most].sort_unstable_by(by_score);
            }
        }
        for (size, counts) in &mut self.top {
            self.order[..*size].iter().for_each(|project| counts[*project as usize] += 1);
        }
    }

    fn central(&self) -> Vec<Option<Vec<f64>>> {
        let mean = |(sums, n): (&Vec<f64>, &u32)| {
            (*n > 0).then(|| sums.iter().map(|sum| sum / f64::from(*n)).collect())
        };
        self.weight_sums.iter().zip(&self.first).map(mean).collect()
    }
}

fn confidence(
    from: Worth<'_>,
    central: &[Option<Vec<f64>>],
    draw: &mut Draw,
    (chance, draws): (&mut SplitMix64, u32),
) -> Vec<Option<f64>> {
    let candidates = central.iter().flatten().count().max(1);
    let work = (candidates * draw.scores.len() * draw.worth.len()).max(1);
    let most = u32::try_from(CONFIDENCE_WORK / work).unwrap_or(u32::MAX).max(1);
    let draws = match from {
        Worth::Known(_) => 1,
        Worth::Ranges(..) => draws.min(most),
    };
    let mut firsts = vec![0_u32; central.len()];
    for _ in 0..draws {
        draw.draw_values(from, chance);
        for (project, weights) in central.iter().enumerate() {
            if let Some(weights) = weights {
                draw.score(weights);
                firsts[project] += u32::from(draw.first() == project);
            }
        }
    }
    let share =
        |(n, weights): (u32, &Option<Vec<f64>>)| weights.as_ref().map(|_| f64::from(n) / f64::from(draws));
    firsts.into_iter().zip(central).map(share).collect()
}
