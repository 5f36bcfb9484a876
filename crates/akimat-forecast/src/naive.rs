//! The forecasts every other one must beat: the last value, the value a season ago, and the last value
//! with the season put back (Naive2 of the M competitions).

use crate::model::{FitError, History, Model, Path, checked};
use crate::season;

/// The last value for ever.
#[derive(Clone, Copy, Debug)]
pub struct Naive;

/// The value of the same season a year ago; for yearly series the same as [`Naive`].
#[derive(Clone, Copy, Debug)]
pub struct SeasonalNaive;

/// [`Naive`] on the seasonally adjusted series, the yardstick of OWA.
#[derive(Clone, Copy, Debug)]
pub struct Naive2;

impl Model for Naive {
    fn code(&self) -> &'static str {
        "naive"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        repeat_last(history.values, 1, horizon)
    }
}

impl Model for SeasonalNaive {
    fn code(&self) -> &'static str {
        "seasonal_naive"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        repeat_last(history.values, history.season.max(1), horizon)
    }
}

impl Model for Naive2 {
    fn code(&self) -> &'static str {
        "naive2"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        let adjusted = season::adjust_m4(history.values, history.season);
        let mut path = repeat_last(&adjusted.values, 1, horizon)?;
        for h in 0..horizon {
            path.points[h] = adjusted.restore(h, path.points[h]);
            path.spreads[h] *= adjusted.stretch(h);
        }
        checked(path)
    }
}

/// Repeats the last `lag` values; the spread is the root mean square of the changes over `lag`, growing
/// with the square root of the number of seasons ahead (a random walk).
fn repeat_last(values: &[f64], lag: usize, horizon: usize) -> Result<Path, FitError> {
    let n = values.len();
    if n <= lag {
        return Err(FitError::TooShort { have: n, need: lag + 1 });
    }
    let squares: f64 = values.iter().zip(&values[lag..]).map(|(a, b)| (b - a).powi(2)).sum();
    let one_step = (squares / (n - lag) as f64).sqrt();
    let points = (0..horizon).map(|h| values[n - lag + h % lag]).collect();
    let spreads = (0..horizon).map(|h| one_step * ((h / lag + 1) as f64).sqrt()).collect();
    checked(Path { points, spreads })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn naive_paths_are_what_their_names_say() {
        let values = [1.0, 2.0, 3.0, 4.0, 3.0, 4.0, 5.0, 8.0];
        let check = |model: &dyn Model, season: usize, points: &[f64], spreads: &[f64]| {
            let path = model.predict(&History { values: &values, season }, points.len()).unwrap();
            assert_eq!(path.points, points, "{model:?}");
            for (got, want) in path.spreads.iter().zip(spreads) {
                assert!((got - want).abs() < 1e-12, "{model:?}: {got} is not {want}");
            }
        };
        // Changes 1 1 1 -1 1 1 3: mean square 15/7. A year ago: 2 2 2 4, mean square 7.
        let step = (15.0_f64 / 7.0).sqrt();
        check(&Naive, 1, &[8.0, 8.0], &[step, step * 2.0_f64.sqrt()]);
        let year = 7.0_f64.sqrt();
        check(
            &SeasonalNaive,
            4,
            &[3.0, 4.0, 5.0, 8.0, 3.0],
            &[year, year, year, year, year * 2.0_f64.sqrt()],
        );
        check(&Naive2, 4, &[8.0, 8.0], &[step]);
        let short = History { values: &values[..4], season: 4 };
        assert_eq!(SeasonalNaive.predict(&short, 1), Err(FitError::TooShort { have: 4, need: 5 }));
    }
}
