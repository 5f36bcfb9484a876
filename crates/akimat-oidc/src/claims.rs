//! What a token says, checked against what was asked.

use crate::token::Signed;
use crate::{Fault, Result};
use serde_json::{Map, Value};

/// Clocks may differ by so many seconds.
pub const SKEW_SECONDS: i64 = 60;
/// A logout token is no older, in seconds: a copy of one is of no use later.
pub const LOGOUT_SECONDS: i64 = 300;
/// The longest subject in bytes (OpenID Connect Core, section 2).
const SUBJECT_BYTES_MAX: usize = 255;
/// What a logout token must say (Back-Channel Logout 1.0, section 2.4).
const LOGOUT_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Who signed in at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The provider.
    pub issuer: String,
    /// The person there: only together with the issuer, never by an address.
    pub subject: String,
    /// The session there; empty when the provider does not tell.
    pub session: String,
    /// Class of assurance; empty when the provider does not tell.
    pub acr: String,
    /// Name shown; empty when the provider does not tell.
    pub name: String,
}

/// A provider ends a session there, or all of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logout {
    /// The provider.
    pub issuer: String,
    /// The person; empty when only the session is named.
    pub subject: String,
    /// The session; empty when only the person is named.
    pub session: String,
}

/// What a token must agree with.
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    /// The provider.
    pub issuer: &'a str,
    /// Ourselves.
    pub client_id: &'a str,
    /// Now, in seconds since 1970.
    pub now: i64,
}

fn text(claims: &Map<String, Value>, name: &str) -> String {
    claims.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A number of seconds; fractions are cut off.
fn seconds(claims: &Map<String, Value>, name: &str) -> Option<i64> {
    let value = claims.get(name)?;
    let whole = value.as_i64();
    #[expect(clippy::cast_possible_truncation, reason = "an instant with a fraction is cut to its second")]
    let cut = || value.as_f64().filter(|f| f.is_finite() && f.abs() < 1e15).map(|f| f as i64);
    whole.or_else(cut)
}

/// Issuer, audience and instants, which every token has.
fn check_common(claims: &Map<String, Value>, due: &Due<'_>) -> Result<()> {
    let untrusted = |reason| Err(Fault::Untrusted(reason));
    if text(claims, "iss") != due.issuer {
        return untrusted("the token is of another issuer");
    }
    let audience: Vec<&str> = match claims.get("aud") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !audience.contains(&due.client_id) {
        return untrusted("the token is for somebody else");
    }
    let party = claims.get("azp").map(|_| text(claims, "azp"));
    if audience.len() > 1 && party.is_none() || party.is_some_and(|party| party != due.client_id) {
        return untrusted("the token is for several, and not for us to use");
    }
    match seconds(claims, "iat") {
        Some(issued) if issued <= due.now + SKEW_SECONDS => Ok(()),
        _ => untrusted("the token is of no instant, or of one to come"),
    }
}

/// Reads an ID token (OpenID Connect Core, section 3.1.3.7).
///
/// # Errors
/// [`Fault::Untrusted`] names the first thing that is wrong.
pub fn person(signed: &Signed, due: &Due<'_>, nonce: &str) -> Result<Person> {
    let claims = &signed.claims;
    check_common(claims, due)?;
    if seconds(claims, "exp").is_none_or(|end| end + SKEW_SECONDS <= due.now) {
        return Err(Fault::Untrusted("the token is over"));
    }
    if seconds(claims, "nbf").is_some_and(|from| from > due.now + SKEW_SECONDS) {
        return Err(Fault::Untrusted("the token is not valid yet"));
    }
    if nonce.is_empty() || text(claims, "nonce") != nonce {
        return Err(Fault::Untrusted("the token answers another question"));
    }
    if claims.contains_key("events") {
        return Err(Fault::Untrusted("the token is of another kind"));
    }
    let subject = text(claims, "sub");
    if subject.is_empty() || subject.len() > SUBJECT_BYTES_MAX {
        return Err(Fault::Untrusted("the token names no person"));
    }
    Ok(Person {
        issuer: due.issuer.to_owned(),
        subject,
        session: text(claims, "sid"),
        acr: text(claims, "acr"),
        name: text(claims, "name").chars().take(100).collect(),
    })
}

/// Reads a logout token (Back-Channel Logout 1.0, section 2.6).
///
/// # Errors
/// [`Fault::Untrusted`] names the first thing that is wrong.
pub fn logout(signed: &Signed, due: &Due<'_>) -> Result<Logout> {
    let claims = &signed.claims;
    check_common(claims, due)?;
    let typ = signed.header.typ.as_deref().unwrap_or("logout+jwt");
    let event =
        claims.get("events").and_then(|events| events.get(LOGOUT_EVENT)).is_some_and(Value::is_object);
    if !event || claims.contains_key("nonce") || !matches!(typ, "logout+jwt" | "JWT") {
        return Err(Fault::Untrusted("the token ends no session"));
    }
    let too_old = |issued: i64| issued + LOGOUT_SECONDS < due.now;
    if seconds(claims, "iat").is_none_or(too_old) || text(claims, "jti").is_empty() {
        return Err(Fault::Untrusted("the token is too old, or has no name"));
    }
    let ended =
        Logout { issuer: due.issuer.to_owned(), subject: text(claims, "sub"), session: text(claims, "sid") };
    if ended.subject.is_empty() && ended.session.is_empty() {
        return Err(Fault::Untrusted("the token names neither a person nor a session"));
    }
    Ok(ended)
}
