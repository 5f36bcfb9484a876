use super::grid::Run;
use super::*;
use crate::optimise::least_squares;

fn points(values: &[f64], horizon: usize) -> Vec<f64> {
    Ets.predict(&History { values, season: 1 }, horizon).unwrap().points
}

#[test]
fn a_line_is_continued() {
    let line: Vec<f64> = (0..12).map(|t| 50.0 - 2.5 * f64::from(t)).collect();
    for (h, point) in points(&line, 4).iter().enumerate() {
        let want = 50.0 - 2.5 * (12.0 + h as f64);
        assert!((point - want).abs() < 1e-3, "step {h}: {point} is not {want}");
    }
}

/// What a node says after one pass is what least squares on its errors, written out one by one, say.
#[test]
fn the_initial_states_are_the_best_ones() {
    let values = [2.0, 4.0, 4.0, 5.5, 5.0, 7.0, 6.5, 8.0];
    let mut run = Run::new(GRID.nodes().len());
    for (time, value) in values.iter().enumerate() {
        GRID.take(&mut run, time, *value);
    }
    let discounts: Vec<f64> = (0..8).map(|t| 0.95_f64.powi(7 - t)).collect();
    let equal = 8.0 / discounts.iter().map(|d| d * d).sum::<f64>();
    for (place, node) in GRID.nodes().iter().enumerate() {
        let errors = |values: [f64; 8], level: f64, slope: f64| -> Vec<f64> {
            let (mut level, mut slope) = (level, slope);
            let error = |(value, discount): (f64, &f64)| {
                let expected: f64 = level + node.phi * slope;
                let error = value - expected;
                (level, slope) = (expected + node.alpha * error, node.phi * slope + node.beta * error);
                discount * error
            };
            values.into_iter().zip(&discounts).map(error).collect()
        };
        let minus = |errors: Vec<f64>| errors.into_iter().map(|error| -error).collect::<Vec<f64>>();
        let target = errors(values, 0.0, 0.0);
        let by_level = minus(errors([0.0; 8], 1.0, 0.0));
        let slope = if node.trend == Trend::None { 0.0 } else { 1.0 };
        let by_slope = minus(errors([0.0; 8], 0.0, slope));
        let (level, slope) = least_squares(&target, &by_level, &by_slope);
        let left = |t: usize| target[t] - level * by_level[t] - slope * by_slope[t];
        let want = equal * (0..8).map(|t| left(t).powi(2)).sum::<f64>();
        let got = GRID.solve(&run, values.len() - 1, place).squares;
        assert!((got - want).abs() < 1e-9, "{node:?}: {got} is not {want}");
    }
}

#[test]
fn noise_around_a_level_gets_no_trend() {
    let wave = [10.0, 12.0, 9.0, 11.0, 10.0, 9.0, 12.0, 11.0, 9.0, 10.0, 11.0, 10.0];
    for point in points(&wave, 3) {
        assert!((point - 124.0 / 12.0).abs() < 0.4, "{point}");
    }
}

#[test]
fn a_short_history_gets_only_what_it_can_carry() {
    let predict = |values: &[f64]| Ets.predict(&History { values, season: 1 }, 2);
    assert_eq!(predict(&[1.0, 2.0, 4.0, 3.0]), Err(FitError::TooShort { have: 4, need: 5 }));
    let level = points(&[1.0, 2.0, 3.0, 5.0, 4.0], 2);
    assert_eq!(level[0], level[1]);
    assert!(predict(&[1e308, -1e308, 1e308, -1e308, 1e308, -1e308]).is_err());
    assert!(predict(&[1e200, -1e200, 1e200, 2e200, 1e200, -1e200]).is_ok());
}

#[test]
fn one_pass_says_what_every_beginning_says() {
    for n in [20_u32, 130] {
        let values: Vec<f64> = (0..n).map(|t| f64::from(t * 7 % 11) + 0.8 * f64::from(t)).collect();
        let cuts = [(values.len(), 3), (4, 1), (13, 2), (5, 4), (values.len() - 1, 2)];
        let together = Ets.predict_at(&History { values: &values, season: 1 }, &cuts);
        for ((at, horizon), path) in cuts.into_iter().zip(together) {
            let alone = Ets.predict(&History { values: &values[..at], season: 1 }, horizon);
            let (Ok(path), Ok(alone)) = (&path, &alone) else {
                assert_eq!(path, alone);
                continue;
            };
            for (a, b) in
                path.points.iter().chain(&path.spreads).zip(alone.points.iter().chain(&alone.spreads))
            {
                assert!((a - b).abs() < 1e-6, "{at}: {a} is not {b}");
            }
        }
    }
}
