//! `/admin/outbox`: letters on their way out, for the administrator. Letters that are over keep no address and no words.

use akimat_storage::{Cursor, LetterState, PageRequest};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

/// Letters on one page.
const LIMIT: u16 = 50;

#[derive(Template)]
#[template(path = "admin/outbox.html")]
struct OutboxPage {
    page: Page,
    carrier: String,
    counts: Vec<(String, String, String)>,
    subscriptions: String,
    rows: Vec<[String; 6]>,
    next: String,
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let wanted = LetterState::parse(asked.get("state"));
    let request = PageRequest { limit: LIMIT, after: Cursor::decode(asked.raw("after")) };
    let (letters, counts) = state.app.list_letters(visitor.actor(), wanted, &request).await?;
    let people = state.app.read().count_subscriptions().await?;
    let at = |at: jiff::Timestamp| locale.date_time(at, state.app.zone());
    let row = |letter: &akimat_storage::Letter| {
        [
            at(letter.created_at),
            locale.name("letter-kind", &letter.kind).into_owned(),
            locale.name("letter-state", letter.state.code()).into_owned(),
            letter.attempts.to_string(),
            letter.ended_at.map_or_else(|| at(letter.due_at), at),
            letter.fault.clone(),
        ]
    };
    let of = |state: LetterState, n: u64| {
        let name = locale.name("letter-state", state.code()).into_owned();
        (visitor.to(&format!("/admin/outbox?state={}", state.code())), name, locale.count(n))
    };
    let kept = wanted.map_or_else(String::new, |state| format!("state={}&", state.code()));
    frame::render(&OutboxPage {
        page: frame::page(&visitor, locale.t("outbox-title"), Some(MenuItem::Admin)).hidden(),
        carrier: match state.app.post() {
            Some(post) => locale.f("outbox-carrier", &[("where", post.mailer.describe().into())]),
            None => locale.t("outbox-none").into_owned(),
        },
        counts: vec![
            of(LetterState::Queued, counts.n_queued),
            of(LetterState::Sent, counts.n_sent),
            of(LetterState::Failed, counts.n_failed),
        ],
        subscriptions: locale.f(
            "outbox-subscriptions",
            &[
                ("people", people.n_subscribers.into()),
                ("confirmed", people.n_confirmed.into()),
                ("waiting", people.n_waiting.into()),
            ],
        ),
        rows: letters.items.iter().map(row).collect(),
        next: letters.next.map_or_else(String::new, |cursor| {
            visitor.to(&format!("/admin/outbox?{kept}after={}", cursor.encode()))
        }),
    })
}
