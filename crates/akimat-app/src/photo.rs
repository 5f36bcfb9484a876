//! Photographs of projects: added, described, hidden; and what they prove about finished works.

mod fault;
mod proposal;
mod work;

pub use fault::refusal_fault;
pub use proposal::PROPOSAL_PHOTOS_MAX;
pub use work::PhotoWork;

use crate::acceptance::Rules;
use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, ProjectId, Text};
use akimat_participation::Hidden;
use akimat_photo::{Photograph, Picture, look};
use akimat_project::{Point, Project, Status};
use akimat_storage::photo::{
    CoarsePoint, Photo, PhotoFiles, PhotoKind, PhotoSubject, PictureSize, Taken, TimeSource,
};
use akimat_storage::{Account, Change, Conflict, StoreError};
use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

/// Longest caption in one language, characters.
pub const CAPTION_CHARS_MAX: usize = 300;

/// Photographs of one project at most.
pub const PHOTOS_MAX: usize = 500;

/// First year that a photograph may be stated to be of.
const YEAR_MIN: i16 = 1990;

/// What a person says about a photograph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhotoWords {
    /// What it shows; `None` when nothing was chosen.
    pub kind: Option<PhotoKind>,
    /// The photograph of the same place before the works.
    pub before: Option<Uuid>,
    /// Caption, in at least one language.
    pub caption: Text,
    /// Day it was taken, when the person knows better than the camera or the camera did not say.
    pub stated_on: Option<Date>,
}

/// What the photographs of a project prove about finished works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Pairs of before and after, both to be seen.
    pub pairs: Vec<(Uuid, Uuid)>,
    /// Photographs before the works that no "after" answers yet.
    pub n_unanswered: usize,
    /// Pairs needed to call the works finished; 0 where nothing can be photographed.
    pub pairs_min: usize,
}

impl Evidence {
    /// The works may be called finished.
    pub const fn is_enough(&self) -> bool {
        self.pairs.len() >= self.pairs_min
    }

    /// What to tell the person who calls the works finished without it.
    pub fn fault(&self, field: &str) -> Option<FieldFault> {
        let fault = || {
            FieldFault::new(field, "field-pair-missing")
                .with("need", self.pairs_min)
                .with("have", self.pairs.len())
        };
        (!self.is_enough()).then(fault)
    }
}

/// Pairs among the photographs of a project that are to be seen.
pub fn pairs(photos: &[Photo]) -> Vec<(&Photo, &Photo)> {
    let seen = |photo: &&Photo| photo.hidden.is_none() && !photo.erased;
    let before =
        |id: Uuid| photos.iter().filter(seen).find(|photo| photo.id == id && photo.kind == PhotoKind::Before);
    let afters = photos.iter().filter(seen).filter(|photo| photo.kind == PhotoKind::After);
    afters.filter_map(|after| Some((before(after.before?)?, after))).collect()
}

impl App {
    /// What the photographs of a project prove: asked before the works are called finished.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such project.
    pub async fn completion_evidence(&self, id: ProjectId) -> Result<Evidence> {
        let (project, _, _) = self.read().find_project(id).await?.ok_or(AppError::NotFound("project"))?;
        self.evidence_of(&project).await
    }

