//! Messages to browsers (Web Push): sealed for the browser alone (RFC 8291, RFC 8188), signed by the platform (RFC 8292), by
//! the push service that the browser named.

use crate::SetupError;
use crate::http::{Request, ask, judge};
use akimat_storage::outbox::{Letter, MailFault};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How addresses of the outbox begin that are browsers: `push:ENDPOINT KEY SECRET`.
pub const PREFIX: &str = "push:";
/// Size of the only record (RFC 8291, 4).
const RECORD: u32 = 4_096;
/// Bytes that fit into it: without header, mark and tag.
const PLAIN_MAX: usize = 4_096 - 86 - 1 - 16;
/// A push service keeps a message so long, in seconds.
const KEEP_SECONDS: u32 = 24 * 3_600;
/// A proof of the platform holds so long, in seconds (RFC 8292: a day at most).
const PROOF_SECONDS: u64 = 12 * 3_600;
/// How long a push service may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The push services of the browsers; a host ends with one of these.
pub const SERVICES: [&str; 5] = [
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "notify.windows.com",
    "push.apple.com",
    "push.yandex.ru",
];

/// Where a browser is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Address at the push service.
    pub endpoint: String,
    /// The browser's public key: an uncompressed point on P-256.
    pub key: [u8; 65],
    /// What browser and platform share.
    pub secret: [u8; 16],
}

impl Subscription {
    /// Reads an address of the outbox.
    pub fn parse(address: &str) -> Option<Self> {
        let mut parts = address.strip_prefix(PREFIX)?.split(' ');
        let (endpoint, key, secret) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        if parts.next().is_some() {
            return None;
        }
        Some(Self {
            endpoint: endpoint.to_owned(),
            key: bytes(key)?.try_into().ok().filter(|key: &[u8; 65]| key[0] == 4)?,
            secret: bytes(secret)?.try_into().ok()?,
        })
    }
}

/// Scheme, host and port of an endpoint at one of these services. The address comes from a browser: without this bound
/// the platform could be made to ask anybody, inside the operator's own network too.
fn audience<'a>(endpoint: &'a str, services: &[String]) -> Option<&'a str> {
    let (scheme, rest) = endpoint.split_once("://")?;
    let host_and_port = rest.split(['/', '?', '#']).next()?;
    let host = host_and_port.rsplit_once(':').map_or(host_and_port, |(host, _)| host);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let known = services.iter().any(|service| {
        host == service || host.strip_suffix(service.as_str()).is_some_and(|before| before.ends_with('.'))
    });
    let safe = scheme == "https" || (scheme == "http" && host == "127.0.0.1");
    let ascii = endpoint.bytes().all(|byte| byte.is_ascii_graphic());
    (known && safe && ascii && host.bytes().all(plain) && !host.is_empty())
        .then(|| &endpoint[..scheme.len() + 3 + host_and_port.len()])
}

/// Writes to browsers.
pub struct WebPush {
    pair: EcdsaKeyPair,
    contact: String,
    services: Vec<String>,
    chance: SystemRandom,
}

impl std::fmt::Debug for WebPush {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WebPush({})", self.contact)
    }
}

impl WebPush {
    /// With the platform's private key (PKCS#8), whom push services may write to (`mailto:` or `https:`), and the hosts of
    /// push services.
    ///
    /// # Errors
    /// [`SetupError::Gateway`].
    pub fn new(key: &[u8], contact: &str, services: Vec<String>) -> Result<Self, SetupError> {
        let chance = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key, &chance)
            .map_err(|_| SetupError::Gateway("the key of messages to browsers is none".to_owned()))?;
        if !(contact.starts_with("mailto:") || contact.starts_with("https:")) {
            return Err(SetupError::Gateway("push services need mailto: or https: to write to".to_owned()));
        }
        Ok(Self { pair, contact: contact.to_owned(), services, chance })
    }

    /// A new private key (PKCS#8).
    ///
    /// # Errors
    /// [`SetupError::Gateway`] when the system has no chance to give.
    pub fn new_key() -> Result<Vec<u8>, SetupError> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        made.map(|key| key.as_ref().to_vec())
            .map_err(|_| SetupError::Gateway("the system makes no key".to_owned()))
    }

    /// The public key, as browsers want it (base64url).
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.public_key())
    }

    /// Proof of the platform for a push service.
    fn proof(&self, audience: &str) -> Result<String, MailFault> {
        let failed = |what: &str| MailFault::Later(what.to_owned());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| failed("the clock is wrong"))?;
        let head = URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let claims =
            json!({ "aud": audience, "exp": now.as_secs() + PROOF_SECONDS, "sub": self.contact }).to_string();
        let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims));
        let signature =
            self.pair.sign(&self.chance, signed.as_bytes()).map_err(|_| failed("signing failed"))?;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        Ok(format!("vapid t={signed}.{signature}, k={}", self.public_key()))
    }

    fn sealed(&self, to: &Subscription, plain: &[u8]) -> Result<Vec<u8>, MailFault> {
        let failed = |_| MailFault::Later("sealing failed".to_owned());
        let own = EphemeralPrivateKey::generate(&ECDH_P256, &self.chance).map_err(failed)?;
        let public = own.compute_public_key().map_err(failed)?;
        let public: [u8; 65] =
            public.as_ref().try_into().map_err(|_| MailFault::Later("sealing failed".to_owned()))?;
        let mut salt = [0; 16];
        self.chance.fill(&mut salt).map_err(failed)?;
        let theirs = UnparsedPublicKey::new(&ECDH_P256, &to.key);
        let sealed = agree_ephemeral(own, &theirs, |shared| seal(shared, to, (&public, &salt), plain));
        sealed
            .map_err(|_| MailFault::Never("the browser's key is no point".to_owned()))?
            .ok_or_else(|| MailFault::Never("the message is too long".to_owned()))
    }

    /// Sends a message to a browser.
    ///
    /// # Errors
    /// [`MailFault`]; for good when the subscription is gone.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailFault> {
        let never = |what: &str| MailFault::Never(what.to_owned());
        let to =
            Subscription::parse(&letter.recipient).ok_or_else(|| never("the recipient is no browser"))?;
        let audience = audience(&to.endpoint, &self.services)
            .ok_or_else(|| never("the push service is not among the known ones"))?;
        // A second attempt replaces the first where it still waits (RFC 8030, 5.4).
        let topic: String = letter.id.simple().to_string();
        let request = Request {
            method: "POST",
            url: to.endpoint.clone(),
            headers: vec![
                ("authorization", self.proof(audience)?),
                ("content-encoding", "aes128gcm".to_owned()),
                ("content-type", "application/octet-stream".to_owned()),
                ("ttl", KEEP_SECONDS.to_string()),
                ("topic", topic),
            ],
            body: self.sealed(&to, letter.text.as_bytes())?,
            patience: PATIENCE,
        };
        let answer = ask(request).await?;
        match answer.status {
            // Another key of the platform: the browser must subscribe anew.
            403 => Err(never("the push service refused the key")),
            status => judge(status, answer.retry_after),
        }
    }
}

