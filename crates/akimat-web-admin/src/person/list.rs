//! `/admin/persons/list`: a register hands over a list of persons.

use akimat_app::AppError;
use akimat_app::person::list::ListOutcome;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "admin/person/list.html")]
struct ListPage {
    page: Page,
    form: kit::Form,
    outcome: String,
}

fn build(visitor: &Visitor, form: kit::Form, outcome: Option<ListOutcome>) -> ListPage {
    let locale = visitor.locale();
    let said = |outcome: ListOutcome| {
        let (verified, waiting) = (outcome.n_verified, outcome.n_waiting);
        locale.f("persons-list-outcome", &[("verified", verified.into()), ("waiting", waiting.into())])
    };
    ListPage {
        page: frame::page(visitor, locale.t("persons-list-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        outcome: outcome.map_or_else(String::new, said),
    }
}

/// The form.
///
/// # Errors
/// When the template fails.
pub async fn form(visitor: Visitor) -> Answer {
    frame::render(&build(&visitor, kit::Form::new(), None))
}

/// Takes a list, whole or not at all. What was sent is not written back: it holds numbers of people.
///
/// # Errors
/// 403 for those who verify nobody, 429 after too many attempts.
pub async fn take(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    match state.app.verify_by_list(visitor.actor(), sent.raw("file")).await {
        Ok(outcome) => frame::render(&build(&visitor, kit::Form::new(), Some(outcome))),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new();
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&visitor, form, None))
        }
        Err(error) => Err(error.into()),
    }
}
