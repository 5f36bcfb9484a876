//! Smoothing weights on a grid, all of them run at once.

use super::Trend;
use crate::model::{Cut, Path, mean_abs_change};
use std::sync::LazyLock;

/// The grid of the model, made when first asked for.
pub(super) static GRID: LazyLock<Grid> = LazyLock::new(|| Grid::new(&nodes()));

/// Longest history looked at: an error that old weighs less than a ten-thousandth of the newest.
const LENGTH_MAX: usize = 96;

/// An error one step ago weighs this much against the newest one.
const DISCOUNT: f64 = 0.95;
const DISCOUNT_SQUARED: f64 = DISCOUNT * DISCOUNT;

/// Weights of the level.
const LEVELS: [f64; 8] = [0.02, 0.1, 0.2, 0.32, 0.46, 0.62, 0.8, 0.97];

/// Weights of the slope relative to that of the level. The textbook bound is 1; a slope that believes the last change
/// ruins six steps of a short series, and bounds near 0.3 lowered the error on the yearly M4 series and the
/// long local budgets (held-back values) and raised it on none.
const SLOPES: [f64; 4] = [0.0001, 0.05, 0.13, 0.3];

/// Damping of the slope per step.
const DAMPINGS: [f64; 4] = [0.8, 0.88, 0.94, 0.98];

/// A node weighs the likelihood to this power among those of its trend: 1 would be the mean by likelihood, infinity
/// the best node alone. Held-back values of M4: 1 has 0.6 % more error than 2.5, the best node about as much.
const SHARPNESS: f64 = 2.5;

/// A node whose log-likelihood, sharpened, is that much below the best of its trend is left out.
const HOPELESS: f64 = 7.0;

/// Smoothing weights.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) trend: Trend,
    pub(super) alpha: f64,
    pub(super) beta: f64,
    pub(super) phi: f64,
}

fn nodes() -> Vec<Node> {
    let mut nodes = Vec::new();
    for alpha in LEVELS {
        nodes.push(Node { trend: Trend::None, alpha, beta: 0.0, phi: 0.0 });
        for share in SLOPES {
            let beta = alpha * share;
            nodes.push(Node { trend: Trend::Additive, alpha, beta, phi: 1.0 });
            nodes.extend(DAMPINGS.map(|phi| Node { trend: Trend::Damped, alpha, beta, phi }));
        }
    }
    nodes
}

/// Level and slope.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    level: f64,
    slope: f64,
}

impl Node {
    fn expected(&self, state: State) -> f64 {
        state.level + self.phi * state.slope
    }

    fn next(&self, state: State, error: f64) -> State {
        State {
            level: self.expected(state) + self.alpha * error,
            slope: self.phi * state.slope + self.beta * error,
        }
    }
}

/// What a unit of initial level and one of initial slope leave at a node after some values that are all zero:
/// nothing of it depends on a series.
#[derive(Clone, Copy, Debug, Default)]
struct Echo {
    /// Discounted sums of squares and products of the errors that both make.
    level_level: f64,
    level_slope: f64,
    slope_slope: f64,
    /// The states that both end in.
    of_level: State,
    of_slope: State,
}

/// The nodes and their echoes; time after time, node after node.
pub(super) struct Grid {
    nodes: Vec<Node>,
    level_errors: Vec<f64>,
    slope_errors: Vec<f64>,
    echoes: Vec<Echo>,
    /// Sum of the discounts after each time.
    discounts: Vec<f64>,
    columns: Columns,
}

/// The weights of the nodes side by side.
struct Columns {
    alpha: Vec<f64>,
    beta: Vec<f64>,
    phi: Vec<f64>,
}

/// Everything that runs through a series, node after node.
pub(super) struct Run {
    level: Vec<f64>,
    slope: Vec<f64>,
    /// Discounted sums: squared errors from zero states, their products with the errors of a unit level and slope.
    squares: Vec<f64>,
    by_level: Vec<f64>,
    by_slope: Vec<f64>,
}

/// The best initial states of a node and what is left unexplained.
#[derive(Clone, Copy, Debug)]
pub(super) struct Solved {
    pub(super) squares: f64,
    state: State,
}

