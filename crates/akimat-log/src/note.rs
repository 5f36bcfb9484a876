//! Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature.
//!
//! Keys are written `name+ID+base64(type, public key)`; the private form, which never leaves the office's own
//! machine, is `PRIVATE+KEY+name+ID+base64(type, seed)` as the Go library writes it.

use crate::hash::{decode, encode, sha256};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use std::fmt;

/// The most bytes of a note that is read.
pub const NOTE_MAX: usize = 64 * 1024;
/// The most signatures of a note that is read.
const SIGNATURES_MAX: usize = 64;
/// Ed25519 over the text.
pub(crate) const ED25519_TYPE: u8 = 1;
/// Ed25519 over the text with the time of a witness.
pub(crate) const COSIGNATURE_TYPE: u8 = 4;

/// Why a note or key is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// Not of the form of a note, key or signature.
    #[error("not of the form of a signed note or key: {0}")]
    Form(&'static str),
    /// No signature of a key that was asked for.
    #[error("the note has no signature of the key {0}")]
    Unsigned(String),
    /// A signature of a known key that does not fit the text.
    #[error("the signature of the key {0} does not fit the text")]
    Forged(String),
}

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// The text itself: a log.
    Log,
    /// The text with a time: a witness.
    Witness,
}

impl KeyKind {
    const fn byte(self) -> u8 {
        match self {
            Self::Log => ED25519_TYPE,
            Self::Witness => COSIGNATURE_TYPE,
        }
    }

    fn parse(byte: u8) -> Option<Self> {
        [Self::Log, Self::Witness].into_iter().find(|kind| kind.byte() == byte)
    }
}

/// A public key with its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verifier {
    name: String,
    kind: KeyKind,
    public: [u8; 32],
}

impl Verifier {
    /// Puts name and key together.
    ///
    /// # Errors
    /// [`NoteFault::Form`] for a name that is empty or has spaces, plus signs or control characters.
    pub fn new(name: &str, kind: KeyKind, public: [u8; 32]) -> Result<Self, NoteFault> {
        if !name_is_plain(name) {
            return Err(NoteFault::Form("name of a key"));
        }
        Ok(Self { name: name.to_owned(), kind, public })
    }

    /// Reads `name+ID+base64`.
    ///
    /// # Errors
    /// [`NoteFault::Form`] unless it is written as [`Verifier::encode`] writes it.
    pub fn parse(text: &str) -> Result<Self, NoteFault> {
        let fault = NoteFault::Form("public key");
        let mut parts = text.trim_end_matches('\n').splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(fault);
        };
        let (kind, public) = key_bytes(key).ok_or(fault.clone())?;
        let verifier = Self::new(name, kind, public)?;
        if format!("{:08x}", verifier.id()) == id { Ok(verifier) } else { Err(fault) }
    }

    /// `name+ID+base64`, as it is published.
    pub fn encode(&self) -> String {
        format!("{}+{:08x}+{}", self.name, self.id(), encode(&self.typed()))
    }

    /// Name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Short identifier beside the name.
    pub fn id(&self) -> u32 {
        let bytes = [self.name.as_bytes(), b"\n", &self.typed()].concat();
        let [a, b, c, d, ..] = sha256(&bytes).0;
        u32::from_be_bytes([a, b, c, d])
    }

    fn typed(&self) -> Vec<u8> {
        [&[self.kind.byte()][..], &self.public].concat()
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.public).verify(message, signature).is_ok()
    }
}

/// A private key with its name.
pub struct Signer {
    verifier: Verifier,
    seed: [u8; 32],
    pair: Ed25519KeyPair,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("verifier", &self.verifier).finish_non_exhaustive()
    }
}

