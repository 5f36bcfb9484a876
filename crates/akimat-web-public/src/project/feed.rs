//! Feeds of what happens to projects: Atom (RFC 4287), by the same address as the list, and of one project.

use akimat_app::project_query::canonical;
use akimat_core::ProjectId;
use akimat_storage::project_map::Happening;
use akimat_storage::{PageRequest, ProjectCard, ProjectEvent, ProjectFilter, ProjectSort};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project_choices::{asked, with_query};
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{
    CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Entries of one feed.
const ENTRIES_MAX: u16 = 50;

/// Where the platform is for those outside: as the operator says, or else as this request came.
pub fn origin(state: &WebState, headers: &HeaderMap) -> String {
    if !state.options.origin.is_empty() {
        return state.options.origin.clone();
    }
    let host =
        headers.get(axum::http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    format!("http://{}", if plain { host } else { "localhost" })
}

/// The feed of a search.
///
/// # Errors
/// When the database fails.
pub async fn search(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = canonical(&query.unwrap_or_default());
    let (filter, _) = asked(&state, &query);
    let what = state.app.subscription_words(visitor.locale(), &query).await?;
    let feed = Feed {
        title: visitor.locale().f("face-feed-title", &[("what", what.into())]),
        path: with_query("/projects/feed.atom", &query),
        page: with_query("/projects", &query),
    };
    let cards = changed(&state, &filter).await?;
    answer(&state, &visitor, &headers, (&feed, cards)).await
}

/// The feed of one project.
///
/// # Errors
/// 404 when there is no such project.
pub async fn project(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    let cards = changed(&state, &ProjectFilter { ids: vec![id], ..ProjectFilter::default() }).await?;
    let card = cards.get(&id).ok_or_else(Failure::not_found)?;
    let title = visitor.locale().text(&card.title).0.to_owned();
    let feed = Feed {
        title: visitor.locale().f("face-feed-title", &[("what", title.into())]),
        path: format!("/projects/{id}/feed.atom"),
        page: format!("/projects/{id}"),
    };
    answer(&state, &visitor, &headers, (&feed, cards)).await
}

/// The feed of what somebody follows, by an address that nobody guesses.
///
/// # Errors
/// When the database fails.
pub async fn of_followed(
    state: &WebState,
    visitor: &Visitor,
    headers: &HeaderMap,
    (ids, title, path): (Vec<ProjectId>, String, String),
) -> Answer {
    let cards = if ids.is_empty() {
        // No filter at all would mean every project.
        BTreeMap::new()
    } else {
        changed(state, &ProjectFilter { ids, ..ProjectFilter::default() }).await?
    };
    let feed = Feed { title, path, page: "/account/notices/settings".to_owned() };
    answer(state, visitor, headers, (&feed, cards)).await
}

struct Feed {
    title: String,
    path: String,
    page: String,
}

/// Every event of a project changes it, so that the newest events are those of the projects changed last.
async fn changed(state: &WebState, filter: &ProjectFilter) -> Answer<BTreeMap<ProjectId, ProjectCard>> {
    let request = PageRequest::first(PageRequest::LIMIT_MAX);
    let page = state.app.read().list_projects(filter, ProjectSort::Updated, &request).await?;
    Ok(page.items.into_iter().map(|card| (card.id, card)).collect())
}

async fn answer(
    state: &WebState,
    visitor: &Visitor,
    headers: &HeaderMap,
    (feed, cards): (&Feed, BTreeMap<ProjectId, ProjectCard>),
) -> Answer {
    let ids: Vec<ProjectId> = cards.keys().copied().collect();
    let events = state.app.read().list_project_events(&ids, Timestamp::UNIX_EPOCH, ENTRIES_MAX).await?;
    let updated = events.first().map_or(Timestamp::UNIX_EPOCH, |event| event.at);
    let body = write(state, visitor, &origin(state, headers), (feed, &cards, &events));
    Ok(conditional(headers, "application/atom+xml; charset=utf-8", updated, body))
}

/// The answer, or that nothing changed since the reader asked last.
pub fn conditional(headers: &HeaderMap, kind: &'static str, updated: Timestamp, body: String) -> Response {
    let digest = Sha256::digest(body.as_bytes());
    let etag =
        digest.iter().take(12).fold(String::from("\""), |text, byte| format!("{text}{byte:02x}")) + "\"";
    let modified = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&updated).unwrap_or_default();
    let asked = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let same = match (asked(IF_NONE_MATCH), asked(IF_MODIFIED_SINCE)) {
        // Compared weakly: a proxy that compresses marks the tag with W/.
        (Some(tags), _) => tags.split(',').any(|tag| {
            matches!(tag.trim().trim_start_matches("W/"), "*") || tag.trim().trim_start_matches("W/") == etag
        }),
        (None, Some(since)) => since == modified,
        (None, None) => false,
    };
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, kind)], body).into_response()
    };
    for (name, value) in [(ETAG, etag), (LAST_MODIFIED, modified)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn write(
    state: &WebState,
    visitor: &Visitor,
    origin: &str,
    (feed, cards, events): (&Feed, &BTreeMap<ProjectId, ProjectCard>, &[ProjectEvent]),
) -> String {
    let locale = visitor.locale();
    let here = |path: &str| escape(&format!("{origin}{}", visitor.to(path)));
    let site = escape(&locale.t("site-name"));
    // Writing to a string cannot fail.
    let mut out = String::new();
    let _ = writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    let _ =
        writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", visitor.lang.code());
    let _ = writeln!(out, "<id>{}</id>", here(&feed.path));
    let _ = writeln!(out, "<title>{}</title>", escape(&feed.title));
    let updated = events.first().map_or(Timestamp::UNIX_EPOCH, |event| event.at);
    let _ = writeln!(out, "<updated>{}</updated>", instant(updated));
    let _ = writeln!(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", here(&feed.path));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", here(&feed.page));
    let _ = writeln!(out, "<author><name>{site}</name></author>");
    for event in events {
        let Some(card) = cards.get(&event.project) else { continue };
        let title = locale.text(&card.title).0;
        let words = state.app.event_words(locale, event);
        let path = format!("/projects/{}", event.project);
        let _ = writeln!(out, "<entry>");
        let _ = writeln!(out, "<id>{}</id>", escape(&entry_id(event)));
        let _ = writeln!(out, "<title>{}</title>", escape(title));
        let _ = writeln!(out, "<updated>{}</updated>", instant(event.at));
        let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", here(&path));
        if !event.by.is_empty() {
            let _ = writeln!(out, "<author><name>{}</name></author>", escape(&event.by));
        }
        let _ = writeln!(
            out,
            "<category term=\"{}\" label=\"{}\"/>",
            card.sector.code(),
            escape(&locale.name("sector", card.sector.code()))
        );
        let _ = writeln!(out, "<content type=\"text\">{}</content>", escape(&words));
        let _ = writeln!(out, "</entry>");
    }
    out.push_str("</feed>\n");
    out
}

/// The name of an entry for ever. A project that is registered and moved in one instant has two.
fn entry_id(event: &ProjectEvent) -> String {
    let from = match &event.what {
        Happening::Moved { from: Some(from), .. } => format!("/{}", from.code()),
        _ => String::new(),
    };
    format!("tag:akimat,2026:{}{from}", event.name())
}

fn instant(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).map_or_else(|_| at.to_string(), |whole| whole.to_string())
}

