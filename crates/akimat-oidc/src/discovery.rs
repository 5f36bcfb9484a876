//! What a provider says of itself (OpenID Connect Discovery 1.0), and its keys (RFC 7517).

use crate::{Fault, Result, http};
use serde::Deserialize;

/// The document under `/.well-known/openid-configuration`, as far as it is used.
#[derive(Clone, Debug, Deserialize)]
pub struct Discovery {
    /// Exactly the issuer that was asked.
    pub issuer: String,
    /// Where people are sent.
    pub authorization_endpoint: String,
    /// Where codes are exchanged.
    pub token_endpoint: String,
    /// Where the keys are.
    pub jwks_uri: String,
    /// How the client may prove itself; `client_secret_basic` when it is not said.
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// Whether the answer of the authorization names the issuer (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// A key (RFC 7517). Keys of kinds that are not used here are read and passed over.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Key {
    /// Kind: `RSA` or `EC`.
    #[serde(default)]
    pub kty: String,
    /// Name.
    pub kid: Option<String>,
    /// For what; `sig` when it is not said.
    #[serde(rename = "use")]
    pub usage: Option<String>,
    /// With which algorithm, when that is said.
    pub alg: Option<String>,
    /// Curve.
    pub crv: Option<String>,
    /// Modulus.
    pub n: Option<String>,
    /// Exponent.
    pub e: Option<String>,
    /// Point.
    pub x: Option<String>,
    /// Point.
    pub y: Option<String>,
}

/// A set of keys.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Keys {
    /// The keys.
    pub keys: Vec<Key>,
}

/// Asks a provider who it is.
///
/// # Errors
/// [`Fault::Unreachable`]; [`Fault::Untrusted`] when it calls itself something else or names an address without TLS.
pub fn discover(issuer: &str) -> Result<Discovery> {
    let found: Discovery =
        http::get(&format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')))?;
    check(issuer, &found)?;
    Ok(found)
}

fn check(issuer: &str, found: &Discovery) -> Result<()> {
    if found.issuer != issuer {
        return Err(Fault::Untrusted("the issuer calls itself something else"));
    }
    let all = [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri];
    if all.into_iter().all(|url| http::may_ask(url)) {
        Ok(())
    } else {
        Err(Fault::Untrusted("an address of the provider is without TLS"))
    }
}

/// Reads the keys of a provider.
///
/// # Errors
/// [`Fault::Unreachable`], or [`Fault::Untrusted`] when they cannot be read.
pub fn keys(found: &Discovery) -> Result<Keys> {
    http::get(&found.jwks_uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(issuer: &str, token: &str) -> Discovery {
        let text = format!(
            "{{\"issuer\":\"{issuer}\",\"authorization_endpoint\":\"https://id.example/a\",\
             \"token_endpoint\":\"{token}\",\"jwks_uri\":\"https://id.example/k\",\"more\":1}}"
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_provider_is_who_it_was_asked_to_be() {
        let check = |issuer, token| check("https://id.example", &document(issuer, token)).is_ok();
        assert!(check("https://id.example", "https://id.example/t"));
        assert!(!check("https://id.example/", "https://id.example/t"), "exactly");
        assert!(!check("https://evil.example", "https://id.example/t"));
        assert!(!check("https://id.example", "http://id.example/t"));
    }
}
