//! `/proposals/{id}/photos`: the author adds photographs of the place to a proposal being written, and removes them.

use super::write::own;
use akimat_app::photo::{PROPOSAL_PHOTOS_MAX, refusal_fault};
use akimat_app::{AppError, FieldFault};
use akimat_core::ProposalId;
use akimat_participation::process::Process;
use akimat_participation::proposal::{Proposal, State as Standing};
use akimat_photo::Refusal;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::upload::{Arrived, Content, Part, Uploading};
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::budgeting::{crumbs, proposal_path};
use akimat_web_kit::view::photo::{Item, item, privacy};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "public/budgeting/photos.html")]
struct PhotosPage {
    page: Page,
    crumbs: Vec<(String, String)>,
    id: ProposalId,
    form: kit::Form,
    file_hint: String,
    privacy: String,
    items: Vec<Item>,
    full: bool,
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    (process, proposal): (&Process, &Proposal),
    form: kit::Form,
) -> Answer<PhotosPage> {
    let locale = visitor.locale();
    let photos = state.app.proposal_photos(proposal.id).await?;
    let limits = state.app.photo_limits();
    let title = locale.t("proposal-photos-title").into_owned();
    let hint =
        [("mb", i64::from(limits.megabytes_max).into()), ("mp", i64::from(limits.megapixels_max).into())];
    Ok(PhotosPage {
        page: frame::page(visitor, title.clone(), Some(MenuItem::Budgeting))
            .invented(process.invented)
            .errors(!form.is_clean())
            .hidden(),
        crumbs: crumbs(visitor, process, &title),
        id: proposal.id,
        form,
        file_hint: locale.f("photo-file-hint", &hint),
        privacy: privacy(state, locale),
        full: photos.len() >= PROPOSAL_PHOTOS_MAX,
        items: photos.iter().map(|photo| item(state, locale, photo, false)).collect(),
    })
}

/// The page.
///
/// # Errors
/// 403 for others, 404 when there is no such draft.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let (process, proposal) = own(&state, &visitor, &id).await?;
    if !matches!(proposal.state, Standing::Draft | Standing::Returned) {
        return Ok(Redirect::to(&visitor.to(&proposal_path(&process, &proposal))).into_response());
    }
    frame::render(&build(&state, &visitor, (&process, &proposal), kit::Form::new()).await?)
}

/// Takes photographs: each file is checked and stored when it has arrived, before the next one arrives.
///
/// # Errors
/// 403 for others, 404 when there is no such draft, 429 for a flood.
pub async fn add(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    mut uploading: Uploading,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let (process, proposal) = own(&state, &visitor, &id).await?;
    let mut form = kit::Form::new();
    let mut n_files = 0;
    while let Some(part) = uploading.next().await? {
        match part {
            Part::Words(name, value) => form = form.with(&name, value),
            Part::File(Arrived { content: Content::Nothing, .. }) => {}
            // Once something is wrong, further files are let pass without being looked at.
            Part::File(_) if !form.is_clean() => {}
            Part::File(arrived) => {
                n_files += 1;
                match take(&state, &visitor, proposal.id, (form.value("caption"), arrived)).await {
                    Ok(_) => {}
                    Err(AppError::Invalid(faults)) => {
                        for fault in &faults {
                            let field = if fault.field.is_empty() { "file" } else { &fault.field };
                            form.fail(field, frame::fault_text(visitor.locale(), fault));
                        }
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
    drop(uploading);
    if n_files == 0 {
        form.fail("file", visitor.locale().t("field-file-missing"));
    }
    if form.is_clean() {
        return Ok(frame::redirect(&visitor, &format!("/proposals/{}/photos", proposal.id), "photo-added"));
    }
    frame::render_invalid(&build(&state, &visitor, (&process, &proposal), form).await?)
}

async fn take(
    state: &WebState,
    visitor: &Visitor,
    id: ProposalId,
    (caption, arrived): (&str, Arrived),
) -> akimat_app::Result<Uuid> {
    let actor = visitor.actor();
    state.app.proposal_of_photos(actor, id).await?;
    state.app.check_proposal_caption(visitor.lang, caption)?;
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
    state.app.add_proposal_photo(actor, id, (visitor.lang, caption), photograph).await
}

/// Removes a photograph.
///
/// # Errors
/// 403 for others, 404 when there is no such photograph.
pub async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, photo)): Path<(String, String, String)>,
    _form: Form,
) -> Answer {
    let (id, photo): (ProposalId, Uuid) = (frame::id(&id)?, frame::id(&photo)?);
    match state.app.remove_proposal_photo(visitor.actor(), (id, photo)).await {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/proposals/{id}/photos"), "proposal-photo-removed")),
        // Handed in meanwhile: the page says what there is.
        Err(AppError::Invalid(_)) => {
            Ok(Redirect::to(&visitor.to(&format!("/proposals/{id}"))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
