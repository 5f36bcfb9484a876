//! `/budgeting/{code}/ballot`: one's own ballot, saved at every click, handed in, changed, withdrawn; its receipt.

pub mod observe;
pub mod result;
pub mod show;

use akimat_app::ballot::{BallotAct, MyBallot, Setting};
use akimat_app::{AppError, Permission as P};
use akimat_core::ProposalId;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::kit;
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::ballot::fault_text;
use akimat_web_kit::visitor::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CACHE_CONTROL};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

/// The addresses of votes and their results.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/budgeting/{code}/ballot", P::Public, show::show)
        .post("/{lang}/budgeting/{code}/ballot", P::CastBallot, act)
        .get("/{lang}/budgeting/{code}/observers", P::Public, observe::show)
        .get("/{lang}/budgeting/{code}/results", P::Public, result::show)
        .get("/{lang}/budgeting/{code}/results/{file}", P::Public, result::download)
}

/// Where a ballot is, without the language.
fn path(setting: &Setting) -> String {
    format!("/budgeting/{}/ballot", setting.process.code)
}

/// One act: a mark, or handing in or withdrawing the whole. With scripts the same form is sent without leaving the page.
///
/// # Errors
/// 403 for officials and those who lack something, 404 when there is no such ballot, 429 for a flood.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    limit(&state.limiters.rating, &state, &visitor)?;
    let setting = state.app.ballot_setting(&code).await?;
    let actor = visitor.actor();
    let counted = |mine: MyBallot| match asks_json(&headers) {
        true => Done::Told(mine),
        false => Done::Led("?done=ballot-counted#receipt".to_owned()),
    };
    let done = match form.get("do") {
        "submit" => state.app.submit_ballot(actor, &setting).await.map(counted),
        "hand-in" => match read_marks(&setting, form.get("marks")) {
            Some(marks) => state.app.hand_in_ballot(actor, &setting, &marks).await.map(counted),
            None => Err(AppError::field("ballot", "ballot-fault-unknown")),
        },
        "withdraw" => {
            let taken_back = |_| Done::Led("?done=ballot-taken-back".to_owned());
            state.app.withdraw_ballot(actor, &setting).await.map(taken_back)
        }
        _ if !form.get("points").is_empty() => give_points(&state, &visitor, &setting, &form).await,
        _ => match read_act(&setting, &form) {
            Some((act, number)) => {
                state.app.mark_ballot(actor, &setting, &act).await.map(|_| Done::Led(format!("#f-p{number}")))
            }
            None => Err(AppError::field("ballot", "ballot-fault-unknown")),
        },
    };
    match done {
        Ok(Done::Told(mine)) => Ok(told(&mine)),
        Ok(Done::Led(rest)) => {
            Ok(Redirect::to(&visitor.to(&format!("{}{rest}", path(&setting)))).into_response())
        }
        Err(error) => again(&state, &visitor, &setting, error).await,
    }
}

/// Points of every field that was changed, whichever button was pressed: the Enter key in a field presses the first one
/// of the form. What is taken away comes first, so that it can be given again.
async fn give_points(
    state: &WebState,
    visitor: &Visitor,
    setting: &Setting,
    form: &Form,
) -> akimat_app::Result<Done> {
    let pressed: u32 = form.get("points").parse().unwrap_or_default();
    if setting.numbered(pressed).is_none() {
        return Err(AppError::field("ballot", "ballot-fault-unknown"));
    }
    let kept = state.app.my_ballot(visitor.actor(), setting).await?.kept.working;
    let mut changed: Vec<(i64, BallotAct, u32)> = Vec::new();
    for project in setting.projects.iter() {
        let number = project.ballot_number.unwrap_or_default();
        let field = format!("n{number}");
        let Some(text) = form.all(&field).next().map(str::trim) else { continue };
        let points = if text.is_empty() { 0 } else { text.parse().unwrap_or(u32::MAX) };
        let now = kept.points(project.id);
        if points != now {
            let more = i64::from(points) - i64::from(now);
            changed.push((more, BallotAct::Points(project.id, points), number));
        }
    }
    changed.sort_by_key(|(more, _, number)| (*more, *number));
    let last = changed.last().map_or(pressed, |(_, _, number)| *number);
    for (_, act, _) in &changed {
        state.app.mark_ballot(visitor.actor(), setting, act).await?;
    }
    Ok(Done::Led(format!("#f-p{last}")))
}

/// What an act leads to.
enum Done {
    /// The page, at a place on it.
    Led(String),
    /// The receipt, for who asks as a program.
    Told(MyBallot),
}

/// Whether a program asks: a terminal in a hall, or the page's script.
fn asks_json(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|said| said.contains("application/json"))
}

/// A ballot that counts: receipt, when it was handed in, its numbers as the page has them.
fn told(mine: &MyBallot) -> Response {
    let submitted = mine.kept.submitted.as_ref();
    let body = json!({
        "receipt": submitted.map(|one| one.receipt.code()),
        "at": submitted.map(|one| one.at.to_string()),
        "n_marks": submitted.map(|one| one.ballot.marks.len()),
    });
    ([(CACHE_CONTROL, "private, no-store")], Json(body)).into_response()
}

/// A whole ballot in one field: numbers of projects by commas in the order of preference, with points behind a colon
/// where the ballot has points: `3,17,8` or `3:5,17:2`.
fn read_marks(setting: &Setting, text: &str) -> Option<Vec<(ProposalId, u32)>> {
    let mark = |part: &str| {
        let (number, points) = part.split_once(':').unwrap_or((part, "0"));
        let project = setting.numbered(number.trim().parse().ok()?)?;
        Some((project.id, points.trim().parse().ok()?))
    };
    text.split(',').filter(|part| !part.trim().is_empty()).map(mark).collect()
}

/// What a form asks for: the button that was pressed names the project.
fn read_act(setting: &Setting, form: &Form) -> Option<(BallotAct, u32)> {
    let project = |name: &str| -> Option<(ProposalId, u32)> {
        let number: u32 = form.get(name).parse().ok()?;
        setting.numbered(number).map(|project| (project.id, number))
    };
    if let Some((id, number)) = project("add") {
        return Some((BallotAct::Add(id), number));
    }
    if let Some((id, number)) = project("remove") {
        return Some((BallotAct::Remove(id), number));
    }
    for (name, up) in [("up", true), ("down", false)] {
        if let Some((id, number)) = project(name) {
            return Some((BallotAct::Shift(id, up), number));
        }
    }
    (form.get("do") == "clear").then_some((BallotAct::Clear, 0))
}

/// The page with what was refused.
async fn again(state: &WebState, visitor: &Visitor, setting: &Setting, error: AppError) -> Answer {
    let mut form = kit::Form::new();
    match error {
        AppError::Invalid(faults) => {
            for fault in &faults {
                form.fail(&anchor(&fault.field), fault_text(visitor.locale(), setting, fault));
            }
        }
        AppError::Unmet(_) => return show::page(state, visitor, setting, form).await,
        error => return Err(error.into()),
    }
    show::page(state, visitor, setting, form).await
}

/// Where on the page a fault is: at its project, or nowhere in particular.
fn anchor(field: &str) -> String {
    field.strip_prefix("project-").map_or_else(String::new, |number| format!("p{number}"))
}

/// The vote of a process, or 404.
async fn setting(state: &WebState, code: &str) -> Answer<Setting> {
    state.app.ballot_setting(code).await.map_err(Failure::from)
}
