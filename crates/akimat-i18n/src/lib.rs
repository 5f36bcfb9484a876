//! Catalogue of sentences, numbers, dates and sorting in Kazakh, Russian and English.
//!
//! Sentences live in `locales/{kk,ru,en}/*.ftl` and are embedded. Read in this order: [`catalogue`],
//! [`locale`], [`arg`]; then [`number`], [`pattern`], [`date`], [`money`], [`sort`].
//!
//! # Example
//! ```
//! use akimat_core::Lang;
//! let words = akimat_i18n::catalogue().locale(Lang::Ru);
//! assert_eq!(words.number(16_264), "16\u{a0}264");
//! assert_eq!(words.percent("6.91"), "6,91\u{a0}%");
//! ```
#![warn(missing_docs)]

pub mod arg;
pub mod catalogue;
pub mod date;
pub mod locale;
pub mod money;
pub mod number;
pub mod pattern;
pub mod sort;
pub mod syntax;

pub use arg::Arg;
pub use catalogue::{Catalogue, CatalogueError, catalogue};
pub use locale::Locale;
