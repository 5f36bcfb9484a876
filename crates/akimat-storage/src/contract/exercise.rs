//! Promises about exercises in dividing a budget.

use super::build::{DISTRICT, at, id, kato};
use super::{ok, refused};
use crate::exercise::{ExerciseAnswer, ExerciseChange};
use crate::{Change, Conflict, Store};
use akimat_core::{Money, Text};
use akimat_participation::exercise::{Exercise, ExerciseState, Group};

fn exercise(n: u64, code: &str) -> Exercise {
    Exercise {
        id: id(n),
        place: kato(DISTRICT),
        code: code.to_owned(),
        year: 2027,
        title: Text::new("Бюджет", "Бюджет", "Budget"),
        summary: Text::default(),
        invented: true,
        state: ExerciseState::Draft,
        budget: id(77),
        unit: Money::from_tiyn(100_000_000),
        groups: vec![Group {
            code: "01".to_owned(),
            title: Text::same("x"),
            planned: Money::from_tiyn(500_000_000),
        }],
        until: at(900),
        result: None,
        edit: 1,
        created_at: at(i64::try_from(n).unwrap_or(0)),
        updated_at: at(1),
    }
}

fn change(change: ExerciseChange) -> Vec<Change> {
    vec![Change::Exercise(Box::new(change))]
}

fn answer(n: u8, units: u32) -> ExerciseAnswer {
    ExerciseAnswer { person: [n; 32], units: vec![units] }
}

/// Kept whole, found by code, changed by counter.
pub async fn exercises_are_kept(store: &dyn Store) {
    let (one, two) = (exercise(1, "one"), exercise(2, "two"));
    ok(store.apply(change(ExerciseChange::Add(one.clone()))).await);
    ok(store.apply(change(ExerciseChange::Add(two.clone()))).await);
    let twice = change(ExerciseChange::Add(exercise(3, "one")));
    refused(store.apply(twice).await, &Conflict::Exists("exercise"));
    assert_eq!(ok(store.list_exercises().await), [two, one.clone()]);
    let early = change(ExerciseChange::Answer(one.id, answer(1, 5)));
    refused(store.apply(early).await, &Conflict::Stale("exercise"));
    let open = Exercise { state: ExerciseState::Open, edit: 2, ..one.clone() };
    ok(store.apply(change(ExerciseChange::Update(open.clone()))).await);
    let stale = change(ExerciseChange::Update(open.clone()));
    refused(store.apply(stale).await, &Conflict::Stale("exercise"));
}

/// Divisions come while it is open, one a person, and lose their persons at the end.
pub async fn divisions_lose_their_persons(store: &dyn Store) {
    let one = exercise(1, "one");
    ok(store.apply(change(ExerciseChange::Add(one.clone()))).await);
    let open = Exercise { state: ExerciseState::Open, edit: 2, ..one.clone() };
    ok(store.apply(change(ExerciseChange::Update(open.clone()))).await);
    for (person, units) in [(1, 5), (2, 7), (1, 6)] {
        ok(store.apply(change(ExerciseChange::Answer(one.id, answer(person, units)))).await);
    }
    assert_eq!(ok(store.count_exercise_answers(one.id).await), 2);
    assert_eq!(ok(store.exercise_turns(one.id).await), 3);
    assert_eq!(ok(store.find_exercise_answer(one.id, [1; 32]).await), Some(answer(1, 6)));
    assert_eq!(ok(store.find_exercise_answer(one.id, [9; 32]).await), None);
    let closed = Exercise { state: ExerciseState::Closed, edit: 3, ..open };
    let anonymous = vec![answer(50, 7), answer(60, 6)];
    let late = change(ExerciseChange::Close(closed.clone(), 2, anonymous.clone()));
    refused(store.apply(late).await, &Conflict::Stale("exercise"));
    ok(store.apply(change(ExerciseChange::Close(closed.clone(), 3, anonymous.clone()))).await);
    assert_eq!(ok(store.list_exercise_answers(one.id).await), anonymous);
    assert_eq!(ok(store.find_exercise_by_code("one").await), Some(closed));
    let over = change(ExerciseChange::Answer(one.id, answer(1, 5)));
    refused(store.apply(over).await, &Conflict::Stale("exercise"));
}