    /// As [`App::completion_evidence`], of a project that was read already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn evidence_of(&self, project: &Project) -> Result<Evidence> {
        let photos = self.read().list_photos(project.id).await?;
        let pairs: Vec<(Uuid, Uuid)> =
            pairs(&photos).into_iter().map(|(before, after)| (before.id, after.id)).collect();
        let unanswered = |photo: &&Photo| {
            photo.kind == PhotoKind::Before
                && photo.hidden.is_none()
                && !photo.erased
                && !pairs.iter().any(|(before, _)| *before == photo.id)
        };
        let rules = Rules::on(self.today());
        Ok(Evidence {
            n_unanswered: photos.iter().filter(unanswered).count(),
            pairs_min: if rules.needs_no_pair(project.sector) { 0 } else { rules.pairs_min },
            pairs,
        })
    }

    /// Refuses to call works finished without the photographs that prove it; any other move passes.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at the field `status`.
    pub(crate) async fn check_finished(&self, stored: &Project, to: Status) -> Result<()> {
        if to != Status::Completed || stored.status == Status::Completed {
            return Ok(());
        }
        let fault = self.evidence_of(stored).await?.fault("status");
        fault.map_or(Ok(()), |fault| Err(AppError::Invalid(vec![fault])))
    }

    /// A manager adds a checked photograph to a project.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names every wrong field; the field `file` when the project has the photograph already.
    pub async fn add_photo(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        words: PhotoWords,
        photograph: Photograph,
    ) -> Result<Uuid> {
        let project = self.project_of_photos(actor, project).await?;
        let photos = self.read().list_photos(project.id).await?;
        self.add_checked(actor, (&project, &photos), words, photograph).await
    }

    async fn add_checked(
        &self,
        actor: Option<&Account>,
        (project, photos): (&Project, &[Photo]),
        words: PhotoWords,
        photograph: Photograph,
    ) -> Result<Uuid> {
        if photos.len() >= PHOTOS_MAX {
            return Err(AppError::Invalid(vec![
                FieldFault::new("file", "field-photos-many").with("max", PHOTOS_MAX),
            ]));
        }
        let (mut photo, files) = self.photo_out_of(project, photograph);
        photo.added_by = actor.map(|account| account.id);
        photo.by_name = spokesman(actor);
        self.describe(&mut photo, &words, photos)?;
        let id = photo.id;
        let detail = json!({ "project": project.id, "kind": photo.kind.code() });
        let audit = self.audit(actor, "add_photo", id, Some(project.place), &detail);
        self.store_new(vec![Change::AddPhoto(Box::new(photo), files), audit]).await?;
        Ok(id)
    }

    /// Stores a batch with a new photograph; the same file twice is a fault of the file.
    pub(crate) async fn store_new(&self, batch: akimat_storage::Batch) -> Result<()> {
        match self.store().apply(batch).await {
            Err(StoreError::Conflict(Conflict::Exists("photo"))) => {
                Err(AppError::field("file", "field-photo-same"))
            }
            other => Ok(other?),
        }
    }

    /// What is wrong with the words, before a file is looked at.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names every wrong field.
    pub async fn check_photo_words(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        words: &PhotoWords,
    ) -> Result<()> {
        let project = self.project_of_photos(actor, project).await?;
        let photos = self.read().list_photos(project.id).await?;
        self.describe(&mut self.blank_photo(&project), words, &photos)
    }

    fn blank_photo(&self, project: &Project) -> Photo {
        self.blank_photo_of((PhotoSubject::Project, project.id), project.place)
    }

    fn blank_photo_of(&self, (subject, project): (PhotoSubject, ProjectId), place: KatoCode) -> Photo {
        Photo {
            id: self.new_uuid(),
            subject,
            project,
            place,
            kind: PhotoKind::Progress,
            before: None,
            caption: Text::default(),
            taken: None,
            point: None,
            sha256: String::new(),
            look: 0,
            web: PictureSize::default(),
            thumb: PictureSize::default(),
            added_by: None,
            by_name: String::new(),
            at: self.now(),
            hidden: None,
            erased: false,
            invented: false,
            version: 1,
        }
    }

    /// The record and the pictures of a photograph, not described yet.
    pub(crate) fn photo_out_of(&self, project: &Project, photograph: Photograph) -> (Photo, PhotoFiles) {
        self.filled_photo(self.blank_photo(project), photograph)
    }

    /// A record with what is known of a file.
    fn filled_photo(&self, blank: Photo, photograph: Photograph) -> (Photo, PhotoFiles) {
        let latest =
            self.now().to_zoned(self.zone().clone()).datetime().checked_add(jiff::Span::new().days(1));
        // A camera whose clock runs ahead says nothing about the time.
        let taken_at = photograph.taken_at.filter(|at| latest.as_ref().is_ok_and(|latest| at <= latest));
        let photo = Photo {
            taken: taken_at.map(|at| Taken { at, source: TimeSource::Camera }),
            point: photograph.place.map(|cell| CoarsePoint {
                point: Point { lat_e6: cell.lat_e6, lon_e6: cell.lon_e6 },
                cell_m: cell.cell_m,
            }),
            sha256: photograph.sha256,
            look: photograph.look.cast_signed(),
            web: size(&photograph.web),
            thumb: size(&photograph.thumb),
            ..blank
        };
        (photo, PhotoFiles { web: photograph.web.bytes, thumb: photograph.thumb.bytes })
    }

    /// Puts a person's words on a photograph.
    fn describe(&self, photo: &mut Photo, words: &PhotoWords, photos: &[Photo]) -> Result<()> {
        let mut wrong = fault::of_words(words, self.today(), YEAR_MIN);
        if let Some(day) = words.stated_on {
            photo.taken = Some(Taken { at: day.at(0, 0, 0, 0), source: TimeSource::Stated });
        }
        let Text { kk, ru, en } = &words.caption;
        photo.caption = Text::new(kk.trim(), ru.trim(), en.trim());
        photo.kind = words.kind.unwrap_or(photo.kind);
        photo.before = None;
        if photo.kind == PhotoKind::After {
            let before = words.before.and_then(|id| photos.iter().find(|other| other.id == id));
            match before {
                None => wrong.push(FieldFault::new("before", "field-photo-before-missing")),
                Some(before) => wrong.extend(fault::of_pair(before, photo)),
            }
            photo.before = before.map(|before| before.id);
        }
        let answered = photos.iter().any(|other| other.before == Some(photo.id) && !other.erased);
        if answered && photo.kind != PhotoKind::Before {
            wrong.push(FieldFault::new("kind", "field-photo-answered"));
        }
        if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
    }

    /// A manager changes what is said about a photograph.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when somebody else changed it since it was shown.
    pub async fn edit_photo(
        &self,
        actor: Option<&Account>,
        (id, version): (Uuid, u32),
        words: PhotoWords,
    ) -> Result<()> {
        let stored = self.read().find_photo(id).await?.ok_or(AppError::NotFound("photo"))?;
        let project = self.project_of_photos(actor, stored.project).await?;
        if stored.version != version {
            return Err(AppError::Conflict(Conflict::Stale("photo")));
        }
        if stored.kind == PhotoKind::Resident {
            return Err(AppError::Forbidden);
        }
        let photos = self.read().list_photos(project.id).await?;
        let mut photo = Photo { version: version + 1, ..stored };
        self.describe(&mut photo, &words, &photos)?;
        self.put_photo(actor, "edit_photo", photo, &json!({ "project": project.id })).await
    }

    /// A moderator hides a photograph; the reason stays in its place for everybody to see.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn hide_photo(&self, actor: Option<&Account>, id: Uuid, reason: &str) -> Result<()> {
        let stored = self.photo_to_moderate(actor, id).await?;
        let reason = parse_reason("reason", reason)?;
        let detail = json!({ "reason": reason });
        let hidden = Some(Hidden { reason, at: self.now() });
        let photo = Photo { hidden, version: stored.version + 1, ..stored };
        self.put_photo(actor, "hide_photo", photo, &detail).await
    }

    /// A moderator shows a hidden photograph again.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn show_photo(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        let stored = self.photo_to_moderate(actor, id).await?;
        let photo = Photo { hidden: None, version: stored.version + 1, ..stored };
        self.put_photo(actor, "show_photo", photo, &json!({})).await
    }

    /// A moderator erases the pictures of a hidden photograph for good; its record and the reason stay.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it is not hidden.
    pub async fn erase_photo(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        let stored = self.photo_to_moderate(actor, id).await?;
        if stored.hidden.is_none() {
            return Err(AppError::field("reason", "field-photo-shown"));
        }
        let photo = Photo { erased: true, version: stored.version + 1, ..stored };
        self.put_photo(actor, "erase_photo", photo, &json!({})).await
    }

    async fn put_photo(
        &self,
        actor: Option<&Account>,
        verb: &str,
        photo: Photo,
        detail: &serde_json::Value,
    ) -> Result<()> {
        let audit = self.audit(actor, verb, photo.id, Some(photo.place), detail);
        Ok(self.store().apply(vec![Change::UpdatePhoto(Box::new(photo)), audit]).await?)
    }

    async fn photo_to_moderate(&self, actor: Option<&Account>, id: Uuid) -> Result<Photo> {
        permission::check(actor, Permission::Moderate, None)?;
        let stored = self.read().find_photo(id).await?.ok_or(AppError::NotFound("photo"))?;
        permission::check(actor, Permission::Moderate, Some(stored.place))?;
        Ok(stored)
    }

    /// The project, if this person may add photographs to it; asked before a file is taken.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the person's territory.
    pub async fn project_of_photos(&self, actor: Option<&Account>, id: ProjectId) -> Result<Project> {
        permission::check(actor, Permission::AddPhotos, None)?;
        let (project, _, _) = self.read().find_project(id).await?.ok_or(AppError::NotFound("project"))?;
        permission::check(actor, Permission::AddPhotos, Some(project.place))?;
        Ok(project)
    }

    /// The operator adds an invented drawing to a demonstration.
    ///
    /// # Errors
    /// As [`App::add_photo`], permissions aside.
    pub async fn seed_photo(
        &self,
        (project, by): (&Project, &Account),
        words: PhotoWords,
        photograph: Photograph,
    ) -> Result<Uuid> {
        let photos = self.read().list_photos(project.id).await?;
        let (mut photo, files) = self.photo_out_of(project, photograph);
        photo.invented = true;
        photo.added_by = Some(by.id);
        photo.by_name = spokesman(Some(by));
        self.describe(&mut photo, &words, &photos)?;
        let id = photo.id;
        let detail = json!({ "project": project.id, "kind": photo.kind.code() });
        let audit = self.audit(Some(by), "add_photo", id, Some(project.place), &detail);
        self.store_new(vec![Change::AddPhoto(Box::new(photo), files), audit]).await?;
        Ok(id)
    }
}

fn size(picture: &Picture) -> PictureSize {
    PictureSize {
        width: picture.width,
        height: picture.height,
        n_bytes: u32::try_from(picture.bytes.len()).unwrap_or(u32::MAX),
    }
}

/// Whether two stored photographs look like one and the same.
pub const fn look_alike(a: &Photo, b: &Photo) -> bool {
    look::alike(a.look.cast_unsigned(), b.look.cast_unsigned())
}
