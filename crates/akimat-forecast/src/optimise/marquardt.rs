//! Least squares that are not linear, inside a box: the method of Levenberg and Marquardt with differences for
//! derivatives. It fits models whose likelihood is a sum of squares; the exact likelihood of ARIMA and that of
//! relative errors become one too when each residual is multiplied by the geometric mean of the standard deviations.

use super::Bounds;

/// The least sum of squares found and where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Valley {
    pub(crate) at: Vec<f64>,
    pub(crate) squares: f64,
}

/// Searches from `start`. `residuals` fills its second argument, always with the same number of values, and answers
/// `false` where the model does not exist. `None` when it does not exist at the start.
pub(crate) fn marquardt(
    start: &[f64],
    bounds: &[Bounds],
    rounds_max: usize,
    mut residuals: impl FnMut(&[f64], &mut Vec<f64>) -> bool,
) -> Option<Valley> {
    let mut search = Search::new(start, bounds);
    if !residuals(&search.at, &mut search.errors) {
        return None;
    }
    search.squares = sum_of_squares(&search.errors);
    for _ in 0..rounds_max {
        if !search.squares.is_finite() || search.squares <= 0.0 {
            break;
        }
        search.differentiate(&mut residuals);
        let before = search.squares;
        if !search.step(&mut residuals) || before - search.squares <= 1e-8 * before {
            break;
        }
    }
    Some(Valley { at: search.at, squares: search.squares }).filter(|valley| valley.squares.is_finite())
}

/// How far from a point its derivative is taken, relative to the size of the unknown.
const NEAR: f64 = 1e-6;

/// Attempts with ever shorter steps before the search ends.
const ATTEMPTS: usize = 8;

struct Search<'a> {
    bounds: &'a [Bounds],
    at: Vec<f64>,
    errors: Vec<f64>,
    squares: f64,
    /// One column of derivatives an unknown.
    columns: Vec<Vec<f64>>,
    /// Derivative of half the sum of squares.
    gradient: Vec<f64>,
    /// Unknowns that do not press against their wall.
    free: Vec<usize>,
    damping: f64,
    trial: Vec<f64>,
    trial_errors: Vec<f64>,
}

impl<'a> Search<'a> {
    fn new(start: &[f64], bounds: &'a [Bounds]) -> Self {
        let at: Vec<f64> = start.iter().zip(bounds).map(|(x, (low, high))| x.clamp(*low, *high)).collect();
        Self {
            bounds,
            trial: at.clone(),
            columns: vec![Vec::new(); at.len()],
            gradient: vec![0.0; at.len()],
            at,
            errors: Vec::new(),
            squares: f64::INFINITY,
            free: Vec::new(),
            damping: 1e-2,
            trial_errors: Vec::new(),
        }
    }

    fn differentiate(&mut self, residuals: &mut impl FnMut(&[f64], &mut Vec<f64>) -> bool) {
        self.free.clear();
        for j in 0..self.at.len() {
            let (low, high) = self.bounds[j];
            let near = NEAR * self.at[j].abs().max(1e-2);
            let mut exists = false;
            let ahead = if self.at[j] + near <= high { near } else { -near };
            for step in [ahead, -ahead] {
                self.trial.copy_from_slice(&self.at);
                self.trial[j] += step;
                if residuals(&self.trial, &mut self.columns[j]) {
                    for (column, error) in self.columns[j].iter_mut().zip(&self.errors) {
                        *column = (*column - error) / step;
                    }
                    exists = self.columns[j].iter().all(|value| value.is_finite());
                    break;
                }
            }
            self.gradient[j] = if exists { dot(&self.columns[j], &self.errors) } else { 0.0 };
            let gradient = self.gradient[j];
            let pressed = (self.at[j] <= low && gradient > 0.0) || (self.at[j] >= high && gradient < 0.0);
            if gradient != 0.0 && gradient.is_finite() && !pressed {
                self.free.push(j);
            }
        }
    }

