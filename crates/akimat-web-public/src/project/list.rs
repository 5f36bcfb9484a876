//! `/projects`: filters and order in the address, so that any list can be shared.

use akimat_app::project_query::{SORTS, canonical};
use akimat_storage::{Cursor, PageRequest};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::{Item, item, place_names};
use akimat_web_kit::view::project_choices::{Choices, asked, choices, with_query};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

/// Projects on one page of the list.
const LIMIT: u16 = 20;

#[derive(Template)]
#[template(path = "public/project/list.html")]
struct ListPage {
    page: Page,
    choices: Choices,
    sorts: Vec<(String, String)>,
    /// What is asked for in words, and how to see or hear it elsewhere; empty for the whole register.
    what: String,
    elsewhere: Elsewhere,
    found: String,
    planned: String,
    paid: String,
    items: Vec<Item>,
    /// Address of the beginning of the list; empty on its first page.
    previous: String,
    next: String,
    downloads: Vec<(String, String, String)>,
}

/// The same search in other shapes: addresses with their language.
struct Elsewhere {
    map: String,
    calendar: String,
    feed: String,
    subscribe: String,
    /// The saved search, to copy and keep.
    saved: String,
}

impl Elsewhere {
    fn new(visitor: &Visitor, search: &str) -> Self {
        let to = |path: &str| visitor.to(&with_query(path, search));
        Self {
            map: to("/projects/map"),
            calendar: to("/projects/calendar"),
            feed: to("/projects/feed.atom"),
            subscribe: to("/subscriptions/new"),
            saved: to("/projects"),
        }
    }
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
    let (filter, sort) = asked(&state, &query);
    let after = Cursor::decode(Form::parse(query.as_bytes()).raw("after"));
    let request = PageRequest { limit: LIMIT, after };
    let cards = state.app.read().list_projects(&filter, sort, &request).await?;
    let totals = state.app.read().count_projects(&filter).await?;
    let codes = cards.items.iter().map(|card| card.place);
    let places = place_names(&state, locale, codes).await?;
    let choices = choices(&state, &visitor, (&query, &filter)).await?;
    let title = match &choices.place {
        Some(place) => locale.f("projects-title-of", &[("place", place.name.as_str().into())]),
        None => locale.t("projects-title").into_owned(),
    };
    let kept = query_without(&query, &["after", "done"]);
    let search = canonical(&query);
    let name = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    frame::render(&ListPage {
        page: frame::page(&visitor, title, Some(MenuItem::Projects))
            .description(locale.t("projects-intro"))
            .invented(!cards.items.is_empty() && cards.items.iter().all(|card| card.invented)),
        sorts: SORTS.iter().map(|(sort, _)| name("project-sort", sort)).collect(),
        what: if search.is_empty() {
            String::new()
        } else {
            state.app.subscription_words(locale, &search).await?
        },
        elsewhere: Elsewhere::new(&visitor, &search),
        choices,
        found: locale.f("projects-found", &[("n", totals.n_projects.into())]),
        planned: locale.money_short(totals.planned),
        paid: locale.money_short(totals.paid),
        items: cards.items.iter().map(|card| item((&state, locale), card, &places)).collect(),
        next: cards.next.map_or_else(String::new, |cursor| visitor.to(&continued(&kept, &cursor))),
        previous: request.after.map_or_else(String::new, |_| visitor.to(&format!("/projects?{kept}"))),
        downloads: akimat_web_kit::download::links(&visitor, "/projects/download", &kept),
    })
}

fn continued(kept: &str, cursor: &Cursor) -> String {
    let glue = if kept.is_empty() { "" } else { "&" };
    format!("/projects?{kept}{glue}after={}", cursor.encode())
}
