//! Photographs at the workplace: several files added with one form, words changed, moderation.

mod moderate;
mod words;

pub use moderate::{erase, hide, queue, show};
pub use words::{edit, edit_form};

use akimat_app::photo::{PhotoWords, refusal_fault};
use akimat_app::{AppError, FieldFault};
use akimat_core::Text;
use akimat_i18n::Locale;
use akimat_photo::Refusal;
use akimat_project::Project;
use akimat_storage::photo::{Photo, PhotoKind};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::upload::{Arrived, Content, FILES_MAX, Part, Uploading};
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::photo::{Item, item, privacy};
use akimat_web_kit::view::project_nav::{ProjectNav, Tab, nav};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/photo/add.html")]
struct AddPage {
    page: Page,
    nav: ProjectNav,
    form: kit::Form,
    choices: Choices,
    file_hint: String,
    privacy: String,
    outcomes: Vec<Outcome>,
    items: Vec<Item>,
}

/// Choices of the form about a photograph.
struct Choices {
    kinds: Vec<(String, String)>,
    befores: Vec<(String, String)>,
}

/// What became of one file.
struct Outcome {
    name: String,
    /// Why it was refused; empty when it was added.
    fault: String,
    /// What somebody should look at; may be empty.
    hint: String,
}

fn choices(state: &WebState, locale: &Locale, photos: &[Photo]) -> Choices {
    let kinds = PhotoKind::ALL.iter().filter(|kind| **kind != PhotoKind::Resident);
    let befores = photos
        .iter()
        .filter(|photo| photo.kind == PhotoKind::Before && photo.hidden.is_none() && !photo.erased);
    Choices {
        kinds: kinds
            .map(|kind| (kind.code().to_owned(), locale.name("photo-kind", kind.code()).into_owned()))
            .collect(),
        befores: befores
            .map(|photo| {
                let shown = item(state, locale, photo, false);
                let args = [("caption", shown.caption.as_str().into()), ("when", shown.when.as_str().into())];
                (photo.id.to_string(), locale.f("photo-before-option", &args))
            })
            .collect(),
    }
}

async fn page(
    state: &WebState,
    visitor: &Visitor,
    project: &Project,
    (form, outcomes): (kit::Form, Vec<Outcome>),
) -> Answer<AddPage> {
    let locale = visitor.locale();
    let photos = state.app.read().list_photos(project.id).await?;
    let limits = state.app.photo_limits();
    let wrong = !form.is_clean() || outcomes.iter().any(|outcome| !outcome.fault.is_empty());
    Ok(AddPage {
        page: frame::page(visitor, locale.t("photo-add-title"), Some(MenuItem::Admin)).hidden().errors(wrong),
        nav: nav(state, visitor, project, Tab::Photos).await?,
        form,
        choices: choices(state, locale, &photos),
        file_hint: locale.f(
            "photo-files-hint",
            &[
                ("mb", i64::from(limits.megabytes_max).into()),
                ("mp", i64::from(limits.megapixels_max).into()),
                ("files", FILES_MAX.into()),
            ],
        ),
        privacy: privacy(state, locale),
        outcomes,
        items: photos
            .iter()
            .rev()
            .filter(|photo| photo.kind != PhotoKind::Resident)
            .map(|photo| item(state, locale, photo, false))
            .collect(),
    })
}

/// The form.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such project.
pub async fn add_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = state.app.project_of_photos(visitor.actor(), frame::id(&id)?).await?;
    let form = kit::Form::new().with("kind", PhotoKind::Progress.code());
    frame::render(&page(&state, &visitor, &project, (form, Vec::new())).await?)
}

/// What was sent, so far.
#[derive(Default)]
struct Sent {
    form: kit::Form,
    outcomes: Vec<Outcome>,
    n_added: usize,
    /// The words are wrong: files are let pass without being looked at.
    wrong: bool,
    /// The words have been checked.
    checked: bool,
}

