//! Signed documents: what a person signed (CMS, RFC 5652), by a certificate that a configured list of authorities stands
//! for (X.509, RFC 5280) and that was not revoked (lists of RFC 5280, responses of RFC 6960).
//!
//! A pure room: bytes in, who signed or why nobody did out. The clock is the caller's. Structures are read by the
//! RustCrypto crates, signatures are checked by `ring`: RSA (PKCS #1 v1.5) with 2048 to 8192 bits, ECDSA on P-256 and P-384,
//! Ed25519. Other algorithms, GOST among them, are named in the answer, so that an adapter outside can be asked.
//!
//! Reading order: [`key`], [`trust`], [`revocation`], [`signed`].
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod key;
mod other;
pub mod revocation;
pub mod signed;
pub mod trust;

pub use signed::{Signed, verify};
pub use trust::Trust;

/// Why a signature does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not signed data.
    #[error("not a signed document (CMS SignedData)")]
    Form,
    /// More than one signature, or none: it would not be clear who says it.
    #[error("a document needs exactly one signature")]
    Signers,
    /// Something else was signed.
    #[error("another text was signed")]
    Content,
    /// The signature does not fit the text and the certificate.
    #[error("the signature does not fit")]
    Signature,
    /// An algorithm that is not known here, by its identifier.
    #[error("the algorithm {0} is not known")]
    Algorithm(String),
    /// The certificate of the signer is not in the document.
    #[error("the certificate of the signer is missing")]
    NoCertificate,
    /// No authority of the list stands for the certificate.
    #[error("no authority of the trust list stands for the certificate")]
    Untrusted,
    /// A certificate is not valid yet, or no more.
    #[error("a certificate is not valid at this time")]
    Expired,
    /// The certificate may not be used for this.
    #[error("the certificate is not meant for signatures of persons")]
    Usage,
    /// The certificate was revoked.
    #[error("the certificate was revoked")]
    Revoked,
    /// Nobody says whether the certificate was revoked.
    #[error("it is not known whether the certificate was revoked")]
    RevocationUnknown,
}
