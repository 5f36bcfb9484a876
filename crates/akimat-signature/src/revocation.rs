//! Whether a certificate was revoked: by lists (RFC 5280, section 5) and by responses on single certificates (RFC 6960).

use crate::trust::{Trust, lists, signed_by};
use crate::{Fault, key};
use const_oid::ObjectIdentifier;
use der::{Decode, Encode};
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;
use x509_cert::ext::pkix::ExtendedKeyUsage;
use x509_ocsp::{BasicOcspResponse, CertStatus, OcspResponse, OcspResponseStatus, SingleResponse};

/// Seconds that two clocks may differ.
const CLOCKS_APART_S: u64 = 300;
/// A response or list without an end counts for so long, in seconds.
const FRESH_S: u64 = 7 * 24 * 3_600;
const EXTENDED_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const OCSP_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.9");
const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");

/// What a document brought along, to be believed only when the authority signed it.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// Lists.
    pub crls: Vec<CertificateList>,
    /// Responses, each an `OCSPResponse` or a `BasicOCSPResponse`.
    pub ocsp: Vec<Vec<u8>>,
}

/// The certificate was not revoked, and somebody who may say so says so.
///
/// # Errors
/// [`Fault::Revoked`] when anybody says so; [`Fault::RevocationUnknown`] when nobody says anything that holds now.
pub fn check(
    trust: &Trust,
    brought: &Brought,
    (certificate, issuer): (&Certificate, &Certificate),
    at_s: u64,
) -> Result<(), Fault> {
    let by_list =
        trust.crls.iter().chain(&brought.crls).filter_map(|list| listed((certificate, issuer), list, at_s));
    let by_response =
        trust.ocsp.iter().chain(&brought.ocsp).filter_map(|bytes| told((certificate, issuer), bytes, at_s));
    let said: Vec<bool> = by_list.chain(by_response).collect();
    match (said.contains(&true), said.is_empty()) {
        (true, _) => Err(Fault::Revoked),
        (false, true) => Err(Fault::RevocationUnknown),
        (false, false) => Ok(()),
    }
}

fn holds(from_s: u64, to_s: Option<u64>, at_s: u64) -> bool {
    let to_s = to_s.unwrap_or_else(|| from_s.saturating_add(FRESH_S));
    from_s <= at_s.saturating_add(CLOCKS_APART_S) && at_s <= to_s.saturating_add(CLOCKS_APART_S)
}

/// Whether a list says that the certificate was revoked; `None` when it says nothing about it.
fn listed(
    (certificate, issuer): (&Certificate, &Certificate),
    list: &CertificateList,
    at_s: u64,
) -> Option<bool> {
    let said = &list.tbs_cert_list;
    if said.issuer != certificate.tbs_certificate.issuer || !lists(issuer) {
        return None;
    }
    let text = said.to_der().ok()?;
    let spki = &issuer.tbs_certificate.subject_public_key_info;
    key::check(spki, (&list.signature_algorithm, None), &text, list.signature.as_bytes()?).ok()?;
    let serial = &certificate.tbs_certificate.serial_number;
    let named = said.revoked_certificates.iter().flatten().any(|one| one.serial_number == *serial);
    // Once revoked is revoked; that it is not holds only while the list does, and for a whole list.
    let partial = said.crl_extensions.iter().flatten().any(|one| one.critical);
    let to = said.next_update.map(|time| time.to_unix_duration().as_secs());
    let now = holds(said.this_update.to_unix_duration().as_secs(), to, at_s);
    if named { Some(true) } else { (now && !partial).then_some(false) }
}

/// Whether a response says that the certificate was revoked; `None` when it says nothing about it.
fn told((certificate, issuer): (&Certificate, &Certificate), bytes: &[u8], at_s: u64) -> Option<bool> {
    let basic = basic(bytes)?;
    let text = basic.tbs_response_data.to_der().ok()?;
    let signature = basic.signature.as_bytes()?;
    let by = |key: &Certificate| {
        let spki = &key.tbs_certificate.subject_public_key_info;
        key::check(spki, (&basic.signature_algorithm, None), &text, signature).is_ok()
    };
    let delegated = basic.certs.iter().flatten().any(|one| responds(one, issuer, at_s) && by(one));
    if !delegated && !by(issuer) {
        return None;
    }
    let about = basic.tbs_response_data.responses.iter().filter(|one| is_about(one, certificate, issuer));
    about
        .filter_map(|one| {
            let from = one.this_update.0.to_unix_duration().as_secs();
            let to = one.next_update.map(|time| time.0.to_unix_duration().as_secs());
            match one.cert_status {
                CertStatus::Revoked(_) => Some(true),
                CertStatus::Good(_) => holds(from, to, at_s).then_some(false),
                CertStatus::Unknown(_) => None,
            }
        })
        .max()
}

fn basic(bytes: &[u8]) -> Option<BasicOcspResponse> {
    if let Ok(whole) = OcspResponse::from_der(bytes) {
        if whole.response_status != OcspResponseStatus::Successful {
            return None;
        }
        return BasicOcspResponse::from_der(whole.response_bytes?.response.as_bytes()).ok();
    }
    BasicOcspResponse::from_der(bytes).ok()
}

/// A certificate by which the issuer lets somebody else respond.
fn responds(one: &Certificate, issuer: &Certificate, at_s: u64) -> bool {
    let validity = &one.tbs_certificate.validity;
    let lasts = validity.not_before.to_unix_duration().as_secs() <= at_s
        && at_s <= validity.not_after.to_unix_duration().as_secs();
    let all = one.tbs_certificate.extensions.iter().flatten();
    let mut usages = all.filter(|extension| extension.extn_id == EXTENDED_USAGE);
    let meant = usages.any(|extension| {
        ExtendedKeyUsage::from_der(extension.extn_value.as_bytes())
            .is_ok_and(|usage| usage.0.contains(&OCSP_SIGNING))
    });
    lasts
        && meant
        && one.tbs_certificate.issuer == issuer.tbs_certificate.subject
        && signed_by(one, issuer).is_ok()
}

/// The response is about this certificate: serial number, and hashes of the name and of the key of its issuer.
fn is_about(one: &SingleResponse, certificate: &Certificate, issuer: &Certificate) -> bool {
    let id = &one.cert_id;
    let hash = |bytes: &[u8]| match id.hash_algorithm.oid {
        // Only names a certificate that the signature of the issuer is about anyway.
        SHA1 => Some(ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec()),
        _ => key::digest(&id.hash_algorithm, bytes).ok(),
    };
    let name = issuer.tbs_certificate.subject.to_der().ok().and_then(|name| hash(&name));
    let bits = issuer.tbs_certificate.subject_public_key_info.subject_public_key.as_bytes().and_then(hash);
    id.serial_number == certificate.tbs_certificate.serial_number
        && name.as_deref() == Some(id.issuer_name_hash.as_bytes())
        && bits.as_deref() == Some(id.issuer_key_hash.as_bytes())
}
