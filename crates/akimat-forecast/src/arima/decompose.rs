//! Seasonal-trend decomposition by local regression (Cleveland, Cleveland, McRae, Terpenning, "STL", Journal of Official
//! Statistics 6, 1990), without robustness weights, only as far as the strength of a season needs it.

/// Seasons that a seasonal value is smoothed over.
const SEASONAL_WINDOW: usize = 11;
/// Rounds between season and trend.
const ROUNDS: usize = 5;

/// How much of the variance of season and remainder the season has: `max(0, 1 − Var(remainder) / Var(season +
/// remainder))` (Wang, Smith, Hyndman, Data Mining and Knowledge Discovery 13, 2006).
pub(super) fn seasonal_strength(values: &[f64], period: usize) -> f64 {
    let n = values.len();
    let (mut trend, mut season) = (vec![0.0; n], vec![0.0; n]);
    let trend_window = odd_from(1.5 * period as f64 / (1.0 - 1.5 / SEASONAL_WINDOW as f64));
    let low_window = odd_from(period as f64 + 0.5);
    for _ in 0..ROUNDS {
        let detrended: Vec<f64> = values.iter().zip(&trend).map(|(value, trend)| value - trend).collect();
        let cycles = smoothed_cycles(&detrended, period);
        let low = running_mean(&running_mean(&running_mean(&cycles, period), period), 3);
        let low = smoothed(&low, low_window);
        for t in 0..n {
            season[t] = cycles[t + period] - low[t];
        }
        let adjusted: Vec<f64> = values.iter().zip(&season).map(|(value, season)| value - season).collect();
        trend = smoothed(&adjusted, trend_window);
    }
    let adjusted: Vec<f64> = values.iter().zip(&trend).map(|(value, trend)| value - trend).collect();
    let remainder: Vec<f64> = adjusted.iter().zip(&season).map(|(value, season)| value - season).collect();
    let (rest, all) = (variance(&remainder), variance(&adjusted));
    if all > 0.0 { (1.0 - rest / all).clamp(0.0, 1.0) } else { 0.0 }
}

/// The least odd number that is not below.
fn odd_from(value: f64) -> usize {
    (0..).map(|k| 2 * k + 1).find(|&odd: &usize| odd as f64 >= value).unwrap_or(1)
}

fn variance(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64
}

fn running_mean(values: &[f64], width: usize) -> Vec<f64> {
    values.windows(width).map(|window| window.iter().sum::<f64>() / width as f64).collect()
}

/// The values of each season smoothed by themselves, with one more season at both ends.
fn smoothed_cycles(values: &[f64], period: usize) -> Vec<f64> {
    let mut cycles = vec![0.0; values.len() + 2 * period];
    for first in 0..period {
        let cycle: Vec<f64> = values.iter().skip(first).step_by(period).copied().collect();
        for k in 0..cycle.len() + 2 {
            let at = k as f64 - 1.0;
            cycles[first + k * period] = local(&cycle, at, SEASONAL_WINDOW, false);
        }
    }
    cycles
}

fn smoothed(values: &[f64], window: usize) -> Vec<f64> {
    (0..values.len()).map(|t| local(values, t as f64, window, true)).collect()
}

/// Local regression at a position (values stand at 0, 1, ...) with tricube weights: a mean, or a line.
fn local(values: &[f64], at: f64, window: usize, line: bool) -> f64 {
    let n = values.len();
    let width = window.min(n);
    let half = (width / 2) as f64;
    let first = (0..=n - width).take_while(|&first| first as f64 <= (at - half).max(0.0)).last().unwrap_or(0);
    let last = first + width - 1;
    let more = if window > n { ((window - n) / 2) as f64 } else { 0.0 };
    let reach = (at - first as f64).abs().max((last as f64 - at).abs()) + more;
    let (mut sum, mut sum_t, mut sum_y) = (0.0, 0.0, 0.0);
    let weight = |t: usize| {
        let distance = (t as f64 - at).abs() / reach;
        if distance <= 0.001 {
            1.0
        } else if distance <= 0.999 {
            (1.0 - distance.powi(3)).powi(3)
        } else {
            0.0
        }
    };
    let near = || values.iter().enumerate().take(last + 1).skip(first);
    for (t, value) in near() {
        let weight = weight(t);
        sum += weight;
        sum_t += weight * t as f64;
        sum_y += weight * value;
    }
    if sum <= 0.0 {
        return values[first];
    }
    let (mean_t, mean) = (sum_t / sum, sum_y / sum);
    if !line {
        return mean;
    }
    let (mut square, mut cross) = (0.0, 0.0);
    for (t, value) in near() {
        let (weight, distance) = (weight(t), t as f64 - mean_t);
        square += weight * distance * distance;
        cross += weight * distance * value;
    }
    // A line through points that are all in one place is their mean.
    if (square / sum).sqrt() > 0.001 * (n as f64 - 1.0) {
        mean + cross / square * (at - mean_t)
    } else {
        mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_odd() {
        assert_eq!([odd_from(4.5), odd_from(6.95), odd_from(12.5), odd_from(20.84)], [5, 7, 13, 21]);
    }

    #[test]
    fn lines_pass_through_local_regression() {
        let line: Vec<f64> = (0..20).map(|t| 3.0 + 2.0 * f64::from(t)).collect();
        for (t, value) in smoothed(&line, 7).iter().enumerate() {
            assert!((value - line[t]).abs() < 1e-9, "{t}: {value}");
        }
    }

    #[test]
    fn strength_tells_season_from_noise() {
        let noise = |t: usize| ((t * 7919 + 13) % 101) as f64 / 101.0;
        let none: Vec<f64> = (0..40).map(noise).collect();
        let strong: Vec<f64> = (0..40).map(|t| [0.0, 5.0, 2.0, 7.0][t % 4] + t as f64 + noise(t)).collect();
        assert!(seasonal_strength(&none, 4) < 0.5 && seasonal_strength(&strong, 4) > 0.9);
    }
}