/// Length of what is derived.
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derived(salt: &[u8], secret: &[u8], info: &[&[u8]], out: &mut [u8]) -> Option<()> {
    let key = Salt::new(HKDF_SHA256, salt).extract(secret);
    key.expand(info, Length(out.len())).ok()?.fill(out).ok()
}

/// Seals a message (RFC 8291, 3.4; RFC 8188, 2): header and one record. `None` when it does not fit.
fn seal(
    shared: &[u8],
    to: &Subscription,
    (public, salt): (&[u8; 65], &[u8; 16]),
    plain: &[u8],
) -> Option<Vec<u8>> {
    if plain.len() > PLAIN_MAX {
        return None;
    }
    let (mut secret, mut key, mut nonce) = ([0; 32], [0; 16], [0; 12]);
    derived(&to.secret, shared, &[b"WebPush: info\0", &to.key, public], &mut secret)?;
    derived(salt, &secret, &[b"Content-Encoding: aes128gcm\0"], &mut key)?;
    derived(salt, &secret, &[b"Content-Encoding: nonce\0"], &mut nonce)?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).ok()?);
    // The mark of the last record.
    let mut record = [plain, &[2]].concat();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record).ok()?;
    Some([salt.as_slice(), &RECORD.to_be_bytes(), &[65], public, &record].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_fits() {
        // RFC 8291, section 5 and appendix A.
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let address = "push:https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV \
             BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4 BTBZMqHH6r4Tts7J_aSIgg";
        let to = Subscription::parse(address).unwrap();
        let public: [u8; 65] =
            bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")
                .try_into()
                .unwrap();
        let salt: [u8; 16] = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let shared = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let plain = b"When I grow up, I want to be a watermelon";
        let due = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w\
             EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(seal(&shared, &to, (&public, &salt), plain), Some(bytes(due)));
        assert_eq!(seal(&shared, &to, (&public, &salt), &[0; PLAIN_MAX + 1]), None);
    }

    #[test]
    fn only_known_services_are_asked() {
        let services = SERVICES.map(str::to_owned);
        for (endpoint, due) in [
            ("https://fcm.googleapis.com/fcm/send/abc", Some("https://fcm.googleapis.com")),
            (
                "https://updates.push.services.mozilla.com/wpush/v2/x",
                Some("https://updates.push.services.mozilla.com"),
            ),
            ("https://fcm.googleapis.com:8443/x", Some("https://fcm.googleapis.com:8443")),
            ("http://fcm.googleapis.com/x", None),
            ("https://evilfcm.googleapis.com.example/x", None),
            ("https://xfcm.googleapis.com/x", None),
            ("https://fcm.googleapis.com@10.0.0.1/x", None),
            ("https://10.0.0.1/x?fcm.googleapis.com", None),
            ("https://127.0.0.1/", None),
            ("https://fcm.googleapis.com/x\r\nhost: y", None),
            ("", None),
        ] {
            assert_eq!(audience(endpoint, &services), due, "{endpoint}");
        }
    }

    #[test]
    fn addresses_of_browsers_are_whole_or_none() {
        for bad in
            ["", "push:", "push:a b", "push:a b c", "push:https://x AAAA AAAA", "push:https://x AAAA AAAA x"]
        {
            assert_eq!(Subscription::parse(bad), None, "{bad}");
        }
    }
}
