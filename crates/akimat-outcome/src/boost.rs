//! Gradient boosting of shallow trees: exact splits, monotone constraints, ordered target encoding, bagged.
//!
//! Friedman, Greedy function approximation: a gradient boosting machine, Annals of Statistics 29 (2001);
//! ordered target encoding after Prokhorenkova et al., CatBoost, NeurIPS 2018.

mod tree;

use crate::algebra::{logit, mean, quantile, sigmoid, sorted};
use crate::base::{Base, Lesson, Loss};
use crate::chance::Lots;
use crate::table::{Case, FeatureKind};
use std::collections::BTreeMap;
use tree::{Grower, Tree};

const ROUNDS_MAX: usize = 160;
const ROUNDS_MIN: usize = 20;
const BAGS: usize = 5;
const RATE: f64 = 0.06;
/// Share of the rows that a tree sees.
const ROWS: f64 = 0.6;
/// Pseudo-observations of the overall mean in the encoding of a category.
const PRIOR: f64 = 8.0;

/// A bag of boosted trees.
#[derive(Clone, Debug)]
pub(crate) struct Boost {
    bags: Vec<Bag>,
}

#[derive(Clone, Debug)]
struct Bag {
    codes: Vec<Option<Codes>>,
    start: f64,
    trees: Vec<Tree>,
}

/// Numbers for the names of a category.
#[derive(Clone, Debug)]
struct Codes {
    of: BTreeMap<String, f64>,
    unknown: f64,
}

impl Boost {
    /// Learns; how many trees is found on the last fifth of the approvals.
    pub(crate) fn learn(lesson: &Lesson<'_>, seed: u64) -> Self {
        let rounds = Self::rounds(lesson, seed);
        let bag = |n: usize| Bag::learn(lesson, rounds, seed.wrapping_add(n as u64), &[]).0;
        Self { bags: (0..BAGS).map(bag).collect() }
    }

    fn rounds(lesson: &Lesson<'_>, seed: u64) -> usize {
        let n = lesson.y.len();
        let cut = n - n / 5;
        if n - cut < 8 {
            return ROUNDS_MIN;
        }
        let early = lesson.only(&(0..cut).collect::<Vec<_>>());
        let late = lesson.only(&(cut..n).collect::<Vec<_>>());
        let mut loss = vec![0.0; ROUNDS_MAX];
        for bag in 0..2 {
            let paths = Bag::learn(&early, ROUNDS_MAX, seed.wrapping_add(71 + bag), &late.cases).1;
            for (path, y) in paths.iter().zip(&late.y) {
                loss.iter_mut().zip(path).for_each(|(loss, score)| *loss += loss_of(lesson.loss, *score, *y));
            }
        }
        let best =
            (ROUNDS_MIN..ROUNDS_MAX).min_by(|a, b| loss[*a].total_cmp(&loss[*b])).unwrap_or(ROUNDS_MIN);
        // The late approvals are few: half of the way to the middle of what is usual.
        (best + 80).div_ceil(2)
    }
}

impl Base for Boost {
    fn score(&self, case: &Case) -> f64 {
        self.bags.iter().map(|bag| bag.score(case)).sum::<f64>() / self.bags.len().max(1) as f64
    }
}

impl Bag {
    /// A bag, and the score of each watched case after each round.
    fn learn(lesson: &Lesson<'_>, rounds: usize, seed: u64, watched: &[&Case]) -> (Self, Vec<Vec<f64>>) {
        let mut lots = Lots::new(seed);
        let (codes, columns) = encode(lesson, &mut lots);
        let start = match lesson.loss {
            Loss::Logistic => logit(mean(&lesson.y)),
            Loss::Absolute => quantile(&sorted(&lesson.y), 0.5),
        };
        let mut bag = Self { codes, start, trees: Vec::with_capacity(rounds) };
        let rows: Vec<Vec<f64>> = watched.iter().map(|case| bag.row(case)).collect();
        let mut now = vec![start; rows.len()];
        let mut paths = vec![Vec::with_capacity(rounds); rows.len()];
        let grower = Grower::new(columns, lesson.schema);
        let n = lesson.y.len();
        let mut scores = vec![start; n];
        for _ in 0..rounds {
            let drawn: Vec<bool> = (0..n).map(|_| lots.unit() < ROWS).collect();
            let tree = grower.grow((lesson.loss, &lesson.y, &scores), &drawn, &mut lots);
            for (at, score) in scores.iter_mut().enumerate() {
                *score += RATE * tree.value(|feature| grower.columns[feature][at]);
            }
            for ((row, now), path) in rows.iter().zip(&mut now).zip(&mut paths) {
                *now += RATE * tree.value(|feature| row[feature]);
                path.push(*now);
            }
            bag.trees.push(tree);
        }
        (bag, paths)
    }

    fn row(&self, case: &Case) -> Vec<f64> {
        let code = |(codes, value): (&Option<Codes>, &crate::table::Value)| match codes {
            Some(codes) => {
                value.category().map_or(f64::NAN, |name| *codes.of.get(name).unwrap_or(&codes.unknown))
            }
            None => value.number().unwrap_or(f64::NAN),
        };
        self.codes.iter().zip(&case.values).map(code).collect()
    }

    fn score(&self, case: &Case) -> f64 {
        let row = self.row(case);
        self.start + RATE * self.trees.iter().map(|tree| tree.value(|feature| row[feature])).sum::<f64>()
    }
}

fn loss_of(loss: Loss, score: f64, y: f64) -> f64 {
    match loss {
        Loss::Logistic => -(y * sigmoid(score).ln() + (1.0 - y) * (1.0 - sigmoid(score)).ln()).max(-20.0),
        Loss::Absolute => (y - score).abs(),
    }
}

/// Columns of numbers; a name becomes the mean outcome of the cases with it that were drawn before, so that no case
/// sees its own outcome.
fn encode(lesson: &Lesson<'_>, lots: &mut Lots) -> (Vec<Option<Codes>>, Vec<Vec<f64>>) {
    let overall = mean(&lesson.y);
    let mut order: Vec<usize> = (0..lesson.y.len()).collect();
    lots.shuffle(&mut order);
    let feature = |(at, feature): (usize, &crate::table::Feature)| {
        if feature.kind == FeatureKind::Number {
            let column = lesson.cases.iter().map(|case| case.values[at].number().unwrap_or(f64::NAN));
            return (None, column.collect());
        }
        let mut column = vec![f64::NAN; lesson.y.len()];
        let mut seen = BTreeMap::<&str, (f64, f64)>::new();
        for i in &order {
            let Some(name) = lesson.cases[*i].values[at].category() else { continue };
            let (sum, n) = seen.entry(name).or_default();
            column[*i] = (*sum + PRIOR * overall) / (*n + PRIOR);
            *sum += lesson.y[*i];
            *n += 1.0;
        }
        let of = seen.into_iter();
        let of =
            of.map(|(name, (sum, n))| (name.to_owned(), (sum + PRIOR * overall) / (n + PRIOR))).collect();
        (Some(Codes { of, unknown: overall }), column)
    };
    lesson.schema.features.iter().enumerate().map(feature).unzip()
}
