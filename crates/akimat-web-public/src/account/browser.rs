//! What a request tells of its browser, and the cookies that a sign-in leaves there.

use akimat_app::account::{Browser, Entered, SESSION_HOURS, SignedIn};
use akimat_core::Role;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::{Visitor, cookie, session_cookie};
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::response::{IntoResponse, Redirect, Response};

/// Name of the cookie by which an account knows a browser again; see [`session_cookie`].
const fn device_cookie(secure: bool) -> &'static str {
    if secure { "__Host-akimat_device" } else { "akimat_device" }
}

/// The browser is known for a year after the last sign-in.
const DEVICE_SECONDS: i64 = 365 * 24 * 3_600;

/// The browser of a request.
pub(crate) fn browser(state: &WebState, visitor: &Visitor, headers: &HeaderMap) -> Browser {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Browser {
        words: device_words(agent),
        device: cookie(headers, device_cookie(state.options.secure_cookie)).unwrap_or_default().to_owned(),
        // The cookie itself: also a session that has ended must not go on under a new person.
        token: cookie(headers, session_cookie(state.options.secure_cookie)).unwrap_or_default().to_owned(),
        lang: visitor.lang,
    }
}

/// Program and system in two names, such as `Firefox, Linux`: enough to recognise one's own device, too little to follow
/// anybody.
pub(crate) fn device_words(agent: &str) -> String {
    // In this order: a browser names those it resembles, too.
    const PROGRAMS: [(&str, &str); 10] = [
        ("YaBrowser", "Yandex Browser"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("HeadlessChrome", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let of = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (of(&PROGRAMS), of(&SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

/// Leads on after a first factor that fits.
pub(crate) fn led_on(state: &WebState, visitor: &Visitor, entered: &Entered, next: &str) -> Option<Response> {
    match entered {
        Entered::In(signed_in) => Some(welcome(state, visitor, signed_in, next)),
        Entered::SecondFactor(id) => {
            let query: String =
                form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
            Some(Redirect::to(&visitor.to(&format!("/sign-in/second/{id}?{query}"))).into_response())
        }
        Entered::NameNeeded => None,
    }
}

/// Leads on after a sign-in, with the cookies.
pub(crate) fn welcome(state: &WebState, visitor: &Visitor, signed_in: &SignedIn, next: &str) -> Response {
    let officer = signed_in.account.role != Role::Resident;
    let next = if next == "/" && officer { "/admin" } else { next };
    let mut response = Redirect::to(&visitor.to(next)).into_response();
    keep(&mut response, state, signed_in);
    response
}

/// The cookies of a sign-in.
pub(crate) fn keep(response: &mut Response, state: &WebState, signed_in: &SignedIn) {
    let session = session_cookie(state.options.secure_cookie);
    set_cookie(response, state, (session, &signed_in.token), SESSION_HOURS * 3_600);
    set_cookie(
        response,
        state,
        (device_cookie(state.options.secure_cookie), &signed_in.device),
        DEVICE_SECONDS,
    );
}

/// A cookie is out of reach for scripts and does not travel with forms of other sites.
pub(crate) fn set_cookie(
    response: &mut Response,
    state: &WebState,
    (name, value): (&str, &str),
    seconds: i64,
) {
    let secure = if state.options.secure_cookie { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::device_words;

    #[test]
    fn a_browser_is_told_in_two_words() {
        for (agent, words) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
            (
                "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 YaBrowser/24.10 Safari/537.36",
                "Yandex Browser, Windows",
            ),
            ("curl/8.5", ""),
            ("", ""),
            ("<script>", ""),
        ] {
            assert_eq!(device_words(agent), words, "{agent}");
        }
    }
}
