//! `/subscriptions`: residents ask to be told by mail, say yes from their letters, change their mind; no account needed.

use akimat_app::AppError;
use akimat_app::project_query::{canonical, point_text};
use akimat_app::subscription::{CONFIRM_DAYS, Key, SubscriptionDraft};
use akimat_core::ProjectId;
use akimat_storage::Frequency;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project_choices::{Choices, asked, choices, extended};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "public/subscription/ask.html")]
struct AskPage {
    page: Page,
    form: kit::Form,
    choices: Choices,
    /// What the search asks for, in words.
    what: String,
    query: String,
    frequencies: Vec<(String, String)>,
    /// Mail is set up.
    ready: bool,
    /// Searches around the project, when one was asked for: words and query.
    around: Vec<(String, String)>,
    feed: String,
}

#[derive(Template)]
#[template(path = "public/subscription/told.html")]
struct ToldPage {
    page: Page,
    words: String,
    back: String,
}

#[derive(Template)]
#[template(path = "public/subscription/act.html")]
struct ActPage {
    page: Page,
    words: String,
    what: String,
    action: String,
    button: String,
    manage: String,
}

#[derive(Template)]
#[template(path = "public/subscription/manage.html")]
struct ManagePage {
    page: Page,
    address: String,
    rows: Vec<Row>,
    stop_all: String,
}

struct Row {
    what: String,
    list: String,
    state: String,
    confirmed: bool,
    change: String,
    stop: String,
    field: String,
    form: kit::Form,
    frequencies: Vec<(String, String)>,
}

fn frequencies(visitor: &Visitor) -> Vec<(String, String)> {
    let locale = visitor.locale();
    let name =
        |one: &Frequency| (one.code().to_owned(), locale.name("mail-frequency", one.code()).into_owned());
    Frequency::ALL.iter().map(name).collect()
}

/// The form.
///
/// # Errors
/// When the database fails.
pub async fn ask_form(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let form = kit::Form::new().with("frequency", Frequency::Daily.code());
    frame::render(&ask_page(&state, &visitor, &canonical(&query), form).await?)
}

async fn ask_page(state: &WebState, visitor: &Visitor, query: &str, form: kit::Form) -> Answer<AskPage> {
    let locale = visitor.locale();
    let (filter, _) = asked(state, query);
    let invalid = !form.is_clean();
    Ok(AskPage {
        page: frame::page(visitor, locale.t("face-subscribe-title"), Some(MenuItem::Projects))
            .description(locale.t("face-subscribe-intro"))
            .errors(invalid),
        form,
        choices: choices(state, visitor, (query, &filter)).await?,
        what: state.app.subscription_words(locale, query).await?,
        frequencies: frequencies(visitor),
        ready: state.app.post().is_some(),
        around: around(state, visitor, filter.ids.first().copied()).await?,
        feed: visitor.to(&format!("/projects/feed.atom?{query}")),
        query: query.to_owned(),
    })
}

/// What else may interest whoever asks about one project: its neighbourhood, its sector, its territory.
async fn around(state: &WebState, visitor: &Visitor, id: Option<ProjectId>) -> Answer<Vec<(String, String)>> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let Some((project, _, _)) = state.app.read().find_project(id).await? else { return Ok(Vec::new()) };
    let mut queries = Vec::new();
    if let Some(point) = project.location {
        let near = point_text(point);
        queries.push(extended("", &[("near", &near), ("radius", "500")]));
        queries.push(extended("", &[("near", &near), ("radius", "2000")]));
    }
    let place = project.place.to_string();
    queries.push(extended("", &[("place", &place)]));
    queries.push(extended("", &[("place", &place), ("sector", project.sector.code())]));
    let mut found = Vec::new();
    for query in queries {
        let words = state.app.subscription_words(visitor.locale(), &query).await?;
        found.push((words, visitor.to(&format!("/subscriptions/new?{query}"))));
    }
    Ok(found)
}

