//! Signed tokens (RFC 7515, 7518): RS256, PS256 and ES256, nothing else.

use crate::discovery::{Key, Keys};
use crate::{Fault, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The longest token that is looked at, in bytes.
const TOKEN_BYTES_MAX: usize = 64 * 1024;

/// The head of a token.
#[derive(Clone, Debug, Deserialize)]
pub struct Header {
    /// Algorithm.
    pub alg: String,
    /// Name of the key.
    pub kid: Option<String>,
    /// Kind of token.
    pub typ: Option<String>,
    /// Extensions that must be understood: none is.
    pub crit: Option<Value>,
}

/// A token whose signature was checked.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The head.
    pub header: Header,
    /// What it says.
    pub claims: Map<String, Value>,
}

/// Why a token is not taken for signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsigned {
    /// No key of the set has this name: the provider may have changed its keys.
    KeyUnknown,
    /// Everything else.
    Because(&'static str),
}

impl From<Unsigned> for Fault {
    fn from(reason: Unsigned) -> Self {
        match reason {
            Unsigned::KeyUnknown => Self::Untrusted("the token is signed with an unknown key"),
            Unsigned::Because(reason) => Self::Untrusted(reason),
        }
    }
}

/// Checks the signature of a token.
///
/// # Errors
/// [`Fault::Untrusted`].
pub fn verify(token: &str, keys: &Keys) -> Result<Signed> {
    Ok(check(token, keys)?)
}

pub(crate) fn check(token: &str, keys: &Keys) -> std::result::Result<Signed, Unsigned> {
    let because = Unsigned::Because;
    if token.len() > TOKEN_BYTES_MAX {
        return Err(because("the token is too long"));
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(because("the token has no signature"))?;
    let (head, body) = signed.split_once('.').ok_or(because("the token has no body"))?;
    let decode = |text: &str| BASE64URL.decode(text).map_err(|_| because("the token is not base64url"));
    let header: Header = serde_json::from_slice(&decode(head)?)
        .map_err(|_| because("the head of the token cannot be read"))?;
    if header.crit.is_some() {
        return Err(because("the token has an extension that must be understood"));
    }
    if !matches!(header.alg.as_str(), "RS256" | "PS256" | "ES256") {
        return Err(because("the algorithm of the token is not accepted"));
    }
    let mut fitting = keys.keys.iter().filter(|key| fits(key, &header)).peekable();
    if fitting.peek().is_none() {
        return Err(Unsigned::KeyUnknown);
    }
    let signature = decode(signature)?;
    if !fitting.any(|key| is_by(key, &header.alg, signed.as_bytes(), &signature).unwrap_or(false)) {
        return Err(because("the signature of the token does not fit"));
    }
    let claims = serde_json::from_slice(&decode(body)?).map_err(|_| because("the token cannot be read"))?;
    Ok(Signed { header, claims })
}

/// A key that may have signed: of the kind of the algorithm, for signatures, and with the name when one is given.
fn fits(key: &Key, header: &Header) -> bool {
    let kind = if header.alg == "ES256" { "EC" } else { "RSA" };
    key.kty == kind
        && key.usage.as_deref().is_none_or(|usage| usage == "sig")
        && key.alg.as_deref().is_none_or(|alg| alg == header.alg)
        && header.kid.as_deref().is_none_or(|kid| key.kid.as_deref() == Some(kid))
}

fn is_by(key: &Key, alg: &str, signed: &[u8], signature: &[u8]) -> Option<bool> {
    let part = |text: &Option<String>| BASE64URL.decode(text.as_deref()?).ok();
    if alg == "ES256" {
        if key.crv.as_deref() != Some("P-256") {
            return None;
        }
        let (x, y) = (part(&key.x)?, part(&key.y)?);
        if x.len() != 32 || y.len() != 32 {
            return None;
        }
        let point = [&[4][..], &x, &y].concat();
        return Some(
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).is_ok(),
        );
    }
    let parameters: &RsaParameters =
        if alg == "PS256" { &RSA_PSS_2048_8192_SHA256 } else { &RSA_PKCS1_2048_8192_SHA256 };
    let components = RsaPublicKeyComponents { n: part(&key.n)?, e: part(&key.e)? };
    Some(components.verify(parameters, signed, signature).is_ok())
}
