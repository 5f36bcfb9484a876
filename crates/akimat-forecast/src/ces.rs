//! Complex exponential smoothing: the level and a hidden second part of it are one complex number, and so is the
//! weight of an error; level and trend need no telling apart (Svetunkov, Kourentzes, Ord, "Complex exponential
//! smoothing", Naval Research Logistics 69, 2022).
//!
//! Without season, with a simple one (the recursion steps over whole seasons), a partial one (summands beside it) or a
//! full one (a second complex number that steps over seasons); the one with the least AICc.

use crate::model::{Cut, FitError, History, Model, Path, checked, predict_each};
use crate::optimise::{Bounds, Valley, marquardt};

/// Complex exponential smoothing with the season chosen by AICc.
#[derive(Clone, Copy, Debug)]
pub struct Ces;

/// How the season enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// There is none.
    None,
    /// The whole recursion steps over seasons.
    Simple,
    /// Summands with a weight of their own.
    Partial,
    /// A second complex number with weights of its own.
    Full,
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// How the season enters.
    pub kind: Kind,
    /// The weights: real and imaginary part, then those of the season.
    pub weights: Vec<f64>,
    /// Akaike's criterion corrected for small samples; lower is better.
    pub aicc: f64,
    state: State,
    sigma: f64,
    scale: f64,
}

/// Fewest points: two weights, two initial states and the variance, one to spare.
const POINTS_MIN: usize = 6;

/// Bounds of the real and imaginary weights of the level, inside which the conditions of stability decide.
const LEVEL: [Bounds; 2] = [(0.01, 1.8), (0.01, 1.9)];
/// Bounds of the weights of the season.
const SEASON: Bounds = (0.01, 1.5);

/// Where the search starts.
const STARTS: [[f64; 4]; 2] = [[1.3, 1.0, 0.1, 0.5], [1.7, 1.05, 0.5, 1.0]];

/// Rounds of the search, and of one that starts near its end.
const ROUNDS: usize = 40;
const ROUNDS_NEAR: usize = 4;

/// What the level's hidden part begins with, as a share of the level.
const HIDDEN_SHARE: f64 = 1.0 / 1.1;

impl Model for Ces {
    fn code(&self) -> &'static str {
        "ces"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        checked(choose(history)?.path(horizon))
    }

    /// The longest history is fitted as if it were alone; at every earlier place the search starts from the weights found
    /// at the place before it, which are near and were known by then.
    fn predict_at(&self, history: &History<'_>, cuts: &[Cut]) -> Vec<Result<Path, FitError>> {
        let longest = cuts.iter().map(|(at, _)| *at).max().unwrap_or(0);
        if history.season > 1 {
            return predict_each(self, history, cuts);
        }
        let mut order: Vec<usize> = (0..cuts.len()).collect();
        order.sort_unstable_by_key(|place| cuts[*place].0);
        let mut paths: Vec<Result<Path, FitError>> = vec![Err(FitError::Overflow); cuts.len()];
        let mut before: Option<[f64; 4]> = None;
        for place in order {
            let (at, horizon) = cuts[place];
            let values = &history.values[..at];
            let near = before.filter(|_| at < longest);
            let fitted = if at < POINTS_MIN {
                Err(FitError::TooShort { have: at, need: POINTS_MIN })
            } else if let Some(near) = near {
                fit_from(values, 1, Kind::None, (&[near], ROUNDS_NEAR)).ok_or(FitError::Overflow)
            } else {
                choose(&History { values, season: 1 })
            };
            if let Ok(fitted) = &fitted {
                before = Some([fitted.weights[0], fitted.weights[1], 0.0, 0.0]);
            }
            paths[place] = fitted.and_then(|fitted| checked(fitted.path(horizon)));
        }
        paths
    }
}

/// The model with the least AICc.
///
/// # Errors
/// [`FitError::TooShort`] below six points, [`FitError::Overflow`] when the values cannot be squared.
pub fn choose(history: &History<'_>) -> Result<Fitted, FitError> {
    let (values, period) = (history.values, history.season);
    if values.len() < POINTS_MIN {
        return Err(FitError::TooShort { have: values.len(), need: POINTS_MIN });
    }
    let seasonal = period > 1 && values.len() >= 2 * period;
    let kinds: &[Kind] =
        if seasonal { &[Kind::None, Kind::Simple, Kind::Partial, Kind::Full] } else { &[Kind::None] };
    kinds
        .iter()
        .filter_map(|&kind| fit(values, period, kind))
        .min_by(|a, b| a.aicc.total_cmp(&b.aicc))
        .ok_or(FitError::Overflow)
}

