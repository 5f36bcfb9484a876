//! `/drafts`: drafts of programmes that are open to discussion, each with its plan and what is said about it.

use super::open_record;
use super::tell::{self, Published};
use crate::talk::{say, told};
use akimat_app::talk::About;
use akimat_core::Text;
use akimat_participation::Subject;
use akimat_web_kit::comment_form::CommentForm;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::discussion::{draft_path, standing, version_name};
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::view::talk::{self, Ask, TalkView};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use uuid::Uuid;

/// Drafts on the list at most.
const LIST_MAX: u16 = 100;

#[derive(Template)]
#[template(path = "public/programme/drafts.html")]
struct ListPage {
    page: Page,
    items: Vec<DraftItem>,
}

struct DraftItem {
    path: String,
    title: String,
    by: String,
    state: String,
    open: bool,
    comments: String,
}

#[derive(Template)]
#[template(path = "public/programme/draft.html")]
struct DraftPage {
    page: Page,
    place: PlaceLink,
    told: Published,
    state: String,
    open: bool,
    by: String,
    words: String,
    talk: TalkView,
    logged: String,
    /// Other versions of the same draft.
    others: Vec<(String, String)>,
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let read = state.app.read();
    let mut drafts = read.list_programme_drafts(asked.get("place").parse().ok(), LIST_MAX).await?;
    let now = state.app.now();
    drafts.sort_by_key(|draft| !draft.is_open(now));
    let names = place_names(&state, locale, drafts.iter().map(|draft| draft.place)).await?;
    let mut items = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let n = read.count_comments(&Subject::Draft(draft.id, Text::default())).await?;
        let place = names.get(&draft.place).cloned().unwrap_or_else(|| draft.place.to_string());
        items.push(DraftItem {
            path: draft_path(draft.id),
            title: version_name(&state, locale, draft),
            by: locale
                .f("draft-by", &[("name", draft.opened_by_name.as_str().into()), ("place", place.into())]),
            state: standing(&state, locale, draft),
            open: draft.is_open(now),
            comments: locale.f("comments-count", &[("n", n.into())]),
        });
    }
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("drafts-title"), Some(MenuItem::Decisions))
            .description(locale.t("drafts-lead"))
            .invented(drafts.iter().any(|draft| draft.invented)),
        items,
    })
}

/// One draft with its conversation.
///
/// # Errors
/// 404 when there is none.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let mut page = build(&state, &visitor, id, (&query.unwrap_or_default(), None)).await?;
    for figure in &mut page.told.figures {
        *figure = std::mem::take(figure).files(&visitor);
    }
    let figures: Vec<&Figure> = page.told.figures.iter().collect();
    if let Some(found) = figure::asked(&visitor, &format!("draft-{id}"), &figures).await {
        return found;
    }
    frame::render(&page)
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    id: Uuid,
    (query, form): (&str, Option<kit::Form>),
) -> Answer<DraftPage> {
    let locale = visitor.locale();
    let (draft, record) = state.app.programme_draft(id).await?;
    let opened = open_record(state, visitor, record, String::new()).await?;
    let title = locale.f("draft-title", &[("programme", tell::title(locale, &opened).into())]);
    let open = draft.is_open(state.app.now());
    let wrong = form.as_ref().is_some_and(|form| !form.is_clean());
    let subject = Subject::Draft(id, Text::same(draft.title.as_str()));
    let n_comments = state.app.read().count_comments(&subject).await?;
    let asked = Form::parse(query.as_bytes());
    let path = draft_path(id);
    let post = format!("{path}/comments");
    let ask = Ask { subject: &subject, place: draft.place, path, post, query: &asked, n_comments };
    let mut talk = talk::talk(state, visitor, ask, form).await?;
    let official =
        visitor.actor().is_some_and(|account| akimat_app::talk::speaks_for_office(account, draft.place));
    if !open && !official {
        talk.closed = standing(state, locale, &draft);
    }
    let versions = state.app.read().list_drafts_of_programme(draft.programme).await?;
    Ok(DraftPage {
        page: frame::page(visitor, title, Some(MenuItem::Decisions))
            .description(locale.t("draft-is-no-decision"))
            .invented(opened.invented || draft.invented)
            .errors(wrong),
        told: Published::of(state, visitor, &opened),
        state: standing(state, locale, &draft),
        open,
        by: locale.f(
            "draft-by",
            &[("name", draft.opened_by_name.as_str().into()), ("place", opened.place.name.as_str().into())],
        ),
        place: opened.place,
        words: draft.words,
        talk,
        logged: akimat_web_kit::view::logged::path(&format!("draft/{id}"), "programme_discussed"),
        others: versions
            .iter()
            .filter(|one| one.id != id)
            .map(|one| (draft_path(one.id), version_name(state, locale, one)))
            .collect(),
    })
}

/// A person comments on a draft.
///
/// # Errors
/// 404 when there is no such draft, 422 after its term, 429 for a flood.
pub async fn comment(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: CommentForm,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    match say(&state, &visitor, About::Draft(id), form).await? {
        Ok(said) => Ok(frame::redirect(&visitor, &format!("{}#comments", draft_path(id)), told(said))),
        Err(again) => frame::render_invalid(&build(&state, &visitor, id, ("", Some(again))).await?),
    }
}
