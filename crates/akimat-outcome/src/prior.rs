//! What stands above all finished projects of one's own: published uplifts by type of project.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A published distribution: at most this value with this chance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// Pairs of chance (0 to 1, rising) and value (not falling), at least one.
    pub points: Vec<(f64, f64)>,
    /// Where it is published.
    pub source: String,
}

impl Prior {
    /// The value not exceeded with a chance: linear between the points, level beyond them (nothing is extrapolated).
    pub fn quantile(&self, level: f64) -> Option<f64> {
        let (mut before, rest) = self.points.split_first()?;
        if level <= before.0 {
            return Some(before.1);
        }
        for next in rest {
            if level <= next.0 {
                return Some(before.1 + (level - before.0) / (next.0 - before.0) * (next.1 - before.1));
            }
            before = next;
        }
        Some(before.1)
    }

    /// The chance that a value is exceeded; beyond the points the chance at the last of them.
    pub fn above(&self, value: f64) -> Option<f64> {
        let (mut before, rest) = self.points.split_first()?;
        if value < before.1 {
            return Some(1.0 - before.0 * 0.5);
        }
        for next in rest {
            if value < next.1 {
                return Some(
                    1.0 - (before.0 + (value - before.1) / (next.1 - before.1) * (next.0 - before.0)),
                );
            }
            before = next;
        }
        Some((1.0 - before.0) * 0.5)
    }
}

/// Priors by the name in one category of the schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Priors {
    /// Position of the feature.
    pub feature: usize,
    /// The prior of each name.
    pub by_name: BTreeMap<String, Prior>,
    /// The event is an amount above this.
    pub event_above: f64,
}

impl Priors {
    /// The prior of a case.
    pub fn of(&self, case: &crate::Case) -> Option<&Prior> {
        self.by_name.get(case.values.get(self.feature)?.category()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_uplifts_of_roads_come_out_again() {
        // Flyvbjerg and COWI for the UK Department for Transport, 2004: 15, 24, 27, 32, 45 per cent.
        let points = vec![(0.5, 1.15), (0.6, 1.24), (0.7, 1.27), (0.8, 1.32), (0.9, 1.45)];
        let roads = Prior { points, source: "DfT 2004".to_owned() };
        assert_eq!(roads.quantile(0.8), Some(1.32));
        assert_eq!(roads.quantile(0.95), Some(1.45));
        assert!((roads.quantile(0.55).expect("between") - 1.195).abs() < 1e-12);
        assert!((roads.above(1.27).expect("inside") - 0.3).abs() < 1e-12);
    }
}
