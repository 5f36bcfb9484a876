//! Reference-class uplifts: by how much estimates of such projects were exceeded, from published tables drawn towards
//! one's own finished projects.

use crate::fault::{Fault, FaultKind};
use akimat_core::Text;
use serde::{Deserialize, Serialize};

/// One published class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpliftClass {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// Other names by which worked examples call it, in lower case.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Pairs of the chance that the estimate with the uplift is not exceeded, and the uplift (0.15 for 15 %), rising.
    #[serde(default)]
    pub by_chance: Vec<(f64, f64)>,
    /// Published lower and upper bound of the uplift of capital cost, where no chances are published.
    #[serde(default)]
    pub bounds: Option<(f64, f64)>,
    /// Published lower and upper bound of the uplift of the duration of works.
    #[serde(default)]
    pub duration_bounds: Option<(f64, f64)>,
    /// First day it counts, ISO 8601.
    pub valid_from: String,
    /// Where it is published.
    pub source: String,
    /// Somebody has read the source.
    pub verified: bool,
}

/// All classes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct UpliftTable {
    /// The chances at which lower and upper bounds are taken to stand: an assumption of ours.
    pub bounds_chance: (f64, f64),
    /// Own classes weigh n / (n + k).
    pub k: f64,
    /// Classes.
    pub classes: Vec<UpliftClass>,
    /// Which class belongs to which sector of the register.
    pub by_sector: std::collections::BTreeMap<String, String>,
}

/// The uplift at one chance and what it is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mixed {
    /// Chance that the raised estimate is not exceeded.
    pub chance: f64,
    /// The uplift.
    pub uplift: f64,
    /// What the published class says.
    pub published: f64,
    /// What the finished projects say; `None` where there are too few for this chance.
    pub own: Option<f64>,
    /// Finished projects.
    pub n_own: usize,
    /// Their weight.
    pub weight: f64,
}

impl UpliftTable {
    /// Reads `data/appraisal/uplifts.json`.
    ///
    /// # Errors
    /// What the reader of JSON says.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// A class by its code, its name in English or another name.
    pub fn find(&self, name: &str) -> Option<&UpliftClass> {
        let wanted = name.trim().to_lowercase();
        let called = |class: &&UpliftClass| {
            class.code == wanted || class.name.en.to_lowercase() == wanted || class.aliases.contains(&wanted)
        };
        self.classes.iter().find(called)
    }

    /// The published uplift at a chance that it is not exceeded: linear in the chance between the published points.
    ///
    /// # Errors
    /// [`FaultKind::BeyondTable`] outside the points: nothing is extrapolated.
    pub fn published(&self, class: &UpliftClass, chance: f64) -> Result<f64, Fault> {
        let assumed: Vec<(f64, f64)> = match class.bounds {
            Some((low, high)) => vec![(self.bounds_chance.0, low), (self.bounds_chance.1, high)],
            None => Vec::new(),
        };
        let points = if class.by_chance.is_empty() { &assumed } else { &class.by_chance };
        interpolate(points, chance)
    }

    /// The published uplift mixed with finished projects of one's own (final cost over estimate, less one), which
    /// weigh n / (n + k). A chance p needs so many of them that one stands above it: p / (1 - p), nine for 90 %.
    ///
    /// # Errors
    /// [`FaultKind::TooFewFinished`] for chances of 90 % and more; [`FaultKind::BeyondTable`].
    pub fn mixed(&self, class: &UpliftClass, chance: f64, own: &[f64]) -> Result<Mixed, Fault> {
        let published = self.published(class, chance);
        let need = needed(chance);
        let n_own = own.len();
        if n_own < need && chance >= 0.9 - 1e-12 {
            return Err(Fault::new("chance", FaultKind::TooFewFinished { have: n_own, need }));
        }
        let own = (n_own >= need && n_own > 0).then(|| quantile(own, chance));
        let published = published?;
        let n = crate::count(n_own);
        let weight = if own.is_some() { n / (n + self.k) } else { 0.0 };
        let uplift = own.map_or(published, |own| weight * own + (1.0 - weight) * published);
        Ok(Mixed { chance, uplift, published, own, n_own, weight })
    }
}

/// How many finished projects a chance needs: the smallest n with n >= p / (1 - p), as for conformal intervals.
pub fn needed(chance: f64) -> usize {
    (1..1_000_000).find(|n| crate::count(*n) + 1e-9 >= chance / (1.0 - chance)).unwrap_or(usize::MAX)
}

fn interpolate(points: &[(f64, f64)], chance: f64) -> Result<f64, Fault> {
    const CLOSE: f64 = 1e-12;
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Err(Fault::new("class", FaultKind::Missing));
    };
    if chance < first.0 - CLOSE || chance > last.0 + CLOSE {
        let end = if chance < first.0 { first.0 } else { last.0 };
        return Err(Fault::new("chance", FaultKind::BeyondTable { end }));
    }
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        if chance <= x1 + CLOSE {
            return Ok(y0 + (chance - x0) / (x1 - x0) * (y1 - y0));
        }
    }
    Ok(last.1)
}

/// Linear between the order statistics, as numpy's default.
fn quantile(values: &[f64], level: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = level * crate::count(sorted.len() - 1);
    let below =
        sorted.iter().enumerate().rev().find(|(at, _)| crate::count(*at) <= place).map_or(0, |(at, _)| at);
    let next = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - crate::count(below)) * (sorted[next] - sorted[below])
}

/// A contributory factor: its part of the bias, and how far it is mitigated, both 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mitigation {
    /// Part of the upper bound that this factor explains.
    pub contribution: f64,
    /// How far it is dealt with.
    pub mitigated: f64,
}

/// The upper bound less what is mitigated, not below the lower bound (HM Treasury, supplementary guidance).
pub fn mitigated(upper: f64, lower: f64, factors: &[Mitigation]) -> f64 {
    let managed: f64 = factors.iter().map(|factor| factor.contribution * factor.mitigated).sum();
    (upper * (1.0 - managed)).max(lower)
}
