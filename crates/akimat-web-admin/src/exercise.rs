//! `/admin/exercises`: an office begins an exercise in dividing a budget, opens it and closes it.

use akimat_app::exercise::ExerciseDraft;
use akimat_app::{AppError, Permission as P, permission};
use akimat_core::{BudgetId, Text};
use akimat_participation::exercise::{Exercise, ExerciseState};
use akimat_storage::{BudgetFilter, PageRequest};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

/// Fields of the form that are sent back as they were.
const FIELDS: [&str; 9] = [
    "code",
    "budget",
    "last_day",
    "title_kk",
    "title_ru",
    "title_en",
    "summary_kk",
    "summary_ru",
    "summary_en",
];

/// The addresses.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/admin/exercises", P::LeadProcesses, list)
        .post("/{lang}/admin/exercises", P::LeadProcesses, begin)
        .get("/{lang}/admin/exercises/{code}", P::LeadProcesses, show)
        .post("/{lang}/admin/exercises/{code}", P::LeadProcesses, act)
}

#[derive(Template)]
#[template(path = "admin/exercise/list.html")]
struct ListPage {
    page: Page,
    items: Vec<(String, String, String)>,
    form: kit::Form,
    budgets: Vec<(String, String)>,
}

async fn build_list(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer<ListPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let all = state.app.exercises(visitor.actor()).await?;
    let own = all.iter().filter(|one| permission::may(account, P::LeadProcesses, Some(one.place)));
    let filter = BudgetFilter { place: account.place, ..BudgetFilter::default() };
    let page = PageRequest::first(PageRequest::LIMIT_MAX);
    let budgets = state.app.read().list_budgets(&filter, &page).await?;
    let name = |head: &akimat_storage::BudgetHead| {
        (head.budget.id.to_string(), format!("{} · {}", head.budget.year, head.budget.key))
    };
    Ok(ListPage {
        page: frame::page(visitor, locale.t("exercise-desk-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        items: own
            .map(|one| {
                let state = locale.name("exercise-state", one.state.code()).into_owned();
                (one.code.clone(), locale.text(&one.title).0.to_owned(), state)
            })
            .collect(),
        form,
        budgets: budgets.items.iter().map(name).collect(),
    })
}

/// Exercises of the office, and how to begin another.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    frame::render(&build_list(&state, &visitor, kit::Form::new()).await?)
}

/// Begins an exercise.
///
/// # Errors
/// 403 outside the territory.
pub async fn begin(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    let text = |name: &str| {
        let own = |lang: &str| form.raw(&format!("{name}_{lang}")).trim().to_owned();
        Text::new(own("kk"), own("ru"), own("en"))
    };
    let draft = ExerciseDraft {
        code: form.get("code").to_owned(),
        title: text("title"),
        summary: text("summary"),
        budget: form.get("budget").parse::<BudgetId>().ok(),
        last_day: form.get("last_day").parse().ok(),
    };
    match state.app.begin_exercise(visitor.actor(), draft).await {
        Ok(exercise) => {
            Ok(frame::redirect(&visitor, &format!("/admin/exercises/{}", exercise.code), "saved"))
        }
        Err(AppError::Invalid(faults)) => {
            let kept = |all: kit::Form, name: &&str| all.with(name, form.raw(name));
            let mut again = FIELDS.iter().fold(kit::Form::new(), kept);
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build_list(&state, &visitor, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "admin/exercise/show.html")]
struct ShowPage {
    page: Page,
    code: String,
    state: String,
    taken_part: String,
    until: String,
    form: kit::Form,
    may_open: bool,
    may_close: bool,
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    exercise: &Exercise,
    form: kit::Form,
) -> Answer<ShowPage> {
    permission::check(visitor.actor(), P::LeadProcesses, Some(exercise.place))?;
    let locale = visitor.locale();
    let n = state.app.read().count_exercise_answers(exercise.id).await?;
    let until = locale.date_time(exercise.until, state.app.zone());
    Ok(ShowPage {
        page: frame::page(visitor, locale.text(&exercise.title).0, Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        code: exercise.code.clone(),
        state: locale.name("exercise-state", exercise.state.code()).into_owned(),
        taken_part: locale.f("exercise-participants", &[("n", n.into())]),
        until: locale.f("exercise-until", &[("at", until.into())]),
        form,
        may_open: exercise.state == ExerciseState::Draft,
        may_close: exercise.state == ExerciseState::Open,
    })
}

/// One exercise.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such exercise.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let exercise = state.app.exercise(visitor.actor(), &code).await?;
    frame::render(&build(&state, &visitor, &exercise, kit::Form::new()).await?)
}

/// Opens or closes an exercise. Done twice it is done once.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such exercise.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (done, flash) = match form.get("act") {
        "open" => (state.app.open_exercise(visitor.actor(), &code).await, "exercise-opened"),
        "close" => (state.app.close_exercise(visitor.actor(), &code).await, "exercise-closed"),
        _ => (Err(AppError::field("", "field-choose-from-list")), ""),
    };
    match done {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/admin/exercises/{code}"), flash)),
        Err(AppError::Invalid(faults)) => {
            let exercise = state.app.exercise(visitor.actor(), &code).await?;
            let mut again = kit::Form::new();
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, &exercise, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
