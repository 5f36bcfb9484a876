use super::*;

const SERIES: [f64; 12] = [0.3, -1.2, 0.8, 1.9, 0.4, -0.6, -1.1, 0.2, 1.4, 0.9, -0.3, 0.5];

/// The full Kalman filter with matrices, started from the stationary covariance by running the process for very long.
fn plain_filter(arma: &Arma) -> f64 {
    let r = arma.n_states();
    let t = |i: usize, j: usize| if j == 0 { arma.ar(i) } else { f64::from(u8::from(j == i + 1)) };
    let noise = |i: usize, j: usize| arma.ma(i) * arma.ma(j);
    let moved = |p: &Vec<Vec<f64>>| -> Vec<Vec<f64>> {
        let cell = |i: usize, j: usize| -> f64 {
            let all = (0..r).flat_map(|k| (0..r).map(move |l| (k, l)));
            all.map(|(k, l)| t(i, k) * p[k][l] * t(j, l)).sum::<f64>() + noise(i, j)
        };
        (0..r).map(|i| (0..r).map(|j| cell(i, j)).collect()).collect()
    };
    let mut p = vec![vec![0.0; r]; r];
    for _ in 0..3000 {
        p = moved(&p);
    }
    let (mut state, mut squares, mut logs) = (vec![0.0; r], 0.0, 0.0);
    for value in SERIES {
        let (error, variance) = (value - state[0], p[0][0]);
        squares += error * error / variance;
        logs += variance.ln();
        let gain: Vec<f64> = (0..r).map(|i| p[i][0] / variance).collect();
        let updated: Vec<f64> = (0..r).map(|i| state[i] + gain[i] * error).collect();
        state = (0..r).map(|i| (0..r).map(|k| t(i, k) * updated[k]).sum()).collect();
        p = (0..r).map(|i| (0..r).map(|j| p[i][j] - gain[i] * p[0][j]).collect()).collect();
        p = moved(&p);
    }
    squares * (logs / 12.0).exp()
}

#[test]
fn the_quick_likelihood_is_that_of_the_filter_with_matrices() {
    let cases = [
        (vec![], vec![]),
        (vec![0.7], vec![]),
        (vec![], vec![-0.6]),
        (vec![0.5, 0.3], vec![0.4]),
        (vec![-0.4], vec![0.9, 0.2, -0.3]),
        (with_season(&[0.5], &[0.6], 4), vec![0.3, 0.0, 0.0, -0.5]),
    ];
    for (ar, ma) in cases {
        let arma = Arma { ar, ma };
        let mut errors = Vec::new();
        arma.run(&SERIES, 0.0, &mut errors).unwrap();
        let quick: f64 = errors.iter().map(|error| error * error).sum();
        let plain = plain_filter(&arma);
        assert!((quick / plain - 1.0).abs() < 1e-9, "{arma:?}: {quick} is not {plain}");
    }
}

#[test]
fn partial_autocorrelations_inside_the_circle_are_stationary() {
    // By hand: 0.5, then (0.5 − 0.3 · 0.5, 0.3).
    let coefficients = from_partial(&[0.5, 0.3]);
    assert!((coefficients[0] - 0.35).abs() < 1e-12 && (coefficients[1] - 0.3).abs() < 1e-12);
    assert!(roots_beyond(&from_partial(&[0.9, -0.8, 0.7]), 1.0));
    assert!(!roots_beyond(&[0.995], 1.01) && roots_beyond(&[0.98], 1.01) && !roots_beyond(&[0.5, 0.6], 1.0));
    assert!(Arma { ar: vec![1.0], ma: vec![] }.run(&SERIES, 0.0, &mut Vec::new()).is_none());
}

#[test]
fn a_first_order_process_fades_towards_its_mean() {
    let arma = Arma { ar: vec![0.5], ma: vec![] };
    let state = arma.run(&[1.0, 4.0, 2.0], 1.0, &mut Vec::new()).unwrap();
    let points = arma.predict(state, 3);
    for (got, want) in points.iter().zip([0.5, 0.25, 0.125]) {
        assert!((got - want).abs() < 1e-12, "{points:?}");
    }
    assert_eq!(arma.responses(3), [1.0, 0.5, 0.25]);
}
