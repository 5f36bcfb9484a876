//! The workplace of the appraisal of a project: a version is filled in, saved, signed.

mod fill;
mod read;

use akimat_app::AppError;
use akimat_app::appraisal::{read_document, tables};
use akimat_app::permission::{self, Permission};
use akimat_appraisal::Document;
use akimat_appraisal::document::{LineKind, Payer, ROWS_MAX};
use akimat_appraisal::rate::Timing;
use akimat_core::ProjectId;
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_storage::appraisal::Appraisal;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

/// Empty rows beyond those that are there.
const SPARE_ROWS: usize = 2;

#[derive(Template)]
#[template(path = "admin/appraisal.html")]
struct EditPage {
    page: Page,
    project_path: String,
    project_title: String,
    form: kit::Form,
    action: String,
    options: Options,
    lines: Vec<usize>,
    claims: Vec<usize>,
    groups: Vec<usize>,
    risks: Vec<usize>,
    sign: Option<(String, String, String)>,
    draft: String,
}

type Pairs = Vec<(String, String)>;

/// Choices of the form.
struct Options {
    timings: Pairs,
    rates: Pairs,
    classes: Pairs,
    kinds: Pairs,
    payers: Pairs,
    impacts: Pairs,
    places: Pairs,
}

impl Options {
    fn new(locale: &Locale, today: &str) -> Self {
        let lang = locale.lang();
        let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
        let tables = tables();
        let rates =
            tables.rates.rates.iter().filter(|rate| rate.valid_to.as_deref().is_none_or(|end| today < end));
        let impacts = tables.impacts.impacts.iter();
        let impacts = impacts.filter(|impact| impact.valid_to.as_deref().is_none_or(|end| today < end));
        Self {
            timings: Timing::ALL.map(|timing| named("appraisal-timing", timing.code())).into(),
            rates: rates.map(|rate| (rate.code.clone(), rate.name.get(lang).to_owned())).collect(),
            classes: tables
                .uplifts
                .classes
                .iter()
                .map(|class| (class.code.clone(), class.name.get(lang).to_owned()))
                .collect(),
            kinds: LineKind::ALL.map(|kind| named("appraisal-line", kind.code())).into(),
            payers: Payer::ALL.map(|payer| named("appraisal-payer", payer.code())).into(),
            impacts: impacts
                .map(|impact| {
                    let name = format!("{} ({})", impact.name.get(lang), impact.unit.get(lang));
                    (impact.code.clone(), name)
                })
                .collect(),
            places: vec![
                ("settlement".to_owned(), locale.t("appraisal-form-settlement").into_owned()),
                ("group".to_owned(), locale.t("appraisal-form-group").into_owned()),
            ],
        }
    }
}

/// Numbers of the rows that the form shows, from 1.
fn rows(there: usize, least: usize) -> Vec<usize> {
    (1..=(there + SPARE_ROWS).max(least).min(ROWS_MAX)).collect()
}

async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<(Project, Vec<Appraisal>)> {
    let id: ProjectId = frame::id(id)?;
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::Appraise, Some(project.place))?;
    let versions = state.app.read().list_appraisals(id).await?;
    Ok((project, versions))
}

fn page(
    state: &WebState,
    visitor: &Visitor,
    (project, versions): (&Project, &[Appraisal]),
    (form, document): (kit::Form, &Document),
) -> EditPage {
    let locale = visitor.locale();
    let path = format!("/projects/{}", project.id);
    let draft = versions.last().filter(|last| last.signed.is_none());
    let sign = draft.map(|last| {
        let version = last.version.to_string();
        (
            visitor.to(&format!("/admin/projects/{}/appraisal/sign", project.id)),
            last.id.to_string(),
            locale.f("appraisal-form-sign", &[("version", version.as_str().into())]),
        )
    });
    EditPage {
        page: frame::page(visitor, locale.t("appraisal-form-title"), Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!form.is_clean())
            .hidden(),
        project_title: format!("{} · {}", project.number, locale.text(&project.title).0),
        action: visitor.to(&format!("/admin{path}/appraisal")),
        options: Options::new(locale, &state.app.today().to_string()),
        lines: rows(document.lines.len(), 6),
        claims: rows(document.claims.len(), 3),
        groups: rows(document.groups.len(), 4),
        risks: rows(document.risks.len(), 2),
        draft: draft.map_or_else(String::new, |last| format!("{path}/appraisal?version={}", last.version)),
        project_path: path,
        form,
        sign,
    }
}

/// The form with the newest version, or with the money of the project when there is none.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such project.
pub async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let (project, versions) = find(&state, &visitor, &id).await?;
    let document = match versions.last() {
        Some(last) => read_document(last)?,
        None => fill::begin(&project, state.app.today()),
    };
    let form = fill::filled(&document);
    frame::render(&page(&state, &visitor, (&project, &versions), (form, &document)))
}

/// Saves a version.
///
/// # Errors
/// 403, 404; 409 when somebody saved one at the same time.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let (project, versions) = find(&state, &visitor, &id).await?;
    let locale = visitor.locale();
    let invented = versions.last().map(read_document).transpose()?.is_some_and(|last| last.invented);
    let (document, faults) = read::read(locale, &sent, &state.app.today().to_string(), invented);
    if !faults.is_empty() {
        // As it was sent: the rows are numbered as the person numbered them.
        let mut form = kit::Form::from_pairs(sent.with_prefix("").map(|(n, v)| (n.to_owned(), v.to_owned())));
        for (field, text) in faults {
            form.fail(&field, text);
        }
        return frame::render_invalid(&page(&state, &visitor, (&project, &versions), (form, &document)));
    }
    match state.app.draft_appraisal(visitor.actor(), project.id, &document).await {
        Ok(_) => Ok(frame::redirect(&visitor, &format!("/admin/projects/{}/appraisal", project.id), "saved")),
        Err(AppError::Invalid(faults)) => {
            // Rows without empty ones between them: so are they numbered in the faults.
            let mut form = fill::filled(&document);
            for fault in &faults {
                let field = if fault.field == "lines" { "line_kind_1" } else { fault.field.as_str() };
                form.fail(field, frame::fault_text(locale, fault));
            }
            frame::render_invalid(&page(&state, &visitor, (&project, &versions), (form, &document)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Signs the newest version, which is public from then on.
///
/// # Errors
/// 403, 404; 409 when it is signed already or a newer one was saved.
pub async fn sign(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let (project, _) = find(&state, &visitor, &id).await?;
    let version: Uuid = frame::id(sent.get("version"))?;
    state.app.sign_appraisal(visitor.actor(), version).await?;
    Ok(frame::redirect(&visitor, &format!("/projects/{}/appraisal", project.id), "saved"))
}
