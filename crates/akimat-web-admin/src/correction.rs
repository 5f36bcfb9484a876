//! `/admin/corrections`: persons ask to have their record corrected; a clerk decides each with a reason.

use akimat_app::AppError;
use akimat_storage::{Account, Correction, CorrectionField};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/corrections.html")]
struct ListPage {
    page: Page,
    form: kit::Form,
    rows: Vec<Row>,
}

struct Row {
    id: Uuid,
    name: String,
    login: String,
    what: String,
    words: String,
    asked: String,
    due: String,
    late: bool,
    hint: String,
    field: String,
}

async fn page(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer<ListPage> {
    let locale = visitor.locale();
    let today = state.app.today();
    let row = |(one, account): (Correction, Account)| {
        let late = one.due_on < today;
        let key = if late { "correction-late" } else { "correction-due" };
        let hint = match one.field {
            CorrectionField::Name => locale.t("correction-hint-name"),
            _ => locale.t("correction-hint-other"),
        };
        Row {
            id: one.id,
            name: account.display_name,
            login: account.login,
            what: akimat_web_kit::view::correction::wanted(locale, &one),
            asked: locale.date_time(one.asked_at, state.app.zone()),
            due: locale.f(key, &[("date", locale.date(one.due_on).into())]),
            late,
            hint: hint.into_owned(),
            field: format!("reason-{}", one.id.simple()),
            words: one.words,
        }
    };
    let open = state.app.open_corrections(visitor.actor()).await?;
    Ok(ListPage {
        page: frame::page(visitor, locale.t("corrections-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        rows: open.into_iter().map(row).collect(),
    })
}

/// The queue.
///
/// # Errors
/// 403 for those who verify nobody.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    frame::render(&page(&state, &visitor, kit::Form::new()).await?)
}

/// Decides.
///
/// # Errors
/// 403 outside the clerk's territory, 404 when there is no such request, 409 when somebody decided already.
pub async fn decide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let field = format!("reason-{}", id.simple());
    let granted = match sent.get("decision") {
        "grant" => true,
        "refuse" => false,
        _ => {
            let mut form = kit::Form::new().with(&field, sent.raw(&field));
            form.fail(&field, visitor.locale().t("field-choose-from-list"));
            return frame::render_invalid(&page(&state, &visitor, form).await?);
        }
    };
    match state.app.decide_correction(visitor.actor(), id, (granted, sent.raw(&field))).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/admin/corrections", "correction-is-decided")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new().with(&field, sent.raw(&field));
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&state, &visitor, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
