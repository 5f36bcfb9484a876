//! The exact likelihood of a stationary process of autoregression and moving average.
//!
//! The Kalman filter without its matrices: for such a process the change of the filter's covariance has rank one and is
//! carried as one vector (recursions of Chandrasekhar: Morf, Sidhu, Kailath, IEEE Transactions on Automatic Control 19,
//! 1974; for this use Pearlman, Biometrika 67, 1980, and Mélard, Applied Statistics 33, 1984), so that a value costs as
//! many operations as the process has terms.

/// `x_t = Σ ar_i x_(t−i) + e_t + Σ ma_j e_(t−j)` with errors of variance one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arma {
    pub(super) ar: Vec<f64>,
    pub(super) ma: Vec<f64>,
}

/// Where the filter stands after a series: the next expected values are read from it.
pub(super) type Prediction = Vec<f64>;

/// Below this the filter has forgotten where it began.
const SETTLED: f64 = 1e-12;

/// Coefficients of a stationary autoregression from its partial autocorrelations (recursion of Durbin and Levinson;
/// Barndorff-Nielsen, Schou 1973): inside −1..1 each choice is a stationary process and each process a choice.
pub(super) fn from_partial(partial: &[f64]) -> Vec<f64> {
    let mut coefficients: Vec<f64> = Vec::with_capacity(partial.len());
    for (k, &last) in partial.iter().enumerate() {
        let before = coefficients.clone();
        for (j, coefficient) in coefficients.iter_mut().enumerate() {
            *coefficient -= last * before[k - 1 - j];
        }
        coefficients.push(last);
    }
    coefficients
}

/// Coefficients of `1 − Σ a_i B^i` times `1 − Σ b_j B^(jm)`, written in the same way.
pub(super) fn with_season(plain: &[f64], seasonal: &[f64], period: usize) -> Vec<f64> {
    let mut product = vec![0.0; plain.len() + seasonal.len() * period];
    product[..plain.len()].copy_from_slice(plain);
    for (j, b) in seasonal.iter().enumerate() {
        let lag = (j + 1) * period;
        product[lag - 1] += b;
        for (i, a) in plain.iter().enumerate() {
            product[lag + i] -= a * b;
        }
    }
    product
}

/// Whether `1 − Σ a_i z^i` has all its roots farther from zero than `radius`: the partial autocorrelations of the
/// coefficients scaled by it stay inside −1..1.
pub(super) fn roots_beyond(coefficients: &[f64], radius: f64) -> bool {
    let mut power = 1.0;
    let scaled = coefficients.iter().map(|a| {
        power *= radius;
        a * power
    });
    let mut current: Vec<f64> = scaled.collect();
    while let Some(last) = current.pop() {
        if last.abs() >= 1.0 || last.is_nan() {
            return false;
        }
        current = stepped_down(&current, last);
    }
    true
}

/// The autoregression one order lower that predicts best, from the other coefficients and the last.
fn stepped_down(others: &[f64], last: f64) -> Vec<f64> {
    let share = 1.0 / (1.0 - last * last);
    others.iter().zip(others.iter().rev()).map(|(a, mirrored)| (a + last * mirrored) * share).collect()
}

impl Arma {
    fn n_states(&self) -> usize {
        self.ar.len().max(self.ma.len() + 1)
    }

    fn ar(&self, i: usize) -> f64 {
        self.ar.get(i).copied().unwrap_or(0.0)
    }

    /// Weight of the error `j` steps ago, 1 for the newest.
    fn ma(&self, j: usize) -> f64 {
        if j == 0 { 1.0 } else { self.ma.get(j - 1).copied().unwrap_or(0.0) }
    }

    /// Autocovariances of the autoregressive part up to a lag; `None` when it is not stationary.
    fn covariances_of_ar(&self, lag_max: usize) -> Option<Vec<f64>> {
        let mut lower: Vec<Vec<f64>> = vec![self.ar.clone()];
        let mut variance = 1.0;
        while let Some((&last, others)) = lower.last().and_then(|ar| ar.split_last()) {
            if last.abs() >= 1.0 || last.is_nan() {
                return None;
            }
            variance /= 1.0 - last * last;
            let next = stepped_down(others, last);
            lower.push(next);
        }
        let mut covariances = vec![variance];
        for lag in 1..=lag_max {
            let ar = &lower[self.ar.len().saturating_sub(lag)];
            let next = ar.iter().zip(covariances.iter().rev()).map(|(a, c)| a * c).sum();
            covariances.push(next);
        }
        Some(covariances)
    }