/// Both parts of a complex state.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Complex {
    level: f64,
    hidden: f64,
}

impl Complex {
    /// The recursion of the paper, equation 14: `l = l − (1−b) c + (a−b) e`, `c = l + (1−a) c + (a+b) e`.
    fn next(self, a: f64, b: f64, error: f64) -> Self {
        Self {
            level: self.level - (1.0 - b) * self.hidden + (a - b) * error,
            hidden: self.level + (1.0 - a) * self.hidden + (a + b) * error,
        }
    }
}

/// The complex levels and seasons, each the latest of its position in the season.
#[derive(Clone, Debug, PartialEq)]
struct State {
    levels: Vec<Complex>,
    seasons: Vec<Complex>,
    time: usize,
}

impl State {
    fn positions(&self) -> (usize, usize) {
        let within = |n: usize| if n <= 1 { 0 } else { self.time % n };
        (within(self.levels.len()), within(self.seasons.len()))
    }

    fn expected(&self) -> f64 {
        let (i, j) = self.positions();
        self.levels[i].level + self.seasons.get(j).map_or(0.0, |season| season.level)
    }

    /// Moves the parts of this time by an error, the time itself stays.
    fn take(&mut self, kind: Kind, weights: &[f64], error: f64) {
        let (i, j) = self.positions();
        self.levels[i] = self.levels[i].next(weights[0], weights[1], error);
        match kind {
            Kind::None | Kind::Simple => {}
            Kind::Partial => self.seasons[j].level += weights[2] * error,
            Kind::Full => self.seasons[j] = self.seasons[j].next(weights[2], weights[3], error),
        }
    }

    /// Learns a value from where the state stands; the error.
    fn learn(&mut self, kind: Kind, weights: &[f64], value: f64) -> f64 {
        let error = value - self.expected();
        self.take(kind, weights, error);
        error
    }

    /// Runs to the end of the series and a season beyond, back again and a season before it: what the state would have
    /// been before the first value. The time of the first value is one season.
    fn backcast(&mut self, kind: Kind, weights: &[f64], scaled: &[f64]) {
        let season = self.levels.len().max(self.seasons.len());
        self.time = season;
        for &value in scaled {
            self.learn(kind, weights, value);
            self.time += 1;
        }
        for _ in 0..season {
            self.take(kind, weights, 0.0);
            self.time += 1;
        }
        self.time -= season;
        for &value in scaled.iter().rev() {
            self.time -= 1;
            self.learn(kind, weights, value);
        }
        for _ in 0..season {
            self.time -= 1;
            self.take(kind, weights, 0.0);
        }
        self.time = season;
    }
}

impl Kind {
    fn n_weights(self) -> usize {
        match self {
            Self::None | Self::Simple => 2,
            Self::Partial => 3,
            Self::Full => 4,
        }
    }

    /// First guess of the initial states from the first values; running there and back replaces it.
    fn before(self, scaled: &[f64], period: usize) -> State {
        let complex = |level: f64| Complex { level, hidden: level * HIDDEN_SHARE };
        let mean = |n: usize| scaled[..n].iter().sum::<f64>() / n as f64;
        let levels = match self {
            Self::None => vec![complex(mean(scaled.len().min(10)))],
            Self::Simple => scaled[..period].iter().map(|&value| complex(value)).collect(),
            Self::Partial | Self::Full => vec![complex(mean(period))],
        };
        let seasons = match self {
            Self::None | Self::Simple => Vec::new(),
            Self::Partial | Self::Full => crate::season::summands(scaled, period)
                .into_iter()
                .map(|level| if self == Self::Full { complex(level) } else { Complex { level, hidden: 0.0 } })
                .collect(),
        };
        State { levels, seasons, time: 0 }
    }
}

/// Fits one kind; `None` when it does not exist on these values.
pub fn fit(values: &[f64], period: usize, kind: Kind) -> Option<Fitted> {
    fit_from(values, period, kind, (&STARTS, ROUNDS))
}

