//! `/views`: views of the cube that people have kept. The body of a kept view is the address of its pivot.

use akimat_app::AppError;
use akimat_app::saved::SavedDraft;
use akimat_core::SavedId;
use akimat_storage::{Cursor, PageRequest, SavedFilter, SavedHead, SavedKind};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};

#[derive(Template)]
#[template(path = "public/analysis/views.html")]
struct ViewsPage {
    page: Page,
    sections: Vec<(String, Vec<Item>)>,
    next: String,
    form: kit::Form,
    save_path: String,
}

struct Item {
    path: String,
    title: String,
    by: String,
    invented: bool,
    private: bool,
    remove: String,
}

/// What a kept view holds.
#[derive(serde::Serialize, serde::Deserialize)]
struct Body {
    /// The address after `/analysis/pivot?`.
    query: String,
}

fn item(visitor: &Visitor, state: &WebState, head: &SavedHead) -> Item {
    let locale = visitor.locale();
    let date = locale.date_short(head.updated_at.to_zoned(state.app.zone().clone()).date());
    let own = visitor.actor().is_some_and(|account| account.id == head.owner);
    Item {
        path: format!("/views/{}", head.id),
        title: head.title.clone(),
        by: locale.f("views-by", &[("name", head.owner_name.as_str().into()), ("date", date.into())]),
        invented: head.invented,
        private: !head.public,
        remove: if own { format!("/views/{}/remove", head.id) } else { String::new() },
    }
}

async fn page(
    state: &WebState,
    visitor: &Visitor,
    after: Option<Cursor>,
    (form, save_path): (kit::Form, String),
) -> Answer<ViewsPage> {
    let locale = visitor.locale();
    let read = state.app.read();
    let public = SavedFilter { kind: Some(SavedKind::View), owner: None, public: true };
    let list = read.list_saved(&public, &PageRequest { limit: 30, after }).await?;
    let own = match visitor.actor() {
        Some(account) => {
            let filter = SavedFilter { kind: Some(SavedKind::View), owner: Some(account.id), public: false };
            read.list_saved(&filter, &PageRequest::first(100)).await?.items
        }
        None => Vec::new(),
    };
    Ok(ViewsPage {
        page: frame::page(visitor, locale.t("views-title"), Some(MenuItem::Analysis))
            .description(locale.t("views-lead"))
            .errors(!form.is_clean()),
        sections: [("views-own", own), ("views-public-title", list.items)]
            .into_iter()
            .filter(|(_, heads)| !heads.is_empty())
            .map(|(key, heads)| {
                let items = heads.iter().map(|head| item(visitor, state, head)).collect();
                (locale.t(key).into_owned(), items)
            })
            .collect(),
        next: list
            .next
            .map_or_else(String::new, |cursor| visitor.to(&format!("/views?after={}", cursor.encode()))),
        form,
        save_path,
    })
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let after = Cursor::decode(asked.raw("after"));
    frame::render(&page(&state, &visitor, after, (kit::Form::new(), String::new())).await?)
}

/// Opens a kept view.
///
/// # Errors
/// 404 when there is none, or it is private and somebody else's.
pub async fn open(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let id: SavedId = frame::id(&id)?;
    let saved = state.app.find_analysis(visitor.actor(), SavedKind::View, id).await?;
    let body: Body = serde_json::from_str(&saved.body).map_err(Failure::internal)?;
    // The query is written by the platform; it is read again as a view, whatever it holds.
    Ok(Redirect::to(&visitor.to(&format!("/analysis/pivot?{}", body.query))).into_response())
}

/// Keeps the view of the address.
///
/// # Errors
/// 403 for other roles; a wrong title comes back with the form.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
    form: Form,
) -> Answer {
    let asked = super::read_view(&state, &Form::parse(query.unwrap_or_default().as_bytes())).await?;
    if !asked.faults.is_empty() {
        return Err(Failure::not_found());
    }
    let query = asked.view.query();
    let body = serde_json::to_string(&Body { query: query.clone() }).map_err(Failure::internal)?;
    let draft = SavedDraft {
        kind: SavedKind::View,
        title: form.get("title").to_owned(),
        place: asked.view.place,
        public: form.get("public") == "yes",
        invented: super::is_invented(&state, &asked.view).await?,
        body,
    };
    match state.app.save_analysis(visitor.actor(), draft).await {
        Ok(_) => Ok(frame::redirect(&visitor, "/views", "saved")),
        Err(AppError::Invalid(faults)) => {
            let mut shown =
                kit::Form::new().with("title", form.raw("title")).with("public", form.raw("public"));
            for fault in &faults {
                shown.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&state, &visitor, None, (shown, format!("/views?{query}"))).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes a view of one's own.
///
/// # Errors
/// 403 for everybody but its owner.
pub async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: SavedId = frame::id(&id)?;
    state.app.remove_analysis(visitor.actor(), id).await?;
    Ok(frame::redirect(&visitor, "/views", "saved"))
}
