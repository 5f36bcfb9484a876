//! The workplace of predictions about one project: an analyst publishes, the manager or the head decides.

use super::{Said, chance_text, refusal_text, said};
use akimat_app::outcome::{is_open, may_decide};
use akimat_app::{AppError, Permission, permission};
use akimat_core::ProjectId;
use akimat_i18n::Locale;
use akimat_outcome::Target;
use akimat_project::Project;
use akimat_storage::outcome_prediction::{OutcomePrediction, OutcomeVerdict};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "public/outcome/work.html")]
struct WorkPage {
    page: Page,
    title: String,
    project_path: String,
    said: Vec<Said>,
    refused: Vec<String>,
    record: Vec<(String, String)>,
    may_publish: bool,
    may_decide: bool,
    publish: String,
    decide: String,
    form: kit::Form,
    predictions: Vec<(String, String)>,
    verdicts: Vec<(String, String)>,
}

/// Everything that was published about a project and decided, oldest first: when and who, what.
///
/// # Errors
/// When the database fails.
pub async fn record(
    state: &WebState,
    locale: &Locale,
    (project, predictions): (&Project, &[OutcomePrediction]),
) -> Answer<Vec<(String, String)>> {
    let decisions = state.app.read().list_outcome_decisions(project.id).await?;
    let zone = state.app.zone();
    let mut entries = Vec::new();
    for prediction in predictions {
        let when =
            format!("{} · {}", locale.date_time(prediction.published_at, zone), prediction.published_by);
        entries.push((prediction.published_at, when, published_text(locale, prediction)));
    }
    for decision in &decisions {
        let of = predictions.iter().find(|prediction| prediction.id == decision.prediction);
        let target = of.map_or_else(String::new, |of| locale.name("outcome-target", &of.target).into_owned());
        let verdict = locale.name("outcome-verdict", decision.verdict.code());
        let args = [
            ("target", target.as_str().into()),
            ("verdict", verdict.as_ref().into()),
            ("reason", decision.reason.as_str().into()),
        ];
        let when = format!("{} · {}", locale.date_time(decision.decided_at, zone), decision.decided_by);
        entries.push((decision.decided_at, when, locale.f("outcome-record-decided", &args)));
    }
    entries.sort_by_key(|(at, ..)| *at);
    Ok(entries.into_iter().map(|(_, when, text)| (when, text)).collect())
}

fn published_text(locale: &Locale, prediction: &OutcomePrediction) -> String {
    let target = locale.name("outcome-target", &prediction.target);
    let chance = prediction.probability_e4.map(|e4| chance_text(locale, e4 as f64 / 10_000.0));
    let chance = chance.unwrap_or_else(|| locale.t("no-data-short").into_owned());
    let data_on = locale.date(prediction.data_on);
    let args = [
        ("target", target.as_ref().into()),
        ("chance", chance.as_str().into()),
        ("model", prediction.model.as_str().into()),
        ("date", data_on.as_str().into()),
        ("n", prediction.n_class.into()),
    ];
    locale.f("outcome-record-published", &args)
}

/// The workplace.
///
/// # Errors
/// 404 when there is no such project, 403 for whoever may neither publish nor decide.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    frame::render(&page(&state, &visitor, frame::id(&id)?, kit::Form::new()).await?)
}

async fn page(state: &WebState, visitor: &Visitor, id: ProjectId, form: kit::Form) -> Answer<WorkPage> {
    let locale = visitor.locale();
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    let may_publish =
        permission::check(visitor.actor(), Permission::PublishForecasts, Some(project.place)).is_ok();
    let may_decide = may_decide(visitor.actor(), project.place);
    if !may_publish && !may_decide {
        return Err(AppError::Forbidden.into());
    }
    let models = state.app.outcome_models().await?;
    let (mut told, mut refused) = (Vec::new(), Vec::new());
    for target in Target::ALL {
        match models.predict(&project, target) {
            Ok(document) => told.push(said(locale, &project, &document)),
            Err(refusal) => refused.push(refusal_text(locale, target, &refusal)),
        }
    }
    let published = state.app.read().list_outcome_predictions(id).await?;
    let newest = Target::ALL.into_iter().filter_map(|target| {
        let of = published.iter().rev().find(|prediction| prediction.target == target.code())?;
        Some((of.id.to_string(), published_text(locale, of)))
    });
    let verdicts = OutcomeVerdict::ALL.map(|verdict| {
        (verdict.code().to_owned(), locale.name("outcome-verdict", verdict.code()).into_owned())
    });
    let language = visitor.lang.code();
    Ok(WorkPage {
        page: frame::page(visitor, locale.t("outcome-work-title"), Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!form.is_clean())
            .hidden(),
        title: format!("{} {}", project.number, locale.text(&project.title).0),
        project_path: format!("/projects/{id}"),
        said: told,
        refused,
        record: record(state, locale, (&project, &published)).await?,
        may_publish: may_publish && is_open(project.status),
        may_decide,
        publish: format!("/{language}/admin/projects/{id}/outcome"),
        decide: format!("/{language}/admin/projects/{id}/outcome/decide"),
        form,
        predictions: newest.collect(),
        verdicts: verdicts.into(),
    })
}

/// Publishes what is expected of a project today.
///
/// # Errors
/// 403, 404.
pub async fn publish(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    match state.app.publish_outcome(visitor.actor(), id).await {
        Ok(_) => Ok(frame::redirect(&visitor, &format!("/admin/projects/{id}/outcome"), "saved")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new();
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&state, &visitor, id, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Puts a decision about a published prediction on record.
///
/// # Errors
/// 403, 404.
pub async fn decide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    let (prediction, verdict, reason) = (form.get("prediction"), form.get("verdict"), form.raw("reason"));
    let answer = match prediction.parse::<Uuid>() {
        Ok(prediction) => state.app.decide_outcome(visitor.actor(), prediction, verdict, reason).await,
        Err(_) => Err(AppError::field("prediction", "field-required")),
    };
    match answer {
        Ok(project) => Ok(frame::redirect(&visitor, &format!("/admin/projects/{project}/outcome"), "saved")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new()
                .with("prediction", prediction)
                .with("verdict", verdict)
                .with("reason", reason);
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&state, &visitor, id, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
