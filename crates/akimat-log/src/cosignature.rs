//! Cosignatures (C2SP tlog-cosignature, version 1): a witness says that, at this time, this checkpoint was the largest
//! consistent one of its log.

use crate::note::{KeyKind, Note, NoteFault, NoteSignature, Signer, Verifier, signature_line};

/// Signs the text of a checkpoint as a witness; answers the line without its line break.
///
/// # Errors
/// [`NoteFault::Form`] when the key is not that of a witness.
pub fn cosign(text: &str, key: &Signer, at_s: u64) -> Result<String, NoteFault> {
    if key.verifier().kind() != KeyKind::Witness {
        return Err(NoteFault::Form("key of a witness"));
    }
    let signature = key.sign_bytes(message(text, at_s).as_bytes());
    let stamped = [&at_s.to_be_bytes()[..], &signature].concat();
    Ok(signature_line(key.verifier(), &stamped))
}

/// When the witness saw the checkpoint, in seconds since 1970.
///
/// # Errors
/// [`NoteFault::Unsigned`] for another key, [`NoteFault::Forged`] when the signature does not fit.
pub fn verify_line(text: &str, signature: &NoteSignature, key: &Verifier) -> Result<u64, NoteFault> {
    if key.kind() != KeyKind::Witness || !signature.is_of(key) {
        return Err(NoteFault::Unsigned(key.name().to_owned()));
    }
    let forged = || NoteFault::Forged(key.name().to_owned());
    let (at_s, bytes) = signature.bytes.split_first_chunk::<8>().ok_or_else(forged)?;
    let at_s = u64::from_be_bytes(*at_s);
    let possible = i64::try_from(at_s).is_ok();
    if possible && key.verifies(message(text, at_s).as_bytes(), bytes) { Ok(at_s) } else { Err(forged()) }
}

/// The latest time at which this witness signed the note.
///
/// # Errors
/// As [`verify_line`].
pub fn verify(note: &Note, key: &Verifier) -> Result<u64, NoteFault> {
    let mut latest = None;
    for signature in note.signatures.iter().filter(|signature| signature.is_of(key)) {
        latest = latest.max(Some(verify_line(&note.text, signature, key)?));
    }
    latest.ok_or_else(|| NoteFault::Unsigned(key.name().to_owned()))
}

fn message(text: &str, at_s: u64) -> String {
    format!("cosignature/v1\ntime {at_s}\n{text}")
}
