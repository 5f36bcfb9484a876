//! The desk: what each role comes to do.

use akimat_app::AppError;
use akimat_app::permission::{Permission, may};
use akimat_storage::{PageRequest, ProjectFilter, ProjectSort};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::{Item, item, place_names};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "admin/desk.html")]
struct DeskPage {
    page: Page,
    hello: String,
    place: String,
    tasks: Vec<Task>,
    projects: Vec<Item>,
}

struct Task {
    path: String,
    title: String,
    text: String,
}

/// The page.
///
/// # Errors
/// When the database fails.
#[expect(clippy::too_many_lines, reason = "one line a task: a list, not a tangle")]
pub async fn desk(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let place = match account.place {
        Some(code) => state.app.read().find_place(code, state.app.today()).await?,
        None => None,
    };
    let own = account.place.map_or_else(String::new, |code| format!("/{code}"));
    let places = account.place.map_or_else(String::new, |code| format!("?place={code}"));
    let all: [(Permission, String, &str); 28] = [
        (Permission::WatchProjects, "/admin/work".to_owned(), "work"),
        (Permission::WatchProjects, "/admin/work/meeting".to_owned(), "meeting"),
        (Permission::WatchProjects, "/admin/work/board".to_owned(), "board"),
        (Permission::WatchProjects, "/admin/work/portfolio".to_owned(), "portfolio"),
        (Permission::ManageProjects, "/admin/projects/new".to_owned(), "projects-new"),
        (Permission::ManageProjects, "/admin/plans".to_owned(), "plans"),
        (Permission::ManageProjects, format!("/contracts{places}"), "contracts"),
        (Permission::ImportProjects, "/admin/imports".to_owned(), "projects-import"),
        (Permission::ImportProjects, "/admin/bulk".to_owned(), "bulk"),
        (Permission::ManageProjects, "/admin/duplicates".to_owned(), "duplicates"),
        (Permission::ImportBudgets, "/admin/import/budget".to_owned(), "budgets-import"),
        (Permission::PublishForecasts, "/admin/forecasts".to_owned(), "publish"),
        (Permission::PublishForecasts, "/admin/jobs".to_owned(), "jobs"),
        (Permission::ReviewProgrammes, format!("/admin/programmes{places}"), "programmes"),
        (Permission::Recommend, format!("/admin/criteria{own}"), "criteria"),
        (Permission::ScoreProjects, format!("/admin/scores{own}"), "scores"),
        (Permission::Decide, format!("/decisions{places}"), "decisions"),
        (Permission::WatchProjects, "/admin/alerts".to_owned(), "alerts"),
        (Permission::ManageProjects, "/admin/disputes".to_owned(), "disputes"),
        (Permission::Moderate, "/admin/moderation".to_owned(), "moderation"),
        (Permission::Moderate, "/admin/moderation/photos".to_owned(), "photos"),
        (Permission::CheckProposals, "/admin/budgeting".to_owned(), "budgeting"),
        (Permission::VerifyPersons, "/admin/persons".to_owned(), "persons"),
        (Permission::VerifyPersons, "/admin/corrections".to_owned(), "corrections"),
        (Permission::HandOnRole, "/admin/grants".to_owned(), "grants"),
        (Permission::Administer, "/admin/accounts".to_owned(), "accounts"),
        (Permission::Administer, "/admin/audit".to_owned(), "audit"),
        (Permission::Administer, "/admin/outbox".to_owned(), "letters"),
    ];
    let tasks = all
        .into_iter()
        .filter(|(permission, _, _)| may(account, *permission, None))
        .filter(|(permission, _, _)| {
            !matches!(permission, Permission::Recommend | Permission::ScoreProjects)
                || account.place.is_some()
        })
        .map(|(_, path, key)| Task {
            path,
            title: locale.name("desk", key).into_owned(),
            text: locale.t(&format!("desk-{key}-text")).into_owned(),
        })
        .collect();
    let projects = if may(account, Permission::ManageProjects, None) {
        let filter = ProjectFilter { place: account.place, ..ProjectFilter::default() };
        state.app.read().list_projects(&filter, ProjectSort::Updated, &PageRequest::first(10)).await?.items
    } else {
        Vec::new()
    };
    let names = place_names(&state, locale, projects.iter().map(|card| card.place)).await?;
    let place = place.map_or_else(
        || locale.t("account-place-all").into_owned(),
        |place| place.name.get(visitor.lang).to_owned(),
    );
    frame::render(&DeskPage {
        page: frame::page(&visitor, locale.t("admin-title"), Some(MenuItem::Admin)).hidden(),
        hello: locale.f("admin-hello", &[("name", account.display_name.as_str().into())]),
        place: locale.f("admin-your-place", &[("place", place.into())]),
        tasks,
        projects: projects.iter().map(|card| item((&state, locale), card, &names)).collect(),
    })
}
