//! `/projects/{id}/risks`: what may happen to a project, what already shows, how sure it is that it will be done.

pub mod method;
pub mod portfolio;
pub mod register;

use crate::outcome;
use akimat_app::alert::{HeldAlert, KeptConfidence};
use akimat_app::permission::{self, Permission};
use akimat_core::ProjectId;
use akimat_project::Project;
use akimat_storage::dossier::Section;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project_nav::{ProjectNav, Tab, nav};
use akimat_web_kit::view::warning::{self, AlertView, ConfidenceView};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use register::Register;

#[derive(Template)]
#[template(path = "public/risk/show.html")]
struct RisksPage {
    page: Page,
    nav: ProjectNav,
    confidence: Option<ConfidenceView>,
    /// Address of the form by which the head lifts the confidence; empty for everybody else.
    lift_path: String,
    open: Vec<AlertView>,
    over: Vec<AlertView>,
    hidden: String,
    register: Register,
    new_path: String,
    may_watch: bool,
    outlook: Option<outcome::Section>,
}

/// The addresses of risks and early warning.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/projects/{id}/risks", Permission::Public, show)
        .get("/{lang}/analysis/risks", Permission::Public, portfolio::show)
        .get("/{lang}/analysis/early-warning/method", Permission::Public, method::show)
}

/// Alerts that this visitor may see, and how many are not public yet.
pub fn visible(alerts: Vec<HeldAlert>, staff: bool, today: jiff::civil::Date) -> (Vec<HeldAlert>, usize) {
    let all = alerts.len();
    let seen: Vec<HeldAlert> =
        alerts.into_iter().filter(|held| staff || held.alert.is_public(today)).collect();
    let hidden = all - seen.len();
    (seen, hidden)
}

/// The newest delivery confidence; none before the watch has looked.
///
/// # Errors
/// When the database fails.
pub async fn confidence(state: &WebState, project: ProjectId) -> Answer<Option<(Section, KeptConfidence)>> {
    Ok(state.app.find_confidence(project).await?)
}

/// Whether the visitor works on risks of this project.
pub fn may_watch(visitor: &Visitor, project: &Project) -> bool {
    permission::check(visitor.actor(), Permission::WatchProjects, Some(project.place)).is_ok()
}

/// The page.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    let locale = visitor.locale();
    let today = state.app.today();
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    let staff = may_watch(&visitor, &project);
    let (alerts, hidden) = visible(state.app.list_alerts(id).await?, staff, today);
    let (over, open): (Vec<HeldAlert>, Vec<HeldAlert>) =
        alerts.into_iter().rev().partition(|held| held.alert.is_over());
    let view = |held: &HeldAlert| warning::alert(locale, held, today);
    let mut open: Vec<&HeldAlert> = open.iter().collect();
    open.sort_by_key(|held| std::cmp::Reverse(held.alert.level));
    let risks = state.app.list_risks(id).await?;
    let kept = confidence(&state, id).await?;
    let head = permission::check(visitor.actor(), Permission::Decide, Some(project.place)).is_ok();
    let title = locale.text(&project.title).0.to_owned();
    frame::render(&RisksPage {
        page: frame::page(
            &visitor,
            locale.f("risk-page-title", &[("project", title.as_str().into())]),
            Some(MenuItem::Projects),
        )
        .description(locale.t("risk-page-lead"))
        .invented(project.invented),
        nav: nav(&state, &visitor, &project, Tab::Risks).await?,
        confidence: kept.as_ref().map(|(_, kept)| warning::confidence(locale, kept, today)),
        lift_path: if head && kept.is_some() {
            format!("/admin/projects/{id}/confidence")
        } else {
            String::new()
        },
        open: open.into_iter().map(view).collect(),
        over: over.iter().map(view).collect(),
        hidden: if hidden > 0 { locale.f("warning-hidden", &[("n", hidden.into())]) } else { String::new() },
        register: register::of((&state, locale), (&project, &risks), staff),
        new_path: format!("/admin/projects/{id}/risks/new"),
        may_watch: staff,
        outlook: outcome::section(&state, &visitor, &project).await?,
    })
}
