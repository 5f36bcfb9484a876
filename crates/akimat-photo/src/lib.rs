//! From bytes that somebody sent to a checked photograph.
//!
//! [`check`] takes a whole file and gives back two freshly encoded pictures and the two facts that may be kept: when
//! the photograph was taken, and roughly where. Everything else that the file carried is left behind: names of
//! cameras and people, exact places, previews, whatever was appended. What is no photograph, is too large or is
//! damaged is refused with the reason and the numbers.
//!
//! Invariants: the first bytes decide what a file is, never its name; the size is read and judged before a single
//! pixel is unpacked; no bytes make it panic; the same bytes give the same pictures.
//!
//! Reading order: [`limit`], [`header`], [`fact`], [`coarse`], [`look`], [`photograph`].
#![warn(missing_docs)]

pub mod coarse;
pub mod fact;
pub mod header;
pub mod limit;
pub mod look;
pub mod photograph;
pub mod refusal;

pub use coarse::Cell;
pub use header::{Format, Header};
pub use limit::Limits;
pub use photograph::{Photograph, Picture, check};
pub use refusal::{Foreign, Refusal};
