//! Columns of confirmations and disputes of finished works, and of the answers.

use super::{Arg, Columns, hidden_opt};
use crate::acceptance::{Acceptance, AcceptanceAnswer, AcceptanceCount, Verdict};
use crate::{Result, args};
use akimat_core::{AccountId, Lang, ProjectId};

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, project, place, finished_on, account, by_name, verdict, lang, body, photo, at, \
                           hidden_reason, hidden_at, invented";

/// What [`read_answer`] reads and [`answer_args`] writes.
pub const ANSWER_COLUMNS: &str = "id, project, finished_on, account, office, lang, body, at";

/// Values of [`COLUMNS`].
pub fn args(said: &Acceptance) -> Vec<Arg<'_>> {
    let hidden = said.hidden.as_ref();
    args![
        said.id,
        said.project.0,
        said.place,
        said.finished_on,
        said.account.0,
        said.by_name.as_str(),
        said.verdict.code(),
        said.lang.code(),
        said.body.as_str(),
        said.photo,
        said.at,
        hidden.map(|hidden| hidden.reason.as_str()),
        hidden.map(|hidden| hidden.at.as_microsecond()),
        said.invented,
    ]
    .into()
}

/// A word of a person out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Acceptance> {
    Ok(Acceptance {
        id: row.uuid()?,
        project: ProjectId(row.uuid()?),
        place: row.kato()?,
        finished_on: row.date()?,
        account: AccountId(row.uuid()?),
        by_name: row.string()?,
        verdict: row.code(Verdict::parse)?,
        lang: row.code(Lang::parse)?,
        body: row.string()?,
        photo: row.uuid_opt()?,
        at: row.instant()?,
        hidden: hidden_opt(row)?,
        invented: row.flag()?,
    })
}

/// Values of [`ANSWER_COLUMNS`].
pub fn answer_args(answer: &AcceptanceAnswer) -> Vec<Arg<'_>> {
    args![
        answer.id,
        answer.project.0,
        answer.finished_on,
        answer.account.map(|id| id.0),
        answer.office.as_str(),
        answer.lang.code(),
        answer.body.as_str(),
        answer.at,
    ]
    .into()
}

/// An answer out of [`ANSWER_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_answer(row: &mut Columns<'_>) -> Result<AcceptanceAnswer> {
    Ok(AcceptanceAnswer {
        id: row.uuid()?,
        project: ProjectId(row.uuid()?),
        finished_on: row.date()?,
        account: row.uuid_opt()?.map(AccountId),
        office: row.string()?,
        lang: row.code(Lang::parse)?,
        body: row.string()?,
        at: row.instant()?,
    })
}

/// Counts out of project, place, day, confirmations, disputes, answers.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_count(row: &mut Columns<'_>) -> Result<AcceptanceCount> {
    Ok(AcceptanceCount {
        project: ProjectId(row.uuid()?),
        place: row.kato()?,
        finished_on: row.date()?,
        n_confirm: row.int()?,
        n_dispute: row.int()?,
        n_answers: row.int()?,
    })
}
