//! Columns of projects that became one with another, and what moves with them.

use super::{Arg, Columns};
use crate::merged_project::MergedProject;
use crate::{Result, args};
use akimat_core::{AccountId, ProjectId};

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "former, version, place, number, into_project, into_place, reason, merged_by, \
                           merged_by_name, at, record";

/// Statements that give what belongs to the project `?1` to the project `?2` in the territory `?3`. A value is marked
/// by `?`.
pub const MOVES: [&str; 6] = [
    "update comments set project_id = ?2, place = ?3 where project_id = ?1",
    "update photos set project = ?2, place = ?3 where project = ?1",
    "insert into ratings (project_id, account_id, place, value, previous, rated_at)
     select ?2, account_id, ?3, value, previous, rated_at from ratings where project_id = ?1
     on conflict (project_id, account_id) do nothing",
    "update appraisals set place = ?3, project = ?2 where project = ?1",
    "update acceptances set place = ?3, project = ?2 where project = ?1",
    "update discounts set place = ?3, subject = ?2 where kind = 'project' and subject = ?1",
];

/// As [`MOVES`], for the sections of a kind, the fourth value.
pub const MOVE_SECTIONS: &str =
    "update sections set project = ?2, place = ?3 where project = ?1 and kind = ?4";

/// What comes before [`MOVES`]: where both projects have the same, that of the one that stays counts.
pub const MOVES_BEFORE: [&str; 7] = [
    "delete from photo_parts where photo in (select id from photos where project = ?1
     and sha256 in (select sha256 from photos where project = ?2))",
    "delete from photos where project = ?1 and sha256 in (select sha256 from photos where project = ?2)",
    "delete from acceptances where project = ?1 and exists (select 1 from acceptances kept
     where kept.project = ?2 and kept.account = acceptances.account and kept.finished_on = acceptances.finished_on)",
    "delete from discounted_marks where kind = 'project' and subject = ?1
     and account in (select account_id from ratings where project_id = ?2)",
    "update discounted_marks set subject = ?2 where kind = 'project' and subject = ?1",
    "delete from mark_traces where kind = 'project' and subject = ?1
     and account in (select account_id from ratings where project_id = ?2)",
    "update mark_traces set subject = ?2 where kind = 'project' and subject = ?1",
];

/// What comes after [`MOVES`].
pub const MOVES_AFTER: [&str; 5] = [
    "update acceptance_answers set project = ?2 where project = ?1",
    "update project_updates set project_id = ?2 where project_id = ?1",
    "update outcome_predictions set project = ?2 where project = ?1",
    "update scores set project = ?2 where project = ?1",
    "update projects set n_comments = n_comments + (select n_comments from projects where id = ?1) where id = ?2",
];

/// What both projects may not have: only one of each may be on record for a project.
pub const ONLY_ONE: [(&str, &str); 2] = [
    ("appraisal", "select 1 from appraisals where project = ?1 and exists (select 1 from appraisals where project = ?2) limit 1"),
    (
        "score",
        "select 1 from scores where project = ?1 and exists (select 1 from scores kept where kept.project = ?2
         and kept.criteria_set = scores.criteria_set) limit 1",
    ),
];

/// Values of [`COLUMNS`].
pub fn args(merged: &MergedProject) -> Vec<Arg<'_>> {
    args![
        merged.former.0,
        merged.version,
        merged.place,
        merged.number.as_str(),
        merged.into.0,
        merged.into_place,
        merged.reason.as_str(),
        merged.by.map(|account| account.0),
        merged.by_name.as_str(),
        merged.at,
        merged.record.as_str(),
    ]
    .into()
}

/// A project that is no more out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<MergedProject> {
    Ok(MergedProject {
        former: ProjectId(row.uuid()?),
        version: row.int()?,
        place: row.kato()?,
        number: row.string()?,
        into: ProjectId(row.uuid()?),
        into_place: row.kato()?,
        reason: row.string()?,
        by: row.uuid_opt()?.map(AccountId),
        by_name: row.string()?,
        at: row.instant()?,
        record: row.string()?,
    })
}
