//! What always holds.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use akimat_ranking::draw::SplitMix64;
use akimat_ranking::electre::{self, electre};
use akimat_ranking::ipf::{self, Side, Weighting, ipf};
use akimat_ranking::mavt::{self, Interval};
use akimat_ranking::promethee::{Preference, pair_by_pair, promethee};
use akimat_ranking::table::shares_of_percent;
use akimat_ranking::topsis::{Norm, topsis};
use akimat_ranking::{Criterion, Direction, Fault, Table, ValueFunction, objective, wsm};
use proptest::prelude::*;

fn table(signs: &[bool], weights: &[f64], rows: &[Vec<f64>]) -> Result<Table, Fault> {
    let criteria = signs.iter().zip(weights).enumerate().map(|(at, (up, weight))| Criterion {
        code: format!("c{at}"),
        direction: if *up { Direction::Benefit } else { Direction::Cost },
        weight: *weight,
    });
    let rows = rows.iter().enumerate().map(|(at, row)| (format!("p{at}"), row.clone()));
    Table::new(criteria.collect(), rows.collect())
}

/// Tables of 3 to 12 projects and 3 criteria, whole numbers from 1 so that columns have ties.
fn tables() -> impl Strategy<Value = Table> {
    let row = prop::collection::vec((1..40_i32).prop_map(f64::from), 3);
    let rows = prop::collection::vec(row, 3..12);
    let weights = prop::collection::vec((1..9_i32).prop_map(f64::from), 3);
    (prop::collection::vec(any::<bool>(), 3), weights, rows)
        .prop_map(|(signs, weights, rows)| table(&signs, &weights, &rows).unwrap())
}

fn preferences() -> impl Strategy<Value = Preference> {
    let q = (0..5_i32).prop_map(f64::from);
    let gap = (1..9_i32).prop_map(f64::from);
    (0..6_u8, q, gap).prop_map(|(kind, q, gap)| match kind {
        0 => Preference::Usual,
        1 => Preference::UShape { q },
        2 => Preference::VShape { p: gap },
        3 => Preference::Level { q, p: q + gap },
        4 => Preference::Linear { q, p: q + gap },
        _ => Preference::Gaussian { s: gap },
    })
}

