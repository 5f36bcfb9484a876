//! Why one project of a scenario is in or out.

use super::{list_path, path_of, plate_of};
use akimat_app::Permission;
use akimat_app::permission::check;
use akimat_core::ProjectId;
use akimat_storage::programme::ProgrammeState;
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

#[derive(Template)]
#[template(path = "admin/programme/why.html")]
struct WhyPage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    scenario: String,
    back: String,
    project: String,
    inside: bool,
    state: String,
    about: Vec<(String, String)>,
    against: String,
    sections: Vec<Section>,
    decide: String,
    outcome: String,
}

/// The page.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such project in the scenario.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, project)): Path<(String, String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let view = state.app.programme(visitor.actor(), frame::id(&id)?).await?;
    let project: ProjectId = frame::id(&project)?;
    let plate = plate_of(&state, &visitor, view.head.place).await?;
    let loaded = Loaded::computed(&state, locale, &view).await?.ok_or_else(Failure::not_found)?;
    let at = loaded.input.find(project).ok_or_else(Failure::not_found)?;
    let teller = loaded.teller(locale);
    let candidate = Candidate { teller: &teller, at, one: &loaded.input.candidates[at] };
    let mut sections = candidate.sections();
    for section in &mut sections {
        if !section.figure.is_empty() {
            section.figure = std::mem::take(&mut section.figure).files(&visitor);
        }
    }
    let figures: Vec<&Figure> = sections.iter().map(|section| &section.figure).collect();
    if let Some(file) = figure::asked(&visitor, &format!("programme-{project}"), &figures).await {
        return file;
    }
    let name = loaded.names.project(at).to_owned();
    let head = &view.head;
    let may = check(visitor.actor(), Permission::Decide, Some(head.place)).is_ok();
    let changes = candidate.change().is_some();
    let open = may && changes && view.state == ProgrammeState::Solved && !view.outdated;
    let inside = teller.view.plan.has(at);
    frame::render(&WhyPage {
        page: frame::page(
            &visitor,
            locale.f("plan-why-title", &[("project", name.into())]),
            Some(MenuItem::Admin),
        )
        .hidden()
        .invented(plate.place.invented || head.invented),
        place: PlaceLink { name: plate.name, path: plate.path },
        list_path: list_path(head.place),
        scenario: head.title.clone(),
        back: path_of(head.id),
        project: format!("/projects/{project}"),
        inside,
        state: locale.t(if inside { "plan-in" } else { "plan-out" }).into_owned(),
        about: candidate.about(),
        against: candidate.against(),
        decide: if open { format!("{}/decide?project={project}", path_of(head.id)) } else { String::new() },
        outcome: format!("/projects/{project}#outcome"),
        sections,
    })
}
