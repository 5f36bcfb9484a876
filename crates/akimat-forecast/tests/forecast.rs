//! What must hold for every series: equivariance, nesting, refusals, honesty about naive.
#![expect(clippy::unwrap_used, reason = "the functions below only serve tests")]

use akimat_core::{Frequency, Period};
use akimat_forecast::ets::Ets;
use akimat_forecast::model::{History, Model};
use akimat_forecast::theta::Theta;
use akimat_forecast::{Choice, Engine, Forecast, Refusal, Series, forecast, neural};

fn series(values: &[f64], frequency: Frequency) -> Series {
    Series::new("s", Period::new(2001, 1, frequency).unwrap(), values.to_vec()).unwrap()
}

fn yearly(values: &[f64], horizon: usize) -> Forecast {
    forecast(&series(values, Frequency::Yearly), horizon, &[80, 95]).unwrap()
}

fn numbers(forecast: &Forecast) -> Vec<f64> {
    let of_step = |step: &akimat_forecast::Step| {
        [vec![step.point], step.intervals.iter().flat_map(|i| [i.low, i.high]).collect()].concat()
    };
    forecast.steps.iter().flat_map(of_step).collect()
}

/// Series of several shapes, always the same: a linear congruential generator stands in for chance.
fn shapes() -> Vec<Vec<f64>> {
    let mut state = 12_345_u32;
    let mut noise = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24) - 0.5
    };
    let mut shapes = Vec::new();
    for n in [8, 9, 13, 20, 41] {
        let mut walk = 500.0;
        shapes.push((0..n).map(|t| 300.0 + 7.0 * f64::from(t) + 20.0 * noise()).collect());
        shapes.push((0..n).map(|_| 100.0 + 30.0 * noise()).collect());
        shapes.push(
            (0..n)
                .map(|_| {
                    walk += 25.0 * noise();
                    walk
                })
                .collect(),
        );
    }
    shapes
}

#[test]
fn units_do_not_matter() {
    for values in shapes() {
        // Below zero everywhere, so that nothing is cut.
        let low: Vec<f64> = values.iter().map(|value| value - 10_000.0).collect();
        let base = yearly(&low, 4);
        // The search ends at slightly different weights when the last bits differ.
        let outer = base.steps[0].intervals[1];
        let loose = 0.03 * (outer.high - outer.low);
        let base = numbers(&base);
        let check = |factor: f64, tolerance: f64| {
            let moved: Vec<f64> = low.iter().map(|value| factor * value).collect();
            for (got, base) in numbers(&yearly(&moved, 4)).iter().zip(&base) {
                let want = factor * base;
                assert!(
                    (got - want).abs() <= tolerance * factor,
                    "{values:?} × {factor}: {got} is not {want}"
                );
            }
        };
        check(1024.0, 1e-9);
        check(1000.0, loose);
    }
}

/// The networks are told how large a change is beside the level, and complex smoothing feels the level by its
/// equations: where zero lies means something to them, and to the others nothing.
#[test]
fn where_zero_lies_does_not_matter_to_smoothing_and_theta() {
    for values in shapes() {
        let low: Vec<f64> = values.iter().map(|value| value - 10_000.0).collect();
        let moved: Vec<f64> = low.iter().map(|value| value - 5_000.0).collect();
        for model in [&Ets as &dyn Model, &Theta] {
            let path = |values: &[f64]| model.predict(&History { values, season: 1 }, 4).unwrap();
            let (base, moved) = (path(&low), path(&moved));
            for ((got, base), spread) in moved.points.iter().zip(&base.points).zip(&base.spreads) {
                let want = base - 5_000.0;
                assert!(
                    (got - want).abs() <= 0.1 * spread,
                    "{} {values:?}: {got} is not {want}",
                    model.code()
                );
            }
        }
    }
}

#[test]
fn a_line_is_continued_with_narrow_intervals() {
    for (start, slope) in [(100.0, 5.0), (1000.0, -3.0), (-50.0, 0.25)] {
        let at = |t: usize| start + slope * t as f64;
        let values: Vec<f64> = (0..10).map(at).collect();
        for (h, step) in yearly(&values, 3).steps.iter().enumerate() {
            let want = at(10 + h);
            assert!(
                (step.point - want).abs() < 0.02 * slope.abs(),
                "{}: {} is not {want}",
                step.period,
                step.point
            );
            let outer = step.intervals[1];
            assert!(outer.high - outer.low < 0.5 * slope.abs(), "{outer:?}");
        }
    }
}

#[test]
fn intervals_nest_contain_the_point_and_widen() {
    for values in shapes() {
        let levels = [1, 50, 80, 95, 99];
        let forecast = forecast(&series(&values, Frequency::Yearly), 6, &levels).unwrap();
        let mut width = 0.0;
        for step in &forecast.steps {
            for pair in step.intervals.windows(2) {
                assert!(pair[1].low <= pair[0].low && pair[0].high <= pair[1].high, "{step:?}");
            }
            assert!(step.intervals[0].low <= step.point && step.point <= step.intervals[0].high, "{step:?}");
            let inner = step.intervals[1];
            assert!(inner.high - inner.low > width, "{step:?}");
            width = inner.high - inner.low;
        }
    }
}

