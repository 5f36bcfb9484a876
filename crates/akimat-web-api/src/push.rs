//! `/api/v1/imports`: systems bring registers in. They speak by a key, never by a browser's session.

use akimat_app::AppError;
use akimat_app::import::{Begun, Preview};
use akimat_core::{Lang, SavedId};
use akimat_i18n::catalogue;
use akimat_interop::Problem;
use akimat_interop::project_register::mapping::Mapping;
use akimat_storage::import::{Import, ImportState};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{fault_text, id};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

/// Path of the collection.
pub const IMPORTS: &str = "/api/v1/imports";
/// Path of one import.
pub const IMPORT: &str = "/api/v1/imports/{id}";
/// Problems that are told at most.
const TOLD_MAX: usize = 200;

/// Takes a register in: CSV or XLSX, the whole body. `file` is its name, `profile` the identifier of a saved mapping,
/// `run=yes` carries it out when nothing is wrong.
///
/// # Errors
/// 401 without a key, 403 for who may not import, 413 beyond the size of a file, 422 with what is wrong.
pub async fn begin(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
    body: Body,
) -> Answer {
    by_key(&visitor)?;
    limit(&state.limiters.heavy, &state, &visitor)?;
    let _place_in_line = state.uploads.acquire().await;
    let bytes = to_bytes(body, state.options.upload_bytes_max)
        .await
        .map_err(|_| Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"))?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let name = if asked.get("file").is_empty() { "api" } else { asked.get("file") };
    let actor = visitor.actor();
    let mapping = match asked.get("profile") {
        "" => Mapping::default(),
        text => state.app.find_import_profile(actor, id::<SavedId>(text)?).await?,
    };
    let import = match state.app.begin_import(actor, name, bytes.to_vec(), &mapping).await? {
        Begun::Kept(id) => state.app.import_to_work(actor, id).await?,
        Begun::Unreadable(problems) => {
            let body = json!({ "state": "refused", "problems": told(&problems) });
            return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &body));
        }
    };
    let preview = state.app.preview_import(&import).await?;
    let wrong = !preview.problems.is_empty() || !preview.faults.is_empty();
    let import = if asked.get("run") == "yes" && preview.is_clean() {
        state.app.run_import(actor, import.id, import.edit).await?;
        state.app.import_to_work(actor, import.id).await?
    } else {
        import
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::ACCEPTED };
    Ok(answer(status, &document(&import, Some(&preview))))
}

/// How far an import is.
///
/// # Errors
/// 401 without a key, 404 when there is no such import, 403 for one of another territory.
pub async fn show(State(state): State<WebState>, visitor: Visitor, Path(path): Path<String>) -> Answer {
    by_key(&visitor)?;
    let import = state.app.import_to_work(visitor.actor(), id::<Uuid>(&path)?).await?;
    let preview = match import.state {
        ImportState::Draft => Some(state.app.preview_import(&import).await?),
        _ => None,
    };
    Ok(answer(StatusCode::OK, &document(&import, preview.as_ref())))
}

/// A browser's session may be led astray by another site; a key may not.
/// Systems speak by a key, never by a browser's session.
///
/// # Errors
/// 401 without anything, 403 for a session.
pub(super) fn by_key(visitor: &Visitor) -> Answer<()> {
    match visitor.actor() {
        None => Err(AppError::SignInNeeded.into()),
        Some(_) if !visitor.token.is_empty() => Err(Failure::new(StatusCode::FORBIDDEN, "bad_form")),
        Some(_) => Ok(()),
    }
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let mut response = (status, axum::Json(body)).into_response();
    let kept = axum::http::HeaderValue::from_static("no-store");
    response.headers_mut().insert(axum::http::header::CACHE_CONTROL, kept);
    response
}

fn document(import: &Import, preview: Option<&Preview>) -> Value {
    let mut body = json!({
        "id": import.id,
        "file": import.file_name,
        "sha256": import.sha256,
        "state": import.state.code(),
        "n_added": import.n_added,
        "n_changed": import.n_changed,
        "created_at": import.created_at,
        "self": format!("{IMPORTS}/{}", import.id),
        "page": format!("/kk/admin/imports/{}", import.id),
    });
    if let Some(preview) = preview {
        let faults = preview.faults.iter().take(TOLD_MAX).map(|fault| {
            let sentence = |lang: Lang| fault_text(catalogue().locale(lang), &fault.fault);
            json!({
                "row": fault.row,
                "column": fault.fault.field,
                "code": fault.fault.key,
                "message": { "kk": sentence(Lang::Kk), "ru": sentence(Lang::Ru), "en": sentence(Lang::En) },
            })
        });
        let mut problems = told(&preview.problems);
        problems.extend(faults);
        body["preview"] = json!({
            "n_added": preview.added.len(),
            "n_changed": preview.changed.len(),
            "n_same": preview.n_same,
            "missing_columns": preview.look.missing,
        });
        body["problems"] = Value::Array(problems);
    }
    body
}

fn told(problems: &[Problem]) -> Vec<Value> {
    let one = |problem: &Problem| {
        let facts = problem.args();
        let facts: Vec<(&str, akimat_i18n::Arg<'_>)> =
            facts.iter().map(|(name, value)| (*name, akimat_i18n::Arg::from(value.as_str()))).collect();
        let sentence = |lang: Lang| catalogue().locale(lang).f(problem.key(), &facts);
        json!({
            "row": problem.row,
            "column": problem.column,
            "code": problem.key(),
            "message": { "kk": sentence(Lang::Kk), "ru": sentence(Lang::Ru), "en": sentence(Lang::En) },
        })
    };
    problems.iter().take(TOLD_MAX).map(one).collect()
}
