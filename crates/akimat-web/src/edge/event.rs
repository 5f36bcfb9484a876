//! Events of security, one line of the log each: who signs in and who is refused what. A person stands there as the
//! identifier of the account, a stranger as a keyed hash of the address, which is another one every day.

use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::http::{Method, StatusCode};

/// What happened, by what was asked and what came of it; `None` for what is no matter of security.
fn kind(method: &Method, route: &str, status: StatusCode, failure: Option<&Failure>) -> Option<&'static str> {
    // A page that leads to the sign-in page was refused: what counts is why.
    let status = failure.map_or(status, |failure| failure.status);
    let door = route.starts_with("/{lang}/sign-in") || route.starts_with("/auth/");
    let proves = door || route.starts_with("/{lang}/once/") || route == "/{lang}/register";
    match status.as_u16() {
        429 => Some("slowed_down"),
        403 if failure.is_some_and(|failure| failure.key == "bad_form") => Some("forged_form"),
        401 | 403 => Some("refused"),
        400 | 413 | 415 => Some("bad_input"),
        422 if proves && *method == Method::POST => Some("proof_refused"),
        200..=399 if door && (*method == Method::POST || route.starts_with("/auth/")) => Some("proof_taken"),
        _ => None,
    }
}

/// Writes the line, if there is one to write.
pub(super) fn record(
    (state, visitor): (&WebState, &Visitor),
    (method, route): (&Method, Option<&str>),
    (status, failure): (StatusCode, Option<&Failure>),
) {
    let route = route.unwrap_or("other");
    let Some(event) = kind(method, route, status, failure) else { return };
    let account = visitor.actor().map(|account| account.id.to_string()).unwrap_or_default();
    let source = state.app.source_of(&visitor.address);
    let status = failure.map_or(status, |failure| failure.status).as_u16();
    let why = failure.map_or("", |failure| failure.key);
    let method = method.as_str();
    tracing::info!(target: "akimat_security", event, method, route, status, why, account, source, "security");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_is_told() {
        let code = |status| StatusCode::from_u16(status).unwrap();
        let check = |asked: (&Method, &str), status, key: &'static str, due: Option<&str>| {
            let failure = (!key.is_empty()).then(|| Failure::new(code(status), key));
            assert_eq!(
                kind(asked.0, asked.1, code(status), failure.as_ref()),
                due,
                "{asked:?} {status} {key}"
            );
        };
        let (get, post) = (&Method::GET, &Method::POST);
        check((get, "/{lang}"), 200, "", None);
        check((get, "/{lang}/sign-in"), 200, "", None);
        check((post, "/{lang}/sign-in"), 303, "", Some("proof_taken"));
        check((post, "/{lang}/sign-in"), 422, "", Some("proof_refused"));
        check((get, "/auth/{name}/callback"), 303, "", Some("proof_taken"));
        check((post, "/{lang}/once/{act}/{id}/enter"), 422, "", Some("proof_refused"));
        check((post, "/{lang}/projects/{id}/comments"), 422, "", None);
        check((get, "/{lang}/admin"), 401, "sign_in_needed", Some("refused"));
        check((get, "/{lang}/admin"), 403, "forbidden", Some("refused"));
        check((post, "/{lang}/admin/accounts"), 403, "bad_form", Some("forged_form"));
        check((post, "/{lang}/sign-in"), 429, "too_many_requests", Some("slowed_down"));
        check((post, "/{lang}/statistics/own"), 413, "too_large", Some("bad_input"));
        check((get, "other"), 404, "not_found", None);
    }
}
