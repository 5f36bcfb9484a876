//! Dossiers of projects: putting the next version of a section, also when somebody else was quicker.

use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, Money, ProjectId};
use akimat_project::revision::{FieldChange, FieldClash, diff, merge, settle};
use akimat_storage::dossier::Section;
use akimat_storage::{Account, Change, Conflict, StoreError};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

/// Longest body of a section in bytes of JSON.
pub const SECTION_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Longest reason and longest name of a document in characters.
pub const REASON_CHARS_MAX: usize = 2_000;
/// Versions that are looked through for the one that a person began with.
const VERSIONS_MAX: u16 = 5_000;
/// Times that a version is put again when another came first.
const TRIES: usize = 4;

/// The next version of a section as a person wants it.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionDraft {
    /// The section; `None` begins a new one.
    pub id: Option<Uuid>,
    /// The word of the room that reads the body.
    pub kind: &'static str,
    /// The version that the person was shown; 0 for a new section.
    pub base_version: u32,
    /// Where it stands, in a word of its kind.
    pub state: String,
    /// The next day on which something is due.
    pub due_on: Option<Date>,
    /// The sum that it is about.
    pub amount: Option<Money>,
    /// Takes the section out of the dossier.
    pub removed: bool,
    /// What it says.
    pub body: Value,
    /// Why.
    pub reason: String,
    /// The document that it rests on.
    pub basis: String,
}

/// What became of a draft.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// It is stored.
    Stored {
        /// The section.
        id: Uuid,
        /// Its version now.
        version: u32,
        /// What somebody else had stored since the person was shown the section, and what is now in it as well.
        others: Vec<FieldChange>,
    },
    /// Somebody else changed the same fields to something else. Nothing is stored.
    Clash {
        /// What is stored.
        current: Box<Section>,
        /// The fields in question.
        clashes: Vec<FieldClash>,
        /// The body with what only one of the two changed; of the fields in question it holds yours. A form that shows
        /// it again loses nothing when it is saved over `current`.
        joined: Value,
    },
}

/// The body of a section as the room of its kind understands it.
///
/// # Errors
/// [`AppError::Internal`] when the stored text is not such a body.
pub fn body<T: DeserializeOwned>(section: &Section) -> Result<T> {
    serde_json::from_str(&section.body)
        .map_err(|error| AppError::Internal(format!("section {}: {error}", section.id)))
}

/// What both people made of a section, as the room of its kind understands it: for the form of the second.
///
/// # Errors
/// [`AppError::Internal`] when the two do not make such a body.
pub fn joined<T: DeserializeOwned>(body: Value) -> Result<T> {
    serde_json::from_value(body).map_err(|error| AppError::Internal(format!("joined: {error}")))
}

impl App {
    /// Puts the next version of a section into the dossier of a project. When somebody else stored one since the
    /// person was shown it, what only one of the two changed is taken from each; what both changed is a
    /// [`Kept::Clash`], and nothing is stored.
    ///
    /// State, due day and amount are those of the draft: whoever computes them from the body computes them again
    /// when [`Kept::Stored`] names changes of others.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such project or section, [`AppError::Invalid`] when the reason, the
    /// document or the body is too long, [`AppError::Forbidden`].
    pub async fn put_section(
        &self,
        actor: Option<&Account>,
        permission: Permission,
        project: ProjectId,
        draft: SectionDraft,
    ) -> Result<Kept> {
        permission::check(actor, permission, None)?;
        let place = self.read().find_project_place(project).await?.ok_or(AppError::NotFound("project"))?;
        permission::check(actor, permission, Some(place))?;
        check_length(&draft)?;
        for _ in 0..TRIES {
            let stored = match draft.id {
                Some(id) => Some(self.section_of(project, draft.kind, id).await?),
                None => None,
            };
            let (body, others) = match self.brought_together(stored.as_ref(), &draft).await? {
                Ok(joined) => joined,
                Err(clash) => return Ok(clash),
            };
            let version = stored.as_ref().map_or(0, |section| section.version) + 1;
            let next = SectionDraft { body, ..draft.clone() };
            let section = self.section(actor, (project, place), version, &next);
            let id = section.id;
            let detail =
                json!({ "section": id, "kind": draft.kind, "version": version, "state": draft.state });
            let audit = self.audit(actor, "put_section", project, Some(place), &detail);
            match self.store().apply(vec![Change::PutSection(Box::new(section)), audit]).await {
                Err(StoreError::Conflict(Conflict::Stale("section"))) => {}
                other => {
                    other?;
                    return Ok(Kept::Stored { id, version, others });
                }
            }
        }
        Err(AppError::Conflict(Conflict::Stale("section")))
    }

    /// A version ready for a batch: for verbs that put a section together with other changes, and for the platform
    /// itself when there is no actor.
    pub(crate) fn section(
        &self,
        actor: Option<&Account>,
        (project, place): (ProjectId, KatoCode),
        version: u32,
        draft: &SectionDraft,
    ) -> Section {
        Section {
            id: draft.id.unwrap_or_else(|| self.new_uuid()),
            project,
            place,
            kind: draft.kind.to_owned(),
            version,
            state: draft.state.clone(),
            due_on: draft.due_on,
            amount: draft.amount,
            removed: draft.removed,
            body: draft.body.to_string(),
            reason: draft.reason.trim().to_owned(),
            basis: draft.basis.trim().to_owned(),
            by: actor.map(|account| account.id),
            by_name: spokesman(actor),
            at: self.now(),
        }
    }

    /// The newest version of a section, if it is of this project and kind.
    ///
    /// # Errors
    /// [`AppError::NotFound`] otherwise.
    pub async fn section_of(&self, project: ProjectId, kind: &str, id: Uuid) -> Result<Section> {
        let stored = self.read().find_section(id).await?;
        stored
            .filter(|section| section.project == project && section.kind == kind)
            .ok_or(AppError::NotFound("section"))
    }

    async fn brought_together(
        &self,
        stored: Option<&Section>,
        draft: &SectionDraft,
    ) -> Result<std::result::Result<(Value, Vec<FieldChange>), Kept>> {
        let Some(stored) = stored.filter(|section| section.version != draft.base_version) else {
            return Ok(Ok((draft.body.clone(), Vec::new())));
        };
        let theirs: Value = body(stored)?;
        let versions =
            self.read().list_section_versions(stored.project, &[stored.kind.as_str()], VERSIONS_MAX).await?;
        let shown =
            versions.iter().find(|section| section.id == stored.id && section.version == draft.base_version);
        let base: Value = shown.map_or(Ok(Value::Null), body)?;
        Ok(match merge(&base, &theirs, &draft.body) {
            Ok(joined) => Ok((joined, diff(&base, &theirs))),
            Err(clashes) => {
                let joined = settle(&base, &theirs, &draft.body);
                Err(Kept::Clash { current: Box::new(stored.clone()), clashes, joined })
            }
        })
    }
}

fn check_length(draft: &SectionDraft) -> Result<()> {
    let mut wrong = Vec::new();
    for (field, text) in [("reason", &draft.reason), ("basis", &draft.basis)] {
        if text.chars().count() > REASON_CHARS_MAX {
            wrong.push(FieldFault::new(field, "field-too-long").with("max", REASON_CHARS_MAX));
        }
    }
    if draft.body.to_string().len() > SECTION_BYTES_MAX {
        wrong.push(FieldFault::new("body", "field-too-long").with("max", SECTION_BYTES_MAX));
    }
    if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
}
