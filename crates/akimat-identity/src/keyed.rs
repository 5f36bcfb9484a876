//! What is kept of a national identifier: a hash that nobody can compute without a key that lies outside the
//! database. There are few identifiers, so that a hash without a key could be turned back by trying them all.

use crate::iin::Iin;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// HMAC-SHA-256 of a national identifier.
pub type IdentityHash = [u8; 32];

/// Shortest key in bytes.
pub const KEY_BYTES: usize = 32;

/// What is hashed begins with this: country, kind of number and version of the rule, so that the numbers of
/// two registers never give one hash.
const PREFIX: &[u8] = b"akimat-identity/v1\nKZ\niin\n";
/// The same for what an identity provider says of a person.
const PROVIDER_PREFIX: &[u8] = b"akimat-identity/v1\nprovider\n";

/// The key. It is never shown.
#[derive(Clone)]
pub struct IdentityKey([u8; KEY_BYTES]);

impl std::fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdentityKey(hidden)")
    }
}

impl IdentityKey {
    /// A key of thirty-two bytes.
    pub const fn new(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads a key as its file has it: 64 hexadecimal digits, white space around them aside.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != KEY_BYTES * 2 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; KEY_BYTES];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The keyed hash of a national identifier.
    pub fn hash(&self, iin: &Iin) -> IdentityHash {
        self.sign(&[PREFIX, &iin.ascii()])
    }

    /// The keyed hash of a person at an identity provider that hands out no national identifier. The length
    /// of the issuer stands before it, so that no two pairs are read as one.
    pub fn hash_subject(&self, issuer: &str, subject: &str) -> IdentityHash {
        let length = issuer.len().to_string();
        self.sign(&[PROVIDER_PREFIX, length.as_bytes(), b"\n", issuer.as_bytes(), b"\n", subject.as_bytes()])
    }

    fn sign(&self, parts: &[&[u8]]) -> IdentityHash {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_one_hash_however_it_is_typed() {
        let key = IdentityKey::new([7; 32]);
        let hash = |text| key.hash(&Iin::parse(text).unwrap());
        assert_eq!(hash("991231500016"), hash(" 991231-500016 "));
        assert_ne!(hash("991231500016"), hash("991231500707"));
        assert_ne!(
            hash("991231500016"),
            IdentityKey::new([8; 32]).hash(&Iin::parse("991231500016").unwrap())
        );
    }

    /// Computed with Python: `hmac.new(bytes([7]*32), b"akimat-identity/v1\nKZ\niin\n991231500016", "sha256")`.
    #[test]
    fn the_hash_is_that_of_another_implementation() {
        let hash = IdentityKey::new([7; 32]).hash(&Iin::parse("991231500016").unwrap());
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "74bea0a56d926913606de2fd0493440dc35698fbdfb4b9b0140209aa533adec6");
    }

    #[test]
    fn pairs_are_not_confused() {
        let key = IdentityKey::new([7; 32]);
        assert_ne!(key.hash_subject("a", "b\nc"), key.hash_subject("a\nb", "c"));
    }

    #[test]
    fn a_key_is_read_from_its_file() {
        assert!(IdentityKey::parse(&format!("{}\n", "0f".repeat(32))).is_some());
        for wrong in [String::new(), "0f".repeat(31), "0g".repeat(32), "ә".repeat(32)] {
            assert!(IdentityKey::parse(&wrong).is_none());
        }
    }
}
