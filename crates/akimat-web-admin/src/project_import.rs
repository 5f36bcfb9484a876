//! `/admin/imports`: files of projects from the first look to the undoing.

mod draft;
mod file;
mod mapping;
mod package;

pub use file::{problems, template};

use akimat_app::AppError;
use akimat_app::import::{Begun, mapping_of};
use akimat_core::{Ratio, SavedId};
use akimat_i18n::Locale;
use akimat_interop::project_register::mapping::Mapping;
use akimat_storage::import::{Import, ImportFormat, ImportState};
use akimat_storage::{Cursor, PageRequest};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::{Form, Upload};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use uuid::Uuid;

/// Imports on a page of the list.
const LISTED: u16 = 30;

#[derive(Template)]
#[template(path = "admin/import/list.html")]
struct ListPage {
    page: Page,
    form: kit::Form,
    profiles: Vec<(String, String)>,
    templates: Vec<(String, String)>,
    imports: Vec<ImportRow>,
    previous: String,
    next: String,
}

struct ImportRow {
    path: String,
    name: String,
    state: String,
    when: String,
    by: String,
    result: String,
}

#[derive(Template)]
#[template(path = "admin/import/show.html")]
struct ShowPage {
    page: Page,
    form: kit::Form,
    path: String,
    edit: String,
    facts: Vec<(String, String)>,
    progress: Option<(u8, String)>,
    draft: Option<draft::Draft>,
    package: Option<package::Package>,
    done: Option<Done>,
}

/// What a finished import shows.
struct Done {
    sentence: String,
    undone: String,
    obstacles: String,
    may_undo: bool,
}

/// The list, with the form for the next file.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let page = list_page(&state, &visitor, kit::Form::new(), Cursor::decode(asked.raw("after"))).await?;
    frame::render(&page)
}

async fn list_page(
    state: &WebState,
    visitor: &Visitor,
    form: kit::Form,
    after: Option<Cursor>,
) -> Answer<ListPage> {
    let locale = visitor.locale();
    let place = visitor.actor().and_then(|account| account.place);
    let request = PageRequest { limit: LISTED, after };
    let found = state.app.read().list_imports(place, &request).await?;
    let profiles = state.app.list_import_profiles(visitor.actor()).await?;
    let link = |format: &str| {
        let name = locale.t(&format!("action-download-{format}")).into_owned();
        (visitor.to(&format!("/admin/imports/template/{format}")), name)
    };
    Ok(ListPage {
        page: frame::page(visitor, locale.t("imports-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        profiles: profiles.into_iter().map(|head| (head.id.to_string(), head.title)).collect(),
        templates: ["xlsx", "csv"].into_iter().map(link).collect(),
        imports: found.items.iter().map(|import| row(locale, state, import)).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/admin/imports")),
        next: found.next.map_or_else(String::new, |cursor| {
            visitor.to(&format!("/admin/imports?after={}", cursor.encode()))
        }),
    })
}

fn row(locale: &Locale, state: &WebState, import: &Import) -> ImportRow {
    ImportRow {
        path: format!("/admin/imports/{}", import.id),
        name: import.file_name.clone(),
        state: locale.name("import-state", import.state.code()).into_owned(),
        when: locale.date_time(import.created_at, state.app.zone()),
        by: import.by_name.clone(),
        result: if import.state == ImportState::Draft { String::new() } else { brought(locale, import) },
    }
}

fn brought(locale: &Locale, import: &Import) -> String {
    let (added, changed) = (u64::from(import.n_added), u64::from(import.n_changed));
    let key = match import.format {
        ImportFormat::Register => "import-brought",
        ImportFormat::OpenContracting => "package-brought",
    };
    locale.f(key, &[("added", added.into()), ("changed", changed.into())])
}

/// Takes a file in as a draft.
///
/// # Errors
/// 403 for who may not import, 429 after too many files.
pub async fn begin(State(state): State<WebState>, visitor: Visitor, upload: Upload) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let _place_in_line = state.uploads.acquire().await;
    let locale = visitor.locale();
    let mut form = kit::Form::new().with("profile", upload.form.get("profile"));
    if let Some(fault) = super::import::upload_fault(locale, &upload) {
        form.fail("file", fault);
        return frame::render_invalid(&list_page(&state, &visitor, form, None).await?);
    }
    if package::is_one(&upload.bytes) {
        let file = (upload.file_name.as_str(), upload.bytes);
        let id = state.app.begin_package(visitor.actor(), file, &state.options.open_contracting).await?;
        return Ok(Redirect::to(&visitor.to(&format!("/admin/imports/{id}"))).into_response());
    }
    let mapping = match upload.form.get("profile").parse::<SavedId>() {
        Ok(id) => state.app.find_import_profile(visitor.actor(), id).await?,
        Err(_) => Mapping::default(),
    };
    let id = match state.app.begin_import(visitor.actor(), &upload.file_name, upload.bytes, &mapping).await? {
        Begun::Kept(id) => id,
        Begun::Unreadable(problems) => {
            for [place, sentence] in super::import::problem_rows(locale, &problems) {
                form.fail("file", format!("{place}: {sentence}"));
            }
            return frame::render_invalid(&list_page(&state, &visitor, form, None).await?);
        }
    };
    Ok(Redirect::to(&visitor.to(&format!("/admin/imports/{id}"))).into_response())
}

/// An import: its columns and what it would do, how far it is, or what it did.
///
/// # Errors
/// 404 when there is no such import, 403 for one of another territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let import = state.app.import_to_work(visitor.actor(), id).await?;
    frame::render(&build(&state, &visitor, &import, kit::Form::new()).await?)
}

