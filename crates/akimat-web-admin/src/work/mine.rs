//! `/admin/work`: what waits for the visitor, and the visitor's projects.

use super::{WorkTab, need_text, place_of, tabs};
use akimat_app::permission::Permission;
use akimat_app::project::work::{Desk, Duty, Need};
use akimat_core::{KatoCode, ProjectId, Role};
use akimat_i18n::Locale;
use akimat_storage::{Cursor, PageRequest, ProjectFilter, ProjectSort};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::{Item, item, place_names};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use std::collections::BTreeMap;

/// Projects of the lower list on one page.
const LISTED: u16 = 20;
/// Waiting projects on the page.
const WAITING: usize = 50;

#[derive(Template)]
#[template(path = "admin/work/mine.html")]
struct MinePage {
    page: Page,
    tabs: Vec<WorkTab>,
    form: kit::Form,
    scopes: Vec<(String, String)>,
    waiting_title: String,
    waiting: Vec<Waiting>,
    more: String,
    projects: Vec<Item>,
    next: String,
    may_report: bool,
}

/// A project that waits.
struct Waiting {
    id: ProjectId,
    number: String,
    title: String,
    place: String,
    status: &'static str,
    status_name: String,
    needs: Vec<(String, bool)>,
}

/// Whose projects are shown: one's own for managers, those of the territory for everybody else.
fn scope(visitor: &Visitor, asked: &str) -> &'static str {
    let manager = visitor.actor().is_some_and(|account| account.role == Role::ProjectManager);
    match asked {
        "all" => "all",
        "own" => "own",
        "none" => "none",
        _ if manager => "own",
        _ => "all",
    }
}

/// The page.
///
/// # Errors
/// When the database fails.
pub(super) async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let scope = scope(&visitor, asked.get("whose"));
    let place = place_of(&visitor, asked.get("place"));
    let manager = visitor.actor().filter(|_| scope == "own").map(|account| account.id);
    let unmanaged = scope == "none";
    let duties = if unmanaged { Vec::new() } else { state.app.list_duties(Desk { place, manager }).await? };
    let filter = ProjectFilter { place, manager, unmanaged, ..ProjectFilter::default() };
    let request = PageRequest { limit: LISTED, after: Cursor::decode(asked.raw("after")) };
    let cards = state.app.read().list_projects(&filter, ProjectSort::Updated, &request).await?;
    let codes = cards.items.iter().map(|card| card.place);
    let names =
        place_names(&state, locale, codes.chain(duties.iter().map(|duty| duty.project.place))).await?;
    let n_left = duties.len().saturating_sub(WAITING);
    let may_report =
        visitor.actor().is_some_and(|one| akimat_app::permission::may(one, Permission::ManageProjects, None));
    let next = cards.next.as_ref().map(|cursor| {
        let place = place.map_or_else(String::new, |place| format!("&place={place}"));
        visitor.to(&format!("/admin/work?whose={scope}{place}&after={}", cursor.encode()))
    });
    frame::render(&MinePage {
        page: frame::page(&visitor, locale.t("work-title"), Some(MenuItem::Admin))
            .hidden()
            .invented(cards.items.iter().any(|card| card.invented)),
        tabs: tabs(locale, "/admin/work"),
        form: kit::Form::new().with("whose", scope),
        scopes: ["own", "all", "none"]
            .map(|code| (code.to_owned(), locale.name("work-whose", code).into_owned()))
            .to_vec(),
        waiting_title: locale.f("work-waiting", &[("n", duties.len().into())]),
        waiting: duties.iter().take(WAITING).map(|duty| waiting(locale, duty, &names)).collect(),
        more: if n_left == 0 {
            String::new()
        } else {
            locale.f("work-waiting-more", &[("n", n_left.into())])
        },
        projects: cards.items.iter().map(|card| item((&state, locale), card, &names)).collect(),
        next: next.unwrap_or_default(),
        may_report,
    })
}

fn waiting(locale: &Locale, duty: &Duty, names: &BTreeMap<KatoCode, String>) -> Waiting {
    let project = &duty.project;
    Waiting {
        id: project.id,
        number: project.number.clone(),
        title: locale.text(&project.title).0.to_owned(),
        place: names.get(&project.place).cloned().unwrap_or_else(|| project.place.to_string()),
        status: project.status.code(),
        status_name: locale.name("status", project.status.code()).into_owned(),
        needs: duty
            .needs
            .iter()
            .map(|need| (need_text(locale, need), matches!(need, Need::End(_)) || need.days() > 60))
            .collect(),
    }
}
