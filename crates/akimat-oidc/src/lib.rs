//! Sign-in by an identity provider: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636), Discovery 1.0 and
//! Back-Channel Logout 1.0.
//!
//! Reading order: [`client`], [`discovery`], [`token`], [`claims`]. What a provider says is believed only after the
//! signature, issuer, audience, instant and nonce were checked, each exactly; whatever is missing is refused.
//!
//! The signatures are those of `ring`, which the platform has already; the checks around them are few and written out,
//! so that each refusal has a name and a test.
#![warn(missing_docs)]

pub mod claims;
pub mod client;
pub mod discovery;
mod http;
pub mod token;

pub use claims::{Logout, Person};
pub use client::{Attempt, Client, Settings};

/// Why a sign-in by a provider does not come about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The provider cannot be reached, or answers with a fault of its own.
    #[error("the provider cannot be reached: {0}")]
    Unreachable(String),
    /// The provider says no: the code is wrong, used or over, or the client is not known.
    #[error("the provider refused: {0}")]
    Refused(String),
    /// What the provider says is not what was asked, or is not to be believed.
    #[error("the answer of the provider is not to be believed: {0}")]
    Untrusted(&'static str),
    /// The settings cannot be used.
    #[error("the settings of the provider: {0}")]
    Settings(&'static str),
}

/// Answer of everything here.
pub type Result<T> = std::result::Result<T, Fault>;
