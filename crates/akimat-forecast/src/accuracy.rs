//! Measures of error, by the definitions of the M4 competition (Makridakis, Spiliotis, Assimakopoulos 2020).

use crate::model::mean_abs_change;

/// Mean of 200 |y − f| / (|y| + |f|), in per cent; a step where both are zero counts as zero.
pub fn smape(facts: &[f64], forecasts: &[f64]) -> f64 {
    mean(facts.iter().zip(forecasts).map(|(fact, forecast)| {
        let size = fact.abs() + forecast.abs();
        if size > 0.0 { 200.0 * (fact - forecast).abs() / size } else { 0.0 }
    }))
}

/// Mean of |y − f|, in the unit of the series.
pub fn mae(facts: &[f64], forecasts: &[f64]) -> f64 {
    mean(facts.iter().zip(forecasts).map(|(fact, forecast)| (fact - forecast).abs()))
}

/// What MASE divides by: the mean absolute change over a season inside the training part (over one step if
/// it is not longer than a season). `None` when there is no change.
pub fn mase_scale(training: &[f64], season: usize) -> Option<f64> {
    let lag = if training.len() > season { season.max(1) } else { 1 };
    Some(mean_abs_change(training, lag)).filter(|scale| *scale > 0.0)
}

/// Mean scaled interval score at one level: width plus `2/a` times what falls outside, over the MASE scale.
pub fn msis(facts: &[f64], intervals: &[(f64, f64)], level: u8, scale: f64) -> f64 {
    let penalty = 2.0 / (1.0 - f64::from(level) / 100.0);
    mean(facts.iter().zip(intervals).map(|(fact, (low, high))| {
        let outside = (low - fact).max(0.0) + (fact - high).max(0.0);
        (high - low + penalty * outside) / scale
    }))
}

/// Mean; 0 of nothing.
pub(crate) fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_follow_their_definitions() {
        let close = |got: f64, want: f64| assert!((got - want).abs() < 1e-12, "{got} is not {want}");
        close(smape(&[100.0, 0.0], &[300.0, 0.0]), 50.0);
        close(mae(&[1.0, 2.0], &[2.0, 5.0]), 2.0);
        assert_eq!(mase_scale(&[1.0, 2.0, 4.0], 1), Some(1.5));
        assert_eq!(mase_scale(&[1.0, 2.0, 4.0], 2), Some(3.0));
        assert_eq!(mase_scale(&[1.0, 1.0], 4), None);
        // Inside: the width 4. One above the interval: 4 + 40 × 1. Scale 2.
        close(msis(&[0.0, 3.0], &[(-2.0, 2.0), (-2.0, 2.0)], 95, 2.0), (4.0 + 44.0) / 2.0 / 2.0);
    }
}