    /// Moves to a better point; `false` when there is none near.
    fn step(&mut self, residuals: &mut impl FnMut(&[f64], &mut Vec<f64>) -> bool) -> bool {
        let k = self.free.len();
        let mut normal = vec![0.0; k * k];
        for (a, &i) in self.free.iter().enumerate() {
            for (b, &j) in self.free.iter().enumerate().take(a + 1) {
                normal[a * k + b] = dot(&self.columns[i], &self.columns[j]);
            }
        }
        let downhill: Vec<f64> = self.free.iter().map(|&j| -self.gradient[j]).collect();
        for _ in 0..ATTEMPTS {
            let mut damped = normal.clone();
            for a in 0..k {
                damped[a * k + a] *= 1.0 + self.damping;
            }
            if let Some(step) = solve_positive(damped, &downhill) {
                self.trial.copy_from_slice(&self.at);
                for (&j, step) in self.free.iter().zip(step) {
                    let (low, high) = self.bounds[j];
                    self.trial[j] = (self.trial[j] + step).clamp(low, high);
                }
                if residuals(&self.trial, &mut self.trial_errors) {
                    let squares = sum_of_squares(&self.trial_errors);
                    if squares < self.squares {
                        std::mem::swap(&mut self.at, &mut self.trial);
                        std::mem::swap(&mut self.errors, &mut self.trial_errors);
                        self.squares = squares;
                        self.damping = (self.damping * 0.1).max(1e-10);
                        return true;
                    }
                }
            }
            self.damping = (self.damping * 6.0).min(1e10);
        }
        false
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn sum_of_squares(values: &[f64]) -> f64 {
    dot(values, values)
}

/// Solves a positive definite system, given by its lower triangle row by row, after Cholesky; `None` when it is not
/// positive definite.
fn solve_positive(mut lower: Vec<f64>, right: &[f64]) -> Option<Vec<f64>> {
    let k = right.len();
    let mut solution = right.to_vec();
    for a in 0..k {
        let scale = lower[a * k + a];
        for b in 0..=a {
            let known: f64 = (0..b).map(|c| lower[a * k + c] * lower[b * k + c]).sum();
            let rest = lower[a * k + b] - known;
            if a == b {
                if rest.is_nan() || rest <= 1e-14 * scale || rest <= 0.0 {
                    return None;
                }
                lower[a * k + a] = rest.sqrt();
            } else {
                lower[a * k + b] = rest / lower[b * k + b];
            }
        }
        let known: f64 = (0..a).map(|c| lower[a * k + c] * solution[c]).sum();
        solution[a] = (solution[a] - known) / lower[a * k + a];
    }
    for a in (0..k).rev() {
        let known: f64 = (a + 1..k).map(|c| lower[c * k + a] * solution[c]).sum();
        solution[a] = (solution[a] - known) / lower[a * k + a];
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley as residuals; the lowest point is (1, 1), or on the wall of a smaller box.
    #[test]
    fn a_curved_valley_is_followed_inside_the_box_and_along_its_wall() {
        let curved = |p: &[f64], errors: &mut Vec<f64>| {
            errors.clear();
            errors.extend([10.0 * (p[1] - p[0] * p[0]), 1.0 - p[0]]);
            true
        };
        let inside = marquardt(&[-1.2, 1.0], &[(-5.0, 5.0); 2], 100, curved).unwrap();
        assert!((inside.at[0] - 1.0).abs() < 1e-4 && (inside.at[1] - 1.0).abs() < 1e-4, "{inside:?}");
        let wall = marquardt(&[-1.2, 0.3], &[(-5.0, 5.0), (-5.0, 0.49)], 100, curved).unwrap();
        assert!((wall.at[1] - 0.49).abs() < 1e-9 && (wall.at[0] - 0.7).abs() < 0.02, "{wall:?}");
        assert_eq!(marquardt(&[0.0], &[(0.0, 1.0)], 5, |_, _| false), None);
    }

    #[test]
    fn a_positive_system_is_solved() {
        let solution = solve_positive(vec![4.0, 0.0, 2.0, 3.0], &[2.0, 5.0]).unwrap();
        assert!((solution[0] + 0.5).abs() < 1e-12 && (solution[1] - 2.0).abs() < 1e-12, "{solution:?}");
        assert_eq!(solve_positive(vec![1.0, 0.0, 2.0, 1.0], &[1.0, 1.0]), None);
    }
}
