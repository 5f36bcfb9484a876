//! `/account/verification`: what is known about the visitor, what acts need, and the code that came by post.

use akimat_app::AppError;
use akimat_core::{KatoCode, Role};
use akimat_identity::Action;
use akimat_storage::Account;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::person::{self as view, VerificationRow};
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "public/account/verification.html")]
struct VerificationPage {
    page: Page,
    form: kit::Form,
    facts: Vec<(String, String)>,
    acts_caption: String,
    acts: Vec<ActRow>,
    rows: Vec<VerificationRow>,
    /// The text to sign; empty where signed documents are not taken.
    to_sign: String,
}

struct ActRow {
    act: String,
    needs: String,
    basis: String,
    missing: Vec<String>,
}

async fn acts(
    (state, visitor): (&WebState, &Visitor),
    account: &Account,
    place: Option<KatoCode>,
) -> Answer<Vec<ActRow>> {
    let locale = visitor.locale();
    let mut rows = Vec::with_capacity(Action::ALL.len());
    for action in Action::ALL {
        let needed = state.app.needed(account, action, place).await?;
        let act = locale.name("person-action", action.code()).into_owned();
        rows.push(match needed {
            None => ActRow {
                act,
                needs: locale.t("verification-needs-nothing").into_owned(),
                basis: String::new(),
                missing: Vec::new(),
            },
            Some(needed) => ActRow {
                act,
                needs: view::needs(locale, &needed.requirement),
                basis: if needed.verified {
                    needed.basis.get(visitor.lang).to_owned()
                } else {
                    locale.f("verification-unverified", &[("basis", needed.basis.get(visitor.lang).into())])
                },
                missing: needed.lacks.into_iter().map(|lack| view::lack(locale, lack)).collect(),
            },
        });
    }
    Ok(rows)
}

async fn build(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer<VerificationPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let standing = state.app.standing(account.id).await?;
    let place = standing.home.or(account.place);
    let names = place_names(state, locale, place).await?;
    let name = |code: KatoCode| names.get(&code).cloned().unwrap_or_else(|| code.to_string());
    let mut facts = view::facts(locale, &standing, standing.home.map(name).as_deref());
    if account.role != Role::Resident {
        facts.push((locale.t("account-role").into_owned(), locale.t("verification-officer").into_owned()));
    }
    let everywhere = || locale.t("account-place-all").into_owned();
    let caption = place.map_or_else(everywhere, name);
    let verifications = state.app.read().list_verifications(account.id).await?;
    Ok(VerificationPage {
        page: frame::page(visitor, locale.t("verification-title"), None).hidden().errors(!form.is_clean()),
        form,
        facts,
        acts_caption: locale.f("verification-acts-caption", &[("place", caption.into())]),
        acts: acts((state, visitor), account, place).await?,
        rows: view::rows(state, locale, &verifications),
        to_sign: match state.app.takes_signatures() {
            true => state.app.text_to_sign(visitor.actor())?,
            false => String::new(),
        },
    })
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor) -> Answer {
    frame::render(&build(&state, &visitor, kit::Form::new()).await?)
}

/// Takes the code of the letter.
///
/// # Errors
/// 429 after too many attempts.
pub async fn enter(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    match state.app.enter_post_code(visitor.actor(), sent.get("code")).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/verification", "verification-done")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new();
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// The text to sign, as a file.
///
/// # Errors
/// 404 where signed documents are not taken.
pub async fn text(State(state): State<WebState>, visitor: Visitor) -> Answer {
    if !state.app.takes_signatures() {
        return Err(akimat_web_kit::failure::Failure::not_found());
    }
    let text = state.app.text_to_sign(visitor.actor())?;
    Ok(akimat_web_kit::download::file("akimat-account.txt", "text/plain; charset=utf-8", text))
}

/// Takes the text, signed. What was sent is not written back: it names a person.
///
/// # Errors
/// 404 where signed documents are not taken, 429 after too many attempts.
pub async fn signed(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    match state.app.verify_by_signature(visitor.actor(), sent.raw("document")).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/verification", "verification-done")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new();
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
