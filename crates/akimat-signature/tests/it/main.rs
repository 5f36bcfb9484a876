//! Signed documents: what counts, and what does not, by the files of `tests/fixtures`, which `make.sh` makes.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not get ends the test")]

use akimat_signature::{Fault, Signed, Trust, verify};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use const_oid::ObjectIdentifier;
use der::asn1::{OctetString, SetOfVec};
use der::{Any, Decode, Encode};
use spki::AlgorithmIdentifierOwned;
use std::path::Path;
use x509_cert::Certificate;
use x509_cert::attr::Attribute;

/// 1 June 2026.
const NOW: u64 = 1_780_272_000;
const DAY: u64 = 86_400;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

/// A trust list of these files.
fn trust(names: &[&str]) -> Trust {
    let mut trust = Trust::default();
    for name in names {
        match name.ends_with(".ocsp") {
            true => trust.ocsp.push(file(name)),
            false => assert_eq!(trust.add(&file(name)), 1, "{name}"),
        }
    }
    trust
}

fn check(document: &str, names: &[&str], expected: &Result<(), Fault>) {
    let found = verify(&file(document), &file("text"), &trust(names), NOW);
    assert_eq!(&found.map(|_| ()), expected, "{document} {names:?}");
}

fn person(authority: &str) -> Signed {
    Signed {
        name: "Invented Person".to_owned(),
        subject_number: "IIN850312200016".to_owned(),
        authority: authority.to_owned(),
        until_s: 1_893_456_000,
    }
}

#[test]
fn persons_are_known_by_each_algorithm() {
    for kind in ["rsa", "p256", "p384"] {
        let trust = trust(&[&format!("{kind}.root.pem"), &format!("{kind}.crl.pem")]);
        for document in [format!("{kind}.cms"), format!("{kind}.detached.cms")] {
            let signed = verify(&file(&document), &file("text"), &trust, NOW).unwrap();
            assert_eq!(signed, person(&format!("Invented authority {kind}")), "{document}");
            assert_eq!(signed.national_number(), Some("850312200016"));
        }
    }
    let signed = verify(&ed25519(), &file("text"), &trust(&["ed25519.root.pem", "ed25519.crl.pem"]), NOW);
    assert_eq!(signed.unwrap(), person("Invented authority ed25519"));
    check("plain.cms", &["rsa.root.pem", "rsa.crl.pem"], &Ok(()));
    check("keyid.cms", &["p256.root.pem", "p256.crl.pem"], &Ok(()));
}

#[test]
fn what_does_not_count_says_why() {
    let rsa = ["rsa.root.pem", "rsa.crl.pem"];
    check("rsa.cms", &["p256.root.pem", "rsa.crl.pem"], &Err(Fault::Untrusted));
    check("rsa.cms", &[], &Err(Fault::Untrusted));
    check("rsa.cms", &["rsa.root.pem"], &Err(Fault::RevocationUnknown));
    check("rsa.cms", &["rsa.root.pem", "p256.crl.pem"], &Err(Fault::RevocationUnknown));
    check("rsa.cms", &["rsa.root.pem", "revoked.crl.pem"], &Err(Fault::Revoked));
    check("rsa.cms", &["rsa.root.pem", "rsa.crl.pem", "revoked.crl.pem"], &Err(Fault::Revoked));
    check("other.cms", &rsa, &Err(Fault::Content));
    check("two.cms", &rsa, &Err(Fault::Signers));
    check("nocert.cms", &rsa, &Err(Fault::NoCertificate));
    check("usage.cms", &rsa, &Err(Fault::Usage));
    check("late.cms", &rsa, &Err(Fault::Expired));
    // A middle authority counts, a person who issues does not.
    check("under.cms", &["rsa.root.pem", "rsa.crl.pem", "middle.crl.pem"], &Ok(()));
    check("under.cms", &rsa, &Err(Fault::RevocationUnknown));
    check("fooled.cms", &["rsa.root.pem", "rsa.crl.pem", "false.crl.pem"], &Err(Fault::Usage));
    // Time.
    let at = |at| verify(&file("rsa.cms"), &file("text"), &trust(&rsa), at).map(|_| ());
    assert_eq!(at(NOW + 60 * DAY), Err(Fault::RevocationUnknown), "the list is too old");
    assert_eq!(at(NOW - 60 * DAY), Err(Fault::RevocationUnknown), "the list is from the future");
    assert_eq!(at(NOW - 400 * DAY), Err(Fault::Expired));
    assert_eq!(at(NOW + 4_000 * DAY), Err(Fault::Expired));
    assert_eq!(at(0), Err(Fault::Expired));
    assert_eq!(at(u64::MAX), Err(Fault::Expired));
}

