//! The remission times of Freireich and others (1963), group 6-MP: the worked example of every textbook of survival
//! analysis, for example Kleinbaum and Klein, Survival Analysis, table 2.1; standard errors as R `survfit` prints them.

use akimat_procurement::survival::{Spell, estimate};

const SPELLS: [(u32, bool); 21] = [
    (6, true),
    (6, true),
    (6, true),
    (6, false),
    (7, true),
    (9, false),
    (10, true),
    (10, false),
    (11, false),
    (13, true),
    (16, true),
    (17, false),
    (19, false),
    (20, false),
    (22, true),
    (23, true),
    (25, false),
    (32, false),
    (32, false),
    (34, false),
    (35, false),
];

#[test]
fn the_curve_of_the_textbook() {
    let spells: Vec<Spell> =
        SPELLS.iter().map(|(days, ended)| Spell { days: *days, ended: *ended }).collect();
    let curve = estimate(&spells).unwrap();
    let found: Vec<(u32, usize, String, String)> = curve
        .steps
        .iter()
        .map(|s| (s.days, s.at_risk, format!("{:.3}", s.share), format!("{:.4}", s.error)))
        .collect();
    let want = [
        (6, 21, "0.857", "0.0764"),
        (7, 17, "0.807", "0.0869"),
        (10, 15, "0.753", "0.0963"),
        (13, 12, "0.690", "0.1068"),
        (16, 11, "0.627", "0.1141"),
        (22, 7, "0.538", "0.1282"),
        (23, 6, "0.448", "0.1346"),
    ];
    assert_eq!(found, want.map(|(d, n, s, e)| (d, n, s.to_owned(), e.to_owned())));
    assert_eq!((curve.median, curve.n, curve.n_censored), (Some(23), 21, 12));
    assert!(
        curve.steps.iter().all(|s| s.low <= s.share && s.share <= s.high && s.low >= 0.0 && s.high <= 1.0)
    );
}

#[test]
fn too_few_are_refused_and_all_ended_reach_zero() {
    assert_eq!(estimate(&[Spell { days: 1, ended: true }; 4]), Err(4));
    let all: Vec<Spell> = (1..=5).map(|days| Spell { days, ended: true }).collect();
    let curve = estimate(&all).unwrap();
    assert_eq!(curve.steps.last().map(|s| s.share), Some(0.0));
    assert_eq!(curve.median, Some(3));
    let none: Vec<Spell> = (1..=5).map(|days| Spell { days, ended: false }).collect();
    assert_eq!(estimate(&none).unwrap().median, None);
}