    /// Weights of past errors in the process, newest first.
    pub(super) fn responses(&self, n: usize) -> Vec<f64> {
        let mut responses: Vec<f64> = Vec::with_capacity(n);
        for j in 0..n {
            let past: f64 = self.ar.iter().zip(responses.iter().rev()).map(|(a, r)| a * r).sum();
            responses.push(self.ma(j) + past);
        }
        responses
    }

    /// Covariances of the stationary state with the process: what the filter starts from.
    fn first_covariances(&self) -> Option<Vec<f64>> {
        let (r, q) = (self.n_states(), self.ma.len());
        let of_ar = self.covariances_of_ar(r + q)?;
        // Autocovariances of the moving average, then of the process.
        let of_ma: Vec<f64> =
            (0..=q).map(|d| (0..=q - d).map(|i| self.ma(i) * self.ma(i + d)).sum()).collect();
        let covariance = |lag: usize| {
            let both = |d: usize| of_ar[lag + d] + of_ar[lag.abs_diff(d)];
            of_ma[0] * of_ar[lag] + (1..=q).map(|d| of_ma[d] * both(d)).sum::<f64>()
        };
        let covariances: Vec<f64> = (0..=r).map(covariance).collect();
        let responses = self.responses(r);
        let of_state = |i: usize| {
            let term = |k: usize| self.ar(k) * covariances[k + 1 - i] + self.ma(k) * responses[k - i];
            if i == 0 { covariances[0] } else { (i..r).map(term).sum() }
        };
        Some((0..r).map(of_state).collect())
    }

    /// Moves a state one step on: `(T v)_i = ar_(i+1) v_0 + v_(i+1)`.
    fn move_on(&self, state: &[f64], moved: &mut [f64]) {
        let r = state.len();
        for i in 0..r {
            moved[i] = self.ar(i) * state[0] + if i + 1 < r { state[i + 1] } else { 0.0 };
        }
    }

    /// One-step errors of the series less its mean, each over its standard deviation and times the geometric mean of
    /// all of these: the sum of their squares is least where the likelihood is greatest. Where the filter stands at the
    /// end; `None` when the process is not stationary or numbers break down.
    pub(super) fn run(&self, series: &[f64], mean: f64, errors: &mut Vec<f64>) -> Option<Prediction> {
        let r = self.n_states();
        let first = self.first_covariances()?;
        let mut variance = first[0];
        let mut gain = vec![0.0; r];
        self.move_on(&first, &mut gain);
        let (mut change, mut sign) = (gain.clone(), -1.0 / variance);
        let (mut state, mut moved) = (vec![0.0; r], vec![0.0; r]);
        let (mut log_variance, mut settled) = (0.0, false);
        errors.clear();
        for value in series {
            let error = value - mean - state[0];
            if variance.is_nan() || variance <= 0.5 {
                return None;
            }
            errors.push(error / variance.sqrt());
            log_variance += variance.ln();
            self.move_on(&state, &mut moved);
            let share = error / variance;
            for (state, (moved, gain)) in state.iter_mut().zip(moved.iter().zip(&gain)) {
                *state = moved + gain * share;
            }
            if settled {
                continue;
            }
            self.move_on(&change, &mut moved);
            let front = change[0];
            let before = variance;
            variance += sign * front * front;
            for (gain, moved) in gain.iter_mut().zip(&moved) {
                *gain += sign * front * moved;
            }
            sign += sign * sign * front * front / before;
            let share = front / variance;
            let mut left = 0.0;
            for (change, (moved, gain)) in change.iter_mut().zip(moved.iter().zip(&gain)) {
                *change = moved - gain * share;
                left += *change * *change;
            }
            settled = left * sign.abs() < SETTLED;
        }
        let scale = (0.5 * log_variance / series.len() as f64).exp();
        errors.iter_mut().for_each(|error| *error *= scale);
        Some(state)
    }

    /// The next values, less the mean, from where the filter stands.
    pub(super) fn predict(&self, mut state: Prediction, horizon: usize) -> Vec<f64> {
        let mut moved = vec![0.0; state.len()];
        let mut points = Vec::with_capacity(horizon);
        for _ in 0..horizon {
            points.push(state[0]);
            self.move_on(&state, &mut moved);
            std::mem::swap(&mut state, &mut moved);
        }
        points
    }
}

#[cfg(test)]
mod tests;
