//! A published programme: every project in it and every rejected one with its reason, money, rules, weights, how
//! it was computed, what changed since the last plan; as a page, a record, tables and a document.

mod document;
pub mod draft;
mod tell;

use akimat_app::programme::{ProgrammeComparison, ProgrammeRecord, compare};
use akimat_core::{DecisionId, Lang, ProjectId};
use akimat_storage::{Decision, ProgrammeComment};
use akimat_web_kit::download::{file, table};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::plan::loaded::Loaded;
use akimat_web_kit::view::plan::why::{Candidate, Section};
use akimat_web_kit::visitor::Visitor;
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
    logged: String,
}

/// Why one project of a decision is in or out.
#[derive(Template)]
#[template(path = "public/programme/project.html")]
struct ProjectPage {
    page: Page,
    place: PlaceLink,
    decision: String,
    back: String,
    inside: bool,
    state: String,
    deviation: String,
    about: Vec<(String, String)>,
    project: String,
    sections: Vec<Section>,
    against: String,
}

/// A decision with everything that its page tells.
struct Opened {
    /// Where the explanation of each project lies, without the language; empty where there is none.
    base: String,
    record: ProgrammeRecord,
    place: PlaceLink,
    invented: bool,
    loaded: Loaded,
    comments: Vec<ProgrammeComment>,
    changes: Option<(DecisionId, ProgrammeComparison)>,
}

/// The page of a decision.
///
/// # Errors
/// When the database fails or the record is damaged; 404 when it is of a format that is read no more.
pub async fn show(state: &WebState, visitor: &Visitor, decision: &Decision) -> Answer {
    let opened = open(state, visitor, decision).await?;
    let locale = visitor.locale();
    let mut told = Published::of(state, visitor, &opened);
    for figure in &mut told.figures {
        *figure = std::mem::take(figure).files(visitor);
    }
    let figures: Vec<&Figure> = told.figures.iter().collect();
    let id = decision.id;
    if let Some(found) = figure::asked(visitor, &format!("programme-{id}"), &figures).await {
        return found;
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
        logged: akimat_web_kit::view::logged::path(&format!("decision/{id}"), "programme_decided"),
    };
    frame::render(&page)
}

/// Why one project of a decision is in or out, at an address of its own.
///
/// # Errors
/// 404 when there is no such project in the decision.
pub async fn project(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, project)): Path<(String, String, String)>,
) -> Answer {
    let (id, project): (DecisionId, ProjectId) = (frame::id(&id)?, frame::id(&project)?);
    let decision = state.app.read().find_decision(id).await?.ok_or_else(Failure::not_found)?;
    let opened = open(&state, &visitor, &decision).await?;
    let locale = visitor.locale();
    let input = &opened.record.input;
    let at = input.find(project).ok_or_else(Failure::not_found)?;
    let teller = opened.loaded.teller(locale);
    let candidate = Candidate { teller: &teller, at, one: &input.candidates[at] };
    let deviation = tell::deviation(locale, &opened.record, at);
    // Where the head decided otherwise, the computed reason is about another plan.
    let mut sections = if deviation.is_empty() { candidate.sections() } else { Vec::new() };
    for section in &mut sections {
        if !section.figure.is_empty() {
            section.figure = std::mem::take(&mut section.figure).files(&visitor);
        }
    }
    let figures: Vec<&Figure> = sections.iter().map(|section| &section.figure).collect();
    if let Some(file) = figure::asked(&visitor, &format!("programme-{id}-{project}"), &figures).await {
        return file;
    }
    let name = opened.loaded.names.project(at).to_owned();
    let inside = teller.view.plan.has(at);
    let back = format!("/decisions/{id}");
    frame::render(&ProjectPage {
        page: frame::page(
            &visitor,
            locale.f("plan-why-title", &[("project", name.into())]),
            Some(MenuItem::Decisions),
        )
        .invented(opened.invented),
        decision: tell::title(locale, &opened),
        back,
        inside,
        state: locale.t(if inside { "plan-in" } else { "plan-out" }).into_owned(),
        about: candidate.about(),
        against: if deviation.is_empty() { candidate.against() } else { String::new() },
        deviation,
        project: format!("/projects/{project}"),
        sections,
        place: opened.place,
    })
}

/// The record, a table or a document of a published programme.
///
/// # Errors
/// 404 for another format of file.
pub async fn download(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, format)): Path<(String, String, String)>,
) -> Answer {
    let id: DecisionId = frame::id(&id)?;
    let decision = state.app.read().find_decision(id).await?.ok_or_else(Failure::not_found)?;
    let opened = open(&state, &visitor, &decision).await?;
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

async fn open(state: &WebState, visitor: &Visitor, decision: &Decision) -> Answer<Opened> {
    let record = ProgrammeRecord::read(&decision.document)?.ok_or_else(Failure::not_found)?;
    open_record(state, visitor, record, format!("/decisions/{}", decision.id)).await
}

/// What the pages of a record need; `base`: where each project is explained.
async fn open_record(
    state: &WebState,
    visitor: &Visitor,
    record: ProgrammeRecord,
    base: String,
) -> Answer<Opened> {
    let read = state.app.read();
    let code = record.place;
    let place = read.find_place(code, state.app.today()).await?;
    let name =
        place.as_ref().map_or_else(|| code.to_string(), |place| place.name.get(visitor.lang).to_owned());
    let mut changes = None;
    if let Some(previous) = record.previous
        && let Some(earlier) = read.find_decision(previous).await?
        && let Some(earlier) = ProgrammeRecord::read(&earlier.document)?
    {
        let (before, after) = (&earlier.decided.plan, &record.decided.plan);
        changes = Some((previous, compare::compare((&earlier.input, before), (&record.input, after))));
    }
    let invented = place.as_ref().is_some_and(|place| place.invented) || record.input.is_invented();
    Ok(Opened {
        base,
        loaded: Loaded::decided(state, visitor.locale(), &record).await?,
        comments: read.list_programme_comments(record.programme).await?,
        place: PlaceLink { name, path: frame::place_path(code) },
        record,
        invented,
        changes,
    })
}
