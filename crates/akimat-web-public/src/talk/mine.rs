//! `/account/comments`: what I said, what moderators did with it, and my word against a hiding.

use akimat_app::AppError;
use akimat_core::CommentId;
use akimat_i18n::Locale;
use akimat_participation::moderation::{Block, Contest, ModerationAct};
use akimat_storage::{Cursor, ModerationItem, PageRequest};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::talk::{by, closed};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

#[derive(Template)]
#[template(path = "public/talk/mine.html")]
struct MinePage {
    page: Page,
    form: kit::Form,
    blocks: Vec<String>,
    items: Vec<MineItem>,
    previous: String,
    next: String,
}

struct MineItem {
    id: CommentId,
    by: String,
    about: String,
    body: String,
    lang: &'static str,
    closed: String,
    state: String,
    acts: Vec<String>,
    contest: String,
    field: String,
    may_contest: bool,
}

/// My comments.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    frame::render(&page(&state, &visitor, &query.unwrap_or_default(), kit::Form::new()).await?)
}

async fn page(state: &WebState, visitor: &Visitor, query: &str, form: kit::Form) -> Answer<MinePage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let asked = Form::parse(query.as_bytes());
    let request = PageRequest { limit: 20, after: Cursor::decode(asked.raw("after")) };
    let read = state.app.read();
    let found = read.list_comments_by_author(account.id, &request).await?;
    let ids: Vec<CommentId> = found.items.iter().map(|item| item.comment.id).collect();
    let acts = read.list_moderation_acts(&ids).await?;
    let contests = read.list_contests(&ids).await?;
    let blocks = read.list_blocks_of(account.id).await?;
    let now = state.app.now();
    Ok(MinePage {
        page: frame::page(visitor, locale.t("my-comments-title"), None).hidden().errors(!form.is_clean()),
        form,
        blocks: blocks
            .iter()
            .filter(|block| block.holds(now))
            .map(|block| told(state, locale, block))
            .collect(),
        items: found.items.iter().map(|item| view(state, visitor, item, (&acts, &contests))).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/account/comments")),
        next: found.next.map_or_else(String::new, |cursor| {
            visitor.to(&format!("/account/comments?after={}", cursor.encode()))
        }),
    })
}

/// A block in words.
fn told(state: &WebState, locale: &Locale, block: &Block) -> String {
    let code = locale.name("moderation-code", block.code.code());
    let args = [("code", code.as_ref().into()), ("reason", block.words.as_str().into())];
    match block.until {
        Some(until) => {
            let until = locale.date_time(until, state.app.zone());
            locale.f("block-told-until", &[&args[..], &[("until", until.into())]].concat())
        }
        None => locale.f("block-told-for-good", &args),
    }
}

fn view(
    state: &WebState,
    visitor: &Visitor,
    item: &ModerationItem,
    (acts, contests): (&[ModerationAct], &[Contest]),
) -> MineItem {
    let locale = visitor.locale();
    let comment = &item.comment;
    let day = |at: jiff::Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    let contest = contests.iter().find(|contest| contest.comment == comment.id);
    MineItem {
        id: comment.id,
        by: by(state, locale, comment),
        about: item.project_title.get(visitor.lang).to_owned(),
        body: comment.body.clone(),
        lang: comment.lang.code(),
        closed: closed(state, locale, comment),
        state: if comment.talk.waiting { locale.t("comment-waiting").into_owned() } else { String::new() },
        acts: acts
            .iter()
            .filter(|act| act.comment == Some(comment.id))
            .map(|act| {
                let what = locale.name("moderation-act", act.kind.code());
                locale
                    .f("moderation-act-line", &[("when", day(act.at).into()), ("act", what.as_ref().into())])
            })
            .collect(),
        contest: contest.map_or_else(String::new, |contest| match &contest.ruling {
            None => locale.f("contest-waits", &[("when", day(contest.at).into())]),
            Some(ruling) => {
                let key = if ruling.granted { "contest-granted" } else { "contest-refused" };
                locale.f(key, &[("when", day(ruling.at).into()), ("reason", ruling.words.as_str().into())])
            }
        }),
        field: format!("contest-{}", comment.id),
        may_contest: comment.hidden.is_some() && contest.is_none(),
    }
}

/// The author contests a hiding.
///
/// # Errors
/// 404 for others, 409 for a second time, 422 without words.
pub async fn contest(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    let name = format!("contest-{id}");
    match state.app.contest_hiding(visitor.actor(), id, form.raw(&name)).await {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/account/comments#c-{id}"), "contest-sent")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with(&name, form.raw(&name));
            for fault in &faults {
                again.fail(&name, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&state, &visitor, "", again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
