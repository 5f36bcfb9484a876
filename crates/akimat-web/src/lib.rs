//! Pages and API.
//!
//! Reading order: [`routes`] (every address and who may call it), [`edge`] (what happens around every
//! request), [`visitor`], [`form`], then `public/`, `admin/` and `api/`, one folder a noun. The three
//! import `kit` and never each other.

pub mod admin;
pub mod api;
pub mod comment_form;
pub mod download;
pub mod edge;
pub mod explanation;
pub mod failure;
pub mod figure;
pub mod form;
pub mod frame;
pub mod kit;
pub mod public;
pub mod relaxation;
pub mod routes;
pub mod state;
pub mod upload;
pub mod view;
pub mod visitor;

pub use routes::{RouteEntry, router};
pub use state::{Limits, WebOptions, WebState};
