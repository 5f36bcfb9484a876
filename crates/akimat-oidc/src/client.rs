//! A provider as the platform uses it: where people are sent, what becomes of the code they bring, who ends a session.

use crate::claims::{self, Due, Logout, Person};
use crate::discovery::{self, Discovery, Keys};
use crate::token::{self, Signed, Unsigned};
use crate::{Fault, Result, http};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::digest;
use serde::Deserialize;
use std::sync::{Mutex, PoisonError};

/// What a provider said of itself is asked anew after so many seconds.
const FRESH_SECONDS: i64 = 3_600;
/// For a key that is not known the keys are asked for again, but not more often, in seconds.
const AGAIN_SECONDS: i64 = 30;

/// A provider as the operator describes it.
#[derive(Clone)]
pub struct Settings {
    /// Address of the provider, exactly as it calls itself.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there; empty for a client without one.
    pub client_secret: String,
    /// Where people come back to.
    pub redirect_uri: String,
    /// What is asked for besides `openid`, such as `profile`.
    pub scopes: Vec<String>,
    /// Classes of assurance that are asked for, the dearest first; may be empty.
    pub acr_values: Vec<String>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// One sign-in on its way: what is remembered between leaving and coming back. Each text is fresh chance of at least 32
/// bytes, written in letters and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Comes back in the address.
    pub state: String,
    /// Comes back in the token.
    pub nonce: String,
    /// Proves with the code that it was us who asked (RFC 7636); 43 to 128 characters.
    pub verifier: String,
}

struct Known {
    discovery: Discovery,
    keys: Keys,
    at: i64,
}

/// A provider.
pub struct Client {
    settings: Settings,
    known: Mutex<Option<Known>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("settings", &self.settings).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

impl Client {
    /// A provider; it is asked when it is first used.
    ///
    /// # Errors
    /// [`Fault::Settings`] when a setting is empty or an address is without TLS.
    pub fn new(settings: Settings) -> Result<Self> {
        if !http::may_ask(&settings.issuer) {
            return Err(Fault::Settings("the issuer must begin with https://"));
        }
        if settings.client_id.is_empty() || settings.redirect_uri.is_empty() {
            return Err(Fault::Settings("the client has no name, or nowhere to come back to"));
        }
        Ok(Self { settings, known: Mutex::new(None) })
    }

