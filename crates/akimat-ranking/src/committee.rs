//! Several people score one project under one criterion: what they say together, and how far they are apart.

use crate::mavt::Interval;

/// What a committee says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Combined {
    /// Median of the points; from the lowest low to the highest high.
    pub value: Interval,
    /// People.
    pub n: usize,
    /// Lowest and highest point.
    pub spread: (f64, f64),
}

/// Puts scores together: the median, so that one extreme score moves nothing, with the range that any of them holds
/// possible. `None` without scores.
pub fn combine(scores: &[Interval]) -> Option<Combined> {
    let mut points: Vec<f64> = scores.iter().map(|score| score.point).collect();
    points.sort_by(f64::total_cmp);
    let (first, last) = (*points.first()?, *points.last()?);
    let middle = points.len() / 2;
    let point = if points.len() % 2 == 1 {
        points[middle]
    } else {
        f64::midpoint(points[middle - 1], points[middle])
    };
    let low = scores.iter().map(|score| score.low).fold(f64::INFINITY, f64::min);
    let high = scores.iter().map(|score| score.high).fold(f64::NEG_INFINITY, f64::max);
    Some(Combined { value: Interval { low, point, high }, n: points.len(), spread: (first, last) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_extreme_score_moves_nothing() {
        let at = |low, point, high| Interval { low, point, high };
        let found = combine(&[at(60.0, 70.0, 75.0), at(70.0, 72.0, 80.0), at(0.0, 0.0, 5.0)]).unwrap();
        assert_eq!(found.value, at(0.0, 70.0, 80.0));
        assert_eq!((found.n, found.spread), (3, (0.0, 72.0)));
        let two = combine(&[at(1.0, 1.0, 1.0), at(4.0, 4.0, 4.0)]).unwrap();
        assert!((two.value.point - 2.5).abs() < 1e-12);
        assert_eq!(combine(&[]), None);
    }
}
