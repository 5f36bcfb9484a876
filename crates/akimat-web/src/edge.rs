//! What happens around every request: who asks and in which language, whether a form comes from our own
//! pages, failures turned into pages, headers, one line of log and the metrics.

mod event;

use akimat_core::Lang;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::frame::POLICY;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::{Visitor, cookie, session_cookie};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    RETRY_AFTER, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::time::Instant;

/// A browser that came over TLS once comes over TLS for two years, below this host name too.
const ONLY_TLS: &str = "max-age=63072000; includeSubDomains";

/// Nothing of the device is used; each page says so, so that a script that slipped in gets nothing either.
const DEVICE: &str = "camera=(), microphone=(), payment=(), usb=(), geolocation=()";

/// The middleware around everything.
pub async fn edge(State(state): State<WebState>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let uri = request.uri().clone();
    let api = path.starts_with("/api/");
    let nobody = Visitor::nobody(request.headers(), request.uri(), address(&state, &request));
    let secure = state.options.secure_cookie;
    let token = cookie(request.headers(), session_cookie(secure)).map(str::to_owned);
    let met = match bearer(request.headers()).filter(|_| api) {
        Some(key) => meet_system(&state, nobody, key).await,
        None => meet(&state, nobody, token, &path).await,
    };
    let visitor = match met {
        Ok(visitor) => visitor,
        Err((visitor, failure)) => return finish(answer(&visitor, &failure, api, &path), &visitor, secure),
    };
    if !same_origin(&method, request.headers()) {
        let failure = Failure::new(StatusCode::FORBIDDEN, "bad_form");
        event::record((&state, &visitor), (&method, None), (failure.status, Some(&failure)));
        return finish(answer(&visitor, &failure, api, &path), &visitor, secure);
    }
    let route = request.extensions().get::<MatchedPath>().map(|p| p.as_str().to_owned());
    if route.as_deref().is_some_and(|route| route.starts_with("/{lang}")) && !in_our_language(&path) {
        record(&method, route.as_deref(), StatusCode::NOT_FOUND, started);
        return finish(answer(&visitor, &Failure::not_found(), api, &path), &visitor, secure);
    }
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND
        && method == Method::GET
        && let Some(moved) = akimat_web_public::project::former::moved(&state, &uri).await
    {
        response = moved;
    }
    let failure = failure_of(&response);
    let asked = (&method, route.as_deref());
    event::record((&state, &visitor), asked, (response.status(), failure.as_ref()));
    if let Some(failure) = failure {
        let allow = response.headers().get(axum::http::header::ALLOW).cloned();
        response = sign_in_first(&visitor, &failure, &method, api)
            .unwrap_or_else(|| answer(&visitor, &failure, api, &path));
        if let Some(allow) = allow {
            response.headers_mut().insert(axum::http::header::ALLOW, allow);
        }
    }
    record(&method, route.as_deref(), response.status(), started);
    finish(response, &visitor, secure)
}

/// The first part of the address is one of the languages, written as it should be.
fn in_our_language(path: &str) -> bool {
    path.split('/').nth(1).is_some_and(|first| Lang::parse(first).is_some())
}

/// Finds out who asks. The database is asked only when there is a session cookie, and never for assets.
async fn meet(
    state: &WebState,
    mut visitor: Visitor,
    token: Option<String>,
    path: &str,
) -> Result<Visitor, (Visitor, Failure)> {
    if let Some(token) = token
        && !path.starts_with("/assets/")
    {
        match state.app.account_of(&token).await {
            Ok(Some(account)) => match state.app.factor_is_missing(&account).await {
                Ok(missing) => {
                    visitor.sign(token, account);
                    visitor.must_secure = missing;
                }
                Err(error) => return Err((visitor, error.into())),
            },
            Ok(None) => {}
            Err(error) => return Err((visitor, error.into())),
        }
    }
    Ok(visitor)
}

/// The key that a system shows.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(axum::http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// Finds out for whom a system speaks. A key that does not hold is told: the system would wait in vain.
async fn meet_system(
    state: &WebState,
    mut visitor: Visitor,
    key: &str,
) -> Result<Visitor, (Visitor, Failure)> {
    match state.app.account_of_access_token(key).await {
        Ok(Some(account)) => {
            visitor.account = Some(std::sync::Arc::new(account));
            Ok(visitor)
        }
        Ok(None) => Err((visitor, akimat_app::AppError::SignInNeeded.into())),
        Err(error) => Err((visitor, error.into())),
    }
}

