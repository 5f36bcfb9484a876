//! `/admin/marks/{kind}/{id}`: votes and support that have a pattern in common, discounting them, and contests about it.

use super::act::under;
use akimat_app::AppError;
use akimat_app::discount::{Chosen, Cluster, contest_key};
use akimat_app::moderation::reason_of;
use akimat_core::{AccountId, KatoCode};
use akimat_i18n::Locale;
use akimat_storage::discount::{Discount, DiscountContest, MarkKind, Marked};
use akimat_storage::participation::Pattern;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::discount::{subject_path, told};
use akimat_web_kit::view::talk::{invalid, reasons};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use jiff::Timestamp;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/marks.html")]
struct MarksPage {
    page: Page,
    form: kit::Form,
    about: String,
    about_path: String,
    path: String,
    code: &'static str,
    /// When it was looked, in microseconds: marks that come later are not hit.
    seen: i64,
    tabs: Vec<(String, String, bool)>,
    pattern_about: String,
    groups: Vec<(String, String)>,
    reasons: Vec<(String, String)>,
    made: Vec<Made>,
}

/// A discount, with what people say against it.
struct Made {
    batch: Uuid,
    told: String,
    undone: bool,
    contests: Vec<Contested>,
}

struct Contested {
    key: String,
    words: String,
    ruling: String,
    field: String,
    may_rule: bool,
}

fn marked(kind: &str, id: &str) -> Answer<Marked> {
    let kind = MarkKind::parse(kind).ok_or_else(Failure::not_found)?;
    Ok(Marked { kind, subject: frame::id(id)? })
}

fn path_of(marked: Marked) -> String {
    format!("/admin/marks/{}/{}", marked.kind.code(), marked.subject)
}

/// Groups that a rule would hit, and what was discounted before.
///
/// # Errors
/// 403 outside the moderator's territory, 404 without the subject.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, kind, id)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let pattern = Pattern::parse(asked.get("by")).unwrap_or(Pattern::Address);
    frame::render(&page((&state, &visitor), (marked(&kind, &id)?, pattern), kit::Form::new()).await?)
}

