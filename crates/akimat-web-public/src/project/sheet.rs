//! A project outside its page: a card for other sites, a board with a code at the building site, a passport to print
//! or to keep as PDF.

pub mod passport;
pub mod qr;

use super::compare::share;
use super::feed::origin;
use akimat_core::{Lang, Money, ProjectId};
use akimat_project::Project;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use axum::http::request::Parts;

/// The card may stand in a frame of any site; nothing else may, and the card has no script and nothing to press but a
/// link.
const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; \
     base-uri 'none'; frame-ancestors *";

/// The facts that all three share.
#[derive(Debug)]
struct Facts {
    id: ProjectId,
    number: String,
    title: String,
    title_lang: &'static str,
    place: String,
    status: &'static str,
    status_name: String,
    progress: u8,
    progress_text: String,
    planned: String,
    paid_share: String,
    starts: String,
    ends: String,
    contractor: String,
    updated: String,
    invented: bool,
    /// Address of the page for those outside.
    link: String,
}

#[derive(Template)]
#[template(path = "public/project/embed.html")]
struct EmbedPage {
    page: Page,
    facts: Facts,
}

#[derive(Template)]
#[template(path = "public/project/share.html")]
struct SharePage {
    page: Page,
    facts: Facts,
    snippet: String,
    code: Markup,
}

#[derive(Template)]
#[template(path = "public/project/board.html")]
struct BoardPage {
    page: Page,
    facts: Facts,
    code: Markup,
}

/// A question about one project outside its page, with the project that the address names.
#[derive(Debug)]
pub struct Asked {
    state: WebState,
    visitor: Visitor,
    /// Where the platform is seen from outside.
    origin: String,
    project: Project,
}

impl FromRequestParts<WebState> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Answer<Self> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        let address = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((_, id)) = address.map_err(|_| Failure::not_found())?;
        let id: ProjectId = frame::id(&id)?;
        let found = state.app.read().find_project(id).await?;
        let (project, _, _) = found.ok_or_else(Failure::not_found)?;
        Ok(Self { state: state.clone(), visitor, origin: origin(state, &parts.headers), project })
    }
}

async fn facts(asked: &Asked) -> Answer<Facts> {
    let Asked { state, visitor, origin, project } = asked;
    let locale = visitor.locale();
    let unknown = || locale.t("no-data-short").into_owned();
    let sum = |money: Option<Money>| money.map_or_else(unknown, |money| locale.money_short(money));
    let date = |date: Option<jiff::civil::Date>| date.map_or_else(unknown, |date| locale.date(date));
    let (first, _, paid) = project.totals();
    let planned = project.later_totals().0.or(first);
    let places = place_names(state, locale, [project.place]).await?;
    let (title, fallback) = locale.text(&project.title);
    Ok(Facts {
        id: project.id,
        number: project.number.clone(),
        title: title.to_owned(),
        title_lang: fallback.map_or("", Lang::code),
        place: places.get(&project.place).cloned().unwrap_or_else(|| project.place.to_string()),
        status: project.status.code(),
        status_name: locale.name("status", project.status.code()).into_owned(),
        progress: project.progress_pct,
        progress_text: locale.percent(&project.progress_pct.to_string()),
        planned: sum(planned),
        paid_share: share(paid, planned).map_or_else(unknown, |share| locale.percent(&share)),
        starts: date(project.starts_on),
        ends: date(project.ends_on),
        contractor: if project.contractor.is_empty() { unknown() } else { project.contractor.clone() },
        updated: locale.date(project.updated_at.to_zoned(state.app.zone().clone()).date()),
        invented: project.invented,
        link: format!("{origin}{}", visitor.to(&format!("/projects/{}", project.id))),
    })
}

/// The card for other sites.
///
/// # Errors
/// 404 when there is no such project.
pub async fn embed(asked: Asked) -> Answer {
    let facts = facts(&asked).await?;
    let page = frame::page(&asked.visitor, facts.title.clone(), Some(MenuItem::Projects)).hidden();
    let mut response = frame::render(&EmbedPage { page, facts })?;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(EMBED_POLICY));
    Ok(response)
}

/// How to show the project elsewhere: the snippet, the code, the board, the passport, the feed.
///
/// # Errors
/// 404 when there is no such project.
pub async fn share_page(asked: Asked) -> Answer {
    let facts = facts(&asked).await?;
    let title = asked.visitor.locale().f("face-share-title", &[("title", facts.title.as_str().into())]);
    let snippet = format!(
        "<iframe src=\"{}/embed\" width=\"360\" height=\"380\" title=\"{}\" loading=\"lazy\"></iframe>",
        facts.link,
        super::feed::escape(&facts.title)
    );
    frame::render(&SharePage {
        page: frame::page(&asked.visitor, title, Some(MenuItem::Projects)).invented(facts.invented),
        code: qr::code(&facts.link)?,
        snippet,
        facts,
    })
}

/// The board for the building site, one sheet of A4.
///
/// # Errors
/// 404 when there is no such project.
pub async fn board(asked: Asked) -> Answer {
    let facts = facts(&asked).await?;
    let code = qr::code(&facts.link)?;
    let page = frame::page(&asked.visitor, facts.title.clone(), Some(MenuItem::Projects)).hidden();
    frame::render(&BoardPage { page, facts, code })
}

/// The code alone, as a picture to keep.
///
/// # Errors
/// 404 when there is no such project.
pub async fn code(asked: Asked) -> Answer {
    let facts = facts(&asked).await?;
    let body = qr::standalone(&facts.link)?;
    Ok(akimat_web_kit::download::file(
        &format!("qr-{}.svg", file_word(&asked.project.number)),
        "image/svg+xml",
        body,
    ))
}

/// A number of the register as part of a file's name.
pub fn file_word(number: &str) -> String {
    let plain: String =
        number.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(40).collect();
    if plain.chars().all(|c| c == '-') { "project".to_owned() } else { plain }
}
