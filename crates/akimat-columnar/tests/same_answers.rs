//! Whatever is asked, the engine answers what adding up the reports by hand gives.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not get ends the test")]

#[path = "same_answers/by_hand.rs"]
mod by_hand;
#[path = "same_answers/cube.rs"]
mod cube;

use akimat_budget::{Item, Stage};
use akimat_columnar::{Columnar, ColumnarOptions};
use akimat_core::KatoCode;
use akimat_storage::columns::{
    AdHoc, Aggregate, Columns, ColumnsError, Dimension, FactFilter, Figure, Measure, Member,
};
use akimat_storage::fact::FactRead;
use cube::{Cube, Dice};
use std::sync::Arc;

fn open(cube: &Arc<Cube>, folder: &std::path::Path) -> Columnar {
    let facts: Arc<dyn FactRead> = Arc::clone(cube) as Arc<dyn FactRead>;
    let options = ColumnarOptions { threads: 2, ..ColumnarOptions::new(folder.to_owned()) };
    Columnar::open(facts, options).unwrap()
}

fn pick<T: Clone>(dice: &mut Dice, all: &[T], at_most: usize) -> Vec<T> {
    let n = dice.below(at_most + 1);
    let mut picked: Vec<usize> = (0..n).map(|_| dice.below(all.len())).collect();
    picked.sort_unstable();
    picked.dedup();
    picked.into_iter().map(|at| all[at].clone()).collect()
}

/// A question of any kind; most are refused by the rules and then asked for a count instead.
fn question(dice: &mut Dice, cube: &Cube) -> AdHoc {
    let units: Vec<KatoCode> = cube.units();
    let stages = pick(dice, &Stage::ALL, 2);
    let measures = stages
        .iter()
        .flat_map(|stage| Aggregate::ALL.map(|aggregate| Measure { stage: *stage, aggregate }))
        .take(9)
        .collect();
    let filter = FactFilter {
        under: if dice.below(3) == 0 { pick(dice, &units, 2) } else { Vec::new() },
        units: if dice.below(5) == 0 { pick(dice, &units, 2) } else { Vec::new() },
        levels: if dice.below(2) == 0 { pick(dice, &[2, 3, 4], 1) } else { Vec::new() },
        years: (dice.below(2) == 0).then(|| {
            let first = 2020 + i16::try_from(dice.below(4)).unwrap();
            first..=first + i16::try_from(dice.below(3)).unwrap()
        }),
        months: if dice.below(3) == 0 { pick(dice, &[0, 3, 6, 9, 12], 1) } else { Vec::new() },
        sections: if dice.below(4) == 0 { pick(dice, &akimat_budget::Section::ALL, 1) } else { Vec::new() },
        items: if dice.below(2) == 0 { pick(dice, &Item::ALL, 2) } else { Vec::new() },
        groups: if dice.below(5) == 0 { vec!["04".to_owned(), "06".to_owned()] } else { Vec::new() },
        codes: if dice.below(6) == 0 { vec!["04/1".to_owned(), "77".to_owned()] } else { Vec::new() },
        depth: (dice.below(4) == 0).then(|| u8::try_from(dice.below(4)).unwrap()),
    };
    AdHoc {
        by: pick(dice, &Dimension::ALL, 4),
        filter,
        measures,
        latest: dice.below(2) == 0,
        limit: if dice.below(5) == 0 { 3 } else { 50_000 },
    }
}