/// As [`fit`], from other starts.
fn fit_from(values: &[f64], period: usize, kind: Kind, search: (&[[f64; 4]], usize)) -> Option<Fitted> {
    let (starts, rounds) = search;
    let n = values.len();
    let n_weights = kind.n_weights();
    if n < POINTS_MIN || n <= n_weights + 2 || (kind != Kind::None && (period < 2 || n < 2 * period)) {
        return None;
    }
    let scale = values.iter().map(|value| value.abs() / n as f64).sum::<f64>();
    let scale = if scale > 0.0 { scale } else { 1.0 };
    let scaled: Vec<f64> = values.iter().map(|value| value / scale).collect();
    let before = kind.before(&scaled, period);
    let bounds: Vec<Bounds> = LEVEL.into_iter().chain([SEASON; 2]).take(n_weights).collect();
    let run = |state: &mut State, weights: &[f64], errors: &mut Vec<f64>| {
        state.levels.copy_from_slice(&before.levels);
        state.seasons.copy_from_slice(&before.seasons);
        state.backcast(kind, weights, &scaled);
        errors.clear();
        for &value in &scaled {
            errors.push(state.learn(kind, weights, value));
            state.time += 1;
        }
    };
    let mut state = before.clone();
    let mut best: Option<Valley> = None;
    for start in starts {
        let found = marquardt(&start[..n_weights], &bounds, rounds, |weights, errors| {
            run(&mut state, weights, errors);
            is_stable(weights[0], weights[1])
        });
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| found.squares < best.squares)
        {
            best = Some(found);
        }
    }
    let best = best?;
    run(&mut state, &best.at, &mut Vec::with_capacity(n));
    let (count, unknowns) = (n as f64, n_weights as f64 + 1.0);
    let penalty = 2.0 * unknowns + 2.0 * unknowns * (unknowns + 1.0) / (count - unknowns - 1.0);
    let aicc = count * best.squares.max(1e-20 * count).ln() + penalty;
    let sigma = (best.squares / (count - unknowns - 1.0).max(1.0)).sqrt();
    Some(Fitted { kind, weights: best.at, aicc, state, sigma, scale })
}

/// Conditions of stability of the model without season (Svetunkov et al. 2022, equation 20).
fn is_stable(a: f64, b: f64) -> bool {
    (a - 2.5).powi(2) + b.powi(2) > 1.25
        && (a - 0.5).powi(2) + (b - 1.0).powi(2) > 0.25
        && (a - 1.5).powi(2) + (b - 0.5).powi(2) < 1.5
}

impl Fitted {
    /// Continues the series. The spread at a step is the root of the summed squared responses to one error.
    pub fn path(&self, horizon: usize) -> Path {
        let mut state = self.state.clone();
        let mut answer = State {
            levels: vec![Complex::default(); state.levels.len()],
            seasons: vec![Complex::default(); state.seasons.len()],
            time: state.time,
        };
        let mut path = Path { points: Vec::with_capacity(horizon), spreads: Vec::with_capacity(horizon) };
        let mut variance = 0.0;
        for h in 0..horizon {
            let response = if h == 0 { 1.0 } else { answer.expected() };
            variance += response * response;
            answer.take(self.kind, &self.weights, if h == 0 { 1.0 } else { 0.0 });
            answer.time += 1;
            path.points.push(self.scale * state.expected());
            path.spreads.push(self.scale * self.sigma * variance.sqrt());
            state.take(self.kind, &self.weights, 0.0);
            state.time += 1;
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_kept_and_a_rise_is_continued() {
        let wave: Vec<f64> = (0..24).map(|t| 100.0 + f64::from(t * 5 % 7)).collect();
        let level = Ces.predict(&History { values: &wave, season: 1 }, 3).unwrap();
        assert!(level.points.iter().all(|point| (point - 103.0).abs() < 4.0), "{level:?}");
        let line: Vec<f64> = (0..30).map(|t| 50.0 + 2.0 * f64::from(t)).collect();
        let rise = Ces.predict(&History { values: &line, season: 1 }, 2).unwrap();
        assert!((rise.points[0] - 110.0).abs() < 2.0, "{rise:?}");
        assert!(rise.spreads[1] >= rise.spreads[0]);
    }

    #[test]
    fn a_season_is_seen() {
        let values: Vec<f64> =
            (0..32).map(|t| [80.0, 100.0, 130.0, 90.0][t % 4] + (t * 3 % 5) as f64).collect();
        let fitted = choose(&History { values: &values, season: 4 }).unwrap();
        assert_ne!(fitted.kind, Kind::None);
        let points = fitted.path(4).points;
        assert!(points[2] - points[0] > 35.0, "{points:?}");
    }

    /// By hand: level 1, hidden 0, a = 1.3, b = 1, error 2: level 1 + 0.6, hidden 1 + 4.6.
    #[test]
    fn the_recursion_is_that_of_the_paper() {
        let next = Complex { level: 1.0, hidden: 0.0 }.next(1.3, 1.0, 2.0);
        assert!((next.level - 1.6).abs() < 1e-12 && (next.hidden - 5.6).abs() < 1e-12, "{next:?}");
    }
}
