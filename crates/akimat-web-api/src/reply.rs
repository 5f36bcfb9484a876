//! Answers with a strong tag, so that an unchanged resource costs no second transfer.

use crate::asked::Asked;
use crate::cursor;
use crate::problem::Refusal;
use akimat_core::{Lang, Money, MoneyUnit, Text};
use akimat_i18n::catalogue;
use akimat_storage::Cursor;
use akimat_web_kit::failure::Failure;
use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_TYPE,
    ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What handlers of the API answer.
pub type Reply = Result<Response, Refusal>;

/// Money of every resource is in tenge.
pub const CURRENCY: &str = "KZT";

/// A resource.
///
/// # Errors
/// 500 when it cannot be written as JSON, which only a bug can cause.
pub fn resource(headers: &HeaderMap, value: &impl Serialize) -> Reply {
    let body = serde_json::to_vec(value).map_err(Failure::internal)?;
    Ok(tagged(headers, body.into()))
}

/// JSON with its tag: whole, or 304 when the client has it already.
pub fn tagged(headers: &HeaderMap, body: Bytes) -> Response {
    let hash = hex(&Sha256::digest(&body)[..16]);
    let tag = tag(&hash, headers);
    let known = headers.get_all(IF_NONE_MATCH).iter().any(|list| names(list.as_bytes(), &hash));
    let fixed = |name: HeaderName, value| (name, HeaderValue::from_static(value));
    let common = [
        (ETAG, HeaderValue::try_from(tag).expect("hexadecimal digits and quotes make a header")),
        fixed(CACHE_CONTROL, "no-cache"),
        fixed(VARY, "accept-encoding"),
        fixed(ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        fixed(ACCESS_CONTROL_EXPOSE_HEADERS, "etag"),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [fixed(CONTENT_TYPE, "application/json")], body).into_response()
}

/// A strong tag is of the bytes that travel, and those are compressed as the client wishes: the hash of
/// the content is followed by a mark of that wish.
fn tag(hash: &str, headers: &HeaderMap) -> String {
    match headers.get(ACCEPT_ENCODING) {
        None => format!("\"{hash}\""),
        Some(wish) if wish.as_bytes().eq_ignore_ascii_case(b"identity") => format!("\"{hash}\""),
        Some(wish) => format!("\"{hash}-{}\"", hex(&Sha256::digest(wish.as_bytes())[..2])),
    }
}

/// The list of tags, weak ones included, names the content with this hash (RFC 9110, section 13.1.2).
fn names(list: &[u8], hash: &str) -> bool {
    let Ok(list) = std::str::from_utf8(list) else { return false };
    list.split(',').map(str::trim).any(|tag| {
        let opaque = tag.strip_prefix("W/").unwrap_or(tag);
        let opaque = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        tag == "*" || opaque.is_some_and(|tag| tag.split('-').next() == Some(hash))
    })
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A part of a list.
#[derive(Debug, Serialize)]
pub struct List<T> {
    items: Vec<T>,
    /// The cursor of the next page.
    next: Option<String>,
    links: ListLinks,
}

#[derive(Debug, Serialize)]
struct ListLinks {
    #[serde(rename = "self")]
    own: String,
    next: Option<String>,
}

/// A list with the addresses of itself and of its next page.
pub fn list<T>(asked: &Asked, items: Vec<T>, order: &str, next: Option<&Cursor>) -> List<T> {
    let next = next.map(|next| cursor::write(order, next));
    let path = asked.uri.path();
    let query = asked.uri.query().unwrap_or_default();
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "cursor");
    let kept: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    let glue = if kept.is_empty() { "" } else { "&" };
    let links = ListLinks {
        own: if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") },
        next: next.as_ref().map(|next| format!("{path}?{kept}{glue}cursor={next}")),
    };
    List { items, next, links }
}

/// Where a thing is.
#[derive(Debug, Serialize)]
pub struct Links {
    #[serde(rename = "self")]
    own: String,
    html: Text,
}

/// The address of a thing here and of its page in each language.
pub fn links(own: String, page: &str) -> Links {
    let html = |lang: Lang| format!("/{}{page}", lang.code());
    Links { own, html: Text::new(html(Lang::Kk), html(Lang::Ru), html(Lang::En)) }
}

/// An amount as a decimal in tenge with two places.
pub fn amount(money: Money) -> String {
    money.to_decimal(MoneyUnit::Tenge, 2)
}

/// The same where the amount may be unknown.
pub fn amount_opt(money: Option<Money>) -> Option<String> {
    money.map(amount)
}

/// A sentence of the catalogue in the three languages.
pub fn words(key: &str) -> Text {
    let sentence = |lang| catalogue().locale(lang).t(key).into_owned();
    Text::new(sentence(Lang::Kk), sentence(Lang::Ru), sentence(Lang::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_tag_is_recognised_in_lists_and_weak_forms() {
        let check = |list: &str, known| assert_eq!(names(list.as_bytes(), "abcd"), known, "{list}");
        check("\"abcd\"", true);
        check("W/\"abcd\"", true);
        check("\"1\", W/\"2\",\"abcd-9f01\"", true);
        check("*", true);
        check("abcd", false);
        check("\"abc\"", false);
        check("\"xabcd\"", false);
        check("\"abcd", false);
        check("", false);
        assert!(!names(b"\xff\"abcd\"", "abcd"));
    }

    #[test]
    fn the_same_content_has_the_same_tag_for_the_same_wish_only() {
        let answer = |wish: Option<&str>, known: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(wish) = wish {
                headers.insert(ACCEPT_ENCODING, wish.parse().unwrap());
            }
            if let Some(known) = known {
                headers.insert(IF_NONE_MATCH, known.parse().unwrap());
            }
            tagged(&headers, Bytes::from_static(b"{}"))
        };
        let tag = |response: &Response| response.headers()[ETAG].to_str().unwrap().to_owned();
        let plain = tag(&answer(None, None));
        assert_eq!(plain, "\"44136fa355b3678a1146ad16f7e8649e\"");
        assert_eq!(plain, tag(&answer(Some("identity"), None)));
        let gzip = tag(&answer(Some("gzip"), None));
        assert_ne!(plain, gzip);
        assert_ne!(gzip, tag(&answer(Some("br"), None)));
        for known in [plain.as_str(), gzip.as_str(), "\"x\", *"] {
            let response = answer(Some("gzip"), Some(known));
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{known}");
            assert_eq!(tag(&response), gzip);
        }
        assert_eq!(answer(None, Some("\"x\"")).status(), StatusCode::OK);
    }
}
