//! `/analysis/questions`: questions about budgets of all territories, those that wait for an answer first.

use super::talk::{QuestionView, view};
use akimat_core::KatoCode;
use akimat_storage::{Cursor, PageRequest, QuestionFilter};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "public/analysis/questions.html")]
struct QuestionsPage {
    page: Page,
    form: kit::Form,
    states: Vec<(String, String)>,
    questions: Vec<QuestionView>,
    previous: String,
    next: String,
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let under: Option<KatoCode> = asked.get("under").parse().ok();
    let answered = match asked.get("state") {
        "open" => Some(false),
        "answered" => Some(true),
        _ => None,
    };
    let filter = QuestionFilter { under, answered, ..QuestionFilter::default() };
    let request = PageRequest { limit: 30, after: Cursor::decode(asked.raw("after")) };
    let found = state.app.read().list_questions(&filter, &request).await?;
    let codes: Vec<KatoCode> = found.items.iter().map(|question| question.place).collect();
    let places = state.app.read().list_places_by_code(&codes, state.app.today()).await?;
    let invented = places.iter().any(|place| place.invented);
    let places: BTreeMap<KatoCode, _> = places.into_iter().map(|place| (place.code, place)).collect();
    let address = |after: &str| {
        let under = under.map_or_else(String::new, |code| format!("&under={code}"));
        visitor.to(&format!("/analysis/questions?state={}{under}{after}", asked.get("state")))
    };
    frame::render(&QuestionsPage {
        page: frame::page(&visitor, locale.t("question-title"), Some(MenuItem::Analysis))
            .description(locale.t("question-lead"))
            .invented(invented),
        form: kit::Form::new().with("state", asked.get("state")).with("under", asked.get("under")),
        states: [
            ("", "question-state-all"),
            ("open", "question-state-open"),
            ("answered", "question-state-answered"),
        ]
        .map(|(value, key)| (value.to_owned(), locale.t(key).into_owned()))
        .into(),
        questions: found
            .items
            .iter()
            .map(|question| view(&state, &visitor, question, places.get(&question.place)))
            .collect(),
        previous: request.after.map_or_else(String::new, |_| address("")),
        next: found.next.map_or_else(String::new, |cursor| address(&format!("&after={}", cursor.encode()))),
    })
}
