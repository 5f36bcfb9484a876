//! Signed documents (CMS SignedData): who signed this text.

use crate::other;
use crate::revocation::{self, Brought};
use crate::trust::{Trust, signs};
use crate::{Fault, key};
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::revocation::RevocationInfoChoice;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use const_oid::ObjectIdentifier;
use der::asn1::OctetString;
use der::{Any, Decode, Encode, Sequence};
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_ocsp::BasicOcspResponse;

/// The most bytes of a document that is read.
pub const DOCUMENT_MAX: usize = 256 * 1_024;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const REVOCATION_VALUES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.24");
const SUBJECT_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");

#[derive(Sequence)]
struct RevocationValues {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    crls: Option<Vec<CertificateList>>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    ocsp: Option<Vec<BasicOcspResponse>>,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Name in the certificate; empty when it has none.
    pub name: String,
    /// The attribute `serialNumber` of the subject: there authorities write the national identifier, such as
    /// `IIN850312200016`; empty when there is none.
    pub subject_number: String,
    /// Name of the authority at the end of the way.
    pub authority: String,
    /// When the certificate ends, in seconds since 1970.
    pub until_s: u64,
}

impl Signed {
    /// The twelve digits of a national identifier in the subject, after the letters `IIN`.
    pub fn national_number(&self) -> Option<&str> {
        let digits = self.subject_number.strip_prefix("IIN")?;
        (digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
    }
}

/// Checks that `document` is signed data over `text`, with one signature by a certificate that the trust list stands for
/// and that was not revoked, all at an instant in seconds since 1970. The text may be in the document or beside it.
///
/// # Errors
/// [`Fault`]; the first that is found.
pub fn verify(document: &[u8], text: &[u8], trust: &Trust, at_s: u64) -> Result<Signed, Fault> {
    if document.len() > DOCUMENT_MAX {
        return Err(Fault::Form);
    }
    let (data, responses) = open(document)?;
    let mut signers = data.signer_infos.0.iter();
    let (Some(signer), None) = (signers.next(), signers.next()) else { return Err(Fault::Signers) };
    if let Some(content) = &data.encap_content_info.econtent {
        let content: OctetString = content.decode_as().map_err(|_| Fault::Form)?;
        if content.as_bytes() != text {
            return Err(Fault::Content);
        }
    }
    let sent: Vec<Certificate> = certificates(&data);
    let leaf = sent.iter().find(|one| is_of(signer, one)).ok_or(Fault::NoCertificate)?;
    said(&data, signer, leaf, text)?;
    signs(leaf)?;
    let path = trust.path(leaf, &sent, at_s)?;
    let mut brought = brought(&data, signer);
    brought.ocsp.extend(responses);
    for pair in path.windows(2) {
        revocation::check(trust, &brought, (pair[0], pair[1]), at_s)?;
    }
    let root = path.last().copied().unwrap_or(leaf);
    Ok(Signed {
        name: attribute(leaf, COMMON_NAME),
        subject_number: attribute(leaf, SERIAL_NUMBER),
        authority: attribute(root, COMMON_NAME),
        until_s: leaf.tbs_certificate.validity.not_after.to_unix_duration().as_secs(),
    })
}

/// The algorithm that a document is signed with, when it can be read at all: for an adapter that knows others.
pub fn algorithm(document: &[u8]) -> Option<String> {
    let (data, _) = open(document).ok()?;
    let signer = data.signer_infos.0.iter().next()?;
    Some(signer.signature_algorithm.oid.to_string())
}

/// The document, and the responses on single certificates among its revocation information.
fn open(document: &[u8]) -> Result<(SignedData, Vec<Vec<u8>>), Fault> {
    let whole = ContentInfo::from_der(document).map_err(|_| Fault::Form)?;
    if whole.content_type != SIGNED_DATA {
        return Err(Fault::Form);
    }
    let content = whole.content.to_der().map_err(|_| Fault::Form)?;
    let (plain, ocsp) = other::taken_out(&content).ok_or(Fault::Form)?;
    Ok((SignedData::from_der(&plain).map_err(|_| Fault::Form)?, ocsp))
}

fn certificates(data: &SignedData) -> Vec<Certificate> {
    let all = data.certificates.iter().flat_map(|set| set.0.iter());
    all.filter_map(|one| match one {
        CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
        CertificateChoices::Other(_) => None,
    })
    .collect()
}

/// Lists in the document, and what the attribute for revocation values (RFC 5126, section 6.3.4) holds.
fn brought(data: &SignedData, signer: &SignerInfo) -> Brought {
    let mut brought = Brought::default();
    for one in data.crls.iter().flat_map(|set| set.0.iter()) {
        if let RevocationInfoChoice::Crl(list) = one {
            brought.crls.push(list.clone());
        }
    }
    let attributes = signer.unsigned_attrs.iter().flat_map(|all| all.iter());
    for value in attributes.filter(|one| one.oid == REVOCATION_VALUES).flat_map(|one| one.values.iter()) {
        if let Ok(values) = value.decode_as::<RevocationValues>() {
            brought.crls.extend(values.crls.into_iter().flatten());
            let responses = values.ocsp.into_iter().flatten();
            brought.ocsp.extend(responses.filter_map(|response| response.to_der().ok()));
        }
    }
    brought
}

fn is_of(signer: &SignerInfo, certificate: &Certificate) -> bool {
    let tbs = &certificate.tbs_certificate;
    match &signer.sid {
        SignerIdentifier::IssuerAndSerialNumber(id) => {
            id.issuer == tbs.issuer && id.serial_number == tbs.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(id) => {
            let mut all = tbs.extensions.iter().flatten();
            let found = all.find(|one| one.extn_id == SUBJECT_KEY);
            found.and_then(|one| SubjectKeyIdentifier::from_der(one.extn_value.as_bytes()).ok()).as_ref()
                == Some(id)
        }
    }
}

/// The signature fits: over the text, or over attributes that hold its digest (RFC 5652, section 5.4).
fn said(data: &SignedData, signer: &SignerInfo, leaf: &Certificate, text: &[u8]) -> Result<(), Fault> {
    let spki = &leaf.tbs_certificate.subject_public_key_info;
    let algorithm = (&signer.signature_algorithm, Some(&signer.digest_alg));
    let signature = signer.signature.as_bytes();
    let Some(attributes) = &signer.signed_attrs else {
        return key::check(spki, algorithm, text, signature);
    };
    let one = |oid: ObjectIdentifier| -> Result<&Any, Fault> {
        let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
        let (Some(attribute), None) = (found.next(), found.next()) else { return Err(Fault::Form) };
        let mut values = attribute.values.iter();
        match (values.next(), values.next()) {
            (Some(value), None) => Ok(value),
            _ => Err(Fault::Form),
        }
    };
    let kind: ObjectIdentifier = one(CONTENT_TYPE)?.decode_as().map_err(|_| Fault::Form)?;
    let stated: OctetString = one(MESSAGE_DIGEST)?.decode_as().map_err(|_| Fault::Form)?;
    if kind != data.encap_content_info.econtent_type {
        return Err(Fault::Form);
    }
    if stated.as_bytes() != key::digest(&signer.digest_alg, text)? {
        return Err(Fault::Content);
    }
    let signed = attributes.to_der().map_err(|_| Fault::Form)?;
    key::check(spki, algorithm, &signed, signature)
}

/// An attribute of the subject as text.
fn attribute(certificate: &Certificate, oid: ObjectIdentifier) -> String {
    let mut parts = certificate.tbs_certificate.subject.0.iter().flat_map(|rdn| rdn.0.iter());
    let found = parts.rfind(|part| part.oid == oid);
    let text = found.and_then(|part| std::str::from_utf8(part.value.value()).ok());
    text.unwrap_or_default().chars().filter(|c| !c.is_control()).collect()
}