impl Signer {
    /// The key that follows from 32 bytes which nobody else knows.
    ///
    /// # Errors
    /// [`NoteFault::Form`] for a name that is not plain.
    pub fn from_seed(name: &str, kind: KeyKind, seed: [u8; 32]) -> Result<Self, NoteFault> {
        let pair =
            Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| NoteFault::Form("seed of a key"))?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| NoteFault::Form("seed of a key"))?;
        Ok(Self { verifier: Verifier::new(name, kind, public)?, seed, pair })
    }

    /// Reads the private form.
    ///
    /// # Errors
    /// [`NoteFault::Form`] unless it is written as [`Signer::encode`] writes it.
    pub fn parse(text: &str) -> Result<Self, NoteFault> {
        let fault = NoteFault::Form("private key");
        let rest = text.trim_end_matches('\n').strip_prefix("PRIVATE+KEY+").ok_or(fault.clone())?;
        let mut parts = rest.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(fault);
        };
        let (kind, seed) = key_bytes(key).ok_or(fault.clone())?;
        let signer = Self::from_seed(name, kind, seed)?;
        if format!("{:08x}", signer.verifier.id()) == id { Ok(signer) } else { Err(fault) }
    }

    /// The private form, for a file that only the office can read.
    pub fn encode(&self) -> String {
        let typed = [&[self.verifier.kind.byte()][..], &self.seed].concat();
        format!("PRIVATE+KEY+{}+{:08x}+{}", self.verifier.name, self.verifier.id(), encode(&typed))
    }

    /// The public key.
    pub const fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    pub(crate) fn sign_bytes(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message).as_ref().to_vec()
    }

    /// Signs a text, which ends with a line break: the whole note. Witnesses sign otherwise:
    /// [`crate::cosignature::cosign`].
    ///
    /// # Errors
    /// [`NoteFault::Form`] when the text is not of the form of a note, or the key is that of a witness.
    pub fn sign(&self, text: &str) -> Result<String, NoteFault> {
        if self.verifier.kind != KeyKind::Log || !text.ends_with('\n') || has_controls(text) {
            return Err(NoteFault::Form("text to sign"));
        }
        let line = signature_line(&self.verifier, &self.sign_bytes(text.as_bytes()));
        Ok(format!("{text}\n{line}\n"))
    }
}

/// `— name base64(ID, signature)`, without line break.
pub(crate) fn signature_line(key: &Verifier, signature: &[u8]) -> String {
    let bytes = [&key.id().to_be_bytes()[..], signature].concat();
    format!("\u{2014} {} {}", key.name, encode(&bytes))
}

/// A signature of a note as it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// Name of the key.
    pub name: String,
    /// Short identifier of the key.
    pub id: u32,
    /// What the key made.
    pub bytes: Vec<u8>,
}

impl NoteSignature {
    /// Reads one line without its line break.
    ///
    /// # Errors
    /// [`NoteFault::Form`] for everything else.
    pub fn parse(line: &str) -> Result<Self, NoteFault> {
        let fault = NoteFault::Form("line of a signature");
        let (name, coded) =
            line.strip_prefix("\u{2014} ").and_then(|rest| rest.split_once(' ')).ok_or(fault.clone())?;
        let bytes = decode(coded).ok_or(fault.clone())?;
        let (id, bytes) = bytes.split_first_chunk::<4>().ok_or(fault.clone())?;
        if !name_is_plain(name) || bytes.is_empty() {
            return Err(fault);
        }
        Ok(Self { name: name.to_owned(), id: u32::from_be_bytes(*id), bytes: bytes.to_vec() })
    }

    /// It claims to be of this key.
    pub fn is_of(&self, key: &Verifier) -> bool {
        self.name == key.name && self.id == key.id()
    }
}

/// A note that was read; nothing about it is trusted before [`Note::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The text with its last line break.
    pub text: String,
    /// The signatures.
    pub signatures: Vec<NoteSignature>,
}