    /// The provider's name for itself.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    fn discovery(&self, now: i64) -> Result<Discovery> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.as_ref().filter(|known| (now - known.at).abs() < FRESH_SECONDS) {
            return Ok(known.discovery.clone());
        }
        let discovery = discovery::discover(&self.settings.issuer)?;
        let keys = discovery::keys(&discovery)?;
        *known = Some(Known { discovery: discovery.clone(), keys, at: now });
        Ok(discovery)
    }

    /// Checks a signature with the keys that are known; when the key is not among them, with those of now.
    fn signed(&self, token: &str, now: i64) -> Result<Signed> {
        let discovery = self.discovery(now)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = known.as_mut() else { return Err(Fault::Untrusted("the provider has no keys")) };
        match token::check(token, &known.keys) {
            Err(Unsigned::KeyUnknown)
                if (now - known.at).abs() >= AGAIN_SECONDS || known.keys.keys.is_empty() =>
            {
                known.keys = discovery::keys(&discovery)?;
                known.at = now;
                Ok(token::check(token, &known.keys)?)
            }
            other => Ok(other?),
        }
    }

    /// Where a person is sent to sign in.
    ///
    /// # Errors
    /// [`Fault::Unreachable`] and [`Fault::Untrusted`] when the provider does not say who it is.
    pub fn begin(&self, attempt: &Attempt, lang: &str, now: i64) -> Result<String> {
        let discovery = self.discovery(now)?;
        let challenge = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, attempt.verifier.as_bytes()));
        let mut scope = "openid".to_owned();
        for more in &self.settings.scopes {
            scope.push(' ');
            scope.push_str(more);
        }
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", &self.settings.client_id),
            ("redirect_uri", &self.settings.redirect_uri),
            ("scope", &scope),
            ("state", &attempt.state),
            ("nonce", &attempt.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("ui_locales", lang),
        ];
        let acr = self.settings.acr_values.join(" ");
        if !acr.is_empty() {
            pairs.push(("acr_values", &acr));
        }
        let glue = if discovery.authorization_endpoint.contains('?') { '&' } else { '?' };
        Ok(format!("{}{glue}{}", discovery.authorization_endpoint, encoded(&pairs)))
    }

    /// Who it is that brings a code. `issuer` is what the address of the return said of the provider, if anything (RFC 9207).
    ///
    /// # Errors
    /// [`Fault`]: whatever is wrong or missing.
    pub fn finish(&self, attempt: &Attempt, code: &str, issuer: Option<&str>, now: i64) -> Result<Person> {
        let discovery = self.discovery(now)?;
        let named = issuer.is_some_and(|issuer| issuer == self.settings.issuer);
        let nameless = issuer.is_none() && !discovery.authorization_response_iss_parameter_supported;
        if !named && !nameless {
            return Err(Fault::Untrusted("the code is of another issuer"));
        }
        let token = self.exchange(&discovery, attempt, code)?;
        let signed = self.signed(&token, now)?;
        let due = Due { issuer: &self.settings.issuer, client_id: &self.settings.client_id, now };
        claims::person(&signed, &due, &attempt.nonce)
    }

    fn exchange(&self, discovery: &Discovery, attempt: &Attempt, code: &str) -> Result<String> {
        let (id, secret) = (&self.settings.client_id, &self.settings.client_secret);
        let mut pairs = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.settings.redirect_uri),
            ("code_verifier", &attempt.verifier),
        ];
        let methods = &discovery.token_endpoint_auth_methods_supported;
        let has = |method: &str| methods.iter().any(|known| known == method);
        let basic = !secret.is_empty() && (methods.is_empty() || has("client_secret_basic"));
        // Both parts are form-encoded before they are joined (RFC 6749, section 2.3.1).
        let authorization = if basic {
            format!("Basic {}", STANDARD.encode(format!("{}:{}", escaped(id), escaped(secret))))
        } else {
            pairs.push(("client_id", id));
            if !secret.is_empty() {
                pairs.push(("client_secret", secret));
            }
            String::new()
        };
        let (status, answer): (u16, TokenAnswer) =
            http::post(&discovery.token_endpoint, &authorization, &encoded(&pairs))?;
        if let Some(error) = answer.error {
            let more = answer.error_description.unwrap_or_default();
            return Err(Fault::Refused(format!("{error} {more}").chars().take(200).collect()));
        }
        if status != 200 {
            return Err(Fault::Unreachable(format!("the token endpoint answers {status}")));
        }
        answer.id_token.ok_or(Fault::Untrusted("the answer has no ID token"))
    }

    /// What a logout token ends.
    ///
    /// # Errors
    /// [`Fault::Untrusted`] when it is not one of this provider for us.
    pub fn logout(&self, token: &str, now: i64) -> Result<Logout> {
        let signed = self.signed(token, now)?;
        let due = Due { issuer: &self.settings.issuer, client_id: &self.settings.client_id, now };
        claims::logout(&signed, &due)
    }
}

/// `a=1&b=2`.
fn encoded(pairs: &[(&str, &str)]) -> String {
    let all: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    all.join("&")
}

/// Everything but the unreserved characters of RFC 3986 as `%XX`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped() {
        assert_eq!(encoded(&[("a", "b c&d"), ("e", "ә/")]), "a=b%20c%26d&e=%D3%99%2F");
    }

    #[test]
    fn settings_that_cannot_be_used_are_told() {
        let settings = |issuer: &str, client_id: &str| Settings {
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            client_secret: String::new(),
            redirect_uri: "https://a.example/x".to_owned(),
            scopes: Vec::new(),
            acr_values: Vec::new(),
        };
        assert!(Client::new(settings("https://id.example", "platform")).is_ok());
        assert!(Client::new(settings("http://id.example", "platform")).is_err());
        assert!(Client::new(settings("https://id.example", "")).is_err());
    }
}
