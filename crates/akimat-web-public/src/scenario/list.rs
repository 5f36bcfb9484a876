//! The kept scenarios: public ones and the reader's own.

use akimat_scenario::Lever;
use akimat_storage::{Cursor, PageRequest, SavedFilter, SavedHead, SavedKind};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

/// Scenarios on a page.
const PAGE: u16 = 30;

#[derive(Template)]
#[template(path = "public/scenario/list.html")]
struct ListPage {
    page: Page,
    has_base: bool,
    kinds: Vec<(String, String, String)>,
    public: Vec<Item>,
    own: Vec<Item>,
    previous: String,
    next: String,
}

struct Item {
    id: String,
    path: String,
    title: String,
    by: String,
    invented: bool,
    public: bool,
}

/// Levers to begin with: address, name, what it does.
fn kinds(visitor: &Visitor) -> Vec<(String, String, String)> {
    let locale = visitor.locale();
    let card = |kind: &str| {
        let name = |prefix: &str| locale.name(prefix, kind).into_owned();
        (format!("/scenarios/new?add={kind}"), name("scenario-lever"), name("scenario-help"))
    };
    Lever::KINDS.into_iter().map(card).collect()
}

fn item(state: &WebState, visitor: &Visitor, head: &SavedHead) -> Item {
    let date = visitor.locale().date(head.updated_at.to_zoned(state.app.zone().clone()).date());
    let name = head.owner_name.as_str();
    Item {
        id: head.id.to_string(),
        path: format!("/scenarios/{}", head.id),
        title: head.title.clone(),
        by: visitor.locale().f("scenario-by", &[("name", name.into()), ("date", date.into())]),
        invented: head.invented,
        public: head.public,
    }
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let request = PageRequest { limit: PAGE, after: Cursor::decode(asked.raw("after")) };
    let filter = SavedFilter { kind: Some(SavedKind::Scenario), owner: None, public: true };
    let public = state.app.read().list_saved(&filter, &request).await?;
    let own = match visitor.actor() {
        Some(account) => {
            let filter = SavedFilter { owner: Some(account.id), public: false, ..filter };
            state.app.read().list_saved(&filter, &PageRequest::first(PAGE)).await?.items
        }
        None => Vec::new(),
    };
    let items = |heads: &[SavedHead]| heads.iter().map(|head| item(&state, &visitor, head)).collect();
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("scenarios-title"), Some(MenuItem::Analysis))
            .description(locale.t("scenario-lead"))
            .invented(public.items.iter().any(|head| head.invented)),
        has_base: state.app.read().fact_extent().await?.years.is_some(),
        kinds: kinds(&visitor),
        public: items(&public.items),
        own: items(&own),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/scenarios")),
        next: public
            .next
            .map_or_else(String::new, |cursor| visitor.to(&format!("/scenarios?after={}", cursor.encode()))),
    })
}

/// The page while there are no budgets to start from.
///
/// # Errors
/// When the template fails.
pub fn empty(visitor: &Visitor) -> Answer {
    frame::render(&ListPage {
        page: frame::page(visitor, visitor.locale().t("scenarios-title"), Some(MenuItem::Analysis)),
        has_base: false,
        kinds: Vec::new(),
        public: Vec::new(),
        own: Vec::new(),
        previous: String::new(),
        next: String::new(),
    })
}
