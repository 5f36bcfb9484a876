use super::*;

fn points(values: &[f64], horizon: usize) -> Vec<f64> {
    Ets.predict(&History { values, season: 1 }, horizon).unwrap().points
}

/// The model with the greatest Akaike weight.
fn best(values: &[f64]) -> Fitted {
    fit(values).unwrap().into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap().1
}

#[test]
fn a_line_is_continued() {
    let line: Vec<f64> = (0..12).map(|t| 50.0 - 2.5 * f64::from(t)).collect();
    for (h, point) in points(&line, 4).iter().enumerate() {
        let want = 50.0 - 2.5 * (12.0 + h as f64);
        assert!((point - want).abs() < 1e-3, "step {h}: {point} is not {want}");
    }
}

/// By hand, without discount: with alpha = 0.5 from a zero state, the levels on 2, 4, 4 are 1, 2.5, 3.25, the
/// errors 2, 3, 1.5; a unit level leaves 1, 0.5, 0.25. Least squares: l0 = (2 + 1.5 + 0.375) / 1.3125.
#[test]
fn the_initial_level_is_the_best_one() {
    let smoother = Smoother { scaled: &[2.0, 4.0, 4.0], trend: Trend::None, discounts: vec![1.0; 3] };
    let run = smoother.run(Weights { alpha: 0.5, beta: 0.0, phi: 0.0 });
    let first = 3.875 / 1.3125;
    assert!((run.level - (3.25 + 0.125 * first)).abs() < 1e-12, "{}", run.level);
    let squares = 4.0 + 9.0 + 2.25 - 3.875 * first;
    assert!((run.squares - squares).abs() < 1e-12, "{}", run.squares);
}

#[test]
fn noise_around_a_level_gets_no_trend() {
    let wave = [10.0, 12.0, 9.0, 11.0, 10.0, 9.0, 12.0, 11.0, 9.0, 10.0, 11.0, 10.0];
    let fitted = best(&wave);
    assert_eq!(fitted.trend, Trend::None);
    assert!(fitted.alpha < 0.05, "{fitted:?}");
    assert!((points(&wave, 1)[0] - 124.0 / 12.0).abs() < 0.3);
}

#[test]
fn weights_sum_to_one_and_a_short_history_gets_only_what_it_can_carry() {
    assert_eq!(fit(&[1.0, 2.0, 4.0, 3.0]), Err(FitError::TooShort { have: 4, need: 5 }));
    assert_eq!(best(&[1.0, 2.0, 3.0, 5.0, 4.0]).trend, Trend::None);
    assert!(fit(&[1e308, -1e308, 1e308, -1e308, 1e308, -1e308]).is_err());
    let fits = fit(&[3.0, 4.0, 6.0, 5.0, 8.0, 9.0, 9.0, 12.0]).unwrap();
    assert_eq!(fits.len(), 3);
    assert!((fits.iter().map(|fit| fit.0).sum::<f64>() - 1.0).abs() < 1e-12);
}
