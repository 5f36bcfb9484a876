//! Who asks, in which language, for which page.

use akimat_app::account::csrf_token;
use akimat_core::Lang;
use akimat_i18n::{Locale, catalogue};
use akimat_storage::Account;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use std::convert::Infallible;
use std::sync::Arc;

/// Name of the session cookie. Over TLS the prefix makes browsers refuse one that came without TLS, for another path
/// or from a neighbouring host name (RFC 6265bis, section 4.1.3).
pub const fn session_cookie(secure: bool) -> &'static str {
    if secure { "__Host-akimat_session" } else { "akimat_session" }
}

/// One request's visitor; made once by the edge of the site, taken by handlers as an argument.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Language of the answer: the first part of the address, or else what the browser prefers.
    pub lang: Lang,
    /// The address without the language, with its query: `/projects?status=tender`.
    pub path: String,
    /// Who is signed in.
    pub account: Option<Arc<Account>>,
    /// Proof for forms; empty when nobody is signed in.
    pub csrf: String,
    /// Token of the session; empty when nobody is signed in.
    pub token: String,
    /// The operator demands a second factor that the account has not set up: until then nothing is open but what
    /// everybody may read, and the page where it is set up.
    pub must_secure: bool,
    /// Address of the visitor, for rate limits only.
    pub address: String,
    /// What the browser says of itself: to find floods of comments, kept only as a keyed hash.
    pub device: String,
}

impl Visitor {
    /// Sentences, numbers and dates in the visitor's language.
    pub fn locale(&self) -> &'static Locale {
        catalogue().locale(self.lang)
    }

    /// An address in the visitor's language: `self.to("/projects")` is `/kk/projects`, `self.to("/")` is `/kk`.
    pub fn to(&self, path: &str) -> String {
        let home = path.strip_prefix('/').filter(|rest| rest.is_empty() || rest.starts_with(['?', '#']));
        format!("/{}{}", self.lang.code(), home.unwrap_or(path))
    }

    /// Who is signed in, as use cases want it.
    pub fn actor(&self) -> Option<&Account> {
        self.account.as_deref()
    }

    /// A request of which nothing is known but what it says of itself.
    pub fn nobody(headers: &HeaderMap, uri: &Uri, address: String) -> Self {
        let (lang, path) = split_language(uri);
        Self {
            lang: lang.unwrap_or_else(|| preferred_language(headers)),
            path,
            account: None,
            csrf: String::new(),
            token: String::new(),
            must_secure: false,
            address,
            device: device(headers),
        }
    }

    /// The session of the request is that of an account.
    pub fn sign(&mut self, token: String, account: Account) {
        self.csrf = csrf_token(&token);
        self.token = token;
        self.account = Some(Arc::new(account));
    }
}

/// Longest header that is looked at.
const DEVICE_MAX: usize = 400;

fn device(headers: &HeaderMap) -> String {
    let said = |name: &str| {
        let text = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        text.chars().take(DEVICE_MAX).collect::<String>()
    };
    format!("{}\n{}", said("user-agent"), said("accept-language"))
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let made = parts.extensions.get::<Self>().cloned();
        Ok(made.unwrap_or_else(|| Self::nobody(&parts.headers, &parts.uri, String::new())))
    }
}

/// The language in the address and what follows it, query included.
fn split_language(uri: &Uri) -> (Option<Lang>, String) {
    let whole = uri.path_and_query().map_or("/", |p| p.as_str());
    let rest = whole.strip_prefix('/').unwrap_or(whole);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    match Lang::parse(&rest[..end]) {
        Some(lang) => {
            let tail = &rest[end..];
            let path = if tail.starts_with('/') { tail.to_owned() } else { format!("/{tail}") };
            (Some(lang), path)
        }
        None => (None, "/".to_owned()),
    }
}

/// The first of our languages in the order of the browser's wishes; Kazakh when it wishes none.
pub fn preferred_language(headers: &HeaderMap) -> Lang {
    let wishes = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best: Option<(f32, Lang)> = None;
    for wish in wishes.split(',').take(20) {
        let mut parts = wish.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_lowercase();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
        let Some(lang) = Lang::parse(tag.split('-').next().unwrap_or_default()) else { continue };
        if weight > 0.0 && best.is_none_or(|(top, _)| weight > top) {
            best = Some((weight, lang));
        }
    }
    best.map_or(Lang::Kk, |(_, lang)| lang)
}

/// The value of one cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_names_the_language() {
        let check = |uri: &str, lang, path: &str| {
            assert_eq!(split_language(&uri.parse().unwrap()), (lang, path.to_owned()), "{uri}");
        };
        check("/kk", Some(Lang::Kk), "/");
        check("/ru/projects?status=tender", Some(Lang::Ru), "/projects?status=tender");
        check("/en?x=1", Some(Lang::En), "/?x=1");
        check("/kkk/projects", None, "/");
        check("/", None, "/");
    }

    #[test]
    fn the_browser_may_wish() {
        let check = |wish: &str, lang| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, wish.parse().unwrap());
            assert_eq!(preferred_language(&headers), lang, "{wish}");
        };
        check("de, ru-KZ;q=0.8, en;q=0.9", Lang::En);
        check("ru", Lang::Ru);
        check("kk-KZ, ru", Lang::Kk);
        check("fr;q=x", Lang::Kk);
        check("en;q=0, ru;q=0.1", Lang::Ru);
    }
}