/// Text as XML shows it; characters that XML 1.0 cannot hold become the sign of an unreadable one.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_it() {
        assert_eq!(escape("a<b>&\"c\u{1}\n"), "a&lt;b&gt;&amp;&quot;c\u{fffd}\n");
    }

    #[test]
    fn unchanged_feeds_are_not_sent_again() {
        let at: Timestamp = "2026-05-01T10:00:00.5Z".parse().unwrap();
        let ask = |name: HeaderName, value: &HeaderValue| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.clone());
            conditional(&headers, "text/plain", at, "body".to_owned()).status()
        };
        let first = conditional(&HeaderMap::new(), "text/plain", at, "body".to_owned());
        assert_eq!(first.status(), StatusCode::OK);
        assert_eq!(first.headers()[LAST_MODIFIED], "Fri, 01 May 2026 10:00:00 GMT");
        assert_eq!(ask(IF_NONE_MATCH, &first.headers()[ETAG]), StatusCode::NOT_MODIFIED);
        assert_eq!(ask(IF_MODIFIED_SINCE, &first.headers()[LAST_MODIFIED]), StatusCode::NOT_MODIFIED);
        assert_eq!(ask(IF_NONE_MATCH, &HeaderValue::from_static("\"x\"")), StatusCode::OK);
    }
}
