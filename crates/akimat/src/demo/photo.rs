//! Photographs of the demonstration and what residents say about finished works. The photographs are drawings that say
//! so in themselves; they take the same way as what people send in.
//!
//! Everything happens at its own moment by the verbs of the platform, on a clock that is put back.

use super::say_en;
use akimat_app::acceptance::Word;
use akimat_app::photo::PhotoWords;
use akimat_app::project::ProgressReport;
use akimat_app::{App, Clock};
use akimat_core::{Lang, ProjectId, Text};
use akimat_document::{Drawing, encode_png};
use akimat_photo::{Limits, Photograph, check, coarse};
use akimat_project::{Basis, Project};
use akimat_storage::acceptance::Verdict;
use akimat_storage::photo::PhotoKind;
use akimat_storage::{Account, ProjectFilter};
use anyhow::Context;
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

const PHOTOS: &str = include_str!("../../../../data/demo/photos.json");
const VOICES: &str = include_str!("../../../../data/demo/acceptances.json");

macro_rules! drawings {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../data/demo/photos/", $name, ".svg")))),*]
    };
}

/// The drawings by name.
const DRAWINGS: &[(&str, &str)] = drawings![
    "lights-after",
    "lights-before",
    "lights-board",
    "lights-missing",
    "lights-progress",
    "play-after",
    "play-before",
    "road-after",
    "road-before",
    "road-progress",
    "sport-after",
    "sport-before",
    "sport-progress",
];

/// Projects of the demonstration at most.
const PROJECTS_MAX: u16 = 1_000;

/// Reported as finished so many days before the demonstration is loaded: the term of the residents runs.
const FINISHED: (&str, i64) = ("ZHB-2025-014", 8);

/// A photograph of `photos.json`.
#[derive(Debug, Deserialize)]
struct Shot {
    project: String,
    /// Of the drawing.
    name: String,
    kind: String,
    /// Name of the photograph before the works; it stands above.
    before: Option<String>,
    taken: DateTime,
    lat: f64,
    lon: f64,
    kk: String,
    ru: String,
    en: String,
}

/// What somebody says in `acceptances.json`.
#[derive(Debug, Deserialize)]
struct Said {
    project: String,
    login: String,
    /// `confirm`, `dispute`, or `answer` of the office.
    word: String,
    /// Moment, or hours before the demonstration is loaded.
    at: Moment,
    lang: Lang,
    body: String,
    /// Name of a drawing.
    photo: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged)]
enum Moment {
    HoursAgo(i64),
    On(DateTime),
}

/// A clock that stands still.
struct At(Timestamp);

impl Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// The platform as it was at that moment.
pub(super) fn back(app: &App, at: Timestamp) -> App {
    app.clone().with_clock(Arc::new(At(at.min(app.now()))))
}

/// Adds the photographs, finishes a work, and lets residents speak.
///
/// # Errors
/// When the files do not fit the projects, or the database fails.
pub(super) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let projects = app.read().list_whole_projects(&ProjectFilter::default(), PROJECTS_MAX).await?;
    let projects: BTreeMap<&str, &Project> =
        projects.iter().map(|project| (project.number.as_str(), project)).collect();
    let manager = accounts.get("manager").context("the manager of the demonstration")?;
    let shots: Vec<Shot> = serde_json::from_str(PHOTOS).context("data/demo/photos.json")?;
    let mut known: BTreeMap<&str, Uuid> = BTreeMap::new();
    for shot in &shots {
        let project = *projects.get(shot.project.as_str()).with_context(|| shot.project.clone())?;
        let at = shot.taken.to_zoned(app.zone().clone())?.timestamp() + SignedDuration::from_hours(3);
        let before = shot.before.as_deref().map(|name| known.get(name).copied().context("a before"));
        let words = PhotoWords {
            kind: PhotoKind::parse(&shot.kind),
            before: before.transpose()?,
            caption: Text::new(shot.kk.as_str(), shot.ru.as_str(), shot.en.as_str()),
            stated_on: None,
        };
        let photograph = photograph(app, &shot.name, Some((shot.taken, shot.lat, shot.lon)))?;
        let seeded = back(app, at).seed_photo((project, manager), words, photograph).await;
        known.insert(&shot.name, seeded.map_err(|error| say_en(&error)).context(shot.name.clone())?);
    }
    let (number, days) = FINISHED;
    let project = *projects.get(number).context(number)?;
    finish(&back(app, app.now() - SignedDuration::from_hours(24 * days)), project, manager).await?;
    let ids: BTreeMap<&str, ProjectId> =
        projects.iter().map(|(number, project)| (*number, project.id)).collect();
    speak(app, accounts, &ids).await
}

