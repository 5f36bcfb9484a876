use super::*;

/// The running trend must equal ordinary least squares on 1..t, computed here in the plain way.
#[test]
fn the_running_trend_is_ordinary_least_squares() {
    let values = [3.0, 7.0, 4.0, 9.0, 12.0, 8.0];
    let mut state = Trend::default();
    for (i, &value) in values.iter().enumerate() {
        state.take(value);
        let n = i as f64 + 1.0;
        if i == 0 {
            assert_eq!((state.intercept, state.slope), (3.0, 0.0));
            continue;
        }
        let (mean_t, mean) = ((n + 1.0) / 2.0, values[..=i].iter().sum::<f64>() / n);
        let cross: f64 = (0..=i).map(|j| (j as f64 + 1.0 - mean_t) * (values[j] - mean)).sum();
        let slope = cross / (n * (n * n - 1.0) / 12.0);
        assert!((state.slope - slope).abs() < 1e-12, "after {n}: {} is not {slope}", state.slope);
        assert!((state.intercept - (mean - slope * mean_t)).abs() < 1e-12);
    }
}

#[test]
fn a_line_is_continued() {
    let values: Vec<f64> = (0..15).map(|t| 4.0 + 3.0 * f64::from(t)).collect();
    let path = Theta.predict(&History { values: &values, season: 1 }, 3).unwrap();
    for (h, point) in path.points.iter().enumerate() {
        let want = 4.0 + 3.0 * (15.0 + h as f64);
        assert!((point - want).abs() < 0.02, "step {h}: {point} is not {want}");
    }
}

#[test]
fn a_short_history_is_refused() {
    let predict = |values: &[f64]| Theta.predict(&History { values, season: 1 }, 1);
    assert_eq!(predict(&[1.0; 5]), Err(FitError::TooShort { have: 5, need: 6 }));
    assert_eq!(predict(&[2.0; 6]).unwrap().points, [2.0]);
}

#[test]
fn one_pass_says_what_every_beginning_says() {
    let values: Vec<f64> = (0..20).map(|t| f64::from(t * 7 % 11) + 0.8 * f64::from(t)).collect();
    let cuts = [(20, 3), (5, 1), (13, 2), (6, 4)];
    let together = Theta.predict_at(&History { values: &values, season: 1 }, &cuts);
    for ((at, horizon), path) in cuts.into_iter().zip(together) {
        let alone = Theta.predict(&History { values: &values[..at], season: 1 }, horizon);
        let (Ok(path), Ok(alone)) = (&path, &alone) else {
            assert_eq!(path, alone);
            continue;
        };
        for (a, b) in path.points.iter().chain(&path.spreads).zip(alone.points.iter().chain(&alone.spreads)) {
            assert!((a - b).abs() < 1e-9, "{at}: {a} is not {b}");
        }
    }
}
