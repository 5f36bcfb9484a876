//! `/reports`: public reports, and one's own.

use super::body::Body;
use super::piece::words;
use akimat_app::permission::Permission;
use akimat_storage::{Cursor, PageRequest, SavedFilter, SavedHead, SavedKind};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

#[derive(Template)]
#[template(path = "public/report/list.html")]
struct ListPage {
    page: Page,
    own: Vec<Item>,
    items: Vec<Item>,
    next: String,
    may_write: bool,
}

struct Item {
    path: String,
    title: String,
    lang: &'static str,
    by: String,
    lead: String,
    invented: bool,
    private: bool,
}

/// Reports on one page.
const LIMIT: u16 = 20;

async fn item(state: &WebState, visitor: &Visitor, head: &SavedHead) -> Answer<Item> {
    let locale = visitor.locale();
    // The head has the title in the owner's language; the body has all three.
    let saved = state.app.read().find_saved(head.id).await?;
    let body: Body = saved.and_then(|saved| serde_json::from_str(&saved.body).ok()).unwrap_or_default();
    let (title, lang) = words(&body.title, visitor.lang);
    let date = head.updated_at.to_zoned(state.app.zone().clone()).date();
    let by = [("name", head.owner_name.as_str().into()), ("date", locale.date(date).into())];
    Ok(Item {
        path: format!("/reports/{}", head.id),
        title: if title.is_empty() { head.title.clone() } else { title },
        lang,
        by: locale.f("report-by", &by),
        lead: words(&body.lead, visitor.lang).0.chars().take(240).collect(),
        invented: head.invented,
        private: !head.public,
    })
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let read = state.app.read();
    let request = PageRequest { limit: LIMIT, after: Cursor::decode(asked.raw("after")) };
    let filter = SavedFilter { kind: Some(SavedKind::Report), owner: None, public: true };
    let heads = read.list_saved(&filter, &request).await?;
    let mut items = Vec::new();
    for head in &heads.items {
        items.push(item(&state, &visitor, head).await?);
    }
    let mut own = Vec::new();
    if let Some(account) = visitor.actor() {
        let filter = SavedFilter { owner: Some(account.id), public: false, ..filter };
        for head in &read.list_saved(&filter, &PageRequest::first(50)).await?.items {
            own.push(item(&state, &visitor, head).await?);
        }
    }
    let may_write = visitor
        .actor()
        .is_some_and(|account| akimat_app::permission::may(account, Permission::Analyse, None));
    let continued = |cursor: Cursor| visitor.to(&format!("/reports?after={}", cursor.encode()));
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("reports-title"), Some(MenuItem::Analysis))
            .description(locale.t("reports-lead")),
        own,
        items,
        next: heads.next.map_or_else(String::new, continued),
        may_write,
    })
}