proptest! {
    #[test]
    fn fast_flows_are_those_of_every_pair(
        table in tables(),
        functions in prop::collection::vec(preferences(), 3),
    ) {
        prop_assume!(table.constants().len() < 3);
        let found = promethee(&table, &functions).unwrap();
        let (plus, minus) = pair_by_pair(&table, &functions);
        for project in 0..table.n() {
            prop_assert!((found.plus[project] - plus[project]).abs() < 1e-12);
            prop_assert!((found.minus[project] - minus[project]).abs() < 1e-12);
            let by_criteria: f64 =
                (0..3).map(|at| table.criteria()[at].weight * found.single[at][project]).sum();
            prop_assert!((by_criteria - found.net[project]).abs() < 1e-12);
        }
        prop_assert!(found.net.iter().sum::<f64>().abs() < 1e-12);
    }

    #[test]
    fn the_decision_model_never_turns_two_round(
        rows in prop::collection::vec(prop::collection::vec(0.0..100.0_f64, 3), 3..10),
        weights in prop::collection::vec(1..9_i32, 3),
    ) {
        let sum: i32 = weights.iter().sum();
        let criteria: Vec<Criterion> = weights.iter().enumerate().map(|(at, weight)| Criterion {
            code: at.to_string(),
            direction: Direction::Benefit,
            weight: f64::from(*weight) / f64::from(sum),
        }).collect();
        let line = |at: &Criterion| ValueFunction::line(&at.code, (10.0, 90.0), Direction::Benefit).unwrap();
        let functions: Vec<ValueFunction> = criteria.iter().map(line).collect();
        let named: Vec<(String, Vec<Interval>)> = rows.iter().enumerate()
            .map(|(at, row)| (at.to_string(), row.iter().map(|x| Interval::exact(*x)).collect())).collect();
        let all = mavt::value(&criteria, &functions, &named).unwrap();
        let fewer = mavt::value(&criteria, &functions, &named[..named.len() - 1]).unwrap();
        let kept: Vec<usize> = all.ranking.order.iter().copied().filter(|at| *at < named.len() - 1).collect();
        prop_assert_eq!(kept, fewer.ranking.order);
        for (value, parts) in all.values.iter().zip(&all.contributions) {
            prop_assert!((value.point - parts.iter().sum::<f64>()).abs() < 1e-12);
            prop_assert!((0.0..=1.0 + 1e-12).contains(&value.point));
        }
    }

    #[test]
    fn units_do_not_matter(table in tables(), by in 1..50_u8) {
        prop_assume!(table.constants().is_empty());
        let scaled: Vec<Vec<f64>> = (0..table.n())
            .map(|row| (0..3).map(|at| table.column(at)[row] * f64::from(by)).collect()).collect();
        let criteria = table.criteria().to_vec();
        let rows = scaled.into_iter().enumerate().map(|(at, row)| (format!("p{at}"), row)).collect();
        let scaled = Table::new(criteria, rows).unwrap();
        let near = |a: Vec<f64>, b: Vec<f64>| a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-9);
        for norm in [Norm::Vector, Norm::MinMax] {
            prop_assert!(near(topsis(&table, norm).unwrap().closeness, topsis(&scaled, norm).unwrap().closeness));
        }
        let weights = |table: &Table| objective::entropy(table).unwrap().weights;
        prop_assert!(near(weights(&table), weights(&scaled)));
        let sum: f64 = weights(&table).iter().sum();
        prop_assert!((sum - 1.0).abs() < 1e-12);
        if let (Ok(a), Ok(b)) = (objective::critic(&table), objective::critic(&scaled)) {
            prop_assert!((a.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(near(a.weights, b.weights));
        }
        let sum = |table: &Table| wsm::score(table, wsm::Scale::Max).unwrap();
        prop_assert!(near(sum(&table), sum(&scaled)));
    }

    #[test]
    fn the_kernel_is_stable(table in tables(), c in 0.3..1.0_f64, d in 0.0..1.0_f64) {
        prop_assume!(table.constants().len() < 3);
        let asked = electre::Asked { concordance: Some(c), discordance: Some(d), norm: electre::Norm::None,
            largest: electre::Largest::Anywhere };
        let found = electre(&table, asked).unwrap();
        prop_assert!(!found.kernel.is_empty());
        let of = |at: usize| found.circles.iter().position(|circle| circle.contains(&at));
        for b in 0..table.n() {
            let beaten = |group: &[usize]| group.iter().any(|b| found.kernel.iter()
                .any(|a| !group.contains(a) && found.outranks[*a][*b]));
            let group = of(b).map_or_else(|| vec![b], |at| found.circles[at].clone());
            prop_assert_eq!(found.kernel.contains(&b), !beaten(&group));
        }
    }

    #[test]
    fn drawn_weights_sum_to_one(seed in any::<u64>(), m in 1..9_usize) {
        let mut chance = SplitMix64::new(seed);
        let mut weights = vec![0.0; m];
        chance.next_weights(&mut weights);
        prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        prop_assert!(weights.iter().all(|weight| *weight >= 0.0));
    }
}

#[test]
fn indices_of_the_plane_run_from_0_to_100() {
    let rows = [[5.0, 1.0, 100.0, 3.0], [9.0, 4.0, 50.0, 9.0], [2.0, 6.0, 70.0, 5.0], [7.0, 2.0, 20.0, 1.0]];
    let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
    let table = table(&[true, true, false, true], &[1.0; 4], &rows).unwrap();
    let sides = [Side::Social, Side::Social, Side::Financial, Side::Financial];
    let money = ipf::Money { costs: &[10.0, 20.0, 30.0, 40.0], budget: 45.0 };
    for weighting in Weighting::ALL {
        let found = ipf(&table, &sides, weighting, Some(money)).unwrap();
        for index in [&found.sei, &found.fei] {
            let low = index.iter().copied().fold(f64::INFINITY, f64::min);
            let high = index.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            assert!(low.abs() < 1e-9 && (high - 100.0).abs() < 1e-9);
        }
        assert!((found.weights[0] + found.weights[1] - 1.0).abs() < 1e-12);
        assert_eq!(found.quadrants.unwrap().len(), 4);
    }
    assert_eq!(ipf::changes(&table, &sides, Weighting::Equal, Some(money)).unwrap().len(), 2);
}

#[test]
fn bad_input_is_refused_with_its_place() {
    let make = |weights: &[f64], rows: &[&[f64]]| {
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        table(&[true, true], weights, &rows)
    };
    let code = |found: Result<Table, Fault>| found.unwrap_err().to_string();
    assert_eq!(code(make(&[0.5, 0.6], &[&[1.0, 2.0]])), "the weights sum to 1.1 instead of 1");
    assert_eq!(code(make(&[0.5, -0.5], &[&[1.0, 2.0]])), "the weight of c1 is -0.5");
    assert_eq!(code(make(&[1.0, 1.0], &[&[1.0, 2.0], &[1.0, f64::NAN]])), "c1 of p1 is not a number");
    assert_eq!(code(make(&[1.0, 1.0], &[&[1.0, 2.0], &[1.0]])), "p1 has 1 entries instead of 2");
    let constant = make(&[1.0, 1.0], &[&[1.0, 2.0], &[1.0, 3.0]]).unwrap();
    assert_eq!(
        topsis(&constant, Norm::MinMax).unwrap_err().to_string(),
        "c0 has the value 1 for every project"
    );
    assert!(topsis(&constant, Norm::Vector).is_ok());
    let negative = make(&[1.0, 1.0], &[&[1.0, -2.0], &[1.0, 3.0]]).unwrap();
    assert_eq!(objective::entropy(&negative).unwrap_err().to_string(), "c1 of p0 is -2, below zero");
    let twice = Table::new(
        vec![Criterion { code: "a".to_owned(), direction: Direction::Cost, weight: 1.0 }],
        vec![("x".to_owned(), vec![1.0]), ("x".to_owned(), vec![2.0])],
    );
    assert_eq!(twice.unwrap_err().to_string(), "alternatives x stands twice");
    let many: Vec<(String, Vec<f64>)> = (0..100_001).map(|at| (at.to_string(), vec![1.0])).collect();
    let one = vec![Criterion { code: "a".to_owned(), direction: Direction::Cost, weight: 1.0 }];
    assert_eq!(
        Table::new(one, many).unwrap_err().to_string(),
        "100001 alternatives are too many; the limit is 100000"
    );
    let percent = shares_of_percent(&[50.0, 49.0], &["a", "b"]);
    assert_eq!(percent.unwrap_err().to_string(), "the weights sum to 99 instead of 100");
    let wrong = promethee(&constant, &[Preference::Usual, Preference::Linear { q: 3.0, p: 1.0 }]);
    assert_eq!(wrong.unwrap_err().code(), "threshold");
}
