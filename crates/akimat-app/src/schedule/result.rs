//! Measured results of a project: kept as a series, the latest carried into the register.

use super::Why;
use crate::dossier::{self, Kept, SectionDraft};
use crate::permission::Permission;
use crate::project::{EditNote, Edited};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::ProjectId;
use akimat_delivery::progress::result::{self, ResultFault, ResultMeasure, Results};
use akimat_project::{Basis, Project};
use akimat_storage::Account;
use akimat_storage::dossier::Section;

/// The kind of section that holds measured results.
pub const KIND: &str = "result";
/// Versions that are looked through for the one that a person began with.
const VERSIONS_MAX: u16 = 1_000;

/// Measurements and where they are stored.
#[derive(Clone, Debug)]
pub struct StoredResults {
    /// Their section.
    pub section: Section,
    /// The measurements.
    pub results: Results,
}

/// The sentence of a fault, and the field of the form that enters one measurement.
pub const fn fault_key(fault: &ResultFault) -> (&'static str, &'static str) {
    match fault {
        ResultFault::TooMany => ("result", "schedule-result-too-many"),
        ResultFault::NotANumber(_) => ("value", "field-not-a-number"),
        ResultFault::InTheFuture(_) => ("measured_on", "schedule-fault-in-the-future"),
        ResultFault::FarDate(_) => ("measured_on", "schedule-fault-far-date"),
        ResultFault::SourceMissing(_) => ("source", "field-required"),
        ResultFault::SourceTooLong(_) => ("source", "schedule-fault-too-long"),
    }
}

impl App {
    /// The measured results of a project.
    ///
    /// # Errors
    /// When the database fails, or the stored text is no such list.
    pub async fn find_results(&self, project: ProjectId) -> Result<Option<StoredResults>> {
        let sections = self.read().list_sections(project, &[KIND]).await?;
        sections.into_iter().next().map(stored).transpose()
    }

    /// The list as it was in a version, for whoever began with that; the newest when there is no such version.
    ///
    /// # Errors
    /// When the database fails, or the stored text is no such list.
    pub async fn results_at(&self, project: ProjectId, version: u32) -> Result<Option<StoredResults>> {
        let Some(newest) = self.find_results(project).await? else { return Ok(None) };
        if newest.section.version == version {
            return Ok(Some(newest));
        }
        let versions = self.read().list_section_versions(project, &[KIND], VERSIONS_MAX).await?;
        let shown = versions.into_iter().find(|section| {
            section.id == newest.section.id && section.version == version && !section.removed
        });
        shown.map_or(Ok(Some(newest)), |section| stored(section).map(Some))
    }

    /// A manager puts the next version of the list, and the register shows the latest measurement of each result.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::Invalid`] with every fault at its field.
    pub async fn put_results(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        (base, next): (Option<&StoredResults>, &Results),
        why: &Why,
    ) -> Result<Kept> {
        let wrong: Vec<FieldFault> = result::faults(next, self.today())
            .iter()
            .map(fault_key)
            .map(|(field, key)| FieldFault::new(field, key))
            .collect();
        if !wrong.is_empty() {
            return Err(AppError::Invalid(wrong));
        }
        let body = serde_json::to_value(next).map_err(|error| AppError::Internal(error.to_string()))?;
        let draft = SectionDraft {
            id: base.map(|base| base.section.id),
            kind: KIND,
            base_version: base.map_or(0, |base| base.section.version),
            state: String::new(),
            due_on: None,
            amount: None,
            removed: false,
            body,
            reason: why.reason.clone(),
            basis: why.basis.clone(),
        };
        let kept = self.put_section(actor, Permission::ManageProjects, project, draft).await?;
        if matches!(kept, Kept::Stored { .. }) {
            self.carry_results(actor, project).await?;
        }
        Ok(kept)
    }

    /// The latest measurement of each result becomes what the register says. Somebody who edits the same result at the
    /// same moment goes first: the series is kept all the same, and the next measurement carries it over.
    async fn carry_results(&self, actor: Option<&Account>, id: ProjectId) -> Result<()> {
        let Some(stored) = self.find_results(id).await? else { return Ok(()) };
        let Some((mut project, ..)) = self.read().find_project(id).await? else { return Ok(()) };
        if !carry(&mut project, &stored.results) {
            return Ok(());
        }
        let note = EditNote { reason: String::new(), basis: Basis::default() };
        match self.edit_project(actor, project, note).await? {
            Edited::Stored { .. } | Edited::Clash { .. } => Ok(()),
        }
    }
}

/// Answers whether anything changed.
fn carry(project: &mut Project, results: &Results) -> bool {
    let mut changed = false;
    for own in &mut project.results {
        let Some(latest) = results.of(&own.title).last().copied().cloned() else { continue };
        let ResultMeasure { on, value, .. } = latest;
        let newer = own.measured_on.is_none_or(|known| known <= on);
        if newer && (own.measured.as_ref() != Some(&value) || own.measured_on != Some(on)) {
            (own.measured, own.measured_on) = (Some(value), Some(on));
            changed = true;
        }
    }
    changed
}

fn stored(section: Section) -> Result<StoredResults> {
    let results = dossier::body(&section)?;
    Ok(StoredResults { section, results })
}
