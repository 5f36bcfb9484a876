//! Signatures over bytes, by the key of a certificate.

use crate::Fault;
use const_oid::ObjectIdentifier;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

/// Digest of a text by the algorithm that a document names.
///
/// # Errors
/// [`Fault::Algorithm`] for others than SHA-256, SHA-384 and SHA-512.
pub fn digest(algorithm: &AlgorithmIdentifierOwned, text: &[u8]) -> Result<Vec<u8>, Fault> {
    let known = match algorithm.oid {
        SHA256 => &ring::digest::SHA256,
        SHA384 => &ring::digest::SHA384,
        SHA512 => &ring::digest::SHA512,
        other => return Err(Fault::Algorithm(other.to_string())),
    };
    Ok(ring::digest::digest(known, text).as_ref().to_vec())
}

/// Checks a signature. In signed documents the algorithm may name only the kind of key; then `digest` says which digest.
///
/// # Errors
/// [`Fault::Signature`] when it does not fit, [`Fault::Algorithm`] when the algorithm is not known.
pub fn check(
    key: &SubjectPublicKeyInfoOwned,
    (algorithm, digest): (&AlgorithmIdentifierOwned, Option<&AlgorithmIdentifierOwned>),
    text: &[u8],
    signed: &[u8],
) -> Result<(), Fault> {
    let unknown = || Fault::Algorithm(algorithm.oid.to_string());
    let curve = key.algorithm.parameters.as_ref().and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
    let named = match (algorithm.oid, digest.map(|digest| digest.oid)) {
        (RSA, Some(SHA256)) => RSA_SHA256,
        (RSA, Some(SHA384)) => RSA_SHA384,
        (RSA, Some(SHA512)) => RSA_SHA512,
        (other, _) => other,
    };
    let known: &dyn VerificationAlgorithm = match (key.algorithm.oid, named, curve) {
        (RSA, RSA_SHA256, _) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (RSA, RSA_SHA384, _) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (RSA, RSA_SHA512, _) => &signature::RSA_PKCS1_2048_8192_SHA512,
        (EC, ECDSA_SHA256, Some(P256)) => &signature::ECDSA_P256_SHA256_ASN1,
        (EC, ECDSA_SHA384, Some(P256)) => &signature::ECDSA_P256_SHA384_ASN1,
        (EC, ECDSA_SHA256, Some(P384)) => &signature::ECDSA_P384_SHA256_ASN1,
        (EC, ECDSA_SHA384, Some(P384)) => &signature::ECDSA_P384_SHA384_ASN1,
        (ED25519, ED25519, _) => &signature::ED25519,
        _ => return Err(unknown()),
    };
    let bits = key.subject_public_key.as_bytes().ok_or(Fault::Form)?;
    UnparsedPublicKey::new(known, bits).verify(text, signed).map_err(|_| Fault::Signature)
}