#[test]
fn what_cannot_be_negative_is_cut_at_zero() {
    let falling = [9.0, 0.0, 7.0, 1.0, 5.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    let forecast = yearly(&falling, 4);
    assert!(forecast.non_negative);
    assert!(numbers(&forecast).iter().all(|number| *number >= 0.0), "{forecast:?}");
}

#[test]
fn a_season_is_repeated() {
    let values = [80.0, 90.0, 100.0, 130.0].repeat(5);
    let forecast = forecast(&series(&values, Frequency::Quarterly), 6, &[95]).unwrap();
    for (h, step) in forecast.steps.iter().enumerate() {
        assert!((step.point - values[h % 4]).abs() < 1.0, "{step:?}");
    }
    assert_eq!(forecast.steps[0].period.to_string(), "2006-Q1");
}

#[test]
fn the_record_is_complete_and_says_when_naive_is_better() {
    let values: Vec<f64> = shapes().swap_remove(9);
    let backtest = yearly(&values, 3).backtest;
    assert_eq!(backtest.n_origins, 8);
    assert_eq!(backtest.n_errors, 6 * 3 + 2 + 1);
    let methods: Vec<&str> = backtest.methods.iter().map(|score| score.method).collect();
    assert_eq!(methods, ["ets", "theta", "dot", "ces", "neural", "naive"]);
    assert!(backtest.coverage.iter().all(|line| line.of == backtest.n_errors && line.inside <= line.of));
    assert_eq!(backtest.chosen.mae_by_step.len(), 3);

    // One jump, then standing still: every smoothing runs after the jump, the last value is right.
    let mut jump = vec![10.0; 12];
    jump.extend([30.0; 9]);
    let forecast = yearly(&jump, 2);
    assert_eq!(forecast.choice, Choice::Naive);
    assert!(forecast.backtest.naive_better);
    assert_eq!(forecast.steps[1].point, 30.0);
}

#[test]
fn the_same_input_gives_the_same_output() {
    for values in shapes() {
        assert_eq!(yearly(&values, 5), yearly(&values, 5));
    }
}

#[test]
fn many_series_together_are_forecast_as_one_by_one() {
    let mut many: Vec<Series> = shapes().iter().map(|values| series(values, Frequency::Yearly)).collect();
    many.insert(3, series(&[5.0; 20], Frequency::Yearly));
    many.push(series(&[80.0, 90.0, 100.0, 131.0].repeat(5), Frequency::Quarterly));
    let engine = Engine { neural: neural::shipped(), factors: None };
    for (series, together) in many.iter().zip(engine.forecast_all(&many, 4, &[80, 95])) {
        let alone = engine.forecast(series, 4, &[80, 95]);
        let (Ok(together), Ok(alone)) = (&together, &alone) else {
            assert_eq!(together, alone);
            continue;
        };
        // The networks add in another order.
        let outer = alone.steps[0].intervals[1];
        for (a, b) in numbers(together).into_iter().zip(numbers(alone)) {
            assert!((a - b).abs() <= 1e-3 * (outer.high - outer.low), "{a} is not {b}");
        }
    }
}

#[test]
fn what_cannot_be_forecast_is_refused() {
    let check = |values: &[f64], horizon: usize, levels: &[u8], want: Refusal| {
        assert_eq!(forecast(&series(values, Frequency::Yearly), horizon, levels), Err(want));
    };
    let eight = [1.0, 2.0, 4.0, 3.0, 5.0, 6.0, 5.0, 8.0];
    check(&eight[..5], 1, &[80], Refusal::TooFewPoints { have: 5, need: 6 });
    check(&[5.0; 20], 1, &[80], Refusal::Constant);
    check(&eight, 9, &[80], Refusal::HorizonTooLong { have: 9, max: 8 });
    check(&eight, 0, &[80], Refusal::HorizonEmpty);
    check(&eight, 1, &[80, 100], Refusal::BadLevel { level: 100 });
    check(&[1e308, -1e308, 1e308, -1e308, 1e308, -1e308, 1e308, -1e308], 1, &[80], Refusal::Overflow);
    assert!(forecast(&series(&eight, Frequency::Monthly), 8, &[]).is_ok());
    assert!(forecast(&series(&eight[..6], Frequency::Yearly), 3, &[80]).is_ok());
}

#[test]
fn no_finite_input_panics() {
    let extremes = [0.0, 1.0, -1.0, 1e-300, 1e300, -1e300, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1e15];
    for a in extremes {
        for b in extremes {
            let values: Vec<f64> = (0..30).map(|t| if t % 7 < 3 { a } else { b }).collect();
            for frequency in [Frequency::Yearly, Frequency::Quarterly, Frequency::Monthly] {
                if let Ok(forecast) = forecast(&series(&values, frequency), 5, &[80]) {
                    assert!(numbers(&forecast).iter().all(|number| number.is_finite()), "{a} {b}");
                }
            }
        }
    }
}
