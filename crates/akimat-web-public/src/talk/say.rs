//! Saying something with files: each is checked when its turn comes, and what is wrong stands at the field.

use akimat_app::attachment::{Attached, too_large};
use akimat_app::talk::{About, Said};
use akimat_app::{AppError, FieldFault};
use akimat_web_kit::comment_form::CommentForm;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit;
use akimat_web_kit::state::WebState;
use akimat_web_kit::upload::{Arrived, Content};
use akimat_web_kit::view::attempt::{limit, trace};
use akimat_web_kit::view::talk::invalid;
use akimat_web_kit::visitor::Visitor;

/// A person says something; the form again, with what is wrong in it, where it cannot be kept.
///
/// # Errors
/// 404 when there is no such subject, 429 for a flood.
pub(crate) async fn say(
    state: &WebState,
    visitor: &Visitor,
    about: About,
    form: CommentForm,
) -> Answer<Result<Said, kit::Form>> {
    limit(&state.limiters.comment, state, visitor)?;
    let CommentForm { body, files, too_many, place } = form;
    let mut sent = kit::Form::new().with("body", body.clone());
    let had_files = !files.is_empty();
    let mut kept = Vec::with_capacity(files.len());
    let mut wrong = Vec::new();
    if too_many {
        let most = state.app.attachment_rules()?.files_max;
        wrong.push(visitor.locale().f("attachment-too-many", &[("max", most.into())]));
    }
    for arrived in files {
        let name: String =
            akimat_participation::wording::plain_name(&arrived.name).chars().take(60).collect();
        match checked(state, arrived).await? {
            Ok(file) => kept.push(file),
            Err(fault) => wrong.push(format!("{name}: {}", frame::fault_text(visitor.locale(), &fault))),
        }
    }
    if !wrong.is_empty() {
        sent.fail("files", wrong.join(" "));
        return Ok(Err(sent));
    }
    let said = state.app.say_with(visitor.actor(), about, visitor.lang, (&body, kept)).await;
    drop(place);
    match said {
        Ok(said) => {
            trace(state, visitor, said.id()).await;
            Ok(Ok(said))
        }
        Err(AppError::Invalid(faults)) => {
            let mut again = invalid(visitor, sent, &faults);
            // A browser never fills such a field again.
            if had_files && again.error("files").is_empty() {
                again.fail("files", visitor.locale().t("attachment-choose-again"));
            }
            Ok(Err(again))
        }
        Err(error) => Err(error.into()),
    }
}

async fn checked(state: &WebState, arrived: Arrived) -> akimat_app::Result<Result<Attached, FieldFault>> {
    match arrived.content {
        Content::Nothing => Ok(Err(FieldFault::new("files", "photo-refused-empty"))),
        Content::TooLarge(n_bytes) => {
            let n_bytes_max = state.app.photo_limits().n_bytes_max();
            let mut fault = too_large(n_bytes, state.app.attachment_rules()?);
            fault.args.retain(|(name, _)| *name != "max");
            Ok(Err(fault.with("max", n_bytes_max / 1_000_000)))
        }
        Content::Kept(spool) => state.app.check_attachment(&arrived.name, move || spool.read()).await,
    }
}