impl Grid {
    pub(super) fn new(nodes: &[Node]) -> Self {
        let (mut level_errors, mut slope_errors, mut echoes) = (Vec::new(), Vec::new(), Vec::new());
        let first = |node: &Node| Echo {
            of_level: State { level: 1.0, slope: 0.0 },
            of_slope: State { level: 0.0, slope: if node.trend == Trend::None { 0.0 } else { 1.0 } },
            ..Echo::default()
        };
        let mut now: Vec<Echo> = nodes.iter().map(first).collect();
        for _ in 0..LENGTH_MAX {
            for (node, echo) in nodes.iter().zip(&mut now) {
                let (by_level, by_slope) = (-node.expected(echo.of_level), -node.expected(echo.of_slope));
                *echo = Echo {
                    level_level: DISCOUNT_SQUARED * echo.level_level + by_level * by_level,
                    level_slope: DISCOUNT_SQUARED * echo.level_slope + by_level * by_slope,
                    slope_slope: DISCOUNT_SQUARED * echo.slope_slope + by_slope * by_slope,
                    of_level: node.next(echo.of_level, by_level),
                    of_slope: node.next(echo.of_slope, by_slope),
                };
                level_errors.push(by_level);
                slope_errors.push(by_slope);
            }
            echoes.extend_from_slice(&now);
        }
        let sum = |sum: &mut f64, ()| {
            *sum = DISCOUNT_SQUARED * *sum + 1.0;
            Some(*sum)
        };
        let column = |of: fn(&Node) -> f64| nodes.iter().map(of).collect();
        Self {
            level_errors,
            slope_errors,
            echoes,
            discounts: std::iter::repeat_n((), LENGTH_MAX).scan(0.0, sum).collect(),
            columns: Columns {
                alpha: column(|node| node.alpha),
                beta: column(|node| node.beta),
                phi: column(|node| node.phi),
            },
            nodes: nodes.to_vec(),
        }
    }

    #[cfg(test)]
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The mean paths from each of the cuts of a series, in their order; each leaves at least one value.
    pub(super) fn paths(&self, values: &[f64], cuts: &[Cut]) -> Vec<Path> {
        let longest = cuts.iter().map(|(at, _)| *at).max().unwrap_or(0);
        if longest <= LENGTH_MAX {
            return self.window(values, cuts);
        }
        let of_cut = |&(at, horizon): &Cut| {
            let window = &values[at.saturating_sub(LENGTH_MAX)..at];
            self.window(window, &[(window.len(), horizon)])
        };
        cuts.iter().flat_map(of_cut).collect()
    }

    /// Values count from the first one in units of the mean change, so that nothing overflows that need not.
    fn window(&self, values: &[f64], cuts: &[Cut]) -> Vec<Path> {
        let base = values.first().copied().unwrap_or(0.0);
        let change = mean_abs_change(values, 1);
        let scale = if change > 0.0 { change } else { 1.0 };
        let mut run = Run::new(self.nodes.len());
        let mut paths = vec![Path { points: Vec::new(), spreads: Vec::new() }; cuts.len()];
        for (time, value) in values.iter().enumerate() {
            self.take(&mut run, time, (value - base) / scale);
            for (path, (_, horizon)) in paths.iter_mut().zip(cuts).filter(|(_, (at, _))| *at == time + 1) {
                *path = self.path(&run, time, *horizon);
                path.points.iter_mut().for_each(|point| *point = base + scale * *point);
                path.spreads.iter_mut().for_each(|spread| *spread *= scale);
            }
        }
        paths
    }

    /// One value for all nodes.
    pub(super) fn take(&self, run: &mut Run, time: usize, value: f64) {
        let n = self.nodes.len();
        let Columns { alpha, beta, phi } = &self.columns;
        let (alpha, beta, phi) = (&alpha[..n], &beta[..n], &phi[..n]);
        let level_errors = &self.level_errors[time * n..][..n];
        let slope_errors = &self.slope_errors[time * n..][..n];
        let (level, slope) = (&mut run.level[..n], &mut run.slope[..n]);
        let (squares, by_level, by_slope) =
            (&mut run.squares[..n], &mut run.by_level[..n], &mut run.by_slope[..n]);
        for i in 0..n {
            let expected = level[i] + phi[i] * slope[i];
            let error = value - expected;
            level[i] = expected + alpha[i] * error;
            slope[i] = phi[i] * slope[i] + beta[i] * error;
            squares[i] = DISCOUNT_SQUARED * squares[i] + error * error;
            by_level[i] = DISCOUNT_SQUARED * by_level[i] + error * level_errors[i];
            by_slope[i] = DISCOUNT_SQUARED * by_slope[i] + error * slope_errors[i];
        }
    }

