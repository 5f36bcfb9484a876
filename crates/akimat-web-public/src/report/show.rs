//! `/reports/{id}`: a report to read and print, and as PDF.

use super::body::Body;
use super::document;
use super::piece::{Section, section, words};
use akimat_core::{Lang, SavedId};
use akimat_storage::{Saved, SavedKind};
use akimat_web_kit::download::file;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "public/report/show.html")]
struct ShowPage {
    page: Page,
    report: Opened,
    edit: String,
    public: bool,
    documents: Vec<(String, String, String)>,
}

/// A report with its figures as of now.
#[derive(Debug)]
pub struct Opened {
    /// Title.
    pub title: String,
    /// Who made it and when it was last changed.
    pub by: String,
    /// What it is about.
    pub lead: Vec<String>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Some figures are of invented data.
    pub invented: bool,
}

/// The report of an address, for whoever may read it.
async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<(Saved, Body)> {
    let id: SavedId = frame::id(id)?;
    let saved = state.app.find_analysis(visitor.actor(), SavedKind::Report, id).await?;
    let body = serde_json::from_str(&saved.body).map_err(Failure::internal)?;
    Ok((saved, body))
}

/// Opens a report: asks for every figure.
///
/// # Errors
/// When the database fails.
pub async fn open(state: &WebState, visitor: &Visitor, (saved, body): (&Saved, &Body)) -> Answer<Opened> {
    let locale = visitor.locale();
    let mut sections = Vec::with_capacity(body.pieces.len());
    for piece in body.pieces.iter().enumerate() {
        sections.push(section(state, visitor, piece).await?);
    }
    let date = saved.head.updated_at.to_zoned(state.app.zone().clone()).date();
    let by = [("name", saved.head.owner_name.as_str().into()), ("date", locale.date(date).into())];
    let (lead, _) = words(&body.lead, visitor.lang);
    Ok(Opened {
        title: words(&body.title, visitor.lang).0,
        by: locale.f("report-by", &by),
        lead: lead.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
        invented: sections.iter().any(|section| section.invented),
        sections,
    })
}

/// The report as a page; its charts also as files.
///
/// # Errors
/// 404 when there is none, or it is private and somebody else's.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let (saved, body) = find(&state, &visitor, &id).await?;
    let mut report = open(&state, &visitor, (&saved, &body)).await?;
    for section in &mut report.sections {
        if !section.figure.is_empty() {
            section.figure = std::mem::take(&mut section.figure).files(&visitor);
        }
    }
    let figures: Vec<&figure::Figure> = report.sections.iter().map(|section| &section.figure).collect();
    if let Some(file) = figure::asked(&visitor, "report", &figures).await {
        return file;
    }
    let id = saved.head.id;
    let own = visitor.actor().is_some_and(|account| account.id == saved.head.owner);
    let document = |lang: Lang| {
        let name = locale
            .f("report-download-pdf", &[("language", locale.t(&format!("language-{}", lang.code())).into())]);
        (format!("/{}/reports/{id}/pdf", lang.code()), name, String::new())
    };
    frame::render(&ShowPage {
        page: frame::page(&visitor, report.title.clone(), Some(MenuItem::Analysis)).invented(report.invented),
        edit: if own { format!("/reports/{id}/edit") } else { String::new() },
        public: saved.head.public,
        documents: Lang::ALL.map(document).to_vec(),
        report,
    })
}

/// The report as PDF, in the language of the address.
///
/// # Errors
/// 404 when there is none, or it is private and somebody else's.
pub async fn pdf(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let (saved, body) = find(&state, &visitor, &id).await?;
    let report = open(&state, &visitor, (&saved, &body)).await?;
    let bytes = document::encode(&visitor, &report).await?;
    Ok(file(&format!("report-{}-{}.pdf", saved.head.id, visitor.lang.code()), "application/pdf", bytes))
}
