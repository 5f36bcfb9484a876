//! What a value of a criterion is worth, from 0 to 1, on bounds that policy fixes.
//!
//! A function is piecewise linear through its points and flat beyond them. Its bounds do not come from the projects,
//! so a project that joins or leaves changes nothing for the others.

use crate::{Direction, Fault};
use serde::Serialize;

/// Points of one function at most.
pub const POINTS_MAX: usize = 20;

/// A monotone piecewise linear function from values to worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct ValueFunction {
    points: Vec<(f64, f64)>,
}

impl ValueFunction {
    /// Through these points (value, worth), by rising value.
    ///
    /// # Errors
    /// [`Fault::ValueFunction`] at the first point that is not finite, not above the one before, outside 0 to 1, or
    /// turns the other way; [`Fault::TooMany`] and [`Fault::TooFew`].
    pub fn new(criterion: &str, mut points: Vec<(f64, f64)>) -> Result<Self, Fault> {
        let field = || format!("value function of {criterion}");
        if points.len() > POINTS_MAX {
            return Err(Fault::TooMany { field: field(), n: points.len(), limit: POINTS_MAX });
        }
        if points.len() < 2 {
            return Err(Fault::TooFew { field: field(), n: points.len(), least: 2 });
        }
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let rises = points[points.len() - 1].1 > points[0].1;
        for (at, point) in points.iter().enumerate() {
            let inside = point.0.is_finite() && (0.0..=1.0).contains(&point.1);
            let turned = at > 0 && {
                let before = points[at - 1];
                point.0 <= before.0 || if rises { point.1 < before.1 } else { point.1 > before.1 }
            };
            if !inside || turned {
                return Err(Fault::ValueFunction { criterion: criterion.to_owned(), point: at + 1 });
            }
        }
        if (points[0].1 - points[points.len() - 1].1).abs() < f64::EPSILON {
            return Err(Fault::ValueFunction { criterion: criterion.to_owned(), point: points.len() });
        }
        Ok(Self { points })
    }

    /// A straight line between two bounds in the direction of the criterion.
    ///
    /// # Errors
    /// [`Fault::ValueFunction`] when the bounds are not in order.
    pub fn line(criterion: &str, (low, high): (f64, f64), direction: Direction) -> Result<Self, Fault> {
        let worth = match direction {
            Direction::Benefit => (0.0, 1.0),
            Direction::Cost => (1.0, 0.0),
        };
        if low >= high {
            return Err(Fault::ValueFunction { criterion: criterion.to_owned(), point: 2 });
        }
        Self::new(criterion, vec![(low, worth.0), (high, worth.1)])
    }

    /// Its points, by rising value.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// Whether more is better.
    pub fn direction(&self) -> Direction {
        let rises = self.points[self.points.len() - 1].1 > self.points[0].1;
        if rises { Direction::Benefit } else { Direction::Cost }
    }

    /// Worth of a value, from 0 to 1.
    pub fn of(&self, value: f64) -> f64 {
        let after = self.points.partition_point(|point| point.0 < value);
        let Some(right) = self.points.get(after) else { return self.points[self.points.len() - 1].1 };
        let Some(left) = after.checked_sub(1).map(|at| self.points[at]) else { return right.1 };
        let worth = left.1 + (right.1 - left.1) * ((value - left.0) / (right.0 - left.0));
        worth.clamp(0.0, 1.0)
    }

    /// Whether a value lies beyond the bounds, where more of it changes nothing.
    pub fn is_beyond(&self, value: f64) -> bool {
        value < self.points[0].0 || value > self.points[self.points.len() - 1].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_bend_at_points_and_end_at_bounds() {
        let f = ValueFunction::new("reach", vec![(0.0, 0.0), (100.0, 0.8), (500.0, 1.0)]).unwrap();
        for (value, worth) in [(-5.0, 0.0), (50.0, 0.4), (100.0, 0.8), (300.0, 0.9), (900.0, 1.0)] {
            assert!((f.of(value) - worth).abs() < 1e-12, "{value}");
        }
        assert!(f.is_beyond(501.0) && !f.is_beyond(500.0));
        let cost = ValueFunction::line("cost", (10.0, 20.0), Direction::Cost).unwrap();
        assert!((cost.of(12.5) - 0.75).abs() < 1e-12);
        assert_eq!(cost.direction(), Direction::Cost);
    }

    #[test]
    fn functions_that_turn_are_refused() {
        let refuse = |points: &[(f64, f64)]| ValueFunction::new("x", points.to_vec()).unwrap_err().code();
        assert_eq!(refuse(&[(0.0, 0.0), (1.0, 0.6), (2.0, 0.5), (3.0, 1.0)]), "value-function");
        assert_eq!(refuse(&[(0.0, 0.0), (0.0, 1.0)]), "value-function");
        assert_eq!(refuse(&[(0.0, 0.0), (1.0, 1.1)]), "value-function");
        assert_eq!(refuse(&[(0.0, 0.5), (1.0, 0.5)]), "value-function");
        assert_eq!(refuse(&[(0.0, 0.5), (f64::NAN, 1.0)]), "value-function");
        assert_eq!(refuse(&[(0.0, 0.5)]), "too-few");
    }
}