    /// Solves the initial states of a node after `time + 1` values; the squares are on the scale of equal weights.
    pub(super) fn solve(&self, run: &Run, time: usize, node: usize) -> Solved {
        let echo = &self.echoes[time * self.nodes.len() + node];
        let (by_level, by_slope) = (run.by_level[node], run.by_slope[node]);
        let determinant = echo.level_level * echo.slope_slope - echo.level_slope * echo.level_slope;
        let (level, slope) = if determinant > 1e-9 * echo.level_level * echo.slope_slope {
            (
                (by_slope * echo.level_slope - by_level * echo.slope_slope) / determinant,
                (by_level * echo.level_slope - by_slope * echo.level_level) / determinant,
            )
        } else {
            (-by_level / echo.level_level, 0.0)
        };
        let explained = level * (2.0 * by_level + level * echo.level_level + 2.0 * slope * echo.level_slope)
            + slope * (2.0 * by_slope + slope * echo.slope_slope);
        let equal = (time as f64 + 1.0) / self.discounts[time];
        Solved {
            squares: equal * (run.squares[node] + explained),
            state: State {
                level: run.level[node] + level * echo.of_level.level + slope * echo.of_slope.level,
                slope: run.slope[node] + level * echo.of_level.slope + slope * echo.of_slope.slope,
            },
        }
    }

    /// Weight of each node after `time + 1` values: trends by Akaike's corrected criterion, nodes within a trend by
    /// likelihood.
    fn weights(&self, solved: &[Solved], time: usize) -> Vec<f64> {
        let n = time as f64 + 1.0;
        let mut best = [f64::INFINITY; 3];
        for (node, solved) in self.nodes.iter().zip(solved) {
            let best = &mut best[node.trend.place()];
            *best = best.min(solved.squares);
        }
        let criterion = |trend: Trend| {
            let unknowns = trend.unknowns();
            let penalty = 2.0 * unknowns + 2.0 * unknowns * (unknowns + 1.0) / (n - unknowns - 1.0);
            let known = time + 1 >= trend.points_min();
            if known { n * (best[trend.place()] / n).ln() + penalty } else { f64::INFINITY }
        };
        let criteria = Trend::ALL.map(criterion);
        let least = criteria.iter().copied().fold(f64::INFINITY, f64::min);
        let shares = criteria.map(|criterion| (-0.5 * (criterion - least)).exp());
        let limit = (2.0 * HOPELESS / (SHARPNESS * n)).exp();
        let mut sums = [0.0; 3];
        let mut weights = vec![0.0; solved.len()];
        for ((node, solved), weight) in self.nodes.iter().zip(solved).zip(&mut weights) {
            let place = node.trend.place();
            let ratio = solved.squares / best[place];
            if shares[place] > 1e-4 && ratio < limit {
                *weight = ratio.powf(-0.5 * SHARPNESS * n);
                sums[place] += *weight;
            }
        }
        let all: f64 = shares.iter().filter(|share| **share > 1e-4).sum();
        for (node, weight) in self.nodes.iter().zip(&mut weights).filter(|(_, weight)| **weight > 0.0) {
            let place = node.trend.place();
            *weight *= shares[place] / (sums[place] * all);
        }
        weights
    }

    /// The mean path after `time + 1` values. The variance is that of each node (Hyndman et al. 2008, table 6.1:
    /// `c_j = α + β (φ + … + φ^j)`) and that between the nodes.
    fn path(&self, run: &Run, time: usize, horizon: usize) -> Path {
        let n = time as f64 + 1.0;
        let mut solved: Vec<Solved> = (0..self.nodes.len()).map(|node| self.solve(run, time, node)).collect();
        // Below this it is rounding.
        let floor = 1e-12 * n;
        solved.iter_mut().for_each(|solved| solved.squares = solved.squares.max(floor));
        let mut points = vec![0.0; horizon];
        let mut squares = vec![0.0; horizon];
        let weights = self.weights(&solved, time);
        for ((node, solved), weight) in self.nodes.iter().zip(&solved).zip(weights) {
            if weight < 1e-5 {
                continue;
            }
            let variance = solved.squares / (n - node.trend.unknowns() + 1.0);
            let (mut level, mut slope, mut grown) = (solved.state.level, solved.state.slope, 1.0);
            let (mut damping, mut damping_sum) = (1.0, 0.0);
            for (point, square) in points.iter_mut().zip(&mut squares) {
                slope *= node.phi;
                level += slope;
                *point += weight * level;
                *square += weight * (level * level + variance * grown);
                damping *= node.phi;
                damping_sum += damping;
                grown += (node.alpha + node.beta * damping_sum).powi(2);
            }
        }
        let spread = |(point, square): (&f64, &f64)| (square - point * point).max(0.0).sqrt();
        let spreads = points.iter().zip(&squares).map(spread).collect();
        Path { points, spreads }
    }
}

impl Run {
    pub(super) fn new(nodes: usize) -> Self {
        let zeros = || vec![0.0; nodes];
        Self { level: zeros(), slope: zeros(), squares: zeros(), by_level: zeros(), by_slope: zeros() }
    }
}
