//! The class rate and its challengers, judged on later projects, and their shrunken mixture.

use crate::algebra::{mean, sigmoid};
use crate::base::{Base, Lesson, Loss};
use crate::boost::Boost;
use crate::chance::Lots;
use crate::linear::Linear;
use crate::net::Nets;
use crate::reference::Reference;
use crate::score::{Estimate, estimate};
use crate::table::Case;
use serde::Serialize;

/// Class rate, linear model, trees, network.
pub(crate) const N_BASES: usize = 4;
/// Shares before evidence.
const SHARES: [f64; N_BASES] = [0.25, 0.35, 0.25, 0.15];
/// The evidence of n later projects weighs n / (n + 150) against the shares before evidence.
const EVIDENCE: f64 = 150.0;
/// Fewer finished projects than this: the class rate stands without a contest.
pub(crate) const CONTEST_MIN: usize = 50;
const N_BLOCKS: usize = 4;
/// Where the past is cut: what is approved before teaches, what follows judges.
const CUTS: [f64; N_BLOCKS + 1] = [0.4, 0.55, 0.7, 0.85, 1.0];
/// Slopes of the linear model are drawn towards zero by this many pseudo-observations.
const RIDGE: f64 = 10.0;
const FOLDS: usize = 5;

/// Who is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Too few finished projects for a contest: the class rate.
    TooFew,
    /// The mixture lost by one standard error on later projects: the class rate.
    Class,
    /// The mixture neither won nor lost by one standard error: a part of each.
    Partly,
    /// The mixture won by more than one standard error.
    Mixture,
}

/// How the contest on later projects went: mean loss of the class rate, and of the mixture minus it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contest {
    /// Who is used.
    pub choice: Choice,
    /// Part of the mixture in what is used, 0 to 1; the rest is the class rate.
    pub part: f64,
    /// Later projects that judged.
    pub n_judged: usize,
    /// Mean loss (squared error of a chance, or absolute error) of the class rate.
    pub class_loss: Option<Estimate>,
    /// Mean difference, mixture minus class rate; below zero the mixture is better.
    pub difference: Option<Estimate>,
    /// Shares of class rate, linear model, trees and network.
    pub shares: [f64; N_BASES],
}

/// A score of a later project by models that did not know it.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// Position in the lesson.
    pub(crate) at: usize,
    block: usize,
    scores: [f64; N_BASES],
    /// The scores, moved so that each model has the level of the block right: a contest about order, not about the
    /// drift of the base rate, which is mended afterwards for whoever wins.
    level: [f64; N_BASES],
    /// Of the mixture whose shares were learnt without its block.
    pub(crate) mixture: f64,
    level_mixture: f64,
    /// Mean outcome of what was known then.
    pub(crate) base_rate: f64,
}

impl Judged {
    pub(crate) const fn class(&self) -> f64 {
        self.scores[0]
    }

    /// The score of what is used, with so large a part of the mixture.
    pub(crate) fn used(&self, part: f64) -> f64 {
        part * self.mixture + (1.0 - part) * self.class()
    }
}

/// The models with their shares.
#[derive(Debug)]
pub(crate) struct Blend {
    bases: Vec<(f64, Box<dyn Base>)>,
    pub(crate) contest: Contest,
    pub(crate) judged: Vec<Judged>,
    seed: u64,
}

impl Blend {
    pub(crate) fn learn(lesson: &Lesson<'_>, seed: u64) -> Self {
        let judged = if lesson.y.len() < CONTEST_MIN { Vec::new() } else { judge(lesson, seed) };
        let contest = contest(lesson, &judged);
        let bases = fit(lesson, contest.shares, seed);
        Self { bases, contest, judged, seed }
    }

    pub(crate) fn score(&self, case: &Case) -> f64 {
        self.bases.iter().map(|(share, base)| share * base.score(case)).sum()
    }