/// The responses are of the day on which they were made.
#[test]
fn responses_on_single_certificates_count() {
    let made = |name: &str| -> u64 {
        let response = x509_ocsp::OcspResponse::from_der(&file(name)).unwrap();
        let bytes = response.response_bytes.unwrap().response;
        let basic = x509_ocsp::BasicOcspResponse::from_der(bytes.as_bytes()).unwrap();
        basic.tbs_response_data.produced_at.0.to_unix_duration().as_secs()
    };
    let asked = |name: &str, later: u64| {
        verify(&file("rsa.cms"), &file("text"), &trust(&["rsa.root.pem", name]), made(name) + later)
            .map(|_| ())
    };
    assert_eq!(asked("good.ocsp", DAY), Ok(()));
    assert_eq!(asked("delegated.ocsp", DAY), Ok(()));
    assert_eq!(asked("stranger.ocsp", DAY), Err(Fault::RevocationUnknown));
    assert_eq!(asked("revoked.ocsp", DAY), Err(Fault::Revoked));
    let other = verify(&file("p256.cms"), &file("text"), &trust(&["p256.root.pem", "good.ocsp"]), NOW);
    assert_eq!(other, Err(Fault::RevocationUnknown), "of another authority");
}

/// Each single byte that is changed keeps a document from counting as that of somebody else; nothing panics.
#[test]
fn changed_bytes_are_noticed() {
    let (text, trust) = (file("text"), trust(&["p256.root.pem", "p256.crl.pem"]));
    let whole = file("p256.cms");
    let expected = person("Invented authority p256");
    let mut n_refused = 0;
    for at in 0..whole.len() {
        for bit in [0x01, 0x80] {
            let mut changed = whole.clone();
            changed[at] ^= bit;
            match verify(&changed, &text, &trust, NOW) {
                // Parts that nothing signs: unsigned versions and names of algorithms that are equal by meaning.
                Ok(signed) => assert_eq!(signed, expected, "byte {at}"),
                Err(_) => n_refused += 1,
            }
        }
        assert!(verify(&whole[..at], &text, &trust, NOW).is_err());
    }
    assert!(n_refused > whole.len() * 2 * 9 / 10, "{n_refused} of {}", whole.len() * 2);
    for changed in [&b""[..], b"text", &text[1..]] {
        assert_eq!(verify(&whole, changed, &trust, NOW), Err(Fault::Content));
    }
    assert_eq!(verify(&vec![0x30; 300_000], &text, &trust, NOW), Err(Fault::Form));
}

#[test]
fn only_twelve_digits_are_a_national_number() {
    for (number, found) in [
        ("IIN850312200016", Some("850312200016")),
        ("850312200016", None),
        ("IIN85031220001", None),
        ("IIN8503122000160", None),
        ("IIN85031220001x", None),
        ("BIN850312200016", None),
        ("", None),
    ] {
        let signed = Signed { subject_number: number.to_owned(), ..person("") };
        assert_eq!(signed.national_number(), found, "{number}");
    }
}

/// A document with Ed25519 over signed attributes (RFC 8419), which the tool of the fixtures does not write.
fn ed25519() -> Vec<u8> {
    let oid = ObjectIdentifier::new_unwrap;
    let text = file("text");
    let certificate = Certificate::from_der(&file("ed25519.person.der")).unwrap();
    let sha512 = AlgorithmIdentifierOwned { oid: oid("2.16.840.1.101.3.4.2.3"), parameters: None };
    let attribute = |name: &str, value: Any| Attribute {
        oid: oid(name),
        values: SetOfVec::try_from(vec![value]).unwrap(),
    };
    let digest = ring::digest::digest(&ring::digest::SHA512, &text);
    let digest = OctetString::new(digest.as_ref()).unwrap();
    let attributes = SetOfVec::try_from(vec![
        attribute("1.2.840.113549.1.9.3", Any::from(oid("1.2.840.113549.1.7.1"))),
        attribute("1.2.840.113549.1.9.4", Any::encode_from(&digest).unwrap()),
    ])
    .unwrap();
    let key =
        ring::signature::Ed25519KeyPair::from_pkcs8_maybe_unchecked(&file("ed25519.person.key.der")).unwrap();
    let signature = key.sign(&attributes.to_der().unwrap());
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: certificate.tbs_certificate.issuer.clone(),
            serial_number: certificate.tbs_certificate.serial_number.clone(),
        }),
        digest_alg: sha512.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: AlgorithmIdentifierOwned { oid: oid("1.3.101.112"), parameters: None },
        signature: OctetString::new(signature.as_ref()).unwrap(),
        unsigned_attrs: None,
    };
    let data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha512]).unwrap(),
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: oid("1.2.840.113549.1.7.1"),
            econtent: Some(Any::encode_from(&OctetString::new(text).unwrap()).unwrap()),
        },
        certificates: Some(CertificateSet(
            SetOfVec::try_from(vec![CertificateChoices::Certificate(certificate)]).unwrap(),
        )),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![signer]).unwrap()),
    };
    let content = Any::encode_from(&data).unwrap();
    ContentInfo { content_type: oid("1.2.840.113549.1.7.2"), content }.to_der().unwrap()
}

