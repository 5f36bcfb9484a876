//! Conversations: about a line of a budget, one comment with its answers, and what people do there.

pub mod file;
pub mod marks;
pub mod mine;
pub mod policy;
mod say;

pub(crate) use say::say;

use crate::analysis::citizens::parse_line;
use akimat_app::permission::{self, Permission, Permission as P};
use akimat_app::talk::{About, Said, speaks_for_office};
use akimat_app::{AppError, FieldFault};
use akimat_core::{CommentId, Lang, Text};
use akimat_i18n::catalogue;
use akimat_participation::rule::{may_edit, may_remove};
use akimat_participation::talk::LineSubject;
use akimat_participation::{Comment, Subject};
use akimat_storage::{MarkKind, Marked, ModerationItem};
use akimat_web_kit::comment_form::CommentForm;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::{limit, trace_mark};
use akimat_web_kit::view::discount::{self, Beside};
use akimat_web_kit::view::figures::item_name;
use akimat_web_kit::view::talk::{
    self, Ask, CommentView, REPLIES_MAX, TalkView, invalid, reasons, subject_path,
};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

/// Conversations and the rules of them.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/moderation", P::Public, policy::show)
        .get("/{lang}/talk/line/{key}", P::Public, line)
        .photographs("/{lang}/talk/line/{key}", P::Comment, say_about_line)
        .get("/{lang}/comments/{id}", P::Public, show)
        .photographs("/{lang}/comments/{id}/answer", P::Comment, answer)
        .get("/attachments/{id}/{which}", P::Public, file::show)
        .post("/{lang}/comments/{id}/edit", P::Comment, edit)
        .post("/{lang}/comments/{id}/remove", P::Comment, remove)
        .post("/{lang}/comments/{id}/support", P::RateProject, support)
        .post("/{lang}/comments/{id}/report", P::Comment, report)
        .post("/{lang}/comments/{id}/pin", P::Comment, pin)
        .post("/{lang}/comments/{id}/contest", P::SignedIn, mine::contest)
        .get("/{lang}/account/comments", P::SignedIn, mine::list)
        .get("/{lang}/account/marks", P::SignedIn, marks::list)
        .post("/{lang}/account/marks/{batch}", P::SignedIn, marks::contest)
}

#[derive(Template)]
#[template(path = "public/talk/line.html")]
struct LinePage {
    page: Page,
    above: Vec<frame::PlaceLink>,
    citizens: String,
    lead: String,
    talk: TalkView,
}

#[derive(Template)]
#[template(path = "public/talk/show.html")]
struct CommentPage {
    page: Page,
    about: (String, String),
    items: Vec<CommentView>,
    form: kit::Form,
    id: CommentId,
    hint: String,
    files_hint: String,
    signed_in: bool,
    sign_in: String,
    may_answer: bool,
    may_edit: bool,
    edit_hint: String,
    may_remove: bool,
    may_report: bool,
    reasons: Vec<(String, String)>,
    /// Empty when the visitor may not pin; otherwise what the button asks for.
    pin: &'static str,
    desk: bool,
    /// Support that is not counted.
    discounted: Beside,
}

async fn line_of(state: &WebState, key: &str) -> Answer<LineSubject> {
    let key = format!("line:{key}");
    let Some(Subject::Line(line)) = Subject::parse_key(&key, Text::default()) else {
        return Err(Failure::not_found());
    };
    let known = parse_line(&line.line).ok_or_else(Failure::not_found)?;
    let years = state.app.known_years(line.place).await?;
    if !years.contains_key(&line.year) {
        return Err(Failure::not_found());
    }
    let name = |lang: Lang| item_name(catalogue().locale(lang), known.item, &known.code);
    Ok(LineSubject { name: Text { kk: name(Lang::Kk), ru: name(Lang::Ru), en: name(Lang::En) }, ..line })
}

/// The conversation about a line of a budget.
///
/// # Errors
/// 404 when there is no such line, territory or year.
pub async fn line(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, key)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let page = line_page(&state, &visitor, (&key, &query.unwrap_or_default()), None).await?;
    frame::render(&page)
}

