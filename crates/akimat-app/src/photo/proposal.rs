//! Photographs of proposals: the place as it is today. Author and co-authors add and remove them while they write; they
//! are checked, stripped and moderated as those of projects are.

use crate::{App, AppError, FieldFault, Result};
use akimat_core::{Lang, ProjectId, ProposalId, Text};
use akimat_participation::Proposal;
use akimat_photo::Photograph;
use akimat_storage::photo::{Photo, PhotoKind, PhotoSubject};
use akimat_storage::{Account, Change};
use serde_json::json;
use uuid::Uuid;

/// Photographs of one proposal at most.
pub const PROPOSAL_PHOTOS_MAX: usize = 5;

/// The key under which photographs of a proposal lie.
const fn key(id: ProposalId) -> ProjectId {
    ProjectId(id.0)
}

impl App {
    /// Photographs of a proposal, hidden ones included, those that were removed left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn proposal_photos(&self, id: ProposalId) -> Result<Vec<Photo>> {
        let mut photos = self.read().list_photos(key(id)).await?;
        photos.retain(|photo| photo.subject == PhotoSubject::Proposal && !photo.erased);
        Ok(photos)
    }

    /// The proposal, if this person may add photographs to it now; asked before a file is taken.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for others; [`AppError::Invalid`] once it was handed in.
    pub async fn proposal_of_photos(&self, actor: Option<&Account>, id: ProposalId) -> Result<Proposal> {
        let (_, proposal, _) = self.written(actor, id).await?;
        Ok(proposal)
    }

    /// What is wrong with the words, before a file is looked at.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the field.
    pub fn check_proposal_caption(&self, lang: Lang, caption: &str) -> Result<Text> {
        let words: String = caption.trim().chars().filter(|c| !c.is_control()).collect();
        if words.is_empty() {
            return Err(AppError::field("caption", "field-required"));
        }
        if words.chars().count() > super::CAPTION_CHARS_MAX {
            let fault = FieldFault::new("caption", "field-too-long").with("max", super::CAPTION_CHARS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let mut text = Text::default();
        words.clone_into(text.exact_mut(lang));
        Ok(text)
    }

    /// Adds a checked photograph to a proposal that is being written.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong field: too many, the same file twice, no caption.
    pub async fn add_proposal_photo(
        &self,
        actor: Option<&Account>,
        id: ProposalId,
        (lang, caption): (Lang, &str),
        photograph: Photograph,
    ) -> Result<Uuid> {
        let proposal = self.proposal_of_photos(actor, id).await?;
        let caption = self.check_proposal_caption(lang, caption)?;
        self.put_proposal_photo(actor, &proposal, caption, photograph).await
    }

    /// The operator adds an invented drawing to a proposal of a demonstration.
    ///
    /// # Errors
    /// As [`App::add_proposal_photo`], permissions aside.
    pub async fn seed_proposal_photo(
        &self,
        (proposal, by): (&Proposal, &Account),
        caption: Text,
        photograph: Photograph,
    ) -> Result<Uuid> {
        let id = self.put_proposal_photo(Some(by), proposal, caption, photograph).await?;
        let stored = self.read().find_photo(id).await?.ok_or(AppError::NotFound("photo"))?;
        let photo = Photo { invented: true, version: stored.version + 1, ..stored };
        self.store().apply(vec![Change::UpdatePhoto(Box::new(photo))]).await?;
        Ok(id)
    }

    async fn put_proposal_photo(
        &self,
        actor: Option<&Account>,
        proposal: &Proposal,
        caption: Text,
        photograph: Photograph,
    ) -> Result<Uuid> {
        if self.proposal_photos(proposal.id).await?.len() >= PROPOSAL_PHOTOS_MAX {
            let fault = FieldFault::new("file", "field-photos-many").with("max", PROPOSAL_PHOTOS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let blank = self.blank_photo_of((PhotoSubject::Proposal, key(proposal.id)), proposal.place);
        let (mut photo, files) = self.filled_photo(blank, photograph);
        photo.kind = PhotoKind::Before;
        photo.caption = caption;
        photo.added_by = actor.map(|account| account.id);
        photo.by_name = actor.map(|account| account.display_name.clone()).unwrap_or_default();
        let id = photo.id;
        let detail = json!({ "proposal": proposal.id });
        let audit = self.audit(actor, "add_proposal_photo", id, Some(proposal.place), &detail);
        self.store_new(vec![Change::AddPhoto(Box::new(photo), files), audit]).await?;
        Ok(id)
    }

    /// Takes a photograph out of a proposal that is being written; its pictures are erased.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for others; [`AppError::NotFound`] for a photograph of something else.
    pub async fn remove_proposal_photo(
        &self,
        actor: Option<&Account>,
        (id, photo): (ProposalId, Uuid),
    ) -> Result<()> {
        self.proposal_of_photos(actor, id).await?;
        let stored = self.proposal_photos(id).await?.into_iter().find(|known| known.id == photo);
        let stored = stored.ok_or(AppError::NotFound("photo"))?;
        let photo = Photo { erased: true, version: stored.version + 1, ..stored };
        self.put_photo(actor, "remove_proposal_photo", photo, &json!({ "proposal": id })).await
    }
}
