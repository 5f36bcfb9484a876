//! How often to take differences before a series can be taken for stationary.

use super::decompose::seasonal_strength;

/// Five per cent value of the test of Kwiatkowski, Phillips, Schmidt and Shin around a level (Journal of Econometrics
/// 54, 1992, table 1).
const KPSS_LIMIT: f64 = 0.463;
/// Share of the seasonal variance from which a seasonal difference is taken (Wang, Smith, Hyndman 2006; the value is
/// that of the automatic choice of Hyndman and Khandakar since 2018, fitted on the M3 series).
const STRONG_SEASON: f64 = 0.64;
/// Most ordinary differences.
const DIFFERENCES_MAX: usize = 2;

/// A series of differences and how many were taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Differenced {
    pub(super) values: Vec<f64>,
    /// Ordinary differences, 0 to 2.
    pub(super) ordinary: usize,
    /// Seasonal differences, 0 or 1.
    pub(super) seasonal: usize,
}

/// A seasonal difference where the season is strong, then ordinary ones until the KPSS test is content.
pub(super) fn difference(values: &[f64], period: usize) -> Differenced {
    let strong = period > 1 && values.len() > 2 * period && seasonal_strength(values, period) > STRONG_SEASON;
    let mut current = if strong { differences(values, period) } else { values.to_vec() };
    let mut ordinary = 0;
    while ordinary < DIFFERENCES_MAX
        && current.len() > 3
        && !is_constant(&current)
        && kpss(&current) > KPSS_LIMIT
    {
        current = differences(&current, 1);
        ordinary += 1;
    }
    Differenced { values: current, ordinary, seasonal: usize::from(strong) }
}

fn differences(values: &[f64], lag: usize) -> Vec<f64> {
    values.iter().zip(&values[lag..]).map(|(before, value)| value - before).collect()
}

/// Whether all values are the same up to rounding.
pub(super) fn is_constant(values: &[f64]) -> bool {
    let size = values.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
    values.iter().all(|value| (value - values[0]).abs() <= 1e-10 * size)
}

/// The statistic of Kwiatkowski, Phillips, Schmidt and Shin around a level, with 3 √n / 13 lags and Bartlett's weights.
fn kpss(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let rest: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let (mut running, mut squares) = (0.0, 0.0);
    for value in &rest {
        running += value;
        squares += running * running;
    }
    let covariance = |lag: usize| rest.iter().zip(&rest[lag..]).map(|(a, b)| a * b).sum::<f64>() / n;
    let lag_limit = 3.0 * n.sqrt() / 13.0;
    let n_lags = (1..values.len()).take_while(|&lag| lag as f64 <= lag_limit).count();
    let weighted = |lag: usize| 2.0 * (1.0 - lag as f64 / (n_lags as f64 + 1.0)) * covariance(lag);
    let long_run = covariance(0) + (1..=n_lags).map(weighted).sum::<f64>();
    squares / (n * n * long_run)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values 1 2 3 4 less their mean: −1.5 −0.5 0.5 1.5; running −1.5 −2 −1.5 0, squares 8.5; no lag (3·2/13 < 1);
    /// variance 1.25: 8.5 / (16 · 1.25) = 0.425.
    #[test]
    fn the_statistic_is_that_by_hand() {
        assert!((kpss(&[1.0, 2.0, 3.0, 4.0]) - 0.425).abs() < 1e-12);
    }

    #[test]
    fn trends_and_seasons_are_differenced_and_noise_is_not() {
        let wave: Vec<f64> = (0..24).map(|t| f64::from(t * 5 % 7)).collect();
        let taken = |values: &[f64], period: usize| {
            let d = difference(values, period);
            (d.ordinary, d.seasonal)
        };
        assert_eq!(taken(&wave, 1), (0, 0));
        let line: Vec<f64> = wave.iter().enumerate().map(|(t, w)| 3.0 * t as f64 + w).collect();
        assert_eq!(taken(&line, 1), (1, 0));
        let season: Vec<f64> =
            wave.iter().enumerate().map(|(t, w)| [0.0, 50.0, 20.0, 70.0][t % 4] + w).collect();
        assert_eq!(taken(&season, 4), (0, 1));
    }
}