async fn build(state: &WebState, visitor: &Visitor, import: &Import, form: kit::Form) -> Answer<ShowPage> {
    let locale = visitor.locale();
    let (draft, package) = match (import.state, import.format) {
        (ImportState::Draft, ImportFormat::Register) => {
            (Some(draft::build(state, visitor, import).await?), None)
        }
        (ImportState::Draft, ImportFormat::OpenContracting) => {
            (None, Some(package::build(state, locale, import).await?))
        }
        _ => (None, None),
    };
    let done = match import.state {
        ImportState::Done | ImportState::Undone => Some(done(state, locale, import).await?),
        _ => None,
    };
    Ok(ShowPage {
        page: frame::page(visitor, import.file_name.clone(), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        path: format!("/admin/imports/{}", import.id),
        edit: import.edit.to_string(),
        facts: facts(locale, state, import),
        progress: progress(state, locale, import).await?,
        draft,
        package,
        done,
    })
}

fn facts(locale: &Locale, state: &WebState, import: &Import) -> Vec<(String, String)> {
    let t = |key: &str| locale.t(key).into_owned();
    vec![
        (t("import-fact-format"), locale.name("import-format", import.format.code()).into_owned()),
        (t("import-fact-state"), locale.name("import-state", import.state.code()).into_owned()),
        (t("import-fact-by"), import.by_name.clone()),
        (t("import-fact-at"), locale.date_time(import.created_at, state.app.zone())),
        (t("import-fact-sha256"), import.sha256.chars().take(16).collect()),
    ]
}

async fn progress(state: &WebState, locale: &Locale, import: &Import) -> Answer<Option<(u8, String)>> {
    let (ImportState::Queued, Some(id)) = (import.state, import.job) else { return Ok(None) };
    let Some(job) = state.app.read().find_job(id).await? else { return Ok(None) };
    let percent = Ratio::new(job.done.into(), job.total.into()).and_then(|share| share.percent(0));
    let percent = percent.and_then(|text| text.parse().ok()).unwrap_or(0);
    let step = locale.name("import-step", &job.done.to_string()).into_owned();
    Ok(Some((percent, step)))
}

async fn done(state: &WebState, locale: &Locale, import: &Import) -> Answer<Done> {
    let open = import.state == ImportState::Done;
    let obstacles = if open { state.app.import_obstacles(import).await? } else { Vec::new() };
    let named: Vec<&str> = obstacles.iter().take(10).map(String::as_str).collect();
    Ok(Done {
        sentence: brought(locale, import),
        undone: import.reason.clone(),
        may_undo: open && obstacles.is_empty(),
        obstacles: if named.is_empty() {
            String::new()
        } else {
            let n = obstacles.len();
            locale.f("import-obstacles", &[("n", n.into()), ("numbers", named.join(", ").into())])
        },
    })
}

/// What a person does with an import: maps it, carries it out, throws it away, takes it back.
///
/// # Errors
/// 404 when there is no such import, 409 when it changed meanwhile.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let import = state.app.import_to_work(visitor.actor(), id).await?;
    let edit = form.get("edit").parse().unwrap_or(0);
    let actor = visitor.actor();
    let here = format!("/admin/imports/{id}");
    let outcome = match form.get("act") {
        "run" => state.app.run_import(actor, id, edit).await.map(|_| (here, "import-asked")),
        "discard" => state
            .app
            .discard_import(actor, id, edit)
            .await
            .map(|()| ("/admin/imports".to_owned(), "import-gone")),
        "undo" => {
            let undone = state.app.undo_import(actor, id, edit, form.get("reason")).await;
            undone.map(|()| (here, "import-undone"))
        }
        "profile" if import.format == ImportFormat::Register => {
            let mapping = mapping_of(&import)?;
            let kept = state.app.save_import_profile(actor, form.get("profile_name"), &mapping).await;
            kept.map(|_| (here, "import-profile-saved"))
        }
        _ if import.format != ImportFormat::Register => Err(AppError::NotFound("import")),
        _ => {
            let mapping = mapping::read(&form, &mapping_of(&import)?);
            state.app.map_import(actor, id, edit, &mapping).await.map(|()| (here, "import-mapped"))
        }
    };
    match outcome {
        Ok((path, flash)) => Ok(frame::redirect(&visitor, &path, flash)),
        Err(AppError::Invalid(faults)) => {
            let mut shown = kit::Form::new()
                .with("reason", form.raw("reason"))
                .with("profile_name", form.raw("profile_name"));
            for fault in &faults {
                // A fault of the file leads to what is said about it, not to a field.
                let field = if fault.field == "file" { "" } else { fault.field.as_str() };
                shown.fail(field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, &import, shown).await?)
        }
        Err(error) => Err(error.into()),
    }
}
