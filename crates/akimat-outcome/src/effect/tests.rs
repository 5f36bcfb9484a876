//! Golden numbers of statsmodels 0.15.0: `OLS(...).fit(cov_type='cluster', cov_kwds={'groups': unit})`.

use super::*;

fn panel(n_units: i32) -> Vec<Observation> {
    let mut all = Vec::new();
    for unit in 0..n_units {
        let treated = unit < n_units / 2;
        for period in -3..4 {
            let wobble = f64::from((unit * 37 + (period + 3) * 61 + unit * (period + 3) * 7) % 23) / 10.0
                + f64::from(unit % 5) * 0.3;
            let t = f64::from(u8::from(treated));
            let after = f64::from(u8::from(treated && period >= 0));
            let value = 10.0 + 2.0 * t + 0.5 * f64::from(period) + 3.0 * after + wobble;
            all.push(Observation { unit: format!("unit {unit}"), period, treated, value });
        }
    }
    all
}

#[test]
fn the_effect_is_that_of_statsmodels() {
    let effect = difference_in_differences(&panel(12), 0).expect("twelve units");
    assert!((effect.effect.value - 3.313_888_888_889).abs() < 1e-9, "{effect:?}");
    assert!((effect.effect.error - 0.324_480_761_835).abs() < 1e-9, "{effect:?}");
    let trend = effect.trend.expect("three periods before");
    assert!((trend.value - 0.208_333_333_333).abs() < 1e-9, "{trend:?}");
    assert!((trend.error - 0.267_073_996_433).abs() < 1e-9, "{trend:?}");
    assert!(!effect.trends_differ);
    assert_eq!(effect.n_units, (6, 6));
}

#[test]
fn few_units_are_refused() {
    let few = NoEffect::TooFewUnits { treated: 4, control: 4, need: UNITS_MIN };
    assert_eq!(difference_in_differences(&panel(8), 0), Err(few));
    assert_eq!(difference_in_differences(&panel(12), 9), Err(NoEffect::OneSided));
    let mut mixed = panel(12);
    mixed[0].treated = false;
    assert_eq!(difference_in_differences(&mixed, 0), Err(NoEffect::Mixed));
}

#[test]
fn trends_that_differ_before_are_told() {
    let mut all = panel(12);
    for one in all.iter_mut().filter(|one| one.treated) {
        one.value += 3.0 * f64::from(one.period);
    }
    assert!(difference_in_differences(&all, 0).expect("twelve units").trends_differ);
}

#[test]
fn the_table_of_parameters_is_read() {
    let all =
        parse_parameters(include_str!("../../../../data/effect/parameters.csv")).expect("the table is ours");
    assert!(all.iter().all(|one| one.invented && !one.source.is_empty()));
    let water = all.iter().find(|one| one.code == "water_health").expect("water stands in the table");
    assert_eq!(water.estimate([300.0, 310.0, 310.0]), [180.0, 434.0, 806.0]);
    let falling = "header\na,b,c,d,e,3,2,1,2026-01-01,\"x\",yes";
    assert_eq!(parse_parameters(falling).expect_err("they fall").line, 2);
}
