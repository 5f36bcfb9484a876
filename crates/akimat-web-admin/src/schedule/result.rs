//! Measured results: what residents got, measurement by measurement.

use super::{again, find, title_of, why};
use akimat_app::AppError;
use akimat_app::dossier::Kept;
use akimat_app::schedule::result::StoredResults;
use akimat_delivery::progress::result::{ResultMeasure, Results, decimal};
use akimat_delivery::schedule::paste;
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash::{self, Clash};
use akimat_web_kit::view::schedule::{self as view, ResultView};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/schedule/result.html")]
struct ResultPage {
    page: Page,
    project_path: String,
    project_title: String,
    base: String,
    edit: String,
    form: kit::Form,
    clash: Option<Clash>,
    version: u32,
    choices: Vec<(String, String)>,
    results: ResultView,
}

async fn page(
    (state, visitor): (&WebState, &Visitor),
    project: &Project,
    (form, clash): (Option<kit::Form>, Option<Clash>),
) -> Answer<ResultPage> {
    let locale = visitor.locale();
    let stored = state.app.find_results(project.id).await?;
    let form = form.unwrap_or_else(|| kit::Form::new().with("measured_on", state.app.today().to_string()));
    let base = format!("/admin/projects/{}/results", project.id);
    Ok(ResultPage {
        page: frame::page(visitor, locale.t("schedule-result-form"), Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!form.is_clean() || clash.is_some())
            .hidden(),
        project_path: format!("/projects/{}/plan#results", project.id),
        project_title: title_of(locale, project),
        base,
        edit: format!("/admin/projects/{}/edit", project.id),
        version: stored.as_ref().map_or(0, |stored| stored.section.version),
        choices: choices(locale, project),
        results: view::results(locale, project, stored.as_ref().map(|stored| &stored.results)),
        form,
        clash,
    })
}

/// Expected results of the register by their position.
fn choices(locale: &Locale, project: &Project) -> Vec<(String, String)> {
    let name = |expected: &akimat_project::ExpectedResult| {
        let (title, unit) = (locale.text(&expected.title).0, locale.text(&expected.unit).0);
        if unit.is_empty() { title.to_owned() } else { format!("{title}, {unit}") }
    };
    project.results.iter().enumerate().map(|(at, own)| (at.to_string(), name(own))).collect()
}

/// The form.
///
/// # Errors
/// 403, 404.
pub async fn result_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    frame::render(&page((&state, &visitor), &project, (None, None)).await?)
}

/// Adds a measurement, or takes one out.
///
/// # Errors
/// 403, 404; 409 when somebody else changed the same one.
pub async fn save_result(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let locale = visitor.locale();
    let version = sent.get("version").parse().unwrap_or(0);
    let base: Option<StoredResults> = state.app.results_at(project.id, version).await?;
    let mut next = base.as_ref().map_or_else(
        || Results { invented: project.invented, ..Results::default() },
        |stored| stored.results.clone(),
    );
    let mut form = again(&sent);
    let remove = sent.get("remove");
    if remove.is_empty() {
        if let Some(measure) = read(locale, (&sent, &project), &mut form) {
            next.put(measure);
        }
    } else {
        let before = next.measures.len();
        next.measures.retain(|own| own.id != remove);
        if next.measures.len() == before {
            return Err(Failure::not_found());
        }
    }
    if !form.is_clean() {
        return frame::render_invalid(&page((&state, &visitor), &project, (Some(form), None)).await?);
    }
    let path = format!("/admin/projects/{}/results", project.id);
    match state.app.put_results(visitor.actor(), project.id, (base.as_ref(), &next), &why(&sent)).await {
        Ok(Kept::Stored { .. }) => Ok(frame::redirect(&visitor, &path, "saved")),
        Ok(Kept::Clash { current, clashes, .. }) => {
            let name = |_: &str| locale.t("schedule-result-one").into_owned();
            let told = clash::told((&state, locale), (&current, &clashes), path, name);
            clash::render(&page((&state, &visitor), &project, (Some(form), Some(told))).await?)
        }
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(locale, fault));
            }
            frame::render_invalid(&page((&state, &visitor), &project, (Some(form), None)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// A measurement out of the form, or its faults.
fn read(locale: &Locale, (sent, project): (&Form, &Project), form: &mut kit::Form) -> Option<ResultMeasure> {
    let at = sent.get("result").parse::<usize>().ok();
    let expected = at.and_then(|at| project.results.get(at));
    if expected.is_none() {
        form.fail("result", locale.t("field-choose-from-list"));
    }
    let on = paste::date(sent.get("measured_on"));
    if on.is_none() {
        let key = if sent.get("measured_on").is_empty() { "field-required" } else { "field-not-a-date" };
        form.fail("measured_on", locale.t(key));
    }
    let value = decimal(sent.get("value"));
    if value.is_none() {
        let key = if sent.get("value").is_empty() { "field-required" } else { "field-not-a-number" };
        form.fail("value", locale.t(key));
    }
    if sent.get("source").is_empty() {
        form.fail("source", locale.t("field-required"));
    }
    let (expected, on, value) = (expected?, on?, value?);
    Some(ResultMeasure {
        // One measurement of a result a day: the same two people on the same day speak of the same one.
        id: format!("{}-{on}", at.unwrap_or_default()),
        title: expected.title.clone(),
        on,
        value,
        source: sent.get("source").to_owned(),
    })
}
