use super::*;

/// Made-up values that rise with a season of factors.
fn seasonal(n: u32) -> Vec<f64> {
    let factors = [0.8, 1.0, 1.3, 0.9];
    (0..n)
        .map(|t| (100.0 + 3.0 * f64::from(t)) * factors[t as usize % 4] * (1.0 + 0.01 * f64::from(t * 7 % 5)))
        .collect()
}

#[test]
fn what_may_be_tried_depends_on_sign_and_season() {
    assert_eq!(forms(true, true).len(), 15);
    assert_eq!(forms(false, true).len(), 6);
    assert_eq!(forms(true, false).len(), 6);
    assert_eq!(forms(false, false).len(), 3);
}

#[test]
fn a_line_is_continued() {
    let line: Vec<f64> = (0..12).map(|t| 50.0 + 2.5 * f64::from(t)).collect();
    let path = EtsAuto.predict(&History { values: &line, season: 1 }, 4).unwrap();
    for (h, point) in path.points.iter().enumerate() {
        let want = 50.0 + 2.5 * (12.0 + h as f64);
        assert!((point - want).abs() < 1e-3, "step {h}: {point} is not {want}");
    }
}

#[test]
fn a_growing_season_is_found_relative() {
    let values = seasonal(40);
    let fitted = choose(&History { values: &values, season: 4 }).unwrap();
    assert_eq!(fitted.form.season, Season::Relative, "{fitted:?}");
    let path = fitted.path(8);
    for (h, point) in path.points.iter().enumerate() {
        let want = (100.0 + 3.0 * (40.0 + h as f64)) * [0.8, 1.0, 1.3, 0.9][h % 4] * 1.02;
        assert!((point / want - 1.0).abs() < 0.04, "step {h}: {point} is not {want}");
    }
    assert!(path.spreads[7] > path.spreads[3]);
}

/// Damped trends need eight points; six carry a level only.
#[test]
fn a_short_history_gets_what_it_can_carry() {
    let values = [3.0, 4.0, 6.0, 5.0, 8.0, 9.0];
    assert_eq!(choose(&History { values: &values, season: 1 }).unwrap().form.trend, Trend::None);
    let short = choose(&History { values: &values[..4], season: 1 });
    assert_eq!(short.unwrap_err(), FitError::TooShort { have: 4, need: 5 });
}