async fn line_page(
    state: &WebState,
    visitor: &Visitor,
    (key, query): (&str, &str),
    form: Option<kit::Form>,
) -> Answer<LinePage> {
    let locale = visitor.locale();
    let line = line_of(state, key).await?;
    let above = state.app.read().list_place_path(line.place, state.app.today()).await?;
    let place = above.last().ok_or_else(Failure::not_found)?;
    let (name, year) = (line.name.get(visitor.lang).to_owned(), line.year);
    let citizens = format!("/places/{}/citizens-budget?year={year}", line.place);
    let args = [("line", name.into()), ("place", place.name.get(visitor.lang).into()), ("year", year.into())];
    let page = frame::page(visitor, locale.f("talk-line-title", &args), Some(MenuItem::Budgets))
        .invented(place.invented)
        .errors(form.as_ref().is_some_and(|form| !form.is_clean()));
    let subject = Subject::Line(line);
    let n_comments = state.app.read().count_comments(&subject).await?;
    let path = subject_path(&subject);
    let place = place.code;
    let query = Form::parse(query.as_bytes());
    let ask = Ask { subject: &subject, place, post: path.clone(), path, query: &query, n_comments };
    Ok(LinePage {
        page,
        above: frame::crumbs(visitor.lang, &above),
        citizens,
        lead: locale.t("talk-line-lead").into_owned(),
        talk: talk::talk(state, visitor, ask, form).await?,
    })
}

/// The message after something was said.
pub(crate) const fn told(said: Said) -> &'static str {
    match said {
        Said::Shown(_) => "comment-posted",
        Said::Waits(_) => "comment-waits",
    }
}

/// A person comments on a line of a budget.
///
/// # Errors
/// 404 when there is no such line, 429 for a flood.
pub async fn say_about_line(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, key)): Path<(String, String)>,
    form: CommentForm,
) -> Answer {
    let line = line_of(&state, &key).await?;
    match say(&state, &visitor, About::Line(line), form).await? {
        Ok(said) => Ok(frame::redirect(&visitor, &format!("/talk/line/{key}#comments"), told(said))),
        Err(again) => frame::render_invalid(&line_page(&state, &visitor, (&key, ""), Some(again)).await?),
    }
}

/// One comment with its conversation.
///
/// # Errors
/// 404 when there is none, or it waits for a moderator and is somebody else's.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    frame::render(&comment_page(&state, &visitor, frame::id(&id)?, kit::Form::new()).await?)
}

async fn seen(state: &WebState, visitor: &Visitor, id: CommentId) -> Answer<ModerationItem> {
    let item = state.app.read().find_comment(id).await?.ok_or_else(Failure::not_found)?;
    let own = visitor.actor().is_some_and(|account| account.id == item.comment.author);
    let desk = permission::check(visitor.actor(), Permission::Moderate, Some(item.place)).is_ok();
    if item.comment.talk.waiting && !own && !desk { Err(Failure::not_found()) } else { Ok(item) }
}

async fn comment_page(
    state: &WebState,
    visitor: &Visitor,
    id: CommentId,
    form: kit::Form,
) -> Answer<CommentPage> {
    let locale = visitor.locale();
    let item = seen(state, visitor, id).await?;
    let comment = &item.comment;
    let root_id = comment.thread();
    let root: Comment = match root_id == id {
        true => comment.clone(),
        false => seen(state, visitor, root_id).await?.comment,
    };
    let viewer = visitor.actor().map(|account| account.id);
    let replies = state.app.read().list_replies(&[root_id], REPLIES_MAX, viewer).await?;
    let items = talk::arrange(state, visitor, (&comment.subject, Some(id)), vec![root], replies).await?;
    let rules = state.app.talk_rules(item.place)?;
    let own = viewer == Some(comment.author);
    let now = state.app.now();
    let editable = viewer.is_some_and(|account| may_edit(comment, account, now, rules).is_ok());
    let name = item.project_title.get(visitor.lang).to_owned();
    let title = locale.f("comment-page-title", &[("about", name.as_str().into())]);
    let office = visitor.actor().is_some_and(|account| speaks_for_office(account, item.place));
    let mut form = form;
    if editable && form.value("edit").is_empty() {
        form = form.with("edit", comment.body.clone());
    }
    Ok(CommentPage {
        page: frame::page(visitor, title, None).hidden().errors(!form.is_clean()),
        about: (subject_path(&comment.subject), name),
        items,
        id,
        hint: locale.f("comment-hint", &[("max", rules.chars_max.into())]),
        files_hint: talk::files_hint(state, locale)?,
        signed_in: viewer.is_some(),
        sign_in: format!("/sign-in?next=/comments/{id}"),
        may_answer: viewer.is_some() && comment.is_open(),
        may_edit: editable || !form.error("edit").is_empty(),
        edit_hint: locale.f("comment-edit-hint", &[("minutes", rules.edit_minutes.into())]),
        may_remove: viewer.is_some_and(|account| may_remove(comment, account).is_ok()),
        may_report: viewer.is_some() && !own && comment.is_open(),
        reasons: reasons(visitor),
        pin: match (office && comment.official && comment.is_open(), comment.talk.pinned) {
            (false, _) => "",
            (true, true) => "0",
            (true, false) => "1",
        },
        desk: permission::check(visitor.actor(), Permission::Moderate, Some(item.place)).is_ok(),
        discounted: discount::beside(state, visitor, Marked { kind: MarkKind::Comment, subject: id.0 })
            .await?,
        form,
    })
}

