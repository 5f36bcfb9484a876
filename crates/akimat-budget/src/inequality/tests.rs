use super::*;
use proptest::prelude::*;

fn unit(n: u32, region: u32, population: u64, tenge: i64) -> Unit {
    Unit {
        place: KatoCode::from_number(990_000_000 + n).unwrap(),
        region: KatoCode::from_number(region * 10_000_000).unwrap(),
        population,
        amount: Money::from_tenge(tenge).unwrap(),
    }
}

/// People 1, 1, 2 with 1, 3, 12 tenge: L = 1/16, 4/16, 1; area = 1/4 (1/16) + 1/4 (5/16) + 2/4 (20/16)
/// = 46/64; G = 18/64.
#[test]
fn gini_as_by_hand() {
    let units = [unit(3, 99, 2, 12), unit(1, 99, 1, 1), unit(2, 99, 1, 3)];
    assert_eq!(gini(&units).unwrap().to_decimal(6).as_deref(), Some("0.281250"));
    let points = lorenz(&units).unwrap();
    assert_eq!(points, [(0.0, 0.0), (0.25, 0.0625), (0.5, 0.25), (1.0, 1.0)]);
    let found = coverage(&units).unwrap();
    assert_eq!(found.max_to_min.unwrap().to_decimal(2).as_deref(), Some("6.00"));
}

/// Shares of money 1/16, 3/16, 12/16 and of people 1/4, 1/4, 2/4.
#[test]
fn theil_as_by_hand() {
    let units = [unit(1, 99, 1, 1), unit(2, 98, 1, 3), unit(3, 98, 2, 12)];
    let due = 0.0625 * 0.25_f64.ln() + 0.1875 * 0.75_f64.ln() + 0.75 * 1.5_f64.ln();
    let found = theil(&units).unwrap();
    assert!((found.total - due).abs() < 1e-15);
    let between = 0.0625 * 0.25_f64.ln() + 0.9375 * 1.25_f64.ln();
    assert!((found.between - between).abs() < 1e-15);
    assert!((found.between + found.within - found.total).abs() < 1e-15);
    assert_eq!(found.regions.len(), 2);
}

#[test]
fn what_has_no_meaning_is_refused() {
    let few = [unit(1, 99, 1, 1), unit(2, 99, 1, 1), unit(3, 99, 0, 1)];
    assert_eq!(gini(&few), Err(Refusal::TooFewUnits { have: 2, need: 3 }));
    let minus = [unit(1, 99, 1, 1), unit(2, 99, 1, -1), unit(3, 99, 1, 1)];
    assert_eq!(gini(&minus), Err(Refusal::NegativeUnit(minus[1].place)));
    assert_eq!(theil(&[1, 2, 3].map(|n| unit(n, 99, 1, 0))), Err(Refusal::NothingToShare));
}

#[test]
fn a_territory_without_money_adds_nothing() {
    let units = [unit(1, 99, 10, 0), unit(2, 99, 10, 5), unit(3, 99, 10, 5)];
    let found = theil(&units).unwrap();
    assert!((found.total - 1.5_f64.ln()).abs() < 1e-12);
    assert_eq!(coverage(&units).unwrap().max_to_min, None);
}

prop_compose! {
    fn any_units()(rows in prop::collection::vec((1_u32..5, 1_u64..3_000_000, 0_i64..9_000_000_000), 3..60))
        -> Vec<Unit>
    {
        let rows = rows.into_iter().zip(0_u32..);
        rows.map(|((region, people, tenge), n)| unit(n, 10 + region, people, tenge)).collect()
    }
}

proptest! {
    #[test]
    fn parts_add_up_and_bounds_hold(units in any_units()) {
        if let Ok(found) = theil(&units) {
            prop_assert!((found.between + found.within - found.total).abs() <= 1e-12 * found.total.max(1.0));
            prop_assert!(found.between >= -1e-12 && found.within >= -1e-12);
            let g = gini(&units).unwrap().to_f64();
            prop_assert!((0.0..1.0).contains(&g), "{g}");
            // The coefficient is one less twice the area below the curve.
            let area: f64 = lorenz(&units).unwrap().windows(2)
                .map(|p| (p[1].0 - p[0].0) * (p[1].1 + p[0].1)).sum();
            prop_assert!((1.0 - area - g).abs() < 1e-9);
        }
    }

    #[test]
    fn order_and_scale_do_not_matter(mut units in any_units()) {
        let before = gini(&units);
        units.reverse();
        for unit in &mut units {
            unit.amount = Money::from_tiyn(unit.amount.tiyn() * 3);
        }
        let after = gini(&units);
        prop_assert_eq!(before.is_ok(), after.is_ok());
        if let (Ok(a), Ok(b)) = (before, after) {
            prop_assert_eq!(a.to_decimal(12), b.to_decimal(12));
        }
    }

    #[test]
    fn equal_means_give_zero(people in prop::collection::vec(1_u64..100_000, 3..20), tenge in 1_i64..100_000) {
        let units: Vec<Unit> = (0_u32..).zip(&people)
            .map(|(n, p)| unit(n, 10 + n % 3, *p, tenge * i64::try_from(*p).unwrap())).collect();
        prop_assert_eq!(gini(&units).unwrap().numerator(), 0);
        prop_assert!(theil(&units).unwrap().total.abs() < 1e-12);
    }
}