impl Note {
    /// Takes a note apart.
    ///
    /// # Errors
    /// [`NoteFault::Form`] for bytes that are no note, or too many of them.
    pub fn parse(note: &str) -> Result<Self, NoteFault> {
        let fault = NoteFault::Form("signed note");
        if note.len() > NOTE_MAX || has_controls(note) || !note.ends_with('\n') {
            return Err(fault);
        }
        let middle = note.rfind("\n\n").ok_or(fault.clone())?;
        let (text, lines) = (&note[..=middle], &note[middle + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(fault.clone())?;
        let signatures: Vec<NoteSignature> =
            lines.split('\n').map(NoteSignature::parse).collect::<Result<_, _>>()?;
        if signatures.len() > SIGNATURES_MAX {
            return Err(fault);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Checks the signature of a log's key. Signatures of other keys are left aside.
    ///
    /// # Errors
    /// [`NoteFault::Unsigned`] without a signature of the key, [`NoteFault::Forged`] when one does not fit.
    pub fn verify(&self, key: &Verifier) -> Result<(), NoteFault> {
        let mut own = self.signatures.iter().filter(|signature| signature.is_of(key)).peekable();
        if own.peek().is_none() || key.kind != KeyKind::Log {
            return Err(NoteFault::Unsigned(key.name.clone()));
        }
        if own.all(|signature| key.verifies(self.text.as_bytes(), &signature.bytes)) {
            Ok(())
        } else {
            Err(NoteFault::Forged(key.name.clone()))
        }
    }
}

fn key_bytes(coded: &str) -> Option<(KeyKind, [u8; 32])> {
    let bytes = decode(coded)?;
    let (kind, key) = bytes.split_first()?;
    Some((KeyKind::parse(*kind)?, key.try_into().ok()?))
}

fn name_is_plain(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|sign| sign.is_whitespace() || sign.is_control() || sign == '+')
}

fn has_controls(text: &str) -> bool {
    text.bytes().any(|byte| byte < b' ' && byte != b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of C2SP signed-note: a text of the library golang.org/x/mod/sumdb/note with its published key.
    const PEOPLE: &str = "If you think cryptography is the answer to your problem,\n\
         then you don't know what your problem is.\n\n\
         \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const PETERS_OWN: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    #[test]
    fn the_example_of_the_library() {
        let note = Note::parse(PEOPLE).expect("a note");
        let key = Verifier::parse(PETER).expect("a key");
        assert_eq!(key.encode(), PETER);
        assert_eq!(note.verify(&key), Ok(()));
        let signer = Signer::parse(PETERS_OWN).expect("a key");
        assert_eq!(signer.verifier(), &key);
        assert_eq!(signer.encode(), PETERS_OWN);
        assert_eq!(signer.sign(&note.text).expect("a text"), PEOPLE);
        assert!(!format!("{signer:?}").contains("AYEKFA"));
    }

    #[test]
    fn what_is_no_note_is_refused() {
        let own = Signer::from_seed("city.example/log", KeyKind::Log, [1; 32]).expect("a key");
        let note = own.sign("text\n\nmore\n").expect("a text");
        let read = Note::parse(&note).expect("a note");
        assert_eq!(read.text, "text\n\nmore\n");
        assert_eq!(read.verify(own.verifier()), Ok(()));
        let other = Signer::from_seed("city.example/log", KeyKind::Log, [2; 32]).expect("a key");
        assert_eq!(read.verify(other.verifier()), Err(NoteFault::Unsigned("city.example/log".to_owned())));
        let forged = Note::parse(&note.replace("more", "less")).expect("a note");
        assert_eq!(forged.verify(own.verifier()), Err(NoteFault::Forged("city.example/log".to_owned())));
        for wrong in
            ["", "\n", "text\n\n", "text\n\n\u{2014} name\n", "text\n\n\u{2014} name AAAA\n", "a\tb\n\n"]
        {
            assert!(Note::parse(wrong).is_err(), "{wrong:?}");
        }
        assert!(Note::parse(note.trim_end()).is_err());
        assert!(own.sign("no line break").is_err() && own.sign("bell\u{7}\n").is_err());
        for name in ["", "two words", "a+b", "tab\t"] {
            assert!(Verifier::new(name, KeyKind::Log, [0; 32]).is_err(), "{name:?}");
        }
        assert!(Verifier::parse("name+00000000+AQ==").is_err());
        assert!(Verifier::parse(&PETER.replace("c74f", "c74e")).is_err());
    }
}