    /// Scores of the cases of the lesson by models that did not know them: folds drawn by the seed, or one left
    /// out at a time when there are few.
    pub(crate) fn unseen(&self, lesson: &Lesson<'_>) -> Vec<f64> {
        let n = lesson.y.len();
        let folds = if n < CONTEST_MIN { n.max(2) } else { FOLDS };
        let mut order: Vec<usize> = (0..n).collect();
        Lots::new(self.seed ^ 0xf01d).shuffle(&mut order);
        let mut scores = vec![0.0; n];
        for fold in 0..folds {
            let (out, kept): (Vec<usize>, Vec<usize>) = (0..n).partition(|at| at % folds == fold);
            let pick = |list: Vec<usize>| list.into_iter().map(|at| order[at]).collect::<Vec<_>>();
            let (out, mut kept) = (pick(out), pick(kept));
            kept.sort_unstable();
            let bases = fit(&lesson.only(&kept), self.contest.shares, self.seed.wrapping_add(fold as u64));
            for at in out {
                scores[at] = bases.iter().map(|(share, base)| share * base.score(lesson.cases[at])).sum();
            }
        }
        scores
    }
}

fn fit(lesson: &Lesson<'_>, shares: [f64; N_BASES], seed: u64) -> Vec<(f64, Box<dyn Base>)> {
    let learn = |at: usize| -> Box<dyn Base> {
        match at {
            0 => Box::new(Reference::learn(lesson)),
            1 => Box::new(Linear::learn(lesson, RIDGE)),
            2 => Box::new(Boost::learn(lesson, seed)),
            _ => Box::new(Nets::learn(lesson, seed)),
        }
    };
    let used = shares.into_iter().enumerate().filter(|(_, share)| *share > 0.0);
    used.map(|(at, share)| (share, learn(at))).collect()
}

/// What is known and what is tested, block by block.
fn splits(lesson: &Lesson<'_>, seed: u64) -> Vec<(Vec<usize>, Vec<usize>)> {
    let n = lesson.y.len();
    if lesson.schema.watched_to_one_day {
        let mut order: Vec<usize> = (0..n).collect();
        Lots::new(seed ^ 0xb10c).shuffle(&mut order);
        let block = |block: usize| {
            let (mut tested, mut known): (Vec<(usize, usize)>, Vec<_>) =
                order.iter().copied().enumerate().partition(|(at, _)| at % N_BLOCKS == block);
            tested.sort_unstable_by_key(|(_, at)| *at);
            known.sort_unstable_by_key(|(_, at)| *at);
            let places = |list: Vec<(usize, usize)>| list.into_iter().map(|(_, at)| at).collect();
            (places(known), places(tested))
        };
        return (0..N_BLOCKS).map(block).collect();
    }
    let place = |share: f64| (0..n).take_while(|at| (*at as f64) < share * n as f64).count();
    CUTS.windows(2)
        .map(|ends| ((0..place(ends[0])).collect(), (place(ends[0])..place(ends[1])).collect()))
        .collect()
}

/// Every later project scored by all models that know only what was approved before it.
fn judge(lesson: &Lesson<'_>, seed: u64) -> Vec<Judged> {
    let mut judged = Vec::new();
    for (block, (known, tested)) in splits(lesson, seed).into_iter().enumerate() {
        let known = lesson.only(&known);
        let bases = fit(&known, [1.0; N_BASES], seed);
        let base_rate = match lesson.loss {
            Loss::Logistic => mean(&known.y),
            Loss::Absolute => crate::algebra::quantile(&crate::algebra::sorted(&known.y), 0.5),
        };
        for at in tested {
            let mut scores = [0.0; N_BASES];
            scores
                .iter_mut()
                .zip(&bases)
                .for_each(|(score, (_, base))| *score = base.score(lesson.cases[at]));
            judged.push(Judged {
                at,
                block,
                scores,
                level: scores,
                mixture: 0.0,
                level_mixture: 0.0,
                base_rate,
            });
        }
    }
    for block in 0..N_BLOCKS {
        level(lesson, judged.iter_mut().filter(|one| one.block == block).collect());
    }
    for block in 0..N_BLOCKS {
        let others: Vec<&Judged> = judged.iter().filter(|one| one.block != block).collect();
        let shares = shares(lesson, &others);
        for one in judged.iter_mut().filter(|one| one.block == block) {
            let mix =
                |scores: [f64; N_BASES]| scores.iter().zip(shares).map(|(score, share)| score * share).sum();
            (one.mixture, one.level_mixture) = (mix(one.scores), mix(one.level));
        }
    }
    judged
}