/// Somebody asks. The answer is the same for every address.
///
/// # Errors
/// When the database fails, or too many ask from one place.
pub async fn ask(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    let now = state.app.now();
    let limiter = &state.limiters.register;
    limiter.take(&visitor.address, now).map_err(|retry_seconds| AppError::TooMany { retry_seconds })?;
    let query = canonical(form.get("query"));
    if state.app.post().is_none() {
        return frame::render_invalid(&ask_page(&state, &visitor, &query, kit::Form::new()).await?);
    }
    let draft = SubscriptionDraft {
        email: form.get("email").to_owned(),
        query: query.clone(),
        frequency: Frequency::parse(form.get("frequency")).unwrap_or(Frequency::Daily),
        lang: visitor.lang,
    };
    match state.app.subscribe(&draft).await {
        Ok(()) => {
            let words = visitor.locale().f("face-subscribe-told", &[("n", CONFIRM_DAYS.into())]);
            told(&visitor, "face-subscribe-told-title", words)
        }
        Err(AppError::Invalid(faults)) => {
            let mut page_form =
                kit::Form::new().with("email", draft.email).with("frequency", draft.frequency.code());
            for fault in &faults {
                page_form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&ask_page(&state, &visitor, &query, page_form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

fn told(visitor: &Visitor, title: &str, words: String) -> Answer {
    frame::render(&ToldPage {
        page: frame::page(visitor, visitor.locale().t(title), Some(MenuItem::Projects)).hidden(),
        words,
        back: visitor.to("/projects"),
    })
}

fn key(text: &str) -> Answer<Key> {
    Key::parse(text).ok_or_else(Failure::not_found)
}

/// The page of an address: everything it asked for.
///
/// # Errors
/// 404 when the key is of nobody.
pub async fn manage(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, text)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let (subscriber, all) = state.app.subscriptions_of(key(&text)?).await?;
    let mut rows = Vec::new();
    for one in all {
        let (id, base) = (one.id.simple(), format!("/subscriptions/{text}"));
        let frequency = locale.name("mail-frequency", one.frequency.code());
        rows.push(Row {
            what: state.app.subscription_words(locale, &one.query).await?,
            list: visitor.to(&format!("/projects?{}", one.query)),
            state: if one.confirmed_at.is_some() {
                frequency.into_owned()
            } else {
                locale.t("face-manage-waiting").into_owned()
            },
            confirmed: one.confirmed_at.is_some(),
            change: visitor.to(&format!("{base}/frequency/{id}")),
            stop: visitor.to(&format!("{base}/stop/{id}")),
            field: format!("frequency-{id}"),
            form: kit::Form::new().with(&format!("frequency-{id}"), one.frequency.code()),
            frequencies: frequencies(&visitor),
        });
    }
    frame::render(&ManagePage {
        page: frame::page(&visitor, locale.t("face-manage-title"), Some(MenuItem::Projects)).hidden(),
        address: masked(&subscriber.email),
        rows,
        stop_all: visitor.to(&format!("/subscriptions/{text}/stop")),
    })
}

/// An address that its owner recognises and nobody else can use: a screen may have more readers.
fn masked(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let start: String = local.chars().take(2).collect();
    format!("{start}…@{domain}")
}

/// The page that a letter's link opens: it asks once more, because mail programs open links by themselves.
///
/// # Errors
/// 404 when the key is of nobody.
pub async fn confirm_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, text, id)): Path<(String, String, String)>,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let (_, all) = state.app.subscriptions_of(key(&text)?).await?;
    let one = all.into_iter().find(|one| one.id == id).ok_or_else(Failure::not_found)?;
    let locale = visitor.locale();
    frame::render(&ActPage {
        page: frame::page(&visitor, locale.t("face-confirm-title"), Some(MenuItem::Projects)).hidden(),
        words: locale.t("face-confirm-words").into_owned(),
        what: state.app.subscription_words(locale, &one.query).await?,
        action: visitor.to(&format!("/subscriptions/{text}/confirm/{}", id.simple())),
        button: locale.t("face-confirm-button").into_owned(),
        manage: visitor.to(&format!("/subscriptions/{text}")),
    })
}

/// The address says yes.
///
/// # Errors
/// 404 when the key is of nobody.
pub async fn confirm(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, text, id)): Path<(String, String, String)>,
    _form: Form,
) -> Answer {
    state.app.confirm_subscription(key(&text)?, frame::id(&id)?).await?;
    Ok(frame::redirect(&visitor, &format!("/subscriptions/{text}"), "face-confirmed"))
}

/// The address wants to hear more or less often.
///
/// # Errors
/// 404 when the key is of nobody.
pub async fn change(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, text, id)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let chosen = form.get(&format!("frequency-{}", id.simple())).to_owned();
    let frequency = Frequency::parse(&chosen).ok_or_else(Failure::not_found)?;
    state.app.change_subscription(key(&text)?, id, frequency).await?;
    Ok(frame::redirect(&visitor, &format!("/subscriptions/{text}"), "saved"))
}

/// The page behind the link at the foot of a letter.
///
/// # Errors
/// 404 when the key cannot be one.
pub async fn stop_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, text, id)): Path<(String, String, String)>,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let key = key(&text)?;
    let locale = visitor.locale();
    let one = match state.app.subscriptions_of(key).await {
        Ok((_, all)) => all.into_iter().find(|one| one.id == id),
        Err(AppError::NotFound(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let Some(one) = one else {
        return told(&visitor, "face-stopped-title", locale.t("face-stopped-already").into_owned());
    };
    frame::render(&ActPage {
        page: frame::page(&visitor, locale.t("face-stop-title"), Some(MenuItem::Projects)).hidden(),
        words: locale.t("face-stop-words").into_owned(),
        what: state.app.subscription_words(locale, &one.query).await?,
        action: visitor.to(&format!("/subscriptions/{text}/stop/{}", id.simple())),
        button: locale.t("face-stop-button").into_owned(),
        manage: visitor.to(&format!("/subscriptions/{text}")),
    })
}

/// One click ends a subscription: of a person on the page, or of a mail program (RFC 8058).
///
/// # Errors
/// When the database fails.
pub async fn stop(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, text, id)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    state.app.unsubscribe(key(&text)?, Some(frame::id(&id)?)).await?;
    if form.get("List-Unsubscribe") == "One-Click" {
        return Ok((StatusCode::NO_CONTENT, "").into_response());
    }
    told(&visitor, "face-stopped-title", visitor.locale().t("face-stopped-words").into_owned())
}

/// Everything of an address ends, and the address is forgotten.
///
/// # Errors
/// When the database fails.
pub async fn stop_all(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, text)): Path<(String, String)>,
    _form: Form,
) -> Answer<Response> {
    state.app.unsubscribe(key(&text)?, None).await?;
    told(&visitor, "face-stopped-title", visitor.locale().t("face-stopped-all").into_owned())
}
