//! The key of the platform: what the database keeps is of no use without it.
//!
//! One key of 32 bytes outside the database; every purpose gets a key of its own out of it (HMAC-SHA-256), so that a
//! hash made for one purpose says nothing about another.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;

/// Purposes whose values cannot be made anew when the key is changed: what they are of is not kept.
const LASTING: [&str; 6] =
    ["national identifier", "one-time act", "one-time contact", "recovery code", "code by post", "audit act"];

/// Thirty-two bytes that nobody guesses, and what former keys are still needed for.
#[derive(Clone)]
pub struct PlatformKey {
    main: [u8; 32],
    /// The key of [`LASTING`], when it is another.
    lasting: Option<[u8; 32]>,
    /// Former keys: they open what was sealed before and seal nothing.
    former: Vec<[u8; 32]>,
}

impl std::fmt::Debug for PlatformKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PlatformKey")
    }
}

fn bytes_of(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

impl PlatformKey {
    /// Of these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self { main: bytes, lasting: None, former: Vec::new() }
    }

    /// Reads the file of the key: 64 hexadecimal digits; after a change also lines `lasting` and `former` with as many.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.trim().lines().map(str::trim);
        let mut key = Self::new(bytes_of(lines.next()?)?);
        for line in lines {
            match line.split_once(' ')? {
                ("lasting", rest) if key.lasting.is_none() => key.lasting = Some(bytes_of(rest)?),
                ("former", rest) => key.former.push(bytes_of(rest)?),
                _ => return None,
            }
        }
        Some(key)
    }

    /// The file of a key that takes this one's place: values that cannot be made anew keep theirs, and what was sealed
    /// opens.
    pub fn changed(&self, fresh: [u8; 32]) -> String {
        let hex = |bytes: &[u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let mut text = format!("{}\nlasting {}\n", hex(&fresh), hex(&self.lasting.unwrap_or(self.main)));
        for former in std::iter::once(&self.main).chain(&self.former) {
            text.push_str(&format!("former {}\n", hex(former)));
        }
        text
    }

    fn derived(&self, purpose: &str) -> [u8; 32] {
        let lasting = self.lasting.filter(|_| LASTING.contains(&purpose));
        derived_of(&lasting.unwrap_or(self.main), purpose)
    }

    /// Keyed hash of some parts; the length of each goes in, so that `ab`, `c` and `a`, `bc` differ.
    pub fn hash(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.derived(purpose));
        let mut context = hmac::Context::with_key(&key);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(context.sign().as_ref());
        hash
    }

    /// Seals bytes for a purpose (AES-256-GCM). The nonce must be fresh chance.
    ///
    /// # Errors
    /// When the cipher refuses, which it does for gigabytes only.
    pub fn seal(&self, purpose: &str, nonce: [u8; 12], plain: &[u8]) -> Result<Vec<u8>, String> {
        let refused = |_| "sealing failed".to_owned();
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &self.derived(purpose)).map_err(refused)?);
        let mut sealed = plain.to_vec();
        let once = Nonce::assume_unique_for_key(nonce);
        key.seal_in_place_append_tag(once, Aad::from(purpose.as_bytes()), &mut sealed).map_err(refused)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for the same purpose; `None` for everything else.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let keys = std::iter::once(self.derived(purpose));
        let former = self.former.iter().map(|key| derived_of(key, purpose));
        keys.chain(former).find_map(|key| open_with(&key, purpose, sealed))
    }
}

fn derived_of(master: &[u8; 32], purpose: &str) -> [u8; 32] {
    let master = hmac::Key::new(hmac::HMAC_SHA256, master);
    let tag = hmac::sign(&master, format!("akimat {purpose}").as_bytes());
    let mut key = [0; 32];
    key.copy_from_slice(tag.as_ref());
    key
}

fn open_with(key: &[u8; 32], purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).ok()?);
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut sealed = sealed.to_vec();
    let plain = key.open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut sealed).ok()?;
    Some(plain.to_vec())
}

impl crate::App {
    /// Where somebody who is not signed in comes from, for lines of the log that belong together: a keyed hash of the
    /// address, another one every day. Empty without an address or a key.
    pub fn source_of(&self, address: &str) -> String {
        let Some(key) = self.key.as_ref().filter(|_| !address.is_empty()) else { return String::new() };
        let day = self.today().to_string();
        let hash = key.hash("source of a request", &[day.as_bytes(), address.as_bytes()]);
        hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Compares two secrets in the same time wherever they differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_and_parts_are_kept_apart() {
        let key = PlatformKey::new([7; 32]);
        let hash = key.hash("code", &[b"ab", b"c"]);
        assert_eq!(hash, key.hash("code", &[b"ab", b"c"]));
        assert_ne!(hash, key.hash("code", &[b"a", b"bc"]));
        assert_ne!(hash, key.hash("other", &[b"ab", b"c"]));
        assert_ne!(hash, PlatformKey::new([8; 32]).hash("code", &[b"ab", b"c"]));
        assert!(same(b"ab", b"ab") && !same(b"ab", b"ac") && !same(b"ab", b"abc"));
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_and_unaltered_only() {
        let key = PlatformKey::new([7; 32]);
        let sealed = key.seal("totp", [1; 12], b"secret").unwrap();
        assert_eq!(key.open("totp", &sealed).as_deref(), Some(b"secret".as_slice()));
        assert_eq!(key.open("other", &sealed), None);
        assert_eq!(PlatformKey::new([8; 32]).open("totp", &sealed), None);
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert_eq!(key.open("totp", &altered), None, "byte {at}");
        }
        for short in [&[][..], &[0; 11], &[0; 12]] {
            assert_eq!(key.open("totp", short), None);
        }
    }

    #[test]
    fn a_changed_key_keeps_what_cannot_be_made_anew() {
        let first = PlatformKey::new([7; 32]);
        let second = PlatformKey::parse(&first.changed([8; 32])).unwrap();
        let third = PlatformKey::parse(&second.changed([9; 32])).unwrap();
        let sealed = [&first, &second, &third].map(|key| key.seal("totp", [1; 12], b"secret").unwrap());
        for key in [&second, &third] {
            for purpose in LASTING {
                assert_eq!(key.hash(purpose, &[b"a"]), first.hash(purpose, &[b"a"]), "{purpose}");
            }
            assert_ne!(key.hash("follow feed", &[b"a"]), first.hash("follow feed", &[b"a"]));
        }
        assert!(sealed.iter().all(|one| third.open("totp", one).is_some()), "what was sealed before opens");
        assert_eq!(second.open("totp", &sealed[2]), None, "and nobody seals with a former key");
        assert_eq!(third.changed([1; 32]).lines().count(), 5);
        for bad in ["former 00", "lasting", "x", &format!("former {}", "g".repeat(64))] {
            assert!(PlatformKey::parse(&format!("{}\n{bad}", "0".repeat(64))).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_key_is_read_from_its_file() {
        let text = "0123456789abcdef".repeat(4);
        assert!(PlatformKey::parse(&format!("{text}\n")).is_some());
        for bad in ["", "0", &"g".repeat(64), &"0".repeat(63), &"ә".repeat(32)] {
            assert!(PlatformKey::parse(bad).is_none(), "{bad}");
        }
    }
}
