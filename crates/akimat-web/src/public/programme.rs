//! A published programme: every project in it and every rejected one with its reason, money, rules, weights, how
//! it was computed, what changed since the last plan; as a page, a record, tables and a document.

mod document;
mod tell;

use crate::download::{file, table};
use crate::failure::{Answer, Failure};
use crate::figure::{self, Figure};
use crate::frame::{self, PlaceLink};
use crate::kit::{MenuItem, Page};
use crate::state::WebState;
use crate::view::plan::loaded::Loaded;
use crate::visitor::Visitor;
use akimat_app::programme::{ProgrammeComparison, ProgrammeRecord, compare};
use akimat_core::{DecisionId, Lang};
use akimat_storage::{Decision, ProgrammeComment};
use askama::Template;
use axum::extract::{Path, State};
use tell::Published;

#[derive(Template)]
#[template(path = "public/programme/show.html")]
struct ShowPage {
    page: Page,
    place: PlaceLink,
    told: Published,
    files: Vec<(String, String, String)>,
    documents: Vec<(String, String, String)>,
}

/// A decision with everything that its page tells.
struct Opened {
    record: ProgrammeRecord,
    place: PlaceLink,
    invented: bool,
    loaded: Loaded,
    comments: Vec<ProgrammeComment>,
    changes: Option<(DecisionId, ProgrammeComparison)>,
}

/// The page of a decision of this format; `None` for an older one.
///
/// # Errors
/// When the database fails or the record is damaged.
pub async fn show(
    state: &WebState,
    visitor: &Visitor,
    decision: &Decision,
) -> Answer<Option<axum::response::Response>> {
    let Some(opened) = open(state, visitor, decision).await? else { return Ok(None) };
    let locale = visitor.locale();
    let mut told = Published::of(state, visitor, &opened);
    for figure in &mut told.figures {
        *figure = std::mem::take(figure).files(visitor);
    }
    let figures: Vec<&Figure> = told.figures.iter().collect();
    let id = decision.id;
    if let Some(found) = figure::asked(visitor, &format!("programme-{id}"), &figures).await {
        return found.map(Some);
    }
    let link = |format: &str, key: &str| {
        (visitor.to(&format!("/decisions/{id}/download/{format}")), locale.t(key).into_owned(), String::new())
    };
    let document = |lang: Lang| {
        let language = [("language", locale.t(&format!("language-{}", lang.code())).into())];
        let path = format!("/{}/decisions/{id}/download/pdf", lang.code());
        (path, locale.f("report-download-pdf", &language), String::new())
    };
    let page = ShowPage {
        page: frame::page(visitor, told.title.clone(), Some(MenuItem::Decisions))
            .description(told.lead.clone())
            .invented(opened.invented),
        place: opened.place,
        told,
        files: vec![
            link("json", "plan-download-json"),
            link("csv", "action-download-csv"),
            link("xlsx", "action-download-xlsx"),
        ],
        documents: Lang::ALL.map(document).to_vec(),
    };
    frame::render(&page).map(Some)
}

/// The record, a table or a document of a published programme.
///
/// # Errors
/// 404 for a decision of an older format, or another format of file.
pub async fn download(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, format)): Path<(String, String, String)>,
) -> Answer {
    let id: DecisionId = frame::id(&id)?;
    let decision = state.app.read().find_decision(id).await?.ok_or_else(Failure::not_found)?;
    let opened = open(&state, &visitor, &decision).await?.ok_or_else(Failure::not_found)?;
    let name = format!("programme-{id}");
    match format.as_str() {
        // Byte for byte as it was signed.
        "json" => Ok(file(&format!("{name}.json"), "application/json", decision.document)),
        "csv" | "xlsx" => {
            let told = Published::of(&state, &visitor, &opened);
            table(&format!("{name}-{}", visitor.lang.code()), &format, &told.projects.export())
        }
        "pdf" => {
            let told = Published::of(&state, &visitor, &opened);
            let bytes = document::encode(&visitor, told, opened.invented).await?;
            Ok(file(&format!("{name}-{}.pdf", visitor.lang.code()), "application/pdf", bytes))
        }
        _ => Err(Failure::not_found()),
    }
}

async fn open(state: &WebState, visitor: &Visitor, decision: &Decision) -> Answer<Option<Opened>> {
    let Some(record) = ProgrammeRecord::read(&decision.document)? else { return Ok(None) };
    let read = state.app.read();
    let place = read.find_place(decision.place, state.app.today()).await?;
    let name = place
        .as_ref()
        .map_or_else(|| decision.place.to_string(), |place| place.name.get(visitor.lang).to_owned());
    let mut changes = None;
    if let Some(previous) = record.previous
        && let Some(earlier) = read.find_decision(previous).await?
        && let Some(earlier) = ProgrammeRecord::read(&earlier.document)?
    {
        let (before, after) = (&earlier.decided.plan, &record.decided.plan);
        changes = Some((previous, compare::compare((&earlier.input, before), (&record.input, after))));
    }
    let invented = place.as_ref().is_some_and(|place| place.invented) || record.input.is_invented();
    Ok(Some(Opened {
        loaded: Loaded::decided(state, visitor.locale(), &record).await?,
        comments: read.list_programme_comments(record.programme).await?,
        place: PlaceLink { name, path: frame::place_path(decision.place) },
        record,
        invented,
        changes,
    }))
}
