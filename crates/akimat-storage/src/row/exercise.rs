//! Columns of exercises and of the divisions of residents, and the steps by which they change.

use super::{Arg, Columns, to_json};
use crate::exercise::{ExerciseAnswer, ExerciseChange};
use crate::{Conflict, Result, StoreError, args};
use akimat_participation::exercise::Exercise;

/// Statements that read, with question marks.
pub mod sql {
    /// All of them.
    pub const LIST: &str = "select document from exercises order by created_at desc, id";
    /// By the word in the address.
    pub const BY_CODE: &str = "select document from exercises where code = ?1";
    /// How often somebody took part.
    pub const TURNS: &str = "select turns from exercises where id = ?1";
    /// How many took part.
    pub const COUNT: &str = "select count(*) from exercise_answers where exercise = ?1";
    /// One division.
    pub const ANSWER: &str = "select person, units from exercise_answers where exercise = ?1 and person = ?2";
    /// Every division.
    pub const ANSWERS: &str =
        "select person, units from exercise_answers where exercise = ?1 order by person";
    /// Whether the word of an address is taken.
    pub const TAKEN: &str = "select 1 from exercises where code = ?1";
}

/// A statement with its values, and the conflict when it touches no row.
pub type Step<'a> = (&'static str, Vec<Arg<'a>>, Option<Conflict>);

const STALE: Option<Conflict> = Some(Conflict::Stale("exercise"));

/// The steps of a change, in their order.
pub fn steps(change: &ExerciseChange) -> Vec<Step<'_>> {
    match change {
        ExerciseChange::Add(exercise) => vec![(
            "insert into exercises (id, place, code, state, edit, turns, document, created_at, updated_at)
             values (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8)",
            args![
                exercise.id,
                exercise.place,
                exercise.code.as_str(),
                exercise.state.code(),
                exercise.edit,
                to_json(exercise),
                exercise.created_at,
                exercise.updated_at,
            ]
            .into(),
            None,
        )],
        ExerciseChange::Update(exercise) => vec![(
            "update exercises set state = ?2, edit = ?3, document = ?4, updated_at = ?5
             where id = ?1 and edit = ?3 - 1",
            changed(exercise).into(),
            STALE,
        )],
        ExerciseChange::Answer(exercise, answer) => vec![
            (
                "update exercises set turns = turns + 1 where id = ?1 and state = 'open'",
                args![*exercise].into(),
                STALE,
            ),
            (
                "insert into exercise_answers (exercise, person, units) values (?1, ?2, ?3)
                 on conflict (exercise, person) do update set units = excluded.units",
                args![*exercise, answer.person.as_slice(), to_json(&answer.units)].into(),
                None,
            ),
        ],
        ExerciseChange::Close(exercise, turns, answers) => {
            let mut values: Vec<Arg<'_>> = changed(exercise).into();
            values.push(i64::try_from(*turns).unwrap_or(i64::MAX).into());
            let mut all: Vec<Step<'_>> = vec![
                (
                    "update exercises set state = ?2, edit = ?3, document = ?4, updated_at = ?5
                     where id = ?1 and edit = ?3 - 1 and turns = ?6 and state = 'open'",
                    values,
                    STALE,
                ),
                ("delete from exercise_answers where exercise = ?1", args![exercise.id].into(), None),
            ];
            all.extend(answers.iter().map(|answer| {
                let values = args![exercise.id, answer.person.as_slice(), to_json(&answer.units)];
                let sql = "insert into exercise_answers (exercise, person, units) values (?1, ?2, ?3)";
                (sql, values.into(), None)
            }));
            all
        }
    }
}

fn changed(exercise: &Exercise) -> [Arg<'_>; 5] {
    args![exercise.id, exercise.state.code(), exercise.edit, to_json(exercise), exercise.updated_at,]
}

/// An exercise out of its document.
///
/// # Errors
/// [`StoreError::Unexpected`] when the column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Exercise> {
    row.json()
}

/// A division.
///
/// # Errors
/// [`StoreError::Unexpected`] when a column holds something else.
pub fn read_answer(row: &mut Columns<'_>) -> Result<ExerciseAnswer> {
    let person = row.bytes()?.try_into();
    Ok(ExerciseAnswer {
        person: person.map_err(|_| StoreError::Unexpected("a hash has 32 bytes".to_owned()))?,
        units: row.json()?,
    })
}
