//! People keep pieces of analysis: views of the cube, scenarios, reports. The owner alone changes them;
//! public ones are read by anybody, private ones by the owner.

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, SavedId};
use akimat_storage::{Account, Change, Conflict, Saved, SavedHead, SavedKind};
use serde_json::json;

/// What a person wants to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedDraft {
    /// What it is.
    pub kind: SavedKind,
    /// Title in the person's words.
    pub title: String,
    /// Territory; `None` when it is of no one territory.
    pub place: Option<KatoCode>,
    /// Anybody with the link may read it.
    pub public: bool,
    /// Made of invented data.
    pub invented: bool,
    /// JSON of the room that made it.
    pub body: String,
}

impl App {
    /// An analyst or a head keeps a piece of analysis, wherever its territory is: the data are public.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the title is empty or too long (`title`) or the body is too large or no
    /// JSON (`body`).
    pub async fn save_analysis(&self, actor: Option<&Account>, draft: SavedDraft) -> Result<SavedId> {
        permission::check(actor, Permission::Analyse, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let title = parse(&draft)?;
        let (id, now) = (self.new_saved_id(), self.now());
        let head = SavedHead {
            id,
            kind: draft.kind,
            title,
            owner: account.id,
            owner_name: spokesman(account),
            place: draft.place,
            public: draft.public,
            invented: draft.invented,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        let detail = json!({ "kind": draft.kind.code(), "title": head.title, "public": head.public });
        let audit = self.audit(actor, "save_analysis", id, head.place, &detail);
        let saved = Box::new(Saved { head, body: draft.body });
        self.store().apply(vec![Change::AddSaved(saved), audit]).await?;
        Ok(id)
    }

    /// The owner changes what was kept. The kind stays.
    ///
    /// # Errors
    /// As [`App::save_analysis`]; [`AppError::Forbidden`] for everybody but the owner;
    /// [`AppError::Conflict`] when it was changed since `version` was shown.
    pub async fn update_analysis(
        &self,
        actor: Option<&Account>,
        id: SavedId,
        version: u32,
        draft: SavedDraft,
    ) -> Result<()> {
        let stored = self.own_analysis(actor, id).await?;
        if stored.version != version || stored.kind != draft.kind {
            return Err(AppError::Conflict(Conflict::Stale("saved analysis")));
        }
        let head = SavedHead {
            title: parse(&draft)?,
            owner_name: actor.map_or(stored.owner_name, spokesman),
            place: draft.place,
            public: draft.public,
            invented: draft.invented,
            updated_at: self.now(),
            version: version + 1,
            ..stored
        };
        let detail = json!({ "version": head.version, "title": head.title, "public": head.public });
        let audit = self.audit(actor, "update_analysis", id, head.place, &detail);
        let saved = Box::new(Saved { head, body: draft.body });
        Ok(self.store().apply(vec![Change::UpdateSaved(saved), audit]).await?)
    }

    /// The owner removes what was kept; links to it lead nowhere from then on.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for everybody but the owner.
    pub async fn remove_analysis(&self, actor: Option<&Account>, id: SavedId) -> Result<()> {
        let stored = self.own_analysis(actor, id).await?;
        let detail = json!({ "kind": stored.kind.code(), "title": stored.title });
        let audit = self.audit(actor, "remove_analysis", id, stored.place, &detail);
        Ok(self.store().apply(vec![Change::RemoveSaved(id), audit]).await?)
    }

    /// What was kept, for whoever may read it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none of this kind, or it is private and somebody else's: a
    /// stranger does not even learn that it exists.
    pub async fn find_analysis(
        &self,
        actor: Option<&Account>,
        kind: SavedKind,
        id: SavedId,
    ) -> Result<Saved> {
        let saved = self.read().find_saved(id).await?;
        let may_read =
            |head: &SavedHead| head.public || actor.is_some_and(|account| account.id == head.owner);
        saved
            .filter(|saved| saved.head.kind == kind && may_read(&saved.head))
            .ok_or(AppError::NotFound("saved analysis"))
    }

    async fn own_analysis(&self, actor: Option<&Account>, id: SavedId) -> Result<SavedHead> {
        permission::check(actor, Permission::Analyse, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let saved = self.read().find_saved(id).await?.ok_or(AppError::NotFound("saved analysis"))?;
        match saved.head {
            head if head.owner == account.id => Ok(head),
            head if head.public => Err(AppError::Forbidden),
            _ => Err(AppError::NotFound("saved analysis")),
        }
    }
}

/// Officials speak in the name of their office.
fn spokesman(account: &Account) -> String {
    if account.office.is_empty() { account.display_name.clone() } else { account.office.clone() }
}

/// The title without blanks around it.
fn parse(draft: &SavedDraft) -> Result<String> {
    let title = draft.title.trim();
    let mut faults = Vec::new();
    if title.is_empty() {
        faults.push(FieldFault::new("title", "field-required"));
    }
    if title.chars().count() > Saved::TITLE_CHARS_MAX {
        faults.push(FieldFault::new("title", "field-too-long").with("max", Saved::TITLE_CHARS_MAX));
    }
    if draft.body.len() > Saved::BODY_BYTES_MAX
        || serde_json::from_str::<serde::de::IgnoredAny>(&draft.body).is_err()
    {
        faults.push(FieldFault::new("body", "field-too-long").with("max", Saved::BODY_BYTES_MAX));
    }
    if faults.is_empty() { Ok(title.to_owned()) } else { Err(AppError::Invalid(faults)) }
}
