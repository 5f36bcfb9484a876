//! Responses on single certificates among the revocation information of a document (RFC 5652, section 10.2.1; RFC 5940).
//!
//! The reader of documents knows lists alone there and would refuse the whole document: what is no list is taken out
//! before it reads. Nothing that is signed lies there.

use crate::signed::DOCUMENT_MAX;
use const_oid::ObjectIdentifier;
use der::Decode;
use x509_ocsp::OcspResponse;

const OCSP_RESPONSE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.16.2");
const SEQUENCE: u8 = 0x30;
const OBJECT_IDENTIFIER: u8 = 0x06;
/// `[1]`: the revocation information in the document, and in it what is no list.
const TAGGED_ONE: u8 = 0xa1;

/// A piece of DER: its tag, all its bytes, and what is in it.
#[derive(Clone, Copy)]
struct Piece<'a> {
    tag: u8,
    whole: &'a [u8],
    inside: &'a [u8],
}

/// The pieces of which these bytes are made up; `None` when they are no DER of short tags and definite lengths.
fn pieces(mut bytes: &[u8]) -> Option<Vec<Piece<'_>>> {
    let mut all = Vec::new();
    while let Some((&tag, rest)) = bytes.split_first() {
        let (&first, rest) = rest.split_first()?;
        let (length, inside) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x83 => {
                let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                (digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)), rest)
            }
            _ => return None,
        };
        let (inside, after) = inside.split_at_checked(length)?;
        let whole = bytes.get(..bytes.len() - after.len())?;
        all.push(Piece { tag, whole, inside });
        bytes = after;
    }
    Some(all)
}

fn wrapped(tag: u8, inside: &[u8]) -> Vec<u8> {
    let length = u32::try_from(inside.len().min(DOCUMENT_MAX)).unwrap_or_default().to_be_bytes();
    let mut out = vec![tag];
    match inside.len() {
        0..=0x7f => out.push(length[3]),
        0x80..=0xff => out.extend([0x81, length[3]]),
        0x100..=0xffff => out.extend([0x82, length[2], length[3]]),
        _ => out.extend([0x83, length[1], length[2], length[3]]),
    }
    out.extend_from_slice(inside);
    out
}

/// A signed document without what is no list of revoked certificates, and the responses that were among it. `None` when
/// a response is not well-formed.
pub(crate) fn taken_out(signed_data: &[u8]) -> Option<(Vec<u8>, Vec<Vec<u8>>)> {
    let unchanged = || Some((signed_data.to_vec(), Vec::new()));
    let Some(outer) = pieces(signed_data) else { return unchanged() };
    let [Piece { tag: SEQUENCE, inside, .. }] = outer[..] else { return unchanged() };
    let Some(parts) = pieces(inside) else { return unchanged() };
    let Some(place) = parts.iter().position(|part| part.tag == TAGGED_ONE) else { return unchanged() };
    let Some(told) = pieces(parts[place].inside) else { return unchanged() };
    if told.iter().all(|one| one.tag != TAGGED_ONE) {
        return unchanged();
    }
    let mut responses = Vec::new();
    for other in told.iter().filter(|one| one.tag == TAGGED_ONE) {
        let fields = pieces(other.inside)?;
        let [Piece { tag: OBJECT_IDENTIFIER, whole: form, .. }, said] = fields[..] else { return None };
        if ObjectIdentifier::from_der(form).ok()? == OCSP_RESPONSE {
            OcspResponse::from_der(said.whole).ok()?;
            responses.push(said.whole.to_vec());
        }
    }
    let lists: Vec<u8> =
        told.iter().filter(|one| one.tag != TAGGED_ONE).flat_map(|one| one.whole).copied().collect();
    let mut plain = Vec::with_capacity(inside.len());
    for (at, part) in parts.iter().enumerate() {
        match (at == place, lists.is_empty()) {
            (false, _) => plain.extend_from_slice(part.whole),
            (true, false) => plain.extend(wrapped(TAGGED_ONE, &lists)),
            (true, true) => {}
        }
    }
    Some((wrapped(SEQUENCE, &plain), responses))
}
