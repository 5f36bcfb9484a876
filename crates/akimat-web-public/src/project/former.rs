//! `/projects/{id}/former/{former}`: the last record of a project that became one with another.

use akimat_app::duplicate::FormerRecord;
use akimat_core::ProjectId;
use akimat_i18n::Locale;
use akimat_project::register::record;
use akimat_storage::merged_project::MergedProject;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::register::{FIELDS, path_name, value_text};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::Value;

#[derive(Template)]
#[template(path = "public/project/former.html")]
struct FormerPage {
    page: Page,
    stays: String,
    told: String,
    reason: String,
    fields: Vec<(String, String)>,
    moves: Vec<[String; 3]>,
}

/// What the history of a project says about its former twins.
#[derive(Debug)]
pub struct FormerRow {
    /// Address without the language.
    pub path: String,
    /// Number and title.
    pub name: String,
    /// Who said when that they are one.
    pub told: String,
    /// Why.
    pub reason: String,
}

/// The former twins of a project.
///
/// # Errors
/// When the database fails.
pub async fn rows(state: &WebState, locale: &Locale, id: ProjectId) -> Answer<Vec<FormerRow>> {
    let merged = state.app.read().list_merged_projects(id).await?;
    merged.iter().map(|one| row(state, locale, one)).collect()
}

fn row(state: &WebState, locale: &Locale, merged: &MergedProject) -> Answer<FormerRow> {
    let former = read(merged)?;
    Ok(FormerRow {
        path: format!("/projects/{}/former/{}", merged.into, merged.former),
        name: format!("{}: {}", merged.number, locale.text(&former.project.title).0),
        told: told(state, locale, merged),
        reason: merged.reason.clone(),
    })
}

fn told(state: &WebState, locale: &Locale, merged: &MergedProject) -> String {
    let date = locale.date(merged.at.to_zoned(state.app.zone().clone()).date());
    locale.f("former-told", &[("date", date.into()), ("by", merged.by_name.as_str().into())])
}

fn read(merged: &MergedProject) -> Answer<FormerRecord> {
    serde_json::from_str(&merged.record).map_err(Failure::internal)
}

/// The page.
///
/// # Errors
/// 404 when there is no such record.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, former)): Path<(String, String, String)>,
) -> Answer {
    let (id, former): (ProjectId, ProjectId) = (frame::id(&id)?, frame::id(&former)?);
    let merged = state.app.read().find_merged_project(former).await?;
    let merged = merged.filter(|merged| merged.into == id).ok_or_else(Failure::not_found)?;
    let locale = visitor.locale();
    let last = read(&merged)?;
    let values = record(&last.project);
    let fields = FIELDS.iter().filter_map(|field| {
        let value = values.get(field).filter(|value| !value.is_null()).unwrap_or(&Value::Null);
        let text = value_text(locale, last.project.modality, (field, value));
        (*value != Value::Null).then(|| (path_name(locale, field), text))
    });
    let moves = last.moves.iter().map(|change| {
        let date = locale.date(change.at.to_zoned(state.app.zone().clone()).date());
        [date, locale.name("status", change.to.code()).into_owned(), change.reason.clone()]
    });
    let name = format!("{}: {}", merged.number, locale.text(&last.project.title).0);
    let title = locale.f("former-title", &[("name", name.into())]);
    frame::render(&FormerPage {
        page: frame::page(&visitor, title, Some(MenuItem::Projects)).invented(last.project.invented),
        stays: format!("/projects/{id}"),
        told: told(&state, locale, &merged),
        reason: merged.reason.clone(),
        fields: fields.collect(),
        moves: moves.collect(),
    })
}

/// Where a page of a project that became one with another is now; `None` when the address is of nothing like that.
pub async fn moved(state: &WebState, uri: &Uri) -> Option<Response> {
    let mut parts = uri.path().split('/');
    let at = parts.position(|part| part == "projects")?;
    let old = parts.next()?;
    let former: ProjectId = old.parse().ok().filter(|_| at <= 3)?;
    let merged = state.app.read().find_merged_project(former).await.ok()??;
    let path = uri.path().replacen(old, &merged.into.to_string(), 1);
    let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
    Some(Redirect::permanent(&format!("{path}{query}")).into_response())
}
