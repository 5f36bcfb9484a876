//! Columns of scenarios of programmes and of what is said about them.

use super::{Arg, Columns, instant_opt};
use crate::programme::{ProgrammeComment, ProgrammeDraft, ProgrammeHead, ProgrammeScenario, ProgrammeState};
use crate::{Result, args};
use akimat_core::{AccountId, DecisionId, JobId};

/// What [`read_head`] reads.
pub const HEAD: &str = "id, place, title, first_year, n_years, state, edit, invented, objective, bound, parent, \
                        job, decision, created_by, created_by_name, created_at, updated_at";
/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, place, title, first_year, n_years, state, edit, invented, objective, bound, \
                           parent, job, decision, created_by, created_by_name, created_at, updated_at, \
                           request, solution, record";
/// What [`read_comment`] reads and [`comment_args`] writes.
pub const COMMENT: &str = "id, programme, voice, account, by_name, at, body";
/// What [`read_draft`] reads.
pub const DRAFT: &str = "id, programme, place, title, number, words, opened_by, opened_by_name, opened_at, \
                         closes_at, ended_at, invented";

/// Values of [`COLUMNS`].
pub fn args(scenario: &ProgrammeScenario) -> Vec<Arg<'_>> {
    let head = &scenario.head;
    args![
        head.id,
        head.place,
        head.title.as_str(),
        head.first_year,
        head.n_years,
        head.state.code(),
        head.edit,
        head.invented,
        head.objective,
        head.bound,
        head.parent,
        head.job.map(|job| job.0),
        head.decision.map(|decision| decision.0),
        head.created_by.0,
        head.created_by_name.as_str(),
        head.created_at,
        head.updated_at,
        scenario.request.as_str(),
        scenario.solution.as_str(),
        scenario.record.as_str(),
    ]
    .into()
}

/// A head out of [`HEAD`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_head(row: &mut Columns<'_>) -> Result<ProgrammeHead> {
    Ok(ProgrammeHead {
        id: row.uuid()?,
        place: row.kato()?,
        title: row.string()?,
        first_year: row.int()?,
        n_years: row.int()?,
        state: row.code(ProgrammeState::parse)?,
        edit: row.int()?,
        invented: row.flag()?,
        objective: row.int_opt()?,
        bound: row.int_opt()?,
        parent: row.uuid_opt()?,
        job: row.uuid_opt()?.map(JobId),
        decision: row.uuid_opt()?.map(DecisionId),
        created_by: AccountId(row.uuid()?),
        created_by_name: row.string()?,
        created_at: row.instant()?,
        updated_at: row.instant()?,
    })
}

/// A scenario out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<ProgrammeScenario> {
    Ok(ProgrammeScenario {
        head: read_head(row)?,
        request: row.string()?,
        solution: row.string()?,
        record: row.string()?,
    })
}

/// Values of [`COMMENT`].
pub fn comment_args(comment: &ProgrammeComment) -> Vec<Arg<'_>> {
    args![
        comment.id,
        comment.programme,
        comment.voice.as_str(),
        comment.account.0,
        comment.by.as_str(),
        comment.at,
        comment.body.as_str(),
    ]
    .into()
}

/// A comment out of [`COMMENT`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_comment(row: &mut Columns<'_>) -> Result<ProgrammeComment> {
    Ok(ProgrammeComment {
        id: row.uuid()?,
        programme: row.uuid()?,
        voice: row.string()?,
        account: AccountId(row.uuid()?),
        by: row.string()?,
        at: row.instant()?,
        body: row.string()?,
    })
}

/// Values of [`DRAFT`] and the document.
pub fn draft_args<'a>(draft: &'a ProgrammeDraft, document: &'a str) -> Vec<Arg<'a>> {
    args![
        draft.id,
        draft.programme,
        draft.place,
        draft.title.as_str(),
        draft.number,
        draft.words.as_str(),
        draft.opened_by.map(|account| account.0),
        draft.opened_by_name.as_str(),
        draft.opened_at,
        draft.closes_at,
        draft.ended_at.map(jiff::Timestamp::as_microsecond),
        draft.invented,
        document,
    ]
    .into()
}

/// A draft out of [`DRAFT`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_draft(row: &mut Columns<'_>) -> Result<ProgrammeDraft> {
    Ok(ProgrammeDraft {
        id: row.uuid()?,
        programme: row.uuid()?,
        place: row.kato()?,
        title: row.string()?,
        number: row.int()?,
        words: row.string()?,
        opened_by: row.uuid_opt()?.map(AccountId),
        opened_by_name: row.string()?,
        opened_at: row.instant()?,
        closes_at: row.instant()?,
        ended_at: instant_opt(row)?,
        invented: row.flag()?,
    })
}

/// A draft out of [`DRAFT`], then its document.
///
/// # Errors
/// See [`read_draft`].
pub fn read_whole_draft(row: &mut Columns<'_>) -> Result<(ProgrammeDraft, String)> {
    Ok((read_draft(row)?, row.string()?))
}
