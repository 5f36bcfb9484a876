//! `/admin/budgeting/{code}/count`: the end of a vote, step by step: closing, two counts, publication.

pub mod paper;

use akimat_app::ballot::close::Drawn;
use akimat_app::ballot::{Setting, file};
use akimat_app::{AppError, Permission as P, permission};
use akimat_participation::process::Phase;
use akimat_storage::ballot::{BoxState, PaperState};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/ballot/count.html")]
struct CountPage {
    page: Page,
    code: String,
    process: String,
    state: String,
    form: kit::Form,
    may_close: bool,
    closes: String,
    waiting: String,
    may_count: bool,
    may_publish: bool,
    published: bool,
    may_begin: bool,
    files: Vec<(String, String, String)>,
    results: Vec<(String, String)>,
}

/// The addresses of those who count.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/admin/budgeting/{code}/count", P::CountBallots, show)
        .post("/{lang}/admin/budgeting/{code}/count", P::CountBallots, act)
        .get("/{lang}/admin/budgeting/{code}/paper", P::EnterBallots, paper::show)
        .post("/{lang}/admin/budgeting/{code}/paper", P::EnterBallots, paper::enter)
        .post("/{lang}/admin/budgeting/{code}/paper/{id}", P::EnterBallots, paper::end)
}

/// The page.
///
/// # Errors
/// 403 outside one's territory, 404 when there is no such vote.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let setting = state.app.ballot_setting(&code).await?;
    frame::render(&build(&state, &visitor, &setting, kit::Form::new()).await?)
}

async fn build(state: &WebState, visitor: &Visitor, setting: &Setting, form: kit::Form) -> Answer<CountPage> {
    let process = &setting.process;
    permission::check(visitor.actor(), P::CountBallots, Some(process.place))?;
    let locale = visitor.locale();
    let read = state.app.read();
    let found = read.find_ballot_box(process.id).await?;
    let box_state = found.as_ref().map(|found| found.state);
    let papers = read.list_paper_ballots(process.id).await?;
    let waiting = papers.iter().filter(|paper| paper.state == PaperState::Waiting).count();
    let over = process.term(Phase::Ballot).is_some_and(|term| state.app.now() >= term.closes_at);
    let files = read
        .list_ballot_files(process.id)
        .await?
        .into_iter()
        .map(|one| {
            let name = file::name(&process.code, &one.envelope, &one.kind);
            let href = visitor.to(&format!("/budgeting/{}/results/{name}", process.code));
            (href, name, file::hex(&one.sha256))
        })
        .collect();
    let results = match box_state {
        Some(BoxState::Counted | BoxState::Published) => state.app.ballot_results(setting).await?,
        _ => Vec::new(),
    };
    let title = locale.text(&process.title).0.to_owned();
    Ok(CountPage {
        page: frame::page(visitor, locale.t("ballot-count-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        code: process.code.clone(),
        process: title,
        state: locale.name("ballot-box", box_state.map_or("none", BoxState::code)).into_owned(),
        may_close: over && box_state.is_none_or(|state| state <= BoxState::Frozen),
        closes: process.term(Phase::Ballot).map_or_else(String::new, |term| {
            locale.f("ballot-closes", &[("at", locale.date_time(term.closes_at, state.app.zone()).into())])
        }),
        waiting: if waiting == 0 {
            String::new()
        } else {
            locale.f("ballot-count-waiting", &[("n", i64::try_from(waiting).unwrap_or(i64::MAX).into())])
        },
        may_count: box_state == Some(BoxState::Cut),
        may_publish: box_state == Some(BoxState::Counted),
        published: box_state == Some(BoxState::Published),
        may_begin: box_state == Some(BoxState::Published)
            && setting
                .projects
                .iter()
                .any(|one| one.state == akimat_participation::proposal::State::Selected),
        files,
        results: results
            .iter()
            .map(|one| (locale.text(&one.title).0.to_owned(), one.winners.join(", ")))
            .collect(),
        form,
    })
}

/// A step. Taken twice it is taken once.
///
/// # Errors
/// 403 outside one's territory, 409 before its turn.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let setting = state.app.ballot_setting(&code).await?;
    let actor = visitor.actor();
    let drawn = Drawn { seed: form.get("seed").to_owned(), source: form.get("source").to_owned() };
    let (done, flash) = match form.get("do") {
        "close" => (state.app.close_ballot(actor, &setting).await, "ballot-box-closed"),
        "count" => (state.app.count_ballots(actor, &setting, &drawn).await, "ballot-is-counted"),
        "publish" => (state.app.publish_result(actor, &setting).await, "ballot-is-published"),
        "begin" => (state.app.begin_chosen(actor, &setting).await.map(|_| ()), "ballot-begun"),
        _ => (Err(AppError::field("ballot", "field-choose-from-list")), ""),
    };
    match done {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/admin/budgeting/{code}/count"), flash)),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with("seed", drawn.seed).with("source", drawn.source);
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, &setting, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