fn address(state: &WebState, request: &Request) -> String {
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    match forwarded {
        // The last entry is the one our own proxy wrote; what is before it, anybody can write.
        Some(list) if state.options.behind_proxy => {
            list.rsplit(',').next().unwrap_or_default().trim().chars().take(45).collect()
        }
        _ => request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map_or_else(String::new, |info| info.0.ip().to_string()),
    }
}

/// A changing request must come from our own pages. Browsers say so in `Sec-Fetch-Site` or `Origin`;
/// a client that sends neither is no browser led astray by another site, and signed-in forms carry a
/// proof of their own besides.
fn same_origin(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(ORIGIN), text(HOST)) {
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host))
        }
        (Some(_), None) => false,
        (None, _) => true,
    }
}

/// The failure a handler returned, or the one that a bare status of the router stands for.
fn failure_of(response: &Response) -> Option<Failure> {
    if let Some(failure) = response.extensions().get::<Failure>() {
        return Some(failure.clone());
    }
    let kind = response.headers().get(axum::http::header::CONTENT_TYPE);
    // The framework's own refusals are bare or plain text; what a handler rendered is neither.
    let plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let key = match response.status() {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        StatusCode::BAD_REQUEST => "bad_request",
        StatusCode::INTERNAL_SERVER_ERROR => "internal",
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => "unavailable",
        _ => return None,
    };
    plain.then(|| Failure::new(response.status(), key))
}

/// A page that needs somebody signed in leads to the sign-in page and back, one that needs the second step first to where
/// it is set up.
fn sign_in_first(visitor: &Visitor, failure: &Failure, method: &Method, api: bool) -> Option<Response> {
    if failure.key == "second_factor_needed" && !api {
        return Some(axum::response::Redirect::to(&visitor.to("/account/security")).into_response());
    }
    if failure.status != StatusCode::UNAUTHORIZED || api {
        return None;
    }
    let back = if *method == Method::GET { visitor.path.as_str() } else { "/" };
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", back).finish();
    Some(axum::response::Redirect::to(&visitor.to(&format!("/sign-in?{query}"))).into_response())
}

fn answer(visitor: &Visitor, failure: &Failure, api: bool, path: &str) -> Response {
    let mut failure = failure.clone();
    if let Some(log) = &failure.log {
        // Short enough to be read out on the telephone; the log has the same.
        let reference = format!("{:X}", jiff::Timestamp::now().as_millisecond());
        tracing::error!(key = failure.key, reference, path, "{log}");
        failure.reference = Some(reference);
    }
    let failure = &failure;
    let mut response = if api {
        akimat_web_api::problem::response(failure, path)
    } else {
        akimat_web_public::error::page(visitor, failure)
    };
    if let Some(seconds) = failure.retry_seconds {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn finish(mut response: Response, visitor: &Visitor, secure: bool) -> Response {
    let headers = response.headers_mut();
    let set = |headers: &mut HeaderMap, name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(headers, CONTENT_SECURITY_POLICY, POLICY);
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, REFERRER_POLICY, "same-origin");
    set(headers, HeaderName::from_static("permissions-policy"), DEVICE);
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    if secure {
        set(headers, STRICT_TRANSPORT_SECURITY, ONLY_TLS);
    }
    // Pages differ by session and change at any time: a shared cache may not keep them.
    set(headers, CACHE_CONTROL, if visitor.account.is_some() { "private, no-store" } else { "no-cache" });
    response
}

fn record(method: &Method, route: Option<&str>, status: StatusCode, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    let route = route.unwrap_or("other").to_owned();
    let labels = [
        ("method", method.as_str().to_owned()),
        ("route", route.clone()),
        ("status", status.as_u16().to_string()),
    ];
    metrics::counter!("akimat_http_requests_total", &labels).increment(1);
    metrics::histogram!("akimat_http_request_seconds", "route" => route.clone()).record(seconds);
    tracing::debug!(method = method.as_str(), route, status = status.as_u16(), seconds, "request");
}
