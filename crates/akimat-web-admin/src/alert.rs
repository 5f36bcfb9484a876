//! `/admin/alerts`: the desk of early warning. Alerts by colour, state and owner; one alert with what persons did about it;
//! the limits of a territory; delivery confidence.

mod desk;
mod limits;

use super::risk::project;
use akimat_app::alert::{HeldAlert, KIND, Move, thresholds};
use akimat_app::permission::{self, Permission as P};
use akimat_app::{AppError, FieldFault};
use akimat_delivery::warning::alert::{Decision, Outcome};
use akimat_project::Project;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::warning::{self, AlertView, ConfidenceView, risks_path};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

type Pairs = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "admin/alert/show.html")]
struct AlertPage {
    page: Page,
    project_path: String,
    project_title: String,
    alert: AlertView,
    form: kit::Form,
    action: String,
    may_acknowledge: bool,
    may_decide: bool,
    decisions: Pairs,
    outcomes: Pairs,
}

#[derive(Template)]
#[template(path = "admin/alert/confidence.html")]
struct ConfidencePage {
    page: Page,
    project_path: String,
    project_title: String,
    sure: ConfidenceView,
    form: kit::Form,
    action: String,
    hint: String,
    lifted: bool,
}

/// The addresses of alerts.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/admin/alerts", P::WatchProjects, desk::list)
        .post("/{lang}/admin/alerts/watch", P::WatchProjects, desk::watch)
        .post("/{lang}/admin/alerts/watch/{job}/cancel", P::WatchProjects, desk::cancel)
        .get("/{lang}/admin/alerts/limits/{code}", P::SetThresholds, limits::form)
        .post("/{lang}/admin/alerts/limits/{code}", P::SetThresholds, limits::save)
        .get("/{lang}/admin/projects/{id}/alerts/{alert}", P::WatchProjects, show)
        .post("/{lang}/admin/projects/{id}/alerts/{alert}", P::WatchProjects, act)
        .get("/{lang}/admin/projects/{id}/confidence", P::Decide, confidence)
        .post("/{lang}/admin/projects/{id}/confidence", P::Decide, lift)
}

fn page(
    (state, visitor): (&WebState, &Visitor),
    (project, held): (&Project, &HeldAlert),
    form: kit::Form,
) -> AlertPage {
    let locale = visitor.locale();
    let alert = warning::alert(locale, held, state.app.today());
    let decide = permission::check(visitor.actor(), P::DecideOutcomes, Some(project.place)).is_ok();
    let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    AlertPage {
        page: frame::page(visitor, alert.title.clone(), Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!form.is_clean())
            .hidden(),
        project_path: risks_path(project.id),
        project_title: format!("{} · {}", project.number, locale.text(&project.title).0),
        action: visitor.to(&alert.path),
        may_acknowledge: !alert.over && held.alert.acknowledged.is_none(),
        may_decide: !alert.over && decide,
        decisions: Decision::ALL.iter().map(|one| named("warning-decision", one.code())).collect(),
        outcomes: Outcome::ALL.iter().map(|one| named("warning-outcome", one.code())).collect(),
        form: form.with("version", held.section.version.to_string()),
        alert,
    }
}

/// One alert.
async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, alert)): Path<(String, String, String)>,
) -> Answer {
    let project = project(&state, &visitor, &id).await?;
    let held = HeldAlert::read(state.app.section_of(project.id, KIND, frame::id(&alert)?).await?)?;
    frame::render(&page((&state, &visitor), (&project, &held), kit::Form::new()))
}

/// A person acknowledges, decides or closes.
async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, alert)): Path<(String, String, String)>,
    sent: Form,
) -> Answer {
    let project = project(&state, &visitor, &id).await?;
    let held = HeldAlert::read(state.app.section_of(project.id, KIND, frame::id(&alert)?).await?)?;
    let step = match sent.get("step") {
        "decide" => Decision::parse(sent.get("decision")).map(Move::Decide).ok_or("decision"),
        "close" => Outcome::parse(sent.get("outcome")).map(Move::Close).ok_or("outcome"),
        _ => Ok(Move::Acknowledge),
    };
    let version = sent.get("version").parse().unwrap_or(0);
    let done = match step {
        Ok(step) => {
            let reason = sent.get("reason");
            state.app.move_alert(visitor.actor(), project.id, held.section.id, (version, step, reason)).await
        }
        Err(field) => Err(AppError::Invalid(vec![FieldFault::new(field, "field-choose-from-list")])),
    };
    match done {
        Ok(()) => Ok(frame::redirect(&visitor, &warning::alert_path(project.id, &held), "saved")),
        Err(AppError::Invalid(faults)) => {
            let fields = sent.with_prefix("").filter(|(name, _)| *name != "version");
            let mut form = kit::Form::from_pairs(fields.map(|(n, v)| (n.to_owned(), v.to_owned())));
            for fault in &faults {
                // The form that was sent names its reason by its step.
                let field = if fault.field == "reason" {
                    format!("reason-{}", sent.get("step"))
                } else {
                    fault.field.clone()
                };
                form.fail(&field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page((&state, &visitor), (&project, &held), form))
        }
        Err(error) => Err(error.into()),
    }
}

async fn confidence_page(
    (state, visitor): (&WebState, &Visitor),
    project: &Project,
    form: kit::Form,
) -> Answer<ConfidencePage> {
    let locale = visitor.locale();
    let today = state.app.today();
    let found = state.app.find_confidence(project.id).await?;
    let (section, kept) = found.ok_or(AppError::NotFound("confidence"))?;
    let most = thresholds(today).override_days_max;
    Ok(ConfidencePage {
        page: frame::page(visitor, locale.t("warning-lift-title"), Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!form.is_clean())
            .hidden(),
        project_path: risks_path(project.id),
        project_title: format!("{} · {}", project.number, locale.text(&project.title).0),
        sure: warning::confidence(locale, &kept, today),
        action: visitor.to(&format!("/admin/projects/{}/confidence", project.id)),
        hint: locale.f("warning-lift-hint", &[("days", most.into())]),
        lifted: kept.lift.is_some(),
        form: form.with("version", section.version.to_string()),
    })
}

/// The form by which the head lifts the confidence of a project.
async fn confidence(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = project(&state, &visitor, &id).await?;
    frame::render(&confidence_page((&state, &visitor), &project, kit::Form::new()).await?)
}

/// Lifts it, or takes that back.
async fn lift(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = project(&state, &visitor, &id).await?;
    let back = sent.get("step") == "back";
    let until = sent.get("until").parse().ok();
    let version = sent.get("version").parse().unwrap_or(0);
    let done = if back || until.is_some() {
        let until = until.filter(|_| !back);
        state.app.lift_confidence(visitor.actor(), project.id, (version, until, sent.get("reason"))).await
    } else {
        Err(AppError::field("until", "field-not-a-date"))
    };
    match done {
        Ok(()) => Ok(frame::redirect(&visitor, &risks_path(project.id), "saved")),
        Err(AppError::Invalid(faults)) => {
            let fields = sent.with_prefix("").filter(|(name, _)| *name != "version");
            let mut form = kit::Form::from_pairs(fields.map(|(n, v)| (n.to_owned(), v.to_owned())));
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&confidence_page((&state, &visitor), &project, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
