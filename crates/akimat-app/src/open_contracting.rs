//! Open contracting: projects with their processes as OC4IDS and OCDS tell them, page by page, and what comes in by
//! the same standards.

mod draft;
mod import;
mod told;

pub use draft::PackagePreview;
pub use import::{Imported, Refused};
pub use told::told;

use crate::contract::{Held, KIND as CONTRACT};
use crate::dossier::body;
use crate::{App, Result};
use akimat_core::{KatoCode, Lang, ProjectId};
use akimat_i18n::catalogue;
use akimat_interop::open_contracting::{Attachment, Brought, Published, Publisher, Subject};
use akimat_project::{Project, Status};
use akimat_storage::dossier::Section;
use akimat_storage::photo::PhotoSize;
use akimat_storage::{Page, PageRequest, ProjectFilter, ProjectSort};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// The kind of section that holds what a project brought along from another publisher.
pub const KIND: &str = "open_contracting";

/// How the platform publishes. The prefixes are placeholders until the operator has registered prefixes of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Prefix of contracting processes, given out by the Open Contracting Partnership.
    pub ocds_prefix: String,
    /// Prefix of projects, given out by the same.
    pub oc4ids_prefix: String,
    /// Name of the publisher; empty: the territory that is published.
    pub publisher: String,
    /// Address of the publisher; empty: that of the platform.
    pub publisher_uri: String,
    /// Address of the licence.
    pub license: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ocds_prefix: "ocds-000000".to_owned(),
            oc4ids_prefix: "oc4ids-000000".to_owned(),
            publisher: String::new(),
            publisher_uri: String::new(),
            license: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        }
    }
}

/// What a publication is about and for.
#[derive(Clone, Debug)]
pub struct Publication<'a> {
    /// How the platform publishes.
    pub settings: &'a Settings,
    /// Address of the platform, without a closing slash.
    pub base: &'a str,
    /// Language of plain texts.
    pub lang: Lang,
    /// The territory that is published; `None` for all.
    pub place: Option<KatoCode>,
    /// Lots and bids too.
    pub extensions: bool,
}

/// Everything of a project that is published.
#[derive(Clone, Debug)]
pub struct OpenDossier {
    /// The project.
    pub project: Project,
    /// Name of its territory.
    pub place: String,
    /// Territories that share it.
    pub partners: Vec<(KatoCode, String)>,
    /// Day on which it was completed.
    pub completed_on: Option<Date>,
    /// Its contracting processes.
    pub held: Vec<Held>,
    /// Its photographs.
    pub attachments: Vec<Attachment>,
    /// What it brought along.
    pub brought: Brought,
}

impl OpenDossier {
    /// As the codecs take it.
    pub fn subject(&self) -> Subject<'_> {
        let published = |held: &'_ Held| (held.section.id.to_string(), held.section.at);
        Subject {
            project: &self.project,
            place: self.place.clone(),
            partners: self.partners.clone(),
            completed_on: self.completed_on,
            processes: self
                .held
                .iter()
                .map(|held| {
                    let (id, saved_at) = published(held);
                    Published { id, saved_at, process: &held.process }
                })
                .collect(),
            attachments: self.attachments.clone(),
            brought: self.brought.clone(),
        }
    }
}

