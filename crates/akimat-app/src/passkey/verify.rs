//! What a device says about a passkey, checked after Web Authentication (W3C), 7.1 and 7.2. Bytes in, facts out: no clock,
//! no chance, no database.

use super::cbor::{self, Value};
use crate::secret::same;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The identifier of a key that a device names is no longer (Web Authentication, 4).
const CREDENTIAL_BYTES_MAX: usize = 1_023;
/// A person was there.
const PRESENT: u8 = 0x01;
/// The device knows who the person is.
const VERIFIED: u8 = 0x04;
/// A new key is told.
const ATTESTED: u8 = 0x40;
/// Extensions follow.
const EXTENDED: u8 = 0x80;

/// For whom a passkey is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    /// The host.
    pub id: String,
    /// Scheme, host and port, as browsers write them.
    pub origin: String,
}

impl RelyingParty {
    /// Of the address of the platform. Browsers take no number in place of a host: where the platform is reached by that
    /// of this machine, passkeys are for `localhost`. `None` for other numbers and for what is no address.
    pub fn of(address: &str) -> Option<Self> {
        let (scheme, rest) = address.trim_end_matches('/').split_once("://")?;
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
                (host, format!(":{port}"))
            }
            _ => (rest, String::new()),
        };
        let host = if matches!(host, "127.0.0.1" | "[::1]") { "localhost" } else { host };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        let number = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let safe = scheme == "https" || (scheme == "http" && host == "localhost");
        if host.is_empty() || number || !safe || !host.bytes().all(plain) {
            return None;
        }
        let id = host.to_ascii_lowercase();
        Some(Self { origin: format!("{scheme}://{id}{port}"), id })
    }
}

/// Why something is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Cut off, or not what is due.
    Form,
    /// Made for another act.
    Kind,
    /// Another challenge.
    Challenge,
    /// Another site, or inside another site.
    Origin,
    /// Another relying party.
    Party,
    /// Nobody was there.
    Presence,
    /// The device did not check who it was.
    Verification,
    /// The device wants its maker to be believed, which was not asked for.
    Attestation,
    /// Neither ES256 nor EdDSA nor RS256, or no good key.
    Key,
    /// The signature does not fit.
    Signature,
    /// The counter went back: there may be a copy of the key.
    Counter,
}

/// What is asked of a device once.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// For whom.
    pub party: &'a RelyingParty,
    /// The bytes that come back.
    pub challenge: &'a [u8],
    /// The device must have checked who it is.
    pub verified: bool,
}

/// What a device answers when a key is made.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// `clientDataJSON`.
    pub client_data: &'a [u8],
    /// `attestationObject`.
    pub attestation: &'a [u8],
}

/// What a device answers when a key is used.
#[derive(Clone, Copy, Debug)]
pub struct Used<'a> {
    /// `clientDataJSON`.
    pub client_data: &'a [u8],
    /// `authenticatorData`.
    pub authenticator: &'a [u8],
    /// `signature`.
    pub signature: &'a [u8],
}

/// A new key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    /// As the device names it.
    pub credential_id: Vec<u8>,
    /// As the device gave it: a COSE key.
    pub public_key: Vec<u8>,
    /// The device's counter.
    pub sign_count: u32,
}

#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    cross_origin: bool,
}

/// The challenge inside of what a browser says, before anything is believed: by it the server finds what it asked.
///
/// # Errors
/// [`Fault::Form`].
pub fn challenge_of(client_data: &[u8]) -> Result<Vec<u8>, Fault> {
    let data: ClientData = serde_json::from_slice(client_data).map_err(|_| Fault::Form)?;
    URL_SAFE_NO_PAD.decode(data.challenge).map_err(|_| Fault::Form)
}

fn check_client(client_data: &[u8], kind: &str, asked: &Asked<'_>) -> Result<[u8; 32], Fault> {
    let data: ClientData = serde_json::from_slice(client_data).map_err(|_| Fault::Form)?;
    if data.kind != kind {
        return Err(Fault::Kind);
    }
    if !same(data.challenge.as_bytes(), URL_SAFE_NO_PAD.encode(asked.challenge).as_bytes()) {
        return Err(Fault::Challenge);
    }
    if data.origin != asked.party.origin || data.cross_origin {
        return Err(Fault::Origin);
    }
    Ok(Sha256::digest(client_data).into())
}

/// Flags, counter and what follows them.
fn check_authenticator<'a>(data: &'a [u8], asked: &Asked<'_>) -> Result<(u8, u32, &'a [u8]), Fault> {
    let (party, rest) = data.split_at_checked(32).ok_or(Fault::Form)?;
    let (head, rest) = rest.split_at_checked(5).ok_or(Fault::Form)?;
    let due: [u8; 32] = Sha256::digest(asked.party.id.as_bytes()).into();
    if !same(party, &due) {
        return Err(Fault::Party);
    }
    let flags = head[0];
    if flags & PRESENT == 0 {
        return Err(Fault::Presence);
    }
    if asked.verified && flags & VERIFIED == 0 {
        return Err(Fault::Verification);
    }
    Ok((flags, u32::from_be_bytes([head[1], head[2], head[3], head[4]]), rest))
}