#[tokio::test]
async fn the_engine_answers_what_adding_by_hand_gives() {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(11);
    let cube = Arc::new(Cube::invented(&mut dice));
    let columnar = open(&cube, folder.path());
    let mut n_sums = 0;
    for turn in 0..300 {
        let mut asked = question(&mut dice, &cube);
        // Every other question is one that may add.
        while turn % 2 == 0 && asked.check().is_err() {
            asked = question(&mut dice, &cube);
        }
        if asked.check().is_err() {
            asked.measures = vec![Measure { stage: Stage::Executed, aggregate: Aggregate::Count }];
        } else {
            n_sums += 1;
        }
        let expected = by_hand::answer(&cube, &asked);
        let answer = columnar.query(&asked).await.unwrap();
        assert_eq!(answer.rows, expected.rows, "{asked:?}");
        assert_eq!(answer.truncated, expected.truncated, "{asked:?}");
        assert_eq!(answer.n_facts, expected.n_facts, "{asked:?}");
        assert!(!answer.stale);
    }
    assert!(n_sums > 140, "only {n_sums} sums were compared");
}

#[tokio::test]
async fn a_sum_beyond_an_amount_is_an_error_never_a_wrong_number() {
    let folder = tempfile::tempdir().unwrap();
    let cube = Arc::new(Cube::enormous());
    let columnar = open(&cube, folder.path());
    let total = |by: Vec<Dimension>| AdHoc {
        by,
        filter: FactFilter { levels: vec![3], items: vec![Item::Tax], ..FactFilter::default() },
        measures: vec![Measure { stage: Stage::Executed, aggregate: Aggregate::Sum }],
        latest: true,
        limit: 10,
    };
    assert!(matches!(columnar.query(&total(Vec::new())).await, Err(ColumnsError::Overflow)));
    let each = columnar.query(&total(vec![Dimension::Unit])).await.unwrap();
    let greatest = akimat_core::Money::from_tiyn(i64::MAX);
    assert_eq!(each.rows.len(), 2);
    assert!(each.rows.iter().all(|row| row.figures == [Figure::Money(Some(greatest))]));
}

#[tokio::test]
async fn a_change_makes_a_new_copy_and_a_lost_copy_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("columns");
    let cube = Arc::new(Cube::invented(&mut Dice(3)));
    let count = AdHoc {
        by: vec![Dimension::Year],
        measures: vec![Measure { stage: Stage::Approved, aggregate: Aggregate::Count }],
        limit: 100,
        ..AdHoc::default()
    };
    let columnar = open(&cube, &home);
    let before = columnar.query(&count).await.unwrap();
    cube.add_a_year(2030);
    let after = columnar.query(&count).await.unwrap();
    assert_eq!(after.generation, before.generation + 1);
    assert_eq!(after.rows.last().unwrap().key, [Member::Number(2030)]);
    let folders = || std::fs::read_dir(&home).unwrap().count();
    assert_eq!(folders(), 1, "the copy that was replaced goes");
    drop(columnar);
    let again = open(&cube, &home).query(&count).await.unwrap();
    assert_eq!(
        (again.rows.clone(), again.as_of),
        (after.rows.clone(), after.as_of),
        "the copy is found again"
    );
    std::fs::remove_dir_all(&home).unwrap();
    assert_eq!(open(&cube, &home).query(&count).await.unwrap().rows, after.rows);
}

#[tokio::test]
async fn an_answer_from_an_older_copy_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let cube = Arc::new(Cube::invented(&mut Dice(5)));
    let facts: Arc<dyn FactRead> = Arc::clone(&cube) as Arc<dyn FactRead>;
    let options =
        ColumnarOptions { threads: 1, wait_facts_max: 0, ..ColumnarOptions::new(folder.path().to_owned()) };
    let columnar = Columnar::open(facts, options).unwrap();
    let count = AdHoc {
        measures: vec![Measure { stage: Stage::Approved, aggregate: Aggregate::Count }],
        limit: 1,
        ..AdHoc::default()
    };
    assert!(matches!(columnar.query(&count).await, Err(ColumnsError::NotReady)));
    let state = columnar.refresh().await.unwrap();
    assert!(!columnar.query(&count).await.unwrap().stale);
    cube.add_a_year(2031);
    let old = columnar.query(&count).await.unwrap();
    assert!(old.stale);
    assert_eq!(old.generation, state.generation);
    columnar.refresh().await.unwrap();
    assert!(!columnar.query(&count).await.unwrap().stale);
}