impl App {
    /// Who publishes, for the head of packages.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_publisher(&self, publication: &Publication<'_>) -> Result<Publisher> {
        let Publication { settings, base, lang, place, extensions } = publication;
        let name = match place {
            _ if !settings.publisher.is_empty() => settings.publisher.clone(),
            Some(code) => self.names_of(&[*code], *lang).await?.remove(code).unwrap_or_default(),
            None => String::new(),
        };
        let named = |given: &str, otherwise: &str| {
            if given.is_empty() { otherwise.to_owned() } else { given.to_owned() }
        };
        let locale = catalogue().locale(*lang);
        Ok(Publisher {
            ocds_prefix: settings.ocds_prefix.clone(),
            oc4ids_prefix: settings.oc4ids_prefix.clone(),
            name: named(&name, &locale.t("open-contracting-publisher")),
            uri: named(&settings.publisher_uri, base),
            license: settings.license.clone(),
            base: (*base).to_owned(),
            lang: *lang,
            extensions: *extensions,
            invented: locale.t("open-contracting-invented").into_owned(),
        })
    }

    async fn names_of(&self, codes: &[KatoCode], lang: Lang) -> Result<BTreeMap<KatoCode, String>> {
        let places = self.read().list_places_by_code(codes, self.today()).await?;
        Ok(places.into_iter().map(|place| (place.code, place.name.get(lang).to_owned())).collect())
    }

    /// Projects with everything that is published about them, last changed first.
    ///
    /// # Errors
    /// When the database fails, or a stored record cannot be read.
    pub async fn open_dossiers(
        &self,
        filter: &ProjectFilter,
        page: &PageRequest,
        lang: Lang,
    ) -> Result<Page<OpenDossier>> {
        let cards = self.read().list_projects(filter, ProjectSort::Updated, page).await?;
        let ids: Vec<ProjectId> = cards.items.iter().map(|card| card.id).collect();
        Ok(Page { items: self.open_dossiers_of(&ids, lang).await?, next: cards.next })
    }

    /// The same of these projects, in their order; those that are gone are left out.
    ///
    /// # Errors
    /// When the database fails, or a stored record cannot be read.
    pub async fn open_dossiers_of(&self, ids: &[ProjectId], lang: Lang) -> Result<Vec<OpenDossier>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let filter = ProjectFilter { ids: ids.to_vec(), ..ProjectFilter::default() };
        let limit = u16::try_from(ids.len()).unwrap_or(u16::MAX);
        let projects = self.read().list_whole_projects(&filter, limit).await?;
        let mut whole: BTreeMap<ProjectId, Project> =
            projects.into_iter().map(|project| (project.id, project)).collect();
        let sections = self.read().list_sections_of(ids, &[CONTRACT, KIND]).await?;
        let moves = self.read().list_status_changes_of(ids, Timestamp::MIN).await?;
        let mut codes: Vec<KatoCode> = whole
            .values()
            .flat_map(|project| project.partners.iter().copied().chain([project.place]))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let names = self.names_of(&codes, lang).await?;
        let name = |code: KatoCode| names.get(&code).cloned().unwrap_or_else(|| code.to_string());
        let mut made = Vec::new();
        for id in ids {
            let Some(project) = whole.remove(id) else { continue };
            let own = || sections.iter().filter(|section| section.project == *id);
            let held: Vec<Held> =
                own().filter(|section| section.kind == CONTRACT).map(held).collect::<Result<_>>()?;
            let brought = own().find(|section| section.kind == KIND);
            let mut brought: Brought = brought.map_or_else(|| Ok(Brought::default()), body)?;
            // Links to releases of others say nothing any more about a process that was changed here.
            for changed in held.iter().filter(|held| held.section.version > 1) {
                brought.releases.remove(&changed.process.ocid);
            }
            made.push(OpenDossier {
                place: name(project.place),
                partners: project.partners.iter().map(|code| (*code, name(*code))).collect(),
                completed_on: moves
                    .iter()
                    .rfind(|(of, change)| of == id && change.to == Status::Completed)
                    .map(|(_, change)| civil(change.at)),
                held,
                attachments: self.open_photos(*id, lang).await?,
                brought,
                project,
            });
        }
        Ok(made)
    }

    async fn open_photos(&self, id: ProjectId, lang: Lang) -> Result<Vec<Attachment>> {
        let photos = self.read().list_photos(id).await?;
        let seen = photos.into_iter().filter(|photo| photo.hidden.is_none() && !photo.erased);
        Ok(seen
            .map(|photo| Attachment {
                id: format!("photo-{}", photo.id),
                kind: "illustration",
                title: photo.caption.get(lang).to_owned(),
                path: format!("/photos/{}/{}", photo.id, PhotoSize::Web.code()),
                at: Some(photo.at),
                format: "image/jpeg",
            })
            .collect())
    }
}

fn held(section: &Section) -> Result<Held> {
    Ok(Held { process: body(section)?, section: section.clone() })
}

/// The day of an instant in the zone that packages write days in.
fn civil(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::fixed(jiff::tz::Offset::constant(5))).date()
}

/// The beginning of a day in that zone.
fn begin_of(day: Date) -> Timestamp {
    let zone = TimeZone::fixed(jiff::tz::Offset::constant(5));
    day.to_zoned(zone).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}