/// A device made a key.
///
/// # Errors
/// [`Fault`]: the first thing that is wrong.
pub fn check_made(made: &Made<'_>, asked: &Asked<'_>) -> Result<NewKey, Fault> {
    check_client(made.client_data, "webauthn.create", asked)?;
    let (object, rest) = cbor::read(made.attestation).ok_or(Fault::Form)?;
    if !rest.is_empty() {
        return Err(Fault::Form);
    }
    let statement = object.named("attStmt").ok_or(Fault::Form)?;
    if object.named("fmt") != Some(&Value::Text("none".to_owned())) || *statement != Value::Map(Vec::new()) {
        return Err(Fault::Attestation);
    }
    let data = object.named("authData").and_then(Value::bytes).ok_or(Fault::Form)?;
    let (flags, sign_count, rest) = check_authenticator(data, asked)?;
    if flags & ATTESTED == 0 {
        return Err(Fault::Form);
    }
    // The model of the device in 16 bytes, then the length of the identifier.
    let (head, rest) = rest.split_at_checked(18).ok_or(Fault::Form)?;
    let length = usize::from(u16::from_be_bytes([head[16], head[17]]));
    if length == 0 || length > CREDENTIAL_BYTES_MAX {
        return Err(Fault::Form);
    }
    let (credential_id, rest) = rest.split_at_checked(length).ok_or(Fault::Form)?;
    let (key, after) = cbor::read(rest).ok_or(Fault::Form)?;
    let public_key = rest[..rest.len() - after.len()].to_vec();
    PublicKey::of(&key)?;
    end_of(flags, after)?;
    Ok(NewKey { credential_id: credential_id.to_vec(), public_key, sign_count })
}

/// A device used a key that is known by this COSE key and this counter; answers the counter from now on.
///
/// # Errors
/// [`Fault`]: the first thing that is wrong; [`Fault::Counter`] only where all else fits.
pub fn check_used(
    used: &Used<'_>,
    asked: &Asked<'_>,
    (public_key, known_count): (&[u8], u32),
) -> Result<u32, Fault> {
    let hash = check_client(used.client_data, "webauthn.get", asked)?;
    let (flags, sign_count, rest) = check_authenticator(used.authenticator, asked)?;
    if flags & ATTESTED == 0 {
        end_of(flags, rest)?;
    }
    let (key, _) = cbor::read(public_key).ok_or(Fault::Key)?;
    let signed = [used.authenticator, &hash].concat();
    PublicKey::of(&key)?.check(&signed, used.signature)?;
    // Devices without a counter say 0 for ever.
    if (sign_count != 0 || known_count != 0) && sign_count <= known_count {
        return Err(Fault::Counter);
    }
    Ok(sign_count)
}

fn end_of(flags: u8, rest: &[u8]) -> Result<(), Fault> {
    let rest = if flags & EXTENDED == 0 { rest } else { cbor::read(rest).ok_or(Fault::Form)?.1 };
    if rest.is_empty() { Ok(()) } else { Err(Fault::Form) }
}

/// A public key of the three kinds that are asked for (RFC 9053, RFC 8230).
enum PublicKey<'a> {
    /// A point on P-256, uncompressed.
    Es256(Vec<u8>),
    /// Ed25519.
    EdDsa(&'a [u8]),
    /// Modulus and exponent.
    Rs256(&'a [u8], &'a [u8]),
}

impl<'a> PublicKey<'a> {
    fn of(key: &'a Value) -> Result<Self, Fault> {
        let int = |label| key.numbered(label).and_then(Value::int);
        let bytes = |label| key.numbered(label).and_then(Value::bytes).ok_or(Fault::Key);
        match (int(1), int(3), int(-1)) {
            (Some(2), Some(-7), Some(1)) => {
                let (x, y) = (bytes(-2)?, bytes(-3)?);
                if x.len() != 32 || y.len() != 32 {
                    return Err(Fault::Key);
                }
                Ok(Self::Es256([&[4], x, y].concat()))
            }
            (Some(1), Some(-8), Some(6)) => {
                let x = bytes(-2)?;
                if x.len() == 32 { Ok(Self::EdDsa(x)) } else { Err(Fault::Key) }
            }
            (Some(3), Some(-257), _) => {
                let (n, e) = (bytes(-1)?, bytes(-2)?);
                // 2048 bits and more: less is not taken by the check of the signature either.
                if (256..=1_024).contains(&n.len()) && (1..=8).contains(&e.len()) {
                    Ok(Self::Rs256(n, e))
                } else {
                    Err(Fault::Key)
                }
            }
            _ => Err(Fault::Key),
        }
    }

    fn check(&self, signed: &[u8], signature: &[u8]) -> Result<(), Fault> {
        let done = match self {
            Self::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(signed, signature)
            }
            Self::EdDsa(key) => UnparsedPublicKey::new(&ED25519, key).verify(signed, signature),
            Self::Rs256(n, e) => {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            }
        };
        done.map_err(|_| Fault::Signature)
    }
}
