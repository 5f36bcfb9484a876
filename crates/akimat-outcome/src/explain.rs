//! Why a prediction is what it is: shares of the features that sum to it exactly, and similar finished projects.

use crate::chance::Lots;
use crate::model::Model;
use crate::table::{Case, FeatureKind, Value};
use serde::Serialize;

/// Orders in which features are revealed; each is also walked backwards.
const ORDERS: usize = 6;
/// Finished projects that stand for "an ordinary project".
const ORDINARY: usize = 16;

/// How a prediction comes about: `base` plus all contributions is `total`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attribution {
    /// Mean prediction for ordinary finished projects.
    pub base: f64,
    /// Feature and its contribution, the largest first; in the unit of the prediction.
    pub contributions: Vec<(String, f64)>,
    /// The prediction.
    pub total: f64,
}

/// What is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explained {
    /// The chance of the event.
    Probability,
    /// The median of the measure.
    Point,
}

/// A finished project that resembles the one asked about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Neighbour {
    /// Identifier in the table.
    pub id: String,
    /// Name.
    pub name: String,
    /// Gower's distance: 0 alike in everything, 1 in nothing.
    pub distance: f64,
    /// Its outcome as a measure.
    pub amount: Option<f64>,
    /// The event happened.
    pub event: bool,
}

impl Model {
    /// Shapley values against ordinary finished projects: features are revealed one after the other in several
    /// orders, and each gets the mean of what it changed. Every order telescopes, so the sum is exact; what binary
    /// rounding leaves is put into the base.
    pub fn attribution(&self, case: &Case, what: Explained) -> Attribution {
        let n = self.table.schema.features.len();
        let predict = |case: &Case| match what {
            Explained::Probability => self.probability(case),
            Explained::Point => self.point(case).unwrap_or(0.0),
        };
        let total = predict(case);
        let mut shares = vec![0.0; n];
        let mut walks = 0.0;
        let mut lots = Lots::new(1);
        let ordinary = self.ordinary();
        for _ in 0..ORDERS {
            let mut order: Vec<usize> = (0..n).collect();
            lots.shuffle(&mut order);
            for backwards in [false, true] {
                if backwards {
                    order.reverse();
                }
                for start in &ordinary {
                    let mut mixed = (*start).clone();
                    let mut before = predict(&mixed);
                    for feature in &order {
                        if mixed.values[*feature] != case.values[*feature] {
                            mixed.values[*feature] = case.values[*feature].clone();
                            let now = predict(&mixed);
                            shares[*feature] += now - before;
                            before = now;
                        }
                    }
                    walks += 1.0;
                }
            }
        }
        let names = self.table.schema.features.iter().map(|feature| feature.name.clone());
        let mut contributions: Vec<(String, f64)> =
            names.zip(shares.into_iter().map(|share| share / walks)).collect();
        contributions.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        let base = total - contributions.iter().map(|(_, share)| share).sum::<f64>();
        Attribution { base, contributions, total }
    }

    fn ordinary(&self) -> Vec<&Case> {
        let n = self.table.finished.len();
        let step = n.div_ceil(ORDINARY).max(1);
        self.table.finished.iter().step_by(step).map(|one| &one.case).collect()
    }

    /// The `count` most similar finished projects by Gower's distance (Biometrics 27, 1971), the nearest first.
    pub fn neighbours(&self, case: &Case, count: usize) -> Vec<Neighbour> {
        let ranges = self.ranges();
        let others = self.table.finished.iter().filter(|one| one.case.id != case.id);
        let mut near: Vec<Neighbour> = others
            .map(|one| Neighbour {
                id: one.case.id.clone(),
                name: one.case.name.clone(),
                distance: distance(&one.case, case, &ranges),
                amount: one.amount,
                event: one.event,
            })
            .collect();
        near.sort_by(|a, b| a.distance.total_cmp(&b.distance).then_with(|| a.id.cmp(&b.id)));
        near.truncate(count);
        near
    }

    /// Largest minus smallest value of each measure.
    fn ranges(&self) -> Vec<Option<f64>> {
        let of = |at: usize| {
            let values = self.table.finished.iter().filter_map(|one| one.case.values[at].number());
            let (low, high) =
                values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
            (high > low).then_some(high - low)
        };
        let features = self.table.schema.features.iter().enumerate();
        features
            .map(|(at, feature)| if feature.kind == FeatureKind::Number { of(at) } else { None })
            .collect()
    }
}

fn distance(a: &Case, b: &Case, ranges: &[Option<f64>]) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0);
    for ((x, y), range) in a.values.iter().zip(&b.values).zip(ranges) {
        let gap = match (x, y, range) {
            (Value::Number(x), Value::Number(y), Some(range)) => ((x - y).abs() / range).min(1.0),
            (Value::Category(x), Value::Category(y), _) => f64::from(u8::from(x != y)),
            _ => continue,
        };
        sum += gap;
        n += 1.0;
    }
    if n == 0.0 { 1.0 } else { sum / n }
}
