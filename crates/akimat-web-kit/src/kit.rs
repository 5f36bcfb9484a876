//! The kit: what every page is built from. Markup lives in `templates/kit`, looks in `assets/css/akimat.css`;
//! here are the words a page hands to them. `templates/kit/README.md` lists everything with examples.
//!
//! Read in this order: [`page`], [`form`], [`asset`], [`svg`], [`chart`].
//!
//! The kit takes texts, numbers and dates already formatted for the reader's language; only the frame of
//! the page (menu, footer) asks the catalogue itself.

pub mod asset;
pub mod chart;
pub mod form;
pub mod page;
pub mod svg;

pub use asset::asset_url;
pub use form::Form;
pub use page::{Account, Flash, FlashKind, MenuItem, Page};
pub use svg::Markup;

#[cfg(test)]
mod tests;
