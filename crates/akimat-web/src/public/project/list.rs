//! `/projects`: filters and order in the address, so that any list can be shared.

use crate::failure::Answer;
use crate::form::Form;
use crate::frame;
use crate::kit::{self, MenuItem, Page};
use crate::state::WebState;
use crate::view::project::{Item, item, options, place_names};
use crate::visitor::Visitor;
use akimat_core::fold::search_keys;
use akimat_project::{Kind, Modality, Sector, Status};
use akimat_storage::{Cursor, PageRequest, ProjectFilter, ProjectSort};
use askama::Template;
use axum::extract::{RawQuery, State};

/// Projects on one page of the list.
const LIMIT: u16 = 20;

/// The orders by their names in the address and in the catalogue.
const SORTS: [(&str, ProjectSort); 3] =
    [("updated", ProjectSort::Updated), ("planned", ProjectSort::Cost), ("ends_on", ProjectSort::Ends)];

#[derive(Template)]
#[template(path = "public/project/list.html")]
struct ListPage {
    page: Page,
    form: kit::Form,
    statuses: Vec<(String, String)>,
    sectors: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    modalities: Vec<(String, String)>,
    sorts: Vec<(String, String)>,
    place: Option<frame::PlaceLink>,
    place_code: String,
    found: String,
    planned: String,
    paid: String,
    items: Vec<Item>,
    /// Address of the beginning of the list; empty on its first page.
    previous: String,
    next: String,
    downloads: Vec<(String, String, String)>,
}

/// What the address asks for. Unknown values are left out: an old link still leads somewhere.
pub fn filter(query: &Form) -> (ProjectFilter, ProjectSort) {
    let wanted = SORTS.iter().find(|(name, _)| *name == query.get("sort"));
    let text: String = query.get("q").chars().take(100).collect();
    let filter = ProjectFilter {
        place: query.get("place").parse().ok(),
        status: query.all("status").filter_map(Status::parse).collect(),
        sector: Sector::parse(query.get("sector")),
        kind: Kind::parse(query.get("kind")),
        modality: Modality::parse(query.get("modality")),
        year: query.get("year").parse().ok(),
        keys: search_keys(&text),
    };
    (filter, wanted.map_or_else(ProjectSort::default, |(_, sort)| *sort))
}

/// The query without some of its fields and without empty ones.
fn query_without(query: &str, dropped: &[&str]) -> String {
    let pairs = form_urlencoded::parse(query.as_bytes());
    let kept = pairs.filter(|(name, value)| !dropped.contains(&name.as_ref()) && !value.is_empty());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let query = query.unwrap_or_default();
    let asked = Form::parse(query.as_bytes());
    let (filter, sort) = filter(&asked);
    let request = PageRequest { limit: LIMIT, after: Cursor::decode(asked.raw("after")) };
    let cards = state.app.read().list_projects(&filter, sort, &request).await?;
    let totals = state.app.read().count_projects(&filter).await?;
    let codes = cards.items.iter().map(|card| card.place).chain(filter.place);
    let places = place_names(&state, locale, codes).await?;
    let place = filter.place.and_then(|code| {
        Some(frame::PlaceLink { name: places.get(&code)?.clone(), path: frame::place_path(code) })
    });
    let title = match &place {
        Some(place) => locale.f("projects-title-of", &[("place", place.name.as_str().into())]),
        None => locale.t("projects-title").into_owned(),
    };
    let kept = query_without(&query, &["after", "done"]);
    let name = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    frame::render(&ListPage {
        page: frame::page(&visitor, title, Some(MenuItem::Projects))
            .description(locale.t("projects-intro"))
            .invented(!cards.items.is_empty() && cards.items.iter().all(|card| card.invented)),
        form: kit::Form::from_pairs(form_urlencoded::parse(query.as_bytes()).into_owned()),
        statuses: Status::ALL.iter().map(|status| name("status", status.code())).collect(),
        sectors: options(locale, "sector", Sector::ALL, Sector::code),
        kinds: options(locale, "kind", Kind::ALL, Kind::code),
        modalities: options(locale, "modality", Modality::ALL, Modality::code),
        sorts: SORTS.iter().map(|(sort, _)| name("project-sort", sort)).collect(),
        place_code: filter.place.map_or_else(String::new, |code| code.to_string()),
        place,
        found: locale.f("projects-found", &[("n", totals.n_projects.into())]),
        planned: locale.money_short(totals.planned),
        paid: locale.money_short(totals.paid),
        items: cards.items.iter().map(|card| item(locale, card, &places)).collect(),
        next: cards.next.map_or_else(String::new, |cursor| visitor.to(&continued(&kept, &cursor))),
        previous: request.after.map_or_else(String::new, |_| visitor.to(&format!("/projects?{kept}"))),
        downloads: crate::download::links(&visitor, "/projects/download", &kept),
    })
}

fn continued(kept: &str, cursor: &Cursor) -> String {
    let glue = if kept.is_empty() { "" } else { "&" };
    format!("/projects?{kept}{glue}after={}", cursor.encode())
}
