//! Columns of appraisals of projects.

use super::{Arg, Columns, odd};
use crate::appraisal::{Appraisal, Signature};
use crate::{Result, args};
use akimat_core::ProjectId;
use jiff::Timestamp;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, project, place, version, npv, npv_low, npv_high, bcr_e4, document, drafted_by, \
                           drafted_at, signed_by, signed_at";

/// Values of [`COLUMNS`].
pub fn args(appraisal: &Appraisal) -> Vec<Arg<'_>> {
    let signed = appraisal.signed.as_ref();
    args![
        appraisal.id,
        appraisal.project.0,
        appraisal.place,
        appraisal.version,
        appraisal.npv,
        appraisal.npv_low,
        appraisal.npv_high,
        appraisal.bcr_e4,
        appraisal.document.as_str(),
        appraisal.drafted.by.as_str(),
        appraisal.drafted.at,
        signed.map(|signature| signature.by.as_str()),
        signed.map(|signature| signature.at.as_microsecond()),
    ]
    .into()
}

/// An appraisal out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Appraisal> {
    Ok(Appraisal {
        id: row.uuid()?,
        project: ProjectId(row.uuid()?),
        place: row.kato()?,
        version: row.int()?,
        npv: row.money_opt()?,
        npv_low: row.money_opt()?,
        npv_high: row.money_opt()?,
        bcr_e4: row.int_opt()?,
        document: row.string()?,
        drafted: Signature { by: row.string()?, at: row.instant()? },
        signed: match (row.string_opt()?, instant_opt(row)?) {
            (Some(by), Some(at)) => Some(Signature { by, at }),
            _ => None,
        },
    })
}

fn instant_opt(row: &mut Columns<'_>) -> Result<Option<Timestamp>> {
    let Some(micros) = row.int_opt()? else { return Ok(None) };
    Timestamp::from_microsecond(micros).map(Some).map_err(|_| odd(format!("{micros} is not an instant")))
}