/// Takes photographs: each file is checked and stored when it has arrived, before the next one arrives.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such project, 429 for a flood.
pub async fn add(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    mut uploading: Uploading,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let project = state.app.project_of_photos(visitor.actor(), frame::id(&id)?).await?;
    let mut sent = Sent::default();
    while let Some(part) = uploading.next().await? {
        match part {
            Part::Words(name, value) => sent.form = sent.form.with(&name, value),
            Part::File(Arrived { content: Content::Nothing, .. }) => {}
            Part::File(arrived) => take(&state, &visitor, &project, (&mut sent, arrived)).await?,
        }
    }
    drop(uploading);
    if !sent.checked {
        check_words(&state, &visitor, &project, &mut sent).await?;
    }
    if sent.outcomes.is_empty() && !sent.wrong {
        sent.form.fail("file", visitor.locale().t("field-file-missing"));
        sent.wrong = true;
    }
    let all_good = sent.outcomes.iter().all(|outcome| outcome.fault.is_empty() && outcome.hint.is_empty());
    if !sent.wrong && all_good {
        return Ok(frame::redirect(&visitor, &format!("/projects/{}/photos", project.id), "photo-added"));
    }
    let failed = sent.wrong || sent.outcomes.iter().any(|outcome| !outcome.fault.is_empty());
    let page = page(&state, &visitor, &project, (sent.form, sent.outcomes)).await?;
    if failed { frame::render_invalid(&page) } else { frame::render(&page) }
}

async fn check_words(state: &WebState, visitor: &Visitor, project: &Project, sent: &mut Sent) -> Answer<()> {
    sent.checked = true;
    let checked = match words::read(visitor.locale(), &mut sent.form) {
        Some(words) => state.app.check_photo_words(visitor.actor(), project.id, &words).await,
        None => Err(AppError::Invalid(Vec::new())),
    };
    match checked {
        Ok(()) => Ok(()),
        Err(AppError::Invalid(faults)) => {
            sent.wrong = true;
            for fault in &faults {
                sent.form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

async fn take(
    state: &WebState,
    visitor: &Visitor,
    project: &Project,
    (sent, arrived): (&mut Sent, Arrived),
) -> Answer<()> {
    if !sent.checked {
        check_words(state, visitor, project, sent).await?;
    }
    if sent.wrong {
        return Ok(());
    }
    let words = words::read(visitor.locale(), &mut sent.form).unwrap_or_default();
    let name = arrived.name.clone();
    let locale = visitor.locale();
    let (fault, hint) = match store(state, visitor, project, (words, arrived)).await {
        Ok(id) => {
            sent.n_added += 1;
            (String::new(), alike(state, locale, (project, id)).await?)
        }
        Err(AppError::Invalid(faults)) => {
            let texts: Vec<String> = faults.iter().map(|fault| frame::fault_text(locale, fault)).collect();
            (texts.join(" "), String::new())
        }
        Err(error) => return Err(error.into()),
    };
    sent.outcomes.push(Outcome { name, fault, hint });
    Ok(())
}

async fn store(
    state: &WebState,
    visitor: &Visitor,
    project: &Project,
    (words, arrived): (PhotoWords, Arrived),
) -> akimat_app::Result<Uuid> {
    let refused = |refusal: &Refusal| AppError::Invalid(vec![refusal_fault("file", refusal)]);
    let photograph = match arrived.content {
        Content::Nothing => {
            return Err(AppError::Invalid(vec![FieldFault::new("file", "field-file-missing")]));
        }
        Content::TooLarge(n_bytes) => {
            let n_bytes_max = state.app.photo_limits().n_bytes_max();
            return Err(refused(&Refusal::TooManyBytes { n_bytes, n_bytes_max }));
        }
        Content::Kept(spool) => {
            state.app.check_photo(move || spool.read()).await?.map_err(|refusal| refused(&refusal))?
        }
    };
    state.app.add_photo(visitor.actor(), project.id, words, photograph).await
}

/// The same picture stands elsewhere: somebody should look at it.
async fn alike(state: &WebState, locale: &Locale, (project, id): (&Project, Uuid)) -> Answer<String> {
    let read = state.app.read();
    let Some(photo) = read.find_photo(id).await? else { return Ok(String::new()) };
    let others = read.list_photos_alike(&photo.sha256, photo.look).await?;
    let other = others.iter().find(|other| {
        other.id != id && (other.sha256 == photo.sha256 || akimat_app::photo::look_alike(other, &photo))
    });
    let Some(other) = other else { return Ok(String::new()) };
    if other.project == project.id {
        return Ok(locale.t("photo-alike-here").into_owned());
    }
    let found = read.find_project(other.project).await?;
    let title = found.map_or_else(String::new, |(project, _, _)| locale.text(&project.title).0.to_owned());
    Ok(locale.f("photo-alike-elsewhere", &[("title", title.as_str().into())]))
}

/// A date as a form sends it: empty is none.
fn day(text: &str) -> Result<Option<Date>, ()> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| ()) }
}

fn caption(form: &kit::Form) -> Text {
    let own = |lang: &str| form.value(format!("caption_{lang}")).to_owned();
    Text::new(own("kk"), own("ru"), own("en"))
}
