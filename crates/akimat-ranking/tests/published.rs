//! Worked examples of publications, retyped with their source.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use akimat_ranking::electre::{self, electre};
use akimat_ranking::promethee::{Preference, promethee};
use akimat_ranking::topsis::{Norm, topsis};
use akimat_ranking::{Criterion, Direction, Table, objective};

fn table(signs: &[i8], weights: &[f64], rows: &[&[f64]]) -> Table {
    let criteria = signs.iter().zip(weights).enumerate().map(|(at, (sign, weight))| Criterion {
        code: format!("C{}", at + 1),
        direction: if *sign > 0 { Direction::Benefit } else { Direction::Cost },
        weight: *weight,
    });
    let rows = rows.iter().enumerate().map(|(at, row)| (format!("A{}", at + 1), row.to_vec()));
    Table::new(criteria.collect(), rows.collect()).unwrap()
}

#[track_caller]
fn near(found: &[f64], due: &[f64], by: f64) {
    assert_eq!(found.len(), due.len());
    for (at, (found, due)) in found.iter().zip(due).enumerate() {
        assert!((found - due).abs() <= by, "{at}: {found} {due}");
    }
}

/// Tzeng and Huang, Multiple Attribute Decision Making, CRC Press 2011, TOPSIS example: 0.5037, 0.6581, 0.7482, 0.3340.
#[test]
fn topsis_of_tzeng_and_huang() {
    let rows: [&[f64]; 4] = [&[5.0, 8.0, 4.0], &[7.0, 6.0, 8.0], &[8.0, 8.0, 6.0], &[7.0, 4.0, 6.0]];
    let found = topsis(&table(&[1, 1, 1], &[0.3, 0.4, 0.3], &rows), Norm::Vector).unwrap();
    near(&found.closeness, &[0.5037, 0.6581, 0.7482, 0.3340], 1e-4);
    assert_eq!(found.ranking.rank, [3, 2, 1, 4]);
}

/// After Brans, Vincke and Mareschal, How to select and how to rank projects: the PROMETHEE method, European Journal of
/// Operational Research 24 (1986) 228-238: six power stations, six criteria with the six preference functions, equal
/// weights (investment here in hundreds). The flows are recomputed pair by pair; A5 is the best as published.
#[test]
fn power_stations_of_brans() {
    let rows: [&[f64]; 6] = [
        &[80.0, 90.0, 6.0, 5.4, 8.0, 5.0],
        &[65.0, 58.0, 2.0, 9.7, 1.0, 1.0],
        &[83.0, 60.0, 4.0, 7.2, 4.0, 7.0],
        &[40.0, 80.0, 10.0, 7.5, 7.0, 10.0],
        &[52.0, 72.0, 6.0, 2.0, 3.0, 8.0],
        &[94.0, 96.0, 7.0, 3.6, 5.0, 6.0],
    ];
    let stations = table(&[-1, 1, -1, -1, -1, 1], &[1.0; 6], &rows);
    let functions = [
        Preference::UShape { q: 10.0 },
        Preference::VShape { p: 30.0 },
        Preference::Linear { q: 0.5, p: 5.0 },
        Preference::Level { q: 1.0, p: 6.0 },
        Preference::Usual,
        Preference::Gaussian { s: 5.0 },
    ];
    let found = promethee(&stations, &functions).unwrap();
    let (plus, minus) = akimat_ranking::promethee::pair_by_pair(&stations, &functions);
    near(&found.plus, &plus, 1e-12);
    near(&found.minus, &minus, 1e-12);
    let sum: f64 = found.net.iter().sum();
    assert!(sum.abs() < 1e-12);
    assert_eq!(found.ranking.order[0], 4, "{:?}", found.net);
}

/// Four projects worked by hand: with c* 0.7 and d* 0.3 only the first outranks, and it outranks the last alone.
#[test]
fn electre_by_hand() {
    let rows: [&[f64]; 3] = [&[10.0, 6.0, 7.0], &[8.0, 9.0, 4.0], &[6.0, 5.0, 6.0]];
    let found = electre(
        &table(&[1, 1, 1], &[0.5, 0.3, 0.2], &rows),
        electre::Asked { concordance: Some(0.7), discordance: Some(0.3), ..electre::Asked::default() },
    )
    .unwrap();
    near(&found.concordance[0], &[1.0, 0.7, 1.0], 1e-12);
    near(&found.concordance[1], &[0.3, 1.0, 0.8], 1e-12);
    // Ranges 4, 4 and 3: every difference is divided by 4.
    near(&found.discordance[0], &[0.0, 0.75, 0.0], 1e-12);
    near(&found.discordance[1], &[0.75, 0.0, 0.5], 1e-12);
    assert_eq!(found.outranks[0], [false, false, true]);
    assert_eq!((found.kernel, found.circles.len()), (vec![0, 1], 0));
}

/// Diakoulaki, Mavrotas and Papayannakis (1995) ask that two criteria that say the same share one weight: copies of a
/// column count less than a column that stands alone.
#[test]
fn critic_discounts_what_is_said_twice() {
    let rows: [&[f64]; 4] = [&[1.0, 1.0, 4.0], &[2.0, 2.0, 1.0], &[3.0, 3.0, 3.0], &[4.0, 4.0, 2.0]];
    let found = objective::critic(&table(&[1, 1, 1], &[1.0; 3], &rows)).unwrap();
    assert!((found.weights[0] - found.weights[1]).abs() < 1e-12);
    assert!(found.weights[2] > 2.0 * found.weights[0] - 1e-12);
    near(&[found.weights.iter().sum()], &[1.0], 1e-12);
}