async fn refused(
    state: &WebState,
    visitor: &Visitor,
    id: CommentId,
    (sent, error): (kit::Form, AppError),
) -> Answer {
    match error {
        AppError::Invalid(faults) => {
            let again = invalid(visitor, sent, &faults);
            frame::render_invalid(&comment_page(state, visitor, id, again).await?)
        }
        error => Err(error.into()),
    }
}

fn back(visitor: &Visitor, id: CommentId, told: &str) -> axum::response::Response {
    frame::redirect(visitor, &format!("/comments/{id}#c-{id}"), told)
}

/// A person answers a comment.
///
/// # Errors
/// 404 when there is no such comment, 429 for a flood.
pub async fn answer(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: CommentForm,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    match say(&state, &visitor, About::Comment(id), form).await? {
        Ok(said) => Ok(back(&visitor, said.id(), told(said))),
        Err(again) => frame::render_invalid(&comment_page(&state, &visitor, id, again).await?),
    }
}

/// The author changes the words.
///
/// # Errors
/// 422 for others and when it is too late.
pub async fn edit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    let body = form.raw("edit");
    match state.app.edit_comment(visitor.actor(), id, body).await {
        Ok(Said::Shown(_)) => Ok(back(&visitor, id, "comment-edited")),
        Ok(Said::Waits(_)) => Ok(back(&visitor, id, "comment-waits")),
        Err(AppError::Invalid(faults)) => {
            let faults =
                faults.into_iter().map(|fault| FieldFault { field: "edit".to_owned(), ..fault }).collect();
            let sent = kit::Form::new().with("edit", body);
            refused(&state, &visitor, id, (sent, AppError::Invalid(faults))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The author takes a comment back.
///
/// # Errors
/// 422 for others and for what is hidden.
pub async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    match state.app.remove_comment(visitor.actor(), id).await {
        Ok(item) => {
            let to = format!("{}#comments", subject_path(&item.comment.subject));
            Ok(frame::redirect(&visitor, &to, "comment-removed"))
        }
        Err(error) => refused(&state, &visitor, id, (kit::Form::new(), error)).await,
    }
}

/// A resident supports a comment, or does so no more.
///
/// # Errors
/// 403 for officials, 422 for one's own comment, 429 for a flood.
pub async fn support(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    limit(&state.limiters.rating, &state, &visitor)?;
    let on = form.get("on") == "1";
    let item = match state.app.support_comment(visitor.actor(), id, on).await {
        Ok(item) => item,
        Err(error) => return refused(&state, &visitor, id, (kit::Form::new(), error)).await,
    };
    if on {
        trace_mark(&state, &visitor, Marked { kind: MarkKind::Comment, subject: id.0 }).await;
    }
    let told = if on { "comment-supported" } else { "comment-withdrawn" };
    let to = match form.get("from") {
        "thread" => format!("/comments/{id}#c-{id}"),
        _ => format!("{}#c-{id}", subject_path(&item.comment.subject)),
    };
    Ok(frame::redirect(&visitor, &to, told))
}

/// A person reports a comment.
///
/// # Errors
/// 404 when there is no such comment, 409 for a second report, 422 without a reason.
pub async fn report(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    limit(&state.limiters.comment, &state, &visitor)?;
    let (reason, words) = (form.get("report-reason"), form.raw("report-words"));
    match state.app.report_comment(visitor.actor(), id, (reason, words)).await {
        Ok(item) => {
            let to = format!("{}#comments", subject_path(&item.comment.subject));
            Ok(frame::redirect(&visitor, &to, "comment-reported"))
        }
        Err(AppError::Conflict(_)) => {
            let faults = vec![FieldFault::new("report-reason", "comment-reported-already")];
            refused(&state, &visitor, id, (kit::Form::new(), AppError::Invalid(faults))).await
        }
        Err(error) => {
            let sent = kit::Form::new().with("report-reason", reason).with("report-words", words);
            refused(&state, &visitor, id, (sent, error)).await
        }
    }
}

/// An office takes its words off the top, or puts them back.
///
/// # Errors
/// 422 for everybody else.
pub async fn pin(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    match state.app.pin_comment(visitor.actor(), id, form.get("on") == "1").await {
        Ok(()) => Ok(back(&visitor, id, "saved")),
        Err(error) => refused(&state, &visitor, id, (kit::Form::new(), error)).await,
    }
}
