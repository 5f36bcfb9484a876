//! Small deterministic optimisers: Nelder–Mead for up to three unknowns, golden section for one, and
//! least squares with one or two unknowns. Nothing here draws chance.

mod marquardt;

pub(crate) use marquardt::{Valley, marquardt};

/// Bounds of one unknown, inclusive.
pub(crate) type Bounds = (f64, f64);

/// The lowest value found and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Minimum<const D: usize> {
    pub(crate) at: [f64; D],
    pub(crate) value: f64,
}

/// A vertex of the simplex: the point and its value.
type Vertex<const D: usize> = ([f64; D], f64);

/// Nelder–Mead (Nelder, Mead 1965: reflection 1, expansion 2, contraction 1/2, shrink 1/2) inside a box.
///
/// A point outside the box is judged at its projection plus its squared distance relative to the width
/// of the box, so that the simplex is drawn back. Values that are not finite count as infinitely bad.
pub(crate) fn nelder_mead<const D: usize>(
    start: [f64; D],
    bounds: &[Bounds; D],
    rounds_max: usize,
    objective: impl Fn(&[f64; D]) -> f64,
) -> Minimum<D> {
    let judge = |point: [f64; D]| -> Vertex<D> {
        let (inside, outside) = project(point, bounds);
        let value = objective(&inside);
        let value = if value.is_finite() { value + outside * (1.0 + value.abs()) } else { f64::INFINITY };
        (point, value)
    };
    let mut simplex: Vec<Vertex<D>> = vec![judge(start)];
    for dimension in 0..D {
        let (low, high) = bounds[dimension];
        let mut point = start;
        let step = 0.25 * (high - low);
        point[dimension] += if start[dimension] + step <= high { step } else { -step };
        simplex.push(judge(point));
    }
    for _ in 0..rounds_max {
        simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (best, worst) = (simplex[0].1, simplex[D].1);
        if worst - best <= 1e-8 * (1.0 + best.abs()) && best.is_finite() {
            break;
        }
        improve(&mut simplex, &judge);
    }
    simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (point, value) = simplex[0];
    Minimum { at: project(point, bounds).0, value }
}

/// One step of the simplex: replaces its worst vertex, or draws all towards the best.
fn improve<const D: usize>(simplex: &mut [Vertex<D>], judge: &impl Fn([f64; D]) -> Vertex<D>) {
    let centre: [f64; D] =
        std::array::from_fn(|i| simplex[..D].iter().map(|vertex| vertex.0[i]).sum::<f64>() / D as f64);
    let worst = simplex[D];
    let along = |by: f64| judge(std::array::from_fn(|i| centre[i] + by * (centre[i] - worst.0[i])));
    let reflected = along(1.0);
    if reflected.1 < simplex[0].1 {
        let expanded = along(2.0);
        simplex[D] = if expanded.1 < reflected.1 { expanded } else { reflected };
        return;
    }
    if reflected.1 < simplex[D - 1].1 {
        simplex[D] = reflected;
        return;
    }
    let contracted = if reflected.1 < worst.1 { along(0.5) } else { along(-0.5) };
    if contracted.1 < worst.1.min(reflected.1) {
        simplex[D] = contracted;
        return;
    }
    let best = simplex[0].0;
    for vertex in &mut simplex[1..] {
        *vertex = judge(std::array::from_fn(|i| best[i] + 0.5 * (vertex.0[i] - best[i])));
    }
}

/// The nearest point of the box, and the squared distance to it in widths of the box.
fn project<const D: usize>(point: [f64; D], bounds: &[Bounds; D]) -> ([f64; D], f64) {
    let mut outside = 0.0;
    let inside = std::array::from_fn(|i| {
        let (low, high) = bounds[i];
        let clamped = point[i].clamp(low, high);
        outside += ((point[i] - clamped) / (high - low)).powi(2);
        clamped
    });
    (inside, outside)
}

/// The lowest point of a function of one unknown: a grid of 19 points, then golden section between the
/// neighbours of the best. The grid guards against the several minima of short series.
pub(crate) fn minimum_of_one(bounds: Bounds, objective: impl Fn(f64) -> f64) -> Minimum<1> {
    const GRID: usize = 18;
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (low, high) = bounds;
    let step = (high - low) / GRID as f64;
    let mut best = Minimum { at: [low], value: f64::INFINITY };
    let keep_better = |at: f64, best: &mut Minimum<1>| {
        let value = objective(at);
        if value < best.value {
            *best = Minimum { at: [at], value };
        }
        value
    };
    for i in 0..=GRID {
        keep_better(low + step * i as f64, &mut best);
    }
    let (mut left, mut right) = ((best.at[0] - step).max(low), (best.at[0] + step).min(high));
    for _ in 0..16 {
        let (a, b) = (right - GOLDEN * (right - left), left + GOLDEN * (right - left));
        if keep_better(a, &mut best) <= keep_better(b, &mut best) {
            right = b;
        } else {
            left = a;
        }
    }
    best
}

/// Least squares of `target` on two columns: the coefficients; a column that adds nothing gets 0.
pub(crate) fn least_squares(target: &[f64], first: &[f64], second: &[f64]) -> (f64, f64) {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let (s11, s12, s22) = (dot(first, first), dot(first, second), dot(second, second));
    let (t1, t2) = (dot(first, target), dot(second, target));
    let determinant = s11 * s22 - s12 * s12;
    if determinant > 1e-9 * s11 * s22 {
        ((t1 * s22 - t2 * s12) / determinant, (t2 * s11 - t1 * s12) / determinant)
    } else if s11 > 0.0 {
        (t1 / s11, 0.0)
    } else if s22 > 0.0 {
        (0.0, t2 / s22)
    } else {
        (0.0, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bowl_is_found_inside_the_box_and_on_its_wall() {
        let bowl = |p: &[f64; 2]| (p[0] - 0.3).powi(2) + 2.0 * (p[1] - 0.7).powi(2);
        let inside = nelder_mead([0.5, 0.5], &[(0.0, 1.0), (0.0, 1.0)], 200, bowl);
        assert!((inside.at[0] - 0.3).abs() < 1e-3 && (inside.at[1] - 0.7).abs() < 1e-3, "{inside:?}");
        let wall = nelder_mead([0.5, 0.3], &[(0.0, 1.0), (0.0, 0.4)], 200, bowl);
        assert!((wall.at[1] - 0.4).abs() < 1e-3, "{wall:?}");
    }

    #[test]
    fn one_unknown_is_found_among_two_valleys() {
        let found = minimum_of_one((0.0, 1.0), |x| (8.0 * x).sin() + 0.5 * x);
        // sin has its valley where 8x = 3π/2; the slope moves it a little to the left.
        assert!((found.at[0] - 0.5812).abs() < 1e-3, "{found:?}");
    }

    #[test]
    fn least_squares_recovers_a_line_and_survives_twins() {
        let ones = [1.0, 1.0, 1.0];
        let (a, b) = least_squares(&[1.0, 3.0, 5.0], &ones, &[0.0, 1.0, 2.0]);
        assert!((a - 1.0).abs() < 1e-9 && (b - 2.0).abs() < 1e-9);
        let (a, b) = least_squares(&[1.0, 3.0, 5.0], &ones, &ones);
        assert_eq!((a, b), (3.0, 0.0));
    }
}
