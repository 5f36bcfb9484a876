use super::*;

fn series(values: &[f64]) -> Series {
    Series::new("s", Period::year_of(2000), values.to_vec()).unwrap()
}

fn ask<'a>(series: &'a Series, models: &'a [&'a str]) -> Question<'a> {
    Question { series, models, n_origins: 4, horizon: 2, levels: &[80, 95] }
}

#[test]
fn naive_measures_are_those_computed_by_hand() {
    // 1 4 9 … 100; origins after 5, 6, … would need six points: those after 6, 7 and 8 squares leave two steps.
    let squares: Vec<f64> = (1..=10_u8).map(|n| f64::from(n) * f64::from(n)).collect();
    let series = series(&squares);
    let found = compare(&ask(&series, &["naive"]), &mut || true).unwrap();
    let origins: Vec<String> = found.origins.iter().map(ToString::to_string).collect();
    assert_eq!(origins, ["2005", "2006", "2007"]);
    let entry = &found.entries[0];
    assert_eq!((entry.model, entry.rank, entry.n_origins, found.entries.len()), ("naive", Some(1), 3, 1));
    // Errors 13 and 28, 15 and 32, 17 and 36; scales 35/5, 48/6 and 63/7.
    let close = |got: f64, want: f64| assert!((got - want).abs() < 1e-12, "{got} is not {want}");
    close(entry.overall.mae, (20.5 + 23.5 + 26.5) / 3.0);
    close(entry.overall.mase.unwrap(), (20.5 / 7.0 + 23.5 / 8.0 + 26.5 / 9.0) / 3.0);
    close(entry.by_step[1].mae, 32.0);
    assert_eq!(entry.by_step[0].coverage[0].of, 3);
    assert_eq!((entry.versus, entry.path.len()), (None, 2));
    close(entry.path[1].point, 100.0);
}

#[test]
fn a_trend_beats_the_naive_forecast_and_is_told_so() {
    let line: Vec<f64> = (0..24_u8).map(|n| 5.0 + 3.0 * f64::from(n) + f64::from(n % 3)).collect();
    let series = series(&line);
    let question =
        Question { n_origins: 12, horizon: 1, ..ask(&series, &["holt", "combined", "no-such", "holt"]) };
    let found = compare(&question, &mut || true).unwrap();
    let codes: Vec<&str> = found.entries.iter().map(|entry| entry.model).collect();
    assert_eq!(codes.len(), 3, "{codes:?}");
    assert_eq!(codes[2], "naive");
    let best = found.entries[0].versus.unwrap();
    assert!(best.change < -0.3 && best.test.unwrap().p_value < 0.01, "{best:?}");
    let ranks: Vec<Option<usize>> = found.entries.iter().map(|entry| entry.rank).collect();
    assert_eq!(ranks, [Some(1), Some(2), Some(3)]);
}

#[test]
fn what_cannot_be_compared_is_refused_with_its_reason() {
    let short = series(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
    let flat = series(&[2.0; 20]);
    let long = series(&(0..601_u16).map(f64::from).collect::<Vec<_>>());
    let check = |question: Question<'_>, want: NoComparison| {
        assert_eq!(compare(&question, &mut || true).unwrap_err(), want);
    };
    check(ask(&short, &["naive"]), NoComparison::TooFewPoints { have: 7, need: 8 });
    check(ask(&flat, &["naive"]), NoComparison::Constant);
    check(ask(&long, &["naive"]), NoComparison::TooLong { have: 601, max: 600 });
    check(ask(&flat, &["no-such"]), NoComparison::NoModel);
    check(Question { horizon: 0, ..ask(&flat, &["naive"]) }, NoComparison::OutOfRange);
    check(Question { levels: &[100], ..ask(&flat, &["naive"]) }, NoComparison::OutOfRange);
    let line = series(&(0..20_u16).map(f64::from).collect::<Vec<_>>());
    let mut left = 3;
    let out = compare(&ask(&line, &["naive"]), &mut || {
        left -= 1;
        left > 0
    });
    assert_eq!(out.unwrap_err(), NoComparison::OutOfTime { done: 2, of: 5 });
}
