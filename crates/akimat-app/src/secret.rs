//! The key of the platform: what the database keeps is of no use without it.
//!
//! One key of 32 bytes outside the database; every purpose gets a key of its own out of it (HMAC-SHA-256), so that a
//! hash made for one purpose says nothing about another.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;

/// Thirty-two bytes that nobody guesses.
#[derive(Clone)]
pub struct PlatformKey([u8; 32]);

impl std::fmt::Debug for PlatformKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PlatformKey")
    }
}

impl PlatformKey {
    /// Of these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits, as the file of the key holds them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    fn derived(&self, purpose: &str) -> [u8; 32] {
        let master = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let tag = hmac::sign(&master, format!("akimat {purpose}").as_bytes());
        let mut key = [0; 32];
        key.copy_from_slice(tag.as_ref());
        key
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
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &self.derived(purpose)).ok()?);
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut sealed = sealed.to_vec();
        let plain = key.open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut sealed).ok()?;
        Some(plain.to_vec())
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
    fn a_key_is_read_from_its_file() {
        let text = "0123456789abcdef".repeat(4);
        assert!(PlatformKey::parse(&format!("{text}\n")).is_some());
        for bad in ["", "0", &"g".repeat(64), &"0".repeat(63), &"ә".repeat(32)] {
            assert!(PlatformKey::parse(bad).is_none(), "{bad}");
        }
    }
}
