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

/// The frame of a page for this visitor.
pub fn page(visitor: &Visitor, title: impl Into<String>, menu: Option<MenuItem>) -> Page {
    let locale = visitor.locale();
    let account = visitor.actor().map(|account| Account {
        name: account.display_name.clone(),
        role: locale.name("role", account.role.code()).into_owned(),
        officer: account.role != Role::Resident,
    });
    let mut page = Page::new(locale, visitor.path.clone(), title).account(account).csrf(visitor.csrf.clone());
    page.menu = menu;
    match flash_key(visitor) {
        Some(key) => page.flash(FlashKind::Ok, locale.t(key)),
        None => page,
    }
}

/// Messages that a redirect may ask the next page to show; nothing else in the address is believed.
const FLASHES: [&str; 25] = [
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
    "rating-saved",
    "comment-posted",
    "question-asked",
    "question-answered",
    "moderation-hidden",
    "moderation-shown",
    "project-edit-saved",
    "project-posted",
    "register-done",
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

/// The sentence of a wrong field.
pub fn fault_text(locale: &Locale, fault: &FieldFault) -> String {
    let args: Vec<(&str, Arg<'_>)> =
        fault.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    locale.f(fault.key, &args)
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
