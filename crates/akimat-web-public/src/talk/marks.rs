//! `/account/marks`: votes and support of mine that are not counted, and my word against it.

use akimat_app::AppError;
use akimat_storage::discount::Discount;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::discount::{subject_path, told};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "public/talk/marks.html")]
struct MarksPage {
    page: Page,
    form: kit::Form,
    items: Vec<Item>,
}

struct Item {
    batch: Uuid,
    about: String,
    about_path: String,
    told: String,
    contest: String,
    field: String,
    may_contest: bool,
}

/// Marks of mine that are not counted.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    frame::render(&page(&state, &visitor, kit::Form::new()).await?)
}

async fn page(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer<MarksPage> {
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let mut items = Vec::new();
    for made in state.app.read().list_discounts_against(account.id).await? {
        items.push(item(state, visitor, &made).await?);
    }
    let title = visitor.locale().t("marks-mine-title");
    Ok(MarksPage { page: frame::page(visitor, title, None).hidden().errors(!form.is_clean()), form, items })
}

async fn item(state: &WebState, visitor: &Visitor, made: &Discount) -> Answer<Item> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?.id;
    let read = state.app.read();
    let day = |at: jiff::Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    let contests = read.list_discount_contests(made.marked).await?;
    let mine = contests.iter().find(|contest| contest.batch == made.batch && contest.account == account);
    let still = read.find_discounted(made.marked, account).await? == Some(made.batch);
    Ok(Item {
        batch: made.batch,
        about: state.app.marked_title(made.marked, visitor.lang).await?,
        about_path: subject_path(made.marked),
        told: told(state, locale, made),
        contest: mine.map_or_else(String::new, |contest| match &contest.ruling {
            None => locale.f("contest-waits", &[("when", day(contest.at).into())]),
            Some(ruling) => {
                let key = if ruling.granted { "mark-contest-granted" } else { "contest-refused" };
                locale.f(key, &[("when", day(ruling.at).into()), ("reason", ruling.words.as_str().into())])
            }
        }),
        field: format!("contest-{}", made.batch),
        may_contest: still && mine.is_none(),
    })
}

/// Whoever set a mark contests that it is not counted.
///
/// # Errors
/// 404 for others, 409 for a second time, 422 without words.
pub async fn contest(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, batch)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let batch: Uuid = frame::id(&batch)?;
    let name = format!("contest-{batch}");
    match state.app.contest_discount(visitor.actor(), batch, form.raw(&name)).await {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/account/marks#d-{batch}"), "contest-sent")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with(&name, form.raw(&name));
            for fault in &faults {
                again.fail(&name, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&state, &visitor, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
