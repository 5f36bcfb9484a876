//! Photographs of a project, and what residents say about finished works.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, ID};
use crate::reply::{Links, Reply, links, resource};
use akimat_app::acceptance::Tally;
use akimat_core::{Lang, ProjectId, Text};
use akimat_participation::Hidden;
use akimat_storage::PageRequest;
use akimat_storage::acceptance::{Acceptance, AcceptanceAnswer};
use akimat_storage::photo::Photo;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::Serialize;
use uuid::Uuid;

/// Words of residents, the newest first, at most.
const WORDS_MAX: u16 = 100;

/// `/api/v1/projects/{id}/photos`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/photos",
    id: "getProjectPhotos",
    tag: "projects",
    summary: "Photographs of a project with their time and rough place, the pairs of before and after, and what residents \
              say about works reported as finished",
    parameters: &[ID],
    body: Body::Resource("ProjectPhotos", include_str!("example/photos.json")),
    problems: &[],
};

#[derive(Serialize)]
struct Photos {
    project: ProjectId,
    invented: bool,
    pairs: usize,
    pairs_needed: usize,
    photos: Vec<Item>,
    acceptance: Option<Judged>,
    links: Links,
}

#[derive(Serialize)]
struct Item {
    id: Uuid,
    kind: &'static str,
    before: Option<Uuid>,
    caption: Text,
    taken_at: Option<DateTime>,
    taken_source: Option<&'static str>,
    lat_e6: Option<i32>,
    lon_e6: Option<i32>,
    cell_m: Option<u32>,
    added_by: String,
    added_at: Timestamp,
    web: Option<String>,
    thumb: Option<String>,
    hidden: Option<HiddenItem>,
    invented: bool,
}

#[derive(Serialize)]
struct HiddenItem {
    at: Timestamp,
    reason: String,
}

impl From<Hidden> for HiddenItem {
    fn from(hidden: Hidden) -> Self {
        Self { at: hidden.at, reason: hidden.reason }
    }
}

#[derive(Serialize)]
struct Judged {
    finished_on: Date,
    last_day: Date,
    open: bool,
    confirm: u32,
    dispute: u32,
    answer_by: Option<Date>,
    answered: bool,
    words: Vec<Word>,
    answers: Vec<Word>,
}

#[derive(Serialize)]
struct Word {
    finished_on: Date,
    /// `confirm`, `dispute`, or nothing for the office.
    verdict: Option<&'static str>,
    by: String,
    at: Timestamp,
    lang: Lang,
    body: Option<String>,
    hidden: Option<HiddenItem>,
}

impl From<Photo> for Item {
    fn from(photo: Photo) -> Self {
        let seen = photo.hidden.is_none() && !photo.erased;
        let address = |size: &str| seen.then(|| format!("/photos/{}/{size}", photo.id));
        Self {
            web: address("web"),
            thumb: address("thumb"),
            id: photo.id,
            kind: photo.kind.code(),
            before: photo.before,
            caption: if seen { photo.caption } else { Text::default() },
            taken_at: photo.taken.map(|taken| taken.at),
            taken_source: photo.taken.map(|taken| taken.source.code()),
            lat_e6: photo.point.map(|coarse| coarse.point.lat_e6),
            lon_e6: photo.point.map(|coarse| coarse.point.lon_e6),
            cell_m: photo.point.map(|coarse| coarse.cell_m),
            added_by: photo.by_name,
            added_at: photo.at,
            hidden: photo.hidden.map(HiddenItem::from),
            invented: photo.invented,
        }
    }
}

impl From<Acceptance> for Word {
    fn from(said: Acceptance) -> Self {
        Self {
            finished_on: said.finished_on,
            verdict: Some(said.verdict.code()),
            by: said.by_name,
            at: said.at,
            lang: said.lang,
            body: said.hidden.is_none().then_some(said.body),
            hidden: said.hidden.map(HiddenItem::from),
        }
    }
}

impl From<AcceptanceAnswer> for Word {
    fn from(answer: AcceptanceAnswer) -> Self {
        Self {
            finished_on: answer.finished_on,
            verdict: None,
            by: answer.office,
            at: answer.at,
            lang: answer.lang,
            body: Some(answer.body),
            hidden: None,
        }
    }
}

/// The photographs and the judgement.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let read = state.app.read();
    let (project, _, _) = read.find_project(id).await?.ok_or_else(Failure::not_found)?;
    let evidence = state.app.evidence_of(&project).await?;
    let acceptance = match state.app.acceptance_tally(&project).await? {
        Some(tally) => {
            let words = read.list_acceptances(id, &PageRequest::first(WORDS_MAX)).await?;
            let answers = read.list_acceptance_answers(id).await?;
            Some(judged(&tally, words.items, answers))
        }
        None => None,
    };
    let found = Photos {
        project: id,
        invented: project.invented,
        pairs: evidence.pairs.len(),
        pairs_needed: evidence.pairs_min,
        photos: read.list_photos(id).await?.into_iter().map(Item::from).collect(),
        acceptance,
        links: links(format!("/api/v1/projects/{id}/photos"), &format!("/projects/{id}/photos")),
    };
    resource(&asked.headers, &found)
}

fn judged(tally: &Tally, words: Vec<Acceptance>, answers: Vec<AcceptanceAnswer>) -> Judged {
    Judged {
        finished_on: tally.term.finished_on,
        last_day: tally.term.last_day,
        open: tally.term.open,
        confirm: tally.n_confirm,
        dispute: tally.n_dispute,
        answer_by: tally.answer_by,
        answered: tally.answered,
        words: words.into_iter().map(Word::from).collect(),
        answers: answers.into_iter().map(Word::from).collect(),
    }
}
