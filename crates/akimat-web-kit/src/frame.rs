//! What all pages have in common: the frame around them, rendering, messages after a redirect.

use crate::failure::{Answer, Failure};
use crate::kit::{Account, FlashKind, MenuItem, Page};
use crate::visitor::Visitor;
use akimat_app::FieldFault;
use akimat_core::{KatoCode, Lang, Place, Role};
use akimat_i18n::{Arg, Locale};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::civil::Date;

/// No script, style, picture or frame from anywhere but this server.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; connect-src 'self'";

/// The frame of a page for this visitor.
pub fn page(visitor: &Visitor, title: impl Into<String>, menu: Option<MenuItem>) -> Page {
    let locale = visitor.locale();
    let account = visitor.actor().map(|account| Account {
        name: account.display_name.clone(),
        role: locale.name("role", account.role.code()).into_owned(),
        officer: account.role != Role::Resident || !account.grants.is_empty(),
    });
    let mut page = Page::new(locale, visitor.path.clone(), title).account(account).csrf(visitor.csrf.clone());
    page.menu = menu;
    match flash_key(visitor) {
        Some(key) => page.flash(FlashKind::Ok, locale.t(key)),
        None => page,
    }
}

/// Messages that a redirect may ask the next page to show; nothing else in the address is believed.
const FLASHES: [&str; 101] = [
    "told-feed-renewed",
    "ballot-counted",
    "ballot-taken-back",
    "ballot-box-closed",
    "ballot-is-counted",
    "ballot-is-published",
    "ballot-paper-added",
    "ballot-begun",
    "ballot-paper-ended",
    "comment-waits",
    "exercise-taken",
    "exercise-opened",
    "exercise-closed",
    "proposal-photo-removed",
    "proposal-saved",
    "proposal-submitted",
    "proposal-supported",
    "proposal-unsupported",
    "proposal-withdrawn",
    "proposal-appealed",
    "proposal-invited",
    "proposal-no-more",
    "proposal-window-closed",
    "comment-edited",
    "comment-removed",
    "comment-supported",
    "comment-withdrawn",
    "comment-reported",
    "contest-sent",
    "contest-ruled",
    "moderation-done",
    "moderation-undone",
    "block-set",
    "block-ended",
    "security-ended",
    "security-ended-all",
    "security-contact-added",
    "security-contact-removed",
    "account-password-changed",
    "factor-removed",
    "token-revoked",
    "person-verified",
    "person-waits",
    "person-confirmed",
    "person-ended",
    "person-acted",
    "grant-given",
    "grant-is-revoked",
    "verification-done",
    "my-data-erased",
    "correction-asked",
    "correction-taken-back",
    "correction-is-decided",
    "duplicate-told-apart",
    "duplicate-merged",
    "criteria-begun",
    "criteria-approved",
    "criteria-withdrawn",
    "score-saved",
    "score-taken-back",
    "forecast-published",
    "forecast-same",
    "job-asked",
    "job-cancel-asked",
    "saved",
    "face-confirmed",
    "rating-saved",
    "comment-posted",
    "photo-added",
    "photo-saved",
    "photo-is-hidden",
    "photo-is-shown",
    "photo-is-erased",
    "acceptance-said",
    "acceptance-answered",
    "acceptance-is-hidden",
    "acceptance-is-shown",
    "question-asked",
    "question-answered",
    "moderation-hidden",
    "moderation-shown",
    "project-edit-saved",
    "project-edit-joined",
    "team-saved",
    "partner-saved",
    "task-given",
    "task-done",
    "project-stage-moved",
    "project-posted",
    "register-done",
    "import-asked",
    "import-gone",
    "import-undone",
    "import-profile-saved",
    "import-mapped",
    "signed-out",
    "decision-published",
    "programme-saved",
    "programme-solving",
    "programme-stopping",
    "programme-ruling-stored",
];

fn flash_key(visitor: &Visitor) -> Option<&'static str> {
    let (_, query) = visitor.path.split_once('?')?;
    let (_, wanted) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done")?;
    FLASHES.into_iter().find(|key| *key == wanted)
}

/// Renders a page.
///
/// # Errors
/// When the template fails, which is a fault of ours.
pub fn render(template: &impl Template) -> Answer {
    Ok(Html(template.render()?).into_response())
}

/// Renders a page whose form has faults.
///
/// # Errors
/// When the template fails.
pub fn render_invalid(template: &impl Template) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(template.render()?)).into_response())
}

/// Leads to another page of the platform after a form, with a message there.
pub fn redirect(visitor: &Visitor, path: &str, flash: &str) -> Response {
    let (path, anchor) = path.split_once('#').map_or((path, String::new()), |(p, a)| (p, format!("#{a}")));
    let glue = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&visitor.to(&format!("{path}{glue}done={flash}{anchor}"))).into_response()
}

/// The sentence of a wrong field. A use case hands over days as they are stored; people read them in words.
pub fn fault_text(locale: &Locale, fault: &FieldFault) -> String {
    let said: Vec<(&str, String)> = fault
        .args
        .iter()
        .map(|(name, value)| (*name, stored_day(value).map_or_else(|| value.clone(), |day| locale.date(day))))
        .collect();
    let args: Vec<(&str, Arg<'_>)> =
        said.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    locale.f(fault.key, &args)
}

/// A day as it is stored: `2026-10-01` and no other form, so that a number never passes for one.
fn stored_day(value: &str) -> Option<Date> {
    let shape = value.len() == 10 && value.as_bytes()[4] == b'-' && value.as_bytes()[7] == b'-';
    value.parse().ok().filter(|_| shape)
}

/// Reads the identifier in an address; a forged one is a page that does not exist.
///
/// # Errors
/// 404.
pub fn id<T: std::str::FromStr>(text: &str) -> Answer<T> {
    text.parse().map_err(|_| Failure::not_found())
}

/// A link to a territory.
#[derive(Clone, Debug)]
pub struct PlaceLink {
    /// Name in the visitor's language.
    pub name: String,
    /// Address without the language.
    pub path: String,
}

/// Where a page belongs: links to the territories above it, the top first.
pub fn crumbs(lang: Lang, path: &[Place]) -> Vec<PlaceLink> {
    path.iter()
        .map(|place| PlaceLink { name: place.name.get(lang).to_owned(), path: place_path(place.code) })
        .collect()
}

/// Address of a territory without the language.
pub fn place_path(code: KatoCode) -> String {
    format!("/places/{code}")
}
