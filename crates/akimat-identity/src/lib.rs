//! Who a person is, as far as it must be known, and no further.
//!
//! A national identifier is read, checked and turned into a keyed hash; the number itself is kept nowhere.
//! What an act of a process needs is a [`Requirement`]; what a person has shown is a [`Standing`]; the
//! difference between the two is a list of [`Lack`]s, which a page turns into sentences.
//!
//! Reading order: [`iin`], [`keyed`], [`level`], [`requirement`], [`retention`], [`list`].
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

mod basis;
pub mod iin;
pub mod keyed;
pub mod level;
pub mod list;
pub mod requirement;
pub mod retention;

pub use iin::{Iin, IinError, Sex};
pub use keyed::{IdentityHash, IdentityKey};
pub use level::Level;
pub use requirement::{Action, Lack, Requirement, Rules, RulesError, Scope, Standing};
pub use retention::{Kept, Terms, TermsError};