/// Moves the scores of each model so that its errors in this block even out.
fn level(lesson: &Lesson<'_>, mut block: Vec<&mut Judged>) {
    for base in 0..N_BASES {
        let shift = match lesson.loss {
            Loss::Absolute => {
                let errors: Vec<f64> = block.iter().map(|one| lesson.y[one.at] - one.scores[base]).collect();
                crate::algebra::quantile(&crate::algebra::sorted(&errors), 0.5)
            }
            Loss::Logistic => {
                let mut shift = 0.0;
                for _ in 0..20 {
                    let (mut g, mut h) = (0.0, 1e-3);
                    for one in &block {
                        let p = sigmoid(one.scores[base] + shift);
                        g += lesson.y[one.at] - p;
                        h += p * (1.0 - p);
                    }
                    shift += (g / h).clamp(-1.0, 1.0);
                }
                shift
            }
        };
        block.iter_mut().for_each(|one| one.level[base] = one.scores[base] + shift);
    }
}

/// Shares that would have done best on these, drawn towards the shares before evidence.
fn shares(lesson: &Lesson<'_>, judged: &[&Judged]) -> [f64; N_BASES] {
    let mut shares = SHARES;
    for _ in 0..300 {
        let mut slope = [0.0; N_BASES];
        for one in judged {
            let score: f64 = one.level.iter().zip(shares).map(|(score, share)| score * share).sum();
            let error = match lesson.loss {
                Loss::Logistic => sigmoid(score) - lesson.y[one.at],
                Loss::Absolute => (score - lesson.y[one.at]).clamp(-0.5, 0.5),
            };
            slope.iter_mut().zip(one.level).for_each(|(slope, score)| *slope += error * score);
        }
        let n = judged.len().max(1) as f64;
        let pace = |slope: f64| (-0.5 * slope / n).clamp(-1.0, 1.0).exp();
        shares.iter_mut().zip(slope).for_each(|(share, slope)| *share *= pace(slope));
        let sum: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= sum);
    }
    let weight = judged.len() as f64 / (judged.len() as f64 + EVIDENCE);
    shares
        .iter_mut()
        .zip(SHARES)
        .for_each(|(share, before)| *share = weight * *share + (1.0 - weight) * before);
    shares
}

fn contest(lesson: &Lesson<'_>, judged: &[Judged]) -> Contest {
    let alone = [1.0, 0.0, 0.0, 0.0];
    if judged.is_empty() {
        let (class_loss, difference) = (None, None);
        return Contest {
            choice: Choice::TooFew,
            part: 0.0,
            n_judged: 0,
            class_loss,
            difference,
            shares: alone,
        };
    }
    let loss = |score: f64, y: f64| match lesson.loss {
        Loss::Logistic => (sigmoid(score) - y).powi(2),
        Loss::Absolute => (score - y).abs(),
    };
    let class: Vec<f64> = judged.iter().map(|one| loss(one.level[0], lesson.y[one.at])).collect();
    let gap = |part: f64| -> Estimate {
        let score = |one: &Judged| part * one.level_mixture + (1.0 - part) * one.level[0];
        let gaps = judged.iter().zip(&class).map(|(one, class)| loss(score(one), lesson.y[one.at]) - class);
        estimate(&gaps.collect::<Vec<_>>())
    };
    let difference = gap(1.0);
    // None of the mixture where it loses by one standard error, all of it where it wins by one.
    let part = (0.5 - difference.value / difference.error.max(1e-12) / 2.0).clamp(0.0, 1.0);
    let choice = match part {
        1.0.. => Choice::Mixture,
        0.001.. => Choice::Partly,
        _ => Choice::Class,
    };
    let all: Vec<&Judged> = judged.iter().collect();
    let mut mixed = shares(lesson, &all);
    mixed.iter_mut().zip(alone).for_each(|(share, alone)| *share = part * *share + (1.0 - part) * alone);
    let (n_judged, class_loss) = (judged.len(), Some(estimate(&class)));
    Contest { choice, part, n_judged, class_loss, difference: Some(difference), shares: mixed }
}