/// A drawing as a camera would have sent it.
pub(super) fn photograph(
    app: &App,
    name: &str,
    fact: Option<(DateTime, f64, f64)>,
) -> anyhow::Result<Photograph> {
    let (_, svg) = DRAWINGS.iter().find(|(known, _)| *known == name).with_context(|| name.to_owned())?;
    let drawing = Drawing { svg: (*svg).to_owned(), width: 800.0, height: 600.0 };
    let limits = Limits::on(app.today());
    let mut photograph = check(&encode_png(&drawing, 1.0)?, &limits).with_context(|| name.to_owned())?;
    if let Some((taken, lat, lon)) = fact {
        photograph.taken_at = Some(taken);
        photograph.place = coarse::coarsen(lat, lon, limits.cell_m);
    }
    Ok(photograph)
}

/// The office reports the works as finished; six lamps are missing.
async fn finish(app: &App, project: &Project, manager: &Account) -> anyhow::Result<()> {
    let report = ProgressReport {
        version: project.version,
        body: "Работы завершены, светильники на улицах Коксаги и Самалды горят.".to_owned(),
        lang: Lang::Ru,
        progress_pct: 100,
        stage: "completed".to_owned(),
        reason: "Объект принят комиссией".to_owned(),
        basis: Basis {
            kind: "Акт приёмки выполненных работ (образец)".to_owned(),
            number: "27".to_owned(),
            on: Some(app.today()),
        },
        ends_on: project.ends_on,
    };
    let done = app.report_progress(Some(manager), project.id, report).await;
    done.map_err(|error| say_en(&error)).context(project.number.clone())
}

async fn speak(
    app: &App,
    accounts: &BTreeMap<String, Account>,
    ids: &BTreeMap<&str, ProjectId>,
) -> anyhow::Result<()> {
    let voices: Vec<Said> = serde_json::from_str(VOICES).context("data/demo/acceptances.json")?;
    for said in voices {
        let id = *ids.get(said.project.as_str()).with_context(|| said.project.clone())?;
        let actor = accounts.get(&said.login);
        let at = match said.at {
            Moment::HoursAgo(hours) => app.now() - SignedDuration::from_hours(hours),
            Moment::On(at) => at.to_zoned(app.zone().clone())?.timestamp(),
        };
        let app = back(app, at);
        let photograph = said.photo.as_deref().map(|name| photograph(&app, name, None)).transpose()?;
        let done = if said.word == "answer" {
            app.answer_disputes(actor, id, (said.lang, &said.body)).await
        } else {
            let verdict = Verdict::parse(&said.word);
            let word = Word { verdict, lang: said.lang, body: said.body, photograph, remove_photo: false };
            app.judge_completion(actor, id, word).await
        };
        done.map_err(|error| say_en(&error))
            .with_context(|| format!("{} on {}", said.login, said.project))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_is_used_and_says_that_it_is_one() {
        let shots: Vec<Shot> = serde_json::from_str(PHOTOS).unwrap();
        let voices: Vec<Said> = serde_json::from_str(VOICES).unwrap();
        for (name, svg) in DRAWINGS {
            assert!(svg.contains("Ойдан шығарылған") && svg.contains("Invented drawing"), "{name}");
            let shown = shots.iter().any(|shot| shot.name == *name)
                || voices.iter().any(|said| said.photo.as_deref() == Some(name));
            assert!(shown, "{name}");
        }
    }
}
