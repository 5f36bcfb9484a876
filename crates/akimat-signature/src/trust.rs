//! The list of authorities, and the way from a certificate to one of them.

use crate::{Fault, key};
use const_oid::ObjectIdentifier;
use der::{Decode, Encode};
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};

/// Certificates between that of a person and that of an authority of the list.
const STEPS_MAX: usize = 6;

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
/// Extensions that may be critical: those above, and those that restrict nothing that is checked here (names, policies,
/// extended usage, where to ask).
const KNOWN: [ObjectIdentifier; 5] = [
    BASIC_CONSTRAINTS,
    KEY_USAGE,
    ObjectIdentifier::new_unwrap("2.5.29.17"),
    ObjectIdentifier::new_unwrap("2.5.29.32"),
    ObjectIdentifier::new_unwrap("2.5.29.37"),
];

/// Whose word counts, and what they said about revoked certificates.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Certificates of authorities.
    pub roots: Vec<Certificate>,
    /// Further certificates that they issued for others who issue.
    pub between: Vec<Certificate>,
    /// Lists of revoked certificates.
    pub crls: Vec<CertificateList>,
    /// Responses on single certificates, as authorities gave them.
    pub ocsp: Vec<Vec<u8>>,
}

impl Trust {
    /// Adds what a file holds: certificates and lists, in PEM or DER. A certificate that is signed by itself is an
    /// authority; answers how many things were read, 0 for a file that is none of it.
    pub fn add(&mut self, bytes: &[u8]) -> usize {
        let mut n = 0;
        for der in pieces(bytes) {
            if let Ok(certificate) = Certificate::from_der(&der) {
                let own = certificate.tbs_certificate.subject == certificate.tbs_certificate.issuer;
                if own && signed_by(&certificate, &certificate).is_ok() {
                    self.roots.push(certificate);
                } else {
                    self.between.push(certificate);
                }
                n += 1;
            } else if let Ok(list) = CertificateList::from_der(&der) {
                self.crls.push(list);
                n += 1;
            }
        }
        n
    }

    /// The certificates from that of a person up to an authority of the list, at an instant in seconds since 1970.
    ///
    /// # Errors
    /// [`Fault`] when there is no such way.
    pub fn path<'a>(
        &'a self,
        leaf: &'a Certificate,
        sent: &'a [Certificate],
        at_s: u64,
    ) -> Result<Vec<&'a Certificate>, Fault> {
        let mut path = vec![leaf];
        for _ in 0..STEPS_MAX {
            let last = path[path.len() - 1];
            fit(last, at_s)?;
            if path.len() > 1 {
                issues(last, path.len() - 2)?;
            }
            if self.roots.contains(last) {
                return Ok(path);
            }
            let issuer = self
                .roots
                .iter()
                .chain(&self.between)
                .chain(sent)
                .filter(|one| one.tbs_certificate.subject == last.tbs_certificate.issuer)
                .filter(|one| !path.contains(one))
                .find(|one| signed_by(last, one).is_ok());
            let Some(issuer) = issuer else { return Err(self.why_not(last, sent)) };
            path.push(issuer);
        }
        Err(Fault::Untrusted)
    }

    /// An authority of this name that cannot be asked because of its algorithm is another matter than none.
    fn why_not(&self, last: &Certificate, sent: &[Certificate]) -> Fault {
        let named = self.roots.iter().chain(&self.between).chain(sent);
        let mut named = named.filter(|one| one.tbs_certificate.subject == last.tbs_certificate.issuer);
        let unknown = named.find_map(|one| match signed_by(last, one) {
            Err(fault @ Fault::Algorithm(_)) => Some(fault),
            _ => None,
        });
        unknown.unwrap_or(Fault::Untrusted)
    }
}

/// PEM blocks of a file, or the file itself.
fn pieces(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![bytes.to_vec()] };
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("-----BEGIN ") {
        let block = &rest[start..];
        let Some(end) = block.find("-----END ") else { break };
        let tail = block[end..].find('\n').map_or(block.len(), |newline| end + newline + 1);
        if let Ok((_, der)) = der::pem::decode_vec(&block.as_bytes()[..tail]) {
            pieces.push(der);
        }
        rest = &block[tail..];
    }
    pieces
}

/// The issuer signed the certificate.
pub(crate) fn signed_by(certificate: &Certificate, issuer: &Certificate) -> Result<(), Fault> {
    let text = certificate.tbs_certificate.to_der().map_err(|_| Fault::Form)?;
    let signature = certificate.signature.as_bytes().ok_or(Fault::Form)?;
    let spki = &issuer.tbs_certificate.subject_public_key_info;
    key::check(spki, (&certificate.signature_algorithm, None), &text, signature)
}

fn extension<'a, T: Decode<'a>>(
    certificate: &'a Certificate,
    oid: ObjectIdentifier,
) -> Result<Option<T>, Fault> {
    let all = certificate.tbs_certificate.extensions.iter().flatten();
    let mut found = all.filter(|one| one.extn_id == oid);
    match (found.next(), found.next()) {
        (None, _) => Ok(None),
        (Some(one), None) => T::from_der(one.extn_value.as_bytes()).map(Some).map_err(|_| Fault::Form),
        (Some(_), Some(_)) => Err(Fault::Form),
    }
}

/// Valid at this time, and nothing critical that is not understood.
fn fit(certificate: &Certificate, at_s: u64) -> Result<(), Fault> {
    let validity = &certificate.tbs_certificate.validity;
    let (from, to) = (validity.not_before.to_unix_duration(), validity.not_after.to_unix_duration());
    if at_s < from.as_secs() || at_s > to.as_secs() {
        return Err(Fault::Expired);
    }
    let mut critical = certificate.tbs_certificate.extensions.iter().flatten().filter(|one| one.critical);
    if critical.any(|one| !KNOWN.contains(&one.extn_id)) { Err(Fault::Usage) } else { Ok(()) }
}

/// May issue certificates, with so many issuers below it.
fn issues(certificate: &Certificate, below: usize) -> Result<(), Fault> {
    let basic: Option<BasicConstraints> = extension(certificate, BASIC_CONSTRAINTS)?;
    let basic = basic.filter(|basic| basic.ca).ok_or(Fault::Usage)?;
    if basic.path_len_constraint.is_some_and(|most| usize::from(most) < below) {
        return Err(Fault::Usage);
    }
    let usage: Option<KeyUsage> = extension(certificate, KEY_USAGE)?;
    if usage.is_some_and(|usage| !usage.key_cert_sign()) { Err(Fault::Usage) } else { Ok(()) }
}

/// May sign documents for a person.
pub(crate) fn signs(certificate: &Certificate) -> Result<(), Fault> {
    let basic: Option<BasicConstraints> = extension(certificate, BASIC_CONSTRAINTS)?;
    if basic.is_some_and(|basic| basic.ca) {
        return Err(Fault::Usage);
    }
    let usage: Option<KeyUsage> = extension(certificate, KEY_USAGE)?;
    match usage {
        Some(usage) if !usage.digital_signature() && !usage.non_repudiation() => Err(Fault::Usage),
        _ => Ok(()),
    }
}

/// May say which certificates were revoked.
pub(crate) fn lists(certificate: &Certificate) -> bool {
    let usage: Result<Option<KeyUsage>, Fault> = extension(certificate, KEY_USAGE);
    usage.is_ok_and(|usage| usage.is_none_or(|usage| usage.crl_sign()))
}
