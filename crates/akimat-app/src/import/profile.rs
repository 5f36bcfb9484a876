//! Mappings kept under a name for the next file of the same office.

use super::mapping_text;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_core::SavedId;
use akimat_interop::project_register::mapping::Mapping;
use akimat_storage::{Account, Change, PageRequest, Saved, SavedFilter, SavedHead, SavedKind};
use serde_json::json;

impl App {
    /// Keeps a mapping under a name; everybody who imports may use it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a name or with one that is too long.
    pub async fn save_import_profile(
        &self,
        actor: Option<&Account>,
        title: &str,
        mapping: &Mapping,
    ) -> Result<SavedId> {
        permission::check(actor, Permission::ImportProjects, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let title = title.trim();
        if title.is_empty() {
            return Err(AppError::field("profile_name", "field-required"));
        }
        if title.chars().count() > Saved::TITLE_CHARS_MAX {
            return Err(AppError::field("profile_name", "import-profile-too-long"));
        }
        let (id, now) = (self.new_saved_id(), self.now());
        let head = SavedHead {
            id,
            kind: SavedKind::Mapping,
            title: title.to_owned(),
            owner: account.id,
            owner_name: spokesman(actor),
            place: account.place,
            public: false,
            invented: false,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        let audit = self.audit(actor, "save_import_profile", id, head.place, &json!({ "title": head.title }));
        let saved = Saved { head, body: mapping_text(mapping)? };
        self.store().apply(vec![Change::AddSaved(Box::new(saved)), audit]).await?;
        Ok(id)
    }

    /// Kept mappings, the newest first.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who may not import.
    pub async fn list_import_profiles(&self, actor: Option<&Account>) -> Result<Vec<SavedHead>> {
        permission::check(actor, Permission::ImportProjects, None)?;
        let filter = SavedFilter { kind: Some(SavedKind::Mapping), owner: None, public: false };
        Ok(self.read().list_saved(&filter, &PageRequest::first(PageRequest::LIMIT_MAX)).await?.items)
    }

    /// A kept mapping.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none.
    pub async fn find_import_profile(&self, actor: Option<&Account>, id: SavedId) -> Result<Mapping> {
        permission::check(actor, Permission::ImportProjects, None)?;
        let saved = self.read().find_saved(id).await?;
        let saved = saved.filter(|saved| saved.head.kind == SavedKind::Mapping);
        let body = saved.ok_or(AppError::NotFound("saved analysis"))?.body;
        serde_json::from_str(&body).map_err(|error| AppError::Internal(error.to_string()))
    }
}