/// A piece of DER with this tag.
fn tagged(tag: u8, inside: &[u8]) -> Vec<u8> {
    let length = u16::try_from(inside.len()).unwrap().to_be_bytes();
    [&[tag, 0x82, length[0], length[1]], inside].concat()
}

/// Where the content of the piece at `from` begins and where it ends.
fn extent(bytes: &[u8], from: usize) -> (usize, usize) {
    let first = usize::from(bytes[from + 1]);
    let (head, length) = match first {
        0..=0x7f => (2, first),
        _ => {
            let n = first & 0x7f;
            let digits = &bytes[from + 2..from + 2 + n];
            (2 + n, digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)))
        }
    };
    (from + head, from + head + length)
}

/// A document with this revocation information, before its last part, the signers.
fn with_revocation(document: &[u8], told: &[u8]) -> Vec<u8> {
    let whole = extent(document, 0).0;
    let (tag, explicit) = (&document[whole..extent(document, whole).1], extent(document, whole).1);
    let data = extent(document, explicit).0;
    let (from, to) = extent(document, data);
    let (mut at, mut last) = (from, from);
    while at < to {
        (last, at) = (at, extent(document, at).1);
    }
    let inside = [&document[from..last], &tagged(0xa1, told), &document[last..to]].concat();
    tagged(0x30, &[tag, &tagged(0xa0, &tagged(0x30, &inside))].concat())
}

/// Responses lie among the revocation information of a document, too (RFC 5940).
#[test]
fn responses_in_the_document_count() {
    let oid = [6, 8, 0x2b, 6, 1, 5, 5, 7, 16, 2];
    let unknown = [6, 8, 0x2b, 6, 1, 5, 5, 7, 16, 99];
    let other = |form: &[u8], said: &[u8]| tagged(0xa1, &[form, said].concat());
    let made = {
        let response = x509_ocsp::OcspResponse::from_der(&file("good.ocsp")).unwrap();
        let bytes = response.response_bytes.unwrap().response;
        let basic = x509_ocsp::BasicOcspResponse::from_der(bytes.as_bytes()).unwrap();
        basic.tbs_response_data.produced_at.0.to_unix_duration().as_secs()
    };
    let asked = |told: &[u8]| {
        let document = with_revocation(&file("rsa.cms"), told);
        verify(&document, &file("text"), &trust(&["rsa.root.pem"]), made + DAY).map(|_| ())
    };
    let good = other(&oid, &file("good.ocsp"));
    assert_eq!(asked(&good), Ok(()));
    assert_eq!(asked(&[other(&unknown, &[5, 0]), good.clone()].concat()), Ok(()), "others are left aside");
    assert_eq!(asked(&other(&oid, &file("stranger.ocsp"))), Err(Fault::RevocationUnknown));
    assert_eq!(asked(&[other(&oid, &file("revoked.ocsp")), good].concat()), Err(Fault::Revoked));
    assert_eq!(asked(&other(&unknown, &[5, 0])), Err(Fault::RevocationUnknown));
    // What claims to be a response and is none spoils the document; nothing panics.
    for bad in [&[][..], &[5, 0], &[0x30, 0x84, 1, 1, 1, 1], &[0x30, 0x80], &[0xa1], &file("good.ocsp")[..99]]
    {
        assert_eq!(asked(&other(&oid, bad)), Err(Fault::Form), "{bad:?}");
        assert!(asked(&tagged(0xa1, bad)).is_err());
        assert!(asked(bad).is_err());
    }
}
