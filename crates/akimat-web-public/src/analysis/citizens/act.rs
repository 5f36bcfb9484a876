//! What people do on the page: ask, answer, hide, show.

use super::{line_word, page, parse_line};
use akimat_app::question::QuestionDraft;
use akimat_app::{AppError, FieldFault};
use akimat_core::{KatoCode, QuestionId};
use akimat_storage::Question;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, RawQuery, State};

/// A person asks about a line.
///
/// # Errors
/// 404 when there is no such territory, 429 for a flood.
pub async fn ask(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    form: Form,
) -> Answer {
    let code: KatoCode = frame::id(&code)?;
    limit(&state.limiters.comment, &state, &visitor)?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let (line, year) = (parse_line(form.get("line")), asked.get("year").parse::<i16>().ok());
    let sent = || kit::Form::new().with("line", form.get("line")).with("body", form.raw("body"));
    let invalid = async |faults: &[FieldFault]| {
        let mut wrong = sent();
        for fault in faults {
            wrong.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
        }
        frame::render_invalid(&page(&state, &visitor, (code, &asked), wrong).await?)
    };
    let known = state.app.known_years(code).await?;
    let (Some(line), Some(year)) = (line, year.filter(|year| known.contains_key(year))) else {
        return invalid(&[FieldFault::new("line", "field-choose-from-list")]).await;
    };
    let budget = match known.get(&year) {
        Some(month) => state.app.year_budget(code, (year, *month)).await?.and_then(|found| found.register),
        None => None,
    };
    let draft = QuestionDraft {
        place: code,
        year,
        budget,
        item: line.item,
        code: line.code.clone(),
        lang: visitor.lang,
        body: form.raw("body").to_owned(),
    };
    match state.app.ask_about_budget(visitor.actor(), draft).await {
        Ok(_) => {
            let to = format!("/places/{code}/citizens-budget?year={year}&ask={}#questions", line_word(&line));
            Ok(frame::redirect(&visitor, &to, "question-asked"))
        }
        Err(AppError::Invalid(faults)) => invalid(&faults).await,
        Err(error) => Err(error.into()),
    }
}

fn back(visitor: &Visitor, question: &Question, flash: &str) -> axum::response::Response {
    let to = format!("/places/{}/citizens-budget?year={}#q-{}", question.place, question.year, question.id);
    frame::redirect(visitor, &to, flash)
}

/// An official answers.
///
/// # Errors
/// 403 outside the official's territory, 404 when there is no such question, 422 for an empty answer.
pub async fn answer(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: QuestionId = frame::id(&id)?;
    let said = state.app.answer_question(visitor.actor(), id, (visitor.lang, form.raw("answer"))).await?;
    Ok(back(&visitor, &said, "question-answered"))
}

/// A moderator hides a question.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such question, 422 without a reason.
pub async fn hide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: QuestionId = frame::id(&id)?;
    let hidden = state.app.hide_question(visitor.actor(), id, form.raw("reason")).await?;
    Ok(back(&visitor, &hidden, "moderation-hidden"))
}

/// A moderator shows a question again.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such question.
pub async fn show_again(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: QuestionId = frame::id(&id)?;
    let shown = state.app.show_question(visitor.actor(), id).await?;
    Ok(back(&visitor, &shown, "moderation-shown"))
}