async fn page(
    (state, visitor): (&WebState, &Visitor),
    (marked, pattern): (Marked, Pattern),
    form: kit::Form,
) -> Answer<MarksPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?.id;
    let preview = state.app.preview_marks(visitor.actor(), marked, pattern).await?;
    let path = path_of(marked);
    let tab = |own: Pattern| {
        let name = locale.name("pattern", own.code()).into_owned();
        (format!("{path}?by={}", own.code()), name, own == pattern)
    };
    let read = state.app.read();
    let contests = read.list_discount_contests(marked).await?;
    let made = read.list_discounts_of(marked).await?;
    Ok(MarksPage {
        page: frame::page(visitor, locale.t("discount-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        about: preview.title.get(visitor.lang).to_owned(),
        about_path: subject_path(marked),
        code: pattern.code(),
        seen: preview.seen_at.as_microsecond(),
        tabs: Pattern::ALL.map(tab).into(),
        pattern_about: locale.t(&format!("discount-about-{}", pattern.code())).into_owned(),
        groups: preview.clusters.iter().map(|group| choice(state, locale, group)).collect(),
        reasons: reasons(visitor),
        made: made.iter().map(|one| made_of((state, locale), one, (&contests, account))).collect(),
        path,
        form,
    })
}

/// A group to choose: how many marks would fall away, of votes also with which values.
fn choice(state: &WebState, locale: &Locale, group: &Cluster) -> (String, String) {
    let when = |at| locale.date_time(at, state.app.zone());
    let mut told = match group.span {
        Some((first, last)) => {
            let args = [("n", group.n.into()), ("first", when(first).into()), ("last", when(last).into())];
            locale.f("discount-group", &args)
        }
        None => locale.f("discount-group-words", &[("n", group.n.into())]),
    };
    for (value, n) in (1_u8..).zip(group.votes).filter(|(_, n)| *n > 0) {
        let args = [("value", value.into()), ("n", n.into())];
        told = format!("{told} {}", locale.f("discount-group-value", &args));
    }
    (format!("{}-{}", group.n, group.value), told)
}

fn made_of(
    (state, locale): (&WebState, &Locale),
    one: &Discount,
    (contests, moderator): (&[DiscountContest], AccountId),
) -> Made {
    let day = |at: Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    let about = |contest: &&DiscountContest| contest.batch == one.batch;
    let undone = one.undone_at.is_some();
    let view = |contest: &DiscountContest| Contested {
        key: contest_key(contest),
        words: contest.words.clone(),
        ruling: contest.ruling.as_ref().map_or_else(String::new, |ruling| {
            let key = if ruling.granted { "discount-contest-granted" } else { "discount-contest-refused" };
            locale.f(key, &[("when", day(ruling.at).into()), ("reason", ruling.words.as_str().into())])
        }),
        field: format!("ruling-{}", contest_key(contest)),
        may_rule: contest.ruling.is_none() && !undone && contest.against != Some(moderator),
    };
    let contests = contests.iter().filter(about).map(view).collect();
    Made { batch: one.batch, told: told(state, locale, one), undone, contests }
}

/// Discounts in a territory that somebody contests: address, sentence.
pub(super) async fn contested(
    state: &WebState,
    visitor: &Visitor,
    place: KatoCode,
) -> Answer<Vec<(String, String)>> {
    let mut all = Vec::new();
    for made in state.app.read().list_contested_discounts(place).await? {
        let title = state.app.marked_title(made.marked, visitor.lang).await?;
        let told = told(state, visitor.locale(), &made);
        all.push((format!("{}#made", path_of(made.marked)), format!("{title}: {told}")));
    }
    Ok(all)
}

/// Discounts a group.
///
/// # Errors
/// 403 outside the moderator's territory, 404 without the subject, 422 without a reason.
pub async fn discount(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, kind, id)): Path<(String, String, String)>,
    sent: Form,
) -> Answer {
    let marked = marked(&kind, &id)?;
    let pattern = Pattern::parse(sent.get("by")).ok_or_else(Failure::not_found)?;
    let (n, value) = sent.get("group").split_once('-').unwrap_or_default();
    let seen_at = sent.get("seen").parse().ok().and_then(|at| Timestamp::from_microsecond(at).ok());
    let done = match reason_of("code", sent.get("code")) {
        Ok(code) => {
            let seen_at = seen_at.unwrap_or_else(|| state.app.now());
            let chosen = Chosen { value, n: n.parse().unwrap_or(0), seen_at };
            let why = (code, sent.raw("words"));
            state.app.discount_marks(visitor.actor(), (marked, pattern), chosen, why).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(frame::redirect(&visitor, &format!("{}#made", path_of(marked)), "moderation-done")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new();
            for name in ["group", "code", "words"] {
                form = form.with(name, sent.raw(name));
            }
            let form = invalid(&visitor, form, &faults);
            frame::render_invalid(&page((&state, &visitor), (marked, pattern), form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Counts the marks of a discount again.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when it is undone already.
pub async fn undo(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, batch)): Path<(String, String)>,
    _sent: Form,
) -> Answer {
    let marked = state.app.undo_discount(visitor.actor(), frame::id(&batch)?).await?;
    Ok(frame::redirect(&visitor, &format!("{}#made", path_of(marked)), "moderation-undone"))
}

/// Another moderator decides on a contest.
///
/// # Errors
/// 403 for the moderator who discounted it, 404 without it, 409 when it is decided, 422 without words.
pub async fn rule(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, batch, key)): Path<(String, String, String)>,
    sent: Form,
) -> Answer {
    let batch: Uuid = frame::id(&batch)?;
    let name = format!("ruling-{key}");
    let said = (sent.get("granted") == "1", sent.raw(&name));
    match state.app.rule_discount_contest(visitor.actor(), (batch, &key), said).await {
        Ok(marked) => Ok(frame::redirect(&visitor, &format!("{}#made", path_of(marked)), "contest-ruled")),
        Err(AppError::Invalid(faults)) => {
            let made = state.app.read().find_discount(batch).await?.ok_or_else(Failure::not_found)?;
            let again = kit::Form::new().with(&name, sent.raw(&name));
            let form = invalid(&visitor, again, &under(&name, faults));
            frame::render_invalid(&page((&state, &visitor), (made.marked, made.pattern), form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
